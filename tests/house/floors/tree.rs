//! Which file takes what from which: the tree of modules as the compiler walks it, and the arrows between its files.

use std::collections::{BTreeMap, BTreeSet};

use crate::floors::tokens::{past_group, tokens, without_tests};

/// The files of a house by path (`book/mod.rs`) with what they say.
pub type Sources = BTreeMap<String, String>;

/// What a file takes from another: from, to, and the names.
pub type Arrows = BTreeMap<(String, String), BTreeSet<String>>;

/// The modules of a house by path, `book::find::near`; the root is the empty one.
pub struct Tree {
    modules: BTreeMap<Vec<String>, Module>,
}

#[derive(Default)]
struct Module {
    file: String,
    /// The names a `use` brings in, with where they come from, and whether it passes them on.
    uses: Vec<(String, Vec<String>, bool)>,
    children: BTreeSet<String>,
    /// What stands outside of every `use`.
    body: Vec<String>,
}

impl Tree {
    /// Walks the modules of a house from its `lib.rs`; what only tests are built with is no part of it.
    pub fn of(sources: &Sources) -> Self {
        let mut tree = Self { modules: BTreeMap::new() };
        tree.walk(sources, Vec::new(), "lib.rs");
        tree
    }

    fn walk(&mut self, sources: &Sources, path: Vec<String>, file: &str) {
        let source = sources.get(file).unwrap_or_else(|| panic!("{file} is not there"));
        let module = Module::of(file, &without_tests(&tokens(source)));
        for child in &module.children {
            let inside: Vec<String> = path.iter().chain([child]).cloned().collect();
            let (leaf, folder) = (format!("{}.rs", inside.join("/")), format!("{}/mod.rs", inside.join("/")));
            let file = if sources.contains_key(&leaf) { leaf } else { folder };
            self.walk(sources, inside, &file);
        }
        self.modules.insert(path, module);
    }

    /// Where a path of a module leads: the module, and the names of it that are meant.
    fn lead(&self, from: &[String], path: &[String], depth: usize) -> Option<(Vec<String>, Vec<String>)> {
        let (first, rest) = path.split_first()?;
        let module = self.modules.get(from)?;
        match first.as_str() {
            "crate" => Some(self.descend(Vec::new(), rest, depth)),
            "self" => Some(self.descend(from.to_vec(), rest, depth)),
            "super" => Some(self.descend(from.split_last()?.1.to_vec(), rest, depth)),
            _ if module.children.contains(first) => Some(self.descend(from.to_vec(), path, depth)),
            _ => self.lead_on(from, module.source_of(first)?, rest, depth),
        }
    }

    /// Where the source of a name leads, and from there the names behind it.
    fn lead_on(
        &self,
        from: &[String],
        source: &[String],
        behind: &[String],
        depth: usize,
    ) -> Option<(Vec<String>, Vec<String>)> {
        let (module, mut names) = self.lead(from, source, depth.checked_sub(1)?)?;
        if names.is_empty() {
            return Some(self.descend(module, behind, depth));
        }
        names.extend(behind.iter().cloned());
        Some((module, names))
    }

    fn descend(&self, mut at: Vec<String>, mut rest: &[String], depth: usize) -> (Vec<String>, Vec<String>) {
        while let (Some((next, behind)), Some(module)) = (rest.split_first(), self.modules.get(&at)) {
            if module.children.contains(next) {
                at.push(next.clone());
                rest = behind;
                continue;
            }
            let passed = module.source_of(next).and_then(|source| self.lead_on(&at, source, behind, depth));
            return passed.unwrap_or_else(|| (at, rest.to_vec()));
        }
        (at, rest.to_vec())
    }

    /// What each file takes from which other.
    pub fn arrows(&self) -> Arrows {
        let mut arrows = Arrows::new();
        for (at, module) in &self.modules {
            for path in module.taken() {
                let Some((to, names)) = self.lead(at, &path, DEEPEST) else { continue };
                let (Some(target), Some(name)) = (self.modules.get(&to), names.first()) else { continue };
                if !at.is_empty() && !to.is_empty() && to != *at {
                    let names = arrows.entry((module.file.clone(), target.file.clone())).or_default();
                    names.insert(name.clone());
                }
            }
        }
        arrows
    }

    /// The types of the house, each with the files that hold a block of its methods or of a trait for it.
    pub fn spread(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut spread: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (at, module) in &self.modules {
            for path in module.implemented() {
                let own = path.len() == 1 && path.first().is_some_and(|name| module.source_of(name).is_none());
                let found = if own { Some((at.clone(), path.clone())) } else { self.lead(at, &path, DEEPEST) };
                let Some((home, names)) = found else { continue };
                let Some(name) = names.first().filter(|name| self.defines(&home, name)) else { continue };
                spread.entry(format!("{}::{name}", home.join("::"))).or_default().insert(module.file.clone());
            }
        }
        spread
    }

    fn defines(&self, home: &[String], name: &str) -> bool {
        let kinds = ["struct", "enum", "trait", "union", "type"];
        let body = self.modules.get(home).map(|module| module.body.as_slice()).unwrap_or_default();
        body.windows(2).any(|pair| matches!(pair, [kind, named] if kinds.contains(&kind.as_str()) && named == name))
    }
}

/// So many times a name may be passed on before it is where it was made.
const DEEPEST: usize = 16;

impl Module {
    fn of(file: &str, tokens: &[String]) -> Self {
        let mut module = Self { file: file.to_owned(), ..Self::default() };
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let next = tokens.get(at + 1).map(String::as_str).unwrap_or_default();
            let behind = tokens.get(at + 2).map(String::as_str);
            if token == "use" && next != "<" {
                let end = at + tokens.iter().skip(at).position(|token| token == ";").unwrap();
                let passes = matches!(module.body.last().map(String::as_str), Some("pub" | ")"));
                let mut names = Vec::new();
                used(&tokens[at + 1..end], &[], &mut names);
                module.uses.extend(names.into_iter().map(|(name, path)| (name, path, passes)));
                at = end;
            } else if token == "mod" && behind == Some(";") {
                module.children.insert(next.to_owned());
                at += 2;
            } else {
                module.body.push(token.clone());
                at += 1;
            }
        }
        module
    }

    /// The path that a name comes in by.
    fn source_of(&self, name: &str) -> Option<&[String]> {
        self.uses.iter().find(|(brought, ..)| brought == name).map(|(_, source, _)| source.as_slice())
    }

    /// Every path by which the file takes something. What it only passes on it does not take.
    fn taken(&self) -> Vec<Vec<String>> {
        let named = |name: &String| self.body.contains(name);
        let uses = self.uses.iter().filter(|(name, _, passes)| !passes || named(name)).map(|(_, path, _)| path.clone());
        uses.chain(paths(&self.body)).collect()
    }

    /// The types that a block of the file is for, as it names them.
    fn implemented(&self) -> Vec<Vec<String>> {
        let begins = |at: usize| {
            let before = at.checked_sub(1).and_then(|before| self.body.get(before)).map(String::as_str);
            self.body[at] == "impl" && matches!(before, None | Some(";" | "}" | "{" | "]" | "unsafe"))
        };
        let blocks = (0..self.body.len()).filter(|at| begins(*at));
        blocks.filter_map(|at| named_type(&self.body[at + 1..])).collect()
    }
}

/// The names that a `use` brings in, each with its path.
fn used(tokens: &[String], before: &[String], found: &mut Vec<(String, Vec<String>)>) {
    let mut path = before.to_vec();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "::" => {}
            "{" => {
                let end = past_group(tokens, at) - 1;
                let inside = &tokens[at + 1..end];
                split(inside).into_iter().for_each(|part| used(part, &path, found));
                return;
            }
            "as" => {
                found.extend(tokens.get(at + 1).map(|name| (name.clone(), path)));
                return;
            }
            "self" if !path.is_empty() => {}
            _ => path.push(token.clone()),
        }
        at += 1;
    }
    found.extend(path.last().cloned().map(|name| (name, path)));
}

/// The parts between the commas that stand in no bracket.
fn split(tokens: &[String]) -> Vec<&[String]> {
    let (mut parts, mut from, mut at) = (Vec::new(), 0, 0);
    while at < tokens.len() {
        match tokens[at].as_str() {
            "{" => at = past_group(tokens, at),
            "," => {
                parts.push(&tokens[from..at]);
                (from, at) = (at + 1, at + 1);
            }
            _ => at += 1,
        }
    }
    parts.push(&tokens[from..]);
    parts.retain(|part| !part.is_empty());
    parts
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The paths of two names and more.
fn paths(tokens: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let path = path_at(tokens, at);
        let inside = at > 0 && tokens[at - 1] == "::";
        at += (path.len() * 2).max(2) - 1;
        if path.len() > 1 && !inside {
            found.push(path);
        }
    }
    found
}

fn path_at(tokens: &[String], from: usize) -> Vec<String> {
    let mut path: Vec<String> = tokens.get(from).filter(|token| is_name(token)).cloned().into_iter().collect();
    let mut at = from + 1;
    while let (false, Some("::"), Some(name)) =
        (path.is_empty(), tokens.get(at).map(String::as_str), tokens.get(at + 1).filter(|name| is_name(name)))
    {
        path.push(name.clone());
        at += 2;
    }
    path
}

/// The type a block is for, from what stands behind its `impl`.
fn named_type(tokens: &[String]) -> Option<Vec<String>> {
    let (mut depth, mut begin) = (0, 0);
    for (at, token) in tokens.iter().enumerate() {
        let arrow = at > 0 && tokens[at - 1] == "-";
        match token.as_str() {
            "<" => depth += 1,
            ">" if !arrow => {
                depth -= 1;
                if depth == 0 && tokens.first().is_some_and(|first| first == "<") && begin == 0 {
                    begin = at + 1;
                }
            }
            "for" if depth == 0 => begin = at + 1,
            "{" | "where" => break,
            _ => {}
        }
    }
    let named =
        tokens.get(begin..)?.iter().position(|token| is_name(token) && !matches!(token.as_str(), "mut" | "dyn"))?;
    Some(path_at(tokens, begin + named))
}

/// The files that stand on a circle: each such set of files that reach one another.
pub fn circles(arrows: &Arrows) -> Vec<BTreeSet<String>> {
    let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (from, to) in arrows.keys() {
        next.entry(from).or_default().insert(to);
    }
    let reached: BTreeMap<&str, BTreeSet<&str>> = next.keys().map(|from| (*from, reach(&next, from))).collect();
    let reaches = |from: &str, to: &str| reached.get(from).is_some_and(|reached| reached.contains(to));
    let mut found: Vec<BTreeSet<String>> = Vec::new();
    for file in next.keys().filter(|file| reaches(file, file)) {
        if !found.iter().any(|circle| circle.contains(*file)) {
            let all = next.keys().filter(|other| reaches(file, other) && reaches(other, file));
            found.push(all.map(|file| (*file).to_owned()).collect());
        }
    }
    found
}

fn reach<'a>(next: &BTreeMap<&'a str, BTreeSet<&'a str>>, from: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = vec![from];
    while let Some(file) = open.pop() {
        let fresh = next.get(file).into_iter().flatten().filter(|file| reached.insert(**file));
        open.extend(fresh.copied().collect::<Vec<_>>());
    }
    reached
}
