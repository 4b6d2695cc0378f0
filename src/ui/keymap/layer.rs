//! Laying keymap files over each other.

use super::file::{self, KeyFile, Sheet, SheetTable};
use super::key;
use super::mistake::{Mistake, Wrong, near};
use crate::ui::action::{Action, Scope};
use crate::ui::event::Press;
use ratatui::crossterm::event::{KeyCode, KeyModifiers};
use std::collections::BTreeMap;

/// The keymaps that come with the program: name and text.
pub const SHIPPED: [(&str, &str); 4] = [
    ("default", include_str!("../../../keymaps/default.toml")),
    ("vim", include_str!("../../../keymaps/vim.toml")),
    ("emacs", include_str!("../../../keymaps/emacs.toml")),
    ("zh", include_str!("../../../keymaps/zh.toml")),
];

/// The key that leaves the program when a map has none.
const WAY_OUT: Press = Press { code: KeyCode::Char('q'), mods: KeyModifiers::CONTROL };

/// A key and what it asks for, nothing when it is to be swallowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Binding {
    pub keys: Vec<Press>,
    pub acts: Vec<Action>,
}

/// The tables of all scopes; within one, the topmost layer comes first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bindings {
    tables: BTreeMap<Scope, Vec<Binding>>,
}

impl Bindings {
    /// The table of one scope.
    pub fn of(&self, scope: Scope) -> &[Binding] {
        self.tables.get(&scope).map_or(&[], Vec::as_slice)
    }

    /// Lays one file over what is there; keys that clash are told and left out.
    fn lay(&mut self, sheet: &Sheet, mistakes: &mut Vec<Mistake>) {
        if sheet.clear {
            self.tables.clear();
        }
        for table in &sheet.tables {
            let below = self.tables.remove(&table.scope).unwrap_or_default();
            let laid = lay_table(below, table, &sheet.path, mistakes);
            self.tables.insert(table.scope, laid);
        }
    }

    /// Makes sure that the program can be left from everywhere.
    fn force_way_out(&mut self) {
        if self.of(Scope::Global).iter().any(|binding| binding.acts == [Action::Quit]) {
            return;
        }
        for table in self.tables.values_mut() {
            table.retain(|binding| binding.keys.first() != Some(&WAY_OUT));
        }
        let way_out = Binding { keys: vec![WAY_OUT], acts: vec![Action::Quit] };
        self.tables.entry(Scope::Global).or_default().push(way_out);
    }
}

/// One scope's table of a file over the bindings `below`.
fn lay_table(mut below: Vec<Binding>, table: &SheetTable, path: &str, mistakes: &mut Vec<Mistake>) -> Vec<Binding> {
    if table.clear {
        below.clear();
    }
    below.retain(|old| !table.unbound.iter().any(|keys| old.keys.starts_with(keys)));
    below.retain(|old| !table.bound.iter().any(|new| new.keys == old.keys));
    let mut laid: Vec<Binding> = Vec::new();
    for new in &table.bound {
        match laid.iter().chain(&below).find(|other| clashes(&other.keys, &new.keys)) {
            Some(other) => {
                let (leaf, longer) =
                    if other.keys.len() < new.keys.len() { (&other.keys, &new.keys) } else { (&new.keys, &other.keys) };
                let what = Wrong::LeafAndPrefix { leaf: key::notation(leaf), longer: key::notation(longer) };
                mistakes.push(Mistake { file: path.to_owned(), line: new.line, what });
            }
            None => laid.push(Binding { keys: new.keys.clone(), acts: new.acts.clone() }),
        }
    }
    laid.extend(below);
    laid
}

/// Whether one of two keys begins the other.
fn clashes(a: &[Press], b: &[Press]) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

/// The map `name`: all files it is made of, laid over each other, and the mistakes in them.
pub(super) fn stack(name: &str, user: &[KeyFile]) -> (Bindings, Vec<Mistake>) {
    let mut mistakes = Vec::new();
    let mut bindings = Bindings::default();
    for sheet in sheets(name, user, &mut mistakes).iter().rev() {
        bindings.lay(sheet, &mut mistakes);
    }
    bindings.force_way_out();
    (bindings, mistakes)
}

/// A file on the way down: the user's own, or the shipped one, of the same name.
#[derive(Clone, PartialEq, Eq)]
struct Step {
    name: String,
    shipped: bool,
}

/// The files the map `name` is made of, the topmost first.
fn sheets(name: &str, user: &[KeyFile], mistakes: &mut Vec<Mistake>) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut gone: Vec<Step> = Vec::new();
    let mut next = Some(Step { name: name.to_owned(), shipped: false });
    while let Some(step) = next {
        let asker = sheets.last();
        let place = |what| Mistake {
            file: asker.map_or_else(String::new, |sheet| sheet.path.clone()),
            line: asker.map_or(0, |sheet| sheet.inherits_line),
            what,
        };
        let Some((file, shipped)) = lookup(&step, user) else {
            let known = user.iter().map(|file| file.name.as_str()).chain(SHIPPED.iter().map(|(name, _)| *name));
            let near = near(&step.name, known);
            mistakes.push(place(Wrong::Map { word: step.name, near }));
            break;
        };
        let here = Step { name: step.name, shipped };
        if gone.contains(&here) {
            mistakes.push(place(Wrong::Circle(here.name)));
            break;
        }
        let mut sheet = file::read(&file);
        mistakes.append(&mut sheet.mistakes);
        next = below(&here, sheet.inherits.as_deref());
        gone.push(here);
        sheets.push(sheet);
    }
    sheets
}

/// The file of a step; the user's comes before the shipped one.
fn lookup(step: &Step, user: &[KeyFile]) -> Option<(KeyFile, bool)> {
    let own = user.iter().find(|file| file.name == step.name && !step.shipped);
    if let Some(file) = own {
        return Some((file.clone(), false));
    }
    let (name, text) = SHIPPED.iter().find(|(name, _)| *name == step.name)?;
    let path = format!("keymaps/{name}.toml");
    Some((KeyFile { name: (*name).to_owned(), path, text: (*text).to_owned() }, true))
}

/// What lies below a file: what it inherits; else the shipped file of its name, else the default map.
fn below(here: &Step, inherits: Option<&str>) -> Option<Step> {
    let is_shipped = |name: &str| SHIPPED.iter().any(|(shipped, _)| *shipped == name);
    match inherits {
        Some(name) if name == here.name && !here.shipped => {
            Some(Step { name: name.to_owned(), shipped: is_shipped(name) })
        }
        Some(name) => Some(Step { name: name.to_owned(), shipped: false }),
        None if here.shipped => None,
        None if is_shipped(&here.name) => Some(Step { name: here.name.clone(), shipped: true }),
        None => Some(Step { name: "default".to_owned(), shipped: false }),
    }
}
