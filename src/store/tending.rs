//! What is looked after at every opening besides the journal: that others cannot read the book, and drafts that are damaged.

use crate::store::codec::{Reader, read_file};
use crate::store::disk::{Disk, read_whole};
use crate::store::paths::Paths;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Rights of anybody but the owner.
const OF_OTHERS: u32 = 0o077;
/// What a draft that cannot be read is called from then on; a number follows where there is one of that name.
const DAMAGED: &str = "damaged";

/// What was found and done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tended {
    /// Others could read the book, and can no more.
    pub closed_off: bool,
    /// Others can read the book, and that could not be changed.
    pub open_to_others: bool,
    /// Drafts that cannot be read, under the names by which they are kept.
    pub damaged_drafts: Vec<PathBuf>,
}

/// Looks after the book at `paths`, which was just opened. Where nothing may be written (`may_write`) all is left as it is,
/// and only told.
pub fn tend(paths: &Paths, disk: &dyn Disk, may_write: bool) -> Tended {
    let was_open = is_open_to_others(paths);
    if was_open && may_write {
        // Where this does not help, looking again tells.
        let _ = close_off(&paths.book);
    }
    let is_open = was_open && is_open_to_others(paths);
    let drafts = paths.book.join("drafts");
    let damaged_drafts = damaged(disk, &drafts);
    let damaged_drafts = if may_write { put_aside(disk, damaged_drafts) } else { damaged_drafts };
    Tended { closed_off: was_open && !is_open, open_to_others: is_open, damaged_drafts }
}

/// Whether the book's folder, or what in it holds words of customers, has rights for others.
fn is_open_to_others(paths: &Paths) -> bool {
    let below = [&paths.journal, &paths.drafts];
    let inside = below.into_iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().filter_map(Result::ok);
    let inside = inside.map(|entry| entry.path());
    let outside = [&paths.book, &paths.journal, &paths.drafts, &paths.format, &paths.mark].map(Clone::clone);
    outside.into_iter().chain(inside).any(|path| {
        let rights = fs::symlink_metadata(&path).map(|found| (found.is_symlink(), found.permissions().mode()));
        rights.is_ok_and(|(is_link, mode)| !is_link && mode & OF_OTHERS != 0)
    })
}

/// Takes the rights of others away from the folder and all that is in it, the folder first; links are not followed.
fn close_off(folder: &Path) -> io::Result<()> {
    fs::set_permissions(folder, Permissions::from_mode(0o700))?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            close_off(&entry.path())?;
        } else if kind.is_file() {
            fs::set_permissions(entry.path(), Permissions::from_mode(0o600))?;
        }
    }
    Ok(())
}

/// The drafts that cannot be read and were not put aside before.
fn damaged(disk: &dyn Disk, folder: &Path) -> Vec<PathBuf> {
    let names = disk.names(folder).unwrap_or_default().into_iter().filter(|name| is_draft(name));
    names.map(|name| folder.join(name)).filter(|path| is_damaged(disk, path)).collect()
}

/// Whether a file among the drafts is one: not one being written, and not one put aside.
pub(super) fn is_draft(name: &str) -> bool {
    !name.ends_with(".new") && !name.contains(DAMAGED)
}

fn is_damaged(disk: &dyn Disk, path: &Path) -> bool {
    let Ok(stored) = read_whole(disk, path) else { return true };
    // A draft sealed by a newer program stands in a book of a newer format, which is not opened.
    read_file(&stored).and_then(|body| Reader::of(body).text()).is_err()
}

/// Gives damaged drafts a name by which nothing is read or written any more; where that fails they stay where they are.
fn put_aside(disk: &dyn Disk, drafts: Vec<PathBuf>) -> Vec<PathBuf> {
    let aside = |path: PathBuf| {
        let numbered = (2..).map(|number| format!("{DAMAGED}-{number}"));
        let mut endings = std::iter::once(DAMAGED.to_owned()).chain(numbered);
        let fresh =
            endings.find_map(|ending| Some(path.with_extension(ending)).filter(|fresh| disk.open(fresh).is_err()));
        match fresh {
            Some(fresh) if disk.rename(&path, &fresh).is_ok() => fresh,
            _ => path,
        }
    };
    drafts.into_iter().map(aside).collect()
}

#[cfg(test)]
mod tests {
    use super::Tended;
    use crate::store::{Opened, Options, Store};
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    fn open(folder: &Path, read_only: bool) -> (Store, Opened) {
        Store::open(folder, Options { read_only, ..Options::default() }, &mut |_| ()).unwrap()
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    /// A book with a draft, closed.
    fn book() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let (store, opened) = open(folder.path(), false);
        assert_eq!(opened.tended, Tended::default());
        store.save_draft("line", b"half a line").unwrap();
        store.close().unwrap();
        folder
    }

    fn draft_of(folder: &Path) -> std::path::PathBuf {
        let mut drafts = fs::read_dir(folder.join("drafts")).unwrap();
        drafts.next().unwrap().unwrap().path()
    }

    #[test]
    fn a_copied_book_that_others_can_read_is_closed_off_at_opening_and_that_is_told_once() {
        let folder = book();
        let (draft, journal) = (draft_of(folder.path()), folder.path().join("journal"));
        for path in [folder.path(), &journal] {
            fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
        }
        fs::set_permissions(&draft, Permissions::from_mode(0o644)).unwrap();
        let (store, opened) = open(folder.path(), false);
        assert_eq!(opened.tended, Tended { closed_off: true, ..Tended::default() });
        assert_eq!([folder.path(), &journal, &draft].map(mode), [0o700, 0o700, 0o600]);
        store.close().unwrap();
        assert_eq!(open(folder.path(), false).1.tended, Tended::default());
    }

    #[test]
    fn a_book_only_looked_at_keeps_its_rights_and_they_are_told() {
        let folder = book();
        let mut written = Store::open(folder.path(), Options::default(), &mut |_| ()).unwrap().0;
        crate::store::backup::tests::write_entries(&mut written, 1);
        written.close().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let (_store, opened) = open(folder.path(), true);
        assert_eq!(opened.tended, Tended { open_to_others: true, ..Tended::default() });
        assert_eq!(mode(folder.path()), 0o755);
    }

    #[test]
    fn a_damaged_draft_is_kept_under_a_name_of_its_own_and_told() {
        let folder = book();
        let draft = draft_of(folder.path());
        for nth in [1, 2] {
            fs::write(&draft, b"nothing that can be read").unwrap();
            let (store, opened) = open(folder.path(), false);
            let [aside] = opened.tended.damaged_drafts.as_slice() else { panic!("{opened:?}") };
            assert_eq!(fs::read(aside).unwrap(), b"nothing that can be read");
            assert!(!draft.exists() && aside.starts_with(folder.path().join("drafts")), "{nth}: {aside:?}");
            assert_eq!(store.drafts(), Ok(Vec::new()));
            store.close().unwrap();
        }
        assert_eq!(fs::read_dir(folder.path().join("drafts")).unwrap().count(), 2);
        assert_eq!(open(folder.path(), false).1.tended, Tended::default());
    }
}
