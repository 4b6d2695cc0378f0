//! The second step: what the files are. Everything is guessed, shown, and can be changed.

use crate::desk::import::Mode;
use crate::domain::record::Kind;
use crate::exchange::encoding::Charset;
use crate::exchange::header::Unit;
use crate::exchange::inspection::Looked;
use crate::exchange::intake::survey::{Rows as What, Surveyed};
use crate::exchange::intake::{IntakeError, KINDS, Options};
use crate::exchange::opening::Opening;
use crate::text::choices::Said;
use crate::text::{Language, Words, words};
use crate::ui::choosing::Choosing;
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::widget::paint::Brush;
use ratatui::style::Style;

const CHARSETS: [Charset; 5] = [Charset::Auto, Charset::Utf8, Charset::Gb18030, Charset::Big5, Charset::Utf16];
const UNITS: [Option<Unit>; 4] = [None, Some(Unit::One), Some(Unit::TenThousand), Some(Unit::Thousand)];
const MODES: [Mode; 3] = [Mode::Both, Mode::Create, Mode::Update];

/// What a person said of the files.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// How they are opened.
    pub opening: Opening,
    /// How they are read.
    pub options: Options,
    /// What may be done.
    pub mode: Mode,
}

/// One line of the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    Kind,
    Encoding,
    Sheet,
    Unit,
    Mode,
}

/// A value that a line can have.
pub enum Value {
    Kind(Option<Kind>),
    Encoding(Charset),
    Sheet(String),
    Unit(Option<Unit>),
    Mode(Mode),
}

impl Line {
    const fn words(self) -> Words {
        match self {
            Line::Kind => words("rows are", "内容"),
            Line::Encoding => words("encoding", "编码"),
            Line::Sheet => words("sheet", "工作表"),
            Line::Unit => words("amounts in", "金额单位"),
            Line::Mode => words("do", "方式"),
        }
    }
}

/// The lines that mean something for these files.
pub fn lines(looked: Option<&Result<Looked, IntakeError>>) -> Vec<Line> {
    let found = looked.and_then(|looked| looked.as_ref().ok());
    // What could not be opened at all may have been opened wrongly.
    let is_text = found.is_none_or(|looked| looked.files.iter().any(|file| file.encoding.is_some()));
    let sheets = found.is_some_and(|looked| looked.sheets.len() > 1);
    let money = found.is_some_and(|looked| looked.files.iter().any(has_money));
    let all =
        [(Line::Kind, true), (Line::Encoding, is_text), (Line::Sheet, sheets), (Line::Unit, money), (Line::Mode, true)];
    all.into_iter().filter(|(_, there)| *there).map(|(line, _)| line).collect()
}

fn has_money(file: &Surveyed) -> bool {
    file.columns.iter().any(|column| column.is_money)
}

impl Setup {
    /// The values of a line to choose from.
    pub fn choosing(&self, line: Line, looked: Option<&Looked>, language: Language) -> Choosing<Value> {
        let choosing = match line {
            Line::Kind => {
                let kinds = std::iter::once(None).chain(KINDS.map(Some));
                Choosing::new(line.words(), kinds.map(|kind| (Value::Kind(kind), kind_shown(kind, language))))
            }
            Line::Encoding => {
                let option = |charset: Charset| (Value::Encoding(charset), charset_shown(charset, language));
                Choosing::new(line.words(), CHARSETS.map(option))
            }
            Line::Sheet => {
                let sheets = looked.map(|looked| looked.sheets.clone()).unwrap_or_default();
                Choosing::new(line.words(), sheets.into_iter().map(|sheet| (Value::Sheet(sheet.clone()), sheet)))
            }
            Line::Unit => {
                let option = |unit: Option<Unit>| (Value::Unit(unit), unit_shown(unit, language).to_owned());
                Choosing::new(line.words(), UNITS.map(option))
            }
            Line::Mode => {
                let option = |mode: Mode| (Value::Mode(mode), mode_words(mode).say(language).to_owned());
                Choosing::new(line.words(), MODES.map(option))
            }
        };
        choosing.selecting(|value| self.has(value))
    }

    /// Whether a line has this value.
    fn has(&self, value: &Value) -> bool {
        match value {
            Value::Kind(kind) => *kind == self.options.kind,
            Value::Encoding(charset) => *charset == self.opening.charset,
            Value::Sheet(sheet) => Some(sheet) == self.opening.sheet.as_ref(),
            Value::Unit(unit) => *unit == self.options.unit,
            Value::Mode(mode) => *mode == self.mode,
        }
    }

    /// Takes what was chosen; true when the files are then to be looked at again.
    pub fn choose(&mut self, value: Value) -> bool {
        match value {
            Value::Kind(kind) => {
                self.options.kind = kind;
                // What columns are depends on what the rows are.
                self.options.map.clear();
            }
            Value::Encoding(charset) => self.opening.charset = charset,
            Value::Sheet(sheet) => {
                self.opening.sheet = Some(sheet);
                self.options.map.clear();
            }
            Value::Unit(unit) => self.options.unit = unit,
            Value::Mode(mode) => {
                self.mode = mode;
                return false;
            }
        }
        true
    }

    /// What a line says now, with what was guessed.
    fn shown(&self, line: Line, looked: Option<&Looked>, language: Language) -> String {
        let files = || looked.into_iter().flat_map(|looked| &looked.files);
        let guess = |guess: String| match language {
            Language::En => format!("{guess}  (guessed)"),
            Language::Zh => format!("{guess}（自动识别）"),
        };
        match line {
            Line::Kind if self.options.kind.is_some() => kind_shown(self.options.kind, language),
            Line::Kind if looked.is_none() => {
                words("cannot be told; choose", "识别不出，请选择").say(language).to_owned()
            }
            Line::Kind => {
                let mut kinds: Vec<&str> = files().map(|file| rows_words(file.rows).say(language)).collect();
                kinds.dedup();
                guess(kinds.join(words(", ", "、").say(language)))
            }
            Line::Encoding if self.opening.charset != Charset::Auto => charset_shown(self.opening.charset, language),
            Line::Encoding => {
                let mut names: Vec<String> = files().filter_map(|file| file.encoding).map(str::to_uppercase).collect();
                names.dedup();
                guess(names.join(", "))
            }
            Line::Sheet => match &self.opening.sheet {
                Some(sheet) => sheet.clone(),
                None => words("the first with a table", "第一个有表格的工作表").say(language).to_owned(),
            },
            Line::Unit => match (self.options.unit, files().find_map(|file| file.title_unit)) {
                (None, Some(unit)) => guess(unit_shown(Some(unit), language).to_owned()),
                (unit, _) => unit_shown(unit, language).to_owned(),
            },
            Line::Mode => mode_words(self.mode).say(language).to_owned(),
        }
    }

    /// Draws the lines, the one selected and what the files look like.
    pub fn draw(
        &self,
        brush: &mut Brush<'_>,
        looked: Option<&Result<Looked, IntakeError>>,
        selected: usize,
        context: &Context<'_>,
    ) {
        let theme = context.theme;
        let found = looked.and_then(|looked| looked.as_ref().ok());
        let lines = lines(looked);
        for (y, line) in (0..).zip(&lines) {
            brush.text(2, y, context.say(line.words()), 12, theme.dim);
            brush.text(15, y, &self.shown(*line, found, context.language), u16::MAX, Style::new());
            if usize::from(y) == selected {
                brush.select_line(y, theme.selected);
            }
        }
        let y = lines.len() as u16 + 1;
        match looked {
            None => drop(brush.text(2, y, context.say(words("looking at it…", "正在查看文件…")), u16::MAX, theme.dim)),
            Some(Err(error)) => draw_error(brush, y, error, context),
            Some(Ok(looked)) => draw_files(brush, y, &looked.files, context),
        }
    }
}

/// Why the files cannot be read, and what to do.
fn draw_error(brush: &mut Brush<'_>, y: u16, error: &IntakeError, context: &Context<'_>) {
    let width = usize::from(brush.area().width.saturating_sub(4));
    let said = match error {
        IntakeError::UnknownRows(name) => {
            let pattern = words(
                "{}: what the rows are cannot be told from the header; choose it above",
                "{}：从表头看不出是什么内容，请在上面选择",
            );
            pattern.filled(&[name], context.language)
        }
        error => error.say(context.language),
    };
    let mut at = y;
    for line in fit::wrap(&said, width) {
        brush.pieces(2, at, &[("! ", context.theme.alarm), (&line, context.theme.alarm)]);
        at += 1;
    }
    if let Some(hint) = error.hint(context.language) {
        brush.text(4, at, hint, u16::MAX, context.theme.dim);
    }
}

/// The first rows of each file as they were read.
fn draw_files(brush: &mut Brush<'_>, mut y: u16, files: &[Surveyed], context: &Context<'_>) {
    let theme = context.theme;
    for file in files {
        let about = match context.language {
            Language::En => format!("{} · header on line {}", rows_words(file.rows).en, file.header_line),
            Language::Zh => format!("{} · 表头在第 {} 行", rows_words(file.rows).zh, file.header_line),
        };
        let x = brush.text(2, y, &file.name, 50, theme.strong);
        brush.text(x + 2, y, &about, u16::MAX, theme.dim);
        let depth = file.columns.first().map_or(0, |column| column.cells.len());
        let widths: Vec<u16> = file.columns.iter().map(|column| width_of(&column.heading, &column.cells)).collect();
        for row in 0..=depth {
            let mut x = 4;
            for (column, width) in file.columns.iter().zip(&widths) {
                let (text, style) = match row.checked_sub(1) {
                    None => (column.heading.as_str(), theme.dim),
                    Some(at) => (column.cells.get(at).map_or("", String::as_str), Style::new()),
                };
                brush.text(x, y + 1 + row as u16, text, *width, style);
                x += width + 2;
            }
        }
        y += depth as u16 + 3;
    }
}

fn width_of(heading: &str, cells: &[String]) -> u16 {
    let widest = cells.iter().map(|cell| fit::width(cell)).chain([fit::width(heading)]).max().unwrap_or(0);
    widest.clamp(2, 18) as u16
}

/// What rows are, in words.
pub fn rows_words(rows: What) -> Words {
    match rows {
        What::Of(kind) => kind.words(),
        What::Lines => words("lines of orders", "订单明细"),
        What::Names => words("names for ids", "编号对照"),
    }
}

fn kind_shown(kind: Option<Kind>, language: Language) -> String {
    kind.map_or(words("guess it", "自动识别"), Said::words).say(language).to_owned()
}

fn charset_shown(charset: Charset, language: Language) -> String {
    let name = match charset {
        Charset::Auto => words("guess it", "自动识别"),
        Charset::Utf8 => words("UTF-8", "UTF-8"),
        Charset::Utf16 => words("UTF-16", "UTF-16"),
        Charset::Gb18030 => words("GB18030 (GBK)", "GB18030（GBK 简体）"),
        Charset::Big5 => words("Big5", "Big5（繁体）"),
    };
    name.say(language).to_owned()
}

const fn unit_shown(unit: Option<Unit>, language: Language) -> &'static str {
    let unit = match unit {
        None => words("as the headings say, else yuan", "按表头，没写就是元"),
        Some(Unit::TenThousand) => words("10,000 yuan (万元)", "万元"),
        Some(Unit::Thousand) => words("1,000 yuan (千元)", "千元"),
        Some(Unit::Million) => words("million", "百万元"),
        Some(Unit::HundredMillion) => words("100 million (亿元)", "亿元"),
        Some(_) => words("yuan (元)", "元"),
    };
    unit.say(language)
}

const fn mode_words(mode: Mode) -> Words {
    match mode {
        Mode::Both => words("add new ones and update those there", "新增，并更新已有的"),
        Mode::Create => words("only add new ones", "只新增，不改已有的"),
        Mode::Update => words("only update those there", "只更新已有的，不新增"),
    }
}
