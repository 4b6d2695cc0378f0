//! The acts of the whole program: what every view leaves to it.

use super::base::Base;
use super::{App, Flow};
use crate::book::command::Command;
use crate::domain::id::Id;
use crate::text::{Language, words};
use crate::ui::action::Action;
use crate::ui::effect::{Effect, Notice, Place};
use crate::ui::open::open;

impl App {
    /// The acts that every view leaves to the program.
    pub(super) fn act_everywhere(&mut self, action: Action) -> Flow {
        let scope = self.scope();
        match action {
            Action::Quit if self.errand.is_some() => drop(self.refuses_to_write()),
            Action::Quit => {
                self.save_drafts();
                if !self.leaves_later() {
                    return Flow::Quit;
                }
            }
            Action::Suspend => {
                self.save_drafts();
                return Flow::Suspend;
            }
            Action::Repaint => return Flow::Repaint,
            Action::Palette => self.open(Place::Palette(scope)),
            Action::Help => self.open(Place::Help(scope)),
            Action::FollowUp => self.open_about(Place::Log),
            Action::SetNextContact => self.open_about(Place::NextContact),
            Action::FollowUpRepeat => self.repeat(),
            Action::FindAnywhere => self.open(Place::FindAnywhere),
            Action::SearchTalk => self.open(Place::SearchTalk(String::new())),
            Action::Import => {
                self.show(Base::Data);
                let effect = self.with_top(|view, context| view.act(action, context)).unwrap_or(Effect::None);
                return self.perform(effect);
            }
            Action::Schemes | Action::AdviceRules | Action::MemberLevels => {
                self.show(Base::Tiers);
                let effect = self.with_top(|view, context| view.act(action, context)).unwrap_or(Effect::None);
                return self.perform(effect);
            }
            Action::Workdays => self.open(Place::Workdays),
            Action::Review => self.open(Place::QuarterReview),
            Action::Complaints => self.open(Place::Complaints),
            Action::ContactRhythm => {
                let rhythm = self.desk.book().standards().rhythm().clone();
                self.open(Place::EntryForm(Box::new(rhythm.into())));
            }
            Action::PotentialWeights => {
                let weights = self.desk.book().standards().potential().clone();
                self.open(Place::EntryForm(Box::new(weights.into())));
            }
            Action::Customers => self.show(Base::Customers),
            Action::Today => self.show(Base::Today),
            Action::Funnel => self.show(Base::Funnel),
            Action::Tiers => self.show(Base::Tiers),
            Action::Data => self.show(Base::Data),
            Action::GoBack => self.back(),
            Action::SwitchLanguage => self.switch_language(),
            Action::Undo if !scope.takes_text() => self.undo(),
            Action::Redo if !scope.takes_text() => self.redo(),
            Action::ReloadKeys => return Flow::ReloadKeys,
            _ => {}
        }
        Flow::On
    }

    /// Opens a view about the customer selected.
    fn open_about(&mut self, place: impl FnOnce(Id) -> Place) {
        if let Some(customer) = self.selected_customer() {
            self.open(place(customer));
        }
    }

    fn selected_customer(&mut self) -> Option<Id> {
        self.with_top(|view, context| view.selected_customer(context)).flatten()
    }

    /// Logs for the customer selected what was logged last.
    fn repeat(&mut self) {
        let (Some(customer), Some(last)) = (self.selected_customer(), self.last_logged.clone()) else {
            let nothing = words("nothing was logged yet", "还没有记过跟进");
            self.notice = Some(Notice::note(self.words(nothing)));
            return;
        };
        let log = Command::Log(Box::new(last.outcome_for(customer, self.now, self.desk.book())));
        self.run(vec![log], self.words(words("Logged again", "已重复记录")));
    }

    fn switch_language(&mut self) {
        self.wanted.language = match self.wanted.language {
            Language::En => Language::Zh,
            Language::Zh => Language::En,
        };
        self.refresh_top();
    }
}

impl App {
    /// Shows one of the screens, as it was left.
    pub(super) fn show(&mut self, base: Base) {
        self.save_drafts();
        self.stack.truncate(1);
        self.asked_from = None;
        if base != self.base {
            let kept = self.beside.iter().position(|(kept, _)| *kept == base);
            let view = match kept {
                Some(place) => self.beside.swap_remove(place).1,
                None => {
                    let mut view = open(base.place(), &self.context());
                    if let Some(draft) = view.draft_key().and_then(|key| self.draft(&key)) {
                        view.take_up(&draft);
                    }
                    view
                }
            };
            self.beside.extend(self.stack.pop().map(|left| (self.base, left)));
            self.stack.push(view);
            self.base = base;
        }
        self.refresh_top();
    }
}
