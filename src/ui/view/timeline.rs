//! Everything that happened with a customer in one stream, newest first.

use crate::book::standards::Standards;
use crate::book::tiers::say::{bought_words, segment_shown, tier_shown};
use crate::desk::backstory::TierStep;
use crate::desk::cross_selling::Hint;
use crate::domain::choice::{FeedbackKind, StageRole};
use crate::domain::deal::Deal;
use crate::domain::feedback::Feedback;
use crate::domain::follow_up::{FollowUp, NextStep};
use crate::domain::id::Id;
use crate::domain::order::Order;
use crate::domain::record::Kind;
use crate::domain::time::{Day, Moment};
use crate::store::dossier::Dossier;
use crate::text::choices::Said;
use crate::text::figures::{full_money, points, short_due, short_money};
use crate::text::{Language, words};

/// One line of the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// The record it comes from.
    pub id: Id,
    /// What kind of record it comes from.
    pub kind: Kind,
    /// The day it stands under.
    pub day: Option<Day>,
    /// Minutes after midnight, where they are known.
    pub minute: Option<u16>,
    /// What it was, in a word.
    pub what: String,
    /// What is to be read.
    pub text: String,
    /// Still to be done, or gone wrong.
    pub open: bool,
}

/// The words and lists a stream is told with.
pub struct Telling<'a> {
    /// Lists and stages.
    pub standards: &'a Standards,
    /// The language.
    pub language: Language,
    /// Today.
    pub today: Day,
}

/// All that happened, newest first; of what has no day, last.
pub fn happenings(dossier: &Dossier, telling: &Telling<'_>) -> Vec<Happening> {
    let mut stream: Vec<Happening> = dossier.follow_ups().iter().map(|entry| follow_up(entry, telling)).collect();
    stream.extend(dossier.orders().iter().map(|entry| order(entry, telling)));
    stream.extend(dossier.next_steps().iter().map(|entry| next_step(entry, telling)));
    stream.extend(dossier.feedback().iter().map(|entry| feedback(entry, telling)));
    for entry in dossier.deals() {
        stream.extend(deal(&entry, telling));
    }
    stream.sort_by_key(|entry| std::cmp::Reverse((entry.day, entry.minute)));
    stream
}

/// A recalculation that moved the customer: from which tier to which, of what, and by which way of grading.
pub fn tier_step(step: &TierStep, language: Language) -> Happening {
    let (day, minute) = at(step.at);
    let shown = |tier: &str| if tier.is_empty() { "–".to_owned() } else { tier_shown(tier, language) };
    let moved = match step.before == step.after {
        true => shown(&step.after),
        false => format!("{} → {}", shown(&step.before), shown(&step.after)),
    };
    let (scheme, version) = &step.scheme;
    let way = match step.method {
        _ if !scheme.is_empty() => format!("{scheme} v{version}"),
        method => method.map_or("", |method| method.words().say(language)).to_owned(),
    };
    let segment = step.segment.map_or("", |segment| segment_shown(segment, language)).to_owned();
    let reason = bought_words(step.days, step.orders, step.revenue, step.scores, language);
    let parts = [moved, segment, reason, way, step.by.clone()];
    let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let what = words("tier", "等级").say(language).to_owned();
    Happening { id: step.run, kind: Kind::TierRun, day, minute, what, text, open: false }
}

/// What similar customers buy and this one does not, on one line; nothing without a hint.
pub fn hints_words(hints: &[Hint], language: Language) -> Option<String> {
    let of = hints.first()?.of;
    let join = words(", ", "、").say(language);
    let told: Vec<String> = hints.iter().map(|hint| format!("{} {}", hint.product, hint.buyers)).collect();
    Some(match language {
        Language::En => format!("cross-sell, of {of} alike bought: {}", told.join(join)),
        Language::Zh => format!("可推荐（{of} 家同行中购买数）：{}", told.join(join)),
    })
}

fn at(moment: Moment) -> (Option<Day>, Option<u16>) {
    use chrono::Timelike;
    let local = moment.local();
    (Some(moment.day()), Some((local.hour() * 60 + local.minute()) as u16))
}

fn follow_up(entry: &FollowUp, telling: &Telling<'_>) -> Happening {
    use crate::domain::choice::ListKind;
    let (day, minute) = at(entry.at);
    let shown = |list, key| telling.standards.shown(list, key, telling.language).to_owned();
    let outcome = shown(ListKind::Outcome, &entry.outcome);
    let tags = entry.tags.iter().map(|tag| format!("#{tag}"));
    let amount = entry.amount.map(|amount| format!("¥{}", short_money(amount, telling.language)));
    let parts = std::iter::once(outcome).chain([entry.text.clone()]).chain(tags).chain(amount);
    let text = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let way = shown(ListKind::Way, &entry.way);
    Happening { id: entry.id, kind: Kind::FollowUp, day, minute, what: way, text, open: false }
}

fn order(entry: &Order, telling: &Telling<'_>) -> Happening {
    let products: Vec<&str> =
        entry.lines.iter().map(|line| line.product.as_str()).filter(|name| !name.is_empty()).collect();
    let owed = entry.paid.is_some_and(|paid| paid < entry.amount());
    let overdue = owed && entry.due.is_some_and(|due| due < telling.today);
    let mut parts = vec![full_money(entry.amount())];
    if entry.returned {
        parts.push(words("returned", "已退货").say(telling.language).to_owned());
    }
    if overdue {
        parts.push(words("payment overdue", "回款逾期").say(telling.language).to_owned());
    }
    parts.extend((!products.is_empty()).then(|| products.join(", ")));
    parts.extend((!entry.number.is_empty()).then(|| entry.number.clone()));
    Happening {
        id: entry.id,
        kind: Kind::Order,
        day: Some(entry.date),
        minute: None,
        what: Kind::Order.words().say(telling.language).to_owned(),
        text: parts.join(" · "),
        open: overdue,
    }
}

fn next_step(entry: &NextStep, telling: &Telling<'_>) -> Happening {
    let done = entry.done_at.is_some();
    let (what, day, minute) = match (entry.done_at, entry.due) {
        (Some(done), _) => {
            let (day, minute) = at(done);
            (words("done", "已完成"), day, minute)
        }
        (None, due) => (words("to do", "待办"), due.map(|due| due.day), due.and_then(|due| due.minute)),
    };
    let due = entry.due.filter(|_| !done).map(|due| short_due(due, telling.today));
    let owner = telling.standards.owner_name(entry.owner).to_owned();
    let parts = [entry.what.clone(), entry.result.clone(), due.unwrap_or_default(), owner];
    let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    Happening {
        id: entry.id,
        kind: Kind::NextStep,
        day,
        minute,
        what: what.say(telling.language).to_owned(),
        text,
        open: !done,
    }
}

fn feedback(entry: &Feedback, telling: &Telling<'_>) -> Happening {
    let (day, minute) = at(entry.at);
    let kind = entry.kind.map_or("", |kind| kind.words().say(telling.language));
    let complaint = entry.kind == Some(FeedbackKind::Complaint);
    let open = complaint && entry.resolved_at.is_none();
    let state = if open { words("open", "未解决") } else { words("resolved", "已解决") };
    let score = entry.score.map(|score| points(score).trim_end_matches(".0").to_owned());
    let mut parts: Vec<String> = if complaint { vec![state.say(telling.language).to_owned()] } else { Vec::new() };
    parts.extend(score);
    let said = [entry.topic.clone(), entry.text.clone(), entry.resolution.clone()];
    let (course, answer) = if complaint { course(entry, telling) } else { (Vec::new(), None) };
    if open {
        parts.extend(course.into_iter().chain(answer).chain(said));
    } else {
        parts.extend(answer.into_iter().chain(said).chain(course));
    }
    let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    Happening { id: entry.id, kind: Kind::Feedback, day, minute, what: kind.to_owned(), text, open }
}

/// How a complaint goes on: its grade, who has it, and how long the answer took against the promise.
fn course(entry: &Feedback, telling: &Telling<'_>) -> (Vec<String>, Option<String>) {
    let language = telling.language;
    let grade = entry.grade.map(|grade| match language {
        Language::En => format!("grade {}", grade.words().en),
        Language::Zh => format!("严重程度{}", grade.words().zh),
    });
    let owner = telling.standards.owner_name(entry.assigned);
    let who = (!owner.is_empty()).then(|| format!("@{owner}"));
    (grade.into_iter().chain(who).collect(), response(entry, telling))
}

/// How long the answer took against the promise, or by when it is promised.
fn response(entry: &Feedback, telling: &Telling<'_>) -> Option<String> {
    let language = telling.language;
    let took = |until: Moment| hours(until.seconds() - entry.at.seconds(), language);
    match (entry.answered_at, entry.promised) {
        (Some(answered), promised) => {
            let late = promised.filter(|promised| *promised < answered);
            let allowed = promised.map(took);
            Some(match (language, allowed, late) {
                (Language::En, None, _) => format!("answered in {}", took(answered)),
                (Language::Zh, None, _) => format!("{}内答复", took(answered)),
                (Language::En, Some(of), None) => format!("answered in {}, promised {of}", took(answered)),
                (Language::Zh, Some(of), None) => format!("{}内答复（承诺 {of}内）", took(answered)),
                (Language::En, Some(of), Some(_)) => format!("answered in {}, late: promised {of}", took(answered)),
                (Language::Zh, Some(of), Some(_)) => format!("{}后才答复（承诺 {of}内）", took(answered)),
            })
        }
        (None, Some(promised)) => {
            let (day, minute) = at(promised);
            let due = day.map(|day| short_due(crate::domain::time::Due { day, minute }, telling.today))?;
            Some(match language {
                Language::En => format!("answer promised by {due}"),
                Language::Zh => format!("承诺 {due} 前答复"),
            })
        }
        (None, None) => None,
    }
}

/// A span in hours, or in days from three of them on.
fn hours(seconds: i64, language: Language) -> String {
    let hours = seconds.max(0) / 3_600;
    match (hours, language) {
        (..1, Language::En) => format!("{} min", seconds.max(0) / 60),
        (..1, Language::Zh) => format!("{} 分钟", seconds.max(0) / 60),
        (..72, Language::En) => format!("{hours} h"),
        (..72, Language::Zh) => format!("{hours} 小时"),
        (_, Language::En) => format!("{} days", hours / 24),
        (_, Language::Zh) => format!("{} 天", hours / 24),
    }
}

/// One line a move, so that a deal's way is seen where it happened. What it was worth at an earlier move is not kept
/// with it, so that the amount of now stands beside the last one only.
fn deal(entry: &Deal, telling: &Telling<'_>) -> Vec<Happening> {
    let amount = entry.amount.map(|amount| short_money(amount, telling.language)).unwrap_or_default();
    let what = Kind::Deal.words().say(telling.language).to_owned();
    let told = |stage: &str, at_moment: Option<Moment>, is_last: bool| {
        let (day, minute) = at_moment.map_or((entry.opened, None), at);
        let role = telling.standards.role(stage);
        let shown = telling.standards.stage_shown(stage, telling.language).to_owned();
        let reason = (role == StageRole::Lost).then(|| {
            use crate::domain::choice::ListKind;
            telling.standards.shown(ListKind::LostReason, &entry.lost_reason, telling.language).to_owned()
        });
        let parts = [Some(shown), reason, Some(entry.title.clone()), is_last.then(|| amount.clone())];
        let text = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        Happening { id: entry.id, kind: Kind::Deal, day, minute, what: what.clone(), text, open: false }
    };
    if entry.moves.is_empty() {
        return vec![told(&entry.stage, None, true)];
    }
    let last = entry.moves.len() - 1;
    entry.moves.iter().enumerate().map(|(place, step)| told(&step.stage, step.at, place == last)).collect()
}
