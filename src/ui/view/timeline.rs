//! Everything that happened with a customer in one stream, newest first.

use crate::book::standards::Standards;
use crate::domain::choice::{FeedbackKind, StageRole};
use crate::domain::deal::Deal;
use crate::domain::feedback::Feedback;
use crate::domain::follow_up::{FollowUp, NextStep};
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
    Happening { kind: Kind::FollowUp, day, minute, what: way, text, open: false }
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
    Happening { kind: Kind::NextStep, day, minute, what: what.say(telling.language).to_owned(), text, open: !done }
}

fn feedback(entry: &Feedback, telling: &Telling<'_>) -> Happening {
    let (day, minute) = at(entry.at);
    let kind = entry.kind.map_or("", |kind| kind.words().say(telling.language));
    let score = entry.score.map(|score| points(score).trim_end_matches(".0").to_owned());
    let complaint = entry.kind == Some(FeedbackKind::Complaint);
    let open = complaint && entry.resolved_at.is_none();
    let state = open.then(|| words("open", "未解决").say(telling.language).to_owned());
    let parts = [score, state, Some(entry.topic.clone()), Some(entry.text.clone()), Some(entry.resolution.clone())];
    let text = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    Happening { kind: Kind::Feedback, day, minute, what: kind.to_owned(), text, open }
}

/// One line a move, so that a deal's way is seen where it happened.
fn deal(entry: &Deal, telling: &Telling<'_>) -> Vec<Happening> {
    let amount = entry.amount.map(|amount| short_money(amount, telling.language)).unwrap_or_default();
    let what = Kind::Deal.words().say(telling.language).to_owned();
    let told = |stage: &str, at_moment: Option<Moment>| {
        let (day, minute) = at_moment.map_or((entry.opened, None), at);
        let role = telling.standards.role(stage);
        let shown = telling.standards.stage_shown(stage, telling.language).to_owned();
        let reason = (role == StageRole::Lost).then(|| {
            use crate::domain::choice::ListKind;
            telling.standards.shown(ListKind::LostReason, &entry.lost_reason, telling.language).to_owned()
        });
        let parts = [Some(shown), reason, Some(entry.title.clone()), Some(amount.clone())];
        let text = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        Happening { kind: Kind::Deal, day, minute, what: what.clone(), text, open: false }
    };
    if entry.moves.is_empty() {
        return vec![told(&entry.stage, None)];
    }
    entry.moves.iter().map(|step| told(&step.stage, step.at)).collect()
}
