//! The flaws every real book has: doubles, missing and odd entries.

use crate::domain::customer::Customer;
use crate::domain::measure::Rate;
use crate::domain::money::Money;
use crate::domain::record::Record;
use crate::domain::time::Day;
use crate::sample::company::Company;
use crate::sample::english;
use crate::sample::register::{Known, Register};

/// The flaws come again after so many customers, those of a whole book only once.
const ROUND: usize = 400;

/// A name longer than any column.
const LONG_NAME: &str =
    "中国（苏州）长三角生态绿色一体化发展示范区智能制造与高端装备协同创新产业技术研究院股份有限公司吴江分公司";

/// Spoils the customer at `place` in the book, if it is its turn; `last` is the Chinese firm before it.
pub(super) fn spoil(
    place: usize,
    records: &mut Vec<Record>,
    register: &mut Register,
    last: Option<&Known>,
    today: Day,
) {
    if place == 71 {
        records.truncate(1);
    }
    let Some(Record::Customer(customer)) = records.first_mut() else { return };
    match place {
        71 => {
            let (id, name) = (customer.id, customer.name.clone());
            *customer = Customer { id, name, ..Customer::default() };
            return;
        }
        64 if register.english => {
            english::LONG_NAME.clone_into(&mut customer.name);
            return;
        }
        64 if register.take_name(LONG_NAME) => {
            LONG_NAME.clone_into(&mut customer.name);
            customer.short_name = "示范区研究院吴江分公司".to_owned();
            return;
        }
        _ => {}
    }
    if let Some(last) = last.filter(|_| is_double(place)) {
        customer.phone = last.phone.replace('-', "");
    }
    match place % ROUND {
        33 | 150 | 310 => customer.phone.clear(),
        38 => customer.name = format!(" {} ", customer.name),
        187 => customer.name = spaced(&customer.name),
        43 | 260 => customer.phone = customer.phone.chars().map(full_width).collect(),
        47 | 130 => customer.owner = None,
        53 | 330 => undate(records),
        58 | 140 | 222 => given(customer, today),
        _ => {}
    }
}

/// Whether the customer at `place` is the one before it once more.
fn is_double(place: usize) -> bool {
    matches!(place % ROUND, 28 | 205)
}

/// The Chinese firm before the one at `place`, written another way, if it is its turn.
pub(super) fn double(place: usize, register: &mut Register) -> Option<Company> {
    let (known, company) = register.last.clone().filter(|_| is_double(place))?;
    let mut stem = known.name.replace('（', "(").replace('）', ")");
    for form in ["股份有限公司", "集团有限公司", "有限责任公司", "有限公司"] {
        stem = stem.replace(form, "");
    }
    let name = format!("{stem}{}", if known.name.ends_with("有限责任公司") { "有限公司" } else { "有限责任公司" });
    register.take_name(&name).then_some(Company { name, ..company })
}

/// A space typed in the middle of the name.
fn spaced(name: &str) -> String {
    let mut spaced: String = name.chars().take(4).collect();
    spaced.push_str("  ");
    spaced.extend(name.chars().skip(4));
    spaced
}

fn full_width(sign: char) -> char {
    match sign {
        '0'..='9' => char::from_u32(sign as u32 - '0' as u32 + '０' as u32).unwrap_or(sign),
        '-' => '－',
        other => other,
    }
}

/// Takes the dates away that nobody wrote down.
fn undate(records: &mut [Record]) {
    for record in records {
        match record {
            Record::Customer(customer) => (customer.first_contact, customer.founded) = (None, None),
            Record::Deal(deal) => {
                (deal.opened, deal.expected_close) = (None, None);
                deal.moves.iter_mut().for_each(|step| step.at = None);
            }
            Record::Contact(contact) => contact.birthday = None,
            Record::Order(order) => order.due = None,
            _ => {}
        }
    }
}

/// Figures that a table brought before the orders were kept here.
fn given(customer: &mut Customer, today: Day) {
    customer.given_total = Some(Money::from_units(286_000));
    customer.given_order_value = Some(Money::from_units(35_750));
    customer.given_orders = Some(8);
    customer.given_repurchase = Some(Rate::from_basis_points(4_000));
    customer.given_last_purchase = Some(today.plus(-250));
    customer.given_from = "客户价值表.xlsx".to_owned();
    customer.given_on = Some(today.plus(-180));
}
