//! What a field of any record can hold, so that a change can be written field by field.

use crate::domain::id::Id;
use crate::domain::measure::{Rate, Score};
use crate::domain::money::{Exact, Money};
use crate::domain::time::{Day, Due, Moment};
use serde::{Deserialize, Serialize};

/// One field's content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A whole number.
    Whole(u32),
    /// Yes or no.
    Flag(bool),
    /// A choice of a closed list, by its number.
    Choice(u8),
    /// A day.
    Day(Day),
    /// A moment.
    Moment(Moment),
    /// A day with or without a time.
    Due(Due),
    /// An amount.
    Money(Money),
    /// A share.
    Rate(Rate),
    /// A score.
    Score(Score),
    /// Another record.
    Link(Id),
    /// Several texts.
    Texts(Vec<String>),
    /// Several records.
    Links(Vec<Id>),
    /// Names with their texts.
    Pairs(Vec<(String, String)>),
    /// Parts that are made of fields themselves, such as the lines of an order; each one's fields by number.
    Parts(Vec<Vec<Numbered>>),
    /// A whole number that may be below nothing.
    Number(i64),
    /// An amount to a ten-thousandth.
    Exact(Exact),
    /// What only a newer program can read, as it is stored.
    Unknown(Vec<u8>),
}

/// One field by its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbered {
    /// The field's number.
    pub number: u16,
    /// Whether what it belongs to may not be read without it.
    pub must: bool,
    /// What it holds.
    pub value: Value,
}

impl Value {
    /// Whether it is of parts that may not be read without knowing all of their fields.
    pub fn demands(&self) -> bool {
        matches!(self, Value::Parts(parts) if parts.iter().flatten().any(|field| field.must))
    }

    /// What it holds as a field of type `T`; `None` where it holds something else.
    pub fn read<T: FieldValue>(&self) -> Option<T> {
        T::from_value(self.clone()).ok()
    }
}

/// A type that a record's field can have.
pub trait FieldValue: Sized {
    /// Number and name of each field of the parts it is of, if it is of parts.
    const PARTS: &'static [(u16, &'static str)] = &[];

    /// The key of a choice, if it is one of a closed list.
    fn choice_key(_number: u8) -> Option<&'static str> {
        None
    }
    /// The field's content.
    fn to_value(&self) -> Value;
    /// The field with this content.
    ///
    /// # Errors
    /// The content again when it is not of its kind.
    fn from_value(value: Value) -> Result<Self, Value>;
}

impl FieldValue for String {
    fn to_value(&self) -> Value {
        if self.is_empty() { Value::Empty } else { Value::Text(self.clone()) }
    }
    fn from_value(value: Value) -> Result<String, Value> {
        match value {
            Value::Empty => Ok(String::new()),
            Value::Text(text) => Ok(text),
            value => Err(value),
        }
    }
}

impl<T: FieldValue> FieldValue for Option<T> {
    const PARTS: &'static [(u16, &'static str)] = T::PARTS;

    fn choice_key(number: u8) -> Option<&'static str> {
        T::choice_key(number)
    }
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Empty, FieldValue::to_value)
    }
    fn from_value(value: Value) -> Result<Option<T>, Value> {
        match value {
            Value::Empty => Ok(None),
            other => T::from_value(other).map(Some),
        }
    }
}

/// A plain type that is one variant of [`Value`].
macro_rules! plain_field {
    ($($type:ty => $variant:ident),+ $(,)?) => {$(
        impl FieldValue for $type {
            fn to_value(&self) -> Value { Value::$variant(*self) }
            fn from_value(value: Value) -> Result<$type, Value> {
                match value { Value::$variant(content) => Ok(content), value => Err(value) }
            }
        }
    )+};
}

plain_field! {
    u32 => Whole, bool => Flag, Day => Day, Moment => Moment, Due => Due,
    Money => Money, Rate => Rate, Score => Score, Id => Link, i64 => Number, Exact => Exact,
}

/// A list type that is one variant of [`Value`], empty when it has nothing.
macro_rules! list_field {
    ($($item:ty => $variant:ident),+ $(,)?) => {$(
        impl FieldValue for Vec<$item> {
            fn to_value(&self) -> Value {
                if self.is_empty() { Value::Empty } else { Value::$variant(self.clone()) }
            }
            fn from_value(value: Value) -> Result<Vec<$item>, Value> {
                match value { Value::Empty => Ok(Vec::new()), Value::$variant(content) => Ok(content), value => Err(value) }
            }
        }
    )+};
}

list_field! {
    String => Texts, Id => Links, (String, String) => Pairs,
}

/// A field that can hold any content.
impl FieldValue for Value {
    fn to_value(&self) -> Value {
        self.clone()
    }
    fn from_value(value: Value) -> Result<Value, Value> {
        Ok(value)
    }
}
