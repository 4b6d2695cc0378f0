//! Who is leaving and why: reasons, each with its number (definitions: Churn).

use crate::analysis::lifecycle::{Activity, Behaviour, usual_gap};
use crate::analysis::purchases::OrderFact;
use crate::domain::measure::Score;
use crate::domain::money::Money;
use crate::domain::time::Day;

/// Days without a word or an order that are silence.
const SILENT_AFTER: i32 = 60;
/// Complaints of a year that are repeated ones.
const REPEATED: u32 = 2;
/// Fall of satisfaction, in hundredths of a point, that warns.
const FALL: i32 = 50;
/// Days after which a customer has left and is not leaving any more.
const GONE_AFTER: i32 = 365;

/// What is known of a customer besides its orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signals {
    /// When it rated us, and how.
    pub ratings: Vec<(Day, Score)>,
    /// When it complained, and whether that is still open.
    pub complaints: Vec<(Day, bool)>,
    /// Day of the last follow-up.
    pub last_contact: Option<Day>,
    /// The longest overdue promise.
    pub promised: Option<Day>,
    /// Payments due: by when, and how much is missing.
    pub unpaid: Vec<(Day, Money)>,
}

/// Why a customer seems to be leaving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It has not bought for longer than usual.
    Gap {
        /// Days since the last purchase.
        days: i32,
        /// Its usual days between purchases, where it has a rhythm.
        usual: Option<i32>,
    },
    /// It orders less often: orders of the last half-year and of the half before.
    Frequency {
        /// Of the last half-year.
        now: u32,
        /// Of the half before.
        before: u32,
    },
    /// It spends less: revenue of the last half-year and of the half before.
    Spend {
        /// Of the last half-year.
        now: Money,
        /// Of the half before.
        before: Money,
    },
    /// Complaints open, or repeated within a year.
    Complaints {
        /// Still open.
        open: u32,
        /// Of the last twelve months.
        year: u32,
    },
    /// Its last rating is below what it gave before, within a year.
    Satisfaction {
        /// The last.
        now: Score,
        /// The mean before.
        before: Score,
    },
    /// Nobody has been in touch for so many days.
    Silence(i32),
    /// A promise is so many days overdue.
    Promise(i32),
    /// Payments are overdue.
    Payment {
        /// How much.
        amount: Money,
        /// The oldest, in days.
        days: i32,
    },
}

impl Reason {
    /// The key in JSON.
    pub const fn key(&self) -> &'static str {
        match self {
            Reason::Gap { .. } => "purchase_gap",
            Reason::Frequency { .. } => "frequency_fall",
            Reason::Spend { .. } => "spend_fall",
            Reason::Complaints { .. } => "complaint",
            Reason::Satisfaction { .. } => "satisfaction_fall",
            Reason::Silence(_) => "silence",
            Reason::Promise(_) => "promise_overdue",
            Reason::Payment { .. } => "payment_overdue",
        }
    }

    /// How much it says by itself: a gap or three points make a warning.
    const fn weight(&self) -> u32 {
        match self {
            Reason::Gap { .. } => 3,
            Reason::Frequency { .. } | Reason::Spend { .. } | Reason::Complaints { .. } => 2,
            Reason::Satisfaction { .. } => 2,
            Reason::Silence(_) | Reason::Promise(_) | Reason::Payment { .. } => 1,
        }
    }
}

/// A warning that a customer is leaving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Why, the strongest first.
    pub reasons: Vec<Reason>,
    /// Revenue a year that is at risk: of the twelve months up to the last purchase.
    pub amount: Money,
    /// It has not bought for over a year and is lost: to be won back rather than kept.
    pub gone: bool,
}

/// The warning about a customer with these orders; `None` for who never bought, and where nothing points to leaving.
pub fn warning(facts: impl Iterator<Item = OrderFact>, signals: &Signals, as_of: Day) -> Option<Warning> {
    let mut orders: Vec<OrderFact> =
        facts.filter(|fact| !fact.returned && fact.day <= as_of && fact.amount >= Money::ZERO).collect();
    orders.sort_by_key(|fact| fact.day);
    let last = orders.last()?.day;
    let reasons = reasons(&orders, signals, as_of);
    if reasons.iter().map(Reason::weight).sum::<u32>() < 3 {
        return None;
    }
    let year = last.plus_months(-12);
    let amount = orders.iter().filter(|fact| fact.day > year).map(|fact| fact.amount).sum();
    Some(Warning { reasons, amount, gone: as_of.days_since(last) > GONE_AFTER })
}

/// Every reason there is, the strongest first. `orders` are sorted by day and counted ones.
pub fn reasons(orders: &[OrderFact], signals: &Signals, as_of: Day) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = buying_reasons(orders, as_of);
    let last = orders.last().map(|fact| fact.day);
    reasons.extend(complaints(signals, as_of));
    reasons.extend(falling(&signals.ratings, as_of));
    let touched = last.max(signals.last_contact);
    let silent = touched.map(|day| as_of.days_since(day)).filter(|days| *days > SILENT_AFTER);
    reasons.extend(silent.map(Reason::Silence));
    let overdue = signals.promised.map(|day| as_of.days_since(day)).filter(|days| *days > 0);
    reasons.extend(overdue.map(Reason::Promise));
    let unpaid = || signals.unpaid.iter().filter(|(due, _)| *due < as_of);
    let oldest = unpaid().map(|(due, _)| as_of.days_since(*due)).max();
    let amount = unpaid().map(|(_, amount)| *amount).sum();
    reasons.extend(oldest.map(|days| Reason::Payment { amount, days }));
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.weight()));
    reasons
}

fn buying_reasons(orders: &[OrderFact], as_of: Day) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let behaviour = Behaviour::of(orders.iter().copied(), as_of);
    if let (Some(Activity::Dormant | Activity::Lost), Some(last)) = (behaviour.activity, orders.last()) {
        reasons.push(Reason::Gap { days: as_of.days_since(last.day), usual: usual_gap(orders) });
    }
    let (half, year) = (as_of.plus_months(-6), as_of.plus_months(-12));
    let between = |from: Day, to: Day| {
        let inside = orders.iter().filter(move |fact| fact.day > from && fact.day <= to);
        inside.fold((0_u32, Money::ZERO), |(count, sum), fact| (count + 1, sum + fact.amount))
    };
    let ((now, spent), (before, spent_before)) = (between(half, as_of), between(year, half));
    if before >= 2 && now * 2 <= before {
        reasons.push(Reason::Frequency { now, before });
    }
    let fell = i128::from(spent.cents()) * 10 <= i128::from(spent_before.cents()) * 8;
    if spent_before > Money::ZERO && fell {
        reasons.push(Reason::Spend { now: spent, before: spent_before });
    }
    reasons
}

fn complaints(signals: &Signals, as_of: Day) -> Option<Reason> {
    let year_ago = as_of.plus_months(-12);
    let known = || signals.complaints.iter().filter(|(day, _)| *day <= as_of);
    let open = known().filter(|(_, open)| *open).count() as u32;
    let year = known().filter(|(day, _)| *day > year_ago).count() as u32;
    (open > 0 || year >= REPEATED).then_some(Reason::Complaints { open, year })
}

/// The last rating of the twelve months against the mean of those before it.
fn falling(ratings: &[(Day, Score)], as_of: Day) -> Option<Reason> {
    let year = as_of.plus_months(-12);
    let mut recent: Vec<(Day, Score)> =
        ratings.iter().copied().filter(|(day, _)| *day > year && *day <= as_of).collect();
    recent.sort_by_key(|(day, _)| *day);
    let ((_, now), before) = recent.split_last()?;
    let count = i32::try_from(before.len()).ok().filter(|count| *count > 0)?;
    let mean = before.iter().map(|(_, score)| score.hundredths()).sum::<i32>() / count;
    (mean - now.hundredths() >= FALL).then(|| Reason::Satisfaction { now: *now, before: Score::from_hundredths(mean) })
}

#[cfg(test)]
mod tests {
    use super::{Reason, Signals, reasons, warning};
    use crate::analysis::purchases::OrderFact;
    use crate::domain::measure::Score;
    use crate::domain::money::Money;
    use crate::domain::time::Day;

    const TODAY: Day = Day::from_number(20_000);

    fn orders(of: &[(i32, i64)]) -> Vec<OrderFact> {
        let mut orders: Vec<OrderFact> = of
            .iter()
            .map(|(ago, units)| OrderFact {
                day: TODAY.plus(-ago),
                amount: Money::from_units(*units),
                profit: None,
                returned: false,
            })
            .collect();
        orders.sort_by_key(|fact| fact.day);
        orders
    }

    fn keys(of: &[(i32, i64)], signals: &Signals) -> Vec<&'static str> {
        reasons(&orders(of), signals, TODAY).iter().map(Reason::key).collect()
    }

    #[test]
    fn who_never_bought_is_not_leaving_and_who_buys_as_ever_is_not_either() {
        assert_eq!(warning([].into_iter(), &Signals::default(), TODAY), None);
        let steady = orders(&[(300, 5), (200, 5), (100, 5), (10, 5)]);
        assert_eq!(warning(steady.into_iter(), &Signals::default(), TODAY), None);
    }

    #[test]
    fn a_gap_is_told_with_the_days_and_the_usual_ones() {
        let monthly = orders(&[(200, 5), (170, 5), (140, 5), (110, 7)]);
        let warned = warning(monthly.into_iter(), &Signals::default(), TODAY).unwrap();
        assert_eq!(warned.reasons.first(), Some(&Reason::Gap { days: 110, usual: Some(30) }));
        assert_eq!((warned.amount, warned.gone), (Money::from_units(22), false));
    }

    #[test]
    fn a_customer_silent_for_more_than_a_year_has_gone() {
        let warned = warning(orders(&[(500, 5)]).into_iter(), &Signals::default(), TODAY).unwrap();
        assert!(warned.gone);
    }

    #[test]
    fn fewer_orders_and_less_spent_are_each_told_with_both_halves() {
        let falling = orders(&[(340, 50), (300, 50), (260, 50), (220, 50), (90, 20), (40, 20)]);
        let told = reasons(&falling, &Signals::default(), TODAY);
        assert!(told.contains(&Reason::Frequency { now: 2, before: 4 }), "{told:?}");
        assert!(told.contains(&Reason::Spend { now: Money::from_units(40), before: Money::from_units(200) }));
    }

    #[test]
    fn complaints_warn_when_open_or_repeated_within_the_year() {
        let complained = |of: &[(i32, bool)]| Signals {
            complaints: of.iter().map(|(ago, open)| (TODAY.plus(-ago), *open)).collect(),
            ..Signals::default()
        };
        let buys = [(10, 5)];
        assert_eq!(keys(&buys, &complained(&[(30, false)])), Vec::<&str>::new());
        assert_eq!(keys(&buys, &complained(&[(30, true)])), ["complaint"]);
        assert_eq!(keys(&buys, &complained(&[(30, false), (90, false)])), ["complaint"]);
        assert_eq!(keys(&buys, &complained(&[(30, false), (400, false)])), Vec::<&str>::new());
    }

    #[test]
    fn a_rating_half_a_point_below_those_before_it_warns_if_all_are_of_the_year() {
        let rated = |of: &[(i32, i32)]| Signals {
            ratings: of.iter().map(|(ago, score)| (TODAY.plus(-ago), Score::from_hundredths(*score))).collect(),
            ..Signals::default()
        };
        assert_eq!(keys(&[(10, 5)], &rated(&[(90, 450), (10, 400)])), ["satisfaction_fall"]);
        assert_eq!(keys(&[(10, 5)], &rated(&[(90, 450), (10, 410)])), Vec::<&str>::new());
        assert_eq!(keys(&[(10, 5)], &rated(&[(500, 500), (10, 300)])), Vec::<&str>::new());
    }

    #[test]
    fn overdue_promises_and_payments_and_silence_are_told_in_days() {
        let signals = Signals {
            promised: Some(TODAY.plus(-4)),
            unpaid: vec![(TODAY.plus(-20), Money::from_units(9)), (TODAY.plus(5), Money::from_units(1))],
            ..Signals::default()
        };
        let told = reasons(&orders(&[(70, 5)]), &signals, TODAY);
        let payment = Reason::Payment { amount: Money::from_units(9), days: 20 };
        assert_eq!(told, [Reason::Silence(70), Reason::Promise(4), payment]);
    }

    #[test]
    fn small_reasons_make_a_warning_only_together() {
        let late = Signals { promised: Some(TODAY.plus(-4)), ..Signals::default() };
        assert_eq!(warning(orders(&[(10, 5)]).into_iter(), &late, TODAY), None);
        let worse = Signals { complaints: vec![(TODAY.plus(-3), true)], ..late };
        assert!(warning(orders(&[(10, 5)]).into_iter(), &worse, TODAY).is_some());
    }
}
