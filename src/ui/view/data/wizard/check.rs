//! The fifth step: what would be done, what may be double, and everything that could not be read.

use crate::book::row::RowText;
use crate::desk::import::altered::Altered;
use crate::desk::import::{Counts, Imported};
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::exchange::inspection::{Inspected, refused};
use crate::exchange::intake::{Intake, Problem};
use crate::exchange::likeness::{Evidence, Likeness};
use crate::exchange::reason::Reason;
use crate::text::choices::Said;
use crate::text::figures::grouped;
use crate::text::{Language, words};
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::view::data::wizard::replaced::{draw_altered, whole_altered};
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::style::Style;
use std::collections::BTreeMap;

/// Height from which all that is known of the row selected stands below.
const TALL: u16 = 15;
/// Lines of it.
const WHOLE: u16 = 2;

/// What was read, and what was decided about it.
#[derive(Default)]
pub struct Check {
    /// What was read.
    pub inspected: Inspected,
    /// Which of the likenesses are the same customer.
    same: Vec<bool>,
    /// What would be put in the place of something else.
    altered: Vec<Altered>,
    /// Which row is selected.
    pub rows: Rows,
}

/// A row of the step.
enum Row<'a> {
    Like(&'a Likeness, bool),
    Altered(&'a Altered),
    Problem(&'a Problem),
    Note(&'a Problem),
}

impl Check {
    /// What a reading found.
    pub fn new(inspected: Inspected) -> Check {
        let same = vec![false; inspected.likenesses.len()];
        Check { inspected, same, altered: Vec::new(), rows: Rows::default() }
    }

    /// Takes what a trial found would be replaced.
    pub fn take(&mut self, trial: &Imported) {
        self.altered.clone_from(&trial.altered);
        self.altered.sort_by_key(|one| (one.kind != Kind::Customer, std::cmp::Reverse(one.times)));
    }

    /// Likenesses, what would be replaced, problems, notes: the rows of the step.
    pub fn count(&self) -> usize {
        let Intake { problems, notes, .. } = &self.inspected.intake;
        self.inspected.likenesses.len() + self.altered.len() + problems.len() + notes.len()
    }

    fn row(&self, at: usize) -> Option<Row<'_>> {
        let Intake { problems, notes, .. } = &self.inspected.intake;
        if let Some(like) = self.inspected.likenesses.get(at) {
            return Some(Row::Like(like, self.same.get(at).copied().unwrap_or_default()));
        }
        let at = at.checked_sub(self.inspected.likenesses.len())?;
        if let Some(altered) = self.altered.get(at) {
            return Some(Row::Altered(altered));
        }
        let at = at.checked_sub(self.altered.len())?;
        let note = || at.checked_sub(problems.len()).and_then(|at| notes.get(at)).map(Row::Note);
        problems.get(at).map(Row::Problem).or_else(note)
    }

    /// Says of the likeness selected that it is the same customer, or a new one; true when one was selected.
    pub fn turn(&mut self) -> bool {
        match self.same.get_mut(self.rows.selected) {
            Some(same) => {
                *same = !*same;
                true
            }
            None => false,
        }
    }

    /// Whether the row selected may be a customer of the book.
    pub fn is_on_likeness(&self) -> bool {
        self.rows.selected < self.same.len()
    }

    /// Customers of the files that are one of the book: code, name, which.
    pub fn same(&self) -> Vec<(String, String, Id)> {
        let decided = self.inspected.likenesses.iter().zip(&self.same).filter(|(_, same)| **same);
        decided.map(|(like, _)| (like.code.clone(), like.name.clone(), like.with)).collect()
    }

    /// Draws the counts, then all that is to be looked at.
    pub fn draw(&mut self, brush: &mut Brush<'_>, trial: Option<&Imported>, context: &Context<'_>) {
        let theme = context.theme;
        let area = brush.area();
        let mut y = match trial {
            Some(imported) => {
                let counts = counts_of(imported, &self.inspected.intake);
                let y = draw_counts(brush, 0, &counts, imported, true, context);
                draw_unpriced(brush, y, &self.inspected.intake.problems, context)
            }
            None => {
                brush.text(2, 0, context.say(words("counting…", "正在统计…")), u16::MAX, theme.dim);
                1
            }
        } + 1;
        brush.text(2, y, &self.heading(context.language), u16::MAX, theme.dim);
        y += 1;
        let whole = if area.height >= TALL && self.count() > 0 { self.whole(area.width, context) } else { Vec::new() };
        let height = area.height.saturating_sub(y + if whole.is_empty() { 0 } else { WHOLE + 1 });
        self.rows.fit(usize::from(height), self.count());
        for (y, at) in (y..).zip(self.rows.seen(self.count())) {
            self.draw_row(brush, y, at, context);
            if at == self.rows.selected {
                brush.select_line(y, theme.selected);
            }
        }
        for (y, line) in (area.height.saturating_sub(WHOLE)..).zip(whole.iter().take(usize::from(WHOLE))) {
            brush.text(2, y, line, u16::MAX, Style::new());
        }
    }

    /// All that is known of the row selected, in lines.
    fn whole(&self, width: u16, context: &Context<'_>) -> Vec<String> {
        let text = match self.row(self.rows.selected) {
            Some(Row::Like(like, _)) => whole_likeness(like, context),
            Some(Row::Altered(altered)) => whole_altered(altered, context),
            Some(Row::Problem(problem) | Row::Note(problem)) => self.whole_problem(problem, context.language),
            None => return Vec::new(),
        };
        fit::wrap(&text, usize::from(width.saturating_sub(4)))
    }

    fn whole_problem(&self, problem: &Problem, language: Language) -> String {
        let file = self.inspected.intake.files.get(usize::from(problem.file)).map_or("", |file| file.name.as_str());
        let line = line_words(problem.line, language);
        let reason = problem.reason.say(language);
        let parts = [file, &line, &problem.column, &problem.value, &reason];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    fn heading(&self, language: Language) -> String {
        let Intake { problems, notes, .. } = &self.inspected.intake;
        let (likes, problems, notes) = (self.inspected.likenesses.len(), problems.len(), notes.len());
        let [likes, problems, notes] = [likes, problems, notes].map(|count| grouped(count as u64));
        let values = self.altered.iter().map(|one| one.times).sum();
        let replaced = match (values, language) {
            (0, _) => String::new(),
            (values, Language::En) => format!("values replaced: {} · ", grouped(values)),
            (values, Language::Zh) => format!("覆盖已有内容 {} 处 · ", grouped(values)),
        };
        match language {
            _ if self.count() == 0 => words("No problems.", "没有问题。").say(language).to_owned(),
            Language::En => format!("{replaced}maybe double: {likes} · problems: {problems} · notes: {notes}"),
            Language::Zh => format!("{replaced}疑似重复 {likes} · 问题 {problems} · 说明 {notes}"),
        }
    }

    fn draw_row(&self, brush: &mut Brush<'_>, y: u16, at: usize, context: &Context<'_>) {
        match self.row(at) {
            Some(Row::Like(like, same)) => draw_likeness(brush, y, like, same, context),
            Some(Row::Altered(altered)) => draw_altered(brush, y, altered, context),
            Some(Row::Problem(problem)) => draw_problem(brush, y, problem, "!", &self.inspected.intake, context),
            Some(Row::Note(note)) => draw_problem(brush, y, note, " ", &self.inspected.intake, context),
            None => {}
        }
    }

    /// The place of the row selected, for the foot.
    pub fn foot(&self) -> String {
        match self.count() {
            0 => String::new(),
            count => format!("{}/{}", grouped(self.rows.selected as u64 + 1), grouped(count as u64)),
        }
    }
}

fn line_words(line: u32, language: Language) -> String {
    match (line, language) {
        (0, _) => String::new(),
        (line, Language::En) => format!("line {line}"),
        (line, Language::Zh) => format!("第 {line} 行"),
    }
}

fn evidence_words(evidence: &Evidence, language: Language) -> String {
    match (evidence, language) {
        (Evidence::Phone(phone), Language::En) => format!("same phone {phone}"),
        (Evidence::Phone(phone), Language::Zh) => format!("电话相同 {phone}"),
        (Evidence::Name, _) => {
            words("same name but for the legal form", "去掉“有限公司”等后名称相同").say(language).to_owned()
        }
    }
}

/// A likeness in a sentence, with the code and phone of the customer it is like.
fn whole_likeness(like: &Likeness, context: &Context<'_>) -> String {
    let row = context.book().row_of(like.with);
    let text = |text: RowText| row.map_or("", |row| row.text(text));
    let line = line_words(like.line, context.language);
    let evidence = evidence_words(&like.evidence, context.language);
    let parts = [
        &line,
        like.name.as_str(),
        &like.code,
        "?=",
        text(RowText::Name),
        text(RowText::Code),
        text(RowText::Phone),
        &evidence,
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
}

fn draw_likeness(brush: &mut Brush<'_>, y: u16, like: &Likeness, same: bool, context: &Context<'_>) {
    let theme = context.theme;
    let language = context.language;
    let name = context.book().row_of(like.with).map_or("", |row| row.name());
    let (line, evidence) = (line_words(like.line, language), evidence_words(&like.evidence, language));
    let decided = match (same, language) {
        (true, Language::En) => format!("= {name}"),
        (true, Language::Zh) => format!("＝ {name}"),
        (false, Language::En) => format!("new, or {name}?"),
        (false, Language::Zh) => format!("新客户；或与“{name}”同一家？"),
    };
    brush.text(0, y, if same { "=" } else { "?" }, 1, theme.accent);
    brush.text(2, y, &line, 10, theme.dim);
    let shown = if like.name.is_empty() { &like.code } else { &like.name };
    let x = brush.text(13, y, shown, 24, theme.strong) + 2;
    let x = brush.text(x, y, &decided, 44, if same { theme.good } else { Style::new() }) + 2;
    brush.text(x, y, &evidence, u16::MAX, theme.dim);
}

fn draw_problem(brush: &mut Brush<'_>, y: u16, problem: &Problem, sign: &str, intake: &Intake, context: &Context<'_>) {
    let theme = context.theme;
    let place = line_words(problem.line, context.language);
    brush.text(0, y, sign, 1, theme.alarm);
    let mut x = 2;
    if intake.files.len() > 1 {
        let name = intake.files.get(usize::from(problem.file)).map_or("", |file| file.name.as_str());
        brush.text(x, y, name, 16, theme.dim);
        x += 17;
    }
    brush.text(x, y, &place, 10, theme.dim);
    brush.text(x + 11, y, &problem.column, 16, Style::new());
    brush.text(x + 28, y, &problem.value, 18, theme.strong);
    let mut reason = problem.reason.say(context.language);
    if !problem.kept && !problem.column.is_empty() && sign == "!" {
        reason.push_str(context.say(words(" (row not taken)", "（整行未导入）")));
    }
    brush.text(x + 48, y, &reason, u16::MAX, Style::new());
}

/// What became of the rows of each kind, those the reading did not hand on included.
pub fn counts_of(imported: &Imported, intake: &Intake) -> BTreeMap<Kind, Counts> {
    let mut counts = imported.counts.clone();
    for (kind, rows) in refused(&intake.files, &intake.problems) {
        counts.entry(kind).or_default().refused += rows;
    }
    counts.retain(|kind, _| *kind != Kind::Mapping);
    counts
}

/// Says how many orders lack an amount that could not be read; gives the line below.
pub fn draw_unpriced(brush: &mut Brush<'_>, y: u16, problems: &[Problem], context: &Context<'_>) -> u16 {
    let count = problems.iter().filter(|problem| problem.reason == Reason::AmountUnread).count();
    if count == 0 {
        return y;
    }
    let count = grouped(count as u64);
    let said = match context.language {
        Language::En => format!("! rows of orders whose amount cannot be read: {count}; taken without it"),
        Language::Zh => format!("! 订单中有 {count} 行金额读不出来，导入后缺这几笔金额"),
    };
    brush.text(2, y, &said, u16::MAX, context.theme.alarm);
    y + 1
}

/// Draws the counts; gives the line below them.
pub fn draw_counts(
    brush: &mut Brush<'_>,
    y: u16,
    counts: &BTreeMap<Kind, Counts>,
    imported: &Imported,
    would: bool,
    context: &Context<'_>,
) -> u16 {
    let theme = context.theme;
    let heads = match would {
        true => [
            words("would be new", "将新增"),
            words("changed", "将更新"),
            words("as before", "不变"),
            words("refused", "不收"),
        ],
        false => [words("new", "新增"), words("changed", "更新"), words("as before", "未变"), words("refused", "拒收")],
    };
    let ends = [30, 44, 58, 72];
    for (head, end) in heads.iter().zip(ends) {
        brush.text_left_of(end, y, context.say(*head), 13, theme.dim);
    }
    let mut y = y + 1;
    for (kind, counted) in counts {
        let Counts { created, updated, unchanged, refused } = *counted;
        brush.text(2, y, context.say(kind.words()), 16, Style::new());
        for (count, end) in [created, updated, unchanged, refused].into_iter().zip(ends) {
            let style = match (count, end) {
                (0, _) => theme.dim,
                (_, 72) => theme.alarm,
                _ => theme.strong,
            };
            brush.text_left_of(end, y, &grouped(count), 13, style);
        }
        y += 1;
    }
    if counts.is_empty() {
        brush.text(
            2,
            y,
            context.say(words("nothing to import in these files", "文件里没有可导入的内容")),
            u16::MAX,
            theme.alarm,
        );
        y += 1;
    }
    if !imported.new_stages.is_empty() {
        let stages = imported.new_stages.join(context.say(words(", ", "、")));
        let pattern = words("new stages, added as open: {}", "新阶段，按进行中添加：{}");
        brush.text(2, y, &pattern.filled(&[&stages], context.language), u16::MAX, theme.dim);
        y += 1;
    }
    y
}
