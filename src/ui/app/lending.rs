//! The desk lent to somebody who asks at the door.

use super::App;
use crate::desk::Desk;
use crate::text::{self, Language};
use crate::ui::effect::Notice;

impl App {
    /// The desk as it is.
    pub const fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Lends the desk for a moment; what is written there meanwhile is told and shown.
    pub fn lend(&mut self, work: impl FnOnce(&mut Desk) + Send + 'static) {
        self.at_desk(move |desk| {
            let before = desk.store().next_seq();
            work(desk);
            let wrote = desk.store().next_seq() != before;
            Box::new(move |app, _| {
                if wrote {
                    app.tell_of_another();
                }
            })
        });
    }

    /// Tells where the book as it was is kept, once it was brought to another format.
    pub fn tell_of_upgrade(&mut self) {
        if self.is_saving() {
            return;
        }
        if let Some(upgraded) = self.desk.take_upgraded() {
            let told = text::upgrade::upgraded(upgraded.backup.as_deref(), self.wanted.language);
            self.say(Notice::note(told));
        }
    }

    fn tell_of_another(&mut self) {
        let language = self.wanted.language;
        let (by, summary) = self.desk.latest(language).unwrap_or_default();
        if !self.notice.as_ref().is_some_and(Notice::takes_a_key) {
            self.notice = Some(Notice::note(match language {
                Language::En => format!("another session ({by}): {summary}"),
                Language::Zh => format!("另一会话（{by}）：{summary}"),
            }));
        }
        self.book_changed();
    }
}
