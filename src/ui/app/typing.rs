//! Keys that only type, so that many of them waiting are taken as one text.

use super::App;
use crate::ui::effect::Notice;
use crate::ui::event::{Event, Press};
use crate::ui::keymap::{Found, is_text};
use ratatui::crossterm::event::KeyCode;

impl App {
    /// The character that an event would put into what is being typed, if it would do nothing else. Several in a row may
    /// then come as one [`Event::Paste`]: whoever searches as one types searches once.
    pub fn types(&self, event: &Event) -> Option<char> {
        let Event::Press(press @ Press { code: KeyCode::Char(character), .. }) = event else { return None };
        let scope = self.scope();
        let asleep = self.cramped || !self.pending.is_empty() || self.notice.as_ref().is_some_and(Notice::takes_a_key);
        let only_types = || matches!(self.keymap.find(scope, &[*press]), Found::Nothing);
        let acts = self.stack.last().is_some_and(|view| view.acts_on(*character));
        (!acts && scope.takes_text() && !asleep && is_text(*press) && only_types()).then_some(*character)
    }
}
