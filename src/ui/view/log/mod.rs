//! The follow-up line: one line typed, read while it is typed, saved by Enter.

mod preview;
mod recall;
mod sheet;
mod template;

use crate::book::command::Command;
use crate::book::find::{highlight, initials};
use crate::book::logging::Reader;
use crate::book::row::Row;
use crate::domain::choice::StageRole;
use crate::domain::customer::Contact;
use crate::domain::deal::Deal;
use crate::domain::id::Id;
use crate::domain::time::Due;
use crate::line::{Line, Opened, Part, Picker, complete, picker};
use crate::parse::when::Why;
use crate::store::dossier::Dossier;
use crate::text::figures::short_money;
use crate::text::{Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Choosing, Effect, Notice, Place};
use crate::ui::fit;
use crate::ui::inquiry::Finding;
use crate::ui::job::{Done, Job};
use crate::ui::keymap::shown as key_shown;
use crate::ui::view::choose::sheet;
use crate::ui::view::prompt;
use crate::ui::view::{Draft, View};
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use recall::Recall;
use sheet::Sheet;
use std::cell::RefCell;
use template::Wish;

const SAVED: Words = words("Follow-up saved", "跟进已保存");
const WHICH_DEAL: Words = words("Which deal", "哪个商机");
/// Values shown of a picker.
const PICKED: usize = 6;
/// Columns of the customer's name that stand before what else can be done.
const NAME: usize = 18;
/// Customers offered behind `@`.
const CUSTOMERS: usize = 20;
/// The view of the line.
pub struct Log {
    /// The customer it was opened for, whose draft it is.
    customer: Id,
    /// The customer it is about: the same, unless the line names another.
    about: About,
    input: Input,
    picked: Rows,
    deal: Option<Id>,
    /// The form over the line, while it is open.
    sheet: Option<Sheet>,
    recalled: Recall,
    asking: Asking,
    /// The customers offered behind `@`.
    offered: Finding,
    /// The line as it was read last.
    read: RefCell<Option<Understood>>,
}

/// A line with what it says, for as long as nothing changes by which it is read.
struct Understood {
    text: String,
    customer: Id,
    /// Of the book.
    revision: u64,
    /// Minutes, which hours in words are counted from.
    minute: i64,
    line: Line,
}

/// What the list laid over the line asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    /// The deal that is meant.
    Deal,
    /// A value for a field of the form.
    Field,
    /// A template.
    Template(Wish),
}

/// What is known of the customer a line is about.
struct About {
    customer: Id,
    contacts: Vec<Contact>,
    /// Its open deals.
    deals: Vec<Deal>,
    next_contact: Option<Due>,
}

impl About {
    fn of(customer: Id, context: &Context<'_>) -> About {
        let dossier = context.desk.dossier(customer).ok();
        let contacts = dossier.as_ref().map(Dossier::contacts).unwrap_or_default();
        let role = |deal: &Deal| context.book().standards().role(&deal.stage);
        let mut deals = dossier.map(|dossier| dossier.deals()).unwrap_or_default();
        deals.retain(|deal| matches!(role(deal), StageRole::Open | StageRole::Parked));
        let next_contact = context.book().row_of(customer).and_then(|row| row.next_contact);
        About { customer, contacts, deals, next_contact }
    }
}

impl Log {
    /// The line about a customer.
    pub fn new(customer: Id, context: &Context<'_>) -> Log {
        let about = About::of(customer, context);
        Log {
            customer,
            about,
            input: Input::default(),
            picked: Rows::default(),
            deal: None,
            sheet: None,
            recalled: Recall::default(),
            asking: Asking::Deal,
            offered: Finding::default(),
            read: RefCell::new(None),
        }
    }

    fn reader<'a>(&'a self, context: &'a Context<'_>) -> Reader<'a> {
        let about = &self.about;
        Reader::new(context.book(), Some(about.customer), &about.contacts, context.now, context.language)
    }

    /// Where the line names another customer, it is read with that one's contacts and deals.
    fn follow(&mut self, context: &Context<'_>) {
        self.picked = Rows::default();
        let text = self.input.text();
        let own = || Reader::new(context.book(), Some(self.customer), &[], context.now, context.language);
        let named = if text.contains(['@', '＠']) { own().read(&text).customer } else { None };
        let named = named.unwrap_or(self.customer);
        if named != self.about.customer {
            self.about = About::of(named, context);
            self.deal = None;
        }
        if let Some(opened) = self.opened(context).filter(|opened| opened.picker == Picker::Customer) {
            self.offered.seek(&opened.prefix, context);
        }
    }

    fn read(&self, context: &Context<'_>) -> Line {
        let (text, customer) = (self.input.text(), self.about.customer);
        let (revision, minute) = (context.book().revision(), context.now.seconds().div_euclid(60));
        let mut read = self.read.borrow_mut();
        let as_before = |read: &Understood| {
            read.text == text && read.customer == customer && read.revision == revision && read.minute == minute
        };
        if let Some(read) = read.as_ref().filter(|read| as_before(read)) {
            return read.line.clone();
        }
        let line = self.reader(context).read(&text);
        *read = Some(Understood { text, customer, revision, minute, line: line.clone() });
        line
    }

    /// The picker that is open at the caret.
    fn opened(&self, context: &Context<'_>) -> Option<Opened> {
        picker(&self.input.text(), self.input.caret_chars(), &self.reader(context).context())
    }

    /// The names of owners and customers; customers fit by any way of spelling their names.
    fn customers(&self, wanted: &str, context: &Context<'_>) -> Vec<String> {
        let owners = context.book().standards().owners().into_iter().map(|owner| owner.name.clone());
        let rows = self.offered.found().iter().take(CUSTOMERS).filter_map(|slot| context.book().row(*slot));
        let spelled = rows.map(Row::name).filter(|name| wanted.is_empty() || !highlight(name, wanted).is_empty());
        owners.filter(|name| fits(name, wanted)).chain(spelled.map(str::to_owned)).collect()
    }

    /// The picker that is open at the caret, and the values that fit.
    fn picker(&self, context: &Context<'_>) -> Option<(Opened, Vec<String>)> {
        let opened = self.opened(context)?;
        let wanted = crate::query::field::fold(&opened.prefix);
        let standards = context.book().standards();
        let stages =
            || standards.stages().iter().map(|stage| standards.stage_shown(&stage.key, context.language).to_owned());
        let fitting = |all: &mut dyn Iterator<Item = String>| all.filter(|name| fits(name, &wanted)).collect();
        let fitting: Vec<String> = match opened.picker {
            Picker::Customer => self.customers(&wanted, context),
            Picker::Contact => fitting(&mut self.about.contacts.iter().map(|contact| contact.name.clone())),
            Picker::Tag => fitting(&mut self.reader(context).tags().iter().cloned()),
            Picker::Stage => fitting(&mut stages()),
        };
        let complete = matches!(fitting.as_slice(), [only] if crate::query::field::fold(only) == wanted);
        // A stage known by another of its names is read already; what it moves is to be seen before Enter.
        let complete = complete || opened.picker == Picker::Stage && standards.stage_called(&opened.prefix).is_some();
        (!fitting.is_empty() && !complete).then_some((opened, fitting))
    }

    /// What is offered may be another after `anew`: by the same words as before, the value selected stays so.
    fn offered_anew(&mut self, context: &Context<'_>, anew: impl FnOnce(&mut Log) -> bool) {
        let selected = self.picker(context).and_then(|(_, names)| names.into_iter().nth(self.picked.selected));
        let selected = selected.filter(|_| self.offered.found_by_these_words());
        if anew(self)
            && let Some((_, names)) = self.picker(context)
        {
            let place = names.iter().position(|name| Some(name) == selected.as_ref());
            self.picked.select(place.unwrap_or_default(), names.len());
        }
    }

    /// Takes the value selected, or else the date at the end that could be a next step.
    fn accept(&mut self, context: &Context<'_>) {
        self.offered_anew(context, |log| log.offered.settle(context));
        let text = self.input.text();
        if let Some((opened, names)) = self.picker(context) {
            if let Some(name) = names.get(self.picked.selected) {
                let (line, caret) = complete(&text, &opened, name);
                self.input = Input::with_caret(&line, caret);
            }
        } else if let Some(suggestion) = self.read(context).suggestion {
            self.input = Input::new(&suggestion.accepted);
        }
        self.follow(context);
    }

    fn save(&mut self, context: &Context<'_>) -> Effect {
        let line = self.read(context);
        let mut logging = self.logging(&line, context);
        if logging.is_empty() {
            return Effect::Say(Notice::note(context.say(words("write what was said", "请写下沟通内容"))));
        }
        if let Some(told) = self.impossible(&line, context) {
            return Effect::Say(told);
        }
        logging.deal = logging.deal.or(self.deal);
        let moves_deal = logging.stage.is_some() || logging.deal_amount.is_some();
        if moves_deal && logging.deal.is_none() && self.about.deals.len() > 1 {
            return self.choose_deal(context);
        }
        Effect::Save(vec![Command::Log(Box::new(logging))], SAVED)
    }

    /// Why a date of the line cannot be, with the caret behind it.
    fn impossible(&mut self, line: &Line, context: &Context<'_>) -> Option<Notice> {
        let told = preview::told_unknown(line.impossible()?, Why::NoSuchDay, context);
        if let Some(span) = line.spans.iter().find(|span| span.part == Part::Unknown) {
            self.input = Input::with_caret(&self.input.text(), span.range.end);
        }
        Some(Notice::error(told))
    }

    fn choose_deal(&mut self, context: &Context<'_>) -> Effect {
        let standards = context.book().standards();
        let hint = |deal: &Deal| {
            let amount = deal.amount.map(|amount| short_money(amount, context.language)).unwrap_or_default();
            format!("{} {amount}", standards.stage_shown(&deal.stage, context.language))
        };
        let options = self.about.deals.iter().map(|deal| (deal.title.clone(), hint(deal))).collect();
        self.asking = Asking::Deal;
        Effect::Open(Place::Choose(Choosing { title: WHICH_DEAL, options, selected: 0, own: false }))
    }
}

impl View for Log {
    fn scope(&self) -> Scope {
        if self.sheet.is_some() { Scope::Form } else { Scope::Line }
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        if self.sheet.is_some() {
            return self.act_in_sheet(action, context);
        }
        match action {
            Action::Save => return self.save(context),
            Action::Cancel | Action::GoBack => return Effect::Back,
            Action::Accept => self.accept(context),
            Action::ExpandLine => self.expand(context),
            Action::Template => return self.offer_templates(context),
            Action::SelectNext | Action::SelectPrevious => self.move_or_recall(action == Action::SelectNext, context),
            _ if self.input.act(action) => self.follow(context),
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn typed(&mut self, text: &str, context: &Context<'_>) -> Effect {
        let left_out = match self.sheet {
            Some(_) => self.typed_in_sheet(text, context),
            None => self.input.insert(text),
        };
        self.follow(context);
        prompt::typed(left_out, context)
    }

    fn answered(&mut self, answer: Answer, context: &Context<'_>) -> Effect {
        let Answer::Option(place) = answer else { return Effect::None };
        match self.asking {
            Asking::Deal => {
                self.deal = self.about.deals.get(place).map(|deal| deal.id);
                self.save(context)
            }
            Asking::Field => {
                self.chosen_in_sheet(place, context);
                Effect::None
            }
            Asking::Template(wish) => self.template_chosen(wish, place, context),
        }
    }

    fn work(&mut self, context: &Context<'_>) -> Option<Job> {
        self.offered.work(context)
    }

    fn found(&mut self, done: Done) -> Option<Done> {
        self.offered.came_back(done)
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        if self.sheet.is_some() {
            return self.draw_sheet(area, buffer, context);
        }
        if self.offered.is_waiting() {
            self.offered_anew(context, |log| log.offered.update());
        }
        let mut brush = sheet(area, buffer, preview::PREVIEW + 2, context);
        let theme = context.theme;
        let line = self.read(context);
        let name = context.book().row_of(self.about.customer).map_or("", |row| row.name());
        let x = brush.text(1, 0, context.say(Action::FollowUp.label()), 12, theme.accent);
        let end = self.draw_ways(&mut brush, x + 1 + fit::width(name).min(NAME) as u16, context);
        brush.text(x + 1, 0, name, end.saturating_sub(x + 3), theme.strong);
        let example = words(
            "call confirmed the price #contract $125k =negotiation >next wed 2pm send contract",
            "电话 确认报价，等法务 #合同 ￥12.5万 =谈判 >下周三下午2点 发合同",
        );
        let caret = prompt::draw(&mut brush, &self.input, example, context);
        match self.picker(context) {
            Some((_, names)) => self.draw_picker(&mut brush, &names, context),
            None => self.draw_reading(&mut brush, &line, context),
        }
        Some(caret)
    }

    fn written_line(&self) -> Option<String> {
        (!self.input.is_empty()).then(|| self.input.text())
    }

    fn offers(&self, action: Action) -> bool {
        !matches!(action, Action::MoveUp | Action::MoveDown)
    }

    fn floats(&self) -> bool {
        true
    }

    fn draft_key(&self) -> Option<String> {
        Some(format!("log {}", self.customer))
    }

    fn draft(&self, _context: &Context<'_>) -> Option<Draft> {
        Draft::of_line(&self.input).filter(|_| !self.is_recalled())
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.offered_anew(context, |log| {
            log.about = About::of(log.about.customer, context);
            log.read.take();
            log.follow(context);
            true
        });
    }

    fn take_up(&mut self, draft: &Draft) {
        self.input = draft.line();
    }
}

impl Log {
    /// What else can be done with the line, at the right of its head as far as there is room behind `from`;
    /// gives where that begins.
    fn draw_ways(&self, brush: &mut Brush<'_>, from: u16, context: &Context<'_>) -> u16 {
        let earlier = words("earlier lines", "以前的");
        let ways = [
            (Action::SelectPrevious, earlier),
            (Action::Template, Action::Template.label()),
            (Action::ExpandLine, Action::ExpandLine.label()),
        ];
        ways.into_iter().fold(brush.area().width.saturating_sub(1), |end, (act, label)| {
            let Some(keys) = context.keymap.key_for(act, Scope::Line) else { return end };
            let need = fit::width(context.say(label)) + fit::width(&key_shown(keys, context.ascii)) + 4;
            if end < from + need as u16 {
                return end;
            }
            let at = brush.text_left_of(end, 0, context.say(label), 16, context.theme.dim);
            let at =
                brush.text_left_of(at.saturating_sub(1), 0, &key_shown(keys, context.ascii), 8, context.theme.accent);
            at.saturating_sub(2)
        })
    }

    /// Moves within the list that is open; where there is none, through the lines written earlier.
    fn move_or_recall(&mut self, on: bool, context: &Context<'_>) {
        match self.picker(context) {
            Some((_, names)) => self.picked.move_by(if on { 1 } else { -1 }, names.len()),
            None => drop(self.recall(!on, context)),
        }
    }

    fn draw_picker(&mut self, brush: &mut Brush<'_>, names: &[String], context: &Context<'_>) {
        self.picked.fit(PICKED.min(names.len()), names.len());
        for (y, place) in (2..).zip(self.picked.seen(names.len())) {
            if let Some(name) = names.get(place) {
                brush.text(3, y, name, 40, Style::new());
                if place == self.picked.selected {
                    brush.select_line(y, context.theme.selected);
                }
            }
        }
        let hint = words("Tab takes it, go on typing to narrow", "Tab 选用，继续输入可缩小范围");
        brush.text(3, 2 + PICKED as u16, context.say(hint), u16::MAX, context.theme.dim);
    }
}

/// Whether a name holds what is wanted, or its initials do.
fn fits(name: &str, wanted: &str) -> bool {
    [name, &initials(name)].into_iter().any(|text| crate::query::field::fold(text).contains(wanted))
}
