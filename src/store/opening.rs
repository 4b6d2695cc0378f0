//! Opens a book: decides whether its working copy is to be believed, brings it up to the journal or makes it again.

use crate::domain::id::Id;
use crate::domain::time::Moment;
use crate::store::aside::Aside;
use crate::store::codec::index::{Progressed, read_progressed};
use crate::store::disk::Disk;
use crate::store::doubt;
use crate::store::entry::{Cause, Draft, Durability, Target};
use crate::store::error::{ReadOnly, StoreError};
use crate::store::journal::{End, Journal};
use crate::store::lock::{self, Lock};
use crate::store::mark::{Acknowledged, Identity, Mark, State, boot_id, read_mark};
use crate::store::paths::Paths;
use crate::store::replay::Replayed;
use crate::store::scan::{Damage, Found, Scan};
use crate::store::tending::tend;
use crate::store::tree::{PROGRESSED, Tree, Worn};
use crate::store::writing::stale;
use crate::store::{Opened, Options, Progress, Rebuilt, Stale, Store, device, format, worn};
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::Path;
use std::sync::Arc;

/// Whether the working copy is to be believed.
enum Trust {
    /// It is the journal's; what it does not know yet stands behind this.
    Yes,
    /// It knows more than the journal, which ends here.
    Ahead(End),
    /// It is not.
    No(Rebuilt),
}

/// Opens the book in `folder`.
pub fn open(
    folder: &Path,
    options: Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Store, Opened), StoreError> {
    let (mut store, mark) = prepare(folder, &options)?;
    let mut opened = Opened::default();
    let was_open = matches!(mark.state, State::Open(_));
    opened.left_open = store.lock.as_ref().and_then(Lock::other_machine).filter(|_| was_open);
    store.mark.mark.acknowledged = mark.acknowledged;
    let mut replayed = bring_up(&mut store, &options, &mark, &mut opened, progress)?;
    let why = doubt::judge(&mut store, &mark, &mut replayed, &mut opened)?;
    if why.is_some() {
        // What stands behind the end is not cut away, and it may have been acknowledged.
        replayed.torn = None;
        if store.aside.is_none() {
            store.write_mark(store.mark.mark.state.clone())?;
        }
    }
    let has_entries = replayed.end.next_seq > 1;
    opened.created = !has_entries && why.is_none();
    if opened.created && options.read_only {
        return Err(StoreError::Missing(folder.to_owned()));
    }
    (opened.torn, opened.damages) = (replayed.torn.take(), std::mem::take(&mut replayed.damages));
    opened.mended = std::mem::take(&mut replayed.mended);
    let why = why_read_only(&options, &replayed, why, &opened.damages);
    begin_writing(&mut store, &options, replayed.end, why.is_none(), was_open)?;
    store.read_only.clone_from(&why);
    opened.read_only_because = why;
    undo_unfinished(&mut store, &options, &mut opened)?;
    opened.stale = stale(store.tree()?).map_err(worn)?;
    let may_write = store.is_alone() && !options.read_only;
    opened.tended = tend(&store.paths, store.disk.as_ref(), may_write);
    Ok((store, opened))
}

/// The journal as it is written on, or only read.
fn begin_writing(
    store: &mut Store,
    options: &Options,
    end: End,
    writes: bool,
    was_open: bool,
) -> Result<(), StoreError> {
    let disk = Arc::clone(&store.disk);
    if !writes {
        store.journal = Journal::read_only(disk, &store.paths.journal, end);
        return Ok(());
    }
    store.journal = Journal::open(disk, &store.paths.journal, end, options.segment_limit)?;
    if was_open {
        store.journal.settle_end()?;
    }
    let last = end.next_seq - 1;
    let crc = store.sum_of(last).unwrap_or(0);
    let book = store.book_id();
    store.journal.follow(crc, book);
    if last > 0 && store.durable == last {
        store.mark.acknowledge(Acknowledged { seq: last, crc });
    }
    Ok(())
}

fn why_read_only(
    options: &Options,
    replayed: &Replayed,
    doubt: Option<ReadOnly>,
    damages: &[Damage],
) -> Option<ReadOnly> {
    if options.read_only {
        return Some(ReadOnly::Asked);
    }
    if let Some((found, known)) = replayed.newer {
        return Some(ReadOnly::Newer { found, known });
    }
    doubt.or_else(|| (!damages.is_empty() && !options.despite_damage).then_some(ReadOnly::Damaged))
}

/// The folders, the lock, and a store that knows nothing yet, with the note that was found. A book that is only to be
/// read is not touched.
fn prepare(folder: &Path, options: &Options) -> Result<(Store, Mark), StoreError> {
    let mut paths = Paths::of(folder);
    let disk = Arc::clone(&options.disk);
    let (lock, aside) = if options.read_only {
        if !folder.is_dir() {
            return Err(StoreError::Missing(folder.to_owned()));
        }
        (None, Some(look_aside(&mut paths, options)?))
    } else {
        make_folders(folder, &paths)?;
        (Some(Lock::take(&paths.lock, options.now)?), None)
    };
    let mark = read_mark(disk.as_ref(), &paths.mark);
    let is_empty = !disk.names(&paths.journal).is_ok_and(|names| names.iter().any(|name| name.ends_with(".kj")));
    if is_empty {
        match doubt::remains(disk.as_ref(), &paths, &mark) {
            true if !options.despite_lost_journal => return Err(StoreError::NoJournal(folder.to_owned())),
            false if options.read_only => return Err(StoreError::Missing(folder.to_owned())),
            _ => {}
        }
    }
    if !options.read_only {
        let failed = |error: io::Error| StoreError::disk(folder, &error);
        disk.make_folder(folder).and_then(|()| disk.make_folder(&paths.journal)).map_err(failed)?;
        remove_unfinished(disk.as_ref(), &paths.journal);
    }
    let mut is_older = format::is_older(disk.as_ref(), &paths)?;
    if is_older && is_empty && !options.read_only {
        format::note(disk.as_ref(), &paths)?;
        is_older = false;
    }
    let mut store = Store::of_journal(paths, disk, End::default());
    store.host.clone_from(&options.device);
    store.is_older = is_older;
    if !options.read_only {
        let here = Identity::of(&store.paths.book, &store.paths.mark);
        let is_copy = mark.identity.is_some_and(|identity| identity != here);
        store.device = device::number(store.disk.as_ref(), &store.paths, is_copy)?;
    }
    store.boot.clone_from(&options.boot);
    store.keeps_mark = true;
    (store.lock, store.aside) = (lock, aside);
    Ok((store, mark))
}

fn make_folders(folder: &Path, paths: &Paths) -> Result<(), StoreError> {
    let failed = |error: io::Error| StoreError::disk(folder, &error);
    if !folder.is_dir() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
    }
    if !paths.journal.is_dir() && !paths.mark.exists() && !paths.working.is_dir() {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(failed)?;
    }
    Ok(())
}

/// A place for the working copy of a book that is only looked at, and a copy of it where nobody writes in it.
fn look_aside(paths: &mut Paths, options: &Options) -> Result<Aside, StoreError> {
    match lock::look(&paths.lock) {
        Ok(_look) => Aside::make(paths, true),
        Err(StoreError::Held { .. }) if options.despite_held => Aside::make(paths, false),
        Err(error) => Err(error),
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
    mark: &Mark,
    opened: &mut Opened,
    progress: &mut dyn FnMut(Progress),
) -> Result<Replayed, StoreError> {
    let boot = options.boot.clone().unwrap_or_else(boot_id);
    let before = unbelieved(store, mark, &boot);
    if before.is_some() {
        doubt::set_aside(store)?;
    }
    if store.aside.is_none() {
        store.write_mark(State::Open(boot))?;
    }
    let trust = match before {
        Some(reason) => Trust::No(reason),
        None => open_tree(store, mark)?,
    };
    let reason = match trust {
        Trust::Ahead(end) => return Ok(Replayed { end, ..Replayed::default() }),
        Trust::Yes => match read_on(store, progress) {
            Err(StoreError::Worn { text }) => Rebuilt::Unreadable(text),
            replayed => return replayed,
        },
        Trust::No(reason) => reason,
    };
    doubt::set_aside(store)?;
    let replayed = make_anew(store, progress)?;
    opened.rebuilt = (replayed.end.next_seq > 1).then_some(reason);
    Ok(replayed)
}

/// Why the working copy is not to be opened.
fn unbelieved(store: &Store, mark: &Mark, boot: &str) -> Option<Rebuilt> {
    if !store.paths.working.is_dir() {
        return Some(Rebuilt::Missing);
    }
    let here = Identity::of(&store.paths.book, &store.paths.mark);
    if mark.identity.is_some_and(|identity| identity != here) {
        return Some(Rebuilt::Moved);
    }
    match &mark.state {
        State::Closed(_) => None,
        State::Open(since) if since == boot && !boot.is_empty() => None,
        State::Doubted => Some(Rebuilt::Unreadable("noted before".to_owned())),
        State::Open(_) | State::Unknown => Some(Rebuilt::NotClosed),
    }
}

fn open_tree(store: &mut Store, mark: &Mark) -> Result<Trust, StoreError> {
    match Tree::open(&store.paths.working).and_then(|tree| Ok((read_progressed_of(&tree)?, tree))) {
        Err(text) => Ok(Trust::No(Rebuilt::Unreadable(text))),
        Ok((None, _)) => Ok(Trust::No(Rebuilt::Missing)),
        Ok((Some(progressed), tree)) => {
            store.tree = Some(tree);
            store.durable = progressed.durable;
            store.progressed = progressed;
            compare(store, mark)
        }
    }
}

/// How far a working copy has come; `None` where that is not noted.
pub(super) fn read_progressed_of(tree: &Tree) -> Result<Option<Progressed>, Worn> {
    let stored = tree.get(PROGRESSED)?;
    stored.map(|stored| read_progressed(&stored).map_err(|fault| format!("{fault:?}"))).transpose()
}

/// Compares the working copy with its mark and with the journal.
fn compare(store: &Store, mark: &Mark) -> Result<Trust, StoreError> {
    let seq = store.progressed.seq;
    if matches!(mark.state, State::Closed(closed) if closed != seq) {
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
    let end = end_of(store)?;
    // What is not acknowledged may be gone with the power, and is no loss.
    if end.next_seq <= store.progressed.durable { Ok(Trust::Ahead(end)) } else { Ok(Trust::No(Rebuilt::Different)) }
}

/// Where the journal ends, found by reading all of it.
fn end_of(store: &Store) -> Result<End, StoreError> {
    let mut scan = Scan::from_start(store.disk.as_ref(), &store.paths.journal)?;
    loop {
        if let Found::End(end, _) = scan.advance()? {
            return Ok(end);
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

/// Makes the working copy again from the whole journal. The one before is kept where it may know more.
pub fn rebuild(store: &mut Store, progress: &mut dyn FnMut(Progress)) -> Result<Replayed, StoreError> {
    doubt::set_aside(store)?;
    let mut replayed = make_anew(store, progress)?;
    let known = store.mark.mark.clone();
    let why = doubt::judge(store, &known, &mut replayed, &mut Opened::default())?;
    let why = why.or_else(|| (!replayed.damages.is_empty()).then_some(ReadOnly::Damaged));
    if store.read_only.is_none() {
        store.read_only = why;
    }
    Ok(replayed)
}

/// Makes a working copy from the whole journal, in place of any that is there.
pub(super) fn make_anew(store: &mut Store, progress: &mut dyn FnMut(Progress)) -> Result<Replayed, StoreError> {
    remove_working(store)?;
    store.progressed = Progressed::default();
    store.durable = 0;
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

/// Removes the working copy, which is known to hold nothing that the journal does not.
pub(super) fn remove_working(store: &mut Store) -> Result<(), StoreError> {
    store.tree = None;
    doubt::remove_folder(&store.paths.working)
}

/// Groups whose end was never written are taken back by an entry each.
pub(super) fn undo_unfinished_of(store: &mut Store, now: Moment) -> Result<(), StoreError> {
    let options = Options { now, ..Options::default() };
    undo_unfinished(store, &options, &mut Opened::default())
}

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
            ..Draft::default()
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
    match open_tree(store, &Mark::default())? {
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
