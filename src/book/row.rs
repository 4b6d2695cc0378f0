//! One customer as the list and the finder need it, packed small.

use crate::analysis::churn::{Signals, Warning, warning};
use crate::analysis::lifecycle::{Activity, Behaviour};
use crate::analysis::purchases::{OrderFact, Purchases};
use crate::analysis::queue::{Promise, Standing};
use crate::book::facts::Facts;
use crate::book::packed::{self, Parts, Shared, bounded, packed, put_parts, unpacked};
use crate::book::reach::Contacts;
use crate::book::row_layout::{WORDS, word_place};
use crate::book::symbols::{Symbol, Symbols};
use crate::book::values::Values;
use crate::domain::choice::{CustomerKind, LifeStage};
use crate::domain::id::Id;
use crate::domain::measure::Score;
use crate::domain::money::{Money, round_div};
use crate::domain::tiers::Leaving;
use crate::domain::time::{Day, Due, Moment};
use crate::query::field::Column;
use crate::store::codec::put_number;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Bytes from which a row is not stored but made again from its dossier: that of a customer with very many orders.
pub const LONG_ROW: usize = 1_000;

/// The texts of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowText {
    /// Code.
    Code,
    /// Name.
    Name,
    /// Short name.
    ShortName,
    /// Phone.
    Phone,
    /// The beginning of conclusion and advice.
    Conclusion,
}

/// One customer in memory. What depends on the day is computed from it when it is shown.
///
/// A hundred thousand of them are held at once: what has no fixed length stands packed in bytes that neighbours share, and
/// is taken out of them when it is asked for.
#[derive(Clone, Debug)]
pub struct Row {
    /// The customer.
    pub id: Id,
    pub(super) parts: Parts,
    /// The words of lists, each as kept, in the places that [`word_place`] tells. The stage is that of the furthest open or
    /// won deal, else the one set by hand.
    pub(super) words: [Symbol; WORDS],
    /// Owner.
    pub owner: Option<Id>,
    /// Next contact.
    pub next_contact: Option<Due>,
    /// Day of the last follow-up.
    pub last_contact: Option<Day>,
    /// Day of the last real touch: a talk in which somebody was reached, or an opinion heard.
    pub touched: Option<Day>,
    /// Life stage set by hand.
    pub life_stage: Option<LifeStage>,
    /// Firm, person or authority.
    pub kind: Option<CustomerKind>,
}

/// What is open with a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// Promises: the step's record, what, by when, who.
    pub promises: Vec<(Id, String, Option<Due>, Option<Id>)>,
    /// Complaints not resolved: by when an answer was promised.
    pub complaints: Vec<Option<Moment>>,
    /// The day it wrote or called and nobody has answered since.
    pub unanswered: Option<Day>,
    /// Birthdays of contacts: name, month, day.
    pub birthdays: Vec<(String, u32, u32)>,
}

/// What a customer let us know, and what of it is rarely there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// When it rated us, and how, by day.
    pub ratings: Vec<(Day, Score)>,
    /// Whether it would recommend us, 0–10: the last answer.
    pub recommends: Option<u8>,
    /// When it complained, and whether that is still open, by day.
    pub complaints: Vec<(Day, bool)>,
    /// Payments due: by when, and how much is missing.
    pub unpaid: Vec<(Day, Money)>,
    /// Amount of its open deals.
    pub open_deals: Money,
    /// A tier held: which, and until when.
    pub hold: Option<(String, Option<Day>)>,
    /// Why it left, as it was confirmed last.
    pub departed: Option<(Day, Leaving)>,
}

/// A word of a list as a row is stored with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

/// A row as the store keeps it. The layout is derived data: it is made again when its version changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each field is the one of Row with its name")]
pub struct StoredRow<'a> {
    pub id: Id,
    /// Only the id is stored: the rest is made again from the dossier.
    pub is_long: bool,
    #[serde(borrow)]
    pub code: Cow<'a, str>,
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    #[serde(borrow)]
    pub short_name: Cow<'a, str>,
    #[serde(borrow)]
    pub phone: Cow<'a, str>,
    #[serde(borrow)]
    pub conclusion: Cow<'a, str>,
    /// `name\tphone\te-mail`, one a line.
    #[serde(borrow)]
    pub contacts: Cow<'a, str>,
    #[serde(borrow)]
    pub words: [Word<'a>; WORDS],
    #[serde(borrow)]
    pub tags: Vec<Cow<'a, str>>,
    pub owner: Option<Id>,
    pub next_contact: Option<Due>,
    pub last_contact: Option<Day>,
    pub touched: Option<Day>,
    pub life_stage: Option<LifeStage>,
    pub kind: Option<CustomerKind>,
    pub heard: Option<Box<Heard>>,
    /// See [`Values`].
    #[serde(borrow)]
    pub values: Cow<'a, [u8]>,
    pub open: Option<Box<Open>>,
    #[serde(borrow)]
    pub facts: Cow<'a, [u8]>,
}

impl<'a> StoredRow<'a> {
    /// The row with this word of a list in a column.
    pub fn with(mut self, column: Column, word: impl Into<Cow<'a, str>>) -> StoredRow<'a> {
        if let Some(kept) = self.words.get_mut(word_place(column)) {
            *kept = Word(word.into());
        }
        self
    }
}

impl Row {
    /// The row in memory of a stored one.
    pub fn from_stored(stored: &StoredRow<'_>, symbols: &mut Symbols) -> Row {
        let mut bytes = Vec::new();
        pack(stored, symbols, &mut bytes);
        Row::of_stored(stored, symbols, Parts::at(&Shared::whole(bytes), 0))
    }

    /// The rows in memory of a stored block.
    pub fn of_block(stored: &[Option<StoredRow<'_>>], symbols: &mut Symbols) -> Vec<Option<Row>> {
        let mut bytes = Vec::new();
        let mut starts = Vec::with_capacity(stored.len());
        for row in stored {
            starts.push(bytes.len() as u32);
            row.iter().for_each(|row| pack(row, symbols, &mut bytes));
        }
        let shared = Shared::whole(bytes);
        let rows = stored.iter().zip(starts);
        rows.map(|(row, start)| row.as_ref().map(|row| Row::of_stored(row, symbols, Parts::at(&shared, start))))
            .collect()
    }

    fn of_stored(stored: &StoredRow<'_>, symbols: &mut Symbols, parts: Parts) -> Row {
        Row {
            id: stored.id,
            parts,
            words: stored.words.each_ref().map(|word| symbols.keep(&word.0)),
            owner: stored.owner,
            next_contact: stored.next_contact,
            last_contact: stored.last_contact,
            touched: stored.touched,
            life_stage: stored.life_stage,
            kind: stored.kind,
        }
    }

    /// The row as the store keeps it: only its id where it is long, or not all of it can be had.
    pub fn to_stored<'a>(&'a self, symbols: &'a Symbols) -> StoredRow<'a> {
        let Some(contacts) = self.parts.contacts().filter(|_| self.parts.length() <= LONG_ROW) else {
            return StoredRow { id: self.id, is_long: true, ..StoredRow::default() };
        };
        let word = |symbol: Symbol| Cow::Borrowed(symbols.word(symbol));
        let text = |text: RowText| Cow::Borrowed(self.text(text));
        StoredRow {
            id: self.id,
            is_long: false,
            code: text(RowText::Code),
            name: text(RowText::Name),
            short_name: text(RowText::ShortName),
            phone: text(RowText::Phone),
            conclusion: text(RowText::Conclusion),
            contacts,
            words: self.words.map(|symbol| Word(word(symbol))),
            tags: self.tags().map(word).collect(),
            owner: self.owner,
            next_contact: self.next_contact,
            last_contact: self.last_contact,
            touched: self.touched,
            life_stage: self.life_stage,
            kind: self.kind,
            heard: self.heard().map(Box::new),
            values: Cow::Borrowed(self.parts.get(packed::VALUES)),
            open: self.open().map(Box::new),
            facts: Cow::Borrowed(self.facts().bytes()),
        }
    }

    /// One of the row's texts.
    pub fn text(&self, text: RowText) -> &str {
        std::str::from_utf8(self.parts.get(text as usize)).unwrap_or("")
    }

    /// Its tags.
    pub fn tags(&self) -> impl Iterator<Item = Symbol> + Clone + '_ {
        packed::tags(self.parts.get(packed::TAGS))
    }

    /// Its orders.
    pub fn facts(&self) -> Facts<'_> {
        Facts::of(self.parts.get(packed::FACTS))
    }

    /// What it let us know, and what is held against it.
    pub fn heard(&self) -> Option<Heard> {
        unpacked(self.parts.get(packed::HEARD))
    }

    /// What it keeps for its columns; figures a table brought stand in until real orders replace them.
    pub fn values(&self) -> Values<'_> {
        Values::of(self.parts.get(packed::VALUES))
    }

    /// The word of a list that a column shows; the empty one for a column that shows none.
    pub fn word(&self, column: Column) -> Symbol {
        self.words.get(word_place(column)).copied().unwrap_or_default()
    }

    /// What is open with it.
    pub fn open(&self) -> Option<Open> {
        unpacked(self.parts.get(packed::OPEN))
    }

    /// The customer's name, or its code where it has none.
    pub fn name(&self) -> &str {
        match self.text(RowText::Name) {
            "" => self.text(RowText::Code),
            name => name,
        }
    }

    /// The contacts; nobody where they were left in a file that cannot be read any more.
    pub fn contacts(&self) -> Contacts<'_> {
        Contacts::of(self.parts.contacts().unwrap_or_default())
    }

    /// Whether its contacts can be read; where not, nothing may be concluded from there being nobody.
    pub fn knows_contacts(&self) -> bool {
        self.parts.contacts().is_some()
    }

    /// Whether it lies in a file in which contacts were looked for in vain.
    pub fn is_spoiled(&self) -> bool {
        self.parts.is_spoiled()
    }

    /// The figures of its orders as of a day.
    pub fn purchases(&self, as_of: Day) -> Purchases {
        Purchases::of(self.facts().iter(), as_of)
    }

    /// Mean satisfaction of the twelve months up to a day.
    pub fn satisfaction(&self, as_of: Day) -> Option<Score> {
        let year = as_of.plus_months(-12);
        let heard = self.heard()?;
        let ratings = heard.ratings.iter().filter(|(day, _)| *day > year && *day <= as_of);
        let (mut count, mut sum) = (0, 0);
        for (_, score) in ratings {
            (count, sum) = (count + 1, sum + i128::from(score.hundredths()));
        }
        (count > 0).then(|| Score::from_hundredths(round_div(sum, count) as i32))
    }

    /// What is known of it besides its orders, for warnings.
    pub fn signals(&self) -> Signals {
        let heard = self.heard().unwrap_or_default();
        let promises = self.open().map(|open| open.promises).unwrap_or_default();
        let promised = promises.iter().filter_map(|(_, _, due, _)| due.map(|due| due.day)).min();
        Signals {
            ratings: heard.ratings,
            complaints: heard.complaints,
            last_contact: self.last_contact,
            promised,
            unpaid: heard.unpaid,
        }
    }

    /// Whether it is leaving, and why.
    pub fn warning(&self, as_of: Day) -> Option<Warning> {
        let told = warning(self.facts().iter(), &self.signals(), as_of);
        if told.is_some() {
            return told;
        }
        // What a table gave stands in where there are no orders: one purchase of all it brought.
        let given = self.values();
        let day = given.day(Column::LastPurchase)?;
        if self.purchases(as_of).orders > 0 {
            return None;
        }
        let amount = given.money(Column::TotalAmount).or_else(|| given.money(Column::OrderValue)).unwrap_or_default();
        let stand_in = OrderFact { day, amount, profit: None, returned: false };
        warning(std::iter::once(stand_in), &self.signals(), as_of)
    }

    /// Whether it is leaving and not gone yet.
    pub fn is_at_risk(&self, as_of: Day) -> bool {
        self.warning(as_of).is_some_and(|warning| !warning.gone)
    }

    /// Where it stands, as far as the queue of a day asks; its tier is the book's to say.
    pub(super) fn standing(&self, as_of: Day) -> Standing {
        let given = self.values().day(Column::LastPurchase).filter(|day| *day <= as_of);
        let last_order = self.purchases(as_of).last.or(given);
        let open = self.open().unwrap_or_default();
        // Whoever is going to be contacted anyway needs no warning, and so none is looked for.
        let unplanned = self.next_contact.is_none() && open.promises.is_empty();
        let leaving = if unplanned { self.warning(as_of).filter(|warning| !warning.gone) } else { None };
        let promise = |(step, what, due, owner)| Promise { step, what, due, owner };
        Standing {
            next_contact: self.next_contact,
            promises: open.promises.into_iter().map(promise).collect(),
            complaints: open.complaints,
            unanswered: open.unanswered,
            birthdays: open.birthdays,
            last_touch: self.touched.max(last_order),
            tier: None,
            activity: self
                .behaviour(as_of)
                .activity
                .or_else(|| given.map(|day| Activity::after_silence(as_of.days_since(day)))),
            leaving,
        }
    }

    /// How it behaves as of a day.
    pub fn behaviour(&self, as_of: Day) -> Behaviour {
        Behaviour::of(self.facts().iter(), as_of)
    }
}

/// Appends the parts of a stored row.
fn pack(stored: &StoredRow<'_>, symbols: &mut Symbols, into: &mut Vec<u8>) {
    let texts = [&stored.code, &stored.name, &stored.short_name, &stored.phone, &stored.conclusion, &stored.contacts];
    let mut tags = Vec::new();
    for tag in &stored.tags {
        put_number(symbols.keep(tag).place() as u64, &mut tags);
    }
    let others = [tags, stored.facts.to_vec(), packed(&stored.heard), stored.values.to_vec(), packed(&stored.open)];
    let texts = texts.iter().map(|text| bounded(text).as_bytes());
    put_parts(texts.chain(others.iter().map(Vec::as_slice)), into);
}

#[cfg(test)]
mod tests {
    use super::{Row, RowText, StoredRow};
    use crate::book::symbols::Symbols;
    use crate::query::field::Column;

    #[test]
    fn a_row_stored_and_read_again_is_the_same() {
        let stored = StoredRow {
            code: "C1".into(),
            name: "华东重工".into(),
            contacts: "单先生\t13800000001\t\nAnn\t\ta@example.com".into(),
            tags: vec!["老客户".into()],
            ..StoredRow::default()
        }
        .with(Column::Industry, "retail");
        let mut symbols = Symbols::default();
        let row = Row::from_stored(&stored, &mut symbols);
        assert_eq!(row.to_stored(&symbols), stored);
        assert_eq!((row.text(RowText::ShortName), row.text(RowText::Name)), ("", "华东重工"));
        assert_eq!(row.contacts().iter().nth(1), Some(("Ann", "", "a@example.com")));
    }

    #[test]
    fn a_name_of_a_hundred_thousand_characters_is_cut_between_characters() {
        let stored = StoredRow { name: "客".repeat(100_000).into(), ..StoredRow::default() };
        let row = Row::from_stored(&stored, &mut Symbols::default());
        assert_eq!(row.name().chars().count(), 3_333);
    }
}
