//! Files read whole for a person to decide about, before anything is written.

use crate::book::Book;
use crate::book::standards::Standards;
use crate::domain::choice::ListKind;
use crate::domain::record::{Kind, Record};
use crate::exchange::intake::survey::{Surveyed, survey};
use crate::exchange::intake::{FileRead, Intake, IntakeError, Lists, Options, Problem, read};
use crate::exchange::likeness::{Likeness, likenesses};
use crate::exchange::mapping::{self, Said};
use crate::exchange::opening::{Opening, open, sheets};
use crate::exchange::returned::{self, ReturnError};
use crate::exchange::split::Table;
use crate::exchange::strange::{About, Strange, as_incoming, strange, with_alias};
use crate::text::Language;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How far a reading is, looked at from outside, and whether it is to stop.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    rows: Arc<AtomicU64>,
    stopped: Arc<AtomicBool>,
}

impl Watch {
    /// Rows read so far.
    pub fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed)
    }

    /// Stops the reading.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    fn saw(&self, rows: u64) -> bool {
        self.rows.store(rows, Ordering::Relaxed);
        !self.stopped.load(Ordering::Relaxed)
    }
}

/// A word of the files that is to be read as one the book knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// What it is about.
    pub about: About,
    /// The word.
    pub word: String,
    /// The key of what is meant.
    pub key: String,
}

/// What is to be read, and how.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The files.
    pub paths: Vec<PathBuf>,
    /// How they are opened.
    pub opening: Opening,
    /// How they are read.
    pub options: Options,
    /// Words decided upon.
    pub aliases: Vec<Alias>,
    /// The language near words are looked for in.
    pub language: Language,
}

/// What a look at the files gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// How each file would be read.
    pub files: Vec<Surveyed>,
    /// Columns read as the last time: field and column.
    pub remembered: Vec<(String, String)>,
    /// The sheets of a workbook given alone.
    pub sheets: Vec<String>,
}

/// What the reading gave.
#[derive(Clone, Debug, Default)]
pub struct Inspected {
    /// All that the files said.
    pub intake: Intake,
    /// Words the book does not know.
    pub strange: Vec<Strange>,
    /// Customers that may be one of the book.
    pub likenesses: Vec<Likeness>,
}

/// Rows that the reading did not even hand on, by what the file holds.
pub fn refused(files: &[FileRead], problems: &[Problem]) -> BTreeMap<Kind, u64> {
    let whole_row = |problem: &&Problem| !problem.kept && problem.line > 0 && problem.column.is_empty();
    let rows: BTreeSet<(u16, u32)> =
        problems.iter().filter(whole_row).map(|problem| (problem.file, problem.line)).collect();
    let mut refused = BTreeMap::new();
    for (file, _) in rows {
        let kind = files.get(usize::from(file)).and_then(|file| file.kind).unwrap_or(Kind::Order);
        *refused.entry(kind).or_default() += 1;
    }
    refused
}

impl Wanted {
    /// Writes the rows with problems of the file at this place to `out`; gives how many.
    ///
    /// # Errors
    /// Why the file cannot be read again, or the rows not written.
    pub fn hand_back(&self, file: u16, problems: &[Problem], out: &mut dyn Write) -> Result<usize, ReturnError> {
        let tables = self.tables().map_err(ReturnError::Read)?;
        match tables.get(usize::from(file)) {
            Some(table) => returned::write(table.as_ref(), file, problems, self.language, out),
            None => Ok(0),
        }
    }

    fn tables(&self) -> Result<Vec<Box<dyn Table>>, IntakeError> {
        let mut tables = Vec::new();
        for path in &self.paths {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            tables.extend(open(path, &self.opening).map_err(|error| IntakeError::Sheet(name, error))?);
        }
        Ok(tables)
    }

    /// Looks at the headers and the first rows. With `remember`, columns are read as the last time a file had this header.
    ///
    /// # Errors
    /// What makes the files unreadable as a whole.
    pub fn look(&self, standards: &Standards, remember: bool) -> Result<Looked, IntakeError> {
        let files = self.tables()?;
        let tables: Vec<&dyn Table> = files.iter().map(AsRef::as_ref).collect();
        let mut options = self.options.clone();
        if remember {
            mapping::apply(&tables, standards, &mut options);
        }
        let files = survey(&tables, &options)?;
        let sheets = if let [only] = self.paths.as_slice() { sheets(only) } else { Vec::new() };
        Ok(Looked { files, sheets, remembered: if remember { options.map } else { Vec::new() } })
    }

    /// Reads everything.
    ///
    /// # Errors
    /// What makes the files unreadable as a whole, or that it was stopped.
    pub fn inspect(&self, book: &Book, watch: &Watch) -> Result<Inspected, IntakeError> {
        let files = self.tables()?;
        let tables: Vec<&dyn Table> = files.iter().map(AsRef::as_ref).collect();
        let (standards, records) = self.decided(book.standards());
        let mut options = self.options.clone();
        options.products = standards.products().iter().map(|one| (one.name.clone(), one.aliases.clone())).collect();
        let item = |list: ListKind, word: &str| standards.item(list, word).map(|item| item.key.clone());
        let stage = |word: &str| standards.stage_called(word).map(|stage| stage.key.clone());
        let lists = Lists { item: &item, stage: &stage };
        let mut intake = read(&tables, &options, &lists, &mut |rows| watch.saw(rows))?;
        let strange = strange(&intake, &standards, self.language);
        let likenesses = likenesses(&intake.incoming, book);
        let said = Said { map: options.map.clone(), kind: options.kind };
        mapping::remember(&said, &mut intake);
        records.iter().for_each(|record| intake.incoming.push(as_incoming(record)));
        Ok(Inspected { intake, strange, likenesses })
    }

    /// The book's lists with the words decided upon, and the records that hold them.
    fn decided(&self, standards: &Standards) -> (Standards, Vec<Record>) {
        let mut decided = standards.clone();
        let mut records: Vec<Record> = Vec::new();
        for alias in &self.aliases {
            let Some(record) = with_alias(alias.about, &alias.word, &alias.key, &decided) else { continue };
            decided = decided.with(record.clone());
            records.retain(|other| other.id() != record.id());
            records.push(record);
        }
        (decided, records)
    }
}
