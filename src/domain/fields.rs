//! What a record is made of: fields with numbers, which can be read, changed, compared and stored one by one.

use crate::domain::value::{Numbered, Value};

/// A record's struct with its fields by number. A number is stored and is never given to another field. `'must` behind a
/// number: a program that does not know the field may not read the record without it.
macro_rules! record {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $number:literal $($must:lifetime)? $field:ident: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            /// The record's id.
            pub id: $crate::domain::id::Id,
            $($(#[$doc])* pub $field: $type,)+
            /// Fields that a newer program gave it.
            pub unknown: Vec<$crate::domain::value::Numbered>,
        }

        $crate::domain::fields::by_number! { $name { $($number $($must)? $field: $type,)+ } }
    };
}
pub(crate) use record;

/// The struct of a part that records have several of, with its fields by number; see [`record`].
macro_rules! part {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $number:literal $($must:lifetime)? $field:ident: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $($(#[$doc])* pub $field: $type,)+
            /// Fields that a newer program gave it.
            pub unknown: Vec<$crate::domain::value::Numbered>,
        }

        $crate::domain::fields::by_number! { $name { $($number $($must)? $field: $type,)+ } }

        impl $crate::domain::value::FieldValue for Vec<$name> {
            const PARTS: &'static [(u16, &'static str)] = <$name as $crate::domain::fields::Fields>::FIELDS;

            fn to_value(&self) -> $crate::domain::value::Value {
                $crate::domain::fields::parts_to_value(self)
            }
            fn from_value(value: $crate::domain::value::Value) -> Result<Self, $crate::domain::value::Value> {
                $crate::domain::fields::parts_from_value(value)
            }
        }

        impl $crate::domain::value::FieldValue for $name {
            const PARTS: &'static [(u16, &'static str)] = <$name as $crate::domain::fields::Fields>::FIELDS;

            fn to_value(&self) -> $crate::domain::value::Value {
                $crate::domain::fields::parts_to_value(std::slice::from_ref(self))
            }
            fn from_value(value: $crate::domain::value::Value) -> Result<Self, $crate::domain::value::Value> {
                match $crate::domain::fields::parts_from_value::<$name>(value)?.as_mut_slice() {
                    [part] => Ok(std::mem::take(part)),
                    parts => Err($crate::domain::fields::parts_to_value(parts)),
                }
            }
        }
    };
}
pub(crate) use part;

/// The fields of a struct by number.
macro_rules! by_number {
    ($name:ident { $($number:literal $($must:lifetime)? $field:ident: $type:ty,)+ }) => {
        impl $crate::domain::fields::Fields for $name {
            const FIELDS: &'static [(u16, &'static str)] = &[$(($number, stringify!($field)),)+];
            const MUST: &'static [u16] = &[$($({ let _ = stringify!($must); $number },)?)+];

            fn parts(field: u16) -> &'static [(u16, &'static str)] {
                match field {
                    $($number => <$type as $crate::domain::value::FieldValue>::PARTS,)+
                    _ => &[],
                }
            }

            fn choice_key(field: u16, number: u8) -> Option<&'static str> {
                match field {
                    $($number => <$type as $crate::domain::value::FieldValue>::choice_key(number),)+
                    _ => None,
                }
            }

            fn get(&self, field: u16) -> Option<$crate::domain::value::Value> {
                match field {
                    $($number => Some($crate::domain::value::FieldValue::to_value(&self.$field)),)+
                    _ => None,
                }
            }

            fn take(
                &mut self,
                field: u16,
                value: $crate::domain::value::Value,
            ) -> Result<(), $crate::domain::value::Value> {
                match field {
                    $($number => self.$field = $crate::domain::value::FieldValue::from_value(value)?,)+
                    _ => return Err(value),
                }
                Ok(())
            }

            fn known(&self) -> Vec<$crate::domain::value::Numbered> {
                let mut known = Vec::new();
                $(if self.$field != <$type>::default() {
                    let value = $crate::domain::value::FieldValue::to_value(&self.$field);
                    known.push($crate::domain::value::Numbered {
                        number: $number,
                        must: Self::MUST.contains(&$number),
                        value,
                    });
                })+
                known
            }

            fn unknown(&self) -> &[$crate::domain::value::Numbered] {
                &self.unknown
            }

            fn unknown_mut(&mut self) -> &mut Vec<$crate::domain::value::Numbered> {
                &mut self.unknown
            }
        }
    };
}
pub(crate) use by_number;

/// Something whose fields are known by number.
pub trait Fields: Default {
    /// Each field's number and name, in order.
    const FIELDS: &'static [(u16, &'static str)];
    /// The fields without which it may not be read.
    const MUST: &'static [u16];

    /// Number and name of each field of the parts a field is of, if it is of parts.
    fn parts(field: u16) -> &'static [(u16, &'static str)];

    /// The key of a choice that a field holds.
    fn choice_key(field: u16, number: u8) -> Option<&'static str>;

    /// What a field holds; `None` for no such field.
    fn get(&self, field: u16) -> Option<Value>;

    /// Puts `value` into a field.
    ///
    /// # Errors
    /// The value again when there is no such field or it cannot hold it; nothing is done then.
    fn take(&mut self, field: u16, value: Value) -> Result<(), Value>;

    /// The fields that hold something.
    fn known(&self) -> Vec<Numbered>;

    /// Fields that a newer program gave it, and values that only a newer program can read.
    fn unknown(&self) -> &[Numbered];

    /// The same, to be changed.
    fn unknown_mut(&mut self) -> &mut Vec<Numbered>;

    /// Puts `value` into a field; false, and nothing done, when there is no such field or it cannot hold it.
    fn set(&mut self, field: u16, value: Value) -> bool {
        let held = self.take(field, value).is_ok();
        if held {
            self.unknown_mut().retain(|unknown| unknown.number != field);
        }
        held
    }

    /// Puts `value` into a field as [`Fields::set`] does, or keeps it for a program that knows the field.
    fn put(&mut self, field: u16, value: Value) {
        let Err(value) = self.take(field, value) else {
            self.unknown_mut().retain(|unknown| unknown.number != field);
            return;
        };
        if let Some(nothing) = Self::default().get(field) {
            // What cannot be read stands instead of what was there.
            let _ = self.take(field, nothing);
        }
        let unknown = self.unknown_mut();
        unknown.retain(|unknown| unknown.number != field);
        if value != Value::Empty {
            unknown.push(Numbered { number: field, must: false, value });
        }
    }

    /// Everything it holds, by number.
    fn numbered(&self) -> Vec<Numbered> {
        let mut all = self.known();
        if !self.unknown().is_empty() {
            all.extend_from_slice(self.unknown());
            all.sort_by_key(|field| field.number);
        }
        all
    }

    /// Takes over what stands by number, in an empty one; what is not known is kept.
    fn fill(&mut self, fields: Vec<Numbered>) {
        for Numbered { number, must, value } in fields {
            if let Err(value) = self.take(number, value) {
                self.unknown_mut().push(Numbered { number, must, value });
            }
        }
    }

    /// A field that may not be left unread and cannot be read.
    fn not_understood(&self) -> Option<u16> {
        let demands = |field: &&Numbered| field.must || (Self::knows(field.number) && field.value.demands());
        self.unknown().iter().find(demands).map(|field| field.number)
    }

    /// Whether a field it knows holds what no program ever put there; a choice may be a newer program's.
    fn is_of_another_sort(&self) -> bool {
        let is_newer = |value: &Value| matches!(value, Value::Choice(_) | Value::Unknown(_));
        self.unknown().iter().any(|field| Self::knows(field.number) && !is_newer(&field.value))
    }

    /// Whether it has a field of this number.
    fn knows(number: u16) -> bool {
        Self::FIELDS.iter().any(|(known, _)| *known == number)
    }
}

/// Parts as a field's content.
pub fn parts_to_value<T: Fields>(parts: &[T]) -> Value {
    if parts.is_empty() { Value::Empty } else { Value::Parts(parts.iter().map(Fields::numbered).collect()) }
}

/// The parts that a field's content is.
///
/// # Errors
/// The content again when it is no parts, or one of them holds what may not be left unread.
pub fn parts_from_value<T: Fields>(value: Value) -> Result<Vec<T>, Value> {
    let parts = match value {
        Value::Empty => Vec::new(),
        Value::Parts(parts) => parts,
        value => return Err(value),
    };
    let read = |fields| {
        let mut part = T::default();
        part.fill(fields);
        part
    };
    let parts: Vec<T> = parts.into_iter().map(read).collect();
    let is_other = |part: &T| part.not_understood().is_some() || part.is_of_another_sort();
    if parts.iter().any(is_other) { Err(parts_to_value(&parts)) } else { Ok(parts) }
}
