//! One cell to be written, with what it is, so that each format writes it in its own way.

use crate::domain::measure::{Rate, Score};
use crate::domain::money::{Exact, Money};
use crate::domain::time::{Day, Due, Moment};
use crate::exchange::list_text::{written, written_pairs, written_rows};
use crate::text::{Language, words};
use serde_json::{Map, Number, Value};

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OutCell {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
    /// Names with their texts.
    Pairs(Vec<(String, String)>),
    /// Stages with times and authors.
    Moves(Vec<[String; 3]>),
    /// A whole number.
    Whole(u32),
    /// A quantity in thousandths.
    Quantity(i64),
    /// An amount.
    Money(Money),
    /// An amount to a ten-thousandth.
    Exact(Exact),
    /// An amount in 万元.
    TenThousands(Money),
    /// A share.
    Rate(Rate),
    /// A share in per cent, its heading says so.
    Percent(Rate),
    /// A score.
    Score(Score),
    /// A day.
    Day(Day),
    /// A moment.
    Moment(Moment),
    /// A day with or without a time.
    Due(Due),
    /// Yes or no.
    Flag(bool),
}

impl OutCell {
    /// Text, or nothing.
    pub fn text(text: impl Into<String>) -> OutCell {
        let text = text.into();
        if text.is_empty() { OutCell::Empty } else { OutCell::Text(text) }
    }

    /// Whether it is written by people and could be mistaken for a formula.
    pub const fn is_words(&self) -> bool {
        matches!(self, OutCell::Text(_) | OutCell::Texts(_) | OutCell::Pairs(_) | OutCell::Moves(_))
    }

    /// As text, plain enough to be read again.
    pub fn shown(&self, language: Language) -> String {
        match self {
            OutCell::Empty => String::new(),
            OutCell::Text(text) => text.clone(),
            OutCell::Texts(texts) => written(texts),
            OutCell::Pairs(pairs) => written_pairs(pairs.iter().map(|(name, text)| (name.as_str(), text.as_str()))),
            OutCell::Moves(moves) => {
                written_rows(moves.iter().map(|[stage, at, by]| [stage.as_str(), at.as_str(), by.as_str()]))
            }
            OutCell::Whole(number) => number.to_string(),
            OutCell::Quantity(thousandths) => decimal(i128::from(*thousandths), 3, 0),
            OutCell::Money(money) => money.to_string(),
            OutCell::Exact(exact) => decimal(i128::from(exact.parts()), 4, 2),
            OutCell::TenThousands(money) => decimal(i128::from(money.cents()), 6, 0),
            OutCell::Rate(rate) => format!("{}%", decimal(i128::from(rate.basis_points()), 2, 0)),
            OutCell::Percent(rate) => decimal(i128::from(rate.basis_points()), 2, 0),
            OutCell::Score(score) => decimal(i128::from(score.hundredths()), 2, 0),
            OutCell::Day(day) => day.to_string(),
            OutCell::Moment(moment) => moment.to_string(),
            OutCell::Due(due) => due.to_string(),
            OutCell::Flag(true) => words("yes", "是").say(language).to_owned(),
            OutCell::Flag(false) => words("no", "否").say(language).to_owned(),
        }
    }

    /// As JSON: amounts as strings with two decimals, shares as numbers of one, nothing as null.
    pub fn json(&self) -> Value {
        let number = |number: f64| Number::from_f64(number).map_or(Value::Null, Value::Number);
        match self {
            OutCell::Empty => Value::Null,
            OutCell::Texts(texts) => texts.iter().cloned().map(Value::String).collect(),
            OutCell::Pairs(pairs) => {
                Value::Object(pairs.iter().map(|(name, text)| (name.clone(), text.clone().into())).collect())
            }
            OutCell::Moves(moves) => moves.iter().map(step).collect(),
            OutCell::Whole(whole) => Value::from(*whole),
            OutCell::Quantity(thousandths) if thousandths % 1_000 == 0 => Value::from(thousandths / 1_000),
            OutCell::Quantity(thousandths) => number(*thousandths as f64 / 1_000.0),
            OutCell::TenThousands(money) => decimal(i128::from(money.cents()), 6, 2).into(),
            OutCell::Rate(rate) | OutCell::Percent(rate) => number(rate.as_number()),
            OutCell::Score(score) => number(score.as_number()),
            OutCell::Flag(flag) => Value::Bool(*flag),
            _ => self.shown(Language::En).into(),
        }
    }
}

fn step([stage, at, by]: &[String; 3]) -> Value {
    let text = |text: &String| if text.is_empty() { Value::Null } else { text.clone().into() };
    let pairs = [("stage", stage), ("at", at), ("by", by)];
    Value::Object(pairs.into_iter().map(|(name, cell)| (name.to_owned(), text(cell))).collect::<Map<_, _>>())
}

/// `number` with its last `places` digits behind the point, without needless zeros but at least so many decimals.
fn decimal(number: i128, places: usize, least: usize) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let digits = format!("{:0width$}", number.unsigned_abs(), width = places + 1);
    let (whole, decimals) = digits.split_at_checked(digits.len() - places).unwrap_or((&digits, ""));
    let needed = decimals.trim_end_matches('0').len().max(least);
    match decimals.get(..needed) {
        Some(decimals) if !decimals.is_empty() => format!("{sign}{whole}.{decimals}"),
        _ => format!("{sign}{whole}"),
    }
}

#[cfg(test)]
mod tests {
    use super::OutCell;
    use crate::domain::measure::Rate;
    use crate::domain::money::{Exact, Money};
    use crate::text::Language;
    use serde_json::json;

    #[test]
    fn figures_are_written_without_needless_digits() {
        let shown = |cell: OutCell| cell.shown(Language::Zh);
        assert_eq!(shown(OutCell::Exact(Exact::from_parts(-12_345))), "-1.2345");
        assert_eq!(shown(OutCell::Exact(Exact::from_parts(120_000))), "12.00");
        assert_eq!(shown(OutCell::TenThousands(Money::from_units(1_234_500))), "123.45");
        assert_eq!(shown(OutCell::Rate(Rate::from_basis_points(1_250))), "12.5%");
        assert_eq!(shown(OutCell::Quantity(-1_500)), "-1.5");
    }

    #[test]
    fn json_has_amounts_as_strings_and_shares_as_numbers() {
        assert_eq!(OutCell::Money(Money::from_cents(123_450)).json(), json!("1234.50"));
        assert_eq!(OutCell::Rate(Rate::from_basis_points(5_000)).json(), json!(0.5));
        assert_eq!(OutCell::Empty.json(), json!(null));
        let moves = OutCell::Moves(vec![["won".into(), String::new(), "王".into()]]);
        assert_eq!(moves.json(), json!([{"stage": "won", "at": null, "by": "王"}]));
    }
}
