//! A filter made ready for one book, one day and one person: words looked up, shares turned into limits.

use crate::book::Book;
use crate::book::cell::Cell;
use crate::book::columns::phone;
use crate::book::row::{Row, RowText};
use crate::book::sizes::{Size, size};
use crate::book::symbols::Symbol;
use crate::domain::choice::ListKind;
use crate::domain::deal::Stage;
use crate::domain::id::Id;
use crate::domain::list::ListItem;
use crate::domain::time::Day;
use crate::query::area;
use crate::query::field::{Column, FieldType, fold};
use crate::query::filter::{Check, Filter, Order, Period, Share, Subject, Value};
use crate::text::Language;

/// A filter made ready to be asked of many rows.
pub struct Sieve<'a> {
    book: &'a Book,
    as_of: Day,
    root: Part,
}

/// A day and person that a filter is asked by.
#[derive(Clone, Copy)]
struct Asked {
    as_of: Day,
    me: Option<Id>,
}

/// A part of a sieve.
enum Part {
    All(Vec<Part>),
    Any(Vec<Part>),
    Not(Box<Part>),
    /// A word of a list, by the places of the words that pass.
    Listed(Column, Vec<bool>),
    /// The owner is one of these.
    Owner(Vec<Option<Id>>),
    /// A figure or day lies in one of these spans, both ends included.
    Figure(Column, Option<(Day, Day)>, Vec<(i64, i64)>),
    /// A choice has one of these keys.
    Choice(Column, Vec<&'static str>),
    /// A text is like one of these.
    Text(Column, Likeness, Vec<String>),
    /// Nothing is known.
    Empty(Column, Option<(Day, Day)>),
    /// There is an order between these days.
    Bought(Day, Day),
}

/// How a text is held against another, both folded.
#[derive(Clone, Copy)]
enum Likeness {
    Is,
    Has,
    Starts,
}

impl Likeness {
    fn holds(self, text: &str, wanted: &str) -> bool {
        match self {
            Likeness::Is => text == wanted,
            Likeness::Has => text.contains(wanted),
            Likeness::Starts => text.starts_with(wanted),
        }
    }
}

impl<'a> Sieve<'a> {
    /// A filter made ready.
    pub(super) fn new(book: &'a Book, filter: &Filter, as_of: Day, me: Option<Id>) -> Sieve<'a> {
        Sieve { book, as_of, root: part(book, filter, Asked { as_of, me }) }
    }

    /// Whether a row passes.
    pub fn passes(&self, row: &Row) -> bool {
        self.holds(&self.root, row)
    }

    fn holds(&self, part: &Part, row: &Row) -> bool {
        match part {
            Part::All(parts) => parts.iter().all(|part| self.holds(part, row)),
            Part::Any(parts) => parts.iter().any(|part| self.holds(part, row)),
            Part::Not(inner) => !self.holds(inner, row),
            Part::Listed(Column::Tags, kept) => row.tags().any(|tag| is_kept(kept, tag)),
            Part::Listed(column, kept) => is_kept(kept, row.word(*column)),
            Part::Owner(owners) => row.owner.is_some() && owners.contains(&row.owner),
            Part::Figure(column, window, spans) => figure(self.book, row, *column, *window, self.as_of)
                .is_some_and(|value| spans.iter().any(|(low, high)| (*low..=*high).contains(&value))),
            Part::Choice(column, keys) => choice_key(&self.cell(row, *column)).is_some_and(|key| keys.contains(&key)),
            Part::Text(column, likeness, wanted) => self.text_is(row, *column, *likeness, wanted),
            Part::Empty(column, window) => match window {
                Some(_) => figure(self.book, row, *column, *window, self.as_of).is_none(),
                None => matches!(self.cell(row, *column), Cell::Empty),
            },
            Part::Bought(first, last) => {
                row.facts().iter().any(|fact| !fact.returned && (*first..=*last).contains(&fact.day))
            }
        }
    }

    fn cell(&self, row: &Row, column: Column) -> Cell {
        self.book.cell(row, column, self.as_of, Language::En).cell
    }

    fn text_is(&self, row: &Row, column: Column, likeness: Likeness, wanted: &[String]) -> bool {
        let like = |text: &str| {
            let text = fold(text);
            !text.is_empty() && wanted.iter().any(|wanted| likeness.holds(&text, wanted))
        };
        match column {
            Column::Code => like(row.text(RowText::Code)),
            Column::Name => like(row.name()) || like(row.text(RowText::ShortName)),
            Column::ShortName => like(row.text(RowText::ShortName)),
            Column::Phone => like(&phone(row)) || row.contacts().iter().any(|(_, phone, _)| like(phone)),
            Column::Owner => like(self.book.standards().owner_name(row.owner)),
            _ => [Language::En, Language::Zh].into_iter().any(|language| {
                match self.book.cell(row, column, self.as_of, language).cell {
                    Cell::Text(text) => like(&text),
                    Cell::Texts(texts) => texts.iter().any(|text| like(text)),
                    _ => false,
                }
            }),
        }
    }
}

fn is_kept(kept: &[bool], symbol: Symbol) -> bool {
    kept.get(symbol.place()).copied().unwrap_or(false)
}

/// The list whose words a column keeps.
const fn list_of(column: Column) -> Option<ListKind> {
    match column.field().holds {
        FieldType::List(list) => Some(list),
        _ => None,
    }
}

/// The key of a choice.
const fn choice_key(cell: &Cell) -> Option<&'static str> {
    match cell {
        Cell::LifeStage(stage) => Some(stage.key()),
        Cell::Level(level) => Some(level.key()),
        Cell::Activity(activity) => Some(activity.key()),
        Cell::Choice(choice) => Some(choice.key()),
        _ => None,
    }
}

/// A figure or day of a row as a whole number, of all its orders or of those in a window.
fn figure(book: &Book, row: &Row, column: Column, window: Option<(Day, Day)>, as_of: Day) -> Option<i64> {
    let Some((first, last)) = window else { return number(&book.cell(row, column, as_of, Language::En).cell) };
    let facts = row.facts().iter().filter(|fact| fact.day >= first);
    let sums = crate::analysis::purchases::Purchases::of(facts, last.min(as_of));
    match column {
        Column::TotalAmount => Some(sums.total.cents()),
        Column::Orders => Some(i64::from(sums.orders)),
        Column::OrderValue => sums.order_value().map(|money| money.cents()),
        Column::Profit => sums.profit.map(|money| money.cents()),
        _ => None,
    }
}

/// A cell as a whole number in its smallest unit; a moment as its day.
fn number(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Whole(count) => Some(i64::from(*count)),
        Cell::Money(money) => Some(money.cents()),
        Cell::Rate(rate) => Some(i64::from(rate.basis_points())),
        Cell::Score(score) => Some(i64::from(score.hundredths())),
        Cell::Day(day) => Some(i64::from(day.number())),
        Cell::Due(due) => Some(i64::from(due.day.number())),
        _ => None,
    }
}

fn part(book: &Book, filter: &Filter, asked: Asked) -> Part {
    let parts = |filters: &[Filter]| filters.iter().map(|filter| part(book, filter, asked)).collect();
    match filter {
        Filter::All(filters) => Part::All(parts(filters)),
        Filter::Any(filters) => Part::Any(parts(filters)),
        Filter::Not(inner) => Part::Not(Box::new(part(book, inner, asked))),
        Filter::Bought(period) => {
            let (first, last) = period.days(asked.as_of);
            Part::Bought(first, last.min(asked.as_of))
        }
        Filter::Test(subject, check) => tested(book, *subject, check, asked),
    }
}

fn tested(book: &Book, subject: Subject, check: &Check, asked: Asked) -> Part {
    let column = subject.column;
    let window = subject.window.map(|period| period.days(asked.as_of));
    match check {
        Check::Empty => Part::Empty(column, window),
        Check::Has(texts) => likened(book, column, Likeness::Has, texts),
        Check::Starts(texts) => likened(book, column, Likeness::Starts, texts),
        Check::Rank { largest, share } => {
            Part::Figure(column, window, vec![ranked(book, column, window, asked.as_of, *largest, *share)])
        }
        Check::Compare(order, Value::Word(word)) if column == Column::Size => {
            sized(book, word, |size, wanted| size.is_on(*order, wanted))
        }
        Check::Between(Value::Word(low), Value::Word(high)) if column == Column::Size => {
            let least = sized(book, low, |size, wanted| size.is_on(Order::AtLeast, wanted));
            Part::All(vec![least, sized(book, high, |size, wanted| size.is_on(Order::AtMost, wanted))])
        }
        Check::Compare(order, Value::Word(word)) => {
            staged(book, |place| stage_place(book, word).is_some_and(|limit| on_side(*order, place, limit)))
        }
        Check::Between(Value::Word(low), Value::Word(high)) => staged(book, |place| {
            let ends = stage_place(book, low).zip(stage_place(book, high));
            ends.is_some_and(|(low, high)| (low..=high).contains(&place))
        }),
        Check::Compare(order, value) => {
            let side = span(value, asked.as_of).map(|(first, last)| match order {
                Order::More => (last.saturating_add(1), i64::MAX),
                Order::AtLeast => (first, i64::MAX),
                Order::Less => (i64::MIN, first.saturating_sub(1)),
                Order::AtMost => (i64::MIN, last),
            });
            Part::Figure(column, window, side.into_iter().collect())
        }
        Check::Between(low, high) => {
            let ends = span(low, asked.as_of).zip(span(high, asked.as_of));
            Part::Figure(column, window, ends.map(|((first, _), (_, last))| (first, last)).into_iter().collect())
        }
        Check::Is(values) => one_of(book, column, window, values, asked),
    }
}

fn one_of(book: &Book, column: Column, window: Option<(Day, Day)>, values: &[Value], asked: Asked) -> Part {
    let spans: Vec<(i64, i64)> = values.iter().filter_map(|value| span(value, asked.as_of)).collect();
    let keys: Vec<&'static str> = values
        .iter()
        .filter_map(|value| match value {
            Value::Choice(choice) => Some(choice.key()),
            _ => None,
        })
        .collect();
    let words: Vec<String> = values
        .iter()
        .filter_map(|value| match value {
            Value::Word(word) => Some(word.clone()),
            _ => None,
        })
        .collect();
    match () {
        () if column == Column::Owner => {
            let me = values.contains(&Value::Me).then_some(asked.me).flatten();
            let called = words.iter().filter_map(|word| book.standards().owner_called(word)).map(|owner| owner.id);
            Part::Owner(me.into_iter().chain(called).map(Some).collect())
        }
        () if !spans.is_empty() => Part::Figure(column, window, spans),
        () if !keys.is_empty() => Part::Choice(column, keys),
        () if column == Column::Size => {
            let meant = |word: &String| match book.standards().item(ListKind::Size, word) {
                Some(_) => likened(book, column, Likeness::Is, std::slice::from_ref(word)),
                // No size is called that, but some lie within it: `1000万以上`.
                None => {
                    let own = likened(book, column, Likeness::Is, std::slice::from_ref(word));
                    Part::Any(vec![own, sized(book, word, Size::is_within)])
                }
            };
            Part::Any(words.iter().map(meant).collect())
        }
        () => likened(book, column, Likeness::Is, &words),
    }
}

/// The first and last number a value covers; `None` for words.
fn span(value: &Value, as_of: Day) -> Option<(i64, i64)> {
    let number = match value {
        Value::Money(money) => money.cents(),
        Value::Whole(whole) => *whole,
        Value::Rate(rate) => i64::from(rate.basis_points()),
        Value::Score(score) => i64::from(score.hundredths()),
        Value::Period(period) => {
            let (first, last) = Period::days(*period, as_of);
            return Some((i64::from(first.number()), i64::from(last.number())));
        }
        Value::Choice(_) | Value::Word(_) | Value::Me => return None,
    };
    Some((number, number))
}

/// A text column by the texts of each row, a column of listed words by looking each word up once.
fn likened(book: &Book, column: Column, likeness: Likeness, wanted: &[String]) -> Part {
    let folded: Vec<String> = wanted.iter().map(|text| fold(text)).filter(|text| !text.is_empty()).collect();
    let standards = book.standards();
    let like = |text: &str| {
        let text = fold(text);
        !text.is_empty() && folded.iter().any(|wanted| likeness.holds(&text, wanted))
    };
    let by_name = matches!(likeness, Likeness::Is);
    let passes: Box<dyn Fn(&str) -> bool> = match (column, list_of(column)) {
        (Column::Tags, _) => Box::new(like),
        (Column::Region, _) if by_name => Box::new(|kept| wanted.iter().any(|word| is_region(book, kept, word))),
        (Column::Stage, _) => {
            let meant: Vec<&Stage> = wanted.iter().filter_map(|word| standards.stage_called(word)).collect();
            Box::new(move |key| {
                by_name && meant.iter().any(|stage| stage.key == key)
                    || LANGUAGES.iter().any(|language| like(standards.stage_shown(key, *language)))
            })
        }
        (_, Some(list)) => {
            let meant: Vec<&ListItem> = wanted.iter().filter_map(|word| standards.item(list, word)).collect();
            Box::new(move |key| {
                by_name && meant.iter().any(|item| item.key == key)
                    || LANGUAGES.iter().any(|language| like(standards.shown(list, key, *language)))
            })
        }
        _ => return Part::Text(column, likeness, folded),
    };
    Part::Listed(column, book.symbols().all().map(|word| !word.is_empty() && passes(word)).collect())
}

/// Words are met in both languages, whichever is on the screen.
const LANGUAGES: [Language; 2] = [Language::En, Language::Zh];

/// Whether a region as kept is what a word names, or lies in it.
fn is_region(book: &Book, kept: &str, word: &str) -> bool {
    let standards = book.standards();
    let named = standards.item(ListKind::Region, word).is_some_and(|item| item.key == kept);
    let shown = standards.shown(ListKind::Region, kept, Language::Zh);
    named || area::lies_in(shown, word) || area::lies_in(kept, word)
}

/// A listed size by where it stands to another.
fn sized(book: &Book, word: &str, passes: impl Fn(Size, Size) -> bool) -> Part {
    let wanted = size(book, word);
    let sizes = book.symbols().all().map(|word| !word.is_empty() && passes(size(book, word), wanted));
    Part::Listed(Column::Size, sizes.collect())
}

fn staged(book: &Book, passes: impl Fn(usize) -> bool) -> Part {
    let places = book.symbols().all().map(|word| stage_place(book, word));
    Part::Listed(Column::Stage, places.map(|place| place.is_some_and(&passes)).collect())
}

/// Where in the funnel a stage stands, by its key or by what it is called.
fn stage_place(book: &Book, word: &str) -> Option<usize> {
    let stage = book.standards().stage(word).or_else(|| book.standards().stage_called(word))?;
    book.standards().stages().iter().position(|other| other.key == stage.key)
}

fn on_side(order: Order, place: usize, limit: usize) -> bool {
    match order {
        Order::More => place > limit,
        Order::AtLeast => place >= limit,
        Order::Less => place < limit,
        Order::AtMost => place <= limit,
    }
}

/// The span of figures among the largest or smallest part of all that are above nothing; equal ones stay together.
fn ranked(
    book: &Book,
    column: Column,
    window: Option<(Day, Day)>,
    as_of: Day,
    largest: bool,
    share: Share,
) -> (i64, i64) {
    const NONE: (i64, i64) = (1, 0);
    let figures = book.rows().filter_map(|(_, row)| figure(book, row, column, window, as_of));
    let mut figures: Vec<i64> = figures.filter(|figure| *figure > 0).collect();
    let count = match share {
        Share::Count(count) => count as usize,
        Share::Part(rate) => {
            let points = usize::try_from(rate.basis_points()).unwrap_or_default();
            (figures.len() * points).div_ceil(10_000)
        }
    };
    let place = count.min(figures.len());
    let Some(place) = place.checked_sub(1) else { return NONE };
    if largest {
        let (_, limit, _) = figures.select_nth_unstable_by(place, |a, b| b.cmp(a));
        (*limit, i64::MAX)
    } else {
        let (_, limit, _) = figures.select_nth_unstable(place);
        (1, *limit)
    }
}
