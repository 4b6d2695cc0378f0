//! What a record is made of: fields with numbers, which can be read, changed and compared one by one.

use crate::domain::id::Id;
use crate::domain::value::Value;

/// A record's struct with its fields by number. A number is stored and is never given to another field.
macro_rules! record {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $number:literal $field:ident: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            /// The record's id.
            pub id: $crate::domain::id::Id,
            $($(#[$doc])* pub $field: $type,)+
        }

        impl $crate::domain::fields::Fields for $name {
            const FIELDS: &'static [(u16, &'static str)] = &[$(($number, stringify!($field)),)+];

            fn id(&self) -> $crate::domain::id::Id {
                self.id
            }

            fn get(&self, field: u16) -> Option<$crate::domain::value::Value> {
                match field {
                    $($number => Some($crate::domain::value::FieldValue::to_value(&self.$field)),)+
                    _ => None,
                }
            }

            fn set(&mut self, field: u16, value: $crate::domain::value::Value) -> bool {
                match field {
                    $($number => match $crate::domain::value::FieldValue::from_value(value) {
                        Some(content) => { self.$field = content; true }
                        None => false,
                    },)+
                    _ => false,
                }
            }
        }
    };
}
pub(crate) use record;

/// A record whose fields are known by number.
pub trait Fields {
    /// Each field's number and name, in order.
    const FIELDS: &'static [(u16, &'static str)];
    /// The record's id.
    fn id(&self) -> Id;
    /// What a field holds; `None` for no such field.
    fn get(&self, field: u16) -> Option<Value>;
    /// Puts `value` into a field; false, and nothing done, when there is no such field or it holds another kind of value.
    fn set(&mut self, field: u16, value: Value) -> bool;
}
