//! Contacts as cards (vCard 4.0, RFC 6350).

use crate::domain::choice::{CustomerKind, Gender};
use crate::domain::customer::{Contact, Customer};
use crate::domain::record::{Kind, Record};
use crate::exchange::export::OutError;
use crate::exchange::export::mask;
use crate::exchange::export::record::Describing;
use crate::store::dossier::Dossier;
use crate::store::error::StoreError;
use std::io::Write;

/// The longest line, in bytes, without its break.
const LONGEST_LINE: usize = 75;

/// Writes a card for every contact.
pub fn write(
    source: impl Iterator<Item = Result<Dossier, StoreError>>,
    describing: &Describing,
    out: &mut dyn Write,
) -> Result<u64, OutError> {
    let mut cards = 0;
    for dossier in source {
        let dossier = dossier?;
        let customer = dossier.customer().unwrap_or_default();
        for record in describing.records(Kind::Contact, &dossier) {
            let Record::Contact(contact) = record else { continue };
            card(&contact, &customer, describing.asked.mask, out)?;
            cards += 1;
        }
    }
    Ok(cards)
}

fn card(contact: &Contact, customer: &Customer, masked: bool, out: &mut dyn Write) -> Result<(), OutError> {
    let person = customer.name == contact.name || customer.kind == Some(CustomerKind::Consumer);
    let name = if masked { mask::name(&contact.name) } else { contact.name.clone() };
    // A contact without a number of its own is reached through the firm.
    let phone = if contact.phone.is_empty() { &customer.phone } else { &contact.phone };
    let phones = if masked { mask::phones(phone) } else { phone.clone() };
    let emails = if masked { mask::addresses(&contact.email) } else { contact.email.clone() };
    let mut put = |head: &str, value: &str| if value.is_empty() { Ok(()) } else { line(out, head, &kept(value)) };
    put("BEGIN", "VCARD")?;
    put("VERSION", "4.0")?;
    put("FN", &name)?;
    if !person {
        put("ORG", &customer.name)?;
    }
    put("TITLE", &contact.title)?;
    for phone in phones.split(';').map(str::trim) {
        put("TEL;VALUE=text", phone)?;
    }
    for email in emails.split(';').map(str::trim) {
        put("EMAIL", email)?;
    }
    if !masked {
        put("X-WECHAT", &contact.wechat)?;
        put("BDAY", &contact.birthday.map(|day| day.date().format("%Y%m%d").to_string()).unwrap_or_default())?;
        put("NOTE", &contact.note)?;
    }
    put("GENDER", contact.gender.map_or("", |gender| if gender == Gender::Female { "F" } else { "M" }))?;
    put("X-KEHU-CODE", &customer.code)?;
    put("END", "VCARD")
}

/// A value with its signs of structure guarded.
fn kept(value: &str) -> String {
    value.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;").replace('\r', "").replace('\n', "\\n")
}

/// A line, folded so that no part is longer than 75 bytes.
fn line(out: &mut dyn Write, head: &str, value: &str) -> Result<(), OutError> {
    let mut length = 0;
    for c in head.chars().chain([':']).chain(value.chars()) {
        if length + c.len_utf8() > LONGEST_LINE {
            out.write_all(b"\r\n ")?;
            length = 1;
        }
        write!(out, "{c}")?;
        length += c.len_utf8();
    }
    Ok(out.write_all(b"\r\n")?)
}
