//! Names and addresses for the customers of the sample book.

use crate::domain::choice::CustomerKind;
use crate::sample::dice::Dice;
use crate::sample::register::Register;
use crate::sample::word_en::{COUNTRIES, Country, FIRSTS, Folk, SECONDS, surnames};
use crate::sample::word_zh::{self, BRANDS, CITIES, City, Zone};
use crate::sample::{person, word_en};
use pinyin::ToPinyin;

/// Where a customer sits.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// In a Chinese city.
    City(&'static City),
    /// Abroad, in a city there.
    Abroad(&'static Country, &'static str),
}

/// A customer as far as its name tells.
#[derive(Clone, Debug)]
pub(super) struct Company {
    /// Full name.
    pub name: String,
    /// Short name.
    pub short: String,
    /// The short name in Latin letters, for mail addresses.
    pub slug: String,
    /// Industry key.
    pub industry: &'static str,
    /// Firm, person or public body.
    pub kind: CustomerKind,
    /// Where it sits.
    pub place: Place,
}

impl Company {
    /// A company of this name.
    pub fn named(name: String, short: String, industry: &'static str, kind: CustomerKind, place: Place) -> Company {
        let slug = slug(&short);
        Company { name, short, slug, industry, kind, place }
    }

    /// Whether one writes to it in English.
    pub fn english(&self) -> bool {
        matches!(self.place, Place::Abroad(..))
    }

    /// The region, as a province and city or the key for overseas; seen from abroad, as a country and city.
    pub fn region(&self, from_abroad: bool) -> String {
        match self.place {
            Place::Abroad(country, city) if from_abroad => format!("{}/{city}", country.0),
            Place::Abroad(..) => "overseas".to_owned(),
            Place::City((city, province, ..)) if province.trim_end_matches('市') == *city => (*province).to_owned(),
            Place::City((city, province, ..)) => format!("{province}/{city}市"),
        }
    }

    /// The zone of China, if it sits there.
    pub fn zone(&self) -> Option<Zone> {
        match self.place {
            Place::City((.., zone)) => Some(*zone),
            Place::Abroad(..) => None,
        }
    }

    /// A street address.
    pub fn address(&self, dice: &mut Dice) -> String {
        let number = dice.between(3, 480);
        match self.place {
            Place::City((city, province, ..)) => {
                let province = if province.trim_end_matches('市') == *city { "" } else { province };
                let zone = dice.pick(&["高新区", "经开区", "工业园区", "新区", ""]);
                format!("{province}{city}市{zone}{}{number}号", dice.pick(word_zh::ROADS))
            }
            Place::Abroad(country, city) => {
                let road = dice.pick(FIRSTS);
                format!(
                    "{} {road} {}, {city}, {}",
                    number % 190 + 1,
                    dice.pick(&["Road", "Street", "Park", "Way"]),
                    country.0
                )
            }
        }
    }
}

/// Latin letters for `short`: pinyin for Han, plain letters for the rest.
pub(super) fn slug(short: &str) -> String {
    let mut latin = String::new();
    for sign in short.chars() {
        match sign {
            'ä' => latin.push_str("ae"),
            'ö' | 'ø' => latin.push_str("oe"),
            'ü' => latin.push_str("ue"),
            'å' | 'Å' => latin.push('a'),
            'é' | 'É' => latin.push('e'),
            ' ' | '-' => latin.push('-'),
            _ if sign.is_ascii_alphanumeric() => latin.push(sign.to_ascii_lowercase()),
            _ => latin.push_str(sign.to_pinyin().map_or("", |reading| reading.plain())),
        }
    }
    let parts: Vec<&str> = latin.split('-').filter(|part| !part.is_empty()).collect();
    parts.join("-").replace('ü', "v")
}

/// A new company whose name nobody in the book has.
pub(super) fn found(dice: &mut Dice, register: &mut Register) -> Company {
    let mut last = None;
    for attempt in 0..60 {
        let company = match register.english {
            true if dice.chance(60) => public_body_abroad(dice),
            true => overseas(dice, attempt),
            false if dice.chance(750) => chinese(dice),
            false => overseas(dice, attempt),
        };
        if register.take_name(&company.name) {
            return company;
        }
        last = Some(company);
    }
    let mut company = last.unwrap_or_else(|| chinese(dice));
    let number = dice.between(2, 999_999);
    company.name = format!("{} {number}", company.name);
    register.take_name(&company.name);
    company
}

fn chinese(dice: &mut Dice) -> Company {
    let city = if dice.chance(250) { &CITIES[dice.below(22)] } else { dice.pick(CITIES) };
    match dice.below(100) {
        0..=6 => public_body(dice, city),
        7..=8 => {
            let name = person::chinese_name(dice).0;
            Company::named(name.clone(), name, "", CustomerKind::Consumer, Place::City(city))
        }
        _ => chinese_firm(dice, city),
    }
}

fn public_body(dice: &mut Dice, city: &'static City) -> Company {
    let (industry, body, body_short) = *dice.pick(word_zh::PUBLIC);
    let district = dice.pick(word_zh::DISTRICTS);
    let name = format!("{}{district}{body}", city.0);
    let short = format!("{district}{body_short}");
    Company::named(name, short, industry, CustomerKind::Government, Place::City(city))
}

fn chinese_firm(dice: &mut Dice, city: &'static City) -> Company {
    let (industry, trade, trade_short) =
        if dice.chance(350) { word_zh::TRADES[dice.below(28)] } else { *dice.pick(word_zh::TRADES) };
    let brand = *dice.pick(&BRANDS);
    let form = dice.weighted(word_zh::FORMS);
    let name = if dice.chance(140) && form == "有限公司" {
        format!("{brand}{trade}（{}）{form}", city.0)
    } else {
        format!("{}{brand}{trade}{form}", city.0)
    };
    let short = format!("{brand}{trade_short}");
    Company::named(name, short, industry, CustomerKind::Business, Place::City(city))
}

fn overseas(dice: &mut Dice, attempt: usize) -> Company {
    let mut left = dice.below(COUNTRIES.iter().map(|row| row.0).sum());
    let country = COUNTRIES
        .iter()
        .find(|row| {
            let found = left < row.0;
            left = left.saturating_sub(row.0);
            found
        })
        .map_or(&COUNTRIES[0].1, |row| &row.1);
    let (industry, trade) = *dice.pick(word_en::TRADES);
    let (stem, tail) = stem(dice, country.4, trade, attempt);
    let form = dice.pick(country.1);
    let city = dice.pick(country.2);
    let short = if dice.chance(350) { format!("{stem}{tail}") } else { stem.clone() };
    Company::named(
        format!("{stem}{tail} {form}"),
        short,
        industry,
        CustomerKind::Business,
        Place::Abroad(country, city),
    )
}

fn public_body_abroad(dice: &mut Dice) -> Company {
    let (industry, body) = *dice.pick(word_en::PUBLIC);
    let country = &COUNTRIES[0].1;
    let city = *dice.pick(country.2);
    let name = format!("{city} {body}");
    Company::named(name.clone(), name, industry, CustomerKind::Government, Place::Abroad(country, city))
}

/// The proper part of a name and what follows it, a pair of surnames or words once the simple ones run out.
fn stem(dice: &mut Dice, folk: Folk, trade: &str, attempt: usize) -> (String, String) {
    let surname = *dice.pick(surnames(folk));
    let by_brand = if matches!(folk, Folk::Anglo | Folk::Asian) { 620 } else { 140 };
    if dice.chance(by_brand) {
        return (format!("{} {}", dice.pick(FIRSTS), dice.pick(SECONDS)), format!(" {trade}"));
    }
    if attempt > 2 || dice.chance(160) {
        return (format!("{surname} & {}", dice.pick(surnames(folk))), format!(" {trade}"));
    }
    let family = match folk {
        Folk::German => "Söhne",
        Folk::Nordic => "Söner",
        Folk::Dutch => "Zonen",
        Folk::French => "Fils",
        _ => "Sons",
    };
    if dice.chance(120) {
        return (format!("{surname} & {family}"), String::new());
    }
    (surname.to_owned(), format!(" {trade}"))
}
