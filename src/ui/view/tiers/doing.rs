//! What is done on the screen: applied, held, saved, marked, confirmed.

use super::{Page, Tiers};
use crate::book::command::Command;
use crate::domain::id::Id;
use crate::domain::tiers::{Departure, Leaving, Scheme, TierHold};
use crate::text::figures::grouped;
use crate::text::{Language, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Place, Settling};
use crate::ui::keymap::shown;

impl Tiers {
    pub(super) fn apply(&mut self, context: &Context<'_>) -> Effect {
        let Some(outlook) = self.proposal.take() else {
            let first = words("nothing to apply: recalculate first", "没有可应用的结果，请先重新分级");
            return Effect::Say(Notice::note(context.say(first)));
        };
        let only = (!self.marks.is_empty()).then_some(&self.marks);
        let command = outlook.proposal.apply(context.desk.me(), only);
        let moved = match &command {
            Command::SetTiers(run, _) => grouped(u64::from(run.moved)),
            _ => String::new(),
        };
        self.marks.clear();
        self.page = Page::Overview;
        Effect::RunTold(
            vec![command],
            match context.language {
                Language::En => format!("Tiers applied: {moved} customers moved"),
                Language::Zh => format!("等级已应用：{moved} 位客户变动"),
            },
        )
    }

    /// Esc on a preview with marks: says how many there are, and which key takes them off.
    pub(super) fn marks_first(&self, context: &Context<'_>) -> Effect {
        let key = context.keymap.key_for(Action::ClearMarks, Scope::Tiers);
        let key = key.map_or("-".to_owned(), |keys| shown(keys, context.ascii));
        let count = grouped(self.marks.len() as u64);
        Effect::Say(Notice::note(match context.language {
            Language::En => format!("{count} marked and not applied; {key} takes the marks off, then Esc leaves"),
            Language::Zh => format!("{count} 位已标记、尚未应用；按 {key} 取消标记后可放弃预览"),
        }))
    }

    pub(super) fn hold(&self, context: &Context<'_>) -> Effect {
        let Some(customer) = self.selected() else { return Effect::None };
        let tier = self.shown().and_then(|outlook| {
            let member = outlook.proposal.members.iter().find(|member| member.customer == customer)?;
            Some(outlook.proposal.name(member.before.or(member.after)).to_owned())
        });
        let tier = tier.unwrap_or_else(|| context.book().tiers().tier_of(customer).to_owned());
        let by = context.desk.me().to_owned();
        let hold = TierHold { customer: Some(customer), tier, by, ..TierHold::default() };
        Effect::Open(Place::Settle(Settling::Held(Box::new(hold))))
    }

    pub(super) fn save_scheme(&self) -> Effect {
        let Some(outlook) = self.shown().or(self.current.as_deref()) else { return Effect::None };
        let scheme = Scheme { name: String::new(), ..outlook.proposal.grading.to_scheme() };
        Effect::Open(Place::Settle(Settling::Named(Box::new(scheme))))
    }

    pub(super) fn mark(&mut self, context: &Context<'_>) -> Effect {
        if self.page != Page::Preview {
            return Effect::Unknown;
        }
        if let Some(customer) = self.selected()
            && !self.marks.remove(&customer)
        {
            self.marks.insert(customer);
        }
        self.moved(Action::SelectNext, context);
        Effect::None
    }

    /// Why a customer is leaving, as it was confirmed.
    pub(super) fn confirmed(customer: Id, cause: Leaving, context: &Context<'_>) -> Effect {
        let departure = Departure {
            customer: Some(customer),
            on: context.today(),
            cause: Some(cause),
            by: context.desk.me().to_owned(),
            ..Departure::default()
        };
        let said = words("Cause noted; undo takes it back", "流失原因已记录，可撤销");
        Effect::Run(Command::Add(Box::new(departure.into())), said)
    }
}
