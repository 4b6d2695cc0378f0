//! `kehu tiers --value`: what customers are worth and cost, each figure with its formula.

use crate::analysis::grading::Label;
use crate::analysis::tier::Marcus;
use crate::book::tiers::say::{label_words, marcus_words, quadrant_words};
use crate::book::tiers::worth::{Amount, Figure, Worth};
use crate::cli::Ends;
use crate::cli::fail::Fail;
use crate::cli::output::{number, shown_or_null, write_json};
use crate::cli::setting::Setting;
use crate::desk::Desk;
use crate::desk::worth::worth;
use crate::text::Words;
use crate::text::figures::{grouped, short_money};
use crate::ui::fit;
use serde_json::{Value, json};
use std::io;

pub(super) fn write(desk: &Desk, setting: &Setting, ends: &mut Ends<'_>) -> Result<(), Fail> {
    let worth = worth(desk, setting.today()).map_err(|error| Fail::of_store(&error, setting.language))?;
    if setting.json {
        write_json(ends.out, &to_json(&worth, setting))?
    } else {
        write_text(&worth, setting, ends)?
    }
    Ok(())
}

fn write_text(worth: &Worth, setting: &Setting, ends: &mut Ends<'_>) -> io::Result<()> {
    write_figures(&worth.figures, setting, ends)?;
    writeln!(ends.out)?;
    for (quadrant, filled) in &worth.quadrants {
        let (name, strategy) = quadrant_words(*quadrant);
        let name = fit::pad_right(setting.say(name), 26);
        let customers = fit::pad_left(&grouped(u64::from(filled.customers)), 8);
        let revenue = fit::pad_left(&short_money(filled.revenue, setting.language), 10);
        writeln!(ends.out, "{name}{customers}{revenue}  {}", setting.say(strategy))?;
    }
    Ok(())
}

/// A figure a line, with its formula.
pub(super) fn write_figures(figures: &[Figure], setting: &Setting, ends: &mut Ends<'_>) -> io::Result<()> {
    for figure in figures {
        let name = fit::pad_right(setting.say(figure.name), 22);
        let said = fit::pad_left(&figure.said(setting.language), 12);
        writeln!(ends.out, "{name}{said}  {}", setting.say(figure.formula))?;
    }
    Ok(())
}

fn to_json(worth: &Worth, setting: &Setting) -> Value {
    let quadrants = worth.quadrants.iter().map(|(quadrant, filled)| {
        let (name, strategy) = quadrant_words(*quadrant);
        json!({
            "quadrant": quadrant.key(),
            "name": setting.say(name),
            "strategy": setting.say(strategy),
            "customers": filled.customers,
            "revenue": filled.revenue.to_string(),
        })
    });
    let named = |name: Words, count: u32| json!({ "name": setting.say(name), "customers": count });
    let label = |(label, count): &(Label, u32)| named(label_words(*label), *count);
    let cell = |(cell, count): &(Marcus, u32)| named(marcus_words(*cell), *count);
    json!({
        "as_of": setting.today().to_string(),
        "figures": worth.figures.iter().map(|figure| figure_json(figure, setting)).collect::<Vec<_>>(),
        "matrix": { "value_cut": shown_or_null(worth.value_cut), "quadrants": quadrants.collect::<Vec<_>>() },
        "labels": worth.labels.iter().map(label).collect::<Vec<_>>(),
        "marcus": worth.marcus.iter().map(cell).collect::<Vec<_>>(),
    })
}

pub(super) fn figure_json(figure: &Figure, setting: &Setting) -> Value {
    let (unit, value) = match figure.amount {
        None => (Value::Null, Value::Null),
        Some(Amount::Money(money)) => (json!("money"), json!(money.to_string())),
        Some(Amount::Share(share)) => (json!("share"), number(share)),
        Some(Amount::Times(times)) => (json!("times"), number(times)),
        Some(Amount::Months(months)) => (json!("months"), number(months)),
        Some(Amount::Points(points)) => (json!("points"), number(points)),
    };
    json!({
        "figure": figure.key,
        "name": setting.say(figure.name),
        "formula": setting.say(figure.formula),
        "unit": unit,
        "value": value,
    })
}
