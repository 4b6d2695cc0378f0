//! Reading one keymap file, mistakes and all.

use super::key;
use super::mistake::{Mistake, Wanted, Wrong, near};
use crate::ui::action::{Action, Scope};
use crate::ui::event::Press;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The text of a keymap file and what to call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFile {
    /// The map's name, by which others inherit it.
    pub name: String,
    /// What mistakes call the file.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl KeyFile {
    /// The file at `path`, a map named like the file without its ending.
    pub fn new(path: &Path, text: String) -> Self {
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        Self { name, path: path.display().to_string(), text }
    }

    /// Every `.toml` file of a folder, by name; none where there is no such folder.
    ///
    /// # Errors
    /// The first file or folder that cannot be read.
    pub fn read_all(folder: &Path) -> std::io::Result<Vec<Self>> {
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            paths.push(entry?.path());
        }
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
        paths.sort();
        let read = |path: &std::path::PathBuf| Ok(Self::new(path, std::fs::read_to_string(path)?));
        paths.iter().map(read).collect()
    }
}

/// What a keymap file says, before it is laid over another.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub path: String,
    pub inherits: Option<String>,
    pub inherits_line: usize,
    pub clear: bool,
    pub tables: Vec<SheetTable>,
    pub mistakes: Vec<Mistake>,
}

/// One scope's table in a file.
#[derive(Debug)]
pub(super) struct SheetTable {
    pub scope: Scope,
    pub clear: bool,
    pub unbound: Vec<Vec<Press>>,
    pub bound: Vec<SheetKey>,
}

/// A key and what it is to do, nothing for `noop`.
#[derive(Debug)]
pub(super) struct SheetKey {
    pub keys: Vec<Press>,
    pub acts: Vec<Action>,
    pub line: usize,
}

/// What a key's value says.
enum Meaning {
    Unbound,
    Acts(Vec<Action>),
}

/// Reads `file`; where it is not TOML, nothing else of it is looked at.
pub(super) fn read(file: &KeyFile) -> Sheet {
    let mut sheet = Sheet { path: file.path.clone(), ..Sheet::default() };
    let reader = Reader { file };
    let (top, errors) = DeTable::parse_recoverable(&file.text);
    if !errors.is_empty() {
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            sheet.mistakes.push(reader.mistake(at, Wrong::Toml(one_line(error.message()))));
        }
        return sheet;
    }
    for (name, value) in top.get_ref() {
        if let Err(mistake) = reader.top(name, value, &mut sheet) {
            sheet.mistakes.push(mistake);
        }
    }
    sheet
}

/// A parser's message without line breaks.
fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Knows the file, to say where a mistake is.
struct Reader<'a> {
    file: &'a KeyFile,
}

type Name<'i> = Spanned<toml::de::DeString<'i>>;
type Value<'i> = Spanned<DeValue<'i>>;

impl Reader<'_> {
    /// The line of byte `at`, from 1.
    fn line(&self, at: usize) -> usize {
        1 + self.file.text.bytes().take(at).filter(|byte| *byte == b'\n').count()
    }

    fn mistake(&self, at: usize, what: Wrong) -> Mistake {
        Mistake { file: self.file.path.clone(), line: self.line(at), what }
    }

    /// One entry of the file's top: a setting or a scope.
    fn top(&self, name: &Name, value: &Value, sheet: &mut Sheet) -> Result<(), Mistake> {
        let word = name.get_ref().as_ref();
        match word {
            "inherits" => {
                sheet.inherits = Some(self.wanted(name, value, Wanted::Name, DeValue::as_str)?.to_owned());
                sheet.inherits_line = self.line(name.span().start);
            }
            "clear" => sheet.clear = self.wanted(name, value, Wanted::Truth, DeValue::as_bool)?,
            _ => {
                let scope = Scope::named(word).ok_or_else(|| self.no_scope(name, value))?;
                let table = self.wanted(name, value, Wanted::Table, DeValue::as_table)?;
                let table = self.table(scope, table, &mut sheet.mistakes);
                sheet.tables.push(table);
            }
        }
        Ok(())
    }

    /// The value in the shape wanted, or the mistake of not having it.
    fn wanted<'v, 'i, T>(
        &self,
        name: &Name,
        value: &'v Value<'i>,
        wanted: Wanted,
        shape: impl Fn(&'v DeValue<'i>) -> Option<T>,
    ) -> Result<T, Mistake> {
        let what = || Wrong::Value { key: name.get_ref().to_string(), wanted };
        shape(value.get_ref()).ok_or_else(|| self.mistake(name.span().start, what()))
    }

    /// What is neither setting nor scope: a word misspelt, or a key outside the tables.
    fn no_scope(&self, name: &Name, value: &Value) -> Mistake {
        let word = name.get_ref().to_string();
        let known = Scope::ALL.iter().map(|scope| scope.name());
        let near = near(&word, known.chain(["inherits", "clear"]));
        let is_key = near.is_none() && key::read(&word).is_ok() && !value.get_ref().is_table();
        let what = if is_key { Wrong::Outside(word) } else { Wrong::Scope { word, near } };
        self.mistake(name.span().start, what)
    }

    /// The table of one scope; keys with a mistake are left out.
    fn table(&self, scope: Scope, table: &DeTable, mistakes: &mut Vec<Mistake>) -> SheetTable {
        let mut read = SheetTable { scope, clear: false, unbound: Vec::new(), bound: Vec::new() };
        for (name, value) in table {
            if let Err(mistake) = self.entry(name, value, &mut read) {
                mistakes.push(mistake);
            }
        }
        read
    }

    /// One line of a scope's table.
    fn entry(&self, name: &Name, value: &Value, table: &mut SheetTable) -> Result<(), Mistake> {
        let (word, at) = (name.get_ref().as_ref(), name.span().start);
        if word == "clear" {
            table.clear = self.wanted(name, value, Wanted::Truth, DeValue::as_bool)?;
            return Ok(());
        }
        let keys = key::read(word).map_err(|word| {
            let near = near_key(&word);
            self.mistake(at, Wrong::Key { word, near })
        })?;
        let said = table.bound.iter().map(|bound| &bound.keys).chain(&table.unbound);
        if said.into_iter().any(|earlier| *earlier == keys) {
            return Err(self.mistake(at, Wrong::Twice(word.to_owned())));
        }
        match self.meaning(name, value, table.scope)? {
            Meaning::Unbound => table.unbound.push(keys),
            Meaning::Acts(_) if table.scope.takes_text() && keys.first().copied().is_some_and(key::is_text) => {
                let what = Wrong::TypedText { key: word.to_owned(), scope: table.scope.name() };
                return Err(self.mistake(at, what));
            }
            Meaning::Acts(acts) => table.bound.push(SheetKey { keys, acts, line: self.line(at) }),
        }
        Ok(())
    }

    /// What a key is to do.
    fn meaning(&self, name: &Name, value: &Value, scope: Scope) -> Result<Meaning, Mistake> {
        let no_acts = || {
            let what = Wrong::Value { key: name.get_ref().to_string(), wanted: Wanted::Acts };
            self.mistake(name.span().start, what)
        };
        match value.get_ref() {
            DeValue::String(word) if word == "unbound" => Ok(Meaning::Unbound),
            DeValue::String(word) if word == "noop" => Ok(Meaning::Acts(Vec::new())),
            DeValue::String(word) => Ok(Meaning::Acts(vec![self.act(word, value.span().start, scope)?])),
            DeValue::Array(list) if !list.is_empty() => {
                let act = |item: &Value| {
                    let word = item.get_ref().as_str().ok_or_else(no_acts)?;
                    self.act(word, item.span().start, scope)
                };
                Ok(Meaning::Acts(list.iter().map(act).collect::<Result<_, _>>()?))
            }
            _ => Err(no_acts()),
        }
    }

    /// The act named `word`, if it can be done in `scope`.
    fn act(&self, word: &str, at: usize, scope: Scope) -> Result<Action, Mistake> {
        let Some(act) = Action::named(word) else {
            let known = Action::ALL.iter().map(|act| act.name()).chain(["unbound", "noop"]);
            let near = near(word, known);
            return Err(self.mistake(at, Wrong::Act { word: word.to_owned(), near }));
        };
        if act.fits_table(scope) {
            return Ok(act);
        }
        Err(self.mistake(at, Wrong::Misplaced { act: act.name(), scope: scope.name() }))
    }
}

/// The key probably meant by `word`, its modifiers kept.
fn near_key(word: &str) -> Option<String> {
    let (held, name) = word.rsplit_once('-').unwrap_or(("", word));
    if name.chars().count() < 2 {
        return None;
    }
    let name = near(name, key::names())?;
    Some(if held.is_empty() { name } else { format!("{held}-{name}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn said(text: &str) -> Vec<String> {
        let sheet = read(&KeyFile::new(Path::new("keys.toml"), text.to_owned()));
        sheet.mistakes.iter().map(|mistake| mistake.say(Language::En)).collect()
    }

    #[test]
    fn every_mistake_has_its_line_and_its_near_miss() {
        let cases = [
            ("[global]\n\n'x' = 'qiut'", "keys.toml:3: no act is called “qiut”; did you mean “quit”?"),
            ("[lsit]\n'x' = 'quit'", "keys.toml:1: there is no table [lsit]; did you mean “list”?"),
            ("inherit = 'vim'", "keys.toml:1: there is no table [inherit]; did you mean “inherits”?"),
            ("[list]\n'Entr' = 'open'", "keys.toml:2: no key is called “Entr”; did you mean “Enter”?"),
            ("[list]\n'C-PageDwn' = 'open'", "keys.toml:2: no key is called “C-PageDwn”; did you mean “C-PageDown”?"),
            ("[list]\n'g 客' = 'open'", "keys.toml:2: no key is called “客”"),
            ("[list]\n'x' = 3", "keys.toml:2: “x” wants an act in quotes, a list of acts, \"unbound\" or \"noop\""),
            ("[list]\n'x' = []", "keys.toml:2: “x” wants an act in quotes, a list of acts, \"unbound\" or \"noop\""),
            ("[list]\n'x' = ['open', 'oepn']", "keys.toml:2: no act is called “oepn”; did you mean “open”?"),
            ("'C-x' = 'quit'", "keys.toml:1: “C-x” stands in no table: put it under [global] or another"),
            ("inherits = 3", "keys.toml:1: “inherits” wants the name of a keymap in quotes"),
            ("clear = 1", "keys.toml:1: “clear” wants true or false"),
            ("list = 1", "keys.toml:1: “list” wants a table of keys, as [list]"),
            ("[help]\n'x' = 'delete'", "keys.toml:2: “delete” can never be done in [help]"),
            (
                "[form]\n'x' = 'save'",
                "keys.toml:2: “x” is text in [form]: only keys that type nothing can be bound there",
            ),
            ("[list]\n'C-i' = 'open'\n'Tab' = 'open'", "keys.toml:3: “Tab” is already said above in this table"),
        ];
        for (text, expected) in cases {
            assert_eq!(said(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_is_not_toml_is_said_once_with_its_line() {
        let said = said("[list]\n'x' = 'open\n");
        assert!(said[0].starts_with("keys.toml:2: this is not TOML: "), "{said:?}");
    }

    #[test]
    fn all_mistakes_are_told_and_the_rest_is_read() {
        let text = "clear = true\n[list]\n'x' = 'nothing-like-it'\n'y' = 'open'\n'z' = 'unbound'\n[nowhere]\n";
        let sheet = read(&KeyFile::new(Path::new("a/my.keys.toml"), text.to_owned()));
        assert_eq!(sheet.mistakes.len(), 2);
        assert!(sheet.clear);
        assert_eq!((sheet.tables[0].bound.len(), sheet.tables[0].unbound.len()), (1, 1));
        assert_eq!(sheet.path, "a/my.keys.toml");
    }
}
