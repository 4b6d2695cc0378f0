//! What became of an import, told in full.

use crate::cli::Ends;
use crate::cli::output::{self, Table};
use crate::cli::setting::Setting;
use crate::desk::history::value_text;
use crate::desk::import::altered::{Altered, Sample};
use crate::desk::import::{Counts, Imported};
use crate::domain::record::Kind;
use crate::exchange::inspection::refused;
use crate::exchange::intake::KINDS;
use crate::exchange::intake::{FileRead, Intake, Problem};
use crate::text::choices::Said;
use crate::text::figures::grouped;
use crate::text::{Language, Words, words};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io;

/// Problems shown as text; JSON has them all.
const SHOWN: usize = 100;
/// Notes shown as text.
const NOTES: usize = 20;

/// A kind in the plural, as it is called in reports and on the command line.
pub(super) fn plural(kind: Kind) -> String {
    match kind {
        Kind::Feedback => "feedback".to_owned(),
        Kind::Strategy => "strategies".to_owned(),
        other => format!("{}s", other.key()),
    }
}

/// All that is told of the reading.
pub(super) struct Told {
    files: Vec<FileRead>,
    problems: Vec<Problem>,
    notes: Vec<Problem>,
    dry_run: bool,
    mapped: usize,
}

impl Told {
    /// Takes what is to be told out of `intake`.
    pub(super) fn of(intake: &mut Intake, dry_run: bool, mapped: usize) -> Told {
        let (problems, notes) = (std::mem::take(&mut intake.problems), std::mem::take(&mut intake.notes));
        Told { files: intake.files.clone(), problems, notes, dry_run, mapped }
    }

    /// Whether everything was taken as it stood.
    pub(super) fn is_whole(&self, imported: &Imported) -> bool {
        self.problems.is_empty() && imported.counts.values().all(|counts| counts.refused == 0)
    }

    fn file(&self, problem: &Problem) -> &str {
        self.files.get(usize::from(problem.file)).map_or("", |file| file.name.as_str())
    }

    /// What became of the rows, those the reader did not even hand on included.
    fn counts(&self, imported: &Imported) -> BTreeMap<Kind, Counts> {
        let mut counts = imported.counts.clone();
        for (kind, rows) in refused(&self.files, &self.problems) {
            counts.entry(kind).or_default().refused += rows;
        }
        counts
    }

    pub(super) fn write_json(&self, imported: &Imported, setting: &Setting, ends: &mut Ends<'_>) -> io::Result<()> {
        let counts = self.counts(imported);
        let count = |of: fn(&Counts) -> u64| {
            let known = |kind: &Kind| counts.get(kind).map_or(0, of);
            let more = counts.keys().filter(|kind| !KINDS.contains(kind) && **kind != Kind::Mapping);
            let all = KINDS.iter().chain(more).map(|kind| (plural(*kind), Value::from(known(kind))));
            Value::Object(all.collect::<Map<_, _>>())
        };
        let problem = |problem: &Problem| {
            let Problem { line, column, value, reason, kept, .. } = problem;
            let reason = reason.say(setting.language);
            json!({ "file": self.file(problem), "line": line, "column": output::text_or_null(column),
                "value": value, "reason": reason, "kept": kept })
        };
        let columns = |file: &FileRead| {
            let pair =
                |(field, column): &(String, String)| json!({ "column": column, "field": output::text_or_null(field) });
            file.columns.iter().map(pair).collect::<Vec<_>>()
        };
        let file = |file: &FileRead| {
            json!({ "file": file.name, "kind": file.kind.map(plural), "header_line": file.header_line,
                "rows": file.rows, "blank": file.blank, "passed_over": file.passed, "columns": columns(file) })
        };
        let answer = json!({
            "created": count(|counts| counts.created),
            "updated": count(|counts| counts.updated),
            "unchanged": count(|counts| counts.unchanged),
            "refused": count(|counts| counts.refused),
            "problems": self.problems.iter().map(problem).collect::<Vec<_>>(),
            "notes": self.notes.iter().map(problem).collect::<Vec<_>>(),
            "replaced": imported.altered.iter().map(|one| replaced(one, setting.language)).collect::<Vec<_>>(),
            "new_stages": imported.new_stages,
            "files": self.files.iter().map(file).collect::<Vec<_>>(),
            "dry_run": self.dry_run,
            "group": output::shown_or_null(imported.group),
        });
        output::write_json(ends.out, &answer)
    }

    pub(super) fn write_text(&self, imported: &Imported, setting: &Setting, ends: &mut Ends<'_>) -> io::Result<()> {
        if self.dry_run {
            writeln!(
                ends.out,
                "{}",
                setting.say(words("A trial: nothing was written.", "试运行：没有写入任何内容。"))
            )?;
        }
        let heads = [
            words("kind", "类别"),
            words("created", "新增"),
            words("updated", "更新"),
            words("unchanged", "未变"),
            words("refused", "拒收"),
        ];
        let mut table = Table::new(heads.iter().enumerate().map(|(at, head)| (setting.say(*head), at > 0)));
        for (kind, counts) in self.counts(imported).iter().filter(|(kind, _)| **kind != Kind::Mapping) {
            let Counts { created, updated, unchanged, refused } = *counts;
            let name = kind.words().say(setting.language).to_owned();
            table.row([name].into_iter().chain([created, updated, unchanged, refused].map(grouped)));
        }
        table.write(ends.out)?;
        if !imported.altered.is_empty() {
            let one = |one: &Altered| format!("{} {}", one.called(setting.language), grouped(one.times));
            let all: Vec<String> = imported.altered.iter().map(one).collect();
            let pattern = words("\nput in the place of other values: {}", "\n覆盖已有内容：{}");
            writeln!(ends.out, "{}", setting.told(pattern, &all.join(setting.say(words(", ", "、")))))?;
        }
        self.write_lines(&self.problems, SHOWN, words("problems", "问题"), setting, ends)?;
        self.write_lines(&self.notes, NOTES, words("notes", "说明"), setting, ends)?;
        if self.mapped > 0 {
            let pattern = words("\n{} columns read as the last time.", "\n{} 列按上次的对应读取。");
            writeln!(ends.out, "{}", setting.told(pattern, &self.mapped.to_string()))?;
        }
        if !imported.new_stages.is_empty() {
            let pattern = words("\nnew stages, added as open: {}", "\n新阶段，已按进行中添加：{}");
            writeln!(ends.out, "{}", setting.told(pattern, &imported.new_stages.join(", ")))?;
        }
        if imported.group.is_some() {
            writeln!(
                ends.out,
                "\n{}",
                setting.say(words("kehu undo takes all of it back.", "运行 kehu undo 可整批撤销。"))
            )?;
        }
        Ok(())
    }

    fn write_lines(
        &self,
        problems: &[Problem],
        most: usize,
        title: Words,
        setting: &Setting,
        ends: &mut Ends<'_>,
    ) -> io::Result<()> {
        if problems.is_empty() {
            return Ok(());
        }
        writeln!(ends.out, "\n{} {}", setting.say(title), grouped(problems.len() as u64))?;
        let heads = [
            words("file", "文件"),
            words("line", "行"),
            words("column", "列"),
            words("value", "内容"),
            words("reason", "原因"),
        ];
        let mut table = Table::new(heads.iter().enumerate().map(|(at, head)| (setting.say(*head), at == 1)));
        for problem in problems.iter().take(most) {
            let reason = problem.reason.say(setting.language);
            let kept = if problem.kept || problem.column.is_empty() {
                ""
            } else {
                setting.say(words(" (row not taken)", "（整行未导入）"))
            };
            let line = problem.line.to_string();
            let cells = [self.file(problem).to_owned(), line, problem.column.clone(), problem.value.clone()];
            table.row(cells.into_iter().chain([format!("{reason}{kept}")]));
        }
        table.write(ends.out)?;
        if problems.len() > most {
            let pattern = words("… and {} more; --json tells them all", "…… 另有 {} 条，--json 可查看全部");
            writeln!(ends.out, "{}", setting.told(pattern, &(problems.len() - most).to_string()))?;
        }
        Ok(())
    }
}

/// A field in which something else was put, with how often and the first values.
fn replaced(altered: &Altered, language: Language) -> Value {
    let stored = altered.kind.fields().iter().find(|(number, _)| *number == altered.field).map(|(_, name)| *name);
    let sample = |sample: &Sample| json!({ "before": value_text(&sample.before), "after": value_text(&sample.after) });
    json!({ "kind": plural(altered.kind), "field": stored, "called": altered.called(language),
        "count": altered.times, "samples": altered.samples.iter().map(sample).collect::<Vec<_>>() })
}
