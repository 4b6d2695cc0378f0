//! What came from files, matched with what is there and written as one group that can be undone as one.

use crate::book::command::{Codes, Refusal};
use crate::book::row::RowText;
use crate::desk::Desk;
use crate::desk::trouble::Trouble;
use crate::domain::change::Change;
use crate::domain::choice::StageRole;
use crate::domain::customer::Customer;
use crate::domain::deal::Stage;
use crate::domain::id::Id;
use crate::domain::people::Owner;
use crate::domain::record::{Kind, Record};
use crate::domain::time::Moment;
use crate::domain::value::Value;
use crate::exchange::intake::harvest::Harvest;
use crate::exchange::intake::{Incoming, Intake, LinkWord};
use crate::exchange::text_key::normal_name;
use crate::store::dossier::Dossier;
use crate::store::entry::{Cause, Durability, Target};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Changes of one entry at most.
const CHANGES_AN_ENTRY: usize = 1_000;
/// Entries after which the working copy is put in order.
const RESTS_AFTER: u64 = 50;
/// Entries after which the store gives back the memory that writing took, in the middle of a large import.
const RESTS_EVERY: u64 = 256;

/// What may be done with rows that match a record, and with those that do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Only new records.
    Create,
    /// Only records that are there.
    Update,
    /// Both.
    #[default]
    Both,
}

/// How an import is to go.
pub struct Importing<'a> {
    /// What may be done.
    pub mode: Mode,
    /// Only count what would be done.
    pub dry_run: bool,
    /// Told of homes done and of how many; answers false to stop. What was done is then undone.
    pub progress: &'a mut dyn FnMut(u64, u64) -> bool,
}

/// What became of the rows of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records made.
    pub created: u64,
    /// Records changed.
    pub updated: u64,
    /// Records that were so already.
    pub unchanged: u64,
    /// Rows that were not taken.
    pub refused: u64,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The group it can be undone by; none when nothing was written.
    pub group: Option<Id>,
    /// By kind of record.
    pub counts: BTreeMap<Kind, Counts>,
    /// Stages met for the first time, added as open.
    pub new_stages: Vec<String>,
    /// It was stopped, and nothing is left of it.
    pub stopped: bool,
}

/// One record to be, with the home it will have.
struct Arriving {
    id: Id,
    kind: Kind,
    home: Id,
    fields: Vec<(u16, Value)>,
    /// Records of the same home as the file names them: a contact, a deal.
    within: Vec<(u16, LinkWord)>,
    /// Whether `id` was only given because nothing matched so far.
    fresh: bool,
}

impl Desk {
    /// Takes in what files said.
    pub fn import(&mut self, intake: Intake, importing: Importing<'_>, now: Moment) -> Result<Imported, Trouble> {
        if self.is_read_only() && !importing.dry_run {
            return Err(Trouble::Refused(Refusal::ReadOnly));
        }
        let names: Vec<&str> = intake.files.iter().map(|file| file.name.as_str()).collect();
        let name = names.join(" ");
        let mut imported = Imported::default();
        let known = self.known(&intake.incoming)?;
        let mut matching = Matching::new(self, known, importing.mode, now);
        for incoming in intake.incoming.iter() {
            matching.take(incoming, self);
        }
        let Matching { mut arriving, counts, new_stages, .. } = matching;
        imported.counts = counts;
        imported.new_stages = new_stages;
        drop(intake.incoming);
        // Homes keep together, so that each dossier is read and written once; the book's own come first.
        arriving.waiting.sort_by_key(|record| record.home);
        self.write_homes(&arriving, &name, importing, now, &mut imported)?;
        Ok(imported)
    }

    /// Takes in records as they are, each vector the records of one home or of the book: for sample books. It is how the
    /// book began, and no act of anybody's: undo does not take it back.
    pub fn fill(
        &mut self,
        pieces: impl Iterator<Item = Vec<Record>>,
        now: Moment,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), Trouble> {
        let (group, first) = (self.ids.next(now), self.store.next_seq());
        let mut waiting: Vec<Change> = Vec::new();
        for (done, piece) in (1..).zip(pieces) {
            waiting.extend(piece.into_iter().map(Change::Born));
            if waiting.len() >= CHANGES_AN_ENTRY {
                self.write_part(std::mem::take(&mut waiting), group, &Cause::Found, now)?;
                progress(done);
            }
        }
        if !waiting.is_empty() {
            self.write_part(waiting, group, &Cause::Found, now)?;
        }
        self.end_group(group, first, now)
    }

    fn write_homes(
        &mut self,
        queue: &Queue,
        name: &str,
        importing: Importing<'_>,
        now: Moment,
        imported: &mut Imported,
    ) -> Result<(), Trouble> {
        let (group, first) = (self.ids.next(now), self.store.next_seq());
        let cause = Cause::Import(name.to_owned());
        let mut codes = Codes::of(&self.book);
        let mut waiting: Vec<Change> = Vec::new();
        let homes = || queue.waiting.chunk_by(|one, other| one.home == other.home);
        let of = homes().count() as u64;
        for (done, queued) in (1..).zip(homes()) {
            let home = queued.first().map_or(Id::BOOK, |record| record.home);
            let arriving = queued.iter().filter_map(|record| queue.unpack(record)).collect();
            let dossier = self.store.dossier(home)?;
            let changes = changes_of_home(arriving, &dossier, importing.mode, &mut codes, now, &mut imported.counts);
            waiting.extend(changes);
            if waiting.len() >= CHANGES_AN_ENTRY && !importing.dry_run {
                imported.group = Some(group);
                self.write_part(std::mem::take(&mut waiting), group, &cause, now)?;
            }
            if !(importing.progress)(done, of) {
                imported.stopped = true;
                break;
            }
        }
        if importing.dry_run {
            return Ok(());
        }
        if imported.stopped {
            return self.take_back(imported, first, now);
        }
        if !waiting.is_empty() {
            imported.group = Some(group);
            self.write_part(waiting, group, &cause, now)?;
        }
        if imported.group.is_some() { self.end_group(group, first, now) } else { Ok(()) }
    }

    /// Undoes what was written of an import that was stopped.
    fn take_back(&mut self, imported: &mut Imported, first: u64, now: Moment) -> Result<(), Trouble> {
        if let Some(group) = imported.group.take() {
            self.end_group(group, first, now)?;
            self.undo_chosen(Target::Group(group), now)?;
        }
        Ok(())
    }

    fn write_part(&mut self, changes: Vec<Change>, group: Id, cause: &Cause, now: Moment) -> Result<(), Trouble> {
        for changes in changes.chunks(CHANGES_AN_ENTRY) {
            let touched = self.touch(changes)?;
            let seq = self.append(changes.to_vec(), Some(group), cause.clone(), now, Durability::Later)?;
            self.settle(seq, changes, touched, true)?;
            if seq.is_multiple_of(RESTS_EVERY) {
                self.store.rest()?;
            }
        }
        Ok(())
    }

    fn end_group(&mut self, group: Id, first: u64, now: Moment) -> Result<(), Trouble> {
        let seq = self.append(Vec::new(), Some(group), Cause::GroupEnd, now, Durability::Now)?;
        self.settle(seq, &[], BTreeMap::new(), true)?;
        if self.store.next_seq() - first > RESTS_AFTER {
            self.store.rest()?;
        }
        Ok(())
    }

    /// Records that are there and may come again: those with an incoming number wherever they are kept, and those of no
    /// customer, each by what it is known again.
    fn known(&self, incoming: &Harvest) -> Result<Known, Trouble> {
        let mut known = Known::new();
        let numbers = [Kind::Order, Kind::Deal].into_iter().flat_map(|kind| incoming.of(kind));
        let wanted: HashSet<String> =
            numbers.filter_map(|record| text_of(&record.fields, record.kind, "number").map(str::to_owned)).collect();
        let alone = incoming.iter().any(|record| {
            let customer = number_of(record.kind, "customer");
            customer.is_some()
                && record.under.is_none()
                && !record.links.iter().any(|(field, _)| Some(*field) == customer)
        });
        if (wanted.is_empty() && !alone) || self.book.is_empty() {
            return Ok(known);
        }
        for dossier in self.store.dossiers()? {
            let dossier = dossier?;
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
        Ok(known)
    }
}

/// By what records are known again: where they are kept, and which they are.
type Known = HashMap<(Kind, String), (Id, Id)>;

/// A record to be, its content packed until its home is written.
#[derive(Clone, Copy)]
struct Waiting {
    id: Id,
    home: Id,
    place: u32,
    fresh: bool,
}

/// All records to be.
#[derive(Default)]
struct Queue {
    waiting: Vec<Waiting>,
    packed: Harvest,
}

impl Queue {
    fn push(&mut self, arriving: Arriving) {
        let Arriving { id, kind, home, fields, within, fresh } = arriving;
        self.waiting.push(Waiting { id, home, place: self.packed.len() as u32, fresh });
        self.packed.push(Incoming { kind, file: 0, line: 0, under: None, fields, links: within });
    }

    fn unpack(&self, waiting: &Waiting) -> Option<Arriving> {
        let Waiting { id, home, place, fresh } = *waiting;
        let Incoming { kind, fields, links, .. } = self.packed.get(place as usize)?;
        Some(Arriving { id, kind, home, fields, within: links, fresh })
    }
}

/// Finds for each incoming record which one it is, or that it is new.
struct Matching {
    by_code: HashMap<String, Id>,
    by_name: HashMap<String, Vec<Id>>,
    owners: HashMap<String, Id>,
    stages: HashSet<String>,
    known: Known,
    places: Vec<Option<Id>>,
    arriving: Queue,
    counts: BTreeMap<Kind, Counts>,
    new_stages: Vec<String>,
    mode: Mode,
    now: Moment,
}

impl Matching {
    fn new(desk: &Desk, known: Known, mode: Mode, now: Moment) -> Matching {
        let mut by_code = HashMap::new();
        let mut by_name: HashMap<String, Vec<Id>> = HashMap::new();
        for (_, row) in desk.book.rows() {
            let code = row.text(RowText::Code);
            if !code.is_empty() {
                by_code.insert(code.to_owned(), row.id);
            }
            by_name.entry(normal_name(row.text(RowText::Name))).or_default().push(row.id);
        }
        let stages = desk.book.standards().stages().iter().map(|stage| stage.key.clone()).collect();
        Matching {
            by_code,
            by_name,
            owners: HashMap::new(),
            stages,
            known,
            places: Vec::new(),
            arriving: Queue::default(),
            counts: BTreeMap::new(),
            new_stages: Vec::new(),
            mode,
            now,
        }
    }

    fn take(&mut self, incoming: Incoming, desk: &mut Desk) {
        let Incoming { kind, under, mut fields, links, .. } = incoming;
        let under = under.and_then(|place| self.places.get(place as usize).copied().flatten());
        let (mut within, mut several) = (Vec::new(), Vec::new());
        for (field, word) in links {
            match name_of(kind, field) {
                "contact" | "reports_to" | "deal" => within.push((field, word)),
                "helpers" => several.extend(self.owner(&word, desk).map(|id| (field, id))),
                _ => fields.extend(self.linked(kind, field, &word, desk).map(|id| (field, Value::Link(id)))),
            }
        }
        if let Some((field, _)) = several.first() {
            fields.push((*field, Value::Links(several.iter().map(|(_, id)| *id).collect())));
        }
        if let (Some(customer), Some(number)) = (under, number_of(kind, "customer")) {
            fields.push((number, Value::Link(customer)));
        }
        self.note_stage(kind, &fields);
        // The date is what an order is known and counted by; its reader has already said that it is missing.
        let date = number_of(Kind::Order, "date");
        if kind == Kind::Order && !fields.iter().any(|(field, _)| Some(*field) == date) {
            self.counts.entry(kind).or_default().refused += 1;
            self.places.push(None);
            return;
        }
        let placed = match kind {
            Kind::Customer => self.customer(fields, desk),
            _ => self.other(kind, fields, within, desk),
        };
        self.places.push(placed);
    }

    /// The customer a row means: by code, else by its exact name if only one has it, else a new one.
    fn customer(&mut self, fields: Vec<(u16, Value)>, desk: &mut Desk) -> Option<Id> {
        let code = text_of(&fields, Kind::Customer, "code").unwrap_or("").to_owned();
        let name = text_of(&fields, Kind::Customer, "name").unwrap_or("").to_owned();
        let found = self.find(&code, &name);
        if found.is_none() && self.mode == Mode::Update {
            self.counts.entry(Kind::Customer).or_default().refused += 1;
            return None;
        }
        let id = found.unwrap_or_else(|| self.name_customer(&code, &name, desk));
        self.arriving.push(Arriving {
            id,
            kind: Kind::Customer,
            home: id,
            fields,
            within: Vec::new(),
            fresh: found.is_none(),
        });
        Some(id)
    }

    fn find(&self, code: &str, name: &str) -> Option<Id> {
        let by_code = || self.by_code.get(code).copied().filter(|_| !code.is_empty());
        let by_name = || match self.by_name.get(&normal_name(name)).map(Vec::as_slice) {
            Some([only]) if !name.is_empty() => Some(*only),
            _ => None,
        };
        // A code nobody has is a new customer, even under a name that is there: firms of one name have codes to tell them apart.
        if code.is_empty() { by_name() } else { by_code() }
    }

    fn name_customer(&mut self, code: &str, name: &str, desk: &mut Desk) -> Id {
        let id = desk.ids.next(self.now);
        if !code.is_empty() {
            self.by_code.insert(code.to_owned(), id);
        }
        if !name.is_empty() {
            self.by_name.entry(normal_name(name)).or_default().push(id);
        }
        id
    }

    /// The record a word means; a customer or person nobody has heard of is made.
    fn linked(&mut self, kind: Kind, field: u16, word: &LinkWord, desk: &mut Desk) -> Option<Id> {
        match name_of(kind, field) {
            "owner" | "manager" | "assigned" => self.owner(word, desk),
            "customer" | "parent" | "dealer" => self.customer_called(word, desk),
            _ => None,
        }
    }

    fn owner(&mut self, word: &LinkWord, desk: &Desk) -> Option<Id> {
        let name = if word.name.trim().is_empty() { word.code.trim() } else { word.name.trim() };
        if name.is_empty() {
            return None;
        }
        let known = || desk.book.standards().owner_called(name).map(|owner| owner.id);
        if let Some(id) = self.owners.get(&normal_name(name)).copied().or_else(known) {
            return Some(id);
        }
        let owner = Owner::called(name);
        self.owners.insert(normal_name(name), owner.id);
        let id = owner.id;
        let fields = vec![(number_of(Kind::Owner, "name")?, Value::Text(owner.name))];
        self.arriving.push(Arriving { id, kind: Kind::Owner, home: Id::BOOK, fields, within: Vec::new(), fresh: true });
        Some(id)
    }

    fn customer_called(&mut self, word: &LinkWord, desk: &mut Desk) -> Option<Id> {
        let (code, name) = (word.code.trim(), word.name.trim());
        if code.is_empty() && name.is_empty() {
            return None;
        }
        if let Some(id) = self.find(code, name) {
            return Some(id);
        }
        if self.mode == Mode::Update {
            return None;
        }
        let id = self.name_customer(code, name, desk);
        let texts = [("code", code), ("name", name)].into_iter().filter(|(_, text)| !text.is_empty());
        let fields =
            texts.filter_map(|(field, text)| Some((number_of(Kind::Customer, field)?, Value::Text(text.to_owned()))));
        let fields = fields.collect();
        self.arriving.push(Arriving { id, kind: Kind::Customer, home: id, fields, within: Vec::new(), fresh: true });
        Some(id)
    }

    /// A record of another kind goes to its home; which record there it is, is found when the dossier is read.
    fn other(
        &mut self,
        kind: Kind,
        fields: Vec<(u16, Value)>,
        within: Vec<(u16, LinkWord)>,
        desk: &mut Desk,
    ) -> Option<Id> {
        let id = if kind == Kind::Owner { owner_id(&fields) } else { desk.ids.next(self.now) };
        let mut record = Record::empty(kind, id);
        for (field, value) in &fields {
            record.set(*field, value.clone());
        }
        // One of a customer is looked for in its dossier, unless it has a number and may have come without the customer.
        let homeless = record.home() == id;
        let key = natural_key(&record).filter(|(_, key)| homeless || key.starts_with('#'));
        let (home, id, fresh) = match key.as_ref().and_then(|key| self.known.get(key)) {
            Some((home, id)) => (*home, *id, false),
            None => (record.home(), id, true),
        };
        self.known.extend(key.filter(|_| homeless).map(|key| (key, (home, id))));
        self.arriving.push(Arriving { id, kind, home, fields, within, fresh });
        None
    }

    /// A stage nobody has heard of is added as open, after the others.
    fn note_stage(&mut self, kind: Kind, fields: &[(u16, Value)]) {
        if kind != Kind::Deal {
            return;
        }
        let Some(stage) = text_of(fields, kind, "stage").filter(|stage| !self.stages.contains(*stage)) else { return };
        let stage = stage.to_owned();
        self.stages.insert(stage.clone());
        let record = Record::from(Stage {
            id: Id::of_name(&format!("stage/{stage}")),
            key: stage.clone(),
            zh: stage.clone(),
            en: stage.clone(),
            role: Some(StageRole::Open),
            position: self.stages.len() as u32,
            ..Stage::default()
        });
        let fields =
            Kind::Stage.fields().iter().filter_map(|(number, _)| Some((*number, record.get(*number)?))).collect();
        let (id, within) = (record.id(), Vec::new());
        self.arriving.push(Arriving { id, kind: Kind::Stage, home: Id::BOOK, fields, within, fresh: true });
        self.new_stages.push(stage);
    }
}

fn owner_id(fields: &[(u16, Value)]) -> Id {
    Owner::called(text_of(fields, Kind::Owner, "name").unwrap_or("")).id
}

/// The name of a field by its number.
fn name_of(kind: Kind, field: u16) -> &'static str {
    kind.fields().iter().find(|(number, _)| *number == field).map_or("", |(_, name)| *name)
}

/// The number of a field by its name.
fn number_of(kind: Kind, name: &str) -> Option<u16> {
    kind.fields().iter().find(|(_, other)| *other == name).map(|(number, _)| *number)
}

fn text_of<'a>(fields: &'a [(u16, Value)], kind: Kind, name: &str) -> Option<&'a str> {
    let number = number_of(kind, name)?;
    fields.iter().rev().find_map(|(field, value)| match value {
        Value::Text(text) if *field == number => Some(text.as_str()),
        _ => None,
    })
}

/// What makes the dossier of one home hold what arrived.
fn changes_of_home(
    arriving: Vec<Arriving>,
    dossier: &Dossier,
    mode: Mode,
    codes: &mut Codes,
    now: Moment,
    counts: &mut BTreeMap<Kind, Counts>,
) -> Vec<Change> {
    let mut there: Vec<(Record, Option<Record>)> =
        dossier.records().map(|record| (record.clone(), Some(record))).collect();
    let mut by_id: HashMap<Id, usize> =
        there.iter().enumerate().map(|(place, (record, _))| (record.id(), place)).collect();
    let mut by_key: HashMap<(Kind, String), usize> =
        there.iter().enumerate().filter_map(|(place, (record, _))| Some((natural_key(record)?, place))).collect();
    let mut touched: BTreeMap<usize, bool> = BTreeMap::new();
    for record in arriving {
        let mut record = record;
        for (field, word) in &record.within {
            record.fields.extend(called_within(&there, record.kind, *field, word).map(|id| (*field, Value::Link(id))));
        }
        let mut after = Record::empty(record.kind, record.id);
        put(&mut after, record.fields.clone());
        let same = by_id.get(&record.id).or_else(|| by_key.get(&natural_key(&after)?)).copied();
        let place = match same {
            Some(place) => {
                if let Some((kept, _)) = there.get_mut(place) {
                    put(kept, record.fields);
                }
                place
            }
            None => {
                debug_assert!(record.fresh || dossier.is_empty());
                let place = there.len();
                by_id.insert(record.id, place);
                by_key.extend(natural_key(&after).map(|key| (key, place)));
                there.push((after, None));
                place
            }
        };
        touched.insert(place, true);
    }
    let mut changes = Vec::new();
    for place in touched.into_keys() {
        let Some((after, before)) = there.get_mut(place) else { continue };
        if let (Record::Customer(customer), None) = (&mut *after, &before) {
            give_code(customer, codes, now);
        }
        let counted = counts.entry(after.kind()).or_default();
        match before {
            None if mode == Mode::Update => counted.refused += 1,
            Some(_) if mode == Mode::Create => counted.unchanged += 1,
            None => {
                counted.created += 1;
                changes.push(Change::Born(after.clone()));
            }
            Some(before) => {
                let set = before.changes_to(after);
                if set.is_empty() {
                    counted.unchanged += 1;
                } else {
                    counted.updated += 1;
                }
                changes.extend(set);
            }
        }
    }
    changes
}

/// The contact or deal of one home that goes by a word.
fn called_within(there: &[(Record, Option<Record>)], kind: Kind, field: u16, word: &LinkWord) -> Option<Id> {
    let name = normal_name(&word.name);
    let is_deal = name_of(kind, field) == "deal";
    let called = |record: &&(Record, Option<Record>)| match &record.0 {
        Record::Contact(contact) if !is_deal => normal_name(&contact.name) == name,
        Record::Deal(deal) if is_deal => normal_name(&deal.number) == name || normal_name(&deal.title) == name,
        _ => false,
    };
    there.iter().find(called).map(|(record, _)| record.id()).filter(|_| !name.is_empty())
}

fn give_code(customer: &mut Customer, codes: &mut Codes, now: Moment) {
    if customer.code.is_empty() {
        customer.code = codes.next(now);
    } else {
        codes.saw(&customer.code);
    }
}

/// Puts fields into a record; own fields are added to those there, and a file's silence changes nothing.
fn put(record: &mut Record, fields: Vec<(u16, Value)>) {
    for (field, value) in fields {
        let merged = match (record.get(field), value) {
            (Some(Value::Pairs(mut pairs)), Value::Pairs(new)) => {
                for (name, text) in new {
                    match pairs.iter_mut().find(|(other, _)| *other == name) {
                        Some(pair) => pair.1 = text,
                        None => pairs.push((name, text)),
                    }
                }
                Value::Pairs(pairs)
            }
            (_, value) => value,
        };
        record.set(field, merged);
    }
}

/// By what a record is known again when its file comes a second time.
fn natural_key(record: &Record) -> Option<(Kind, String)> {
    let key = match record {
        Record::Customer(_) => return None,
        Record::Contact(contact) => normal_name(&contact.name),
        Record::Order(order) if order.number.is_empty() => format!("{} {}", order.date, order.amount()),
        Record::Order(order) => format!("#{}", order.number),
        Record::FollowUp(follow_up) => format!("{} {}", follow_up.at, follow_up.text),
        Record::NextStep(step) => format!("{:?} {}", step.due, step.what),
        Record::Deal(deal) if deal.number.is_empty() => format!("{} {:?}", deal.title, deal.opened),
        Record::Deal(deal) => format!("#{}", deal.number),
        Record::Feedback(feedback) => format!("{} {:?} {}", feedback.at, feedback.kind, feedback.text),
        Record::Target(target) => {
            format!("{:?} {:?} {:?} {:?} {}", target.owner, target.team, target.from, target.measure, target.group)
        }
        Record::Strategy(strategy) => strategy.title.clone(),
        Record::Owner(owner) => normal_name(&owner.name),
        Record::Team(team) => normal_name(&team.name),
        Record::Cost(cost) => format!("{} {:?} {:?} {}", cost.source, cost.from, cost.purpose, cost.note),
        Record::Product(product) => normal_name(&product.name),
        Record::ListItem(item) => format!("{:?} {}", item.list, item.key),
        Record::Stage(stage) => stage.key.clone(),
        Record::Mapping(mapping) => format!("{} {}", mapping.rows, mapping.header),
    };
    (!key.is_empty()).then(|| (record.kind(), key))
}
