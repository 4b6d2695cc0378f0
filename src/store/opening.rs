//! Opens a book: decides whether its working copy is to be believed, brings it up to the journal or makes it again.

use crate::domain::id::Id;
use crate::store::aside::Aside;
use crate::store::codec::index::{Progressed, read_progressed};
use crate::store::disk::Disk;
use crate::store::entry::{Cause, Draft, Durability, Target};
use crate::store::error::{ReadOnly, StoreError};
use crate::store::journal::{End, Journal, segments};
use crate::store::lock::Lock;
use crate::store::mark::{Mark, boot_id, read_mark, write_mark};
use crate::store::replay::Replayed;
use crate::store::scan::{Found, Scan};
use crate::store::tree::{PROGRESSED, Tree, Worn};
use crate::store::writing::stale;
use crate::store::{Opened, Options, Paths, Progress, Rebuilt, Stale, Store, format, worn};
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::Path;
use std::sync::Arc;

/// Whether the working copy is to be believed.
enum Trust {
    /// It is the journal's; what it does not know yet stands behind this.
    Yes,
    /// It knows more than the journal.
    Ahead(ReadOnly),
    /// It is not.
    No(Rebuilt),
}

/// Opens the book in `folder`.
pub fn open(
    folder: &Path,
    options: Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Store, Opened), StoreError> {
    let mut store = prepare(folder, &options)?;
    let created = segments(store.disk.as_ref(), &store.paths.journal)?.is_empty();
    if created && options.read_only {
        return Err(StoreError::Missing(folder.to_owned()));
    }
    let mut opened = Opened { created, ..Opened::default() };
    let replayed = bring_up(&mut store, &options, &mut opened, progress)?;
    opened.created = replayed.end.next_seq == 1;
    (opened.torn, opened.damages) = (replayed.torn.clone(), replayed.damages.clone());
    let why = why_read_only(&options, &replayed).or(opened.read_only_because.take());
    let disk = Arc::clone(&store.disk);
    store.journal = match why {
        None => Journal::open(disk, &store.paths.journal, replayed.end, options.segment_limit)?,
        Some(_) => Journal::read_only(disk, &store.paths.journal, replayed.end),
    };
    store.read_only.clone_from(&why);
    opened.read_only_because = why;
    store.keeps_mark = opened.damages.is_empty();
    if !store.keeps_mark && store.aside.is_none() {
        // The next opening is to find and name the damage again.
        let _ = store.disk.remove(&store.paths.mark);
    }
    undo_unfinished(&mut store, &options, &mut opened)?;
    opened.stale = stale(store.tree()?).map_err(worn)?;
    Ok((store, opened))
}

fn why_read_only(options: &Options, replayed: &Replayed) -> Option<ReadOnly> {
    if options.read_only {
        return Some(ReadOnly::Asked);
    }
    if let Some((found, known)) = replayed.newer {
        return Some(ReadOnly::Newer { found, known });
    }
    (!replayed.damages.is_empty() && !options.despite_damage).then_some(ReadOnly::Damaged)
}

/// The folders, the lock, and a store that knows nothing yet.
fn prepare(folder: &Path, options: &Options) -> Result<Store, StoreError> {
    let mut paths = Paths::of(folder);
    if options.read_only && !folder.is_dir() {
        return Err(StoreError::Missing(folder.to_owned()));
    }
    let failed = |error: io::Error| StoreError::disk(folder, &error);
    if !folder.is_dir() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
    }
    let is_new = !paths.journal.is_dir() && !options.read_only;
    if is_new {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(failed)?;
    }
    let (lock, aside) = match Lock::take(&paths.lock, options.now) {
        Ok(lock) => (Some(lock), None),
        Err(error) if options.read_only && may_be_passed(&error, options) => (None, Some(Aside::make(&mut paths)?)),
        Err(error) => return Err(error),
    };
    let disk = Arc::clone(&options.disk);
    disk.make_folder(folder).and_then(|()| disk.make_folder(&paths.journal)).map_err(failed)?;
    if !options.read_only {
        remove_unfinished(disk.as_ref(), &paths.journal);
    }
    format::check(disk.as_ref(), &paths, options.read_only)?;
    let mut store = Store::of_journal(paths, disk, End::default());
    store.device.clone_from(&options.device);
    store.boot.clone_from(&options.boot);
    store.keeps_mark = true;
    (store.lock, store.aside) = (lock, aside);
    Ok(store)
}

/// Whether a book that may not be taken can still be looked at.
fn may_be_passed(error: &StoreError, options: &Options) -> bool {
    match error {
        StoreError::Held { .. } => options.despite_held,
        StoreError::Disk { kind, .. } => {
            matches!(kind, io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
        }
        _ => false,
    }
}

/// A journal file that was being rewritten when the machine stopped is of no use, and may hold what is to be forgotten.
fn remove_unfinished(disk: &dyn Disk, folder: &Path) {
    for name in disk.names(folder).unwrap_or_default().iter().filter(|name| name.ends_with(".new")) {
        let _ = disk.remove(&folder.join(name));
    }
}

fn bring_up(
    store: &mut Store,
    options: &Options,
    opened: &mut Opened,
    progress: &mut dyn FnMut(Progress),
) -> Result<Replayed, StoreError> {
    let boot = options.boot.clone().unwrap_or_else(boot_id);
    let mark = read_mark(store.disk.as_ref(), &store.paths.mark);
    let before = doubt(store, &mark, &boot);
    if before.is_some() {
        remove_working(store)?;
    }
    if store.aside.is_none() {
        write_mark(store.disk.as_ref(), &store.paths.book, &store.paths.mark, &Mark::Open(boot))
            .map_err(|error| StoreError::disk(&store.paths.mark, &error))?;
    }
    let trust = match before {
        Some(reason) => Trust::No(reason),
        None => open_tree(store, &mark)?,
    };
    let reason = match trust {
        Trust::Ahead(why) => {
            opened.read_only_because = Some(why);
            let (_, end) = last_entry(store)?;
            return Ok(Replayed { end, ..Replayed::default() });
        }
        Trust::Yes => match read_on(store, progress) {
            Err(StoreError::Worn { text }) => Rebuilt::Unreadable(text),
            replayed => return replayed,
        },
        Trust::No(reason) => reason,
    };
    let replayed = rebuild(store, progress)?;
    opened.rebuilt = (replayed.end.next_seq > 1).then_some(reason);
    Ok(replayed)
}

/// Why the working copy is not even to be opened.
fn doubt(store: &Store, mark: &Mark, boot: &str) -> Option<Rebuilt> {
    if !store.paths.working.is_dir() {
        return Some(Rebuilt::Missing);
    }
    match mark {
        Mark::Closed(_) => None,
        Mark::Open(since) if since == boot && !boot.is_empty() => None,
        Mark::Open(_) | Mark::None => Some(Rebuilt::NotClosed),
    }
}

/// Removes the working copy.
pub fn remove_working(store: &mut Store) -> Result<(), StoreError> {
    store.tree = None;
    match std::fs::remove_dir_all(&store.paths.working) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::disk(&store.paths.working, &error)),
        _ => Ok(()),
    }
}

fn open_tree(store: &mut Store, mark: &Mark) -> Result<Trust, StoreError> {
    let read = |store: &mut Store| -> Result<Option<Progressed>, Worn> {
        let tree = Tree::open(&store.paths.working)?;
        let stored = tree.get(PROGRESSED)?;
        store.tree = Some(tree);
        stored.map(|stored| read_progressed(&stored).map_err(|fault| format!("{fault:?}"))).transpose()
    };
    match read(store) {
        Err(text) => Ok(Trust::No(Rebuilt::Unreadable(text))),
        Ok(None) => Ok(Trust::No(Rebuilt::Missing)),
        Ok(Some(progressed)) => {
            store.progressed = progressed;
            compare(store, mark)
        }
    }
}

/// Compares the working copy with its mark and with the journal.
fn compare(store: &Store, mark: &Mark) -> Result<Trust, StoreError> {
    let seq = store.progressed.seq;
    if matches!(mark, Mark::Closed(closed) if *closed != seq) {
        return Ok(Trust::No(Rebuilt::Different));
    }
    if seq == 0 {
        return Ok(Trust::Yes);
    }
    match store.frame(seq) {
        Ok((_, frame)) if frame.head.crc == store.progressed.crc => return Ok(Trust::Yes),
        Err(StoreError::Worn { text }) => return Ok(Trust::No(Rebuilt::Unreadable(text))),
        Err(StoreError::Disk { path, kind, text }) => return Err(StoreError::Disk { path, kind, text }),
        _ => {}
    }
    let (last, _) = last_entry(store)?;
    if last < seq {
        Ok(Trust::Ahead(ReadOnly::Ahead { working: seq, journal: last }))
    } else {
        Ok(Trust::No(Rebuilt::Different))
    }
}

/// The journal's last entry, found by reading all of it.
fn last_entry(store: &Store) -> Result<(u64, End), StoreError> {
    let mut scan = Scan::from_start(store.disk.as_ref(), &store.paths.journal)?;
    loop {
        if let Found::End(end, _) = scan.advance()? {
            return Ok((end.next_seq - 1, end));
        }
    }
}

/// Reads on behind what the working copy knows.
fn read_on(store: &mut Store, progress: &mut dyn FnMut(Progress)) -> Result<Replayed, StoreError> {
    let disk = Arc::clone(&store.disk);
    let folder = store.paths.journal.clone();
    let seq = store.progressed.seq;
    let mut scan = if seq == 0 {
        Scan::from_start(disk.as_ref(), &folder)?
    } else {
        let (place, frame) = store.frame(seq)?;
        Scan::behind(disk.as_ref(), &folder, seq, place, frame.head.length)?
    };
    store.replay(&mut scan, false, progress)
}

/// Makes the working copy again from the whole journal.
pub fn rebuild(store: &mut Store, progress: &mut dyn FnMut(Progress)) -> Result<Replayed, StoreError> {
    remove_working(store)?;
    store.progressed = Progressed::default();
    store.recent.clear();
    store.groups.clear();
    store.tree = Some(Tree::open(&store.paths.working).map_err(worn)?);
    let disk = Arc::clone(&store.disk);
    let folder = store.paths.journal.clone();
    let mut scan = Scan::from_start(disk.as_ref(), &folder)?;
    let replayed = store.replay(&mut scan, true, progress)?;
    store.rest()?;
    Ok(replayed)
}

/// Groups whose end was never written are taken back by an entry each.
fn undo_unfinished(store: &mut Store, options: &Options, opened: &mut Opened) -> Result<(), StoreError> {
    let open: Vec<(Id, u64)> = store.progressed.open_groups.clone();
    opened.undone_groups = open.iter().map(|(group, _)| *group).collect();
    if open.is_empty() || store.read_only.is_some() {
        return Ok(());
    }
    for (group, first) in open {
        let first = store.head(first)?;
        let draft = Draft {
            id: Id::of_name(&format!("undo/{group}")),
            at: options.now.max(first.at),
            by: first.by,
            group: None,
            cause: Cause::Undo(Target::Group(group)),
            changes: Vec::new(),
        };
        store.append(&draft, Durability::Now)?;
    }
    catch_up(store).map(drop)
}

/// Brings a working copy that failed up to the journal; the answer names the homes whose rows are to be derived anew.
pub fn heal(store: &mut Store) -> Result<Stale, StoreError> {
    store.tree = None;
    match reopen(store).and_then(|()| catch_up(store)) {
        Err(StoreError::Worn { .. }) => rebuild(store, &mut |_| ()).map(drop)?,
        done => done?,
    }
    stale(store.tree()?).map_err(worn)
}

fn reopen(store: &mut Store) -> Result<(), StoreError> {
    store.recent.clear();
    store.groups.clear();
    match open_tree(store, &Mark::None)? {
        Trust::Yes => Ok(()),
        Trust::Ahead(_) | Trust::No(_) => Err(worn("it is not the journal's".to_owned())),
    }
}

fn catch_up(store: &mut Store) -> Result<(), StoreError> {
    read_on(store, &mut |_| ()).map(drop)
}

impl Store {
    /// To be called after much was written: closes and opens the working copy, so that the next opening of the book is
    /// quick and memory is given back. sled writes down where everything is only while it is opened.
    pub fn rest(&mut self) -> Result<(), StoreError> {
        if let Some(tree) = self.tree.take() {
            tree.close().map_err(worn)?;
        }
        self.tree = Some(Tree::open(&self.paths.working).map_err(worn)?);
        Ok(())
    }

    /// Makes the working copy again from the journal: the answer to [`StoreError::Worn`]. All derived rows are gone then.
    pub fn rebuild(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<(), StoreError> {
        rebuild(self, progress).map(drop)
    }
}
