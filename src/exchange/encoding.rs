//! Bytes of a file to text: which encoding it is written in, and its decoding piece by piece.

use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

/// The encoding a file is said to be written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Charset {
    /// To be found out.
    #[default]
    Auto,
    /// UTF-8, with or without a byte-order mark.
    Utf8,
    /// UTF-16, by its byte-order mark or its zeros.
    Utf16,
    /// GB18030, which holds GBK and GB2312.
    Gb18030,
    /// Big5.
    Big5,
}

impl Charset {
    /// The encoding with this name on the command line.
    pub fn from_name(name: &str) -> Option<Charset> {
        Some(match name.to_ascii_lowercase().replace(['-', '_'], "").as_str() {
            "auto" => Charset::Auto,
            "utf8" | "utf8bom" => Charset::Utf8,
            "utf16" | "utf16le" | "utf16be" | "unicode" => Charset::Utf16,
            "gb18030" | "gbk" | "gb2312" | "cp936" => Charset::Gb18030,
            "big5" | "cp950" => Charset::Big5,
            _ => return None,
        })
    }
}

/// What a file was found to be, before a single row of it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Text in this encoding.
    Text(&'static Encoding),
    /// Text, but not in the encoding it was said to be in; this is what it looks like.
    Other(&'static Encoding),
    /// No bytes at all.
    Empty,
    /// No text; what it is instead, as far as its first bytes tell.
    Binary(Binary),
}

/// A file that is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binary {
    /// A zip, as an xlsx is one.
    Zip,
    /// An old Excel workbook (.xls).
    OldExcel,
    /// A PDF.
    Pdf,
    /// Something else.
    Unknown,
}

/// Bytes that the guesser gets to see beyond which more would not change its mind.
const ENOUGH: usize = 1 << 20;

/// Reads `input` to its end and says what it is, holding no more than a piece of it.
///
/// # Errors
/// Whatever reading gave.
pub fn find(mut input: impl Read, said: Charset) -> io::Result<Found> {
    let mut piece = vec![0; 64 * 1024];
    let mut look = Look::new();
    let mut length = 0;
    loop {
        let count = read_full(&mut input, &mut piece)?;
        let bytes = piece.get(..count).unwrap_or_default();
        if length == 0
            && let Some(found) = by_first_bytes(bytes, said)
        {
            return Ok(found);
        }
        length += count;
        if !look.see(bytes) {
            return Ok(Found::Binary(Binary::Unknown));
        }
        if count < piece.len() {
            break;
        }
    }
    Ok(if length == 0 { Found::Empty } else { look.verdict(said) })
}

fn read_full(input: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match input.read(rest) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// What the first bytes alone decide: no bytes, a mark, a magic number, the zeros of UTF-16.
fn by_first_bytes(bytes: &[u8], said: Charset) -> Option<Found> {
    if bytes.is_empty() {
        return Some(Found::Empty);
    }
    for (magic, binary) in [
        (b"PK\x03\x04".as_slice(), Binary::Zip),
        (b"\xd0\xcf\x11\xe0".as_slice(), Binary::OldExcel),
        (b"%PDF".as_slice(), Binary::Pdf),
    ] {
        if bytes.starts_with(magic) {
            return Some(Found::Binary(binary));
        }
    }
    let wide = wide_encoding(bytes)?;
    Some(match said {
        Charset::Auto | Charset::Utf16 => Found::Text(wide),
        _ => Found::Other(wide),
    })
}

/// UTF-16 by its mark, or by zeros in every other byte of a mostly Latin beginning.
fn wide_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.starts_with(b"\xff\xfe") {
        return Some(UTF_16LE);
    }
    if bytes.starts_with(b"\xfe\xff") {
        return Some(UTF_16BE);
    }
    let pairs: Vec<&[u8]> = bytes.chunks_exact(2).take(2048).collect();
    let zeros = |place: usize| pairs.iter().filter(|pair| pair.get(place) == Some(&0)).count();
    let (first, second) = (zeros(0), zeros(1));
    let many = pairs.len() / 10;
    if pairs.len() < 4 {
        None
    } else if second > many && first == 0 {
        Some(UTF_16LE)
    } else if first > many && second == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// What is gathered of a file while it is looked through.
struct Look {
    utf8: Utf8Look,
    guesser: chardetng::EncodingDetector,
    shown: usize,
    sample: Vec<u8>,
}

impl Look {
    fn new() -> Look {
        let guesser = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        Look { utf8: Utf8Look::default(), guesser, shown: 0, sample: Vec::new() }
    }

    /// Looks at the next bytes; false when they cannot be text.
    fn see(&mut self, bytes: &[u8]) -> bool {
        self.utf8.see(bytes);
        if self.shown < ENOUGH && !bytes.is_ascii() {
            self.guesser.feed(bytes, false);
            self.sample.extend_from_slice(bytes);
            self.shown += bytes.len();
        }
        let odd = bytes.iter().filter(|byte| matches!(byte, 1..=8 | 14..=26 | 28..=31)).count();
        !bytes.contains(&0) && odd * 10 <= bytes.len()
    }

    fn verdict(mut self, said: Charset) -> Found {
        self.guesser.feed(b"", true);
        let utf8 = self.utf8.broken == 0 && self.utf8.begun.is_empty();
        match said {
            Charset::Auto if utf8 || self.utf8.mostly() => Found::Text(UTF_8),
            Charset::Auto => Found::Text(self.guessed()),
            Charset::Utf8 if utf8 => Found::Text(UTF_8),
            Charset::Utf8 if !self.utf8.mostly() => Found::Other(self.guessed()),
            Charset::Utf8 => Found::Text(UTF_8),
            Charset::Gb18030 | Charset::Big5 | Charset::Utf16 if utf8 && self.utf8.long > 0 => Found::Other(UTF_8),
            Charset::Utf16 if utf8 => Found::Other(UTF_8),
            Charset::Utf16 => Found::Other(self.guessed()),
            Charset::Gb18030 => Found::Text(GB18030),
            Charset::Big5 => Found::Text(BIG5),
        }
    }

    /// The guess among what the program reads: Chinese encodings first, for a short file rarely says more.
    fn guessed(&self) -> &'static Encoding {
        let guess = self.guesser.guess(None, chardetng::Utf8Detection::Deny);
        if guess == BIG5 {
            return BIG5;
        }
        if guess == encoding_rs::GBK || guess == GB18030 || common_pairs(&self.sample) || words_of_pairs(&self.sample) {
            return GB18030;
        }
        if guess.is_single_byte() { guess } else { WINDOWS_1252 }
    }
}

/// Whether nearly all pairs of high bytes are everyday characters of GB2312.
fn common_pairs(sample: &[u8]) -> bool {
    let (mut pairs, mut common) = (0, 0);
    let mut bytes = sample.iter().copied();
    while let Some(lead) = bytes.next() {
        if lead >= 0x80 {
            let trail = bytes.next().unwrap_or(0);
            pairs += 1;
            common += usize::from(matches!(lead, 0xa1..=0xa3 | 0xb0..=0xd7) && trail >= 0xa1);
        }
    }
    pairs > 0 && common * 10 >= pairs * 8
}

/// Whether high bytes come in pairs alone, two pairs or more together somewhere, as in Chinese words and in hardly any other
/// writing.
fn words_of_pairs(sample: &[u8]) -> bool {
    let mut runs = sample.split(u8::is_ascii).map(<[u8]>::len).filter(|length| *length > 0).peekable();
    let longest = runs.clone().max().unwrap_or(0);
    longest >= 4 && runs.all(|length| length % 2 == 0)
}

/// Checks UTF-8 across pieces and counts what is sound and what is broken.
#[derive(Default)]
struct Utf8Look {
    /// The beginning of a character whose other bytes come with the next piece.
    begun: Vec<u8>,
    /// Characters of three bytes and more.
    long: usize,
    broken: usize,
}

impl Utf8Look {
    fn see(&mut self, bytes: &[u8]) {
        if self.begun.is_empty() {
            if !bytes.is_ascii() {
                self.see_joined(bytes);
            }
        } else {
            let joined = [std::mem::take(&mut self.begun).as_slice(), bytes].concat();
            self.see_joined(&joined);
        }
    }

    fn see_joined(&mut self, bytes: &[u8]) {
        let mut left = bytes.len();
        for chunk in bytes.utf8_chunks() {
            let (valid, invalid) = (chunk.valid(), chunk.invalid());
            self.long += valid.bytes().filter(|byte| *byte >= 0xe0).count();
            left -= valid.len() + invalid.len();
            let is_begun = || str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none());
            if left == 0 && is_begun() {
                self.begun = invalid.to_vec();
            } else {
                self.broken += usize::from(!invalid.is_empty());
            }
        }
    }

    /// Whether it is UTF-8 in which something was damaged, rather than another encoding.
    const fn mostly(&self) -> bool {
        self.long > 20 * self.broken && self.broken <= 1_000
    }
}

/// A reader that decodes as it reads.
pub struct Decoded<R> {
    input: R,
    decoder: encoding_rs::Decoder,
    bytes: Vec<u8>,
    pending: std::ops::Range<usize>,
    ended: bool,
}

/// Why no more text came.
#[derive(Debug)]
pub enum DecodeError {
    /// Reading failed.
    Io(io::Error),
    /// Bytes that mean nothing in this encoding.
    Malformed,
}

impl<R: Read> Decoded<R> {
    /// Reads `input` as `encoding`; a byte-order mark of that encoding is passed over.
    pub fn new(input: R, encoding: &'static Encoding) -> Decoded<R> {
        let decoder = encoding.new_decoder_with_bom_removal();
        Decoded { input, decoder, bytes: vec![0; 64 * 1024], pending: 0..0, ended: false }
    }

    /// Puts the next piece of text in place of what `text` held; false at the end.
    ///
    /// # Errors
    /// Reading failed, or the bytes mean nothing; `text` then holds what came before them.
    pub fn next_piece(&mut self, text: &mut String) -> Result<bool, DecodeError> {
        text.clear();
        text.reserve(256 * 1024);
        while !self.ended {
            if self.pending.is_empty() {
                let count = read_full(&mut self.input, &mut self.bytes).map_err(DecodeError::Io)?;
                self.pending = 0..count;
            }
            let last = self.pending.end < self.bytes.len();
            let source = self.bytes.get(self.pending.clone()).unwrap_or_default();
            let (result, used) = self.decoder.decode_to_string_without_replacement(source, text, last);
            self.pending.start += used;
            match result {
                DecoderResult::Malformed(_, _) => return Err(DecodeError::Malformed),
                DecoderResult::OutputFull => return Ok(true),
                DecoderResult::InputEmpty => {
                    self.ended = last;
                    self.pending = 0..0;
                }
            }
            if !text.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::{Binary, Charset, Decoded, Found, Utf8Look, find};
    use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
    use proptest::prelude::*;

    const TABLE: &str = "客户名称,电话,备注\n华东重工股份有限公司,021-5588,定制化\n乐清市电器厂,138,优先\n";
    const TRADITIONAL: &str = "客戶名稱,電話,備註\n臺北電子股份有限公司,02-5588,優先處理\n高雄機械廠,07,請聯絡經理\n";

    fn wide(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    fn decoded(bytes: &[u8], encoding: &'static Encoding) -> String {
        let (mut reader, mut all, mut piece) = (Decoded::new(bytes, encoding), String::new(), String::new());
        while reader.next_piece(&mut piece).unwrap() {
            all.push_str(&piece);
        }
        all
    }

    #[test]
    fn the_encoding_of_a_chinese_table_is_found_out() {
        let gb = GB18030.encode(TABLE).0.into_owned();
        let big5 = BIG5.encode(TRADITIONAL).0.into_owned();
        let marked = [b"\xff\xfe".as_slice(), &wide(TABLE, false)].concat();
        let cases = [
            (TABLE.as_bytes().to_vec(), UTF_8, TABLE),
            (["\u{feff}", TABLE].concat().into_bytes(), UTF_8, TABLE),
            (gb, GB18030, TABLE),
            (big5, BIG5, TRADITIONAL),
            (marked, UTF_16LE, TABLE),
            (wide("name,phone\nAcme,12\n", true), UTF_16BE, "name,phone\nAcme,12\n"),
        ];
        for (bytes, encoding, text) in cases {
            assert_eq!(find(bytes.as_slice(), Charset::Auto).unwrap(), Found::Text(encoding));
            assert_eq!(decoded(&bytes, encoding), text);
        }
    }

    #[test]
    fn chinese_after_a_long_latin_beginning_is_found_too() {
        let mut bytes = "name,phone\n".repeat(20_000).into_bytes();
        bytes.extend_from_slice(&GB18030.encode(TABLE).0);
        assert_eq!(find(bytes.as_slice(), Charset::Auto).unwrap(), Found::Text(GB18030));
        assert!(decoded(&bytes, GB18030).ends_with(TABLE));
    }

    #[test]
    fn a_single_chinese_name_is_enough_and_a_western_one_is_not_taken_for_it() {
        for name in ["暖行咪仔", "魅尊", "李雷"] {
            let bytes = GB18030.encode(&format!("name,city\n{name},x\n")).0.into_owned();
            assert_eq!(find(bytes.as_slice(), Charset::Auto).unwrap(), Found::Text(GB18030), "{name}");
        }
        let western = encoding_rs::WINDOWS_1252.encode("name,city\nMüller,Köln\n").0.into_owned();
        assert_eq!(find(western.as_slice(), Charset::Auto).unwrap(), Found::Text(encoding_rs::WINDOWS_1252));
    }

    #[test]
    fn a_wrongly_declared_encoding_is_named() {
        let gb = GB18030.encode(TABLE).0.into_owned();
        assert_eq!(find(gb.as_slice(), Charset::Utf8).unwrap(), Found::Other(GB18030));
        assert_eq!(find(TABLE.as_bytes(), Charset::Gb18030).unwrap(), Found::Other(UTF_8));
        assert_eq!(find(b"\xff\xfea\0".as_slice(), Charset::Utf8).unwrap(), Found::Other(UTF_16LE));
    }

    #[test]
    fn what_is_no_text_is_told_by_its_first_bytes() {
        let found = |bytes: &[u8]| find(bytes, Charset::Auto).unwrap();
        assert_eq!(found(b""), Found::Empty);
        assert_eq!(found(b"PK\x03\x04abc"), Found::Binary(Binary::Zip));
        assert_eq!(found(b"%PDF-1.7"), Found::Binary(Binary::Pdf));
        assert_eq!(found(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\x01\x02\0\0"), Found::Binary(Binary::Unknown));
    }

    #[test]
    fn a_character_in_two_pieces_is_sound_and_one_that_never_ends_is_not() {
        let look = |pieces: &[&[u8]]| {
            let mut look = Utf8Look::default();
            pieces.iter().for_each(|piece| look.see(piece));
            (look.long, look.broken, look.begun.is_empty())
        };
        let name = "华东".as_bytes();
        for at in 0..=name.len() {
            let (front, back) = name.split_at(at);
            assert_eq!(look(&[b"name,", front, b"", back, b",1"]), (2, 0, true), "cut at {at}");
        }
        assert_eq!(look(&[b"\xe5\x8d", b",1"]), (0, 1, true));
        assert_eq!(look(&["é".as_bytes(), b"\xe5\x8d"]), (0, 0, false));
    }

    proptest! {
        #[test]
        fn utf8_is_told_as_the_standard_library_tells_it_wherever_the_pieces_end(
            bytes in proptest::collection::vec(prop_oneof![any::<u8>(), Just(0xe5), Just(0x8d), Just(0x8e)], 0..60),
            size in 1_usize..7,
        ) {
            let mut look = Utf8Look::default();
            bytes.chunks(size).for_each(|piece| look.see(piece));
            prop_assert_eq!(look.broken == 0 && look.begun.is_empty(), str::from_utf8(&bytes).is_ok());
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(Found::Text(encoding)) = find(bytes.as_slice(), Charset::Auto) {
                let (mut reader, mut piece) = (Decoded::new(bytes.as_slice(), encoding), String::new());
                while reader.next_piece(&mut piece).is_ok_and(|more| more) {}
            }
        }
    }
}
