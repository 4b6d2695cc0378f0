//! Tiers by scores, by share and by rules, and what is missing to the next.

use super::{Grade, Marcus, Quadrant, Subject, grade, marcus, missing};
use crate::analysis::grading::{Grading, High, Label, label};
use crate::analysis::rfm::Buying;
use crate::domain::measure::{Rate, Score};
use crate::domain::money::Money;
use crate::domain::tiers::{Method, Segment};
use proptest::prelude::*;

fn subject(days: i32, orders: u32, units: i64) -> Subject {
    let revenue = Money::from_units(units);
    let buying = Buying { recency: Some(days), orders, revenue, net: revenue, inside: true, given: false };
    Subject { buying, size: None, satisfaction: None, kind: None, rule: None }
}

fn tiers(subjects: &[Subject], grading: &Grading) -> Vec<Option<u8>> {
    grade(subjects, grading).grades.iter().map(|grade| grade.tier).collect()
}

#[test]
fn nobody_at_all_has_no_grade_no_total_and_no_share() {
    for method in Method::ALL {
        let none = grade(&[], &Grading::of(*method));
        assert_eq!((none.grades.len(), none.total, none.top_fifth), (0, Money::ZERO, None), "{method:?}");
    }
}

#[test]
fn the_share_before_a_customer_decides_in_abc() {
    let abc = Grading::of(Method::Abc);
    let revenue = [50, 31, 14, 4, 1];
    let subjects: Vec<Subject> = revenue.iter().map(|units| subject(1, 1, *units)).collect();
    // Before them stand 0, 50, 81, 95 and 99 %.
    assert_eq!(tiers(&subjects, &abc), [0, 0, 1, 2, 2].map(Some));
    assert_eq!(tiers(&[subject(1, 1, 0)], &abc), [Some(2)], "who brings nothing carries nothing");
}

#[test]
fn the_top_fifth_is_measured_and_never_assumed() {
    let subjects: Vec<Subject> = [40, 30, 10, 10, 10].iter().map(|units| subject(1, 1, *units)).collect();
    assert_eq!(grade(&subjects, &Grading::default()).top_fifth, Some(Rate::from_basis_points(4_000)));
}

#[test]
fn the_first_rule_that_holds_gives_the_tier_and_none_gives_none() {
    let mut rules = Grading::of(Method::Rules);
    rules.tiers = vec!["忠诚".into(), "潜力".into()];
    let by = |rule| Subject { rule, ..subject(1, 1, 1) };
    assert_eq!(tiers(&[by(Some(1)), by(None)], &rules), [Some(1), None]);
}

#[test]
fn high_can_be_against_the_mean_or_the_median() {
    let subjects = [subject(10, 1, 1), subject(20, 2, 2), subject(90, 9, 90)];
    let segments = |high| {
        let grading = Grading { high, ..Grading::default() };
        grade(&subjects, &grading).grades.iter().map(|grade| grade.segment).collect::<Vec<_>>()
    };
    use Segment::{Newcomers, SlippingChampions};
    assert_eq!(segments(High::Mean), [Newcomers, Newcomers, SlippingChampions]);
    assert_eq!(segments(High::Median), [Newcomers, Segment::Dormant, SlippingChampions]);
}

#[test]
fn the_labels_of_s0_follow_the_segment() {
    assert_eq!(label(Segment::Champions), Some(Label::HighValue));
    assert_eq!(label(Segment::SlippingChampions), Some(Label::PotentialValue));
    assert_eq!((label(Segment::Dormant), label(Segment::Newcomers)), (Some(Label::AtRisk), None));
}

#[test]
fn the_quadrants_part_value_and_potential_at_their_own_cuts() {
    let at = |units, points| {
        let (value, potential) = (Money::from_units(units), Score::from_hundredths(points));
        Quadrant::of(value, potential, Money::from_units(10), Score::from_hundredths(50))
    };
    assert_eq!([at(10, 50), at(10, 49), at(9, 50), at(9, 49)], Quadrant::ALL);
}

#[test]
fn marcus_parts_purchases_and_average_amount_at_their_means() {
    let buyings = [subject(1, 9, 900), subject(1, 1, 100), subject(1, 9, 90), subject(1, 1, 10)].map(|s| s.buying);
    let cells = marcus(&buyings);
    assert_eq!(cells, [Marcus::Best, Marcus::Spender, Marcus::Frequent, Marcus::Uncertain].map(Some));
}

fn subjects() -> impl Strategy<Value = Vec<Subject>> {
    let one = (0..500_i32, 0..12_u32, 0..2_000_i64, any::<bool>());
    prop::collection::vec(one, 1..40).prop_map(|all| {
        let lapse = |(days, orders, units, inside): (i32, u32, i64, bool)| {
            let mut subject = subject(days, orders, units);
            if !inside {
                (subject.buying.inside, subject.buying.orders) = (false, 0);
                (subject.buying.revenue, subject.buying.net) = (Money::ZERO, Money::ZERO);
            }
            subject
        };
        all.into_iter().map(lapse).collect()
    })
}

#[test]
fn an_empty_tier_of_shares_is_passed_over_by_what_is_missing() {
    let subjects = [subject(1, 1, 9_600), subject(1, 1, 300), subject(1, 1, 100)];
    let grading = Grading::of(Method::Abc);
    let graded = grade(&subjects, &grading);
    assert_eq!(graded.grades.iter().map(|grade| grade.tier).collect::<Vec<_>>(), [Some(0), Some(2), Some(2)]);
    let lifted = missing(&subjects[1], &graded.grades[1], &graded, &grading).unwrap();
    assert_eq!(lifted.tier, 0);
    assert_eq!(lifted.revenue, graded.least[0] - subjects[1].buying.revenue + Money::from_cents(1));
}

#[test]
fn where_nobody_brings_revenue_no_tier_of_shares_can_be_reached() {
    let subjects = [subject(1, 1, 0), subject(1, 1, 0)];
    let grading = Grading::of(Method::Abc);
    let graded = grade(&subjects, &grading);
    assert_eq!(missing(&subjects[0], &graded.grades[0], &graded, &grading), None);
}

proptest! {
    /// Doing what is missing, with the edges as they are, does lift the customer.
    #[test]
    fn what_is_missing_lifts_by_one_tier(subjects in subjects(), method in 0..4_usize) {
        let grading = Grading::of([Method::Quantile, Method::Ntile, Method::Threshold, Method::Nested][method]);
        let graded = grade(&subjects, &grading);
        for (subject, own) in subjects.iter().zip(&graded.grades) {
            let Some(missing) = missing(subject, own, &graded, &grading) else {
                prop_assert_eq!(own.tier, Some(0));
                continue;
            };
            let mut after = subject.buying;
            after.revenue += missing.revenue;
            after.orders += missing.orders;
            if missing.now {
                after.recency = Some(0);
            }
            // The tiles of NTILE part equal values, so only scores that come of the edges are compared.
            let scores = graded.edges.scores(&after);
            let kept = if missing.now { scores } else { crate::analysis::rfm::Scores { m: scores.m, ..own.scores } };
            let value = super::weighted(kept, None, None, grading.weights);
            prop_assert!(value.is_some_and(|value| grading.tier_of(value) <= missing.tier), "{own:?} {missing:?}");
        }
    }

    #[test]
    fn shares_equal_a_slow_model(cents in prop::collection::vec(0..1_000_i64, 1..40)) {
        let subjects: Vec<Subject> = cents.iter().map(|cents| subject(1, 1, *cents)).collect();
        let total: i64 = cents.iter().sum();
        let expected = cents.iter().enumerate().map(|(place, own)| {
            let ahead = cents.iter().enumerate().filter(|(at, other)| *other > own || (*other == own && *at < place));
            let before: i64 = ahead.map(|(_, cents)| cents).sum();
            if before * 100 < 80 * total { 0 } else if before * 100 < 95 * total { 1 } else { 2 }
        });
        let expected: Vec<Option<u8>> = expected.map(Some).collect();
        prop_assert_eq!(tiers(&subjects, &Grading::of(Method::Abc)), expected);
    }

    #[test]
    fn equal_customers_share_tier_and_segment_under_quantiles(subjects in subjects()) {
        let grades: Vec<Grade> = grade(&subjects, &Grading::default()).grades;
        for (one, own) in subjects.iter().zip(&grades) {
            let same = subjects.iter().zip(&grades).filter(|(other, _)| other.buying == one.buying);
            prop_assert!(same.map(|(_, grade)| grade).all(|grade| grade == own));
        }
    }
}
