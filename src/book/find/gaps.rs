//! Letters in the right order with others left out between them, scored by fuzzy-matcher.
use super::alphabet::letter_bit;
use super::block::Packed;
use super::order::initials_of;
use super::pattern::Pattern;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// The letters of a word that must all be in a name, a bit each; nothing if the word is
/// no row of at least three letters.
pub(super) fn letters_needed(word: &[char]) -> Option<u32> {
    let fits = word.len() >= super::near::SHORTEST && word.iter().all(char::is_ascii_lowercase);
    fits.then(|| word.iter().fold(0, |bits, c| bits | letter_bit(*c as u8)))
}

/// Whether the word can be read off a name in order, initials only, with gaps.
pub(super) fn is_gapped(pattern: &Pattern<'_>, packed: Packed<'_>) -> bool {
    let mut left = pattern.word.iter();
    let mut next = left.next();
    for unit in name(packed) {
        let initials = pattern.alphabet().initials(usize::from(*unit));
        if next.is_some_and(|c| initials & letter_bit(*c as u8) != 0) {
            next = left.next();
        }
    }
    next.is_none()
}

/// How well the word fits the initials and Latin letters of the name, and the first
/// character it uses, if by the readings usually said it does.
pub(super) fn score(matcher: &SkimMatcherV2, pattern: &Pattern<'_>, packed: Packed<'_>) -> Option<(u32, usize)> {
    let alphabet = pattern.alphabet();
    let text: Vec<char> = name(packed).iter().map(|u| alphabet.char(usize::from(*u))).collect();
    let word: String = pattern.word.iter().collect();
    let (score, used) = matcher.fuzzy_indices(&initials_of(&text), &word)?;
    Some((u32::try_from(score).unwrap_or(0), used.first().copied().unwrap_or(0)))
}

fn name(packed: Packed<'_>) -> &[u16] {
    let end = super::block::field_end(packed.words, 1);
    packed.words.get(1..end).unwrap_or(&[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_are_looked_for_with_gaps() {
        let word = |text: &str| text.chars().collect::<Vec<char>>();
        assert_eq!(letters_needed(&word("cab")), Some(0b111));
        assert_eq!(letters_needed(&word("ca")), None);
        assert_eq!(letters_needed(&word("ca1")), None);
        assert_eq!(letters_needed(&word("ca华")), None);
    }
}
