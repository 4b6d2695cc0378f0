//! `kehu import`: files into the book, with a report of all that could not be taken as it stood.

use crate::book::standards::Standards;
use crate::cli::Ends;
use crate::cli::args::Import;
use crate::cli::fail::{DISK, DONE, Fail, IN_PART};
use crate::cli::seat::Seat;
use crate::cli::setting::{Setting, is_book};
use crate::cli::temporary::Temporary;
use crate::desk::Desk;
use crate::desk::import::{Imported, Importing, Mode};
use crate::domain::choice::ListKind;
use crate::domain::record::Kind;
use crate::exchange::encoding::Charset;
use crate::exchange::header::Unit;
use crate::exchange::intake::{self, Intake, IntakeError, Lists, Options};
use crate::exchange::mapping;
use crate::exchange::opening::{Opening, open, open_reader};
use crate::exchange::split::Table;
use crate::text::disk::refusal;
use crate::text::figures::grouped;
use crate::text::words;

mod report;

pub(super) fn run(args: &Import, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let mut options = options(args, setting)?;
    let files = open_files(args, setting, ends)?;
    let tables: Vec<&dyn Table> = files.iter().map(AsRef::as_ref).collect();
    let there = if is_book(&setting.book) { Some(setting.open(ends)?) } else { None };
    let standards = there.as_ref().map_or_else(Standards::shipped, |desk| desk.book().standards().clone());
    let said = mapping::Said { map: options.map.clone(), kind: options.kind };
    options.products = standards.products().iter().map(|one| (one.name.clone(), one.aliases.clone())).collect();
    let applied = mapping::apply(&tables, &standards, &mut options);
    let mut intake = read(&tables, &options, &standards, setting, ends)?;
    if !args.dry_run {
        mapping::remember(&said, &mut intake);
    }
    // A book is not begun for files that cannot be read.
    let (mut desk, _temporary) = match there {
        Some(desk) => (desk, None),
        None => begin(args, setting, ends)?,
    };
    let told = report::Told::of(&mut intake, args.dry_run, applied);
    let imported = write(&mut desk, intake, args, setting, ends)?;
    setting.close(desk, ends);
    let written = if setting.json {
        told.write_json(&imported, setting, ends)
    } else {
        told.write_text(&imported, setting, ends)
    };
    if imported.group.is_some() {
        Fail::after_saving(written, ends.out)?;
    } else {
        written?;
    }
    Ok(if told.is_whole(&imported) { DONE } else { IN_PART })
}

fn options(args: &Import, setting: &Setting) -> Result<Options, Fail> {
    let kind = match args.kind.as_str() {
        "auto" => None,
        name => Kind::ALL.iter().copied().find(|kind| report::plural(*kind) == name.replace('-', "_")),
    };
    let map = args.map.iter().map(|pair| pair_of(pair, setting)).collect::<Result<Vec<_>, _>>()?;
    let values = args.values.iter().map(|value| value_of(value, setting)).collect::<Result<Vec<_>, _>>()?;
    let unit = match &args.unit {
        None => None,
        Some(name) => Some(Unit::from_name(name).ok_or_else(|| {
            let what = setting.told(words("there is no unit {}", "没有单位 {}"), name);
            Fail::usage(what).hinted(setting.say(words("--unit 元 or --unit 万元", "请用 --unit 元 或 --unit 万元")))
        })?),
    };
    let (offset_minutes, today) = (setting.now.offset_minutes(), Some(setting.today()));
    Ok(Options { kind, map, values, unit, offset_minutes, today, products: Vec::new() })
}

fn pair_of(pair: &str, setting: &Setting) -> Result<(String, String), Fail> {
    let parts = pair.split_once('=').filter(|(field, column)| !field.trim().is_empty() && !column.trim().is_empty());
    let Some((field, column)) = parts else {
        let what = setting.told(words("--map “{}” names no field and column", "--map “{}”没有写明字段和列"), pair);
        return Err(
            Fail::usage(what).hinted(setting.say(words("write --map \"name=Company\"", "请写成 --map \"name=公司\"")))
        );
    };
    Ok((field.trim().to_owned(), column.trim().to_owned()))
}

fn value_of(value: &str, setting: &Setting) -> Result<(String, String, String), Fail> {
    let parts =
        value.split_once(':').and_then(|(field, rest)| rest.split_once('=').map(|(from, to)| (field, from, to)));
    let Some((field, from, to)) = parts else {
        let what = setting.told(words("--values “{}” cannot be understood", "看不懂 --values “{}”"), value);
        let hint = words("write --values \"stage:Engaging=interested\"", "请写成 --values \"stage:Engaging=意向\"");
        return Err(Fail::usage(what).hinted(setting.say(hint)));
    };
    Ok((field.trim().to_owned(), from.trim().to_owned(), to.trim().to_owned()))
}

fn open_files(args: &Import, setting: &Setting, ends: &mut Ends<'_>) -> Result<Vec<Box<dyn Table>>, Fail> {
    let charset = Charset::from_name(&args.encoding).ok_or_else(|| {
        let what = setting.told(words("there is no encoding {}", "没有编码 {}"), &args.encoding);
        Fail::usage(what)
            .hinted(setting.say(words("auto, utf-8, gb18030 or big5", "可以是 auto、utf-8、gb18030 或 big5")))
    })?;
    let opening = Opening { charset, sheet: args.sheet.clone() };
    let mut tables = Vec::new();
    for path in &args.files {
        let opened = match path.to_str() {
            Some("-") => open_reader("-", &mut *ends.input, &opening),
            _ => open(path, &opening),
        };
        let named = |error| IntakeError::Sheet(path.display().to_string(), error);
        tables.extend(opened.map_err(|error| Fail::of_intake(&named(error), setting.language))?);
    }
    Ok(tables)
}

/// A new book; for a trial, one that goes away again.
fn begin(args: &Import, setting: &Setting, ends: &mut Ends<'_>) -> Result<(Seat<'static>, Option<Temporary>), Fail> {
    if !args.dry_run {
        let desk = setting.open_or_make(&setting.book, ends)?;
        return Ok((Seat::Own(Box::new(desk)), None));
    }
    let temporary = Temporary::new(setting.seed).map_err(|error| Fail::new(DISK, refusal(&error, setting.language)))?;
    let desk = setting.open_or_make(temporary.path(), ends)?;
    Ok((Seat::Own(Box::new(desk)), Some(temporary)))
}

fn read(
    tables: &[&dyn Table],
    options: &Options,
    standards: &Standards,
    setting: &Setting,
    ends: &mut Ends<'_>,
) -> Result<Intake, Fail> {
    let item = |list: ListKind, word: &str| standards.item(list, word).map(|item| item.key.clone());
    let stage = |word: &str| standards.stage_called(word).map(|stage| stage.key.clone());
    let lists = Lists { item: &item, stage: &stage };
    let read = intake::read(tables, options, &lists, &mut |rows| {
        progress(setting, ends, words("{} rows read", "已读取 {} 行"), rows);
        true
    });
    clear(setting, ends);
    read.map_err(|error| Fail::of_intake(&error, setting.language))
}

fn write(
    desk: &mut Desk,
    intake: Intake,
    args: &Import,
    setting: &Setting,
    ends: &mut Ends<'_>,
) -> Result<Imported, Fail> {
    let mode = match args.mode.as_str() {
        "create" => Mode::Create,
        "update" => Mode::Update,
        _ => Mode::Both,
    };
    let mut shown = 0;
    let mut show = |done: u64, of: u64| {
        let percent = done.saturating_mul(100) / of.max(1);
        if shown != percent {
            shown = percent;
            progress(setting, ends, words("{} % done", "已完成 {}%"), percent);
        }
        true
    };
    let importing = Importing { mode, dry_run: args.dry_run, progress: &mut show };
    let imported = desk.import(intake, importing, setting.now);
    clear(setting, ends);
    imported.map_err(|trouble| setting.fail(desk, &trouble))
}

fn progress(setting: &Setting, ends: &mut Ends<'_>, pattern: crate::text::Words, count: u64) {
    if setting.watched {
        let _ = write!(ends.err, "\r{}", setting.told(pattern, &grouped(count)));
        let _ = ends.err.flush();
    }
}

fn clear(setting: &Setting, ends: &mut Ends<'_>) {
    if setting.watched {
        let _ = write!(ends.err, "\r{:40}\r", "");
    }
}
