//! What is told when a book was brought to another format.

use crate::text::{Language, Words, words};
use std::path::Path;

const KEPT: Words = words(
    "Note: from this entry on the book is of format 2, which older programs cannot open; the book as it was is backed up, verified, in {}",
    "说明：从这一条起，客户簿改用格式 2，旧版程序无法再打开；改动前的客户簿已备份并核对：{}",
);
const UNKEPT: Words = words(
    "Note: from this entry on the book is of format 2, which older programs cannot open; as it is damaged no backup could be made",
    "说明：从这一条起，客户簿改用格式 2，旧版程序无法再打开；因客户簿已损坏，未能备份",
);

/// What is told, with the place of the backup where there is one.
pub fn upgraded(backup: Option<&Path>, language: Language) -> String {
    match backup {
        Some(backup) => KEPT.say(language).replace("{}", &backup.display().to_string()),
        None => UNKEPT.say(language).to_owned(),
    }
}
