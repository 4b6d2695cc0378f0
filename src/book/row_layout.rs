//! Where a row keeps what the columns of the table show: a column that the table gains finds its place by itself.

use crate::query::field::{Column, FieldType};
use std::sync::LazyLock;

/// Words of lists that a row keeps, each in a place of its own.
pub(super) const WORDS: usize = {
    let (mut words, mut at) = (0, 0);
    while at < Column::ALL.len() {
        words += is_word(Column::ALL[at]) as usize;
        at += 1;
    }
    words
};

/// The place of every column's word; that of a column without one is none.
static PLACES: [usize; Column::ALL.len()] = {
    let mut places = [usize::MAX; Column::ALL.len()];
    let (mut words, mut at) = (0, 0);
    while at < Column::ALL.len() {
        if is_word(Column::ALL[at]) {
            places[at] = words;
            words += 1;
        }
        at += 1;
    }
    places
};

/// Whether a column shows a word of a list, which many rows share.
pub(super) const fn is_word(column: Column) -> bool {
    column.field().stores.is_some() && matches!(column.field().holds, FieldType::List(_) | FieldType::Stage)
}

/// The place of a column's word; beyond all places for a column that shows none.
pub(super) const fn word_place(column: Column) -> usize {
    PLACES[column as usize]
}

/// The columns whose words a row keeps, in the order of their places.
pub(super) fn word_columns() -> impl Iterator<Item = Column> {
    Column::ALL.iter().copied().filter(|column| is_word(*column))
}

/// Whether a row keeps a column's field among its values: what is stored, and has no place of its own there.
pub(super) const fn is_value(column: Column) -> bool {
    let has_place = matches!(
        column,
        Column::Code
            | Column::Name
            | Column::ShortName
            | Column::Phone
            | Column::Conclusion
            | Column::Owner
            | Column::NextContact
            | Column::Tags
            | Column::Kind
    );
    column.field().stores.is_some() && !is_word(column) && !has_place
}

/// A number that is another one when the columns that rows keep are others: rows stored under another are made anew.
pub fn fingerprint() -> u32 {
    *FINGERPRINT
}

static FINGERPRINT: LazyLock<u32> = LazyLock::new(|| {
    // A value is found by its column's place, so that the columns between count, too.
    let kept = |column: &Column| match is_word(*column) || is_value(*column) {
        true => format!("{} {:?};", column.field().name, column.field().holds),
        false => ";".to_owned(),
    };
    crc32fast::hash(Column::ALL.iter().map(kept).collect::<String>().as_bytes())
});
