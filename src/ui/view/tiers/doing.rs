//! What is done on the screen: opened, applied, held, saved, marked, confirmed, written to a file.

use super::opened::Opened;
use super::{Members, Page, Tiers, asking, overview};
use crate::book::command::Command;
use crate::book::tiers::leaving::Leaver;
use crate::book::tiers::outlook::Outlook;
use crate::domain::id::Id;
use crate::domain::tiers::{Departure, Leaving, Scheme, TierHold};
use crate::exchange::export::leavers::Leavers;
use crate::exchange::export::moves::Moves;
use crate::exchange::export::{Format, OutError, Written};
use crate::text::figures::grouped;
use crate::text::{Language, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Outgoing, Place, Settling};
use crate::ui::keymap::shown;
use crate::ui::widget::rows::Rows;
use std::sync::Arc;

impl Tiers {
    /// The customers of the list that has the keys, in its order.
    pub(super) fn listed(&self) -> Vec<Id> {
        let of = |places: &[usize]| {
            let members = self.shown().map_or(&[][..], |outlook| &outlook.proposal.members);
            places.iter().filter_map(|place| members.get(*place)).map(|member| member.customer).collect()
        };
        match (&self.opened, &self.members, self.page) {
            (Some(opened), ..) => opened.customers().collect(),
            (None, Some(members), _) => of(&members.places),
            (None, None, Page::Preview) => of(&self.shown().map(Outlook::previewed).unwrap_or_default()),
            (None, None, Page::Leaving) => self.leavers().iter().map(|leaver| leaver.customer).collect(),
            (None, None, _) => Vec::new(),
        }
    }

    pub(super) fn selected(&self) -> Option<Id> {
        let rows = match (&self.opened, &self.members, self.page) {
            (Some(opened), ..) => &opened.rows,
            (None, Some(members), _) => &members.rows,
            (None, None, Page::Preview) => &self.movers,
            _ => &self.leaving,
        };
        self.listed().get(rows.selected).copied()
    }

    /// Enter: a number opens its customers, a customer its detail.
    pub(super) fn open(&mut self, context: &Context<'_>) -> Effect {
        if let Some(customer) = self.selected() {
            let among = Arc::new(self.listed());
            return Effect::Open(Place::Detail { customer, among });
        }
        match self.page {
            Page::Overview if self.members.is_none() => {
                if let Some(outlook) = self.in_force() {
                    let (title, places) = overview::opened(outlook, self.overview.selected, self.cell, context);
                    self.members = Some(Members { title, places, rows: Rows::default() });
                }
            }
            Page::Runs if self.opened.is_none() => {
                let run = context.book().standards().runs().iter().rev().nth(self.runs.selected);
                match run.map(|run| Opened::moved_in(run, context)) {
                    Some(Ok(opened)) => self.opened = Some(opened),
                    Some(Err(error)) => return Effect::Say(Notice::error(error.unread(context.language))),
                    None => {}
                }
            }
            Page::Worth if self.opened.is_none() => return self.open_quadrant(context),
            _ => {}
        }
        Effect::None
    }

    /// Whether Enter opens customers on a page that has lines without any: a recalculation does, a figure does not.
    pub(super) fn opens(&self) -> bool {
        let on_quadrant = || self.worth.answer().is_some_and(|worth| self.figures.selected >= worth.figures.len());
        self.page == Page::Runs || (self.page == Page::Worth && on_quadrant())
    }

    /// A quadrant opens who stands in it; a figure is of all customers together.
    fn open_quadrant(&mut self, context: &Context<'_>) -> Effect {
        let Some(worth) = self.worth.answer() else { return Effect::None };
        let line = self.figures.selected.checked_sub(worth.figures.len());
        let Some((quadrant, _)) = line.and_then(|line| worth.quadrants.get(line)) else {
            let of_all = words(
                "this figure is of all customers together; a quadrant of the matrix below opens its customers",
                "这项指标按全部客户合计，没有单独名单；下方价值矩阵各行可打开客户",
            );
            return Effect::Say(Notice::note(context.say(of_all)));
        };
        self.opened = Some(Opened::standing_in(*quadrant, worth, context));
        Effect::None
    }

    pub(super) fn apply(&mut self, context: &Context<'_>) -> Effect {
        let Some(outlook) = self.proposal.finish() else {
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
        let Some(outlook) = self.shown().or(self.in_force()) else { return Effect::None };
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

    /// Asks in which format, where there is something to write.
    pub(super) fn ask_format(&mut self, context: &Context<'_>) -> Effect {
        if self.listed().is_empty() {
            let nothing = words("nobody is listed here to be exported", "这一页没有可导出的客户");
            return Effect::Say(Notice::note(context.say(nothing)));
        }
        self.choice.open(asking::format(context))
    }

    /// The file of those listed; of the preview those marked, where some are, else those who move.
    pub(super) fn exported(&self, format: Format, context: &Context<'_>) -> Effect {
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
