//! The figures against a slow and obvious model, and the cases most funnels get wrong.

use crate::analysis::funnel::bottleneck::bottleneck;
use crate::analysis::funnel::fact::{DealFact, Step, in_order};
use crate::analysis::funnel::figures::Funnel;
use crate::analysis::funnel::forecast::{When, forecast};
use crate::analysis::funnel::ladder::{Ladder, Told};
use crate::analysis::funnel::movement::{Earlier, InPlay, Movement, Sheet, movement};
use crate::analysis::funnel::period::Period;
use crate::analysis::funnel::watch::{moved_lately, stuck, unnoticed};
use crate::domain::choice::StageRole;
use crate::domain::id::Id;
use crate::domain::measure::Rate;
use crate::domain::money::Money;
use crate::domain::time::Day;
use proptest::prelude::*;
use std::collections::{HashMap, HashSet};

/// Four open stages, won, lost and parked, numbered in their order.
const ROLES: [StageRole; 7] = [
    StageRole::Open,
    StageRole::Open,
    StageRole::Open,
    StageRole::Open,
    StageRole::Won,
    StageRole::Lost,
    StageRole::Parked,
];
const WON: u16 = 4;
const LOST: u16 = 5;
const PARKED: u16 = 6;
/// Today.
const TODAY: i32 = 400;

fn told() -> Vec<Told> {
    let stage = |(number, role): (u16, &StageRole)| Told {
        stage: number,
        role: *role,
        position: u32::from(number),
        probability: Rate::from_basis_points(i32::from(number) * 2_000),
        hidden: false,
    };
    (0..).zip(&ROLES).map(stage).collect()
}

fn ladder() -> Ladder {
    Ladder::of(&told())
}

fn today() -> Day {
    Day::from_number(TODAY)
}

/// A deal that entered these stages on these days.
fn deal(number: u8, log: &[(u16, Option<i32>)], units: i64) -> DealFact {
    let stage = log.last().map_or(0, |last| last.0);
    let day = |day: Option<i32>| day.map(Day::from_number);
    let ended = ROLES.get(usize::from(stage)).is_some_and(|role| matches!(role, StageRole::Won | StageRole::Lost));
    let closed = log.last().filter(|_| ended).and_then(|last| day(last.1));
    let steps = log.iter().map(|(stage, at)| Step { stage: *stage, day: day(*at) });
    let (steps, disordered) = in_order(steps, stage, closed);
    let id = Id::from_bytes([number; 16]);
    DealFact {
        contacts: Box::default(),
        id,
        home: id,
        customer: Some(Id::from_bytes([number / 2 + 100; 16])),
        owner: Some(Id::from_bytes([number % 3; 16])),
        title: "".into(),
        stage,
        opened: log.iter().find_map(|(_, at)| day(*at)),
        steps,
        disordered,
        amount: Some(Money::from_units(units)),
        closed,
        expected: None,
        parked_until: None,
        probability: None,
        reason: (stage == LOST).then_some(u16::from(number % 4)),
        products: Box::default(),
        first_contact: None,
        last_contact: None,
    }
}

fn funnel(deals: &[DealFact]) -> Funnel {
    Funnel::of(deals.iter(), &[], &ladder(), today())
}

fn reached(funnel: &Funnel) -> Vec<usize> {
    funnel.way().iter().map(|stage| stage.reached).collect()
}

#[test]
fn a_lost_deal_stays_in_the_stages_it_reached() {
    let counted = funnel(&[deal(1, &[(0, Some(1)), (1, Some(5)), (2, Some(9)), (LOST, Some(20))], 10)]);
    assert_eq!(reached(&counted), [1, 1, 1, 0, 0]);
    assert_eq!(counted.way().get(2).map(|stage| (stage.lost, stage.undecided)), Some((1, 0)));
}

#[test]
fn a_deal_that_went_back_and_forth_counts_once() {
    let log = [(0, Some(1)), (2, Some(5)), (1, Some(9)), (2, Some(20)), (1, Some(30))];
    let counted = funnel(&[deal(1, &log, 10)]);
    assert_eq!(reached(&counted), [1, 1, 1, 0, 0]);
    assert_eq!(counted.way().iter().map(|stage| stage.now).collect::<Vec<_>>(), [0, 1, 0, 0, 0]);
}

#[test]
fn skipping_a_stage_is_no_leak() {
    let counted = funnel(&[deal(1, &[(0, Some(1)), (3, Some(5))], 10)]);
    assert_eq!(reached(&counted), [1, 1, 1, 1, 0]);
    assert!(counted.way().iter().take(4).all(|stage| stage.from_first == Some(1.0) && stage.lost == 0));
}

#[test]
fn a_deal_handed_to_another_owner_keeps_its_way() {
    let before = deal(1, &[(0, Some(1)), (2, Some(5))], 10);
    let after = DealFact { owner: Some(Id::from_bytes([77; 16])), ..before.clone() };
    assert_eq!(funnel(&[before]), funnel(&[after]));
}

#[test]
fn an_empty_funnel_has_no_figure_that_is_no_number() {
    let counted = funnel(&[]);
    assert!(counted.is_empty() && counted.totals.win_rate.is_none() && counted.totals.velocity.is_none());
    assert!(counted.stages.iter().all(|stage| stage.conversion.is_none() && stage.from_first.is_none()));
    assert_eq!(bottleneck(&counted, None, [].iter(), &ladder(), today()), None);
}

#[test]
fn one_deal_that_is_open_has_no_win_rate() {
    let counted = funnel(&[deal(1, &[(0, Some(1))], 10)]);
    assert_eq!((counted.totals.opened, counted.totals.win_rate), (1, None));
    assert_eq!(counted.way().get(1).and_then(|stage| stage.conversion), Some(0.0));
}

#[test]
fn where_all_are_lost_nothing_is_won_and_the_costliest_step_is_named() {
    let lost =
        [deal(1, &[(0, Some(1)), (LOST, Some(5))], 10), deal(2, &[(0, Some(1)), (2, Some(3)), (LOST, Some(5))], 90)];
    let counted = funnel(&lost);
    assert_eq!((counted.totals.win_rate, counted.totals.velocity), (Some(0.0), None));
    let found = bottleneck(&counted, None, lost.iter(), &ladder(), today()).map(|found| (found.at, found.lost));
    assert_eq!(found, Some((2, 1)));
}

#[test]
fn a_log_out_of_order_is_counted_in_order_and_noted() {
    let counted = funnel(&[deal(1, &[(2, Some(30)), (0, Some(10)), (1, Some(20)), (2, Some(30))], 10)]);
    assert_eq!(counted.oddities.disordered, 1);
    let stays: Vec<_> = counted.way().iter().map(|stage| stage.days.map(|days| days.mean)).collect();
    assert_eq!(stays, [Some(10.0), Some(10.0), None, None, None]);
}

#[test]
fn a_date_still_to_come_is_noted_and_makes_no_age() {
    let counted = funnel(&[deal(1, &[(0, Some(TODAY + 9))], 10)]);
    assert_eq!(counted.oddities.ahead, 1);
    assert_eq!(counted.way().first().and_then(|stage| stage.age), None);
}

#[test]
fn a_deal_closed_before_it_was_opened_is_noted_and_makes_no_cycle() {
    let backwards = DealFact {
        opened: Some(Day::from_number(50)),
        closed: Some(Day::from_number(20)),
        ..deal(1, &[(WON, None)], 10)
    };
    let dated = DealFact { steps: deal(1, &[(WON, Some(20))], 10).steps, ..backwards.clone() };
    assert_eq!(funnel(&[dated]).oddities.backwards, 1);
    let counted = funnel(&[backwards]);
    assert_eq!((counted.oddities.backwards, counted.totals.cycle_won), (1, None));
}

#[test]
fn a_stage_set_by_hand_counts_only_for_a_customer_without_a_deal_that_stands() {
    let open = deal(1, &[(2, Some(1))], 10);
    let by_hand = [(open.customer.unwrap(), 0), (Id::from_bytes([250; 16]), 1)];
    let counted = Funnel::of([open].iter(), &by_hand, &ladder(), today());
    assert_eq!(counted.way().iter().map(|stage| stage.customers).collect::<Vec<_>>(), [0, 1, 1, 0, 0]);
    assert_eq!(counted.way().iter().map(|stage| stage.reached_customers).collect::<Vec<_>>(), [2, 2, 1, 0, 0]);
}

#[test]
fn a_step_below_its_own_history_is_the_bottleneck_though_another_loses_more() {
    let many = |from: u8, on: u8, lost: u8, at: u16, units: i64| -> Vec<DealFact> {
        let gone = (from..from + on).map(|n| deal(n, &[(0, Some(1)), (WON, Some(9))], units));
        let left =
            (from + on..from + on + lost).map(|n| deal(n, &[(0, Some(1)), (at, Some(2)), (LOST, Some(9))], units));
        gone.chain(left).collect()
    };
    let before = funnel(&[many(0, 9, 1, 1, 5), many(20, 0, 10, 3, 900)].concat());
    let deals = [many(0, 9, 6, 1, 5), many(20, 1, 9, 3, 900)].concat();
    let now = funnel(&deals);
    let found = bottleneck(&now, Some(&before), deals.iter(), &ladder(), today()).unwrap();
    assert_eq!(found.at, 1);
    assert!(found.before > found.rate, "{found:?}");
}

#[test]
fn the_forecast_keeps_three_probabilities_apart() {
    let own = DealFact {
        probability: Some(Rate::from_basis_points(5_000)),
        expected: Some(Day::from_number(TODAY + 40)),
        ..deal(1, &[(1, Some(1))], 1_000)
    };
    let late = DealFact { expected: Some(Day::from_number(TODAY - 1)), ..deal(2, &[(1, Some(1))], 1_000) };
    let won = (10..14).map(|number| deal(number, &[(1, Some(1)), (WON, Some(2))], 1));
    let lost = deal(20, &[(1, Some(1)), (LOST, Some(2))], 1);
    let deals: Vec<DealFact> = [own, late, lost].into_iter().chain(won).collect();
    let told = forecast(deals.iter(), &ladder(), today());
    let times: Vec<When> = told.times.iter().map(|(when, _)| *when).collect();
    assert_eq!(times, [When::Overdue, When::In(Day::from_number(TODAY + 40).month())]);
    let units = |money: Money| money.cents() / 100;
    let total = told.total;
    assert_eq!((units(total.by_stage), units(total.by_own), units(total.by_history)), (400, 700, 1_600));
    assert_eq!((total.deals, total.with_own, total.with_history), (2, 1, 2));
}

#[test]
fn a_deal_drawn_forward_enters_the_sheet_and_one_put_off_leaves_it() {
    let (from, to) = (Day::from_number(100), Day::from_number(130));
    let within = Some(Day::from_number(120));
    let after = Some(Day::from_number(200));
    let drawn = DealFact { expected: within, ..deal(1, &[(0, Some(1))], 10) };
    let put_off = DealFact { expected: after, ..deal(2, &[(0, Some(1))], 20) };
    let parked = DealFact { expected: within, ..deal(3, &[(0, Some(1)), (PARKED, Some(110))], 30) };
    let earlier = Earlier::from([(drawn.id, after), (put_off.id, within)]);
    let sheet =
        movement([drawn, put_off, parked].iter(), &earlier, &ladder(), (from, to), InPlay::Due, Day::from_number(125));
    let counts = |line: &Movement| [line.start, line.forward, line.put_off, line.end].map(|sum| sum.deals);
    assert_eq!(counts(&sheet.total), [2, 1, 2, 1]);
    assert_eq!(sheet.slipped.len(), 1);
}

#[test]
fn deals_that_wait_are_found_stuck_and_unnoticed_and_moves_of_late_are_told_by_direction() {
    let waiting = deal(1, &[(0, Some(10)), (1, Some(TODAY - 200))], 10);
    let lively = DealFact { last_contact: Some(today()), ..deal(2, &[(0, Some(10)), (2, Some(TODAY - 3))], 10) };
    let back = deal(3, &[(2, Some(10)), (1, Some(TODAY - 2))], 10);
    let deals = [waiting, lively, back];
    let (counted, ladder) = (funnel(&deals), ladder());
    assert_eq!(stuck(deals.iter(), &counted, &ladder, today()).len(), 1);
    assert_eq!(unnoticed(deals.iter(), &ladder, today()).len(), 1);
    let moved = moved_lately(deals.iter(), &ladder, today());
    assert_eq!(moved.iter().map(|moved| moved.forward).collect::<Vec<_>>(), [false, true]);
}

/// Any deal: any stages in any order, some days missing, some to come.
fn any_deal() -> impl Strategy<Value = DealFact> {
    let step = (0..7_u16, prop::option::weighted(0.9, -50..TODAY + 60));
    let log = prop::collection::vec(step, 1..7);
    let extras = (prop::option::of(-50..TODAY + 90), prop::option::of(0..TODAY + 5), any::<bool>());
    (log, any::<u8>(), 0..5_000_i64, extras).prop_map(|(log, number, units, (expected, talked, tidy))| {
        let mut log = log;
        if tidy {
            log.sort_by_key(|(_, day)| *day);
        }
        DealFact {
            expected: expected.map(Day::from_number),
            last_contact: talked.map(Day::from_number),
            ..deal(number, &log, units)
        }
    })
}

/// What the figures of one stage are, counted in the most obvious way.
#[derive(Debug, Default, PartialEq)]
struct Obvious {
    reached: usize,
    now: usize,
    amount: i64,
    customers: usize,
    lost: usize,
    undecided: usize,
    stays: Vec<i32>,
}

fn obvious(deals: &[DealFact], at: u16) -> Obvious {
    let open = |stage: u16| stage < WON;
    let furthest = |deal: &DealFact| deal.steps.iter().map(|step| step.stage).filter(|s| *s <= WON).max().unwrap_or(0);
    let came = |deal: &&DealFact| furthest(deal) >= at;
    let just = |deal: &&DealFact| furthest(deal) == at;
    let standing = |deal: &&DealFact| deal.stage == at;
    let mut customers = HashSet::new();
    for deal in deals {
        let of_customer = deals.iter().filter(|other| other.customer == deal.customer && other.stage <= WON);
        if of_customer.map(|other| other.stage).max() == Some(at) {
            customers.insert(deal.customer);
        }
    }
    let mut stays = Vec::new();
    for deal in deals {
        let mut steps: Vec<Step> = deal.steps.to_vec();
        steps.dedup_by_key(|step| step.stage);
        for pair in steps.windows(2).filter(|pair| pair[0].stage == at) {
            let (entered, left) = (pair[0].day, pair[1].day);
            stays.extend(entered.zip(left).map(|(entered, left)| left.number() - entered.number()));
        }
    }
    stays.sort_unstable();
    Obvious {
        reached: deals.iter().filter(came).count(),
        now: deals.iter().filter(standing).count(),
        amount: deals.iter().filter(standing).map(|deal| deal.worth().cents()).sum(),
        customers: customers.len(),
        lost: deals.iter().filter(just).filter(|deal| deal.stage == LOST).count(),
        undecided: deals.iter().filter(just).filter(|deal| open(deal.stage) || deal.stage == PARKED).count(),
        stays,
    }
}

fn balances(line: &Movement) -> bool {
    let counts = line.start.deals + line.new.deals + line.forward.deals
        == line.won.deals + line.lost.deals + line.put_off.deals + line.end.deals;
    let cents = |sum: &super::movement::Sum| sum.amount.cents();
    counts
        && cents(&line.start) + cents(&line.new) + cents(&line.forward)
            == cents(&line.won) + cents(&line.lost) + cents(&line.put_off) + cents(&line.end)
}

proptest! {
    #[test]
    fn every_stage_is_as_the_obvious_model_has_it(deals in prop::collection::vec(any_deal(), 0..40)) {
        let counted = funnel(&deals);
        for (at, stage) in (0..).zip(counted.way()) {
            let model = obvious(&deals, at);
            let found = Obvious {
                reached: stage.reached,
                now: stage.now,
                amount: stage.amount.cents(),
                customers: stage.customers,
                lost: stage.lost,
                undecided: stage.undecided,
                stays: model.stays.clone(),
            };
            prop_assert_eq!(&found, &model);
            prop_assert_eq!(stage.days.map_or(0, |days| days.count), model.stays.len());
            if let Some(days) = stage.days {
                let mean = model.stays.iter().sum::<i32>() as f64 / model.stays.len() as f64;
                prop_assert!((days.mean - mean).abs() < 1e-9);
                let rest = |limit: f64| model.stays.iter().filter(|day| f64::from(**day) <= limit).count();
                prop_assert!(rest(days.median) * 2 >= model.stays.len());
                prop_assert!(days.median <= days.p90);
            }
        }
    }

    #[test]
    fn the_totals_are_those_of_the_deals(deals in prop::collection::vec(any_deal(), 0..40)) {
        let totals = funnel(&deals).totals;
        let in_stage = |stage: u16| deals.iter().filter(move |deal| deal.stage == stage);
        prop_assert_eq!((totals.won, totals.lost, totals.parked),
            (in_stage(WON).count(), in_stage(LOST).count(), in_stage(PARKED).count()));
        prop_assert_eq!(totals.opened, totals.won + totals.lost + totals.parked + totals.open);
        prop_assert_eq!(totals.won_amount, in_stage(WON).map(DealFact::worth).sum::<Money>());
        let decided = totals.won + totals.lost;
        prop_assert_eq!(totals.win_rate.is_none(), decided == 0);
    }

    #[test]
    fn no_share_is_beyond_the_whole_and_none_is_no_number(deals in prop::collection::vec(any_deal(), 0..40)) {
        let counted = funnel(&deals);
        let shares = counted.stages.iter().flat_map(|stage| [stage.conversion, stage.from_first]);
        for share in shares.chain([counted.totals.win_rate]).flatten() {
            prop_assert!((0.0..=1.0).contains(&share), "{share}");
        }
        for spread in counted.stages.iter().flat_map(|stage| [stage.days, stage.age]).flatten() {
            prop_assert!([spread.mean, spread.median, spread.p90].iter().all(|days| days.is_finite() && *days >= 0.0));
        }
        let _ = bottleneck(&counted, Some(&counted), deals.iter(), &ladder(), today());
        let _ = forecast(deals.iter(), &ladder(), today());
        let _ = stuck(deals.iter(), &counted, &ladder(), today());
    }

    #[test]
    fn the_lost_reasons_are_all_the_lost_deals(deals in prop::collection::vec(any_deal(), 0..40)) {
        let counted = funnel(&deals);
        prop_assert_eq!(counted.lost_reasons.iter().map(|reason| reason.count).sum::<usize>(), counted.totals.lost);
        for reason in &counted.lost_reasons {
            prop_assert_eq!(reason.by_stage.iter().sum::<usize>(), reason.count);
        }
    }

    #[test]
    fn the_sheet_of_the_meeting_balances_by_count_and_amount_and_owner(
        deals in prop::collection::vec(any_deal(), 0..40),
        (from, days) in (0..TODAY, 1..60),
        due in any::<bool>(),
        changed in prop::collection::vec((any::<u8>(), prop::option::of(0..TODAY)), 0..9),
    ) {
        let earlier = changed.into_iter().map(|(number, day)| (Id::from_bytes([number; 16]), day.map(Day::from_number)));
        let (from, to) = (Day::from_number(from), Day::from_number(from + days));
        let in_play = if due { InPlay::Due } else { InPlay::All };
        let sheet: Sheet = movement(deals.iter(), &earlier.collect(), &ladder(), (from, to), in_play, today());
        prop_assert!(balances(&sheet.total));
        prop_assert!(sheet.owners.values().all(balances));
        prop_assert_eq!(sheet.owners.values().map(|line| line.start.deals).sum::<usize>(), sheet.total.start.deals);
    }

    #[test]
    fn what_ends_one_period_begins_the_next(deals in prop::collection::vec(any_deal(), 0..40), from in 0..TODAY) {
        let sheet = |from: i32, to: i32| {
            let days = (Day::from_number(from), Day::from_number(to));
            movement(deals.iter(), &HashMap::new(), &ladder(), days, InPlay::All, today()).total
        };
        prop_assert_eq!(sheet(from, from + 30).end, sheet(from + 31, from + 60).start);
    }

    #[test]
    fn a_cohort_and_the_rest_are_all(deals in prop::collection::vec(any_deal(), 0..40), from in -50..TODAY) {
        let period = Period { from: Some(Day::from_number(from)), to: None };
        let (within, rest): (Vec<DealFact>, Vec<DealFact>) =
            deals.iter().cloned().partition(|deal| period.holds(deal.begun()));
        let sums = |one: Vec<usize>, other: Vec<usize>| one.iter().zip(other).map(|(a, b)| a + b).collect::<Vec<_>>();
        prop_assert_eq!(sums(reached(&funnel(&within)), reached(&funnel(&rest))), reached(&funnel(&deals)));
    }
}
