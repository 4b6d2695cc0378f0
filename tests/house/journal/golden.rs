//! The bytes of everything that is stored, as they were written once: a change of layout by accident fails here.
//!
//! When a kind gets a new version, its old lines stay and must still be read; the new ones are added with
//! `KEHU_WRITE_GOLDEN=1 cargo test --test house golden`.

use kehu::domain::change::{Change, SetField};
use kehu::domain::deal::StageMove;
use kehu::domain::id::Id;
use kehu::domain::measure::{Rate, Score};
use kehu::domain::money::{Exact, Money};
use kehu::domain::order::OrderLine;
use kehu::domain::record::{Kind, Record};
use kehu::domain::time::{Day, Due, Moment};
use kehu::domain::value::{FieldValue, Numbered, Value};
use kehu::store::codec::chunk::{Chunk, read_chunk, write_chunk};
use kehu::store::codec::entry::{open_entry, write_entry};
use kehu::store::codec::frame::{read_segment_head, write_frame, write_segment_head};
use kehu::store::codec::index::{
    Gap, Place, Progressed, read_progressed, write_homes, write_numbers, write_places, write_progressed,
};
use kehu::store::codec::record::{NUMBERED, read_record, read_value, write_record, write_value};
use kehu::store::codec::{read_file, write_file};
use kehu::store::entry::{Cause, Class, Draft, Origin, Target};
use kehu::store::lineage::{Cell, Lineage};
use std::collections::BTreeMap;
use std::fmt::Write;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/house/journal/golden.txt");
const AT: Moment = Moment::from_parts(1_795_000_000, 480);

/// What tells an entry from those of other devices.
const ORIGIN: Origin = Origin {
    device: 0xfedc_ba98_7654_3210,
    number: 900,
    stamp: (1_795_000_000_000 << 16) + 3,
    session: 77,
    author: Some(Id::from_bytes([8; 16])),
    class: Class::Book,
};

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
        ..OrderLine::default()
    };
    let stage =
        StageMove { stage: "proposal".to_owned(), at: Some(AT), by: "王芳".to_owned(), ..StageMove::default() };
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
        ("lines", vec![line].to_value()),
        ("moves", vec![stage].to_value()),
        ("number", Value::Number(-70_000)),
        ("exact", Value::Exact(Exact::from_parts(12_345_678))),
    ]
}

/// A record with something in every field.
pub fn full(kind: Kind) -> Record {
    filled(kind, u16::MAX)
}

/// A record with something in every field up to one of them.
fn filled(kind: Kind, last: u16) -> Record {
    let mut record = Record::empty(kind, id(u8::from(kind)));
    for (field, name) in kind.fields().iter().filter(|(field, _)| *field <= last) {
        let mut values = values().into_iter().skip(1).map(|(_, value)| value).chain(parts(kind, *field));
        assert!(values.any(|value| record.set(*field, value)), "{kind:?}.{name}");
    }
    record
}

/// A part with something in every field, for a field of parts.
fn parts(kind: Kind, field: u16) -> Option<Value> {
    let mut part: Vec<Numbered> = Vec::new();
    for (number, name) in kind.parts(field) {
        // A choice is kept by any field, for a newer program may know it.
        let (choices, others): (Vec<Value>, Vec<Value>) =
            values().into_iter().skip(1).map(|(_, value)| value).partition(|value| matches!(value, Value::Choice(_)));
        let mut tried = others.into_iter().chain(choices).map(|value| {
            let more = Numbered { number: *number, must: false, value };
            part.iter().cloned().chain([more]).collect::<Vec<_>>()
        });
        let fits = |part: &Vec<Numbered>| Record::empty(kind, id(1)).set(field, Value::Parts(vec![part.clone()]));
        part = tried.find(fits).unwrap_or_else(|| panic!("{kind:?} {field}.{name}"));
    }
    (!part.is_empty()).then_some(Value::Parts(vec![part]))
}

/// The last field that a version of format 1 knew.
fn last_of(kind: Kind, version: &str) -> u16 {
    match (kind, version) {
        (_, version) if version.contains('.') => version.rsplit('.').next().unwrap().parse().unwrap(),
        (Kind::Customer, _) => 43,
        (Kind::Contact, _) => 14,
        (Kind::Order | Kind::FollowUp, _) => 12,
        (Kind::NextStep | Kind::Owner, _) => 9,
        (Kind::Deal, "1") => 17,
        (Kind::Deal, _) => 18,
        (Kind::Feedback, _) => 15,
        (Kind::Target, _) => 10,
        (Kind::Strategy | Kind::Stage, _) => 8,
        (Kind::Team, _) => 3,
        (Kind::Cost | Kind::Product, _) => 7,
        (Kind::Membership, "1") => 5,
        _ => u16::MAX,
    }
}

/// The same as a version said it: what came to the kind later is empty.
fn full_of(kind: Kind, version: &str) -> Record {
    filled(kind, last_of(kind, version))
}

/// Whether a field holds what another does, or parts of it.
fn is_of(read: &Numbered, whole: &Numbered) -> bool {
    let within = |read: &Vec<Numbered>, whole: &Vec<Numbered>| {
        read.iter().all(|field| whole.iter().any(|other| is_of(field, other)))
    };
    let is_same = (read.number, read.must) == (whole.number, whole.must);
    is_same
        && match (&read.value, &whole.value) {
            (Value::Parts(read), Value::Parts(whole)) => {
                read.len() == whole.len() && read.iter().zip(whole).all(|(read, whole)| within(read, whole))
            }
            (read, whole) => read == whole,
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
    // Entries stay as they are when a kind gets another field.
    let (contact, team) = (full_of(Kind::Contact, "1"), full_of(Kind::Team, "1"));
    vec![Change::Born(contact), Change::Gone(team), Change::Set(set.clone()), Change::Set(set)]
}

fn drafts(version: &str) -> Vec<(&'static str, Draft)> {
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
        ("merge", Cause::Merge),
        ("unmerge", Cause::Unmerge),
        ("handover", Cause::Handover),
        ("reveal", Cause::Reveal),
        ("pulled", Cause::Pulled),
    ];
    let draft = |(name, cause)| {
        let changes = if name == "do" { changes() } else { Vec::new() };
        let mut lineage = Lineage::default();
        if version == "3" && name == "do" {
            let sheet = lineage.sheet("客户.xlsx", "一月");
            let cell = |row, column| Some(Cell { sheet, row, column });
            [cell(2, 0), cell(3, 0), None, cell(9, 4)].into_iter().for_each(|cell| lineage.push(cell));
        }
        let group = (name == "import").then(|| id(5));
        (name, Draft { id: id(4), at: AT, by: "王芳".to_owned(), group, cause, changes, author: Some(id(8)), lineage })
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
    let (stamp, devices) = if layout == "3" { (77 << 16, vec![(5, 900), (u64::MAX, 1)]) } else { (0, Vec::new()) };
    Progressed { seq: 900, crc: 0x1234_5678, durable: 879, open_groups, gaps, stamp, devices }
}

/// Everything that is stored, by name.
fn written() -> BTreeMap<String, Vec<u8>> {
    let mut written = BTreeMap::new();
    let mut add = |name: String, bytes: Vec<u8>| assert!(written.insert(name, bytes).is_none());
    for kind in Kind::ALL {
        let last = kind.fields().iter().map(|(number, _)| *number).max().unwrap();
        add(format!("record {} {NUMBERED}.{last}", kind.key()), write_record(&full(*kind)).unwrap());
    }
    for (name, value) in values() {
        add(format!("value {name} {NUMBERED}"), write_value(&value).unwrap());
    }
    for (name, draft) in drafts("3") {
        let target = matches!(draft.cause, Cause::Undo(Target::Entry(_)) | Cause::Redo(_)).then(|| id(6));
        add(format!("entry {name} {NUMBERED}"), write_entry(&draft, "laptop", ORIGIN, target).unwrap());
    }
    let (short, long) =
        (write_record(&full_of(Kind::Team, "1")).unwrap(), write_record(&full_of(Kind::Cost, "1")).unwrap());
    let shared = Chunk::Shared { history: vec![5, 6, 400], records: vec![&short, &long] };
    add(format!("chunk shared 1 {NUMBERED}"), write_chunk(&shared));
    add("chunk part 1".to_owned(), write_chunk(&Chunk::Part { number: 1, of: 3, bytes: b"middle" }));
    add("frame now".to_owned(), write_frame(77, false, b"body").unwrap());
    add("frame later".to_owned(), write_frame(78, true, b"body").unwrap());
    add("journal file head 2".to_owned(), write_segment_head(3, [6; 16], (3_999, 0x1234_5678)));
    add("file".to_owned(), write_file(b"body"));
    add("progressed 3".to_owned(), write_progressed(&progressed("3")));
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
                let read = read_record(&bytes).unwrap();
                // A part may have got more fields since.
                let (read, record) = (read.numbered(), record.numbered());
                assert_eq!(read.len(), record.len(), "{name}");
                assert!(
                    read.iter().zip(&record).all(|(read, record)| is_of(read, record)),
                    "{name}: {read:?} {record:?}"
                );
            }
            ("value", key) => {
                let value = values().into_iter().find(|(name, _)| *name == key).unwrap().1;
                let version = words.next().map_or(1, |version| version.parse().unwrap());
                assert_eq!(read_value(version, &bytes), Ok(value), "{name}");
            }
            ("entry", _) => {
                let (_, draft) = drafts(name.rsplit(' ').next().unwrap())
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
                let is_new = name.ends_with(" 3");
                assert_eq!((entry.head.origin, entry.lineage), (is_new.then_some(ORIGIN), draft.lineage), "{name}");
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
    let (_, draft) = drafts("3").swap_remove(1);
    let bytes = write_entry(&draft, "laptop", ORIGIN, None).unwrap();
    for length in 0..bytes.len() {
        assert!(open_entry(1, &bytes[..length]).and_then(|opened| opened.entry()).is_err(), "{length} bytes");
    }
    let longer = [bytes.as_slice(), &[0]].concat();
    assert!(open_entry(1, &longer).and_then(|opened| opened.entry()).is_err());
}

#[test]
fn a_newer_version_of_anything_is_refused_as_newer() {
    use kehu::store::codec::Fault::Newer;
    let (_, draft) = drafts("3").swap_remove(1);
    let mut entry = write_entry(&draft, "laptop", ORIGIN, None).unwrap();
    entry[1] = 3;
    assert!(matches!(open_entry(1, &entry), Err(Newer { found: 3, known: 2, .. })));
    let mut chunk = write_chunk(&Chunk::Part { number: 0, of: 1, bytes: b"x" });
    chunk[1] = 9;
    assert!(matches!(read_chunk(&chunk), Err(Newer { found: 9, .. })));
}
