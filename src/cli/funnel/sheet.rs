//! `kehu funnel --month`: the sheet of the monthly meeting, printed or as a file.

use crate::analysis::funnel::period::Period;
use crate::book::deals::Deals;
use crate::book::deals::reckoning::{Asked, Reckoning};
use crate::book::deals::target::Targets;
use crate::cli::Ends;
use crate::cli::fail::{DISK, DONE, Fail};
use crate::cli::output::write_json;
use crate::cli::setting::Setting;
use crate::desk::Desk;
use crate::desk::gathering::expected_before;
use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::domain::target::Target;
use crate::domain::time::{Day, Month};
use crate::exchange::export::Format;
use crate::exchange::export::file::{is_standard_output, keep};
use crate::exchange::export::meeting::Meeting;
use crate::exchange::export::report::Report;
use crate::text::disk::refusal;
use crate::text::words;
use serde_json::{Map, Value, json};
use std::path::Path;
use std::sync::Arc;

pub fn run(
    month: &str,
    output: Option<&Path>,
    (owner, deals, desk): (Option<Id>, &Deals, &Desk),
    setting: &Setting,
    ends: &mut Ends<'_>,
) -> Result<u8, Fail> {
    let month = month_of(month, setting)?;
    let report = report(month, owner, deals, desk, setting)?;
    let Some(path) = output.filter(|path| !is_standard_output(path)) else {
        if setting.json {
            write_json(ends.out, &as_json(&report))?;
        } else {
            let failed = |error: crate::exchange::export::OutError| Fail::new(DISK, error.say(setting.language));
            report.write(Format::Markdown, setting.language, ends.out).map_err(failed)?;
        }
        return Ok(DONE);
    };
    let ending = path.extension().and_then(|ending| ending.to_str()).and_then(Format::from_name);
    let format = ending.filter(|format| matches!(format, Format::Xlsx | Format::Markdown | Format::Csv));
    let format = format.ok_or_else(|| {
        let what = words("the file is to end in .xlsx, .md or .csv", "文件名须以 .xlsx、.md 或 .csv 结尾");
        Fail::usage(setting.say(what))
    })?;
    let mut bytes = Vec::new();
    report.write(format, setting.language, &mut bytes).map_err(|error| Fail::new(DISK, error.say(setting.language)))?;
    keep(path, &bytes)
        .map_err(|error| Fail::new(DISK, format!("{}: {}", path.display(), refusal(&error, setting.language))))?;
    if setting.json {
        write_json(ends.out, &json!({ "file": path.display().to_string() }))?;
    } else {
        writeln!(ends.out, "{} {}", setting.say(words("written to", "已写入")), path.display())?;
    }
    Ok(DONE)
}

fn report(month: Month, owner: Option<Id>, deals: &Deals, desk: &Desk, setting: &Setting) -> Result<Report, Fail> {
    let failed = |error| Fail::of_store(&error, setting.language);
    let own = desk.dossier(Id::BOOK).map_err(failed)?;
    let targets: Vec<Target> = own
        .of(Kind::Target)
        .filter_map(|record| match record {
            Record::Target(target) => Some(target),
            _ => None,
        })
        .collect();
    let targets = Targets::of(&targets, month);
    let earlier = expected_before(desk, month.first_day()).map_err(failed)?;
    let asked = Asked { period: Period::ALL, owner, by: None, as_of: setting.today(), language: setting.language };
    let reckoning = Reckoning {
        asked,
        against: None,
        meeting: (month.first_day(), month.plus(1).first_day().plus(-1)),
        earlier,
        deals: Arc::new(deals.clone()),
        book: desk.book().clone(),
    };
    let meeting = Meeting {
        answered: &reckoning.run(),
        deals,
        book: desk.book(),
        targets: &targets,
        month,
        as_of: setting.today(),
        language: setting.language,
    };
    Ok(meeting.report())
}

fn month_of(text: &str, setting: &Setting) -> Result<Month, Fail> {
    let parts: Option<(i32, u32)> = text
        .trim()
        .split_once(['-', '/', '.'])
        .and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
    let month = parts.and_then(|(year, month)| Day::from_ymd(year, month, 1)).map(Day::month);
    month.ok_or_else(|| {
        Fail::usage(setting.told(words("{} is no month", "{} 不是月份"), text))
            .hinted(setting.say(words("write it like 2026-11", "请写成 2026-11 这样")))
    })
}

/// Each table as a list of rows, by the headings.
fn as_json(report: &Report) -> Value {
    let tables = report.tables.iter().map(|table| {
        let row = |row: &Vec<crate::exchange::export::cell::OutCell>| {
            let pairs = table.heads.iter().zip(row).map(|(head, cell)| (head.clone(), cell.json()));
            Value::Object(pairs.collect::<Map<_, _>>())
        };
        json!({ "title": table.title, "rows": table.rows.iter().map(row).collect::<Vec<_>>() })
    });
    json!({ "title": report.title, "tables": tables.collect::<Vec<_>>() })
}
