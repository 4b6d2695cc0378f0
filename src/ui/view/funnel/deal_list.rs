//! The deals behind a number, the longest in their stage first, from where each is moved, lost, put aside or opened.

use crate::analysis::funnel::fact::{DealAt, DealFact};
use crate::book::command::Command;
use crate::book::deals::Deals;
use crate::book::deals::moving::Mover;
use crate::book::deals::reckoning::Reckoned;
use crate::domain::choice::{ListKind, StageRole};
use crate::domain::deal::{Deal, Stage};
use crate::domain::id::Id;
use crate::domain::record::Record;
use crate::domain::time::Day;
use crate::parse::when::{Looking, When, read};
use crate::text::figures::{grouped, short_day, short_money};
use crate::text::{Language, Words, words};
use crate::ui::action::Action;
use crate::ui::choosing::{Choice, Choosing};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Notice, Place, Settling};
use crate::ui::view::choose::owners;
use crate::ui::view::customer::copy_phone;
use crate::ui::view::funnel::behind::Behind;
use crate::ui::view::funnel::deal_line::{Places, draw_deal, draw_more};
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::collections::HashSet;
use std::sync::Arc;

const MOVED: Words = words("Moved; undo takes it back", "阶段已改，可撤销");
const PARKED: Words = words("Put on hold; undo takes it back", "已搁置，可撤销");
const GIVEN: Words = words("Handed over with its stage and history", "已转交，阶段和记录不变");

/// What is chosen in a list laid over it.
enum Chosen {
    /// The stage they move to.
    Stage(Stage),
    /// Why they were lost: a key of the list.
    Reason(String),
    /// Until when they are put aside.
    Until(Option<Day>),
    UntilTyped(String),
    /// Who gets them.
    Person(Id),
}

/// The deals behind one number of the funnel, some of them marked.
pub struct DealList {
    /// The number it is behind.
    pub behind: Behind,
    deals: Vec<DealAt>,
    rows: Rows,
    marked: HashSet<DealAt>,
    choice: Choice<Chosen>,
}

impl DealList {
    /// The list of these deals.
    pub fn new(behind: Behind, deals: Vec<DealAt>, context: &Context<'_>) -> DealList {
        let rows = Rows { leaps: context.slow_line, ..Rows::default() };
        DealList { behind, deals, rows, marked: HashSet::new(), choice: Choice::default() }
    }

    /// Shows what is behind the number now; the deal selected stays so where it still is.
    pub fn show(&mut self, deals: Vec<DealAt>) {
        let selected = self.deals.get(self.rows.selected).copied();
        self.deals = deals;
        let place = selected.and_then(|at| self.deals.iter().position(|deal| *deal == at));
        self.rows.select(place.unwrap_or(self.rows.selected), self.deals.len());
        let there: HashSet<DealAt> = self.deals.iter().copied().collect();
        self.marked.retain(|deal| there.contains(deal));
    }

    /// Which deal is selected, and of how many.
    pub fn place(&self) -> (usize, usize) {
        (self.rows.selected, self.deals.len())
    }

    /// The deal selected.
    pub fn selected<'d>(&self, deals: &'d Deals) -> Option<&'d DealFact> {
        deals.get(*self.deals.get(self.rows.selected)?)
    }

    fn moved(&mut self, action: Action) -> bool {
        let count = self.deals.len();
        self.rows.act(action, count)
    }

    /// What is done to it: the marked deals, else the one selected, as they are on disk.
    fn meant(&self, context: &Context<'_>) -> Result<Vec<Deal>, Effect> {
        let chosen: Vec<DealAt> = match self.marked.is_empty() {
            true => self.deals.get(self.rows.selected).copied().into_iter().collect(),
            false => self.deals.iter().copied().filter(|deal| self.marked.contains(deal)).collect(),
        };
        let read = |at: DealAt| match context.desk.dossier(at.home) {
            Ok(dossier) => Ok(match dossier.get(at.deal) {
                Some(Record::Deal(deal)) => Some(deal),
                _ => None,
            }),
            Err(error) => Err(Effect::Say(Notice::error(error.say(context.language)))),
        };
        let deals: Result<Vec<Option<Deal>>, Effect> = chosen.into_iter().map(read).collect();
        Ok(deals?.into_iter().flatten().collect())
    }

    /// Whether an act does something here: without a deal only a new one, and the way back.
    pub fn offers(&self, action: Action) -> bool {
        !self.deals.is_empty() || matches!(action, Action::NewDeal | Action::GoBack | Action::Undo)
    }

    /// Does an act.
    pub fn act(&mut self, action: Action, deals: &Deals, context: &Context<'_>) -> Effect {
        if self.moved(action) {
            return Effect::None;
        }
        match action {
            Action::Mark => self.mark(),
            Action::MarkAll => self.marked = self.deals.iter().copied().collect(),
            Action::ClearMarks => self.marked.clear(),
            Action::Open => return self.open(deals, context),
            Action::Edit => return self.edit(context),
            Action::NewDeal => return new_deal(self.selected(deals).and_then(|deal| deal.customer), context),
            Action::StageForward => return self.step(true, context),
            Action::StageBack => return self.step(false, context),
            Action::SetStage => return self.ask_stage(deals, context),
            Action::LoseDeal => return self.ask_reason(context),
            Action::ParkDeal => return self.ask_until(context),
            Action::Assign => return self.ask_person(deals, context),
            Action::CopyPhone => {
                let row = self.selected(deals).and_then(|deal| context.book().row_of(deal.customer?));
                return copy_phone(row, context);
            }
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn mark(&mut self) {
        if let Some(deal) = self.deals.get(self.rows.selected).copied() {
            if !self.marked.insert(deal) {
                self.marked.remove(&deal);
            }
            self.rows.move_by(1, self.deals.len());
        }
    }

    /// The customer with the timeline at the deal; a deal of no customer in its form.
    fn open(&self, deals: &Deals, context: &Context<'_>) -> Effect {
        let Some(deal) = self.selected(deals) else { return Effect::None };
        let Some(customer) = deal.customer else { return self.edit(context) };
        let mut met = HashSet::new();
        let among =
            self.deals.iter().filter_map(|at| deals.get(*at)?.customer).filter(|customer| met.insert(*customer));
        Effect::Open(Place::Happened { customer, record: deal.id, among: Arc::new(among.collect()) })
    }

    fn edit(&self, context: &Context<'_>) -> Effect {
        let at = self.deals.get(self.rows.selected);
        let found = at.map(|at| context.desk.dossier(at.home).map(|dossier| dossier.get(at.deal)));
        match found {
            Some(Ok(Some(record))) => Effect::Open(Place::EntryForm(Box::new(record))),
            Some(Err(error)) => Effect::Say(Notice::error(error.say(context.language))),
            _ => Effect::None,
        }
    }

    /// One stage forward or back. Nothing is lost by it, so that no reason is asked.
    fn step(&mut self, forward: bool, context: &Context<'_>) -> Effect {
        let mover = mover(context);
        let deals = match self.meant(context) {
            Ok(deals) => deals,
            Err(told) => return told,
        };
        let to: Vec<(&Deal, &Stage)> =
            deals.iter().filter_map(|deal| Some((deal, mover.beside(deal, forward)?))).collect();
        self.move_each(&to, context)
    }

    /// Moves deals to these stages. One that was decided is open again: that is never kept silent.
    fn move_each(&mut self, to: &[(&Deal, &Stage)], context: &Context<'_>) -> Effect {
        let (standards, mover) = (context.book().standards(), mover(context));
        let decided = |role: StageRole| matches!(role, StageRole::Won | StageRole::Lost);
        let opens =
            |(deal, stage): &&(&Deal, &Stage)| decided(standards.role(&deal.stage)) && !stage.role.is_some_and(decided);
        let opened: Vec<_> = to.iter().filter(opens).collect();
        let commands: Vec<Command> = to.iter().filter_map(|(deal, stage)| mover.moved(deal, stage)).collect();
        let Some((deal, stage)) = opened.first() else { return self.run(commands, MOVED, context) };
        self.marked.clear();
        let stages = [&deal.stage, &stage.key].map(|key| standards.stage_shown(key, context.language));
        let from_to = stages.join(" → ");
        let said = match (opened.len(), context.language) {
            (1, Language::En) => format!("Open again: “{}”, {from_to}; undo takes it back", deal.title),
            (1, Language::Zh) => format!("已重新打开“{}”：{from_to}，可撤销", deal.title),
            (count, Language::En) => format!("Moved; {count} decided deals are open again; undo takes it back"),
            (count, Language::Zh) => format!("阶段已改，其中 {count} 个已结束的商机重新打开，可撤销"),
        };
        Effect::RunTold(commands, said)
    }

    fn run(&mut self, commands: Vec<Command>, said: Words, context: &Context<'_>) -> Effect {
        self.marked.clear();
        if commands.is_empty() {
            let nothing = words("nothing to change: there is no stage further", "没有可改的：已经到头了");
            return Effect::Say(Notice::note(context.say(nothing)));
        }
        Effect::RunAll(commands, said)
    }

    fn ask_stage(&mut self, deals: &Deals, context: &Context<'_>) -> Effect {
        let standards = context.book().standards();
        let here = self.selected(deals).map(|deal| deals.stage(deal.stage).to_owned());
        let percent = |stage: &Stage| stage.probability.map(crate::text::figures::percent).unwrap_or_default();
        let name = |stage: &Stage| standards.stage_shown(&stage.key, context.language).to_owned();
        let option = |stage: &Stage| (Chosen::Stage(stage.clone()), name(stage), percent(stage));
        let choosing = Choosing::hinted(words("Move to", "移到"), offered(context).into_iter().map(option));
        let is_here = |chosen: &Chosen| matches!(chosen, Chosen::Stage(stage) if Some(&stage.key) == here.as_ref());
        self.choice.open(choosing.selecting(is_here))
    }

    /// Asks why; each reason says whether and when the customer will be asked again.
    fn ask_reason(&mut self, context: &Context<'_>) -> Effect {
        let (standards, mover) = (context.book().standards(), mover(context));
        let hint = |key: &str| match (mover.win_back_on(key), context.language) {
            (Some(day), Language::En) => format!("ask again {}", short_day(day, context.today())),
            (Some(day), Language::Zh) => format!("{} 回访争取", short_day(day, context.today())),
            (None, _) => String::new(),
        };
        let name = |key: &str| standards.shown(ListKind::LostReason, key, context.language).to_owned();
        let items = standards.items(ListKind::LostReason);
        let options = items.map(|item| (Chosen::Reason(item.key.clone()), name(&item.key), hint(&item.key)));
        self.choice.open(Choosing::hinted(words("Why was it lost", "输单原因"), options))
    }

    fn ask_until(&mut self, context: &Context<'_>) -> Effect {
        let hint = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let options = until(context).map(|(name, day)| (Chosen::Until(day), context.say(name).to_owned(), hint(day)));
        let in_a_month = Some(context.today().plus_months(1));
        let choosing = Choosing::hinted(words("On hold until (or type a day)", "搁置到（可输入日期）"), options);
        let choosing = choosing.or_typed(Chosen::UntilTyped);
        self.choice.open(choosing.selecting(|chosen| matches!(chosen, Chosen::Until(day) if *day == in_a_month)))
    }

    fn ask_person(&mut self, deals: &Deals, context: &Context<'_>) -> Effect {
        let here = self.selected(deals).and_then(|deal| deal.owner);
        match owners(words("Hand over to", "转交给"), here, context) {
            Ok(people) => self.choice.open(people.map(Chosen::Person)),
            Err(told) => told,
        }
    }

    /// Takes what was chosen.
    pub fn answered(&mut self, answer: Answer, context: &Context<'_>) -> Effect {
        let Some(chosen) = self.choice.chosen(answer) else { return Effect::None };
        let deals = match self.meant(context) {
            Ok(deals) => deals,
            Err(told) => return told,
        };
        let mover = mover(context);
        match chosen {
            Chosen::Stage(stage) if stage.role == Some(StageRole::Lost) => self.ask_reason(context),
            Chosen::Stage(stage) => {
                let to: Vec<(&Deal, &Stage)> = deals.iter().map(|deal| (deal, &stage)).collect();
                self.move_each(&to, context)
            }
            Chosen::Reason(reason) => {
                self.marked.clear();
                Effect::Open(Place::Settle(Settling::Lost(deals, reason)))
            }
            Chosen::Until(day) => self.park(&deals, day, context),
            Chosen::UntilTyped(text) => match typed_day(&text, context) {
                Some(day) => self.park(&deals, Some(day), context),
                None => {
                    let none = words("no date is read in that", "看不出日期");
                    Effect::Say(Notice::error(format!("{text}: {}", context.say(none))))
                }
            },
            Chosen::Person(owner) => {
                self.run(deals.iter().filter_map(|deal| mover.given(deal, Some(owner))).collect(), GIVEN, context)
            }
        }
    }

    fn park(&mut self, deals: &[Deal], until: Option<Day>, context: &Context<'_>) -> Effect {
        let mover = mover(context);
        self.run(deals.iter().filter_map(|deal| mover.parked(deal, until)).collect(), PARKED, context)
    }

    /// Draws it.
    pub fn draw(
        &mut self,
        area: Rect,
        buffer: &mut Buffer,
        (deals, reckoned, whose): (&Deals, &Reckoned, &str),
        context: &Context<'_>,
    ) -> Option<Position> {
        let theme = context.theme;
        let mut brush = Brush::new(buffer, area);
        let places = Places::of(area.width);
        self.draw_head(&mut brush, &places, (deals, reckoned, whose), context);
        // What has no column is told of the deal selected, below all of them.
        let body = Rect { y: area.y + 2, height: area.height.saturating_sub(4), ..area };
        if let Some(deal) = self.selected(deals) {
            draw_more(&mut brush, area.height.saturating_sub(1), (deal, deals), context);
        }
        self.rows.fit(usize::from(body.height), self.deals.len());
        let mut brush = Brush::new(buffer, body);
        if self.deals.is_empty() {
            let none = words("No deal is left here. Esc goes back.", "这里已没有商机。按 Esc 返回。");
            brush.text(1, 1, context.say(none), u16::MAX, theme.strong);
        }
        let mut cursor = None;
        for (y, place) in (0..).zip(self.rows.seen(self.deals.len())) {
            let Some((at, deal)) = self.deals.get(place).and_then(|at| Some((at, deals.get(*at)?))) else { continue };
            if self.marked.contains(at) {
                brush.text(0, y, "*", 1, theme.accent);
            }
            draw_deal(&mut brush, y, &places, (deal, deals, reckoned), context);
            if place == self.rows.selected {
                brush.select_line(y, theme.selected);
                cursor = Some(Position { x: body.x, y: body.y + y });
            }
        }
        cursor
    }

    fn draw_head(
        &self,
        brush: &mut Brush<'_>,
        places: &Places,
        (deals, reckoned, whose): (&Deals, &Reckoned, &str),
        context: &Context<'_>,
    ) {
        let theme = context.theme;
        let amount = self.deals.iter().filter_map(|at| deals.get(*at)).map(DealFact::worth).sum();
        let count = grouped(self.deals.len() as u64);
        let what = self.behind.told(deals, reckoned, context);
        let marked = self.marked.len();
        let mut text = match context.language {
            Language::En => format!("{what} · {count} deals · {}", short_money(amount, context.language)),
            Language::Zh => format!("{what} · {count} 个 · {}", short_money(amount, context.language)),
        };
        if marked > 0 {
            text = format!("{text} · {} {marked}", context.say(words("marked", "已标记")));
        }
        let end = brush.text_left_of(brush.area().width.saturating_sub(1), 0, whose, 40, theme.dim);
        brush.text(1, 0, &text, end.saturating_sub(2), theme.strong);
        let heads = [
            (places.customer, words("customer", "客户")),
            (places.stage, words("stage", "阶段")),
            (places.owner, words("owner", "负责人")),
            (places.expected, words("expected", "预计成交")),
        ];
        brush.text(1, 1, context.say(words("deal", "商机")), u16::MAX, theme.dim);
        for (x, head) in heads.into_iter().filter(|(x, _)| *x > 0) {
            brush.text(x, 1, context.say(head), u16::MAX, theme.dim);
        }
        brush.text_left_of(places.amount, 1, context.say(words("amount", "金额")), 12, theme.dim);
        brush.text_left_of(places.age, 1, context.say(words("days", "天数")), 8, theme.dim);
    }
}

fn mover<'a>(context: &Context<'a>) -> Mover<'a> {
    let desk = context.desk;
    Mover { standards: desk.book().standards(), now: context.now, me: desk.me(), language: context.language }
}

/// The stages that are offered.
fn offered<'a>(context: &Context<'a>) -> Vec<&'a Stage> {
    context.desk.book().standards().stages().iter().filter(|stage| !stage.hidden).collect()
}

/// Days until which deals are commonly put aside; last, none in particular.
fn until(context: &Context<'_>) -> [(Words, Option<Day>); 5] {
    let today = context.today();
    [
        (words("in two weeks", "两周后"), Some(today.plus(14))),
        (words("in a month", "一个月后"), Some(today.plus_months(1))),
        (words("in a quarter", "三个月后"), Some(today.plus_months(3))),
        (words("in half a year", "半年后"), Some(today.plus_months(6))),
        (words("no day yet", "暂不定日期"), None),
    ]
}

fn typed_day(text: &str, context: &Context<'_>) -> Option<Day> {
    let reader = crate::book::logging::Reader::new(context.book(), None, &[], context.now, context.language);
    match read(text.trim(), &reader.context().clock, Looking::Ahead) {
        Some(When::Read(reading)) => Some(reading.due.day),
        _ => None,
    }
}

/// The form of a new deal, opened today in the first stage by whoever is at the desk; first it is asked whose deal it is.
pub fn new_deal(customer: Option<Id>, context: &Context<'_>) -> Effect {
    if customer.is_none() {
        return Effect::Open(Place::WhichCustomer);
    }
    let standards = context.book().standards();
    let first = offered(context).into_iter().find(|stage| stage.role == Some(StageRole::Open));
    let of_customer = customer.and_then(|customer| context.book().row_of(customer)).and_then(|row| row.owner);
    let me = standards.owner_called(context.desk.me()).map(|owner| owner.id);
    let deal = Deal {
        customer,
        stage: first.map(|stage| stage.key.clone()).unwrap_or_default(),
        owner: of_customer.or(me),
        opened: Some(context.today()),
        ..Deal::default()
    };
    Effect::Open(Place::EntryForm(Box::new(deal.into())))
}
