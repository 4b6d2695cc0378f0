//! One row to its records: fields filled, links noted, bad cells reported, a nameless row refused.

use crate::domain::deal::StageMove;
use crate::domain::record::Kind;
use crate::domain::time::Moment;
use crate::domain::value::Value;
use crate::exchange::cell::{is_odd_phone, satisfaction_words};
use crate::exchange::date::moment;
use crate::exchange::intake::column::{Column, Use};
use crate::exchange::intake::deal::{entered_by, log_of_dates};
use crate::exchange::intake::draft::Draft;
use crate::exchange::intake::fill::{is_error, value, word};
use crate::exchange::intake::join::{Named, plain_id, row_name};
use crate::exchange::intake::link::{code_word, link, name_word};
use crate::exchange::intake::mending::{Mended, mend};
use crate::exchange::intake::model::{LinkWord, Role, number_of, text_of};
use crate::exchange::intake::reading::Reading;
use crate::exchange::intake::source::Source;
use crate::exchange::list_text::pairs;
use crate::exchange::reason::Reason;
use crate::exchange::split::Row;
use crate::exchange::text_key::{cleaned, is_clean};
use crate::query::field::{Field, FieldType, fold};

impl<'a> Reading<'a> {
    /// Takes one row in.
    pub(super) fn take(&mut self, source: &Source, row: &Row) {
        let before = self.intake.problems.len();
        let mended = self.mended(source, row);
        let row = mended.as_ref().unwrap_or(row);
        let kept = match source.role {
            Role::Reference => return,
            Role::Lines => self.take_line(source, row),
            Role::Rows(Kind::Order) => self.take_order(source, row),
            Role::Rows(kind) => self.take_record(source, row, kind),
        };
        self.check_length(source, row);
        if let Err(reason) = kept {
            let value = row.cells().map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(", ");
            self.problem(source, row.line, String::new(), &value, reason);
            self.intake.problems.iter_mut().skip(before).for_each(|problem| problem.kept = false);
        }
    }

    /// A row that commas in amounts have made too long, put together again; notes how far any other long row can be trusted.
    fn mended(&mut self, source: &Source, row: &Row) -> Option<Row> {
        self.until = usize::MAX;
        match mend(row, &source.columns)? {
            Mended::Whole(mended) => {
                let value = row.cells().collect::<Vec<_>>().join(",");
                self.note(source, row.line, &value, Reason::Mended);
                Some(mended)
            }
            Mended::Until(until) => {
                self.until = until;
                None
            }
        }
    }

    fn take_record(&mut self, source: &Source, row: &Row, kind: Kind) -> Result<(), Reason> {
        let mut draft = self.draft(source, row, kind);
        if kind == Kind::Customer {
            self.finish_customer(&mut draft, source);
        }
        if let Some(number) = number_of(kind, "name")
            && source.columns.iter().any(|column| matches!(column.used, Use::FirstName | Use::LastName))
            && !draft.fields.iter().any(|(field, _)| *field == number)
        {
            draft.fields.extend(word(&row_name(&source.columns, row)).map(|name| (number, Value::Text(name))));
        }
        if !names_itself(kind, &draft) {
            return Err(Reason::Nameless);
        }
        if kind == Kind::Deal && is_stage_log(source) {
            return self.take_step(draft, source, row);
        }
        let word_before = |name: &str| text_of(kind, name, &draft.fields);
        let word = LinkWord { code: word_before("code"), name: word_before("name") };
        self.heed_first(&mut draft, source, row, kind);
        if let Some(entered) = draft.entered.take() {
            log_of_dates(entered, &mut draft.fields, self.options.offset_minutes);
        }
        let place = self.intake.incoming.len() as u32;
        let contact = std::mem::take(&mut draft.contact);
        self.push(kind, source, row, None, draft.fields, draft.links);
        if !contact.is_empty() {
            self.take_contact(source, row, place, contact, word);
        }
        Ok(())
    }

    /// Takes a row that says when a deal entered a stage; the deal is made at its first.
    fn take_step(&mut self, mut draft: Draft, source: &Source, row: &Row) -> Result<(), Reason> {
        let stage = number_of(Kind::Deal, "stage");
        draft.fields.retain(|(number, value)| match value {
            Value::Text(text) if Some(*number) == stage => {
                draft.step.stage.clone_from(text);
                false
            }
            _ => true,
        });
        let name_of = |name: &str| text_of(Kind::Deal, name, &draft.fields);
        let key = format!("{}\t{}", name_of("number"), name_of("title"));
        let known = self.deals.step(&key, draft.step, &mut self.intake.incoming);
        if !known {
            self.push(Kind::Deal, source, row, None, draft.fields, draft.links);
        }
        Ok(())
    }

    /// Takes the contact a customer's row brought along.
    fn take_contact(
        &mut self,
        source: &Source,
        row: &Row,
        place: u32,
        mut fields: Vec<(u16, Value)>,
        customer: LinkWord,
    ) {
        let is_name = |column: &Column| matches!(column.used, Use::Nested(field) if field.name == "contact_name");
        let (Some(name), Some(link)) = (number_of(Kind::Contact, "name"), number_of(Kind::Contact, "customer")) else {
            return;
        };
        if !customer.name.is_empty() && !source.columns.iter().any(is_name) {
            // Without a column of contacts the customer is a person, and age and gender are its own.
            fields.push((name, Value::Text(customer.name.clone())));
        }
        if fields.iter().any(|(field, _)| *field == name) {
            self.push(Kind::Contact, source, row, Some(place), fields, vec![(link, customer)]);
        } else {
            self.problem(source, row.line, String::new(), &customer.name, Reason::NamelessContact);
        }
    }

    /// What is put together from several cells of a customer's row.
    fn finish_customer(&self, draft: &mut Draft, source: &Source) {
        draft.region.sort_by_key(|(rank, _)| *rank);
        let mut parts: Vec<String> = draft.region.drain(..).map(|(_, part)| part).collect();
        parts.dedup();
        if let (Some(number), false) = (number_of(Kind::Customer, "region"), parts.is_empty()) {
            let joined = parts.join("/");
            let key = (self.lists.item)(crate::domain::choice::ListKind::Region, &joined);
            draft.fields.push((number, Value::Text(key.unwrap_or(joined))));
        }
        if let (Some(number), false) = (number_of(Kind::Customer, "custom"), draft.own.is_empty()) {
            draft.fields.push((number, Value::Pairs(std::mem::take(&mut draft.own))));
        }
        let given = |number: &u16| {
            Kind::Customer.fields().iter().any(|(field, name)| field == number && name.starts_with("given_"))
        };
        let marked = number_of(Kind::Customer, "given_from");
        let is_marked = draft.fields.iter().any(|(number, _)| Some(*number) == marked);
        if !is_marked && draft.fields.iter().any(|(number, _)| given(number)) {
            let name =
                self.intake.files.get(usize::from(source.file)).map(|file| file.name.clone()).unwrap_or_default();
            draft.fields.extend(number_of(Kind::Customer, "given_from").map(|from| (from, Value::Text(name))));
            let on = number_of(Kind::Customer, "given_on").zip(self.options.today);
            draft.fields.extend(on.map(|(on, today)| (on, Value::Day(today))));
        }
    }

    /// Reads every cell of a row.
    pub(super) fn draft(&mut self, source: &Source, row: &Row, kind: Kind) -> Draft {
        let mut draft = Draft::default();
        for (at, column) in source.columns.iter().enumerate().take(self.until) {
            let raw = row.cell(at);
            if raw.trim().is_empty() || matches!(column.used, Use::Unread | Use::Key) {
                continue;
            }
            let clean;
            let text = if is_clean(raw) {
                raw
            } else {
                let (kept, lost) = cleaned(raw);
                if lost {
                    self.problem(source, row.line, column.shown(), raw, Reason::Unprintable);
                }
                clean = kept;
                clean.as_str()
            };
            if is_error(text) {
                self.problem(source, row.line, column.shown(), raw, Reason::ErrorCell);
                continue;
            }
            let text = self.replaced(column, text);
            if is_word_for_points(column, text) {
                self.note_once(source, row.line, column, text);
            }
            if let Err(reason) = self.put(&mut draft, kind, column, text) {
                self.problem(source, row.line, column.shown(), raw, reason);
                if self.until < usize::MAX {
                    // In a row that is too long a cell that cannot be read is the first that has slipped.
                    break;
                }
            } else if column.is_phone() && is_odd_phone(text) {
                self.problem(source, row.line, column.shown(), raw, Reason::OddPhone);
            }
        }
        draft
    }

    /// The word the user wants read in place of this one.
    fn replaced<'t>(&self, column: &Column, text: &'t str) -> &'t str
    where
        'a: 't,
    {
        let (Use::Field(field) | Use::Nested(field) | Use::Line(field)) = column.used else { return text };
        let asked = self
            .options
            .values
            .iter()
            .find(|(name, from, _)| field.is_called(&fold(name)) && (from == text || fold(from) == fold(text)));
        asked.map_or(text, |(_, _, to)| to.as_str())
    }

    fn put(&self, draft: &mut Draft, kind: Kind, column: &Column, text: &str) -> Result<(), Reason> {
        let named = column.reference.and_then(|at| self.references.get(at)).and_then(|all| all.find(text));
        match column.used {
            Use::Field(field) => self.put_field(draft, kind, field, column, text, named)?,
            Use::Nested(field) => {
                let found = value(field, column, text, self.options, self.lists)?;
                draft.contact.extend(column.number.filter(|_| found != Value::Empty).map(|number| (number, found)));
            }
            Use::Line(field) => match named.filter(|_| field.name == "product") {
                Some(named) => draft.line.know(&named.name, &named.category, named.cost),
                None => draft.line.put(field.name, column, text)?,
            },
            Use::CustomerCode => link(draft, number_of(kind, "customer"), code_word(text, named)),
            Use::CustomerName => link(draft, number_of(kind, "customer"), name_word(text, named)),
            Use::OwnerName => link(draft, number_of(kind, "owner"), name_word(text, named)),
            Use::Own => {
                let text = named.map_or_else(|| text.to_owned(), |named| named.name.clone());
                draft.own.push((column.shown(), text));
            }
            Use::FirstName | Use::LastName | Use::Key | Use::Unread => {}
        }
        Ok(())
    }

    fn put_field(
        &self,
        draft: &mut Draft,
        kind: Kind,
        field: &Field,
        column: &Column,
        text: &str,
        named: Option<&Named>,
    ) -> Result<(), Reason> {
        if matches!(field.name, "helpers" | "deal_contacts") {
            for person in crate::exchange::cell::tags(text) {
                draft.links.extend(column.number.map(|number| (number, name_word(&person, None))));
            }
            return Ok(());
        }
        if field.stores == Some("custom") {
            draft.own.extend(pairs(text));
            return Ok(());
        }
        match field.name {
            "stage_at" => {
                draft.step.at = moment(text, column.order, self.options.offset_minutes)?;
                return Ok(());
            }
            "stage_by" => {
                draft.step.by = word(text).unwrap_or_default();
                return Ok(());
            }
            _ => {}
        }
        if let FieldType::Link(_) = field.holds {
            let is_code = field.name.ends_with("_code");
            link(draft, column.number, if is_code { code_word(text, named) } else { name_word(text, named) });
            return Ok(());
        }
        if kind == Kind::Customer && field.name == "region" {
            let rank = rank_of_place(&column.heading.short);
            draft.region.extend(word(text).map(|part| (rank, part)));
            return Ok(());
        }
        let text = named.filter(|_| field.holds == FieldType::Text).map_or(text, |named| named.name.as_str());
        let found = value(field, column, text, self.options, self.lists)?;
        self.put_value(draft, kind, field, column, text, found);
        Ok(())
    }

    /// Puts in what was read of a cell, where nothing but the record is to know of it.
    fn put_value(&self, draft: &mut Draft, kind: Kind, field: &Field, column: &Column, text: &str, found: Value) {
        if kind == Kind::Order && field.name == "number" {
            draft.number = plain_id(text).to_owned();
            draft.fields.extend(column.number.map(|number| (number, Value::Text(plain_id(text).to_owned()))));
        } else if let (Some("phone"), Some(held), Value::Text(more)) =
            (field.stores, held(draft, column.number), &found)
        {
            // Telephone and mobile in two columns: both are kept.
            if !held.contains(more.as_str()) {
                held.push_str("; ");
                held.push_str(more);
            }
        } else if found != Value::Empty {
            if let (Kind::Deal, "opened", Value::Day(day)) = (kind, field.name, &found) {
                let at = Moment::start_of(*day, self.options.offset_minutes);
                draft.entered = entered_by(&column.heading, self.lists).map(|stage| StageMove {
                    stage,
                    at: Some(at),
                    by: String::new(),
                    ..StageMove::default()
                });
            }
            draft.fields.extend(column.number.map(|number| (number, found)));
        }
    }

    /// Rows that are not as long as the header.
    fn check_length(&mut self, source: &Source, row: &Row) {
        let width = source.columns.len();
        let short = width.saturating_sub(row.len()) as u32;
        let extra: Vec<&str> = row.cells().skip(width).map(str::trim).filter(|cell| !cell.is_empty()).collect();
        if !extra.is_empty() {
            let reason = Reason::LongRow(extra.len() as u32);
            self.problem(source, row.line, String::new(), &extra.join(", "), reason);
        } else if short > 0 {
            self.problem(source, row.line, String::new(), row.cell(0), Reason::ShortRow(short));
        }
    }
}

/// Whether a file's rows are the steps of deals through the stages.
fn is_stage_log(source: &Source) -> bool {
    source.columns.iter().any(|column| matches!(column.used, Use::Field(field) if field.name == "stage_at"))
}

/// The text a draft already has in a field.
fn held(draft: &mut Draft, number: Option<u16>) -> Option<&mut String> {
    draft.fields.iter_mut().find_map(|(field, value)| match value {
        Value::Text(text) if Some(*field) == number => Some(text),
        _ => None,
    })
}

/// Where a part of a region stands behind the others: province, city, district.
fn rank_of_place(heading: &str) -> u8 {
    match heading {
        "区县" => 2,
        city if ["city", "城市"].iter().any(|end| city.ends_with(end)) || city == "市" => 1,
        _ => 0,
    }
}

fn is_word_for_points(column: &Column, text: &str) -> bool {
    let points = matches!(column.used, Use::Field(field) if field.stores == Some("given_satisfaction"));
    points && satisfaction_words(text).is_some()
}

/// Whether a row says which record it is.
fn names_itself(kind: Kind, draft: &Draft) -> bool {
    let keys: &[&str] = match kind {
        Kind::Customer => &["code", "name"],
        Kind::Contact | Kind::Product | Kind::Owner | Kind::Team => &["name"],
        Kind::Strategy => &["title"],
        Kind::ListItem | Kind::Stage => &["key", "en", "zh"],
        _ => return !draft.fields.is_empty(),
    };
    draft.fields.iter().any(|(number, _)| keys.iter().any(|key| number_of(kind, key) == Some(*number)))
}
