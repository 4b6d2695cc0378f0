//! The names of fields, in both languages.

use super::input::{Input, Read, found};
use crate::query::field::{ALSO, Column, Field, asked, columns};
use crate::text::near::near;

/// The names of a field.
fn names(field: &'static Field) -> impl Iterator<Item = &'static str> {
    let also = ALSO.iter().filter(|(_, of)| *of == field.name).map(|(name, _)| *name);
    [field.name, field.words.en, field.words.zh].into_iter().chain(field.aliases.iter().copied()).chain(also)
}

/// The field whose name comes: the longest name that fits; of names equally long the one in the list is meant.
pub(super) fn field(input: &mut Input<'_>) -> Read<&'static Field> {
    let all =
        [true, false].into_iter().flat_map(|listed| asked().filter(move |field| field.column.is_some() == listed));
    let named = all.flat_map(|field| names(field).filter(|name| !name.is_empty()).map(move |name| (name, field)));
    found(input, |cursor| cursor.longest_name(named))
}

/// The column whose name is nearest to a word: the shortest one that goes on from it, as `客单` to `客单价`, else the
/// one with the fewest slips between.
pub(super) fn nearest(word: &str) -> Option<Column> {
    let plain = word.to_lowercase();
    let all = || columns().flat_map(|field| names(field).map(move |name| (name, field)));
    let begun = all().filter(|(name, _)| plain.chars().count() > 1 && name.to_lowercase().starts_with(&plain));
    let field = match begun.min_by_key(|(name, _)| name.chars().count()) {
        Some((_, field)) => Some(field),
        None => {
            let near = near(word, all().map(|(name, _)| name))?;
            all().find(|(name, _)| *name == near).map(|(_, field)| field)
        }
    };
    field.and_then(|field| field.column).map(|(column, _)| column)
}
