//! The follow-up line: one line typed, read while it is typed, saved by Enter.

mod in_sheet;
mod preview;
mod recall;
mod screen;
mod sheet;
mod template;

use crate::book::find::{highlight, initials};
use crate::book::logging::Reader;
use crate::book::row::Row;
use crate::domain::choice::StageRole;
use crate::domain::customer::Contact;
use crate::domain::deal::Deal;
use crate::domain::id::Id;
use crate::domain::time::Due;
use crate::line::{Line, Opened, Picker, picker};
use crate::store::dossier::Dossier;
use crate::ui::choosing::Choice;
use crate::ui::context::Context;
use crate::ui::inquiry::Finding;
use crate::ui::widget::input::Input;
use crate::ui::widget::rows::Rows;
use recall::Recall;
use sheet::Sheet;
use std::cell::RefCell;
use template::Wish;

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
    choice: Choice<Chosen>,
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

/// What is chosen in a list laid over the line.
enum Chosen {
    /// The deal that is meant.
    Deal(Id),
    /// A value for a field of the form.
    Value(String),
    /// What is done with a template.
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
            choice: Choice::default(),
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
}

/// Whether a name holds what is wanted, or its initials do.
fn fits(name: &str, wanted: &str) -> bool {
    [name, &initials(name)].into_iter().any(|text| crate::query::field::fold(text).contains(wanted))
}
