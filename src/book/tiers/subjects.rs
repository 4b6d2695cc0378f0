//! The customers of a book as they are to be graded.

use crate::analysis::grading::Grading;
use crate::analysis::rfm::{Buying, Span};
use crate::analysis::tier::Subject;
use crate::book::row::{Row, RowText};
use crate::book::symbols::Symbol;
use crate::book::{Book, Slot};
use crate::domain::choice::ListKind;
use crate::domain::tiers::Method;
use crate::domain::time::Day;
use crate::query::field::Column;

/// Which rule holds for a customer, by place; the first wins.
pub type RuleOf<'a> = &'a (dyn Fn(&Row) -> Option<u8> + Sync);

/// What a customer bought; given figures stand in while it has no order.
pub fn buying(row: &Row, span: Span) -> Option<Buying> {
    let given = || {
        let given = Some(row.values()).filter(|values| values.are_given())?;
        let (total, order_value) = (given.money(Column::TotalAmount), given.money(Column::OrderValue));
        let orders = given.whole(Column::Orders);
        let by_value = order_value.and_then(|value| {
            let orders = total?.cents().checked_div(value.cents()).filter(|orders| *orders > 0)?;
            u32::try_from(orders).ok()
        });
        let total = total.or_else(|| order_value?.scaled(i64::from(orders?), 1));
        Buying::given(given.day(Column::LastPurchase), orders.or(by_value), total, span)
    };
    Buying::of(row.facts().iter(), span).or_else(given)
}

/// Everyone who can be graded, with their places in the book; in the order of their codes where the method asks it.
pub fn subjects(book: &Book, grading: &Grading, as_of: Day, rule: RuleOf<'_>) -> (Vec<Slot>, Vec<Subject>) {
    let span = grading.span(as_of);
    let sizes = sizes(book);
    let mut all: Vec<(Slot, Subject)> = book.each(|slot, row| Some((slot, subject(row, span, &sizes, as_of, rule)?)));
    if matches!(grading.method, Method::Ntile | Method::Abc) {
        let code = |slot: &Slot| book.row(*slot).map_or("", |row| row.text(RowText::Code));
        let mut keyed: Vec<(&str, (Slot, Subject))> = all.iter().map(|pair| (code(&pair.0), *pair)).collect();
        keyed.sort_by_key(|(code, _)| *code);
        all = keyed.into_iter().map(|(_, pair)| pair).collect();
    }
    all.into_iter().unzip()
}

pub(super) fn subject(
    row: &Row,
    span: Span,
    sizes: &[Option<Symbol>],
    as_of: Day,
    rule: RuleOf<'_>,
) -> Option<Subject> {
    let size = sizes.iter().position(|size| *size == Some(row.word(Column::Size))).map(|place| place as u8 + 1);
    let given = || row.values().score(Column::Satisfaction);
    Some(Subject {
        buying: buying(row, span)?,
        size,
        satisfaction: row.satisfaction(as_of).or_else(given),
        kind: row.kind,
        rule: rule(row),
    })
}

/// The first five sizes of the list, smallest first: what the size of a firm scores.
pub(super) fn sizes(book: &Book) -> Vec<Option<Symbol>> {
    book.standards().items(ListKind::Size).take(5).map(|item| book.symbols().of(&item.key)).collect()
}
