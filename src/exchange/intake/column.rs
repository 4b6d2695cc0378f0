//! What the columns of a file are read as.

use crate::domain::record::Kind;
use crate::exchange::cell::{RateEvidence, RateRule};
use crate::exchange::date::{DateOrder, OrderEvidence};
use crate::exchange::header::{Heading, Unit, is_reason};
use crate::exchange::intake::model::Role;
use crate::query::field::{Field, FieldType, Topic, fields, fold};
use std::collections::HashMap;

/// The fields by every name they go by.
pub struct Names(HashMap<String, Vec<&'static Field>>);

impl Default for Names {
    fn default() -> Names {
        Names::new()
    }
}

impl Names {
    /// All names of all fields.
    pub fn new() -> Names {
        let mut names: HashMap<String, Vec<&'static Field>> = HashMap::new();
        let topics = Kind::ALL.iter().map(|kind| Topic::Of(*kind)).chain([Topic::OrderLine]);
        for field in topics.flat_map(fields) {
            for name in [field.name, field.words.en, field.words.zh].iter().chain(field.aliases) {
                let known = names.entry(fold(name)).or_default();
                if !known.iter().any(|other| std::ptr::eq(*other, field)) {
                    known.push(field);
                }
            }
        }
        Names(names)
    }

    /// Whether any field goes by this heading.
    pub fn knows(&self, heading: &Heading) -> bool {
        self.0.contains_key(&heading.name) || self.0.contains_key(&heading.short)
    }

    /// The field of `topic` that goes by this heading, with its brackets or without, and can be written.
    pub fn find(&self, topic: Topic, heading: &Heading) -> Option<&'static Field> {
        [&heading.name, &heading.short].into_iter().find_map(|name| {
            let called = self.0.get(name.as_str())?;
            called.iter().copied().find(|field| field.topic == topic && field.stores.is_some())
        })
    }

    /// Whether the heading names a column of the customer list that is worked out and never read.
    pub fn is_worked_out(&self, heading: &Heading) -> bool {
        let called = [&heading.name, &heading.short].into_iter().find_map(|name| self.0.get(name.as_str()));
        called.is_some_and(|called| called.iter().any(|field| field.stores.is_none()))
    }

    /// Whether this heading means the field of `topic` with this name.
    pub fn means(&self, topic: Topic, name: &str, heading: &Heading) -> bool {
        self.find(topic, heading).is_some_and(|field| field.name == name)
    }
}

/// What a column is read as.
#[derive(Clone, Copy, Debug)]
pub enum Use {
    /// A field of the row's record.
    Field(&'static Field),
    /// A field of the contact a customer's row brings along.
    Nested(&'static Field),
    /// A field of an order's line.
    Line(&'static Field),
    /// The code of the customer the record belongs to.
    CustomerCode,
    /// The name of the customer the record belongs to.
    CustomerName,
    /// The owner of the record.
    OwnerName,
    /// A person's given name.
    FirstName,
    /// A person's family name.
    LastName,
    /// The id other files know the row by.
    Key,
    /// An own field of the customer.
    Own,
    /// Nothing.
    Unread,
}

/// A column of a file.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its heading, taken apart.
    pub heading: Heading,
    /// Its place, from 1.
    pub place: usize,
    /// What it is read as.
    pub used: Use,
    /// The number of the record's field it fills.
    pub number: Option<u16>,
    /// Whether that field holds a time beside the day.
    pub timed: bool,
    /// The unit of its amounts.
    pub unit: Unit,
    /// The order of its dates.
    pub order: DateOrder,
    /// How its shares are meant.
    pub rate: RateRule,
    /// The reference its cells are ids of, by its place.
    pub reference: Option<usize>,
    pub(super) dates: OrderEvidence,
    pub(super) rates: RateEvidence,
}

impl Column {
    /// The heading, or the column's place where it has none.
    pub fn shown(&self) -> String {
        if self.heading.text.is_empty() { format!("#{}", self.place) } else { self.heading.text.clone() }
    }

    /// Whether its cells hold telephone numbers.
    pub fn is_phone(&self) -> bool {
        matches!(self.used, Use::Field(field) | Use::Nested(field) if field.stores == Some("phone"))
    }

    /// What its cells hold, where it is a field.
    pub const fn holds(&self) -> Option<FieldType> {
        match self.used {
            Use::Field(field) | Use::Nested(field) | Use::Line(field) => Some(field.holds),
            _ => None,
        }
    }

    /// Whether its cells can be understood only together.
    pub const fn needs_look(&self) -> bool {
        matches!(self.holds(), Some(FieldType::Day | FieldType::Moment | FieldType::Rate))
    }

    /// Looks at one cell, before any is read.
    pub fn look(&mut self, cell: &str) {
        match self.holds() {
            Some(FieldType::Day | FieldType::Moment) => self.dates.see(cell),
            Some(FieldType::Rate) => self.rates.see(cell),
            _ => {}
        }
    }

    /// Concludes from all cells looked at; true when dates stay doubtful.
    pub fn settle(&mut self) -> bool {
        self.order = self.dates.order();
        self.rate = self.rates.rule(self.heading.unit);
        self.dates.is_doubtful()
    }
}

/// Whether the user's `name` for a column means this heading.
pub fn is_named(heading: &Heading, name: &str) -> bool {
    let folded = fold(name);
    heading.text == name.trim() || (!folded.is_empty() && (heading.name == folded || fold(&heading.text) == folded))
}

pub(super) const fn topics(role: Role) -> &'static [Topic] {
    const fn one(kind: Kind) -> &'static [Topic] {
        match kind {
            Kind::Customer => &[Topic::Of(Kind::Customer), Topic::Of(Kind::Contact)],
            Kind::Contact => &[Topic::Of(Kind::Contact)],
            Kind::Order => &[Topic::Of(Kind::Order), Topic::OrderLine],
            Kind::FollowUp => &[Topic::Of(Kind::FollowUp)],
            Kind::NextStep => &[Topic::Of(Kind::NextStep)],
            Kind::Deal => &[Topic::Of(Kind::Deal)],
            Kind::Feedback => &[Topic::Of(Kind::Feedback)],
            Kind::Target => &[Topic::Of(Kind::Target)],
            Kind::Strategy => &[Topic::Of(Kind::Strategy)],
            Kind::Owner => &[Topic::Of(Kind::Owner)],
            Kind::Team => &[Topic::Of(Kind::Team)],
            Kind::Cost => &[Topic::Of(Kind::Cost)],
            Kind::Product => &[Topic::Of(Kind::Product)],
            Kind::ListItem => &[Topic::Of(Kind::ListItem)],
            Kind::Stage => &[Topic::Of(Kind::Stage)],
            Kind::Mapping => &[Topic::Of(Kind::Mapping)],
            Kind::Template => &[Topic::Of(Kind::Template)],
            Kind::Rhythm => &[Topic::Of(Kind::Rhythm)],
            Kind::PotentialWeights => &[Topic::Of(Kind::PotentialWeights)],
            Kind::CalendarDay => &[Topic::Of(Kind::CalendarDay)],
            Kind::Review => &[Topic::Of(Kind::Review)],
            Kind::SavedView => &[Topic::Of(Kind::SavedView)],
            _ => &[],
        }
    }
    match role {
        Role::Rows(kind) => one(kind),
        Role::Lines => &[Topic::OrderLine, Topic::Of(Kind::Order)],
        Role::Reference => &[],
    }
}

pub(super) fn as_use(role: Role, field: &'static Field) -> Use {
    match (role, field.topic) {
        (_, Topic::OrderLine) => Use::Line(field),
        (Role::Rows(Kind::Customer), Topic::Of(Kind::Contact)) => Use::Nested(field),
        _ => Use::Field(field),
    }
}

/// Whether a kind's records have a field of this name.
pub(super) fn linked(kind: Kind, name: &str) -> bool {
    kind.fields().iter().any(|(_, field)| *field == name)
}

/// What a heading means by itself.
pub(super) fn natural(heading: &Heading, role: Role, names: &Names) -> Use {
    let customer = Topic::Of(Kind::Customer);
    if is_reason(heading) {
        return Use::Unread;
    }
    for topic in topics(role) {
        let field = names.find(*topic, heading);
        if let Some(field) =
            field.filter(|field| role != Role::Lines || field.topic != Topic::Of(Kind::Order) || field.name == "number")
        {
            return as_use(role, field);
        }
    }
    if heading.name == "id" {
        let key = match role {
            Role::Rows(Kind::Customer) => fields(customer).find(|field| field.name == "code"),
            Role::Rows(Kind::Order) => fields(Topic::Of(Kind::Order)).find(|field| field.name == "number"),
            _ => None,
        };
        return key.map_or(Use::Key, Use::Field);
    }
    let Role::Rows(kind) = role else { return Use::Unread };
    match heading.name.as_str() {
        "firstname" | "givenname" if matches!(kind, Kind::Owner | Kind::Contact) => return Use::FirstName,
        "lastname" | "surname" | "familyname" if matches!(kind, Kind::Owner | Kind::Contact) => return Use::LastName,
        _ => {}
    }
    let as_customer = names.find(customer, heading).map(|field| field.name);
    match as_customer {
        Some("code") if linked(kind, "customer") => Use::CustomerCode,
        Some("name") if linked(kind, "customer") => Use::CustomerName,
        Some("owner") if linked(kind, "owner") => Use::OwnerName,
        Some(name @ ("phone" | "email" | "note")) => same_in(kind, name),
        _ if kind == Kind::Customer => Use::Own,
        _ => Use::Unread,
    }
}

/// The field of `kind` that stores what a customer's field of this name does.
fn same_in(kind: Kind, name: &str) -> Use {
    fields(Topic::Of(kind)).find(|field| field.stores == Some(name)).map_or(Use::Unread, Use::Field)
}
