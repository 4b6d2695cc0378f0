//! What can be asked of the book, and the changes that would come of it.

use crate::book::Book;
use crate::book::logging::Logging;
use crate::book::planning::{Planning, Refusal};
use crate::book::row::RowText;
use crate::domain::change::{Change, SetField};
use crate::domain::customer::{Contact, Customer};
use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::domain::tiers::{TierMoves, TierRun};
use crate::domain::time::Moment;
use crate::domain::value::Value;
use serde::{Deserialize, Serialize};

/// Something asked of the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Add a customer with its first contacts. A missing code is made.
    AddCustomer(Box<Customer>, Vec<Contact>),
    /// Add one record to an existing home.
    Add(Box<Record>),
    /// Put new values into fields of one record.
    Edit {
        /// The record's kind.
        kind: Kind,
        /// The record.
        id: Id,
        /// Where it is kept.
        home: Id,
        /// Field numbers with what they are to hold.
        fields: Vec<(u16, Value)>,
    },
    /// Take a record out; a customer goes with all that is in its dossier.
    Remove {
        /// The record's kind.
        kind: Kind,
        /// The record.
        id: Id,
        /// Where it is kept.
        home: Id,
    },
    /// Log a follow-up with all that it promises and moves.
    Log(Box<Logging>),
    /// Apply a recalculation of tiers with all its moves, as one step.
    SetTiers(Box<TierRun>, Vec<TierMoves>),
}

impl Command {
    /// The homes whose dossiers a plan needs.
    pub fn homes(&self) -> Vec<Id> {
        match self {
            Command::AddCustomer(..) | Command::SetTiers(..) => Vec::new(),
            Command::Add(record) => vec![record.home()],
            Command::Edit { home, .. } | Command::Remove { home, .. } => vec![*home],
            Command::Log(logging) => vec![logging.customer],
        }
    }

    /// The changes that would do what is asked.
    pub fn plan(&self, planning: &mut Planning<'_>) -> Result<Vec<Change>, Refusal> {
        match self {
            Command::AddCustomer(customer, contacts) => add_customer(customer, contacts, planning),
            Command::Add(record) => add(record, planning),
            Command::Edit { kind, id, home, fields } => edit(*kind, *id, *home, fields, planning),
            Command::Remove { id, home, .. } => remove(*id, *home, planning),
            Command::Log(logging) => logging.plan(planning),
            Command::SetTiers(run, moves) => Ok(set_tiers(run, moves, planning)),
        }
    }
}

/// The recalculation first: what an entry did is told by its first change.
fn set_tiers(run: &TierRun, moves: &[TierMoves], planning: &mut Planning<'_>) -> Vec<Change> {
    // The order of recalculations is that of their times, also where a clock was set back or two are of one second.
    let last = planning.book.standards().runs().iter().map(|run| run.at.plus_seconds(1)).max();
    let at = last.map_or(planning.now, |last| last.max(planning.now));
    let mut run = TierRun { id: planning.ids.next(planning.now), at, ..run.clone() };
    let mut born = Vec::new();
    for moves in moves {
        let moves = TierMoves { id: planning.ids.next(planning.now), run: Some(run.id), ..moves.clone() };
        run.moves.push(moves.id);
        born.push(Change::Born(moves.into()));
    }
    std::iter::once(Change::Born(run.into())).chain(born).collect()
}

fn add_customer(
    customer: &Customer,
    contacts: &[Contact],
    planning: &mut Planning<'_>,
) -> Result<Vec<Change>, Refusal> {
    let mut customer = customer.clone();
    if customer.name.trim().is_empty() {
        return Err(Refusal::NoName);
    }
    if customer.id == Id::BOOK {
        customer.id = planning.ids.next(planning.now);
    }
    if customer.code.trim().is_empty() {
        customer.code = Codes::of(planning.book).next(planning.now);
    }
    check_code(planning.book, customer.id, &customer.code)?;
    let home = customer.id;
    let mut changes = vec![Change::Born(customer.into())];
    for contact in contacts.iter().filter(|contact| !contact.name.trim().is_empty()) {
        let id = planning.ids.next(planning.now);
        changes.push(Change::Born(Contact { id, customer: Some(home), ..contact.clone() }.into()));
    }
    Ok(changes)
}

fn add(record: &Record, planning: &mut Planning<'_>) -> Result<Vec<Change>, Refusal> {
    if let Record::Customer(customer) = record {
        return add_customer(customer, &[], planning);
    }
    let mut record = record.clone();
    if record.id() == Id::BOOK {
        record.set_id(planning.ids.next(planning.now));
    }
    let home = record.home();
    let customer_is_there =
        planning.dossiers.iter().any(|dossier| dossier.home() == home && dossier.customer().is_some());
    if home != Id::BOOK && home != record.id() && !customer_is_there {
        return Err(Refusal::NotThere);
    }
    Ok(vec![Change::Born(record)])
}

fn edit(
    kind: Kind,
    id: Id,
    home: Id,
    fields: &[(u16, Value)],
    planning: &Planning<'_>,
) -> Result<Vec<Change>, Refusal> {
    let before = record(planning, id, home).filter(|record| record.kind() == kind).ok_or(Refusal::NotThere)?;
    let mut after = before.clone();
    for (field, value) in fields {
        if !after.set(*field, value.clone()) {
            return Err(Refusal::WrongValue);
        }
    }
    if let Record::Customer(customer) = &after {
        if customer.name.trim().is_empty() && customer.code.trim().is_empty() {
            return Err(Refusal::NoName);
        }
        // A code that stays is looked at by nobody: over a whole book of edits that would be a look at every pair.
        if !matches!(&before, Record::Customer(before) if before.code == customer.code) {
            check_code(planning.book, id, &customer.code)?;
        }
    }
    let changes = before.changes_to(&after);
    if changes.is_empty() { Err(Refusal::NothingToDo) } else { Ok(changes) }
}

fn remove(id: Id, home: Id, planning: &Planning<'_>) -> Result<Vec<Change>, Refusal> {
    let gone = record(planning, id, home).ok_or(Refusal::NotThere)?;
    if gone.kind() != Kind::Customer {
        return Ok(vec![Change::Gone(gone)]);
    }
    let dossier = planning.dossier(home).ok_or(Refusal::NotThere)?;
    let rest = dossier.records().filter(|record| record.id() != id);
    // The customer first: what an entry did is told by its first change.
    Ok(std::iter::once(gone).chain(rest).map(Change::Gone).collect())
}

fn record(planning: &Planning<'_>, id: Id, home: Id) -> Option<Record> {
    planning.dossier(home)?.get(id)
}

fn check_code(book: &Book, own: Id, code: &str) -> Result<(), Refusal> {
    let taken = book.rows().find(|(_, row)| row.id != own && !code.is_empty() && row.text(RowText::Code) == code);
    match taken {
        Some((_, row)) => Err(Refusal::CodeTaken { code: code.to_owned(), name: row.name().to_owned() }),
        None => Ok(()),
    }
}

/// Makes codes like C2023001: the year, and a number after the highest there is.
#[derive(Clone, Debug)]
pub struct Codes {
    highest: std::collections::HashMap<i32, u32>,
}

impl Codes {
    /// Codes that go on from those of the book.
    pub fn of(book: &Book) -> Codes {
        let mut codes = Codes { highest: std::collections::HashMap::new() };
        for (_, row) in book.rows() {
            codes.saw(row.text(RowText::Code));
        }
        codes
    }

    /// Takes note of a code in use.
    pub fn saw(&mut self, code: &str) {
        let digits =
            code.strip_prefix('C').filter(|digits| digits.len() >= 7 && digits.bytes().all(|b| b.is_ascii_digit()));
        let parts = digits.and_then(|digits| digits.split_at_checked(4));
        if let Some((Ok(year), Ok(number))) = parts.map(|(year, number)| (year.parse(), number.parse())) {
            let highest = self.highest.entry(year).or_insert(0);
            *highest = (*highest).max(number);
        }
    }

    /// The next code of the year of `now`.
    pub fn next(&mut self, now: Moment) -> String {
        let year = now.day().month().year();
        let highest = self.highest.entry(year).or_insert(0);
        *highest += 1;
        format!("C{year}{:03}", *highest)
    }
}

/// The command that makes `before` into `after`; `None` when they are equal.
pub fn edit_between(before: &Record, after: &Record) -> Option<Command> {
    let fields: Vec<(u16, Value)> = before
        .changes_to(after)
        .into_iter()
        .filter_map(|change| match change {
            Change::Set(SetField { field, after, .. }) => Some((field, after)),
            _ => None,
        })
        .collect();
    let (kind, id, home) = (before.kind(), before.id(), before.home());
    (!fields.is_empty()).then_some(Command::Edit { kind, id, home, fields })
}
