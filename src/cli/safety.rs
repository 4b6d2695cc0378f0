//! `kehu verify` and `kehu compact`: whether the book is whole, and how little room it can take.

use crate::cli::Ends;
use crate::cli::args::Verify;
use crate::cli::fail::{DAMAGED, DONE, Fail};
use crate::cli::output::{text_or_null, write_json};
use crate::cli::progress::Progress;
use crate::cli::setting::Setting;
use crate::store::scan::Damage;
use crate::store::verify::Report;
use crate::text::figures::grouped;
use crate::text::{Language, words};
use serde_json::{Value, json};
use std::io;

/// Reads the whole journal and compares it with what the book shows.
pub(super) fn verify(args: &Verify, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let mut desk = setting.open(ends)?;
    let failed = |error| Fail::of_store(&error, setting.language);
    let reading = words("reading the journal: {} %", "正在核对日志：{} %");
    let mut progress = Progress::new(ends.err, setting.watched, reading, setting.language);
    let report = desk.verify(&mut |done, of| progress.tell(done, of)).map_err(failed)?;
    let is_worn = !report.different.is_empty() || report.unreadable.is_some();
    let repairs = args.repair && is_worn;
    if repairs {
        desk.repair(&mut |done, of| progress.tell(done, of)).map_err(failed)?;
    }
    drop(progress);
    let is_whole = report.damages.is_empty() && (!is_worn || repairs);
    if setting.json {
        write_json(ends.out, &json_of(&report, repairs))?;
    } else {
        write_text(&report, repairs, setting, ends)?;
    }
    setting.close(desk, ends);
    Ok(if is_whole { DONE } else { DAMAGED })
}

fn json_of(report: &Report, repaired: bool) -> Value {
    let damage = |damage: &Damage| {
        json!({ "first": damage.first, "last": damage.last, "file": damage.path.display().to_string(),
            "offset": damage.offset })
    };
    let torn = report
        .torn
        .as_ref()
        .map(|torn| json!({ "file": torn.path.display().to_string(), "offset": torn.offset, "bytes": torn.bytes }));
    json!({
        "sound": report.is_sound(),
        "entries": report.entries,
        "dossiers": report.dossiers,
        "records": report.records,
        "damages": report.damages.iter().map(damage).collect::<Vec<_>>(),
        "torn": torn,
        "different": report.different.len(),
        "unreadable": text_or_null(report.unreadable.as_deref().unwrap_or_default()),
        "repaired": repaired,
    })
}

fn write_text(report: &Report, repaired: bool, setting: &Setting, ends: &mut Ends<'_>) -> io::Result<()> {
    let [entries, dossiers, records] = [report.entries, report.dossiers, report.records].map(grouped);
    let read = match setting.language {
        Language::En => format!("{entries} entries read; {dossiers} dossiers with {records} records compared"),
        Language::Zh => format!("已核对日志 {entries} 条、档案 {dossiers} 份、记录 {records} 条"),
    };
    writeln!(ends.out, "{read}")?;
    for damage in &report.damages {
        let (first, last, path, offset) = (damage.first, damage.last, damage.path.display(), damage.offset);
        let lost = match setting.language {
            Language::En => format!("Entries {first}–{last} are lost: {path} is damaged at byte {offset}"),
            Language::Zh => format!("第 {first}–{last} 条日志已丢失：{path} 在第 {offset} 字节处损坏"),
        };
        writeln!(ends.out, "{lost}")?;
    }
    if let Some(torn) = &report.torn {
        let cut = words(
            "An unfinished last entry: {} bytes, never said to be saved",
            "最后一条日志没有写完（{} 字节），从未显示为已保存",
        );
        writeln!(ends.out, "{}", setting.told(cut, &torn.bytes.to_string()))?;
    }
    if !report.different.is_empty() || report.unreadable.is_some() {
        let count = grouped(report.different.len() as u64);
        let differ = words("{} dossiers are not what the journal tells", "{} 份档案与日志不一致");
        writeln!(ends.out, "{}", setting.told(differ, &count))?;
    }
    let end = if report.is_sound() {
        words("Nothing is wrong", "没有发现问题")
    } else if repaired {
        words("The working copy was made again from the journal", "已根据日志重建工作副本")
    } else if report.damages.is_empty() {
        words(
            "Nothing is lost: kehu verify --repair makes it again from the journal",
            "数据没有丢失：运行 kehu verify --repair 可根据日志重建",
        )
    } else {
        words(
            "What is lost is only in a backup; keep a copy of the folder before anything else",
            "丢失的内容只能从备份中找回；请先备份整个文件夹",
        )
    };
    writeln!(ends.out, "{}", setting.say(end))
}

/// Makes the working copy as small as it can be.
pub(super) fn compact(setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let mut desk = setting.open(ends)?;
    let before = desk.sizes().working;
    let copying = words("making the book smaller: {} %", "正在整理客户簿：{} %");
    let mut progress = Progress::new(ends.err, setting.watched, copying, setting.language);
    let compacted = desk.compact(&mut |done, of| progress.tell(done, of));
    drop(progress);
    compacted.map_err(|error| Fail::of_store(&error, setting.language))?;
    let after = desk.sizes().working;
    setting.close(desk, ends);
    if setting.json {
        write_json(ends.out, &json!({ "before": before, "after": after }))?;
        return Ok(DONE);
    }
    let [before, after] = [before, after].map(megabytes);
    match setting.language {
        Language::En => writeln!(ends.out, "Working copy: {before} MB before, {after} MB now")?,
        Language::Zh => writeln!(ends.out, "工作副本：原 {before} MB，现 {after} MB")?,
    }
    Ok(DONE)
}

/// Millions of bytes, one decimal.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{}", grouped(tenths / 10), tenths % 10)
}
