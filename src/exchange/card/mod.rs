//! Cards (vCard 2.1 to 4.0) read as a table of customers with their contacts.

mod line;

use crate::domain::record::Kind;
use crate::exchange::card::line::{Lines, Property};
use crate::exchange::held::Held;
use crate::exchange::list_text::written;
use crate::exchange::sheet_error::SheetError;
use crate::exchange::text::Text;
use std::io::Read;

/// The columns a card is read into, as the fields are called.
const COLUMNS: [&str; 15] = [
    "code",
    "name",
    "phone",
    "email",
    "address",
    "tags",
    "website",
    "contact_name",
    "contact_title",
    "contact_phone",
    "contact_email",
    "contact_wechat",
    "contact_birthday",
    "contact_gender",
    "contact_note",
];

/// The most phone numbers, and the most mail addresses, of one card.
const MOST_NUMBERS: usize = 1_000;

/// Reads every card.
///
/// # Errors
/// Why they cannot be read.
pub(super) fn read(name: &str, text: Text<impl Read>) -> Result<Held, SheetError> {
    let mut held = Held::new(name, Some(Kind::Customer));
    let mut lines = Lines::new(text);
    held.put_header(COLUMNS.map(str::to_owned).to_vec());
    let mut open: Option<Card> = None;
    while let Some((number, line)) = lines.next_line()? {
        let Some(property) = Property::read(&line) else { continue };
        let is_card = property.value.trim().eq_ignore_ascii_case("VCARD");
        match (property.name.as_str(), &mut open) {
            ("BEGIN", None) if is_card => open = Some(Card { line: number, ..Card::default() }),
            ("BEGIN", Some(card)) if is_card => return Err(SheetError::OpenCard(card.line)),
            ("END", Some(_)) if is_card => {
                if let Some(card) = open.take() {
                    held.push(card.line, &card.cells())?;
                }
            }
            (_, Some(card)) => {
                card.take(&property);
                if card.phones.len().max(card.emails.len()) > MOST_NUMBERS {
                    return Err(SheetError::CrowdedCard(card.line));
                }
            }
            _ => {}
        }
    }
    match open {
        Some(card) => Err(SheetError::OpenCard(card.line)),
        None if held.is_empty() => Err(SheetError::Empty),
        None => Ok(held),
    }
}

/// One card under way.
#[derive(Default)]
struct Card {
    line: u32,
    code: String,
    full_name: String,
    name: String,
    firm: String,
    title: String,
    /// Phones with how much each is wanted.
    phones: Vec<(u8, String)>,
    emails: Vec<String>,
    address: String,
    tags: Vec<String>,
    website: String,
    wechat: String,
    birthday: String,
    gender: String,
    notes: Vec<String>,
}

impl Card {
    fn take(&mut self, property: &Property) {
        let text = property.text();
        match property.name.as_str() {
            "FN" => self.full_name = text,
            "N" => self.name = put_together(&property.parts()),
            "ORG" => {
                let parts = property.parts();
                self.firm = parts.iter().map(|part| part.trim()).find(|part| !part.is_empty()).unwrap_or("").to_owned();
            }
            "TITLE" => self.title = text,
            "ROLE" if self.title.is_empty() => self.title = text,
            "TEL" => self.take_phone(property, text),
            "EMAIL" if !text.is_empty() && !self.emails.contains(&text) => self.emails.push(text),
            "ADR" if self.address.is_empty() || property.has("TYPE=WORK") => self.address = address(&property.parts()),
            "CATEGORIES" => self.tags.extend(text.split(',').map(|tag| tag.trim().to_owned())),
            "URL" if self.website.is_empty() => self.website = text,
            "BDAY" => self.birthday = day(&text),
            "GENDER" | "X-GENDER" => self.gender = text.split(';').next().unwrap_or_default().to_owned(),
            "NOTE" => self.notes.push(text),
            "X-KEHU-CODE" => self.code = text,
            "IMPP" if text.starts_with("weixin:") || text.starts_with("wechat:") => {
                self.wechat =
                    text.split_once(':').map_or(String::new(), |(_, id)| id.trim_start_matches('/').to_owned());
            }
            name if name.starts_with("X-WECHAT") || name.starts_with("X-WEIXIN") => self.wechat = text,
            _ => {}
        }
    }

    /// A mobile first, then the one preferred, then the others; no fax and no pager.
    fn take_phone(&mut self, property: &Property, text: String) {
        let number = text.strip_prefix("tel:").unwrap_or(&text);
        let number = number.replace(";ext=", " ext. ");
        let is = |kind: &str| property.has(&format!("TYPE={kind}"));
        if is("FAX") || is("PAGER") || is("MODEM") || number.trim().is_empty() {
            return;
        }
        let rank = if is("CELL") {
            0
        } else if is("PREF") || property.params.iter().any(|param| param.starts_with("PREF=")) {
            1
        } else {
            2
        };
        if !self.phones.iter().any(|(_, known)| *known == number) {
            self.phones.push((rank, number.trim().to_owned()));
        }
    }

    fn cells(mut self) -> [String; 15] {
        let person = if self.full_name.is_empty() { self.name.clone() } else { self.full_name.clone() };
        let person = if person.is_empty() { self.emails.first().cloned().unwrap_or_default() } else { person };
        self.phones.sort_by_key(|(rank, _)| *rank);
        let phones = self.phones.iter().map(|(_, phone)| phone.as_str()).collect::<Vec<_>>().join("; ");
        let emails = self.emails.join("; ");
        // A firm's own card, and that of a person without one: its numbers are the customer's too.
        let own = self.firm.is_empty() || self.firm == person;
        let firm = if self.firm.is_empty() { person.clone() } else { self.firm };
        let of_customer = |text: &str| if own { text.to_owned() } else { String::new() };
        let person = if person.is_empty() && !firm.is_empty() { firm.clone() } else { person };
        [
            self.code,
            firm,
            of_customer(&phones),
            of_customer(&emails),
            self.address,
            written(self.tags.iter().filter(|tag| !tag.is_empty())),
            self.website,
            person,
            self.title,
            phones,
            emails,
            self.wechat,
            self.birthday,
            self.gender,
            self.notes.join("\n"),
        ]
    }
}

/// A name from its parts: family and given together in Chinese, apart and turned round otherwise.
fn put_together(parts: &[String]) -> String {
    let part = |at: usize| parts.get(at).map(|part| part.trim()).unwrap_or_default();
    let (family, given, middle) = (part(0), part(1), part(2));
    if family.chars().chain(given.chars()).all(|c| !c.is_ascii()) {
        return format!("{family}{given}");
    }
    [given, middle, family].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Post box, extension, street, town, region, code, country, in the order each script writes them.
fn address(parts: &[String]) -> String {
    let mut parts: Vec<&str> = parts.iter().map(|part| part.trim()).collect();
    parts.resize(7, "");
    let chinese = parts.iter().any(|part| part.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}')));
    if chinese {
        parts = [6, 4, 3, 2, 1, 0].iter().filter_map(|at| parts.get(*at).copied()).collect();
        return parts.concat();
    }
    parts.retain(|part| !part.is_empty());
    parts.join(", ").replace('\n', ", ")
}

/// A day as cards write it: `19800322`, `1980-03-22`, with or without a time; one without a year is left as it is.
fn day(text: &str) -> String {
    let date = text.split('T').next().unwrap_or_default();
    let digits = date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit());
    match (digits, date.get(..4), date.get(4..6), date.get(6..)) {
        (true, Some(year), Some(month), Some(day)) => format!("{year}-{month}-{day}"),
        _ => date.to_owned(),
    }
}

#[cfg(test)]
mod tests;
