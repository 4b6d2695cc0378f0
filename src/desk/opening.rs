//! A book put on the desk: its rows read, or made again where they are missing.

use crate::book::Book;
use crate::book::portrait::row_of;
use crate::book::row::StoredRow;
use crate::book::row_layout::fingerprint;
use crate::book::standards::Standards;
use crate::desk::rows::{ROW_VERSION, derive_again, read_tiers};
use crate::desk::shelf::Shelf;
use crate::desk::{Desk, Opening};
use crate::domain::change::Change;
use crate::domain::id::{Id, IdSource};
use crate::domain::list::{shipped_items, shipped_stages};
use crate::domain::record::Record;
use crate::store::codec::derived;
use crate::store::entry::{Cause, Durability};
use crate::store::error::StoreError;
use crate::store::{Opened, Options, Stale, Store};
use std::path::Path;
use std::thread;

/// Customers from which it is worth while to give back what reading the rows took.
const RESTS_FROM: usize = 20_000;

pub(super) fn open(
    folder: &Path,
    opening: Opening,
    despite_held: bool,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(Desk, Opened), StoreError> {
    let options = Options {
        read_only: opening.read_only,
        despite_held,
        despite_damage: opening.despite_damage,
        despite_lost_journal: opening.despite_lost_journal,
        device: opening.device,
        now: opening.now,
        ..Options::default()
    };
    let place = folder.to_owned();
    // The rows are read while the store is opened.
    let shelf = thread::Builder::new().name("shelf".into()).spawn(move || Shelf::of(&place));
    let (mut store, opened) = Store::open(folder, options, &mut |step| progress(step.done, step.of))?;
    let shelf = shelf.ok().and_then(|reading| reading.join().ok()).flatten();
    let (book, kept) = match read_all(&mut store, shelf, opened.stale.clone()) {
        // The first record that cannot be read shows that the copy is worn: it is made again at once.
        Err(StoreError::Worn { .. }) if store.read_only().is_none() => {
            store.rebuild(&mut |step| progress(step.done, step.of))?;
            read_all(&mut store, None, Stale::All)?
        }
        read => read?,
    };
    let keeps = store.read_only().is_none();
    let mut desk = Desk { store, book, ids: IdSource::seeded(opening.seed), me: opening.me, kept, keeps };
    if opened.created && !desk.is_read_only() {
        found(&mut desk, opening.now)?;
    }
    Ok((desk, opened))
}

fn read_all(store: &mut Store, shelf: Option<Shelf>, stale: Stale) -> Result<(Book, Option<u64>), StoreError> {
    let (mut book, kept) = read_book(store, shelf, stale)?;
    read_tiers(store, &mut book)?;
    Ok((book, kept))
}

/// The book as its rows say; all made again where they cannot be read.
fn read_book(store: &mut Store, shelf: Option<Shelf>, stale: Stale) -> Result<(Book, Option<u64>), StoreError> {
    let standards = Standards::of(store.dossier(Id::BOOK)?.records());
    if (stale == Stale::None || store.read_only().is_some())
        && !store.is_in_doubt()
        && let Some((book, kept)) = shelf.and_then(|shelf| shelf.book(store, standards.clone()))
    {
        return Ok((book, Some(kept)));
    }
    let mut book = Book::new(standards);
    let mut stale = stale;
    if stale != Stale::All {
        let (mut long, fingerprint) = (Vec::new(), fingerprint());
        for stored in store.rows()? {
            let (block, bytes) = stored?;
            match derived::read::<(u32, Vec<Option<StoredRow<'_>>>)>(ROW_VERSION, &bytes) {
                Some((columns, rows)) if columns == fingerprint => long.extend(book.read_block(block, &rows)),
                _ => stale = Stale::All,
            }
        }
        book.all_read();
        for home in long {
            let row = row_of(&store.dossier(home)?, book.standards());
            book.put(home, row);
        }
    }
    if stale != Stale::None {
        derive_again(store, &mut book, stale)?;
    } else if book.len() > RESTS_FROM {
        // The store keeps what it read; the rows are held here now.
        store.rest()?;
    }
    Ok((book, None))
}

/// Gives a new book its lists and stages.
fn found(desk: &mut Desk, now: crate::domain::time::Moment) -> Result<(), StoreError> {
    let items = shipped_items().into_iter().map(Record::from);
    let stages = shipped_stages().into_iter().map(Record::from);
    let changes: Vec<Change> = items.chain(stages).map(Change::Born).collect();
    let touched = desk.touch(&changes)?;
    let seq = desk.append(changes.clone(), None, Cause::Found, now, Durability::Now)?;
    desk.settle(seq, &changes, touched, true)
}
