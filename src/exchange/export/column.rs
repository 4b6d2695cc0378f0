//! The columns a kind of record is written in.

use crate::domain::record::Kind;
use crate::query::field::{Column, Field, FieldType, Topic, columns, fields, find, fold};
use crate::text::{Words, words};

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct OutColumn {
    /// Its name in JSON and on the command line.
    pub name: &'static str,
    /// Its heading.
    pub words: Words,
    /// Where its cells come from.
    pub from: From,
}

/// Where the cells of a column come from.
#[derive(Clone, Copy, Debug)]
pub enum From {
    /// A field of the record.
    Field(&'static Field),
    /// A field of an order's line.
    Line(&'static Field),
    /// The code of the customer the record belongs to.
    CustomerCode,
    /// The name of the customer the record belongs to.
    CustomerName,
    /// A column of the customer list, computed where it can be.
    List(Column),
}

/// Fields that are read from other people's files but are not how we keep things.
const NOT_KEPT: &[&str] = &["unit_price", "discount", "stage_at", "stage_by"];

/// Every column a kind of record is written in, so that reading them gives the record again.
pub fn kept(kind: Kind) -> Vec<OutColumn> {
    let own = fields(Topic::Of(kind)).filter(|field| is_kept(field)).map(|field| column(field, From::Field(field)));
    let lines = fields(Topic::OrderLine)
        .filter(|field| kind == Kind::Order && is_kept(field))
        .map(|field| column(field, From::Line(field)));
    whose(kind).into_iter().chain(own).chain(lines).collect()
}

fn is_kept(field: &Field) -> bool {
    field.stores.is_some() && !NOT_KEPT.contains(&field.name)
}

const fn column(field: &'static Field, from: From) -> OutColumn {
    OutColumn { name: field.name, words: field.words, from }
}

/// The columns that say whose a record is; an order has its own.
fn whose(kind: Kind) -> Vec<OutColumn> {
    let linked = kind.fields().iter().any(|(_, name)| *name == "customer");
    if !linked || kind == Kind::Order {
        return Vec::new();
    }
    vec![
        OutColumn { name: "customer_code", words: words("customer code", "客户编号"), from: From::CustomerCode },
        OutColumn { name: "customer", words: words("customer", "客户名称"), from: From::CustomerName },
    ]
}

/// The columns asked for by name, in that order, or all that are kept.
///
/// # Errors
/// The name that is no column.
pub fn chosen(kind: Kind, names: &[String]) -> Result<Vec<OutColumn>, String> {
    let all = kept(kind);
    if names.is_empty() {
        return Ok(all);
    }
    let one = |name: &String| {
        let key = fold(name);
        let listed = || {
            let field = find(Topic::Of(Kind::Customer), name)?;
            let field = columns().find(|column| std::ptr::eq(*column, field)).filter(|_| kind == Kind::Customer)?;
            field.column.map(|(column, _)| OutColumn { name: field.name, words: field.words, from: From::List(column) })
        };
        let same =
            |column: &&OutColumn| [column.name, column.words.en, column.words.zh].iter().any(|word| fold(word) == key);
        listed().or_else(|| all.iter().find(same).copied()).ok_or_else(|| name.clone())
    };
    names.iter().map(one).collect()
}

/// Whether a field is a link that says its record's code.
pub fn is_code(field: &Field) -> bool {
    matches!(field.holds, FieldType::Link(_)) && field.name.ends_with("_code")
}

#[cfg(test)]
mod tests {
    use super::{chosen, kept};
    use crate::domain::record::Kind;
    use crate::exchange::json::LISTS;
    use std::collections::HashSet;

    #[test]
    fn no_two_columns_of_a_table_share_a_heading() {
        for (_, kind) in LISTS {
            for language in [crate::text::Language::En, crate::text::Language::Zh] {
                let headings: HashSet<_> = kept(*kind).iter().map(|column| column.words.say(language)).collect();
                assert_eq!(headings.len(), kept(*kind).len(), "{kind:?}");
            }
        }
    }

    #[test]
    fn columns_are_chosen_by_their_names_in_both_languages() {
        let names = ["name".to_owned(), "总金额".to_owned(), "note".to_owned()];
        let columns = chosen(Kind::Customer, &names).unwrap();
        assert_eq!(columns.iter().map(|column| column.name).collect::<Vec<_>>(), ["name", "total_amount", "note"]);
        assert_eq!(chosen(Kind::Deal, &["colour".to_owned()]).err().as_deref(), Some("colour"));
    }
}
