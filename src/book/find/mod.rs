//! Finding a customer by characters, pinyin, digits or a near miss.
//!
//! Every text is folded (case, width, accents), its characters are numbered, and the numbers are
//! packed in blocks of 1,024 customers. A query is compiled to rows of bits; where it may begin
//! is looked for in all texts of a block at once, and from there it is run along them. Only when
//! that finds fewer than 20 are spelling errors forgiven, and only when that too finds few are
//! gaps allowed, scored by fuzzy-matcher.
mod alphabet;
mod block;
mod compiled;
mod entry;
mod exact;
mod gaps;
mod highlight;
mod legal;
mod near;
mod order;
mod pattern;
mod query;
mod rank;
mod reading;
mod search;
mod spots;
#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)]
mod tests;

pub use entry::{Entry, Field, Hit, Hits, Listed, Previous};
pub use highlight::highlight;
pub use order::{initials, sort_key};

/// A character as it is compared: lower case, half width, without accents.
pub fn folded(c: char) -> char {
    alphabet::fold(c)
}

/// A company's name as it is compared without its legal form: `华东重工有限公司` and `华东重工` are one.
pub fn core_name(name: &str) -> String {
    let letters: Vec<char> = name.trim().chars().map(folded).collect();
    let core = letters.iter().take(legal::core_length(&letters));
    core.filter(|c| c.is_alphanumeric()).collect()
}

use alphabet::Alphabet;
use block::{BLOCK, Block, Packer};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An index of every customer's texts.
///
/// A clone shares all blocks; changing one of two clones copies only the block changed
/// (some 130 KB), so a snapshot can be searched in one thread while another writes.
#[derive(Clone, Debug)]
pub struct Finder {
    alphabet: Arc<Alphabet>,
    blocks: BTreeMap<u32, Arc<Block>>,
    /// Counts changes, so that survivors of an older state are not trusted.
    revision: u64,
}

impl Default for Finder {
    fn default() -> Finder {
        Finder { alphabet: Arc::new(Alphabet::new()), blocks: BTreeMap::new(), revision: 1 }
    }
}

impl Finder {
    /// Packs every entry under its slot; fastest when slots come in order. About 2 µs an
    /// entry. Slots should be dense: each run of 1,024 in use costs a block.
    pub fn build<'a>(entries: impl IntoIterator<Item = (u32, Entry<'a>)>) -> Finder {
        let mut building = Building::default();
        for (slot, entry) in entries {
            building.add(slot, &entry);
        }
        building.done()
    }

    /// Puts an entry in a slot, in place of what was there. About 20 µs, and a copy of
    /// the block if a clone still shares it.
    pub fn replace(&mut self, slot: u32, entry: &Entry<'_>) {
        let (key, at) = split(slot);
        let mut packer = Packer::default();
        packer.pack(entry, &mut self.alphabet);
        self.block(key).put(at, &packer);
        self.revision += 1;
    }

    /// Empties a slot.
    pub fn remove(&mut self, slot: u32) {
        let (key, at) = split(slot);
        if self.blocks.get(&key).is_some_and(|block| at < block.len()) {
            self.block(key).put(at, &Packer::default());
            self.revision += 1;
        }
    }

    /// Customers in the index; walks all of them.
    pub fn count(&self) -> usize {
        self.blocks.values().map(|block| block.count()).sum()
    }

    /// Bytes the packed texts hold.
    pub fn bytes(&self) -> usize {
        self.blocks.values().map(|block| block.bytes()).sum()
    }

    fn block(&mut self, key: u32) -> &mut Block {
        let block = self.blocks.entry(key).or_insert_with(|| Arc::new(Block::new()));
        Arc::make_mut(block)
    }
}

/// A finder that is being built of one entry after another: see [`Finder::build`].
#[derive(Default)]
pub struct Building {
    finder: Finder,
    packer: Packer,
    open: Option<u32>,
}

impl Building {
    /// Packs an entry under its slot.
    pub fn add(&mut self, slot: u32, entry: &Entry<'_>) {
        let (key, at) = split(slot);
        if self.open != Some(key) {
            self.shrink();
            self.open = Some(key);
        }
        self.packer.pack(entry, &mut self.finder.alphabet);
        self.finder.block(key).put(at, &self.packer);
    }

    /// The finder.
    pub fn done(mut self) -> Finder {
        self.shrink();
        self.finder
    }

    fn shrink(&mut self) {
        let block = self.open.and_then(|key| self.finder.blocks.get_mut(&key));
        block.into_iter().for_each(|block| Arc::make_mut(block).shrink());
    }
}

/// The block of a slot and its place there.
fn split(slot: u32) -> (u32, usize) {
    (slot / BLOCK as u32, slot as usize % BLOCK)
}

fn slot_of(block: u32, at: usize) -> u32 {
    block * BLOCK as u32 + at as u32
}
