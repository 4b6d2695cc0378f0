//! Other records as a row names them: by a code, by a name, or by both in two columns.

use crate::exchange::intake::draft::Draft;
use crate::exchange::intake::fill::says_nothing;
use crate::exchange::intake::join::{Named, plain_id};
use crate::exchange::intake::model::LinkWord;

/// A record named by its code in a cell.
pub(super) fn code_word(text: &str, named: Option<&Named>) -> LinkWord {
    LinkWord { code: plain_id(text).to_owned(), name: named.map(|named| named.name.clone()).unwrap_or_default() }
}

/// A record named in a cell; a cell that was an id of another file gives that as the code.
pub(super) fn name_word(text: &str, named: Option<&Named>) -> LinkWord {
    match named {
        Some(_) => code_word(text, named),
        None => LinkWord { code: String::new(), name: crate::exchange::text_key::one_line(text) },
    }
}

/// Adds to a link what another column says of it: one the code, the other the name.
pub(super) fn link(draft: &mut Draft, number: Option<u16>, word: LinkWord) {
    let Some(number) = number.filter(|_| !says_nothing(&word.code) || !says_nothing(&word.name)) else { return };
    match draft.links.iter_mut().find(|(known, _)| *known == number) {
        Some((_, known)) => {
            if known.code.is_empty() {
                known.code = word.code;
            }
            if known.name.is_empty() {
                known.name = word.name;
            }
        }
        None => draft.links.push((number, word)),
    }
}
