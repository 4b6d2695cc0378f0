//! A sample book: a firm of instruments and consumables with customers in China and abroad, made from a seed.
//!
//! Of a hundred customers about 75 are Chinese and 25 abroad, written to in English; 89 are firms, 5 public bodies, 6 or
//! fewer persons or flawed entries. 17 never bought, 8 are new, 16 grow, 30 are stable, 11 decline, 13 left, 5 bought
//! once; each has about 10 orders, 2 contacts, 1 deal, 20 follow-ups, 5 next steps and 2 pieces of feedback. Common orders
//! run from 2,600 to 280,000 units, 38 % of them under 7,500, so that a fifth of the customers brings most of the revenue.
//! Of the open next steps a fifth is overdue, a seventh due today, half in the coming week. The first 22 customers are
//! chosen by hand; flaws (doubles, missing phones, odd spaces) begin at the 29th.
//!
//! A book in English ([`Sample::english`]) is drawn in the same way of customers abroad alone, by a firm that speaks English.
//!
//! Everything depends on the seed, the number of customers and the day alone.

mod blemish;
mod calendar;
mod company;
mod course;
mod deal;
mod dice;
mod draft;
mod english;
mod firm;
mod line_en;
mod line_zh;
mod occasion;
mod opinion;
mod order;
mod person;
mod phrase;
mod phrase_en;
mod phrase_zh;
mod product;
mod register;
mod script;
mod star;
mod talk;
#[cfg(test)]
mod tests;
mod topic;
mod word_en;
mod word_zh;

use crate::domain::record::Record;
use crate::domain::time::{Day, Moment};
use dice::Dice;
use draft::Draft;
pub use firm::Firm;
use register::Register;

/// What sample book is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// How many customers.
    pub customers: usize,
    /// Chance: the same seed makes the same book.
    pub seed: u64,
    /// The day the book is of; nothing in it happened later.
    pub today: Day,
    /// Where it is written: minutes east of UTC.
    pub offset_minutes: i16,
    /// The firm and all its customers speak English; else most are Chinese.
    pub english: bool,
}

impl Sample {
    /// The sample book commonly shown: 300 customers.
    pub const fn common(today: Day, offset_minutes: i16) -> Sample {
        Sample { customers: 300, seed: 1, today, offset_minutes, english: false }
    }
}

/// The book, piece by piece: first its people and lists, then every customer with all its records. Links point within a
/// piece, into the first one, or to an earlier customer.
pub fn book(sample: Sample) -> impl Iterator<Item = Vec<Record>> {
    let mut register =
        Register::new(sample.seed, Moment::start_of(sample.today, sample.offset_minutes), sample.english);
    let firm = Firm::new(&mut register, sample.today);
    let mut dice = Dice::new(sample.seed, u64::MAX);
    let first = firm.records(&mut register, &mut dice, sample.customers);
    let customers = (0..sample.customers).map(move |place| customer(&firm, &mut register, sample, place));
    let said = move |records: Vec<Record>| match sample.english {
        true => records.into_iter().map(english::translated).collect(),
        false => records,
    };
    std::iter::once(first).chain(customers).map(said)
}

fn customer(firm: &Firm, register: &mut Register, sample: Sample, place: usize) -> Vec<Record> {
    let last = register.last.as_ref().map(|last| last.0.clone());
    let dice = Dice::new(sample.seed, place as u64);
    let mut records = Draft::new(firm, register, dice, place, sample.today, sample.offset_minutes).write();
    blemish::spoil(place, &mut records, register, last.as_ref(), sample.today);
    records
}
