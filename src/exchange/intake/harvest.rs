//! The records files brought, packed small: a file of a million lines is held in some hundred megabytes.

use crate::domain::id::Id;
use crate::domain::measure::{Rate, Score};
use crate::domain::money::{Exact, Money};
use crate::domain::record::Kind;
use crate::domain::time::{Day, Due, Moment};
use crate::domain::value::{Numbered, Value};
use crate::exchange::intake::lexicon::Lexicon;
use crate::exchange::intake::model::{Incoming, LinkWord};
use std::fmt;

/// Every record read, in the order of the files.
#[derive(Clone, Default)]
pub struct Harvest {
    words: Lexicon,
    heads: Vec<Head>,
    bytes: Vec<u8>,
}

/// What is known of a record without unpacking it.
#[derive(Clone, Copy)]
struct Head {
    line: u32,
    under: u32,
    file: u16,
    kind: Kind,
    /// Where its fields begin.
    at: u64,
}

/// No record is under this one.
const ALONE: u32 = u32::MAX;

impl Harvest {
    /// How many records there are.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// A record by its place.
    pub fn get(&self, place: usize) -> Option<Incoming> {
        let head = self.heads.get(place)?;
        let mut reading = Reading { bytes: self.bytes.get(head.at as usize..)?, words: &self.words };
        let fields = (0..reading.number()?).map(|_| reading.field()).collect::<Option<Vec<_>>>()?;
        let links = (0..reading.number()?).map(|_| reading.link()).collect::<Option<Vec<_>>>()?;
        let under = (head.under != ALONE).then_some(head.under);
        Some(Incoming { kind: head.kind, file: head.file, line: head.line, under, fields, links })
    }

    /// What a record is.
    pub(super) fn kind_of(&self, place: usize) -> Option<Kind> {
        self.heads.get(place).map(|head| head.kind)
    }

    /// Every record, unpacked one by one.
    pub fn iter(&self) -> impl Iterator<Item = Incoming> {
        (0..self.len()).filter_map(|place| self.get(place))
    }

    /// Every record of one kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = Incoming> {
        let places = self.heads.iter().enumerate().filter(move |(_, head)| head.kind == kind);
        places.filter_map(|(place, _)| self.get(place))
    }

    /// The number of a word.
    pub(super) fn keep(&mut self, word: &str) -> u32 {
        self.words.keep(word)
    }

    /// The word with this number.
    pub(super) fn word(&self, number: u32) -> &str {
        self.words.word(number)
    }

    /// Adds a record.
    pub fn push(&mut self, incoming: Incoming) {
        let Incoming { kind, file, line, under, .. } = incoming;
        self.heads.push(Head { line, under: under.unwrap_or(ALONE), file, kind, at: self.bytes.len() as u64 });
        self.write(&incoming);
    }

    /// Puts another content in a record's place.
    pub(super) fn set(&mut self, place: usize, incoming: &Incoming) {
        let at = self.bytes.len() as u64;
        if let Some(head) = self.heads.get_mut(place) {
            head.at = at;
            self.write(incoming);
        }
    }

    fn write(&mut self, incoming: &Incoming) {
        let mut writing = Writing { bytes: &mut self.bytes, words: &mut self.words };
        writing.number(incoming.fields.len() as u64);
        for (field, value) in &incoming.fields {
            writing.number(u64::from(*field));
            writing.value(value);
        }
        writing.number(incoming.links.len() as u64);
        for (field, word) in &incoming.links {
            writing.number(u64::from(*field));
            writing.word(&word.code);
            writing.word(&word.name);
        }
    }
}

impl PartialEq for Harvest {
    fn eq(&self, other: &Harvest) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl Eq for Harvest {}

impl fmt::Debug for Harvest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

struct Writing<'a> {
    bytes: &'a mut Vec<u8>,
    words: &'a mut Lexicon,
}

impl Writing<'_> {
    /// A number in as few bytes as it needs, seven bits each.
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// A number with a sign, small ones short.
    fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63) as u64);
    }

    fn word(&mut self, word: &str) {
        let number = self.words.keep(word);
        self.number(u64::from(number));
    }

    fn id(&mut self, id: Id) {
        self.bytes.extend(id.bytes());
    }

    fn moment(&mut self, moment: Moment) {
        self.signed(moment.seconds());
        self.signed(i64::from(moment.offset_minutes()));
    }

    fn value(&mut self, value: &Value) {
        let mut tag = |tag: u8| self.bytes.push(tag);
        match value {
            Value::Empty => tag(0),
            Value::Text(text) => {
                tag(1);
                self.word(text);
            }
            Value::Whole(number) => {
                tag(2);
                self.number(u64::from(*number));
            }
            Value::Flag(flag) => tag(3 + u8::from(*flag)),
            Value::Choice(number) => {
                tag(5);
                self.number(u64::from(*number));
            }
            Value::Day(day) => {
                tag(6);
                self.signed(i64::from(day.number()));
            }
            Value::Moment(moment) => {
                tag(7);
                self.moment(*moment);
            }
            Value::Due(due) => {
                tag(8);
                self.signed(i64::from(due.day.number()));
                self.number(due.minute.map_or(0, |minute| u64::from(minute) + 1));
            }
            Value::Money(money) => {
                tag(9);
                self.signed(money.cents());
            }
            Value::Rate(rate) => {
                tag(10);
                self.signed(i64::from(rate.basis_points()));
            }
            Value::Score(score) => {
                tag(11);
                self.signed(i64::from(score.hundredths()));
            }
            Value::Link(id) => {
                tag(12);
                self.id(*id);
            }
            Value::Number(number) => {
                tag(17);
                self.signed(*number);
            }
            Value::Exact(exact) => {
                tag(18);
                self.signed(exact.parts());
            }
            _ => self.list(value),
        }
    }

    fn list(&mut self, value: &Value) {
        match value {
            Value::Texts(texts) => {
                self.head(13, texts.len());
                texts.iter().for_each(|text| self.word(text));
            }
            Value::Links(ids) => {
                self.head(14, ids.len());
                ids.iter().for_each(|id| self.id(*id));
            }
            Value::Pairs(pairs) => {
                self.head(15, pairs.len());
                for (name, text) in pairs {
                    self.word(name);
                    self.word(text);
                }
            }
            Value::Parts(parts) => {
                self.head(16, parts.len());
                for part in parts {
                    self.number(part.len() as u64);
                    for field in part {
                        self.number(u64::from(field.number));
                        self.value(&field.value);
                    }
                }
            }
            _ => self.bytes.push(0),
        }
    }

    fn head(&mut self, tag: u8, count: usize) {
        self.bytes.push(tag);
        self.number(count as u64);
    }
}

struct Reading<'a> {
    bytes: &'a [u8],
    words: &'a Lexicon,
}

impl Reading<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        Some(number)
    }

    fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    fn word(&mut self) -> Option<String> {
        let number = self.number()?;
        Some(self.words.word(number as u32).to_owned())
    }

    fn id(&mut self) -> Option<Id> {
        let (first, rest) = self.bytes.split_first_chunk::<16>()?;
        self.bytes = rest;
        Some(Id::from_bytes(*first))
    }

    fn day(&mut self) -> Option<Day> {
        Some(Day::from_number(self.signed()? as i32))
    }

    fn moment(&mut self) -> Option<Moment> {
        Some(Moment::from_parts(self.signed()?, self.signed()? as i16))
    }

    fn field(&mut self) -> Option<(u16, Value)> {
        Some((self.number()? as u16, self.value()?))
    }

    fn link(&mut self) -> Option<(u16, LinkWord)> {
        Some((self.number()? as u16, LinkWord { code: self.word()?, name: self.word()? }))
    }

    fn value(&mut self) -> Option<Value> {
        Some(match self.byte()? {
            0 => Value::Empty,
            1 => Value::Text(self.word()?),
            2 => Value::Whole(self.number()? as u32),
            3 => Value::Flag(false),
            4 => Value::Flag(true),
            5 => Value::Choice(self.number()? as u8),
            6 => Value::Day(self.day()?),
            7 => Value::Moment(self.moment()?),
            8 => {
                let day = self.day()?;
                Value::Due(Due { day, minute: self.number()?.checked_sub(1).map(|minute| minute as u16) })
            }
            9 => Value::Money(Money::from_cents(self.signed()?)),
            10 => Value::Rate(Rate::from_basis_points(self.signed()? as i32)),
            11 => Value::Score(Score::from_hundredths(self.signed()? as i32)),
            12 => Value::Link(self.id()?),
            17 => Value::Number(self.signed()?),
            18 => Value::Exact(Exact::from_parts(self.signed()?)),
            list => self.list(list)?,
        })
    }

    fn list(&mut self, tag: u8) -> Option<Value> {
        let count = self.number()?;
        let all = 0..count;
        Some(match tag {
            13 => Value::Texts(all.map(|_| self.word()).collect::<Option<_>>()?),
            14 => Value::Links(all.map(|_| self.id()).collect::<Option<_>>()?),
            15 => Value::Pairs(all.map(|_| Some((self.word()?, self.word()?))).collect::<Option<_>>()?),
            _ => Value::Parts(all.map(|_| self.part()).collect::<Option<_>>()?),
        })
    }

    fn part(&mut self) -> Option<Vec<Numbered>> {
        let fields = (0..self.number()?).map(|_| self.field());
        let numbered = fields.map(|field| field.map(|(number, value)| Numbered { number, must: false, value }));
        numbered.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Harvest;
    use crate::domain::deal::StageMove;
    use crate::domain::id::Id;
    use crate::domain::measure::{Rate, Score};
    use crate::domain::money::{Exact, Money};
    use crate::domain::order::OrderLine;
    use crate::domain::record::Kind;
    use crate::domain::time::{Day, Due, Moment};
    use crate::domain::value::{FieldValue, Value};
    use crate::exchange::intake::model::{Incoming, LinkWord};

    #[test]
    fn every_sort_of_value_comes_back_as_it_went_in() {
        let line = OrderLine {
            product: "泵".into(),
            quantity: -1_500,
            amount: Exact::from_parts(i64::MIN),
            cost: Some(Exact::from_parts(7)),
            ..OrderLine::default()
        };
        let values = [
            Value::Empty,
            Value::Text("客户".into()),
            Value::Whole(u32::MAX),
            Value::Flag(true),
            Value::Flag(false),
            Value::Choice(200),
            Value::Day(Day::from_number(-40)),
            Value::Moment(Moment::from_parts(-1, -210)),
            Value::Due(Due { day: Day::from_number(9), minute: Some(0) }),
            Value::Due(Due::on(Day::from_number(9))),
            Value::Money(Money::from_cents(i64::MAX)),
            Value::Rate(Rate::from_basis_points(5_000)),
            Value::Score(Score::from_hundredths(-1)),
            Value::Link(Id::from_bytes([7; 16])),
            Value::Texts(vec!["a".into(), String::new()]),
            Value::Links(vec![Id::BOOK]),
            Value::Pairs(vec![("a".into(), "b".into())]),
            vec![line.clone(), OrderLine::default()].to_value(),
            vec![StageMove { stage: "won".into(), by: "王".into(), ..StageMove::default() }].to_value(),
            Value::Number(-9),
        ];
        let incoming = Incoming {
            kind: Kind::Deal,
            file: 3,
            line: 9,
            under: Some(0),
            fields: (0..).zip(values).collect(),
            links: vec![(4, LinkWord { code: "C1".into(), name: String::new() })],
        };
        let mut harvest = Harvest::default();
        harvest.push(Incoming { under: None, ..incoming.clone() });
        harvest.push(incoming.clone());
        assert_eq!(harvest.get(1), Some(incoming.clone()));
        harvest.set(0, &Incoming { fields: Vec::new(), under: None, ..incoming });
        assert_eq!(harvest.get(0).map(|incoming| (incoming.fields.len(), incoming.under)), Some((0, None)));
    }
}
