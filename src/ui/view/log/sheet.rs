//! The line as a form: the same values, a field each, and back to the line with nothing lost.

use crate::domain::choice::ListKind;
use crate::line::{Line, Parts, StepParts};
use crate::parse::when::say;
use crate::text::figures::full_money;
use crate::text::{Words, words};
use crate::ui::context::Context;
use crate::ui::widget::input::Input;
use crate::ui::widget::rows::Rows;

/// What a field of the form holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Way,
    Outcome,
    Text,
    When,
    Contacts,
    Tags,
    Amount,
    Stage,
    Priority,
    Colleagues,
    Customer,
    /// Of the next step of this number.
    StepWhen(usize),
    StepWhat(usize),
    StepWho(usize),
}

const FIELDS: &[(Holds, Words)] = &[
    (Holds::Way, words("way", "方式")),
    (Holds::Outcome, words("outcome", "结果")),
    (Holds::Text, words("what was said", "沟通内容")),
    (Holds::When, words("when", "时间")),
    (Holds::Contacts, words("with", "联系人")),
    (Holds::Tags, words("tags", "标签")),
    (Holds::Amount, words("amount", "金额")),
    (Holds::Stage, words("stage", "阶段")),
    (Holds::Priority, words("priority", "优先级")),
    (Holds::Colleagues, words("colleagues", "同事")),
    (Holds::Customer, words("other customer", "其他客户")),
];

/// A field of the form.
pub(super) struct Field {
    pub(super) holds: Holds,
    pub(super) label: Words,
    pub(super) input: Input,
}

/// The form laid over the line.
pub(super) struct Sheet {
    pub(super) fields: Vec<Field>,
    pub(super) rows: Rows,
}

impl Sheet {
    /// The form of a line; behind its next steps stands an empty one.
    pub(super) fn of(text: &str, line: &Line, context: &Context<'_>) -> Sheet {
        let parts = Parts::of(text, line);
        let standards = context.book().standards();
        let outcome = line.outcome.as_deref().map(|key| standards.shown(ListKind::Outcome, key, context.language));
        let held = |holds: Holds| match holds {
            Holds::Way => parts.way.clone(),
            Holds::Outcome => outcome.unwrap_or_default().to_owned(),
            Holds::Text => parts.text.clone(),
            Holds::When => parts.when.clone(),
            Holds::Contacts => parts.contacts.join("、"),
            Holds::Tags => parts.tags.join(" "),
            Holds::Amount => parts.amount.clone(),
            Holds::Stage => parts.stage.clone(),
            Holds::Priority => "!".repeat(usize::from(parts.priority)),
            Holds::Colleagues => parts.colleagues.join("、"),
            _ => parts.customer.clone(),
        };
        let field =
            |(holds, label): &(Holds, Words)| Field { holds: *holds, label: *label, input: Input::new(&held(*holds)) };
        let mut fields: Vec<Field> = FIELDS.iter().map(field).collect();
        let steps = parts.steps.iter().cloned().chain([StepParts::default()]);
        fields.extend(steps.enumerate().flat_map(|(number, step)| step_fields(number, &step)));
        Sheet { fields, rows: Rows::default() }
    }

    pub(super) fn held(&self, holds: Holds) -> String {
        self.fields.iter().find(|field| field.holds == holds).map(|field| field.input.text()).unwrap_or_default()
    }

    /// How many next steps there is room for.
    fn steps(&self) -> usize {
        self.fields.iter().filter(|field| matches!(field.holds, Holds::StepWhen(_))).count()
    }

    pub(super) fn parts(&self) -> Parts {
        let list = |text: String, marks: &[char]| {
            let words = text.split(marks).map(|word| word.trim().trim_start_matches(['#', '＃']).to_owned());
            words.filter(|word| !word.is_empty()).collect::<Vec<_>>()
        };
        let step = |number| StepParts {
            when: self.held(Holds::StepWhen(number)),
            what: self.held(Holds::StepWhat(number)),
            who: self.held(Holds::StepWho(number)).trim_start_matches(['@', '＠']).to_owned(),
        };
        let shouts = self.held(Holds::Priority).chars().filter(|c| matches!(c, '!' | '！')).count();
        Parts {
            way: self.held(Holds::Way),
            text: self.held(Holds::Text),
            when: self.held(Holds::When),
            customer: self.held(Holds::Customer),
            contacts: list(self.held(Holds::Contacts), &['、', ',', '，', ';', '；', '+', '＋']),
            colleagues: list(self.held(Holds::Colleagues), &['、', ',', '，', ';', '；', '@', '＠']),
            tags: list(self.held(Holds::Tags), &[' ', '、', ',', '，']),
            amount: self.held(Holds::Amount),
            stage: self.held(Holds::Stage).trim_start_matches(['=', '＝']).to_owned(),
            priority: shouts.min(3) as u8,
            steps: (0..self.steps()).map(step).collect(),
        }
    }

    pub(super) fn field(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.rows.selected)
    }

    /// Behind the last next step there is always room for another.
    pub(super) fn make_room(&mut self) {
        let last = self.steps().saturating_sub(1);
        let used = [Holds::StepWhen(last), Holds::StepWhat(last), Holds::StepWho(last)].map(|holds| self.held(holds));
        if used.iter().any(|text| !text.trim().is_empty()) {
            self.fields.extend(step_fields(last + 1, &StepParts::default()));
        }
    }
}

fn step_fields(number: usize, step: &StepParts) -> [Field; 3] {
    let field = |holds, label, text: &str| Field { holds, label, input: Input::new(text) };
    [
        field(Holds::StepWhen(number), words("next: when", "下一步：何时"), &step.when),
        field(Holds::StepWhat(number), words("what", "做什么"), &step.what),
        field(Holds::StepWho(number), words("who", "由谁"), &step.who),
    ]
}

/// How a field is read, where that is not plain to see.
pub(super) fn understood(holds: Holds, line: &Line, context: &Context<'_>) -> Option<String> {
    let clock = context.book().clock(context.now);
    let standards = context.book().standards();
    match holds {
        Holds::When => line.at.map(|at| say(at.due, &clock, context.language)),
        Holds::Amount => line.amount.map(full_money),
        Holds::Stage => line.stage.as_deref().map(|key| standards.stage_shown(key, context.language).to_owned()),
        Holds::StepWhen(number) => line.steps.get(number).map(|step| match (&step.due, &step.unknown) {
            (Some(due), _) => {
                let by = if step.deadline { context.say(words(" at the latest", " 之前")) } else { "" };
                format!("{}{by}", say(*due, &clock, context.language))
            }
            (None, Some((_, why))) => context.say(why.words()).to_owned(),
            (None, None) => String::new(),
        }),
        _ => None,
    }
}
