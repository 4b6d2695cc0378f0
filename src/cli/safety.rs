//! `kehu verify` and `kehu compact`: whether the book is whole, and how little room it can take.

use crate::cli::Ends;
use crate::cli::args::Verify;
use crate::cli::fail::{DAMAGED, DONE, Fail};
use crate::cli::output::{text_or_null, write_json};
use crate::cli::progress::Progress;
use crate::cli::setting::Setting;
use crate::store::salvage::Beyond;
use crate::store::scan::Damage;
use crate::store::verify::Report;
use crate::text::figures::grouped;
use crate::text::{Language, Words, words};
use serde_json::{Value, json};
use std::io;

/// What was done about what a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    /// Nothing.
    Nothing,
    /// The working copy was made again from the journal.
    Rebuilt,
    /// What the working copy held beyond the journal was written as new entries.
    Salvaged(Beyond),
}

/// Reads the whole journal and compares it with what the book shows.
pub(super) fn verify(args: &Verify, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let setting = &Setting { despite_lost_journal: true, ..setting.clone() };
    let mut desk = setting.open(ends)?;
    let failed = |error| Fail::of_store(&error, setting.language);
    let reading = words("reading the journal: {} %", "正在核对日志：{} %");
    let mut progress = Progress::new(ends.err, setting.watched, reading, setting.language);
    let report = desk.verify(&mut |done, of| progress.tell(done, of)).map_err(failed)?;
    let is_worn = !report.different.is_empty() || report.unreadable.is_some();
    // A journal that ends too early may still be found and put back: nothing is written behind it unless that is asked for.
    let may_repair = args.repair && report.ahead.is_none() && !report.beyond.is_empty();
    let done = if report.journal_is_whole() && args.repair && is_worn {
        desk.repair(&mut |done, of| progress.tell(done, of)).map_err(failed)?;
        Done::Rebuilt
    } else if !report.journal_is_whole() && (args.salvage || may_repair) {
        Done::Salvaged(desk.salvage(setting.now, &mut |done, of| progress.tell(done, of)).map_err(failed)?)
    } else {
        Done::Nothing
    };
    drop(progress);
    let is_whole = done != Done::Nothing || (report.journal_is_whole() && !is_worn);
    if setting.json {
        write_json(ends.out, &json_of(&report, done))?;
    } else {
        write_found(&report, setting, ends)?;
        writeln!(ends.out, "{}", setting.say(conclusion(&report, done)))?;
    }
    setting.close(desk, ends);
    Ok(if is_whole { DONE } else { DAMAGED })
}

fn json_of(report: &Report, done: Done) -> Value {
    let damage = |damage: &Damage| {
        json!({ "first": damage.first, "last": damage.last, "file": damage.path.display().to_string(),
            "offset": damage.offset })
    };
    let torn = report
        .torn
        .as_ref()
        .map(|torn| json!({ "file": torn.path.display().to_string(), "offset": torn.offset, "bytes": torn.bytes }));
    let beyond = |beyond: &Beyond| {
        json!({ "customers": beyond.homes, "records": beyond.records, "fields": beyond.fields,
            "left_out": beyond.left_out })
    };
    let salvaged = match &done {
        Done::Salvaged(written) => beyond(written),
        Done::Nothing | Done::Rebuilt => Value::Null,
    };
    json!({
        "sound": report.is_sound(),
        "entries": report.entries,
        "acknowledged": report.ahead.unwrap_or(report.entries),
        "dossiers": report.dossiers,
        "records": report.records,
        "damages": report.damages.iter().map(damage).collect::<Vec<_>>(),
        "mended": report.mended.iter().map(damage).collect::<Vec<_>>(),
        "torn": torn,
        "unlinked": report.unlinked,
        "different": report.different.len(),
        "beyond": beyond(&report.beyond),
        "unreadable": text_or_null(report.unreadable.as_deref().unwrap_or_default()),
        "repaired": done == Done::Rebuilt,
        "salvaged": salvaged,
    })
}

/// What was found, a line each.
fn write_found(report: &Report, setting: &Setting, ends: &mut Ends<'_>) -> io::Result<()> {
    let [entries, dossiers, records] = [report.entries, report.dossiers, report.records].map(grouped);
    let read = match setting.language {
        Language::En => format!("{entries} entries read; {dossiers} dossiers with {records} records compared"),
        Language::Zh => format!("已核对日志 {entries} 条、档案 {dossiers} 份、记录 {records} 条"),
    };
    writeln!(ends.out, "{read}")?;
    for damage in &report.damages {
        let lost = words("Lost entries: {}; {} is damaged at byte {}", "第 {} 条日志已丢失：{} 在第 {} 字节处损坏");
        writeln!(ends.out, "{}", told_of(damage, lost, setting))?;
    }
    for damage in &report.mended {
        let lost = words(
            "Lost entries, written again since: {}; {} is damaged at byte {}",
            "第 {} 条日志曾丢失，内容已补写：{} 在第 {} 字节处损坏",
        );
        writeln!(ends.out, "{}", told_of(damage, lost, setting))?;
    }
    if let Some(acknowledged) = report.ahead {
        let short =
            words("The journal ends at entry {}, but entry {} was saved", "日志只到第 {} 条，而第 {} 条曾显示为已保存");
        let values = [grouped(report.entries), grouped(acknowledged)];
        writeln!(ends.out, "{}", short.filled(&[&values[0], &values[1]], setting.language))?;
    }
    for number in &report.unlinked {
        let other = words(
            "Journal file {} does not follow the file before it: one of the two is another copy's",
            "日志文件 {} 与前一个文件不衔接：其中一个来自另一份拷贝",
        );
        writeln!(ends.out, "{}", setting.told(other, &number.to_string()))?;
    }
    if let Some(torn) = &report.torn {
        let cut = words(
            "An unfinished last entry: {} bytes, never said to be saved",
            "最后一条日志没有写完（{} 字节），从未显示为已保存",
        );
        writeln!(ends.out, "{}", setting.told(cut, &torn.bytes.to_string()))?;
    }
    if let Some(why) = &report.unreadable {
        let unread = words("The working copy cannot be read to its end: {}", "工作副本无法完整读取：{}");
        writeln!(ends.out, "{}", setting.told(unread, why))?;
    }
    if !report.different.is_empty() || report.unreadable.is_some() {
        let count = grouped(report.different.len() as u64);
        let differ = words("{} dossiers are not what the journal tells", "{} 份档案与日志不一致");
        writeln!(ends.out, "{}", setting.told(differ, &count))?;
    }
    if !report.journal_is_whole() {
        writeln!(ends.out, "{}", held_beyond(&report.beyond, setting))?;
    }
    Ok(())
}

fn told_of(damage: &Damage, words: Words, setting: &Setting) -> String {
    let (range, path) = (damage.range(), damage.path.display().to_string());
    words.filled(&[&range, &path, &damage.offset.to_string()], setting.language)
}

/// What the working copy holds that the journal does not tell.
fn held_beyond(beyond: &Beyond, setting: &Setting) -> String {
    if beyond.is_empty() {
        let nothing = words("The working copy holds nothing beyond the journal", "工作副本中没有比日志更多的内容");
        return setting.say(nothing).to_owned();
    }
    let [records, fields, homes] = [beyond.records, beyond.fields, beyond.homes].map(grouped);
    let held = words(
        "The working copy holds more: {} records and {} fields of {} customers and lists",
        "工作副本中有更多内容：{} 条记录、{} 个字段，涉及 {} 位客户和列表",
    );
    held.filled(&[&records, &fields, &homes], setting.language)
}

/// What all of it comes to, and what to do.
const fn conclusion(report: &Report, done: Done) -> Words {
    match done {
        Done::Rebuilt => words("The working copy was made again from the journal", "已根据日志重建工作副本"),
        Done::Salvaged(beyond) if beyond.is_empty() => {
            words("Nothing could be written again; the book goes on from here", "没有可补写的内容，客户库从这里继续")
        }
        Done::Salvaged(beyond) if beyond.left_out > 0 => words(
            "Written again as new entries, but for customers missing since a person was erased; the working copy was kept",
            "已补写为新记录；抹除个人信息之后缺少的客户未补写，工作副本已保留",
        ),
        Done::Salvaged(_) => words(
            "All of it was written again as new entries; who changed it and when is lost for these",
            "已全部补写为新记录；这些内容原来的修改人和时间已丢失",
        ),
        Done::Nothing if report.is_sound() => words("Nothing is wrong", "没有发现问题"),
        Done::Nothing if report.journal_is_whole() => words(
            "Nothing is lost: kehu verify --repair makes it again from the journal",
            "数据没有丢失：运行 kehu verify --repair 可根据日志重建",
        ),
        Done::Nothing if report.ahead.is_some() && !report.beyond.is_empty() => words(
            "The working copy is now the only whole copy: copy the folder first; put the journal back if you have it, or run kehu verify --salvage to write what it lacks as new entries. kehu export all works meanwhile",
            "工作副本现在是唯一完整的一份：请先复制整个文件夹；如有原来的日志请放回，否则运行 kehu verify --salvage 把缺少的内容补写为新记录。期间可用 kehu export all 导出",
        ),
        Done::Nothing if !report.beyond.is_empty() => words(
            "Copy the folder first; then kehu verify --repair writes what the journal lost as new entries",
            "请先复制整个文件夹，再运行 kehu verify --repair 把日志丢失的内容补写为新记录",
        ),
        Done::Nothing => words(
            "What is lost is only in a backup; keep a copy of the folder before anything else. kehu verify --salvage lets the book go on without it",
            "丢失的内容只能从备份中找回，请先复制整个文件夹。运行 kehu verify --salvage 可在缺少这些内容的情况下继续使用",
        ),
    }
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
