//! Records and the values of their fields as bytes: `[kind][version][id]` and then the fields.

use super::field::{self, put_fields, put_value};
use super::{BODY_LIMIT, Fault, first};
use crate::domain::change::SetField;
use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::domain::value::Value;

/// The version of every record since format 2: fields by number. Those before it are of format 1.
pub const NUMBERED: u8 = 3;

/// A record as bytes.
pub fn write_record(record: &Record) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::with_capacity(128);
    bytes.extend([u8::from(record.kind()), NUMBERED]);
    bytes.extend(record.id().bytes());
    put_fields(&record.numbered(), &mut bytes);
    if bytes.len() as u64 > BODY_LIMIT {
        return Err(Fault::TooLong("a record"));
    }
    Ok(bytes)
}

/// The record these bytes are.
pub fn read_record(bytes: &[u8]) -> Result<Record, Fault> {
    let (kind, id) = record_name(bytes)?;
    let body = bytes.get(NAME..).unwrap_or_default();
    let fields = match bytes.get(1).copied().unwrap_or_default() {
        NUMBERED => field::read_fields(body)?,
        version => first::read_fields(kind, version, body)?,
    };
    Record::of_numbered(kind, id, fields).map_err(|field| not_known(kind, field))
}

/// How much of a record's bytes says which it is.
const NAME: usize = 2 + 16;

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
    match version {
        NUMBERED => Ok(()),
        version if first::knows(kind, version) => Ok(()),
        0..NUMBERED => Err(Fault::Spoiled("version")),
        _ => Err(Fault::Newer { what: kind.key(), found: u32::from(version), known: u32::from(NUMBERED) }),
    }
}

fn not_known(kind: Kind, field: u16) -> Fault {
    let known = kind.fields().iter().map(|(number, _)| u32::from(*number)).max().unwrap_or_default();
    Fault::Newer { what: kind.key(), found: u32::from(field), known }
}

/// A field's value as bytes.
pub fn write_value(value: &Value) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    put_value(value, &mut bytes);
    if bytes.len() as u64 > BODY_LIMIT { Err(Fault::TooLong("a record")) } else { Ok(bytes) }
}

/// The value of a field of `kind` in a record of this version.
pub fn read_value(version: u8, bytes: &[u8]) -> Result<Value, Fault> {
    if version == NUMBERED { field::read_value(bytes) } else { first::read_value(bytes) }
}

/// Refuses a change of a field that may not be left unread (`must`) and is not known.
pub fn known_field(set: &SetField, must: bool) -> Result<(), Fault> {
    let is_known = set.kind.fields().iter().any(|(number, _)| *number == set.field);
    if must && !is_known { Err(not_known(set.kind, set.field)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::{Fault, read_record, record_name, write_record};
    use crate::domain::customer::Customer;
    use crate::domain::id::Id;
    use crate::domain::record::{Kind, Record};
    use crate::domain::value::{Numbered, Value};

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
        assert!(matches!(read_record(&bytes), Err(Fault::Spoiled(_))));
        bytes.pop();
        bytes[1] = 4;
        assert!(matches!(read_record(&bytes), Err(Fault::Newer { what: "team", found: 4, known: 3 })));
        bytes[0] = 200;
        assert!(matches!(read_record(&bytes), Err(Fault::Newer { found: 200, .. })));
    }

    /// A customer to whom a newer program gave a field.
    fn newer(must: bool, value: Value) -> Customer {
        let unknown = vec![Numbered { number: 9_000, must, value }];
        Customer { id: Id::BOOK, name: "甲".into(), unknown, ..Customer::default() }
    }

    #[test]
    fn a_field_of_a_newer_program_is_written_again_as_it_was() {
        for value in [Value::Text("new".into()), Value::Unknown(vec![99, 1]), Value::Parts(vec![Vec::new()])] {
            let bytes = write_record(&newer(false, value).into()).unwrap();
            let mut record = read_record(&bytes).unwrap();
            assert!(record.set(2, Value::Text("乙".into())));
            let again = read_record(&write_record(&record).unwrap()).unwrap();
            assert!(record.set(2, Value::Text("甲".into())));
            assert_eq!(write_record(&record).unwrap(), bytes);
            let Record::Customer(again) = again else { panic!() };
            assert_eq!((again.name.as_str(), again.unknown.len()), ("乙", 1));
        }
    }

    #[test]
    fn a_record_with_a_field_that_must_be_understood_is_refused_without_knowing_it() {
        let bytes = write_record(&newer(true, Value::Flag(true)).into()).unwrap();
        assert!(matches!(read_record(&bytes), Err(Fault::Newer { what: "customer", found: 9_000, .. })));
    }

    #[test]
    fn a_choice_of_a_newer_program_is_kept_until_the_field_is_set_anew() {
        let mut record = Record::empty(Kind::Customer, Id::BOOK);
        record.put(13, Value::Choice(99));
        let bytes = write_record(&record).unwrap();
        let mut again = read_record(&bytes).unwrap();
        assert_eq!((again.get(13), write_record(&again)), (Some(Value::Empty), Ok(bytes)));
        assert!(again.set(13, Value::Choice(1)));
        let Record::Customer(customer) = again else { panic!() };
        assert!(customer.kind.is_some() && customer.unknown.is_empty());
    }
}
