//! All that files said, and how each was read.

use crate::domain::record::Kind;
use crate::exchange::intake::harvest::Harvest;
use crate::exchange::intake::model::Problem;

/// How one file was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// The file's name.
    pub name: String,
    /// What its rows are; `None` for lines of orders and for names looked up from other files.
    pub kind: Option<Kind>,
    /// The line of its header.
    pub header_line: u32,
    /// Its headings, joined: what a mapping is remembered by.
    pub header: String,
    /// Field (or `custom`) and column, in the order of the columns; a column not read has no field.
    pub columns: Vec<(String, String)>,
    /// Rows of records.
    pub rows: u32,
    /// Blank rows and repeated headers.
    pub blank: u32,
    /// Sums and footnotes.
    pub passed: u32,
}

/// All that files said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    /// Each file.
    pub files: Vec<FileRead>,
    /// Each record.
    pub incoming: Harvest,
    /// Bad cells and refused rows.
    pub problems: Vec<Problem>,
    /// What was decided on the way and is good to know: columns kept as own fields, sums passed over, unclear dates.
    pub notes: Vec<Problem>,
}
