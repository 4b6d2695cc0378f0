//! How this person wants the program: language, keymap, theme, name and folders.

use crate::text::Language;
use etcetera::BaseStrategy;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What `config.toml` may say. It is written by hand only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// `zh` or `en`.
    pub language: Option<String>,
    /// The keymap's name: `default`, `vim`, `emacs`, `zh`, or a file of one's own.
    pub keymap: Option<String>,
    /// The theme's name: `terminal`, `dark`, `light`, `colour-blind` or `mono`.
    pub theme: Option<String>,
    /// Who I am, as the author of every entry.
    pub name: Option<String>,
    /// Borders in plain ASCII.
    pub ascii: bool,
    /// Let the mouse be used.
    pub mouse: bool,
}

/// A mistake in the configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigMistake {
    /// The file.
    pub file: PathBuf,
    /// What is wrong, with its line.
    pub what: String,
}

/// A variable of the environment.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Config {
    /// Reads a configuration file; a missing one says nothing.
    pub fn read(file: &Path) -> Result<Config, ConfigMistake> {
        let mistake = |what| ConfigMistake { file: file.to_owned(), what };
        match std::fs::read_to_string(file) {
            Ok(text) => toml::from_str(&text).map_err(|error| mistake(error.to_string())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Config::default()),
            Err(error) => Err(mistake(error.to_string())),
        }
    }

    /// The language: `asked` for on the command line, else configured, else that of the environment.
    pub fn language(&self, asked: Option<Language>, environment: Environment<'_>) -> Language {
        let configured = || self.language.as_deref().and_then(language_of);
        let set = |name: &str| environment(name).filter(|value| !value.is_empty());
        let locale = || {
            ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| set(name)).and_then(|value| language_of(&value))
        };
        asked.or_else(configured).or_else(locale).unwrap_or_default()
    }

    /// Who writes: the configured name, else the login.
    pub fn me(&self, environment: Environment<'_>) -> String {
        let login = || environment("USER").or_else(|| environment("LOGNAME"));
        let named = |name: &String| !name.trim().is_empty();
        self.name.clone().filter(named).or_else(login).filter(named).unwrap_or_else(|| "me".to_owned())
    }
}

/// The language a locale or a word names.
pub fn language_of(text: &str) -> Option<Language> {
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("zh") {
        Some(Language::Zh)
    } else if lower.starts_with("en") {
        Some(Language::En)
    } else {
        None
    }
}

/// Whether the locale writes UTF-8; an unset one is taken to.
pub fn writes_utf8(environment: Environment<'_>) -> bool {
    let set = |name: &str| environment(name).filter(|value| !value.is_empty());
    match ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| set(name)) {
        None => true,
        Some(locale) => {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        }
    }
}

/// The folders of one person, by the XDG rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// Where the book is, unless another is named.
    pub book: PathBuf,
    /// Where `config.toml` and own keymaps are.
    pub config: PathBuf,
}

impl Folders {
    /// The folders of whoever runs the program; `None` without a home folder.
    pub fn of_user() -> Option<Folders> {
        let base = etcetera::choose_base_strategy().ok()?;
        Some(Folders { book: base.data_dir().join("kehu"), config: base.config_dir().join("kehu") })
    }
}

#[cfg(test)]
mod tests {
    use super::{Config, writes_utf8};
    use crate::text::Language;

    fn environment<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| pairs.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn the_command_line_wins_over_the_file_and_the_file_over_the_locale() {
        let config = Config { language: Some("zh".into()), ..Config::default() };
        let english = environment(&[("LANG", "en_US.UTF-8")]);
        assert_eq!(config.language(Some(Language::En), &english), Language::En);
        assert_eq!(config.language(None, &english), Language::Zh);
        assert_eq!(Config::default().language(None, &english), Language::En);
        let chinese = environment(&[("LC_ALL", "zh_CN.UTF-8"), ("LANG", "en_US.UTF-8")]);
        assert_eq!(Config::default().language(None, &chinese), Language::Zh);
    }

    #[test]
    fn an_unknown_word_in_the_file_is_named_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        std::fs::write(&file, "language = \"zh\"\nkeymaps = \"vim\"\n").unwrap();
        let mistake = Config::read(&file).unwrap_err();
        assert!(mistake.what.contains("line 2") && mistake.what.contains("keymaps"), "{}", mistake.what);
    }

    #[test]
    fn a_missing_file_says_nothing() {
        assert_eq!(Config::read("/nowhere/at/all".as_ref()), Ok(Config::default()));
    }

    #[test]
    fn a_gbk_locale_does_not_write_utf8() {
        assert!(!writes_utf8(&environment(&[("LANG", "zh_CN.GB18030")])));
        assert!(!writes_utf8(&environment(&[("LC_ALL", "C"), ("LANG", "en_US.UTF-8")])));
        assert!(writes_utf8(&environment(&[("LANG", "zh_CN.UTF-8")])));
        assert!(writes_utf8(&environment(&[])));
    }
}
