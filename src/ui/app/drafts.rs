//! Drafts: what was typed and not saved is kept, and offered again.

use super::App;
use crate::store::codec::derived;
use crate::text::Language;
use crate::ui::effect::Notice;
use crate::ui::view::Draft;

/// Version of stored drafts.
const DRAFT_VERSION: u8 = 1;

impl App {
    /// Whether something was typed that no draft holds yet.
    pub const fn has_undrafted(&self) -> bool {
        self.undrafted
    }

    /// Writes down what was typed and not saved.
    pub fn save_drafts(&mut self) {
        if !std::mem::take(&mut self.undrafted) {
            return;
        }
        let context = self.context();
        for view in &self.stack {
            let Some(key) = view.draft_key() else { continue };
            let saved = match view.draft(&context) {
                Some(draft) => match derived::write(DRAFT_VERSION, &draft) {
                    Some(bytes) => self.desk.store().save_draft(&key, &bytes),
                    None => Ok(()),
                },
                None => self.desk.store().remove_draft(&key),
            };
            if let Err(error) = saved {
                let said = error.say(self.wanted.language);
                self.notice = Some(Notice::error(said));
                return;
            }
        }
    }

    pub(super) fn draft(&self, key: &str) -> Option<Draft> {
        let drafts = self.desk.store().drafts().ok()?;
        let (_, bytes) = drafts.into_iter().find(|(other, _)| other == key)?;
        derived::read(DRAFT_VERSION, &bytes)
    }

    pub(super) fn forget_draft(&mut self, key: Option<String>) {
        self.undrafted = false;
        if let Some(key) = key {
            // A draft that cannot be removed is only offered once more.
            let _ = self.desk.store().remove_draft(&key);
        }
    }

    pub(super) fn offer_drafts(&mut self) {
        let count = self.desk.store().drafts().map_or(0, |drafts| drafts.len());
        if count > 0 && self.notice.is_none() {
            let said = match self.wanted.language {
                Language::En => format!("{count} unsaved form(s) kept: open the same form to go on"),
                Language::Zh => format!("有 {count} 份未保存的内容：打开同一表单即可继续"),
            };
            self.notice = Some(Notice::note(said));
        }
    }
}
