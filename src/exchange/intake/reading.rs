//! The reading of all files under way: what was taken in, and what was noted.

use crate::domain::record::Kind;
use crate::domain::value::Value;
use crate::exchange::intake::catalogue::{known_products, learn_names};
use crate::exchange::intake::column::Column;
use crate::exchange::intake::deal::DealDesk;
use crate::exchange::intake::join::Reference;
use crate::exchange::intake::model::{Incoming, LinkWord, Lists, Options, Problem};
use crate::exchange::intake::order::OrderDesk;
use crate::exchange::intake::result::Intake;
use crate::exchange::intake::source::Source;
use crate::exchange::reason::Reason;
use crate::exchange::sheet::Sheet;
use crate::exchange::split::Row;
use std::collections::HashMap;

/// Characters of a bad cell that are shown.
const SHOWN: usize = 200;

/// The records of files by what they go by.
#[derive(Debug, Default)]
pub(super) struct Firsts(pub(super) HashMap<(u16, Kind, u32), u32>);

/// The reading of all files under way.
pub(super) struct Reading<'a> {
    pub(super) options: &'a Options,
    pub(super) lists: &'a Lists<'a>,
    pub(super) references: &'a [Reference],
    pub(super) intake: Intake,
    pub(super) desk: OrderDesk,
    pub(super) deals: DealDesk,
    pub(super) firsts: Firsts,
    /// Cells of the row in hand behind this place may have slipped, and are not read.
    pub(super) until: usize,
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        options: &'a Options,
        lists: &'a Lists<'a>,
        references: &'a [Reference],
        intake: Intake,
    ) -> Reading<'a> {
        Reading {
            options,
            lists,
            references,
            intake,
            desk: OrderDesk::default(),
            deals: DealDesk::default(),
            firsts: Firsts::default(),
            until: usize::MAX,
        }
    }

    /// Notes what a file's sheet has counted.
    pub(super) fn end_of_file(&mut self, file: u16, rows: u32, sheet: &Sheet) {
        for passed in &sheet.passed {
            self.intake.notes.push(Problem {
                file,
                line: passed.line,
                column: String::new(),
                value: beginning(&passed.text),
                reason: passed.reason.clone(),
                kept: false,
            });
        }
        if let Some(read) = self.intake.files.get_mut(usize::from(file)) {
            read.rows = rows;
            read.blank = sheet.blank;
            read.passed = sheet.passed.len() as u32;
        }
    }

    /// All that was read, orders with their lines; nothing when `goes_on` says to stop.
    pub(super) fn finish(self, goes_on: &mut dyn FnMut() -> bool) -> Option<Intake> {
        let mut intake = self.intake;
        let mut catalogue = known_products(&intake, self.options);
        learn_names(&mut intake, &mut catalogue, self.options);
        if !self.desk.finish(&mut intake, &mut catalogue, goes_on) || !goes_on() {
            return None;
        }
        self.deals.finish(&mut intake, &mut catalogue);
        intake.problems.sort_by_key(|problem| (problem.file, problem.line));
        Some(intake)
    }

    pub(super) fn push(
        &mut self,
        kind: Kind,
        source: &Source,
        row: &Row,
        under: Option<u32>,
        fields: Vec<(u16, Value)>,
        links: Vec<(u16, LinkWord)>,
    ) {
        self.intake.incoming.push(Incoming { kind, file: source.file, line: row.line, under, fields, links });
    }

    /// Notes at its first word that a column's words are read as points.
    pub(super) fn note_once(&mut self, source: &Source, line: u32, column: &Column, text: &str) {
        let (file, column, reason) = (source.file, column.shown(), Reason::WordsAsPoints);
        let known =
            self.intake.notes.iter().any(|note| note.file == file && note.reason == reason && note.column == column);
        if !known {
            self.intake.notes.push(Problem { file, line, column, value: beginning(text), reason, kept: true });
        }
    }

    pub(super) fn note(&mut self, source: &Source, line: u32, value: &str, reason: Reason) {
        let (file, value) = (source.file, beginning(value));
        self.intake.notes.push(Problem { file, line, column: String::new(), value, reason, kept: true });
    }

    pub(super) fn problem(&mut self, source: &Source, line: u32, column: String, value: &str, reason: Reason) {
        let value = beginning(value);
        self.intake.problems.push(Problem { file: source.file, line, column, value, reason, kept: true });
    }
}

fn beginning(text: &str) -> String {
    text.trim().chars().take(SHOWN).collect()
}
