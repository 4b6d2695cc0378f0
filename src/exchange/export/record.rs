//! Records described cell by cell, other records by their names, choices by their words.

use crate::analysis::lifecycle::Activity;
use crate::book::Book;
use crate::book::cell::Cell;
use crate::book::row::Row;
use crate::book::row::RowText;
use crate::domain::choice::CustomerKind;
use crate::domain::deal::StageMove;
use crate::domain::id::Id;
use crate::domain::order::OrderLine;
use crate::domain::record::{Kind, Record};
use crate::domain::value::Value;
use crate::exchange::export::Asked;
use crate::exchange::export::cell::OutCell;
use crate::exchange::export::column::{From, OutColumn, is_code};
use crate::exchange::export::mask;
use crate::query::closed_list::ClosedList;
use crate::query::field::{Column, Field, FieldType, Topic, fields};
use crate::store::dossier::Dossier;
use crate::text::choices::Said;
use crate::text::{Words, words};

/// What describing a record needs to know.
#[derive(Clone, Copy)]
pub struct Describing<'a> {
    /// The book.
    pub book: &'a Book,
    /// How it was asked for.
    pub asked: &'a Asked<'a>,
    /// Whether lists and choices are written by their keys and not by their words.
    pub keys: bool,
}

impl Describing<'_> {
    /// The records of one kind in a dossier that are wanted.
    pub fn records(&self, kind: Kind, dossier: &Dossier) -> Vec<Record> {
        dossier.of(kind).filter(|record| self.asked.keep.is_none_or(|keep| keep(record))).collect()
    }

    /// The rows of a record: one, or one for each line of an order.
    pub fn rows(&self, columns: &[OutColumn], record: &Record, dossier: &Dossier) -> Vec<Vec<OutCell>> {
        let row = |line: Option<(usize, &OrderLine)>| {
            columns.iter().map(|column| self.cell(column, record, line, dossier)).collect()
        };
        match record {
            Record::Order(order) if !order.lines.is_empty() => {
                order.lines.iter().enumerate().map(|line| row(Some(line))).collect()
            }
            _ => vec![row(None)],
        }
    }

    /// One cell of a record.
    pub fn cell(
        &self,
        column: &OutColumn,
        record: &Record,
        line: Option<(usize, &OrderLine)>,
        dossier: &Dossier,
    ) -> OutCell {
        match column.from {
            From::Line(field) => line.map_or(OutCell::Empty, |(place, line)| line_cell(field, place, line)),
            From::CustomerCode => self.customer(customer_of(record)).0,
            From::CustomerName => self.customer(customer_of(record)).1,
            From::List(list) => self.listed(list, record),
            From::Field(field) => {
                let found = field.number().and_then(|number| record.get(number)).unwrap_or_default();
                let cell = self.value(field, found, dossier);
                if self.asked.mask { mask::cell(field, record, self.is_person(record), cell) } else { cell }
            }
        }
    }

    /// A field's value as a cell shows it, apart from its record; empty where only the record says what it means.
    pub fn told(&self, kind: Kind, number: u16, value: &Value, dossier: &Dossier) -> String {
        let Some(field) = fields(Topic::Of(kind)).find(|field| field.number() == Some(number)) else {
            return String::new();
        };
        self.value(field, value.clone(), dossier).shown(self.asked.language)
    }

    /// Whether a customer is a person: it says so, or its only contact bears its name.
    pub fn is_person(&self, record: &Record) -> bool {
        let Record::Customer(customer) = record else { return false };
        let same = || self.book.row_of(customer.id).is_some_and(|row| may_be_called(row, &customer.name));
        customer.kind == Some(CustomerKind::Consumer) || same()
    }

    /// The code and the name of a customer.
    fn customer(&self, id: Option<Id>) -> (OutCell, OutCell) {
        let Some(row) = id.and_then(|id| self.book.row_of(id)) else { return (OutCell::Empty, OutCell::Empty) };
        let name = row.text(RowText::Name);
        let person = self.asked.mask && may_be_called(row, name);
        let name = if person { mask::name(name) } else { name.to_owned() };
        (OutCell::text(row.text(RowText::Code)), OutCell::text(name))
    }

    fn listed(&self, column: Column, record: &Record) -> OutCell {
        let Some(row) = self.book.row_of(record.id()) else { return OutCell::Empty };
        let cell = out_of(self.book.cell(row, column, self.asked.as_of, self.asked.language).cell, |words| {
            self.words(words).to_owned()
        });
        match column {
            Column::Phone | Column::Name if self.asked.mask => mask::listed(column, self.is_person(record), cell),
            Column::Conclusion => match record {
                // A row keeps but the beginning.
                Record::Customer(customer) => OutCell::text(mask::free(&customer.conclusion, self.asked.mask)),
                _ => cell,
            },
            _ => cell,
        }
    }

    fn words(&self, words: Words) -> &'static str {
        words.say(self.asked.language)
    }

    fn value(&self, field: &Field, value: Value, dossier: &Dossier) -> OutCell {
        match (value, field.holds) {
            (Value::Empty, _) => OutCell::Empty,
            (Value::Text(key), FieldType::List(list)) if !self.keys => {
                OutCell::text(self.book.standards().shown(list, &key, self.asked.language))
            }
            (Value::Text(key), FieldType::Stage) => OutCell::text(self.stage(&key)),
            (Value::Text(text), _) => OutCell::text(text),
            (Value::Choice(number), _) => OutCell::text(self.choice(field, number)),
            (Value::Whole(number), _) => OutCell::Whole(number),
            (Value::Flag(flag), _) => OutCell::Flag(flag),
            (Value::Day(day), _) => OutCell::Day(day),
            (Value::Moment(moment), _) => OutCell::Moment(moment),
            (Value::Due(due), _) => OutCell::Due(due),
            (Value::Money(money), _) => OutCell::Money(money),
            (Value::Rate(rate), _) => OutCell::Rate(rate),
            (Value::Score(score), _) => OutCell::Score(score),
            (Value::Texts(texts), _) => OutCell::Texts(texts),
            (Value::Pairs(pairs), _) => OutCell::Pairs(pairs),
            (Value::Link(id), FieldType::Link(to)) => self.linked(field, to, id, dossier),
            (Value::Links(ids), FieldType::Link(to @ Kind::Contact)) => {
                let named = ids.into_iter().map(|id| self.linked(field, to, id, dossier));
                let names = named.filter_map(|cell| match cell {
                    OutCell::Text(name) => Some(name),
                    _ => None,
                });
                OutCell::Texts(names.collect())
            }
            (Value::Links(ids), _) => {
                OutCell::Texts(ids.iter().map(|id| self.book.standards().owner_name(Some(*id)).to_owned()).collect())
            }
            (parts @ Value::Parts(_), _) if field.topic == Topic::Of(Kind::Deal) => {
                let step = |step: StageMove| {
                    [self.stage(&step.stage).to_owned(), step.at.map(|at| at.to_string()).unwrap_or_default(), step.by]
                };
                OutCell::Moves(parts.read::<Vec<StageMove>>().unwrap_or_default().into_iter().map(step).collect())
            }
            (Value::Exact(exact), _) => OutCell::Exact(exact),
            (Value::Link(_) | Value::Parts(_) | Value::Number(_) | Value::Unknown(_), _) => OutCell::Empty,
        }
    }

    fn stage<'k>(&'k self, key: &'k str) -> &'k str {
        if self.keys { key } else { self.book.standards().stage_shown(key, self.asked.language) }
    }

    /// Another record as a file names it.
    fn linked(&self, field: &Field, to: Kind, id: Id, dossier: &Dossier) -> OutCell {
        match to {
            Kind::Owner => OutCell::text(self.book.standards().owner_name(Some(id))),
            Kind::Team => OutCell::text(self.book.standards().team(id).map_or("", |team| team.name.as_str())),
            Kind::Customer if is_code(field) => self.customer(Some(id)).0,
            Kind::Customer => self.customer(Some(id)).1,
            Kind::Contact => match dossier.get(id) {
                Some(Record::Contact(contact)) if self.asked.mask => OutCell::text(mask::name(&contact.name)),
                Some(Record::Contact(contact)) => OutCell::text(contact.name),
                _ => OutCell::Empty,
            },
            Kind::Deal => match dossier.get(id) {
                Some(Record::Deal(deal)) if deal.number.is_empty() => OutCell::text(deal.title),
                Some(Record::Deal(deal)) => OutCell::text(deal.number),
                _ => OutCell::Empty,
            },
            _ => OutCell::Empty,
        }
    }

    /// A choice's word, or its key.
    fn choice(&self, field: &Field, number: u8) -> &'static str {
        let FieldType::Choice(list) = field.holds else { return "" };
        let key = || list.key(number).unwrap_or_default();
        // What a stage means is read again by its key.
        let by_key = self.keys || list == ClosedList::StageRole;
        list.words(number).filter(|_| !by_key).map_or_else(key, |words| self.words(words))
    }
}

/// The customer a record belongs to.
fn customer_of(record: &Record) -> Option<Id> {
    let number = record.kind().fields().iter().find(|(_, name)| *name == "customer")?.0;
    match record.get(number)? {
        Value::Link(id) => Some(id),
        _ => None,
    }
}

fn line_cell(field: &Field, place: usize, line: &OrderLine) -> OutCell {
    match field.name {
        "line_number" => OutCell::Whole(place as u32 + 1),
        "product" => OutCell::text(line.product.as_str()),
        "category" => OutCell::text(line.category.as_str()),
        "quantity" => OutCell::Quantity(line.quantity),
        "amount" => OutCell::Exact(line.amount),
        "cost" => line.cost.map_or(OutCell::Empty, OutCell::Exact),
        _ => OutCell::Empty,
    }
}

/// A cell of the customer list as one to be written.
pub fn out_of(cell: Cell, say: impl Fn(Words) -> String) -> OutCell {
    match cell {
        Cell::Empty => OutCell::Empty,
        Cell::Text(text) => OutCell::text(text),
        Cell::Texts(texts) => OutCell::Texts(texts),
        Cell::Whole(number) => OutCell::Whole(number),
        Cell::Money(money) => OutCell::Money(money),
        Cell::Rate(rate) => OutCell::Rate(rate),
        Cell::Score(score) => OutCell::Score(score),
        Cell::Day(day) => OutCell::Day(day),
        Cell::Due(due) => OutCell::Due(due),
        Cell::LifeStage(stage) => OutCell::text(say(stage.words())),
        Cell::Level(level) => OutCell::text(say(level.words())),
        Cell::Activity(activity) => OutCell::text(say(match activity {
            Activity::Active => words("active", "活跃"),
            Activity::Dormant => words("dormant", "休眠"),
            Activity::Lost => words("lost", "流失"),
        })),
        Cell::Choice(choice) => OutCell::text(say(choice.words())),
    }
}

/// Whether a contact of a customer bears this name; where the contacts cannot be read one may, and it is masked.
fn may_be_called(row: &Row, name: &str) -> bool {
    !row.knows_contacts() || row.contacts().iter().any(|(contact, _, _)| contact == name)
}
