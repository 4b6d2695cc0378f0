//! Deals put together by what they have in common: their owner, their customer's region, their products.

use crate::analysis::funnel::fact::DealFact;
use crate::book::Book;
use crate::book::deals::Deals;
use crate::book::row::Row;
use crate::book::symbols::Symbol;
use crate::domain::choice::ListKind;
use crate::domain::id::Id;
use crate::query::field::Column;
use crate::text::{Language, Words, words};
use std::collections::HashMap;

/// What deals are put together by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// Whose they are.
    Owner,
    /// The office of whoever has them.
    Office,
    /// The customer's region.
    Region,
    /// The customer's industry.
    Industry,
    /// The channel the customer came by.
    Channel,
    /// The products; a deal of several counts with each.
    Product,
}

impl By {
    /// All of them.
    pub const ALL: [By; 6] = [By::Owner, By::Office, By::Region, By::Industry, By::Channel, By::Product];

    /// The name on the command line and in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            By::Owner => "owner",
            By::Office => "office",
            By::Region => "region",
            By::Industry => "industry",
            By::Channel => "channel",
            By::Product => "product",
        }
    }

    /// Its words.
    pub const fn words(self) -> Words {
        match self {
            By::Owner => words("owner", "负责人"),
            By::Office => words("office", "办事处"),
            By::Region => words("region", "地域"),
            By::Industry => words("industry", "行业"),
            By::Channel => words("channel", "来源渠道"),
            By::Product => words("product", "产品"),
        }
    }

    /// The one with this name.
    pub fn from_key(key: &str) -> Option<By> {
        By::ALL.into_iter().find(|by| by.key() == key)
    }
}

/// Deals that have something in common.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    /// The key of what they have in common; empty where it is not known.
    pub key: String,
    /// The same, as it is shown.
    pub name: String,
    /// The deals.
    pub deals: Vec<&'a DealFact>,
}

/// What a deal has, quick to tell from another; several may come to the same word.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Mark {
    Owner(Option<Id>),
    Word(Symbol),
    Product(u16),
}

/// Deals as they are put together.
#[derive(Default)]
struct Together<'a> {
    groups: Vec<(&'a str, Vec<&'a DealFact>)>,
    by_word: HashMap<&'a str, usize>,
    by_mark: HashMap<Mark, usize>,
}

impl<'a> Together<'a> {
    fn put(&mut self, deal: &'a DealFact, mark: Mark, word: impl FnOnce() -> &'a str) {
        let Together { groups, by_word, by_mark } = self;
        let place = *by_mark.entry(mark).or_insert_with(|| {
            let word = word();
            *by_word.entry(word).or_insert_with(|| {
                groups.push((word, Vec::new()));
                groups.len() - 1
            })
        });
        if let Some((_, deals)) = groups.get_mut(place) {
            deals.push(deal);
        }
    }
}

impl Deals {
    /// What a deal has for `by`; of products, the one it has where there is no more.
    fn mark(deal: &DealFact, by: By, book: &Book) -> Mark {
        let word = |of: fn(&Row) -> Symbol| {
            Mark::Word(deal.customer.and_then(|customer| book.row_of(customer)).map_or(Symbol::default(), of))
        };
        match by {
            By::Owner | By::Office => Mark::Owner(deal.owner),
            By::Region => word(|row| row.word(Column::Region)),
            By::Industry => word(|row| row.word(Column::Industry)),
            By::Channel => word(|row| row.word(Column::Source)),
            By::Product => deal.products.first().map_or(Mark::Word(Symbol::default()), |first| Mark::Product(*first)),
        }
    }

    /// The key it stands for.
    fn key<'a>(&'a self, mark: Mark, by: By, book: &'a Book) -> &'a str {
        let standards = book.standards();
        match (mark, by) {
            (Mark::Owner(owner), By::Office) => {
                owner.and_then(|owner| standards.owner(owner)).map_or("", |owner| &owner.office)
            }
            (Mark::Owner(owner), _) => standards.owner_name(owner),
            (Mark::Word(symbol), _) => book.symbols().word(symbol),
            (Mark::Product(product), _) => self.product(product),
        }
    }

    /// The deals put together, the greatest group first and those that have nothing for it last.
    pub fn groups<'a>(
        &'a self,
        deals: impl Iterator<Item = &'a DealFact>,
        by: By,
        book: &'a Book,
        language: Language,
    ) -> Vec<Group<'a>> {
        let mut together = Together::default();
        let mut put = |deal, mark| together.put(deal, mark, || self.key(mark, by, book));
        for deal in deals {
            put(deal, Deals::mark(deal, by, book));
            if by == By::Product {
                let others = deal.products.iter().enumerate().skip(1);
                // One that is named twice counts once.
                let others =
                    others.filter(|(place, other)| !deal.products.iter().take(*place).any(|one| one == *other));
                others.for_each(|(_, other)| put(deal, Mark::Product(*other)));
            }
        }
        let group = |(key, deals): (&str, Vec<&'a DealFact>)| Group {
            name: shown(key, by, book, language),
            key: key.to_owned(),
            deals,
        };
        let mut groups: Vec<Group<'a>> = together.groups.into_iter().map(group).collect();
        groups.sort_by(|one, other| {
            let size = |group: &Group<'_>| (group.key.is_empty(), std::cmp::Reverse(group.deals.len()));
            size(one).cmp(&size(other)).then_with(|| one.key.cmp(&other.key))
        });
        groups
    }
}

/// A key as it is shown.
fn shown(key: &str, by: By, book: &Book, language: Language) -> String {
    let list = match by {
        _ if key.is_empty() => return words("not known", "未填写").say(language).to_owned(),
        By::Region => ListKind::Region,
        By::Industry => ListKind::Industry,
        By::Channel => ListKind::Source,
        By::Owner | By::Office | By::Product => return key.to_owned(),
    };
    book.standards().shown(list, key, language).to_owned()
}
