//! Who waits, and why now: the queue of one day (requirements C2).

use crate::analysis::churn::Warning;
use crate::analysis::lifecycle::Activity;
use crate::domain::choice::Level;
use crate::domain::id::Id;
use crate::domain::time::{Day, Due, Moment};
use crate::domain::working::Rhythm;

/// A promise still open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The next step's record.
    pub step: Id,
    /// What was promised.
    pub what: String,
    /// By when.
    pub due: Option<Due>,
    /// Who is to do it.
    pub owner: Option<Id>,
}

/// Days after which an unanswered word is silence, and no question any more.
const ANSWERED_WITHIN: i32 = 30;

/// Where a customer stands, as far as the queue asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// When it is to be contacted.
    pub next_contact: Option<Due>,
    /// What was promised to it.
    pub promises: Vec<Promise>,
    /// Open complaints: by when an answer was promised.
    pub complaints: Vec<Option<Moment>>,
    /// The day it wrote or called and nobody has answered since.
    pub unanswered: Option<Day>,
    /// Birthdays of its contacts: name, month, day.
    pub birthdays: Vec<(String, u32, u32)>,
    /// Day of the last real touch of any kind: a talk in which somebody was reached, an order, an opinion.
    pub last_touch: Option<Day>,
    /// How much it is worth, where that is known.
    pub tier: Option<Level>,
    /// How alive its buying is.
    pub activity: Option<Activity>,
    /// Whether it seems to be leaving, and why.
    pub leaving: Option<Warning>,
}

/// Why a customer waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// A complaint is open, past its promise or about to be.
    Complaint,
    /// Something was promised.
    Promise(Promise),
    /// It was to be contacted.
    Contact,
    /// It asked and was not answered.
    Unanswered,
    /// A birthday of this contact.
    Birthday(String),
    /// Nobody has been in touch for so many days, where so many are allowed.
    Rhythm {
        /// Days since the last touch.
        silent: i32,
        /// Days allowed by the tier.
        allowed: i32,
    },
    /// It buys less than its rhythm: dormant.
    Dormant,
    /// It seems to be leaving, for these reasons.
    Leaving(Warning),
}

impl Why {
    /// The key in JSON.
    pub const fn key(&self) -> &'static str {
        match self {
            Why::Complaint => "complaint",
            Why::Promise(_) => "promise",
            Why::Contact => "contact",
            Why::Unanswered => "unanswered",
            Why::Birthday(_) => "birthday",
            Why::Rhythm { .. } => "rhythm",
            Why::Dormant | Why::Leaving(_) => "churn_warning",
        }
    }
}

/// One reason why a customer waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Why.
    pub why: Why,
    /// Since or until when.
    pub due: Due,
}

impl Waiting {
    /// Who is to do it, where the promise says it.
    pub const fn owner(&self) -> Option<Id> {
        match &self.why {
            Why::Promise(promise) => promise.owner,
            _ => None,
        }
    }

    /// Whether nobody has said by when: it waits from day to day, and is never late.
    pub const fn is_undated(&self) -> bool {
        matches!(&self.why, Why::Promise(promise) if promise.due.is_none())
    }

    /// Days it is late; below nothing, days still to go.
    pub fn days_over(&self, today: Day) -> i32 {
        today.days_since(self.due.day)
    }
}

/// Every reason why a customer waits today or in the `ahead` days to come, the most urgent first.
pub fn waiting(standing: &Standing, rhythm: &Rhythm, today: Day, ahead: i32) -> Vec<Waiting> {
    let last = today.plus(ahead);
    let mut reasons: Vec<Waiting> = Vec::new();
    let mut put = |why: Why, due: Due| {
        if due.day <= last {
            reasons.push(Waiting { why, due });
        }
    };
    for promised in &standing.complaints {
        put(Why::Complaint, Due::on(promised.map_or(today, Moment::day)));
    }
    for promise in &standing.promises {
        put(Why::Promise(promise.clone()), promise.due.unwrap_or(Due::on(today)));
    }
    // A promise for the same day says better why.
    let promised =
        |due: &Due| standing.promises.iter().any(|promise| promise.due.is_some_and(|other| other.day == due.day));
    if let Some(due) = standing.next_contact.filter(|due| !promised(due)) {
        put(Why::Contact, due);
    }
    if let Some(day) = standing.unanswered.filter(|day| today.days_since(*day) <= ANSWERED_WITHIN) {
        put(Why::Unanswered, Due::on(day));
    }
    for (name, month, day) in &standing.birthdays {
        if let Some(next) = next_birthday(*month, *day, today) {
            put(Why::Birthday(name.clone()), Due::on(next));
        }
    }
    // Whoever is already going to be contacted needs no reminder of the silence.
    if standing.next_contact.is_none()
        && standing.promises.is_empty()
        && let Some((due, why)) = silence(standing, rhythm, today)
    {
        put(why, Due::on(due));
    }
    reasons.sort_by_key(|waiting| (waiting.due, rank(&waiting.why)));
    reasons
}

const fn rank(why: &Why) -> u8 {
    match why {
        Why::Complaint => 0,
        Why::Promise(_) => 1,
        Why::Contact => 2,
        Why::Unanswered => 3,
        Why::Birthday(_) => 4,
        Why::Dormant | Why::Leaving(_) => 5,
        Why::Rhythm { .. } => 6,
    }
}

/// Past the rhythm of its tier, or dormant: only of customers who buy at all, and have not left.
fn silence(standing: &Standing, rhythm: &Rhythm, today: Day) -> Option<(Day, Why)> {
    if let Some(warning) = &standing.leaving {
        return Some((today, Why::Leaving(warning.clone())));
    }
    let touched = standing.last_touch?;
    let silent = today.days_since(touched);
    match standing.activity? {
        Activity::Dormant => Some((today, Why::Dormant)),
        Activity::Active => {
            let allowed = rhythm.allowed(standing.tier).filter(|allowed| silent > *allowed)?;
            Some((touched.plus(allowed), Why::Rhythm { silent, allowed }))
        }
        Activity::Lost => None,
    }
}

/// The next time the month and day come round, today included; 29 February falls on the 28th of common years.
fn next_birthday(month: u32, day: u32, today: Day) -> Option<Day> {
    let year = today.month().year();
    let on = |year| Day::from_ymd(year, month, day).or_else(|| Day::from_ymd(year, month, day.checked_sub(1)?));
    on(year).filter(|day| *day >= today).or_else(|| on(year + 1))
}

#[cfg(test)]
mod tests {
    use super::{Promise, Standing, Why, next_birthday, waiting};
    use crate::analysis::churn::{Reason, Warning};
    use crate::analysis::lifecycle::Activity;
    use crate::domain::choice::Level;
    use crate::domain::id::Id;
    use crate::domain::money::Money;
    use crate::domain::time::{Day, Due};
    use crate::domain::working::Rhythm;

    const TODAY: Day = Day::from_number(20_000);

    fn whys(standing: &Standing) -> Vec<&'static str> {
        waiting(standing, &Rhythm::shipped(), TODAY, 7).iter().map(|waiting| waiting.why.key()).collect()
    }

    #[test]
    fn the_longest_overdue_comes_first_and_what_lies_beyond_the_week_not_at_all() {
        let promise =
            |days| Promise { step: Id::BOOK, what: String::new(), due: Some(Due::on(TODAY.plus(days))), owner: None };
        let standing = Standing {
            next_contact: Some(Due::on(TODAY.plus(-2))),
            promises: vec![promise(-5), promise(8)],
            ..Standing::default()
        };
        assert_eq!(whys(&standing), ["promise", "contact"]);
    }

    #[test]
    fn the_rhythm_depends_on_the_tier_and_asks_nothing_of_who_will_be_called_anyway() {
        let silent = |tier, days: i32| Standing {
            last_touch: Some(TODAY.plus(-days)),
            tier,
            activity: Some(Activity::Active),
            ..Standing::default()
        };
        assert_eq!(whys(&silent(Some(Level::High), 15)), ["rhythm"]);
        assert!(whys(&silent(Some(Level::Middle), 15)).is_empty());
        let planned = Standing { next_contact: Some(Due::on(TODAY.plus(30))), ..silent(Some(Level::High), 15) };
        assert!(whys(&planned).is_empty());
    }

    #[test]
    fn the_days_of_a_tier_are_the_firms_own_and_none_asks_for_nothing() {
        let silent = |tier| Standing {
            last_touch: Some(TODAY.plus(-8)),
            tier,
            activity: Some(Activity::Active),
            ..Standing::default()
        };
        let own = Rhythm { high: Some(7), untiered: None, ..Rhythm::shipped() };
        let asked = |tier| waiting(&silent(tier), &own, TODAY, 7).len();
        assert_eq!((asked(Some(Level::High)), asked(Some(Level::Middle)), asked(None)), (1, 0, 0));
    }

    #[test]
    fn a_customer_who_has_left_is_not_called_for_its_silence() {
        let gone =
            Standing { last_touch: Some(TODAY.plus(-500)), activity: Some(Activity::Lost), ..Standing::default() };
        assert!(whys(&gone).is_empty());
        let dormant = Standing { activity: Some(Activity::Dormant), ..gone };
        assert_eq!(
            waiting(&dormant, &Rhythm::shipped(), TODAY, 7).first().map(|waiting| &waiting.why),
            Some(&Why::Dormant)
        );
    }

    #[test]
    fn a_warning_is_told_with_its_reasons_unless_something_is_planned() {
        let warning = Warning { reasons: vec![Reason::Silence(70)], amount: Money::from_units(9), gone: false };
        let leaving = Standing { leaving: Some(warning.clone()), ..Standing::default() };
        let told = waiting(&leaving, &Rhythm::default(), TODAY, 7);
        assert_eq!(told.first().map(|waiting| &waiting.why), Some(&Why::Leaving(warning)));
        let planned = Standing { next_contact: Some(Due::on(TODAY.plus(30))), ..leaving };
        assert!(whys(&planned).is_empty());
    }

    #[test]
    fn a_birthday_on_the_29th_of_february_is_kept_in_common_years() {
        let today = Day::from_ymd(2027, 2, 1).unwrap();
        assert_eq!(next_birthday(2, 29, today).map(|day| day.to_string()).as_deref(), Some("2027-02-28"));
        assert_eq!(next_birthday(1, 31, today).map(|day| day.to_string()).as_deref(), Some("2028-01-31"));
    }
}
