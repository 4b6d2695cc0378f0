//! The last step: what was done, and the rows with problems written to a file to be mended and fed in again.

use super::check::{draw_counts, draw_unpriced};
use crate::desk::import::{Counts, Imported};
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::exchange::inspection::Wanted;
use crate::exchange::intake::Problem;
use crate::text::disk::refusal;
use crate::text::figures::grouped;
use crate::text::{Language, words};
use crate::ui::context::Context;
use crate::ui::effect::Notice;
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::path::path_of;
use ratatui::layout::Position;
use ratatui::style::Style;
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// What was done.
pub struct Report {
    counts: BTreeMap<Kind, Counts>,
    imported: Imported,
    problems: Vec<Problem>,
    wanted: Wanted,
    /// The path the problem rows go to, while it is typed.
    path: Option<Input>,
    written: Vec<String>,
    taken_back: bool,
}

impl Report {
    /// What an import did.
    pub fn new(counts: BTreeMap<Kind, Counts>, imported: Imported, problems: Vec<Problem>, wanted: Wanted) -> Report {
        Report { counts, imported, problems, wanted, path: None, written: Vec::new(), taken_back: false }
    }

    /// The path being typed.
    pub const fn path(&mut self) -> Option<&mut Input> {
        self.path.as_mut()
    }

    /// Whether a path is being typed.
    pub const fn asks_path(&self) -> bool {
        self.path.is_some()
    }

    /// Asks where the problem rows are to go; beside the first file that has some, unless somewhere else is said.
    pub fn ask_path(&mut self, context: &Context<'_>) -> Option<Notice> {
        let Some(first) = self.files().into_iter().next() else {
            return Some(Notice::note(context.say(words("there are no rows with problems", "没有有问题的行"))));
        };
        let path = self.wanted.paths.get(usize::from(first).min(self.wanted.paths.len().saturating_sub(1)));
        let path = path.cloned().unwrap_or_default();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = format!("{stem}-{}.csv", context.say(words("problems", "问题行")));
        self.path = Some(Input::new(&path.with_file_name(name).to_string_lossy()));
        None
    }

    /// The group the import was written in, where anything was.
    pub fn group(&self) -> Option<Id> {
        self.imported.group.filter(|_| !self.taken_back)
    }

    /// Whether undo takes it back.
    pub fn can_be_taken_back(&self) -> bool {
        self.group().is_some()
    }

    /// It was taken back.
    pub fn take_back(&mut self) {
        self.taken_back = true;
    }

    /// Whether there are rows with problems that could be written to a file.
    pub fn has_rows_to_mend(&self) -> bool {
        self.problems.iter().any(|problem| problem.line > 0)
    }

    /// Leaves the path.
    pub fn leave_path(&mut self) {
        self.path = None;
    }

    /// The files that have problem rows, by their places.
    fn files(&self) -> Vec<u16> {
        let mut files: Vec<u16> =
            self.problems.iter().filter(|problem| problem.line > 0).map(|problem| problem.file).collect();
        files.sort_unstable();
        files.dedup();
        files
    }

    /// Writes the problem rows: of one file to the path, of several each beside it with its place in the name. Nothing that
    /// is there is written over.
    pub fn write(&mut self, context: &Context<'_>) -> Notice {
        let Some(input) = &self.path else { return Notice::note("") };
        self.wanted.language = context.language;
        let path = path_of(input.text().trim());
        let files = self.files();
        let (mut rows, mut written) = (0, Vec::new());
        for (at, file) in files.iter().enumerate() {
            let path = if at == 0 { path.clone() } else { numbered(&path, at + 1) };
            match self.write_file(*file, &path) {
                Ok(count) => rows += count,
                Err(error) => return Notice::error(said(&path, &error.0, context.language)),
            }
            written.push(path.display().to_string());
        }
        (self.path, self.written) = (None, written);
        let rows = grouped(rows as u64);
        Notice::note(match context.language {
            Language::En => format!("{rows} rows written; mend them and import the file again"),
            Language::Zh => format!("已存 {rows} 行，改好后再导入即可"),
        })
    }

    fn write_file(&self, file: u16, path: &Path) -> Result<usize, Failed> {
        let out = OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| {
            Failed(match error.kind() {
                std::io::ErrorKind::AlreadyExists => {
                    words("there is such a file already; give another name", "已有同名文件，请换个名字")
                        .say(self.wanted.language)
                        .to_owned()
                }
                _ => refusal(&error, self.wanted.language),
            })
        })?;
        let written = self.wanted.hand_back(file, &self.problems, &mut BufWriter::new(out));
        written.map_err(|error| Failed(error.say(self.wanted.language)))
    }

    /// Draws what was done; gives where the caret stands while a path is typed.
    pub fn draw(&self, brush: &mut Brush<'_>, context: &Context<'_>) -> Option<Position> {
        let theme = context.theme;
        let done = match self.imported.group {
            Some(_) if self.taken_back => words(
                "Taken back: nothing of this import is left in the book.",
                "已撤销：客户簿里没有留下这次导入的任何内容。",
            ),
            Some(_) => words("Imported. One undo takes all of it back.", "导入完成。撤销一次即可全部收回。"),
            None => words("Nothing was new: the book is as it was.", "没有新内容，客户簿未变。"),
        };
        brush.text(2, 0, context.say(done), u16::MAX, theme.good);
        let y = match self.taken_back {
            true => 2,
            false => {
                let y = draw_counts(brush, 2, &self.counts, &self.imported, false, context);
                draw_unpriced(brush, y, &self.problems, context) + 1
            }
        };
        let caret = self.draw_problems(brush, y, context);
        let y = y + 3 + self.written.len() as u16;
        let made = self.counts.get(&Kind::Customer).is_some_and(|counts| counts.created > 0) && !self.taken_back;
        let on = match made {
            true => words(
                "Enter shows the customers, the new ones marked; Esc goes back to the data.",
                "按回车查看客户，新客户已打上标记；按 Esc 回到数据管理。",
            ),
            false => {
                words("Enter shows the customers; Esc goes back to the data.", "按回车查看客户；按 Esc 回到数据管理。")
            }
        };
        brush.text(2, y, context.say(on), u16::MAX, theme.dim);
        caret
    }

    fn draw_problems(&self, brush: &mut Brush<'_>, y: u16, context: &Context<'_>) -> Option<Position> {
        let theme = context.theme;
        if self.problems.is_empty() {
            brush.text(2, y, context.say(words("No problems.", "没有问题。")), u16::MAX, Style::new());
            return None;
        }
        let count = grouped(self.problems.len() as u64);
        let said = match context.language {
            Language::En => format!("! problems: {count}; E writes their rows to a file, to mend and import again"),
            Language::Zh => format!("! 有 {count} 个问题；按 E 把这些行存成文件，改好后可再导入"),
        };
        brush.text(2, y, &said, u16::MAX, theme.alarm);
        for (y, path) in (y + 1..).zip(&self.written) {
            brush.text(4, y, path, u16::MAX, theme.strong);
        }
        let input = self.path.as_ref()?;
        let x = brush.pieces(2, y + 1, &[(context.say(words("to", "存到")), theme.accent), (" > ", theme.accent)]);
        Some(input.draw(brush, x, y + 1, brush.area().width.saturating_sub(x + 1), theme.strong))
    }
}

/// Why a file was not written.
struct Failed(String);

fn numbered(path: &Path, number: usize) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    path.with_file_name(format!("{stem}-{number}.csv"))
}

fn said(path: &Path, why: &str, language: Language) -> String {
    match language {
        Language::En => format!("{}: {why}", path.display()),
        Language::Zh => format!("{}：{why}", path.display()),
    }
}
