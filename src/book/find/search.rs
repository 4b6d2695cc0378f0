//! A search from the query to the hits, best first.
use super::Finder;
use super::block::{BLOCK, Block, Packed, field_end};
use super::entry::{Field, Hit, Hits, Previous};
use super::gaps;
use super::highlight::used_in;
use super::near::{Erring, Near, may_err};
use super::pattern::Pattern;
use super::query::Query;
use super::rank::{Found, Lane, best, fineness, is_found, most};
use super::split;
use fuzzy_matcher::skim::SkimMatcherV2;
use std::cmp::Reverse;
use std::ops::Range;

/// Hits ordered finely and with their characters marked.
const FINE: usize = 512;
/// With fewer hits than this, errors are forgiven.
const FEW: usize = 20;
/// Errors are looked for until so many are found.
const SCORED: usize = 1_000;
/// With more customers than this to look at, two threads look.
const MANY: usize = 8_192;
/// What a class is worth in a score.
const CLASS: u32 = 256;
/// Classes there are.
const CLASSES: usize = 16;
/// From here on a score is that of a match without an error; a class has four quarters.
const SOUND: u32 = 4 * CLASS;
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

/// A customer that matches, roughly ranked.
#[derive(Clone, Copy)]
struct Rough {
    class: u32,
    weight: u32,
    slot: u32,
}

impl Rough {
    fn key(&self) -> (Reverse<u32>, Reverse<u32>, u32) {
        (Reverse(self.class), Reverse(self.weight), self.slot)
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

/// A query compiled: each of its words, and all of them written together.
struct Search<'a> {
    words: Vec<Pattern<'a>>,
    joined: Option<Pattern<'a>>,
}

impl Finder {
    /// The customers a query finds, the best `limit` of them in order: by how they match,
    /// then by weight, then by how early and in how short a text, then by slot.
    ///
    /// `previous` is what the last keystroke answered; it is used when it helps. At
    /// 100,000 customers a first letter takes a few milliseconds and later ones less.
    pub fn search(&self, query: &str, limit: usize, previous: Option<&Previous>) -> Hits {
        let query = Query::new(query);
        if query.words.is_empty() {
            return Hits { blank: true, ..Hits::default() };
        }
        let joined = query.joined();
        let mut words: Vec<&Vec<char>> = query.words.iter().collect();
        words.sort_by_key(|word| Reverse(word.len()));
        let search = Search {
            words: words.into_iter().map(|w| Pattern::new(w, &self.alphabet)).collect(),
            joined: joined.as_deref().map(|w| Pattern::new(w, &self.alphabet)),
        };
        let survivors = previous.filter(|p| p.revision == self.revision && query.narrows(&p.words));
        let (slots, rough) = self.exact(&search, survivors, limit.max(FINE));
        let mut total = slots.len();
        let mut hits = self.fine(&search, rough, limit);
        if total < FEW {
            let mut more = self.errors(&search, &slots);
            if total + more.len() < FEW {
                self.gapped(&search, &slots, &mut more);
            }
            total += more.len();
            more.sort_unstable_by_key(Ranked::key);
            hits.extend(more.into_iter().map(|r| r.hit));
            hits.truncate(limit);
        }
        let previous = Previous { revision: self.revision, words: query.words, slots };
        Hits { hits, total, blank: false, previous }
    }

    /// Everyone who matches without an error, in the order of slots; and among them whoever may be of the best `limit`.
    fn exact(&self, search: &Search<'_>, survivors: Option<&Previous>, limit: usize) -> (Vec<u32>, Vec<Rough>) {
        let blocks: Vec<(u32, &Block)> = self.blocks();
        let halves = match survivors {
            None => in_halves(&blocks, MANY / BLOCK, |part| {
                let mut exact = Exact::new(search, limit);
                for (key, block) in part {
                    (0..block.len()).for_each(|at| exact.look(block, key * BLOCK as u32 + at as u32, at));
                }
                exact
            }),
            Some(previous) => in_halves(&previous.slots, MANY, |part| {
                let mut exact = Exact::new(search, limit);
                for run in part.chunk_by(|a, b| split(*a).0 == split(*b).0) {
                    let key = run.first().map_or(0, |slot| split(*slot).0);
                    if let Some(block) = self.blocks.get(&key) {
                        run.iter().for_each(|slot| exact.look(block, *slot, split(*slot).1));
                    }
                }
                exact
            }),
        };
        let (mut slots, mut rough) = (Vec::new(), Vec::new());
        for half in halves {
            slots.extend(half.slots);
            rough.extend(half.rough.into_iter().filter(|r| r.class >= 4 * u32::from(half.bar.least)));
        }
        (slots, rough)
    }

    fn blocks(&self) -> Vec<(u32, &Block)> {
        self.blocks.iter().map(|(key, block)| (*key, block.as_ref())).collect()
    }

    /// What `look` makes of every customer, in the order of slots.
    fn all<T: Send>(&self, look: impl Fn(&Block, u32, usize) -> Option<T> + Sync) -> Vec<T> {
        let halves = in_halves(&self.blocks(), MANY / BLOCK, |part| {
            let places = part.iter().flat_map(|(key, block)| (0..block.len()).map(move |at| (*key, *block, at)));
            let found = places.filter_map(|(key, block, at)| look(block, key * BLOCK as u32 + at as u32, at));
            found.collect::<Vec<T>>()
        });
        halves.into_iter().flatten().collect()
    }

    /// Orders the best finely, the rest as they are, and keeps `limit`.
    fn fine(&self, search: &Search<'_>, mut rough: Vec<Rough>, limit: usize) -> Vec<Hit> {
        let rest = if rough.len() > FINE {
            rough.select_nth_unstable_by_key(FINE, Rough::key);
            rough.split_off(FINE)
        } else {
            Vec::new()
        };
        let mut ranked: Vec<Ranked> = rough.iter().filter_map(|r| self.rank(search, *r)).collect();
        ranked.sort_unstable_by_key(Ranked::key);
        ranked.truncate(limit);
        let mut hits: Vec<Hit> = ranked.into_iter().map(|r| r.hit).collect();
        for hit in &mut hits {
            self.mark(search, hit);
        }
        hits.extend(self.plainly(search, rest, limit.saturating_sub(hits.len())));
        hits
    }

    fn plainly(&self, search: &Search<'_>, mut rest: Vec<Rough>, limit: usize) -> Vec<Hit> {
        if limit < rest.len() {
            rest.select_nth_unstable_by_key(limit, Rough::key);
            rest.truncate(limit);
        }
        rest.sort_unstable_by_key(Rough::key);
        let ranked = rest.into_iter().filter_map(|r| self.rank(search, r));
        ranked.map(|r| r.hit).collect()
    }

    fn packed(&self, slot: u32) -> Option<Packed<'_>> {
        let (key, at) = split(slot);
        self.blocks.get(&key).map(|block| block.packed(at))
    }

    fn rank(&self, search: &Search<'_>, rough: Rough) -> Option<Ranked> {
        let packed = self.packed(rough.slot)?;
        let (class, found) = search.matches(packed)?;
        let (nth, length) = field_facts(packed, found);
        let score = class * CLASS + search.fineness(packed);
        let hit = Hit { slot: rough.slot, score, field: found.field, nth, ranges: Vec::new() };
        Some(Ranked { hit, weight: rough.weight, position: found.start - found.from, length })
    }

    /// Marks the characters matched in the field of a hit.
    fn mark(&self, search: &Search<'_>, hit: &mut Hit) {
        let Some(packed) = self.packed(hit.slot) else {
            return;
        };
        let Some((_, found)) = search.matches(packed) else {
            return;
        };
        let patterns = || search.words.iter().chain(&search.joined);
        hit.ranges = match found.lane {
            Lane::Words => used_in(patterns(), field_of(packed.words, found.from)),
            Lane::Plain => used_in(patterns(), field_of(packed.plain, found.from)),
            Lane::Phones => used_in(patterns(), field_of(packed.phones, found.from)),
        };
    }

    /// Everyone not in `known` who matches with one error in some word.
    fn errors(&self, search: &Search<'_>, known: &[u32]) -> Vec<Ranked> {
        if !search.all().any(|p| may_err(p.word)) {
            return Vec::new();
        }
        let erring = search.erring();
        let mut found = self.all(|block, slot, at| {
            let near = erring.find(block.packed(at))?;
            known.binary_search(&slot).is_err().then_some((slot, at, near))
        });
        found.truncate(SCORED);
        let rank = |(slot, at, near): (u32, usize, Near)| {
            let block = self.blocks.get(&split(slot).0)?;
            let score = CLASS * (2 + u32::from(near.is_prefix()));
            let ranges = std::iter::once(near.start - near.from..near.end - near.from).collect();
            let facts = (slot, block.weight(at));
            Some(ranked(block.packed(at), facts, (near.field, near.from), score, ranges))
        };
        found.into_iter().filter_map(rank).collect()
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
        let mut found = self.all(|block, slot, at| {
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
            let Some((score, ranges)) = gaps::score(&matcher, pattern, packed) else {
                continue;
            };
            let score = CLASS + score.min(CLASS - 1);
            more.push(ranked(packed, (slot, block.weight(at)), (Field::Name, 1), score, ranges));
        }
    }
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

/// Customers looked at one after another for those who match without an error.
struct Exact<'s, 'a> {
    search: &'s Search<'a>,
    slots: Vec<u32>,
    rough: Vec<Rough>,
    bar: Bar,
}

impl<'s, 'a> Exact<'s, 'a> {
    fn new(search: &'s Search<'a>, limit: usize) -> Exact<'s, 'a> {
        // Several words are each as good as they are: only of one word alone the lesser matches can be passed over.
        let limit = if search.single().is_some() { limit } else { usize::MAX };
        Exact { search, slots: Vec::new(), rough: Vec::new(), bar: Bar::new(limit) }
    }

    fn look(&mut self, block: &Block, slot: u32, at: usize) {
        let packed = block.packed(at);
        let least = self.bar.least;
        let class = match self.search.single() {
            Some(word) if most(word, packed) < least => None,
            Some(word) => best(word, packed, least).map(|found| 4 * u32::from(found.class)),
            None => self.search.matches(packed).map(|(class, _)| class),
        };
        if let Some(class) = class {
            self.rough.push(Rough { class, weight: block.weight(at), slot });
            self.bar.raise((class / 4) as usize);
            self.slots.push(slot);
        } else if self.search.single().is_some_and(|word| least > 0 && is_found(word, packed)) {
            self.slots.push(slot);
        }
    }
}

/// The least class that is still of interest: so many were found of it and of better ones that no lesser one comes among
/// the best.
struct Bar {
    limit: usize,
    least: u8,
    counts: [usize; CLASSES],
    /// How many were found of better classes than the least.
    above: usize,
}

impl Bar {
    fn new(limit: usize) -> Bar {
        Bar { limit, least: 0, counts: [0; CLASSES], above: 0 }
    }

    /// Notes that one more was found.
    fn raise(&mut self, class: usize) {
        if let Some(count) = self.counts.get_mut(class) {
            *count += 1;
        }
        self.above += usize::from(class > usize::from(self.least));
        while self.above >= self.limit {
            self.least += 1;
            self.above -= self.counts.get(usize::from(self.least)).copied().unwrap_or(0);
        }
    }
}

fn ranked(
    packed: Packed<'_>,
    (slot, weight): (u32, u32),
    (field, from): (Field, usize),
    score: u32,
    ranges: Vec<Range<usize>>,
) -> Ranked {
    let nth = nth(packed.words, from);
    let position = ranges.first().map_or(0, |r| r.start);
    let length = field_end(packed.words, from) - from;
    Ranked { hit: Hit { slot, score, field, nth, ranges }, weight, position, length }
}

impl<'a> Search<'a> {
    fn all(&self) -> impl Iterator<Item = &Pattern<'a>> {
        self.words.iter().chain(&self.joined)
    }

    /// The word, if there is only one.
    fn single(&self) -> Option<&Pattern<'a>> {
        match self.words.as_slice() {
            [word] if self.joined.is_none() => Some(word),
            _ => None,
        }
    }

    /// How well a customer matches, in quarters of a class, and its best single match.
    fn matches(&self, packed: Packed<'_>) -> Option<(u32, Found)> {
        let joined = self.joined.as_ref().and_then(|p| best(p, packed, 0));
        let joined = joined.map(|found| (4 * u32::from(found.class), found));
        let mut sum = 0;
        let mut top: Option<Found> = None;
        for pattern in &self.words {
            let Some(found) = best(pattern, packed, 0) else {
                return joined;
            };
            sum += u32::from(found.class);
            if top.is_none_or(|t| found.class > t.class) {
                top = Some(found);
            }
        }
        let apart = top.map(|found| (4 * sum / self.words.len() as u32, found));
        match (joined, apart) {
            (Some(joined), Some(apart)) if joined.0 < apart.0 => Some(apart),
            (joined, apart) => joined.or(apart),
        }
    }

    /// The least fineness of the words found.
    fn fineness(&self, packed: Packed<'_>) -> u32 {
        let found = self.words.iter().filter_map(|p| {
            let found = best(p, packed, 0)?;
            Some(fineness(p, packed, found))
        });
        found.min().unwrap_or(0)
    }

    fn erring(&self) -> SearchErring<'_, 'a> {
        SearchErring {
            words: self.words.iter().map(|p| (p, erring(p))).collect(),
            joined: self.joined.as_ref().and_then(erring),
        }
    }
}

fn erring<'p, 'a>(pattern: &'p Pattern<'a>) -> Option<Erring<'p, 'a>> {
    may_err(pattern.word).then(|| Erring::new(pattern))
}

/// A query compiled for errors.
struct SearchErring<'p, 'a> {
    words: Vec<(&'p Pattern<'a>, Option<Erring<'p, 'a>>)>,
    joined: Option<Erring<'p, 'a>>,
}

impl SearchErring<'_, '_> {
    /// Whether every word is found, some of them with one error; or all together are.
    fn find(&self, packed: Packed<'_>) -> Option<Near> {
        if let Some(found) = self.joined.as_ref().and_then(|e| e.find(packed)) {
            return Some(found);
        }
        let mut first = None;
        for (pattern, erring) in &self.words {
            if self.words.len() > 1 && is_found(pattern, packed) {
                continue;
            }
            let found = erring.as_ref()?.find(packed)?;
            first = first.or(Some(found));
        }
        first
    }
}

/// Which of several texts of its field a match is in, and how long that text is.
fn field_facts(packed: Packed<'_>, found: Found) -> (usize, usize) {
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

fn field_of<U: super::block::Unit>(units: &[U], from: usize) -> &[U] {
    units.get(from..field_end(units, from)).unwrap_or(&[])
}
