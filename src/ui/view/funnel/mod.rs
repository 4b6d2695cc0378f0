//! The funnel: deals by stage, and where they are lost.

mod asking;
mod behind;
mod board;
mod deal_line;
mod deal_list;
mod meeting;
mod pages;
mod question;
mod screen;
mod stage_list;
mod working;

use crate::analysis::funnel::movement::Earlier;
use crate::book::deals::Deals;
use crate::book::deals::grouping::By;
use crate::book::deals::reckoning::{Answered, Asked};
use crate::book::deals::target::Targets;
use crate::desk::gathering::{Gathered, Reached};
use crate::domain::id::Id;
use crate::domain::time::{Day, Month};
use crate::store::error::StoreError;
use crate::text::{Language, Words, words};
use crate::ui::action::Action;
use crate::ui::choosing::Choice;
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice};
use crate::ui::pending::Pending;
use behind::Finding;
use board::Board;
use deal_list::DealList;
pub use deal_list::new_deal;
use question::{Against, Measure, Question, Span};
use stage_list::StageList;
use std::sync::Arc;

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

/// What is chosen in a list laid over the funnel.
enum Chosen {
    Span(Span),
    SpanTyped(String),
    Month(Month),
    MonthTyped(String),
    Owner(Option<Id>),
    Group(By),
    Against(Against),
}

/// The revision of the book and the month of the meeting.
pub type ReadFor = (u64, Month);

/// What figures are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wish {
    asked: Asked,
    against: Option<Asked>,
    meeting: (Day, Day),
}

/// What was answered; and, where the journal was read for it, when deals were expected before.
pub struct Figures {
    /// The figures.
    pub answered: Answered,
    /// For which revision and month it was read, and what was found.
    pub earlier: Option<(ReadFor, Result<Earlier, StoreError>)>,
}

/// The screen of the funnel: what is asked, what was answered, and the page it is shown on.
pub struct Funnel {
    /// The deals on their way, a stretch behind the other.
    gathering: Pending<Option<Reached>, Gathered>,
    /// Whether all of them are there.
    gathered: bool,
    /// The figures on their way.
    reckoning: Pending<Wish, Figures>,
    deals: Arc<Deals>,
    /// The revision of the book the deals are of.
    revision: u64,
    question: Question,
    answered: Option<Arc<Answered>>,
    /// When deals changed since the meeting's month began were expected before, and the targets of that month.
    earlier: Earlier,
    targets: Targets,
    /// What these two were read for.
    read_for: Option<ReadFor>,
    page: Page,
    measure: Measure,
    board: Board,
    /// What the board shows now was made for.
    shown_for: Option<(Page, Measure, Language)>,
    list: Option<DealList>,
    stages: Option<StageList>,
    choice: Choice<Chosen>,
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
        let mut gathering = Pending::default();
        gathering.ask(None, 0);
        Funnel {
            gathering,
            gathered: false,
            reckoning: Pending::default(),
            deals: Arc::default(),
            revision: 0,
            question,
            answered: None,
            earlier: Earlier::new(),
            targets: Targets::default(),
            read_for: None,
            page: Page::default(),
            measure: Measure::default(),
            board,
            shown_for: None,
            list: None,
            stages: None,
            choice: Choice::default(),
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
            self.ask_again(context);
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
