//! A line taken apart as it was written, for a form to show, and put together again with nothing lost.

use super::context::Context;
use super::escape::escape_behind;
use super::{Line, Part, parse};

/// The parts of a line in the writer's own words, each without its sign.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The way, or the feedback it begins with: 来电, 满意度 4.
    pub way: String,
    /// What was said.
    pub text: String,
    /// When it was: 昨天下午.
    pub when: String,
    /// The customer, where the line names one.
    pub customer: String,
    /// Contacts.
    pub contacts: Vec<String>,
    /// Colleagues outside a next step.
    pub colleagues: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Amount.
    pub amount: String,
    /// Stage.
    pub stage: String,
    /// Priority, 0 to 3.
    pub priority: u8,
    /// Next steps.
    pub steps: Vec<StepParts>,
}

/// A next step in the writer's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepParts {
    /// When, or by when: 下周三前.
    pub when: String,
    /// What is to be done.
    pub what: String,
    /// Who is to do it.
    pub who: String,
}

impl StepParts {
    fn is_empty(&self) -> bool {
        [&self.when, &self.what, &self.who].into_iter().all(|text| text.trim().is_empty())
    }
}

impl Parts {
    /// The parts of a line and how it was read.
    pub fn of(text: &str, line: &Line) -> Parts {
        let chars: Vec<char> = text.chars().collect();
        let mut parts = Parts {
            text: line.text.clone(),
            tags: line.tags.clone(),
            priority: line.priority,
            steps: line
                .steps
                .iter()
                .map(|step| StepParts { what: step.what.clone(), ..StepParts::default() })
                .collect(),
            ..Parts::default()
        };
        let (mut next, mut named) = (0, true);
        for span in &line.spans {
            let raw: String = chars.iter().take(span.range.end).skip(span.range.start).collect();
            let word: String = raw.chars().skip(1).collect();
            match span.part {
                Part::Way => parts.way = raw,
                Part::When => parts.when = word,
                Part::Customer => parts.customer = word,
                Part::Contact if !parts.contacts.contains(&word) => parts.contacts.push(word),
                Part::Amount => parts.amount = raw,
                Part::Stage => parts.stage = word,
                Part::Next | Part::Unknown => {
                    if let Some(step) = parts.steps.get_mut(next) {
                        step.when = word;
                    }
                    (next, named) = (next + 1, false);
                }
                // The first colleague behind a next step is who does it.
                Part::Colleague => match parts.steps.get_mut(next.wrapping_sub(1)) {
                    Some(step) if !named => {
                        step.who = word;
                        named = true;
                    }
                    _ => parts.colleagues.push(word),
                },
                _ => {}
            }
        }
        parts
    }

    /// The line these parts make; read again it says the same.
    pub fn line(&self, context: &Context) -> String {
        // Words behind a date can look like more of it, which a colon prevents; a number in the words can look like an
        // amount, which a backslash prevents. Neither is written where it is not needed.
        let tried = [(" ", false), (" ", true), ("：", false)].into_iter();
        let tried = tried.map(|(behind_date, numbers)| self.written(behind_date, numbers, context));
        let fits = |line: &String| self.is_said_by(&parse(line, context));
        tried.into_iter().find(fits).unwrap_or_else(|| self.written("：", true, context))
    }

    fn is_said_by(&self, read: &Line) -> bool {
        let dated = self.steps.iter().filter(|step| !step.when.trim().is_empty());
        let steps = read.steps.iter().map(|step| step.what.as_str()).eq(dated.map(|step| step.what.trim()));
        steps && read.amount.is_some() != self.amount.trim().is_empty()
    }

    fn written(&self, behind_date: &str, numbers: bool, context: &Context) -> String {
        let mut words: Vec<String> = vec![self.way.trim().to_owned()];
        words.push(escape_behind(&self.text, context, !self.way.trim().is_empty(), numbers));
        let signed = |sign: char, names: &[String]| {
            let names = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
            names.map(|name| format!("{sign}{name}")).collect::<Vec<_>>().join(" ")
        };
        let one = |sign: char, name: &str| signed(sign, &[name.to_owned()]);
        words.push(one('@', &self.customer));
        words.push(signed('+', &self.contacts));
        words.push(signed('@', &self.colleagues));
        words.push(signed('#', &self.tags));
        let amount = self.amount.trim();
        words.push(if amount.starts_with(['$', '￥', '¥', '＄']) { amount.to_owned() } else { one('￥', amount) });
        words.push(one('=', &self.stage));
        words.push("!".repeat(usize::from(self.priority.min(3))));
        words.push(one('^', &self.when));
        for step in self.steps.iter().filter(|step| !step.is_empty()) {
            words.push(format!(
                "{}{}",
                one('>', &step.when),
                if step.what.trim().is_empty() { "" } else { behind_date }
            ));
            words.push(escape_behind(step.what.trim(), context, true, false));
            words.push(one('@', &step.who));
        }
        let mut line = String::new();
        for word in words.into_iter().filter(|word| !word.trim().is_empty() || word == &self.text) {
            let gap = !line.is_empty() && !line.ends_with(behind_date) && !word.is_empty();
            line.push_str(if gap { " " } else { "" });
            line.push_str(&word);
        }
        line
    }
}
