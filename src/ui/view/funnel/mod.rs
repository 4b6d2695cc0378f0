//! The funnel: deals by stage, and where they are lost.

mod asking;
mod behind;
mod board;
mod deal_line;
mod deal_list;
mod drawing;
mod meeting;
mod pages;
mod question;
mod stage_list;
mod working;

use crate::analysis::funnel::movement::Earlier;
use crate::book::deals::Deals;
use crate::book::deals::grouping::By;
use crate::book::deals::reckoning::Answered;
use crate::book::deals::target::Targets;
use crate::domain::id::Id;
use crate::domain::time::Month;
use crate::store::error::StoreError;
use crate::text::{Language, Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Notice};
use crate::ui::job::{Done, Job};
use crate::ui::view::View;
use asking::Asking;
use behind::Finding;
use board::Board;
use deal_list::DealList;
pub use deal_list::new_deal;
use question::{Measure, Question, Span};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use stage_list::StageList;
use std::sync::Arc;
use working::Going;

/// The pages of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    #[default]
    Stages,
    Groups,
    Compare,
    Forecast,
    Meeting,
}

impl Page {
    const ALL: [Page; 5] = [Page::Stages, Page::Groups, Page::Compare, Page::Forecast, Page::Meeting];

    const fn words(self) -> Words {
        match self {
            Page::Stages => words("Stages", "阶段"),
            Page::Groups => words("Groups", "分组"),
            Page::Compare => words("Compare", "对比"),
            Page::Forecast => words("Forecast", "预测"),
            Page::Meeting => words("Meeting", "月会"),
        }
    }

    /// The number one is at first: of the stages, what stands there now.
    const fn column(self) -> usize {
        match self {
            Page::Stages => 2,
            _ => 0,
        }
    }

    fn beside(self, on: bool) -> Page {
        let here = Page::ALL.iter().position(|page| *page == self).unwrap_or(0);
        let at = if on { here + 1 } else { here + Page::ALL.len() - 1 } % Page::ALL.len();
        Page::ALL.get(at).copied().unwrap_or_default()
    }
}

/// The screen of the funnel: what is asked, what was answered, and the page it is shown on.
pub struct Funnel {
    going: Going,
    ticket: u64,
    deals: Arc<Deals>,
    /// The revision of the book the deals are of.
    revision: u64,
    question: Question,
    answered: Option<Arc<Answered>>,
    /// When deals changed since the meeting's month began were expected before, and the targets of that month.
    earlier: Earlier,
    targets: Targets,
    /// What these two were read for.
    read_for: Option<(u64, Month)>,
    /// What they are being read for beside the screen.
    reading_for: Option<(u64, Month)>,
    page: Page,
    measure: Measure,
    board: Board,
    /// What the board shows now was made for.
    shown_for: Option<(u64, Page, Measure, Language)>,
    list: Option<DealList>,
    stages: Option<StageList>,
    asking: Asking,
    trouble: Option<StoreError>,
}

impl Funnel {
    /// The screen, its deals still to be gathered.
    pub fn new(context: &Context<'_>) -> Funnel {
        let question = Question {
            span: Span::default(),
            owner: None,
            by: By::Owner,
            against: None,
            month: context.today().month(),
        };
        let mut board = Board::default();
        board.leap(context.slow_line);
        board.rewind(Page::default().column());
        Funnel {
            going: Going::Gather(None),
            ticket: 0,
            deals: Arc::default(),
            revision: 0,
            question,
            answered: None,
            earlier: Earlier::new(),
            targets: Targets::default(),
            read_for: None,
            reading_for: None,
            page: Page::default(),
            measure: Measure::default(),
            board,
            shown_for: None,
            list: None,
            stages: None,
            asking: Asking::Nothing,
            trouble: None,
        }
    }

    /// Runs `work` with everything deals are found from.
    fn finding<T>(&self, context: &Context<'_>, work: impl FnOnce(&Finding<'_>) -> T) -> Option<T> {
        let answered = self.answered.as_deref()?;
        let asked = self.question.asked(context.today(), context.language);
        let against = self.question.against(context.today(), context.language);
        Some(work(&Finding {
            asked: &asked,
            against: against.as_ref(),
            answered,
            earlier: &self.earlier,
            meeting: self.question.meeting(),
            deals: &self.deals,
            book: context.book(),
        }))
    }

    fn turn(&mut self, on: bool, context: &Context<'_>) {
        self.page = self.page.beside(on);
        if self.page == Page::Groups {
            self.ask_again();
        }
        self.board.rewind(self.page.column());
        self.show(context);
    }

    /// Moves on the board; aside, on the page of the meeting, to another month.
    fn moved(&mut self, action: Action, context: &Context<'_>) -> bool {
        let board = &mut self.board;
        match action {
            Action::SelectNext => board.go(1),
            Action::SelectPrevious => board.go(-1),
            Action::SelectFirst => board.go_to(false),
            Action::SelectLast => board.go_to(true),
            Action::PageDown => board.go(board.page()),
            Action::PageUp => board.go(-board.page()),
            Action::HalfPageDown => board.go((board.page() / 2).max(1)),
            Action::HalfPageUp => board.go(-(board.page() / 2).max(1)),
            Action::Left => board.aside(false),
            Action::Right => board.aside(true),
            Action::NextPane => self.turn(true, context),
            Action::PreviousPane => self.turn(false, context),
            _ => return false,
        }
        true
    }

    fn open(&mut self, context: &Context<'_>) -> Effect {
        if self.page == Page::Compare && self.question.against.is_none() {
            return self.ask_comparison(context);
        }
        let Some(behind) = self.board.behind() else {
            let nothing = words("there is nothing behind this number", "这个数字没有明细");
            return Effect::Say(Notice::note(context.say(nothing)));
        };
        let found = self.finding(context, |finding| finding.find(&behind)).unwrap_or_default();
        self.list = Some(DealList::new(behind, found, context));
        Effect::None
    }
}

impl View for Funnel {
    fn scope(&self) -> Scope {
        match (&self.stages, &self.list) {
            (Some(_), _) => Scope::Stages,
            (_, Some(_)) => Scope::Deals,
            _ => Scope::Funnel,
        }
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        // Keys may come faster than frames: they are to mean what they would after the next one.
        self.show(context);
        if let Some(stages) = &mut self.stages {
            if action == Action::GoBack {
                self.stages = None;
                return Effect::None;
            }
            return stages.act(action, &self.deals, context);
        }
        if let Some(list) = &mut self.list {
            if action == Action::GoBack {
                self.list = None;
                return Effect::None;
            }
            return list.act(action, &self.deals, context);
        }
        if self.moved(action, context) {
            return Effect::None;
        }
        match action {
            Action::Open => return self.open(context),
            Action::SwitchMeasure => {
                self.measure = self.measure.next();
                self.show(context);
            }
            Action::ChoosePeriod => return self.ask_period(context),
            Action::ChooseOwner => return self.ask_owner(context),
            Action::GroupBy => return self.ask_group(context),
            Action::Compare => return self.ask_comparison(context),
            Action::NewDeal => return new_deal(None, context),
            Action::EditStages => self.stages = Some(StageList::default()),
            Action::ExportMeeting => return self.export(context),
            Action::GoBack => return Effect::Back,
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn answered(&mut self, answer: Answer, context: &Context<'_>) -> Effect {
        if let Answer::Customer(customer) = answer {
            return new_deal(Some(customer), context);
        }
        if let Some(stages) = &mut self.stages {
            return stages.answered(answer, &self.deals, context);
        }
        if let Some(list) = &mut self.list {
            return list.answered(answer, &self.deals, context);
        }
        self.take_answer(answer, context)
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.board.leap(context.slow_line);
        self.catch_up(context);
        self.show(context);
    }

    fn work(&mut self, context: &Context<'_>) -> Option<Job> {
        self.next_work(context)
    }

    fn found(&mut self, done: Done) -> Option<Done> {
        self.take_work(done)
    }

    fn selected_customer(&self, _context: &Context<'_>) -> Option<Id> {
        self.list.as_ref()?.selected(&self.deals)?.customer
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        self.show(context);
        if let Some(stages) = &mut self.stages {
            return stages.draw(area, buffer, &self.deals, context);
        }
        let title = self.title(context);
        let answered = self.answered.clone();
        match (&mut self.list, answered) {
            (Some(list), Some(answered)) => list.draw(area, buffer, (&self.deals, &answered.main, &title), context),
            _ => self.draw_page(area, buffer, context),
        }
    }

    fn offers(&self, action: Action) -> bool {
        match (&self.stages, &self.list) {
            (Some(_), _) => true,
            (_, Some(list)) => list.offers(action),
            _ => action != Action::GoBack,
        }
    }

    fn foot(&self, _context: &Context<'_>) -> String {
        let (place, count) = match (&self.stages, &self.list) {
            (Some(_), _) => return String::new(),
            (_, Some(list)) => list.place(),
            _ => self.board.place(),
        };
        if count == 0 { String::new() } else { format!("{}/{count}", place + 1) }
    }
}
