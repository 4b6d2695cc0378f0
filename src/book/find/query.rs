//! What was typed, folded and cut into words.
use super::alphabet::{Kind, fold, kind_of};

/// Characters of a word that count; the rest of a longer word is not looked at.
pub(super) const LONGEST: usize = 63;
/// Words that count.
const WORDS: usize = 8;

/// A query ready to be compiled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// Each of these must be found.
    pub(super) words: Vec<Vec<char>>,
}

impl Query {
    /// Cuts a query at spaces. Punctuation inside a word is left out, as it may be in
    /// the texts; a word of nothing else is looked for as it stands.
    pub(super) fn new(text: &str) -> Query {
        let mut words: Vec<Vec<char>> = Vec::new();
        let mut rest = text.chars().map(fold).peekable();
        while words.len() < WORDS && rest.peek().is_some() {
            let word = next_word(&mut rest);
            if !word.is_empty() {
                words.push(word);
            }
        }
        Query { words }
    }

    /// All words written together, if there are several and they are short enough to
    /// be one: a name typed with its spaces.
    pub(super) fn joined(&self) -> Option<Vec<char>> {
        let joined: Vec<char> = self.words.concat();
        let fits = self.words.len() > 1 && joined.len() <= LONGEST;
        fits.then_some(joined)
    }

    /// Whether everything found by this query was also found by `before`.
    pub(super) fn narrows(&self, before: &[Vec<char>]) -> bool {
        let kept = before.len().checked_sub(1).map_or(&[][..], |n| before.split_at(n).0);
        let joins = |words: &[Vec<char>]| words.concat().len() <= LONGEST;
        !before.is_empty()
            && self.words.starts_with(kept)
            && joins(&self.words) == joins(before)
            && self.words.get(kept.len()).zip(before.last()).is_some_and(|(new, old)| new.starts_with(old))
    }
}

/// The next word, cut to [`LONGEST`]; reads no further than its end.
fn next_word(rest: &mut impl Iterator<Item = char>) -> Vec<char> {
    let mut typed: Vec<char> = Vec::new();
    let mut counted: Vec<char> = Vec::new();
    for c in rest {
        if c.is_whitespace() {
            if typed.is_empty() {
                continue;
            }
            break;
        }
        if typed.len() < LONGEST {
            typed.push(c);
        }
        if counted.len() < LONGEST && kind_of(c) != Kind::Gap {
            counted.push(c);
        }
    }
    if counted.is_empty() { typed } else { counted }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let query = Query::new(text);
        query.words.iter().map(|w| w.iter().collect()).collect()
    }

    #[test]
    fn a_query_is_folded_and_cut_at_spaces() {
        assert_eq!(words(" Ｈua  138-0013　(上海) "), ["hua", "1380013", "上海"]);
        assert_eq!(words("+-/ \t\u{3000}"), ["+-/"]);
        assert!(words("   ").is_empty());
    }

    #[test]
    fn only_a_longer_query_narrows() {
        let narrows = |old: &str, new: &str| Query::new(new).narrows(&Query::new(old).words);
        assert!(narrows("hua", "huad"));
        assert!(narrows("hua", "hua d"));
        assert!(narrows("hua d", "hua dz"));
        assert!(!narrows("hua", "hu"));
        assert!(!narrows("hua", "h ua"));
        assert!(!narrows("hu d", "hua d"));
        assert!(!narrows("", "h"));
        assert!(!narrows("(", "(上"));
    }

    #[test]
    fn a_very_long_query_is_cut() {
        assert_eq!(Query::new(&"啊".repeat(1_000)).words, [vec!['啊'; LONGEST]]);
        assert_eq!(Query::new(&"a ".repeat(1_000)).words.len(), WORDS);
    }
}
