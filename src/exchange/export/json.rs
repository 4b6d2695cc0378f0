//! JSON: lists of records by kind, orders with their lines inside, one record after the other.

use crate::domain::fields::Fields;
use crate::domain::order::OrderLine;
use crate::domain::record::{Kind, Record};
use crate::exchange::export::column::{From, OutColumn, chosen};
use crate::exchange::export::record::Describing;
use crate::exchange::export::{OutError, Subject, plain, template};
use crate::exchange::json::{LISTS, WRITTEN_LISTS};
use crate::store::dossier::Dossier;
use crate::store::error::StoreError;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::io::Write;

/// Writes the lists of these kinds.
pub fn write<I: Iterator<Item = Result<Dossier, StoreError>>>(
    kinds: &[Kind],
    source: &impl Fn() -> Result<I, StoreError>,
    describing: &Describing,
    out: &mut dyn Write,
) -> Result<u64, OutError> {
    let mut records = 0;
    out.write_all(b"{")?;
    let lists = LISTS.iter().filter(|(_, kind)| kinds.contains(kind));
    for (at, (list, kind)) in lists.enumerate() {
        write!(out, "{}\n\"{list}\": [", if at > 0 { "," } else { "" })?;
        let names = if kinds.len() == 1 { describing.asked.columns } else { &[] };
        let columns = chosen(*kind, names).map_err(OutError::NoSuchColumn)?;
        let besides = besides(&columns);
        let mut first = true;
        for dossier in source()? {
            let dossier = dossier?;
            for record in describing.records(*kind, &dossier) {
                let mut described = describe(&columns, &record, &dossier, describing);
                if names.is_empty() && !describing.asked.mask {
                    for (name, value) in plain::fields(describing.book, &record, &besides) {
                        described.entry(name).or_insert(value);
                    }
                }
                item(out, &mut first, &Value::Object(described))?;
                records += 1;
            }
        }
        out.write_all(if first { b"]" } else { b"\n]" })?;
    }
    // What is masked is masked column by column, which these have none of.
    if kinds.len() > 1 && !describing.asked.mask {
        records += write_others(source, describing, out)?;
    }
    out.write_all(b"\n}\n")?;
    Ok(records)
}

fn item(out: &mut dyn Write, first: &mut bool, value: &Value) -> Result<(), OutError> {
    out.write_all(if *first { b"\n" } else { b",\n" })?;
    *first = false;
    serde_json::to_writer(out, value).map_err(|error| OutError::Io(error.into()))
}

fn describe(columns: &[OutColumn], record: &Record, dossier: &Dossier, describing: &Describing) -> Map<String, Value> {
    let mut described = Map::new();
    let of_line = |column: &&OutColumn| matches!(column.from, From::Line(_));
    for column in columns.iter().filter(|column| !of_line(column)) {
        described.insert(column.name.to_owned(), describing.cell(column, record, None, dossier).json());
    }
    let line_columns: Vec<&OutColumn> = columns.iter().filter(of_line).filter(|c| c.name != "line_number").collect();
    if let (Record::Order(order), false) = (record, line_columns.is_empty()) {
        let line = |line: (usize, &OrderLine)| {
            let cell = |column: &&OutColumn| describing.cell(column, record, Some(line), dossier).json();
            let mut told: Map<_, _> =
                line_columns.iter().map(|column| (column.name.to_owned(), cell(column))).collect();
            for (name, value) in plain::part(describing.book, OrderLine::FIELDS, &line.1.numbered()) {
                told.entry(name).or_insert(value);
            }
            told
        };
        let lines: Vec<Value> = order.lines.iter().enumerate().map(|entry| Value::Object(line(entry))).collect();
        described.insert("lines".to_owned(), Value::Array(lines));
    }
    described
}

/// The fields that columns are of already, and those that an order's own columns tell.
fn besides(columns: &[OutColumn]) -> Vec<u16> {
    let number = |column: &OutColumn| match column.from {
        From::Field(field) => field.number(),
        _ => None,
    };
    columns.iter().filter_map(number).collect()
}

/// Writes the lists of kinds that no table has, each only where there are records of it.
pub fn write_others<I: Iterator<Item = Result<Dossier, StoreError>>>(
    source: &impl Fn() -> Result<I, StoreError>,
    describing: &Describing,
    out: &mut dyn Write,
) -> Result<u64, OutError> {
    let mut lists: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for dossier in source()? {
        let dossier = dossier?;
        for (list, kind) in WRITTEN_LISTS.iter().filter(|(_, kind)| dossier.count(*kind) > 0) {
            let described = describing.records(*kind, &dossier).into_iter().map(|record| {
                let id = ("id".to_owned(), Value::from(record.id().to_string()));
                Value::Object(std::iter::once(id).chain(plain::fields(describing.book, &record, &[])).collect())
            });
            lists.entry(list).or_default().extend(described);
        }
    }
    let mut records = 0;
    for (list, described) in lists.iter().filter(|(_, described)| !described.is_empty()) {
        write!(out, ",\n\"{list}\": [")?;
        let mut first = true;
        described.iter().try_for_each(|value| item(out, &mut first, value))?;
        out.write_all(b"\n]")?;
        records += described.len() as u64;
    }
    Ok(records)
}

/// Writes the rows of a template's table, by the names of their columns.
pub fn write_template(
    subject: Subject,
    source: impl Iterator<Item = Result<Dossier, StoreError>>,
    describing: &Describing,
    out: &mut dyn Write,
) -> Result<u64, OutError> {
    let mut first = true;
    let names = template::names(subject);
    out.write_all(b"[")?;
    let rows = template::rows(subject, source, describing, &mut |cells| {
        let pairs = names.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), cell.json()));
        item(out, &mut first, &Value::Object(pairs.collect()))
    })?;
    out.write_all(b"\n]\n")?;
    Ok(rows)
}
