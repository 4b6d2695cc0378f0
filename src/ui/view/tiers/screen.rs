//! The tiers as a view: what its keys do, and what is seen of it.

use super::asking::{self, Chosen};
use super::{KEPT, Page, Tiers, Ungraded, Wanted, leaving, overview, page, preview, rule_list, runs, worth};
use crate::analysis::grading::Grading;
use crate::book::tiers::outlook::Outlook;
use crate::book::tiers::why::grading_in_force;
use crate::desk::gathering::know_what_rules_ask;
use crate::desk::worth::worth as worth_of;
use crate::domain::id::Id;
use crate::domain::tiers::{Method, Scheme};
use crate::text::figures::grouped;
use crate::text::words;
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Notice};
use crate::ui::job::{Done, Job, Work};
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
            return grading.map_or(Effect::None, |grading| self.choice.open(asking::as_of(grading, context)));
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
                    Some(customer) => self.choice.open(asking::cause(customer, context)),
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
        match self.choice.chosen(answer) {
            Some(Chosen::Cause(customer, cause)) => Tiers::confirmed(customer, cause, context),
            Some(Chosen::Format(format)) => self.exported(format, context),
            Some(Chosen::Way(grading)) => self.choice.open(asking::behind_way(grading, context)),
            Some(Chosen::Window(Some(grading))) => self.choice.open(asking::as_of(grading, context)),
            Some(Chosen::Day(grading, Some(as_of))) => {
                let only = self.asked_of.take();
                self.proposal.ask_anew(Wanted { grading, as_of, only }, context.book().revision());
                Effect::None
            }
            Some(Chosen::Window(None)) => {
                let months = words("write so many months, such as 18 or 2y", "请输入月数，例如 18、近18月或 2年");
                Effect::Say(Notice::error(context.say(months)))
            }
            Some(Chosen::Day(_, None)) => {
                let date = words("write the date like 2026-09-30", "请按 2026-09-30 的格式输入日期");
                Effect::Say(Notice::error(context.say(date)))
            }
            None => Effect::None,
        }
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.proposal.renew(context.book().revision());
    }

    fn work(&mut self, context: &Context<'_>) -> Option<Work> {
        let job = self.grade(context).or_else(|| self.weigh(context));
        job.map(Work::from)
    }

    fn found(&mut self, done: Done, context: &Context<'_>) -> Result<Effect, Done> {
        let is_new = self.proposed().is_none();
        let done = match self.proposal.take(done) {
            Ok(false) => return Ok(Effect::None),
            Ok(true) => {
                if is_new && self.proposed().is_some() {
                    (self.page, self.members, self.opened) = (Page::Preview, None, None);
                    self.movers = Rows::default();
                }
                return Ok(unread(self.proposal.error(), context));
            }
            Err(done) => done,
        };
        let done = match self.current.take(done) {
            Ok(false) => return Ok(Effect::None),
            Ok(true) => {
                self.members = None;
                return Ok(unread(self.current.error(), context));
            }
            Err(done) => done,
        };
        self.worth.take(done).map(|_| Effect::None)
    }

    fn grade_only(&mut self, customers: Vec<Id>, context: &Context<'_>) -> Effect {
        self.asked_of = (!customers.is_empty()).then(|| Arc::new(customers.into_iter().collect()));
        self.choice.open(asking::way(context))
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
        let movers = self.proposed().map(|outlook| outlook.movers.len());
        let counts = page::Counts { movers, leavers: self.leavers().len() };
        page::draw(&mut brush, self.page, &counts, context);
        let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
        let mut brush = Brush::new(buffer, body);
        if let Some((number, fault)) = self.fault() {
            let rule = words("Rule {}: ", "第 {} 条规则：").filled(&[&number.to_string()], context.language);
            brush.text(1, 0, &(rule + &fault.say(context.language)), u16::MAX, context.theme.alarm);
            return None;
        }
        if let Some(opened) = &mut self.opened {
            opened.draw(&mut brush, context);
            return None;
        }
        if let Some(members) = &mut self.members
            && let Some(outlook) = self.current.answer()
        {
            brush.text(1, 0, &members.title, u16::MAX, context.theme.strong);
            preview::draw_members(&mut brush, 1, outlook, &members.places, &mut members.rows, &self.marks, context);
            return None;
        }
        match self.page {
            Page::Overview => overview::draw(
                &mut brush,
                self.current.answer().map(Box::as_ref),
                &mut self.overview,
                self.cell,
                context,
            ),
            Page::Preview => preview::draw(
                &mut brush,
                self.proposal.answer().map(Box::as_ref),
                &mut self.movers,
                &self.marks,
                context,
            ),
            Page::Leaving => {
                let leavers = self.current.answer().map(|outlook| &outlook.leaving[..]);
                leaving::draw(&mut brush, leavers, &mut self.leaving, context);
            }
            Page::Worth => worth::draw(&mut brush, &self.worth, &mut self.figures, context),
            Page::Runs => runs::draw(&mut brush, &mut self.runs, context),
            page => rule_list::draw(&mut brush, page, &mut self.rules, context),
        }
        None
    }

    fn offers(&self, action: Action) -> bool {
        let listed =
            self.members.is_some() || self.opened.is_some() || matches!(self.page, Page::Preview | Page::Leaving);
        match action {
            Action::GoBack => self.page != Page::Overview || self.members.is_some() || self.is_grading(),
            Action::Open => listed || self.page == Page::Overview || self.page.is_rules() || self.opens(),
            Action::Recalculate => !self.page.is_rules() || self.page == Page::Schemes,
            Action::AddRule => self.page != Page::Advice,
            Action::Mark | Action::ApplyTiers => self.page == Page::Preview && self.members.is_none(),
            Action::ExportRows => self.opened.is_none() && !self.listed().is_empty(),
            _ => true,
        }
    }

    fn foot(&self, context: &Context<'_>) -> String {
        if self.is_grading() {
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
        let proposal = &self.proposed()?.proposal;
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
        let Some(day) = of("as_of").and_then(asking::day) else { return };
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
        self.proposal.ask_anew(Wanted { grading: Grading::of_scheme(&scheme), as_of: day, only }, 0);
    }
}

impl Tiers {
    /// Whether grades are waited for.
    const fn is_grading(&self) -> bool {
        self.proposal.is_waiting() || self.current.is_waiting()
    }

    /// The grading that is wanted next: what was asked for, then the way in force where the book is another.
    fn grade(&mut self, context: &Context<'_>) -> Option<Job> {
        if let Some(wanted) = self.proposal.unsent().cloned() {
            let work = grading(wanted, context);
            return self.proposal.send(|_| work);
        }
        if self.proposal.is_waiting() {
            return None;
        }
        self.current.ask((), context.book().revision());
        self.current.unsent()?;
        let in_force = Wanted { grading: grading_in_force(context.book()), as_of: context.today(), only: None };
        let work = grading(in_force, context);
        self.current.send(|()| work)
    }

    /// What all customers are worth, wanted on the page that says so.
    fn weigh(&mut self, context: &Context<'_>) -> Option<Job> {
        if self.page == Page::Worth {
            self.worth.ask((), context.book().revision());
        }
        self.worth.unsent()?;
        let (desk, as_of) = (context.desk.snapshot(), context.today());
        self.worth.send(|()| move || worth_of(&desk, as_of).map(Box::new))
    }
}

/// Everyone graded, as seen from a day; and who is leaving, today.
fn grading(wanted: Wanted, context: &Context<'_>) -> impl FnOnce() -> Result<Box<Outlook>, Ungraded> + Send + use<> {
    let (desk, today) = (context.desk.snapshot(), context.today());
    move || {
        let Wanted { grading, as_of, only } = wanted;
        let rules = grading.rules.iter().map(|rule| rule.when.as_str());
        know_what_rules_ask(&desk, rules).map_err(Ungraded::Unread)?;
        let outlook = Outlook::of(desk.book(), &grading, as_of, today);
        let outlook = outlook.map_err(|(number, fault)| Ungraded::Rule(number, fault))?;
        Ok(Box::new(outlook.limited(only)))
    }
}

/// What could not be read is said at the foot; a rule at fault stands on the page.
fn unread(error: Option<&Ungraded>, context: &Context<'_>) -> Effect {
    match error {
        Some(Ungraded::Unread(error)) => Effect::Say(Notice::error(error.say(context.language))),
        _ => Effect::None,
    }
}
