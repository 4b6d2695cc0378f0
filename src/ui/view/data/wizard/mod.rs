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
use crate::desk::import::lineage::Source;
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
use crate::ui::choosing::Choice;
use crate::ui::context::Context;
use crate::ui::effect::Effect;
use crate::ui::job::{Done, Job, Work};
use crate::ui::pending::Pending;
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

/// What is chosen in a list laid over the wizard.
enum Chosen {
    What(setup::Value),
    /// The column of this row is read as the field of this name.
    Field(usize, &'static str),
    Word(values::Reading),
}

/// Work at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AtDesk {
    /// What would be done is counted.
    Count,
    /// It is done.
    Import,
    /// What was done is taken back.
    TakeBack,
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
    choice: Choice<Chosen>,
    /// The headers looked at; with the flag, as the last time.
    looking: Pending<bool, Looked, IntakeError>,
    /// The files read whole.
    reading: Pending<(), Box<Inspected>, IntakeError>,
    at_desk: Pending<AtDesk, Outcome, Trouble>,
    watch: Watch,
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
            choice: Choice::default(),
            looking: Pending::default(),
            reading: Pending::default(),
            at_desk: Pending::default(),
            watch: Watch::default(),
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
        self.looking.ask_anew(remember, 0);
        self.forget_reading();
        (self.values, self.read_by) = (Values::default(), Vec::new());
    }

    fn forget_reading(&mut self) {
        self.stop_reading();
        self.watch = Watch::default();
        (self.check, self.trial, self.trouble) = (None, None, None);
        self.incoming = Arc::default();
    }

    fn stop_reading(&mut self) {
        self.watch.stop();
        self.reading.withdraw();
    }

    /// The files are to be read whole.
    fn read(&mut self) {
        self.forget_reading();
        self.looking.withdraw();
        self.reading.ask_anew((), 0);
        self.step = Step::Check;
    }

    /// Whether headers are looked at or files read.
    const fn is_reading(&self) -> bool {
        self.looking.is_waiting() || self.reading.is_waiting()
    }

    /// What would be done is to be counted.
    fn count_again(&mut self) {
        self.at_desk.ask_anew(AtDesk::Count, 0);
    }

    /// The work that is wanted next.
    pub fn work(&mut self, context: &Context<'_>) -> Option<Work> {
        let job = self.look(context).or_else(|| self.inspect(context));
        job.map(Work::from).or_else(|| self.work_at_desk(context))
    }

    fn look(&mut self, context: &Context<'_>) -> Option<Job> {
        self.looking.unsent()?;
        let (wanted, standards) = (self.wanted(context), context.book().standards().clone());
        self.looking.send(|remember| {
            let remember = *remember;
            move || wanted.look(&standards, remember)
        })
    }

    fn inspect(&mut self, context: &Context<'_>) -> Option<Job> {
        self.reading.unsent()?;
        let (wanted, book, watch) = (self.wanted(context), context.book().clone(), self.watch.clone());
        let job = self.reading.send(|()| move || wanted.inspect(&book, &watch).map(Box::new));
        job.map(Job::watched)
    }

    /// Takes what long work answers.
    ///
    /// # Errors
    /// Gives back what was not asked here.
    pub fn found(&mut self, done: Done) -> Result<Effect, Done> {
        let done = match self.looking.receive(done) {
            Ok(looked) => {
                looked.into_iter().for_each(|(_, looked)| self.found_look(looked));
                return Ok(Effect::None);
            }
            Err(done) => done,
        };
        let done = match self.reading.receive(done) {
            Ok(read) => {
                read.into_iter().for_each(|(_, read)| self.found_read(read));
                return Ok(Effect::None);
            }
            Err(done) => done,
        };
        let outcome = self.at_desk.receive(done)?;
        outcome.into_iter().for_each(|(was, outcome)| self.found_outcome(was, outcome));
        Ok(Effect::None)
    }

    /// Takes how the files would be read.
    fn found_look(&mut self, looked: Result<Looked, IntakeError>) {
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
    fn found_read(&mut self, read: Result<Box<Inspected>, IntakeError>) {
        match read {
            Ok(mut inspected) => {
                let is_first = self.values.strange.is_empty();
                self.values.take(std::mem::take(&mut inspected.strange));
                self.incoming = Arc::new(std::mem::take(&mut inspected.intake.incoming));
                self.check = Some(Check::new(*inspected));
                if is_first && !self.values.strange.is_empty() {
                    self.step = Step::Values;
                } else {
                    self.count_again();
                }
            }
            Err(IntakeError::Stopped) => {}
            Err(error) => self.trouble = Some(Mishap::Files(error)),
        }
    }

    /// The work at the desk that is wanted next, once the desk is free.
    fn work_at_desk(&mut self, context: &Context<'_>) -> Option<Work> {
        if context.far.is_some() {
            return None;
        }
        let asked = match self.at_desk.unsent()? {
            AtDesk::TakeBack => {
                self.report.as_ref().and_then(Report::group).map(Target::Group).map(errand::Asked::TakeBack)
            }
            AtDesk::Count => self.load(true, context),
            AtDesk::Import => self.load(false, context),
        };
        match asked {
            Some(asked) => self.at_desk.set_out().map(|ticket| Work::AtDesk(ticket, asked)),
            None => {
                self.at_desk.withdraw();
                None
            }
        }
    }

    /// What is to be taken in, or only to be counted.
    fn load(&mut self, dry_run: bool, context: &Context<'_>) -> Option<errand::Asked> {
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
        let sources = Source::all_of(&check.inspected.intake.files);
        let load = Load { name, sources, incoming, mode: self.setup.mode, dry_run, same: check.same(), people };
        Some(errand::Asked::Import(Box::new(load)))
    }

    /// Takes what the desk did.
    fn found_outcome(&mut self, was: AtDesk, outcome: Result<Outcome, Trouble>) {
        match outcome {
            // What keeps it from being taken back stands at the foot; the report stays true.
            Err(_) if was == AtDesk::TakeBack => {}
            Ok(Outcome::TakenBack(_)) => self.report.iter_mut().for_each(Report::take_back),
            Ok(Outcome::Imported(imported)) if was == AtDesk::Count => {
                self.check.iter_mut().for_each(|check| check.take(&imported));
                self.trial = (!imported.stopped).then_some(imported);
            }
            Ok(Outcome::Imported(imported)) if imported.stopped => {
                self.step = Step::Check;
                self.count_again();
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
