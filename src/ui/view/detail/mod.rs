//! Everything about one customer on one screen.

mod drawing;
mod entry;
mod summary;

use crate::book::columns::phone;
use crate::book::command::Command;
use crate::book::tiers::advice::advised;
use crate::desk::backstory::{Backstory, backstory};
use crate::domain::choice::Level;
use crate::domain::customer::{Contact, Customer};
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::store::dossier::Dossier;
use crate::text::choices::Said;
use crate::text::{Language, Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::choosing::{Choice, Choosing};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Notice, Place};
use crate::ui::fit;
use crate::ui::job::{Done, Work};
use crate::ui::pending::Pending;
use crate::ui::view::View;
use crate::ui::view::timeline::{Happening, Telling, happenings, tier_step};
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::sync::Arc;
use summary::{ROOMY_FROM, Summary};

/// Width from which the timeline stands beside the numbers and not below them.
const BESIDE_FROM: u16 = 110;
/// Columns of the left half then.
const LEFT: u16 = 50;

const SHOW: Words = words("Show", "显示哪些记录");
const DELETED: Words = words("Deleted; undo brings it back", "已删除，撤销可找回");

/// Kinds the timeline can be narrowed to, all first.
/// Columns in which what was deleted is named.
const NAMED: usize = 30;
const KINDS: [Option<Kind>; 7] = [
    None,
    Some(Kind::FollowUp),
    Some(Kind::NextStep),
    Some(Kind::Order),
    Some(Kind::Deal),
    Some(Kind::Feedback),
    Some(Kind::TierRun),
];

/// Which part has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pane {
    Timeline,
    Contacts,
    /// The customer itself.
    Head,
    /// The view is only looked at.
    Neither,
}

/// What was read of the customer, as of a revision of the book.
struct Read {
    seen: (u64, Language, Option<Kind>),
    customer: Customer,
    contacts: Vec<Contact>,
    stream: Vec<Happening>,
    /// Whether there is advice to act on.
    advised: bool,
}

/// The view of one customer.
pub struct Detail {
    customer: Id,
    among: Arc<Vec<Id>>,
    /// Whether it was opened with another of them.
    turned: bool,
    read: Option<Read>,
    pane: Pane,
    timeline: Rows,
    contacts: Rows,
    only: Option<Kind>,
    /// The record the timeline is to stand at when it is read next.
    aim: Option<Id>,
    choice: Choice<Chosen>,
    /// What is not in the row.
    traced: Pending<(), Box<Backstory>>,
}

/// What is chosen in a list laid over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chosen {
    /// Which kind the timeline shows, or all.
    Only(Option<Kind>),
    /// Who is to see to a complaint.
    Person { complaint: Id, person: Id },
    /// How grave it is, too.
    Grade { complaint: Id, person: Id, grade: Level },
}

impl Detail {
    /// The customer, with the list it was opened from.
    pub fn new(customer: Id, among: Arc<Vec<Id>>) -> Detail {
        let (timeline, contacts) = (Rows::default(), Rows::default());
        let (pane, choice) = (Pane::Timeline, Choice::default());
        let (traced, turned) = (Pending::default(), false);
        let (read, only, aim) = (None, None, None);
        Detail { customer, among, turned, read, pane, timeline, contacts, only, aim, choice, traced }
    }

    /// The customer, with the timeline at one of its records.
    pub fn at(customer: Id, record: Id, among: Arc<Vec<Id>>) -> Detail {
        Detail { aim: Some(record), ..Detail::new(customer, among) }
    }

    fn read(&mut self, context: &Context<'_>) -> Result<(), Notice> {
        let seen = (context.book().revision(), context.language, self.only);
        if self.read.as_ref().is_some_and(|read| read.seen == seen) {
            return Ok(());
        }
        let dossier =
            context.desk.dossier(self.customer).map_err(|error| Notice::error(error.say(context.language)))?;
        self.read = Read::of(&dossier, seen, self.backstory(), context);
        self.take_aim();
        Ok(())
    }

    fn backstory(&self) -> Option<&Backstory> {
        self.traced.answer().map(Box::as_ref)
    }

    /// Puts the selection on the record aimed at: of a deal's several lines, the nearest.
    fn take_aim(&mut self) {
        let (Some(aim), Some(read)) = (self.aim.take(), &self.read) else { return };
        let selected = self.timeline.selected;
        let places = read.stream.iter().enumerate().filter(|(_, happening)| happening.id == aim);
        if let Some(place) = places.map(|(place, _)| place).min_by_key(|place| place.abs_diff(selected)) {
            self.timeline.select(place, read.stream.len());
        }
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
                let other = Detail::new(row.id, Arc::clone(&self.among));
                *self = Detail { only, pane: self.pane, turned: true, ..other };
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
            Pane::Timeline | Pane::Head | Pane::Neither => (&mut self.timeline, read.stream.len()),
        };
        rows.act(action, count)
    }

    fn choose_kinds(&mut self, context: &Context<'_>) -> Effect {
        let name = |kind: Option<Kind>| kind.map_or(words("everything", "全部"), Said::words);
        let option = |kind: Option<Kind>| (Chosen::Only(kind), context.say(name(kind)).to_owned());
        let choosing = Choosing::new(SHOW, KINDS.map(option)).selecting(|chosen| *chosen == Chosen::Only(self.only));
        self.choice.open(choosing)
    }

    fn delete(&self, context: &Context<'_>) -> Effect {
        if self.selected_entry().is_some_and(|entry| entry.kind == Kind::TierRun) {
            let undo = words("a recalculation is taken back by undo, not deleted", "分级不能删除，可用撤销收回");
            return Effect::Say(Notice::note(context.say(undo)));
        }
        let (kind, id, called) = match (self.pane, self.selected_contact(), self.selected_entry()) {
            (Pane::Contacts, Some(contact), _) => (Kind::Contact, contact.id, contact.name.clone()),
            (Pane::Timeline, _, Some(entry)) => (entry.kind, entry.id, format!("{} · {}", entry.what, entry.text)),
            (Pane::Head, ..) => {
                let command = Command::Remove { kind: Kind::Customer, id: self.customer, home: self.customer };
                return Effect::Save(vec![command], DELETED);
            }
            _ => return Effect::None,
        };
        let told = match context.language {
            Language::En => format!("Deleted: {}; undo brings it back", fit::fit(&called, NAMED)),
            Language::Zh => format!("已删除：{}，撤销可找回", fit::fit(&called, NAMED)),
        };
        Effect::RunTold(vec![Command::Remove { kind, id, home: self.customer }], told)
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

    /// The parts in their order, round and round.
    fn switch_pane(&mut self, on: bool) {
        self.pane = match (self.pane, on) {
            (Pane::Timeline | Pane::Neither, true) | (Pane::Head, false) => Pane::Contacts,
            (Pane::Contacts, true) | (Pane::Timeline | Pane::Neither, false) => Pane::Head,
            (Pane::Head, true) | (Pane::Contacts, false) => Pane::Timeline,
        };
    }

    fn edit_customer(&self) -> Effect {
        match &self.read {
            Some(read) => Effect::Open(Place::CustomerForm(Box::new(read.customer.clone()))),
            None => Effect::None,
        }
    }

    /// Opens what is selected for change; where nothing has happened yet, the customer.
    fn edit(&self, context: &Context<'_>) -> Effect {
        match self.pane {
            Pane::Contacts => self.edit_contact(),
            Pane::Timeline if self.selected_entry().is_some() => self.open_entry(context),
            _ => self.edit_customer(),
        }
    }

    fn copy_phone(&self, context: &Context<'_>) -> Effect {
        let of_contact =
            self.selected_contact().filter(|_| self.pane == Pane::Contacts).map(|contact| contact.phone.clone());
        let of_customer = || context.book().row_of(self.customer).map(|row| phone(row).into_owned());
        match of_contact.or_else(of_customer).filter(|phone| !phone.is_empty()) {
            Some(phone) => Effect::Copy(phone),
            None => Effect::Say(Notice::note(context.say(words("no phone number here", "没有电话号码")))),
        }
    }
}

impl Read {
    fn of(
        dossier: &Dossier,
        seen: (u64, Language, Option<Kind>),
        backstory: Option<&Backstory>,
        context: &Context<'_>,
    ) -> Option<Read> {
        let customer = dossier.customer()?;
        let mut contacts: Vec<Contact> = dossier.contacts();
        contacts.sort_by_key(|contact| !contact.primary);
        let telling =
            Telling { standards: context.book().standards(), language: context.language, today: context.today() };
        let mut stream = happenings(dossier, &telling);
        stream.extend(backstory.iter().flat_map(|told| &told.tiers).map(|step| tier_step(step, context.language)));
        stream.sort_by_key(|entry| std::cmp::Reverse((entry.day, entry.minute)));
        if let Some(only) = seen.2 {
            stream.retain(|happening| happening.kind == only);
        }
        let row = context.book().row_of(customer.id);
        let advised = row.and_then(|row| advised(context.book(), row, context.today(), context.language)).is_some();
        Some(Read { seen, customer, contacts, stream, advised })
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
            Action::NextPane | Action::NextSection | Action::Right => self.switch_pane(true),
            Action::PreviousPane | Action::PreviousSection | Action::Left => self.switch_pane(false),
            Action::Open | Action::Edit => return self.edit(context),
            Action::EditCustomer => return self.edit_customer(),
            Action::Done => return self.done(context),
            Action::Resolve => return self.resolve(context),
            Action::Assign => return self.assign(context),
            Action::EditContact => return self.edit_contact(),
            Action::AddContact => return self.add_contact(),
            Action::NewDeal => return crate::ui::view::funnel::new_deal(Some(self.customer), context),
            Action::FilterTimeline => return self.choose_kinds(context),
            Action::TakeAdvice => return self.take_advice(context),
            Action::Delete => return self.delete(context),
            Action::CopyPhone => return self.copy_phone(context),
            Action::GoBack => return Effect::Back,
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn answered(&mut self, answer: Answer, context: &Context<'_>) -> Effect {
        match self.choice.chosen(answer) {
            Some(Chosen::Only(kind)) => {
                self.only = kind;
                self.timeline = Rows { leaps: context.slow_line, ..Rows::default() };
                Effect::None
            }
            Some(Chosen::Person { complaint, person }) => self.ask_grade(complaint, person, context),
            Some(Chosen::Grade { complaint, person, grade }) => self.assigned(complaint, person, grade, context),
            None => Effect::None,
        }
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.timeline.leaps = context.slow_line;
        // What is selected stays so, wherever it stands now.
        self.aim = self.aim.or_else(|| self.selected_entry().map(|entry| entry.id));
        self.read = None;
    }

    fn work(&mut self, context: &Context<'_>) -> Option<Work> {
        self.traced.ask((), context.book().revision());
        self.traced.unsent()?;
        let (desk, customer, as_of) = (context.desk.snapshot(), self.customer, context.today());
        // What cannot be read here is told where the rest of the customer is read.
        let job =
            self.traced.send(|()| move || Ok(backstory(&desk, customer, as_of).map(Box::new).unwrap_or_default()));
        job.map(Work::from)
    }

    fn found(&mut self, done: Done, _context: &Context<'_>) -> Result<Effect, Done> {
        if self.traced.take(done)? {
            self.aim = self.aim.or_else(|| self.selected_entry().map(|entry| entry.id));
            self.read = None;
        }
        Ok(Effect::None)
    }

    fn selected_customer(&self, _context: &Context<'_>) -> Option<Id> {
        Some(self.customer)
    }

    fn turned_to(&self) -> Option<Id> {
        self.turned.then_some(self.customer)
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
        let record = self.read.as_ref().map(|read| &read.customer);
        let summary = Summary::of(self.customer, context).selected(self.pane == Pane::Head);
        let summary = summary.told(self.backstory()).noted(record);
        let beside = area.width >= BESIDE_FROM;
        let left = if beside { Rect { width: LEFT, ..area } } else { area };
        let most = if beside { left.height } else { left.height.saturating_sub(self.kept_below(left.height)) };
        let used = summary.draw(left, most, buffer, context);
        let contacts_room = if beside { left.height.saturating_sub(used) } else { self.contact_lines(left.height) };
        let contacts = Rect { y: left.y + used, height: contacts_room.min(left.height.saturating_sub(used)), ..left };
        let drawn = self.draw_contacts(contacts, buffer, context);
        let timeline = if beside {
            Rect { x: area.x + LEFT + 2, width: area.width - LEFT - 2, ..area }
        } else {
            let y = contacts.y + drawn + u16::from(drawn > 0);
            Rect { y, height: area.bottom().saturating_sub(y), ..area }
        };
        let cursor = self.draw_timeline(timeline, buffer, context);
        match self.pane {
            Pane::Timeline | Pane::Neither => cursor,
            Pane::Head => Some(Position { x: area.x, y: area.y }),
            Pane::Contacts => {
                let y = contacts.y + 1 + (self.contacts.selected - self.contacts.top) as u16;
                (y < contacts.bottom()).then_some(Position { x: contacts.x, y })
            }
        }
    }

    fn offers(&self, action: Action) -> bool {
        let open =
            |kinds: &[Kind]| self.selected_entry().is_some_and(|entry| entry.open && kinds.contains(&entry.kind));
        match action {
            Action::Done => open(&[Kind::NextStep]),
            Action::Resolve => open(&[Kind::Feedback]),
            Action::TakeAdvice => self.read.as_ref().is_some_and(|read| read.advised),
            Action::NextRecord | Action::PreviousRecord => self.among.len() > 1,
            _ => true,
        }
    }

    fn foot(&self, _context: &Context<'_>) -> String {
        self.place().map_or(String::new(), |place| format!("{}/{}", place + 1, self.among.len()))
    }
}

impl Detail {
    /// Lines for contacts with their heading: none in a very small window, unless they have the keys.
    fn contact_lines(&self, height: u16) -> u16 {
        let contacts = self.read.as_ref().map_or(0, |read| read.contacts.len()) as u16 + 1;
        match height {
            0..14 if self.pane != Pane::Contacts => 0,
            _ => contacts.min((height / 4).clamp(2, 5)),
        }
    }

    /// Lines kept for contacts and timeline: whatever there is to say of a customer, what happened is seen with the row
    /// that keys act on. Whoever has gone to the head sees all of it instead.
    fn kept_below(&self, height: u16) -> u16 {
        if self.pane == Pane::Head {
            return 0;
        }
        let happened = self.read.as_ref().map_or(0, |read| read.stream.len()).max(1) as u16;
        let rows = happened.min(match height {
            0..14 => 3,
            14..ROOMY_FROM => 4,
            _ => 6,
        });
        let contacts = self.contact_lines(height);
        let gaps = u16::from(contacts > 0) + 1;
        rows + 1 + contacts + gaps
    }

    /// Draws a customer beside a list that has the keys.
    pub fn draw_beside(&mut self, customer: Id, area: Rect, buffer: &mut Buffer, context: &Context<'_>) {
        if customer != self.customer {
            *self = Detail::new(customer, Arc::default());
        }
        if self.read(context).is_err() || self.read.is_none() {
            return;
        }
        self.pane = Pane::Neither;
        let record = self.read.as_ref().map(|read| &read.customer);
        let most = area.height.saturating_sub(self.kept_below(area.height));
        let used = Summary::of(customer, context).noted(record).draw(area, most, buffer, context);
        let rest = Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area };
        let contacts = Rect { height: rest.height.min(5), ..rest };
        let drawn = self.draw_contacts(contacts, buffer, context);
        let drawn = drawn + u16::from(drawn > 0);
        let timeline = Rect { y: rest.y + drawn, height: rest.height.saturating_sub(drawn), ..rest };
        self.draw_timeline(timeline, buffer, context);
    }
}
