//! What the columns of a file mean beside each other: whose the mobile is, which of two is read, what an unknown one is near.

use crate::domain::record::Kind;
use crate::exchange::header::Heading;
use crate::exchange::intake::catalogue::one_apart;
use crate::exchange::intake::column::{Column, Names, Use, natural, topics};
use crate::exchange::intake::model::Role;
use crate::exchange::reason::Reason;
use crate::query::field::{Field, Topic, fields, fold};
use crate::text::Words;

/// Headings of a mobile telephone, which is a person's.
const MOBILE: &[&str] = &[
    "手机",
    "手机号",
    "手机号码",
    "移动电话",
    "mobile",
    "mobilephone",
    "mobilenumber",
    "mobilephonenumber",
    "mobileno",
    "cell",
    "cellphone",
    "cellphonenumber",
    "personmobile",
];

/// What every column is read as: what the user said of it, else what its heading means beside the others.
pub(super) fn beside_each_other(headings: &[Heading], role: Role, asked: &[Option<Use>], names: &Names) -> Vec<Use> {
    let mut uses: Vec<Use> = headings
        .iter()
        .zip(asked)
        .map(|(heading, asked)| asked.unwrap_or_else(|| natural(heading, role, names)))
        .collect();
    person_as_customer(role, &mut uses);
    mobile_of_contact(role, headings, &mut uses);
    own_turnover(role, headings, &mut uses);
    names_over_ids(headings, &mut uses);
    for (used, asked) in uses.iter_mut().zip(asked) {
        *used = asked.unwrap_or(*used);
    }
    uses
}

/// In a table of people without a firm the person is the customer.
fn person_as_customer(role: Role, uses: &mut [Use]) {
    let named = uses.iter().any(|used| matches!(used, Use::Field(field) if field.name == "name"));
    if role != Role::Rows(Kind::Customer) || named {
        return;
    }
    let name = fields(Topic::Of(Kind::Customer)).find(|field| field.name == "name");
    if let Some(used) = uses.iter_mut().find(|used| matches!(used, Use::Nested(field) if field.name == "contact_name"))
        && let Some(name) = name
    {
        *used = Use::Field(name);
    }
}

/// Beside a column of contacts the mobile is the contact's; the telephone stays the firm's.
fn mobile_of_contact(role: Role, headings: &[Heading], uses: &mut [Use]) {
    let has =
        |uses: &[Use], name: &str| uses.iter().any(|used| matches!(used, Use::Nested(field) if field.name == name));
    if role != Role::Rows(Kind::Customer) || !has(uses, "contact_name") || has(uses, "contact_phone") {
        return;
    }
    let phone = fields(Topic::Of(Kind::Contact)).find(|field| field.name == "contact_phone");
    let mobile = headings.iter().zip(uses).find(|(heading, _)| MOBILE.contains(&heading.short.as_str()));
    if let (Some((_, used)), Some(phone)) = (mobile, phone) {
        *used = Use::Nested(phone);
    }
}

/// A revenue beside heads or the year of founding is the customer's own turnover and not what it spent with us.
fn own_turnover(role: Role, headings: &[Heading], uses: &mut [Use]) {
    let profile =
        uses.iter().any(|used| matches!(used, Use::Field(field) if matches!(field.name, "head_count" | "founded")));
    let figures = ["order_value", "orders", "repurchase_rate", "last_purchase"];
    let ours = uses.iter().any(|used| matches!(used, Use::Field(field) if figures.contains(&field.name)));
    if role != Role::Rows(Kind::Customer) || !profile || ours {
        return;
    }
    for (heading, used) in headings.iter().zip(uses) {
        let plain = matches!(heading.name.as_str(), "revenue" | "annualrevenue" | "营业收入" | "营收" | "年营收");
        if plain && matches!(used, Use::Field(field) if field.name == "total_amount") {
            *used = Use::Own;
        }
    }
}

/// Where an id and a name mean the same field, the name is read: `ProductID` beside `ProductName`.
fn names_over_ids(headings: &[Heading], uses: &mut [Use]) {
    let is_id = |heading: &Heading| ["id", "编号", "编码", "代码"].iter().any(|end| heading.short.ends_with(end));
    let named: Vec<Use> =
        headings.iter().zip(&*uses).filter(|(heading, _)| !is_id(heading)).map(|(_, used)| *used).collect();
    for (heading, used) in headings.iter().zip(uses) {
        let (Use::Field(field) | Use::Nested(field) | Use::Line(field)) = *used else { continue };
        let keys = ["code", "number"].contains(&field.name);
        if !keys && is_id(heading) && named.iter().any(|other| is_same_field(*other, field)) {
            *used = Use::Unread;
        }
    }
}

/// What a column is read as beside those left of it and those the user `asked` for, and what there is to say about that.
pub(super) fn settled(
    heading: &Heading,
    used: Use,
    role: Role,
    before: &[Column],
    asked: &[Option<Use>],
) -> (Use, Option<Reason>) {
    if !heading.text.is_empty() && before.iter().any(|column| column.heading.text == heading.text) {
        return (Use::Unread, Some(Reason::SameHeader));
    }
    let own = role == Role::Rows(Kind::Customer);
    let said = asked.iter().flatten().any(|other| is_same(*other, used));
    let taken = match used {
        Use::Field(field) | Use::Nested(field) | Use::Line(field) => {
            said || !adds_up(field) && before.iter().any(|column| is_same_field(column.used, field))
        }
        Use::CustomerCode | Use::CustomerName | Use::OwnerName => said,
        _ => false,
    };
    match used {
        _ if taken && own => (Use::Own, Some(Reason::SameFieldOwn)),
        _ if taken => (Use::Unread, Some(Reason::SameField)),
        Use::Own => (Use::Own, Some(Reason::KeptAsOwn)),
        Use::Unread => (Use::Unread, Some(Reason::UnknownColumn)),
        _ => (used, None),
    }
}

/// Whether several columns are put together in one field: province and city, telephone and mobile.
fn adds_up(field: &Field) -> bool {
    field.name == "region" || field.stores == Some("phone")
}

fn is_same(one: Use, other: Use) -> bool {
    match other {
        Use::Field(field) | Use::Nested(field) | Use::Line(field) => is_same_field(one, field),
        _ => std::mem::discriminant(&one) == std::mem::discriminant(&other),
    }
}

fn is_same_field(used: Use, field: &'static Field) -> bool {
    matches!(used, Use::Field(other) | Use::Nested(other) | Use::Line(other) if std::ptr::eq(other, field))
}

/// The reason why a column is not read as a field, with the field it may have meant.
pub(super) fn named_near(reason: Reason, heading: &Heading, role: Role, names: &Names) -> Reason {
    let own = match reason {
        Reason::KeptAsOwn => true,
        Reason::UnknownColumn => false,
        other => return other,
    };
    if own && names.is_worked_out(heading) {
        return Reason::WorkedOut;
    }
    near(heading, role).map_or(reason, |field| Reason::NearField(field, own))
}

/// The field whose name lies in the heading, or is one letter away from it; the longest name wins.
fn near(heading: &Heading, role: Role) -> Option<Words> {
    let mut best: Option<(usize, Words)> = None;
    for field in topics(role).iter().flat_map(|topic| fields(*topic)).filter(|field| field.stores.is_some()) {
        for name in [field.name, field.words.en, field.words.zh].iter().chain(field.aliases) {
            let name = fold(name);
            let letters = name.chars().count();
            let shortest = if name.is_ascii() { 4 } else { 2 };
            let fits = letters >= shortest && heading.short.contains(&name) || one_apart(&heading.short, &name);
            if fits && best.is_none_or(|(longest, _)| letters > longest) {
                best = Some((letters, field.words));
            }
        }
    }
    best.map(|(_, words)| words)
}
