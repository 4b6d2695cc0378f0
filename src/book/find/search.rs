//! A search from the query to the hits, best first.
use super::Finder;
use super::alphabet::{Kind, kind_of};
use super::block::{BLOCK, Block, Packed, field_end};
use super::compiled::Search;
use super::entry::{Field, Hit, Hits, Listed, Previous};
use super::exact::{Exact, Part, Rough};
use super::gaps;
use super::near::{Near, may_err};
use super::pattern::Pattern;
use super::query::{LONGEST, Query};
use super::rank::{Found, Lane};
use super::reading::spoken;
use super::{slot_of, split};
use fuzzy_matcher::skim::SkimMatcherV2;
use std::cmp::Reverse;
use std::sync::Arc;

/// Hits ordered finely.
const FINE: usize = 512;
/// With fewer hits than this, errors are forgiven.
const FEW: usize = 20;
/// Names with errors that are weighed against each other, at most.
const SCORED: usize = 1_000;
/// With more customers than this to look at, two threads look.
const MANY: usize = 8_192;
/// What a class is worth in a score.
const CLASS: u32 = 256;
/// From here on a score is that of a match without an error; a class has four quarters.
const SOUND: u32 = 4 * CLASS;
/// What a match by its sound alone scores: as much as one with an error.
const SOUNDING: u32 = 2 * CLASS;
/// So many Chinese characters are looked for by their sound when nobody is written with them.
const SAID_ALIKE: usize = 2;
/// From here on initials are those of a whole name or its beginning, and not of some characters in its midst.
const BEGINS: u32 = 11 * 4 * CLASS;

impl Hit {
    /// Whether whoever typed the query may well mean this customer: what was typed stands there, or a name begins with these
    /// initials. Otherwise the customer only resembles it.
    pub const fn is_meant(&self) -> bool {
        let spelled = self.score % CLASS >= 2;
        self.score >= BEGINS || (spelled && self.score >= SOUND)
    }
}

/// A hit with what orders it among its equals.
struct Ranked {
    hit: Hit,
    weight: u32,
    position: usize,
    length: usize,
}

impl Ranked {
    fn key(&self) -> (Reverse<u32>, Reverse<u32>, usize, usize, u32) {
        (Reverse(self.hit.score), Reverse(self.weight), self.position, self.length, self.hit.slot)
    }
}

impl Previous {
    /// Everyone whom the last keystroke left with an error or without: whoever matches a longer word with an error is among
    /// them. Nothing where errors were not looked for in the word that is longer now.
    fn with_an_error(&self) -> Option<Vec<u32>> {
        let erring = self.erring.as_ref().filter(|_| self.words.last().is_some_and(|word| may_err(word)))?;
        let mut all: Vec<u32> = self.slots.iter().chain(erring.iter()).copied().collect();
        all.sort_unstable();
        Some(all)
    }
}

/// What was typed, cut into words, and all of them written together.
struct Asked {
    query: Query,
    joined: Option<Vec<char>>,
}

impl Asked {
    fn new(text: &str) -> Asked {
        let query = Query::new(text);
        Asked { joined: query.joined(), query }
    }

    /// The same by its sound, where several Chinese characters were typed: they may be others that are said alike.
    fn by_sound(&self) -> Option<Asked> {
        let is_chinese = |c: &&char| kind_of(**c) == Kind::Han;
        let chinese = self.query.words.iter().flatten().filter(is_chinese).count();
        (chinese >= SAID_ALIKE).then(|| {
            let query = Query { words: self.query.words.iter().map(|word| said(word)).collect() };
            Asked { joined: query.joined(), query }
        })
    }

    /// It compiled; nothing where nothing is asked.
    fn search<'a>(&'a self, finder: &'a Finder) -> Option<Search<'a>> {
        let mut words: Vec<&Vec<char>> = self.query.words.iter().collect();
        words.sort_by_key(|word| Reverse(word.len()));
        let pattern = |word: &'a Vec<char>| Pattern::new(word, &finder.alphabet);
        let words: Vec<Pattern<'a>> = words.into_iter().map(pattern).collect();
        (!words.is_empty()).then(|| Search { words, joined: self.joined.as_ref().map(pattern) })
    }
}

/// Who was found, the best finely ordered.
struct Answer {
    best: Vec<Ranked>,
    rest: Vec<Rough>,
    total: usize,
    previous: Previous,
}

impl Finder {
    /// The customers a query finds, the best `limit` of them in order: by how they match,
    /// then by weight, then by how early and in how short a text, then by slot.
    ///
    /// `previous` is what the last keystroke answered; it is used when it helps. At
    /// 100,000 customers a first letter takes a few milliseconds and later ones less.
    pub fn search(&self, query: &str, limit: usize, previous: Option<&Previous>) -> Hits {
        let asked = Asked::new(query);
        let Some(search) = asked.search(self) else {
            return Hits { blank: true, ..Hits::default() };
        };
        let answer = self.answer(&search, &asked, limit, previous);
        let rest = answer.rest.into_iter().filter_map(|rough| self.rank(&search, rough));
        let hits = answer.best.into_iter().chain(rest).map(|ranked| ranked.hit).collect();
        Hits { hits, total: answer.total, blank: false, previous: answer.previous }
    }

    /// The same customers in the same order, when nobody asks how each of them matches: a good deal faster.
    pub fn list(&self, query: &str, limit: usize, previous: Option<&Previous>) -> Listed {
        let asked = Asked::new(query);
        let Some(search) = asked.search(self) else {
            return Listed::default();
        };
        let answer = self.answer(&search, &asked, limit, previous);
        let best = answer.best.iter().map(|ranked| ranked.hit.slot);
        let slots = best.chain(answer.rest.iter().map(|rough| rough.slot)).collect();
        Listed { slots, total: answer.total, previous: answer.previous }
    }

    fn answer(&self, search: &Search<'_>, asked: &Asked, limit: usize, previous: Option<&Previous>) -> Answer {
        let survivors = previous.filter(|p| p.revision == self.revision && asked.query.narrows(&p.words));
        let (slots, rough) = self.exact(search, survivors, limit.max(FINE));
        let mut total = slots.len();
        let (mut best, rest) = self.fine(search, rough, limit);
        let mut erring = None;
        if total < FEW {
            let (mut more, erred) = self.errors(search, &slots, survivors);
            if total + more.len() < FEW {
                self.gapped(search, &slots, &mut more);
            }
            total += more.len();
            more.sort_unstable_by_key(Ranked::key);
            best.extend(more);
            best.truncate(limit);
            erring = erred.map(Arc::new);
        }
        if total == 0
            && let Some(sound) = asked.by_sound()
        {
            (best, total) = self.sounding(&sound, limit);
        }
        let words = asked.query.words.clone();
        let previous = Previous { revision: self.revision, words, slots: Arc::new(slots), erring };
        Answer { best, rest, total, previous }
    }

    /// Everyone who matches without an error, in the order of slots; and among them whoever may be of the best `limit`.
    fn exact(&self, search: &Search<'_>, survivors: Option<&Previous>, limit: usize) -> (Vec<u32>, Vec<Rough>) {
        let halves = match survivors {
            None => in_halves(&self.blocks(), MANY / BLOCK, |blocks| {
                let mut exact = Exact::new(search, limit);
                exact.look(blocks.iter().map(|(key, block)| Part { key: *key, block, customers: 0..block.len() }));
                exact
            }),
            Some(previous) => in_halves(&previous.slots, MANY, |slots| {
                let mut exact = Exact::new(search, limit);
                exact.look(self.runs(slots).map(|(key, block, run)| {
                    let customers = run.iter().map(|slot| split(*slot).1);
                    Part { key, block, customers }
                }));
                exact
            }),
        };
        let (mut slots, mut rough) = (Vec::new(), Vec::new());
        for half in halves {
            rough.extend(half.best());
            slots.extend(half.slots);
        }
        (slots, rough)
    }

    fn blocks(&self) -> Vec<(u32, &Block)> {
        self.blocks.iter().map(|(key, block)| (*key, block.as_ref())).collect()
    }

    /// Slots in order, those of each block together.
    fn runs<'s>(&'s self, slots: &'s [u32]) -> impl Iterator<Item = (u32, &'s Block, &'s [u32])> + Clone {
        slots.chunk_by(|a, b| split(*a).0 == split(*b).0).filter_map(|run| {
            let (key, _) = split(*run.first()?);
            Some((key, self.blocks.get(&key)?.as_ref(), run))
        })
    }

    /// What `look` makes of every customer, or of those `among` whom it is to look, in the order of slots.
    fn all<T: Send>(&self, among: Option<&[u32]>, look: impl Fn(&Block, u32, usize) -> Option<T> + Sync) -> Vec<T> {
        let halves = match among {
            None => in_halves(&self.blocks(), MANY / BLOCK, |part| {
                let places = part.iter().flat_map(|(key, block)| (0..block.len()).map(move |at| (*key, *block, at)));
                let found = places.filter_map(|(key, block, at)| look(block, slot_of(key, at), at));
                found.collect::<Vec<T>>()
            }),
            Some(slots) => in_halves(slots, MANY, |part| {
                let slots = self.runs(part).flat_map(|(_, block, run)| run.iter().map(move |slot| (block, *slot)));
                slots.filter_map(|(block, slot)| look(block, slot, split(slot).1)).collect()
            }),
        };
        halves.into_iter().flatten().collect()
    }

    /// Orders the best finely, the rest as they are, and keeps `limit`.
    fn fine(&self, search: &Search<'_>, mut rough: Vec<Rough>, limit: usize) -> (Vec<Ranked>, Vec<Rough>) {
        let mut rest = Vec::new();
        if rough.len() > FINE {
            rough.select_nth_unstable_by_key(FINE, Rough::key);
            rest = rough.split_off(FINE);
        }
        let mut best: Vec<Ranked> = rough.iter().filter_map(|r| self.rank(search, *r)).collect();
        best.sort_unstable_by_key(Ranked::key);
        best.truncate(limit);
        let limit = limit.saturating_sub(best.len());
        if limit < rest.len() {
            rest.select_nth_unstable_by_key(limit, Rough::key);
            rest.truncate(limit);
        }
        rest.sort_unstable_by_key(Rough::key);
        (best, rest)
    }

    /// The best of those whose names sound like what was typed, and how many they are.
    fn sounding(&self, sound: &Asked, limit: usize) -> (Vec<Ranked>, usize) {
        let Some(search) = sound.search(self) else { return (Vec::new(), 0) };
        let (slots, rough) = self.exact(&search, None, limit.max(FINE));
        let (mut best, _) = self.fine(&search, rough, limit);
        best.iter_mut().for_each(|ranked| ranked.hit.score = SOUNDING);
        (best, slots.len())
    }

    fn packed(&self, slot: u32) -> Option<Packed<'_>> {
        let (key, at) = split(slot);
        self.blocks.get(&key).map(|block| block.packed(at))
    }

    fn rank(&self, search: &Search<'_>, rough: Rough) -> Option<Ranked> {
        let packed = self.packed(rough.slot)?;
        let packed = &packed;
        let spots = search.spots(packed);
        let seen = |word: usize| spots.get(word).map(|spots| spots.of(packed, &packed.places()));
        let (class, found) = search.matches(packed, &seen)?;
        let (nth, length) = field_facts(packed, found);
        let score = class * CLASS + search.fineness(packed, found, &seen);
        let hit = Hit { slot: rough.slot, score, field: found.field, nth };
        Some(Ranked { hit, weight: rough.weight, position: found.start - found.from, length })
    }

    /// Everyone not in `known` who matches with one error in some word; and all of them, where errors were looked for.
    fn errors(
        &self,
        search: &Search<'_>,
        known: &[u32],
        survivors: Option<&Previous>,
    ) -> (Vec<Ranked>, Option<Vec<u32>>) {
        if !search.all().any(|p| may_err(p.word)) {
            return (Vec::new(), None);
        }
        let erring = search.erring();
        let among = survivors.and_then(Previous::with_an_error);
        let mut found = self.all(among.as_deref(), |block, slot, at| {
            let near = erring.find(&block.packed(at))?;
            known.binary_search(&slot).is_err().then_some((slot, at, near))
        });
        let all = found.iter().map(|(slot, ..)| *slot).collect();
        found.truncate(SCORED);
        let rank = |(slot, at, near): (u32, usize, Near)| {
            let block = self.blocks.get(&split(slot).0)?;
            let score = CLASS * (2 + u32::from(near.is_prefix()));
            let place = (near.field, near.from, near.start - near.from);
            Some(ranked(&block.packed(at), (slot, block.weight(at)), place, score))
        };
        (found.into_iter().filter_map(rank).collect(), Some(all))
    }

    /// Adds everyone else whose name holds the letters in order with gaps between.
    fn gapped(&self, search: &Search<'_>, known: &[u32], more: &mut Vec<Ranked>) {
        let [pattern] = search.words.as_slice() else {
            return;
        };
        let Some(needed) = gaps::letters_needed(pattern.word) else {
            return;
        };
        let matcher = SkimMatcherV2::default();
        let erred: Vec<u32> = more.iter().map(|r| r.hit.slot).collect();
        let mut found = self.all(None, |block, slot, at| {
            let fits = block.letters(at) & needed == needed && gaps::is_gapped(pattern, block.packed(at));
            (fits && !known.contains(&slot) && !erred.contains(&slot)).then_some(slot)
        });
        found.truncate(SCORED);
        for slot in found {
            let (key, at) = split(slot);
            let Some(block) = self.blocks.get(&key) else {
                continue;
            };
            let packed = block.packed(at);
            let Some((score, position)) = gaps::score(&matcher, pattern, packed) else {
                continue;
            };
            let score = CLASS + score.min(CLASS - 1);
            more.push(ranked(&packed, (slot, block.weight(at)), (Field::Name, 1, position), score));
        }
    }
}

/// A word as it is said, in letters without tones.
fn said(word: &[char]) -> Vec<char> {
    let letters = spoken(word).into_iter().zip(word).flat_map(|(reading, c)| match reading {
        Some(reading) => reading.replace('ü', "v").chars().filter(char::is_ascii_lowercase).collect(),
        None => vec![*c],
    });
    letters.take(LONGEST).collect()
}

/// What `work` makes of both halves of a list, or of the whole; the halves are worked on at the same time if the list is
/// longer than `many`.
fn in_halves<I: Sync, T: Send>(list: &[I], many: usize, work: impl Fn(&[I]) -> T + Sync) -> Vec<T> {
    if list.len() < many {
        return vec![work(list)];
    }
    let (front, back) = list.split_at(list.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| work(back));
        let front = work(front);
        match other.join() {
            Ok(back) => vec![front, back],
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

fn ranked(
    packed: &Packed<'_>,
    (slot, weight): (u32, u32),
    (field, from, position): (Field, usize, usize),
    score: u32,
) -> Ranked {
    let nth = nth(packed.words, from);
    let length = field_end(packed.words, from) - from;
    Ranked { hit: Hit { slot, score, field, nth }, weight, position, length }
}

/// Which of several texts of its field a match is in, and how long that text is.
fn field_facts(packed: &Packed<'_>, found: Found) -> (usize, usize) {
    match found.lane {
        Lane::Words => (nth(packed.words, found.from), field_end(packed.words, found.from) - found.from),
        Lane::Plain => (nth(packed.plain, found.from), field_end(packed.plain, found.from) - found.from),
        Lane::Phones => (nth(packed.phones, found.from), field_end(packed.phones, found.from) - found.from),
    }
}

/// How many fields of the same kind begin before the one whose text begins at `from`.
fn nth<U: super::block::Unit>(units: &[U], from: usize) -> usize {
    let Some((mark, before)) = units.get(..from).and_then(|part| part.split_last()) else {
        return 0;
    };
    before.iter().filter(|u| u.id() == mark.id()).count()
}
