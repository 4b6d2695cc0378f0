//! The list of customers: found, sorted, opened.

use crate::book::Slot;
use crate::book::cell::phone;
use crate::book::command::Command;
use crate::book::find::{Previous, highlight};
use crate::book::row::Row;
use crate::book::sorting::Sorting;
use crate::domain::customer::Customer;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::time::Day;
use crate::query::field::{Column, columns, of_column};
use crate::text::figures::grouped;
use crate::text::{Language, Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Choosing, Effect, Notice, Place};
use crate::ui::fit;
use crate::ui::view::View;
use crate::ui::view::detail::Detail;
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use crate::ui::widget::written::written;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::collections::HashSet;
use std::sync::Arc;

/// Columns shown at first, in order.
const SHOWN: [Column; 15] = [
    Column::Name,
    Column::NextContact,
    Column::Owner,
    Column::LifeStage,
    Column::TotalAmount,
    Column::Phone,
    Column::LastPurchase,
    Column::Orders,
    Column::OrderValue,
    Column::Satisfaction,
    Column::Stage,
    Column::Industry,
    Column::Region,
    Column::Tier,
    Column::Code,
];
/// Width from which the selected customer is shown beside the list.
const PREVIEW_FROM: u16 = 130;
/// Columns of the screen that the preview takes.
const PREVIEW: u16 = 58;

/// Customers listed of those found: nobody reads further, and more would cost time at every key.
const MOST_FOUND: usize = 2_000;

/// Customers deleted at once without a question.
const UNASKED: usize = 50;
const MANY: Words = words("That is very many", "数量很多，请确认");
const SORT_BY: Words = words("Sort by", "按哪一列排序");
const DELETED: Words = words("Deleted; undo brings it back", "已删除，撤销可找回");

/// The list.
pub struct List {
    order: Arc<Vec<Slot>>,
    rows: Rows,
    sorting: Sorting,
    first_column: usize,
    marks: HashSet<Id>,
    find: Input,
    finding: bool,
    seen: Option<(u64, bool, String, Sorting)>,
    preview: Option<Detail>,
    /// The customer selected was just dealt with: when the rows move, the place stays and the next one comes up.
    dealt_with: bool,
    /// Whether to delete very many was asked, and the answer is awaited.
    asked: bool,
    /// Customers found, though not all may be listed.
    found: usize,
    /// The search before, for the next key.
    previous: Option<Previous>,
    /// Customers late and due, as of a revision and a day.
    counted: Option<(u64, Day, usize, usize)>,
}

impl List {
    /// The whole list, by name.
    pub fn new(context: &Context<'_>) -> List {
        let mut list = List {
            order: Arc::default(),
            rows: Rows { leaps: context.slow_line, ..Rows::default() },
            sorting: Sorting { column: Column::NextContact, descending: false },
            first_column: 0,
            marks: HashSet::new(),
            find: Input::default(),
            finding: false,
            seen: None,
            preview: None,
            dealt_with: false,
            asked: false,
            found: 0,
            previous: None,
            counted: None,
        };
        list.refresh(context);
        list
    }

    fn selected(&self) -> Option<Slot> {
        self.order.get(self.rows.selected).copied()
    }

    fn selected_row<'a>(&self, context: &'a Context<'_>) -> Option<&'a Row> {
        context.book().row(self.selected()?)
    }

    /// What is found, best first, or all in the order of the column; the selected customer stays selected.
    fn arrange(&mut self, context: &Context<'_>, keep_selection: bool) {
        let query = self.find.text();
        let now = (context.book().revision(), context.finder.is_some(), query.clone(), self.sorting);
        if self.seen.as_ref() == Some(&now) {
            return;
        }
        self.marks.retain(|id| context.book().slot_of(*id).is_some());
        if self.seen.as_ref().is_none_or(|seen| (seen.0, seen.1) != (now.0, now.1)) {
            self.previous = None;
        }
        let dealt_with = std::mem::take(&mut self.dealt_with);
        let selected = self.selected().filter(|_| keep_selection && !dealt_with);
        let book = context.book();
        let order = match context.finder {
            _ if query.trim().is_empty() => {
                let all: Vec<Slot> = book.rows().map(|(slot, _)| slot).collect();
                book.sorted(&all, &[self.sorting], context.today(), context.language)
            }
            Some(finder) => {
                let hits = finder.search(&query, MOST_FOUND, self.previous.as_ref());
                self.found = hits.total;
                self.previous = Some(hits.previous);
                hits.hits.iter().map(|hit| hit.slot).collect()
            }
            None => book.rows().filter(|(_, row)| row.name().contains(query.trim())).map(|(slot, _)| slot).collect(),
        };
        self.order = Arc::new(order);
        self.seen = Some(now);
        let place = selected.and_then(|slot| self.order.iter().position(|other| *other == slot));
        let place = place.unwrap_or(if keep_selection { self.rows.selected } else { 0 });
        self.rows.select(place, self.order.len());
    }

    fn open(&mut self, context: &Context<'_>) -> Effect {
        // Whoever comes back from there comes back to the list, narrowed as it was.
        self.finding = false;
        match self.selected_row(context) {
            Some(row) => {
                Effect::Open(Place::Detail { customer: row.id, among: Arc::new(self.listed(context).collect()) })
            }
            None => Effect::None,
        }
    }

    fn delete(&mut self, sure: bool, context: &Context<'_>) -> Effect {
        let ids: Vec<Id> = match self.marks.is_empty() {
            true => self.selected_row(context).map(|row| row.id).into_iter().collect(),
            false => self.listed(context).filter(|id| self.marks.contains(id)).collect(),
        };
        self.asked = ids.len() > UNASKED && !sure;
        if self.asked {
            return ask_before_deleting(ids.len(), context);
        }
        let remove = |id: Id| Command::Remove { kind: Kind::Customer, id, home: id };
        Effect::RunAll(ids.into_iter().map(remove).collect(), DELETED)
    }

    fn choose_column(&mut self, context: &Context<'_>) -> Effect {
        self.asked = false;
        let options = columns().map(|field| (field.heading(context.language).to_owned(), String::new())).collect();
        let selected =
            columns().position(|field| field.column.is_some_and(|(column, _)| column == self.sorting.column));
        Effect::Open(Place::Choose(Choosing { title: SORT_BY, options, selected: selected.unwrap_or(0), own: false }))
    }

    /// The customers of the list, in its order.
    fn listed<'a>(&'a self, context: &'a Context<'_>) -> impl Iterator<Item = Id> + 'a {
        self.order.iter().filter_map(|slot| context.book().row(*slot)).map(|row| row.id)
    }

    fn mark(&mut self, context: &Context<'_>) {
        if let Some(id) = self.selected_customer(context) {
            if !self.marks.remove(&id) {
                self.marks.insert(id);
            }
            self.rows.move_by(1, self.order.len());
        }
    }

    fn moved(&mut self, action: Action) -> bool {
        let count = self.order.len();
        match action {
            Action::SelectNext | Action::NextMatch => self.rows.move_by(1, count),
            Action::SelectPrevious | Action::PreviousMatch => self.rows.move_by(-1, count),
            Action::SelectFirst => self.rows.select(0, count),
            Action::SelectLast => self.rows.select(count.saturating_sub(1), count),
            Action::PageDown => self.rows.move_by(self.rows.page(), count),
            Action::PageUp => self.rows.move_by(-self.rows.page(), count),
            Action::HalfPageDown => self.rows.move_by(self.rows.half(), count),
            Action::HalfPageUp => self.rows.move_by(-self.rows.half(), count),
            Action::NextColumn => self.first_column = (self.first_column + 1).min(SHOWN.len() - 2),
            Action::PreviousColumn => self.first_column = self.first_column.saturating_sub(1),
            _ => return false,
        }
        true
    }

    /// One level back: the find line is left, then emptied, then the marks are taken off.
    fn back(&mut self, context: &Context<'_>) -> Effect {
        if self.finding {
            self.finding = false;
        } else if !self.find.is_empty() {
            self.find = Input::default();
            self.arrange(context, true);
        } else if !self.marks.is_empty() {
            self.marks.clear();
        }
        Effect::None
    }
}

impl View for List {
    fn scope(&self) -> Scope {
        if self.finding { Scope::Find } else { Scope::List }
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        if self.moved(action) {
            return Effect::None;
        }
        match action {
            Action::Open | Action::Choose => return self.open(context),
            Action::Find => self.finding = true,
            Action::Close | Action::GoBack => return self.back(context),
            Action::Mark => self.mark(context),
            Action::MarkAll => self.marks = self.listed(context).collect(),
            Action::ClearMarks => self.marks.clear(),
            Action::SortBy => return self.choose_column(context),
            Action::SortReverse => {
                self.sorting.descending = !self.sorting.descending;
                self.arrange(context, false);
            }
            Action::NewCustomer => return Effect::Open(Place::CustomerForm(Box::default())),
            Action::Edit => return edit(self.selected_customer(context), context),
            Action::Delete => return self.delete(false, context),
            Action::CopyPhone => return copy_phone(self.selected_row(context), context),
            _ if self.finding && self.find.act(action) => self.arrange(context, false),
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn typed(&mut self, text: &str, context: &Context<'_>) -> Effect {
        let opens = self.finding || !text.is_ascii() || text.chars().count() > 1;
        if !opens {
            return Effect::Unknown;
        }
        self.finding = true;
        self.find.insert(text);
        self.arrange(context, false);
        Effect::None
    }

    fn answered(&mut self, answer: Answer, context: &Context<'_>) -> Effect {
        let Answer::Option(place) = answer else { return Effect::None };
        if std::mem::take(&mut self.asked) {
            return if place == 1 { self.delete(true, context) } else { Effect::None };
        }
        if let Some((column, _)) = columns().nth(place).and_then(|field| field.column) {
            let numbers = of_column(column).is_some_and(|field| field.holds.is_number());
            let again = self.sorting.column == column;
            self.sorting = Sorting { column, descending: if again { !self.sorting.descending } else { numbers } };
            self.arrange(context, false);
        }
        Effect::None
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.arrange(context, true);
    }

    fn logged(&mut self, _customer: Id) {
        self.dealt_with = true;
    }

    fn select_customer(&mut self, customer: Id, context: &Context<'_>) {
        self.arrange(context, true);
        let slot = context.book().slot_of(customer);
        if let Some(place) = slot.and_then(|slot| self.order.iter().position(|other| *other == slot)) {
            self.rows.select(place, self.order.len());
        }
    }

    fn selected_customer(&self, context: &Context<'_>) -> Option<Id> {
        self.selected_row(context).map(|row| row.id)
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        self.arrange(context, true);
        let wide = area.width >= PREVIEW_FROM;
        let width = if wide { area.width - PREVIEW } else { area.width };
        let list = Rect { width, ..area };
        let caret = self.draw_heading(&mut Brush::new(buffer, list), context);
        let body = Rect { y: list.y + 2, height: list.height.saturating_sub(2), ..list };
        self.rows.fit(usize::from(body.height), self.order.len());
        let selected = self.draw_rows(&mut Brush::new(buffer, body), context);
        if wide && let Some(row) = self.selected_row(context) {
            let beside = Rect { x: area.x + width + 2, width: PREVIEW - 3, ..area };
            let preview = self.preview.get_or_insert_with(|| Detail::new(row.id, Arc::default()));
            preview.draw_beside(row.id, beside, buffer, context);
        }
        caret.or(selected)
    }

    fn foot(&self, context: &Context<'_>) -> String {
        if self.order.is_empty() {
            return String::new();
        }
        let place = format!("{}/{}", grouped(self.rows.selected as u64 + 1), grouped(self.order.len() as u64));
        match self.marks.len() {
            0 => place,
            marks => format!("{} {marks}  {place}", context.say(words("marked", "已标记"))),
        }
    }
}

/// Only what concerns very many is asked; everything else is undone instead.
fn ask_before_deleting(count: usize, context: &Context<'_>) -> Effect {
    let delete = match context.language {
        Language::En => format!("delete {count} customers"),
        Language::Zh => format!("删除 {count} 位客户"),
    };
    let options = vec![(context.say(words("keep them", "不删除")).to_owned(), String::new()), (delete, String::new())];
    Effect::Open(Place::Choose(Choosing { title: MANY, options, selected: 0, own: false }))
}

/// Opens the form of a customer.
pub fn edit(customer: Option<Id>, context: &Context<'_>) -> Effect {
    let Some(customer) = customer else { return Effect::None };
    match context.desk.dossier(customer).map(|dossier| dossier.customer()) {
        Ok(Some(customer)) => Effect::Open(Place::CustomerForm(Box::new(customer))),
        Ok(None) => Effect::None,
        Err(error) => Effect::Say(Notice::error(error.say(context.language))),
    }
}

/// What is copied is the customer's phone, or else the first of its contacts'.
pub fn copy_phone(row: Option<&Row>, context: &Context<'_>) -> Effect {
    match row.map(phone).filter(|phone| !phone.is_empty()) {
        Some(phone) => Effect::Copy(phone.to_owned()),
        None => Effect::Say(Notice::note(context.say(words("no phone number here", "没有电话号码")))),
    }
}

/// Columns of the screen a column wants: never less than its heading and the sign of the order, or a whole phone number.
fn wish(column: Column, language: Language, sign: u16) -> u16 {
    let Some(field) = of_column(column) else { return 0 };
    let wish = match column {
        Column::Name => 26,
        Column::Phone => 18,
        _ => field.column.map_or(0, |(_, wish)| wish),
    };
    wish.max(fit::width(field.heading(language)) as u16 + sign)
}

/// A column on the screen: which, where, how wide.
struct Placed {
    column: Column,
    x: u16,
    width: u16,
    right: bool,
}

impl List {
    /// The columns that fit: the first stays, the others move with `first_column`; the first takes what is left over.
    fn placed(&self, width: u16, context: &Context<'_>) -> Vec<Placed> {
        const GAP: u16 = 2;
        const LEAD: u16 = 2;
        let width = width.saturating_sub(LEAD);
        let sign = |column: Column| u16::from(column == self.sorting.column);
        let wish = |column: Column| wish(column, context.language, sign(column));
        let is_number = |column: Column| of_column(column).is_some_and(|field| field.holds.is_number());
        let [first, rest @ ..] = SHOWN;
        let lead = wish(first).min(width);
        let mut room = width - lead;
        let fitting: Vec<Column> = rest
            .into_iter()
            .skip(self.first_column)
            .take_while(|column| {
                let need = wish(*column) + GAP;
                let fits = room >= need;
                room = room.saturating_sub(if fits { need } else { room });
                fits
            })
            .collect();
        let used: u16 = fitting.iter().map(|column| wish(*column) + GAP).sum();
        let mut x = LEAD;
        let lead = (width - used).min(40);
        let all = std::iter::once((first, lead)).chain(fitting.into_iter().map(|column| (column, wish(column))));
        all.map(|(column, width)| {
            let placed = Placed { column, x, width, right: is_number(column) };
            x += width + GAP;
            placed
        })
        .collect()
    }

    fn draw_heading(&mut self, brush: &mut Brush<'_>, context: &Context<'_>) -> Option<Position> {
        let theme = context.theme;
        let mut caret = None;
        if self.finding || !self.find.is_empty() {
            let x = brush.pieces(0, 0, &[(" / ", theme.accent)]);
            let count = if self.order.len() < MOST_FOUND { self.order.len() } else { self.found };
            let found = format!("{} ", grouped(count as u64));
            let end = brush.area().width;
            let end = brush.text_left_of(end, 0, &found, 12, theme.dim);
            let at = self.find.draw(brush, x, 0, end.saturating_sub(x + 1), theme.strong);
            caret = self.finding.then_some(at);
        } else {
            brush.text(1, 0, &self.about(context), u16::MAX, theme.dim);
        }
        for placed in self.placed(brush.area().width, context) {
            let heading = self.heading_of(&placed, context);
            let style = if placed.column == self.sorting.column { theme.accent } else { theme.dim };
            if placed.right {
                brush.text_left_of(placed.x + placed.width, 1, &heading, placed.width, style);
            } else {
                brush.text(placed.x, 1, &heading, placed.width, style);
            }
        }
        caret
    }

    fn heading_of(&self, placed: &Placed, context: &Context<'_>) -> String {
        let heading = of_column(placed.column).map_or("", |field| field.heading(context.language));
        let sign = match (self.sorting.descending, context.ascii) {
            _ if placed.column != self.sorting.column || !self.find.is_empty() => "",
            (true, false) => "↓",
            (false, false) => "↑",
            (true, true) => "v",
            (false, true) => "^",
        };
        format!("{heading}{sign}")
    }

    /// What the list is about: what waits first.
    fn about(&mut self, context: &Context<'_>) -> String {
        let (late, now) = self.count_due(context);
        let (late, now) = (grouped(late as u64), grouped(now as u64));
        match context.language {
            Language::En => format!("{late} overdue for contact, {now} due today"),
            Language::Zh => format!("逾期未联系 {late} 位 · 今日应联系 {now} 位"),
        }
    }

    /// Customers whose next contact is past, and is today; counted once a revision.
    fn count_due(&mut self, context: &Context<'_>) -> (usize, usize) {
        let (revision, today) = (context.book().revision(), context.today());
        match self.counted {
            Some((seen, day, late, now)) if (seen, day) == (revision, today) => (late, now),
            _ => {
                let days = || context.book().rows().filter_map(|(_, row)| row.next_contact.map(|due| due.day));
                let late = days().filter(|day| *day < today).count();
                let now = days().filter(|day| *day == today).count();
                self.counted = Some((revision, today, late, now));
                (late, now)
            }
        }
    }

    fn draw_rows(&self, brush: &mut Brush<'_>, context: &Context<'_>) -> Option<Position> {
        if self.order.is_empty() {
            self.draw_nothing(brush, context);
            return None;
        }
        let columns = self.placed(brush.area().width, context);
        let query = self.find.text();
        let mut cursor = None;
        for (y, place) in self.rows.seen(self.order.len()).enumerate() {
            let slot = self.order.get(place).copied();
            let Some(row) = slot.and_then(|slot| context.book().row(slot)) else { continue };
            let y = y as u16;
            let marked = self.marks.contains(&row.id);
            draw_row(brush, y, row, &columns, &query, marked, context);
            if place == self.rows.selected {
                brush.select_line(y, context.theme.selected);
                cursor = Some(Position { x: brush.area().x, y: brush.area().y + y });
            }
        }
        cursor
    }

    fn draw_nothing(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let theme = context.theme;
        if !self.find.is_empty() {
            let nobody = words("Nobody is called that. Esc clears the line.", "没有找到。按 Esc 清空查找。");
            brush.text(2, 1, context.say(nobody), u16::MAX, theme.strong);
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

fn draw_row(
    brush: &mut Brush<'_>,
    y: u16,
    row: &Row,
    columns: &[Placed],
    query: &str,
    marked: bool,
    context: &Context<'_>,
) {
    let theme = context.theme;
    if marked {
        brush.text(0, y, if context.ascii { "*" } else { "●" }, 1, theme.accent);
    }
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
            if !query.trim().is_empty() {
                accent_matches(brush, placed.x, y, &text, query, theme.accent);
            }
        }
    }
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

/// Lays the accent over the characters that the query matched.
fn accent_matches(brush: &mut Brush<'_>, x: u16, y: u16, text: &str, query: &str, style: Style) {
    for range in highlight(text, query) {
        let before: String = text.chars().take(range.start).collect();
        let matched: String = text.chars().skip(range.start).take(range.len()).collect();
        brush.text(x + fit::width(&before) as u16, y, &matched, u16::MAX, style);
    }
}

/// A customer that is not there yet, holding what was looked for in vain.
pub fn new_customer_called(name: &str) -> Customer {
    let is_phone = !name.is_empty() && name.chars().all(|c| c.is_ascii_digit() || "+- ".contains(c));
    match is_phone {
        true => Customer { phone: name.to_owned(), ..Customer::default() },
        false => Customer { name: name.to_owned(), ..Customer::default() },
    }
}
