//! What a filter half written may go on with: the names of fields, and behind a sign the values a field has in the book.

use crate::book::Book;
use crate::book::find::initials;
use crate::book::offering::offered;
use crate::query::field::{Column, Field, columns, fold};
use crate::query::filter::{Check, Filter, Value};
use crate::text::Language;

/// What may come next is offered so often at most.
const OFFERED: usize = 8;
/// Signs behind which a value stands.
const SIGNS: &str = "=≠:：~～＝";
/// Signs that part one value from the next.
const COMMAS: &str = ",，、";
/// Signs that begin a text in quotes.
const QUOTES: [char; 7] = ['"', '＂', '“', '”', '「', '‘', '\''];

/// The values of the field that was asked for last.
#[derive(Default)]
pub(super) struct Values {
    /// Of which field, in which revision of the book, and whether what rows do not hold was known.
    of: Option<(Column, u64, bool)>,
    all: Vec<String>,
}

/// What is typed of a word, and what it may become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Offer {
    /// What is typed of it.
    pub(super) typed: String,
    /// What it may become, the likeliest first.
    pub(super) words: Vec<String>,
}

impl Values {
    /// The field whose values were asked for last.
    pub(super) fn about(&self) -> Option<Column> {
        self.of.map(|(column, ..)| column)
    }

    /// What the text before the caret may go on with.
    pub(super) fn offer(&mut self, before: &str, book: &Book, language: Language) -> Offer {
        if let Some((field, typed)) = value_begun(before) {
            let offer = self.values(field, typed, book, language);
            if !offer.words.is_empty() || typed.is_empty() {
                return offer;
            }
        }
        names(before, language)
    }

    fn values(&mut self, field: &'static Field, typed: &str, book: &Book, language: Language) -> Offer {
        let Some((column, _)) = field.column else { return Offer::default() };
        let now = Some((column, book.revision(), book.knows_beyond()));
        if self.of != now {
            (self.of, self.all) = (now, offered(book, column, language));
        }
        // A quote that was begun is taken with the word, which brings quotes of its own where it needs them.
        let bare = typed.trim_start_matches(QUOTES);
        let wanted = fold(bare);
        let is_it = |value: &&String| fold(value) == wanted;
        let begins = |value: &&String| fold(value).starts_with(&wanted) || fold(&initials(value)).starts_with(&wanted);
        let holds = |value: &&String| !begins(value) && fold(value).contains(&wanted);
        if bare == typed && self.all.iter().any(|value| is_it(&value)) {
            return Offer { typed: typed.to_owned(), words: Vec::new() };
        }
        let fitting = self.all.iter().filter(begins).chain(self.all.iter().filter(holds));
        Offer { typed: typed.to_owned(), words: fitting.take(OFFERED).map(|value| written(field, value)).collect() }
    }
}

/// A value as it stands in a filter: in quotes where it would be read as something else.
fn written(field: &Field, value: &str) -> String {
    let alone = |filter: Filter| match filter {
        Filter::Test(_, Check::Is(values)) => match values.as_slice() {
            [Value::Word(word)] => word == value,
            [_] => true,
            _ => false,
        },
        _ => false,
    };
    let is_read = Filter::read(&format!("{}={value}", field.words.zh)).is_ok_and(alone);
    if is_read { value.to_owned() } else { format!("\"{}\"", value.replace(['"', '\\'], "")) }
}

/// The field whose value stands before the caret, and what is typed of the value.
fn value_begun(before: &str) -> Option<(&'static Field, &str)> {
    let (sign, _) = before.char_indices().rev().find(|(_, c)| SIGNS.contains(*c))?;
    let (name, value) = before.split_at_checked(sign)?;
    let value = value.trim_start_matches(|c| SIGNS.contains(c));
    let name = name.trim_end_matches(|c: char| c.is_whitespace() || "!！^".contains(c));
    let field = named_last(name)?;
    let typed = value.rsplit(|c| COMMAS.contains(c)).next().unwrap_or(value);
    Some((field, typed.trim_start().trim_start_matches(['(', '（'])))
}

/// The field of the list whose name a text ends with, the longest one.
fn named_last(text: &str) -> Option<&'static Field> {
    let ends = |name: &str| {
        let (long, short) = (text.chars().count(), name.chars().count());
        let end: String = text.chars().skip(long.saturating_sub(short)).collect();
        (short > 0 && fold(&end) == fold(name)).then_some(short)
    };
    let longest = |field: &'static Field| {
        let names = [field.name, field.words.en, field.words.zh].into_iter().chain(field.aliases.iter().copied());
        names.filter_map(ends).max().map(|length| (length, field))
    };
    columns().filter_map(longest).max_by_key(|(length, _)| *length).map(|(_, field)| field)
}

/// The names of fields that a word before the caret may become.
fn names(before: &str, language: Language) -> Offer {
    let ends = |c: char| c.is_whitespace() || "()（）=<>≥≤≠:：~,，、;；且或非!".contains(c);
    let start = before.char_indices().rev().find(|(_, c)| ends(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    let typed = before.get(start..).unwrap_or_default().to_owned();
    let sign = before.get(..start).unwrap_or_default().trim_end().chars().next_back();
    let is_value = sign.is_some_and(|c| "=<>≥≤≠:：~,，、".contains(c));
    if typed.is_empty() || is_value {
        return Offer { typed, words: Vec::new() };
    }
    let wanted = fold(&typed);
    let name = |field: &Field| match language {
        Language::En => field.name.to_owned(),
        Language::Zh => field.words.zh.to_owned(),
    };
    let begins = |text: &str| fold(text).starts_with(&wanted) && fold(text) != wanted;
    let fits = |field: &&Field| {
        let shown =
            begins(field.name) || begins(field.words.zh) || field.aliases.iter().any(|alias| fold(alias) == wanted);
        shown && fold(field.words.zh) != wanted || fold(&initials(field.words.zh)).starts_with(&wanted)
    };
    let words = columns().filter(fits).map(name).take(OFFERED).collect();
    Offer { typed, words }
}

#[cfg(test)]
mod tests {
    use super::{Values, value_begun};
    use crate::book::Book;
    use crate::book::row::StoredRow;
    use crate::book::standards::Standards;
    use crate::domain::id::Id;
    use crate::query::field::Column;
    use crate::text::Language;

    fn book() -> Book {
        let mut book = Book::new(Standards::shipped());
        for (number, industry) in ["retail", "manufacturing", "manufacturing", "real_estate"].iter().enumerate() {
            let id = Id::of_name(&number.to_string());
            book.put(id, Some(StoredRow { id, ..StoredRow::default() }.with(Column::Industry, *industry)));
        }
        book
    }

    fn offered(before: &str, language: Language) -> String {
        Values::default().offer(before, &book(), language).words.join(" ")
    }

    /// A story: `行业="制` and Tab left a quote that was never closed.
    #[test]
    fn a_quote_that_was_begun_goes_with_what_is_typed_of_the_word() {
        let offer = Values::default().offer("行业=\"制", &book(), Language::Zh);
        assert_eq!((offer.typed.as_str(), offer.words.join(" ").as_str()), ("\"制", "制造业"));
        let whole = Values::default().offer("行业=\"制造业", &book(), Language::Zh);
        assert_eq!((whole.typed.as_str(), whole.words.join(" ").as_str()), ("\"制造业", "制造业"));
    }

    #[test]
    fn behind_the_sign_the_values_of_the_book_are_offered_the_commonest_first() {
        assert_eq!(offered("行业=", Language::Zh), "制造业 房地产 零售业");
        assert_eq!(offered("客单价>10万 且 行业 ≠ ", Language::Zh), "制造业 房地产 零售业");
        assert_eq!(offered("industry = re", Language::En), "Real estate Retail");
    }

    #[test]
    fn a_value_is_offered_by_its_initials_and_behind_a_comma_too() {
        assert_eq!(offered("行业=lsy", Language::Zh), "零售业");
        assert_eq!(offered("行业=制造业，零", Language::Zh), "零售业");
    }

    #[test]
    fn a_value_that_is_whole_offers_nothing_and_a_name_goes_on_behind_it() {
        assert_eq!(offered("行业=零售业", Language::Zh), "");
        assert_eq!(offered("行业=零售业 客单", Language::Zh), "客单价");
    }

    #[test]
    fn a_choice_and_a_day_offer_what_is_usual() {
        assert_eq!(offered("流失风险=", Language::Zh), "否 是");
        assert!(offered("最近购买=近", Language::Zh).starts_with("近30天"));
        assert_eq!(offered("总金额=", Language::Zh), "");
    }

    #[test]
    fn an_alias_before_the_sign_names_the_field_too() {
        assert_eq!(value_begun("跟进人=王").map(|(field, typed)| (field.name, typed)), Some(("owner", "王")));
        assert_eq!(value_begun("owner = wa").map(|(field, typed)| (field.name, typed)), Some(("owner", "wa")));
    }
}
