//! Drafts: what was typed and not saved is kept, and offered again.

use super::App;
use crate::book::row::Row;
use crate::domain::id::Id;
use crate::store::Store;
use crate::store::codec::derived;
use crate::store::error::StoreError;
use crate::text::words;
use crate::ui::effect::Notice;
use crate::ui::view::{Draft, View};

/// Writes a draft down, or lets go of it where there is none any more.
fn write_draft(store: &Store, key: &str, draft: Option<&Draft>) -> Result<(), StoreError> {
    match draft {
        Some(draft) => derived::write(DRAFT_VERSION, draft).map_or(Ok(()), |bytes| store.save_draft(key, &bytes)),
        None => store.remove_draft(key),
    }
}

/// Version of stored drafts.
const DRAFT_VERSION: u8 = 1;

impl App {
    /// Writes down what was typed and not saved; later, where the last round of it is not yet done.
    pub fn save_drafts(&mut self) {
        if self.is_drafting() || !std::mem::take(&mut self.undrafted) {
            return;
        }
        let context = self.context();
        let keyed = |view: &Box<dyn View>| Some((view.draft_key()?, view.draft(&context)));
        let drafts: Vec<(String, Option<Draft>)> = self.stack.iter().filter_map(keyed).collect();
        if drafts.is_empty() {
            return;
        }
        let (store, language) = (self.desk.store().snapshot(), self.wanted.language);
        self.write_drafts(move || {
            let saved = drafts.iter().try_for_each(|(key, draft)| write_draft(&store, key, draft.as_ref()));
            saved.err().map(|error| Notice::error(error.say(language)))
        });
    }

    pub(super) fn draft(&self, key: &str) -> Option<Draft> {
        let drafts = self.desk.store().drafts().ok()?;
        let (_, bytes) = drafts.into_iter().find(|(other, _)| other == key)?;
        derived::read(DRAFT_VERSION, &bytes)
    }

    /// Lets go of what was kept of a form that is saved now; `late`: something else may be typed by now.
    pub(super) fn forget_draft(&mut self, key: Option<String>, late: bool) {
        self.undrafted &= late;
        if let Some(key) = key.filter(|key| !self.forgets_later(key)) {
            // A draft that cannot be removed is only offered once more.
            let _ = self.desk.store().remove_draft(&key);
        }
    }

    /// Says what was kept, and whose it is.
    pub(super) fn offer_drafts(&mut self) {
        let drafts = self.desk.store().drafts().unwrap_or_default();
        if drafts.is_empty() || self.notice.is_some() {
            return;
        }
        let mut names: Vec<&str> = drafts.iter().filter_map(|(key, _)| self.named(key)).collect();
        names.sort_unstable();
        names.dedup();
        let count = drafts.len().to_string();
        let whose = names.join(words(", ", "、").say(self.wanted.language));
        let kept = match (drafts.len(), whose.as_str()) {
            (1, "") => {
                words("1 unsaved form kept: open the same form to go on", "有 1 份未保存的内容：打开同一表单即可继续")
            }
            (_, "") => words(
                "{} unsaved forms kept: open the same forms to go on",
                "有 {} 份未保存的内容：打开同一表单即可继续",
            ),
            (1, _) => words(
                "1 unsaved form kept, {}: open the same form to go on",
                "有 1 份未保存的内容（{}）：打开同一表单即可继续",
            ),
            _ => words(
                "{} unsaved forms kept, {}: open the same forms to go on",
                "有 {} 份未保存的内容（{}）：打开同一表单即可继续",
            ),
        };
        let values = if drafts.len() == 1 { vec![whose.as_str()] } else { vec![count.as_str(), whose.as_str()] };
        self.notice = Some(Notice::note(kept.filled(&values, self.wanted.language)));
    }

    /// The customer whose form goes by this key.
    fn named(&self, key: &str) -> Option<&str> {
        let customers = key.split(' ').filter_map(Id::parse);
        customers.filter_map(|id| self.desk.book().row_of(id)).map(Row::name).next()
    }
}
