//! What is said of a field: signs and words of comparison.

use super::input::{Input, Read, one_of};
use crate::query::filter::Order;

/// How a field is held against what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// Equal, or one of.
    Is,
    /// Neither equal nor one of.
    IsNot,
    /// `:`: whatever suits the field.
    Suits,
    /// On a side of.
    Compare(Order),
    /// Contains.
    Has,
    /// Contains none of.
    HasNot,
    /// Begins with.
    Starts,
    /// Nothing is known of it; nothing follows.
    Empty,
    /// Something is known of it; nothing follows.
    Filled,
    /// Between two values.
    Between,
    /// Not between two values.
    NotBetween,
}

use Order::{AtLeast, AtMost, Less, More};

const VERBS: &[(&str, Verb)] = &[
    ("=", Verb::Is),
    ("==", Verb::Is),
    (":", Verb::Suits),
    ("!=", Verb::IsNot),
    ("≠", Verb::IsNot),
    ("<>", Verb::IsNot),
    (">", Verb::Compare(More)),
    (">=", Verb::Compare(AtLeast)),
    ("=>", Verb::Compare(AtLeast)),
    ("≥", Verb::Compare(AtLeast)),
    ("<", Verb::Compare(Less)),
    ("<=", Verb::Compare(AtMost)),
    ("=<", Verb::Compare(AtMost)),
    ("≤", Verb::Compare(AtMost)),
    ("~", Verb::Has),
    ("!~", Verb::HasNot),
    ("^=", Verb::Starts),
    ("等于", Verb::Is),
    ("是", Verb::Is),
    ("为", Verb::Is),
    ("属于", Verb::Is),
    ("在", Verb::Is),
    ("不等于", Verb::IsNot),
    ("不是", Verb::IsNot),
    ("不为", Verb::IsNot),
    ("不属于", Verb::IsNot),
    ("不在", Verb::IsNot),
    ("非", Verb::IsNot),
    ("大于", Verb::Compare(More)),
    ("高于", Verb::Compare(More)),
    ("超过", Verb::Compare(More)),
    ("多于", Verb::Compare(More)),
    ("晚于", Verb::Compare(More)),
    ("大于等于", Verb::Compare(AtLeast)),
    ("大于或等于", Verb::Compare(AtLeast)),
    ("不小于", Verb::Compare(AtLeast)),
    ("不低于", Verb::Compare(AtLeast)),
    ("不少于", Verb::Compare(AtLeast)),
    ("不早于", Verb::Compare(AtLeast)),
    ("至少", Verb::Compare(AtLeast)),
    ("小于", Verb::Compare(Less)),
    ("低于", Verb::Compare(Less)),
    ("少于", Verb::Compare(Less)),
    ("不足", Verb::Compare(Less)),
    ("不到", Verb::Compare(Less)),
    ("早于", Verb::Compare(Less)),
    ("小于等于", Verb::Compare(AtMost)),
    ("小于或等于", Verb::Compare(AtMost)),
    ("不大于", Verb::Compare(AtMost)),
    ("不高于", Verb::Compare(AtMost)),
    ("不超过", Verb::Compare(AtMost)),
    ("不多于", Verb::Compare(AtMost)),
    ("不晚于", Verb::Compare(AtMost)),
    ("至多", Verb::Compare(AtMost)),
    ("包含", Verb::Has),
    ("含有", Verb::Has),
    ("含", Verb::Has),
    ("不包含", Verb::HasNot),
    ("不含", Verb::HasNot),
    ("开头为", Verb::Starts),
    ("开头是", Verb::Starts),
    ("为空", Verb::Empty),
    ("是空", Verb::Empty),
    ("未填", Verb::Empty),
    ("没有", Verb::Empty),
    ("不为空", Verb::Filled),
    ("非空", Verb::Filled),
    ("已填", Verb::Filled),
    ("介于", Verb::Between),
    ("不介于", Verb::NotBetween),
    ("is", Verb::Is),
    ("equals", Verb::Is),
    ("in", Verb::Is),
    ("on", Verb::Is),
    ("is in", Verb::Is),
    ("is not", Verb::IsNot),
    ("is not in", Verb::IsNot),
    ("not", Verb::IsNot),
    ("not in", Verb::IsNot),
    ("over", Verb::Compare(More)),
    ("above", Verb::Compare(More)),
    ("more than", Verb::Compare(More)),
    ("greater than", Verb::Compare(More)),
    ("after", Verb::Compare(More)),
    ("is after", Verb::Compare(More)),
    ("at least", Verb::Compare(AtLeast)),
    ("since", Verb::Compare(AtLeast)),
    ("from", Verb::Compare(AtLeast)),
    ("under", Verb::Compare(Less)),
    ("below", Verb::Compare(Less)),
    ("less than", Verb::Compare(Less)),
    ("before", Verb::Compare(Less)),
    ("is before", Verb::Compare(Less)),
    ("at most", Verb::Compare(AtMost)),
    ("until", Verb::Compare(AtMost)),
    ("contains", Verb::Has),
    ("has", Verb::Has),
    ("not contains", Verb::HasNot),
    ("does not contain", Verb::HasNot),
    ("starts with", Verb::Starts),
    ("starts", Verb::Starts),
    ("begins with", Verb::Starts),
    ("empty", Verb::Empty),
    ("is empty", Verb::Empty),
    ("missing", Verb::Empty),
    ("not empty", Verb::Filled),
    ("is not empty", Verb::Filled),
    ("filled", Verb::Filled),
    ("between", Verb::Between),
    ("is between", Verb::Between),
    ("not between", Verb::NotBetween),
];

/// The verb that comes.
pub(super) fn verb(input: &mut Input<'_>) -> Read<Verb> {
    one_of(input, VERBS)
}
