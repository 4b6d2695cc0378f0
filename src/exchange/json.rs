//! JSON read as tables: a list of objects, or lists by kind as our own export writes them.

use crate::domain::record::Kind;
use crate::exchange::held::Held;
use crate::exchange::list_text::{written, written_pairs, written_rows};
use crate::exchange::sheet_error::SheetError;
use crate::exchange::split::{LONGEST_CELL, LONGEST_ROW, MOST_COLUMNS};
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::io::{self, BufReader, Read};

/// How deep lists and objects may lie within each other.
const DEEPEST: u32 = 32;

/// The names of the lists of our own JSON.
pub const LISTS: &[(&str, Kind)] = &[
    ("list_items", Kind::ListItem),
    ("stages", Kind::Stage),
    ("teams", Kind::Team),
    ("customers", Kind::Customer),
    ("contacts", Kind::Contact),
    ("orders", Kind::Order),
    ("deals", Kind::Deal),
    ("follow_ups", Kind::FollowUp),
    ("next_steps", Kind::NextStep),
    ("feedback", Kind::Feedback),
    ("products", Kind::Product),
    ("owners", Kind::Owner),
    ("costs", Kind::Cost),
    ("targets", Kind::Target),
    ("strategies", Kind::Strategy),
];

/// Lists that are written where a book has records of them, and that nothing reads yet.
pub const WRITTEN_LISTS: &[(&str, Kind)] = &[
    ("payments", Kind::Payment),
    ("rates", Kind::ExchangeRate),
    ("own_fields", Kind::OwnField),
    ("book_settings", Kind::BookSettings),
    ("questions", Kind::Question),
    ("waivers", Kind::Waiver),
    ("not_same", Kind::NotSame),
    ("quality_rules", Kind::QualityRule),
    ("quality_days", Kind::QualityDay),
    ("retention", Kind::Retention),
    ("tombstones", Kind::Tombstone),
    ("report_setups", Kind::ReportSetup),
    ("campaigns", Kind::Campaign),
    ("points", Kind::PointsEntry),
    ("survey_rounds", Kind::SurveyRound),
    ("owner_notes", Kind::OwnerNote),
    ("warning_rules", Kind::WarningRule),
];

/// Reads JSON, record by record.
///
/// # Errors
/// Why it cannot be read.
pub fn read(name: &str, input: impl Read) -> Result<Vec<Held>, SheetError> {
    let trouble = RefCell::new(None);
    let watched = Watched { input, trouble: &trouble, depth: 0, text: None, record: 0, guarded: false };
    let mut reading = serde_json::Deserializer::from_reader(BufReader::new(watched));
    let mut tables = Tables { name, trouble: &trouble, held: Vec::new() };
    let read = Top(&mut tables).deserialize(&mut reading).and_then(|()| reading.end());
    let held = std::mem::take(&mut tables.held);
    if let Some(trouble) = trouble.take() {
        return Err(trouble);
    }
    match read {
        Err(error) if error.is_data() => Err(SheetError::NoRecords),
        Err(error) => Err(SheetError::BadJson(error.line() as u32)),
        Ok(()) if held.iter().all(|table| table.held.is_empty()) => Err(SheetError::Empty),
        Ok(()) => Ok(held.into_iter().filter(|table| !table.held.is_empty()).map(Gathered::finish).collect()),
    }
}

/// Bytes looked at as they pass: no text and no record beyond bounds, nothing too deep.
struct Watched<'a, R> {
    input: R,
    trouble: &'a RefCell<Option<SheetError>>,
    depth: u32,
    /// The length of the text under way.
    text: Option<usize>,
    record: usize,
    guarded: bool,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        for byte in buffer.iter().take(count) {
            if let Some(trouble) = self.see(*byte) {
                self.trouble.replace(Some(trouble));
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
        Ok(count)
    }
}

impl<R> Watched<'_, R> {
    fn see(&mut self, byte: u8) -> Option<SheetError> {
        self.record += 1;
        if let Some(length) = &mut self.text {
            *length += 1;
            let too_long = *length > LONGEST_CELL;
            if byte == b'"' && !self.guarded {
                self.text = None;
            }
            self.guarded = byte == b'\\' && !self.guarded;
            return too_long.then_some(SheetError::LongText);
        }
        match byte {
            b'"' => self.text = Some(0),
            b'{' | b'[' => {
                self.depth += 1;
                if self.depth <= 3 && byte == b'{' {
                    self.record = 0;
                }
            }
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > DEEPEST {
            return Some(SheetError::Nested);
        }
        (self.depth >= 2 && self.record > LONGEST_ROW).then_some(SheetError::LongText)
    }
}

/// The tables under way.
struct Tables<'a> {
    name: &'a str,
    trouble: &'a RefCell<Option<SheetError>>,
    held: Vec<Gathered>,
}

/// One table, its columns found as they come.
struct Gathered {
    held: Held,
    columns: Vec<String>,
    places: HashMap<String, usize>,
    records: u32,
}

impl Gathered {
    fn new(name: &str, kind: Option<Kind>) -> Gathered {
        Gathered { held: Held::new(name, kind), columns: Vec::new(), places: HashMap::new(), records: 0 }
    }

    fn finish(mut self) -> Held {
        self.held.put_header(self.columns);
        self.held
    }

    fn take(&mut self, record: Map<String, Value>) -> Result<(), SheetError> {
        self.records += 1;
        let mut cells = Vec::new();
        let mut lines: Vec<Map<String, Value>> = Vec::new();
        for (name, value) in record {
            match value {
                Value::Array(list) if name == "lines" => {
                    lines.extend(list.into_iter().filter_map(|line| match line {
                        Value::Object(line) => Some(line),
                        _ => None,
                    }));
                }
                value => self.put(&mut cells, &name, value),
            }
        }
        if lines.is_empty() {
            return self.held.push(self.records, &cells);
        }
        for (number, line) in (1..).zip(lines) {
            let mut row = cells.clone();
            self.put(&mut row, "line_number", Value::from(number));
            for (name, value) in line {
                self.put(&mut row, &name, value);
            }
            self.held.push(self.records, &row)?;
        }
        Ok(())
    }

    fn put(&mut self, cells: &mut Vec<String>, name: &str, value: Value) {
        let text = shown(value);
        let place = self.places.get(name).copied().unwrap_or_else(|| {
            self.columns.push(name.to_owned());
            self.places.insert(name.to_owned(), self.columns.len() - 1);
            self.columns.len() - 1
        });
        if cells.len() <= place {
            cells.resize(place + 1, String::new());
        }
        if let Some(cell) = cells.get_mut(place) {
            *cell = text;
        }
    }
}

/// A value as the text of a cell.
fn shown(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "TRUE".to_owned(),
        Value::Bool(false) => "FALSE".to_owned(),
        Value::String(text) => text,
        Value::Array(list) if list.iter().all(Value::is_object) => {
            let cell = |row: &Value, name: &str| row.get(name).cloned().map(shown).unwrap_or_default();
            let rows: Vec<[String; 3]> =
                list.iter().map(|row| ["stage", "at", "by"].map(|name| cell(row, name))).collect();
            written_rows(rows.iter().map(|[stage, at, by]| [stage.as_str(), at.as_str(), by.as_str()]))
        }
        Value::Array(list) => written(list.into_iter().map(shown)),
        Value::Object(pairs) => {
            let pairs: Vec<(String, String)> = pairs.into_iter().map(|(name, value)| (name, shown(value))).collect();
            written_pairs(pairs.iter().map(|(name, text)| (name.as_str(), text.as_str())))
        }
        number => number.to_string(),
    }
}

/// The document: a list, or lists by kind.
struct Top<'t, 'a>(&'t mut Tables<'a>);

impl<'de> DeserializeSeed<'de> for Top<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reading: D) -> Result<(), D::Error> {
        reading.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        let mut table = Gathered::new(self.0.name, None);
        let read = records(list, &mut table, self.0.trouble);
        self.0.held.push(table);
        read
    }

    fn visit_map<A: MapAccess<'de>>(self, mut lists: A) -> Result<(), A::Error> {
        while let Some(name) = lists.next_key::<String>()? {
            let Some((list, kind)) = LISTS.iter().find(|(list, _)| *list == name) else {
                lists.next_value::<IgnoredAny>()?;
                continue;
            };
            let table = Gathered::new(&format!("{}:{list}", self.0.name), Some(*kind));
            self.0.held.push(table);
            if let Some(table) = self.0.held.last_mut() {
                lists.next_value_seed(Records { table, trouble: self.0.trouble })?;
            }
        }
        if self.0.held.is_empty() { Err(A::Error::custom("no list of records")) } else { Ok(()) }
    }
}

/// One list of records.
struct Records<'t> {
    table: &'t mut Gathered,
    trouble: &'t RefCell<Option<SheetError>>,
}

impl<'de> DeserializeSeed<'de> for Records<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reading: D) -> Result<(), D::Error> {
        reading.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Records<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        records(list, self.table, self.trouble)
    }
}

fn records<'de, A: SeqAccess<'de>>(
    mut list: A,
    table: &mut Gathered,
    trouble: &RefCell<Option<SheetError>>,
) -> Result<(), A::Error> {
    loop {
        let seed = Members { number: table.records + 1, trouble };
        let Some(record) = list.next_element_seed(seed)? else { return Ok(()) };
        if let Err(refused) = table.take(record) {
            trouble.replace(Some(refused));
            return Err(A::Error::custom("too large"));
        }
    }
}

/// The members of one record, no more of them read than a table may have columns.
struct Members<'t> {
    number: u32,
    trouble: &'t RefCell<Option<SheetError>>,
}

impl<'de> DeserializeSeed<'de> for Members<'_> {
    type Value = Map<String, Value>;

    fn deserialize<D: Deserializer<'de>>(self, reading: D) -> Result<Self::Value, D::Error> {
        reading.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Members<'_> {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut record = Map::new();
        while let Some((name, value)) = members.next_entry::<String, Value>()? {
            record.insert(name, value);
            if record.len() > MOST_COLUMNS {
                self.trouble.replace(Some(SheetError::ManyColumns(self.number)));
                return Err(A::Error::custom("too wide"));
            }
        }
        Ok(record)
    }
}
