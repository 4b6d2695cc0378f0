//! Finds for each incoming record which one of the book it is, or that it is new.

use super::key::natural_key;
use super::lineage::FileRow;
use super::model::{Counts, Mode};
use crate::book::row::RowText;
use crate::desk::Desk;
use crate::domain::choice::StageRole;
use crate::domain::deal::Stage;
use crate::domain::id::Id;
use crate::domain::people::Owner;
use crate::domain::record::{Kind, Record};
use crate::domain::time::Moment;
use crate::domain::value::Value;
use crate::exchange::intake::harvest::Harvest;
use crate::exchange::intake::{Incoming, LinkWord};
use crate::exchange::text_key::normal_name;
use std::collections::{BTreeMap, HashMap, HashSet};

/// One record to be, with the home it will have.
pub(super) struct Arriving {
    pub(super) id: Id,
    pub(super) kind: Kind,
    pub(super) home: Id,
    pub(super) fields: Vec<(u16, Value)>,
    /// Records of the same home as the file names them: a contact, a deal.
    pub(super) within: Vec<(u16, LinkWord)>,
    /// Whether `id` was only given because nothing matched so far.
    pub(super) fresh: bool,
    /// Where it stands in the files.
    pub(super) row: FileRow,
}

/// By what records are known again: where they are kept, and which they are.
pub(super) type Known = HashMap<(Kind, String), (Id, Id)>;

/// A record to be, its content packed until its home is written.
#[derive(Clone, Copy)]
pub(super) struct Waiting {
    pub(super) id: Id,
    pub(super) home: Id,
    pub(super) place: u32,
    pub(super) fresh: bool,
}

/// All records to be.
#[derive(Default)]
pub(super) struct Queue {
    pub(super) waiting: Vec<Waiting>,
    pub(super) packed: Harvest,
}

impl Queue {
    pub(super) fn push(&mut self, arriving: Arriving) {
        let Arriving { id, kind, home, fields, within, fresh, row: (file, line) } = arriving;
        self.waiting.push(Waiting { id, home, place: self.packed.len() as u32, fresh });
        self.packed.push(Incoming { kind, file, line, under: None, fields, links: within });
    }

    pub(super) fn unpack(&self, waiting: &Waiting) -> Option<Arriving> {
        let Waiting { id, home, place, fresh } = *waiting;
        let Incoming { kind, file, line, fields, links, .. } = self.packed.get(place as usize)?;
        Some(Arriving { id, kind, home, fields, within: links, fresh, row: (file, line) })
    }
}

/// Finds for each incoming record which one it is, or that it is new.
pub(super) struct Matching {
    pub(super) by_code: HashMap<String, Id>,
    pub(super) by_name: HashMap<String, Vec<Id>>,
    pub(super) owners: HashMap<String, Id>,
    pub(super) teams: HashMap<String, Id>,
    pub(super) stages: HashSet<String>,
    pub(super) known: Known,
    pub(super) places: Vec<Option<Id>>,
    pub(super) arriving: Queue,
    pub(super) counts: BTreeMap<Kind, Counts>,
    pub(super) new_stages: Vec<String>,
    pub(super) mode: Mode,
    pub(super) now: Moment,
    /// Where what is matched now stands in the files.
    row: FileRow,
}

impl Matching {
    pub(super) fn new(desk: &Desk, known: Known, mode: Mode, now: Moment) -> Matching {
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
            teams: HashMap::new(),
            stages,
            known,
            places: Vec::new(),
            arriving: Queue::default(),
            counts: BTreeMap::new(),
            new_stages: Vec::new(),
            mode,
            now,
            row: (0, 0),
        }
    }

    pub(super) fn take(&mut self, incoming: Incoming, desk: &mut Desk) {
        let Incoming { kind, file, line, under, mut fields, links } = incoming;
        self.row = (file, line);
        let under = under.and_then(|place| self.places.get(place as usize).copied().flatten());
        let (mut within, mut several) = (Vec::new(), Vec::new());
        for (field, word) in links {
            match name_of(kind, field) {
                "contact" | "contacts" | "reports_to" | "deal" => within.push((field, word)),
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
        if kind == Kind::Stage {
            self.stages.extend(text_of(&fields, kind, "key").map(str::to_owned));
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
            row: self.row,
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
            "team" => self.team(word, desk),
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
        self.arriving.push(Arriving {
            id,
            kind: Kind::Owner,
            home: Id::BOOK,
            fields,
            within: Vec::new(),
            fresh: true,
            row: self.row,
        });
        Some(id)
    }

    fn team(&mut self, word: &LinkWord, desk: &Desk) -> Option<Id> {
        let name = if word.name.trim().is_empty() { word.code.trim() } else { word.name.trim() };
        if name.is_empty() {
            return None;
        }
        let known = || desk.book.standards().team_called(name).map(|team| team.id);
        if let Some(id) = self.teams.get(&normal_name(name)).copied().or_else(known) {
            return Some(id);
        }
        let id = team_id(name);
        self.teams.insert(normal_name(name), id);
        let fields = vec![(number_of(Kind::Team, "name")?, Value::Text(name.to_owned()))];
        self.arriving.push(Arriving {
            id,
            kind: Kind::Team,
            home: Id::BOOK,
            fields,
            within: Vec::new(),
            fresh: true,
            row: self.row,
        });
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
        self.arriving.push(Arriving {
            id,
            kind: Kind::Customer,
            home: id,
            fields,
            within: Vec::new(),
            fresh: true,
            row: self.row,
        });
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
        let id = match kind {
            Kind::Owner => owner_id(&fields),
            Kind::Team => team_id(text_of(&fields, kind, "name").unwrap_or("")),
            _ => desk.ids.next(self.now),
        };
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
        self.arriving.push(Arriving { id, kind, home, fields, within, fresh, row: self.row });
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
        self.arriving.push(Arriving {
            id,
            kind: Kind::Stage,
            home: Id::BOOK,
            fields,
            within,
            fresh: true,
            row: self.row,
        });
        self.new_stages.push(stage);
    }
}

/// The id of a team comes of its name, so that two files that name one team mean one team.
fn team_id(name: &str) -> Id {
    Id::of_name(&format!("team/{}", name.trim().to_lowercase()))
}

pub(super) fn owner_id(fields: &[(u16, Value)]) -> Id {
    Owner::called(text_of(fields, Kind::Owner, "name").unwrap_or("")).id
}

/// The name of a field by its number.
pub(super) fn name_of(kind: Kind, field: u16) -> &'static str {
    kind.fields().iter().find(|(number, _)| *number == field).map_or("", |(_, name)| *name)
}

/// The number of a field by its name.
pub(super) fn number_of(kind: Kind, name: &str) -> Option<u16> {
    kind.fields().iter().find(|(_, other)| *other == name).map(|(number, _)| *number)
}

pub(super) fn text_of<'a>(fields: &'a [(u16, Value)], kind: Kind, name: &str) -> Option<&'a str> {
    let number = number_of(kind, name)?;
    fields.iter().rev().find_map(|(field, value)| match value {
        Value::Text(text) if *field == number => Some(text.as_str()),
        _ => None,
    })
}
