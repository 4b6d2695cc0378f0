//! What can be done to one customer from any list.

use crate::book::columns::phone;
use crate::book::find::highlight;
use crate::book::row::Row;
use crate::domain::customer::Customer;
use crate::domain::id::Id;
use crate::text::words;
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Place};
use crate::ui::fit;
use crate::ui::widget::paint::Brush;
use ratatui::style::{Modifier, Style};

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

/// The contact that is looked for by a name or a number, with that one's number.
pub fn meant_contact(row: &Row, query: &str) -> Option<(String, String)> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let wanted = digits(query);
    let meant = |name: &str, number: &str| {
        (wanted.len() > 2 && digits(number).contains(&wanted)) || !highlight(name, query).is_empty()
    };
    let contacts = row.contacts();
    let found = contacts.iter().find(|(name, number, _)| meant(name, number));
    found.map(|(name, number, _)| (name.to_owned(), number.to_owned()))
}

/// Shows which characters of a text that was drawn the query matched; in a selected row by a line below them, since
/// there no colour is seen.
pub fn mark_matches(
    brush: &mut Brush<'_>,
    (x, y): (u16, u16),
    text: &str,
    query: &str,
    selected: bool,
    context: &Context<'_>,
) {
    if query.trim().is_empty() {
        return;
    }
    let below = Style::new().add_modifier(Modifier::UNDERLINED);
    let style = if selected { below } else { context.theme.accent };
    for range in highlight(text, query) {
        let before: String = text.chars().take(range.start).collect();
        let matched: String = text.chars().skip(range.start).take(range.len()).collect();
        brush.text(x + fit::width(&before) as u16, y, &matched, u16::MAX, style);
    }
}
