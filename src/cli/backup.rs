//! `kehu backup`, `kehu restore` and `kehu verify FILE`: the book in one file, and back.

use crate::cli::Ends;
use crate::cli::args::{Backup, Restore};
use crate::cli::fail::{DAMAGED, DONE, Fail};
use crate::cli::output::{shown_or_null, text_or_null, write_json};
use crate::cli::progress::Progress;
use crate::cli::setting::Setting;
use crate::desk;
use crate::store::backup::contents::{Contents, Stamp};
use crate::store::backup::error::BackupError;
use crate::store::backup::read::{check, header_of};
use crate::store::codec::format_of;
use crate::text::figures::grouped;
use crate::text::{Language, words};
use crate::ui::fit;
use crate::ui::widget::path::size_shown;
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// `kehu backup FILE`.
pub(super) fn make(args: &Backup, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let desk = setting.open(ends)?;
    let packing = words("backing up: {} %", "正在备份：{} %");
    let mut progress = Progress::new(ends.err, setting.watched, packing, setting.language);
    let stamp = Stamp { device: setting.opening().device, made_at: setting.now };
    let made = desk::backup::make(&desk, &args.file, &stamp, args.force, &mut |done, of| progress.tell(done, of));
    drop(progress);
    let contents = made.map_err(|error| failed(error, setting))?;
    let (customers, same_disk) = (desk.book().len(), are_on_one_disk(desk.store().folder(), &args.file));
    setting.close(desk, ends);
    let bytes = fs::metadata(&args.file).map_or(0, |file| file.len());
    if setting.json {
        let mut document = json_of(&contents);
        document["file"] = args.file.display().to_string().into();
        document["bytes"] = bytes.into();
        document["customers"] = customers.into();
        document["same_disk"] = same_disk.into();
        document["verified"] = true.into();
        write_json(ends.out, &document)?;
        return Ok(DONE);
    }
    let saved = words("Saved, verified: {}", "已备份并核对：{}");
    writeln!(ends.out, "{}", setting.told(saved, &shown(&args.file)))?;
    writeln!(ends.out, "  {}", held(&contents, Some(customers), bytes, setting.language))?;
    if same_disk {
        let note = words(
            "It is on the same disk as the book: keep a copy on another",
            "备份与客户簿在同一块磁盘上，请另存一份到别的磁盘",
        );
        writeln!(ends.out, "  {}", setting.say(note))?;
    }
    Ok(DONE)
}

/// `kehu restore FILE --as DIR`.
pub(super) fn restore(args: &Restore, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    if setting.read_only {
        let what =
            words("restoring writes a book, and --read-only writes nothing", "恢复会写入，不能与 --read-only 同用");
        return Err(Fail::usage(setting.say(what)));
    }
    let unpacking = words("restoring: {} %", "正在恢复：{} %");
    let mut progress = Progress::new(ends.err, setting.watched, unpacking, setting.language);
    let restored =
        desk::backup::restore(&args.file, &args.folder, setting.opening(), &mut |done, of| progress.tell(done, of));
    drop(progress);
    let restored = restored.map_err(|error| failed(error, setting))?;
    if setting.json {
        let mut document = json_of(&restored.contents);
        document["folder"] = restored.folder.display().to_string().into();
        document["customers"] = restored.customers.into();
        document["undone_imports"] = restored.undone.into();
        write_json(ends.out, &document)?;
        return Ok(DONE);
    }
    let folder = shown(&restored.folder);
    writeln!(ends.out, "{}", setting.told(words("Restored and checked: {}", "已恢复并核对：{}"), &folder))?;
    let bytes = fs::metadata(&args.file).map_or(0, |file| file.len());
    writeln!(ends.out, "  {}", held(&restored.contents, Some(restored.customers), bytes, setting.language))?;
    if restored.undone > 0 {
        let undone = words(
            "An import was under way when the backup was made; it was undone",
            "备份时有一次导入没有完成，已撤销",
        );
        writeln!(ends.out, "  {}", setting.say(undone))?;
    }
    writeln!(ends.out, "  {}", setting.told(words("Open it: kehu --book {}", "打开：kehu --book {}"), &folder))?;
    Ok(DONE)
}

/// `kehu verify FILE`: whether a backup is whole.
pub(super) fn verify(file: &Path, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let reading = words("checking the backup: {} %", "正在核对备份：{} %");
    let mut progress = Progress::new(ends.err, setting.watched, reading, setting.language);
    let checked = header_of(file).and_then(|header| {
        let mut done = 0;
        check(file, &mut |more| {
            done += more;
            progress.tell(done, header.journal_bytes);
        })
    });
    drop(progress);
    let bytes = fs::metadata(file).map_or(0, |file| file.len());
    match checked {
        Ok(contents) if setting.json => {
            let mut document = json_of(&contents);
            document["sound"] = true.into();
            document["bytes"] = bytes.into();
            write_json(ends.out, &document)?;
            Ok(DONE)
        }
        Ok(contents) => {
            writeln!(ends.out, "{}", setting.told(words("The backup is whole: {}", "备份完好：{}"), &shown(file)))?;
            writeln!(ends.out, "  {}", held(&contents, None, bytes, setting.language))?;
            Ok(DONE)
        }
        Err(error) if setting.json && error.exit_status() == DAMAGED => {
            write_json(ends.out, &fault_json(&error, setting.language))?;
            Ok(DAMAGED)
        }
        Err(error) => Err(failed(error, setting)),
    }
}

fn failed(error: BackupError, setting: &Setting) -> Fail {
    match error {
        BackupError::Store(error) => Fail::of_store(&error, setting.language),
        error => Fail::new(error.exit_status(), error.say(setting.language))
            .hinted(error.hint(setting.language).unwrap_or_default()),
    }
}

fn fault_json(error: &BackupError, language: Language) -> Value {
    let (within, offset) = match error {
        BackupError::Spoiled { within, offset, .. } => (within.clone(), Some(*offset)),
        _ => (None, None),
    };
    json!({ "sound": false, "problem": error.say(language), "within": within, "offset": offset })
}

fn json_of(contents: &Contents) -> Value {
    let Contents { header, segments, drafts, last } = contents;
    json!({
        "book": header.book.to_string(),
        "format": format_of(header.format),
        "device": text_or_null(&header.stamp.device),
        "made_at": header.stamp.made_at.to_string(),
        "entries": header.entries,
        "unreadable": header.unreadable(),
        "segments": segments,
        "journal_bytes": header.journal_bytes,
        "drafts": drafts,
        "last_at": shown_or_null(last.as_ref().map(|last| last.at)),
        "last_by": last.as_ref().map_or(Value::Null, |last| text_or_null(&last.by)),
    })
}

/// What a backup holds, in a line; customers where they were counted.
fn held(contents: &Contents, customers: Option<usize>, bytes: u64, language: Language) -> String {
    let (entries, drafts) = (grouped(contents.header.entries), u64::from(contents.drafts));
    let customers = customers.map(|count| grouped(count as u64));
    let size = size_shown(bytes);
    let last = contents.last.clone().unwrap_or_default();
    let (day, by) = (last.at.day(), fit::clean(&last.by).into_owned());
    let day_made = contents.header.stamp.made_at.day();
    let unreadable = match (contents.header.unreadable(), language) {
        (0, _) => String::new(),
        (count, Language::En) => format!(" ({count} places unreadable, written again behind them)"),
        (count, Language::Zh) => format!("（{count} 处无法读取，已在其后补写）"),
    };
    match language {
        Language::En => {
            let customers = customers.map_or(String::new(), |count| format!(", {count} customers"));
            let drafts = if drafts == 0 { String::new() } else { format!(", {drafts} drafts") };
            format!(
                "made {day_made}; {entries} entries{unreadable}{customers}{drafts}, {size}; last entry {day} by {by}"
            )
        }
        Language::Zh => {
            let customers = customers.map_or(String::new(), |count| format!("，客户 {count} 位"));
            let drafts = if drafts == 0 { String::new() } else { format!("，草稿 {drafts} 份") };
            format!("备份于 {day_made}；记录 {entries} 条{unreadable}{customers}{drafts}，{size}；最后一条：{day} {by}")
        }
    }
}

fn shown(path: &Path) -> String {
    fit::clean(&path.display().to_string()).into_owned()
}

fn are_on_one_disk(book: &Path, file: &Path) -> bool {
    let disk = |path: &Path| fs::metadata(path).ok().map(|found| found.dev());
    disk(book).is_some_and(|book| disk(file) == Some(book))
}
