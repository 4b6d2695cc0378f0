//! The form of a way of grading: every part a line, its rules below with what each catches; saved as the next version.

mod drawing;
pub mod reading;

use crate::analysis::grading::{AsOf, Grading, Rule};
use crate::book::command::Command;
use crate::book::tiers::rules::{Catch, catch};
use crate::book::tiers::say::as_of_words;
use crate::book::tiers::schemes::{next_version, offered};
use crate::desk::gathering::know_what_rules_ask;
use crate::domain::tiers::Method;
use crate::query::filter::{Fault, Filter};
use crate::text::choices::Said;
use crate::text::{Language, Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::choosing::Choice;
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Notice};
use crate::ui::job::{Done, Work};
use crate::ui::pending::Pending;
use crate::ui::view::form::filling::{Fill, Typed};
use crate::ui::view::tiers::asking::WINDOWS;
use crate::ui::view::{Draft, View, prompt};
use crate::ui::widget::input::Input;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use reading::{HIGHS, Part, high_words, method_called, rule_of, rule_text, take, with_rules, written};

const SAVED: Words = words("Scheme saved; undo takes it back", "方案已保存，可撤销");
const TAKEN: Words = words("another scheme has this name", "已有同名方案，请换个名称");
const NO_TIER: Words = words("write the tier first: high value ← order_value > 100k", "先写等级：高价值 ← 客单价>10万");
const NO_RULE: Words = words("at least one rule is needed", "至少需要一条规则");

/// One line of the form.
struct Line {
    part: Part,
    typed: Typed,
    /// The rule that the line was made of.
    rule: Option<Rule>,
}

impl Line {
    fn new(part: Part, kept: String) -> Line {
        Line { part, typed: Typed::new(kept), rule: None }
    }

    /// The line of a rule; one line more waits empty for the next.
    fn of_rule(rule: Option<&Rule>, language: Language) -> Line {
        let kept = rule.map_or_else(String::new, |rule| rule_text(rule, language));
        Line { rule: rule.cloned(), ..Line::new(Part::Rule, kept) }
    }

    /// The rule it says. What was not touched stays as it was written, in whichever language.
    fn read_rule(&self) -> Result<Rule, Problem> {
        match &self.rule {
            Some(rule) if !self.typed.is_changed() => Ok(rule.clone()),
            _ => rule_in(&self.typed.text()),
        }
    }

    fn is_empty(&self) -> bool {
        self.typed.text().trim().is_empty()
    }
}

/// Why a line cannot be taken.
enum Problem {
    /// What is to stand there.
    Said(Words),
    /// Where the condition of a rule cannot be read, counted in the whole line.
    Fault(Fault),
}

/// The form of a scheme, with what its rules catch.
pub struct SchemeForm {
    /// The scheme as it was opened.
    before: Grading,
    /// A copy that has no name yet.
    is_new: bool,
    lines: Vec<Line>,
    rows: Rows,
    /// What rules catch, counted beside the screen.
    caught: Pending<Vec<String>, Catch>,
    choice: Choice<String>,
}

impl SchemeForm {
    /// The form of a scheme; of one without a name a copy is made.
    pub fn new(before: Grading, context: &Context<'_>) -> SchemeForm {
        let language = context.language;
        let parts = Part::ALL.iter().map(|part| Line::new(*part, written(*part, &before, language)));
        let rules = before.rules.iter().map(Some).chain([None]).map(|rule| Line::of_rule(rule, language));
        let lines = parts.chain(rules).collect();
        let is_new = before.name.is_empty();
        SchemeForm {
            before,
            is_new,
            lines,
            rows: Rows::default(),
            caught: Pending::default(),
            choice: Choice::default(),
        }
    }

    /// The method as the form has it now.
    fn method(&self) -> Method {
        let line = self.lines.iter().find(|line| line.part == Part::Method);
        line.and_then(|line| method_called(line.typed.text().trim())).unwrap_or(self.before.method)
    }

    /// The places of the lines that the method asks for.
    fn shown(&self) -> Vec<usize> {
        let method = self.method();
        let lines = self.lines.iter().enumerate();
        lines.filter(|(_, line)| line.part.is_asked(method)).map(|(place, _)| place).collect()
    }

    /// The place of the line that has the keys.
    fn here(&self) -> usize {
        self.shown().get(self.rows.selected).copied().unwrap_or(0)
    }

    fn line(&self) -> Option<&Line> {
        self.lines.get(self.here())
    }

    fn line_mut(&mut self) -> Option<&mut Line> {
        let here = self.here();
        self.lines.get_mut(here)
    }

    /// The conditions of the rules typed so far; lines left empty are no rules.
    fn conditions(&self) -> Vec<String> {
        let rules = self.lines.iter().filter(|line| line.part == Part::Rule && !line.is_empty());
        rules.map(|line| rule_of(&line.typed.text()).0.when).collect()
    }

    /// The window as it stands, or as it was while it cannot be read.
    fn months(&self) -> Option<u32> {
        self.typed_grading(|_, _| {}).months
    }

    /// The scheme as typed, each line that cannot be taken told of; what it asks for then stays as it was.
    fn typed_grading(&self, mut wrong: impl FnMut(usize, Problem)) -> Grading {
        let method = self.method();
        let mut grading = self.before.clone();
        let mut rules = Vec::new();
        for (place, line) in self.lines.iter().enumerate().filter(|(_, line)| line.part.is_asked(method)) {
            let text = line.typed.text();
            match line.part {
                Part::Rule if line.is_empty() => {}
                Part::Rule => match line.read_rule() {
                    Ok(rule) => rules.push(rule),
                    Err(problem) => wrong(place, problem),
                },
                part => {
                    if let Err(what) = take(part, &text, &mut grading) {
                        wrong(place, Problem::Said(what));
                    }
                }
            }
        }
        grading.method = method;
        if method == Method::Rules { with_rules(grading, rules) } else { Grading { rules, ..grading } }
    }

    /// The scheme, or the first line that cannot be taken.
    fn read(&self, context: &Context<'_>) -> Result<Grading, (usize, Problem)> {
        let mut first = None;
        let grading = self.typed_grading(|place, problem| {
            first.get_or_insert((place, problem));
        });
        let others = || offered(context.book().standards()).into_iter().filter(|other| other.name != self.before.name);
        if first.is_none() && others().any(|other| other.name == grading.name) {
            first = Some((0, Problem::Said(TAKEN)));
        }
        if first.is_none() && grading.method == Method::Rules && grading.rules.is_empty() {
            first = Some((self.lines.len() - 1, Problem::Said(NO_RULE)));
        }
        first.map_or(Ok(grading), Err)
    }

    /// Moves the rule that has the keys before or behind its neighbour.
    fn reorder(&mut self, by: isize) -> Effect {
        let here = self.here();
        let there = here.saturating_add_signed(by);
        let are_rules = [here, there].iter().all(|place| {
            let rule = self.lines.get(*place).filter(|line| line.part == Part::Rule);
            rule.is_some_and(|line| !line.is_empty())
        });
        if !are_rules {
            return Effect::Unknown;
        }
        self.lines.swap(here, there);
        self.go(by);
        Effect::None
    }

    /// Behind the last rule an empty line waits for one more, and only one.
    fn keep_a_free_line(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(Line::of_rule(None, Language::En));
        }
        let is_empty = |line: Option<&Line>| line.is_some_and(|line| line.part == Part::Rule && line.is_empty());
        while is_empty(self.lines.last())
            && is_empty(self.lines.len().checked_sub(2).and_then(|place| self.lines.get(place)))
        {
            self.lines.pop();
        }
        self.go(0);
    }

    /// With another method come its own names of tiers, unless others were typed.
    fn change_method(&mut self, before: Method, language: Language) {
        let (old, new) = (Grading::of(before), Grading::of(self.method()));
        for part in [Part::Tiers, Part::Cuts, Part::Shares] {
            let (old, new) = (written(part, &old, language), written(part, &new, language));
            if let Some(line) = self.lines.iter_mut().find(|line| line.part == part && line.typed.text() == old) {
                line.typed.put(&new);
            }
        }
    }

    fn is_changed(&self) -> bool {
        self.lines.iter().any(|line| line.typed.is_changed())
    }
}

/// A rule as its line says it.
fn rule_in(text: &str) -> Result<Rule, Problem> {
    let (rule, begins) = rule_of(text);
    if rule.tier.is_empty() {
        return Err(Problem::Said(NO_TIER));
    }
    match Filter::read(&rule.when) {
        Ok(_) => Ok(rule),
        Err(fault) => Err(Problem::Fault(Fault { at: fault.at + begins, ..fault })),
    }
}

impl Fill for SchemeForm {
    fn save(&mut self, context: &Context<'_>) -> Effect {
        match self.read(context) {
            Ok(grading) if grading == self.before => Effect::Back,
            Ok(mut grading) => {
                grading.version = next_version(context.book().standards(), &grading.name);
                let scheme = grading.to_scheme();
                Effect::Save(vec![Command::Add(Box::new(scheme.into()))], SAVED)
            }
            Err((place, problem)) => {
                let shown = self.shown();
                let row = shown.iter().position(|other| *other == place).unwrap_or(0);
                self.rows.select(row, shown.len());
                let said = match problem {
                    Problem::Said(words) => context.say(words).to_owned(),
                    Problem::Fault(fault) => fault.say(context.language),
                };
                Effect::Say(Notice::error(said))
            }
        }
    }

    fn typing(&mut self) -> Option<&mut Input> {
        self.line_mut().map(|line| &mut line.typed.input)
    }

    fn go(&mut self, by: isize) {
        let count = self.shown().len();
        self.rows.move_by(by, count);
    }

    fn options(&self, context: &Context<'_>) -> Vec<String> {
        let say = |words: Words| context.say(words).to_owned();
        match self.line().map(|line| line.part) {
            Some(Part::Method) => Method::ALL.iter().map(|method| say(method.words())).collect(),
            Some(Part::Window) => WINDOWS.iter().map(|(_, words)| say(*words)).collect(),
            Some(Part::AsOf) => AsOf::ALL.iter().map(|as_of| say(as_of_words(*as_of))).collect(),
            Some(Part::High) => HIGHS.iter().map(|high| high_words(*high, context.language)).collect(),
            _ => Vec::new(),
        }
    }

    fn choice(&mut self) -> &mut Choice<String> {
        &mut self.choice
    }

    fn list(&self) -> Option<(Words, bool)> {
        self.line().map(|line| (line.part.words(), line.part == Part::Window))
    }
}

impl View for SchemeForm {
    fn scope(&self) -> Scope {
        Scope::Form
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        match action {
            Action::MoveUp => self.reorder(-1),
            Action::MoveDown => self.reorder(1),
            _ => {
                let effect = self.fill(action, context);
                self.keep_a_free_line();
                effect
            }
        }
    }

    fn typed(&mut self, text: &str, context: &Context<'_>) -> Effect {
        let method = self.method();
        let Some(line) = self.line_mut() else { return Effect::None };
        let left_out = line.typed.input.insert(text);
        self.change_method(method, context.language);
        self.keep_a_free_line();
        prompt::typed(left_out, context)
    }

    fn answered(&mut self, answer: Answer, context: &Context<'_>) -> Effect {
        let method = self.method();
        if let (Some(text), Some(line)) = (self.choice.chosen(answer), self.line_mut()) {
            line.typed.put(&text);
            self.change_method(method, context.language);
            self.go(1);
        }
        Effect::None
    }

    /// What was not typed over is written anew: the language may be another.
    fn refresh(&mut self, context: &Context<'_>) {
        for line in &mut self.lines {
            let now = match line.part {
                Part::Rule => line.rule.as_ref().map_or_else(String::new, |rule| rule_text(rule, context.language)),
                part => written(part, &self.before, context.language),
            };
            line.typed.rewrite(now);
        }
    }

    /// What each rule catches is counted beside the screen, anew when a rule or the book is another.
    fn work(&mut self, context: &Context<'_>) -> Option<Work> {
        if self.method() != Method::Rules {
            return None;
        }
        self.caught.ask(self.conditions(), context.book().revision());
        self.caught.unsent()?;
        let (desk, months, as_of) = (context.desk.snapshot(), self.months(), context.today());
        let job = self.caught.send(|rules| {
            let rules = rules.clone();
            move || {
                know_what_rules_ask(&desk, rules.iter().map(String::as_str))?;
                Ok(catch(desk.book(), rules, months, as_of))
            }
        });
        job.map(Work::from)
    }

    fn found(&mut self, done: Done, context: &Context<'_>) -> Result<Effect, Done> {
        self.caught.take(done)?;
        let error = self.caught.error().map(|error| Notice::error(error.say(context.language)));
        Ok(error.map_or(Effect::None, Effect::Say))
    }

    fn offers(&self, action: Action) -> bool {
        let on_rule = self.line().is_some_and(|line| line.part == Part::Rule && !line.is_empty());
        on_rule || !matches!(action, Action::MoveUp | Action::MoveDown)
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        self.draw_form(area, buffer, context)
    }

    fn foot(&self, _context: &Context<'_>) -> String {
        format!("{}/{}", self.rows.selected + 1, self.shown().len())
    }

    fn draft_key(&self) -> Option<String> {
        let of = if self.is_new { self.before.method.key() } else { &self.before.name };
        Some(format!("scheme {} {of}", if self.is_new { "new" } else { "of" }))
    }

    fn draft(&self, _context: &Context<'_>) -> Option<Draft> {
        let fields = self.lines.iter().map(|line| (format!("{:?}", line.part), line.typed.text())).collect();
        self.is_changed().then_some(Draft { fields })
    }

    fn take_up(&mut self, draft: &Draft) {
        self.lines.truncate(Part::ALL.len());
        for (name, text) in &draft.fields {
            match self.lines.iter_mut().find(|line| format!("{:?}", line.part) == *name) {
                Some(line) if line.part != Part::Rule => line.typed.put(text),
                _ => {
                    let mut rule = Line::of_rule(None, Language::En);
                    rule.typed.put(text);
                    self.lines.push(rule);
                }
            }
        }
        self.keep_a_free_line();
    }
}
