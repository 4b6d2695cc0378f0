//! All rows in one file beside the book: the next opening reads them at once instead of one by one from the store.

use crate::book::portrait::row_of;
use crate::book::reach::Left;
use crate::book::row_layout::fingerprint;
use crate::book::standards::Standards;
use crate::book::symbols::Symbols;
use crate::book::{Blocks, Book};
use crate::desk::rows::ROW_VERSION;
use crate::domain::change::Change;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::store::codec::derived;
use crate::store::{Pieces, Store};
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::thread;

/// What the file is called.
const NAME: &str = "rows";
/// The layout of the file; before the first that had a number stood the version of the rows at its place.
const LAYOUT: u8 = 102;
/// Customers from which it is worth while.
const WORTH_FROM: usize = 2_000;
/// Entries that may have come since it was written.
const MOST_SINCE: u64 = 100;
/// Changes of one entry that may.
const MOST_CHANGES: u64 = 100;
/// Blocks of rows in one piece of the file.
const PIECE: usize = 256;
/// Pieces for the same blocks: two that are read at once, and one that is left until it is asked for.
const BESIDE: usize = 3;

/// Where the journal was when the file was written: the last entry's number and checksum.
struct Since {
    seq: u64,
    sum: u32,
}

/// Puts the rows away, if there are many and those put away before, at entry `kept`, are old or would not be believed any more.
/// Nothing depends on it.
pub fn put_away(store: &Store, book: &Book, kept: Option<u64>) {
    let seq = store.settled();
    let lost = || book.rows().any(|(_, row)| row.is_spoiled());
    let serves =
        kept.is_some_and(|kept| seq.saturating_sub(kept) < MOST_SINCE && nobody_came_or_went(store, kept) && !lost());
    if serves || book.len() < WORTH_FROM || store.read_only().is_some() || seq + 1 != store.next_seq() {
        return;
    }
    let Some(sum) = store.sum_of(seq) else { return };
    let words: Vec<&str> = book.symbols().words().collect();
    let Some(words) = derived::write(LAYOUT, &(ROW_VERSION, fingerprint(), words)) else { return };
    let head = [&seq.to_le_bytes()[..], &sum.to_le_bytes(), &words].concat();
    let rows = book.put_away(PIECE).flat_map(|pieces| match pieces {
        Some(pieces) => pieces.map(Some),
        None => [const { None }; BESIDE],
    });
    // Without it the next opening is only slower; what cannot be put away anew was not read in this session either.
    if store.put_pieces(NAME, std::iter::once(Some(head)).chain(rows)).is_err() {
        let _ = store.remove_sidecar(NAME);
    }
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
        let pieces = Arc::new(Pieces::of(folder, NAME)?);
        let head = pieces.get(0)?;
        let (since, words) = since(&head)?;
        let (version, columns, words): (u8, u32, Vec<&str>) = derived::read(LAYOUT, words)?;
        let count =
            pieces.count().checked_sub(1).filter(|_| (version, columns) == (ROW_VERSION, fingerprint()))? / BESIDE;
        let (front, back) = (0..count / 2, count / 2..count);
        let blocks = thread::scope(|scope| {
            let pieces = &pieces;
            let behind = thread::Builder::new().spawn_scoped(scope, || read_blocks(pieces, back)).ok()?;
            let mut blocks = read_blocks(pieces, front)?;
            blocks.extend(behind.join().ok()??);
            Some(blocks)
        })?;
        Some(Shelf { since, book: Book::of_blocks(Symbols::of_words(words), blocks) })
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

/// Some ranges of blocks, by their numbers; the head stands before the pieces of the first.
fn read_blocks(pieces: &Arc<Pieces>, numbers: Range<usize>) -> Option<Vec<Blocks>> {
    let blocks =
        |first: usize| Book::take_down(&pieces.get(first)?, pieces.get(first + 1)?, Left::behind(pieces, first + 2));
    numbers.map(|number| blocks(1 + BESIDE * number)).collect()
}

/// What was touched by the entries behind `seq`; `None` when that is much.
pub(super) fn homes_since(store: &Store, seq: u64) -> Option<BTreeSet<Id>> {
    let changes = changes_since(store, seq)?;
    Some(changes.iter().flat_map(|change| [change.home(), change.home_after()]).collect())
}

/// Whether the entries behind `seq` are few, and by none of them a customer came or went, whose place [`Shelf::book`] would
/// not know: then the next opening would have to read every row from the store.
fn nobody_came_or_went(store: &Store, seq: u64) -> bool {
    let moves = |change: &Change| match change {
        Change::Born(record) | Change::Gone(record) => record.kind() == Kind::Customer,
        Change::Set(_) => false,
    };
    changes_since(store, seq).is_some_and(|changes| !changes.iter().any(moves))
}

/// What the entries behind `seq` changed; `None` when that is much.
fn changes_since(store: &Store, seq: u64) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    for seq in seq + 1..store.next_seq() {
        let head = store.head(seq).ok().filter(|head| head.count <= MOST_CHANGES)?;
        let parts = store.parts(&head).ok().filter(|parts| parts.len() == 1)?;
        for part in parts {
            changes.extend(store.changes_of_part(part).ok()?);
        }
    }
    Some(changes)
}

fn since(head: &[u8]) -> Option<(Since, &[u8])> {
    let (seq, rest) = head.split_first_chunk::<8>()?;
    let (sum, rest) = rest.split_first_chunk::<4>()?;
    Some((Since { seq: u64::from_le_bytes(*seq), sum: u32::from_le_bytes(*sum) }, rest))
}
