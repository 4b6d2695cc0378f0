//! `kehu undo` and `kehu redo`.

use crate::cli::Ends;
use crate::cli::fail::{DONE, Fail};
use crate::cli::output::{shown_or_null, write_json};
use crate::cli::seat::Seat;
use crate::cli::setting::Setting;
use crate::desk::Done;
use crate::desk::history::{summary, told_of};
use crate::store::entry::Head;
use crate::text::{Words, words};
use serde_json::json;

pub(super) fn undo(setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let mut desk = setting.open(ends)?;
    let (done, head) = desk.undo(setting.now).map_err(|trouble| setting.fail(&desk, &trouble))?;
    tell(desk, done, head, words("Undone: {}", "已撤销：{}"), setting, ends)
}

pub(super) fn redo(setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let mut desk = setting.open(ends)?;
    let (done, head) = desk.redo(setting.now).map_err(|trouble| setting.fail(&desk, &trouble))?;
    tell(desk, done, head, words("Done again: {}", "已重做：{}"), setting, ends)
}

fn tell(
    desk: Seat<'_>,
    done: Done,
    head: Head,
    said: Words,
    setting: &Setting,
    ends: &mut Ends<'_>,
) -> Result<u8, Fail> {
    let failed = |error| Fail::of_store(&error, setting.language);
    let (of, group) = (head.seq, head.group);
    let told = told_of(&desk, head).map_err(failed)?;
    let summary = summary(&desk, &told, setting.language);
    let written = if setting.json {
        let answer = json!({ "seq": done.seq, "changes": done.changes, "of": of, "group": shown_or_null(group),
            "summary": summary });
        write_json(ends.out, &answer)
    } else {
        writeln!(ends.out, "{}", setting.told(said, &summary))
    };
    Fail::after_saving(written, ends.out)?;
    setting.close(desk, ends);
    Ok(DONE)
}
