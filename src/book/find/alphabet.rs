//! Every character met in a book, numbered, with how it is read.
use super::reading::readings;
use crate::parse::fold::narrow;

/// Ids below this are no characters; 1 to 8 begin a field.
pub(super) const MARKS: usize = 32;
const PAGE: usize = 256;
const LAST: u8 = 0x80;

/// What a character does in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The beginning of a field, not a character.
    Mark,
    /// Space, punctuation or a picture: may be left out when typing.
    Gap,
    /// A letter of an alphabet.
    Letter,
    /// A digit.
    Digit,
    /// A Chinese character, a word of its own.
    Han,
}

impl Kind {
    /// Whether a character of this kind begins a word after one of kind `before`.
    pub(super) fn begins_word(self, before: Kind) -> bool {
        match self {
            Kind::Mark | Kind::Gap => false,
            Kind::Han => true,
            Kind::Letter | Kind::Digit => self != before,
        }
    }
}

/// The letters of Latin-1 and Latin Extended-A, from `À` on, each without its accent.
const BASES: [u8; 192] = *b"aaaaaaaceeeeiiiidnooooo*ouuuuyts\
    aaaaaaaceeeeiiiidnooooo/ouuuuyty\
    aaaaaaccccccccddddeeeeeeeeeegggg\
    gggghhhhiiiiiiiiiiiijjkkklllllll\
    lllnnnnnnnnnoooooooorrrrrrssssss\
    ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// The letter an accented one is written with where a keyboard has no accents: one for one, so that places stay.
fn base(c: char) -> char {
    let place = (u32::from(c) as usize).checked_sub(0xc0);
    place.and_then(|place| BASES.get(place)).map_or(c, |letter| char::from(*letter))
}

/// Lower case, half width, Latin letters without accents; anything that controls a terminal becomes a space.
pub(super) fn fold(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        ' '..='~' => c,
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => narrow(c).to_ascii_lowercase(),
        '×' | '÷' => c,
        'À'..='ſ' => base(c),
        _ if c.is_control() => ' ',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// The kind of a folded character.
pub(super) fn kind_of(c: char) -> Kind {
    match c {
        '0'..='9' => Kind::Digit,
        'a'..='z' => Kind::Letter,
        '\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => Kind::Han,
        '\u{20000}'..='\u{3ffff}' => Kind::Han,
        _ if c.is_numeric() => Kind::Digit,
        _ if c.is_alphanumeric() => Kind::Letter,
        _ => Kind::Gap,
    }
}

/// Numbers for characters: a byte of ASCII is its own number.
#[derive(Clone, Debug)]
pub(super) struct Alphabet {
    pages: Vec<Option<Box<[u16; PAGE]>>>,
    chars: Vec<char>,
    kinds: Vec<Kind>,
    /// Readings one after another, the last letter of each with its top bit set.
    letters: Vec<u8>,
    /// Where the readings of each character end in `letters`.
    ends: Vec<u32>,
    /// Bit 0 for a to bit 25 for z: the letters a character can begin with.
    initials: Vec<u32>,
}

impl Alphabet {
    /// The alphabet that knows ASCII.
    pub(super) fn new() -> Alphabet {
        let mut new = Alphabet {
            pages: Vec::new(),
            chars: Vec::new(),
            kinds: Vec::new(),
            letters: Vec::new(),
            ends: Vec::new(),
            initials: Vec::new(),
        };
        for byte in 0..128u8 {
            new.add(char::from(byte));
        }
        new
    }

    /// How many characters are numbered.
    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The number of a folded character, if it was ever met.
    pub(super) fn find(&self, c: char) -> Option<u16> {
        if c.is_ascii() {
            return u16::try_from(u32::from(c)).ok();
        }
        let code = u32::from(c) as usize;
        let page = self.pages.get(code / PAGE)?.as_ref()?;
        page.get(code % PAGE).copied().filter(|id| *id != 0)
    }

    /// The number of a folded character, given now if it is new. Past 65,535 different
    /// characters the rest are read as spaces.
    pub(super) fn number(&mut self, c: char) -> u16 {
        self.find(c).unwrap_or_else(|| self.add(c))
    }

    fn add(&mut self, c: char) -> u16 {
        let Ok(id) = u16::try_from(self.chars.len()) else {
            return u16::from(b' ');
        };
        self.chars.push(c);
        let mark = usize::from(id) < MARKS;
        self.kinds.push(if mark { Kind::Mark } else { kind_of(c) });
        let mut initials = 0;
        if c.is_ascii_lowercase() {
            initials |= letter_bit(c as u8);
        }
        if !c.is_ascii() {
            for reading in readings(c) {
                initials |= reading.bytes().next().map_or(0, letter_bit);
                self.letters.extend(reading.bytes());
                if let Some(last) = self.letters.last_mut() {
                    *last |= LAST;
                }
            }
            self.remember(c, id);
        }
        self.initials.push(initials);
        self.ends.push(self.letters.len() as u32);
        id
    }

    fn remember(&mut self, c: char, id: u16) {
        let code = u32::from(c) as usize;
        if self.pages.len() <= code / PAGE {
            self.pages.resize(code / PAGE + 1, None);
        }
        if let Some(slot) = self.pages.get_mut(code / PAGE) {
            let page = slot.get_or_insert_with(|| Box::new([0; PAGE]));
            page[code % PAGE] = id;
        }
    }

    /// The character numbered `id`.
    pub(super) fn char(&self, id: usize) -> char {
        self.chars.get(id).copied().unwrap_or(' ')
    }

    /// The kind of the character numbered `id`.
    pub(super) fn kind(&self, id: usize) -> Kind {
        self.kinds.get(id).copied().unwrap_or(Kind::Gap)
    }

    /// The readings of the character numbered `id`; [`is_last`] ends each.
    pub(super) fn readings(&self, id: usize) -> &[u8] {
        let from = id.checked_sub(1).and_then(|i| self.ends.get(i));
        let from = from.copied().unwrap_or(0) as usize;
        let to = self.ends.get(id).copied().unwrap_or(0) as usize;
        self.letters.get(from..to).unwrap_or(&[])
    }

    /// The letters the character numbered `id` can begin with, a bit each.
    pub(super) fn initials(&self, id: usize) -> u32 {
        self.initials.get(id).copied().unwrap_or(0)
    }
}

/// The bit of a letter a to z.
pub(super) fn letter_bit(letter: u8) -> u32 {
    match letter {
        b'a'..=b'z' => 1 << (letter - b'a'),
        _ => 0,
    }
}

/// Whether this letter ends a reading.
pub(super) fn is_last(letter: u8) -> bool {
    letter & LAST != 0
}

/// The letter without its ending bit.
pub(super) fn plain(letter: u8) -> u8 {
    letter & !LAST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_and_case_are_folded() {
        let folded: String = "ＡＢc（１）　Ω\t".chars().map(fold).collect();
        assert_eq!(folded, "abc(1) ω ");
    }

    #[test]
    fn an_accented_latin_letter_is_read_as_its_base_letter() {
        let folded: String = "Sjögren Ærø Straße Łódź Şişli × ÷ žſƀ".chars().map(fold).collect();
        assert_eq!(folded, "sjogren aro strase lodz sisli × ÷ zsƀ");
    }

    #[test]
    fn a_character_keeps_its_number() {
        let mut alphabet = Alphabet::new();
        let first = alphabet.number('重');
        assert_eq!(alphabet.number('𠮷'), first + 1);
        assert_eq!(alphabet.number('重'), first);
        assert_eq!(alphabet.find('a'), Some(97));
        assert_eq!(alphabet.find('庆'), None);
        assert_eq!(alphabet.char(usize::from(first)), '重');
    }

    #[test]
    fn readings_are_kept_one_after_another() {
        let mut alphabet = Alphabet::new();
        alphabet.number('上');
        let id = usize::from(alphabet.number('长'));
        let text: String = alphabet.readings(id).iter().map(|b| char::from(plain(*b))).collect();
        assert_eq!(text, "zhangchang");
        assert_eq!(alphabet.readings(id).iter().filter(|b| is_last(**b)).count(), 2);
        assert_eq!(alphabet.initials(id), letter_bit(b'z') | letter_bit(b'c'));
    }
}
