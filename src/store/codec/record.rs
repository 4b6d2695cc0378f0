//! Records and the values of their fields as bytes: `[kind][version][body]`, the body beginning with the record's id.

use super::older::{FirstDeal, FirstMembership};
use super::{Fault, from_bytes, to_bytes};
use crate::domain::cost::Cost;
use crate::domain::customer::{Contact, Customer};
use crate::domain::deal::{Deal, Stage};
use crate::domain::feedback::Feedback;
use crate::domain::follow_up::{FollowUp, NextStep};
use crate::domain::id::Id;
use crate::domain::list::{ListItem, Mapping};
use crate::domain::order::{Order, Product};
use crate::domain::people::{Owner, Team};
use crate::domain::record::{Kind, Record};
use crate::domain::target::{Strategy, Target};
use crate::domain::tiers::{Advice, Departure, Membership, Scheme, TierHold, TierMoves, TierRun};
use crate::domain::value::Value;
use crate::domain::view::SavedView;
use crate::domain::working::{CalendarDay, Review, Rhythm, Template};

/// The version in which records of a kind are written. When a kind's struct changes, its number here rises, the old
/// struct is kept in [`super::older`], and reading makes the new one of it.
pub const fn version_of(kind: Kind) -> u8 {
    match kind {
        Kind::Deal | Kind::Membership => 2,
        _ => 1,
    }
}

/// One line here lets a kind through the door.
macro_rules! bodies {
    ($($kind:ident),+ $(,)?) => {
        fn put_body(record: &Record, into: &mut Vec<u8>) -> Result<(), Fault> {
            match record { $(Record::$kind(body) => to_bytes(body, into),)+ }
        }

        fn read_body(kind: Kind, body: &[u8]) -> Result<Record, Fault> {
            match kind { $(Kind::$kind => from_bytes::<$kind>(body, "record").map(Record::from),)+ }
        }
    };
}

bodies! {
    Customer, Contact, Order, FollowUp, NextStep, Deal, Feedback, Target, Strategy, Owner, Team, Cost, Product, ListItem,
    Stage, Mapping, Template, Rhythm, CalendarDay, Review, SavedView, Scheme, TierRun, TierHold, Advice, Departure, Membership,
    TierMoves,
}

/// A record as bytes.
pub fn write_record(record: &Record) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::with_capacity(128);
    bytes.extend([u8::from(record.kind()), version_of(record.kind())]);
    put_body(record, &mut bytes)?;
    Ok(bytes)
}

/// The record these bytes are.
pub fn read_record(bytes: &[u8]) -> Result<Record, Fault> {
    let (kind, _) = record_name(bytes)?;
    let body = bytes.get(2..).unwrap_or_default();
    match (kind, bytes.get(1)) {
        (Kind::Deal, Some(1)) => from_bytes::<FirstDeal>(body, "record").map(|deal| Deal::from(deal).into()),
        (Kind::Membership, Some(1)) => {
            from_bytes::<FirstMembership>(body, "record").map(|level| Membership::from(level).into())
        }
        _ => read_body(kind, body),
    }
}

/// The kind and id of the record these bytes are, without reading it; a newer version is refused.
pub fn record_name(bytes: &[u8]) -> Result<(Kind, Id), Fault> {
    let (Some([kind, version]), Some(id)) = (bytes.first_chunk(), bytes.get(2..).and_then(<[u8]>::first_chunk)) else {
        return Err(Fault::Spoiled("record"));
    };
    let kind = read_kind(*kind)?;
    known_version(kind, *version)?;
    Ok((kind, Id::from_bytes(*id)))
}

/// The kind with this number; one not known is of a newer version.
pub fn read_kind(number: u8) -> Result<Kind, Fault> {
    let known = Kind::ALL.len() as u32;
    match Kind::try_from(number) {
        Ok(kind) => Ok(kind),
        Err(_) if number == 0 => Err(Fault::Spoiled("kind of record")),
        Err(_) => Err(Fault::Newer { what: "a kind of record", found: u32::from(number), known }),
    }
}

/// Refuses a version of `kind` that is not known.
pub fn known_version(kind: Kind, version: u8) -> Result<(), Fault> {
    let known = version_of(kind);
    match version {
        0 => Err(Fault::Spoiled("version")),
        _ if version > known => {
            Err(Fault::Newer { what: kind.key(), found: u32::from(version), known: u32::from(known) })
        }
        _ => Ok(()),
    }
}

/// A field's value as bytes.
pub fn write_value(value: &Value) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    to_bytes(value, &mut bytes)?;
    Ok(bytes)
}

/// How many variants [`Value`] has.
pub(super) const VALUES: u8 = 17;

/// The value these bytes are; a variant not known is of a newer version.
pub fn read_value(bytes: &[u8]) -> Result<Value, Fault> {
    if let Some(number) = bytes.first().filter(|number| **number >= VALUES) {
        return Err(Fault::Newer { what: "a value", found: u32::from(*number) + 1, known: u32::from(VALUES) });
    }
    from_bytes(bytes, "value")
}

#[cfg(test)]
mod tests {
    use super::{Fault, read_record, record_name, write_record};
    use crate::domain::id::Id;
    use crate::domain::record::{Kind, Record};

    #[test]
    fn a_record_names_itself_without_being_read() {
        for kind in Kind::ALL {
            let record = Record::empty(*kind, Id::from_bytes([7; 16]));
            let bytes = write_record(&record).unwrap();
            assert_eq!(record_name(&bytes), Ok((*kind, record.id())));
            assert_eq!(read_record(&bytes), Ok(record));
        }
    }

    #[test]
    fn bytes_behind_a_record_a_newer_version_and_an_unknown_kind_are_refused() {
        let mut bytes = write_record(&Record::empty(Kind::Team, Id::BOOK)).unwrap();
        bytes.push(0);
        assert_eq!(read_record(&bytes), Err(Fault::Spoiled("record")));
        bytes.pop();
        bytes[1] = 2;
        assert!(matches!(read_record(&bytes), Err(Fault::Newer { what: "team", found: 2, known: 1 })));
        bytes[0] = 200;
        assert!(matches!(read_record(&bytes), Err(Fault::Newer { found: 200, .. })));
    }
}
