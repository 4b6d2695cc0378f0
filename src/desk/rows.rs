//! Rows made again from the dossiers, and as they are stored.

use crate::book::Book;
use crate::book::portrait::row_of;
use crate::book::row_layout::fingerprint;
use crate::book::standards::Standards;
use crate::book::standings::Tiers;
use crate::domain::id::Id;
use crate::domain::record::Record;
use crate::store::codec::derived;
use crate::store::error::StoreError;
use crate::store::{RowWrite, Stale, Store};
use std::collections::BTreeSet;

/// Version of the stored rows. Rows of another version are made again, and so are those of other columns: before them stands
/// the [`fingerprint`] of the columns that they keep.
pub(super) const ROW_VERSION: u8 = 10;
/// Blocks written at once while rows are made again.
const BLOCKS_AT_ONCE: usize = 64;
/// Every customer's tier, as the recalculations that were applied left it.
pub(super) fn read_tiers(store: &Store, book: &mut Book) -> Result<(), StoreError> {
    let mut tiers = Tiers::default();
    for run in book.standards().runs() {
        for home in &run.moves {
            if let Some(Record::TierMoves(moves)) = store.dossier(*home)?.get(*home) {
                tiers.take(run, &moves);
            }
        }
    }
    book.set_tiers(tiers);
    Ok(())
}

/// Makes rows again from the dossiers, and writes them unless the book may only be read.
pub(super) fn derive_again(store: &mut Store, book: &mut Book, stale: Stale) -> Result<(), StoreError> {
    let mut blocks = BTreeSet::new();
    match stale {
        Stale::None => return Ok(()),
        Stale::Homes(homes) => {
            for home in homes {
                let dossier = store.dossier(home)?;
                if home == Id::BOOK {
                    book.set_standards(Standards::of(dossier.records()));
                }
                let row = row_of(&dossier, book.standards());
                blocks.extend(book.put(home, row).map(Book::block_of));
            }
        }
        Stale::All => {
            *book = Book::new(Standards::of(store.dossier(Id::BOOK)?.records()));
            store.scan(|dossier| {
                let row = row_of(&dossier, book.standards());
                blocks.extend(book.put(dossier.home(), row).map(Book::block_of));
            })?;
        }
    }
    if store.read_only().is_some() {
        return Ok(());
    }
    let writes = row_writes(book, &blocks);
    for writes in writes.chunks(BLOCKS_AT_ONCE) {
        store.write_rows(writes)?;
    }
    store.rows_are_fresh()
}

/// The blocks as they are to be stored.
pub(super) fn row_writes(book: &Book, blocks: &BTreeSet<u32>) -> Vec<RowWrite> {
    let write = |block: &u32| RowWrite {
        block: *block,
        bytes: book.stored_block(*block).and_then(|rows| derived::write(ROW_VERSION, &(fingerprint(), rows))),
    };
    blocks.iter().map(write).collect()
}
