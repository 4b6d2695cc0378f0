//! What a field of any record can hold, so that a change can be written field by field.

use crate::domain::id::Id;
use crate::domain::measure::{Rate, Score};
use crate::domain::money::Money;
use crate::domain::part::{OrderLine, StageMove};
use crate::domain::time::{Day, Due, Moment};
use serde::{Deserialize, Serialize};

/// One field's content. Stored by the variant's place in this list: append only.
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
    /// The lines of an order.
    Lines(Vec<OrderLine>),
    /// The stages a deal went through.
    Moves(Vec<StageMove>),
}

/// A type that a record's field can have.
pub trait FieldValue: Sized {
    /// The field's content.
    fn to_value(&self) -> Value;
    /// The field with this content, if the content is of its kind.
    fn from_value(value: Value) -> Option<Self>;
}

impl FieldValue for String {
    fn to_value(&self) -> Value {
        if self.is_empty() { Value::Empty } else { Value::Text(self.clone()) }
    }
    fn from_value(value: Value) -> Option<String> {
        match value {
            Value::Empty => Some(String::new()),
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<T: FieldValue> FieldValue for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Empty, FieldValue::to_value)
    }
    fn from_value(value: Value) -> Option<Option<T>> {
        match value {
            Value::Empty => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

/// A plain type that is one variant of [`Value`].
macro_rules! plain_field {
    ($($type:ty => $variant:ident),+ $(,)?) => {$(
        impl FieldValue for $type {
            fn to_value(&self) -> Value { Value::$variant(*self) }
            fn from_value(value: Value) -> Option<$type> {
                match value { Value::$variant(content) => Some(content), _ => None }
            }
        }
    )+};
}

plain_field! {
    u32 => Whole, bool => Flag, Day => Day, Moment => Moment, Due => Due,
    Money => Money, Rate => Rate, Score => Score, Id => Link,
}

/// A list type that is one variant of [`Value`], empty when it has nothing.
macro_rules! list_field {
    ($($item:ty => $variant:ident),+ $(,)?) => {$(
        impl FieldValue for Vec<$item> {
            fn to_value(&self) -> Value {
                if self.is_empty() { Value::Empty } else { Value::$variant(self.clone()) }
            }
            fn from_value(value: Value) -> Option<Vec<$item>> {
                match value { Value::Empty => Some(Vec::new()), Value::$variant(content) => Some(content), _ => None }
            }
        }
    )+};
}

list_field! {
    String => Texts, Id => Links, (String, String) => Pairs, OrderLine => Lines, StageMove => Moves,
}
