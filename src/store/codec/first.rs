//! Format 1, which is read for ever and never written: its records and values had no numbers but stood in a fixed order.

use super::{Fault, Reader};
use crate::domain::measure::{Rate, Score};
use crate::domain::money::{Exact, Money};
use crate::domain::record::Kind;
use crate::domain::time::{Day, Due, Moment};
use crate::domain::value::{Numbered, Value};

/// What stood in one place of a record.
#[derive(Clone, Copy)]
enum Shape {
    Text,
    Whole,
    Flag,
    Choice,
    Day,
    Moment,
    Due,
    Money,
    Rate,
    Score,
    Link,
    Texts,
    Links,
    Pairs,
    Lines,
    Moves,
    /// The same, or nothing.
    Maybe(&'static Shape),
}

use Shape::{Choice, Flag, Lines, Links, Maybe, Moves, Pairs, Text, Texts, Whole};
const AMOUNT: Shape = Maybe(&Shape::Money);
const COUNT: Shape = Maybe(&Whole);
const DAY: Shape = Maybe(&Shape::Day);
const DUE: Shape = Maybe(&Shape::Due);
const LINK: Shape = Maybe(&Shape::Link);
const MOMENT: Shape = Maybe(&Shape::Moment);
const ONE_OF: Shape = Maybe(&Choice);
const RATE: Shape = Maybe(&Shape::Rate);
const SCORE: Shape = Maybe(&Shape::Score);

/// The fields of a kind in one version, in the order in which they stood: field 1 first, and none left out.
const fn order(kind: Kind, version: u8) -> &'static [Shape] {
    match (kind, version) {
        (Kind::Customer, 1) => &[
            Text, Text, Text, Text, Text, LINK, LINK, Text, Text, COUNT, Text, COUNT, ONE_OF, Text, LINK, Links, DAY,
            DUE, Text, Text, Text, ONE_OF, Texts, AMOUNT, SCORE, Text, Pairs, ONE_OF, Text, AMOUNT, AMOUNT, COUNT,
            RATE, SCORE, Text, DAY, DAY, ONE_OF, AMOUNT, ONE_OF, ONE_OF, Text, DAY,
        ],
        (Kind::Contact, 1) => {
            &[LINK, Text, ONE_OF, Text, LINK, ONE_OF, Text, Text, Text, DAY, COUNT, ONE_OF, Flag, Text]
        }
        (Kind::Order, 1) => &[LINK, Text, Shape::Day, ONE_OF, ONE_OF, Text, Flag, DAY, AMOUNT, Lines, LINK, Text],
        (Kind::FollowUp, 1) => &[LINK, Shape::Moment, Text, ONE_OF, Text, LINK, LINK, Texts, AMOUNT, Whole, Text, Text],
        (Kind::NextStep, 1) => &[LINK, LINK, Text, DUE, Flag, LINK, MOMENT, Text, Text],
        (Kind::Deal, 1) => {
            &[LINK, Text, AMOUNT, LINK, Text, Text, Moves, DAY, DAY, DAY, Text, Text, Texts, RATE, Text, DAY, Text]
        }
        (Kind::Deal, 2) => &[
            LINK, Text, AMOUNT, LINK, Text, Text, Moves, DAY, DAY, DAY, Text, Text, Texts, RATE, Text, DAY, Text, Links,
        ],
        (Kind::Feedback, 1) => &[
            LINK,
            Shape::Moment,
            ONE_OF,
            SCORE,
            Text,
            Text,
            LINK,
            ONE_OF,
            LINK,
            MOMENT,
            MOMENT,
            MOMENT,
            MOMENT,
            Text,
            Text,
        ],
        (Kind::Target, 1) => &[LINK, LINK, Text, DAY, DAY, ONE_OF, AMOUNT, COUNT, RATE, SCORE],
        (Kind::Strategy, 1) => &[Text, Text, ONE_OF, Text, DAY, DAY, Text, LINK],
        (Kind::Owner, 1) => &[Text, Texts, LINK, LINK, Text, DAY, DAY, Text, Text],
        (Kind::Team, 1) => &[Text, LINK, Text],
        (Kind::Cost, 1) => &[LINK, Text, DAY, DAY, AMOUNT, ONE_OF, Text],
        (Kind::Product, 1) => &[Text, Texts, Text, AMOUNT, Text, AMOUNT, Flag],
        (Kind::ListItem, 1) => &[ONE_OF, Text, Text, Text, Whole, Flag, Texts, COUNT, Flag],
        (Kind::Stage, 1) => &[Text, Text, Text, ONE_OF, RATE, Whole, Texts, Flag],
        (Kind::Mapping, 1) => &[Text, Text, Pairs],
        (Kind::Template, 1) => &[Text, Text, Text, Flag],
        (Kind::Rhythm | Kind::PotentialWeights, 1) => &[COUNT, COUNT, COUNT, COUNT],
        (Kind::CalendarDay, 1) => &[DAY, Flag, Text],
        (Kind::Review, 1) => &[LINK, LINK, Text, Text, Shape::Moment],
        (Kind::SavedView, 1) => &[Text, Text, Pairs, Texts, Text, Text, Whole, Whole],
        (Kind::Scheme, 1) => &[Text, Whole, ONE_OF, COUNT, Pairs, Flag],
        (Kind::TierRun, 1) => &[
            Shape::Moment,
            Text,
            Shape::Day,
            Text,
            Whole,
            ONE_OF,
            COUNT,
            Pairs,
            Links,
            Whole,
            Pairs,
            Pairs,
            Shape::Money,
        ],
        (Kind::TierHold, 1) => &[LINK, Text, Text, DAY, Text],
        (Kind::Advice, 1) => &[Text, Text, Text, Whole, Flag],
        (Kind::Departure, 1) => &[LINK, Shape::Day, ONE_OF, Text, Text],
        (Kind::Membership, 1) => &[Text, Shape::Money, Whole, Whole, Text],
        (Kind::Membership, 2) => &[Text, Shape::Money, Whole, Whole, Text, Whole, Whole, Flag, Flag],
        (Kind::TierMoves, 1) => &[LINK, Links, Text],
        _ => &[],
    }
}

/// Whether format 1 had records of `kind` in this version.
pub const fn knows(kind: Kind, version: u8) -> bool {
    !order(kind, version).is_empty()
}

/// The fields of a record of format 1, of what stands behind its id.
pub fn read_fields(kind: Kind, version: u8, body: &[u8]) -> Result<Vec<Numbered>, Fault> {
    let mut reader = Old(Reader::of(body));
    let mut fields = Vec::new();
    for (number, shape) in (1..).zip(order(kind, version)) {
        match reader.shape(*shape)? {
            Value::Empty => {}
            value => fields.push(Numbered { number, must: false, value }),
        }
    }
    if reader.0.is_done() { Ok(fields) } else { Err(Fault::Spoiled("record")) }
}

/// What the first byte of a value of format 1 said of the others.
const VALUES: [Shape; 16] = [
    Text,
    Whole,
    Flag,
    Choice,
    Shape::Day,
    Shape::Moment,
    Shape::Due,
    Shape::Money,
    Shape::Rate,
    Shape::Score,
    Shape::Link,
    Texts,
    Links,
    Pairs,
    Lines,
    Moves,
];

/// A value of format 1.
pub fn read_value(bytes: &[u8]) -> Result<Value, Fault> {
    let mut reader = Old(Reader::of(bytes));
    let value = match reader.0.byte()? {
        0 => Value::Empty,
        tag => match VALUES.get(usize::from(tag) - 1) {
            Some(shape) => reader.shape(*shape)?,
            None => return Err(Fault::Spoiled("value")),
        },
    };
    if reader.0.is_done() { Ok(value) } else { Err(Fault::Spoiled("value")) }
}

/// Reads what bincode 1 wrote with whole numbers of as many bytes as they need.
struct Old<'a>(Reader<'a>);

impl Old<'_> {
    fn shape(&mut self, shape: Shape) -> Result<Value, Fault> {
        Ok(match shape {
            Shape::Maybe(inner) => match self.0.byte()? {
                0 => Value::Empty,
                1 => self.shape(*inner)?,
                _ => return Err(Fault::Spoiled("record")),
            },
            Shape::Text => match self.text()? {
                text if text.is_empty() => Value::Empty,
                text => Value::Text(text),
            },
            Shape::Whole => Value::Whole(narrow(self.number()?)?),
            Shape::Flag => Value::Flag(self.flag()?),
            Shape::Choice => Value::Choice(self.0.byte()?),
            Shape::Day => Value::Day(self.day()?),
            Shape::Moment => Value::Moment(self.moment()?),
            Shape::Due => {
                let day = self.day()?;
                Value::Due(Due { day, minute: self.maybe(|old| narrow(old.number()?))? })
            }
            Shape::Money => Value::Money(Money::from_cents(self.signed()?)),
            Shape::Rate => Value::Rate(Rate::from_basis_points(narrow(self.signed()?)?)),
            Shape::Score => Value::Score(Score::from_hundredths(narrow(self.signed()?)?)),
            Shape::Link => Value::Link(self.0.id()?),
            Shape::Texts => several(self.all(Old::text)?, Value::Texts),
            Shape::Links => several(self.all(|old| old.0.id())?, Value::Links),
            Shape::Pairs => several(self.all(|old| Ok((old.text()?, old.text()?)))?, Value::Pairs),
            Shape::Lines => several(self.all(Old::line)?, Value::Parts),
            Shape::Moves => several(self.all(Old::step)?, Value::Parts),
        })
    }

    /// An order's line.
    fn line(&mut self) -> Result<Vec<Numbered>, Fault> {
        let (product, category) = (self.shape(Text)?, self.shape(Text)?);
        let (quantity, amount) = (Value::Number(self.signed()?), Value::Exact(Exact::from_parts(self.signed()?)));
        let cost = self.maybe(Old::signed)?.map_or(Value::Empty, |cost| Value::Exact(Exact::from_parts(cost)));
        Ok(numbered([product, category, quantity, amount, cost]))
    }

    /// A deal's step.
    fn step(&mut self) -> Result<Vec<Numbered>, Fault> {
        Ok(numbered([self.shape(Text)?, self.shape(MOMENT)?, self.shape(Text)?]))
    }

    fn maybe<T>(&mut self, read: impl Fn(&mut Self) -> Result<T, Fault>) -> Result<Option<T>, Fault> {
        if self.flag()? { read(self).map(Some) } else { Ok(None) }
    }

    fn all<T>(&mut self, read: impl Fn(&mut Self) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
        let count = self.number()?;
        (0..count).map(|_| read(self)).collect()
    }

    fn text(&mut self) -> Result<String, Fault> {
        let length = narrow(self.number()?)?;
        let bytes = self.0.take(length)?;
        std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| Fault::Spoiled("text"))
    }

    fn day(&mut self) -> Result<Day, Fault> {
        Ok(Day::from_number(narrow(self.signed()?)?))
    }

    fn moment(&mut self) -> Result<Moment, Fault> {
        Ok(Moment::from_parts(self.signed()?, narrow(self.signed()?)?))
    }

    fn flag(&mut self) -> Result<bool, Fault> {
        match self.0.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Fault::Spoiled("record")),
        }
    }

    /// A number below 251 in one byte; else a byte that says in how many it follows.
    fn number(&mut self) -> Result<u64, Fault> {
        match self.0.byte()? {
            251 => self.0.array().map(u16::from_le_bytes).map(u64::from),
            252 => self.0.array().map(u32::from_le_bytes).map(u64::from),
            253 => self.0.array().map(u64::from_le_bytes),
            254 | 255 => Err(Fault::Spoiled("number")),
            small => Ok(u64::from(small)),
        }
    }

    fn signed(&mut self) -> Result<i64, Fault> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }
}

fn several<T>(all: Vec<T>, value: fn(Vec<T>) -> Value) -> Value {
    if all.is_empty() { Value::Empty } else { value(all) }
}

/// The fields of a part: field 1 first.
fn numbered<const N: usize>(values: [Value; N]) -> Vec<Numbered> {
    let fields = (1..).zip(values).filter(|(_, value)| *value != Value::Empty);
    fields.map(|(number, value)| Numbered { number, must: false, value }).collect()
}

fn narrow<T, N: TryFrom<T>>(number: T) -> Result<N, Fault> {
    N::try_from(number).map_err(|_| Fault::Spoiled("number"))
}
