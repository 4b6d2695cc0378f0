//! Words of the files that the book does not know: stages, people, products and items of its lists, with near ones it does.

use crate::book::standards::Standards;
use crate::domain::choice::ListKind;
use crate::domain::id::Id;
use crate::domain::part::{OrderLine, StageMove};
use crate::domain::record::{Kind, Record};
use crate::domain::value::Value;
use crate::exchange::intake::harvest::Harvest;
use crate::exchange::intake::{Incoming, Intake};
use crate::query::field::{FieldType, Topic, fields, fold};
use crate::text::Language;
use std::collections::{BTreeMap, HashSet};

/// What a word is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// A stage of the funnel.
    Stage,
    /// A person of ours.
    Owner,
    /// A product.
    Product,
    /// An item of a standard list.
    Item(ListKind),
}

/// A word the book does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strange {
    /// What it is about.
    pub about: About,
    /// The word.
    pub word: String,
    /// How many records say it.
    pub count: u32,
    /// The one of [`known`] it is nearest to, by its place, where one is near.
    pub near: Option<usize>,
}

/// The most words told.
const MOST: usize = 500;
/// Lists whose words are asked about. A place may be any town, so regions are not.
const LISTS: [ListKind; 5] = [ListKind::Industry, ListKind::Size, ListKind::Source, ListKind::Way, ListKind::Outcome];

/// What the book knows of a kind of word: keys, and names as shown.
pub fn known(about: About, standards: &Standards, language: Language) -> Vec<(String, String)> {
    match about {
        About::Stage => {
            let shown = |key: &String| standards.stage_shown(key, language).to_owned();
            standards.stages().iter().map(|stage| (stage.key.clone(), shown(&stage.key))).collect()
        }
        About::Owner => {
            standards.owners().into_iter().map(|owner| (owner.id.to_string(), owner.name.clone())).collect()
        }
        About::Product => standards.products().iter().map(|one| (one.name.clone(), one.name.clone())).collect(),
        About::Item(list) => {
            let shown = |key: &String| standards.shown(list, key, language).to_owned();
            standards.items(list).map(|item| (item.key.clone(), shown(&item.key))).collect()
        }
    }
}

/// The words of `intake` that the book does not know.
pub fn strange(intake: &Intake, standards: &Standards, language: Language) -> Vec<Strange> {
    let mut seen: BTreeMap<(About, String), u32> = BTreeMap::new();
    let asked = asked();
    // A product is known by its name as it is written: GTXPro is only near GTX Pro. Other names were given by a person.
    let mut products: HashSet<String> = standards.products().iter().map(|one| one.name.clone()).collect();
    let aliases: HashSet<String> =
        standards.products().iter().flat_map(|one| &one.aliases).map(|name| fold(name)).collect();
    for incoming in intake.incoming.iter() {
        if incoming.kind == Kind::Product {
            products.extend(text(&incoming, "name").map(str::to_owned));
        }
        for (about, word) in words_of(&incoming, &asked) {
            if !word.trim().is_empty() && (seen.len() < MOST * 4 || seen.contains_key(&(about, word.clone()))) {
                *seen.entry((about, word)).or_default() += 1;
            }
        }
    }
    let has_owners = !standards.owners().is_empty();
    let people: HashSet<String> = incoming_people(&intake.incoming);
    let unknown = |about: &About, word: &str| match about {
        About::Stage => standards.stage_called(word).is_none(),
        // Where nobody is known yet, everybody is new.
        About::Owner => has_owners && standards.owner_called(word).is_none() && !people.contains(&fold(word)),
        // Without a list of products every word is as good as another.
        About::Product => {
            !standards.products().is_empty() && !products.contains(word) && !aliases.contains(&fold(word))
        }
        About::Item(list) => standards.item(*list, word).is_none(),
    };
    let strange = seen.into_iter().filter(|((about, word), _)| unknown(about, word)).take(MOST);
    let mut strange: Vec<Strange> = strange
        .map(|((about, word), count)| {
            let near = nearest(&word, &known(about, standards, language));
            Strange { about, word, count, near }
        })
        .collect();
    // Where something near is known there is something to decide.
    strange.sort_by_key(|strange| (strange.near.is_none(), strange.about));
    strange
}

/// People the files themselves bring.
fn incoming_people(incoming: &Harvest) -> HashSet<String> {
    incoming.of(Kind::Owner).filter_map(|owner| text(&owner, "name").map(fold)).collect()
}

fn text<'a>(incoming: &'a Incoming, name: &str) -> Option<&'a str> {
    let number = incoming.kind.fields().iter().find(|(_, field)| *field == name)?.0;
    incoming.fields.iter().find_map(|(field, value)| match value {
        Value::Text(text) if *field == number => Some(text.as_str()),
        _ => None,
    })
}

/// Fields of stored records that hold a word of a list or a stage.
fn asked() -> Vec<(Kind, u16, About)> {
    let topics = Kind::ALL.iter().flat_map(|kind| fields(Topic::Of(*kind)).map(|field| (*kind, field)));
    let about = topics.filter_map(|(kind, field)| match field.holds {
        FieldType::Stage => Some((kind, field.number()?, About::Stage)),
        FieldType::List(list) if LISTS.contains(&list) => Some((kind, field.number()?, About::Item(list))),
        _ => None,
    });
    about.collect()
}

fn words_of(incoming: &Incoming, asked: &[(Kind, u16, About)]) -> Vec<(About, String)> {
    let mut found = Vec::new();
    let name_of =
        |number: u16| incoming.kind.fields().iter().find(|(field, _)| *field == number).map(|(_, name)| *name);
    for (number, value) in &incoming.fields {
        match value {
            Value::Text(word) => {
                let about = asked.iter().find(|(kind, field, _)| (kind, field) == (&incoming.kind, number));
                found.extend(about.map(|(_, _, about)| (*about, word.clone())));
            }
            Value::Texts(words) if incoming.kind == Kind::Deal && name_of(*number) == Some("products") => {
                found.extend(words.iter().map(|word| (About::Product, word.clone())));
            }
            Value::Parts(_) if incoming.kind == Kind::Order => {
                let lines: Vec<OrderLine> = value.read().unwrap_or_default();
                found.extend(lines.into_iter().map(|line| (About::Product, line.product)));
            }
            Value::Parts(_) if incoming.kind == Kind::Deal => {
                let moves: Vec<StageMove> = value.read().unwrap_or_default();
                found.extend(moves.into_iter().map(|step| (About::Stage, step.stage)));
            }
            _ => {}
        }
    }
    let owners = incoming
        .links
        .iter()
        .filter(|(number, _)| matches!(name_of(*number), Some("owner" | "manager" | "assigned" | "helpers")));
    found.extend(owners.map(|(_, word)| {
        (About::Owner, if word.name.trim().is_empty() { word.code.clone() } else { word.name.clone() })
    }));
    found
}

/// The place of the name nearest to a word, if one is near: most pairs of letters in common, and more than half of them.
fn nearest(word: &str, known: &[(String, String)]) -> Option<usize> {
    let wanted = pairs(word);
    let scored = known.iter().enumerate().map(|(at, (key, name))| {
        let score = |other: &str| shared(&wanted, &pairs(other));
        (score(name).max(score(key)), at)
    });
    scored
        .filter(|(score, _)| *score >= 50)
        .max_by_key(|(score, at)| (*score, std::cmp::Reverse(*at)))
        .map(|(_, at)| at)
}

/// Each two letters that stand together; a short word is one pair.
fn pairs(word: &str) -> Vec<(char, char)> {
    let letters: Vec<char> = fold(word).chars().collect();
    match letters.as_slice() {
        [only] => vec![(*only, ' ')],
        letters => letters.windows(2).filter_map(|two| Some((*two.first()?, *two.get(1)?))).collect(),
    }
}

/// Of a hundred, how much two words share.
fn shared(one: &[(char, char)], other: &[(char, char)]) -> usize {
    let mut left = other.to_vec();
    let common =
        one.iter().filter(|pair| left.iter().position(|other| other == *pair).map(|at| left.swap_remove(at)).is_some());
    common.count() * 200 / (one.len() + other.len()).max(1)
}

/// Standards that read `word` as what the key names: a decision of a person at the import.
pub fn with_alias(about: About, word: &str, key: &str, standards: &Standards) -> Option<Record> {
    let add = |aliases: &mut Vec<String>| aliases.push(word.to_owned());
    match about {
        About::Stage => {
            let mut stage = standards.stage(key)?.clone();
            add(&mut stage.aliases);
            Some(stage.into())
        }
        About::Owner => {
            let mut owner = standards.owners().into_iter().find(|owner| owner.id.to_string() == key)?.clone();
            add(&mut owner.aliases);
            Some(owner.into())
        }
        About::Product => {
            let mut product = standards.products().iter().find(|one| one.name == key)?.clone();
            add(&mut product.aliases);
            Some(product.into())
        }
        About::Item(list) => {
            let mut item = standards.items(list).find(|item| item.key == key)?.clone();
            add(&mut item.aliases);
            Some(item.into())
        }
    }
}

/// A record of the book as if it came from a file, so that it is written and undone together with what does.
pub fn as_incoming(record: &Record) -> Incoming {
    let kind = record.kind();
    let fields = kind.fields().iter().filter_map(|(number, _)| Some((*number, record.get(*number)?)));
    let told = fields.filter(|(_, value)| *value != Value::Empty && !matches!(value, Value::Link(_)));
    Incoming { kind, file: 0, line: 0, under: None, fields: told.collect(), links: Vec::new() }
}

/// The person an owner's key names.
pub fn owner_of(key: &str, standards: &Standards) -> Option<Id> {
    standards.owners().into_iter().find(|owner| owner.id.to_string() == key).map(|owner| owner.id)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_found_and_a_far_one_is_not() {
        let known: Vec<(String, String)> = ["GTX Pro", "GTX Basic", "初步意向", "李明"]
            .iter()
            .map(|name| (String::new(), (*name).to_owned()))
            .collect();
        assert_eq!(nearest("GTXPro", &known), Some(0));
        assert_eq!(nearest("意向", &known), Some(2));
        assert_eq!(nearest("MG Special", &known), None);
    }
}
