//! What rows do not hold of customers, gathered when somebody asks for it: what they bought, how old they are, of which
//! gender.

use crate::book::products::Products;
use crate::domain::choice::Gender;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::time::Day;
use crate::query::field::{Column, Topic};
use crate::query::filter::Filter;
use crate::store::codec::derived;
use crate::store::dossier::Dossier;
use std::collections::BTreeMap;

/// The version of the packed people.
const VERSION: u8 = 1;
/// Customers in one piece.
const PIECE: usize = 5_000;

/// Born when, or how old, and of which gender.
type Person = (Option<Day>, Option<u32>, Option<Gender>);

/// The first person at each customer of whom age or gender is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People(BTreeMap<Id, Person>);

impl People {
    /// The person of a dossier in the place of who was there.
    pub fn take(&mut self, dossier: &Dossier) {
        let mut contacts = if dossier.count(Kind::Contact) == 0 { Vec::new() } else { dossier.contacts() };
        contacts.sort_by_key(|contact| (!contact.primary, contact.id));
        let known = contacts.into_iter().map(|contact| (contact.birthday, contact.age, contact.gender));
        match known.into_iter().find(|person| *person != (None, None, None)) {
            Some(person) => drop(self.0.insert(dossier.home(), person)),
            None => drop(self.0.remove(&dossier.home())),
        }
    }

    /// All of it in pieces; `None` when one is too long.
    pub fn pack(&self) -> Option<Vec<Vec<u8>>> {
        let people: Vec<(&Id, &Person)> = self.0.iter().collect();
        people.chunks(PIECE).map(|piece| derived::write(VERSION, &piece)).collect()
    }

    /// What was packed; `None` where a piece cannot be read.
    pub fn unpack(pieces: &[&[u8]]) -> Option<People> {
        let mut people = BTreeMap::new();
        for piece in pieces {
            people.extend(derived::read::<Vec<(Id, Person)>>(VERSION, piece)?);
        }
        Some(People(people))
    }
}

/// What is gathered of all customers.
#[derive(Clone, Debug, Default)]
pub struct Beyond {
    /// What they bought.
    pub products: Products,
    /// Who they are.
    pub people: People,
}

impl Beyond {
    /// A dossier in the place of what was gathered of it.
    pub fn take(&mut self, dossier: &Dossier) {
        self.products.take(dossier);
        self.people.take(dossier);
    }

    /// The age of a customer's first person.
    pub(super) fn age(&self, customer: Id, as_of: Day) -> Option<u32> {
        let (born, age, _) = self.people.0.get(&customer)?;
        born.map_or(*age, |born| years(born, as_of))
    }

    /// The gender of a customer's first person.
    pub(super) fn gender(&self, customer: Id) -> Option<Gender> {
        self.people.0.get(&customer)?.2
    }
}

/// Whole years from one day to another.
pub(super) fn years(from: Day, to: Day) -> Option<u32> {
    let months =
        (to.month().year() - from.month().year()) * 12 + to.month().number() as i32 - from.month().number() as i32;
    let months = months - i32::from(to < from.plus_months(months));
    u32::try_from(months.div_euclid(12)).ok()
}

/// Whether a column shows what rows do not hold.
pub fn is_gathered(column: Column) -> bool {
    column.field().topic == Topic::Gathered
}

/// Whether a filter asks for what rows do not hold.
pub fn asks_beyond(filter: &Filter) -> bool {
    match filter {
        Filter::All(parts) | Filter::Any(parts) => parts.iter().any(asks_beyond),
        Filter::Not(inner) => asks_beyond(inner),
        Filter::Test(subject, _) => is_gathered(subject.column),
        Filter::Bought(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Beyond, People, years};
    use crate::book::Book;
    use crate::book::row::StoredRow;
    use crate::book::standards::Standards;
    use crate::domain::change::Change;
    use crate::domain::choice::Gender;
    use crate::domain::customer::Contact;
    use crate::domain::id::Id;
    use crate::domain::order::{Order, OrderLine};
    use crate::domain::record::Record;
    use crate::domain::time::Day;
    use crate::query::filter::Filter;
    use crate::store::dossier::Dossier;
    use std::sync::Arc;

    fn today() -> Day {
        Day::from_ymd(2026, 11, 19).unwrap()
    }

    /// A customer with one person and one order.
    fn dossier(number: u8, age: Option<u32>, gender: Option<Gender>, product: &str) -> Dossier {
        let home = Id::from_bytes([number; 16]);
        let mut dossier = Dossier::empty(home);
        let contact =
            Contact { id: Id::from_bytes([number + 100; 16]), customer: Some(home), age, gender, ..Contact::default() };
        let line = OrderLine { product: product.to_owned(), ..OrderLine::default() };
        let order = Order {
            id: Id::from_bytes([number + 150; 16]),
            customer: Some(home),
            lines: vec![line],
            ..Order::default()
        };
        dossier.apply(&Change::Born(Record::from(contact)));
        dossier.apply(&Change::Born(Record::from(order)));
        dossier
    }

    fn book() -> Book {
        let mut book = Book::new(Standards::shipped());
        let mut beyond = Beyond::default();
        for (number, age, gender, product) in
            [(1, Some(34), Some(Gender::Female), "压力变送器"), (2, Some(61), None, "液位开关")]
        {
            let dossier = dossier(number, age, gender, product);
            let id = dossier.home();
            book.put(id, Some(StoredRow { id, code: format!("C{number}").into(), ..StoredRow::default() }));
            beyond.take(&dossier);
        }
        book.know_beyond(Arc::new(beyond));
        book
    }

    fn count(book: &Book, filter: &str) -> usize {
        book.filtered(&Filter::read(filter).unwrap(), today(), None).len()
    }

    #[test]
    fn age_gender_and_product_are_asked_for_like_any_field() {
        let book = book();
        assert_eq!((count(&book, "年龄>=60"), count(&book, "age < 40"), count(&book, "年龄 30..65")), (1, 1, 2));
        assert_eq!((count(&book, "性别=女"), count(&book, "gender = male"), count(&book, "性别为空")), (1, 0, 1));
        assert_eq!(
            (count(&book, "产品=压力变送器"), count(&book, "product ~ 液位"), count(&book, "产品为空")),
            (1, 1, 0)
        );
    }

    #[test]
    fn what_changes_is_known_anew() {
        let mut book = book();
        book.know_again(&dossier(1, Some(70), Some(Gender::Male), "阀门"));
        assert_eq!((count(&book, "年龄>=60"), count(&book, "产品=压力变送器"), count(&book, "产品=阀门")), (2, 0, 1));
    }

    #[test]
    fn people_are_packed_and_come_out_again() {
        let mut people = People::default();
        people.take(&dossier(1, Some(34), Some(Gender::Female), ""));
        people.take(&dossier(2, None, None, ""));
        let pieces = people.pack().unwrap();
        assert_eq!(People::unpack(&pieces.iter().map(Vec::as_slice).collect::<Vec<_>>()), Some(people));
    }

    #[test]
    fn a_year_is_full_on_the_birthday() {
        let born = Day::from_ymd(1990, 11, 20).unwrap();
        assert_eq!(
            (years(born, today()), years(born, today().plus(1)), years(today(), born)),
            (Some(35), Some(36), None)
        );
    }
}
