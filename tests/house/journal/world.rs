//! A small world of random records, and a plain memory of what a book should hold.

use kehu::domain::change::Change;
use kehu::domain::choice::StageRole;
use kehu::domain::deal::StageMove;
use kehu::domain::id::{Id, IdSource};
use kehu::domain::measure::{Rate, Score};
use kehu::domain::money::{Exact, Money};
use kehu::domain::order::OrderLine;
use kehu::domain::record::{Kind, Record};
use kehu::domain::time::{Day, Due, Moment};
use kehu::domain::value::{FieldValue, Value};
use kehu::store::Store;
use kehu::store::entry::{Cause, Draft};
use std::collections::{BTreeMap, BTreeSet};

/// Numbers that repeat themselves for the same seed.
pub struct Chance(u64);

impl Chance {
    pub const fn seeded(seed: u64) -> Chance {
        Chance(seed)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mixed = (self.0 ^ (self.0 >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        (mixed ^ (mixed >> 33)) % bound
    }

    fn text(&mut self) -> String {
        let long = self.below(40) == 0;
        let count = if long { self.below(9_000) } else { self.below(12) + 1 };
        let letters = ['客', '户', 'a', ' ', 'é', '🙂', '%'];
        (0..count).map(|_| letters[self.below(letters.len() as u64) as usize]).collect()
    }
}

/// What a book should hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memory {
    pub records: BTreeMap<Id, Record>,
}

impl Memory {
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Born(record) => drop(self.records.insert(record.id(), record.clone())),
            Change::Gone(record) => drop(self.records.remove(&record.id())),
            Change::Set(set) => {
                if let Some(record) = self.records.get_mut(&set.id) {
                    assert!(record.set(set.field, set.after.clone()));
                }
            }
        }
    }

    /// What the store holds, read in two ways.
    pub fn of(store: &Store) -> Memory {
        let mut records = BTreeMap::new();
        let mut homes = BTreeSet::new();
        store
            .scan(|dossier| {
                assert!(homes.insert(dossier.home()), "a home twice");
                for record in dossier.records() {
                    assert_eq!(record.home(), dossier.home());
                    assert!(records.insert(record.id(), record).is_none(), "a record twice");
                }
            })
            .unwrap();
        assert_eq!(homes, store.homes().unwrap().map(Result::unwrap).collect());
        for home in homes {
            let dossier = store.dossier(home).unwrap();
            assert!(dossier.records().all(|record| records.get(&record.id()) == Some(&record)));
            assert!(dossier.history().is_sorted());
        }
        Memory { records }
    }
}

/// Makes records and changes.
pub struct World {
    pub ids: IdSource,
    pub chance: Chance,
    customers: Vec<Id>,
}

pub const NOW: Moment = Moment::from_parts(1_700_000_000, 480);

impl World {
    pub fn seeded(seed: u64) -> World {
        let mut ids = IdSource::seeded(seed);
        let customers = (0..4).map(|_| ids.next(NOW)).collect();
        World { ids, chance: Chance::seeded(seed), customers }
    }

    pub fn draft(&mut self, cause: Cause, group: Option<Id>, changes: Vec<Change>) -> Draft {
        Draft { id: self.ids.next(NOW), at: NOW, by: "王芳".to_owned(), group, cause, changes, ..Draft::default() }
    }

    /// A few changes that follow from what is there.
    pub fn changes(&mut self, memory: &Memory) -> Vec<Change> {
        let mut after = memory.clone();
        let mut changes = Vec::new();
        for _ in 0..=self.chance.below(4) {
            for change in self.one_act(&after) {
                after.apply(&change);
                changes.push(change);
            }
        }
        changes
    }

    fn one_act(&mut self, memory: &Memory) -> Vec<Change> {
        let count = memory.records.len() as u64;
        if count == 0 || self.chance.below(10) < 5 {
            let kind = Kind::ALL[self.chance.below(Kind::ALL.len() as u64) as usize];
            let id = self.ids.next(NOW);
            return vec![Change::Born(self.filled(Record::empty(kind, id), 3))];
        }
        let index = self.chance.below(count) as usize;
        let record = memory.records.values().nth(index).unwrap().clone();
        if self.chance.below(10) < 3 {
            return vec![Change::Gone(record)];
        }
        let after = self.filled(record.clone(), 4);
        record.changes_to(&after)
    }

    /// The record with about one field in `rarely` filled with something.
    pub fn filled(&mut self, mut record: Record, rarely: u64) -> Record {
        for (field, name) in record.kind().fields() {
            if self.chance.below(rarely) > 0 {
                continue;
            }
            if *name == "customer" {
                let customer = self.customers[self.chance.below(4) as usize];
                record.set(*field, if self.chance.below(5) == 0 { Value::Empty } else { Value::Link(customer) });
                continue;
            }
            let from = self.chance.below(40);
            let values = self.values();
            let count = values.len();
            values.into_iter().cycle().skip(from as usize % count).take(count).any(|value| record.set(*field, value));
        }
        record
    }

    /// A value of every kind.
    pub fn values(&mut self) -> Vec<Value> {
        let small = self.chance.below(3000) as i64;
        let stage =
            StageMove { stage: "won".to_owned(), at: Some(NOW), by: self.chance.text(), ..StageMove::default() };
        let line = OrderLine {
            product: self.chance.text(),
            category: String::new(),
            quantity: small,
            amount: Exact::from_parts(small * 77),
            cost: None,
            ..OrderLine::default()
        };
        vec![
            Value::Text(self.chance.text()),
            Value::Whole(small as u32),
            Value::Flag(small % 2 == 0),
            Value::Choice(1 + (small % 2) as u8),
            Value::Choice(u8::from(StageRole::Open)),
            Value::Day(Day::from_number(small as i32)),
            Value::Moment(NOW.plus_seconds(small)),
            Value::Due(Due::on(Day::from_number(small as i32))),
            Value::Money(Money::from_cents(-small)),
            Value::Rate(Rate::from_basis_points(small as i32)),
            Value::Score(Score::from_hundredths(small as i32)),
            Value::Link(self.ids.next(NOW)),
            Value::Texts(vec![self.chance.text(), "b".to_owned()]),
            Value::Links(vec![self.ids.next(NOW)]),
            Value::Pairs(vec![("k".to_owned(), self.chance.text())]),
            vec![line].to_value(),
            vec![stage].to_value(),
        ]
    }
}
