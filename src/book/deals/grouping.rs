//! Deals put together by what they have in common: their owner, their customer's region, their products.

use crate::analysis::funnel::fact::DealFact;
use crate::book::Book;
use crate::book::deals::Deals;
use crate::domain::choice::ListKind;
use crate::text::{Language, Words, words};
use std::collections::BTreeMap;

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

impl Deals {
    /// What a deal has for `by`, as keys.
    fn keys_of<'a>(&'a self, deal: &DealFact, by: By, book: &'a Book) -> Vec<&'a str> {
        let row = || deal.customer.and_then(|customer| book.row_of(customer));
        let word = |symbol| book.symbols().word(symbol);
        let standards = book.standards();
        let one = match by {
            By::Owner => standards.owner_name(deal.owner),
            By::Office => deal.owner.and_then(|owner| standards.owner(owner)).map_or("", |owner| &owner.office),
            By::Region => row().map_or("", |row| word(row.region)),
            By::Industry => row().map_or("", |row| word(row.industry)),
            By::Channel => row().map_or("", |row| word(row.source)),
            By::Product => {
                let mut products: Vec<&str> = deal.products.iter().map(|product| self.product(*product)).collect();
                products.sort_unstable();
                products.dedup();
                return if products.is_empty() { vec![""] } else { products };
            }
        };
        vec![one]
    }

    /// The deals put together, the greatest group first and those that have nothing for it last.
    pub fn groups<'a>(
        &'a self,
        deals: impl Iterator<Item = &'a DealFact>,
        by: By,
        book: &'a Book,
        language: Language,
    ) -> Vec<Group<'a>> {
        let mut together: BTreeMap<&str, Vec<&'a DealFact>> = BTreeMap::new();
        for deal in deals {
            for key in self.keys_of(deal, by, book) {
                together.entry(key).or_default().push(deal);
            }
        }
        let group = |(key, deals): (&str, Vec<&'a DealFact>)| Group {
            name: shown(key, by, book, language),
            key: key.to_owned(),
            deals,
        };
        let mut groups: Vec<Group<'a>> = together.into_iter().map(group).collect();
        groups.sort_by_key(|group| (group.key.is_empty(), std::cmp::Reverse(group.deals.len())));
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
