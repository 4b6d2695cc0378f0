//! Finding an act in the palette by English, Chinese or pinyin.

use super::Action;
use crate::parse::fold::narrow;
use crate::text::Language;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use pinyin::ToPinyinMulti;

/// A query longer than this many characters finds nothing.
const LONGEST: usize = 40;
/// Letters of pinyin that are looked for in labels alone.
const FEW: usize = 4;

impl Action {
    /// How well `query` names this act, higher is better; `None` when it does not.
    ///
    /// Words of both languages count, those of `language` a little more, and so does pinyin: initials, whole syllables
    /// or a mix, in every reading a character has. An empty query finds every act.
    pub fn score(self, query: &str, language: Language) -> Option<i64> {
        let query: Vec<char> = query.chars().filter(|c| !c.is_whitespace()).flat_map(folded).collect();
        if query.is_empty() {
            return Some(0);
        }
        if query.len() > LONGEST {
            return None;
        }
        let (en, zh) = (spoken_here(language, Language::En), spoken_here(language, Language::Zh));
        let label_en: Vec<char> = letters(self.label().en);
        let label_zh: Vec<char> = letters(self.label().zh);
        let best = [
            score_text(&query, &label_en).map(|score| score + en),
            score_text(&query, &label_zh).map(|score| score + zh),
            score_pinyin(&query, &label_zh).map(|score| score + zh),
            score_text(&query, &letters(self.name())),
            within(&query, &letters(self.help().en)).map(|_| 100 + en),
            within(&query, &letters(self.help().zh)).map(|_| 100 + zh),
            // A few letters would be the initials of too many sentences.
            score_pinyin(&query, &letters(self.help().zh)).filter(|_| query.len() > FEW).map(|_| 90 + zh),
            score_loosely(&query, self.name()),
        ];
        best.into_iter().flatten().max()
    }
}

/// A small preference for the language on the screen.
fn spoken_here(language: Language, wording: Language) -> i64 {
    if language == wording { 10 } else { 0 }
}

/// One character as it is compared: narrow and lower case.
fn folded(c: char) -> impl Iterator<Item = char> {
    narrow(c).to_lowercase()
}

/// The characters of `text` that are compared: no spaces, no hyphens.
fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(folded).collect()
}

/// Where `query` stands in `text`.
fn within(query: &[char], text: &[char]) -> Option<usize> {
    text.windows(query.len()).position(|part| part == query)
}

/// The whole text beats its beginning, that beats a part.
fn score_text(query: &[char], text: &[char]) -> Option<i64> {
    let query: Vec<char> = query.iter().copied().filter(|c| *c != '-').collect();
    if query.is_empty() {
        return None;
    }
    Some(match within(&query, text)? {
        0 if query.len() == text.len() => 1000,
        0 => 800,
        _ => 500,
    })
}

/// Like `score_text`, with Han characters spelled out; the nearer to the start the better.
fn score_pinyin(query: &[char], label: &[char]) -> Option<i64> {
    let (start, rest) = (0..label.len()).find_map(|start| {
        let tail = label.get(start..)?;
        spells(query, tail).map(|rest| (start, rest))
    })?;
    Some(match (start, rest) {
        (0, 0) => 950,
        (0, _) => 750,
        _ => 450,
    })
}

/// How many characters of `label` are left over once `query` has spelled its beginning; the fewest possible.
fn spells(query: &[char], label: &[char]) -> Option<usize> {
    if query.is_empty() {
        return Some(label.len());
    }
    let (first, rest) = label.split_first()?;
    let mut steps = Vec::new();
    if query.first() == Some(first) {
        steps.push(1);
    }
    for reading in readings(*first) {
        let common = reading.iter().zip(query).take_while(|(a, b)| a == b).count();
        steps.extend(1..=common);
    }
    steps.sort_unstable();
    steps.dedup();
    steps.into_iter().filter_map(|step| spells(query.get(step..)?, rest)).min()
}

/// Every way to read one character, as it is typed: ü as v and as u.
fn readings(c: char) -> Vec<Vec<char>> {
    let Some(multi) = c.to_pinyin_multi() else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for reading in multi.into_iter().map(pinyin::Pinyin::plain) {
        all.push(reading.chars().map(|c| if c == 'ü' { 'v' } else { c }).collect());
        if reading.contains('ü') {
            all.push(reading.chars().map(|c| if c == 'ü' { 'u' } else { c }).collect());
        }
    }
    all
}

/// A last resort: the letters in order, with gaps, beginning where a word begins.
fn score_loosely(query: &[char], name: &str) -> Option<i64> {
    let query: String = query.iter().collect();
    let (score, places) = SkimMatcherV2::default().fuzzy_indices(name, &query)?;
    let first = *places.first()?;
    let word_starts = first == 0 || name.chars().nth(first - 1) == Some('-');
    (word_starts && query.chars().count() > 1).then(|| score.clamp(0, 90))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(query: &str, language: Language) -> Option<Action> {
        let mut found: Vec<_> =
            Action::ALL.iter().filter_map(|act| act.score(query, language).map(|score| (-score, *act))).collect();
        found.sort_by_key(|(score, _)| *score);
        found.first().map(|(_, act)| *act)
    }

    #[test]
    fn acts_are_found_by_english_chinese_and_pinyin() {
        let cases = [
            ("follow", Action::FollowUp),
            ("follow-up", Action::FollowUp),
            ("跟进", Action::FollowUp),
            ("gj", Action::FollowUp),
            ("genjin", Action::FollowUp),
            ("genj", Action::FollowUp),
            ("跟j", Action::FollowUp),
            ("ＧＪ", Action::FollowUp),
            ("cx", Action::Undo),
            ("sort", Action::SortBy),
            ("xjkh", Action::NewCustomer),
            ("new cust", Action::NewCustomer),
            ("tuichu", Action::Quit),
            ("q", Action::Quit),
            ("quit", Action::Quit),
            ("lxgj", Action::Run),
            ("english", Action::SwitchLanguage),
            ("jiaojie", Action::Bulk),
        ];
        for (query, act) in cases {
            for language in [Language::En, Language::Zh] {
                if query == "cx" || query == "q" {
                    assert!(act.score(query, language).is_some());
                    continue;
                }
                assert_eq!(first(query, language), Some(act), "{query} {language:?}");
            }
        }
    }

    #[test]
    fn every_reading_of_a_character_counts() {
        // 重 is read chong and zhong.
        assert!(Action::Redo.score("cz", Language::Zh).is_some());
        assert!(Action::Redo.score("zhongzuo", Language::Zh).is_some());
        // 行 is read hang and xing.
        assert!(Action::LineStart.score("hs", Language::Zh).is_some());
        assert!(Action::LineStart.score("xings", Language::Zh).is_some());
    }

    #[test]
    fn an_empty_query_finds_everything_and_nonsense_nothing() {
        assert!(Action::ALL.iter().all(|act| act.score(" ", Language::En).is_some()));
        assert!(Action::ALL.iter().all(|act| act.score("zzzzqx", Language::En).is_none()));
        assert!(Action::ALL.iter().all(|act| act.score(&"啊".repeat(500), Language::Zh).is_none()));
    }

    #[test]
    fn the_language_on_the_screen_is_preferred() {
        let en = Action::Undo.score("undo", Language::En);
        assert!(en > Action::Undo.score("undo", Language::Zh));
    }
}
