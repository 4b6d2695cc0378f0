//! Files given together: the names behind the ids that one file uses and another explains.

use crate::domain::money::Exact;
use crate::domain::record::Kind;
use crate::exchange::amount::exact;
use crate::exchange::intake::column::{Column, Names, Use};
use crate::exchange::intake::guess::first_id;
use crate::exchange::intake::model::{IntakeError, Role};
use crate::exchange::intake::source::{Source, reopened, unreadable};
use crate::exchange::split::Row;
use std::collections::HashMap;

/// What an id stands for.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// The name.
    pub name: String,
    /// A product's category.
    pub category: String,
    /// What one of a product costs us.
    pub cost: Option<Exact>,
}

/// The rows of one file by their ids.
#[derive(Clone, Debug, Default)]
pub struct Reference {
    named: HashMap<String, Named>,
    category_in: Option<usize>,
}

impl Reference {
    /// What `id` stands for.
    pub fn find(&self, id: &str) -> Option<&Named> {
        self.named.get(plain_id(id))
    }
}

/// The id as both files write it: spreadsheets make `2.0` of 2.
pub fn plain_id(id: &str) -> &str {
    let id = id.trim();
    id.strip_suffix(".0").filter(|rest| rest.chars().all(|c| c.is_ascii_digit())).unwrap_or(id)
}

/// Finds the files that explain ids of others, reads their names, and points the columns at them.
pub(super) fn references(sources: &mut [Source], names: &Names) -> Result<Vec<Reference>, IntakeError> {
    let explains: Vec<(usize, String)> = sources
        .iter()
        .enumerate()
        .filter(|(_, source)| !matches!(source.role, Role::Lines | Role::Rows(Kind::Order)))
        .filter_map(|(at, source)| {
            let headings: Vec<_> = source.columns.iter().map(|column| column.heading.clone()).collect();
            Some((at, first_id(&headings)?.to_owned()))
        })
        .collect();
    let mut used = Vec::new();
    for (owner, key) in explains {
        let place = used.len();
        let mut found = false;
        for (_, source) in sources.iter_mut().enumerate().filter(|(at, _)| *at != owner) {
            for column in source.columns.iter_mut().filter(|column| column.heading.name == key) {
                column.reference = Some(place);
                found = true;
            }
        }
        if found {
            used.push(owner);
            let id = sources.get_mut(owner).and_then(|source| source.columns.first_mut());
            if let Some(column) = id.filter(|column| matches!(column.used, Use::Unread)) {
                column.used = Use::Key;
            }
        }
    }
    let mut references = Vec::new();
    for owner in used {
        if let Some(source) = sources.get(owner) {
            references.push(load(source, names)?);
        }
    }
    Ok(with_categories(references))
}

fn load(source: &Source, names: &Names) -> Result<Reference, IntakeError> {
    let mut sheet = reopened(source, names)?;
    let (mut row, mut reference) = (Row::default(), Reference::default());
    let called = |name: &str| source.columns.iter().position(|column| is_field(column, name));
    let category = called("product_category");
    let cost = called("product_cost");
    reference.category_in = category.and_then(|at| source.columns.get(at)).and_then(|column| column.reference);
    while sheet.next_row(&mut row).map_err(unreadable(source.table))? {
        let named = Named {
            name: row_name(&source.columns, &row),
            category: category.map(|at| row.cell(at).trim().to_owned()).unwrap_or_default(),
            cost: cost.and_then(|at| exact(row.cell(at), source.columns.get(at)?.unit).ok()?),
        };
        reference.named.entry(plain_id(row.cell(0)).to_owned()).or_insert(named);
    }
    Ok(reference)
}

fn is_field(column: &Column, name: &str) -> bool {
    matches!(column.used, Use::Field(field) if field.name == name)
}

/// The name a row goes by: its name field, its given and family name, or its first column of names.
pub(super) fn row_name(columns: &[Column], row: &Row) -> String {
    let cell = |found: Option<usize>| found.map(|at| row.cell(at).trim()).unwrap_or_default();
    let at = |wanted: &dyn Fn(&Column) -> bool| columns.iter().position(wanted);
    let named =
        at(&|column| ["name", "product_name", "owner_name", "contact_name"].iter().any(|name| is_field(column, name)));
    if named.is_some() {
        return cell(named).to_owned();
    }
    let first = cell(at(&|column| matches!(column.used, Use::FirstName)));
    let last = cell(at(&|column| matches!(column.used, Use::LastName)));
    if !first.is_empty() || !last.is_empty() {
        let chinese = first.chars().chain(last.chars()).all(|c| !c.is_ascii());
        return if chinese { format!("{last}{first}") } else { format!("{first} {last}").trim().to_owned() };
    }
    cell(at(&|column| column.heading.name.ends_with("name") || column.heading.name.ends_with("名称"))).to_owned()
}

/// A product's category id read as the category's name.
fn with_categories(mut references: Vec<Reference>) -> Vec<Reference> {
    let names: Vec<HashMap<String, String>> = references
        .iter()
        .map(|reference| reference.named.iter().map(|(id, named)| (id.clone(), named.name.clone())).collect())
        .collect();
    for reference in &mut references {
        let Some(categories) = reference.category_in.and_then(|at| names.get(at)) else { continue };
        for named in reference.named.values_mut() {
            if let Some(category) = categories.get(plain_id(&named.category)) {
                named.category.clone_from(category);
            }
        }
    }
    references
}
