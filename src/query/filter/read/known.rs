//! Values of lists written together, without the names of their fields: `华东制造业`.

use super::input::{Input, Read, pass};
use super::text::raw_word;
use crate::domain::choice::ListKind;
use crate::domain::list::{ListItem, shipped_items};
use crate::query::area;
use crate::query::field::{Column, FieldType, fold};
use crate::query::filter::{Check, Filter, Value};

/// The lists whose words say by themselves which field they belong to, with their columns. A source is also spoken of
/// otherwise: 展会, 老客户.
fn lists() -> impl Iterator<Item = (ListKind, Column)> {
    Column::ALL.iter().filter_map(|column| match column.field().holds {
        FieldType::List(list) if list != ListKind::Source => Some((list, *column)),
        _ => None,
    })
}

/// A word of two values, each of a field of its own; where it can be split in more than one way nothing is guessed.
pub(super) fn values(input: &mut Input<'_>) -> Read<Filter> {
    let word = raw_word(input)?;
    // A field's name is none of them, and letters of Latin are not written together.
    if word.is_ascii() || word.chars().count() > 24 {
        return pass();
    }
    let items = shipped_items();
    let halves = word.char_indices().skip(1).filter_map(|(at, _)| word.split_at_checked(at));
    let mut read = halves.filter_map(|(first, second)| {
        let (one, other) = (column_of(first, &items)?, column_of(second, &items)?);
        (one != other).then(|| Filter::all(vec![is(one, first), is(other, second)]))
    });
    match (read.next(), read.next()) {
        (Some(filter), None) => Ok(filter),
        _ => pass(),
    }
}

/// The only field whose list has this word.
pub(super) fn column_of(word: &str, items: &[ListItem]) -> Option<Column> {
    let wanted = fold(word);
    let has = |item: &ListItem| fold(&item.zh) == wanted || item.aliases.iter().any(|alias| fold(alias) == wanted);
    let is_known = |(list, column): &(ListKind, Column)| {
        (*column == Column::Region && area::is_named(word))
            || items.iter().any(|item| item.list == Some(*list) && has(item))
    };
    let mut known = lists().filter(is_known);
    match (known.next(), known.next()) {
        (Some((_, column)), None) => Some(column),
        _ => None,
    }
}

fn is(column: Column, word: &str) -> Filter {
    Filter::test(column, Check::Is(vec![Value::Word(word.to_owned())]))
}
