//! Scores against the definitions and against an independent slow model.

use super::{Buying, Scores, Span, by_nested, by_ntile, by_quantile, least_for, quantiles, score};
use crate::analysis::purchases::OrderFact;
use crate::domain::money::Money;
use crate::domain::time::Day;
use proptest::prelude::*;

const TODAY: Day = Day::from_number(20_000);

fn span() -> Span {
    Span::months(Some(12), TODAY)
}

fn order(ago: i32, cents: i64) -> OrderFact {
    OrderFact { day: TODAY.plus(-ago), amount: Money::from_cents(cents), profit: None, returned: false }
}

fn buying(days: i32, orders: u32, cents: i64) -> Buying {
    let revenue = Money::from_cents(cents);
    Buying { recency: Some(days), orders, revenue, net: revenue, inside: true, given: false }
}

#[test]
fn returned_orders_count_nowhere_negative_ones_in_net_alone_and_future_ones_not_yet() {
    let returned = OrderFact { returned: true, ..order(1, 900) };
    let facts = [returned, order(5, -300), order(40, 500), order(-3, 10_000)];
    let bought = Buying::of(facts.into_iter(), span()).unwrap();
    assert_eq!((bought.recency, bought.orders), (Some(40), 1));
    assert_eq!((bought.revenue, bought.net), (Money::from_cents(500), Money::from_cents(200)));
}

#[test]
fn who_only_sent_everything_back_has_bought_nothing() {
    let returned = OrderFact { returned: true, ..order(1, 900) };
    assert_eq!(Buying::of([returned, order(2, -900)].into_iter(), span()), None);
}

#[test]
fn returns_above_orders_leave_gross_revenue_and_a_net_below_nothing() {
    let bought = Buying::of([order(3, 100), order(2, -900)].into_iter(), span()).unwrap();
    assert_eq!((bought.revenue, bought.net), (Money::from_cents(100), Money::from_cents(-800)));
}

#[test]
fn the_window_begins_the_day_after_the_same_day_a_year_before() {
    let day = Day::from_ymd(2026, 11, 19).unwrap();
    let on = |day| OrderFact { day, amount: Money::from_units(1), profit: None, returned: false };
    let span = Span::months(Some(12), day);
    let edge = |date| Buying::of([on(date)].into_iter(), span).unwrap().inside;
    assert!(!edge(Day::from_ymd(2025, 11, 19).unwrap()));
    assert!(edge(Day::from_ymd(2025, 11, 20).unwrap()));
}

#[test]
fn who_bought_before_the_window_only_has_the_lowest_scores_and_moves_no_edge() {
    let lapsed = Buying { inside: false, orders: 0, revenue: Money::ZERO, ..buying(900, 0, 0) };
    let buyers: Vec<Buying> = (1..=5).map(|n| buying(n * 10, n as u32, i64::from(n) * 100)).collect();
    let (_, without) = by_quantile(&buyers);
    let (scores, with) = by_quantile(&[buyers.as_slice(), &[lapsed]].concat());
    assert_eq!(without, with);
    assert_eq!(scores.last(), Some(&Scores { r: 1, f: 1, m: 1 }));
}

#[test]
fn given_figures_stand_in_and_say_so() {
    let given = Buying::given(Some(TODAY.plus(-30)), Some(6), Some(Money::from_units(1_200_000)), span()).unwrap();
    assert_eq!((given.recency, given.orders, given.given, given.inside), (Some(30), 6, true, true));
    assert_eq!(Buying::given(None, None, None, span()), None);
    assert_eq!(Buying::given(Some(TODAY.plus(3)), Some(1), None, span()), None);
}

#[test]
fn one_customer_and_customers_all_equal_share_one_score() {
    for count in [1, 7] {
        let (scores, _) = by_quantile(&vec![buying(10, 2, 500); count]);
        assert!(scores.iter().all(|scores| *scores == Scores { r: 5, f: 1, m: 1 }), "{scores:?}");
    }
    assert_eq!(by_quantile(&[]).0, []);
    assert_eq!(by_ntile(&[]).0, []);
    assert_eq!(by_nested(&[]).0, []);
}

#[test]
fn an_edge_between_two_values_is_interpolated() {
    // The 20 % quantile of 0, 10 is 2, the 80 % quantile 8: in fifths 10 and 40.
    assert_eq!(quantiles(&mut [10, 0]), [10, 20, 30, 40]);
    assert_eq!((score(2, &[10, 20, 30, 40]), score(3, &[10, 20, 30, 40])), (1, 2));
}

#[test]
fn the_tiles_of_eleven_are_three_and_four_times_two_as_in_sql() {
    let eleven: Vec<Buying> = (0..11).map(|n| buying(10, 1, n * 100)).collect();
    let m: Vec<u8> = by_ntile(&eleven).0.iter().map(|scores| scores.m).collect();
    assert_eq!(m, [1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    let f: Vec<u8> = by_ntile(&eleven).0.iter().map(|scores| scores.f).collect();
    assert_eq!(f, m, "equal values are parted by code");
}

/// numpy.percentile with linear interpolation, in floats, and the scores by counting.
fn slow_score(value: f64, values: &[f64]) -> u8 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let edge = |share: f64| {
        let at = share * (sorted.len() - 1) as f64;
        let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
        low + (high - low) * (at - at.floor())
    };
    // Edges a rounding away from the value are equal to it.
    1 + [0.2, 0.4, 0.6, 0.8].iter().filter(|share| edge(**share) < value - 1e-6).count() as u8
}

fn slow_ntile(keys: &[(i64, usize)], place: usize) -> u8 {
    let own = keys[place];
    let before = keys.iter().filter(|key| **key < own).count();
    let (each, more) = (keys.len() / 5, keys.len() % 5);
    let wide = more * (each + 1);
    (if before < wide { before / (each + 1) } else { more + (before - wide) / each.max(1) }) as u8 + 1
}

fn buyers() -> impl Strategy<Value = Vec<Buying>> {
    prop::collection::vec((0..400_i32, 1..9_u32, 0..60_i64), 1..60)
        .prop_map(|all| all.into_iter().map(|(days, orders, cents)| buying(days, orders, cents * 7)).collect())
}

proptest! {
    #[test]
    fn quantile_scores_equal_a_slow_model(buyers in buyers()) {
        let column = |value: fn(&Buying) -> f64| buyers.iter().map(value).collect::<Vec<f64>>();
        let days = column(|buying| f64::from(buying.recency.unwrap()));
        let orders = column(|buying| f64::from(buying.orders));
        let cents = column(|buying| buying.revenue.cents() as f64);
        let (scores, edges) = by_quantile(&buyers);
        for (place, scores) in scores.iter().enumerate() {
            prop_assert_eq!(scores.r, 6 - slow_score(days[place], &days));
            prop_assert_eq!(scores.f, slow_score(orders[place], &orders));
            prop_assert_eq!(scores.m, slow_score(cents[place], &cents));
            let least = least_for(scores.m, &edges.m[0]);
            prop_assert!(least <= buyers[place].revenue.cents());
        }
    }

    #[test]
    fn tiles_equal_a_slow_model(buyers in buyers()) {
        let keys = |value: fn(&Buying) -> i64| {
            buyers.iter().enumerate().map(|(place, buying)| (value(buying), place)).collect::<Vec<_>>()
        };
        let (r, f) = (keys(|buying| -i64::from(buying.recency.unwrap())), keys(|buying| i64::from(buying.orders)));
        let m = keys(|buying| buying.revenue.cents());
        for (place, scores) in by_ntile(&buyers).0.iter().enumerate() {
            prop_assert_eq!(scores.r, slow_ntile(&r, place));
            prop_assert_eq!(scores.f, slow_ntile(&f, place));
            prop_assert_eq!(scores.m, slow_ntile(&m, place));
        }
    }

    #[test]
    fn nested_scores_equal_a_slow_model(buyers in buyers()) {
        let (scores, _) = by_nested(&buyers);
        let days: Vec<f64> = buyers.iter().map(|buying| f64::from(buying.recency.unwrap())).collect();
        for (place, own) in scores.iter().enumerate() {
            prop_assert_eq!(own.r, 6 - slow_score(days[place], &days));
            let among = |same: &dyn Fn(&Scores) -> bool, value: fn(&Buying) -> f64| {
                let group = buyers.iter().zip(&scores).filter(|(_, other)| same(other));
                group.map(|(buying, _)| value(buying)).collect::<Vec<f64>>()
            };
            let orders = among(&|other| other.r == own.r, |buying| f64::from(buying.orders));
            prop_assert_eq!(own.f, slow_score(f64::from(buyers[place].orders), &orders));
            let cents = among(&|other| (other.r, other.f) == (own.r, own.f), |buying| buying.revenue.cents() as f64);
            prop_assert_eq!(own.m, slow_score(buyers[place].revenue.cents() as f64, &cents));
        }
    }

    #[test]
    fn the_window_figures_equal_a_slow_model(
        orders in prop::collection::vec((-60..900_i32, -50..200_i64, any::<bool>()), 0..30)
    ) {
        let facts = orders.iter().map(|(ago, cents, returned)| OrderFact { returned: *returned, ..order(*ago, *cents) });
        let bought = Buying::of(facts, span());
        let kept: Vec<&(i32, i64, bool)> = orders.iter().filter(|(ago, _, returned)| !returned && *ago >= 0).collect();
        let real = || kept.iter().filter(|(_, cents, _)| *cents >= 0);
        prop_assert_eq!(bought.is_none(), real().count() == 0);
        if let Some(bought) = bought {
            let year = TODAY.days_since(TODAY.plus_months(-12));
            prop_assert_eq!(bought.recency, real().map(|(ago, ..)| *ago).min());
            prop_assert_eq!(bought.orders as usize, real().filter(|(ago, ..)| *ago < year).count());
            let gross: i64 = real().filter(|(ago, ..)| *ago < year).map(|(_, cents, _)| cents).sum();
            let net: i64 = kept.iter().filter(|(ago, ..)| *ago < year).map(|(_, cents, _)| cents).sum();
            prop_assert_eq!((bought.revenue.cents(), bought.net.cents()), (gross, net));
        }
    }
}
