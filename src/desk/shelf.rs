//! All rows in one file beside the book: the next opening reads them at once instead of one by one from the store.

use crate::book::Book;
use crate::book::portrait::row_of;
use crate::book::row::StoredRow;
use crate::book::standards::Standards;
use crate::desk::opening::ROW_VERSION;
use crate::domain::change::Change;
use crate::domain::id::Id;
use crate::store::Store;
use crate::store::codec::derived;
use std::collections::BTreeSet;

/// What the file is called.
const NAME: &str = "rows";
/// Customers from which it is worth while.
const WORTH_FROM: usize = 2_000;
/// Entries that may have come since it was written.
const MOST_SINCE: u64 = 100;
/// Changes of one entry that may.
const MOST_CHANGES: u64 = 100;

/// Where the journal was when the file was written: the last entry's number and checksum.
struct Since {
    seq: u64,
    sum: u32,
}

/// Puts the rows away, if there are many and those put away are old. Nothing depends on it.
pub fn put_away(store: &Store, book: &Book) {
    let seq = store.settled();
    if book.len() < WORTH_FROM || store.read_only().is_some() || seq + 1 != store.next_seq() {
        return;
    }
    let is_new = store.sidecar(NAME, |bytes| Some(seq - head_of(bytes)?.0.seq.min(seq) < MOST_SINCE));
    let Some(sum) = store.sum_of(seq).filter(|_| is_new != Some(true)) else { return };
    let mut bytes = vec![ROW_VERSION];
    bytes.extend(seq.to_le_bytes());
    bytes.extend(sum.to_le_bytes());
    for number in 0..book.blocks() {
        let Some(block) = book.stored_block(number).and_then(|rows| derived::write(ROW_VERSION, &rows)) else {
            continue;
        };
        bytes.extend(number.to_le_bytes());
        bytes.extend((block.len() as u32).to_le_bytes());
        bytes.extend(block);
    }
    // Without it the next opening is only slower.
    let _ = store.put_sidecar(NAME, &bytes);
}

/// The book as its rows were put away, brought up to the journal's last entry; `None` where that cannot be.
pub fn take(store: &Store, standards: Standards) -> Option<Book> {
    let mut book = Book::new(standards);
    let (since, long) = store.sidecar(NAME, |bytes| {
        let (since, mut rest) = head_of(bytes)?;
        let mut long = Vec::new();
        while !rest.is_empty() {
            let (number, after) = number_of(rest)?;
            let (length, after) = number_of(after)?;
            let (block, after) = after.split_at_checked(length as usize)?;
            let rows = derived::read::<Vec<Option<StoredRow<'_>>>>(ROW_VERSION, block)?;
            long.extend(book.read_block(number, rows));
            rest = after;
        }
        Some((since, long))
    })?;
    book.all_read();
    let known = store.sum_of(since.seq) == Some(since.sum) && store.next_seq() - since.seq <= MOST_SINCE + 1;
    let mut old = if known { homes_since(store, since.seq)? } else { return None };
    old.remove(&Id::BOOK);
    old.extend(long);
    for home in old {
        let row = row_of(&store.dossier(home).ok()?, book.standards());
        // Who came or went since has a place in the store's own blocks that is not known here.
        if row.is_none() || book.slot_of(home).is_none() {
            return None;
        }
        book.put(home, row);
    }
    Some(book)
}

/// What was touched by the entries behind `seq`; `None` when that is much.
fn homes_since(store: &Store, seq: u64) -> Option<BTreeSet<Id>> {
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
