//! The list as it is seen: heading, rows, and what stands there when it is empty.

use super::columns::Placed;
use super::order::me;
use super::{List, grouped};
use crate::book::beyond::is_gathered;
use crate::book::cell::{Cell, Shown};
use crate::book::find::highlight;
use crate::book::grouping::summed;
use crate::book::offering::value_of_nobody;
use crate::book::row::Row;
use crate::domain::time::Day;
use crate::query::field::Column;
use crate::query::filter::Filter;
use crate::text::figures::grouped as thousands;
use crate::text::{Language, words};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::keymap::shown;
use crate::ui::view::View;
use crate::ui::view::customer::{mark_matches, meant_contact};
use crate::ui::widget::paint::Brush;
use crate::ui::widget::written::written;
use ratatui::layout::Position;
use ratatui::style::Style;

/// With so few found, the words may have been said rather than be a name.
const FEW: usize = 3;

impl List {
    /// The lines over the rows; the headings of the columns stand at `y`. Gives where the caret stands.
    pub(super) fn draw_heading(&mut self, brush: &mut Brush<'_>, y: u16, context: &Context<'_>) -> Option<Position> {
        let theme = context.theme;
        let caret = if self.filter.writing {
            let passing = if self.is_in_doubt(context) { Err(self.told_beyond(context)) } else { Ok(self.order.len()) };
            Some(self.filter.draw(brush, passing, context))
        } else if self.finding || !self.find.is_empty() {
            self.draw_find(brush, context)
        } else {
            let end = self.draw_chip(brush, context);
            let about = if self.awaits_beyond(context) { self.told_beyond(context) } else { self.about(context) };
            brush.text(1, 0, &about, end.saturating_sub(2), theme.dim);
            None
        };
        if self.is_grouped() {
            grouped::draw_headings(brush, y, self.layout.grouping, context);
            return caret;
        }
        self.sideways.mind_width(&self.layout, brush.area().width, context);
        let placed = self.sideways.placed(&self.layout, brush.area().width, context);
        self.drawn = placed.iter().map(|placed| (placed.column, placed.width)).collect();
        for placed in placed {
            let heading = self.heading_of(&placed, context);
            let sorted = self.layout.sorting.iter().any(|sorting| sorting.column == placed.column);
            let style = if sorted { theme.accent } else { theme.dim };
            if placed.right {
                brush.text_left_of(placed.x + placed.width, y, &heading, placed.width, style);
            } else {
                brush.text(placed.x, y, &heading, placed.width, style);
            }
        }
        caret
    }

    /// The find line with how many it found, and the filter it looks within.
    fn draw_find(&self, brush: &mut Brush<'_>, context: &Context<'_>) -> Option<Position> {
        let theme = context.theme;
        let x = brush.pieces(0, 0, &[(" / ", theme.accent)]);
        let end = self.draw_chip(brush, context);
        let end = match self.found_through(context) {
            Some(through) => brush.text_left_of(end.saturating_sub(2), 0, &through, brush.area().width / 2, theme.dim),
            None => end,
        };
        let at = self.find.draw(brush, x, 0, end.saturating_sub(x + 1), theme.strong);
        self.finding.then_some(at)
    }

    /// The contact by which the customer selected was found, where its own name is another.
    fn found_through(&self, context: &Context<'_>) -> Option<String> {
        let row = self.selected_row(context).filter(|_| !self.found_by.trim().is_empty())?;
        if !highlight(row.name(), &self.found_by).is_empty() {
            return None;
        }
        let (contact, _) = meant_contact(row, &self.found_by)?;
        Some(words("found by contact {}", "按联系人 {} 找到").filled(&[&contact], context.language))
    }

    /// At the right: the view or the filter in force, and how many it shows. Gives where it begins.
    fn draw_chip(&self, brush: &mut Brush<'_>, context: &Context<'_>) -> u16 {
        let theme = context.theme;
        let width = brush.area().width;
        let filter = self.filter.text();
        if self.find.is_empty() && !self.finding && filter.is_empty() && self.called.is_empty() {
            return width;
        }
        let found = match self.is_in_doubt(context) {
            true => "… ".to_owned(),
            false => format!("{} ", thousands(self.found as u64)),
        };
        let end = brush.text_left_of(width, 0, &found, 12, theme.dim);
        let name = if self.called.is_empty() { filter } else { &self.called };
        if name.is_empty() {
            return end;
        }
        let room = (width / 2).max(20);
        let text = fit::fit(&format!("& {name} "), usize::from(room));
        brush.text_left_of(end.saturating_sub(1), 0, &text, room, theme.accent)
    }

    fn heading_of(&self, placed: &Placed, context: &Context<'_>) -> String {
        let heading = placed.column.field().heading(context.language);
        let place = self.layout.sorting.iter().position(|sorting| sorting.column == placed.column);
        let sorting = place.and_then(|place| self.layout.sorting.get(place));
        let sign = match (sorting.map(|sorting| sorting.descending), context.ascii) {
            _ if !self.found_by.is_empty() => "",
            (None, _) => "",
            (Some(true), false) => "↓",
            (Some(false), false) => "↑",
            (Some(true), true) => "v",
            (Some(false), true) => "^",
        };
        // Of several the leading one must be told.
        match place.filter(|_| self.layout.sorting.len() > 1 && !sign.is_empty()) {
            Some(place) => format!("{heading}{sign}{}", place + 1),
            None => format!("{heading}{sign}"),
        }
    }

    /// The last line: how many, and the chosen column's sum and mean.
    pub(super) fn draw_sums(&mut self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let Some(column) = self.layout.summed else { return };
        if self.awaits_beyond(context) && (is_gathered(column) || self.is_in_doubt(context)) {
            brush.text(1, 0, &self.told_beyond(context), u16::MAX, context.theme.dim);
            return;
        }
        let (order, today) = (&self.order, context.today());
        let sums = self.sums.get_or_insert_with(|| summed(context.book(), order, column, today));
        let cell = |cell: &Option<Cell>| {
            let shown = cell.clone().map(|cell| Shown { cell, given: false });
            shown.map(|shown| written(&shown, today, context.language)).unwrap_or_default()
        };
        let (sum, mean) = (cell(&sums.sum), cell(&sums.mean));
        let name = column.field().heading(context.language);
        let (count, known) = (thousands(sums.count as u64), thousands(sums.known as u64));
        let (theme, language) = (context.theme, context.language);
        let mut pieces = match language {
            Language::En => vec![format!(" {count} customers   {name}: ")],
            Language::Zh => vec![format!(" {count} 位客户   {name}：")],
        };
        if !sum.is_empty() {
            pieces.push(match language {
                Language::En => format!("sum {sum}   "),
                Language::Zh => format!("合计 {sum}   "),
            });
        }
        if !mean.is_empty() {
            pieces.push(match language {
                Language::En => format!("mean {mean} of the {known} known"),
                Language::Zh => format!("均值 {mean}（有数据的 {known} 位）"),
            });
        }
        brush.text(0, 0, &pieces.concat(), u16::MAX, theme.strong);
    }

    /// What the list is about: what waits first.
    fn about(&mut self, context: &Context<'_>) -> String {
        let (late, now) = self.count_due(context);
        let (late, now) = (thousands(late as u64), thousands(now as u64));
        match context.language {
            Language::En => format!("{late} overdue for contact, {now} due today"),
            Language::Zh => format!("逾期未联系 {late} 位 · 今日应联系 {now} 位"),
        }
    }

    /// Customers listed whose next contact is past, and is today; counted once a list.
    fn count_due(&mut self, context: &Context<'_>) -> (usize, usize) {
        let (revision, today) = (context.book().revision(), context.today());
        match self.counted {
            Some((seen, day, late, now)) if (seen, day) == (revision, today) => (late, now),
            _ => {
                let rows = self.order.iter().filter_map(|slot| context.book().row(*slot));
                let days: Vec<Day> = rows.filter_map(|row| row.next_contact.map(|due| due.day)).collect();
                let late = days.iter().filter(|day| **day < today).count();
                let now = days.iter().filter(|day| **day == today).count();
                self.counted = Some((revision, today, late, now));
                (late, now)
            }
        }
    }

    /// The groups listed, unless it is not known yet which there are.
    pub(super) fn draw_groups(&self, brush: &mut Brush<'_>, context: &Context<'_>) -> Option<Position> {
        if self.is_in_doubt(context) {
            self.draw_gathering(brush, context);
            return None;
        }
        grouped::draw(brush, &self.groups, &self.rows, self.order.len(), context)
    }

    pub(super) fn draw_rows(&self, brush: &mut Brush<'_>, context: &Context<'_>) -> Option<Position> {
        if self.order.is_empty() {
            self.draw_nothing(brush, context);
            return None;
        }
        let columns = self.sideways.placed(&self.layout, brush.area().width, context);
        let query = &self.found_by;
        let mut cursor = None;
        for (y, place) in self.rows.seen(self.order.len()).enumerate() {
            let slot = self.order.get(place).copied();
            let Some(row) = slot.and_then(|slot| context.book().row(slot)) else { continue };
            let y = y as u16;
            let marked = self.marks.contains(&row.id);
            let texts = draw_row(brush, y, row, &columns, marked, context);
            let selected = place == self.rows.selected;
            if selected {
                brush.select_line(y, context.theme.selected);
            }
            for (x, text) in texts {
                mark_matches(brush, (x, y), &text, query, selected, context);
            }
            if selected {
                cursor = Some(Position { x: brush.area().x, y: brush.area().y + y });
            }
        }
        let below = self.order.len() as u16 + 1;
        if !query.trim().is_empty() && self.order.len() <= FEW && below < brush.area().height {
            self.draw_elsewhere(brush, below, context);
        }
        cursor
    }

    /// The key that looks for the same words in all that was said.
    fn draw_elsewhere(&self, brush: &mut Brush<'_>, y: u16, context: &Context<'_>) {
        let Some(keys) = context.keymap.key_for(Action::SearchTalk, self.scope()) else { return };
        let keys = shown(keys, context.ascii);
        let way = match context.language {
            Language::En => format!("{keys} looks for these words in everything that was said."),
            Language::Zh => format!("按 {keys} 在全部沟通记录里查找。"),
        };
        brush.text(2, y, &way, u16::MAX, context.theme.dim);
    }

    /// Where the filter asks for whoever asks, and the book knows nobody of that name.
    fn draw_who_i_am(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        if !self.filter.filter().is_some_and(Filter::asks_for_me) || me(context).is_some() {
            return;
        }
        let pattern = words(
            "Nobody here is called “{}”, so nothing is yours. Put name = \"…\" into the settings.",
            "客户簿里没有名为“{}”的负责人。请在设置里把 name 写成自己的名字。",
        );
        let said = pattern.filled(&[context.desk.me()], context.language);
        brush.text(2, 3, &said, u16::MAX, context.theme.dim);
    }

    /// Where the filter names a value that nobody has, it is probably a slip.
    fn draw_value_of_nobody(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let filter = self.filter.filter();
        let found = filter.and_then(|filter| value_of_nobody(context.book(), filter, context.today()));
        let Some((column, word, meant)) = found else { return };
        let column = column.field().heading(context.language);
        let said = match meant {
            Some(meant) => {
                words("Nobody's {} is called “{}”; did you mean “{}”?", "没有客户的{}是“{}”；是否想写“{}”？")
                    .filled(&[column, &word, &meant], context.language)
            }
            None => {
                words("Nobody's {} is called “{}”.", "没有客户的{}是“{}”。").filled(&[column, &word], context.language)
            }
        };
        brush.text(2, 2, &said, u16::MAX, context.theme.dim);
    }

    fn draw_nothing(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let theme = context.theme;
        // Once it was gathered a large book is listed beside the screen.
        let listing = self.away.asked().is_some() && self.wants_beyond();
        if self.is_in_doubt(context) || listing {
            return self.draw_gathering(brush, context);
        }
        if !self.find.is_empty() {
            let nobody = words("Nobody is called that. Esc clears the line.", "没有找到。按 Esc 清空查找。");
            brush.text(2, 1, context.say(nobody), u16::MAX, theme.strong);
            self.draw_elsewhere(brush, 2, context);
            return;
        }
        if !self.filter.text().is_empty() {
            let nobody = words("Nobody passes this filter. Esc takes it off.", "没有符合条件的客户。按 Esc 取消筛选。");
            brush.text(2, 1, context.say(nobody), u16::MAX, theme.strong);
            self.draw_value_of_nobody(brush, context);
            self.draw_who_i_am(brush, context);
            return;
        }
        let lines = [
            words("This book is empty.", "客户簿还是空的。"),
            words("a            enter your first customer", "a            录入第一位客户"),
            words(
                "i            bring a file in: spreadsheet, cards, export",
                "i            导入文件：表格、名片、其他系统的数据",
            ),
            words("kehu demo    on the command line shows a sample book", "kehu demo    在命令行运行，打开示例客户簿"),
        ];
        for (y, line) in (1..).zip(lines) {
            let style = if y == 1 { theme.strong } else { Style::new() };
            brush.text(2, y + u16::from(y > 1), context.say(line), u16::MAX, style);
        }
    }
}

/// Draws a row; gives the texts in which something may have been looked for, with where they stand.
fn draw_row(
    brush: &mut Brush<'_>,
    y: u16,
    row: &Row,
    columns: &[Placed],
    marked: bool,
    context: &Context<'_>,
) -> Vec<(u16, String)> {
    let theme = context.theme;
    if marked {
        brush.text(0, y, if context.ascii { "*" } else { "●" }, 1, theme.accent);
    }
    let mut texts = Vec::new();
    for placed in columns {
        let shown = context.book().cell(row, placed.column, context.today(), context.language);
        let text = fit::fit(&written(&shown, context.today(), context.language), usize::from(placed.width));
        let style = style_of(row, placed.column, context);
        if placed.column == Column::NextContact && is_late(row, context) {
            brush.text(placed.x - 1, y, "!", 1, context.theme.alarm);
        }
        if placed.right {
            brush.text_left_of(placed.x + placed.width, y, &text, placed.width, style);
        } else {
            brush.text(placed.x, y, &text, placed.width, style);
            texts.push((placed.x, text.to_string()));
        }
    }
    texts
}

fn is_late(row: &Row, context: &Context<'_>) -> bool {
    row.next_contact.is_some_and(|due| due.day < context.today())
}

fn style_of(row: &Row, column: Column, context: &Context<'_>) -> Style {
    match column {
        Column::NextContact if is_late(row, context) => context.theme.alarm,
        Column::Name => context.theme.strong,
        _ => Style::new(),
    }
}
