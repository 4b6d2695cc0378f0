//! What is asked of the funnel: whose deals, of which period, put together and compared by what.

use crate::analysis::funnel::period::Period;
use crate::book::Book;
use crate::book::deals::grouping::By;
use crate::book::deals::reckoning::Asked;
use crate::domain::id::Id;
use crate::domain::time::{Day, Month};
use crate::parse::period_words::stretch;
use crate::text::{Language, Words, words};

/// What the bars show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// Deals.
    #[default]
    Deals,
    /// What they are worth.
    Amount,
    /// Customers.
    Customers,
}

impl Measure {
    /// The next one, round and round.
    pub const fn next(self) -> Measure {
        match self {
            Measure::Deals => Measure::Amount,
            Measure::Amount => Measure::Customers,
            Measure::Customers => Measure::Deals,
        }
    }

    /// Its words.
    pub const fn words(self) -> Words {
        match self {
            Measure::Deals => words("deals", "商机数"),
            Measure::Amount => words("amount", "金额"),
            Measure::Customers => words("customers", "客户数"),
        }
    }
}

/// A period as it is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    /// All of time.
    #[default]
    All,
    /// The month of today.
    ThisMonth,
    /// The quarter of today.
    ThisQuarter,
    /// The year of today.
    ThisYear,
    /// The month before.
    LastMonth,
    /// The quarter before.
    LastQuarter,
    /// The year before.
    LastYear,
    /// The twelve months up to today.
    Last12,
    /// Days of one's own.
    Own(Period),
}

impl Span {
    /// Those that can be chosen by name.
    pub const NAMED: [Span; 8] = [
        Span::All,
        Span::ThisMonth,
        Span::ThisQuarter,
        Span::ThisYear,
        Span::LastMonth,
        Span::LastQuarter,
        Span::LastYear,
        Span::Last12,
    ];

    /// The days it means, seen from `today`.
    pub fn period(self, today: Day) -> Period {
        let month = today.month();
        let quarter = month.plus(-((month.number() as i32 - 1) % 3));
        let year = month.plus(1 - month.number() as i32);
        match self {
            Span::All => Period::ALL,
            Span::ThisMonth => Period::months(month, 1),
            Span::ThisQuarter => Period::months(quarter, 3),
            Span::ThisYear => Period::months(year, 12),
            Span::LastMonth => Period::months(month.plus(-1), 1),
            Span::LastQuarter => Period::months(quarter.plus(-3), 3),
            Span::LastYear => Period::months(year.plus(-12), 12),
            Span::Last12 => Period::between(today.plus_months(-12).plus(1), today),
            Span::Own(period) => period,
        }
    }

    /// How it is called.
    pub fn name(self, language: Language) -> String {
        let named = match self {
            Span::All => words("all of time", "全部时间"),
            Span::ThisMonth => words("this month", "本月"),
            Span::ThisQuarter => words("this quarter", "本季度"),
            Span::ThisYear => words("this year", "今年"),
            Span::LastMonth => words("last month", "上月"),
            Span::LastQuarter => words("last quarter", "上季度"),
            Span::LastYear => words("last year", "去年"),
            Span::Last12 => words("last 12 months", "近12个月"),
            Span::Own(period) => return days_of(period),
        };
        named.say(language).to_owned()
    }

    /// A period typed: `2026`, `2026-03`, `上月`, `2026-03-01..2026-04-15`.
    pub fn typed(text: &str, today: Day) -> Option<Span> {
        stretch(text, today).map(|(first, last)| Span::Own(Period::between(first, last)))
    }
}

/// The days of a period, as they are written.
pub fn days_of(period: Period) -> String {
    let day = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
    if period.is_all() { String::new() } else { format!("{}..{}", day(period.from), day(period.to)) }
}

/// What the cohort is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// The period of the same length before.
    Before,
    /// The same days of the year before.
    YearBefore,
    /// The deals of another person.
    Person(Id),
    /// The deals of everybody.
    Everybody,
}

/// All that is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// The period in which deals were opened.
    pub span: Span,
    /// Whose; of everybody where none is named.
    pub owner: Option<Id>,
    /// What they are put together by.
    pub by: By,
    /// What they are compared with.
    pub against: Option<Against>,
    /// The month of the meeting.
    pub month: Month,
}

impl Question {
    /// As the book is asked.
    pub fn asked(&self, today: Day, language: Language) -> Asked {
        Asked { period: self.span.period(today), owner: self.owner, by: Some(self.by), as_of: today, language }
    }

    /// What it is compared with; none where the period has nothing before it.
    pub fn against(&self, today: Day, language: Language) -> Option<Asked> {
        let main = Asked { by: None, ..self.asked(today, language) };
        let year_before = |day: Option<Day>| day.map(|day| day.plus_months(-12));
        Some(match self.against? {
            Against::Before => Asked { period: main.period.before()?, ..main },
            Against::YearBefore if main.period.is_all() => return None,
            Against::YearBefore => {
                let period = Period { from: year_before(main.period.from), to: year_before(main.period.to) };
                Asked { period, ..main }
            }
            Against::Person(owner) => Asked { owner: Some(owner), ..main },
            Against::Everybody => Asked { owner: None, ..main },
        })
    }

    /// The days of the meeting's month.
    pub fn meeting(&self) -> (Day, Day) {
        (self.month.first_day(), self.month.plus(1).first_day().plus(-1))
    }

    /// Whose deals, in words.
    pub fn whose(&self, book: &Book, language: Language) -> String {
        match self.owner {
            Some(owner) => book.standards().owner_name(Some(owner)).to_owned(),
            None => words("everybody", "全员").say(language).to_owned(),
        }
    }

    /// What it is compared with, in words.
    pub fn against_whom(&self, book: &Book, today: Day, language: Language) -> String {
        match (self.against, self.against(today, language)) {
            (Some(Against::Person(owner)), _) => book.standards().owner_name(Some(owner)).to_owned(),
            (Some(Against::Everybody), _) => words("everybody", "全员").say(language).to_owned(),
            (_, Some(asked)) => days_of(asked.period),
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Span, days_of};
    use crate::domain::time::Day;

    #[test]
    fn a_quarter_begins_in_january_april_july_or_october() {
        let today = Day::from_ymd(2026, 11, 19).unwrap();
        assert_eq!(days_of(Span::ThisQuarter.period(today)), "2026-10-01..2026-12-31");
        assert_eq!(days_of(Span::LastQuarter.period(today)), "2026-07-01..2026-09-30");
        assert_eq!(days_of(Span::Last12.period(today)), "2025-11-20..2026-11-19");
    }
}
