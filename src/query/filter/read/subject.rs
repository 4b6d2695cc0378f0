//! The names of fields, in both languages.

use super::word::measure;
use super::{Input, Read, pass, rest, skip};
use crate::query::field::{ALSO, Column, Field, asked, columns};
use crate::text::near::near;

/// The names of a field.
fn names(field: &'static Field) -> impl Iterator<Item = &'static str> {
    let also = ALSO.iter().filter(|(_, of)| *of == field.name).map(|(name, _)| *name);
    [field.name, field.words.en, field.words.zh].into_iter().chain(field.aliases.iter().copied()).chain(also)
}

/// The field whose name comes: the longest name that fits.
pub(super) fn field(input: &mut Input<'_>) -> Read<&'static Field> {
    let text = rest(input);
    let named = asked().filter_map(|field| Some((longest_name(text, field)?, field)));
    // Of names equally long the one in the list is meant.
    match named.max_by_key(|(bytes, field)| (*bytes, field.column.is_some())) {
        Some((bytes, field)) => {
            skip(input, bytes);
            Ok(field)
        }
        None => pass(input),
    }
}

fn longest_name(text: &str, field: &'static Field) -> Option<usize> {
    names(field).filter_map(|name| measure(text, name)).filter(|bytes| *bytes > 0).max()
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
