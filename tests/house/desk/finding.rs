//! How often the right name is among the first ten, in a book of several thousand people that never were.

use kehu::book::find::{Entry, Finder, initials, sort_key};
use kehu::domain::record::Record;
use kehu::domain::time::Day;
use kehu::sample::{Sample, book};
use std::collections::BTreeSet;

/// Names asked for.
const ASKED: usize = 500;

/// The Chinese names of the contacts of a sample book.
fn names() -> Vec<String> {
    let sample = Sample {
        customers: 4_000,
        seed: 3,
        today: Day::from_ymd(2026, 3, 18).unwrap(),
        offset_minutes: 480,
        english: false,
    };
    let contacts = book(sample).flatten().filter_map(|record| match record {
        Record::Contact(contact) => Some(contact.name),
        _ => None,
    });
    let names: BTreeSet<String> = contacts.filter(|name| name.chars().all(|c| c > '\u{3000}')).collect();
    names.into_iter().collect()
}

/// Of a hundred names, how many are among the first ten found by what is typed of them.
fn found_of_a_hundred(names: &[String], finder: &Finder, typed: impl Fn(&str) -> String) -> f64 {
    let asked: Vec<usize> = (0..ASKED).map(|place| place * names.len() / ASKED).collect();
    let is_found = |slot: &&usize| {
        let hits = finder.search(&typed(&names[**slot]), 10, None).hits;
        hits.iter().any(|hit| hit.slot as usize == **slot)
    };
    asked.iter().filter(is_found).count() as f64 * 100.0 / ASKED as f64
}

#[test]
fn the_right_name_is_among_the_first_ten_by_six_letters_or_by_initials() {
    let names = names();
    assert!(names.len() > 3_000, "{} names", names.len());
    let entry = |name| Entry { name, ..Entry::default() };
    let finder = Finder::build((0..).zip(names.iter().map(|name| entry(name))));
    let letters = |name: &str| sort_key(name).split('\0').next().unwrap_or_default().to_owned();
    let pinyin = |name: &str| letters(name).chars().filter(char::is_ascii_lowercase).take(6).collect();
    let (spelled, begun) = (found_of_a_hundred(&names, &finder, pinyin), found_of_a_hundred(&names, &finder, initials));
    let told = format!("of {} names: six letters {spelled:.1} %, initials {begun:.1} %", names.len());
    assert!(spelled >= 85.0 && begun >= 60.0, "{told}");
    println!("{told}");
}
