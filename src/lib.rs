//! kehu (客户): the salesperson's workbench in a terminal.
//!
//! # The house
//!
//! Rooms from the top floor down. Imports run down only, and rooms on one floor do not know each other;
//! `tests/house/floors` holds this page against the tree.
//!
//! | floor | room | what happens there | reads |
//! | --- | --- | --- | --- |
//! | 10 | `main` | arguments in, the screen or a command out; says why it could not | domain store text config desk ui cli |
//! | 9 | `cli` | what can be done without the screen | domain store text config parse query line analysis sample book exchange desk ui |
//! | 8 | `ui` | keys in, screen out | domain store text parse query line analysis book exchange desk |
//! | 7 | `desk` | book and store meet: the only writer; undo, redo, import | domain store text query analysis book exchange |
//! | 6 | `exchange` | data in and out: files read, matched, refused with reasons | domain store text parse query analysis book |
//! | 5 | `book` | what is held in memory: rows, finding, sorting; command → plan → changes | domain store text parse query line analysis |
//! | 4 | `query` | the one list of fields, and the filter language over them | domain text parse |
//! | 4 | `line` | the follow-up line | domain text parse |
//! | 4 | `analysis` | figures, and who waits today: pure functions of records and a date | domain |
//! | 4 | `sample` | a book of a firm that never was, made from a seed | domain |
//! | 3 | `config` | language, keymap, theme, name, folders | text |
//! | 3 | `parse` | what a person types or a cell holds becomes a value: widths, amounts, dates in words, working days | domain text |
//! | 2 | `store` | the book on disk: journal, records, drafts; nobody above knows what lies beneath | domain |
//! | 2 | `text` | every word shown, English and Chinese side by side | domain |
//! | 1 | `domain` | what a salesperson's world is made of: plain data, no clock, disk, screen or language | |
//!
//! # The way of a key
//!
//! `ui::terminal` listens; `ui::normalise` makes one `Event` of its bytes; `ui::session` hands it to `ui::app`.
//! The keymap finds the `Action` of the scope the uppermost view is in; the view answers with an `Effect`, which is plain
//! data: open, go back, say, run a `Command`. A command goes to the desk: it loads the dossiers the command names, the book
//! plans the changes or refuses, the store writes them to the journal and to disk, the book takes them over. The next frame
//! is drawn from the book. Long work gets a snapshot, runs beside the screen, and answers once.
//!
//! # The way of a command
//!
//! `cli` reads the arguments and works at a desk. Where a workbench has the book open already, the command knocks at that
//! one's door (`ui::door`, a socket in the book's folder) and sends what it was asked; `main` has given the session
//! `cli::answer_beside`, which does the same command there: what reads, in a thread of its own on a snapshot of the desk;
//! what writes, on the session's desk between two keys. So one desk stays the only writer.

pub mod analysis;
pub mod book;
pub mod cli;
pub mod config;
pub mod desk;
pub mod domain;
pub mod exchange;
pub mod line;
pub mod parse;
pub mod query;
pub mod sample;
pub mod store;
pub mod text;
pub mod ui;
