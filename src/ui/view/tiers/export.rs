//! Those listed written to a file: who moves and what is missing, who is leaving and what is done about it, who was opened.

use super::asking::{Asking, tables};
use super::{Page, Tiers};
use crate::book::tiers::leaving::Leaver;
use crate::exchange::export::leavers::Leavers;
use crate::exchange::export::moves::Moves;
use crate::exchange::export::{Format, OutError, Written};
use crate::text::words;
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Outgoing};

impl Tiers {
    /// Asks in which format, where there is something to write.
    pub(super) fn ask_format(&mut self, context: &Context<'_>) -> Effect {
        if self.listed().is_empty() {
            let nothing = words("nobody is listed here to be exported", "这一页没有可导出的客户");
            return Effect::Say(Notice::note(context.say(nothing)));
        }
        self.ask(Asking::Format, context)
    }

    /// The file of those listed; of the preview those marked, where some are, else those who move.
    pub(super) fn exported(&self, format: usize, context: &Context<'_>) -> Effect {
        let format = tables().nth(format).map(|(format, _)| format).unwrap_or_default();
        let mut bytes = Vec::new();
        let (holds, written) = match (&self.members, self.page) {
            _ if let Some(opened) = &self.opened => (opened.holds(), opened.write(format, &mut bytes, context)),
            (None, Page::Leaving) => ("leaving", self.write_leavers(format, &mut bytes, context)),
            (Some(_), _) => ("tiers", self.write_members(format, &mut bytes, context)),
            (None, _) => ("tier-moves", self.write_members(format, &mut bytes, context)),
        };
        match written {
            Ok(written) => {
                let name = format!("kehu-{holds}-{}.{}", context.today(), format.ending());
                Effect::Write(vec![Outgoing { name, bytes, rows: Some(written.rows) }])
            }
            Err(error) => Effect::Say(Notice::error(error.say(context.language))),
        }
    }

    fn write_leavers(&self, format: Format, bytes: &mut Vec<u8>, context: &Context<'_>) -> Result<Written, OutError> {
        let leavers: &[Leaver] = self.leavers();
        Leavers { book: context.book(), leavers, as_of: context.today(), language: context.language }
            .write(format, bytes)
    }

    fn write_members(&self, format: Format, bytes: &mut Vec<u8>, context: &Context<'_>) -> Result<Written, OutError> {
        let Some(outlook) = self.shown() else { return Ok(Written::default()) };
        let mut places = match &self.members {
            Some(members) => members.places.clone(),
            None => outlook.previewed(),
        };
        if self.members.is_none() && !self.marks.is_empty() {
            let is_marked = |place: &usize| {
                outlook.proposal.members.get(*place).is_some_and(|member| self.marks.contains(&member.customer))
            };
            places.retain(is_marked);
        }
        Moves { book: context.book(), proposal: &outlook.proposal, places: &places, language: context.language }
            .write(format, bytes)
    }
}
