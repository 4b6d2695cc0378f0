//! The screen, asked for on the command line.

use crate::cli::args::Global;
use crate::cli::clock::Clock;
use crate::cli::fail::Fail;
use crate::cli::setting::Setting;
use crate::cli::temporary::Temporary;
use crate::cli::{Ends, Surroundings};
use crate::config::{Config, writes_utf8};
use crate::desk::Desk;
use crate::text::words;
use crate::ui::app::Wanted;
use crate::ui::effect::Notice;
use crate::ui::front::Front;
use crate::ui::keymap::KeyFile;
use crate::ui::session::{Bringing, Coming};
use crate::ui::terminal::{over_ssh, size};
use crate::ui::theme::{THEMES, Theme};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What the command line came to.
pub enum Outcome {
    /// A command is done, with this exit status.
    Ended(u8),
    /// The screen is wanted.
    Screen(Box<Screen>),
}

/// All that the screen needs to begin.
pub struct Screen {
    /// The book, open or being opened.
    pub book: Coming,
    /// How it is wanted.
    pub wanted: Wanted,
    /// Which day it is taken to be.
    pub clock: Clock,
    /// Whether the mouse may be used.
    pub mouse: bool,
    /// Where one's own keymap files are, to be read again when they change.
    pub key_folder: Option<PathBuf>,
    /// Whether a network lies between program and terminal.
    pub over_ssh: bool,
    /// Said at the foot at first: what opening the book found out, or how the screen had to be drawn.
    pub greeting: Option<Notice>,
    /// The folder of a sample book, which goes away with this. It is dropped after the desk.
    pub temporary: Option<Temporary>,
}

/// The screen on the book.
pub(super) fn open(
    global: &Global,
    setting: &Setting,
    config: &Config,
    around: &Surroundings<'_>,
    ends: &mut Ends<'_>,
) -> Result<Outcome, Fail> {
    let prepared = prepare(global, setting, config, around)?;
    if let Some(front) = prepared.front(setting) {
        let book = Coming::Behind(Box::new(front), bringing(setting.clone()));
        return Ok(Outcome::Screen(Box::new(prepared.on(book, None))));
    }
    let setting = Setting { despite_held: setting.read_only, ..setting.clone() };
    let (desk, warnings) = setting.open_and_learn(&setting.book, ends)?;
    let screen = prepared.on(Coming::Here(Box::new(desk)), None);
    let greeting = told(&warnings).or(screen.greeting);
    Ok(Outcome::Screen(Box::new(Screen { greeting, ..screen })))
}

/// Opens the book while its front is shown.
fn bringing(setting: Setting) -> Bringing {
    Box::new(move || {
        let (desk, opened) = Desk::open(&setting.book, setting.opening(), &mut |_, _| ())?;
        Ok((desk, told(&setting.warnings(&opened))))
    })
}

/// What opening the book found out, at the foot.
fn told(warnings: &[String]) -> Option<Notice> {
    (!warnings.is_empty()).then(|| Notice::error(warnings.join("  ")))
}

/// All about the screen but the book.
pub(super) struct Prepared {
    wanted: Wanted,
    clock: Clock,
    mouse: bool,
    key_folder: Option<PathBuf>,
    over_ssh: bool,
    greeting: Option<Notice>,
}

impl Prepared {
    /// The screen on this book.
    pub(super) fn on(self, book: Coming, temporary: Option<Temporary>) -> Screen {
        let Prepared { wanted, clock, mouse, key_folder, over_ssh, greeting } = self;
        Screen { book, wanted, clock, mouse, key_folder, over_ssh, greeting, temporary }
    }

    /// The first frame, where one was kept that is true.
    fn front(&self, setting: &Setting) -> Option<Front> {
        if setting.read_only || self.greeting.is_some() {
            return None;
        }
        Front::of(&setting.book, size(), &self.wanted, &setting.me, setting.today())
    }
}

/// Everything about the screen that can be wrong, looked at before a book is opened or made.
pub(super) fn prepare(
    global: &Global,
    setting: &Setting,
    config: &Config,
    around: &Surroundings<'_>,
) -> Result<Prepared, Fail> {
    if !(around.terminals.input && around.terminals.out) {
        let what = words("the screen needs a terminal", "界面需要在终端中运行");
        let hint = words("kehu --help tells what can be done without one", "运行 kehu --help 查看不需要终端的命令");
        return Err(Fail::usage(setting.say(what)).hinted(setting.say(hint)));
    }
    let theme_name = global.theme.as_deref().or(config.theme.as_deref());
    if let Some(unknown) = theme_name.filter(|name| Theme::named(name).is_none()) {
        let names = THEMES.map(|theme| theme.name).join(", ");
        let what = setting.told(words("there is no theme {}", "没有配色 {}"), unknown);
        return Err(Fail::usage(what).hinted(setting.told(words("one of {}", "可以是 {}"), &names)));
    }
    let theme = Theme::chosen(theme_name, (around.environment)("NO_COLOR").as_deref());
    let key_folder = setting.config_folder.as_deref().map(key_folder);
    let key_files = key_folder.as_deref().map(KeyFile::read_all).and_then(Result::ok).unwrap_or_default();
    let (asked, mouse) = (global.ascii || config.ascii, global.mouse || config.mouse);
    let ascii = asked || !writes_utf8(around.environment);
    let advice = words(
        "this locale is not UTF-8, so frames are plain ASCII; LANG=en_US.UTF-8 mends it",
        "当前语言环境不是 UTF-8，界面改用 ASCII；设置 LANG=zh_CN.UTF-8 即可",
    );
    let greeting = (ascii && !asked).then(|| Notice::note(setting.say(advice)));
    let slow_line = over_ssh(|name| (around.environment)(name).map(OsString::from));
    Ok(Prepared {
        wanted: Wanted {
            language: setting.language,
            theme,
            keymap: setting.keymap.clone(),
            key_files,
            ascii,
            slow_line,
        },
        clock: setting.clock,
        mouse,
        key_folder,
        over_ssh: slow_line,
        greeting,
    })
}

/// Where one's own keymap files are.
pub(super) fn key_folder(config_folder: &Path) -> PathBuf {
    config_folder.join("keymaps")
}
