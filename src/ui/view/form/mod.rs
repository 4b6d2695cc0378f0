//! A form: one line a field, every line always open for typing.

mod asked;
pub mod filling;
mod reading;

use crate::book::command::{Command, edit_between};
use crate::book::logging::move_to;
use crate::book::tiers::advice::advice_rules;
use crate::book::tiers::member::level_flaw;
use crate::domain::choice::FeedbackKind;
use crate::domain::customer::{Contact, Customer};
use crate::domain::id::Id;
use crate::domain::people::Owner;
use crate::domain::record::{Kind, Record};
use crate::exchange::reason::Reason;
use crate::text::choices::Said;
use crate::text::{Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::choosing::Choice;
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Notice};
use crate::ui::fit;
use crate::ui::view::{Draft, View, prompt};
use crate::ui::widget::field::Field;
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use asked::{Asked, Entry, fields_of};
use filling::{Fill, Typed, draw_title, list_hint};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use reading::{People, options, read, toggled, understood, written};

const SAVED: Words = words("Saved", "已保存");
const NEW_CUSTOMER: Words = words("New customer", "新建客户");
const NEW_CONTACT: Words = words("New contact", "新建联系人");

/// The highest score of satisfaction, in hundredths of a point.
const SATISFIED: i32 = 500;

/// One line of the form.
struct Line {
    asked: Asked,
    number: u16,
    /// The record's value, written in words.
    typed: Typed,
    problem: Option<Reason>,
}

/// The form of one record.
pub struct Form {
    before: Record,
    /// Whether the book holds it; what every book begins with is held only once it is changed.
    held: bool,
    people: People,
    lines: Vec<Line>,
    rows: Rows,
    choice: Choice<String>,
}

impl Form {
    /// The form of a customer: a new one has no id yet.
    pub fn of_customer(customer: Customer, context: &Context<'_>) -> Form {
        Form::of_record(customer.into(), context)
    }

    /// The form of a contact: a new one has no id yet.
    pub fn of_contact(contact: Contact, context: &Context<'_>) -> Form {
        Form::of_record(contact.into(), context)
    }

    /// The form of any record that has one: a new one has no id yet.
    pub fn of_record(before: Record, context: &Context<'_>) -> Form {
        let numbers = before.kind().fields();
        let people = match &before {
            Record::Deal(deal) => deal.customer.and_then(|customer| context.desk.dossier(customer).ok()),
            _ => None,
        };
        let people = people.map(|dossier| People::of(&dossier)).unwrap_or_default();
        let lines = fields_of(&before).iter().filter_map(|asked| {
            let number = numbers.iter().find(|(_, name)| *name == asked.0).map(|(number, _)| *number)?;
            let kept = written(&before.get(number)?, asked.2, &people, context);
            Some(Line { asked: *asked, number, typed: Typed::new(kept), problem: None })
        });
        let lines = lines.collect();
        let of_book = before.home() == Id::BOOK && before.kind() != Kind::Customer;
        let held = !of_book || context.desk.dossier(Id::BOOK).is_ok_and(|dossier| dossier.has(before.id()));
        Form { lines, before, held, people, rows: Rows::default(), choice: Choice::default() }
    }

    fn is_new(&self) -> bool {
        self.before.id() == Id::BOOK
    }

    fn title(&self, context: &Context<'_>) -> String {
        match &self.before {
            Record::Customer(_) if self.is_new() => context.say(NEW_CUSTOMER).to_owned(),
            Record::Contact(_) if self.is_new() => context.say(NEW_CONTACT).to_owned(),
            Record::Customer(customer) => customer.name.clone(),
            Record::Contact(contact) => contact.name.clone(),
            Record::Template(_) | Record::Rhythm(_) | Record::PotentialWeights(_) => {
                context.say(self.before.kind().words()).to_owned()
            }
            Record::Stage(stage) => {
                let name = context.book().standards().stage_shown(&stage.key, context.language).to_owned();
                let new = context.say(words("New stage", "新阶段")).to_owned();
                if self.is_new() { new } else { name }
            }
            Record::Advice(advice) => {
                let rules = advice_rules(context.book(), context.language);
                rules
                    .into_iter()
                    .find(|rule| rule.advice.topic == advice.topic)
                    .map_or_else(String::new, |rule| format!("{} · {}", context.say(Kind::Advice.words()), rule.name))
            }
            Record::Membership(level) if self.is_new() => context.say(words("New level", "新等级")).to_owned(),
            Record::Membership(level) => level.name.clone(),
            entry => {
                let name = context.book().row_of(entry.home()).map_or("", |row| row.name());
                let kind = match entry {
                    Record::Feedback(feedback) => feedback.kind.map(Said::words),
                    _ => None,
                };
                format!("{} · {name}", context.say(kind.unwrap_or(entry.kind().words())))
            }
        }
    }

    fn line(&mut self) -> Option<&mut Line> {
        self.lines.get_mut(self.rows.selected)
    }

    /// The record as typed; what cannot be so is noted in its line.
    fn read(&mut self, context: &Context<'_>) -> Record {
        let mut after = self.before.clone();
        let is_new = self.is_new();
        for line in &mut self.lines {
            line.problem = None;
            let text = line.typed.text();
            // What was not touched stays as it was, to the second and the letter.
            if !is_new && text == line.typed.kept {
                continue;
            }
            line.problem = match read(&text, line.asked.2, &self.people, context) {
                Ok(value) => (!after.set(line.number, value)).then_some(Reason::NotADate),
                Err(reason) => Some(reason),
            };
        }
        if let Some((name, reason)) = contradiction(&after, context)
            && let Some(line) = self.lines.iter_mut().find(|line| line.asked.0 == name && line.problem.is_none())
        {
            line.problem = Some(reason);
        }
        staged(&self.before, after, context)
    }

    /// An owner nobody has heard of is entered along with the customer.
    fn new_owner(&self, context: &Context<'_>) -> Option<Owner> {
        let line = self.lines.iter().find(|line| line.asked.2 == Entry::Owner)?;
        let name = line.typed.text().trim().to_owned();
        let unknown = !name.is_empty() && context.book().standards().owner_called(&name).is_none();
        unknown.then(|| Owner::called(&name))
    }

    /// Whether there is something to be saved: in a new record anything at all.
    fn is_changed(&self) -> bool {
        let is_new = self.is_new();
        self.lines.iter().any(|line| if is_new { !line.typed.input.is_empty() } else { line.typed.is_changed() })
    }
}

/// What the fields of a record cannot say together: the field at fault, and why.
fn contradiction(record: &Record, context: &Context<'_>) -> Option<(&'static str, Reason)> {
    match record {
        Record::Feedback(feedback) if feedback.kind == Some(FeedbackKind::Satisfaction) => {
            let beyond = feedback.score.is_some_and(|score| score.hundredths() > SATISFIED);
            beyond.then_some(("score", Reason::ScoreRange(SATISFIED as u32 / 100)))
        }
        Record::Deal(deal) if deal.amount.is_some_and(|amount| amount.cents() < 0) => {
            Some(("amount", Reason::Negative))
        }
        Record::Membership(level) => {
            let flaw = level_flaw(context.book(), level, context.language);
            flaw.map(|(name, why)| (name, Reason::NotAChoice(why)))
        }
        _ => None,
    }
}

/// A deal whose stage was typed anew is moved there, so that its way through the funnel is kept.
fn staged(before: &Record, after: Record, context: &Context<'_>) -> Record {
    match (before, after) {
        (Record::Deal(before), Record::Deal(mut after)) if before.stage != after.stage => {
            let stage = std::mem::replace(&mut after.stage, before.stage.clone());
            let role = context.book().standards().role(&stage);
            move_to(&mut after, &stage, Some(role), context.now, context.desk.me());
            after.into()
        }
        (_, after) => after,
    }
}

/// What a record cannot do without.
fn missing(record: &Record) -> Option<Words> {
    let is_empty = match record {
        Record::Advice(advice) if advice.en.trim().is_empty() && advice.zh.trim().is_empty() => {
            return Some(words(
                "write what to do; Delete in the list brings the shipped text back",
                "请写建议内容；在列表中按 Delete 可恢复默认",
            ));
        }
        Record::Customer(customer) => customer.name.trim().is_empty(),
        Record::Contact(contact) => contact.name.trim().is_empty(),
        Record::Stage(stage) => stage.en.trim().is_empty() && stage.zh.trim().is_empty(),
        _ => false,
    };
    is_empty.then_some(words("a name is needed", "请填写名称"))
}

impl Fill for Form {
    fn save(&mut self, context: &Context<'_>) -> Effect {
        let after = self.read(context);
        if let Some(place) = self.lines.iter().position(|line| line.problem.is_some()) {
            self.rows.select(place, self.lines.len());
            let problem = self.lines.get(place).and_then(|line| line.problem.as_ref());
            let problem = problem.map(|reason| reason.say(context.language));
            return Effect::Say(Notice::error(problem.unwrap_or_default()));
        }
        if let Some(missing) = missing(&after) {
            self.rows.select(0, self.lines.len());
            return Effect::Say(Notice::error(context.say(missing)));
        }
        let command = match (&after, self.is_new()) {
            (Record::Customer(customer), true) => Some(Command::AddCustomer(Box::new(customer.clone()), Vec::new())),
            (_, true) => Some(Command::Add(Box::new(after))),
            (_, false) if !self.held => Some(Command::Add(Box::new(after))).filter(|_| self.is_changed()),
            (_, false) => edit_between(&self.before, &after),
        };
        let Some(owner) = self.new_owner(context) else { return Effect::Save(command.into_iter().collect(), SAVED) };
        let new = context.say(words("new owner", "新增负责人"));
        let said = format!("{} · {new} {}", context.say(SAVED), owner.name);
        let owner = Command::Add(Box::new(owner.into()));
        Effect::SaveTold(std::iter::once(owner).chain(command).collect(), said)
    }

    fn typing(&mut self) -> Option<&mut Input> {
        self.line().map(|line| &mut line.typed.input)
    }

    fn go(&mut self, by: isize) {
        self.rows.move_by(by, self.lines.len());
    }

    fn options(&self, context: &Context<'_>) -> Vec<String> {
        self.lines.get(self.rows.selected).map_or_else(Vec::new, |line| options(line.asked.2, &self.people, context))
    }

    fn choice(&mut self) -> &mut Choice<String> {
        &mut self.choice
    }

    fn list(&self) -> Option<(Words, bool)> {
        let (_, title, entry) = self.lines.get(self.rows.selected)?.asked;
        Some((title, matches!(entry, Entry::List(_) | Entry::Products)))
    }
}

impl View for Form {
    fn scope(&self) -> Scope {
        Scope::Form
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        self.fill(action, context)
    }

    fn typed(&mut self, text: &str, context: &Context<'_>) -> Effect {
        let Some(line) = self.line() else { return Effect::None };
        line.problem = None;
        prompt::typed(line.typed.input.insert(text), context)
    }

    fn answered(&mut self, answer: Answer, _context: &Context<'_>) -> Effect {
        if let (Some(text), Some(line)) = (self.choice.chosen(answer), self.line()) {
            line.problem = None;
            // Where several are named one stays in the line, to choose the next.
            if line.asked.2.is_several() {
                line.typed.put(&toggled(&line.typed.text(), &text));
                return Effect::None;
            }
            line.typed.put(&text);
            self.go(1);
        }
        Effect::None
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let theme = context.theme;
        let mut brush = Brush::new(buffer, area);
        draw_title(&mut brush, &self.title(context), self.is_changed(), context);
        let label = self.lines.iter().map(|line| fit::width(context.say(line.asked.1))).max().unwrap_or(0) as u16;
        let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
        self.rows.fit(usize::from(body.height), self.lines.len());
        let lists = !self.options(context).is_empty();
        let mut brush = Brush::new(buffer, body);
        let mut caret = None;
        for (y, place) in (0..).zip(self.rows.seen(self.lines.len())) {
            let Some(line) = self.lines.get(place) else { continue };
            let here = place == self.rows.selected;
            let hint = match &line.problem {
                Some(reason) => reason.say(context.language),
                None if here && lists => list_hint(context),
                None if line.typed.is_changed() => {
                    understood(&line.typed.text(), line.asked.2, context).unwrap_or_default()
                }
                None => String::new(),
            };
            let (label_text, is_wrong) = (context.say(line.asked.1), line.problem.is_some());
            let field = Field { label: label_text, input: &line.typed.input, hint: &hint, is_wrong, here };
            let at = field.draw(&mut brush, y, label, theme);
            if here {
                caret = Some(at);
            }
        }
        caret
    }

    fn offers(&self, action: Action) -> bool {
        !matches!(action, Action::MoveUp | Action::MoveDown)
    }

    /// What was not typed over is written anew: the language may be another.
    fn refresh(&mut self, context: &Context<'_>) {
        for line in &mut self.lines {
            let Some(value) = self.before.get(line.number) else { continue };
            line.typed.rewrite(written(&value, line.asked.2, &self.people, context));
        }
    }

    fn foot(&self, _context: &Context<'_>) -> String {
        format!("{}/{}", self.rows.selected + 1, self.lines.len())
    }

    fn draft_key(&self) -> Option<String> {
        // A new record begun from what was looked for is not the one begun from nothing.
        let begun: String = self.lines.iter().filter(|_| self.is_new()).map(|line| line.typed.kept.as_str()).collect();
        Some(format!("{} {} {} {begun}", self.before.kind().key(), self.before.home(), self.before.id()))
    }

    fn draft(&self, _context: &Context<'_>) -> Option<Draft> {
        let fields = self.lines.iter().map(|line| (line.asked.0.to_owned(), line.typed.text())).collect();
        self.is_changed().then_some(Draft { fields })
    }

    fn take_up(&mut self, draft: &Draft) {
        for (name, text) in &draft.fields {
            if let Some(line) = self.lines.iter_mut().find(|line| line.asked.0 == name) {
                line.typed.put(text);
            }
        }
    }
}
