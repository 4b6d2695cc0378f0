//! Words looked for in all that was said with anyone, a stretch of customers at a time.

use crate::book::find::folded;
use crate::domain::follow_up::FollowUp;
use crate::domain::id::Id;
use crate::domain::time::Moment;
use crate::store::Reader;
use crate::store::dossier::Dossier;
use crate::store::error::StoreError;
use std::ops::Range;

/// Dossiers looked through in one stretch.
const STRETCH: usize = 4_000;
/// Most that is kept of what was found: the latest.
pub const MOST: usize = 1_000;

/// The words looked for, all of which must be there: case and width do not matter, and they need not be whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    words: Vec<Vec<char>>,
}

impl Wanted {
    /// The words typed, between spaces.
    pub fn of(query: &str) -> Wanted {
        let folded: String = query.chars().map(folded).collect();
        Wanted { words: folded.split_whitespace().map(|word| word.chars().collect()).collect() }
    }

    /// Whether nothing is looked for.
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether all that these words find the other words find, too.
    pub fn narrows(&self, other: &Wanted) -> bool {
        let found = |word: &Vec<char>| self.words.iter().any(|own| places_of(word, own).next().is_some());
        !other.is_empty() && other.words.iter().all(found)
    }

    /// Whether all words are in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().map(folded).collect();
        self.words.iter().all(|word| places_of(word, &text).next().is_some())
    }

    /// Where the words stand in `text`, in characters, in order and apart.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let text: Vec<char> = text.chars().map(folded).collect();
        let mut places: Vec<Range<usize>> =
            self.words.iter().flat_map(|word| places_of(word, &text).map(|at| at..at + word.len())).collect();
        places.sort_unstable_by_key(|place| (place.start, place.end));
        let mut apart: Vec<Range<usize>> = Vec::with_capacity(places.len());
        for place in places {
            match apart.last_mut() {
                Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
                _ => apart.push(place),
            }
        }
        apart
    }
}

/// Where `word` begins in `text`.
fn places_of<'a>(word: &'a [char], text: &'a [char]) -> impl Iterator<Item = usize> + 'a {
    let starts = text.windows(word.len().max(1)).enumerate();
    starts.filter(move |(_, part)| *part == word).map(|(at, _)| at)
}

/// A follow-up in which all words are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// With whom.
    pub customer: Id,
    /// The follow-up.
    pub record: Id,
    /// When.
    pub at: Moment,
    /// How: a key of the list of ways.
    pub way: String,
    /// What was said.
    pub text: String,
}

/// The follow-ups of one customer in which all words are.
pub fn hits_in(dossier: &Dossier, wanted: &Wanted) -> Vec<Hit> {
    let talks = dossier.follow_ups().into_iter().filter(|talk| wanted.is_in(&talk.text));
    let hit = |FollowUp { id, at, way, text, .. }| Hit { customer: dossier.home(), record: id, at, way, text };
    talks.map(hit).collect()
}

/// Puts hits in order, the latest first, and keeps the most there may be; gives whether some were dropped.
pub fn keep_latest(hits: &mut Vec<Hit>) -> bool {
    hits.sort_by_key(|hit| (std::cmp::Reverse(hit.at), hit.record));
    let more = hits.len() > MOST;
    hits.truncate(MOST);
    more
}

/// A stretch of customers to be looked through, beside everything else.
pub struct Stretch {
    /// What is read.
    pub reader: Reader,
    /// The words.
    pub wanted: Wanted,
    /// The customer to go on behind; from the first where none is named.
    pub after: Option<Id>,
}

/// What was found in a stretch.
pub struct Found {
    /// The last customer looked at; none when that was all.
    pub last: Option<Id>,
    /// How many customers were looked at.
    pub seen: usize,
    /// How many follow-ups were found.
    pub count: usize,
    /// The latest of them.
    pub hits: Vec<Hit>,
    /// Why not all could be read.
    pub trouble: Option<StoreError>,
}

impl Stretch {
    /// Looks through it. It writes nothing.
    pub fn run(self) -> Found {
        let Stretch { reader, wanted, after } = self;
        let from = after.unwrap_or(Id::BOOK);
        let mut found = Found { last: None, seen: 0, count: 0, hits: Vec::new(), trouble: None };
        let mut left = STRETCH;
        for dossier in reader.dossiers_from(from) {
            let dossier = match dossier {
                Ok(dossier) => dossier,
                Err(error) => {
                    found.trouble = Some(error);
                    return found;
                }
            };
            if Some(dossier.home()) == after {
                continue;
            }
            let hits = hits_in(&dossier, &wanted);
            found.count += hits.len();
            found.hits.extend(hits);
            found.seen += usize::from(dossier.has(dossier.home()));
            if found.hits.len() > 2 * MOST {
                keep_latest(&mut found.hits);
            }
            left -= 1;
            if left == 0 {
                found.last = Some(dossier.home());
                break;
            }
        }
        keep_latest(&mut found.hits);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::Wanted;

    #[test]
    fn words_are_found_whatever_their_case_and_width() {
        let wanted = Wanted::of("ＦＯＢ 报价");
        assert!(wanted.is_in("客户要 fob 上海的报价单"));
        assert!(!wanted.is_in("客户要 fob 上海"));
        assert_eq!(wanted.places("按Fob报价，再报价"), vec![1..6, 8..10]);
    }

    #[test]
    fn typing_on_narrows_and_rubbing_out_does_not() {
        let narrows = |new: &str, old: &str| Wanted::of(new).narrows(&Wanted::of(old));
        assert!(narrows("报价单", "报价"));
        assert!(narrows("报价 合同", "报价"));
        assert!(narrows("b a", "a"));
        assert!(!narrows("报", "报价"));
        assert!(!narrows("合同", "报价"));
        assert!(!narrows("报价", ""));
    }

    #[test]
    fn nothing_looked_for_stands_nowhere() {
        assert!(Wanted::of(" 　 ").is_empty());
        assert_eq!(Wanted::of("").places("x"), Vec::new());
        assert_eq!(Wanted::of("长长长").places("短"), Vec::new());
    }
}
