//! What a column holds in a book, as one would write it in a filter: what most customers have comes first.

use crate::book::Book;
use crate::book::symbols::Symbol;
use crate::book::tier_words::tier_shown;
use crate::domain::record::Kind;
use crate::domain::tiers::Segment;
use crate::domain::time::Day;
use crate::query::field::{Column, FieldType};
use crate::query::filter::{Check, Filter, Value, choices};
use crate::text::choices::Said;
use crate::text::near::near;
use crate::text::{Language, Words, words};
use std::collections::HashMap;

/// Periods that are often asked for.
const PERIODS: [Words; 6] = [
    words("this month", "本月"),
    words("last 30d", "近30天"),
    words("last 90d", "近90天"),
    words("this year", "今年"),
    words("last year", "去年"),
    words("today", "今天"),
];

/// The values of a column that a filter may name; none where they are amounts, or texts of which each has its own.
pub fn offered(book: &Book, column: Column, language: Language) -> Vec<String> {
    let standards = book.standards();
    let values: Vec<String> = match (column.field().holds, column) {
        // Sizes and stages stand in an order of their own.
        (FieldType::List(list), Column::Size) => {
            standards.items(list).map(|item| standards.shown(list, &item.key, language).to_owned()).collect()
        }
        (FieldType::List(list), _) => {
            counted(book, column).into_iter().map(|word| standards.shown(list, word, language).to_owned()).collect()
        }
        (FieldType::Stage, _) => {
            standards.stages().iter().map(|stage| standards.stage_shown(&stage.key, language).to_owned()).collect()
        }
        (FieldType::Link(Kind::Owner), _) => {
            let me = words("me", "我").say(language).to_owned();
            std::iter::once(me).chain(standards.owners().iter().map(|owner| owner.name.clone())).collect()
        }
        (_, Column::Tags) => book.tags().to_vec(),
        (_, Column::Product) => book.beyond().map(|beyond| beyond.products.commonest()).unwrap_or_default(),
        (_, Column::Tier) => tier_names(book, language),
        (_, Column::Segment) => Segment::ALL.iter().map(|one| one.words().say(language).to_owned()).collect(),
        (FieldType::Day, _) => {
            let future = column == Column::NextContact;
            let periods = PERIODS.iter().filter(|period| !future || !period.en.starts_with("last"));
            let next = future.then_some(words("next 7d", "未来7天"));
            next.iter().chain(periods).map(|period| period.say(language).to_owned()).collect()
        }
        _ => choices(column).map(|choice| choice.say(language).to_owned()).collect(),
    };
    values.into_iter().filter(|value| !value.is_empty()).collect()
}

/// The first value a filter names that nobody in the book has, with its column and the one probably meant.
pub fn value_of_nobody(book: &Book, filter: &Filter, as_of: Day) -> Option<(Column, String, Option<String>)> {
    match filter {
        Filter::All(parts) | Filter::Any(parts) => parts.iter().find_map(|part| value_of_nobody(book, part, as_of)),
        Filter::Test(subject, Check::Is(values)) if subject.window.is_none() && is_listed(subject.column) => {
            let column = subject.column;
            values.iter().find_map(|value| {
                let Value::Word(word) = value else { return None };
                let one = Filter::test(column, Check::Is(vec![value.clone()]));
                let sieve = book.sieve(&one, as_of, None);
                if book.rows().any(|(_, row)| sieve.passes(row)) {
                    return None;
                }
                let known: Vec<String> = [Language::En, Language::Zh]
                    .into_iter()
                    .flat_map(|language| offered(book, column, language))
                    .collect();
                let meant = near(word, known.iter().map(String::as_str)).filter(|near| near != word);
                Some((column, word.clone(), meant))
            })
        }
        _ => None,
    }
}

/// The words that rows have in a column, the commonest first.
fn counted(book: &Book, column: Column) -> Vec<&str> {
    let mut counts: HashMap<Symbol, usize> = HashMap::new();
    book.rows().for_each(|(_, row)| *counts.entry(row.word(column)).or_default() += 1);
    let mut counts: Vec<(&str, usize)> =
        counts.into_iter().map(|(symbol, count)| (book.symbols().word(symbol), count)).collect();
    counts.sort_by(|(a, many), (b, more)| more.cmp(many).then(a.cmp(b)));
    counts.into_iter().map(|(word, _)| word).filter(|word| !word.is_empty()).collect()
}

/// The names of the tiers that customers have, or were given by a table.
fn tier_names(book: &Book, language: Language) -> Vec<String> {
    let graded = book.tiers().names().iter().map(|name| tier_shown(name, language));
    let mut names: Vec<String> = graded.collect();
    if book.tiers().is_empty() {
        names.extend(book.rows().map(|(_, row)| row.values().text(Column::Tier).to_owned()));
        names.sort();
    }
    names.dedup();
    names
}

/// Whether a column holds words of a list, which a slip of the finger misses.
fn is_listed(column: Column) -> bool {
    match column.field().holds {
        FieldType::List(_) => column != Column::Size,
        FieldType::Stage | FieldType::Link(_) => true,
        _ => column == Column::Tags,
    }
}
