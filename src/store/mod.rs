//! The book on disk: a journal that is the truth, and a working copy made of it; nothing above knows how.

pub mod backup;
pub mod codec;
pub mod disk;
pub mod dossier;
pub mod drafts;
pub mod entry;
pub mod error;
pub mod journal;
pub mod lineage;
pub mod quiet;
pub mod salvage;
pub mod scan;
pub mod standing;
pub mod tending;
pub mod upgrade;
pub mod verify;

mod aside;
pub mod check;
mod compacting;
mod device;
mod doubt;
mod erasing;
mod format;
mod lock;
mod mark;
mod opening;
mod paths;
mod progress;
mod reading;
mod replay;
mod sidecar;
mod tree;
mod working;
mod writing;

use crate::domain::id::Id;
use crate::domain::time::Moment;
use aside::Aside;
use codec::index::{Place, Progressed};
use disk::{Disk, RealDisk};
use dossier::Dossier;
use entry::Head;
use error::{ReadOnly, StoreError};
use journal::{End, Journal};
use lock::Lock;
use mark::{Acknowledged, MarkFile, State};
use paths::Paths;
pub use progress::Progress;
pub use reading::{Pages, Reader};
use scan::{Damage, Torn};
pub use sidecar::{Pieces, sidecar_of};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tending::Tended;
use tree::Tree;
use upgrade::Upgraded;

/// How a book is opened.
#[derive(Clone)]
pub struct Options {
    /// Only to be read: nothing is written in the journal, not even a cut or an undo.
    pub read_only: bool,
    /// Only to be read, and also while another session has it: the working copy is then made elsewhere for that time.
    pub despite_held: bool,
    /// Write on although some entries in the middle of the journal are lost.
    pub despite_damage: bool,
    /// Show what a working copy holds although there is no journal any more.
    pub despite_lost_journal: bool,
    /// This machine's name, noted in each entry.
    pub device: String,
    /// Now: noted in the lock, and in the undo of a group without an end.
    pub now: Moment,
    /// Where the journal is kept.
    pub disk: Arc<dyn Disk>,
    /// This start of the machine, if not the system's own word for it.
    pub boot: Option<String>,
    /// How long a journal file grows, in bytes.
    pub segment_limit: u64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            read_only: false,
            despite_held: false,
            despite_damage: false,
            despite_lost_journal: false,
            device: String::new(),
            now: Moment::default(),
            disk: Arc::new(RealDisk),
            boot: None,
            segment_limit: journal::SEGMENT_LIMIT,
        }
    }
}

/// What was found at opening.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// The book is new: it has no entry yet.
    pub created: bool,
    /// The working copy was made again, for this reason.
    pub rebuilt: Option<Rebuilt>,
    /// An unfinished end of the journal, cut away unless the book may only be read.
    pub torn: Option<Torn>,
    /// Entries that are lost.
    pub damages: Vec<Damage>,
    /// Entries that were lost and made good since, as far as a working copy held them.
    pub mended: Vec<Damage>,
    /// A working copy that was kept because it knows more than the journal.
    pub set_aside: Option<PathBuf>,
    /// Another machine that had the book open and did not close it, and since when.
    pub left_open: Option<(String, String)>,
    /// Groups without an end, undone unless the book may only be read.
    pub undone_groups: Vec<Id>,
    /// Homes whose derived rows must be made again.
    pub stale: Stale,
    /// Why the book may only be read.
    pub read_only_because: Option<ReadOnly>,
    /// Rights that were mended, and drafts that are damaged.
    pub tended: Tended,
}

/// Why the working copy was made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rebuilt {
    /// There was none.
    Missing,
    /// The machine stopped while it was open.
    NotClosed,
    /// It could not be opened or read.
    Unreadable(String),
    /// It was not what was closed, or was made of another journal.
    Different,
    /// The folder is a copy of the one it was written in: what was copied while it was written is not whole.
    Moved,
}

/// Homes whose derived rows must be made again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stale {
    /// None.
    #[default]
    None,
    /// These.
    Homes(Vec<Id>),
    /// All.
    All,
}

/// A derived row block to be written with what it was derived from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowWrite {
    /// Its number.
    pub block: u32,
    /// Its bytes, or nothing to remove it.
    pub bytes: Option<Vec<u8>>,
}

/// What a book takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Bytes of the journal.
    pub journal: u64,
    /// Bytes of the working copy.
    pub working: u64,
    /// Entries.
    pub entries: u64,
}

/// A book, open.
pub struct Store {
    paths: Paths,
    disk: Arc<dyn Disk>,
    /// This machine's name.
    host: String,
    /// This device's number.
    device: u64,
    /// The number of this opening.
    session: u64,
    /// The book is of an older format until an entry is written.
    is_older: bool,
    /// The book was brought to today's format, and nobody was told yet.
    upgraded: Option<Upgraded>,
    journal: Journal,
    tree: Option<Tree>,
    progressed: Progressed,
    recent: BTreeMap<u64, Recent>,
    groups: HashMap<Id, (u64, u64)>,
    read_only: Option<ReadOnly>,
    boot: Option<String>,
    /// The last entry that was to be durable.
    durable: u64,
    /// The note beside the working copy.
    mark: MarkFile,
    /// Entries are being written that make good what the journal lost: they prove nothing until the last is there.
    is_salvaging: bool,
    /// Whether a good close is noted.
    keeps_mark: bool,
    /// Who has none looks at what another holds.
    lock: Option<Lock>,
    /// Where the working copy is, if not in the book's folder. It goes after the tree.
    aside: Option<Aside>,
}

/// An entry the working copy does not yet know.
#[derive(Clone, Copy, Debug)]
struct Recent {
    place: Place,
    crc: u32,
}

impl Store {
    /// Opens the book in `folder`, or makes one there. Nobody else can have it open meanwhile, not even to read it. What
    /// was not closed well is brought up to its journal first; `progress` hears of it.
    pub fn open(
        folder: &Path,
        options: Options,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(Store, Opened), StoreError> {
        opening::open(folder, options, progress)
    }

    /// Why the book may only be read, if so.
    pub const fn read_only(&self) -> Option<&ReadOnly> {
        self.read_only.as_ref()
    }

    /// That the book was brought to today's format, told once.
    pub const fn take_upgraded(&mut self) -> Option<Upgraded> {
        self.upgraded.take()
    }

    /// The number of the next entry.
    pub fn next_seq(&self) -> u64 {
        self.journal.end().next_seq
    }

    /// The number of the last entry the working copy knows.
    pub const fn settled(&self) -> u64 {
        self.progressed.seq
    }

    fn tree(&self) -> Result<&Tree, StoreError> {
        self.tree.as_ref().ok_or_else(|| StoreError::Worn { text: "it is not open".to_owned() })
    }

    /// Whether nobody else can have the book open meanwhile.
    pub const fn is_alone(&self) -> bool {
        self.lock.is_some()
    }

    /// The book's folder.
    pub fn folder(&self) -> &Path {
        &self.paths.book
    }

    /// What the book takes.
    pub fn sizes(&self) -> Sizes {
        Sizes {
            journal: tree::size_of(&self.paths.journal),
            working: tree::size_of(&self.paths.working),
            entries: self.next_seq() - 1,
        }
    }

    /// Everything of one home.
    pub fn dossier(&self, home: Id) -> Result<Dossier, StoreError> {
        working::read_dossier(self.tree()?, home).map_err(worn)
    }

    /// The book as it is now, for another thread to read while this one goes on writing. It can write nothing, and there
    /// is nothing to be put away behind it.
    pub fn snapshot(&self) -> Store {
        let mut store = Store::of_journal(self.paths.clone(), Arc::clone(&self.disk), self.journal.end());
        store.tree.clone_from(&self.tree);
        store.progressed = self.progressed.clone();
        store.recent.clone_from(&self.recent);
        store.groups.clone_from(&self.groups);
        store
    }

    /// A store that only reads a journal up to `end`: it has no working copy, holds no lock and leaves no mark.
    fn of_journal(paths: Paths, disk: Arc<dyn Disk>, end: End) -> Store {
        Store {
            journal: Journal::read_only(Arc::clone(&disk), &paths.journal, end),
            paths,
            disk,
            host: String::new(),
            device: 0,
            session: device::by_chance(),
            is_older: false,
            upgraded: None,
            tree: None,
            progressed: Progressed::default(),
            recent: BTreeMap::new(),
            groups: HashMap::new(),
            read_only: Some(ReadOnly::Asked),
            boot: None,
            durable: 0,
            mark: MarkFile::default(),
            is_salvaging: false,
            keeps_mark: false,
            lock: None,
            aside: None,
        }
    }

    /// Closes the book so that it opens quickly. Without it nothing is lost.
    pub fn close(mut self) -> Result<(), StoreError> {
        self.finish()
    }

    fn finish(&mut self) -> Result<(), StoreError> {
        if self.tree.is_none() || self.lock.is_none() {
            self.tree = None;
            return Ok(());
        }
        let is_in_doubt = self.is_in_doubt();
        let Some(tree) = self.tree.take() else { return Ok(()) };
        let (synced, is_worn) = (self.journal.sync(), tree.is_worn());
        tree.close().map_err(worn)?;
        synced?;
        if !self.keeps_mark && !is_worn {
            return Ok(());
        }
        let Progressed { seq, crc, .. } = self.progressed;
        if !is_in_doubt && seq + 1 == self.next_seq() {
            self.mark.mark.acknowledged = Acknowledged { seq, crc };
        }
        self.write_mark(if is_worn { State::Doubted } else { State::Closed(seq) })
    }

    /// Makes the note of what was acknowledged last, on any thread: to be done when nothing is being saved. Where it
    /// fails, the note only proves less.
    pub fn settling(&self) -> impl FnOnce() + Send + use<> {
        let (disk, path) = (Arc::clone(&self.disk), self.paths.mark.clone());
        move || {
            if let Ok(mut file) = disk.open_to_write(&path) {
                let _ = file.sync();
            }
        }
    }

    /// The book's own number, which every journal file names: in books begun before there was one, the first entry's id.
    pub fn book_id(&self) -> [u8; 16] {
        let disk = self.disk.as_ref();
        let files = journal::segments(disk, &self.paths.journal).unwrap_or_default();
        let heads = files.iter().rev().filter_map(|number| journal::segment_head(disk, &self.paths.journal, *number));
        let named = heads.filter_map(|head| head.book).next();
        named.or_else(|| self.head(1).ok().map(|head| *head.id.bytes())).unwrap_or_else(by_chance)
    }

    /// Notes an entry of the journal that the working copy does not yet know.
    fn note(&mut self, place: Place, crc: u32, head: &Head) -> Result<(), tree::Worn> {
        self.recent.insert(head.seq, Recent { place, crc });
        head.origin.iter().for_each(|origin| self.progressed.note(origin));
        if head.ends_salvage() {
            self.progressed.gaps.clear();
        }
        replay::note_group(self, head)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // Nobody is left to be told; the next opening finds out.
        let _ = self.finish();
    }
}

/// Sixteen bytes that no other book has.
fn by_chance() -> [u8; 16] {
    let mut bytes = [0; 16];
    let both = [device::by_chance().to_le_bytes(), device::by_chance().to_le_bytes()].concat();
    bytes.iter_mut().zip(both).for_each(|(byte, by)| *byte = by);
    bytes
}

/// The error for a working copy that is not to be trusted.
fn worn(text: tree::Worn) -> StoreError {
    StoreError::Worn { text }
}
