//! The bytes of everything that is stored, as they were written once: a change of layout by accident fails here.
//!
//! When a kind gets a new version, its old lines stay and must still be read; the new ones are added with
//! `KEHU_WRITE_GOLDEN=1 cargo test --test journal golden`.

use kehu::domain::change::{Change, SetField};
use kehu::domain::deal::{Deal, StageMove};
use kehu::domain::id::Id;
use kehu::domain::measure::{Rate, Score};
use kehu::domain::money::{Exact, Money};
use kehu::domain::order::OrderLine;
use kehu::domain::record::{Kind, Record};
use kehu::domain::tiers::Membership;
use kehu::domain::time::{Day, Due, Moment};
use kehu::domain::value::Value;
use kehu::store::codec::chunk::{Chunk, read_chunk, write_chunk};
use kehu::store::codec::entry::{open_entry, write_entry};
use kehu::store::codec::frame::{read_segment_head, write_frame, write_segment_head};
use kehu::store::codec::index::{
    Gap, Place, Progressed, read_progressed, write_homes, write_numbers, write_places, write_progressed,
};
use kehu::store::codec::record::{read_record, read_value, version_of, write_record, write_value};
use kehu::store::codec::{read_file, write_file};
use kehu::store::entry::{Cause, Draft, Target};
use std::collections::BTreeMap;
use std::fmt::Write;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/house/journal/golden.txt");
const AT: Moment = Moment::from_parts(1_795_000_000, 480);

fn id(number: u8) -> Id {
    Id::from_bytes([number; 16])
}

fn values() -> Vec<(&'static str, Value)> {
    let line = OrderLine {
        product: "轴承 6204".to_owned(),
        category: "轴承".to_owned(),
        quantity: 12_500,
        amount: Exact::from_parts(12_345_678),
        cost: Some(Exact::from_parts(800_000)),
    };
    let stage = StageMove { stage: "proposal".to_owned(), at: Some(AT), by: "王芳".to_owned() };
    vec![
        ("empty", Value::Empty),
        ("text", Value::Text("苏州精密 Co.".to_owned())),
        ("whole", Value::Whole(70_000)),
        ("flag", Value::Flag(true)),
        ("choice", Value::Choice(2)),
        ("day", Value::Day(Day::from_number(20_778))),
        ("moment", Value::Moment(AT)),
        ("due", Value::Due(Due { day: Day::from_number(-3), minute: Some(840) })),
        ("money", Value::Money(Money::from_cents(-123_456_789))),
        ("rate", Value::Rate(Rate::from_basis_points(3_333))),
        ("score", Value::Score(Score::from_hundredths(450))),
        ("link", Value::Link(id(9))),
        ("texts", Value::Texts(vec!["a".to_owned(), "二".to_owned()])),
        ("links", Value::Links(vec![id(7), id(8)])),
        ("pairs", Value::Pairs(vec![("税号".to_owned(), "91310000".to_owned())])),
        ("lines", Value::Lines(vec![line])),
        ("moves", Value::Moves(vec![stage])),
    ]
}

/// A record with something in every field.
pub fn full(kind: Kind) -> Record {
    let mut record = Record::empty(kind, id(u8::from(kind)));
    for (field, name) in kind.fields() {
        let filled = values().into_iter().skip(1).any(|(_, value)| record.set(*field, value));
        assert!(filled, "{kind:?}.{name}");
    }
    record
}

/// The same as a version said it: what came to the kind later is empty.
fn full_of(kind: Kind, version: &str) -> Record {
    match (full(kind), version) {
        (Record::Deal(deal), "1") => Deal { contacts: Vec::new(), ..deal }.into(),
        (Record::Membership(level), "1") => {
            Membership { least: 0, per_order: 0, persons_only: false, hidden: false, ..level }.into()
        }
        (record, _) => record,
    }
}

fn changes() -> Vec<Change> {
    let set = SetField {
        kind: Kind::Deal,
        id: id(2),
        home: id(1),
        field: 3,
        before: Value::Empty,
        after: Value::Money(Money::from_cents(5)),
    };
    vec![Change::Born(full(Kind::Contact)), Change::Gone(full(Kind::Team)), Change::Set(set.clone()), Change::Set(set)]
}

fn drafts() -> Vec<(&'static str, Draft)> {
    let causes = [
        ("found", Cause::Found),
        ("do", Cause::Do),
        ("undo entry", Cause::Undo(Target::Entry(300))),
        ("undo group", Cause::Undo(Target::Group(id(5)))),
        ("redo", Cause::Redo(Target::Entry(2))),
        ("import", Cause::Import("客户.csv".to_owned())),
        ("group end", Cause::GroupEnd),
        ("restore", Cause::Restore),
        ("erase", Cause::Erase),
        ("salvage", Cause::Salvage),
    ];
    let draft = |(name, cause)| {
        let changes = if name == "do" { changes() } else { Vec::new() };
        let group = (name == "import").then(|| id(5));
        (name, Draft { id: id(4), at: AT, by: "王芳".to_owned(), group, cause, changes })
    };
    causes.into_iter().map(draft).collect()
}

/// How far a working copy has come, as each layout could tell it.
fn progressed(layout: &str) -> Progressed {
    let open_groups = vec![(id(5), 880)];
    let gaps = match layout {
        "1" => Vec::new(),
        _ => vec![Gap { place: Place { segment: 2, offset: 70_000 }, first: 40, last: 44 }],
    };
    Progressed { seq: 900, crc: 0x1234_5678, durable: 879, open_groups, gaps }
}

/// Everything that is stored, by name.
fn written() -> BTreeMap<String, Vec<u8>> {
    let mut written = BTreeMap::new();
    let mut add = |name: String, bytes: Vec<u8>| assert!(written.insert(name, bytes).is_none());
    for kind in Kind::ALL {
        add(format!("record {} {}", kind.key(), version_of(*kind)), write_record(&full(*kind)).unwrap());
    }
    for (name, value) in values() {
        add(format!("value {name}"), write_value(&value).unwrap());
    }
    for (name, draft) in drafts() {
        // A change of a field says the version of its kind.
        let version = if draft.changes.is_empty() { 1 } else { version_of(Kind::Deal) };
        add(format!("entry {name} {version}"), write_entry(&draft, "laptop").unwrap());
    }
    let (short, long) = (write_record(&full(Kind::Team)).unwrap(), write_record(&full(Kind::Cost)).unwrap());
    let shared = Chunk::Shared { history: vec![5, 6, 400], records: vec![&short, &long] };
    add("chunk shared 1".to_owned(), write_chunk(&shared));
    add("chunk part 1".to_owned(), write_chunk(&Chunk::Part { number: 1, of: 3, bytes: b"middle" }));
    add("frame now".to_owned(), write_frame(77, false, b"body").unwrap());
    add("frame later".to_owned(), write_frame(78, true, b"body").unwrap());
    add("journal file head 2".to_owned(), write_segment_head(3, [6; 16], (3_999, 0x1234_5678)));
    add("file".to_owned(), write_file(b"body"));
    add("progressed 2".to_owned(), write_progressed(&progressed("2")));
    add("places".to_owned(), write_places(&[Place::default(), Place { segment: 2, offset: 70_000 }]));
    add("numbers".to_owned(), write_numbers(&[1, 300]));
    add("homes".to_owned(), write_homes(&[id(1), id(2)]));
    written
}

fn kept() -> BTreeMap<String, Vec<u8>> {
    let bytes = |hex: &str| {
        let digits = hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
        digits.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
    };
    let text = std::fs::read_to_string(FILE).unwrap_or_default();
    text.lines().filter_map(|line| line.split_once(": ")).map(|(name, hex)| (name.to_owned(), bytes(hex))).collect()
}

#[test]
fn golden_bytes_are_written_as_they_were() {
    let mut all = kept();
    if std::env::var_os("KEHU_WRITE_GOLDEN").is_some() {
        for (name, bytes) in written() {
            all.entry(name).or_insert(bytes);
        }
        let mut text = String::new();
        for (name, bytes) in &all {
            write!(text, "{name}: ").unwrap();
            bytes.iter().for_each(|byte| write!(text, "{byte:02x}").unwrap());
            text.push('\n');
        }
        std::fs::write(FILE, text).unwrap();
    }
    for (name, bytes) in written() {
        assert!(all.get(&name) == Some(&bytes), "the layout of “{name}” has changed");
    }
}

#[test]
fn golden_bytes_of_every_version_are_still_read() {
    for (name, bytes) in kept() {
        let mut words = name.split(' ');
        match (words.next().unwrap(), words.next().unwrap_or_default()) {
            ("record", key) => {
                let record = full_of(Kind::from_key(key).unwrap(), words.next().unwrap());
                assert_eq!(read_record(&bytes), Ok(record), "{name}");
            }
            ("value", key) => {
                let value = values().into_iter().find(|(name, _)| *name == key).unwrap().1;
                assert_eq!(read_value(&bytes), Ok(value), "{name}");
            }
            ("entry", _) => {
                let (_, draft) = drafts()
                    .into_iter()
                    .find(|(cause, _)| name.rsplit_once(' ').unwrap().0 == format!("entry {cause}"))
                    .unwrap();
                let entry = open_entry(12, &bytes).unwrap().entry().unwrap();
                assert_eq!((entry.head.id, entry.head.at, entry.head.by), (draft.id, draft.at, draft.by), "{name}");
                assert_eq!(
                    (entry.head.cause, entry.head.group, entry.changes),
                    (draft.cause, draft.group, draft.changes),
                    "{name}"
                );
                assert_eq!((entry.head.seq, entry.head.device.as_str()), (12, "laptop"));
            }
            ("progressed", layout) => assert_eq!(read_progressed(&bytes), Ok(progressed(layout)), "{name}"),
            ("journal", _) => assert_eq!(read_segment_head(&bytes, 3).map(|head| head.first_seq), Ok(4_000), "{name}"),
            ("chunk", _) => assert!(read_chunk(&bytes).is_ok(), "{name}"),
            ("file", _) => assert_eq!(read_file(&bytes), Ok(b"body".as_slice())),
            _ => {}
        }
    }
}

#[test]
fn an_entry_with_any_byte_cut_off_or_added_is_not_read_as_another() {
    let (_, draft) = drafts().swap_remove(1);
    let bytes = write_entry(&draft, "laptop").unwrap();
    for length in 0..bytes.len() {
        assert!(open_entry(1, &bytes[..length]).and_then(|opened| opened.entry()).is_err(), "{length} bytes");
    }
    let longer = [bytes.as_slice(), &[0]].concat();
    assert!(open_entry(1, &longer).and_then(|opened| opened.entry()).is_err());
}

#[test]
fn a_newer_version_of_anything_is_refused_as_newer() {
    use kehu::store::codec::Fault::Newer;
    let (_, draft) = drafts().swap_remove(1);
    let mut entry = write_entry(&draft, "laptop").unwrap();
    entry[1] = 2;
    assert!(matches!(open_entry(1, &entry), Err(Newer { found: 2, known: 1, .. })));
    let mut chunk = write_chunk(&Chunk::Part { number: 0, of: 1, bytes: b"x" });
    chunk[1] = 9;
    assert!(matches!(read_chunk(&chunk), Err(Newer { found: 9, .. })));
    assert!(matches!(read_value(&[17]), Err(Newer { .. })));
}
