//! What a file's rows are, told from its header and the headers beside it.

use crate::domain::record::Kind;
use crate::exchange::export::column::kept;
use crate::exchange::header::Heading;
use crate::exchange::intake::column::Names;
use crate::exchange::intake::model::Role;
use crate::exchange::json::LISTS;
use crate::query::field::{Topic, fold};
use crate::text::Language;
use std::collections::HashSet;

/// What the words in the first id say the rows are.
const ENTITIES: &[(Kind, &[&str])] = &[
    (Kind::Owner, &["employee", "salesperson", "salesrep", "agent", "staff", "owner", "员工", "业务员", "销售员"]),
    (Kind::Product, &["product", "item", "sku", "产品", "商品", "物料"]),
    (Kind::Contact, &["contact", "联系人"]),
    (Kind::Deal, &["opportunity", "deal", "商机"]),
    (Kind::Customer, &["customer", "client", "account", "客户", "会员"]),
];

/// The field a record of a kind goes by; a table without it is not of that kind.
const NAMED_BY: &[(Kind, &[&str])] = &[
    (Kind::Customer, &["code", "name"]),
    (Kind::Product, &["product_name"]),
    (Kind::Owner, &["owner_name"]),
    (Kind::Team, &["team_name"]),
    (Kind::Strategy, &["strategy_title"]),
    (Kind::Stage, &["stage_key"]),
    (Kind::ListItem, &["item_key"]),
];

/// Columns a table of ours needs for more columns beside them not to matter.
const TELLING: usize = 6;

/// The role of a file with these headings; `others` are the headings of the files beside it.
pub fn guess(headings: &[Heading], names: &Names, others: &[&Heading]) -> Option<Role> {
    if let Some(kind) = as_we_write_it(headings) {
        return Some(Role::Rows(kind));
    }
    let seen = Seen { headings, names };
    let (order, line) = (Topic::Of(Kind::Order), Topic::OrderLine);
    let numbered = seen.has(order, "number");
    let whose = seen.has(order, "customer") || seen.has(order, "customer_code");
    let dated = seen.has(order, "date");
    if numbered && seen.count(line) >= 2 && !dated && !whose {
        return Some(Role::Lines);
    }
    if numbered && (dated || whose) && seen.count(Topic::Of(Kind::Deal)) < 4 {
        return Some(Role::Rows(Kind::Order));
    }
    if let Some(role) = by_first_id(&seen, others) {
        return Some(role);
    }
    let sold = seen.has(line, "amount") || seen.has(line, "quantity");
    if dated && whose && sold && seen.count(Topic::Of(Kind::Deal)) < 4 {
        return Some(Role::Rows(Kind::Order));
    }
    by_most_fields(&seen).map(Role::Rows)
}

/// The kind whose whole table we ourselves write with these headings.
fn as_we_write_it(headings: &[Heading]) -> Option<Kind> {
    let known: HashSet<String> = headings.iter().map(|heading| fold(&heading.text)).collect();
    let all = |kind: Kind, language: Language| {
        let own = kept(kind);
        let whole = own.iter().all(|column| known.contains(&fold(column.words.say(language))));
        whole && (own.len() >= TELLING || own.len() == known.len())
    };
    let ours = LISTS.iter().filter(|(_, kind)| all(*kind, Language::Zh) || all(*kind, Language::En));
    ours.map(|(_, kind)| *kind).max_by_key(|kind| kept(*kind).len())
}

/// The key other files would know a file's rows by: its first heading, when that is an id.
pub fn first_id(headings: &[Heading]) -> Option<&str> {
    let first = headings.first()?.name.as_str();
    let stem = ["id", "code", "编号", "编码", "代码", "no"].iter().find_map(|end| first.strip_suffix(end))?;
    (!stem.is_empty()).then_some(first)
}

fn by_first_id(seen: &Seen, others: &[&Heading]) -> Option<Role> {
    let id = first_id(seen.headings)?;
    let entity = ENTITIES.iter().find(|(_, words)| words.iter().any(|word| id.starts_with(word)));
    match entity {
        Some((Kind::Customer, _)) if seen.has(Topic::Of(Kind::Customer), "name") => {
            by_most_fields(seen).map(Role::Rows)
        }
        Some((Kind::Customer, _)) => None,
        Some((kind, _)) => Some(Role::Rows(*kind)),
        None => others.iter().any(|other| other.name == id).then_some(Role::Reference),
    }
}

fn by_most_fields(seen: &Seen) -> Option<Kind> {
    let customer = Topic::Of(Kind::Customer);
    let called = |name: &str| seen.headings.iter().any(|heading| heading.name == name);
    let in_two = called("firstname") && called("lastname");
    let contact = seen.count(Topic::Of(Kind::Contact)) + usize::from(in_two);
    let named = seen.has(Topic::Of(Kind::Contact), "contact_name");
    let owned = seen.has(customer, "name") || seen.has(customer, "code");
    let plain = ["code", "name", "phone", "email", "address", "note", "owner"];
    let of_firm = seen.fields(customer).iter().filter(|name| !plain.contains(name)).count();
    if (named || in_two) && owned && contact >= 2 && of_firm == 0 {
        return Some(Kind::Contact);
    }
    let person = named && !owned && contact < seen.headings.len();
    let fits = |kind: &Kind| match NAMED_BY.iter().find(|(named, _)| named == kind) {
        Some((Kind::Customer, _)) if person => true,
        Some((_, keys)) => keys.iter().any(|key| seen.has(Topic::Of(*kind), key)),
        None => *kind != Kind::Contact && *kind != Kind::Order && seen.count(Topic::Of(*kind)) >= 2,
    };
    let kinds = Kind::ALL.iter().filter(|kind| fits(kind));
    // The first of equals wins: customers stand first.
    kinds.rev().max_by_key(|kind| seen.count(Topic::Of(**kind))).copied()
}

struct Seen<'a> {
    headings: &'a [Heading],
    names: &'a Names,
}

impl Seen<'_> {
    fn has(&self, topic: Topic, field: &str) -> bool {
        self.headings.iter().any(|heading| self.names.means(topic, field, heading))
    }

    fn fields(&self, topic: Topic) -> HashSet<&'static str> {
        self.headings.iter().filter_map(|heading| self.names.find(topic, heading)).map(|field| field.name).collect()
    }

    fn count(&self, topic: Topic) -> usize {
        self.fields(topic).len()
    }
}
