//! The outcome a text speaks of: whole words of the list, where a negation wins and a question counts for nothing.

use super::context::{Context, Lexicon, item_words};
use crate::parse::cursor::Cursor;
use crate::parse::fold::{is_han, is_word};
use std::ops::Range;

/// Words that deny what follows them.
const HAN_NOT: &[&str] = &["没有", "没", "未", "不", "无", "非", "尚未", "还没", "并未", "别"];
const ENGLISH_NOT: &[&str] =
    &["not", "no", "never", "isn't", "wasn't", "aren't", "don't", "didn't", "hasn't", "haven't", "nobody"];

/// Words that put what follows them in doubt or into the future.
const HAN_IF: &[&str] = &[
    "是否",
    "有没有",
    "如果",
    "若",
    "要是",
    "假如",
    "准备",
    "打算",
    "计划",
    "即将",
    "可能",
    "希望",
    "等",
    "催",
    "才能",
    "再",
    "会不会",
    "是不是",
    "能否",
    "明天",
    "下周",
    "考虑",
    "同意",
    "尽快",
    "马上",
    "就",
    "能",
    "可以",
    "要",
    "请",
    "让",
];
const ENGLISH_IF: &[&str] =
    &["if", "whether", "will be", "would be", "could be", "might be", "until", "once", "when", "be", "get", "getting"];

/// Words behind an outcome that turn it into a question or into another word.
const HAN_ASKED: &[&str] = &["吗", "么", "?", "没有", "没", "否", "率", "流程", "之前", "前"];

/// Outcomes that count only where their clause ends, since they begin other words: 未接受, 不需要改.
const ENDING: &[&str] = &["未接", "不需要", "下单"];

/// Longer words that hold an outcome and mean something else.
const OTHER_WORDS: &[&str] = &["开关机", "已约束", "空号段"];

/// What an outcome turns into when it is denied.
const DENIED: &[(&str, &str)] = &[("interested", "not_interested"), ("connected", "no_answer")];

/// Nouns whose denial is the outcome `not_interested` whatever stands between: 没有采购意向.
const WISHES: &[&str] = &["意向", "兴趣"];

/// An outcome found: its key and where in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) key: String,
    pub(super) range: Range<usize>,
}

/// The outcome `text` (folded) speaks of: a refusal before all else, then the one mentioned last.
pub(super) fn outcome(text: &[char], context: &Context) -> Option<Outcome> {
    let offered = context.outcomes.iter().filter(|item| !item.hidden);
    let lexicon = Lexicon::new(offered.flat_map(item_words));
    let mut last: Option<Outcome> = None;
    let mut refused: Option<Outcome> = None;
    let (mut at, mut free) = (0, 0);
    while at < text.len() {
        let Some((found, end)) = found_at(text, at, free, &lexicon, context) else {
            at += 1;
            continue;
        };
        if let Some(found) = found {
            let slot = if found.key == "not_interested" { &mut refused } else { &mut last };
            *slot = Some(found);
        }
        (at, free) = (end, end);
    }
    refused.or(last)
}

/// What stands around a word: the text, where the clause or the outcome before it ended, and where the word stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    text: &'a [char],
    before: &'a [char],
    at: usize,
    end: usize,
}

/// The word at `at`, what it means, and where to read on; `None` when no word stands there.
fn found_at(
    text: &[char],
    at: usize,
    free: usize,
    lexicon: &Lexicon<&str>,
    context: &Context,
) -> Option<(Option<Outcome>, usize)> {
    let cursor = Cursor::from(text, at);
    let first = cursor.peek()?;
    if is_word(first) && at > 0 && text.get(at - 1).copied().is_some_and(|c| is_word(c) || c == '-') {
        return None;
    }
    let before = clause_before(text, at, free);
    let (end, key) = match denied_wish(text, before, at) {
        Some(end) => (end, "not_interested"),
        None => {
            let (word, key) = lexicon.longest(&cursor)?;
            let end = at + word.len();
            ends_well(text, word, end).then_some(())?;
            (
                end,
                if is_denied(before) {
                    DENIED.iter().find(|(said, _)| *said == key).map_or("", |(_, meant)| *meant)
                } else {
                    key
                },
            )
        }
    };
    let place = Place { text, before, at, end };
    let counts = !place.is_doubtful() && !place.is_other_word();
    let known = counts && context.outcomes.iter().any(|item| item.key == key);
    Some((known.then(|| Outcome { key: key.to_owned(), range: at..end }), end))
}

/// Up to sixteen characters before `at`, within its clause and behind the outcome before it, which ended at `free`.
fn clause_before(text: &[char], at: usize, free: usize) -> &[char] {
    let window = text.get(at.saturating_sub(16).max(free)..at).unwrap_or_default();
    let is_clause = |c: char| is_word(c) || is_han(c) || matches!(c, ' ' | '\'');
    let mark = window.iter().rposition(|c| !is_clause(*c)).map_or(0, |mark| mark + 1);
    window.get(mark..).unwrap_or_default()
}

fn ends_with(text: &[char], word: &str) -> bool {
    let count = word.chars().count();
    let Some(from) = text.len().checked_sub(count) else { return false };
    let same = text.iter().skip(from).copied().eq(word.chars());
    let whole = !word.starts_with(is_word) || from == 0 || !text.get(from - 1).copied().is_some_and(is_word);
    same && whole
}

/// Characters that may stand between a Chinese denial and what it denies: 没有很大…, 不是很….
const FILLERS: &str = "太很大怎么什明确真特别那这是会想有";

/// Whether `before` ends in a denial: with fillers behind it in Chinese, with at most two words in English.
fn is_denied(before: &[char]) -> bool {
    let han = (0..=2.min(before.len())).any(|skip| {
        let (close, between) = before.split_at(before.len() - skip);
        between.iter().all(|c| FILLERS.contains(*c)) && HAN_NOT.iter().any(|word| ends_with(close, word))
    });
    let words: String = before.iter().collect();
    let near = words.split(' ').rev().filter(|word| !word.is_empty()).take(3);
    han || near.into_iter().any(|word| ENGLISH_NOT.contains(&word))
}

/// 没有采购意向, 暂无明确意向: the end of the noun when a denial stands at `at` and a wish within four characters.
fn denied_wish(text: &[char], before: &[char], at: usize) -> Option<usize> {
    let mut cursor = Cursor::from(text, at);
    let doubled = before.last().is_some_and(|c| matches!(c, '有' | '是' | '非' | '不'));
    if cursor.any(&["不考虑", "不再考虑"]) {
        let end = cursor.at();
        cursor.any(&["了"]);
        return cursor.peek().is_none_or(|c| !is_han(c) && c != '?').then_some(end);
    }
    cursor.any(&["没有", "没", "暂无", "无", "不感"]).then_some(())?;
    let from = cursor.at();
    let end = (0..=4).find_map(|skip| {
        let between = text.get(from..from + skip)?;
        let mut noun = Cursor::from(text, from + skip);
        (between.iter().all(|c| is_han(*c)) && noun.any(WISHES)).then(|| noun.at())
    })?;
    (!doubled && !Cursor::from(text, end).sees(&["书"])).then_some(end)
}

/// Words that together with a denial say yes.
const DOUBLE: &[&str] = &["不是", "并非", "没有不", "不会"];

impl Place<'_> {
    /// Whether the word stands in a question, a condition or a plan.
    fn is_doubtful(&self) -> bool {
        let first = self.text.get(self.at).copied().unwrap_or(' ');
        let said = |words: &[&str], before: &[char]| words.iter().any(|word| ends_with(before, word));
        let whether = first == '没' && said(&["有"], self.before);
        let doubled = matches!(first, '没' | '暂' | '不') && said(DOUBLE, self.before);
        let asked = Cursor::from(self.text, self.end).sees(HAN_ASKED);
        let spaced = match self.before.split_last() {
            Some((' ', rest)) => said(ENGLISH_IF, rest),
            _ => false,
        };
        whether || doubled || asked || spaced || said(HAN_IF, self.before)
    }

    /// Whether the word is but a part of a longer one that means something else.
    fn is_other_word(&self) -> bool {
        OTHER_WORDS.iter().any(|word| {
            (self.at.saturating_sub(word.chars().count())..=self.at).any(|from| {
                let mut cursor = Cursor::from(self.text, from);
                cursor.word(word) && cursor.at() >= self.end
            })
        })
    }
}

fn ends_well(text: &[char], word: &[char], end: usize) -> bool {
    let said: String = word.iter().collect();
    let mut after = Cursor::from(text, end);
    after.any(&["了", "的", "过", "完", "成功"]);
    !ENDING.contains(&said.as_str()) || !after.peek().is_some_and(is_han)
}
