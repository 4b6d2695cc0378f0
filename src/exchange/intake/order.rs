//! Orders put together from their rows: header and lines in two files, or one row for each line, or one row for each order.

use crate::domain::money::{Exact, Money, round_div};
use crate::domain::order::OrderLine;
use crate::domain::record::Kind;
use crate::domain::value::FieldValue;
use crate::exchange::amount::{exact, quantity};
use crate::exchange::cell::{rate, whole};
use crate::exchange::intake::catalogue::{Catalogue, Found};
use crate::exchange::intake::column::Column;
use crate::exchange::intake::fill::word;
use crate::exchange::intake::harvest::Harvest;
use crate::exchange::intake::model::{Problem, number_of};
use crate::exchange::intake::result::Intake;
use crate::exchange::reason::Reason;
use std::collections::{HashMap, HashSet};

/// The cells of one line of an order.
#[derive(Clone, Debug, Default)]
pub struct LineCells {
    product: String,
    category: String,
    quantity: Option<i64>,
    price: Option<Exact>,
    discount: i64,
    amount: Option<Exact>,
    cost: Option<Exact>,
    unit_cost: Option<Exact>,
    /// Whether the amount, or what it would be worked out from, cannot be read.
    unread: bool,
    /// Which line of its order it is, where the file says so.
    pub number: Option<u32>,
}

/// Orders between two questions whether to go on.
const ASKED_EVERY: usize = 1_000;
/// Ten-thousandths in a whole.
const WHOLE: i128 = 10_000;

impl LineCells {
    /// Reads a cell into the line's field of this name. What cannot be read leaves the amount out: it is not to be worked out
    /// from the rest as if nothing had stood there.
    pub fn put(&mut self, field: &str, column: &Column, text: &str) -> Result<(), Reason> {
        let read = self.read(field, column, text);
        self.unread |= read.is_err() && matches!(field, "quantity" | "unit_price" | "discount" | "amount");
        read
    }

    fn read(&mut self, field: &str, column: &Column, text: &str) -> Result<(), Reason> {
        match field {
            "product" => self.product = word(text).unwrap_or_default(),
            "category" => self.category = word(text).unwrap_or_default(),
            "quantity" => self.quantity = quantity(text)?,
            "unit_price" => self.price = exact(text, column.unit)?,
            "discount" => self.discount = discount(text, column)?,
            "amount" => self.amount = exact(text, column.unit)?,
            "cost" => self.cost = exact(text, column.unit)?,
            "line_number" => self.number = whole(text)?,
            _ => {}
        }
        Ok(())
    }

    /// What another file says of the product.
    pub fn know(&mut self, name: &str, category: &str, unit_cost: Option<Exact>) {
        self.product = name.to_owned();
        if self.category.is_empty() {
            self.category = category.to_owned();
        }
        self.unit_cost = unit_cost;
    }

    /// Whether there is no line at all in the row.
    pub fn is_empty(&self) -> bool {
        self.product.is_empty() && self.quantity.is_none() && self.price.is_none() && self.amount.is_none()
    }

    /// Whether an amount stands in the row, or what it would be worked out from, and cannot be read.
    pub fn lacks_amount(&self) -> bool {
        self.unread && self.amount.is_none()
    }

    /// Whether the line is but an amount, as the header of an order carries it.
    fn is_sum(&self) -> bool {
        self.product.is_empty() && self.quantity.is_none() && self.price.is_none()
    }

    /// Price × quantity × (1 − discount), where the price is known.
    fn computed(&self) -> Option<Exact> {
        if self.lacks_amount() {
            return None;
        }
        let price = i128::from(self.price?.parts());
        let count = i128::from(self.quantity.unwrap_or(1_000));
        let wide = price.checked_mul(count)?.checked_mul(WHOLE - i128::from(self.discount))?;
        i64::try_from(round_div(wide, 1_000 * WHOLE)).ok().map(Exact::from_parts)
    }

    fn into_line(self, trust_amount: bool) -> OrderLine {
        let computed = self.computed();
        let stated = self.amount.filter(|_| trust_amount).or(computed).or(self.amount);
        let count = self.quantity.unwrap_or(1_000);
        let by_unit = |each: Exact| {
            let wide = i128::from(each.parts()) * i128::from(count);
            i64::try_from(round_div(wide, 1_000)).ok().map(Exact::from_parts)
        };
        OrderLine {
            product: self.product,
            category: self.category,
            quantity: count,
            amount: stated.unwrap_or_default(),
            cost: self.cost.or(self.unit_cost.and_then(by_unit)),
            ..OrderLine::default()
        }
    }
}

/// A discount in ten-thousandths: `5%`, `0.05`, or `9折`, of which a tenth is given away.
fn discount(text: &str, column: &Column) -> Result<i64, Reason> {
    if let Some(tenths) = text.trim().strip_suffix('折') {
        let paid = exact(tenths, crate::exchange::header::Unit::One)?.map_or(0, Exact::parts);
        let paid = if paid > 100_000 { paid / 100 } else { paid / 10 };
        return if (0..=10_000).contains(&paid) { Ok(10_000 - paid) } else { Err(Reason::RateRange) };
    }
    Ok(rate(text, column.rate)?.map_or(0, |rate| i64::from(rate.basis_points())))
}

/// A line while its file is read, its words by their numbers.
#[derive(Clone, Copy, Debug)]
struct Packed {
    /// The order's place, or the number it has while its order is looked for.
    order: u32,
    product: u32,
    category: u32,
    discount: i32,
    quantity: i64,
    price: i64,
    amount: i64,
    cost: i64,
    unit_cost: i64,
}

/// A figure the line does not have.
const NONE: i64 = i64::MIN;
/// An amount that stands there and cannot be read.
const UNREAD: i64 = i64::MIN + 1;

impl Packed {
    fn of(order: u32, cells: &LineCells, harvest: &mut Harvest) -> Packed {
        let parts = |exact: Option<Exact>| exact.map_or(NONE, Exact::parts);
        Packed {
            order,
            product: harvest.keep(&cells.product),
            category: harvest.keep(&cells.category),
            discount: cells.discount as i32,
            quantity: cells.quantity.unwrap_or(NONE),
            price: parts(cells.price),
            amount: if cells.lacks_amount() { UNREAD } else { parts(cells.amount) },
            cost: parts(cells.cost),
            unit_cost: parts(cells.unit_cost),
        }
    }

    fn cells(&self, harvest: &Harvest) -> LineCells {
        let exact = |parts: i64| (parts != NONE).then_some(Exact::from_parts(parts));
        LineCells {
            product: harvest.word(self.product).to_owned(),
            category: harvest.word(self.category).to_owned(),
            quantity: (self.quantity != NONE).then_some(self.quantity),
            price: exact(self.price),
            discount: i64::from(self.discount),
            amount: exact(self.amount).filter(|_| self.amount != UNREAD),
            unread: self.amount == UNREAD,
            cost: exact(self.cost),
            unit_cost: exact(self.unit_cost),
            number: None,
        }
    }
}

/// A line waiting for its order.
#[derive(Debug)]
struct Waiting {
    packed: Packed,
    file: u16,
    line: u32,
}

/// Orders under way, by their numbers.
#[derive(Debug, Default)]
pub struct OrderDesk {
    by_number: HashMap<u32, u32>,
    lines: Vec<Packed>,
    waiting: Vec<Waiting>,
    /// The file and place of the order read last.
    last: Option<(u16, u32)>,
    /// Files and lines of rows whose amount cannot be read.
    unread: Vec<(u16, u32)>,
    /// The file whose orders were last told to have no numbers.
    unnumbered: Option<u16>,
}

impl OrderDesk {
    /// The order that already has this number, by its place among the incoming.
    pub fn known(&self, number: &str, harvest: &mut Harvest) -> Option<usize> {
        if number.is_empty() {
            return None;
        }
        self.by_number.get(&harvest.keep(number)).map(|place| *place as usize)
    }

    /// The order above in the same file.
    pub fn above(&self, file: u16) -> Option<usize> {
        self.last.filter(|(last, _)| *last == file).map(|(_, place)| place as usize)
    }

    /// Notes that the order at `place` has this number and is the last of its file.
    pub fn name(&mut self, number: &str, place: usize, file: u16, harvest: &mut Harvest) {
        if !number.is_empty() {
            self.by_number.insert(harvest.keep(number), place as u32);
        }
        self.last = Some((file, place as u32));
    }

    /// Whether this is the first order of a file that has no number.
    pub fn is_first_unnumbered(&mut self, number: &str, file: u16) -> bool {
        number.is_empty() && self.unnumbered.replace(file) != Some(file)
    }

    /// Adds a line to the order at `place`, which stands at `from` in its file.
    pub fn add(&mut self, place: usize, cells: &LineCells, from: (u16, u32), harvest: &mut Harvest) {
        self.unread.extend(cells.lacks_amount().then_some(from));
        if !cells.is_empty() {
            self.lines.push(Packed::of(place as u32, cells, harvest));
        }
    }

    /// Keeps a line of another file until all orders are known.
    pub fn wait(&mut self, number: &str, cells: &LineCells, (file, line): (u16, u32), harvest: &mut Harvest) {
        self.unread.extend(cells.lacks_amount().then_some((file, line)));
        let number = harvest.keep(number);
        self.waiting.push(Waiting { packed: Packed::of(number, cells, harvest), file, line });
    }

    /// Gives every order its lines; lines of no order become problems. False when `goes_on` says to stop.
    pub fn finish(mut self, intake: &mut Intake, catalogue: &mut Catalogue, goes_on: &mut dyn FnMut() -> bool) -> bool {
        for (file, line) in std::mem::take(&mut self.unread) {
            let (column, value, reason) = (String::new(), String::new(), Reason::AmountUnread);
            intake.problems.push(Problem { file, line, column, value, reason, kept: true });
        }
        self.join(intake);
        self.lines.sort_by_key(|line| line.order);
        let Some(lines_field) = number_of(Kind::Order, "lines") else { return true };
        for (at, lines) in (1_usize..).zip(self.lines.chunk_by_mut(|one, other| one.order == other.order)) {
            if at.is_multiple_of(ASKED_EVERY) && !goes_on() {
                return false;
            }
            let Some(place) = lines.first().map(|line| line.order as usize) else { continue };
            let Some(mut order) = intake.incoming.get(place) else { continue };
            for line in lines.iter_mut() {
                let word = intake.incoming.word(line.product);
                match catalogue.find(word) {
                    Found::Known => {}
                    Found::Alias(name) => line.product = intake.incoming.keep(&name),
                    Found::Near(name) => {
                        let (file, value) = (order.file, word.to_owned());
                        let reason = Reason::NearProduct(name);
                        let column = "product".to_owned();
                        intake.notes.push(Problem { file, line: order.line, column, value, reason, kept: true });
                    }
                }
            }
            let cells = lines.iter().map(|line| line.cells(&intake.incoming)).collect();
            order.fields.push((lines_field, settled(cells).to_value()));
            intake.incoming.set(place, &order);
        }
        true
    }

    /// Finds the orders of lines that came in a file of their own.
    fn join(&mut self, intake: &mut Intake) {
        let mut joined: HashSet<u32> = HashSet::new();
        let mut found = Vec::new();
        for Waiting { packed, file, line } in std::mem::take(&mut self.waiting) {
            if let Some(place) = self.by_number.get(&packed.order) {
                joined.insert(*place);
                found.push(Packed { order: *place, ..packed });
            } else {
                let (column, reason) = (String::new(), Reason::LineWithoutOrder);
                let value = intake.incoming.word(packed.order).to_owned();
                intake.problems.push(Problem { file, line, column, value, reason, kept: false });
            }
        }
        // A header's sum gives way to the lines it is the sum of.
        let harvest = &intake.incoming;
        self.lines.retain(|line| !(joined.contains(&line.order) && line.cells(harvest).is_sum()));
        self.lines.append(&mut found);
    }
}

/// The lines with their amounts. A total of the order repeated on each of its lines is no amount of a line.
fn settled(lines: Vec<LineCells>) -> Vec<OrderLine> {
    let first = lines.first().and_then(|line| line.amount);
    let computed: Option<Vec<Exact>> = lines.iter().map(LineCells::computed).collect();
    let repeated = lines.len() > 1
        && first.is_some()
        && lines.iter().all(|line| line.amount == first)
        && computed.is_some_and(|computed| near(Exact::total(computed.into_iter()), Exact::total(first.into_iter())));
    lines.into_iter().map(|line| line.into_line(!repeated)).collect()
}

fn near(one: Money, other: Money) -> bool {
    (one - other).cents().abs() <= 100
}
