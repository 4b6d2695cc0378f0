//! How a line begins: the way (电话, call, c:), its direction, or feedback (满意度 4, nps 9, 投诉, 活动).

use super::context::{Context, Lexicon, item_words};
use crate::domain::choice::{Direction, FeedbackKind};
use crate::domain::measure::Score;
use crate::parse::cursor::Cursor;
use crate::parse::fold::{is_han, is_word};

/// Feedback a line begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Which sort.
    pub kind: FeedbackKind,
    /// The score, where the sort has one.
    pub score: Option<Score>,
}

/// What was read at the start of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Opening {
    /// Key of the way.
    pub(super) way: Option<String>,
    pub(super) direction: Option<Direction>,
    pub(super) heard: Option<Heard>,
    /// Characters before it, and to its end.
    pub(super) start: usize,
    pub(super) end: usize,
    /// A score that is none (满意度 9).
    pub(super) misread: bool,
}

/// Words that say who reached out.
const INCOMING: &[&str] = &["来电", "来电话", "来访", "来信", "来函", "incoming call", "inbound", "inbound call"];
const OUTGOING: &[&str] = &["去电", "去电话", "打电话", "拜访", "上门", "outgoing call", "outbound", "outbound call"];

/// Words for a call that are not in the list.
const CALLS: &[&str] =
    &["来电话", "去电话", "incoming call", "inbound call", "outgoing call", "outbound call", "phone call"];

/// What makes a way part of another word: 电话号码, 会议室, call back.
const NO_WAY: &[&str] = &[
    "号", "费", "室", "纪要", "地址", "支付", "转账", "显示", "经费", "'", " back", " center", " centre", " me", "'s",
];

/// What makes 投诉 something else than a complaint just made.
const NO_COMPLAINT: &[&str] = &["已", "率", "电话", "处理", "解决", "结案", "渠道", "部", "热线"];

/// Reads the start of a line.
pub(super) fn opening(text: &[char], context: &Context) -> Option<Opening> {
    let mut cursor = Cursor::new(text);
    cursor.spaces();
    let start = cursor.at();
    let read = feedback(cursor, context).or_else(|| way(cursor, context))?;
    Some(Opening { start, ..read })
}

fn way(cursor: Cursor, context: &Context) -> Option<Opening> {
    let offered = context.ways.iter().filter(|item| !item.hidden);
    let listed = offered.flat_map(item_words);
    let called = context.ways.iter().find(|item| item.key == "call").map(|item| item.key.as_str());
    let calls = CALLS.iter().filter_map(|word| Some((*word, called?)));
    let lexicon = Lexicon::new(listed.chain(calls));
    let (word, key) = lexicon.longest(&cursor)?;
    let outcomes = Lexicon::new(context.outcomes.iter().filter(|item| !item.hidden).flat_map(item_words));
    if outcomes.longest(&cursor).is_some_and(|(outcome, _)| outcome.len() > word.len()) {
        return None;
    }
    let mut after = Cursor::from(cursor.rest(), word.len());
    let shy = word.len() == 1 && !word.iter().any(|c| is_han(*c)) || key == "other";
    let joined = word.last().copied().is_some_and(is_word) && after.peek() == Some('-');
    if joined || after.sees(NO_WAY) || shy && after.peek() != Some(':') {
        return None;
    }
    let end = cursor.at() + word.len() + usize::from(after.take(':'));
    let said: String = word.iter().collect();
    let direction = match said.as_str() {
        said if INCOMING.contains(&said) => Some(Direction::Incoming),
        said if OUTGOING.contains(&said) => Some(Direction::Outgoing),
        _ => None,
    };
    let heard = (key == "event").then_some(Heard { kind: FeedbackKind::Event, score: None });
    Some(Opening { way: Some(key.to_owned()), direction, heard, end, ..Opening::default() })
}

const SCORED: &[(&str, FeedbackKind)] = &[
    ("满意度", FeedbackKind::Satisfaction),
    ("满意度评分", FeedbackKind::Satisfaction),
    ("satisfaction", FeedbackKind::Satisfaction),
    ("csat", FeedbackKind::Satisfaction),
    ("nps", FeedbackKind::Recommendation),
    ("推荐度", FeedbackKind::Recommendation),
];

fn feedback(cursor: Cursor, context: &Context) -> Option<Opening> {
    let mut cursor = cursor;
    if let Some(kind) = cursor.longest(SCORED) {
        return scored(cursor, kind);
    }
    if cursor.any(&["投诉", "complaint", "客诉"]) && !cursor.sees(NO_COMPLAINT) {
        cursor.take(':');
        let heard = Some(Heard { kind: FeedbackKind::Complaint, score: None });
        return Some(Opening { heard, end: cursor.at(), ..Opening::default() });
    }
    let listed = context.ways.iter().any(|item| item.key == "event");
    if !listed && cursor.any(&["活动", "event"]) && !cursor.sees(NO_WAY) {
        cursor.take(':');
        let heard = Some(Heard { kind: FeedbackKind::Event, score: None });
        return Some(Opening { heard, end: cursor.at(), ..Opening::default() });
    }
    None
}

/// A score behind its word: 1–5 for satisfaction, 0–10 for recommendation; any other number is none.
fn scored(mut cursor: Cursor, kind: FeedbackKind) -> Option<Opening> {
    cursor.take(':');
    cursor.spaces();
    let (whole, _) = cursor.digits(2)?;
    let tenths = cursor.attempt(|trial| {
        trial.take('.').then_some(())?;
        let (value, count) = trial.digits(2)?;
        Some(if count == 1 { value * 10 } else { value })
    });
    let ending = cursor.any(&["分", "/5", "/10"]);
    let hundredths = i32::try_from(whole * 100 + tenths.unwrap_or(0)).ok()?;
    let fits = match kind {
        FeedbackKind::Satisfaction => (100..=500).contains(&hundredths),
        _ => hundredths <= 1000 && tenths.is_none(),
    };
    let whole = ending || !cursor.peek().is_some_and(|c| is_word(c) || "./%个-".contains(c));
    let heard = fits.then_some(Heard { kind, score: Some(Score::from_hundredths(hundredths)) });
    whole.then_some(Opening { heard, end: cursor.at(), misread: !fits, ..Opening::default() })
}
