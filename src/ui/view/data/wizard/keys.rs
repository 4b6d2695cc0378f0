//! What the keys do on each step of the wizard.

use super::{AtDesk, Chosen, Report, Step, Wizard, columns, setup};
use crate::text::words;
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Intent, Notice, Place};
use crate::ui::view::data::wizard::choose_file::Asked;
use crate::ui::widget::rows::Rows;

/// What the screen around the wizard is to do.
pub enum After {
    /// The wizard goes on, and this is to be done.
    Stay(Effect),
    /// The wizard is over, and this is to be done.
    Leave(Effect),
}

impl Wizard {
    /// Whose keys it takes.
    pub fn scope(&self) -> Scope {
        let types = self.step == Step::File || self.report.as_ref().is_some_and(Report::asks_path);
        if types { Scope::Path } else { Scope::Wizard }
    }

    /// Does an act.
    pub fn act(&mut self, action: Action, context: &Context<'_>) -> After {
        let turns = matches!(action, Action::Undo | Action::Redo);
        if turns && self.step != Step::Going && !self.scope().takes_text() {
            return After::Stay(self.turn(action, context));
        }
        if self.step == Step::Report {
            return self.act_on_report(action, context);
        }
        if matches!(action, Action::GoBack | Action::Close) {
            return self.step_back(context);
        }
        if self.step == Step::File {
            return After::Stay(match self.file.act(action, context) {
                Asked::Nothing => Effect::None,
                Asked::Unknown => Effect::Unknown,
                Asked::Say(said) => Effect::Say(Notice::error(said)),
                Asked::Read(paths) => {
                    self.begin(paths);
                    Effect::None
                }
            });
        }
        if let Some((rows, count)) = self.rows_and_count()
            && rows.act(action, count)
        {
            return After::Stay(Effect::None);
        }
        After::Stay(match action {
            Action::GoOn => self.go_on(context),
            Action::Change | Action::Edit => self.change(context),
            Action::LeaveOut => self.leave_out(),
            _ => Effect::Unknown,
        })
    }

    /// Undo takes back this import and nothing else: what was done before it is out of sight here.
    fn turn(&mut self, action: Action, context: &Context<'_>) -> Effect {
        let here = action == Action::Undo && self.step == Step::Report;
        let said = match self.report.as_ref().filter(|_| here) {
            Some(report) if report.can_be_taken_back() => {
                if !self.at_desk.is_waiting() {
                    self.at_desk.ask_anew(AtDesk::TakeBack, 0);
                }
                words("taking the import back…", "正在撤销导入……")
            }
            Some(_) => words("there is nothing of this import to take back", "这次导入没有可撤销的内容"),
            None if self.step == Step::Report => {
                words("leave the import first with Esc, then do it again", "请先按 Esc 离开导入向导，再重做")
            }
            None => words(
                "nothing of this import is written yet; earlier changes are undone outside it (Esc)",
                "这次导入尚未写入；要撤销之前的修改，请先按 Esc 离开导入向导",
            ),
        };
        Effect::Say(Notice::note(context.say(said)))
    }

    /// The rows of the step, and how many there are.
    fn rows_and_count(&mut self) -> Option<(&mut Rows, usize)> {
        match self.step {
            Step::What => {
                let count = setup::lines(self.looked.as_ref()).len();
                Some((&mut self.rows, count))
            }
            Step::Columns => {
                let count = self.looked().map_or(0, |looked| columns::count(&looked.files));
                Some((&mut self.columns, count))
            }
            Step::Values => {
                let count = self.values.strange.len();
                Some((&mut self.values.rows, count))
            }
            Step::Check => self.check.as_mut().map(|check| {
                let count = check.count();
                (&mut check.rows, count)
            }),
            _ => None,
        }
    }

    /// One step back; from the first, out of the wizard. What is under way is stopped.
    fn step_back(&mut self, context: &Context<'_>) -> After {
        let mut effect = Effect::None;
        self.step = match self.step {
            Step::File => return After::Leave(Effect::None),
            Step::What => {
                self.file.refresh();
                Step::File
            }
            Step::Columns => Step::What,
            Step::Values => Step::Columns,
            Step::Check => {
                if self.at_desk.withdraw().is_some() {
                    effect = Effect::Stop;
                }
                self.stop_reading();
                self.trouble = None;
                if self.values.strange.is_empty() { Step::Columns } else { Step::Values }
            }
            Step::Going => {
                effect = Effect::Stop;
                if context.far.is_some_and(|far| far.back) {
                    effect = Effect::None;
                }
                Step::Going
            }
            Step::Report => Step::Report,
        };
        After::Stay(effect)
    }

    fn go_on(&mut self, context: &Context<'_>) -> Effect {
        match self.step {
            Step::What if self.looked().is_some() => self.step = Step::Columns,
            Step::What if self.looked.is_some() => return self.change(context),
            Step::Columns if !self.is_reading() => {
                if self.check.is_some() && !self.values.strange.is_empty() {
                    self.step = Step::Values;
                } else if self.check.is_some() {
                    self.count();
                } else {
                    self.read();
                }
            }
            Step::Values => {
                if self.decided_since_reading() {
                    self.read();
                } else {
                    self.count();
                }
            }
            Step::Check => return self.import(context),
            _ => {}
        }
        Effect::None
    }

    /// Whether other words were decided upon than the files were read by.
    fn decided_since_reading(&mut self) -> bool {
        let now = self.values.aliases();
        std::mem::replace(&mut self.read_by, now.clone()) != now || self.check.is_none()
    }

    /// Goes to the check, and has counted what would be done.
    fn count(&mut self) {
        self.step = Step::Check;
        if self.trial.is_none() {
            self.count_again();
        }
    }

    fn import(&mut self, context: &Context<'_>) -> Effect {
        let Some(trial) = &self.trial else { return Effect::None };
        if context.read_only {
            let only = words("the book is open for reading only", "客户簿以只读方式打开");
            return Effect::Say(Notice::error(context.say(only)));
        }
        if trial.counts.is_empty() {
            let none = words(
                "there is nothing to import; Esc goes back to the columns",
                "没有可导入的内容；按 Esc 回去检查对应列",
            );
            return Effect::Say(Notice::error(context.say(none)));
        }
        self.trouble = None;
        self.step = Step::Going;
        self.at_desk.ask_anew(AtDesk::Import, 0);
        Effect::None
    }

    /// Opens the list of what the row selected may be.
    fn change(&mut self, context: &Context<'_>) -> Effect {
        let language = context.language;
        let choosing = match self.step {
            Step::What => setup::lines(self.looked.as_ref())
                .get(self.rows.selected)
                .map(|line| self.setup.choosing(*line, self.looked(), language).map(Chosen::What)),
            Step::Columns => self.looked().and_then(|looked| {
                let row = self.columns.selected;
                let (file, column) = columns::place_of(&looked.files, row)?;
                Some(columns::choosing(file, column, language).map(move |name| Chosen::Field(row, name)))
            }),
            Step::Values => Some(self.values.choosing(context.book().standards(), language).map(Chosen::Word)),
            Step::Check => return self.turn_likeness(),
            _ => None,
        };
        choosing.map_or(Effect::None, |choosing| self.choice.open(choosing))
    }

    /// A likeness is the same customer, or a new one after all: what would be done is counted again.
    fn turn_likeness(&mut self) -> Effect {
        if !self.at_desk.is_waiting() && self.check.as_mut().is_some_and(super::Check::turn) {
            self.trial = None;
            self.count_again();
        }
        Effect::None
    }

    /// Takes what was chosen.
    pub fn answered(&mut self, answer: Answer) {
        match self.choice.chosen(answer) {
            Some(Chosen::What(value)) => {
                if self.setup.choose(value) {
                    self.look_again(false);
                } else {
                    self.trial = None;
                }
            }
            Some(Chosen::Field(row, name)) => {
                let Some(looked) = self.looked.as_ref().and_then(|looked| looked.as_ref().ok()) else { return };
                if let Some((file, column)) = columns::place_of(&looked.files, row) {
                    columns::read_as(&mut self.setup.options, file, column, name);
                    self.look_again(false);
                }
            }
            Some(Chosen::Word(reading)) => self.values.choose(reading),
            None => {}
        }
    }

    /// Leaves the column selected out, or reads it by its name again.
    fn leave_out(&mut self) -> Effect {
        let Some(looked) = self.looked.as_ref().and_then(|looked| looked.as_ref().ok()) else { return Effect::None };
        let place = columns::place_of(&looked.files, self.columns.selected).filter(|_| self.step == Step::Columns);
        let Some((file, column)) = place else { return Effect::None };
        if column.field.is_empty() {
            self.setup.options.map.retain(|(_, heading)| *heading != column.heading);
        } else {
            columns::read_as(&mut self.setup.options, file, column, "ignore");
        }
        self.look_again(false);
        Effect::None
    }

    fn act_on_report(&mut self, action: Action, context: &Context<'_>) -> After {
        let Some(report) = &mut self.report else { return After::Leave(Effect::None) };
        let effect = match (report.path(), action) {
            (Some(_), Action::Choose) => Effect::Say(report.write(context)),
            (Some(_), Action::GoBack | Action::Close) => {
                report.leave_path();
                Effect::None
            }
            (Some(input), _) => {
                if input.act(action) {
                    Effect::None
                } else {
                    Effect::Unknown
                }
            }
            (None, Action::WriteProblems) => report.ask_path(context).map_or(Effect::None, Effect::Say),
            (None, Action::GoOn) => {
                return After::Leave(match report.group() {
                    Some(group) => Effect::Go(Box::new(Place::Customers), Some(Intent::MarkMadeSince(group)), None),
                    None => Effect::Go(Box::new(Place::Customers), None, None),
                });
            }
            (None, Action::GoBack) => return After::Leave(Effect::None),
            _ => Effect::Unknown,
        };
        After::Stay(effect)
    }

    /// Takes text typed or pasted.
    pub fn typed(&mut self, text: &str) -> Effect {
        if self.step == Step::File {
            self.file.typed(text);
            return Effect::None;
        }
        match self.report.as_mut().and_then(Report::path) {
            Some(input) => {
                input.insert(text);
                Effect::None
            }
            None => Effect::Unknown,
        }
    }

    /// Whether an act does something as things stand.
    pub fn offers(&self, action: Action) -> bool {
        match action {
            Action::GoOn => match self.step {
                Step::What => self.looked().is_some(),
                Step::Check => self.trial.as_ref().is_some_and(|trial| !trial.counts.is_empty()),
                Step::Going => false,
                _ => true,
            },
            Action::Change => match self.step {
                Step::Check => self.check.as_ref().is_some_and(super::Check::is_on_likeness),
                step => matches!(step, Step::What | Step::Columns | Step::Values),
            },
            Action::LeaveOut => self.step == Step::Columns,
            Action::Undo => self.report.as_ref().is_some_and(Report::can_be_taken_back),
            Action::Redo => false,
            Action::WriteProblems => self.report.as_ref().is_some_and(Report::has_rows_to_mend),
            _ => true,
        }
    }

    /// What stands at the right of the foot.
    pub fn foot(&self) -> String {
        match self.step {
            Step::File => self.file.foot(),
            Step::Columns => self.looked().map_or(String::new(), |looked| {
                format!("{}/{}", self.columns.selected + 1, columns::count(&looked.files))
            }),
            Step::Values => format!("{}/{}", self.values.rows.selected + 1, self.values.strange.len()),
            Step::Check => self.check.as_ref().map_or(String::new(), super::Check::foot),
            _ => String::new(),
        }
    }
}
