//! All rows in one file beside the book: the next opening reads them at once instead of one by one from the store.

use crate::book::Book;
use crate::book::portrait::row_of;
use crate::book::row::Row;
use crate::book::standards::Standards;
use crate::book::symbols::Symbols;
use crate::desk::opening::ROW_VERSION;
use crate::domain::change::Change;
use crate::domain::id::Id;
use crate::store::codec::derived;
use crate::store::{Store, sidecar_of};
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::Path;
use std::thread;

/// What the file is called.
const NAME: &str = "rows";
/// Customers from which it is worth while.
const WORTH_FROM: usize = 2_000;
/// Entries that may have come since it was written.
const MOST_SINCE: u64 = 100;
/// Changes of one entry that may.
const MOST_CHANGES: u64 = 100;
/// Blocks of rows in one piece of the file.
const PIECE: usize = 256;

/// Blocks of rows, as they are in the book.
type Blocks = Vec<Vec<Option<Row>>>;

/// Where the journal was when the file was written: the last entry's number and checksum.
struct Since {
    seq: u64,
    sum: u32,
}

/// Puts the rows away, if there are many and those put away before, at entry `kept`, are old. Nothing depends on it.
pub fn put_away(store: &Store, book: &Book, kept: Option<u64>) {
    let seq = store.settled();
    let is_new = kept.is_some_and(|kept| seq.saturating_sub(kept) < MOST_SINCE);
    if is_new || book.len() < WORTH_FROM || store.read_only().is_some() || seq + 1 != store.next_seq() {
        return;
    }
    let Some(sum) = store.sum_of(seq) else { return };
    let mut bytes = vec![ROW_VERSION];
    bytes.extend(seq.to_le_bytes());
    bytes.extend(sum.to_le_bytes());
    let words: Vec<&str> = book.symbols().words().collect();
    let blocks: Vec<&[Option<Row>]> = book.blocks().collect();
    let whole = put_piece(&words, &mut bytes)
        .and_then(|()| blocks.chunks(PIECE).try_for_each(|piece| put_piece(&piece, &mut bytes)));
    if whole.is_some() {
        // Without it the next opening is only slower.
        let _ = store.put_sidecar(NAME, &bytes);
    }
}

fn put_piece<T: Serialize>(piece: &T, into: &mut Vec<u8>) -> Option<()> {
    let bytes = derived::write(ROW_VERSION, piece)?;
    into.extend(u32::try_from(bytes.len()).ok()?.to_le_bytes());
    into.extend(bytes);
    Some(())
}

/// The rows as they were put away, not yet held against the journal.
pub struct Shelf {
    since: Since,
    book: Book,
}

impl Shelf {
    /// Takes down what was put away for the book in `folder`. It needs nothing else, so that it can be done while the book
    /// is being opened.
    pub fn of(folder: &Path) -> Option<Shelf> {
        sidecar_of(folder, NAME, |bytes| {
            let (since, mut rest) = head_of(bytes)?;
            let mut pieces = Vec::new();
            while !rest.is_empty() {
                let (length, after) = number_of(rest)?;
                let (piece, after) = after.split_at_checked(length as usize)?;
                pieces.push(piece);
                rest = after;
            }
            let (words, pieces) = pieces.split_first()?;
            let words: Vec<&str> = derived::read(ROW_VERSION, words)?;
            let (front, back) = pieces.split_at(pieces.len() / 2);
            let blocks = thread::scope(|scope| {
                let behind = thread::Builder::new().spawn_scoped(scope, || read_blocks(back)).ok()?;
                let mut blocks = read_blocks(front)?;
                blocks.extend(behind.join().ok()??);
                Some(blocks)
            })?;
            Some(Shelf { since, book: Book::of_blocks(Symbols::of_words(words), blocks) })
        })
    }

    /// The book, brought up to the journal's last entry, and the entry at which it was put away; `None` where that cannot
    /// be.
    pub fn book(self, store: &Store, standards: Standards) -> Option<(Book, u64)> {
        let Shelf { since, mut book } = self;
        let known = store.sum_of(since.seq) == Some(since.sum) && store.next_seq() - since.seq <= MOST_SINCE + 1;
        let old = if known { homes_since(store, since.seq)? } else { return None };
        book.set_standards(standards);
        for home in old.into_iter().filter(|home| *home != Id::BOOK) {
            let row = row_of(&store.dossier(home).ok()?, book.standards());
            // Who came or went since has a place in the store's own blocks that is not known here.
            if row.is_none() || book.slot_of(home).is_none() {
                return None;
            }
            book.put(home, row);
        }
        Some((book, since.seq))
    }
}

fn read_blocks(pieces: &[&[u8]]) -> Option<Blocks> {
    let mut blocks = Blocks::with_capacity(pieces.len() * PIECE);
    for piece in pieces {
        blocks.extend(derived::read::<Blocks>(ROW_VERSION, piece)?);
    }
    Some(blocks)
}

/// What was touched by the entries behind `seq`; `None` when that is much.
pub(super) fn homes_since(store: &Store, seq: u64) -> Option<BTreeSet<Id>> {
    let mut homes = BTreeSet::new();
    for seq in seq + 1..store.next_seq() {
        let head = store.head(seq).ok().filter(|head| head.count <= MOST_CHANGES)?;
        let parts = store.parts(&head).ok().filter(|parts| parts.len() == 1)?;
        for part in parts {
            let changes = store.changes_of_part(part).ok()?;
            homes.extend(changes.iter().flat_map(|change: &Change| [change.home(), change.home_after()]));
        }
    }
    Some(homes)
}

fn head_of(bytes: &[u8]) -> Option<(Since, &[u8])> {
    let (version, rest) = bytes.split_first()?;
    let (seq, rest) = rest.split_first_chunk::<8>()?;
    let (sum, rest) = number_of(rest).filter(|_| *version == ROW_VERSION)?;
    Some((Since { seq: u64::from_le_bytes(*seq), sum }, rest))
}

fn number_of(bytes: &[u8]) -> Option<(u32, &[u8])> {
    bytes.split_first_chunk::<4>().map(|(number, rest)| (u32::from_le_bytes(*number), rest))
}
