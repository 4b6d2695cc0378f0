//! Orders put together from their rows: header and lines in two files, or one row for each line, or one row for each order.

use crate::domain::money::{Exact, Money, round_div};
use crate::domain::order::OrderLine;
use crate::domain::value::Value;
use crate::exchange::amount::{exact, quantity};
use crate::exchange::cell::rate;
use crate::exchange::intake::column::Column;
use crate::exchange::intake::fill::word;
use crate::exchange::intake::{Incoming, Problem};
use crate::exchange::reason::Reason;
use std::collections::HashMap;

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
}

/// Ten-thousandths in a whole.
const WHOLE: i128 = 10_000;

impl LineCells {
    /// Reads a cell into the line's field of this name.
    pub fn put(&mut self, field: &str, column: &Column, text: &str) -> Result<(), Reason> {
        match field {
            "product" => self.product = word(text).unwrap_or_default(),
            "category" => self.category = word(text).unwrap_or_default(),
            "quantity" => self.quantity = quantity(text)?,
            "unit_price" => self.price = exact(text, column.unit)?,
            "discount" => self.discount = discount(text, column)?,
            "amount" => self.amount = exact(text, column.unit)?,
            "cost" => self.cost = exact(text, column.unit)?,
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

    /// Whether the line is but an amount, as the header of an order carries it.
    fn is_sum(&self) -> bool {
        self.product.is_empty() && self.quantity.is_none() && self.price.is_none()
    }

    /// Price × quantity × (1 − discount), where the price is known.
    fn computed(&self) -> Option<Exact> {
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

/// A line waiting for its order.
#[derive(Debug)]
struct Waiting {
    cells: LineCells,
    file: u16,
    line: u32,
    number: String,
}

/// Orders under way, by their numbers.
#[derive(Debug, Default)]
pub struct OrderDesk {
    by_number: HashMap<String, usize>,
    lines: HashMap<usize, Vec<LineCells>>,
    waiting: Vec<Waiting>,
}

impl OrderDesk {
    /// The order that already has this number, by its place among the incoming.
    pub fn known(&self, number: &str) -> Option<usize> {
        self.by_number.get(number).copied()
    }

    /// Notes that the order at `place` has this number.
    pub fn name(&mut self, number: &str, place: usize) {
        if !number.is_empty() {
            self.by_number.insert(number.to_owned(), place);
        }
    }

    /// Adds a line to the order at `place`.
    pub fn add(&mut self, place: usize, cells: LineCells) {
        if !cells.is_empty() {
            self.lines.entry(place).or_default().push(cells);
        }
    }

    /// Keeps a line of another file until all orders are known.
    pub fn wait(&mut self, number: &str, cells: LineCells, file: u16, line: u32) {
        self.waiting.push(Waiting { cells, file, line, number: number.to_owned() });
    }

    /// Gives every order its lines; lines of no order become problems.
    pub fn finish(mut self, lines_field: u16, incoming: &mut [Incoming], problems: &mut Vec<Problem>) {
        let mut joined: HashMap<usize, Vec<LineCells>> = HashMap::new();
        for waiting in std::mem::take(&mut self.waiting) {
            match self.known(&waiting.number) {
                Some(place) => joined.entry(place).or_default().push(waiting.cells),
                None => problems.push(Problem {
                    file: waiting.file,
                    line: waiting.line,
                    column: String::new(),
                    value: waiting.number,
                    reason: Reason::LineWithoutOrder,
                    kept: false,
                }),
            }
        }
        for (place, lines) in joined {
            let own = self.lines.entry(place).or_default();
            own.retain(|line| !line.is_sum());
            own.extend(lines);
        }
        for (place, lines) in self.lines {
            if let Some(order) = incoming.get_mut(place) {
                order.fields.push((lines_field, Value::Lines(settled(lines))));
            }
        }
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
