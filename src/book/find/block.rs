//! The folded texts of up to 1,024 customers, packed one after another.
use super::alphabet::{Alphabet, Kind, MARKS, fold, kind_of};
use super::entry::{Entry, Field};
use super::legal::core_length;
use std::ops::Range;
use std::sync::Arc;

/// Customers in a block.
pub(super) const BLOCK: usize = 1024;

/// A packed character or the mark of a field.
pub(super) trait Unit: Copy + Default {
    /// Its number in the alphabet.
    fn number(self) -> u16;

    /// Its number as an index.
    fn id(self) -> usize {
        usize::from(self.number())
    }
}

impl Unit for u16 {
    fn number(self) -> u16 {
        self
    }
}

impl Unit for u8 {
    fn number(self) -> u16 {
        u16::from(self)
    }
}

/// The mark that begins a field.
pub(super) fn mark(field: Field) -> u8 {
    field as u8 + 1
}

/// Texts of one kind for every customer of a block, and where each begins.
#[derive(Clone, Debug)]
struct Lane<U> {
    units: Vec<U>,
    /// Where each customer's part begins; one more than customers.
    begins: Vec<u32>,
}

impl<U: Unit> Lane<U> {
    fn new() -> Lane<U> {
        Lane { units: Vec::new(), begins: vec![0] }
    }

    #[inline]
    fn place(&self, at: usize) -> Range<usize> {
        let begin = |at: usize| self.begins.get(at).copied().unwrap_or(0) as usize;
        begin(at)..begin(at + 1)
    }

    #[inline]
    fn part(&self, at: usize) -> &[U] {
        self.units.get(self.place(at)).unwrap_or(&[])
    }

    fn put(&mut self, at: usize, part: &[U]) {
        let end = self.units.len() as u32;
        if self.begins.len() < at + 2 {
            self.begins.resize(at + 2, end);
        }
        let from = self.begins[at] as usize;
        let to = self.begins[at + 1] as usize;
        self.units.splice(from..to, part.iter().copied());
        for begin in self.begins.iter_mut().skip(at + 1) {
            *begin = *begin + part.len() as u32 - (to - from) as u32;
        }
    }

    fn shrink(&mut self) {
        self.units.shrink_to_fit();
        self.begins.shrink_to_fit();
    }

    fn bytes(&self) -> usize {
        self.units.capacity() * size_of::<U>() + self.begins.capacity() * 4
    }
}

/// What a customer brings besides text.
#[derive(Clone, Copy, Debug, Default)]
struct Facts {
    /// Breaks ties, higher first.
    weight: u32,
    /// Latin letters of the name and initials of its characters, a bit each.
    letters: u32,
    /// What a match in any text can begin with, a bit for each letter, digit and sign.
    heads: u64,
    /// What a match at the beginning of the name or short name can begin with.
    firsts: u64,
    /// What a match at the beginning of any other text but the code can begin with.
    others: u64,
    /// What the code begins with.
    code: u64,
    /// Which characters the plain texts are made of, a bit each.
    signs: u64,
    /// How many characters must be typed at least to spell the shortest of those other texts to its end.
    shortest: u8,
    /// How many to spell the code.
    code_length: u8,
    /// How long the name is, in characters, without its legal form.
    core: u8,
    present: bool,
}

/// One customer as the matcher reads it.
#[derive(Clone, Copy)]
pub(super) struct Packed<'a> {
    /// Names, contacts, tags, owner and anything else not plain ASCII.
    pub(super) words: &'a [u16],
    /// Codes and addresses in ASCII.
    pub(super) plain: &'a [u8],
    /// Phones made of digits and signs.
    pub(super) phones: &'a [u8],
    /// What a match in any text can begin with, a bit each: see [`sign_bit`].
    pub(super) heads: u64,
    /// What a match at the beginning of the name or short name can begin with.
    pub(super) firsts: u64,
    /// What a match at the beginning of any other text but the code can begin with.
    pub(super) others: u64,
    /// What the code begins with.
    pub(super) code: u64,
    /// How many characters must be typed at least to spell the shortest of those other texts to its end.
    pub(super) shortest: usize,
    /// How many to spell the code.
    pub(super) code_length: usize,
    /// Which characters `plain` is made of.
    pub(super) signs: u64,
    /// How long the name is without its legal form, in characters.
    pub(super) core: usize,
}

/// The texts of a block, or of one customer.
#[derive(Clone, Copy)]
pub(super) struct Texts<'a> {
    /// As [`Packed::words`].
    pub(super) words: &'a [u16],
    /// As [`Packed::plain`].
    pub(super) plain: &'a [u8],
    /// As [`Packed::phones`].
    pub(super) phones: &'a [u8],
}

impl<'a> Packed<'a> {
    /// Its texts alone.
    pub(super) fn texts(&self) -> Texts<'a> {
        Texts { words: self.words, plain: self.plain, phones: self.phones }
    }

    /// Where they stand when there are no others.
    pub(super) fn places(&self) -> [Range<usize>; 3] {
        [0..self.words.len(), 0..self.plain.len(), 0..self.phones.len()]
    }
}

/// The bit of an ASCII character: letters, then digits, then all others.
pub(super) fn sign_bit(c: char) -> u64 {
    match c {
        'a'..='z' => 1 << (u32::from(c) - u32::from('a')),
        '0'..='9' => 1 << (26 + u32::from(c) - u32::from('0')),
        _ => 1 << 36,
    }
}

/// A block of customers.
#[derive(Clone, Debug)]
pub(super) struct Block {
    words: Lane<u16>,
    plain: Lane<u8>,
    phones: Lane<u8>,
    facts: Vec<Facts>,
}

impl Block {
    /// A block without customers.
    pub(super) fn new() -> Block {
        Block { words: Lane::new(), plain: Lane::new(), phones: Lane::new(), facts: Vec::new() }
    }

    /// Places in use, whether or not a customer is there.
    pub(super) fn len(&self) -> usize {
        self.facts.len()
    }

    /// Customers in the block.
    pub(super) fn count(&self) -> usize {
        self.facts.iter().filter(|f| f.present).count()
    }

    /// The texts of the customer at `at`.
    #[inline]
    pub(super) fn packed(&self, at: usize) -> Packed<'_> {
        let facts = self.facts.get(at).copied().unwrap_or_default();
        Packed {
            words: self.words.part(at),
            plain: self.plain.part(at),
            phones: self.phones.part(at),
            heads: facts.heads,
            firsts: facts.firsts,
            others: facts.others,
            code: facts.code,
            shortest: usize::from(facts.shortest),
            code_length: usize::from(facts.code_length),
            signs: facts.signs,
            core: usize::from(facts.core),
        }
    }

    /// The texts of all its customers.
    pub(super) fn texts(&self) -> Texts<'_> {
        Texts { words: &self.words.units, plain: &self.plain.units, phones: &self.phones.units }
    }

    /// Where among them those of the customer at `at` stand.
    pub(super) fn places(&self, at: usize) -> [Range<usize>; 3] {
        [self.words.place(at), self.plain.place(at), self.phones.place(at)]
    }

    /// The tie-break of the customer at `at`.
    pub(super) fn weight(&self, at: usize) -> u32 {
        self.facts.get(at).map_or(0, |f| f.weight)
    }

    /// Latin letters and initials in the name of the customer at `at`, a bit each.
    pub(super) fn letters(&self, at: usize) -> u32 {
        self.facts.get(at).map_or(0, |f| f.letters)
    }

    /// Puts a customer at `at`, in place of the one there.
    pub(super) fn put(&mut self, at: usize, packer: &Packer) {
        self.words.put(at, &packer.words);
        self.plain.put(at, &packer.plain);
        self.phones.put(at, &packer.phones);
        if self.facts.len() <= at {
            self.facts.resize(at + 1, Facts::default());
        }
        self.facts[at] = packer.facts;
    }

    /// Gives memory back once a block is full.
    pub(super) fn shrink(&mut self) {
        self.words.shrink();
        self.plain.shrink();
        self.phones.shrink();
        self.facts.shrink_to_fit();
    }

    /// Bytes held.
    pub(super) fn bytes(&self) -> usize {
        let facts = self.facts.capacity() * size_of::<Facts>();
        self.words.bytes() + self.plain.bytes() + self.phones.bytes() + facts
    }
}

/// Folds and numbers the texts of one customer; kept between customers.
#[derive(Default)]
pub(super) struct Packer {
    words: Vec<u16>,
    plain: Vec<u8>,
    phones: Vec<u8>,
    facts: Facts,
    folded: Vec<char>,
}

impl Packer {
    /// Empties the packer, as for a customer who is gone.
    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.plain.clear();
        self.phones.clear();
        self.facts = Facts { shortest: u8::MAX, code_length: u8::MAX, ..Facts::default() };
    }

    /// Packs `entry`, numbering characters not met before.
    pub(super) fn pack(&mut self, entry: &Entry<'_>, alphabet: &mut Arc<Alphabet>) {
        self.clear();
        self.facts.present = true;
        self.facts.weight = entry.weight;
        self.add(Field::Name, entry.name, alphabet);
        self.facts.core = u8::try_from(core_length(&self.folded)).unwrap_or(u8::MAX);
        self.add(Field::Short, entry.short, alphabet);
        for text in &entry.contacts {
            self.add(Field::Contact, text, alphabet);
        }
        for text in &entry.tags {
            self.add(Field::Tag, text, alphabet);
        }
        self.add(Field::Owner, entry.owner, alphabet);
        self.add(Field::Code, entry.code, alphabet);
        for text in &entry.phones {
            self.add(Field::Phone, text, alphabet);
        }
        for text in &entry.emails {
            self.add(Field::Email, text, alphabet);
        }
    }

    fn add(&mut self, field: Field, text: &str, alphabet: &mut Arc<Alphabet>) {
        self.folded.clear();
        self.folded.extend(text.chars().map(fold));
        if text.is_empty() {
            return;
        }
        let apart = matches!(field, Field::Code | Field::Phone | Field::Email);
        if apart && self.folded.iter().all(char::is_ascii) {
            self.add_plain(field);
        } else {
            self.add_words(field, alphabet);
        }
    }

    fn add_plain(&mut self, field: Field) {
        let letters = self.folded.iter().any(char::is_ascii_lowercase);
        let digits = field == Field::Phone && !letters;
        let signs = self.folded.iter().fold(0, |bits, c| bits | sign_bit(*c));
        self.facts.heads |= signs;
        self.facts.signs |= if digits { 0 } else { signs };
        let lane = if digits { &mut self.phones } else { &mut self.plain };
        lane.push(mark(field));
        lane.extend(self.folded.iter().map(|c| *c as u8));
        self.note_beginning(field, self.folded.first().map_or(0, |c| sign_bit(*c)));
    }

    fn add_words(&mut self, field: Field, alphabet: &mut Arc<Alphabet>) {
        self.words.push(u16::from(mark(field)));
        let mut beginning = None;
        for c in &self.folded {
            let known = alphabet.find(*c);
            let id = known.unwrap_or_else(|| Arc::make_mut(alphabet).number(*c));
            self.words.push(id);
            let bits = if c.is_ascii() { sign_bit(*c) } else { u64::from(alphabet.initials(usize::from(id))) };
            self.facts.heads |= bits;
            if field == Field::Name {
                self.facts.letters |= bits as u32 & LETTERS;
            }
            beginning = beginning.or(Some(bits));
        }
        self.note_beginning(field, beginning.unwrap_or(0));
    }

    fn note_beginning(&mut self, field: Field, bits: u64) {
        match field {
            Field::Name | Field::Short => self.facts.firsts |= bits,
            Field::Code => {
                self.facts.code = bits;
                self.facts.code_length = fewest(&self.folded);
            }
            _ => {
                self.facts.others |= bits;
                self.facts.shortest = self.facts.shortest.min(fewest(&self.folded));
            }
        }
    }
}

/// The bits of letters among those of signs.
const LETTERS: u32 = (1 << 26) - 1;

/// How many characters must be typed at least to spell a text to its end: every digit, and a letter for every word.
fn fewest(folded: &[char]) -> u8 {
    let mut before = Kind::Mark;
    let needed = folded.iter().filter(|c| {
        let kind = kind_of(**c);
        let begins = kind == Kind::Digit || kind.begins_word(before);
        before = kind;
        begins
    });
    u8::try_from(needed.count()).unwrap_or(u8::MAX)
}

/// The characters looked at together for a mark.
const STRIDE: usize = 16;

/// Where the field that begins at `from` ends: at the next mark.
pub(super) fn field_end<U: Unit>(units: &[U], from: usize) -> usize {
    let is_mark = |unit: &U| unit.id() < MARKS;
    let rest = units.get(from..).unwrap_or(&[]);
    let clear = rest.chunks(STRIDE).take_while(|chunk| !chunk.iter().fold(false, |any, unit| any | is_mark(unit)));
    let skipped = (clear.count() * STRIDE).min(rest.len());
    from + skipped + rest.iter().skip(skipped).take_while(|unit| !is_mark(unit)).count()
}
