//! What is drawn from every dossier takes long to draw: it is kept in a file beside the book, and brought up by the entries since.

use crate::book::beyond::People;
use crate::book::deals::Deals;
use crate::book::last_words::LastWords;
use crate::book::products::Products;
use crate::book::standards::Standards;
use crate::book::tiers::costs::Costs;
use crate::desk::Desk;
use crate::desk::shelf::homes_since;
use crate::store::codec::derived;
use crate::store::dossier::Dossier;
use crate::store::error::StoreError;

/// Customers from which it is worth while to keep it.
const WORTH_FROM: usize = 2_000;
/// Entries since the file was written up to which it is brought up, and not drawn anew.
const MOST_SINCE: u64 = 2_000;
/// Entries from which it is written anew, once it was brought up.
const MANY_SINCE: u64 = 50;
/// The version of the head, the first piece of each file; the others have their own.
const HEAD: u8 = 1;

/// What is drawn from every dossier, and from each again when it changes.
pub(super) trait Extract: Sized {
    /// What its file is called.
    const NAME: &'static str;
    /// Before any dossier was looked at.
    fn begun(standards: &Standards) -> Self;
    /// Takes note of the book's lists as they are now.
    fn know(&mut self, _standards: &Standards) {}
    /// What a dossier says, in the place of what it said before.
    fn draw(&mut self, dossier: &Dossier);
    /// All of it in pieces, if it can be kept.
    fn pack(&self) -> Option<Vec<Vec<u8>>>;
    /// What was packed, if it can be read.
    fn unpack(pieces: &[&[u8]]) -> Option<Self>;
}

impl Extract for Deals {
    const NAME: &'static str = "deals";

    fn begun(standards: &Standards) -> Deals {
        Deals::new(standards)
    }

    fn know(&mut self, standards: &Standards) {
        Deals::know(self, standards);
    }

    fn draw(&mut self, dossier: &Dossier) {
        self.take(dossier);
    }

    fn pack(&self) -> Option<Vec<Vec<u8>>> {
        Deals::pack(self)
    }

    fn unpack(pieces: &[&[u8]]) -> Option<Deals> {
        Deals::unpack(pieces)
    }
}

/// For what knows nothing of the book's lists.
macro_rules! extract {
    ($what:ident, $name:literal) => {
        impl Extract for $what {
            const NAME: &'static str = $name;

            fn begun(_standards: &Standards) -> $what {
                $what::default()
            }

            fn draw(&mut self, dossier: &Dossier) {
                self.take(dossier);
            }

            fn pack(&self) -> Option<Vec<Vec<u8>>> {
                $what::pack(self)
            }

            fn unpack(pieces: &[&[u8]]) -> Option<$what> {
                $what::unpack(pieces)
            }
        }
    };
}

extract!(LastWords, "last words");
extract!(Costs, "costs");
extract!(Products, "products");
extract!(People, "people");

/// Where the journal was: the last entry's number and checksum.
type Since = (u64, u32);

/// What all dossiers say, as it was kept; else read from each of them, and kept for the next time.
pub(super) fn extract<T: Extract>(desk: &Desk) -> Result<T, StoreError> {
    if let Some(kept) = kept(desk) {
        return Ok(kept);
    }
    let seq = desk.store.settled();
    let mut drawn = T::begun(desk.book.standards());
    desk.store.scan(|dossier| drawn.draw(&dossier))?;
    keep(desk, &drawn, seq);
    Ok(drawn)
}

/// What was kept, brought up to the book as it is; `None` where that cannot be.
pub(super) fn kept<T: Extract>(desk: &Desk) -> Option<T> {
    let ((seq, sum), mut kept) = desk.store.sidecar(T::NAME, read::<T>)?;
    let since = desk.store.settled().checked_sub(seq).filter(|since| *since <= MOST_SINCE)?;
    if desk.store.sum_of(seq) != Some(sum) {
        return None;
    }
    kept.know(desk.book.standards());
    for home in homes_since(&desk.store, seq)? {
        kept.draw(&desk.store.dossier(home).ok()?);
    }
    if since >= MANY_SINCE {
        keep(desk, &kept, desk.store.settled());
    }
    Some(kept)
}

/// Keeps what was drawn when the journal was at entry `seq`, or while more came. Nothing depends on it.
pub(super) fn keep<T: Extract>(desk: &Desk, drawn: &T, seq: u64) {
    if !desk.keeps || desk.book.len() < WORTH_FROM {
        return;
    }
    let Some(sum) = desk.store.sum_of(seq) else { return };
    if let Some(bytes) = write(drawn, (seq, sum)) {
        // Without it the next time is only slower.
        let _ = desk.store.put_sidecar(T::NAME, &bytes);
    }
}

fn write<T: Extract>(drawn: &T, since: Since) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for piece in std::iter::once(derived::write(HEAD, &since)?).chain(drawn.pack()?) {
        bytes.extend(u32::try_from(piece.len()).ok()?.to_le_bytes());
        bytes.extend(piece);
    }
    Some(bytes)
}

fn read<T: Extract>(bytes: &[u8]) -> Option<(Since, T)> {
    let (mut rest, mut pieces) = (bytes, Vec::new());
    while !rest.is_empty() {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (piece, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        pieces.push(piece);
        rest = after;
    }
    let (head, pieces) = pieces.split_first()?;
    Some((derived::read(HEAD, head)?, T::unpack(pieces)?))
}
