//! How a customer's buying goes on over the years, and what else is drawn for it once.

use crate::domain::choice::CustomerKind;
use crate::domain::time::Day;
use crate::sample::blemish;
use crate::sample::company::{self, Company};
use crate::sample::dice::Dice;
use crate::sample::product::{ARTICLES, Article, categories};
use crate::sample::register::Register;
use crate::sample::star::star;

/// The course of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    /// Never bought.
    Prospect,
    /// First bought in the last weeks.
    New,
    /// Buys more than before.
    Growing,
    /// Buys as before.
    Stable,
    /// Buys less than before.
    Declining,
    /// Stopped.
    Lost,
    /// Bought once.
    Single,
}

/// Of a hundred customers, how many take which course.
const COURSES: &[(usize, Course)] = &[
    (17, Course::Prospect),
    (8, Course::New),
    (16, Course::Growing),
    (30, Course::Stable),
    (11, Course::Declining),
    (13, Course::Lost),
    (5, Course::Single),
];

/// Common orders in units: many small ones, few large ones.
const ORDERS: &[(usize, (i64, i64))] = &[
    (38, (2_600, 7_500)),
    (31, (7_500, 19_000)),
    (19, (19_000, 48_000)),
    (9, (48_000, 120_000)),
    (3, (120_000, 280_000)),
];

/// Days between two orders.
const RHYTHMS: &[(usize, (i32, i32))] = &[(10, (14, 24)), (30, (27, 45)), (35, (46, 85)), (25, (86, 150))];

/// What is drawn once for a customer.
pub(super) struct Profile {
    /// Who it is.
    pub company: Company,
    /// How its buying goes.
    pub course: Course,
    /// A common order, in units.
    pub order: i64,
    /// Days between two orders.
    pub rhythm: i32,
    /// First contact.
    pub first_contact: Day,
    /// First and last day on which it may order.
    pub buying: Option<(Day, Day)>,
    /// What it buys.
    pub basket: Vec<&'static Article>,
    /// Discount in thousandths.
    pub discount: i64,
    /// Days until an order is due; 0 for payment in advance.
    pub terms: i32,
}

impl Profile {
    /// Draws the customer at `place` in the book, whose people act until `until`.
    pub fn draw(dice: &mut Dice, register: &mut Register, place: usize, today: Day) -> Profile {
        let (company, course, order, rhythm) = match star(place, register.english) {
            Some(star) => {
                register.take_name(&star.0.name);
                star
            }
            None => match blemish::double(place, register) {
                Some(company) => (company, Course::Prospect, dice.between(9_000, 40_000), 60),
                None => drawn(dice, register),
            },
        };
        let (first_contact, buying) = span(dice, course, today);
        let basket = basket(dice, company.industry, order);
        Profile {
            discount: if order > 40_000 { dice.between(40, 140) } else { dice.between(0, 60) },
            terms: *dice.pick(&[0, 30, 30, 45, 60, if order > 20_000 { 90 } else { 30 }]),
            company,
            course,
            order,
            rhythm,
            first_contact,
            buying,
            basket,
        }
    }
}

fn drawn(dice: &mut Dice, register: &mut Register) -> (Company, Course, i64, i32) {
    let company = company::found(dice, register);
    let mut course = dice.weighted(COURSES);
    let (low, high) = dice.weighted(ORDERS);
    let mut order = dice.between(low, high);
    let (low, high) = dice.weighted(RHYTHMS);
    if company.kind == CustomerKind::Consumer {
        order = dice.between(200, 1_500);
        course = *dice.pick(&[Course::Single, Course::Stable, Course::New]);
    }
    (company, course, order, dice.days(low, high))
}

/// First contact, and between which days the customer buys; nobody's orders are older than three years.
fn span(dice: &mut Dice, course: Course, today: Day) -> (Day, Option<(Day, Day)>) {
    let oldest = today.plus_months(-36);
    let lead = dice.days(18, 110);
    let (first, last) = match course {
        Course::Prospect => return (today.plus(-dice.days(6, 420)), None),
        Course::New => (today.plus(-dice.days(4, 84)), today),
        Course::Growing | Course::Declining => (today.plus(-dice.days(420, 1_500)), today),
        Course::Stable => (today.plus(-dice.days(300, 1_700)), today),
        Course::Lost => {
            let last = today.plus(-dice.days(200, 560));
            (last.plus(-dice.days(200, 800)), last)
        }
        Course::Single => {
            let day = today.plus(-dice.days(100, 900));
            (day, day.plus(6))
        }
    };
    let contact = first.plus(-lead);
    let start = if first < oldest { oldest.plus(dice.days(0, 50)) } else { first };
    (contact, Some((start, last)))
}

/// Four to eight articles a customer of this industry and purse buys, always something within its reach.
fn basket(dice: &mut Dice, industry: &str, order: i64) -> Vec<&'static Article> {
    let wanted = categories(industry);
    let near: Vec<&Article> = ARTICLES.iter().filter(|article| wanted.contains(&article.category)).collect();
    let affordable: Vec<&Article> = near.iter().copied().filter(|article| article.price <= order * 70).collect();
    let pool = if affordable.len() < 3 { &near } else { &affordable };
    let mut basket: Vec<&Article> = Vec::new();
    for _ in 0..dice.between(4, 8) {
        let article = *dice.pick(pool);
        if !basket.iter().any(|held| held.zh == article.zh) {
            basket.push(article);
        }
    }
    basket.sort_by_key(|article| article.price);
    basket
}

/// Amount and gap, in thousandths of the common ones, so many days before today.
pub(super) fn trend(course: Course, days_ago: i32) -> (i64, i32) {
    let ago = days_ago.clamp(0, 365);
    match course {
        Course::Growing => (1_500 - i64::from(ago) * 2, 700 + ago * 2),
        Course::Declining => (450 + i64::from(ago) * 3 / 2, 2_000 - ago * 5 / 2),
        _ => (1_000, 1_000),
    }
}
