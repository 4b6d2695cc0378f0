//! One line of the list of deals, and what the list is called.

use crate::analysis::funnel::fact::DealFact;
use crate::book::deals::Deals;
use crate::book::deals::reckoning::Reckoned;
use crate::domain::choice::{ListKind, StageRole};
use crate::text::figures::{grouped, short_day, short_money};
use crate::text::{Words, words};
use crate::ui::context::Context;
use crate::ui::view::funnel::behind::Behind;
use crate::ui::widget::paint::Brush;
use ratatui::style::Style;

/// Where the columns stand in a width; a place of 0 has no room.
pub struct Places {
    pub customer: u16,
    pub stage: u16,
    /// Where amount and days end.
    pub amount: u16,
    pub age: u16,
    pub owner: u16,
    pub expected: u16,
}

impl Places {
    /// The places in a width.
    pub fn of(width: u16) -> Places {
        let wide = width >= 110;
        let narrow = width < 72;
        // Days, owner and the date stand at the right; names share what is left. A narrow window has room for names and amounts.
        let right = match (wide, narrow) {
            (true, _) => 10 + 7 + 14 + 12 + 14,
            (_, false) => 10 + 6 + 9 + 11 + 10,
            (_, true) => 10 + 6 + 9,
        };
        let names = width.saturating_sub(right + 2).max(8);
        let stage = 1 + names;
        let customer = 1 + names * 5 / 9;
        let amount = stage + if wide { 24 } else { 20 };
        let age = amount + if wide { 7 } else { 6 };
        let (owner, expected) = if narrow { (0, 0) } else { (age + 2, age + if wide { 16 } else { 11 }) };
        Places { customer, stage, amount, age, owner, expected }
    }
}

/// Draws one deal.
pub fn draw_deal(
    brush: &mut Brush<'_>,
    y: u16,
    places: &Places,
    (deal, deals, reckoned): (&DealFact, &Deals, &Reckoned),
    context: &Context<'_>,
) {
    let theme = context.theme;
    let standards = context.book().standards();
    let customer = deal.customer.and_then(|customer| context.book().row_of(customer)).map_or("", |row| row.name());
    let title = if deal.title.is_empty() { customer } else { &deal.title };
    brush.text(1, y, title, places.customer.saturating_sub(2), theme.strong);
    brush.text(places.customer, y, customer, places.stage.saturating_sub(places.customer + 1), Style::new());
    let stage = standards.stage_shown(deals.stage(deal.stage), context.language);
    brush.text(places.stage, y, stage, 11, theme.dim);
    let amount = deal.amount.map(|amount| short_money(amount, context.language)).unwrap_or_default();
    brush.text_left_of(places.amount, y, &amount, 9, Style::new());
    let age = deal.age(context.today());
    let is_stuck = reckoned.stuck.iter().any(|watched| watched.deal == deal.at());
    let text = age.map(|days| grouped(u64::from(days.unsigned_abs()))).unwrap_or_default();
    let text = if is_stuck { format!("!{text}") } else { text };
    brush.text_left_of(places.age, y, &text, 7, if is_stuck { theme.alarm } else { Style::new() });
    if places.owner == 0 {
        return;
    }
    brush.text(places.owner, y, standards.owner_name(deal.owner), places.expected - places.owner - 1, theme.dim);
    let open = reckoned.ladder.role(deal.stage) == StageRole::Open;
    let (shown, late) = match (deal.expected, deal.closed) {
        (_, Some(closed)) if !open => (short_day(closed, context.today()), false),
        (Some(day), _) if open => (short_day(day, context.today()), day < context.today()),
        _ => (String::new(), false),
    };
    let shown = if late { format!("! {shown}") } else { shown };
    brush.text(places.expected, y, &shown, u16::MAX, if late { theme.alarm } else { theme.dim });
}

/// Draws what a line has no room for: who has a say in the deal, and what is to be sold.
pub fn draw_more(brush: &mut Brush<'_>, y: u16, (deal, deals): (&DealFact, &Deals), context: &Context<'_>) {
    let theme = context.theme;
    let between = context.say(words(", ", "、"));
    let people = deal.contacts.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(between);
    let products = deal.products.iter().map(|product| deals.product(*product)).collect::<Vec<_>>().join(between);
    let half = brush.area().width / 2;
    let mut x = 1;
    for (said, text) in [(words("contacts", "联系人"), people), (words("products", "产品"), products)] {
        let shown = if text.is_empty() { "–" } else { &text };
        let end = brush.text(x, y, context.say(said), u16::MAX, theme.dim);
        x = brush.text(end + 1, y, shown, half.saturating_sub(end + 1 - x).max(8), Style::new()) + 3;
    }
}

impl Behind {
    /// The number in words.
    pub fn told(&self, deals: &Deals, reckoned: &Reckoned, context: &Context<'_>) -> String {
        let standards = context.book().standards();
        let stage = |number: u16| standards.stage_shown(deals.stage(number), context.language).to_owned();
        let at = |place: usize| reckoned.ladder.way().get(place).map(|rung| stage(rung.stage)).unwrap_or_default();
        let with = |name: String, said: Words| format!("{name} · {}", context.say(said));
        match self {
            Behind::Reached(place) => with(at(*place), words("reached", "到达")),
            Behind::Now(number) => with(stage(*number), words("now", "现有")),
            Behind::LostAt(place) => with(at(*place), words("lost there", "在此输单")),
            Behind::UndecidedAt(place) => with(at(*place), words("not decided", "未定")),
            Behind::Pipeline => context.say(words("Open deals", "进行中商机")).to_owned(),
            Behind::Group(by, key, _) => format!("{} · {key}", context.say(by.words())),
            Behind::Reason(reason) => {
                let key = reason.map(|reason| deals.reason(reason)).unwrap_or_default();
                let shown = standards.shown(ListKind::LostReason, key, context.language).to_owned();
                with(shown, words("lost", "输单"))
            }
            Behind::Stuck => context.say(words("Stuck in stage", "久滞未动")).to_owned(),
            Behind::Unnoticed => context.say(words("Unnoticed", "无人过问")).to_owned(),
            Behind::Moved(true) => context.say(words("Moved forward lately", "近期推进")).to_owned(),
            Behind::Moved(false) => context.say(words("Moved back lately", "近期退回")).to_owned(),
            Behind::Expected(_) => context.say(words("Expected then", "预计该时成交")).to_owned(),
            Behind::Sheet(..) => context.say(words("Meeting", "月会")).to_owned(),
            Behind::Slipped => context.say(words("Close date passed", "逾期未成交")).to_owned(),
            Behind::Against(behind) => behind.told(deals, reckoned, context),
        }
    }
}
