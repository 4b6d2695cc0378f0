//! A question asked of the deals, and all that is answered at once: figures, bottleneck, forecast, whom to look at.

use crate::analysis::funnel::bottleneck::{Bottleneck, bottleneck};
use crate::analysis::funnel::fact::DealFact;
use crate::analysis::funnel::figures::Funnel;
use crate::analysis::funnel::forecast::{Forecast, forecast};
use crate::analysis::funnel::ladder::Ladder;
use crate::analysis::funnel::movement::{Earlier, InPlay, Sheet, movement};
use crate::analysis::funnel::period::Period;
use crate::analysis::funnel::watch::{Moved, Watched, moved_lately, stuck, unnoticed};
use crate::book::Book;
use crate::book::deals::Deals;
use crate::book::deals::grouping::By;
use crate::domain::id::Id;
use crate::domain::time::Day;
use crate::text::Language;
use std::sync::Arc;
use std::thread;

/// Deals from which two threads reckon faster than one.
const WORTH_SHARING: usize = 10_000;

/// Which deals are asked about, and on which day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Opened in this period.
    pub period: Period,
    /// Only those of this person.
    pub owner: Option<Id>,
    /// Put together by this, too.
    pub by: Option<By>,
    /// Today.
    pub as_of: Day,
    /// The language groups are named in.
    pub language: Language,
}

/// The funnel of those that have something in common.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupFunnel {
    /// The key of what they have in common.
    pub key: String,
    /// The same, as it is shown.
    pub name: String,
    /// Their funnel.
    pub funnel: Funnel,
}

/// Everything answered.
#[derive(Clone, Debug, Default)]
pub struct Reckoned {
    /// The order of the stages it was reckoned with.
    pub ladder: Ladder,
    /// The funnel of the cohort.
    pub funnel: Funnel,
    /// The funnel of those opened before the period, where it has a beginning.
    pub before: Option<Funnel>,
    /// Where most is lost, and why.
    pub bottleneck: Option<Bottleneck>,
    /// What the open deals are likely to bring.
    pub forecast: Forecast,
    /// Open deals that are stuck.
    pub stuck: Vec<Watched>,
    /// Open deals nobody has noticed for long.
    pub unnoticed: Vec<Watched>,
    /// Moves of late.
    pub moved: Vec<Moved>,
    /// The funnels of the groups.
    pub groups: Vec<GroupFunnel>,
}

/// All that a screen asks at once, to be answered beside it.
pub struct Reckoning {
    /// What is asked.
    pub asked: Asked,
    /// What it is compared with.
    pub against: Option<Asked>,
    /// The period of the monthly meeting.
    pub meeting: (Day, Day),
    /// When deals changed since then were expected.
    pub earlier: Earlier,
    /// The deals.
    pub deals: Arc<Deals>,
    /// The book.
    pub book: Book,
}

/// What is answered.
#[derive(Clone, Debug, Default)]
pub struct Answered {
    /// What was asked.
    pub main: Reckoned,
    /// What it is compared with.
    pub against: Option<Reckoned>,
    /// How the deals due in the meeting's period moved.
    pub due: Sheet,
    /// How all deals moved in it.
    pub all: Sheet,
}

impl Reckoning {
    /// Answers. It writes nothing.
    pub fn run(self) -> Answered {
        let Reckoning { asked, against, meeting, earlier, deals, book } = self;
        let ladder = deals.ladder(book.standards());
        let sheet = |in_play| {
            let whose = deals.iter().filter(|deal| asked.is_whose(deal));
            movement(whose, &earlier, &ladder, meeting, in_play, asked.as_of)
        };
        Answered {
            main: asked.reckon(&deals, &book),
            against: against.map(|against| against.reckon(&deals, &book)),
            due: sheet(InPlay::Due),
            all: sheet(InPlay::All),
        }
    }
}

impl Asked {
    /// Whether a deal is of those asked about, whenever it was opened.
    pub fn is_whose(&self, deal: &DealFact) -> bool {
        self.owner.is_none() || deal.owner == self.owner
    }

    /// Whether a deal is of the cohort.
    pub fn holds(&self, deal: &DealFact) -> bool {
        self.is_whose(deal) && (self.period.is_all() || self.period.holds(deal.begun()))
    }

    /// Answers. Groups cost as much as all the rest: of very many deals they are reckoned by another hand meanwhile.
    pub fn reckon(&self, deals: &Deals, book: &Book) -> Reckoned {
        let Some(by) = self.by else { return self.reckon_whole(deals, book) };
        let groups = || self.groups(deals, by, book, &deals.ladder(book.standards()));
        if deals.len() < WORTH_SHARING {
            return Reckoned { groups: groups(), ..self.reckon_whole(deals, book) };
        }
        thread::scope(|scope| {
            let other = scope.spawn(groups);
            let whole = self.reckon_whole(deals, book);
            match other.join() {
                Ok(groups) => Reckoned { groups, ..whole },
                Err(said) => std::panic::resume_unwind(said),
            }
        })
    }

    /// All but the groups.
    fn reckon_whole(&self, deals: &Deals, book: &Book) -> Reckoned {
        let ladder = deals.ladder(book.standards());
        let cohort = || deals.iter().filter(|deal| self.holds(deal));
        let whose = || deals.iter().filter(|deal| self.is_whose(deal));
        let by_hand = self.by_hand(deals, book);
        let funnel = Funnel::of(cohort(), &by_hand, &ladder, self.as_of);
        let before = self.period.from.map(|from| {
            let earlier = Period { from: None, to: Some(from.plus(-1)) };
            Funnel::of(whose().filter(|deal| earlier.holds(deal.begun())), &[], &ladder, self.as_of)
        });
        Reckoned {
            bottleneck: bottleneck(&funnel, before.as_ref(), cohort(), &ladder, self.as_of),
            forecast: forecast(whose(), &ladder, self.as_of),
            stuck: stuck(cohort(), before.as_ref().unwrap_or(&funnel), &ladder, self.as_of),
            unnoticed: unnoticed(cohort(), &ladder, self.as_of),
            moved: moved_lately(whose(), &ladder, self.as_of),
            groups: Vec::new(),
            before,
            funnel,
            ladder,
        }
    }

    fn groups(&self, deals: &Deals, by: By, book: &Book, ladder: &Ladder) -> Vec<GroupFunnel> {
        let cohort = deals.iter().filter(|deal| self.holds(deal));
        let groups = deals.groups(cohort, by, book, self.language);
        let funnel = |deals: Vec<&DealFact>| Funnel::of(deals.into_iter(), &[], ladder, self.as_of);
        groups
            .into_iter()
            .map(|group| GroupFunnel { key: group.key, name: group.name, funnel: funnel(group.deals) })
            .collect()
    }

    /// Stages set by hand have no date: they count only when no period is asked for.
    fn by_hand(&self, deals: &Deals, book: &Book) -> Vec<(Id, u16)> {
        if !self.period.is_all() {
            return Vec::new();
        }
        let whose = |(customer, _): &(Id, u16)| {
            self.owner.is_none() || book.row_of(*customer).is_some_and(|row| row.owner == self.owner)
        };
        deals.by_hand(book).into_iter().filter(whose).collect()
    }
}
