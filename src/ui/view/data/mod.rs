//! The data: files in, what they brought, and what was changed.

mod changes;
mod imports;
mod wizard;

use crate::book::planning::Refusal;
use crate::desk::chronicle::{Chapter, Chronicle};
use crate::desk::errand::{Asked, Outcome};
use crate::desk::trouble::Trouble;
use crate::store::entry::Target;
use crate::store::error::StoreError;
use crate::text::words;
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Notice};
use crate::ui::job::{Done, Job, Work};
use crate::ui::pending::Pending;
use crate::ui::view::View;
use crate::ui::widget::bar::percent;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use changes::Changes;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use wizard::{After, Wizard};

/// Entries of the journal read at once.
const STRETCH: usize = 2_000;
/// Rows of imports shown at most, unless there is no end of room.
const IMPORTS: u16 = 8;

/// The lists of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pane {
    Imports,
    Changes,
}

/// The screen.
#[derive(Default)]
pub struct Data {
    wizard: Option<Box<Wizard>>,
    /// The list that has the keys once it is known which has something in it; nothing but a key, or an import come to its
    /// end, moves it from then on.
    chosen: Option<Pane>,
    chronicle: Chronicle,
    /// The journal being read, from which entry on.
    chapter: Pending<u64, Chapter>,
    trouble: Option<StoreError>,
    imports: Rows,
    /// The import whose report is shown.
    opened: bool,
    changes: Changes,
    /// What is being taken back.
    taking_back: Pending<Target, Outcome, Trouble>,
    /// The entry that keeps something from being taken back.
    blocker: Option<u64>,
}

impl Data {
    /// The list that has the keys; the imports, while they are still being read and there is nothing to take back by mistake.
    fn pane(&self) -> Pane {
        self.chosen.unwrap_or(Pane::Imports)
    }

    /// Gives the keys to the first list that has something in it, once and for all.
    fn settle(&mut self, all_read: bool) {
        let first = match self.chronicle.imports.is_empty() {
            false => Some(Pane::Imports),
            true => (all_read && !self.changes.deeds.is_empty()).then_some(Pane::Changes),
        };
        self.chosen = self.chosen.or(first);
    }

    fn rows_and_count(&mut self) -> (&mut Rows, usize) {
        match self.pane() {
            Pane::Imports => (&mut self.imports, self.chronicle.imports.len()),
            Pane::Changes => {
                let count = self.changes.deeds.len();
                (&mut self.changes.rows, count)
            }
        }
    }

    fn moved(&mut self, action: Action, context: &Context<'_>) -> bool {
        let pane = self.pane();
        let (rows, count) = self.rows_and_count();
        if !rows.act(action, count) {
            return false;
        }
        self.chosen = Some(pane);
        if pane == Pane::Changes {
            self.changes.look_further(context);
        }
        true
    }

    /// Takes back what is selected, or says why that cannot be.
    fn revert(&mut self, context: &Context<'_>) -> Effect {
        let (target, stands) = match self.pane() {
            Pane::Imports => match self.chronicle.imports.get(self.imports.selected) {
                Some(past) => (Some(Target::Group(past.group)), past.stands()),
                None => return Effect::None,
            },
            Pane::Changes => match self.changes.deeds.get(self.changes.rows.selected) {
                Some(deed) => (deed.target, deed.stands),
                None => return Effect::None,
            },
        };
        let said = match target {
            _ if !stands => words("it was taken back already", "已经撤销过了"),
            None => words("this cannot be taken back", "这一项不能撤销"),
            Some(target) => {
                self.taking_back.ask_anew(target, 0);
                return Effect::None;
            }
        };
        Effect::Say(Notice::note(context.say(said)))
    }

    fn act_here(&mut self, action: Action, context: &Context<'_>) -> Effect {
        if self.taking_back.is_waiting() && matches!(action, Action::GoBack) {
            return Effect::Stop;
        }
        if self.opened {
            match action {
                Action::GoBack | Action::Open => self.opened = false,
                Action::Revert => return self.revert(context),
                _ => return Effect::Unknown,
            }
            return Effect::None;
        }
        if self.moved(action, context) {
            return Effect::None;
        }
        match action {
            Action::Import => self.wizard = Some(Box::new(Wizard::new())),
            Action::NextPane | Action::PreviousPane => {
                self.chosen = Some(if self.pane() == Pane::Imports { Pane::Changes } else { Pane::Imports });
            }
            Action::Open if self.pane() == Pane::Imports => self.opened = !self.chronicle.imports.is_empty(),
            Action::Open => return self.changes.open(context),
            Action::Revert | Action::Delete => return self.revert(context),
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    /// Where something keeps another from being taken back, it is selected: there it can be taken back first.
    fn go_to_blocker(&mut self) {
        let Some(seq) = self.blocker.take() else { return };
        if let Some(at) = self.changes.place_of(seq) {
            self.opened = false;
            self.chosen = Some(Pane::Changes);
            self.changes.rows.select(at, self.changes.deeds.len());
        }
    }

    fn draw_here(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        if self.opened
            && let Some(past) = self.chronicle.imports.get(self.imports.selected)
        {
            imports::draw_report(&mut Brush::new(buffer, area), past, context);
            return None;
        }
        let count = self.chronicle.imports.len().max(1) as u16;
        let most = if area.height > 40 { area.height / 3 } else { IMPORTS.min(area.height / 3) };
        let upper = Rect { height: (count.min(most) + 2).min(area.height), ..area };
        let at = self.draw_imports(upper, buffer, context);
        let lower = Rect { y: upper.bottom() + 1, height: area.bottom().saturating_sub(upper.bottom() + 1), ..area };
        let below = self.changes.draw(&mut Brush::new(buffer, lower), self.pane() == Pane::Changes, context);
        if self.pane() == Pane::Imports { at } else { below }
    }

    fn draw_imports(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let theme = context.theme;
        let mut brush = Brush::new(buffer, area);
        let title = words("Imports", "导入记录");
        let style = if self.pane() == Pane::Imports { theme.bar } else { theme.dim };
        let x = brush.text(1, 0, context.say(title), 20, style) + 2;
        match (&self.trouble, context.far.filter(|_| self.taking_back.is_waiting())) {
            (Some(error), _) => drop(brush.text(x, 0, &error.say(context.language), u16::MAX, theme.alarm)),
            (None, Some(far)) => {
                let doing = context.say(words("taking it back:", "正在撤销："));
                let text = format!("{doing} {}%", percent(far.done, far.of));
                brush.text(x, 0, &text, u16::MAX, theme.strong);
            }
            (None, None) => {
                let key = context.keymap.key_for(Action::Import, Scope::Data);
                let key = key.map(|keys| crate::ui::keymap::shown(keys, context.ascii)).unwrap_or_default();
                let said = context.say(words(" brings a file in", " 导入文件"));
                brush.pieces(x, 0, &[(&key, theme.accent), (said, theme.dim)]);
            }
        }
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let mut brush = Brush::new(buffer, body);
        if self.chronicle.imports.is_empty() {
            let none = match self.chapter.is_waiting() {
                true => words("reading the journal…", "正在读取记录…"),
                false => words("Nothing was imported yet.", "还没有导入过文件。"),
            };
            brush.text(2, 0, context.say(none), u16::MAX, theme.dim);
            return None;
        }
        let style = if self.pane() == Pane::Imports { theme.selected } else { theme.resting };
        imports::draw(&mut brush, &self.chronicle.imports, &mut self.imports, style, context)
    }
}

impl View for Data {
    fn scope(&self) -> Scope {
        self.wizard.as_ref().map_or(Scope::Data, |wizard| wizard.scope())
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        let Some(wizard) = &mut self.wizard else { return self.act_here(action, context) };
        match wizard.act(action, context) {
            // The wizard is open already.
            After::Stay(Effect::Unknown) if action == Action::Import => Effect::None,
            After::Stay(effect) => effect,
            After::Leave(effect) => {
                self.wizard = None;
                // What it brought is looked at next, where it brought anything.
                self.chosen = None;
                self.refresh(context);
                effect
            }
        }
    }

    fn typed(&mut self, text: &str, _context: &Context<'_>) -> Effect {
        self.wizard.as_mut().map_or(Effect::Unknown, |wizard| wizard.typed(text))
    }

    fn answered(&mut self, answer: Answer, _context: &Context<'_>) -> Effect {
        if let Some(wizard) = &mut self.wizard {
            wizard.answered(answer);
        }
        Effect::None
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.imports.leaps = context.slow_line;
        self.changes.refresh(context);
        self.go_to_blocker();
    }

    fn work(&mut self, context: &Context<'_>) -> Option<Work> {
        let of_wizard = self.wizard.as_mut().and_then(|wizard| wizard.work(context));
        if of_wizard.is_some() || context.far.is_some() {
            return of_wizard;
        }
        if let Some(target) = self.taking_back.unsent().copied() {
            return self.taking_back.set_out().map(|ticket| Work::AtDesk(ticket, Asked::TakeBack(target)));
        }
        self.read_on(context).map(Work::from)
    }

    fn found(&mut self, done: Done, _context: &Context<'_>) -> Result<Effect, Done> {
        let done = match &mut self.wizard {
            Some(wizard) => match wizard.found(done) {
                Ok(effect) => return Ok(effect),
                Err(done) => done,
            },
            None => done,
        };
        let done = match self.chapter.receive(done) {
            Ok(chapter) => {
                chapter.into_iter().for_each(|(_, chapter)| self.found_chapter(chapter));
                return Ok(Effect::None);
            }
            Err(done) => done,
        };
        let outcome = match self.taking_back.receive(done) {
            Ok(outcome) => outcome.map(|(_, outcome)| outcome),
            // What keeps an undo of the whole program from being done is found here, too.
            Err(done) => Some(done.into_answer()?),
        };
        if let Some(Err(Trouble::Refused(Refusal::ChangedSince { seq, .. }))) = outcome {
            self.blocker = seq;
        }
        Ok(Effect::None)
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        match &mut self.wizard {
            Some(wizard) => wizard.draw(area, buffer, context),
            None => self.draw_here(area, buffer, context),
        }
    }

    fn offers(&self, action: Action) -> bool {
        self.wizard.as_ref().map_or(action != Action::GoBack, |wizard| wizard.offers(action))
    }

    fn foot(&self, _context: &Context<'_>) -> String {
        if let Some(wizard) = &self.wizard {
            return wizard.foot();
        }
        let (at, count) = match self.pane() {
            Pane::Imports => (self.imports.selected, self.chronicle.imports.len()),
            Pane::Changes => (self.changes.rows.selected, self.changes.deeds.len()),
        };
        if count == 0 { String::new() } else { format!("{}/{count}", at + 1) }
    }
}

impl Data {
    /// The next stretch of the journal to be read.
    fn read_on(&mut self, context: &Context<'_>) -> Option<Job> {
        let store = context.desk.store();
        if self.chapter.is_waiting() {
            return None;
        }
        let next = self.chronicle.next;
        let all_read = next.max(1) >= store.next_seq();
        self.settle(all_read);
        if all_read {
            return None;
        }
        match store.pages(next, STRETCH) {
            Ok(pages) => {
                self.chapter.ask_anew(next, 0);
                self.chapter.send(|_| move || Chapter::of(pages))
            }
            Err(error) => {
                self.chronicle.next = store.next_seq();
                self.trouble = Some(error);
                None
            }
        }
    }

    fn found_chapter(&mut self, chapter: Result<Chapter, StoreError>) {
        match chapter {
            Ok(chapter) => self.chronicle.add(chapter),
            Err(error) => {
                self.chronicle.next = u64::MAX;
                self.trouble = Some(error);
            }
        }
        let count = self.chronicle.imports.len();
        self.imports.select(self.imports.selected, count);
    }
}

#[cfg(test)]
mod tests {
    use super::{Data, Pane};
    use crate::desk::chronicle::Past;
    use crate::domain::id::Id;
    use crate::domain::time::Moment;
    use std::collections::BTreeMap;

    fn an_import() -> Past {
        Past {
            group: Id::default(),
            at: Moment::default(),
            by: String::new(),
            files: String::new(),
            tally: BTreeMap::new(),
            whole: true,
            taken_back: None,
        }
    }

    /// The imports of a long history came while a change was selected, took the keys, and `x` took a whole import back.
    #[test]
    fn imports_read_late_do_not_take_the_keys_from_the_changes() {
        let mut data = Data { chosen: Some(Pane::Changes), ..Data::default() };
        data.chronicle.imports.push(an_import());
        data.settle(true);
        assert_eq!(data.pane(), Pane::Changes);
    }
}
