//! `kehu list`: the customers in columns.

use crate::book::Slot;
use crate::book::arrangement::Arrangement;
use crate::book::beyond::{asks_beyond, is_gathered};
use crate::book::cell::{Cell, Shown};
use crate::book::row::Row;
use crate::book::sorting::{Sorting, sorted};
use crate::cli::Ends;
use crate::cli::args::List;
use crate::cli::fail::{DONE, Fail};
use crate::cli::filtering;
use crate::cli::output::{Table, cell_csv, cell_json, cell_text, write_json_list};
use crate::cli::setting::Setting;
use crate::desk::Desk;
use crate::desk::gathering::know_beyond;
use crate::query::field::{Column, Field, called, columns};
use crate::query::filter::Filter;
use crate::text::words;
use crate::ui::keymap::near;
use serde_json::{Map, Value};

/// The columns shown as text where none are named: what fits beside a name.
const PLAIN: [Column; 10] = [
    Column::Code,
    Column::Name,
    Column::Tier,
    Column::LifeStage,
    Column::Stage,
    Column::Owner,
    Column::TotalAmount,
    Column::Orders,
    Column::LastPurchase,
    Column::NextContact,
];
/// Characters of the conclusion that a row holds; a longer one is read in full.
const CONCLUSION_HELD: usize = 60;

pub(super) fn run(args: &List, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let asked = filtering::read(args.filter.as_deref().unwrap_or_default(), setting)?;
    let sorting = args.sort.iter().map(|name| sorting(name, setting)).collect::<Result<Vec<_>, _>>()?;
    let named = named(args, setting)?;
    let desk = setting.open(ends)?;
    filtering::known(args.filter.as_deref(), asked.as_ref(), &desk, setting)?;
    let layout = args.view.as_deref().map(|name| filtering::view(name, &desk, setting)).transpose()?;
    let of_view = layout.as_ref().map_or(Ok(None), |layout| filtering::read(&layout.filter, setting))?;
    let filters: Vec<Filter> = of_view.into_iter().chain(asked).collect();
    let fields = fields(named, layout.as_ref(), args.csv || setting.json);
    let sorting = match (&layout, sorting.is_empty()) {
        (Some(layout), true) => layout.sorting.clone(),
        _ => sorting,
    };
    let shown = || fields.iter().filter_map(|field| field.column.map(|(column, _)| column));
    let mut named = shown().chain(sorting.iter().map(|sorting| sorting.column));
    if named.any(is_gathered) || filters.iter().any(asks_beyond) {
        know_beyond(&desk).map_err(|error| Fail::of_store(&error, setting.language))?;
    }
    let slots = slots(&desk, filters, &sorting, args.limit, setting);
    let rows = slots.iter().filter_map(|slot| desk.book().row(*slot));
    if setting.json {
        write_json_list(ends.out, rows.map(|row| json_row(row, &fields, &desk, setting)))?;
    } else if args.csv {
        write_csv(rows, &fields, &desk, setting, ends)?;
    } else {
        write_text(rows, &fields, &desk, setting, ends)?;
    }
    setting.close(desk, ends);
    Ok(DONE)
}

fn sorting(name: &str, setting: &Setting) -> Result<Sorting, Fail> {
    let descending = name.starts_with('-');
    let field = field(name.trim_start_matches(['-', '+']), setting)?;
    match field.column {
        Some((column, _)) => Ok(Sorting { column, descending }),
        None => Err(unknown(name, setting)),
    }
}

/// The columns named.
fn named(args: &List, setting: &Setting) -> Result<Vec<&'static Field>, Fail> {
    args.columns.iter().map(|name| field(name, setting)).collect()
}

/// The columns named, else those of the view, else what a program or a person wants to see.
fn fields(named: Vec<&'static Field>, layout: Option<&Arrangement>, all: bool) -> Vec<&'static Field> {
    if !named.is_empty() {
        return named;
    }
    match layout {
        Some(layout) => layout.columns.iter().map(|(column, _)| column.field()).collect(),
        // What would first have to be gathered is shown where it is asked for by name.
        None if all => columns().filter(|field| field.column.is_none_or(|(column, _)| !is_gathered(column))).collect(),
        None => PLAIN.iter().map(|column| column.field()).collect(),
    }
}

fn field(name: &str, setting: &Setting) -> Result<&'static Field, Fail> {
    let found = called(name).filter(|field| field.column.is_some());
    found.ok_or_else(|| unknown(name, setting))
}

fn unknown(name: &str, setting: &Setting) -> Fail {
    let what = setting.told(words("there is no column “{}”", "没有名为“{}”的列"), name);
    let names = || columns().flat_map(|field| [field.name, field.words.en, field.words.zh]);
    let hint = match near(name, names()) {
        Some(near) => setting.told(words("did you mean {}?", "是否想写 {}？"), &near),
        None => {
            let all: Vec<&str> = columns().map(|field| field.name).collect();
            setting.told(words("one of {}", "可以是 {}"), &all.join(", "))
        }
    };
    Fail::usage(what).hinted(hint)
}

fn slots(desk: &Desk, filters: Vec<Filter>, by: &[Sorting], limit: Option<usize>, setting: &Setting) -> Vec<Slot> {
    let book = desk.book();
    let mut slots: Vec<Slot> = match filters.is_empty() {
        true => book.rows().map(|(slot, _)| slot).collect(),
        false => book.filtered(&Filter::all(filters), setting.today(), filtering::me(desk, setting)),
    };
    let by_code = [Sorting { column: Column::Code, descending: false }];
    let by = if by.is_empty() { &by_code } else { by };
    slots = sorted(book, &slots, by, setting.today(), setting.language);
    slots.truncate(limit.unwrap_or(usize::MAX));
    slots
}

/// What a column shows of a row; a conclusion in full.
fn shown(row: &Row, field: &Field, desk: &Desk, setting: &Setting) -> Shown {
    let Some((column, _)) = field.column else { return Shown { cell: Cell::Empty, given: false } };
    let shown = desk.book().cell(row, column, setting.today(), setting.language);
    match &shown.cell {
        Cell::Text(text) if column == Column::Conclusion && text.chars().count() >= CONCLUSION_HELD => {
            let customer = desk.dossier(row.id).ok().and_then(|dossier| dossier.customer());
            customer.map_or(shown, |customer| Shown { cell: Cell::Text(customer.conclusion), given: false })
        }
        _ => shown,
    }
}

/// A row in JSON: the columns by name, and the names of those given by a table.
pub(super) fn json_row(row: &Row, fields: &[&'static Field], desk: &Desk, setting: &Setting) -> Value {
    let mut object = Map::new();
    let mut given = Vec::new();
    for field in fields {
        let shown = shown(row, field, desk, setting);
        if shown.given {
            given.push(Value::from(field.name));
        }
        let value = match (&shown.cell, field.column) {
            (Cell::Empty, Some((Column::Tags, _))) => Value::Array(Vec::new()),
            (cell, _) => cell_json(cell),
        };
        object.insert(field.name.to_owned(), value);
    }
    object.insert("given".to_owned(), Value::Array(given));
    Value::Object(object)
}

fn write_text<'a>(
    rows: impl Iterator<Item = &'a Row>,
    fields: &[&'static Field],
    desk: &Desk,
    setting: &Setting,
    ends: &mut Ends<'_>,
) -> Result<(), Fail> {
    let heads = fields.iter().map(|field| (field.heading(setting.language), field.holds.is_number()));
    let mut table = Table::new(heads);
    let mut any_given = false;
    for row in rows {
        let cells: Vec<Shown> = fields.iter().map(|field| shown(row, field, desk, setting)).collect();
        any_given |= cells.iter().any(|shown| shown.given);
        table.row(cells.iter().map(|shown| cell_text(shown, setting.language)));
    }
    table.write(ends.out)?;
    if any_given {
        writeln!(ends.out, "{}", setting.say(words("* given by a table", "* 表格所给数字")))?;
    }
    Ok(())
}

fn write_csv<'a>(
    rows: impl Iterator<Item = &'a Row>,
    fields: &[&'static Field],
    desk: &Desk,
    setting: &Setting,
    ends: &mut Ends<'_>,
) -> Result<(), Fail> {
    let failed = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => Fail::from(error),
        other => Fail::from(std::io::Error::other(format!("{other:?}"))),
    };
    let mut writer = csv::Writer::from_writer(&mut *ends.out);
    writer.write_record(fields.iter().map(|field| field.heading(setting.language))).map_err(failed)?;
    for row in rows {
        let cells = fields.iter().map(|field| cell_csv(&shown(row, field, desk, setting).cell, setting.language));
        writer.write_record(cells).map_err(failed)?;
    }
    writer.flush()?;
    Ok(())
}
