//! `kehu history`: the journal told.

use crate::cli::Ends;
use crate::cli::args::History;
use crate::cli::fail::{DONE, Fail};
use crate::cli::output::{shown_or_null, write_json_list};
use crate::cli::setting::Setting;
use crate::cli::value::Telling;
use crate::cli::who::find_one;
use crate::desk::history::Told;
use crate::desk::history::{history, summary};
use crate::store::entry::{Cause, Target};
use crate::text::words;
use crate::ui::fit;
use serde_json::{Value, json};

/// Changes told of an entry as text.
const SHOWN: usize = 8;

pub(super) fn run(args: &History, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let desk = setting.open(ends)?;
    let query = args.query.join(" ");
    let customer = if query.is_empty() { None } else { Some(find_one(desk.book(), &query, setting, ends)?) };
    let entries = history(&desk, customer, args.limit).map_err(|error| Fail::of_store(&error, setting.language))?;
    let telling = Telling::new(&desk, setting.language);
    if setting.json {
        let entry = |told: &Told| to_json(told, &summary(&desk, told, setting.language), &telling);
        write_json_list(ends.out, entries.iter().map(entry))?;
    } else {
        for told in &entries {
            let at = told.head.at.local().format("%Y-%m-%d %H:%M");
            let summary = fit::fit(&summary(&desk, told, setting.language), 100);
            writeln!(ends.out, "#{:<6} {at}  {}  {summary}", told.head.seq, fit::pad_right(&told.head.by, 10))?;
            let lines: Vec<String> = told.changes.iter().filter_map(|change| telling.line(change)).collect();
            for line in lines.iter().take(SHOWN) {
                writeln!(ends.out, "        {}", fit::fit(line, 110))?;
            }
            if lines.len() > SHOWN {
                let more = words("… and {} more", "……另有 {} 处");
                writeln!(ends.out, "        {}", setting.told(more, &(lines.len() - SHOWN).to_string()))?;
            }
        }
    }
    setting.close(desk, ends);
    Ok(DONE)
}

fn to_json(told: &Told, summary: &str, telling: &Telling<'_>) -> Value {
    let head = &told.head;
    let (cause, of) = match &head.cause {
        Cause::Found => ("found", None),
        Cause::Do => ("do", None),
        Cause::Undo(target) => ("undo", Some(target)),
        Cause::Redo(target) => ("redo", Some(target)),
        Cause::Import(_) => ("import", None),
        Cause::GroupEnd => ("group_end", None),
        Cause::Restore => ("restore", None),
        Cause::Erase => ("erase", None),
        Cause::Salvage => ("salvage", None),
        Cause::Merge => ("merge", None),
        Cause::Unmerge => ("unmerge", None),
        Cause::Handover => ("handover", None),
        Cause::Reveal => ("reveal", None),
        Cause::Pulled => ("pulled", None),
    };
    let of = of.map(|target| match target {
        Target::Entry(seq) => Value::from(*seq),
        Target::Group(group) => Value::from(group.to_string()),
    });
    json!({
        "seq": head.seq,
        "at": head.at.to_string(),
        "by": head.by,
        "cause": cause,
        "of": of,
        "group": shown_or_null(head.group),
        "summary": summary,
        "count": head.count,
        "changes": told.changes.iter().map(|change| telling.json(change)).collect::<Vec<_>>(),
    })
}
