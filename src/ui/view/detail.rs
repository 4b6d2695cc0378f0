//! Everything about one customer on one screen.

use crate::analysis::purchases::last_twelve_months;
use crate::book::cell::{Cell, Shown};
use crate::book::command::Command;
use crate::book::row::Row;
use crate::domain::customer::{Contact, Customer};
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::query::field::{Column, of_column};
use crate::store::dossier::Dossier;
use crate::text::choices::Said;
use crate::text::figures::{distance, full_money, short_day, short_due, weekday};
use crate::text::{Language, Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Choosing, Effect, Notice, Place};
use crate::ui::fit;
use crate::ui::view::View;
use crate::ui::view::timeline::{Happening, Telling, happenings};
use crate::ui::widget::chart::sparkline;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use crate::ui::widget::written::written;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::sync::Arc;

/// Width from which the timeline stands beside the numbers and not below them.
const BESIDE_FROM: u16 = 110;
/// Columns of the left half then.
const LEFT: u16 = 50;

const TIMELINE: Words = words("Timeline", "时间线");
const CONTACTS: Words = words("Contacts", "联系人");
const NOTHING_YET: Words = words("Nothing has happened yet.", "还没有任何记录。");
const SHOW: Words = words("Show", "显示哪些记录");
const DELETED: Words = words("Deleted; undo brings it back", "已删除，撤销可找回");

/// Kinds the timeline can be narrowed to, all first.
const KINDS: [Option<Kind>; 6] =
    [None, Some(Kind::FollowUp), Some(Kind::NextStep), Some(Kind::Order), Some(Kind::Deal), Some(Kind::Feedback)];

/// Which part has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pane {
    Timeline,
    Contacts,
    /// The view is only looked at.
    Neither,
}

/// What was read of the customer, as of a revision of the book.
struct Read {
    seen: (u64, Language, Option<Kind>),
    customer: Customer,
    contacts: Vec<Contact>,
    stream: Vec<Happening>,
}

/// The view of one customer.
pub struct Detail {
    customer: Id,
    among: Arc<Vec<Id>>,
    read: Option<Read>,
    pane: Pane,
    timeline: Rows,
    contacts: Rows,
    only: Option<Kind>,
}

impl Detail {
    /// The customer, with the list it was opened from.
    pub fn new(customer: Id, among: Arc<Vec<Id>>) -> Detail {
        let (timeline, contacts) = (Rows::default(), Rows::default());
        Detail { customer, among, read: None, pane: Pane::Timeline, timeline, contacts, only: None }
    }

    fn read(&mut self, context: &Context<'_>) -> Result<(), Notice> {
        let seen = (context.book().revision(), context.language, self.only);
        if self.read.as_ref().is_some_and(|read| read.seen == seen) {
            return Ok(());
        }
        let dossier =
            context.desk.dossier(self.customer).map_err(|error| Notice::error(error.say(context.language)))?;
        self.read = Read::of(&dossier, seen, context);
        Ok(())
    }

    /// Another customer of the same list, so many places on.
    fn other(&mut self, by: isize, context: &Context<'_>) -> Effect {
        let mut place = self.place();
        let there = std::iter::from_fn(|| {
            place = place?.checked_add_signed(by);
            self.among.get(place?)
        });
        // Customers deleted since are passed over.
        match there.filter_map(|id| context.book().row_of(*id)).next() {
            Some(row) => {
                let only = self.only;
                *self = Detail { only, pane: self.pane, ..Detail::new(row.id, Arc::clone(&self.among)) };
                self.timeline.leaps = context.slow_line;
                Effect::None
            }
            None => Effect::Say(Notice::note(context.say(if by > 0 {
                words("that was the last of the list", "已是列表最后一位")
            } else {
                words("that was the first of the list", "已是列表第一位")
            }))),
        }
    }

    /// The customer's place in the list it was opened from.
    fn place(&self) -> Option<usize> {
        self.among.iter().position(|other| *other == self.customer)
    }

    fn selected_contact(&self) -> Option<&Contact> {
        self.read.as_ref()?.contacts.get(self.contacts.selected)
    }

    fn moved(&mut self, action: Action) -> bool {
        let Some(read) = &self.read else { return false };
        let (rows, count) = match self.pane {
            Pane::Contacts => (&mut self.contacts, read.contacts.len()),
            Pane::Timeline | Pane::Neither => (&mut self.timeline, read.stream.len()),
        };
        match action {
            Action::SelectNext => rows.move_by(1, count),
            Action::SelectPrevious => rows.move_by(-1, count),
            Action::SelectFirst => rows.select(0, count),
            Action::SelectLast => rows.select(count.saturating_sub(1), count),
            Action::PageDown => rows.move_by(rows.page(), count),
            Action::PageUp => rows.move_by(-rows.page(), count),
            Action::HalfPageDown => rows.move_by(rows.half(), count),
            Action::HalfPageUp => rows.move_by(-rows.half(), count),
            _ => return false,
        }
        true
    }

    fn choose_kinds(&self, context: &Context<'_>) -> Effect {
        let name = |kind: &Option<Kind>| match kind {
            Some(kind) => kind.words().say(context.language).to_owned(),
            None => context.say(words("everything", "全部")).to_owned(),
        };
        let options = KINDS.iter().map(|kind| (name(kind), String::new())).collect();
        let selected = KINDS.iter().position(|kind| *kind == self.only).unwrap_or(0);
        Effect::Open(Place::Choose(Choosing { title: SHOW, options, selected, own: false }))
    }

    fn delete(&self) -> Effect {
        let (kind, id) = match (self.pane, self.selected_contact()) {
            (Pane::Contacts, Some(contact)) => (Kind::Contact, contact.id),
            (Pane::Contacts, None) => return Effect::None,
            _ => (Kind::Customer, self.customer),
        };
        let command = Command::Remove { kind, id, home: self.customer };
        if kind == Kind::Customer { Effect::Save(vec![command], DELETED) } else { Effect::Run(command, DELETED) }
    }

    fn edit_contact(&self) -> Effect {
        match self.selected_contact() {
            Some(contact) => Effect::Open(Place::ContactForm(Box::new(contact.clone()))),
            None => self.add_contact(),
        }
    }

    fn add_contact(&self) -> Effect {
        Effect::Open(Place::ContactForm(Box::new(Contact { customer: Some(self.customer), ..Contact::default() })))
    }

    fn switch_pane(&mut self) {
        self.pane = match self.pane {
            Pane::Timeline => Pane::Contacts,
            Pane::Contacts | Pane::Neither => Pane::Timeline,
        };
    }

    fn edit(&self) -> Effect {
        match &self.read {
            Some(read) if self.pane == Pane::Timeline => {
                Effect::Open(Place::CustomerForm(Box::new(read.customer.clone())))
            }
            Some(_) => self.edit_contact(),
            None => Effect::None,
        }
    }

    fn copy_phone(&self, context: &Context<'_>) -> Effect {
        let of_contact =
            self.selected_contact().filter(|_| self.pane == Pane::Contacts).map(|contact| contact.phone.as_str());
        let of_customer = context.book().row_of(self.customer).map(crate::book::cell::phone);
        match of_contact.or(of_customer).filter(|phone| !phone.is_empty()) {
            Some(phone) => Effect::Copy(phone.to_owned()),
            None => Effect::Say(Notice::note(context.say(words("no phone number here", "没有电话号码")))),
        }
    }
}

impl Read {
    fn of(dossier: &Dossier, seen: (u64, Language, Option<Kind>), context: &Context<'_>) -> Option<Read> {
        let customer = dossier.customer()?;
        let mut contacts: Vec<Contact> = dossier.contacts();
        contacts.sort_by_key(|contact| !contact.primary);
        let telling =
            Telling { standards: context.book().standards(), language: context.language, today: context.today() };
        let mut stream = happenings(dossier, &telling);
        if let Some(only) = seen.2 {
            stream.retain(|happening| happening.kind == only);
        }
        Some(Read { seen, customer, contacts, stream })
    }
}

impl View for Detail {
    fn scope(&self) -> Scope {
        Scope::Detail
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        // Keys may come faster than frames: what they act on is read at once. What cannot be read is told when it is drawn.
        let _ = self.read(context);
        // Keys may come before the first frame; they are to mean what they would after it.
        if let Err(notice) = self.read(context) {
            return if action == Action::GoBack { Effect::Back } else { Effect::Say(notice) };
        }
        if self.moved(action) {
            return Effect::None;
        }
        match action {
            Action::NextRecord => return self.other(1, context),
            Action::PreviousRecord => return self.other(-1, context),
            Action::NextPane | Action::PreviousPane | Action::NextSection | Action::PreviousSection => {
                self.switch_pane()
            }
            Action::Left | Action::Right => self.switch_pane(),
            Action::Open if self.pane == Pane::Contacts => return self.edit_contact(),
            Action::Open => return Effect::None,
            Action::Edit => return self.edit(),
            Action::EditContact => return self.edit_contact(),
            Action::AddContact => return self.add_contact(),
            Action::FilterTimeline => return self.choose_kinds(context),
            Action::Delete => return self.delete(),
            Action::CopyPhone => return self.copy_phone(context),
            Action::GoBack => return Effect::Back,
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn answered(&mut self, answer: Answer, _context: &Context<'_>) -> Effect {
        if let Answer::Option(place) = answer {
            self.only = KINDS.get(place).copied().flatten();
            self.timeline = Rows::default();
        }
        Effect::None
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.timeline.leaps = context.slow_line;
        self.read = None;
    }

    fn selected_customer(&self, _context: &Context<'_>) -> Option<Id> {
        Some(self.customer)
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        if let Err(notice) = self.read(context) {
            Brush::new(buffer, area).text(1, 1, &notice.text, u16::MAX, context.theme.alarm);
            return None;
        }
        if self.read.is_none() {
            let gone = words("This customer is not there any more. Esc goes back.", "该客户已不存在。按 Esc 返回。");
            Brush::new(buffer, area).text(1, 1, context.say(gone), u16::MAX, context.theme.strong);
            return None;
        }
        let summary = Summary::of(self.customer, context);
        let beside = area.width >= BESIDE_FROM;
        let left = if beside { Rect { width: LEFT, ..area } } else { area };
        let used = summary.draw(left, buffer, context);
        let contacts_room = if beside { left.height.saturating_sub(used) } else { (left.height / 4).clamp(2, 5) };
        let contacts = Rect { y: left.y + used, height: contacts_room.min(left.height.saturating_sub(used)), ..left };
        let drawn = self.draw_contacts(contacts, buffer, context);
        let timeline = if beside {
            Rect { x: area.x + LEFT + 2, width: area.width - LEFT - 2, ..area }
        } else {
            let y = contacts.y + drawn + 1;
            Rect { y, height: area.bottom().saturating_sub(y), ..area }
        };
        let cursor = self.draw_timeline(timeline, buffer, context);
        match self.pane {
            Pane::Timeline | Pane::Neither => cursor,
            Pane::Contacts => {
                let y = contacts.y + 1 + (self.contacts.selected - self.contacts.top) as u16;
                (y < contacts.bottom()).then_some(Position { x: contacts.x, y })
            }
        }
    }

    fn foot(&self, _context: &Context<'_>) -> String {
        self.place().map_or(String::new(), |place| format!("{}/{}", place + 1, self.among.len()))
    }
}

impl Detail {
    /// Draws a customer beside a list that has the keys.
    pub fn draw_beside(&mut self, customer: Id, area: Rect, buffer: &mut Buffer, context: &Context<'_>) {
        if customer != self.customer {
            *self = Detail::new(customer, Arc::default());
        }
        if self.read(context).is_err() || self.read.is_none() {
            return;
        }
        self.pane = Pane::Neither;
        let used = Summary::of(customer, context).draw(area, buffer, context);
        let rest = Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area };
        let contacts = Rect { height: rest.height.min(5), ..rest };
        let drawn = self.draw_contacts(contacts, buffer, context) + 1;
        let timeline = Rect { y: rest.y + drawn, height: rest.height.saturating_sub(drawn), ..rest };
        self.draw_timeline(timeline, buffer, context);
    }

    /// The contacts; gives the lines used.
    fn draw_contacts(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> u16 {
        let has_keys = self.pane == Pane::Contacts;
        let Some(read) = &self.read else { return 0 };
        let mut brush = Brush::new(buffer, area);
        let theme = context.theme;
        let style = if has_keys { theme.accent } else { theme.dim };
        let end = brush.text(1, 0, context.say(CONTACTS), u16::MAX, style);
        brush.text(end + 1, 0, &read.contacts.len().to_string(), 5, style);
        self.contacts.fit(usize::from(area.height.saturating_sub(1)), read.contacts.len());
        let seen = self.contacts.seen(read.contacts.len());
        let lines = seen.len() as u16;
        for (y, place) in (1..).zip(seen) {
            let Some(contact) = read.contacts.get(place) else { continue };
            let x = brush.text(1, y, &contact.name, 16, theme.strong);
            let x = brush.text(x.max(12) + 1, y, &contact.phone, 18, Style::new());
            let role = contact.role.map(|role| role.words().say(context.language));
            let about = [
                Some(contact.title.as_str()),
                role,
                contact.attitude.map(|attitude| attitude.words().say(context.language)),
                Some(contact.email.as_str()),
                Some(contact.wechat.as_str()),
            ];
            let about: Vec<&str> = about.into_iter().flatten().filter(|part| !part.is_empty()).collect();
            brush.text(x.max(28) + 2, y, &about.join(" · "), u16::MAX, theme.dim);
            if has_keys && place == self.contacts.selected {
                brush.select_line(y, theme.selected);
            }
        }
        lines + 1
    }

    fn draw_timeline(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let has_keys = self.pane == Pane::Timeline;
        let read = self.read.as_ref()?;
        let mut brush = Brush::new(buffer, area);
        let theme = context.theme;
        let style = if has_keys { theme.accent } else { theme.dim };
        let end = brush.text(1, 0, context.say(TIMELINE), u16::MAX, style);
        let end = brush.text(end + 1, 0, &read.stream.len().to_string(), 8, style);
        if let Some(only) = self.only {
            brush.text(end + 2, 0, only.words().say(context.language), 16, theme.dim);
        }
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let mut brush = Brush::new(buffer, body);
        if read.stream.is_empty() {
            brush.text(1, 0, context.say(NOTHING_YET), u16::MAX, theme.dim);
            return None;
        }
        self.timeline.fit(usize::from(body.height), read.stream.len());
        let mut cursor = None;
        for (y, place) in self.timeline.seen(read.stream.len()).enumerate() {
            let Some(happening) = read.stream.get(place) else { continue };
            draw_happening(&mut brush, y as u16, happening, context);
            if has_keys && place == self.timeline.selected {
                brush.select_line(y as u16, theme.selected);
                cursor = Some(Position { x: body.x, y: body.y + y as u16 });
            }
        }
        cursor
    }
}

fn draw_happening(brush: &mut Brush<'_>, y: u16, happening: &Happening, context: &Context<'_>) {
    let theme = context.theme;
    let day = happening.day.map_or_else(String::new, |day| short_day(day, context.today()));
    brush.text_left_of(11, y, &day, 10, theme.dim);
    let style = if happening.open { theme.alarm } else { theme.accent };
    let what = if happening.open { format!("! {}", happening.what) } else { happening.what.clone() };
    brush.text(12, y, &what, 12, style);
    brush.text(25, y, &happening.text, u16::MAX, Style::new());
}

/// Head and numbers of a customer, as Detail and the preview beside the list show them.
pub struct Summary<'a> {
    row: Option<&'a Row>,
    customer: Id,
}

impl<'a> Summary<'a> {
    /// The summary of a customer.
    pub fn of(customer: Id, context: &Context<'a>) -> Summary<'a> {
        Summary { row: context.desk.book().row_of(customer), customer }
    }

    /// Draws it; gives the lines used.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> u16 {
        let Some(row) = self.row else { return 0 };
        debug_assert_eq!(row.id, self.customer);
        let mut brush = Brush::new(buffer, area);
        let mut y = self.draw_head(&mut brush, row, context);
        y = draw_numbers(&mut brush, y, row, context);
        let advice = context.book().cell(row, Column::Conclusion, context.today(), context.language);
        let advice = written(&advice, context.today(), context.language);
        if !advice.is_empty() {
            for line in fit::wrap(&advice, usize::from(area.width.saturating_sub(3))).into_iter().take(2) {
                brush.text(1, y, &line, u16::MAX, Style::new());
                y += 1;
            }
        }
        y + 1
    }

    /// Name; code, tier, life stage, owner; phone and when to call next.
    fn draw_head(&self, brush: &mut Brush<'_>, row: &Row, context: &Context<'_>) -> u16 {
        let theme = context.theme;
        let cell = |column| {
            written(
                &context.book().cell(row, column, context.today(), context.language),
                context.today(),
                context.language,
            )
        };
        brush.text(1, 0, row.name(), u16::MAX, theme.strong);
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
        brush.text(1, 1, &about.join(" · "), u16::MAX, theme.dim);
        let mut x = 1;
        for (column, style) in [(Column::Phone, theme.strong), (Column::Owner, Style::new())] {
            let text = cell(column);
            if !text.is_empty() {
                x = brush.text(x, 2, &text, 24, style) + 2;
            }
        }
        if let Some(due) = row.next_contact {
            let today = context.today();
            let late = due.day < today;
            let label = context.say(words("next contact", "下次联系"));
            let day = format!("{} {}", short_due(due, today), weekday(due.day, context.language));
            let text = format!("{label} {day}, {}", distance(due.day, today, context.language));
            let below = x + fit::width(&text) as u16 > brush.area().width;
            let (x, y) = if below { (1, 3) } else { (x, 2) };
            brush.text(x, y, &text, u16::MAX, if late { theme.alarm } else { theme.accent });
            return y + 2;
        }
        4
    }
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
        let heading = of_column(column).map_or("", |field| field.heading(language));
        let end = brush.text(x, y, heading, 12, theme.dim);
        let cell = context.book().cell(row, column, today, language);
        let room = (x + EACH - 2).saturating_sub(end + 1);
        brush.text_left_of(x + EACH - 2, y, &figure(&cell, room, context), room, theme.strong);
    }
    y += (shown.len() as u16).div_ceil(a_line);
    let year = last_twelve_months(row.facts.iter(), today);
    let total: crate::domain::money::Money = year.iter().copied().sum();
    if !total.is_zero() {
        let label = context.say(words("12 months ", "近12个月 "));
        let x = brush.text(1, y, label, 20, theme.dim);
        let x = brush.text(x, y, &sparkline(&year, context.ascii), 12, theme.accent);
        brush.text(x + 2, y, &full_money(total), u16::MAX, theme.strong);
        y += 1;
    }
    let given = row.given.is_some() && row.purchases(today).orders == 0;
    if given {
        brush.text(1, y, context.say(words("* given by a table", "* 表格所给数字")), u16::MAX, theme.dim);
        y += 1;
    }
    y + 1
}
