//! What goes through the door, piece by piece: one request in, parts of an answer out.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::{Mutex, PoisonError};

/// The longest request, in bytes.
const LONGEST_REQUEST: u32 = 4 << 20;
/// The longest part of an answer, in bytes.
const LONGEST_PART: u32 = 64 << 20;

/// What a part of an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing yet, but somebody is there.
    Alive,
    /// What writes is about to be done: from here on it may be saved.
    Taken,
    /// For standard output.
    Out,
    /// For standard error.
    Err,
    /// The exit status: the end.
    Status,
    /// The request was not understood: the end.
    Unknown,
}

impl Kind {
    const ALL: [Kind; 6] = [Kind::Alive, Kind::Taken, Kind::Out, Kind::Err, Kind::Status, Kind::Unknown];
}

/// Sends a request.
pub fn write_request(mut stream: &UnixStream, writes: bool, words: &[u8]) -> io::Result<()> {
    let mut whole = vec![u8::from(writes)];
    whole.extend(length_of(words)?.to_le_bytes());
    whole.extend(words);
    stream.write_all(&whole)
}

/// A request that is arriving, as much of it as has come.
#[derive(Debug, Default)]
pub struct Arriving(Vec<u8>);

impl Arriving {
    /// Takes what has come through `stream`, which does not wait; gives the request when it is whole: whether it writes,
    /// and its words.
    ///
    /// # Errors
    /// When it can never be whole.
    pub fn take(&mut self, mut stream: &UnixStream) -> io::Result<Option<(bool, Vec<u8>)>> {
        let mut piece = [0; 8192];
        loop {
            if let [writes, a, b, c, d, words @ ..] = self.0.as_slice() {
                let length = u32::from_le_bytes([*a, *b, *c, *d]);
                if length > LONGEST_REQUEST {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                if let Some(words) = words.get(..length as usize) {
                    return Ok(Some((*writes != 0, words.to_vec())));
                }
            }
            match stream.read(&mut piece) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(read) => self.0.extend(piece.get(..read).unwrap_or_default()),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(None),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Gives a sign to who waits, through a stream that does not wait itself: who does not read has signs enough.
///
/// # Errors
/// When nobody is there any more.
pub fn give_sign(mut stream: &UnixStream) -> io::Result<()> {
    match stream.write(&[Kind::Alive as u8, 0, 0, 0, 0]) {
        Err(error) if error.kind() != io::ErrorKind::WouldBlock => Err(error),
        _ => Ok(()),
    }
}

/// The way back to who asked: several threads speak there, a part at a time.
#[derive(Debug)]
pub struct Back(Mutex<UnixStream>);

impl Back {
    /// The way back through `stream`.
    pub const fn through(stream: UnixStream) -> Back {
        Back(Mutex::new(stream))
    }

    /// Sends a part of an answer; an empty one of output or messages is left out.
    ///
    /// # Errors
    /// When nobody hears it.
    pub fn send(&self, kind: Kind, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() && matches!(kind, Kind::Out | Kind::Err) {
            return Ok(());
        }
        let mut part = vec![kind as u8];
        part.extend(length_of(bytes)?.to_le_bytes());
        let mut stream = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        stream.write_all(&part)?;
        stream.write_all(bytes)
    }
}

fn length_of(bytes: &[u8]) -> io::Result<u32> {
    u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// A writer whose bytes go out as parts of one kind.
pub struct Part<'a> {
    /// Where to.
    pub back: &'a Back,
    /// As what.
    pub kind: Kind,
}

impl Write for Part<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.back.send(self.kind, bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The parts of an answer as they arrive.
pub struct Parts<R>(pub R);

impl<R: Read> Parts<R> {
    /// The next part.
    pub fn next(&mut self) -> io::Result<(Kind, Vec<u8>)> {
        let mut head = [0; 5];
        self.0.read_exact(&mut head)?;
        let [kind, length @ ..] = head;
        let length = u32::from_le_bytes(length);
        let kind = Kind::ALL.get(usize::from(kind)).copied().filter(|_| length <= LONGEST_PART);
        let kind = kind.ok_or(io::ErrorKind::InvalidData)?;
        let mut bytes = vec![0; length as usize];
        self.0.read_exact(&mut bytes)?;
        Ok((kind, bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::{Arriving, Back, Kind, Part, Parts, write_request};
    use std::io::Write;
    use std::os::unix::net::UnixStream;

    fn pair() -> (UnixStream, UnixStream) {
        let (near, far) = UnixStream::pair().unwrap();
        far.set_nonblocking(true).unwrap();
        (near, far)
    }

    #[test]
    fn a_request_arrives_as_it_was_sent_also_drop_by_drop() {
        let (near, far) = pair();
        write_request(&near, true, "电话".as_bytes()).unwrap();
        assert_eq!(Arriving::default().take(&far).unwrap(), Some((true, "电话".as_bytes().to_vec())));
        let (mut near, far) = pair();
        let mut arriving = Arriving::default();
        for byte in [0, 2, 0, 0, 0, b'x'] {
            assert_eq!(arriving.take(&far).unwrap(), None);
            near.write_all(&[byte]).unwrap();
        }
        assert_eq!(arriving.take(&far).unwrap(), None);
        near.write_all(b"y").unwrap();
        assert_eq!(arriving.take(&far).unwrap(), Some((false, b"xy".to_vec())));
    }

    #[test]
    fn a_request_broken_off_and_one_too_long_are_errors() {
        let (mut near, far) = pair();
        near.write_all(&[0, 9, 0, 0, 0, b'x']).unwrap();
        drop(near);
        assert!(Arriving::default().take(&far).is_err());
        let (mut near, far) = pair();
        near.write_all(&[0, 255, 255, 255, 255]).unwrap();
        assert!(Arriving::default().take(&far).is_err());
    }

    #[test]
    fn an_answer_comes_in_parts_and_empty_ones_are_not_sent() {
        let (near, far) = UnixStream::pair().unwrap();
        let back = Back::through(near);
        Part { back: &back, kind: Kind::Err }.write_all(b"note").unwrap();
        back.send(Kind::Out, b"").unwrap();
        back.send(Kind::Status, &[3]).unwrap();
        drop(back);
        let mut parts = Parts(far);
        assert_eq!(parts.next().unwrap(), (Kind::Err, b"note".to_vec()));
        assert_eq!(parts.next().unwrap(), (Kind::Status, vec![3]));
        assert!(parts.next().is_err());
    }
}
