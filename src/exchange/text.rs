//! Text of any encoding as UTF-8, a piece at a time.

use crate::exchange::encoding::{DecodeError, Decoded};
use crate::exchange::sheet_error::SheetError;
use crate::exchange::split::refused;
use encoding_rs::Encoding;
use std::io::Read;

/// Text of any encoding as UTF-8 bytes.
pub(super) struct Text<R> {
    decoded: Decoded<R>,
    encoding: &'static Encoding,
    piece: String,
    at: usize,
}

impl<R: Read> Text<R> {
    pub(super) fn new(input: R, encoding: &'static Encoding) -> Text<R> {
        Text { decoded: Decoded::new(input, encoding), encoding, piece: String::new(), at: 0 }
    }

    /// The next piece of text, not cut within a character; `None` at the end.
    pub(super) fn next_piece(&mut self) -> Result<Option<&str>, SheetError> {
        match self.decoded.next_piece(&mut self.piece) {
            Ok(true) => Ok(Some(&self.piece)),
            Ok(false) => Ok(None),
            Err(DecodeError::Io(error)) => Err(refused(&error)),
            Err(DecodeError::Malformed) => Err(SheetError::Damaged(self.encoding.name(), 0)),
        }
    }
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.at >= self.piece.len() {
            self.at = 0;
            if self.next_piece().map_err(|_| std::io::ErrorKind::InvalidData)?.is_none() {
                self.piece.clear();
                return Ok(0);
            }
        }
        let rest = self.piece.as_bytes().get(self.at..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(rest) {
            *to = *from;
        }
        self.at += count;
        Ok(count)
    }
}
