//! Who is leaving, why, how much a year is at risk, what is being done, and by whom.

use crate::book::tiers::leaving::{Leaver, at_risk};
use crate::book::tiers::say::reasons_words;
use crate::domain::tiers::Leaving;
use crate::text::choices::Said;
use crate::text::figures::{full_money, grouped, short_due, short_money};
use crate::text::{Language, words};
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::style::Style;

/// Draws the page; before it is known who is leaving, that it is being reckoned.
pub fn draw(brush: &mut Brush<'_>, leavers: Option<&[Leaver]>, rows: &mut Rows, context: &Context<'_>) {
    let theme = context.theme;
    let Some(leavers) = leavers else {
        brush.text(1, 0, context.say(words("reckoning …", "正在计算……")), u16::MAX, theme.dim);
        return;
    };
    if leavers.is_empty() {
        brush.text(2, 0, context.say(words("Nobody seems to be leaving.", "没有流失预警。")), u16::MAX, theme.strong);
        return;
    }
    let (count, sum) = (grouped(leavers.len() as u64), full_money(at_risk(leavers)));
    let head = match context.language {
        Language::En => format!("{count} customers seem to be leaving: {sum} a year at risk"),
        Language::Zh => format!("{count} 位客户有流失迹象，每年 {sum} 有风险"),
    };
    let x = brush.text(1, 0, &head, u16::MAX, theme.strong) + 2;
    let undone = leavers.iter().filter(|leaver| leaver.doing.is_none() && leaver.next_contact.is_none()).count();
    if undone > 0 {
        let said = words("{} with nothing planned", "其中 {} 位还没有安排");
        brush.text(x, 0, &said.filled(&[&grouped(undone as u64)], context.language), u16::MAX, theme.alarm);
    }
    brush.text(1, 1, &causes(context), u16::MAX, theme.dim);
    let columns = Columns::of(brush.area().width);
    let heads = [
        (2, words("name", "名称")),
        (columns.why, words("why", "流失原因")),
        (columns.doing, words("what is done, by whom", "正在做什么、由谁")),
    ];
    for (x, head) in heads.into_iter().filter(|(x, _)| *x > 0) {
        brush.text(x, 2, context.say(head), u16::MAX, theme.dim);
    }
    brush.text_left_of(columns.why - 2, 2, context.say(words("a year", "年金额")), 8, theme.dim);
    rows.leaps = context.slow_line;
    let told = if brush.area().height > 12 { 3 } else { 0 };
    rows.fit(usize::from(brush.area().height.saturating_sub(3 + told)), leavers.len());
    for (y, place) in (3..).zip(rows.seen(leavers.len())) {
        let Some(leaver) = leavers.get(place) else { continue };
        draw_leaver(brush, y, leaver, &columns, context);
        if place == rows.selected {
            brush.select_line(y, theme.selected);
        }
    }
    if told > 0
        && let Some(leaver) = leavers.get(rows.selected)
    {
        let y = brush.area().height - told;
        brush.rule(y, context.ascii, theme.dim);
        let reasons = fit::wrap(
            &reasons_words(&leaver.warning.reasons, context.language),
            usize::from(brush.area().width.saturating_sub(2)),
        );
        for (y, line) in (y + 1..y + told).zip(reasons) {
            brush.text(1, y, &line, u16::MAX, Style::new());
        }
    }
}

/// The causes confirmed so far, counted.
fn causes(context: &Context<'_>) -> String {
    let mut counts = vec![0_u32; Leaving::ALL.len()];
    for (_, row) in context.book().rows() {
        let cause = row.heard().and_then(|heard| heard.departed).map(|(_, cause)| cause);
        let place = cause.and_then(|cause| Leaving::ALL.iter().position(|other| *other == cause));
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count += 1;
        }
    }
    let counted = Leaving::ALL.iter().zip(&counts).filter(|(_, count)| **count > 0);
    let told: Vec<String> =
        counted.map(|(cause, count)| format!("{} {count}", cause.words().say(context.language))).collect();
    if told.is_empty() {
        return context.say(words("no cause confirmed yet", "尚未确认流失原因")).to_owned();
    }
    format!("{}{}", context.say(words("confirmed causes: ", "已确认原因：")), told.join(" · "))
}

/// Where the columns stand; 0 for one without room.
struct Columns {
    why: u16,
    doing: u16,
}

impl Columns {
    const fn of(width: u16) -> Columns {
        match width {
            0..90 => Columns { why: 32, doing: 58 },
            90..130 => Columns { why: 36, doing: 72 },
            _ => Columns { why: 44, doing: width - 50 },
        }
    }
}

fn draw_leaver(brush: &mut Brush<'_>, y: u16, leaver: &Leaver, columns: &Columns, context: &Context<'_>) {
    let (theme, language) = (context.theme, context.language);
    let name = context.book().row(leaver.slot).map_or("", |row| row.name());
    brush.text(2, y, name, columns.why - 13, theme.strong);
    brush.text_left_of(columns.why - 2, y, &short_money(leaver.warning.amount, language), 9, Style::new());
    let reasons = reasons_words(&leaver.warning.reasons, language);
    let cause = leaver.cause.map(|cause| format!("[{}] ", cause.words().say(language))).unwrap_or_default();
    brush.text(columns.why, y, &(cause + &reasons), columns.doing - columns.why - 2, Style::new());
    let owners = context.book().standards();
    let today = context.today();
    match (&leaver.doing, leaver.next_contact) {
        (Some((what, due, owner)), _) => {
            let late = due.is_some_and(|due| due.day < today);
            let due = due.map(|due| format!("{} ", short_due(due, today))).unwrap_or_default();
            let text = format!("{due}{} {what}", owners.owner_name(*owner));
            let x = if late { brush.text(columns.doing, y, "! ", 2, theme.alarm) } else { columns.doing };
            brush.text(x, y, &text, u16::MAX, Style::new());
        }
        (None, Some(due)) => {
            let contact = context.say(words("contact", "联系"));
            let parts = [&short_due(due, today), owners.owner_name(leaver.owner), contact];
            let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            brush.text(columns.doing, y, &text, u16::MAX, Style::new());
        }
        (None, None) => {
            let nothing = context.say(words("nothing planned", "还没有安排"));
            let parts = [nothing, owners.owner_name(leaver.owner)];
            let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
            brush.text(columns.doing, y, &text, u16::MAX, theme.dim);
        }
    }
}
