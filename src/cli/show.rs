//! `kehu show`: one customer's card.

use crate::book::cell::Cell;
use crate::book::row::Row;
use crate::book::tiers::say::source_words;
use crate::book::tiers::why::why;
use crate::book::tiers::worth::Figure;
use crate::cli::Ends;
use crate::cli::args::Show;
use crate::cli::card::Card;
use crate::cli::fail::{DONE, Fail};
use crate::cli::output::{cell_text, write_json};
use crate::cli::setting::Setting;
use crate::cli::who::find_one;
use crate::cli::worth::write_figures;
use crate::desk::Desk;
use crate::domain::record::Kind;
use crate::query::field::{Column, columns};
use crate::text::choices::Said;
use crate::text::words;
use crate::ui::fit;
use crate::ui::view::timeline::{Telling, happenings, hints_words, tier_step};
use std::io;

/// Lines of the stream shown as text.
const STREAM: usize = 12;

pub(super) fn run(args: &Show, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let desk = setting.open(ends)?;
    let customer = find_one(desk.book(), &args.query.join(" "), setting, ends)?;
    let dossier = desk.dossier(customer).map_err(|error| Fail::of_store(&error, setting.language))?;
    if let (Some(row), Some(record)) = (desk.book().row_of(customer), dossier.customer()) {
        let card = Card { desk: &desk, row, customer: &record, dossier: &dossier, setting };
        if setting.json {
            write_json(ends.out, &card.json())?;
        } else {
            write_text(&card, ends)?;
        }
    }
    setting.close(desk, ends);
    Ok(DONE)
}

fn write_text(card: &Card<'_>, ends: &mut Ends<'_>) -> io::Result<()> {
    let Card { desk, row, customer, setting, .. } = card;
    writeln!(ends.out, "{}", fit::clean(row.name()))?;
    write_fields(desk, row, setting, ends)?;
    let written = [
        (setting.say(words("advice", "结论")), &customer.conclusion),
        (setting.say(words("note", "备注")), &customer.note),
    ];
    let own = customer.custom.iter().map(|(name, text)| (name.as_str(), text));
    for (label, text) in written.into_iter().chain(own).filter(|(_, text)| !text.is_empty()) {
        for (at, line) in fit::wrap(text, 76).iter().enumerate() {
            writeln!(ends.out, "  {}  {line}", fit::pad_right(if at == 0 { label } else { "" }, 14))?;
        }
    }
    write_worth(card, ends)?;
    write_contacts(card, ends)?;
    let telling = Telling { standards: desk.book().standards(), language: setting.language, today: setting.today() };
    let mut stream = happenings(card.dossier, &telling);
    stream.extend(card.tier_steps().iter().map(|step| tier_step(step, setting.language)));
    stream.sort_by_key(|entry| std::cmp::Reverse((entry.day, entry.minute)));
    let source = why(desk.book(), row, setting.today()).and_then(|why| why.source);
    let source = source.map(|source| source_words(&source, setting.language));
    let potential = card.potential().and_then(|potential| potential.say(setting.language));
    for line in source.into_iter().chain(potential) {
        writeln!(ends.out, "  {}", fit::fit(&line, 100))?;
    }
    if let Some(hints) = hints_words(&card.hints(), setting.language) {
        writeln!(ends.out, "\n{}", fit::fit(&hints, 100))?;
    }
    if !stream.is_empty() {
        writeln!(ends.out, "\n{}", setting.say(words("timeline", "时间线")))?;
    }
    for happening in stream.iter().take(STREAM) {
        let day = happening.day.map(|day| day.to_string()).unwrap_or_default();
        let open = if happening.open { "! " } else { "" };
        let what = fit::pad_right(&format!("{open}{}", happening.what), 14);
        writeln!(ends.out, "  {}  {what}  {}", fit::pad_right(&day, 10), fit::fit(&happening.text, 100))?;
    }
    if stream.len() > STREAM {
        let more = setting.told(words("  … and {} more", "  …… 另有 {} 条"), &(stream.len() - STREAM).to_string());
        writeln!(ends.out, "{more}")?;
    }
    Ok(())
}

fn write_fields(desk: &Desk, row: &Row, setting: &Setting, ends: &mut Ends<'_>) -> io::Result<()> {
    let mut any_given = false;
    for field in columns() {
        let Some((column, _)) = field.column else { continue };
        if matches!(column, Column::Name | Column::Conclusion) {
            continue;
        }
        let shown = desk.book().cell(row, column, setting.today(), setting.language);
        if shown.cell != Cell::Empty {
            any_given |= shown.given;
            let label = fit::pad_right(field.heading(setting.language), 14);
            writeln!(ends.out, "  {label}  {}", fit::clean(&cell_text(&shown, setting.language)))?;
        }
    }
    if any_given {
        writeln!(ends.out, "  {}", setting.say(words("* given by a table", "* 表格所给数字")))?;
    }
    Ok(())
}

/// What it is worth, where anything is known of it; each figure with its formula.
fn write_worth(card: &Card<'_>, ends: &mut Ends<'_>) -> io::Result<()> {
    let known: Vec<Figure> = card.worth().into_iter().filter(|figure| figure.amount.is_some()).collect();
    if !known.is_empty() {
        writeln!(ends.out, "\n{}", card.setting.say(words("value", "客户价值")))?;
    }
    write_figures(&known, card.setting, ends)
}

fn write_contacts(card: &Card<'_>, ends: &mut Ends<'_>) -> io::Result<()> {
    let contacts = card.contacts();
    if contacts.is_empty() {
        return Ok(());
    }
    writeln!(ends.out, "\n{}", Kind::Contact.words().say(card.setting.language))?;
    for contact in contacts {
        let role = contact.role.map_or("", |role| role.words().say(card.setting.language));
        let parts = [contact.title.as_str(), role, &contact.phone, &contact.email, &contact.wechat, &contact.note];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        writeln!(ends.out, "  {}  {}", fit::pad_right(&contact.name, 14), fit::clean(&parts.join(" · ")))?;
    }
    Ok(())
}
