//! `kehu export`: the book, or a part of it, as a file for others.

use crate::cli::Ends;
use crate::cli::args::Export;
use crate::cli::fail::{DISK, DONE, Fail, USAGE};
use crate::cli::filtering;
use crate::cli::output::write_json;
use crate::cli::setting::Setting;
use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::exchange::export::file::{Outlet, is_standard_output};
use crate::exchange::export::{Asked, Format, OutError, Subject, write};
use crate::exchange::json::{LISTS, WRITTEN_LISTS};
use crate::store::dossier::Dossier;
use crate::store::error::StoreError;
use crate::text::choices::Said;
use crate::text::disk::refusal;
use crate::text::figures::grouped;
use crate::text::{Words, words};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::Path;

pub(super) fn run(args: &Export, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let subject = subject(&args.kind, setting)?;
    let format = format(args, setting)?;
    let filter = filtering::read(args.filter.as_deref().unwrap_or_default(), setting)?;
    // What is left of a book that lost its journal can still be taken out.
    let despite_lost_journal = subject == Subject::All;
    let desk = Setting { despite_lost_journal, ..setting.clone() }.open(ends)?;
    filtering::known(args.filter.as_deref(), filter.as_ref(), &desk, setting)?;
    let passing = filter.map(|filter| filtering::customers(&filter, &desk, setting)).transpose()?;
    // Products, people and the like are of no customer and are not filtered.
    let keep = |record: &Record| {
        record.home() == Id::BOOK || passing.as_ref().is_none_or(|passing| passing.contains(&record.home()))
    };
    let asked = Asked {
        language: setting.language,
        columns: &args.columns,
        keep: Some(&keep),
        mask: args.mask,
        as_of: setting.today(),
        offset_minutes: setting.now.offset_minutes(),
    };
    let put = |out: &mut dyn Write| write(subject, format, || desk.store().dossiers(), desk.book(), &asked, out);
    let failed = |error: OutError| of_out(&error, setting);
    if subject == Subject::All {
        let left = left_in_the_book(desk.store().dossiers().map_err(|error| failed(error.into()))?)
            .map_err(|error| failed(error.into()))?;
        say_what_is_left(&left, setting, ends)?;
    }
    let Some(path) = args.output.as_deref().filter(|path| !is_standard_output(path)) else {
        put(ends.out).map_err(failed)?;
        setting.close(desk, ends);
        return Ok(DONE);
    };
    let written = to_file(path, setting, put)?;
    setting.close(desk, ends);
    if setting.json {
        write_json(ends.out, &json!({ "file": path.display().to_string(), "rows": written.rows }))?;
    } else {
        let pattern = words("{} rows in ", "已导出 {} 行：");
        writeln!(ends.out, "{}{}", setting.told(pattern, &grouped(written.rows)), path.display())?;
        say_where_figures_are(subject, format, setting, ends)?;
    }
    Ok(DONE)
}

/// Whoever looks for figures in a file made to come in again is told which has them.
fn say_where_figures_are(subject: Subject, format: Format, setting: &Setting, ends: &mut Ends<'_>) -> Result<(), Fail> {
    if subject != Subject::Of(Kind::Customer) || format == Format::Cards {
        return Ok(());
    }
    let hint = words(
        "made to come in again, so figures computed from orders (amounts, frequency, tier) are not in it: kehu export s0, kehu export s4 and kehu list --csv have them",
        "此文件可再次导入，不含由订单算出的指标（金额、频次、等级等）；需要指标请用 kehu export s0、kehu export s4 或 kehu list --csv",
    );
    writeln!(ends.out, "{}", setting.say(hint))?;
    Ok(())
}

/// How many records there are of kinds that no file of ours holds: settings, views, the history of tiers.
fn left_in_the_book(
    dossiers: impl Iterator<Item = Result<Dossier, StoreError>>,
) -> Result<BTreeMap<Kind, usize>, StoreError> {
    let mut left = BTreeMap::new();
    for dossier in dossiers {
        let dossier = dossier?;
        for kind in Kind::ALL.iter().filter(|kind| LISTS.iter().chain(WRITTEN_LISTS).all(|(_, listed)| listed != *kind))
        {
            match dossier.count(*kind) {
                0 => {}
                count => *left.entry(*kind).or_default() += count,
            }
        }
    }
    Ok(left)
}

/// Nobody is to think that all of a book is in a file that holds only its records.
fn say_what_is_left(left: &BTreeMap<Kind, usize>, setting: &Setting, ends: &mut Ends<'_>) -> Result<(), Fail> {
    if left.is_empty() {
        return Ok(());
    }
    let said = left.iter().map(|(kind, count)| format!("{} {count}", kind.words().say(setting.language)));
    let said = said.collect::<Vec<_>>().join(setting.say(words(", ", "、")));
    let pattern = words("settings are not in the file, only in the book: {}", "设置不在文件中，只留在客户簿里：{}");
    writeln!(ends.err, "{}", setting.told(pattern, &said))?;
    Ok(())
}

/// Writes a file. One that is there stays whole until the new one is; a device or a pipe is written into.
pub(super) fn to_file<T>(
    path: &Path,
    setting: &Setting,
    put: impl FnOnce(&mut dyn std::io::Write) -> Result<T, OutError>,
) -> Result<T, Fail> {
    let on_disk =
        |error: std::io::Error| Fail::new(DISK, format!("{}: {}", path.display(), refusal(&error, setting.language)));
    let mut file = BufWriter::new(Outlet::open(path).map_err(on_disk)?);
    let written = put(&mut file).map_err(|error| of_out(&error, setting))?;
    let outlet = file.into_inner().map_err(|error| on_disk(error.into_error()))?;
    outlet.finish().map_err(on_disk)?;
    Ok(written)
}

fn subject(name: &str, setting: &Setting) -> Result<Subject, Fail> {
    Subject::from_name(name).ok_or_else(|| {
        let what = setting.told(words("there is nothing called {} to export", "没有可导出的“{}”"), name);
        let hint = words(
            "customers, contacts, orders, deals, follow-ups, feedback, products, owners, costs, targets, next-steps, teams, strategies, stages, list-items, all, s0 or s4",
            "可以是 customers、contacts、orders、deals、follow-ups、feedback、products、owners、costs、targets、next-steps、teams、strategies、stages、list-items、all、s0、s4",
        );
        Fail::usage(what).hinted(setting.say(hint))
    })
}

/// The format asked for, else that of the file's ending, else csv.
fn format(args: &Export, setting: &Setting) -> Result<Format, Fail> {
    match args.format.as_deref() {
        Some(name) => Format::from_name(name).ok_or_else(|| {
            let what = setting.told(words("there is no format {}", "没有格式 {}"), name);
            Fail::usage(what)
                .hinted(setting.say(words("csv, xlsx, json, vcf or md", "可以是 csv、xlsx、json、vcf、md")))
        }),
        None => args.output.as_deref().map_or(Ok(Format::default()), |path| {
            let otherwise = words(
                "use .csv, .xlsx, .json, .vcf or .md, or say which by --format",
                "请用 .csv、.xlsx、.json、.vcf、.md，或用 --format 指定",
            );
            format_of(path, otherwise, setting)
        }),
    }
}

/// The format of a file by its ending, csv where it has none; `otherwise` says what can be done about an unknown one.
pub(super) fn format_of(path: &Path, otherwise: Words, setting: &Setting) -> Result<Format, Fail> {
    let Some(ending) = path.extension().and_then(|ending| ending.to_str()) else { return Ok(Format::default()) };
    Format::from_name(ending).ok_or_else(|| {
        let what = setting.told(words("unknown file type .{}", "不认识的文件类型 .{}"), ending);
        Fail::usage(what).hinted(setting.say(otherwise))
    })
}

fn of_out(error: &OutError, setting: &Setting) -> Fail {
    let status = match error {
        OutError::Io(_) => DISK,
        OutError::Store(error) => error.exit_status(),
        OutError::NoSuchColumn(_) | OutError::Unfit(_) => USAGE,
    };
    let fail = Fail::new(status, error.say(setting.language));
    match error.hint(setting.language) {
        Some(hint) => fail.hinted(hint),
        None => fail,
    }
}
