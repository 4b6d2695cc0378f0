//! Why the desk did not do something, in the words of the person at it.

use crate::book::planning::Refusal;
use crate::store::error::{ReadOnly, StoreError};
use crate::store::scan::Damage;
use crate::text::disk::refusal_of;
use crate::text::{Language, words};

/// What kept the desk from doing something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It may not be done; nothing was changed.
    Refused(Refusal),
    /// The disk failed.
    Store(StoreError),
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Trouble {
        Trouble::Refused(refusal)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Trouble {
        Trouble::Store(error)
    }
}

impl Trouble {
    /// What the person is told.
    pub fn say(&self, language: Language) -> String {
        match self {
            Trouble::Refused(refusal) => refusal.say(language),
            Trouble::Store(error) => error.say(language),
        }
    }
}

/// Whether what went wrong with the working copy is only that the disk is full.
fn is_full(text: &str) -> bool {
    ["StorageFull", "No space left"].iter().any(|sign| text.contains(sign))
}

impl StoreError {
    /// What the person is told.
    pub fn say(&self, language: Language) -> String {
        if let StoreError::Worn { text } = self
            && is_full(text)
        {
            let full =
                words("the disk is full; every entry that was acknowledged is saved", "磁盘已满；已确认的内容都已保存");
            return full.say(language).to_owned();
        }
        if language == Language::En {
            return self.to_string();
        }
        match self {
            StoreError::Held { pid, host, since } => {
                format!("客户簿正被另一个窗口使用（{host} 上的进程 {pid}，自 {since} 起）")
            }
            StoreError::Disk { path, kind, text } => {
                format!("{}：{}", path.display(), refusal_of(*kind, text, Language::Zh))
            }
            StoreError::Unsure { seq, text } => {
                format!("保存第 {seq} 条时磁盘出错（{text}），请重新打开客户簿确认是否已保存")
            }
            StoreError::Damaged { path, offset, .. } => format!("{} 在第 {offset} 字节处损坏", path.display()),
            StoreError::NewerFormat { .. } => "客户簿由更新版本的 kehu 写入，请升级后再打开".to_owned(),
            StoreError::ReadOnly(why) => format!("客户簿只能查看：{}", why.say(language)),
            StoreError::Missing(path) => format!("{} 中没有客户簿", path.display()),
            StoreError::NoJournal(path) => {
                format!("{} 中客户库的日志不见了，只剩工作副本或草稿", path.display())
            }
            StoreError::Foreign { path } => format!("另一个窗口写入了 {}，这里没有保存", path.display()),
            StoreError::Worn { text } => format!("数据均已保存，但工作副本需要重建：{text}"),
            StoreError::NoEntry(seq) => format!("没有第 {seq} 条记录"),
            StoreError::TooLong { .. } => "内容过长，无法保存".to_owned(),
            StoreError::WrongTarget(seq) => format!("第 {seq} 条记录无法由更早的操作撤销"),
        }
    }

    /// That something shown could not be read, why, and what the person can do.
    pub fn unread(&self, language: Language) -> String {
        let again = words(
            "nothing is lost; Esc, then open this page again to try once more",
            "数据没有丢失；按 Esc 离开，再进入本页可重试",
        );
        let (what, todo) = (self.say(language), self.hint(language).unwrap_or_else(|| again.say(language)));
        match language {
            Language::En => format!("! This could not be read: {what} ({todo})"),
            Language::Zh => format!("! 无法读取：{what}（{todo}）"),
        }
    }

    /// What the person can do about it, where something helps.
    pub fn hint(&self, language: Language) -> Option<&'static str> {
        let hint = match self {
            StoreError::Held { .. } => words(
                "leave it there first, or choose another book with --book DIR",
                "请先在那边退出，或用 --book 目录 打开另一本",
            ),
            StoreError::Disk { kind: std::io::ErrorKind::PermissionDenied, .. } => words(
                "check who owns the folder, or choose another with --book DIR",
                "请检查文件夹权限，或用 --book 目录 另选位置",
            ),
            StoreError::Disk { kind: std::io::ErrorKind::StorageFull, .. } => words(
                "free some space on the disk and try again; nothing is lost",
                "请清理磁盘空间后重试，数据没有丢失",
            ),
            StoreError::NewerFormat { .. } => words("install the newer kehu", "请安装新版本"),
            StoreError::NoJournal(_) => words(
                "put its journal back from a backup, or write what is left as a new journal: kehu verify --salvage",
                "请从备份中恢复日志，或运行 kehu verify --salvage 把剩下的内容写成新日志",
            ),
            StoreError::Foreign { .. } => words(
                "close this window and open the book again; what you typed is kept as a draft",
                "请关闭本窗口并重新打开；已输入的内容保留为草稿",
            ),
            StoreError::ReadOnly(ReadOnly::Ahead { .. }) => words(
                "copy the folder first; kehu verify tells what is missing, kehu verify --salvage writes it again, kehu export all works meanwhile",
                "请先复制整个文件夹；kehu verify 查看缺少什么，kehu verify --salvage 补写回日志，期间可用 kehu export all 导出",
            ),
            StoreError::ReadOnly(ReadOnly::Damaged) => words(
                "copy the folder first; kehu verify tells what is lost, and kehu verify --repair writes again what a working copy still holds",
                "请先复制整个文件夹；kehu verify 查看丢失了什么，kehu verify --repair 补写工作副本中仍有的内容",
            ),
            StoreError::ReadOnly(ReadOnly::Other) => words(
                "put the right journal back; to go on with this one, remove the files working* and mark from the folder",
                "请放回原来的日志；若要使用现在这份，请删除文件夹中的 working* 和 mark",
            ),
            StoreError::Missing(_) => {
                words("check the path, or import a file to begin one", "请检查路径，或先导入文件")
            }
            StoreError::Worn { text } if is_full(text) => words(
                "free some space on the disk and try again; nothing is lost",
                "请清理磁盘空间后重试，数据没有丢失",
            ),
            StoreError::Damaged { .. } => words(
                "copy the folder first; then kehu verify --repair writes again what the working copy still holds",
                "请先复制整个文件夹，再运行 kehu verify --repair 补写工作副本中仍有的内容",
            ),
            StoreError::Worn { .. } => words(
                "keep a copy of the folder, then open the book again: it is made anew from its journal",
                "请先备份文件夹，再重新打开：会根据日志重建",
            ),
            _ => return None,
        };
        Some(hint.say(language))
    }

    /// The exit status of the command line.
    pub fn exit_status(&self) -> u8 {
        match self {
            StoreError::Held { .. } | StoreError::Foreign { .. } => 5,
            StoreError::Worn { text } if is_full(text) => 7,
            StoreError::Damaged { .. }
            | StoreError::NewerFormat { .. }
            | StoreError::NoJournal(_)
            | StoreError::Worn { .. } => 6,
            StoreError::NoEntry(_) => 3,
            _ => 7,
        }
    }
}

impl Damage {
    /// The numbers of the entries lost.
    pub fn range(&self) -> String {
        if self.first == self.last { self.first.to_string() } else { format!("{}–{}", self.first, self.last) }
    }

    /// That these entries are lost while the working copy still knows what they did, and what to do.
    pub fn found(&self, language: Language) -> String {
        let (range, path) = (self.range(), self.path.display());
        let entries = if self.first == self.last { "entry" } else { "entries" };
        match language {
            Language::En => format!(
                "Warning: {entries} {range} in {path} can no longer be read; the working copy still holds what was done: kehu verify --repair writes it again"
            ),
            Language::Zh => format!(
                "警告：{path} 中第 {range} 条记录已无法读取；工作副本中仍有其内容，请运行 kehu verify --repair 补写"
            ),
        }
    }
}

impl ReadOnly {
    /// What the person is told.
    pub fn say(&self, language: Language) -> String {
        let zh = match self {
            ReadOnly::Asked => "以只读方式打开",
            ReadOnly::Damaged => "日志已损坏",
            ReadOnly::Ahead { .. } => "日志缺少已保存的内容（被替换或截断过），工作副本是唯一完整的一份",
            ReadOnly::Other => "日志不是关闭时的那一份",
            ReadOnly::Newer { .. } => "由更新版本的 kehu 写入",
            ReadOnly::HalfErased => "上次抹除个人信息时中断，请重新打开客户簿",
        };
        match language {
            Language::En => self.to_string(),
            Language::Zh => zh.to_owned(),
        }
    }
}
