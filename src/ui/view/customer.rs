//! What can be done to one customer from any list.

use crate::book::cell::phone;
use crate::book::row::Row;
use crate::domain::customer::Customer;
use crate::domain::id::Id;
use crate::text::words;
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Place};

/// Opens the form of a customer.
pub fn edit(customer: Option<Id>, context: &Context<'_>) -> Effect {
    let Some(customer) = customer else { return Effect::None };
    match context.desk.dossier(customer).map(|dossier| dossier.customer()) {
        Ok(Some(customer)) => Effect::Open(Place::CustomerForm(Box::new(customer))),
        Ok(None) => Effect::None,
        Err(error) => Effect::Say(Notice::error(error.say(context.language))),
    }
}

/// What is copied is the customer's phone, or else the first of its contacts'.
pub fn copy_phone(row: Option<&Row>, context: &Context<'_>) -> Effect {
    match row.map(phone).filter(|phone| !phone.is_empty()) {
        Some(phone) => Effect::Copy(phone.into_owned()),
        None => Effect::Say(Notice::note(context.say(words("no phone number here", "没有电话号码")))),
    }
}

/// A customer that is not there yet, holding what was looked for in vain.
pub fn new_customer_called(name: &str) -> Customer {
    let is_phone = !name.is_empty() && name.chars().all(|c| c.is_ascii_digit() || "+- ".contains(c));
    match is_phone {
        true => Customer { phone: name.to_owned(), ..Customer::default() },
        false => Customer { name: name.to_owned(), ..Customer::default() },
    }
}
