//! The import wizard: files chosen, understood, checked and taken in, a step at a time. Esc goes a step back and nothing
//! said on the way is lost.

mod check;
mod choose_file;
mod columns;
mod keys;
pub use keys::After;
mod replaced;
mod report;
mod setup;
mod values;

use crate::desk::errand::{self, Outcome};
use crate::desk::import::stepping::Load;
use crate::desk::import::{Imported, name_of_files};
use crate::desk::trouble::Trouble;
use crate::exchange::inspection::{Alias, Inspected, Looked, Wanted, Watch};
use crate::exchange::intake::IntakeError;
use crate::exchange::intake::harvest::Harvest;
use crate::exchange::strange::{About, as_incoming, owner_of};
use crate::store::entry::Target;
use crate::text::figures::grouped;
use crate::text::{Language, Words, words};
use crate::ui::context::Context;
use crate::ui::job::{Job, Ticket};
use crate::ui::widget::bar::{bar, percent};
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use check::Check;
use choose_file::{ChooseFile, name_of};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use report::Report;
use setup::Setup;
use std::path::PathBuf;
use std::sync::Arc;
use values::Values;

/// The steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    File,
    What,
    Columns,
    Values,
    Check,
    Going,
    Report,
}

impl Step {
    const ALL: [(Step, Words); 7] = [
        (Step::File, words("file", "选文件")),
        (Step::What, words("contents", "识别")),
        (Step::Columns, words("columns", "对应列")),
        (Step::Values, words("words", "对应值")),
        (Step::Check, words("check", "检查")),
        (Step::Going, words("import", "导入")),
        (Step::Report, words("report", "结果")),
    ];
}

/// What a list laid over the wizard is about.
#[derive(Clone, Debug)]
enum Picking {
    Line(setup::Line),
    Field(usize),
    Value,
}

/// Work done beside that is wanted or under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    Nothing,
    /// The headers are to be looked at; with the flag, as the last time.
    Look(bool),
    Looking,
    /// The files are to be read.
    Read,
    Reading,
}

/// Work at the desk that is wanted or under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AtDesk {
    Nothing,
    /// What would be done is to be counted.
    Count,
    Counting,
    /// It is to be done.
    Import,
    Importing,
    /// What was done is to be taken back.
    TakeBack,
    TakingBack,
}

/// What kept the files from being taken in.
enum Mishap {
    Files(IntakeError),
    Desk(Trouble),
    Stopped,
}

impl Mishap {
    fn say(&self, language: Language) -> String {
        match self {
            Mishap::Files(error) => error.say(language),
            Mishap::Desk(trouble) => trouble.say(language),
            Mishap::Stopped => {
                let stopped =
                    words("Stopped. Nothing of it is left in the book.", "已停止，客户簿里没有留下任何内容。");
                stopped.say(language).to_owned()
            }
        }
    }
}

/// The steps from choosing files to what their import brought.
pub struct Wizard {
    step: Step,
    file: ChooseFile,
    paths: Vec<PathBuf>,
    setup: Setup,
    looked: Option<Result<Looked, IntakeError>>,
    rows: Rows,
    columns: Rows,
    values: Values,
    /// The words decided upon when the files were last read.
    read_by: Vec<Alias>,
    check: Option<Check>,
    incoming: Arc<Harvest>,
    trial: Option<Imported>,
    trouble: Option<Mishap>,
    report: Option<Report>,
    picking: Option<Picking>,
    beside: Beside,
    at_desk: AtDesk,
    watch: Watch,
    ticket: Ticket,
}

impl Wizard {
    /// The wizard at its first step.
    pub fn new() -> Wizard {
        let mut file = ChooseFile::default();
        file.refresh();
        Wizard {
            step: Step::File,
            file,
            paths: Vec::new(),
            setup: Setup::default(),
            looked: None,
            rows: Rows::default(),
            columns: Rows::default(),
            values: Values::default(),
            read_by: Vec::new(),
            check: None,
            incoming: Arc::default(),
            trial: None,
            trouble: None,
            report: None,
            picking: None,
            beside: Beside::Nothing,
            at_desk: AtDesk::Nothing,
            watch: Watch::default(),
            ticket: 0,
        }
    }

    fn looked(&self) -> Option<&Looked> {
        self.looked.as_ref().and_then(|looked| looked.as_ref().ok())
    }

    /// How the files are to be read, as things stand.
    fn wanted(&self, context: &Context<'_>) -> Wanted {
        let mut options = self.setup.options.clone();
        (options.offset_minutes, options.today) = (context.now.offset_minutes(), Some(context.today()));
        Wanted {
            paths: self.paths.clone(),
            opening: self.setup.opening.clone(),
            options,
            aliases: self.values.aliases(),
            language: context.language,
        }
    }

    /// Begins with files; those of before keep what was said of them.
    fn begin(&mut self, paths: Vec<PathBuf>) {
        self.step = Step::What;
        if paths != self.paths || self.looked().is_none() {
            (self.paths, self.setup, self.looked) = (paths, Setup::default(), None);
            (self.rows, self.columns) = (Rows::default(), Rows::default());
            self.look_again(true);
        }
    }

    /// The headers are to be looked at again; what was read by them is worth nothing any more.
    fn look_again(&mut self, remember: bool) {
        self.ticket += 1;
        self.beside = Beside::Look(remember);
        self.forget_reading();
        (self.values, self.read_by) = (Values::default(), Vec::new());
    }

    fn forget_reading(&mut self) {
        self.watch.stop();
        self.watch = Watch::default();
        (self.check, self.trial, self.trouble) = (None, None, None);
        self.incoming = Arc::default();
    }

    /// The files are to be read whole.
    fn read(&mut self) {
        self.ticket += 1;
        self.forget_reading();
        self.beside = Beside::Read;
        self.step = Step::Check;
    }

    /// The work beside that is wanted next.
    pub fn work(&mut self, context: &Context<'_>) -> Option<Job> {
        match self.beside {
            Beside::Look(remember) => {
                self.beside = Beside::Looking;
                let standards = Box::new(context.book().standards().clone());
                Some(Job::Look(self.ticket, Box::new(self.wanted(context)), standards, remember))
            }
            Beside::Read => {
                self.beside = Beside::Reading;
                let book = context.book().clone();
                Some(Job::Read(self.ticket, Box::new(self.wanted(context)), book, self.watch.clone()))
            }
            _ => None,
        }
    }

    /// Whether it shows how far work beside it is.
    pub fn watches(&self) -> bool {
        self.beside == Beside::Reading && self.step == Step::Check
    }

    /// Takes how the files would be read.
    pub fn found_look(&mut self, ticket: Ticket, looked: Result<Looked, IntakeError>) {
        if ticket != self.ticket {
            return;
        }
        self.beside = Beside::Nothing;
        if let Ok(looked) = &looked
            && !looked.remembered.is_empty()
        {
            self.setup.options.map.clone_from(&looked.remembered);
        }
        if looked.is_err() && self.step == Step::Columns {
            // What was said last of a column cannot be said of another file's column of the same name.
            self.setup.options.map.pop();
            return;
        }
        self.looked = Some(looked);
    }

    /// Takes what the files say.
    pub fn found_read(&mut self, ticket: Ticket, read: Result<Box<Inspected>, IntakeError>) {
        if ticket != self.ticket {
            return;
        }
        self.beside = Beside::Nothing;
        match read {
            Ok(mut inspected) => {
                let is_first = self.values.strange.is_empty();
                self.values.take(std::mem::take(&mut inspected.strange));
                self.incoming = Arc::new(std::mem::take(&mut inspected.intake.incoming));
                self.check = Some(Check::new(*inspected));
                if is_first && !self.values.strange.is_empty() {
                    self.step = Step::Values;
                } else {
                    self.at_desk = AtDesk::Count;
                }
            }
            Err(IntakeError::Stopped) => {}
            Err(error) => self.trouble = Some(Mishap::Files(error)),
        }
    }

    /// The work at the desk that is wanted next.
    pub fn asks(&mut self, context: &Context<'_>) -> Option<errand::Asked> {
        let dry_run = match self.at_desk {
            AtDesk::TakeBack => {
                self.at_desk = AtDesk::TakingBack;
                let group = self.report.as_ref().and_then(Report::group)?;
                return Some(errand::Asked::TakeBack(Target::Group(group)));
            }
            AtDesk::Count => true,
            AtDesk::Import => false,
            _ => return None,
        };
        self.at_desk = if dry_run { AtDesk::Counting } else { AtDesk::Importing };
        let check = self.check.as_ref()?;
        let standards = context.book().standards();
        let people = self.values.aliases().into_iter().filter(|alias| alias.about == About::Owner);
        let people = people.filter_map(|alias| Some((alias.word, owner_of(&alias.key, standards)?))).collect();
        if !dry_run {
            let items = self.values.new_items(standards);
            // What was read may be as long as a million lines: it is not copied where nothing is added.
            if !items.is_empty() {
                let incoming = Arc::make_mut(&mut self.incoming);
                items.iter().for_each(|item| incoming.push(as_incoming(item)));
            }
        }
        let (name, incoming) = (name_of_files(&check.inspected.intake.files), Arc::clone(&self.incoming));
        let load = Load { name, incoming, mode: self.setup.mode, dry_run, same: check.same(), people };
        Some(errand::Asked::Import(Box::new(load)))
    }

    /// Whether an answer of the desk is the wizard's.
    pub const fn awaits_desk(&self) -> bool {
        matches!(self.at_desk, AtDesk::Counting | AtDesk::Importing | AtDesk::TakingBack)
    }

    /// Takes what the desk did.
    pub fn found_outcome(&mut self, outcome: Result<Outcome, Trouble>) {
        let was = std::mem::replace(&mut self.at_desk, AtDesk::Nothing);
        match outcome {
            // What keeps it from being taken back stands at the foot; the report stays true.
            Err(_) if was == AtDesk::TakingBack => {}
            Ok(Outcome::TakenBack(_)) => self.report.iter_mut().for_each(Report::take_back),
            Ok(Outcome::Imported(imported)) if was == AtDesk::Counting => {
                self.check.iter_mut().for_each(|check| check.take(&imported));
                self.trial = (!imported.stopped).then_some(imported);
            }
            Ok(Outcome::Imported(imported)) if imported.stopped => {
                (self.step, self.at_desk) = (Step::Check, AtDesk::Count);
                self.trouble = Some(Mishap::Stopped);
            }
            Ok(Outcome::Imported(imported)) => self.report_on(imported),
            Ok(_) => {}
            Err(trouble) => {
                self.step = Step::Check;
                self.trouble = Some(Mishap::Desk(trouble));
            }
        }
    }

    fn report_on(&mut self, imported: Imported) {
        let Some(check) = self.check.take() else { return };
        let counts = check::counts_of(&imported, &check.inspected.intake);
        let wanted = Wanted {
            paths: self.paths.clone(),
            opening: self.setup.opening.clone(),
            options: self.setup.options.clone(),
            ..Wanted::default()
        };
        self.report = Some(Report::new(counts, imported, check.inspected.intake.problems, wanted));
        self.incoming = Arc::default();
        self.step = Step::Report;
    }

    /// Draws the step; gives where the cursor is to stand.
    pub fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let mut brush = Brush::new(buffer, area);
        self.draw_steps(&mut brush, context);
        let top = if area.height < 16 { 2 } else { 3 };
        let body = Rect { y: area.y + top, height: area.height.saturating_sub(top), ..area };
        let mut brush = Brush::new(buffer, body);
        match self.step {
            Step::File => return self.file.draw(&mut brush, context),
            Step::What => self.setup.draw(&mut brush, self.looked.as_ref(), self.rows.selected, context),
            Step::Columns => {
                if let Some(Ok(looked)) = &self.looked {
                    columns::draw(&mut brush, &looked.files, &mut self.columns, context);
                }
            }
            Step::Values => self.values.draw(&mut brush, context),
            Step::Check => self.draw_check(body, buffer, context),
            Step::Going => draw_going(&mut brush, context),
            Step::Report => return self.report.as_ref().and_then(|report| report.draw(&mut brush, context)),
        }
        None
    }

    /// Where one is, and what the files are called.
    fn draw_steps(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let theme = context.theme;
        let mut x = brush.text(1, 0, context.say(words("Import", "导入")), 10, theme.bar) + 2;
        for (step, called) in Step::ALL {
            let style = if step == self.step { theme.strong } else { theme.dim };
            if step != Step::File {
                x = brush.text(x, 0, if context.ascii { " > " } else { " › " }, 3, theme.dim);
            }
            x = brush.text(x, 0, context.say(called), 12, style);
        }
        if self.step > Step::File {
            let names: Vec<String> = self.paths.iter().map(|path| name_of(path)).collect();
            brush.text(2, 1, &names.join("  "), u16::MAX, theme.accent);
        }
    }

    fn draw_check(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) {
        let theme = context.theme;
        let mut brush = Brush::new(buffer, area);
        let mut top = 0;
        if let Some(trouble) = &self.trouble {
            brush.pieces(2, 0, &[("! ", theme.alarm), (&trouble.say(context.language), theme.alarm)]);
            top = 2;
        }
        let Some(check) = &mut self.check else {
            if self.trouble.is_none() {
                let rows = grouped(self.watch.rows());
                let reading = match context.language {
                    Language::En => format!("reading: {rows} rows"),
                    Language::Zh => format!("正在读取：{rows} 行"),
                };
                brush.text(2, 0, &reading, u16::MAX, theme.strong);
            }
            return;
        };
        let area = Rect { y: area.y + top, height: area.height.saturating_sub(top), ..area };
        check.draw(&mut Brush::new(buffer, area), self.trial.as_ref(), context);
    }
}

/// How far the import is.
fn draw_going(brush: &mut Brush<'_>, context: &Context<'_>) {
    let theme = context.theme;
    let Some(far) = context.far else { return };
    let doing = if far.back {
        words("taking back what was written…", "正在收回已写入的内容…")
    } else {
        words("importing…  Esc stops it and leaves nothing behind", "正在导入…… 按 Esc 停止，不会留下任何内容")
    };
    brush.text(2, 1, context.say(doing), u16::MAX, theme.strong);
    let width = usize::from(brush.area().width.saturating_sub(12)).min(60);
    brush.text(2, 3, &bar(far.done, far.of, width, context.ascii), u16::MAX, theme.accent);
    brush.text_left_of(width as u16 + 8, 3, &format!("{}%", percent(far.done, far.of)), 5, theme.strong);
    brush.text(2, 4, &format!("{} / {}", grouped(far.done), grouped(far.of)), u16::MAX, theme.dim);
}
