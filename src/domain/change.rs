//! What happened to one record, kept with what it replaced.

use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::domain::value::Value;
use serde::{Deserialize, Serialize};

/// One thing that happened. It can be turned round, for it carries what was before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// A record came to be.
    Born(Record),
    /// A record went, as it was last.
    Gone(Record),
    /// One field of a record was changed.
    Set(SetField),
}

/// One field of one record changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetField {
    /// The record's kind.
    pub kind: Kind,
    /// The record.
    pub id: Id,
    /// Where the record was kept before the change: see [`Record::home`].
    pub home: Id,
    /// The field's number.
    pub field: u16,
    /// What it held.
    pub before: Value,
    /// What it holds now.
    pub after: Value,
}

impl Change {
    /// The change that takes this one back.
    pub fn inverted(self) -> Change {
        match self {
            Change::Born(record) => Change::Gone(record),
            Change::Gone(record) => Change::Born(record),
            Change::Set(set) => {
                let home = set.home_after();
                Change::Set(SetField { home, before: set.after, after: set.before, ..set })
            }
        }
    }

    /// The kind of the record it happened to.
    pub const fn kind(&self) -> Kind {
        match self {
            Change::Born(record) | Change::Gone(record) => record.kind(),
            Change::Set(set) => set.kind,
        }
    }

    /// The record it happened to.
    pub const fn id(&self) -> Id {
        match self {
            Change::Born(record) | Change::Gone(record) => record.id(),
            Change::Set(set) => set.id,
        }
    }

    /// Where the record is to be looked for before the change, or put by a birth.
    pub fn home(&self) -> Id {
        match self {
            Change::Born(record) | Change::Gone(record) => record.home(),
            Change::Set(set) => set.home,
        }
    }

    /// Where the record is kept after the change.
    pub fn home_after(&self) -> Id {
        match self {
            Change::Born(record) | Change::Gone(record) => record.home(),
            Change::Set(set) => set.home_after(),
        }
    }
}

impl SetField {
    /// Where the record is kept after the change: a record given to another customer moves there.
    pub fn home_after(&self) -> Id {
        if !Record::empty(self.kind, self.id).home_follows(self.field) {
            return self.home;
        }
        match self.after {
            Value::Link(customer) => customer,
            _ => self.id,
        }
    }
}

impl Record {
    /// Whether the record moves to another home when this field is set.
    fn home_follows(&self, field: u16) -> bool {
        let names_customer = self.kind().fields().iter().any(|(number, name)| *number == field && *name == "customer");
        names_customer && self.home() != Id::BOOK
    }

    /// The changes that make `self` into `after`, a record of the same kind and id.
    pub fn changes_to(&self, after: &Record) -> Vec<Change> {
        let home = self.home();
        let (kind, id) = (self.kind(), self.id());
        let mut changed: Vec<SetField> = kind
            .fields()
            .iter()
            .filter_map(|(field, _)| {
                let (before, after) = (self.get(*field)?, after.get(*field)?);
                (before != after).then_some(SetField { kind, id, home, field: *field, before, after })
            })
            .collect();
        // The home is left last, so that each change finds the record where it says.
        changed.sort_by_key(|set| set.home_after() != home);
        changed.into_iter().map(Change::Set).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Change;
    use crate::domain::deal::Deal;
    use crate::domain::id::Id;
    use crate::domain::record::Record;

    fn deal(customer: Option<Id>) -> Record {
        Record::from(Deal { id: Id::from_bytes([1; 16]), customer, title: "泵".into(), ..Deal::default() })
    }

    #[test]
    fn a_change_taken_back_twice_is_the_change() {
        let (before, after) = (deal(None), deal(Some(Id::from_bytes([2; 16]))));
        for change in before.changes_to(&after) {
            assert_eq!(change.clone().inverted().inverted(), change);
        }
        let birth = Change::Born(before);
        assert_eq!(birth.clone().inverted().inverted(), birth);
    }

    #[test]
    fn a_deal_given_to_a_customer_moves_into_its_dossier() {
        let (orphan, given) = (deal(None), deal(Some(Id::from_bytes([2; 16]))));
        let changes = orphan.changes_to(&given);
        assert_eq!(changes.len(), 1);
        assert_eq!(changes.first().map(Change::home), Some(Id::from_bytes([1; 16])));
        assert_eq!(changes.first().map(Change::home_after), Some(Id::from_bytes([2; 16])));
    }

    #[test]
    fn equal_records_have_no_changes_between_them() {
        assert!(deal(None).changes_to(&deal(None)).is_empty());
    }
}
