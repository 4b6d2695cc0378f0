//! What the system says when it refuses a file or a folder, in the words of who is at the desk.

use crate::text::{Language, Words, words};
use std::io::{Error, ErrorKind};

/// Why the system refused; what is rare is told in the system's own words.
pub fn refusal(error: &Error, language: Language) -> String {
    refusal_of(error.kind(), &error.to_string(), language)
}

/// The same, where only the kind of the refusal and the system's words are left of it.
pub fn refusal_of(kind: ErrorKind, system: &str, language: Language) -> String {
    common(kind).map_or(system, |words| words.say(language)).to_owned()
}

const fn common(kind: ErrorKind) -> Option<Words> {
    Some(match kind {
        ErrorKind::NotFound => words("there is no such file or folder", "没有这个文件或文件夹"),
        ErrorKind::PermissionDenied => words("permission denied", "没有权限"),
        ErrorKind::IsADirectory => words("this is a folder", "这是文件夹，不是文件"),
        ErrorKind::NotADirectory => words("part of the path is no folder", "路径中有一段不是文件夹"),
        ErrorKind::AlreadyExists => words("it exists already", "已经存在"),
        ErrorKind::StorageFull => words("the disk is full", "磁盘已满"),
        ErrorKind::QuotaExceeded => words("your share of the disk is used up", "磁盘配额已用完"),
        ErrorKind::FileTooLarge => words("the file is too large", "文件太大"),
        ErrorKind::ReadOnlyFilesystem => words("this disk can only be read", "磁盘是只读的"),
        ErrorKind::ResourceBusy => words("it is in use", "正被占用"),
        ErrorKind::InvalidFilename => words("the name is too long or not allowed", "文件名太长或不合规"),
        ErrorKind::TimedOut => words("no answer in time", "等待超时"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::refusal;
    use crate::text::Language;
    use std::io::Error;

    #[test]
    fn what_the_system_often_refuses_is_told_in_words() {
        let denied = Error::from_raw_os_error(13);
        assert_eq!(refusal(&denied, Language::Zh), "没有权限");
        assert_eq!(refusal(&denied, Language::En), "permission denied");
        assert_eq!(refusal(&Error::from_raw_os_error(28), Language::Zh), "磁盘已满");
    }

    #[test]
    fn what_is_rare_is_told_as_the_system_tells_it() {
        assert_eq!(refusal(&Error::other("odd"), Language::Zh), "odd");
    }
}
