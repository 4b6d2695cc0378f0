//! The tiers: what each customer is worth and why, what a recalculation would change, who is leaving, and what came of it.

pub mod asking;
mod doing;
mod export;
mod heat_map;
mod leaving;
mod opened;
mod overview;
mod pages;
mod preview;
mod rule_list;
mod rulebook;
mod runs;
mod worth;

use crate::analysis::grading::Grading;
use crate::book::tiers::leaving::Leaver;
use crate::book::tiers::outlook::Outlook;
use crate::book::tiers::worth::Worth;
use crate::domain::id::Id;
use crate::domain::tiers::{Leaving, Method, Scheme, Segment};
use crate::domain::time::Day;
use crate::parse::when::{DateOrder, stamp};
use crate::text::figures::grouped;
use crate::text::words;
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Notice, Place};
use crate::ui::job::{Done, Job};
use crate::ui::view::{Draft, View};
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use asking::{Asking, Next, choosing};
use opened::Opened;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::collections::HashSet;
use std::sync::Arc;

/// What the screen shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    /// Distribution, segments, heat map.
    #[default]
    Overview,
    /// What a recalculation would change.
    Preview,
    /// What customers are worth and cost.
    Worth,
    /// Who is leaving.
    Leaving,
    /// The recalculations applied.
    Runs,
    /// The ways of grading.
    Schemes,
    /// What is advised.
    Advice,
    /// Member levels.
    Levels,
}

/// Some customers of the outlook, opened from a number.
struct Members {
    title: String,
    places: Vec<usize>,
    rows: Rows,
}

/// What is being graded away from the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    /// The tiers in force, looked at again as of today.
    InForce,
    /// What was asked for, to be looked at before it is applied; of some customers only, where they were chosen.
    Asked(Box<Grading>, Day, Only),
}

/// The customers chosen, or all.
type Only = Option<Arc<HashSet<Id>>>;

/// Customers chosen whose preview is kept when the line drops; of more it would be slow to write down at every pause.
const KEPT: usize = 2_000;

/// The screen.
#[derive(Default)]
pub struct Tiers {
    page: Page,
    /// The book as the way in force grades it today.
    current: Option<Box<Outlook>>,
    /// What was asked for and not applied yet.
    proposal: Option<Box<Outlook>>,
    wanted: Option<Wanted>,
    /// Wanted, and not yet given to the thread beside.
    to_send: bool,
    /// A rule that could not be read.
    fault: Option<(usize, crate::query::filter::Fault)>,
    overview: Rows,
    /// The cell of the heat map that has the keys: recency and frequency.
    cell: Option<(u8, u8)>,
    members: Option<Members>,
    opened: Option<Opened>,
    movers: Rows,
    leaving: Rows,
    runs: Rows,
    marks: HashSet<Id>,
    asking: Option<Asking>,
    worth: Option<worth::Weighed>,
    /// The customers the questions are about.
    asked_of: Only,
    /// Revision of the book whose worth was asked for last.
    weighed: Option<u64>,
    figures: Rows,
    rules: rulebook::Rulebook,
}

impl Tiers {
    fn want(&mut self, wanted: Wanted) {
        self.wanted = Some(wanted);
        self.to_send = true;
    }

    /// The outlook the page draws from.
    fn shown(&self) -> Option<&Outlook> {
        let outlook = if self.page == Page::Preview { self.proposal.as_ref() } else { self.current.as_ref() };
        outlook.map(Box::as_ref)
    }

    fn leavers(&self) -> &[Leaver] {
        self.current.as_ref().map_or(&[], |outlook| &outlook.leaving)
    }

    /// What all are worth, once that is known.
    fn weighed(&self) -> Option<&Worth> {
        self.worth.as_ref()?.as_ref().ok().map(Box::as_ref)
    }

    /// The rows that have the keys, and how many there are.
    fn rows(&mut self, context: &Context<'_>) -> (&mut Rows, usize) {
        let movers = self.proposal.as_ref().map_or(0, |outlook| outlook.movers.len() + outlook.staying.len());
        let leavers = self.leavers().len();
        let figures = self.weighed().map_or(0, |worth| worth.figures.len() + worth.quadrants.len());
        let lines = self.current.as_ref().map_or(0, |outlook| overview::lines(outlook));
        if let Some(opened) = &mut self.opened {
            let count = opened.count();
            return (&mut opened.rows, count);
        }
        match (&mut self.members, self.page) {
            (Some(members), _) => (&mut members.rows, members.places.len()),
            (None, Page::Overview) => (&mut self.overview, lines),
            (None, Page::Preview) => (&mut self.movers, movers),
            (None, Page::Worth) => (&mut self.figures, figures),
            (None, Page::Leaving) => (&mut self.leaving, leavers),
            (None, page @ (Page::Schemes | Page::Advice | Page::Levels)) => self.rules.rows(page, context),
            (None, Page::Runs) => (&mut self.runs, context.book().standards().runs().len()),
        }
    }

    fn moved(&mut self, action: Action, context: &Context<'_>) -> bool {
        if self.page == Page::Overview && self.members.is_none() && heat_map::steer(&mut self.cell, action) {
            return true;
        }
        let (rows, count) = self.rows(context);
        rows.act(action, count)
    }

    fn turn_page(&mut self, on: bool) {
        let mut pages =
            vec![Page::Overview, Page::Leaving, Page::Runs, Page::Worth, Page::Schemes, Page::Advice, Page::Levels];
        if self.proposal.is_some() {
            pages.insert(1, Page::Preview);
        }
        let place = pages.iter().position(|page| *page == self.page).unwrap_or(0);
        let next = if on { place + 1 } else { place + pages.len() - 1 } % pages.len();
        self.go_to(pages.get(next).copied().unwrap_or_default());
    }

    fn go_to(&mut self, page: Page) {
        (self.page, self.members, self.opened, self.cell) = (page, None, None, None);
        if matches!(self.worth, Some(Err(_))) {
            // It is tried again when one comes back to the page.
            (self.worth, self.weighed) = (None, None);
        }
    }

    fn back(&mut self, context: &Context<'_>) -> Effect {
        if self.opened.take().is_some() || self.members.take().is_some() || self.cell.take().is_some() {
            return Effect::None;
        }
        if matches!(self.wanted, Some(Wanted::Asked(..))) {
            // What comes of it is not waited for any more.
            self.wanted = None;
            self.to_send = false;
            return Effect::None;
        }
        if self.page == Page::Preview && !self.marks.is_empty() {
            // Marks are work: one stray key does not throw them away with the preview.
            return self.marks_first(context);
        }
        if self.page == Page::Preview {
            self.proposal = None;
        }
        if self.page != Page::Overview {
            self.page = Page::Overview;
            return Effect::None;
        }
        Effect::Unknown
    }

    fn ask(&mut self, asking: Asking, context: &Context<'_>) -> Effect {
        let choosing = choosing(&asking, context);
        self.asking = Some(asking);
        Effect::Open(Place::Choose(choosing))
    }
}

impl View for Tiers {
    fn scope(&self) -> Scope {
        if self.page.is_rules() { Scope::Rules } else { Scope::Tiers }
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        if self.moved(action, context) {
            return Effect::None;
        }
        if self.page.is_rules()
            && let Some(effect) = self.act_on_rules(action, context)
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
            Wanted::InForce => (Box::new(context.book().grading()), context.today()),
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
        self.draw_pages(&mut brush, context);
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

/// A segment by its place in the list of all.
fn segment_at(place: usize) -> Option<Segment> {
    Segment::ALL.get(place).copied()
}
