//! Backups made, spoiled and read.

use crate::domain::change::Change;
use crate::domain::customer::Customer;
use crate::domain::id::Id;
use crate::domain::record::Record;
use crate::domain::time::Moment;
use crate::store::backup::contents::{Contents, Stamp};
use crate::store::backup::error::BackupError;
use crate::store::backup::layout::{HASH, MAGIC};
use crate::store::backup::read::check;
use crate::store::backup::unpack::Staging;
use crate::store::backup::write::{backup_to, look_for_room};
use crate::store::disk::RealDisk;
use crate::store::entry::{Cause, Draft, Durability};
use crate::store::error::{ReadOnly, StoreError};
use crate::store::{Options, Store};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Writes so many entries more, a customer each.
pub(in crate::store) fn write_entries(store: &mut Store, count: u8) {
    for nth in 0..count {
        let seq = store.next_seq();
        let id = Id::of_name(&format!("customer {seq}"));
        let customer = Customer { id, name: format!("customer {nth}").repeat(30), ..Customer::default() };
        let changes = vec![Change::Born(Record::from(customer))];
        let (at, by) = (Moment::from_parts(1_700_000_000 + i64::from(nth), 480), "张伟".to_owned());
        let draft = Draft { id, at, by, group: None, cause: Cause::Do, changes, ..Draft::default() };
        store.append(&draft, Durability::Now).unwrap();
        store.settle(seq, &draft.changes, &[]).unwrap();
    }
}

fn open(folder: &Path) -> Store {
    // Short journal files, so that there are several.
    Store::open(folder, Options { segment_limit: 2_000, ..Options::default() }, &mut |_| ()).unwrap().0
}

fn stamp() -> Stamp {
    Stamp { device: "desk".to_owned(), made_at: Moment::from_parts(1_800_000_000, 480) }
}

fn backed_up(store: &Store, file: &Path) -> Result<Contents, BackupError> {
    store.backup(file, &stamp(), false, &mut |_| ())
}

/// A backup of a small book, and the folder it is in.
fn backup() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(&folder.path().join("book"));
    write_entries(&mut store, 12);
    store.save_draft("line", b"half a line").unwrap();
    let file = folder.path().join("book.kehu");
    backed_up(&store, &file).unwrap();
    (folder, file)
}

#[test]
fn what_is_backed_up_reads_back_and_unpacks_to_the_same_journal() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(&folder.path().join("book"));
    write_entries(&mut store, 12);
    store.save_draft("line", b"half a line").unwrap();
    let file = folder.path().join("book.kehu");
    let contents = backed_up(&store, &file).unwrap();
    assert_eq!(check(&file, &mut |_| ()), Ok(contents.clone()));
    assert_eq!((contents.header.entries, contents.drafts), (12, 1));
    assert!(contents.segments > 1 && contents.header.stamp == stamp());
    assert_eq!(contents.last.as_ref().map(|last| last.by.as_str()), Some("张伟"));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let (staging, unpacked) = Staging::unpack(&file, &folder.path().join("again"), &mut |_| ()).unwrap();
    assert_eq!(unpacked, contents);
    let again = staging.name().unwrap();
    for name in fs::read_dir(store.folder().join("journal")).unwrap().map(|entry| entry.unwrap().file_name()) {
        let bytes = |book: &Path| fs::read(book.join("journal").join(&name)).unwrap();
        assert_eq!(bytes(store.folder()), bytes(&again), "{name:?}");
    }
    assert_eq!(open(&again).drafts(), store.drafts());
    assert!(!folder.path().join("again.new").exists() && !folder.path().join("book.kehu.part").exists());
}

#[test]
fn a_book_that_is_written_on_meanwhile_is_backed_up_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(&folder.path().join("book"));
    write_entries(&mut store, 3);
    let then = store.snapshot();
    write_entries(&mut store, 9);
    let contents = backed_up(&then, &folder.path().join("then.kehu")).unwrap();
    assert_eq!(contents.header.entries, 3);
    assert_eq!(backed_up(&store, &folder.path().join("now.kehu")).unwrap().header.entries, 12);
}

#[test]
fn an_end_that_was_never_whole_is_not_in_the_backup_made_before_another_format() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    let mut store = open(&book);
    write_entries(&mut store, 1);
    store.close().unwrap();
    OpenOptions::new().append(true).open(book.join("journal/00000001.kj")).unwrap().write_all(&[9; 30]).unwrap();
    let file = book.join("backups/before-format-2.kehu");
    for _ in 0..2 {
        let contents = backup_to(&RealDisk, &book, &file, &stamp()).unwrap();
        assert_eq!((contents.header.entries, check(&file, &mut |_| ())), (1, Ok(contents)));
    }
    assert_eq!(fs::metadata(book.join("backups")).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn a_damaged_journal_and_a_book_in_doubt_are_not_backed_up_as_if_they_were_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (book, file) = (folder.path().join("book"), folder.path().join("book.kehu"));
    let mut store = open(&book);
    write_entries(&mut store, 12);
    let journal = book.join("journal/00000002.kj");
    let mut bytes = fs::read(&journal).unwrap();
    bytes[300] ^= 1;
    fs::write(&journal, &bytes).unwrap();
    let refused = backed_up(&store, &file);
    assert!(matches!(&refused, Err(BackupError::Store(StoreError::Damaged { path, .. })) if *path == journal));
    store.read_only = Some(ReadOnly::Damaged);
    assert_eq!(backed_up(&store, &file), Err(StoreError::ReadOnly(ReadOnly::Damaged).into()));
    assert!(backup_to(&RealDisk, &book, &file, &stamp()).is_err());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn nothing_is_written_over_and_nothing_begun_where_there_is_no_room() {
    let (folder, file) = backup();
    let store = open(&folder.path().join("book"));
    assert_eq!(backed_up(&store, &file), Err(BackupError::Exists(fs::canonicalize(&file).unwrap())));
    store.backup(&file, &stamp(), true, &mut |_| ()).unwrap();
    assert!(matches!(look_for_room(folder.path(), u64::MAX), Err(BackupError::NoRoom { needed: u64::MAX, .. })));
    assert_eq!(look_for_room(folder.path(), 1), Ok(()));
    let full = folder.path().join("full");
    fs::create_dir(&full).unwrap();
    fs::write(full.join("mine"), b"x").unwrap();
    assert!(matches!(Staging::unpack(&file, &full, &mut |_| ()), Err(BackupError::NotEmpty(_))));
    fs::create_dir(folder.path().join("other.new")).unwrap();
    let in_the_way = Staging::unpack(&file, &folder.path().join("other"), &mut |_| ());
    assert!(matches!(in_the_way, Err(BackupError::Exists(_))));
    assert!(folder.path().join("other.new").exists() && full.join("mine").exists());
}

#[test]
fn a_restoring_that_was_stopped_is_begun_anew() {
    let (folder, file) = backup();
    let again = folder.path().join("again");
    std::mem::forget(Staging::unpack(&file, &again, &mut |_| ()).unwrap());
    assert!(folder.path().join("again.new").exists() && !again.exists());
    Staging::unpack(&file, &again, &mut |_| ()).unwrap().0.name().unwrap();
    assert!(!folder.path().join("again.new").exists() && again.join("journal").exists());
}

#[test]
fn a_backup_cut_anywhere_is_refused_and_leaves_nothing() {
    let (folder, file) = backup();
    let whole = fs::read(&file).unwrap();
    let again = folder.path().join("again");
    for length in (0..whole.len()).step_by(23).chain([whole.len() - 1]) {
        fs::write(&file, &whole[..length]).unwrap();
        match Staging::unpack(&file, &again, &mut |_| ()).map(|_| ()) {
            Err(BackupError::Foreign(_)) => assert!(length < MAGIC.len()),
            Err(BackupError::Spoiled { path, .. }) => assert_eq!(path, file),
            other => panic!("{length}: {other:?}"),
        }
        assert!(!again.exists() && !folder.path().join("again.new").exists());
    }
    fs::write(&file, [whole.as_slice(), b"more"].concat()).unwrap();
    assert!(matches!(check(&file, &mut |_| ()), Err(BackupError::Spoiled { within: None, .. })));
}

#[test]
fn a_backup_with_one_byte_changed_anywhere_is_refused_with_the_place() {
    let (_folder, file) = backup();
    let whole = fs::read(&file).unwrap();
    for place in 0..whole.len() {
        let mut spoiled = whole.clone();
        spoiled[place] ^= 0x20;
        fs::write(&file, &spoiled).unwrap();
        let refused = check(&file, &mut |_| ());
        let told = matches!(
            refused,
            Err(BackupError::Foreign(_)
                | BackupError::Spoiled { .. }
                | BackupError::Store(StoreError::NewerFormat { .. }))
        );
        assert!(told, "byte {place}: {refused:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn no_bytes_make_the_reader_panic_or_believe(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 1..6),
        hashed in any::<bool>(),
    ) {
        static WHOLE: OnceLock<Vec<u8>> = OnceLock::new();
        let whole = WHOLE.get_or_init(|| fs::read(backup().1).unwrap());
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("book.kehu");
        let mut bytes = whole.clone();
        for (place, byte, way) in changes {
            let place = place.index(bytes.len().max(1)).min(bytes.len().saturating_sub(1));
            match way {
                0 => bytes.truncate(place),
                1 => bytes.insert(place, byte),
                2 => drop(bytes.drain(place..(place + usize::from(byte)).min(bytes.len()))),
                _ => if let Some(spoiled) = bytes.get_mut(place) { *spoiled = byte },
            }
        }
        if hashed && bytes.len() > HASH {
            // A forger knows how to hash, too: what is inside is to hold by itself.
            bytes.truncate(bytes.len() - HASH);
            let hash = Sha256::digest(&bytes);
            bytes.extend(hash);
        }
        fs::write(&file, &bytes).unwrap();
        let checked = check(&file, &mut |_| ());
        let unpacked = Staging::unpack(&file, &folder.path().join("again"), &mut |_| ()).map(|(_, contents)| contents);
        prop_assert_eq!(&checked, &unpacked);
        prop_assert!(checked.is_err() || bytes == *whole || hashed);
    }
}
