//! Keys pressed and text typed: what the view on top does with them, what every view leaves to the program, and what comes
//! of it.

use super::base::Base;
use super::{App, Flow};
use crate::book::command::Command;
use crate::domain::id::Id;
use crate::domain::time::Moment;
use crate::text::{Language, words};
use crate::ui::action::{Action, Scope};
use crate::ui::effect::{Effect, Intent, Notice, Place, Then};
use crate::ui::event::{Event, Press};
use crate::ui::keymap::{Found, is_text};
use crate::ui::open::open;
use ratatui::crossterm::event::KeyCode;

impl App {
    /// Takes an event that happened at `now`.
    pub fn handle(&mut self, event: Event, now: Moment) -> Flow {
        self.now = now;
        match event {
            Event::Press(press) if self.cramped => self.pressed_blindly(press),
            Event::Paste(_) if self.cramped => Flow::On,
            Event::Press(press) => self.pressed(press),
            Event::Paste(text) => self.typed(&text),
            Event::Resize { .. } => Flow::On,
            Event::Focus(gained) => {
                if !gained {
                    self.save_drafts();
                }
                Flow::On
            }
            Event::Suspend => {
                self.save_drafts();
                Flow::Suspend
            }
            Event::Ending(ending) => {
                self.save_drafts();
                Flow::End(ending)
            }
        }
    }

    fn pressed(&mut self, press: Press) -> Flow {
        self.copied = None;
        self.changed = false;
        // Where text is typed an error is seen beside it, and nothing that mends it may be lost: only Enter is, which
        // would ask for the same again.
        let writes = self.scope().takes_text() && press.code != KeyCode::Enter;
        if self.notice.take().is_some_and(|notice| notice.is_error) && !writes {
            return Flow::On;
        }
        self.pending.push(press);
        let scope = self.scope();
        match self.keymap.find(scope, &self.pending) {
            Found::Act(actions) => {
                let actions = actions.to_vec();
                self.pending.clear();
                actions.into_iter().fold(Flow::On, |flow, action| match flow {
                    Flow::On => self.act(action),
                    other => other,
                })
            }
            Found::Wait(_) => Flow::On,
            Found::Nothing => {
                let alone = self.pending.len() == 1;
                self.pending.clear();
                match press.code {
                    KeyCode::Char(c) if alone && is_text(press) => self.typed(c.encode_utf8(&mut [0; 4])),
                    _ => Flow::On,
                }
            }
        }
    }

    /// In a window too small to show anything one can only leave.
    fn pressed_blindly(&mut self, press: Press) -> Flow {
        match self.keymap.find(self.scope(), &[press]) {
            Found::Act([action @ (Action::Quit | Action::Suspend)]) => {
                let action = *action;
                self.act(action)
            }
            _ => Flow::On,
        }
    }

    fn typed(&mut self, text: &str) -> Flow {
        (self.notice, self.copied) = (None, None);
        let effect = self.with_top(|view, context| view.typed(text, context)).unwrap_or(Effect::None);
        self.undrafted = true;
        self.perform(effect)
    }

    fn act(&mut self, action: Action) -> Flow {
        let effect = self.with_top(|view, context| view.act(action, context)).unwrap_or(Effect::Unknown);
        self.note_draft();
        match effect {
            Effect::Unknown => self.act_everywhere(action),
            effect => self.perform(effect),
        }
    }

    fn perform(&mut self, effect: Effect) -> Flow {
        match effect {
            Effect::None | Effect::Unknown => {}
            Effect::Open(place) => self.open(place),
            Effect::Replace(place) => {
                self.stack.pop();
                self.open(place);
            }
            Effect::Back => self.back(),
            Effect::Answer(answer) => {
                self.stack.pop();
                let effect = self.with_top(|view, context| view.answered(answer, context)).unwrap_or(Effect::None);
                return self.perform(effect);
            }
            Effect::Do(action) => {
                self.stack.pop();
                return self.act(action);
            }
            Effect::Run { commands, told, then } => self.run(commands, told, then),
            Effect::Say(notice) => self.notice = Some(notice),
            Effect::Write(files) => return Flow::Write(files),
            Effect::Stop => self.stop_errand(),
            Effect::Go(place, intent, said) => {
                let flow = self.go(*place, intent);
                self.notice = said.or(self.notice.take());
                return flow;
            }
            Effect::Leave(intent) => {
                self.back();
                self.with_top(|view, context| view.receive(intent, context));
            }
            Effect::Copy(text) => {
                self.copied = Some(text.clone());
                self.notice = Some(Notice::note(self.words(words("sent to the terminal", "已发送到终端剪贴板"))));
                return Flow::Copy(text);
            }
        }
        Flow::On
    }

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
            Action::Import => return self.go(Place::Data, Some(Intent::Act(action))),
            Action::Schemes | Action::AdviceRules | Action::MemberLevels => {
                return self.go(Place::Tiers, Some(Intent::Act(action)));
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
        self.run(vec![log], words("Logged again", "已重复记录").into(), Then::Stay);
    }

    fn switch_language(&mut self) {
        self.wanted.language = match self.wanted.language {
            Language::En => Language::Zh,
            Language::Zh => Language::En,
        };
        self.refresh_top();
    }

    /// Shows one of the screens, or another view above the one it was asked from; tells it what is wanted of it there.
    fn go(&mut self, place: Place, intent: Option<Intent>) -> Flow {
        match Base::of(&place) {
            Some(base) => self.show(base),
            None => {
                self.stack.pop_if(|top| top.floats());
                self.open(place);
            }
        }
        let told = intent.and_then(|intent| self.with_top(|view, context| view.receive(intent, context)));
        self.perform(told.unwrap_or(Effect::None))
    }

    /// Shows one of the screens, as it was left.
    pub(super) fn show(&mut self, base: Base) {
        self.save_drafts();
        self.stack.truncate(1);
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

    /// The character that an event would put into what is being typed, if it would do nothing else. Several in a row may
    /// then come as one [`Event::Paste`]: whoever searches as one types searches once.
    pub fn types(&self, event: &Event) -> Option<char> {
        let Event::Press(press @ Press { code: KeyCode::Char(character), .. }) = event else { return None };
        let scope = self.scope();
        // In a list to choose from one character may choose, and what is typed behind it is meant for what comes then.
        let takes_many = scope != Scope::Picker;
        let asleep = self.cramped || !self.pending.is_empty() || self.notice.as_ref().is_some_and(Notice::takes_a_key);
        let only_types = || matches!(self.keymap.find(scope, &[*press]), Found::Nothing);
        (takes_many && scope.takes_text() && !asleep && is_text(*press) && only_types()).then_some(*character)
    }
}
