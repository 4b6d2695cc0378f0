//! Head and numbers of one customer.

use crate::analysis::purchases::last_twelve_months;
use crate::book::cell::{Cell, Shown};
use crate::book::row::Row;
use crate::book::tiers::advice::advised;
use crate::book::tiers::member::member;
use crate::book::tiers::own_worth::worth_words;
use crate::book::tiers::say::{
    missing_today, reason, reason_today, reasons_words, segment_shown, source_words, tier_shown,
};
use crate::book::tiers::why::why;
use crate::desk::backstory::Backstory;
use crate::domain::customer::Customer;
use crate::domain::id::Id;
use crate::parse::when::say;
use crate::query::field::Column;
use crate::text::choices::Said;
use crate::text::figures::{full_money, grouped, short_money};
use crate::text::{Language, words};
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::view::timeline::hints_words;
use crate::ui::widget::chart::sparkline;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::written::written;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Height from which a note may take several lines, and a card says what the customer is worth.
pub(super) const ROOMY_FROM: u16 = 27;

/// Head and numbers of a customer, as Detail and the preview beside the list show them.
pub struct Summary<'a> {
    row: Option<&'a Row>,
    customer: Id,
    /// Whether the customer itself is what is selected.
    has_keys: bool,
    /// What was looked up beside, once it is there.
    told: Option<&'a Backstory>,
    /// The record, with what no row holds: the note, and the book's own fields.
    record: Option<&'a Customer>,
}

impl<'a> Summary<'a> {
    /// The summary of a customer.
    pub fn of(customer: Id, context: &Context<'a>) -> Summary<'a> {
        Summary { row: context.desk.book().row_of(customer), customer, has_keys: false, told: None, record: None }
    }

    /// Shown as what is selected, or not.
    pub const fn selected(self, has_keys: bool) -> Summary<'a> {
        Summary { has_keys, ..self }
    }

    /// With what was looked up beside.
    pub const fn told(self, told: Option<&'a Backstory>) -> Summary<'a> {
        Summary { told, ..self }
    }

    /// With the note and the own fields of the record.
    pub const fn noted(self, record: Option<&'a Customer>) -> Summary<'a> {
        Summary { record, ..self }
    }

    /// Draws it in at most `lines`, a sign at the end of the last where that cuts it; gives the lines used.
    pub fn draw(&self, area: Rect, lines: u16, buffer: &mut Buffer, context: &Context<'_>) -> u16 {
        let lines = lines.min(area.height);
        let used = self.draw_whole(Rect { height: lines, ..area }, area.height, buffer, context);
        if used > lines + 1 && lines > 0 {
            let mut brush = Brush::new(buffer, area);
            brush.text_left_of(area.width, lines - 1, " …", 2, context.theme.dim);
        }
        used.min(lines + 1)
    }

    fn draw_whole(&self, area: Rect, window: u16, buffer: &mut Buffer, context: &Context<'_>) -> u16 {
        let Some(row) = self.row else { return 0 };
        debug_assert_eq!(row.id, self.customer);
        let most = lines_of_a_text(window);
        let mut brush = Brush::new(buffer, area);
        let mut y = self.draw_head(&mut brush, row, most, context);
        y = draw_numbers(&mut brush, y, row, context);
        y = draw_tier(&mut brush, y, row, most, context);
        let advice = context.book().cell(row, Column::Conclusion, context.today(), context.language);
        let advice = written(&advice, context.today(), context.language);
        if advice.is_empty() {
            y = draw_advised(&mut brush, y, row, context);
        } else {
            y = write(&mut brush, y, &advice, most.max(2), Style::new());
        }
        y = draw_member(&mut brush, y, row, most, context);
        y = self.draw_noted(&mut brush, y, most, context);
        self.draw_told(&mut brush, y, row, most, context) + 1
    }

    /// The note and the book's own fields, in more lines where the window is high.
    fn draw_noted(&self, brush: &mut Brush<'_>, y: u16, most: usize, context: &Context<'_>) -> u16 {
        let most = if most > 1 { 4 } else { 1 };
        let texts = self.record.map(|record| noted(record, context.language)).into_iter().flatten();
        texts.fold(y, |y, text| write(brush, y, &text, most, Style::new()))
    }

    /// How much more it may come to, what it is worth, what similar customers buy, and who set the life stage.
    fn draw_told(&self, brush: &mut Brush<'_>, y: u16, row: &Row, most: usize, context: &Context<'_>) -> u16 {
        let Some(told) = self.told else { return y };
        let stage = row.life_stage.map(|stage| stage.words().say(context.language));
        let by_hand = told.staged.as_ref().zip(stage).map(|((by, at), stage)| match context.language {
            Language::En => format!("life stage {stage} set by {by} on {}", at.day()),
            Language::Zh => format!("生命周期“{stage}”由 {by} 于 {} 设定", at.day()),
        });
        // In a small window the timeline needs the lines more.
        let potential = told.potential.and_then(|potential| potential.say(context.language));
        let worth = worth_words(&told.worth, context.language);
        let figures = potential.into_iter().chain(worth).filter(|_| most > 1);
        let texts = figures.chain(hints_words(&told.hints, context.language)).chain(by_hand);
        texts.fold(y, |y, text| write(brush, y, &text, most, context.theme.dim))
    }

    /// Name; code, tier, life stage, owner; phone and when to call next.
    fn draw_head(&self, brush: &mut Brush<'_>, row: &Row, most: usize, context: &Context<'_>) -> u16 {
        let theme = context.theme;
        let cell = |column| {
            written(
                &context.book().cell(row, column, context.today(), context.language),
                context.today(),
                context.language,
            )
        };
        brush.text(1, 0, row.name(), u16::MAX, theme.strong);
        if self.has_keys {
            brush.select_line(0, theme.selected);
        }
        let about: Vec<String> = [
            Column::Code,
            Column::Tier,
            Column::LifeStage,
            Column::Stage,
            Column::Industry,
            Column::Size,
            Column::Region,
        ]
        .into_iter()
        .map(cell)
        .filter(|text| !text.is_empty())
        .collect();
        let columns = usize::from(brush.area().width.saturating_sub(2));
        let about = if most > 1 { fit::join_in_lines(&about, " · ", columns) } else { about.join(" · ") };
        let reach = write(brush, 1, &about, most, theme.dim);
        let mut x = 1;
        for (column, style) in [(Column::Phone, theme.strong), (Column::Owner, Style::new())] {
            let text = cell(column);
            if !text.is_empty() {
                x = brush.text(x, reach, &text, 24, style) + 2;
            }
        }
        if let Some(due) = row.next_contact {
            let today = context.today();
            let late = due.day < today;
            let label = context.say(words("next contact", "下次联系"));
            let text = format!("{label} {}", say(due, &context.book().clock(context.now), context.language));
            let below = x + fit::width(&text) as u16 > brush.area().width;
            let (x, y) = if below { (1, reach + 1) } else { (x, reach) };
            brush.text(x, y, &text, u16::MAX, if late { theme.alarm } else { theme.accent });
            return y + 2;
        }
        reach + 2
    }
}

/// How many lines a text about the customer may take in a window so high: where there is room nothing is cut.
const fn lines_of_a_text(window: u16) -> usize {
    match window {
        0..ROOMY_FROM => 1,
        ROOMY_FROM..40 => 2,
        _ => 3,
    }
}

/// Writes a text in at most so many lines; gives the line below it.
fn write(brush: &mut Brush<'_>, mut y: u16, text: &str, most: usize, style: Style) -> u16 {
    if most <= 1 {
        // Cut by columns, not by words: one line is to say as much as it can.
        brush.text(1, y, text, u16::MAX, style);
        return y + 1;
    }
    for line in fit::wrap_within(text, usize::from(brush.area().width.saturating_sub(2)), most) {
        brush.text(1, y, &line, u16::MAX, style);
        y += 1;
    }
    y
}

/// The note, and the own fields one after the other, as the card of a customer tells them.
fn noted(record: &Customer, language: Language) -> Vec<String> {
    let colon = words(": ", "：").say(language);
    let note =
        (!record.note.is_empty()).then(|| format!("{}{colon}{}", words("note", "备注").say(language), record.note));
    let fields: Vec<String> = record.custom.iter().map(|(name, text)| format!("{name}{colon}{text}")).collect();
    note.into_iter().chain((!fields.is_empty()).then(|| fields.join(" · "))).collect()
}

/// What the data says and what to do, while nobody has written a conclusion.
fn draw_advised(brush: &mut Brush<'_>, y: u16, row: &Row, context: &Context<'_>) -> u16 {
    let Some(advised) = advised(context.book(), row, context.today(), context.language) else { return y };
    let label = context.say(words("advice: ", "建议："));
    let text = format!("{label}{}{}{}", advised.conclusion, context.say(words(". ", "。")), advised.action);
    write(brush, y, &text, 3, context.theme.accent)
}

/// A member's level with points and benefits.
fn draw_member(brush: &mut Brush<'_>, y: u16, row: &Row, most: usize, context: &Context<'_>) -> u16 {
    let Some(member) = member(context.book(), row, context.today(), context.language) else { return y };
    let points = words("{} points", "{} 积分").filled(&[&grouped(member.points)], context.language);
    write(brush, y, &format!("{} · {points} · {}", member.level, member.benefits), most, context.theme.dim)
}

/// The tier with its why and what is missing to the next, and why the customer seems to be leaving.
fn draw_tier(brush: &mut Brush<'_>, mut y: u16, row: &Row, most: usize, context: &Context<'_>) -> u16 {
    let (theme, today, language) = (context.theme, context.today(), context.language);
    let top = y;
    if let Some(why) = why(context.book(), row, today)
        && let Some((subject, grade)) = &why.computed
    {
        let tiers = context.book().tiers();
        let has = tiers.tier_of(row.id);
        let tier = tier_shown(has, language);
        let segment = why.standing.and_then(|standing| standing.segment).unwrap_or(grade.segment);
        let about = [tier, segment_shown(segment, language).to_owned()];
        let about: Vec<String> = about.into_iter().filter(|text| !text.is_empty()).collect();
        let x = brush.text(1, y, &about.join(" · "), u16::MAX, theme.strong) + 2;
        let missing = missing_today(&why, has, language).unwrap_or_default();
        brush.text(x, y, &missing, u16::MAX, theme.accent);
        let said = reason_today(&why, has, reason(subject, grade, language), today, language);
        y = write(brush, y + 1, &said, most, theme.dim);
        if let Some(source) = &why.source {
            y = write(brush, y, &source_words(source, language), most, theme.dim);
        }
    }
    if let Some(warning) = row.warning(today) {
        let told = [
            context.say(words("! leaving: ", "! 流失预警：")).to_owned(),
            reasons_words(&warning.reasons, language),
            context.say(words("; ", "；")).to_owned(),
            context.say(words("{} a year at risk", "年风险 {}")).replacen(
                "{}",
                &short_money(warning.amount, language),
                1,
            ),
        ];
        y = write(brush, y, &told.concat(), most.max(2), theme.alarm);
    }
    if y > top { y + 1 } else { y }
}

/// A number as it stands in the head of a customer: an amount in full where it has room; `–` where nothing is known.
fn figure(shown: &Shown, room: u16, context: &Context<'_>) -> String {
    let short = written(shown, context.today(), context.language);
    match &shown.cell {
        Cell::Empty => if context.ascii { "-" } else { "–" }.to_owned(),
        Cell::Money(money) => {
            let full = full_money(*money) + if shown.given { "*" } else { "" };
            if fit::width(&full) <= usize::from(room) { full } else { short }
        }
        _ => short,
    }
}

/// The numbers, two a line where there is room, and the last twelve months.
fn draw_numbers(brush: &mut Brush<'_>, mut y: u16, row: &Row, context: &Context<'_>) -> u16 {
    const EACH: u16 = 24;
    let (theme, today, language) = (context.theme, context.today(), context.language);
    let shown = [
        Column::TotalAmount,
        Column::Orders,
        Column::OrderValue,
        Column::RepurchaseRate,
        Column::Profit,
        Column::Satisfaction,
        Column::FirstPurchase,
        Column::LastPurchase,
    ];
    let a_line = (brush.area().width / EACH).clamp(1, 4);
    for (place, column) in (0..).zip(shown) {
        let (x, y) = (1 + place % a_line * EACH, y + place / a_line);
        let heading = column.field().heading(language);
        let end = brush.text(x, y, heading, 12, theme.dim);
        let cell = context.book().cell(row, column, today, language);
        let room = (x + EACH - 2).saturating_sub(end + 1);
        brush.text_left_of(x + EACH - 2, y, &figure(&cell, room, context), room, theme.strong);
    }
    y += (shown.len() as u16).div_ceil(a_line);
    let year = last_twelve_months(row.facts().iter(), today);
    let total: crate::domain::money::Money = year.iter().copied().sum();
    if !total.is_zero() {
        let label = context.say(words("12 months ", "近12个月 "));
        let x = brush.text(1, y, label, 20, theme.dim);
        let x = brush.text(x, y, &sparkline(&year, context.ascii), 12, theme.accent);
        brush.text(x + 2, y, &full_money(total), u16::MAX, theme.strong);
        y += 1;
    }
    let given = row.values().are_given() && row.purchases(today).orders == 0;
    if given {
        brush.text(1, y, context.say(words("* given by a table", "* 表格所给数字")), u16::MAX, theme.dim);
        y += 1;
    }
    y + 1
}
