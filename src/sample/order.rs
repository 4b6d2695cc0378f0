//! Orders with their lines, season by season.

use crate::domain::choice::{Channel, Route};
use crate::domain::money::{Exact, Money};
use crate::domain::order::{Order, OrderLine};
use crate::domain::time::Day;
use crate::sample::calendar;
use crate::sample::course::{Course, trend};
use crate::sample::draft::Draft;
use crate::sample::product::Article;
use crate::sample::{phrase_en, phrase_zh};
use chrono::Datelike;

/// No customer has more orders than this.
const MOST: usize = 150;

/// Places the customer's orders from the first to the last, each a season's gap after the one before.
pub fn place_orders(draft: &mut Draft<'_>) {
    let Some((first, last)) = draft.profile.buying else { return };
    let last = last.min(if draft.until < draft.today.plus(-20) { draft.until } else { draft.today });
    let mut day = first;
    while draft.orders.len() < MOST {
        let date = calendar::workday_from(day);
        if date > last {
            break;
        }
        let order = order(draft, date);
        draft.orders.push(order);
        if draft.profile.course == Course::Single {
            break;
        }
        let gap = draft.profile.rhythm * draft.dice.days(60, 145) / 100;
        let gap = gap * trend(draft.profile.course, draft.today.days_since(date)).1 / calendar::season(date);
        day = date.plus(gap.max(4));
    }
}

fn order(draft: &mut Draft<'_>, date: Day) -> Order {
    let ago = draft.today.days_since(date);
    let amount = draft.profile.order * trend(draft.profile.course, ago).0 / 1000;
    let target = amount * 100 * draft.dice.between(45, 175) / 100;
    let promotion = promotion(draft, date);
    let discount = draft.profile.discount + if promotion.is_empty() { 0 } else { 30 };
    let lines = lines(draft, target, discount, ago);
    let small = target < 1_200_000;
    let online = small && draft.dice.chance(380) || draft.dice.chance(60);
    let returned = draft.dice.chance(14);
    let mut order = Order {
        id: draft.register.id(),
        customer: Some(draft.id),
        number: draft.register.order_number(date),
        date,
        channel: Some(if online { Channel::Online } else { Channel::Offline }),
        route: Some(if !online && draft.dice.chance(70) { Route::Distribution } else { Route::Direct }),
        promotion,
        returned,
        lines,
        owner: draft.firm.id(draft.owner),
        note: order_note(draft, returned),
        ..Order::default()
    };
    settle(draft, &mut order);
    order
}

fn order_note(draft: &mut Draft<'_>, returned: bool) -> String {
    let note = match (returned, draft.english(), draft.dice.below(100)) {
        (true, false, _) => "型号选错，整单退回",
        (true, true, _) => "Wrong model, sent back",
        (_, false, 0..=2) => "加急",
        (_, false, 3..=5) => "随货附校准证书",
        (_, false, 6..=7) => "分两批发货",
        (_, true, 0..=2) => "Urgent",
        (_, true, 3..=5) => "Certificate of origin needed",
        _ => "",
    };
    note.to_owned()
}

/// When the order is due and what came in of it: nearly all of what was due long ago, little of what is not yet due.
fn settle(draft: &mut Draft<'_>, order: &mut Order) {
    let total = order.amount();
    if order.returned {
        return;
    }
    if draft.profile.terms == 0 {
        order.due = Some(order.date);
        order.paid = Some(total);
        return;
    }
    let due = order.date.plus(draft.profile.terms);
    let late = draft.today.days_since(due);
    let tardy = matches!(draft.profile.course, Course::Declining | Course::Lost);
    let unpaid = match late {
        ..=0 => 850,
        1..=40 => {
            if tardy {
                550
            } else {
                190
            }
        }
        41..=200 => {
            if tardy {
                160
            } else {
                35
            }
        }
        _ => 3,
    };
    order.due = Some(due);
    order.paid = Some(match draft.dice.chance(unpaid) {
        false => total,
        true if draft.dice.chance(300) => total.scaled(*draft.dice.pick(&[3, 5]), 10).unwrap_or(total),
        true => Money::ZERO,
    });
}

fn promotion(draft: &mut Draft<'_>, date: Day) -> String {
    let all = if draft.english() { phrase_en::PROMOTIONS } else { phrase_zh::PROMOTIONS };
    let fourth_quarter = date.date().month() >= 11;
    if fourth_quarter && draft.dice.chance(260) {
        return (*all[0]).to_owned();
    }
    if fourth_quarter || !draft.dice.chance(45) {
        return String::new();
    }
    all[1 + draft.dice.below(all.len() - 1)].to_owned()
}

/// One to four lines that come to about `target` cents.
fn lines(draft: &mut Draft<'_>, target: i64, discount: i64, ago: i32) -> Vec<OrderLine> {
    let wanted = draft.dice.weighted(&[(34, 1_usize), (31, 2), (21, 3), (14, 4)]).min(draft.profile.basket.len());
    let mut lines: Vec<OrderLine> = Vec::with_capacity(wanted);
    for _ in 0..wanted {
        let share = target / wanted as i64 * draft.dice.between(60, 140) / 100;
        let Some(article) = article(draft, share) else { break };
        if lines.iter().all(|line| line.product != article.zh) {
            lines.push(line(draft, article, share, discount, ago));
        }
    }
    lines
}

/// Something of the basket of which `share` cents buy at least one, else the cheapest.
fn article(draft: &mut Draft<'_>, share: i64) -> Option<&'static Article> {
    let fit = |article: &&Article| article.price <= share * 6 / 5 && article.price * article.most() > share;
    let fitting = draft.profile.basket.iter().copied().filter(|article| fit(article)).count();
    let cheapest = draft.profile.basket.first().copied();
    if fitting == 0 {
        let dearest = draft.profile.basket.iter().rev().copied().find(|article| article.price <= share);
        return dearest.or(cheapest);
    }
    let place = draft.dice.below(fitting);
    draft.profile.basket.iter().copied().filter(|article| fit(article)).nth(place).or(cheapest)
}

fn line(draft: &mut Draft<'_>, article: &Article, share: i64, discount: i64, ago: i32) -> OrderLine {
    let quantity = round_quantity((share / article.price.max(1)).min(article.most() * 2));
    priced(article, quantity, discount, ago, draft.dice.chance(930))
}

/// A line of so many pieces at the price of `ago` days ago: prices have risen three per cent a year.
pub(super) fn priced(article: &Article, quantity: i64, discount: i64, ago: i32, cost_known: bool) -> OrderLine {
    let scale = |cents: i64, thousandths: i64| Money::from_cents(cents).scaled(thousandths, 1000).unwrap_or_default();
    let price = scale(article.price, 1000 - i64::from(ago / 365) * 30);
    let amount = Exact::from_parts(price.cents() * quantity * (1000 - discount) / 10);
    let cost = scale(price.cents(), article.cost).cents() * quantity;
    OrderLine {
        product: article.zh.to_owned(),
        category: article.category.to_owned(),
        quantity: quantity * 1000,
        amount,
        cost: cost_known.then(|| Exact::from(Money::from_cents(cost))),
        ..OrderLine::default()
    }
}

/// Quantities as people order them: by the piece, by fives, by tens, by fifties.
pub(super) fn round_quantity(quantity: i64) -> i64 {
    match quantity {
        ..=1 => 1,
        2..=12 => quantity,
        13..=60 => quantity / 5 * 5,
        61..=300 => quantity / 10 * 10,
        _ => quantity / 50 * 50,
    }
}
