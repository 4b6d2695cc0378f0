//! Fields by number as bytes: what a record, a part of one, or an entry's head is made of.
//!
//! A field is a key, which is twice its number, plus 1 where it may not be left unread; a byte with the value's tag and how
//! long its content is, where that is short; and the content. So whoever does not know a number or a tag can pass over it,
//! and write it again as it was.

use super::{Fault, Reader, put_block, put_number};
use crate::domain::measure::{Rate, Score};
use crate::domain::money::{Exact, Money};
use crate::domain::time::{Day, Due, Moment};
use crate::domain::value::{Numbered, Value};

/// Parts inside of parts inside of parts: no record is made so, and no bytes are read so.
const DEEPEST: u8 = 4;

const EMPTY: u8 = 0;
const TEXT: u8 = 1;
const WHOLE: u8 = 2;
const FLAG: u8 = 3;
const CHOICE: u8 = 4;
const DAY: u8 = 5;
const MOMENT: u8 = 6;
const DUE: u8 = 7;
const MONEY: u8 = 8;
const RATE: u8 = 9;
const SCORE: u8 = 10;
const LINK: u8 = 11;
const TEXTS: u8 = 12;
const LINKS: u8 = 13;
const PAIRS: u8 = 14;
const PARTS: u8 = 15;
const NUMBER: u8 = 16;
const EXACT: u8 = 17;

/// The tag of a field that says: the value's own tag stands before its content.
const OWN_TAG: u8 = 31;
/// The length of a field that says: its length stands before its content.
const LONG: u8 = 7;

/// Appends fields.
pub fn put_fields(fields: &[Numbered], into: &mut Vec<u8>) {
    let mut stored = Vec::new();
    for field in fields {
        stored.clear();
        put_value(&field.value, &mut stored);
        put_number(u64::from(field.number) << 1 | u64::from(field.must), into);
        let (tag, content) = match stored.split_first() {
            Some((tag, content)) if *tag < OWN_TAG => (*tag, content),
            _ => (OWN_TAG, stored.as_slice()),
        };
        match u8::try_from(content.len()) {
            Ok(length) if length < LONG => {
                into.push(tag << 3 | length);
                into.extend(content);
            }
            _ => {
                into.push(tag << 3 | LONG);
                put_block(content, into);
            }
        }
    }
}

/// The fields these bytes are.
pub fn read_fields(bytes: &[u8]) -> Result<Vec<Numbered>, Fault> {
    fields_within(bytes, DEEPEST)
}

fn fields_within(bytes: &[u8], depth: u8) -> Result<Vec<Numbered>, Fault> {
    let depth = depth.checked_sub(1).ok_or(Fault::Spoiled("depth"))?;
    let mut reader = Reader::of(bytes);
    let mut fields: Vec<Numbered> = Vec::new();
    while !reader.is_done() {
        let key = reader.number()?;
        let number = u16::try_from(key >> 1).map_err(|_| Fault::Spoiled("field"))?;
        let head = reader.byte()?;
        let content = match head & LONG {
            LONG => reader.block()?,
            length => reader.take(usize::from(length))?,
        };
        let value = match head >> 3 {
            OWN_TAG => value_within(content, depth)?,
            tag => value_of(tag, content, depth)?,
        };
        fields.push(Numbered { number, must: key & 1 == 1, value });
    }
    Ok(fields)
}

/// Appends a value: its tag and its content, which ends where the value does.
pub fn put_value(value: &Value, into: &mut Vec<u8>) {
    let mut signed = |tag, number| {
        into.push(tag);
        put_signed(number, into);
    };
    match value {
        Value::Empty => into.push(EMPTY),
        Value::Text(text) => {
            into.push(TEXT);
            into.extend(text.as_bytes());
        }
        Value::Whole(number) => {
            into.push(WHOLE);
            put_number(u64::from(*number), into);
        }
        Value::Flag(flag) => into.extend([FLAG, u8::from(*flag)]),
        Value::Choice(number) => into.extend([CHOICE, *number]),
        Value::Day(day) => signed(DAY, i64::from(day.number())),
        Value::Moment(moment) => {
            signed(MOMENT, moment.seconds());
            put_signed(i64::from(moment.offset_minutes()), into);
        }
        Value::Due(due) => {
            signed(DUE, i64::from(due.day.number()));
            due.minute.iter().for_each(|minute| put_number(u64::from(*minute), into));
        }
        Value::Money(money) => signed(MONEY, money.cents()),
        Value::Rate(rate) => signed(RATE, i64::from(rate.basis_points())),
        Value::Score(score) => signed(SCORE, i64::from(score.hundredths())),
        Value::Number(number) => signed(NUMBER, *number),
        Value::Exact(exact) => signed(EXACT, exact.parts()),
        Value::Link(id) => {
            into.push(LINK);
            into.extend(id.bytes());
        }
        Value::Unknown(bytes) => into.extend(bytes),
        Value::Texts(_) | Value::Links(_) | Value::Pairs(_) | Value::Parts(_) => put_several(value, into),
    }
}

fn put_several(value: &Value, into: &mut Vec<u8>) {
    match value {
        Value::Texts(texts) => {
            into.push(TEXTS);
            texts.iter().for_each(|text| put_block(text.as_bytes(), into));
        }
        Value::Links(ids) => {
            into.push(LINKS);
            ids.iter().for_each(|id| into.extend(id.bytes()));
        }
        Value::Pairs(pairs) => {
            into.push(PAIRS);
            for (name, text) in pairs {
                put_block(name.as_bytes(), into);
                put_block(text.as_bytes(), into);
            }
        }
        Value::Parts(parts) => {
            into.push(PARTS);
            let mut stored = Vec::new();
            for part in parts {
                stored.clear();
                put_fields(part, &mut stored);
                put_block(&stored, into);
            }
        }
        _ => {}
    }
}

/// The value these bytes are; one with a tag that is not known is kept as it is.
pub fn read_value(bytes: &[u8]) -> Result<Value, Fault> {
    value_within(bytes, DEEPEST)
}

fn value_within(bytes: &[u8], depth: u8) -> Result<Value, Fault> {
    let (tag, content) = bytes.split_first().ok_or(Fault::Spoiled("length"))?;
    value_of(*tag, content, depth)
}

fn value_of(tag: u8, content: &[u8], depth: u8) -> Result<Value, Fault> {
    let mut reader = Reader::of(content);
    let value = match tag {
        EMPTY => Value::Empty,
        TEXT => Value::Text(text(reader.take(reader.rest().len())?)?),
        WHOLE => Value::Whole(narrow(reader.number()?)?),
        FLAG => Value::Flag(reader.byte()? != 0),
        CHOICE => Value::Choice(reader.byte()?),
        DAY => Value::Day(read_day(&mut reader)?),
        MOMENT => Value::Moment(Moment::from_parts(signed(&mut reader)?, narrow(signed(&mut reader)?)?)),
        DUE => {
            let day = read_day(&mut reader)?;
            let minute = if reader.is_done() { None } else { Some(narrow(reader.number()?)?) };
            Value::Due(Due { day, minute })
        }
        MONEY => Value::Money(Money::from_cents(signed(&mut reader)?)),
        RATE => Value::Rate(Rate::from_basis_points(narrow(signed(&mut reader)?)?)),
        SCORE => Value::Score(Score::from_hundredths(narrow(signed(&mut reader)?)?)),
        LINK => Value::Link(reader.id()?),
        TEXTS => Value::Texts(all(&mut reader, Reader::text)?),
        LINKS => Value::Links(all(&mut reader, Reader::id)?),
        PAIRS => Value::Pairs(all(&mut reader, |reader| Ok((reader.text()?, reader.text()?)))?),
        PARTS => Value::Parts(all(&mut reader, |reader| fields_within(reader.block()?, depth))?),
        NUMBER => Value::Number(signed(&mut reader)?),
        EXACT => Value::Exact(Exact::from_parts(signed(&mut reader)?)),
        _ => return Ok(Value::Unknown([&[tag], content].concat())),
    };
    if reader.is_done() { Ok(value) } else { Err(Fault::Spoiled("value")) }
}

fn all<'a, T>(reader: &mut Reader<'a>, one: impl Fn(&mut Reader<'a>) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
    let mut all = Vec::new();
    while !reader.is_done() {
        all.push(one(reader)?);
    }
    Ok(all)
}

fn read_day(reader: &mut Reader<'_>) -> Result<Day, Fault> {
    Ok(Day::from_number(narrow(signed(reader)?)?))
}

fn text(bytes: &[u8]) -> Result<String, Fault> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| Fault::Spoiled("text"))
}

fn narrow<T, N: TryFrom<T>>(number: T) -> Result<N, Fault> {
    N::try_from(number).map_err(|_| Fault::Spoiled("number"))
}

/// Appends a number with a sign, small ones short.
fn put_signed(number: i64, into: &mut Vec<u8>) {
    put_number((number << 1 ^ number >> 63) as u64, into);
}

fn signed(reader: &mut Reader<'_>) -> Result<i64, Fault> {
    let number = reader.number()?;
    Ok((number >> 1) as i64 ^ -((number & 1) as i64))
}

#[cfg(test)]
mod tests {
    use super::{put_fields, put_value, read_fields, read_value};
    use crate::domain::value::{Numbered, Value};
    use crate::store::codec::Fault;

    fn field(number: u16, must: bool, value: Value) -> Numbered {
        Numbered { number, must, value }
    }

    #[test]
    fn a_tag_of_a_newer_program_is_written_again_as_it_was() {
        let newer = [200, 1, 2, 3];
        let value = read_value(&newer).unwrap();
        let mut again = Vec::new();
        put_value(&value, &mut again);
        assert_eq!(again, newer);
    }

    #[test]
    fn fields_are_read_back_with_whether_they_may_be_left_unread() {
        let inner = vec![field(1, false, Value::Number(-7)), field(300, true, Value::Flag(true))];
        let fields =
            vec![field(4, true, Value::Text("客".into())), field(9_000, false, Value::Parts(vec![inner, vec![]]))];
        let mut bytes = Vec::new();
        put_fields(&fields, &mut bytes);
        assert_eq!(read_fields(&bytes), Ok(fields));
    }

    #[test]
    fn bytes_nested_without_end_are_not_followed() {
        let mut bytes = vec![];
        for _ in 0..20 {
            let mut part = Vec::new();
            super::put_block(&bytes, &mut part);
            bytes = vec![2, super::PARTS << 3 | super::LONG];
            super::put_block(&part, &mut bytes);
        }
        assert_eq!(read_fields(&bytes), Err(Fault::Spoiled("depth")));
    }
}
