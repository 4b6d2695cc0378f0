//! A keymap in force, and looking keys up in it.

use super::file::KeyFile;
use super::key::{folded, is_text};
use super::layer::{Bindings, SHIPPED, stack};
use super::mistake::Mistake;
use crate::ui::action::{Action, Scope};
use crate::ui::event::Press;

/// What the keys pressed so far come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// These acts, one after the other; none when the key is to be swallowed.
    Act(&'a [Action]),
    /// More keys are needed: each that can follow.
    Wait(Vec<Candidate<'a>>),
    /// Nothing: forget the keys; where text is typed, a printable character is text.
    Nothing,
}

/// A key that can follow the ones pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// The key.
    pub key: Press,
    /// What it runs; none when still more keys follow it.
    pub acts: &'a [Action],
}

/// A keymap in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    name: String,
    bindings: Bindings,
}

impl Keymap {
    /// The map `name` as it comes with the program; the default one if there is none of that name.
    pub fn shipped(name: &str) -> Self {
        let name = if SHIPPED.iter().any(|(shipped, _)| *shipped == name) { name } else { "default" };
        let (bindings, _) = stack(name, &[]);
        Self { name: name.to_owned(), bindings }
    }

    /// The map `name`, with the user's `files` lying over the shipped ones.
    ///
    /// # Errors
    /// Every mistake in the files this map is made of, when there is one.
    pub fn read(name: &str, files: &[KeyFile]) -> Result<Self, Vec<Mistake>> {
        let (bindings, mistakes) = stack(name, files);
        if mistakes.is_empty() { Ok(Self { name: name.to_owned(), bindings }) } else { Err(mistakes) }
    }

    /// The map to begin with: as `read`, but where there are mistakes, the shipped one and the mistakes.
    pub fn open(name: &str, files: &[KeyFile]) -> (Self, Vec<Mistake>) {
        match Self::read(name, files) {
            Ok(keymap) => (keymap, Vec::new()),
            Err(mistakes) => (Self::shipped(name), mistakes),
        }
    }

    /// Takes the user's changed `files` into force; where there are mistakes, this map stays as it was.
    ///
    /// # Errors
    /// The mistakes.
    pub fn reload(&mut self, name: &str, files: &[KeyFile]) -> Result<(), Vec<Mistake>> {
        *self = Self::read(name, files)?;
        Ok(())
    }

    /// The map's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the keys `pending`, pressed in `scope`, come to.
    ///
    /// Full-width signs are taken for the plain ones, except that where text is typed a printable character begins nothing.
    pub fn find(&self, scope: Scope, pending: &[Press]) -> Found<'_> {
        let keys: Vec<Press> = pending.iter().copied().map(folded).collect();
        let types_text = scope.takes_text() && pending.first().copied().is_some_and(is_text);
        if keys.is_empty() || types_text {
            return Found::Nothing;
        }
        let mut candidates: Vec<Candidate<'_>> = Vec::new();
        for (own, acts) in self.usable(scope) {
            let Some(rest) = own.strip_prefix(keys.as_slice()) else {
                continue;
            };
            match rest {
                [] if candidates.is_empty() => return Found::Act(acts),
                [] => {}
                [key, ..] if candidates.iter().any(|candidate| candidate.key == *key) => {}
                [key] => candidates.push(Candidate { key: *key, acts }),
                [key, ..] => candidates.push(Candidate { key: *key, acts: &[] }),
            }
        }
        if candidates.is_empty() { Found::Nothing } else { Found::Wait(candidates) }
    }

    /// The keys asked in `scope`, narrowest table first, whose acts can be done there.
    fn usable(&self, scope: Scope) -> impl Iterator<Item = (&[Press], &[Action])> {
        let tables = scope.chain().iter().flat_map(|table| self.bindings.of(*table));
        tables
            .filter(move |binding| binding.acts.iter().all(|act| act.works_in(scope)))
            .map(|binding| (binding.keys.as_slice(), binding.acts.as_slice()))
    }

    /// Whether the table of `scope` itself has a key for `action` alone.
    pub(super) fn has_own_key(&self, action: Action, scope: Scope) -> bool {
        self.bindings.of(scope).iter().any(|binding| binding.acts == [action])
    }

    /// All keys that ask for `action` in `scope`, those to show first in front.
    pub fn keys_for(&self, action: Action, scope: Scope) -> Vec<&[Press]> {
        let mut keys: Vec<&[Press]> = Vec::new();
        for (own, acts) in self.usable(scope) {
            let asks = acts == [action] && self.find(scope, own) == Found::Act(acts);
            if asks && !keys.contains(&own) {
                keys.push(own);
            }
        }
        keys.sort_by_key(|keys| keys.len());
        keys
    }

    /// The key to show for `action` in `scope`: the shortest, and of these the one said first.
    pub fn key_for(&self, action: Action, scope: Scope) -> Option<&[Press]> {
        self.keys_for(action, scope).first().copied()
    }
}

/// All mistakes in the user's `files`, as `kehu keys --check` tells them.
pub fn check(files: &[KeyFile]) -> Vec<Mistake> {
    let mut mistakes: Vec<Mistake> = Vec::new();
    for file in files {
        let (_, found) = stack(&file.name, files);
        for mistake in found {
            if !mistakes.contains(&mistake) {
                mistakes.push(mistake);
            }
        }
    }
    mistakes
}
