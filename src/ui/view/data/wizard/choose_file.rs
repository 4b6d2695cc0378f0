//! The first step: which files. A path typed, completed, pasted or picked from the folder below it.

use crate::domain::time::Moment;
use crate::text::disk::refusal;
use crate::text::figures::{grouped, short_day};
use crate::text::{Language, words};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::path::{self, Entry};
use crate::ui::widget::rows::Rows;
use ratatui::layout::Position;
use ratatui::style::Style;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Endings of files that can be read.
const ENDINGS: [&str; 8] = ["csv", "tsv", "txt", "xlsx", "xls", "vcf", "json", "xlsm"];

/// The line, the folder it is in, and what is marked.
#[derive(Default)]
pub struct ChooseFile {
    input: Input,
    folder: Option<PathBuf>,
    entries: Vec<Entry>,
    trouble: Option<std::io::Error>,
    shown: Vec<usize>,
    rows: Rows,
    in_list: bool,
    marked: Vec<PathBuf>,
}

/// What a key on this step asks for.
pub enum Asked {
    /// Nothing more.
    Nothing,
    /// These files are to be read.
    Read(Vec<PathBuf>),
    /// Say so.
    Say(String),
    /// The key means nothing here.
    Unknown,
}

impl ChooseFile {
    /// Looks at the folder of the line again.
    pub fn refresh(&mut self) {
        self.folder = None;
        self.look();
    }

    /// Reads the folder of the line, if it is another than before, and finds what goes on from the line.
    fn look(&mut self) {
        let line = self.input.text();
        let (folder, typed) = path::parted(&line);
        let folder = path::path_of(folder);
        if self.folder.as_ref() != Some(&folder) {
            (self.entries, self.trouble) = match path::entries(&folder, &ENDINGS) {
                Ok(entries) => (entries, None),
                Err(error) => (Vec::new(), Some(error)),
            };
            self.folder = Some(folder);
        }
        let fitting = self.entries.iter().enumerate().filter(|(_, entry)| path::goes_on(&entry.name, typed));
        self.shown = fitting.map(|(at, _)| at).collect();
        self.rows.select(self.rows.selected, self.shown.len());
    }

    /// Takes text typed, or a path pasted or dropped.
    pub fn typed(&mut self, text: &str) {
        if text == " " && self.in_list {
            return self.mark();
        }
        let paths = dropped(text);
        if !paths.is_empty() {
            return self.drop(paths);
        }
        self.in_list = false;
        self.rows.selected = 0;
        self.input.insert(text.trim_end_matches(['\r', '\n']));
        self.look();
    }

    fn drop(&mut self, paths: Vec<String>) {
        if let [only] = paths.as_slice() {
            self.input = Input::new(only);
        } else {
            self.marked.extend(paths.iter().map(|path| path::path_of(path)));
        }
        self.in_list = false;
        self.look();
    }

    fn selected(&self) -> Option<&Entry> {
        self.entries.get(*self.shown.get(self.rows.selected)?)
    }

    fn path_of(&self, entry: &Entry) -> PathBuf {
        self.folder.as_deref().unwrap_or(Path::new("")).join(&entry.name)
    }

    fn mark(&mut self) {
        let Some(path) = self.selected().filter(|entry| !entry.is_folder).map(|entry| self.path_of(entry)) else {
            return;
        };
        match self.marked.iter().position(|other| *other == path) {
            Some(at) => drop(self.marked.remove(at)),
            None => self.marked.push(path),
        }
        self.rows.move_by(1, self.shown.len());
    }

    fn moved(&mut self, by: isize) {
        if !self.in_list {
            self.in_list = by > 0 && !self.shown.is_empty();
        } else if by < 0 && self.rows.selected == 0 {
            self.in_list = false;
        } else {
            self.rows.move_by(by, self.shown.len());
        }
    }

    /// Does an act.
    pub fn act(&mut self, action: Action, context: &Context<'_>) -> Asked {
        match action {
            Action::SelectNext => self.moved(1),
            Action::SelectPrevious => self.moved(-1),
            Action::PageDown => self.moved(self.rows.page()),
            Action::PageUp => self.moved(-self.rows.page()),
            Action::Complete => self.complete(),
            Action::Choose | Action::Open => return self.choose(context),
            _ if self.input.act(action) => {
                self.in_list = false;
                self.look();
            }
            _ => return Asked::Unknown,
        }
        Asked::Nothing
    }

    fn complete(&mut self) {
        let chosen = self.selected().filter(|_| self.in_list).cloned();
        let line = match chosen {
            Some(entry) => Some(self.line_with(&entry)),
            None => path::completed(&self.input.text(), &self.entries),
        };
        match line {
            Some(line) => {
                self.input = Input::new(&line);
                self.in_list = false;
                self.rows.selected = 0;
                self.look();
            }
            // Nothing more is clear: the list says what there is.
            None => self.in_list = !self.shown.is_empty(),
        }
    }

    /// Whether one entry alone goes on from the line, and more than is typed.
    fn completes_to_one(&self) -> bool {
        self.shown.len() == 1 && path::completed(&self.input.text(), &self.entries).is_some()
    }

    fn line_with(&self, entry: &Entry) -> String {
        let line = self.input.text();
        let (folder, _) = path::parted(&line);
        format!("{folder}{}{}", entry.name, if entry.is_folder { "/" } else { "" })
    }

    fn choose(&mut self, context: &Context<'_>) -> Asked {
        if let Some(entry) = self.selected().filter(|_| self.in_list).cloned() {
            if entry.is_folder || self.marked.is_empty() {
                self.input = Input::new(&self.line_with(&entry));
                (self.in_list, self.rows.selected) = (entry.is_folder, 0);
                self.look();
            }
            if entry.is_folder {
                return Asked::Nothing;
            }
        }
        if !self.marked.is_empty() {
            return Asked::Read(self.marked.clone());
        }
        let line = self.input.text();
        let path = path::path_of(line.trim());
        match std::fs::metadata(&path) {
            _ if line.trim().is_empty() => {
                let none = words(
                    "type a path, or pick a file below with the arrow keys",
                    "请输入路径，或用方向键在下面选文件",
                );
                Asked::Say(context.say(none).to_owned())
            }
            Ok(found) if found.is_dir() => {
                if !line.ends_with('/') {
                    self.input.insert("/");
                }
                self.in_list = true;
                self.look();
                Asked::Nothing
            }
            Ok(_) => Asked::Read(vec![path]),
            // What can only mean one thing is taken as if it had been typed out.
            Err(_) if self.completes_to_one() => {
                self.complete();
                self.choose(context)
            }
            Err(error) => Asked::Say(unreadable(&path, &error, context.language)),
        }
    }

    /// Draws the step; gives where the caret stands.
    pub fn draw(&mut self, brush: &mut Brush<'_>, context: &Context<'_>) -> Option<Position> {
        let theme = context.theme;
        let area = brush.area();
        let x = brush.pieces(1, 0, &[(context.say(words("File", "文件")), theme.accent), (" > ", theme.accent)]);
        let caret = self.input.draw(brush, x, 0, area.width.saturating_sub(x + 1), theme.strong);
        if self.input.is_empty() && !self.in_list {
            let hint =
                words("a path; Tab completes it; files can be dropped here", "输入路径，Tab 补全；也可以把文件拖进来");
            brush.text(x + 1, 0, context.say(hint), u16::MAX, theme.dim);
        }
        let top = self.draw_marked(brush, context);
        let height = area.height.saturating_sub(top);
        self.rows.fit(usize::from(height), self.shown.len());
        let mut selected = None;
        for (y, at) in (top..).zip(self.rows.seen(self.shown.len())) {
            let Some(entry) = self.shown.get(at).and_then(|at| self.entries.get(*at)) else { continue };
            self.draw_entry(brush, y, entry, context);
            if self.in_list && at == self.rows.selected {
                brush.select_line(y, theme.selected);
                selected = Some(Position { x: area.x, y: area.y + y });
            }
        }
        if self.shown.is_empty() {
            self.draw_nothing(brush, top, context);
        }
        if self.in_list { selected } else { Some(caret) }
    }

    /// The files marked; gives the line below them.
    fn draw_marked(&self, brush: &mut Brush<'_>, context: &Context<'_>) -> u16 {
        if self.marked.is_empty() {
            return 2;
        }
        let names: Vec<String> = self.marked.iter().map(|path| name_of(path)).collect();
        let said = match context.language {
            Language::En => format!("together: {}", names.join(", ")),
            Language::Zh => format!("一起导入：{}", names.join("、")),
        };
        brush.text(1, 1, &said, u16::MAX, context.theme.good);
        3
    }

    fn draw_entry(&self, brush: &mut Brush<'_>, y: u16, entry: &Entry, context: &Context<'_>) {
        let theme = context.theme;
        let width = brush.area().width;
        if self.marked.contains(&self.path_of(entry)) {
            brush.text(0, y, if context.ascii { "*" } else { "●" }, 1, theme.accent);
        }
        let (name, style) = match entry.is_folder {
            true => (format!("{}/", entry.name), theme.accent),
            false => (entry.name.clone(), Style::new()),
        };
        brush.text(2, y, &name, width.saturating_sub(30), style);
        if !entry.is_folder {
            brush.text_left_of(width.saturating_sub(14), y, &path::size_shown(entry.size), 10, theme.dim);
        }
        let since = entry.written.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        let seconds = since.and_then(|since| i64::try_from(since.as_secs()).ok());
        if let Some(seconds) = seconds {
            let day = Moment::from_parts(seconds, context.now.offset_minutes()).day();
            brush.text_left_of(width.saturating_sub(1), y, &short_day(day, context.today()), 12, theme.dim);
        }
    }

    fn draw_nothing(&self, brush: &mut Brush<'_>, y: u16, context: &Context<'_>) {
        let theme = context.theme;
        match &self.trouble {
            Some(error) => {
                brush.text(2, y, &refusal(error, context.language), u16::MAX, theme.alarm);
            }
            None => {
                let none = words(
                    "no file here that can be read (csv, tsv, xlsx, xls, vcf, json)",
                    "这里没有可导入的文件（csv、tsv、xlsx、xls、vcf、json）",
                );
                brush.text(2, y, context.say(none), u16::MAX, theme.dim);
            }
        }
    }

    /// What stands at the right of the foot.
    pub fn foot(&self) -> String {
        match (self.in_list, self.shown.len()) {
            (true, count) => format!("{}/{}", self.rows.selected + 1, grouped(count as u64)),
            (false, count) => grouped(count as u64),
        }
    }
}

/// A file's own name.
pub fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The paths in text that was pasted or dropped; none in a piece of a path, such as what is typed fast.
fn dropped(text: &str) -> Vec<String> {
    let whole = text.trim();
    let is_file = |path: &String| path::path_of(path).is_file();
    if is_file(&whole.to_owned()) && path::is_whole(whole) {
        // A path copied as it is may hold spaces that nobody escaped.
        return vec![whole.to_owned()];
    }
    let paths = path::dropped(text);
    let is_all = path::is_whole(whole) && paths.iter().all(is_file);
    if is_all || path::is_quoted(whole) { paths } else { Vec::new() }
}

/// Why a file cannot be read, in words.
fn unreadable(path: &Path, error: &std::io::Error, language: Language) -> String {
    match (error.kind(), language) {
        (std::io::ErrorKind::NotFound, Language::En) => format!("there is no file {}", path.display()),
        (std::io::ErrorKind::NotFound, Language::Zh) => format!("没有这个文件：{}", path.display()),
        (_, Language::En) => format!("{}: {}", path.display(), refusal(error, language)),
        (_, Language::Zh) => format!("{}：{}", path.display(), refusal(error, language)),
    }
}
