//! Why a command could not do what was asked: what happened, what to do, and the exit status.

use crate::book::planning::Refusal;
use crate::desk::trouble::Trouble;
use crate::exchange::intake::IntakeError;
use crate::exchange::sheet_error::SheetError;
use crate::store::error::{ReadOnly, StoreError};
use crate::text::disk::refusal;
use crate::text::{Language, Words, words};
use crate::ui::fit;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;

/// Done.
pub const DONE: u8 = 0;
/// Done in part: rows were refused.
pub const IN_PART: u8 = 1;
/// Wrong usage.
pub const USAGE: u8 = 2;
/// Nothing was found.
pub const NOT_FOUND: u8 = 3;
/// More than one is meant.
pub const AMBIGUOUS: u8 = 4;
/// Another session has the book.
pub const HELD: u8 = 5;
/// The book is damaged.
pub const DAMAGED: u8 = 6;
/// Disk, permission or missing file.
pub const DISK: u8 = 7;

/// How every error begins.
pub const ERROR: Words = words("Error: ", "错误：");

/// Why a command ended without doing what was asked.
#[derive(Debug)]
pub enum Fail {
    /// The person is told.
    Told {
        /// The exit status.
        status: u8,
        /// What happened.
        what: String,
        /// What to do about it; empty where nothing helps.
        hint: String,
    },
    /// A record of the working copy could not be read: it is made again at the next opening.
    Worn {
        /// What happened.
        what: String,
        /// What to do about it.
        hint: String,
    },
    /// The answer could not be written.
    Output(io::Error),
    /// It is done and saved; only the answer could not be written.
    Saved(io::Error),
}

impl Fail {
    /// What happened, with its status.
    pub fn new(status: u8, what: impl Into<String>) -> Fail {
        Fail::Told { status, what: what.into(), hint: String::new() }
    }

    /// The command was used wrongly.
    pub fn usage(what: impl Into<String>) -> Fail {
        Fail::new(USAGE, what)
    }

    /// The answer to what is already saved: when it cannot be written, nobody is to do it a second time.
    pub fn after_saving(written: io::Result<()>, out: &mut dyn Write) -> Result<(), Fail> {
        written.and_then(|()| out.flush()).map_err(Fail::Saved)
    }

    /// With what to do about it.
    pub fn hinted(self, text: impl Into<String>) -> Fail {
        match self {
            Fail::Told { status, what, .. } => Fail::Told { status, what, hint: text.into() },
            output => output,
        }
    }

    /// Whether it is that another session has the book.
    pub const fn is_held(&self) -> bool {
        matches!(self, Fail::Told { status: HELD, .. })
    }

    /// What the desk did not do.
    pub fn of_trouble(trouble: &Trouble, language: Language) -> Fail {
        match trouble {
            Trouble::Refused(refusal) => Fail::new(refusal_status(refusal), refusal.say(language)),
            Trouble::Store(error) => Fail::of_store(error, language),
        }
    }

    /// What the disk did not do.
    pub fn of_store(error: &StoreError, language: Language) -> Fail {
        let status = match error {
            StoreError::ReadOnly(ReadOnly::Asked) => USAGE,
            StoreError::ReadOnly(_) => DAMAGED,
            other => other.exit_status(),
        };
        if let Some(fail) = of_another(error, language) {
            return fail;
        }
        let (what, hint) = (error.say(language), error.hint(language).unwrap_or_default());
        match error {
            StoreError::Worn { .. } if status == DAMAGED => Fail::Worn { what, hint: hint.to_owned() },
            _ => Fail::new(status, what).hinted(hint),
        }
    }

    /// Why files could not be read.
    pub fn of_intake(error: &IntakeError, language: Language) -> Fail {
        let status = match error {
            IntakeError::Sheet(_, SheetError::Missing | SheetError::Io(..)) => DISK,
            _ => USAGE,
        };
        Fail::new(status, error.say(language)).hinted(error.hint(language).unwrap_or_default())
    }

    /// Says it on `err` and gives the exit status. A reader that went away is told nothing.
    pub fn end(self, err: &mut dyn Write, language: Language) -> u8 {
        let (status, what, hint) = match self {
            Fail::Output(error) | Fail::Saved(error) if error.kind() == io::ErrorKind::BrokenPipe => return DONE,
            Fail::Saved(error) => {
                let what = words("saved, but the answer could not be printed", "已保存，但结果无法输出").say(language);
                (DISK, format!("{what}: {}", refusal(&error, language)), String::new())
            }
            Fail::Output(error) => {
                let what = words("the answer could not be written", "无法输出结果").say(language);
                (DISK, format!("{what}: {}", refusal(&error, language)), String::new())
            }
            Fail::Told { status, what, hint } => (status, what, hint),
            Fail::Worn { what, hint } => (DAMAGED, what, hint),
        };
        // Where even this cannot be written, the status still says it.
        // What was typed may be told again, but never as a sequence that the terminal obeys.
        let _ = writeln!(err, "{}{}", ERROR.say(language), clean_lines(&what));
        if !hint.is_empty() {
            let _ = writeln!(err, "{}{}", words("Hint: ", "提示：").say(language), clean_lines(&hint));
        }
        status
    }
}

/// Says on `err` why a book could not be opened, and gives the exit status.
pub fn could_not_open(error: &StoreError, language: Language, err: &mut dyn Write) -> u8 {
    Fail::of_store(error, language).end(err, language)
}

/// A message without control characters, its line ends kept.
fn clean_lines(text: &str) -> String {
    text.lines().map(|line| fit::clean(line).into_owned()).collect::<Vec<_>>().join("\n")
}

impl From<io::Error> for Fail {
    fn from(error: io::Error) -> Fail {
        Fail::Output(error)
    }
}

/// What belongs to another user, and may therefore not be read or written, is said to.
fn of_another(error: &StoreError, language: Language) -> Option<Fail> {
    let StoreError::Disk { path, kind: io::ErrorKind::PermissionDenied, .. } = error else { return None };
    let owner = path.ancestors().find_map(|place| fs::metadata(place).ok()).map(|found| found.uid())?;
    if owner == rustix::process::geteuid().as_raw() {
        return None;
    }
    let what = words("{} belongs to another user of this machine (number {})", "{} 属于本机的另一位用户（编号 {}）");
    let what = what.filled(&[&path.display().to_string(), &owner.to_string()], language);
    let hint = words(
        "work as that user, or name a book of your own with --book DIR",
        "请以该用户身份操作，或用 --book 目录 打开自己的客户簿",
    );
    Some(Fail::new(DISK, what).hinted(hint.say(language)))
}

fn refusal_status(refusal: &Refusal) -> u8 {
    match refusal {
        Refusal::NotThere | Refusal::NothingToUndo | Refusal::NothingToRedo => NOT_FOUND,
        Refusal::WhichDeal => AMBIGUOUS,
        _ => USAGE,
    }
}
