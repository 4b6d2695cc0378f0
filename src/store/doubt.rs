//! Whether the journal still has all that was acknowledged; until that is known, no working copy is thrown away.
//!
//! A copy that may not be believed is renamed to `working.doubted` and another is made of the journal. Then the two are
//! compared by what they know: where the journal has everything that was acknowledged, the doubted copy goes; where it has
//! not, that copy stays as `working.old-SEQ` (SEQ its last entry) and the book may only be read until
//! [`crate::store::Store::salvage`] has written what it holds beyond the journal as new entries.
//!
//! An example. A book of 25 entries is closed well; then the last 200 bytes of its journal are lost. The note says that 25
//! was acknowledged, and the working copy that it knows 25; the journal ends at 24. The copy opens, so that it stays in
//! place and the book is shown as it was, only to be read: [`ReadOnly::Ahead`], working 25, journal 24. Had the machine been
//! started anew meanwhile, the copy could not be believed: it would be kept as `working.old-25`, and the book shown as
//! entries 1 to 24 tell it.

use crate::store::codec::index::Progressed;
use crate::store::disk::Disk;
use crate::store::error::{ReadOnly, StoreError};
use crate::store::journal::segment_name;
use crate::store::mark::{Acknowledged, Mark, State};
use crate::store::opening::read_progressed_of;
use crate::store::paths::Paths;
use crate::store::replay::Replayed;
use crate::store::scan::Damage;
use crate::store::tree::{Tree, Worn};
use crate::store::{Opened, Store};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What a kept copy's name begins with; its last entry follows.
const OLD: &str = "working.old-";

/// What is known of a working copy without believing it.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// Its last entry.
    seq: u64,
    /// The last of these that was acknowledged, with its checksum where that is known.
    durable: Acknowledged,
    /// Whether it was made of a journal that had lost entries.
    has_gaps: bool,
}

fn doubted(paths: &Paths) -> PathBuf {
    paths.working.with_file_name("working.doubted")
}

/// The working copies kept because they knew more than the journal, by their last entries, rising.
pub fn kept(paths: &Paths) -> Vec<(u64, PathBuf)> {
    let among = paths.working.parent().unwrap_or(&paths.book);
    let names = fs::read_dir(among).into_iter().flatten().filter_map(Result::ok);
    let mut kept: Vec<(u64, PathBuf)> = names
        .filter_map(|entry| Some((entry.file_name().to_str()?.strip_prefix(OLD)?.parse().ok()?, entry.path())))
        .collect();
    kept.sort_unstable();
    kept
}

/// Removes a folder with all that is in it; there need not be one.
pub fn remove_folder(path: &Path) -> Result<(), StoreError> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::disk(path, &error)),
        _ => Ok(()),
    }
}

/// Puts the working copy aside until it is known what the journal holds. Where one was put aside before, by an opening that
/// was stopped, the copy was being made of the journal and holds nothing else.
pub fn set_aside(store: &mut Store) -> Result<(), StoreError> {
    store.tree = None;
    let (working, doubted) = (&store.paths.working, doubted(&store.paths));
    if doubted.is_dir() {
        return remove_folder(working);
    }
    match fs::rename(working, &doubted) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::disk(working, &error)),
        _ => Ok(()),
    }
}

/// Whether a folder without a journal held a book: then something is lost, and no new one is begun in it.
pub fn remains(disk: &dyn Disk, paths: &Paths, mark: &Mark) -> bool {
    let copies = [paths.working.clone(), doubted(paths)];
    let mut known = copies.iter().filter(|copy| copy.join("db").is_file()).map(|copy| known_of(copy));
    if mark.acknowledged.seq > 0 || known.any(|known| known.map_or(mark.identity.is_none(), |known| known.seq > 0)) {
        return true;
    }
    let has_files = |folder: &Path| disk.names(folder).is_ok_and(|names| !names.is_empty());
    // A note that is there and says that nothing was acknowledged is believed: the book was just being made.
    mark.identity.is_none()
        && (has_files(&paths.book.join("drafts")) || has_files(&paths.sidecars) || !kept(paths).is_empty())
}

/// What the working copy at `path` knows.
fn known_of(path: &Path) -> Result<Known, Worn> {
    let tree = Tree::open(path)?;
    let progressed = read_progressed_of(&tree)?.unwrap_or_default();
    tree.close()?;
    Ok(Known::of(&progressed))
}

impl Known {
    fn of(progressed: &Progressed) -> Known {
        let Progressed { seq, crc, durable, ref gaps, .. } = *progressed;
        let crc = if durable == seq { crc } else { 0 };
        Known { seq, durable: Acknowledged { seq: durable, crc }, has_gaps: !gaps.is_empty() }
    }
}

/// Compares what the journal turned out to hold with what was acknowledged, and settles what becomes of a doubted copy.
/// Says why the book may only be read, where the journal has lost something or is another one.
pub fn judge(
    store: &mut Store,
    mark: &Mark,
    replayed: &mut Replayed,
    opened: &mut Opened,
) -> Result<Option<ReadOnly>, StoreError> {
    if replayed.newer.is_some() {
        return Ok(None);
    }
    let last = replayed.end.next_seq.saturating_sub(1);
    let path = doubted(&store.paths);
    let doubted = path.is_dir().then(|| known_of(&path).unwrap_or_default());
    let high = highest(store, mark, doubted);
    let is_other = high.seq > 0 && high.seq <= last && high.crc != 0 && store.sum_of(high.seq) != Some(high.crc);
    let lacks = high.seq > last || is_other || !replayed.damages.is_empty();
    if let Some(known) = doubted {
        settle_doubted(store, &path, known, last, lacks)?;
    }
    if high.seq > last || is_other {
        store.mark.mark.acknowledged = high;
    }
    if !lacks {
        return Ok(None);
    }
    opened.set_aside = kept(&store.paths).pop().map(|(_, path)| path);
    if is_other {
        return Ok(Some(ReadOnly::Other));
    }
    show_fullest(store, last)?;
    if high.seq <= last {
        return Ok(None);
    }
    if store.progressed.seq > last {
        return Ok(Some(ReadOnly::Ahead { working: store.progressed.seq.max(high.seq), journal: last }));
    }
    // No copy knows them either.
    let place = replayed.end.place;
    let file = store.paths.journal.join(segment_name(place.segment.max(1)));
    replayed.damages.push(Damage { path: file, offset: u64::from(place.offset), first: last + 1, last: high.seq });
    replayed.torn = None;
    Ok(None)
}

/// Shows what a kept copy holds, where it knows more than the journal, which ends at entry `last`.
fn show_fullest(store: &mut Store, last: u64) -> Result<(), StoreError> {
    let Some((_, path)) = kept(&store.paths).pop() else { return Ok(()) };
    let Ok(tree) = Tree::open(&path) else { return Ok(()) };
    let progressed = read_progressed_of(&tree).ok().flatten().unwrap_or_default();
    let known = Known::of(&progressed);
    let shown = Known::of(&store.progressed);
    let fills_gaps = shown.has_gaps && !known.has_gaps && known.seq >= last;
    if known.seq > shown.seq.max(last) || fills_gaps {
        if let Some(tree) = store.tree.replace(tree) {
            tree.close().map_err(|text| StoreError::Worn { text })?;
        }
        store.progressed = progressed;
        store.recent.clear();
        store.groups.clear();
        // What is noted of the copy in its place stays so.
        store.keeps_mark = false;
    }
    Ok(())
}

/// The last entry that is known to have been acknowledged, by the note or by a working copy.
fn highest(store: &Store, mark: &Mark, doubted: Option<Known>) -> Acknowledged {
    let shown = Acknowledged { seq: store.progressed.durable, crc: 0 };
    // Where the note is gone, a copy kept before it went still says what was acknowledged.
    let kept = kept(&store.paths).pop().filter(|_| mark.state == State::Unknown);
    let kept = kept.and_then(|(_, path)| known_of(&path).ok()).map(|known| known.durable);
    let all = [Some(mark.acknowledged), doubted.map(|known| known.durable), Some(shown), kept];
    all.into_iter().flatten().max_by_key(|acknowledged| (acknowledged.seq, acknowledged.crc != 0)).unwrap_or_default()
}

fn settle_doubted(store: &Store, path: &Path, known: Known, last: u64, lacks: bool) -> Result<(), StoreError> {
    let was_made_of_this_journal = known.has_gaps && known.seq <= last;
    if !lacks || was_made_of_this_journal {
        return remove_folder(path);
    }
    let taken: Vec<u64> = kept(&store.paths).into_iter().map(|(seq, _)| seq).collect();
    let free = (known.seq..).find(|seq| !taken.contains(seq)).unwrap_or(known.seq);
    let keep = path.with_file_name(format!("{OLD}{free}"));
    fs::rename(path, &keep).map_err(|error| StoreError::disk(&keep, &error))
}

/// Removes the copy that was put aside, where another with all that it held is in its place.
pub fn let_go(store: &Store) -> Result<(), StoreError> {
    remove_folder(&doubted(&store.paths))
}

/// Keeps the working copy under a name of its own: it is about to be compared with another.
pub fn keep(store: &mut Store) -> Result<(), StoreError> {
    let known = Known::of(&store.progressed);
    set_aside(store)?;
    settle_doubted(store, &doubted(&store.paths), Known { has_gaps: false, ..known }, 0, true)
}

impl Store {
    /// Whether the journal lacks something that was acknowledged, or is another one than it was.
    pub fn is_in_doubt(&self) -> bool {
        let acknowledged = self.mark.mark.acknowledged;
        let is_other = || acknowledged.crc != 0 && self.sum_of(acknowledged.seq) != Some(acknowledged.crc);
        acknowledged.seq > 0 && (acknowledged.seq >= self.next_seq() || is_other())
    }

    /// Writes the note beside the working copy and makes it last; not where the book is only looked at.
    ///
    /// # Errors
    /// [`StoreError::Disk`] where it cannot be written.
    pub(super) fn write_mark(&mut self, state: State) -> Result<(), StoreError> {
        self.mark.mark.state = state;
        let Paths { book, mark, .. } = &self.paths;
        self.mark.write(self.disk.as_ref(), book, mark).map_err(|error| StoreError::disk(mark, &error))
    }
}
