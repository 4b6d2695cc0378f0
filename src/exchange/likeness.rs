//! Customers of the files that may be one of the book under another name, with what speaks for it.

use crate::book::Book;
use crate::book::find::core_name;
use crate::book::row::RowText;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::value::Value;
use crate::exchange::intake::Incoming;
use crate::exchange::intake::harvest::Harvest;
use crate::exchange::text_key::normal_name;
use std::collections::{HashMap, HashSet};

/// The most that are told.
const MOST: usize = 2_000;
/// Digits a phone number is compared by: a mobile number without what stands before it.
const DIGITS: usize = 11;
/// Fewer digits than these say nothing.
const FEWEST: usize = 7;

/// What speaks for two customers being one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The same phone number.
    Phone(String),
    /// The same name but for 有限公司 and the like.
    Name,
}

/// A customer of the files that may be one of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// Which file.
    pub file: u16,
    /// Its line.
    pub line: u32,
    /// Its code there.
    pub code: String,
    /// Its name there.
    pub name: String,
    /// The customer of the book.
    pub with: Id,
    /// What speaks for it.
    pub evidence: Evidence,
}

/// The customers of the book by what they may be known again.
struct Known {
    codes: HashSet<String>,
    names: HashMap<String, Option<Id>>,
    cores: HashMap<String, Id>,
    phones: HashMap<String, Id>,
}

impl Known {
    fn of(book: &Book) -> Known {
        let (mut codes, mut names) = (HashSet::new(), HashMap::new());
        let (mut cores, mut phones) = (HashMap::new(), HashMap::new());
        for (_, row) in book.rows() {
            codes.insert(row.text(RowText::Code).to_owned());
            names.entry(normal_name(row.name())).and_modify(|only| *only = None).or_insert(Some(row.id));
            cores.entry(core_name(row.name())).or_insert(row.id);
            let contacts = row.contacts();
            let others = contacts.iter().map(|(_, phone, _)| phone);
            for phone in std::iter::once(row.text(RowText::Phone)).chain(others).filter_map(digits) {
                phones.entry(phone).or_insert(row.id);
            }
        }
        Known { codes, names, cores, phones }
    }

    /// Whether an import knows it again by itself.
    fn knows(&self, code: &str, name: &str) -> bool {
        if code.is_empty() {
            matches!(self.names.get(&normal_name(name)), Some(Some(_)))
        } else {
            self.codes.contains(code)
        }
    }

    fn like(&self, name: &str, phone: &str) -> Option<(Id, Evidence)> {
        let by_phone = digits(phone).and_then(|digits| self.phones.get(&digits));
        if let Some(id) = by_phone {
            return Some((*id, Evidence::Phone(phone.to_owned())));
        }
        let core = core_name(name);
        let by_name = self.cores.get(&core).filter(|_| core.chars().count() > 1);
        by_name.map(|id| (*id, Evidence::Name))
    }
}

/// The last digits of a phone number; nothing for too few of them.
fn digits(phone: &str) -> Option<String> {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    let from = digits.len().saturating_sub(DIGITS);
    (digits.len() >= FEWEST).then(|| digits.into_iter().skip(from).collect())
}

/// Customers of the files that an import would make, and that may be one of the book; each told once.
pub fn likenesses(incoming: &Harvest, book: &Book) -> Vec<Likeness> {
    if book.is_empty() {
        return Vec::new();
    }
    let known = Known::of(book);
    let (mut told, mut found) = (HashSet::new(), Vec::new());
    for record in incoming.iter() {
        for (code, name, phone) in customers_in(&record) {
            if found.len() >= MOST || known.knows(&code, &name) || !told.insert((code.clone(), normal_name(&name))) {
                continue;
            }
            let (file, line) = (record.file, record.line);
            let like = known.like(&name, &phone);
            found.extend(like.map(|(with, evidence)| Likeness { file, line, code, name, with, evidence }));
        }
    }
    found
}

/// The customers a record is or names: code, name, phone.
fn customers_in(record: &Incoming) -> Vec<(String, String, String)> {
    let number = |name: &str| record.kind.fields().iter().find(|(_, field)| *field == name).map(|(number, _)| *number);
    if record.kind == Kind::Customer {
        let text = |name: &str| {
            let wanted = number(name);
            let found = record.fields.iter().find_map(|(field, value)| match value {
                Value::Text(text) if Some(*field) == wanted => Some(text.trim().to_owned()),
                _ => None,
            });
            found.unwrap_or_default()
        };
        return vec![(text("code"), text("name"), text("phone"))];
    }
    if record.under.is_some() {
        return Vec::new();
    }
    let wanted = number("customer");
    let links = record.links.iter().filter(|(field, _)| Some(*field) == wanted);
    links.map(|(_, word)| (word.code.trim().to_owned(), word.name.trim().to_owned(), String::new())).collect()
}
