//! Feedback: satisfaction after orders, recommendation, events, complaints and how they went on.

use crate::domain::choice::{ContactRole, FeedbackKind, Level};
use crate::domain::feedback::Feedback;
use crate::domain::measure::Score;
use crate::domain::time::{Day, Moment};
use crate::sample::calendar;
use crate::sample::course::Course;
use crate::sample::dice::Dice;
use crate::sample::draft::Draft;
use crate::sample::phrase::fill;
use crate::sample::product::ARTICLES;
use crate::sample::topic::Topic;
use crate::sample::{phrase_en, phrase_zh, script};

/// The places in the book of a customer whose complaint is past its promise, and of one whose complaint was answered.
const PAST_PROMISE: usize = 6;
const ANSWERED: usize = 7;

/// What the customer told us over the years.
pub fn gather_feedback(draft: &mut Draft<'_>) {
    for place in 0..draft.orders.len() {
        let day = calendar::workday_from(draft.orders[place].date.plus(draft.dice.days(9, 20)));
        if day <= draft.until && draft.dice.chance(if place + 1 == draft.orders.len() { 260 } else { 120 }) {
            add_satisfaction(draft, day);
        }
    }
    if draft.orders.len() > 2 && draft.dice.chance(260) {
        let day = calendar::workday_until(draft.until.plus(-draft.dice.days(0, 330)));
        add_recommendation(draft, day);
    }
    if draft.orders.len() > 1 && draft.dice.chance(110) {
        let day = calendar::workday_until(draft.until.plus(-draft.dice.days(5, 500)));
        add_event(draft, day);
    }
    add_complaint(draft);
}

fn blank(draft: &mut Draft<'_>, day: Day, role: ContactRole) -> Feedback {
    let contact = draft.contact_for(role).and_then(|place| draft.people.get(place)).map(|person| person.record.id);
    Feedback {
        id: draft.register.id(),
        customer: Some(draft.id),
        at: calendar::hour_of(&mut draft.dice, day, draft.offset, false),
        by: draft.owner_name(),
        contact,
        ..Feedback::default()
    }
}

fn add_satisfaction(draft: &mut Draft<'_>, day: Day) {
    let leaving = matches!(draft.profile.course, Course::Declining | Course::Lost);
    let points = if leaving {
        draft.dice.weighted(&[(12, 500), (22, 400), (10, 350), (30, 300), (18, 200), (8, 100)])
    } else {
        draft.dice.weighted(&[(40, 500), (12, 450), (34, 400), (10, 300), (3, 200), (1, 100)])
    };
    let opinions = if draft.english() { phrase_en::OPINIONS } else { phrase_zh::OPINIONS };
    let row = match points {
        400.. => 0,
        300..400 => 1,
        _ => 2,
    };
    let text = (*draft.dice.pick(opinions[row])).to_owned();
    let blank = blank(draft, day, ContactRole::Purchaser);
    let score = Some(Score::from_hundredths(points));
    draft.feedback.push(Feedback { kind: Some(FeedbackKind::Satisfaction), score, text, ..blank });
}

fn add_recommendation(draft: &mut Draft<'_>, day: Day) {
    let leaving = matches!(draft.profile.course, Course::Declining | Course::Lost);
    let points = if leaving {
        draft.dice.weighted(&[(25, 7), (25, 6), (20, 5), (15, 8), (15, 3)])
    } else {
        draft.dice.weighted(&[(26, 10), (28, 9), (24, 8), (13, 7), (7, 6), (2, 4)])
    };
    let blank = blank(draft, day, ContactRole::DecisionMaker);
    let score = Some(Score::from_hundredths(points * 100));
    draft.feedback.push(Feedback { kind: Some(FeedbackKind::Recommendation), score, ..blank });
}

fn add_event(draft: &mut Draft<'_>, day: Day) {
    let events = if draft.english() { phrase_en::EVENTS } else { phrase_zh::EVENTS };
    let topic = (*draft.dice.pick(events)).to_owned();
    let blank = blank(draft, day, ContactRole::User);
    draft.feedback.push(Feedback { kind: Some(FeedbackKind::Event), topic, ..blank });
}

/// A complaint after one of the orders, more likely from those who leave, with the talks it led to.
fn add_complaint(draft: &mut Draft<'_>) {
    let open_one = matches!(draft.place, PAST_PROMISE | ANSWERED);
    let share = match draft.profile.course {
        Course::Declining => 420,
        Course::Lost => 380,
        _ => 95,
    };
    if draft.orders.is_empty() || !(open_one || draft.dice.chance(share)) {
        return;
    }
    let late = matches!(draft.profile.course, Course::Lost | Course::Declining) || open_one;
    let count = draft.orders.len();
    let place = if late { count - 1 } else { draft.dice.below(count) };
    let order = &draft.orders[place];
    let article = order.lines.first().and_then(|line| ARTICLES.iter().find(|article| article.zh == line.product));
    let Some(article) = article.filter(|article| !article.is_service()) else { return };
    let mut day = calendar::workday_from(order.date.plus(12)).min(draft.until).max(order.date);
    if open_one {
        day = calendar::workday_until(draft.until.plus(if draft.place == PAST_PROMISE { -5 } else { -1 }));
    }
    if day > draft.until {
        return;
    }
    let grievances = if draft.english() { phrase_en::GRIEVANCES } else { phrase_zh::GRIEVANCES };
    let setting = draft.setting(article, order_amount(draft, place));

    let (topic, said, mended) = script::pick(&mut draft.dice, grievances, setting, |row| row.1);
    let slots = draft.slots(article, 1, order_amount(draft, place), draft.contact_for(ContactRole::User));
    let blank = blank(draft, day, ContactRole::User);
    let complaint = Feedback {
        kind: Some(FeedbackKind::Complaint),
        text: fill(said, &slots),
        grade: Some(draft.dice.weighted(&[(3, Level::Low), (5, Level::Middle), (2, Level::High)])),
        topic: topic.to_owned(),
        ..blank
    };
    let complaint = handle(draft, complaint, fill(mended, &slots));
    talk_about(draft, &complaint, article);
    draft.feedback.push(complaint);
}

/// What became of a complaint: older ones are resolved, those of the last days partly answered.
fn handle(draft: &mut Draft<'_>, complaint: Feedback, mended: String) -> Feedback {
    let (day, offset) = (complaint.at.day(), draft.offset);
    let end = Moment::start_of(draft.until.plus(1), offset);
    let past = |moment: Moment| (moment < end).then_some(moment);
    let hour =
        |days: i32, dice: &mut Dice| calendar::hour_of(dice, calendar::workday_from(day.plus(days)), offset, false);
    let promised = complaint.at.plus_seconds(if complaint.grade == Some(Level::High) { 24 } else { 48 } * 3600);
    let assigned = complaint.at.plus_seconds(draft.dice.between(5, 100) * 60);
    let (waits, takes) = (draft.dice.weighted(&[(60, 1), (30, 2), (10, 5)]), draft.dice.days(2, 9));
    let answered = hour(waits, &mut draft.dice);
    let resolved = hour(takes.max(waits), &mut draft.dice).max(answered.plus_seconds(3600));
    let untouched = draft.place == PAST_PROMISE;
    let unresolved = untouched || draft.place == ANSWERED;
    let resolved_at = past(resolved).filter(|_| !unresolved);
    Feedback {
        assigned: if draft.dice.chance(250) { draft.firm.id(0) } else { draft.firm.id(draft.owner) },
        assigned_at: past(assigned),
        answered_at: past(answered).filter(|_| !untouched),
        resolved_at,
        promised: Some(promised),
        resolution: if resolved_at.is_some() { mended } else { String::new() },
        ..complaint
    }
}

fn talk_about(draft: &mut Draft<'_>, complaint: &Feedback, article: &'static crate::sample::product::Article) {
    let mut told = draft.occasion(complaint.at.day(), Topic::Delivered, ContactRole::User);
    (told.article, told.words, told.incoming) = (article, Some(complaint.text.clone()), true);
    draft.occasions.push(told);
    if let Some(resolved) = complaint.resolved_at {
        let mut mended = draft.occasion(resolved.day(), Topic::Delivered, ContactRole::User);
        (mended.article, mended.words) = (article, Some(complaint.resolution.clone()));
        draft.occasions.push(mended);
    }
}

fn order_amount(draft: &Draft, place: usize) -> crate::domain::money::Money {
    draft.orders.get(place).map(crate::domain::order::Order::amount).unwrap_or_default()
}
