//! Why one customer has the tier it has.

use crate::analysis::grading::{Grading, weighted};
use crate::analysis::rfm::{Cuts, Edges, LAPSED};
use crate::analysis::tier::{Grade, Graded, Missing, Subject, grade, missing};
use crate::book::Book;
use crate::book::row::Row;
use crate::book::standings::Standing;
use crate::book::tiers::subjects::{sizes, subject, subjects};
use crate::domain::measure::Score;
use crate::domain::money::Money;
use crate::domain::tiers::{Method, TierRun};
use crate::domain::time::Day;

/// A customer's tier with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// As it was applied last.
    pub standing: Option<Standing>,
    /// What the scheme in force makes of it today.
    pub computed: Option<(Subject, Grade)>,
    /// The tier it would have today.
    pub tier_today: Option<String>,
    /// What is missing to the next tier, and which that is.
    pub missing: Option<(Missing, String)>,
    /// What gave it: the recalculation's scheme and version, and of a rules scheme the rule.
    pub source: Option<Source>,
}

/// What gave a customer its tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The way of grading.
    pub grading: Grading,
    /// The rule that gives the tier, where rules do.
    pub rule: Option<String>,
    /// The day it was applied.
    pub applied: Day,
    /// The day it looked back from.
    pub as_of: Day,
}

/// Where a recalculation parted the scores, as it is kept with it.
pub(super) fn scored(graded: &Graded) -> Vec<(String, String)> {
    let cuts = |cuts: &Cuts| cuts.map(|cut| cut.to_string()).join(" ");
    let sets = |sets: &[Cuts]| sets.iter().map(cuts).collect::<Vec<_>>().join(";");
    let least: Vec<String> = graded.least.iter().map(|money| money.cents().to_string()).collect();
    let all = [
        ("scored_r", cuts(&graded.edges.r)),
        ("scored_f", sets(&graded.edges.f)),
        ("scored_m", sets(&graded.edges.m)),
        ("scored_least", least.join(" ")),
    ];
    all.into_iter().map(|(name, text)| (name.to_owned(), text)).collect()
}

/// Where a recalculation parted the scores; `None` when that was not kept.
fn graded_of(run: &TierRun) -> Option<Graded> {
    let of = |name: &str| run.settings.iter().find(|(other, _)| other == name).map(|(_, text)| text.as_str());
    let numbers = |text: &str| text.split(' ').filter_map(|word| word.parse::<i64>().ok()).collect::<Vec<_>>();
    let cuts = |text: &str| Cuts::try_from(numbers(text)).ok();
    let sets = |text: &str| text.split(';').map(cuts).collect::<Option<Vec<Cuts>>>();
    let edges = Edges { r: cuts(of("scored_r")?)?, f: sets(of("scored_f")?)?, m: sets(of("scored_m")?)? };
    let least = numbers(of("scored_least")?).into_iter().map(Money::from_cents).collect();
    Some(Graded { edges, least, ..Graded::default() })
}

/// The way of grading that is in force: that of the latest recalculation, else the shipped one.
pub fn grading_in_force(book: &Book) -> Grading {
    book.standards().runs().last().map(Grading::of_run).unwrap_or_default()
}

/// Why a customer has its tier, and what it would be today, by the edges of the latest recalculation. `None` before
/// there is one.
pub fn why(book: &Book, row: &Row, as_of: Day) -> Option<Why> {
    let run = book.standards().runs().last()?;
    let (grading, graded) = (Grading::of_run(run), graded_of(run)?);
    let subject = subject(row, grading.span(as_of), &sizes(book), as_of, &|_| None);
    let computed = subject.map(|subject| (subject, grade_by(&subject, &graded, &grading)));
    Some(explained(book, row, computed, &graded, &grading))
}

/// The same where nothing was applied yet: grades the whole book, tens of milliseconds at 100,000.
pub fn why_at_length(book: &Book, row: &Row, as_of: Day) -> Why {
    let grading = Grading::default();
    let (slots, subjects) = subjects(book, &grading, as_of, &|_| None);
    let graded = grade(&subjects, &grading);
    let own = book.slot_of(row.id).and_then(|slot| slots.iter().position(|other| *other == slot));
    let computed = own.and_then(|at| Some((*subjects.get(at)?, *graded.grades.get(at)?)));
    explained(book, row, computed, &graded, &grading)
}

fn explained(book: &Book, row: &Row, computed: Option<(Subject, Grade)>, graded: &Graded, grading: &Grading) -> Why {
    let name = |tier: u8| grading.tiers.get(usize::from(tier)).cloned();
    let step = computed.and_then(|(subject, grade)| missing(&subject, &grade, graded, grading));
    Why {
        standing: book.tiers().of(row.id),
        computed,
        tier_today: computed.and_then(|(_, grade)| grade.tier).and_then(name),
        missing: step.and_then(|step| Some((step, name(step.tier)?))),
        source: source(book, row),
    }
}

/// What gave a customer the tier it has; `None` where nothing was applied to it.
fn source(book: &Book, row: &Row) -> Option<Source> {
    let standing = book.tiers().of(row.id)?;
    let id = book.tiers().run(standing)?;
    let run = book.standards().runs().iter().rev().find(|run| run.id == id)?;
    let grading = Grading::of_run(run);
    let tier = book.tiers().name(standing.tier);
    let rule = grading.rules.iter().find(|rule| grading.method == Method::Rules && rule.tier == tier);
    let rule = rule.map(|rule| rule.when.clone());
    Some(Source { rule, grading, applied: run.at.day(), as_of: run.as_of })
}

/// One customer graded by edges that are known.
fn grade_by(subject: &Subject, graded: &Graded, grading: &Grading) -> Grade {
    let by_edges = subject.buying.inside || grading.method == Method::Threshold;
    let scores = if by_edges { graded.edges.scores(&subject.buying) } else { LAPSED };
    let value = weighted(scores, subject.size, subject.satisfaction, grading.weights_of(subject.kind));
    let value = value.unwrap_or(Score::from_hundredths(100));
    let tier = match grading.method {
        Method::Rules => None,
        Method::Abc => Some(graded.least.iter().take_while(|least| subject.buying.revenue < **least).count() as u8),
        _ => Some(grading.tier_of(value)),
    };
    let high = match grading.high {
        crate::analysis::grading::High::Score(score) => score,
        _ => 4,
    };
    let segment = crate::analysis::grading::segment(scores.r >= high, scores.f >= high, scores.m >= high);
    Grade { scores, value, segment, tier }
}
