//! What a user once said of a file's columns, remembered by its header.

use crate::book::standards::Standards;
use crate::domain::id::Id;
use crate::domain::list::Mapping;
use crate::domain::record::{Kind, Record};
use crate::exchange::header::{Heading, joined};
use crate::exchange::intake::column::{Names, is_named};
use crate::exchange::intake::{Incoming, Intake, Options};
use crate::exchange::sheet::Sheet;
use crate::exchange::split::Table;

/// What the user said this time.
pub struct Said {
    /// Field and column.
    pub map: Vec<(String, String)>,
    /// What the rows are.
    pub kind: Option<Kind>,
}

/// Reads the tables as files with their headers were read before, unless something else is said; gives how many
/// columns that concerns.
pub fn apply(tables: &[&dyn Table], standards: &Standards, options: &mut Options) -> usize {
    if !options.map.is_empty() || !standards.has_mappings() {
        return 0;
    }
    let names = Names::new();
    for table in tables {
        let Some(header) = header_of(*table, &names) else { continue };
        let said = options.kind.map(Kind::key);
        let Some(mapping) =
            standards.mapping_of(&header).filter(|mapping| said.is_none_or(|said| said == mapping.rows))
        else {
            continue;
        };
        options.map.extend(mapping.columns.iter().cloned());
        if let [_] = tables {
            options.kind = options.kind.or(Kind::from_key(&mapping.rows));
        }
    }
    options.map.len()
}

/// Adds what was said to what comes in, so that it is written and undone together with it.
pub fn remember(said: &Said, intake: &mut Intake) {
    let mut incoming = Vec::new();
    for (file, read) in (0..).zip(&intake.files) {
        let headings: Vec<Heading> = read.header.split('\t').map(Heading::read).collect();
        let here = |column: &str| headings.iter().any(|heading| is_named(heading, column));
        let columns: Vec<_> = said.map.iter().filter(|(_, column)| here(column)).cloned().collect();
        if columns.is_empty() {
            continue;
        }
        let rows = read.kind.or(said.kind).map_or("", Kind::key).to_owned();
        let record =
            Record::from(Mapping { id: Id::BOOK, header: read.header.clone(), rows, columns, ..Mapping::default() });
        let fields = Kind::Mapping.fields().iter().filter_map(|(number, _)| Some((*number, record.get(*number)?)));
        let fields = fields.collect();
        incoming.push(Incoming { kind: Kind::Mapping, file, line: 0, under: None, fields, links: Vec::new() });
    }
    incoming.into_iter().for_each(|record| intake.incoming.push(record));
}

/// The headings of a table, joined as they are remembered; nothing where it cannot be read.
fn header_of(table: &dyn Table, names: &Names) -> Option<String> {
    let sheet = Sheet::open(table, &|heading| names.knows(heading)).ok()?;
    Some(joined(&sheet.headings))
}
