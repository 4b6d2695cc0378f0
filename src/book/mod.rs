//! What of a book is held in memory: one row a customer, the standard lists, and the people.

pub mod arrangement;
mod banding;
pub mod beyond;
pub mod cell;
pub mod columns;
pub mod command;
pub mod deals;
pub mod facts;
pub mod filtering;
pub mod find;
pub mod grouping;
pub mod handover;
pub mod last_words;
pub mod listing;
pub mod logging;
mod name_index;
pub mod naming;
pub mod offering;
mod packed;
pub mod past;
mod places;
pub mod planned;
pub mod planning;
pub mod portrait;
pub mod products;
pub mod reach;
pub mod row;
pub mod row_layout;
mod row_pieces;
pub mod sizes;
pub mod sorting;
pub mod staging;
pub mod standards;
pub mod standings;
pub mod symbols;
pub mod tier_moves;
pub mod tier_words;
pub mod tiers;
pub mod values;

use crate::book::beyond::Beyond;
use crate::book::name_index::NameIndex;
use crate::book::places::Places;
pub use crate::book::places::Slot;
use crate::book::reach::Left;
use crate::book::row::{Row, StoredRow};
use crate::book::standards::Standards;
use crate::book::standings::Tiers;
use crate::book::symbols::{Symbol, Symbols};
use crate::domain::id::Id;
use crate::domain::tiers::{TierMoves, TierRun};
use crate::domain::time::Moment;
use crate::parse::when::Clock;
use crate::store::dossier::Dossier;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, OnceLock};

/// Rows that are kept, shared and stored together.
///
/// A value of the store is best kept under 4 KB, so few rows share one, and a long row is left out: see [`row::LONG_ROW`].
pub const ROWS_PER_BLOCK: usize = 6;

/// Customers from which two threads read faster than one.
const WORTH_SHARING: usize = 10_000;

type Block = Vec<Option<Row>>;

/// Blocks of rows that were put away.
pub struct Blocks(Vec<Arc<Block>>);

/// A book of customers in memory. A clone is a snapshot: it shares its blocks with the book until they are changed.
#[derive(Clone, Debug, Default)]
pub struct Book {
    blocks: Vec<Arc<Block>>,
    places: Arc<Places>,
    free: Vec<Slot>,
    symbols: Arc<Symbols>,
    standards: Arc<Standards>,
    tiers: Arc<Tiers>,
    revision: u64,
    /// The tags in use, once they are asked for.
    tags: OnceLock<Arc<[String]>>,
    /// The customers by their names, once one is asked for; snapshots share it.
    names: Arc<OnceLock<NameIndex>>,
    /// What rows do not hold, once it was asked for.
    beyond: OnceLock<Arc<Beyond>>,
    /// Rows changed, each with the revision that changed it; the oldest are forgotten.
    changed: VecDeque<(u64, Slot)>,
    /// Homes written to, customers' or not, each with the revision; the oldest are forgotten.
    touched: VecDeque<(u64, Id)>,
}

/// Changed rows that are remembered.
const REMEMBERED: usize = 4096;

impl Book {
    /// A book without customers.
    pub fn new(standards: Standards) -> Book {
        Book { standards: Arc::new(standards), ..Book::default() }
    }

    /// Takes in a block as it was stored; when all are in, say so by [`Book::all_read`]. Gives the customers whose rows
    /// are long, and are now to be put from their dossiers.
    pub fn read_block(&mut self, number: u32, stored: &[Option<StoredRow<'_>>]) -> Vec<Id> {
        self.tags = OnceLock::new();
        self.names = Arc::default();
        let long = stored.iter().flatten().filter(|row| row.is_long).map(|row| row.id).collect();
        let place = number as usize;
        if self.blocks.len() <= place {
            self.blocks.resize_with(place + 1, Arc::default);
        }
        let symbols = Arc::make_mut(&mut self.symbols);
        let rows = Row::of_block(stored, symbols);
        let places = Arc::make_mut(&mut self.places);
        for (offset, row) in rows.iter().enumerate() {
            if let Some(row) = row {
                places.insert(row.id, (place * ROWS_PER_BLOCK + offset) as Slot);
            }
        }
        if let Some(block) = self.blocks.get_mut(place) {
            *block = Arc::new(rows);
        }
        long
    }

    /// All stored blocks were read: what is left between them is free.
    pub fn all_read(&mut self) {
        self.free = self.gaps();
    }

    fn gaps(&self) -> Vec<Slot> {
        let whole = |(place, block): (usize, &Arc<Block>)| {
            let slots = (0..ROWS_PER_BLOCK).filter(|offset| block.get(*offset).is_none_or(Option::is_none));
            slots.map(|offset| (place * ROWS_PER_BLOCK + offset) as Slot).collect::<Vec<_>>()
        };
        let mut gaps: Vec<Slot> = self.blocks.iter().enumerate().flat_map(whole).collect();
        gaps.reverse();
        gaps
    }

    /// How many customers there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is no customer.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Counts the changes, so that what was derived from the book can tell that it is old.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// The lists, stages, people and products.
    pub fn standards(&self) -> &Standards {
        &self.standards
    }

    /// The words of rows.
    pub fn symbols(&self) -> &Symbols {
        &self.symbols
    }

    /// The tags in use, the commonest first; counted once until a row changes.
    pub fn tags(&self) -> &[String] {
        self.tags.get_or_init(|| self.count_tags().into())
    }

    fn count_tags(&self) -> Vec<String> {
        let mut counts: HashMap<Symbol, usize> = HashMap::new();
        for (_, row) in self.rows() {
            for tag in row.tags() {
                *counts.entry(tag).or_default() += 1;
            }
        }
        let mut tags: Vec<(Symbol, usize)> = counts.into_iter().collect();
        tags.sort_by_key(|(tag, count)| (std::cmp::Reverse(*count), *tag));
        tags.into_iter().map(|(tag, _)| self.symbols.word(tag).to_owned()).collect()
    }

    /// The row at a place.
    pub fn row(&self, slot: Slot) -> Option<&Row> {
        let slot = slot as usize;
        self.blocks.get(slot / ROWS_PER_BLOCK)?.get(slot % ROWS_PER_BLOCK)?.as_ref()
    }

    /// Where a customer's row is.
    pub fn slot_of(&self, customer: Id) -> Option<Slot> {
        self.places.get(&customer).copied()
    }

    /// A customer's row.
    pub fn row_of(&self, customer: Id) -> Option<&Row> {
        self.row(self.slot_of(customer)?)
    }

    /// Every row with its place.
    pub fn rows(&self) -> impl Iterator<Item = (Slot, &Row)> {
        rows_of(&self.blocks, 0)
    }

    /// What `of_row` makes of every row, in their order. Many rows are read by two hands: each lies somewhere else in
    /// memory, and most of the time goes by waiting.
    pub fn each<T: Send>(&self, of_row: impl Fn(Slot, &Row) -> Option<T> + Sync) -> Vec<T> {
        let of_row = |(slot, row): (Slot, &Row)| of_row(slot, row);
        if self.len() < WORTH_SHARING {
            return self.rows().filter_map(of_row).collect();
        }
        let middle = self.blocks.len() / 2;
        let (first, second) = self.blocks.split_at(middle);
        std::thread::scope(|scope| {
            let other = scope.spawn(|| rows_of(second, middle).filter_map(of_row).collect::<Vec<T>>());
            let mut all: Vec<T> = rows_of(first, 0).filter_map(of_row).collect();
            match other.join() {
                Ok(rest) => all.extend(rest),
                Err(said) => std::panic::resume_unwind(said),
            }
            all
        })
    }

    /// Puts a customer's row in its place (`None` takes it out) and gives the place, if there is or was one.
    pub fn put(&mut self, customer: Id, row: Option<StoredRow<'_>>) -> Option<Slot> {
        self.tags = OnceLock::new();
        self.revision += 1;
        if self.names.get().is_some_and(|names| names.is_old(self.revision)) {
            self.names = Arc::default();
        }
        self.remember_home(customer);
        let known = self.slot_of(customer);
        let slot = match (known, &row) {
            (Some(slot), _) => slot,
            (None, Some(_)) => self.free_slot(),
            (None, None) => return None,
        };
        let row = row.map(|row| Row::from_stored(&row, Arc::make_mut(&mut self.symbols)));
        match (known, &row) {
            (None, _) => {
                Arc::make_mut(&mut self.places).insert(customer, slot);
            }
            (Some(_), None) => {
                Arc::make_mut(&mut self.places).remove(&customer);
                self.free.push(slot);
            }
            (Some(_), Some(_)) => {}
        }
        let (place, offset) = (slot as usize / ROWS_PER_BLOCK, slot as usize % ROWS_PER_BLOCK);
        if let Some(block) = self.blocks.get_mut(place) {
            let block = Arc::make_mut(block);
            if block.len() <= offset {
                block.resize_with(offset + 1, || None);
            }
            if let Some(kept) = block.get_mut(offset) {
                *kept = row;
            }
        }
        self.remember(slot);
        Some(slot)
    }

    fn remember(&mut self, slot: Slot) {
        if self.changed.len() == REMEMBERED {
            self.changed.pop_front();
        }
        self.changed.push_back((self.revision, slot));
    }

    /// The rows changed after a revision; `None` when that is too long ago to tell.
    pub fn changed_since(&self, revision: u64) -> Option<Vec<Slot>> {
        let forgotten =
            self.changed.len() == REMEMBERED && self.changed.front().is_some_and(|(first, _)| *first > revision + 1);
        let later = self.changed.iter().filter(|(changed, _)| *changed > revision).map(|(_, slot)| *slot);
        (!forgotten).then(|| later.collect())
    }

    /// The same, where nothing but rows changed since: no list, no stage, nobody's tier.
    pub fn only_rows_changed_since(&self, revision: u64) -> Option<Vec<Slot>> {
        let changed = self.changed_since(revision)?;
        (changed.len() as u64 == self.revision.saturating_sub(revision)).then_some(changed)
    }

    fn remember_home(&mut self, home: Id) {
        if self.touched.len() == REMEMBERED {
            self.touched.pop_front();
        }
        self.touched.push_back((self.revision, home));
    }

    /// The homes written to after a revision, those of records without a customer too; `None` when that is too long ago
    /// to tell.
    pub fn homes_since(&self, revision: u64) -> Option<Vec<Id>> {
        let forgotten =
            self.touched.len() == REMEMBERED && self.touched.front().is_some_and(|(first, _)| *first > revision + 1);
        let later = self.touched.iter().filter(|(touched, _)| *touched > revision).map(|(_, home)| *home);
        (!forgotten).then(|| later.collect())
    }

    fn free_slot(&mut self) -> Slot {
        if self.free.is_empty() {
            let place = self.blocks.len();
            self.blocks.push(Arc::default());
            self.free.extend((0..ROWS_PER_BLOCK).rev().map(|offset| (place * ROWS_PER_BLOCK + offset) as Slot));
        }
        self.free.pop().unwrap_or_default()
    }

    /// The block a row belongs to.
    pub const fn block_of(slot: Slot) -> u32 {
        slot / ROWS_PER_BLOCK as u32
    }

    /// All rows as they are put away, so many blocks at once: two pieces that [`Book::take_down`] makes blocks of again, and
    /// one that is left where it was put. `None` for what cannot be had.
    pub fn put_away(&self, at_once: usize) -> impl Iterator<Item = Option<[Vec<u8>; 3]>> {
        self.blocks.chunks(at_once).map(|blocks| {
            let blocks: Vec<&[Option<Row>]> = blocks.iter().map(|block| block.as_slice()).collect();
            row_pieces::put_away(&blocks)
        })
    }

    /// Blocks that were put away; `None` where they are not what was.
    pub fn take_down(heads: &[u8], bodies: Vec<u8>, left: Left) -> Option<Blocks> {
        Some(Blocks(row_pieces::take_down(heads, bodies, left)?.into_iter().map(Arc::new).collect()))
    }

    /// The book of these rows, each in the place that it had, with the words of their symbols.
    pub fn of_blocks(symbols: Symbols, blocks: Vec<Blocks>) -> Book {
        let blocks: Vec<Arc<Block>> = blocks.into_iter().flat_map(|Blocks(blocks)| blocks).collect();
        let mut places = Places::with_capacity_and_hasher(blocks.len() * ROWS_PER_BLOCK, Default::default());
        places.extend(rows_of(&blocks, 0).map(|(slot, row)| (row.id, slot)));
        let mut book = Book { blocks, places: Arc::new(places), symbols: Arc::new(symbols), ..Book::default() };
        book.all_read();
        book
    }

    /// The rows of a block as they are stored; `None` when nothing is left in it.
    pub fn stored_block(&self, number: u32) -> Option<Vec<Option<StoredRow<'_>>>> {
        let block = self.blocks.get(number as usize)?;
        let stored: Vec<_> = block.iter().map(|row| row.as_ref().map(|row| row.to_stored(&self.symbols))).collect();
        stored.iter().any(Option::is_some).then_some(stored)
    }

    /// Puts new lists, stages, people and products in the place of the old.
    pub fn set_standards(&mut self, standards: Standards) {
        self.revision += 1;
        self.standards = Arc::new(standards);
    }

    /// The tier and segment of every customer that was graded.
    pub fn tiers(&self) -> &Tiers {
        &self.tiers
    }

    /// Puts other tiers in the place of the old.
    pub fn set_tiers(&mut self, tiers: Tiers) {
        self.revision += 1;
        self.tiers = Arc::new(tiers);
    }

    /// Whether what rows do not hold was gathered.
    pub fn knows_beyond(&self) -> bool {
        self.beyond.get().is_some()
    }

    /// What was gathered of what rows do not hold.
    fn beyond(&self) -> Option<&Beyond> {
        self.beyond.get().map(AsRef::as_ref)
    }

    /// Takes what was gathered of the book as it is; what is there already stays, for it is kept up to date.
    pub fn know_beyond(&self, beyond: Arc<Beyond>) {
        let _ = self.beyond.set(beyond);
    }

    /// Takes a dossier that has changed, where anything was gathered.
    pub fn know_again(&mut self, dossier: &Dossier) {
        if let Some(beyond) = self.beyond.get_mut() {
            Arc::make_mut(beyond).take(dossier);
        }
    }

    /// The clock by which dates in words are read and said.
    pub fn clock(&self, now: Moment) -> Clock<'_> {
        Clock::of(now, Some(self.standards.calendar()))
    }

    /// Takes over the moves of a recalculation just applied.
    pub fn take_moves(&mut self, run: &TierRun, moves: &TierMoves) {
        self.revision += 1;
        Arc::make_mut(&mut self.tiers).take(run, moves);
    }
}

/// The rows of some blocks, the first of which is the book's at `from`.
fn rows_of(blocks: &[Arc<Block>], from: usize) -> impl Iterator<Item = (Slot, &Row)> {
    blocks.iter().enumerate().flat_map(move |(place, block)| {
        block.iter().enumerate().filter_map(move |(offset, row)| {
            row.as_ref().map(|row| (((from + place) * ROWS_PER_BLOCK + offset) as Slot, row))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{Book, WORTH_SHARING};
    use crate::book::row::StoredRow;
    use crate::book::standards::Standards;
    use crate::domain::id::Id;

    fn id(number: usize) -> Id {
        Id::from_bytes((number as u128 + 1).to_be_bytes())
    }

    fn row(number: usize) -> Option<StoredRow<'static>> {
        Some(StoredRow { id: id(number), ..StoredRow::default() })
    }

    #[test]
    fn two_hands_bring_the_rows_in_the_order_of_one() {
        let mut book = Book::new(Standards::shipped());
        for number in 0..WORTH_SHARING + 7 {
            book.put(id(number), row(number));
        }
        book.put(id(3), None);
        let one: Vec<_> = book.rows().filter(|(slot, _)| slot % 3 > 0).map(|(slot, row)| (slot, row.id)).collect();
        assert!(book.each(|slot, row| (slot % 3 > 0).then_some((slot, row.id))) == one);
    }

    #[test]
    fn new_lists_are_more_than_changed_rows() {
        let mut book = Book::new(Standards::shipped());
        let slot = book.put(id(1), row(1)).unwrap();
        let before = book.revision();
        book.put(id(1), row(1));
        assert_eq!(book.only_rows_changed_since(before), Some(vec![slot]));
        book.set_standards(Standards::shipped());
        book.put(id(1), row(1));
        assert_eq!(book.only_rows_changed_since(before), None);
        assert_eq!(book.only_rows_changed_since(book.revision()), Some(Vec::new()));
    }
}
