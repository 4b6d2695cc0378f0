//! What every command knows: the book, the language, today, who asks and how to answer.

use crate::book::planning::Refusal;
use crate::cli::args::Global;
use crate::cli::clock::Clock;
use crate::cli::fail::{DISK, Fail};
use crate::cli::progress::Progress;
use crate::cli::seat::Seat;
use crate::cli::{Ends, Surroundings};
use crate::config::Config;
use crate::desk::trouble::Trouble;
use crate::desk::{Desk, Opening};
use crate::domain::time::{Day, Moment};
use crate::store::Opened;
use crate::store::error::{ReadOnly, StoreError};
use crate::store::tending::Tended;
use crate::text::{self, Language, Words, words};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What every command knows.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The language.
    pub language: Language,
    /// Whether to answer as JSON.
    pub json: bool,
    /// Now.
    pub now: Moment,
    /// How now was come by.
    pub clock: Clock,
    /// The book's folder.
    pub book: PathBuf,
    /// Nothing may be written.
    pub read_only: bool,
    /// The book may be looked at even while another session has it.
    pub despite_held: bool,
    /// What is left of a book may be looked at although its journal is gone.
    pub despite_lost_journal: bool,
    /// Who asks.
    pub me: String,
    /// What ids are made from.
    pub seed: u64,
    /// Where one's own settings are.
    pub config_folder: Option<PathBuf>,
    /// The keymap's name.
    pub keymap: String,
    /// Whether somebody watches standard error.
    pub watched: bool,
}

impl Setting {
    pub(super) fn of(
        global: &Global,
        config: &Config,
        language: Language,
        around: &Surroundings<'_>,
    ) -> Result<Setting, Fail> {
        let set = |name: &str| (around.environment)(name).filter(|value| !value.is_empty());
        let clock = match global.as_of.clone().or_else(|| set("KEHU_TODAY")) {
            None => Clock::System,
            Some(text) => Clock::parse(&text, around.now).ok_or_else(|| {
                let what = words("{} is no day", "{} 不是日期").say(language).replace("{}", &text);
                Fail::usage(what).hinted(words("write it like 2026-11-19", "请写成 2026-11-19 这样").say(language))
            })?,
        };
        let book = global.book.clone().or_else(|| set("KEHU_BOOK").map(PathBuf::from));
        let book = book.or_else(|| around.folders.as_ref().map(|folders| folders.book.clone()));
        let homeless = words("there is no home folder to keep a book in", "没有可存放客户簿的主目录");
        let book = book.ok_or_else(|| {
            Fail::new(DISK, homeless.say(language))
                .hinted(words("name one with --book DIR", "请用 --book 指定文件夹").say(language))
        })?;
        Ok(Setting {
            language,
            json: global.json,
            now: clock.shows(around.now),
            clock,
            book,
            read_only: global.read_only,
            despite_held: false,
            despite_lost_journal: false,
            me: config.me(around.environment),
            seed: around.seed,
            config_folder: around.folders.as_ref().map(|folders| folders.config.clone()),
            keymap: global.keymap.clone().or_else(|| config.keymap.clone()).unwrap_or_else(|| "default".to_owned()),
            watched: around.terminals.err,
        })
    }

    /// What a command knows that somebody named `me` gave at the door of an open session: the book is there already.
    pub(super) fn of_visitor(global: &Global, language: Language, me: String, now: Moment) -> Setting {
        Setting {
            language,
            json: global.json,
            now,
            clock: Clock::default(),
            book: PathBuf::new(),
            read_only: global.read_only,
            despite_held: false,
            despite_lost_journal: false,
            me,
            seed: 0,
            config_folder: None,
            keymap: String::new(),
            watched: false,
        }
    }

    /// Today.
    pub fn today(&self) -> Day {
        self.now.day()
    }

    /// `words` in the language asked for.
    pub const fn say(&self, words: Words) -> &'static str {
        words.say(self.language)
    }

    /// `words` with `{}` replaced.
    pub fn told(&self, words: Words, value: &str) -> String {
        words.filled(&[value], self.language)
    }

    /// The book, which must be there.
    pub(super) fn open<'a>(&self, ends: &mut Ends<'a>) -> Result<Seat<'a>, Fail> {
        if let Some(desk) = ends.lent.take() {
            return Ok(Seat::Beside(desk));
        }
        if let Err(error) = fs::metadata(self.book.join("journal"))
            && error.kind() == io::ErrorKind::PermissionDenied
        {
            return Err(Fail::of_store(&StoreError::disk(&self.book, &error), self.language));
        }
        if !is_book(&self.book) {
            let missing = StoreError::Missing(self.book.clone());
            let hint = words(
                "name another with --book DIR, begin one with kehu import FILE, or try kehu demo",
                "用 --book 指定另一本，用 kehu import 文件 新建，或试试 kehu demo",
            );
            return Err(Fail::of_store(&missing, self.language).hinted(self.say(hint)));
        }
        self.open_or_make(&self.book, ends).map(Box::new).map(Seat::Own)
    }

    /// The book in `folder`; a new one where there is none.
    pub(super) fn open_or_make(&self, folder: &Path, ends: &mut Ends<'_>) -> Result<Desk, Fail> {
        let (desk, warnings) = self.open_and_learn(folder, ends)?;
        for warning in warnings {
            let _ = writeln!(ends.err, "{warning}");
        }
        Ok(desk)
    }

    /// The book in `folder`, and what opening it found out. A long making of the working copy is shown to whoever watches.
    pub(super) fn open_and_learn(&self, folder: &Path, ends: &mut Ends<'_>) -> Result<(Desk, Vec<String>), Fail> {
        let making = words("making the working copy: {} %", "正在重建工作副本：{} %");
        let mut progress = Progress::new(ends.err, self.watched, making, self.language);
        let open = if self.despite_held { Desk::look } else { Desk::open };
        let opened = open(folder, self.opening(), &mut |done, of| progress.tell(done, of));
        drop(progress);
        let (desk, opened) = opened.map_err(|error| Fail::of_store(&error, self.language))?;
        let warnings = self.warnings(&opened);
        Ok((desk, warnings))
    }

    /// How the book is put on the desk.
    pub(super) fn opening(&self) -> Opening {
        Opening {
            me: self.me.clone(),
            device: rustix::system::uname().nodename().to_string_lossy().into_owned(),
            now: self.now,
            read_only: self.read_only,
            despite_damage: false,
            despite_lost_journal: self.despite_lost_journal,
            seed: self.seed,
        }
    }

    /// Why the desk did not do something; what may only be read says why.
    pub(super) fn fail(&self, desk: &Desk, trouble: &Trouble) -> Fail {
        match (trouble, desk.store().read_only()) {
            (Trouble::Refused(Refusal::ReadOnly), Some(why)) => {
                Fail::of_store(&StoreError::ReadOnly(why.clone()), self.language)
            }
            _ => Fail::of_trouble(trouble, self.language),
        }
    }

    /// Puts the book away; what was written is safe whether that succeeds or not, so that only the next opening is slower.
    pub(super) fn close(&self, seat: Seat<'_>, ends: &mut Ends<'_>) {
        let Seat::Own(mut desk) = seat else { return };
        if let Some(upgraded) = desk.take_upgraded() {
            let _ = writeln!(ends.err, "{}", text::upgrade::upgraded(upgraded.backup.as_deref(), self.language));
        }
        if !desk.is_read_only() {
            for damage in desk.check_a_little() {
                let _ = writeln!(ends.err, "{}", damage.found(self.language));
            }
        }
        if let Err(error) = desk.tidy().and(desk.close()) {
            let _ = writeln!(ends.err, "{}", error.say(self.language));
        }
    }

    /// What opening a book found out about it.
    pub fn warnings(&self, opened: &Opened) -> Vec<String> {
        let damages = opened.damages.iter().map(|damage| {
            let pattern = words("Warning: lost entries: {} (damaged journal)", "警告：第 {} 条记录已丢失（日志损坏）");
            self.told(pattern, &damage.range())
        });
        let is_written = opened.read_only_because.is_none();
        let torn = opened.torn.iter().filter(|_| is_written).map(|_| {
            let cut = words(
                "Note: an unfinished last entry was cut away; nobody was told it was saved",
                "说明：已去掉最后一条没有写完的记录，它从未显示为已保存",
            );
            self.say(cut).to_owned()
        });
        let undone = opened.undone_groups.iter().filter(|_| is_written).map(|_| {
            let undone = words("Note: an unfinished import was undone", "说明：已撤销一次没有完成的导入");
            self.say(undone).to_owned()
        });
        let doubt = opened.read_only_because.iter().filter(|why| **why != ReadOnly::Asked).map(|why| {
            let error = StoreError::ReadOnly(why.clone());
            let hint = error.hint(self.language).unwrap_or_default();
            match self.language {
                Language::En => format!("Warning: {} ({hint})", error.say(self.language)),
                Language::Zh => format!("警告：{}（{hint}）", error.say(self.language)),
            }
        });
        let left_open = opened.left_open.iter().map(|(host, since)| {
            let pattern = words(
                "Warning: {} has had the book open since {} and did not close it; two at once would write over each other",
                "警告：{} 自 {} 起打开了这本客户库且没有关闭；两边同时使用会互相覆盖",
            );
            pattern.filled(&[host, since], self.language)
        });
        damages.chain(torn).chain(undone).chain(doubt).chain(left_open).chain(self.tended(&opened.tended)).collect()
    }

    /// Rights that were mended, and drafts that are damaged.
    fn tended(&self, tended: &Tended) -> Vec<String> {
        let closed = tended.closed_off.then(|| {
            let closed = words(
                "Note: others on this machine could read the book's files; now only you can",
                "说明：此前本机其他用户可以读取客户簿的文件，现已改为仅本人可读",
            );
            self.say(closed).to_owned()
        });
        let open = tended.open_to_others.then(|| {
            let open = words(
                "Warning: others on this machine can read the book's files",
                "警告：本机其他用户可以读取客户簿的文件",
            );
            self.say(open).to_owned()
        });
        let damaged = tended.damaged_drafts.iter().map(|path| {
            let pattern = words(
                "Warning: a draft is damaged and cannot be offered again; it is kept as {}",
                "警告：有一份草稿已损坏，无法恢复；文件保留为 {}",
            );
            self.told(pattern, &path.display().to_string())
        });
        closed.into_iter().chain(open).chain(damaged).collect()
    }
}

/// Whether there is a book in `folder`.
pub fn is_book(folder: &Path) -> bool {
    // A folder that lost its journal is a damaged book, and said to be one.
    ["journal", "working", "mark"].iter().any(|part| folder.join(part).exists())
}
