//! Answers written: aligned text, JSON, comma-separated values.

use crate::book::cell::{Cell, Shown};
use crate::exchange::text_key::is_formula;
use crate::text::Language;
use crate::text::choices::Said;
use crate::text::figures::{column_percent, full_money, grouped, points};
use crate::ui::fit;
use crate::ui::widget::written::activity_words;
use serde_json::{Number, Value};
use std::io::{self, Write};

/// The widest a column of text gets.
const WIDEST: usize = 60;

/// Rows to be set in columns.
#[derive(Debug, Default)]
pub struct Table {
    heads: Vec<(String, bool)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings; true for a column of numbers, which stands at the right.
    pub fn new<'a>(heads: impl IntoIterator<Item = (&'a str, bool)>) -> Table {
        let heads = heads.into_iter().map(|(head, right)| (head.to_owned(), right)).collect();
        Table { heads, rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Writes it, headings first.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let widths: Vec<usize> = self.heads.iter().enumerate().map(|(at, _)| self.width(at)).collect();
        let heads: Vec<String> = self.heads.iter().map(|(head, _)| head.clone()).collect();
        for row in std::iter::once(&heads).chain(&self.rows) {
            let mut line = String::new();
            for ((cell, width), (_, right)) in row.iter().zip(&widths).zip(&self.heads) {
                let cell = if *right { fit::pad_left(cell, *width) } else { fit::pad_right(cell, *width) };
                line.push_str(&cell);
                line.push_str("  ");
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    fn width(&self, at: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(at)).map(|cell| fit::width(&fit::clean(cell)));
        let head = self.heads.get(at).map_or(0, |(head, _)| fit::width(head));
        cells.chain([head]).max().unwrap_or(0).min(WIDEST)
    }
}

/// Writes one JSON document.
pub fn write_json(out: &mut dyn Write, document: &Value) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document)?;
    writeln!(out)
}

/// Writes a JSON list one element a line, so that a long one is not held in memory.
pub fn write_json_list(out: &mut dyn Write, elements: impl Iterator<Item = Value>) -> io::Result<()> {
    write!(out, "[")?;
    let mut any = false;
    for element in elements {
        write!(out, "{}", if any { ",\n " } else { "\n " })?;
        serde_json::to_writer(&mut *out, &element)?;
        any = true;
    }
    writeln!(out, "{}]", if any { "\n" } else { "" })
}

/// A number with a fraction as JSON has it.
pub fn number(value: f64) -> Value {
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// Text as JSON has it, nothing for an empty one.
pub fn text_or_null(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { Value::from(text) }
}

/// Anything that can be written as text, or nothing.
pub fn shown_or_null<T: ToString>(value: Option<T>) -> Value {
    value.map_or(Value::Null, |value| Value::from(value.to_string()))
}

/// A cell of the customer list in JSON.
pub fn cell_json(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => Value::from(text.as_str()),
        Cell::Texts(texts) => Value::from(texts.clone()),
        Cell::Whole(count) => Value::from(*count),
        Cell::Money(money) => Value::from(money.to_string()),
        Cell::Rate(rate) => number(rate.as_number()),
        Cell::Score(score) => number(score.as_number()),
        Cell::Day(day) => Value::from(day.to_string()),
        Cell::Due(due) => Value::from(due.to_string()),
        Cell::LifeStage(stage) => Value::from(stage.key()),
        Cell::Level(level) => Value::from(level.key()),
        Cell::Activity(activity) => Value::from(activity.key()),
        Cell::Choice(choice) => Value::from(choice.key()),
    }
}

/// A cell of the customer list in plain text, in full; `money` writes its amounts.
fn cell_plain(cell: &Cell, language: Language, money: impl Fn(crate::domain::money::Money) -> String) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Texts(texts) => texts.join(" "),
        Cell::Whole(count) => count.to_string(),
        Cell::Money(amount) => money(*amount),
        Cell::Rate(rate) => column_percent(*rate),
        Cell::Score(score) => points(*score),
        Cell::Day(day) => day.to_string(),
        Cell::Due(due) => due.to_string(),
        Cell::LifeStage(stage) => stage.words().say(language).to_owned(),
        Cell::Level(level) => level.words().say(language).to_owned(),
        Cell::Activity(activity) => activity_words(*activity).say(language).to_owned(),
        Cell::Choice(choice) => choice.say(language).to_owned(),
    }
}

/// A cell of the customer list for reading: thousands marked, a given figure with `*`.
pub fn cell_text(shown: &Shown, language: Language) -> String {
    let text = match &shown.cell {
        Cell::Whole(count) => grouped(u64::from(*count)),
        cell => cell_plain(cell, language, full_money),
    };
    if shown.given { format!("{text}*") } else { text }
}

/// A cell of the customer list for another program: a spreadsheet must not take it for a formula.
pub fn cell_csv(cell: &Cell, language: Language) -> String {
    let text = cell_plain(cell, language, |money| money.to_string());
    let is_text = matches!(cell, Cell::Text(_) | Cell::Texts(_));
    if is_text && is_formula(&text) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::{Table, cell_csv};
    use crate::book::cell::Cell;
    use crate::text::Language;

    #[test]
    fn wide_glyphs_are_counted_right_and_numbers_stand_at_the_right() {
        let mut table = Table::new([("名称", false), ("金额", true)]);
        table.row(["华东重工".to_owned(), "1.00".to_owned()]);
        table.row(["Acme".to_owned(), "10,000.00".to_owned()]);
        let mut out = Vec::new();
        table.write(&mut out).unwrap();
        let expected = "名称           金额\n华东重工       1.00\nAcme      10,000.00\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn what_looks_like_a_formula_is_defused_and_a_negative_amount_is_not() {
        assert_eq!(cell_csv(&Cell::Text("=1+1".into()), Language::En), "'=1+1");
        let money = Cell::Money(crate::domain::money::Money::from_cents(-5));
        assert_eq!(cell_csv(&money, Language::En), "-0.05");
    }
}
