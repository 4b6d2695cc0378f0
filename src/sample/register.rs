//! What must stay unique over the whole sample book: names, codes, numbers and ids.

use crate::domain::id::{Id, IdSource};
use crate::domain::time::{Day, Moment, Month};
use crate::sample::calendar;
use crate::sample::company::Company;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A customer that others point to: who, and what it is called.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// The customer.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Its phone.
    pub phone: String,
}

/// Keeps track of everything given out so far; its size grows with the number of customers only.
pub(super) struct Register {
    ids: IdSource,
    now: Moment,
    names: HashSet<u64>,
    codes: HashMap<i32, u32>,
    orders: HashMap<Month, u32>,
    phones: HashMap<&'static str, u32>,
    deals: u32,
    /// Whether the whole book is in English.
    pub english: bool,
    /// Distributors, for customers that buy through one.
    pub dealers: Vec<Known>,
    /// Groups, for their subsidiaries.
    pub groups: Vec<Known>,
    /// The last Chinese firm, and what was drawn of it.
    pub last: Option<(Known, Company)>,
}

impl Register {
    /// A register in which nothing is written yet.
    pub fn new(seed: u64, now: Moment, english: bool) -> Register {
        Register {
            ids: IdSource::seeded(seed),
            now,
            names: HashSet::new(),
            codes: HashMap::new(),
            orders: HashMap::new(),
            phones: HashMap::new(),
            deals: 0,
            english,
            dealers: Vec::new(),
            groups: Vec::new(),
            last: None,
        }
    }

    /// A new id.
    pub fn id(&mut self) -> Id {
        self.ids.next(self.now)
    }

    /// Whether the name was free; it is taken now.
    pub fn take_name(&mut self, name: &str) -> bool {
        let mut hash = DefaultHasher::new();
        name.hash(&mut hash);
        self.names.insert(hash.finish())
    }

    /// The next customer code of the year of `day`: C2023001.
    pub fn code(&mut self, day: Day) -> String {
        let year = day.month().year();
        let number = self.codes.entry(year).or_default();
        *number += 1;
        format!("C{year}{number:03}")
    }

    /// The next order number of the month of `day`: SO2403-0017.
    pub fn order_number(&mut self, day: Day) -> String {
        let month = day.month();
        let number = self.orders.entry(month).or_default();
        *number += 1;
        format!("SO{:02}{:02}-{number:04}", month.year() % 100, month.number())
    }

    /// The next deal number of the year of `day`: SJ2024-0031.
    pub fn deal_number(&mut self, day: Day) -> String {
        self.deals += 1;
        format!("SJ{}-{:04}", day.month().year(), self.deals)
    }

    /// A mobile number behind `prefix`, its last eight digits never given twice.
    pub fn mobile(&mut self, prefix: &str) -> String {
        let serial = self.serial("mobile");
        format!("{prefix} {:04} {:04}", serial / 10_000, spread(serial, 3271))
    }

    /// A landline of `digits` digits in the area `code`.
    pub fn landline(&mut self, code: &str, digits: usize) -> String {
        let serial = self.serial("landline");
        let exchange = if digits == 8 { 5500 } else { 550 } + serial / 10_000;
        format!("{code}-{exchange}{:04}", spread(serial, 1186))
    }

    /// The next number of one of `formats`, its `#` filled.
    pub fn foreign(&mut self, formats: &'static [&'static str]) -> String {
        let Some(first) = formats.first() else { return String::new() };
        let three = first.matches('#').count() == 3;
        let serial = self.serial(if three { "three" } else { "four" });
        let (format, digits) = if three {
            (serial + serial / 1000, format!("{:03}", (serial % 1000 * 379 + 146) % 1000))
        } else {
            (serial + serial / 10_000, format!("{:04}", spread(serial, 6402)))
        };
        let format = formats[format as usize % formats.len()];
        let mut digits = digits.chars();
        format.chars().map(|sign| if sign == '#' { digits.next().unwrap_or('0') } else { sign }).collect()
    }

    fn serial(&mut self, row: &'static str) -> u32 {
        let number = self.phones.entry(row).or_default();
        *number += 1;
        *number - 1
    }
}

/// Spreads the last four digits of a serial number from `start` on, each once in ten thousand.
fn spread(serial: u32, start: u32) -> u32 {
    (serial % 10_000 * 7919 + start) % 10_000
}

/// The last workday before `today`.
pub(super) fn yesterday(today: Day) -> Day {
    calendar::workday_until(today.plus(-1))
}
