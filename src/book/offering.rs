//! What a column holds in a book, as one would write it in a filter: what most customers have comes first.

use crate::book::Book;
use crate::book::row::Row;
use crate::book::symbols::Symbol;
use crate::book::tier_words::tier_shown;
use crate::domain::choice::ListKind;
use crate::domain::time::Day;
use crate::query::field::{Column, FieldType, of_column};
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
    let listed = |list: ListKind, of: fn(&Row) -> Symbol| {
        counted(book, of).into_iter().map(|word| standards.shown(list, word, language).to_owned()).collect()
    };
    let closed = || choices(column).map(|choice| choice.say(language).to_owned()).collect();
    let values: Vec<String> = match column {
        Column::Industry => listed(ListKind::Industry, |row| row.industry),
        Column::Region => listed(ListKind::Region, |row| row.region),
        Column::Source => listed(ListKind::Source, |row| row.source),
        Column::Need => listed(ListKind::Need, |row| row.need),
        // These stand in an order of their own.
        Column::Size => {
            let shown = |key: &String| standards.shown(ListKind::Size, key, language).to_owned();
            standards.items(ListKind::Size).map(|item| shown(&item.key)).collect()
        }
        Column::Stage => {
            standards.stages().iter().map(|stage| standards.stage_shown(&stage.key, language).to_owned()).collect()
        }
        Column::Owner => {
            let me = words("me", "我").say(language).to_owned();
            std::iter::once(me).chain(standards.owners().iter().map(|owner| owner.name.clone())).collect()
        }
        Column::Tags => book.tags().to_vec(),
        Column::Product => book.beyond().map(|beyond| beyond.products.commonest()).unwrap_or_default(),
        Column::Tier => tier_names(book, language),
        Column::Segment => {
            crate::domain::tiers::Segment::ALL.iter().map(|one| one.words().say(language).to_owned()).collect()
        }
        _ if of_column(column).is_some_and(|field| field.holds == FieldType::Day) => {
            let future = column == Column::NextContact;
            let periods = PERIODS.iter().filter(|period| !future || !period.en.starts_with("last"));
            let next = future.then_some(words("next 7d", "未来7天"));
            next.iter().chain(periods).map(|period| period.say(language).to_owned()).collect()
        }
        _ => closed(),
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

/// The words of a symbol of every row, the commonest first.
fn counted(book: &Book, of: fn(&Row) -> Symbol) -> Vec<&str> {
    let mut counts: HashMap<Symbol, usize> = HashMap::new();
    book.rows().for_each(|(_, row)| *counts.entry(of(row)).or_default() += 1);
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
        let given = book.rows().filter_map(|(_, row)| row.given()).map(|given| given.tier);
        names.extend(given);
        names.sort();
    }
    names.dedup();
    names
}

/// Whether a column holds words of a list, which a slip of the finger misses.
const fn is_listed(column: Column) -> bool {
    matches!(
        column,
        Column::Industry
            | Column::Region
            | Column::Source
            | Column::Need
            | Column::Stage
            | Column::Owner
            | Column::Tags
    )
}
