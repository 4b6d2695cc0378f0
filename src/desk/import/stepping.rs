//! An import cut into steps, short enough for keys to be answered between them.

use super::altered;
use super::key::natural_key;
use super::lineage::{Came, FileRow, Source};
use super::matching::{Known, Matching, Queue, number_of, text_of};
use super::merging::changes_of_home;
use super::model::{CHANGES_AN_ENTRY, Counts, Imported, Mode};
use crate::book::command::Codes;
use crate::book::planning::Refusal;
use crate::book::row::RowText;
use crate::desk::Desk;
use crate::desk::trouble::Trouble;
use crate::desk::undoing::Turning;
use crate::domain::change::Change;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::time::Moment;
use crate::domain::value::Value;
use crate::exchange::intake::Incoming;
use crate::exchange::intake::harvest::Harvest;
use crate::exchange::text_key::normal_name;
use crate::store::dossier::Dossier;
use crate::store::entry::{Cause, Draft};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// What is to be taken in, and what was decided about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// The files' names, as the journal tells them.
    pub name: String,
    /// The files, as the lineage of what they bring names them.
    pub sources: Vec<Source>,
    /// What they said.
    pub incoming: Arc<Harvest>,
    /// What may be done.
    pub mode: Mode,
    /// Only count what would be done.
    pub dry_run: bool,
    /// Customers of the files, by code and name, that are one of the book under another name.
    pub same: Vec<(String, String, Id)>,
    /// Words of the files for people of the book.
    pub people: Vec<(String, Id)>,
}

/// An import under way. Until it is done its group has no end: should the program be killed, the next opening of the
/// book takes it back.
pub struct Import {
    load: Load,
    now: Moment,
    group: Id,
    cause: Cause,
    phase: Phase,
    imported: Imported,
    done: u64,
    of: u64,
}

enum Phase {
    /// The book is looked through for what may come again.
    Knowing { wanted: HashSet<String>, known: Known, after: Option<Id> },
    /// Each incoming record is matched.
    Matching(Box<Matching>, usize),
    /// What arrived is written, home by home.
    Writing(Box<Writing>),
    /// What was written is taken back.
    TakingBack(Box<Turning>),
    /// Nothing is left to do.
    Over,
}

struct Writing {
    queue: Queue,
    at: usize,
    codes: Codes,
    waiting: Vec<Change>,
    /// Where each of those came from.
    rows: Vec<FileRow>,
    entries: u64,
}

impl Import {
    /// How far it is: done, and of how many. Each of looking, matching and writing counts anew.
    pub const fn progress(&self) -> (u64, u64) {
        (self.done, self.of)
    }

    /// Whether what was written is being taken back.
    pub const fn is_taking_back(&self) -> bool {
        matches!(self.phase, Phase::TakingBack(_))
    }

    /// Whether only what would be done is counted.
    pub const fn is_trial(&self) -> bool {
        self.load.dry_run
    }

    /// What was done so far.
    pub const fn imported(&self) -> &Imported {
        &self.imported
    }

    /// What was done.
    pub fn into_imported(self) -> Imported {
        self.imported
    }

    /// Stops: what was written is taken back by the steps that follow.
    pub fn stop(&mut self) {
        if matches!(self.phase, Phase::TakingBack(_) | Phase::Over) {
            return;
        }
        self.imported.stopped = true;
        self.phase = match self.imported.group.take() {
            Some(group) => Phase::TakingBack(Box::new(Turning::unchecked(group, self.now))),
            None => Phase::Over,
        };
        (self.done, self.of) = (0, 0);
    }
}

/// Begins to take in what files said; [`step_import`] goes on with it.
pub(super) fn begin_import(desk: &mut Desk, load: Load, now: Moment) -> Result<Import, Trouble> {
    if desk.is_read_only() && !load.dry_run {
        return Err(Trouble::Refused(Refusal::ReadOnly));
    }
    let phase = match wanted(&load.incoming, desk.book.is_empty()) {
        Some(wanted) => Phase::Knowing { wanted, known: Known::new(), after: None },
        None => begin_matching(desk, Known::new(), &load, now),
    };
    let (group, cause) = (desk.ids.next(now), Cause::Import(load.name.clone()));
    let (done, of, imported) = (0, desk.book.len() as u64, Imported::default());
    Ok(Import { load, now, group, cause, phase, imported, done, of })
}

/// Goes on until `enough` says that it is, asked after each small piece of work; true when all is done. What fails is
/// taken back, as far as the disk allows it.
pub(super) fn step_import(
    desk: &mut Desk,
    import: &mut Import,
    enough: &mut dyn FnMut() -> bool,
) -> Result<bool, Trouble> {
    loop {
        let stepped = step_phase(desk, import, enough);
        if let Err(trouble) = stepped {
            let taking_back = import.is_taking_back();
            import.stop();
            if !taking_back {
                // What cannot be taken back now, the next opening takes back.
                while let Ok(false) = step_phase(desk, import, &mut || false) {}
            }
            return Err(trouble);
        }
        if matches!(import.phase, Phase::Over) {
            return Ok(true);
        }
        if enough() {
            return Ok(false);
        }
    }
}

/// Goes on within a phase; true when there is nothing left to do at all.
fn step_phase(desk: &mut Desk, import: &mut Import, enough: &mut dyn FnMut() -> bool) -> Result<bool, Trouble> {
    let phase = std::mem::replace(&mut import.phase, Phase::Over);
    import.phase = match phase {
        Phase::Knowing { wanted, mut known, after } => {
            match know_more(desk, &wanted, &mut known, after, &mut import.done, enough)? {
                Some(last) => Phase::Knowing { wanted, known, after: Some(last) },
                None => begin_matching(desk, known, &import.load, import.now),
            }
        }
        Phase::Matching(matching, at) => match_more(desk, import, matching, at, enough),
        Phase::Writing(writing) => write_more(desk, import, writing, enough)?,
        Phase::TakingBack(mut turning) => {
            let over = desk.step_turning(&mut turning, enough)?;
            (import.done, import.of) = turning.progress();
            if over { Phase::Over } else { Phase::TakingBack(turning) }
        }
        Phase::Over => Phase::Over,
    };
    Ok(matches!(import.phase, Phase::Over))
}

/// Notes records that are there and may come again: those with an incoming number wherever they are kept, and those of
/// no customer. Gives the last home looked at, or none when that was all.
fn know_more(
    desk: &Desk,
    wanted: &HashSet<String>,
    known: &mut Known,
    after: Option<Id>,
    done: &mut u64,
    enough: &mut dyn FnMut() -> bool,
) -> Result<Option<Id>, Trouble> {
    let reader = desk.store.reader()?;
    for dossier in reader.dossiers_from(after.unwrap_or(Id::BOOK)) {
        let dossier = dossier?;
        if Some(dossier.home()) == after {
            continue;
        }
        note_known(&dossier, wanted, known);
        *done += 1;
        if enough() {
            return Ok(Some(dossier.home()));
        }
    }
    Ok(None)
}

fn begin_matching(desk: &Desk, known: Known, load: &Load, now: Moment) -> Phase {
    let mut matching = Matching::new(desk, known, load.mode, now);
    for (code, name, id) in &load.same {
        if !code.is_empty() {
            matching.by_code.insert(code.clone(), *id);
        }
        if !name.is_empty() {
            matching.by_name.insert(normal_name(name), vec![*id]);
        }
    }
    matching.owners.extend(load.people.iter().map(|(word, id)| (normal_name(word), *id)));
    Phase::Matching(Box::new(matching), 0)
}

fn match_more(
    desk: &mut Desk,
    import: &mut Import,
    mut matching: Box<Matching>,
    mut at: usize,
    enough: &mut dyn FnMut() -> bool,
) -> Phase {
    import.of = import.load.incoming.len() as u64;
    while let Some(incoming) = import.load.incoming.get(at) {
        let incoming = under_its_own_name(desk, incoming, &matching, &import.load.same);
        matching.take(incoming, desk);
        at += 1;
        import.done = at as u64;
        if at.is_multiple_of(256) && enough() {
            return Phase::Matching(matching, at);
        }
    }
    let Matching { mut arriving, counts, new_stages, .. } = *matching;
    (import.imported.counts, import.imported.new_stages) = (counts, new_stages);
    import.load.incoming = Arc::default();
    // Homes keep together, so that each dossier is read and written once; the book's own come first.
    arriving.waiting.sort_by_key(|record| record.home);
    (import.done, import.of) = (0, arriving.waiting.len() as u64);
    let codes = Codes::of(&desk.book);
    Phase::Writing(Box::new(Writing {
        queue: arriving,
        at: 0,
        codes,
        waiting: Vec::new(),
        rows: Vec::new(),
        entries: 0,
    }))
}

/// A customer that is one of the book under another name keeps the name and code it has there.
fn under_its_own_name(
    desk: &Desk,
    mut incoming: Incoming,
    matching: &Matching,
    same: &[(String, String, Id)],
) -> Incoming {
    if incoming.kind != Kind::Customer || same.is_empty() {
        return incoming;
    }
    let text = |name: &str| text_of(&incoming.fields, Kind::Customer, name).unwrap_or_default().to_owned();
    let (code, name) = (text("code"), text("name"));
    let Some((_, _, id)) = same.iter().find(|(other, called, _)| (other, called) == (&code, &name)) else {
        return incoming;
    };
    let Some(row) = desk.book.row_of(*id) else { return incoming };
    let own = [("code", row.text(RowText::Code)), ("name", row.name())];
    // Without a code of its own it is found by the code it is given here.
    debug_assert!(matching.by_code.contains_key(row.text(RowText::Code)) || row.text(RowText::Code).is_empty());
    for (field, text) in own {
        let Some(number) = number_of(Kind::Customer, field) else { continue };
        incoming.fields.retain(|(field, _)| *field != number);
        incoming.fields.push((number, Value::Text(text.to_owned())));
    }
    incoming
}

fn write_more(
    desk: &mut Desk,
    import: &mut Import,
    mut writing: Box<Writing>,
    enough: &mut dyn FnMut() -> bool,
) -> Result<Phase, Trouble> {
    loop {
        let Some(home) = writing.queue.waiting.get(writing.at).map(|record| record.home) else {
            write_rest(desk, import, &mut writing)?;
            return Ok(Phase::Over);
        };
        let rest = writing.queue.waiting.get(writing.at..).unwrap_or_default();
        let length = rest.iter().take_while(|record| record.home == home).count();
        let arriving = rest.iter().take(length).filter_map(|record| writing.queue.unpack(record)).collect();
        let dossier = desk.store.dossier(home)?;
        let counts: &mut BTreeMap<Kind, Counts> = &mut import.imported.counts;
        let (changes, rows) =
            changes_of_home(arriving, &dossier, import.load.mode, &mut writing.codes, import.now, counts);
        altered::note(&mut import.imported.altered, &changes);
        writing.at += length;
        import.done = writing.at as u64;
        if !import.load.dry_run {
            writing.waiting.extend(changes);
            writing.rows.extend(rows);
        }
        if writing.waiting.len() >= CHANGES_AN_ENTRY {
            write_waiting(desk, import, &mut writing)?;
        }
        if enough() {
            return Ok(Phase::Writing(writing));
        }
    }
}

fn write_waiting(desk: &mut Desk, import: &mut Import, writing: &mut Writing) -> Result<(), Trouble> {
    import.imported.group = Some(import.group);
    let (changes, rows) = (std::mem::take(&mut writing.waiting), std::mem::take(&mut writing.rows));
    writing.entries += changes.len().div_ceil(CHANGES_AN_ENTRY) as u64;
    let part = Draft { group: Some(import.group), cause: import.cause.clone(), ..Draft::default() };
    desk.write_part(&part, &changes, Came { rows: &rows, sources: &import.load.sources }, import.now)
}

fn write_rest(desk: &mut Desk, import: &mut Import, writing: &mut Writing) -> Result<(), Trouble> {
    if !writing.waiting.is_empty() {
        write_waiting(desk, import, writing)?;
    }
    match import.imported.group {
        Some(group) => desk.end_group(group, writing.entries, import.now),
        None => Ok(()),
    }
}

/// Numbers of incoming records by which others of the book may be the same; none where the book need not be looked through.
fn wanted(incoming: &Harvest, is_empty: bool) -> Option<HashSet<String>> {
    let numbers = [Kind::Order, Kind::Deal].into_iter().flat_map(|kind| incoming.of(kind));
    let wanted: HashSet<String> =
        numbers.filter_map(|record| text_of(&record.fields, record.kind, "number").map(str::to_owned)).collect();
    let alone = || {
        incoming.iter().any(|record| {
            let customer = number_of(record.kind, "customer");
            customer.is_some()
                && record.under.is_none()
                && !record.links.iter().any(|(field, _)| Some(*field) == customer)
        })
    };
    (!is_empty && (!wanted.is_empty() || alone())).then_some(wanted)
}

fn note_known(dossier: &Dossier, wanted: &HashSet<String>, known: &mut Known) {
    let home = dossier.home();
    let homeless = home != Id::BOOK && dossier.count(Kind::Customer) == 0;
    let kinds: &[Kind] = if homeless { Kind::ALL } else { &[Kind::Order, Kind::Deal] };
    for record in kinds.iter().flat_map(|kind| dossier.of(*kind)) {
        let Some(key) = natural_key(&record) else { continue };
        if homeless || key.1.strip_prefix('#').is_some_and(|number| wanted.contains(number)) {
            known.insert(key, (home, record.id()));
        }
    }
}
