//! Paths of files as they are typed, pasted or dropped into a terminal, and completed.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Most entries of a folder that are shown.
const MOST: usize = 5_000;

/// One entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Whether it is a folder.
    pub is_folder: bool,
    /// Its bytes.
    pub size: u64,
    /// When it was last written.
    pub written: Option<SystemTime>,
}

/// A typed path parted: the folder named so far as it is written, and the beginning of a name in it.
pub fn parted(line: &str) -> (&str, &str) {
    match line.rsplit_once('/') {
        Some((folder, name)) => (line.strip_suffix(name).unwrap_or(folder), name),
        None => ("", line),
    }
}

/// The path a line means: `~` is the home folder, what is relative begins at the folder worked in.
pub fn path_of(line: &str) -> PathBuf {
    let home = || std::env::var_os("HOME").map(PathBuf::from);
    match line.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with('/')) {
        Some(rest) => home().map_or_else(|| PathBuf::from(line), |home| home.join(rest.trim_start_matches('/'))),
        None if line.is_empty() => PathBuf::from("."),
        None => PathBuf::from(line),
    }
}

/// What is in a folder and may be wanted: folders and files of the endings in `kept`, folders first, then by name. Hidden
/// entries are left out.
///
/// # Errors
/// Why the folder cannot be read.
pub fn entries(folder: &Path, kept: &[&str]) -> std::io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder)?.flatten().take(MOST) {
        let name = entry.file_name().to_string_lossy().into_owned();
        // A link counts as what it points to.
        let Ok(found) = std::fs::metadata(entry.path()) else { continue };
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let is_kept = found.is_dir() || ending.is_some_and(|ending| kept.contains(&ending.as_str()));
        if !name.starts_with('.') && is_kept {
            let (is_folder, size, written) = (found.is_dir(), found.len(), found.modified().ok());
            entries.push(Entry { name, is_folder, size, written });
        }
    }
    entries.sort_by_cached_key(|entry| (!entry.is_folder, entry.name.to_lowercase()));
    Ok(entries)
}

/// Whether an entry goes on from what is typed of its name.
pub fn goes_on(name: &str, typed: &str) -> bool {
    typed.is_empty() || fold_case(name).starts_with(&fold_case(typed))
}

fn fold_case(text: &str) -> String {
    text.to_lowercase()
}

/// The line completed as far as all entries that go on from it agree; nothing where that adds nothing.
pub fn completed(line: &str, entries: &[Entry]) -> Option<String> {
    let (folder, typed) = parted(line);
    let mut fitting = entries.iter().filter(|entry| goes_on(&entry.name, typed));
    let first = fitting.next()?;
    let mut common: Vec<char> = first.name.chars().collect();
    let mut alone = true;
    for entry in fitting {
        alone = false;
        let same = common.iter().zip(entry.name.chars()).take_while(|(one, other)| **one == *other).count();
        common.truncate(same);
    }
    let mut name: String = common.into_iter().collect();
    if alone && first.is_folder {
        name.push('/');
    }
    let longer = name.chars().count() > typed.chars().count() || (alone && name != typed);
    longer.then(|| format!("{folder}{name}"))
}

/// The paths in text that was pasted or dropped: quoted, with its spaces escaped, or as `file://` addresses.
pub fn dropped(text: &str) -> Vec<String> {
    let (mut words, mut word, mut begun) = (Vec::new(), String::new(), false);
    let (mut quote, mut signs) = (None, text.trim().chars());
    while let Some(c) = signs.next() {
        match (quote, c) {
            (None, '\'' | '"') => (quote, begun) = (Some(c), true),
            (Some(open), c) if c == open => quote = None,
            (None | Some('"'), '\\') => {
                word.extend(signs.next());
                begun = true;
            }
            (None, c) if c.is_whitespace() => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            (_, c) => {
                word.push(c);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words.into_iter().map(|word| address(&word).unwrap_or(word)).collect()
}

/// Whether pasted text names paths rather than a piece of one: it begins like one, quoted or not.
pub fn is_dropped(text: &str) -> bool {
    let text = text.trim();
    text.chars().nth(1).is_some() && (text.starts_with(['/', '\'', '"', '~']) || text.starts_with("file://"))
}

/// The path of a `file://` address.
fn address(word: &str) -> Option<String> {
    let rest = word.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let (mut bytes, mut left) = (Vec::new(), path.bytes());
    while let Some(byte) = left.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || left.next().and_then(|byte| char::from(byte).to_digit(16));
        let (high, low) = (digit()?, digit()?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// A size as a person says it: `820 B`, `12 KB`, `3.4 MB`.
pub fn size_shown(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, completed, dropped, is_dropped, parted};

    fn entry(name: &str, is_folder: bool) -> Entry {
        Entry { name: name.into(), is_folder, size: 0, written: None }
    }

    #[test]
    fn a_path_dropped_into_the_terminal_is_understood_however_it_is_written() {
        for text in [
            "'/home/wang/客户 表.csv'",
            "\"/home/wang/客户 表.csv\" ",
            "/home/wang/客户\\ 表.csv\n",
            "file:///home/wang/%E5%AE%A2%E6%88%B7%20表.csv",
        ] {
            assert!(is_dropped(text), "{text}");
            assert_eq!(dropped(text), ["/home/wang/客户 表.csv"], "{text}");
        }
        assert_eq!(dropped("/a/Orders.csv '/a/Order Details.csv'"), ["/a/Orders.csv", "/a/Order Details.csv"]);
        assert!(!is_dropped("客户"));
    }

    #[test]
    fn a_line_is_completed_as_far_as_it_is_clear() {
        let entries = [entry("Orders", true), entry("OrderDetails.csv", false), entry("客户.xlsx", false)];
        assert_eq!(completed("~/data/or", &entries).as_deref(), Some("~/data/Order"));
        assert_eq!(completed("客", &entries).as_deref(), Some("客户.xlsx"));
        assert_eq!(completed("orders", &entries).as_deref(), Some("Orders/"));
        assert_eq!(completed("x", &entries), None);
        assert_eq!(completed("Order", &entries), None);
    }

    #[test]
    fn the_name_is_what_stands_behind_the_last_slash() {
        assert_eq!(parted("/a/b"), ("/a/", "b"));
        assert_eq!(parted("b"), ("", "b"));
        assert_eq!(parted("~/"), ("~/", ""));
    }
}
