//! How the form of a scheme looks: a line a part, beside each rule what it catches, and under a faulty one where and why.

use super::reading::{Part, understood};
use super::{Problem, SchemeForm};
use crate::analysis::grading::Grading;
use crate::book::tiers::rules::Caught;
use crate::book::tiers::schemes::next_version;
use crate::domain::tiers::Method;
use crate::text::figures::grouped;
use crate::text::{Language, words};
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::view::form::filling::{Fill, draw_title, list_hint};
use crate::ui::widget::field::Field;
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

impl Problem {
    /// Lines under the selected one that say it: what, or where and why.
    const fn lines(&self) -> u16 {
        match self {
            Problem::Said(_) => 1,
            Problem::Fault(_) => 2,
        }
    }
}

impl SchemeForm {
    pub(super) fn draw_form(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let mut brush = Brush::new(buffer, area);
        self.draw_title(&mut brush, context);
        let mut problems = Vec::new();
        let grading = self.typed_grading(|place, problem| problems.push((place, problem)));
        let shown = self.shown();
        let here = self.here();
        let label = shown.iter().filter_map(|place| self.lines.get(*place));
        let label = label.map(|line| fit::width(context.say(line.part.words()))).max().unwrap_or(0) as u16;
        let below = if grading.method == Method::Rules { 2 } else { 0 };
        let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2 + below), ..area };
        let told = problems.iter().find(|(place, _)| *place == here).map_or(0, |(_, problem)| problem.lines());
        self.rows.fit(usize::from(body.height.saturating_sub(told)), shown.len());
        let mut brush = Brush::new(buffer, body);
        let (mut y, mut caret, mut rule) = (0, None, 0);
        let seen = self.rows.seen(shown.len());
        for (row, place) in shown.iter().enumerate() {
            let Some(line) = self.lines.get(*place) else { continue };
            let counted = (line.part == Part::Rule && !line.is_empty()).then(|| {
                rule += 1;
                rule - 1
            });
            if !seen.contains(&row) {
                continue;
            }
            let problem = problems.iter().find(|(other, _)| other == place).map(|(_, problem)| problem);
            let hint = match (problem, counted) {
                (Some(_), _) if *place != here => context.say(words("! look here", "! 有误")).to_owned(),
                (Some(_), _) => String::new(),
                (None, Some(rule)) => self.caught_words(rule, context.language),
                (None, None) => self.hint(*place, &grading, context),
            };
            let label_text = self.label(*place, context);
            let field = Field {
                label: &label_text,
                input: &line.typed.input,
                hint: &hint,
                is_wrong: problem.is_some(),
                here: *place == here,
            };
            let at = field.draw(&mut brush, y, label, context.theme);
            y += 1;
            if *place == here {
                caret = Some(at);
                if let Some(problem) = problem {
                    let columns = field.columns(brush.area().width, label);
                    draw_problem(&mut brush, y, label + 4, (problem, &line.typed.input, columns), context);
                    y += problem.lines();
                }
            }
        }
        if below > 0 {
            self.draw_left(&mut Brush::new(buffer, area), context);
        }
        caret
    }

    fn draw_title(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let next = next_version(context.book().standards(), &self.before.name);
        let title = match (self.is_new, context.language) {
            (true, _) => context.say(words("New scheme", "新方案")).to_owned(),
            (false, Language::En) => format!("{} v{}, saved as v{next}", self.before.name, self.before.version),
            (false, Language::Zh) => format!("{} v{}，保存为 v{next}", self.before.name, self.before.version),
        };
        draw_title(brush, &title, self.is_changed(), context);
    }

    /// What a line is called; rules are counted.
    fn label(&self, place: usize, context: &Context<'_>) -> String {
        let Some(line) = self.lines.get(place) else { return String::new() };
        let name = context.say(line.part.words());
        match line.part {
            Part::Rule => format!("{name} {}", place + 1 - Part::ALL.len()),
            _ => name.to_owned(),
        }
    }

    /// What there is to say of a line that is right.
    fn hint(&self, place: usize, grading: &Grading, context: &Context<'_>) -> String {
        let Some(line) = self.lines.get(place) else { return String::new() };
        if line.part == Part::Rule {
            let example = words("tier ← condition, e.g. order_value > 100k", "等级 ← 条件，例如 客单价>10万");
            return context.say(example).to_owned();
        }
        if place == self.here() && !self.options(context).is_empty() {
            return list_hint(context);
        }
        understood(line.part, grading, context.language)
    }

    /// How many a rule catches; more for whom it holds come under a rule before it.
    fn caught_words(&self, rule: usize, language: Language) -> String {
        let caught = self.caught.answer().filter(|caught| caught.asked == self.conditions());
        let Some(caught) = caught else { return "…".to_owned() };
        let Some(Some(Caught { first, holds })) = caught.caught.get(rule).copied() else { return String::new() };
        let (count, all) = (grouped(u64::from(first)), grouped(u64::from(holds)));
        match (language, first == holds) {
            (Language::En, true) => format!("catches {count}"),
            (Language::En, false) => format!("catches {count} of {all}"),
            (Language::Zh, true) => format!("{count} 位客户"),
            (Language::Zh, false) => format!("{count} 位（符合 {all} 位）"),
        }
    }

    /// How the rules work together, and how many none of them catches.
    fn draw_left(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let y = brush.area().height.saturating_sub(1);
        let mut x = 1;
        if let Some(caught) = self.caught.answer().filter(|caught| caught.asked == self.conditions()) {
            let left = words("No rule holds for {}.", "无规则符合：{} 位。");
            let left = left.filled(&[&grouped(u64::from(caught.left))], context.language);
            x = brush.text(x, y, &left, u16::MAX, context.theme.accent) + 1;
        }
        let note = words(
            "The first that holds gives the tier; empty lines are left out.",
            "从上到下，第一条符合的规则决定等级；空行不保存。",
        );
        brush.text(x, y, context.say(note), u16::MAX, context.theme.dim);
    }
}

/// Under a line: where it is wrong, and why. What is missing at its end is a hint while one writes, and no alarm.
fn draw_problem(
    brush: &mut Brush<'_>,
    y: u16,
    x: u16,
    (problem, input, columns): (&Problem, &Input, u16),
    context: &Context<'_>,
) {
    let theme = context.theme;
    match problem {
        Problem::Said(words) => {
            brush.text(x, y, context.say(*words), u16::MAX, theme.dim);
        }
        Problem::Fault(fault) => {
            let text = input.text();
            let (_, about) = fault.pointed(&text);
            let style = if about.is_empty() { theme.dim } else { theme.alarm };
            // The line may be scrolled.
            let (at, wide) = input.stretch(fault.at, fault.length, columns);
            brush.text(x + at, y, &"^".repeat(usize::from(wide)), u16::MAX, style);
            brush.text(x, y + 1, &fault.say(context.language), u16::MAX, style);
        }
    }
}
