//! The tiers as a view: what its keys do, and what is seen of it.

use super::asking::{self, Asking, Next};
use super::{KEPT, Page, Tiers, Wanted, leaving, overview, page, preview, rule_list, runs, worth};
use crate::analysis::grading::Grading;
use crate::book::tiers::outlook::Outlook;
use crate::book::tiers::why::grading_in_force;
use crate::domain::id::Id;
use crate::domain::tiers::{Leaving, Method, Scheme};
use crate::parse::when::{DateOrder, stamp};
use crate::text::figures::grouped;
use crate::text::words;
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Notice};
use crate::ui::job::{Done, Job};
use crate::ui::view::{Draft, View};
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::collections::HashSet;
use std::sync::Arc;

impl View for Tiers {
    fn scope(&self) -> Scope {
        if self.page.is_rules() { Scope::Rules } else { Scope::Tiers }
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        if self.moved(action, context) {
            return Effect::None;
        }
        if let (Action::Recalculate, Page::Schemes) = (action, self.page) {
            let grading = self.rules.grading(context);
            return grading.map_or(Effect::None, |grading| self.ask(Asking::Day(grading), context));
        }
        if self.page.is_rules()
            && let Some(effect) = self.rules.act(action, self.page, context)
        {
            return effect;
        }
        match action {
            Action::Schemes => self.go_to(Page::Schemes),
            Action::AdviceRules => self.go_to(Page::Advice),
            Action::MemberLevels => self.go_to(Page::Levels),
            Action::NextPane | Action::Right => self.turn_page(true),
            Action::PreviousPane | Action::Left => self.turn_page(false),
            Action::Open => return self.open(context),
            Action::GoBack => return self.back(context),
            Action::Recalculate => return self.grade_only(Vec::new(), context),
            Action::ExportRows => return self.ask_format(context),
            Action::ApplyTiers => return self.apply(context),
            Action::HoldTier => return self.hold(context),
            Action::SaveScheme => return self.save_scheme(),
            Action::ConfirmCause => {
                return match self.selected() {
                    Some(customer) => self.ask(Asking::Cause(customer), context),
                    None => Effect::None,
                };
            }
            Action::Mark => return self.mark(context),
            Action::MarkAll if self.page == Page::Preview => self.marks = self.listed().into_iter().collect(),
            Action::ClearMarks => self.marks.clear(),
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn answered(&mut self, answer: Answer, context: &Context<'_>) -> Effect {
        let Some(asking) = self.asking.take() else { return Effect::None };
        if let (Asking::Cause(customer), Answer::Option(place)) = (&asking, &answer) {
            let cause = Leaving::ALL.get(*place).copied().unwrap_or(Leaving::Other);
            return Tiers::confirmed(*customer, cause, context);
        }
        if let (Asking::Format, Answer::Option(place)) = (&asking, &answer) {
            return self.exported(*place, context);
        }
        match asking::next(asking, answer, context) {
            Some(Next::Ask(asking)) => self.ask(asking, context),
            Some(Next::Grade(grading, day)) => {
                let only = self.asked_of.take();
                self.want(Wanted::Asked(Box::new(grading), day, only));
                Effect::None
            }
            Some(Next::Unread(what)) => Effect::Say(Notice::error(context.say(what))),
            None => Effect::None,
        }
    }

    fn refresh(&mut self, context: &Context<'_>) {
        let revision = context.book().revision();
        let stale = |outlook: &Option<Box<Outlook>>| outlook.as_ref().is_none_or(|shown| shown.revision != revision);
        if self.wanted.is_none() {
            match &self.proposal {
                Some(outlook) if outlook.revision != revision => {
                    let proposal = &outlook.proposal;
                    let (grading, only) = (proposal.grading.clone(), proposal.only.clone());
                    let wanted = Wanted::Asked(Box::new(grading), proposal.as_of, only);
                    self.want(wanted);
                }
                _ if stale(&self.current) => self.want(Wanted::InForce),
                _ => {}
            }
        }
    }

    fn work(&mut self, context: &Context<'_>) -> Option<Job> {
        if !std::mem::take(&mut self.to_send) {
            let revision = Some(context.book().revision());
            let due = self.page == Page::Worth && self.weighed != revision;
            self.weighed = if due { revision } else { self.weighed };
            return due.then(|| Job::Weigh(Box::new(context.desk.snapshot()), context.today()));
        }
        let (grading, day) = match self.wanted.as_ref()? {
            Wanted::InForce => (Box::new(grading_in_force(context.book())), context.today()),
            Wanted::Asked(grading, day, _) => (grading.clone(), *day),
        };
        Some(Job::Grade(Box::new(context.desk.snapshot()), grading, day, context.today()))
    }

    fn found(&mut self, done: Done) -> Option<Done> {
        let graded = match done {
            Done::Graded(graded) => graded,
            Done::Weighed(weighed) => {
                self.worth = Some(weighed);
                return None;
            }
            Done::Unread(error) => {
                // A preview that was asked for is given up; what is in force is not asked for again and again.
                self.wanted.take_if(|wanted| matches!(wanted, Wanted::Asked(..)));
                return Some(Done::Unread(error));
            }
            done => return Some(done),
        };
        match (graded, self.wanted.take()) {
            (Err(fault), _) => self.fault = Some(fault),
            (Ok(outlook), Some(Wanted::Asked(grading, day, only))) => {
                if outlook.proposal.grading != *grading || outlook.proposal.as_of != day {
                    // The answer to what was asked before; the right one is on its way.
                    self.wanted = Some(Wanted::Asked(grading, day, only));
                    return None;
                }
                let is_new = self.proposal.is_none();
                if self.current.as_ref().is_none_or(|shown| shown.revision != outlook.revision) {
                    self.want(Wanted::InForce);
                }
                self.proposal = Some(Box::new(outlook.limited(only)));
                if is_new {
                    (self.page, self.members, self.opened) = (Page::Preview, None, None);
                    self.movers = Rows::default();
                }
            }
            (Ok(outlook), Some(Wanted::InForce)) => {
                self.fault = None;
                self.members = None;
                self.current = Some(outlook);
            }
            (Ok(_), None) => {}
        }
        None
    }

    fn grade_only(&mut self, customers: Vec<Id>, context: &Context<'_>) -> Effect {
        self.asked_of = (!customers.is_empty()).then(|| Arc::new(customers.into_iter().collect()));
        self.ask(Asking::Method, context)
    }

    fn select_customer(&mut self, customer: Id, context: &Context<'_>) {
        if let Some(place) = self.listed().iter().position(|listed| *listed == customer) {
            let (rows, count) = self.rows(context);
            rows.select(place, count);
        }
    }

    fn selected_customer(&self, _context: &Context<'_>) -> Option<Id> {
        self.selected()
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let mut brush = Brush::new(buffer, area);
        let movers = self.proposal.as_ref().map(|outlook| outlook.movers.len());
        let counts = page::Counts { movers, leavers: self.leavers().len() };
        page::draw(&mut brush, self.page, &counts, context);
        let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
        let mut brush = Brush::new(buffer, body);
        if let Some((number, fault)) = &self.fault {
            let rule = words("Rule {}: ", "第 {} 条规则：").filled(&[&number.to_string()], context.language);
            brush.text(1, 0, &(rule + &fault.say(context.language)), u16::MAX, context.theme.alarm);
            return None;
        }
        if let Some(opened) = &mut self.opened {
            opened.draw(&mut brush, context);
            return None;
        }
        if let Some(members) = &mut self.members
            && let Some(outlook) = &self.current
        {
            brush.text(1, 0, &members.title, u16::MAX, context.theme.strong);
            preview::draw_members(&mut brush, 1, outlook, &members.places, &mut members.rows, &self.marks, context);
            return None;
        }
        match self.page {
            Page::Overview => {
                overview::draw(&mut brush, self.current.as_deref(), &mut self.overview, self.cell, context)
            }
            Page::Preview => {
                preview::draw(&mut brush, self.proposal.as_deref(), &mut self.movers, &self.marks, context)
            }
            Page::Leaving => {
                let leavers = self.current.as_ref().map(|outlook| &outlook.leaving[..]);
                leaving::draw(&mut brush, leavers, &mut self.leaving, context);
            }
            Page::Worth => worth::draw(&mut brush, self.worth.as_ref(), &mut self.figures, context),
            Page::Runs => runs::draw(&mut brush, &mut self.runs, context),
            page => rule_list::draw(&mut brush, page, &mut self.rules, context),
        }
        None
    }

    fn offers(&self, action: Action) -> bool {
        let listed =
            self.members.is_some() || self.opened.is_some() || matches!(self.page, Page::Preview | Page::Leaving);
        match action {
            Action::GoBack => self.page != Page::Overview || self.members.is_some() || self.wanted.is_some(),
            Action::Open => listed || self.page == Page::Overview || self.page.is_rules() || self.opens(),
            Action::Recalculate => !self.page.is_rules() || self.page == Page::Schemes,
            Action::AddRule => self.page != Page::Advice,
            Action::Mark | Action::ApplyTiers => self.page == Page::Preview && self.members.is_none(),
            Action::ExportRows => self.opened.is_none() && !self.listed().is_empty(),
            _ => true,
        }
    }

    fn foot(&self, context: &Context<'_>) -> String {
        if self.wanted.is_some() {
            return context.say(words("grading … Esc leaves it", "正在计算……按 Esc 取消")).to_owned();
        }
        let count = self.listed().len() as u64;
        let marked = match self.marks.len() {
            0 => String::new(),
            marks => format!("{} {marks}  ", context.say(words("marked", "已标记"))),
        };
        if count == 0 { marked } else { format!("{marked}{}", grouped(count)) }
    }

    fn draft_key(&self) -> Option<String> {
        Some("tiers".to_owned())
    }

    /// What was asked for and not applied: made again of the same way of grading and day.
    fn draft(&self, _context: &Context<'_>) -> Option<Draft> {
        let proposal = &self.proposal.as_ref()?.proposal;
        let scheme = proposal.grading.to_scheme();
        let months = scheme.months.map_or(String::new(), |months| months.to_string());
        let mut fields = vec![
            ("as_of".to_owned(), proposal.as_of.to_string()),
            ("name".to_owned(), scheme.name),
            ("version".to_owned(), scheme.version.to_string()),
            ("method".to_owned(), proposal.grading.method.key().to_owned()),
            ("months".to_owned(), months),
        ];
        fields.extend(scheme.settings.into_iter().map(|(name, text)| (format!("set {name}"), text)));
        let only = proposal.only.as_deref();
        if only.is_some_and(|only| only.len() > KEPT) {
            return None;
        }
        fields.extend(only.into_iter().flatten().map(|customer| ("only".to_owned(), customer.to_string())));
        fields.extend(self.marks.iter().map(|mark| ("mark".to_owned(), mark.to_string())));
        Some(Draft { fields })
    }

    fn take_up(&mut self, draft: &Draft) {
        let of = |name: &str| draft.fields.iter().find(|(field, _)| field == name).map(|(_, text)| text.as_str());
        let written = |text| stamp(text, DateOrder::Unclear).ok().map(|stamp| stamp.day);
        let Some(day) = of("as_of").and_then(written) else { return };
        let settings = draft
            .fields
            .iter()
            .filter_map(|(name, text)| name.strip_prefix("set ").map(|name| (name.to_owned(), text.clone())));
        let scheme = Scheme {
            name: of("name").unwrap_or_default().to_owned(),
            version: of("version").and_then(|text| text.parse().ok()).unwrap_or(1),
            method: of("method").and_then(Method::from_key),
            months: of("months").and_then(|text| text.parse().ok()),
            settings: settings.collect(),
            ..Scheme::default()
        };
        let customers = |wanted: &str| -> HashSet<Id> {
            let fields = draft.fields.iter().filter(|(name, _)| name == wanted);
            fields.filter_map(|(_, text)| Id::parse(text)).collect()
        };
        self.marks = customers("mark");
        let only = Some(customers("only")).filter(|only| !only.is_empty()).map(Arc::new);
        self.want(Wanted::Asked(Box::new(Grading::of_scheme(&scheme)), day, only));
    }
}
