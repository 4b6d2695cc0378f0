//! A form: one line a field, every line always open for typing.

use crate::book::command::{Command, edit_between};
use crate::domain::choice::{Attitude, ContactRole, CustomerKind, LifeStage, ListKind};
use crate::domain::customer::{Contact, Customer};
use crate::domain::id::Id;
use crate::domain::people::Owner;
use crate::domain::record::Record;
use crate::domain::value::Value;
use crate::exchange::cell;
use crate::exchange::choice_words::choice;
use crate::exchange::date::{DateOrder, day, due};
use crate::exchange::reason::Reason;
use crate::text::choices::Said;
use crate::text::{Language, Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Choosing, Effect, Notice, Place};
use crate::ui::fit;
use crate::ui::view::{Draft, View};
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const SAVED: Words = words("Saved", "已保存");
const NEW_CUSTOMER: Words = words("New customer", "新建客户");
const NEW_CONTACT: Words = words("New contact", "新建联系人");

/// How a field is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    Text,
    Phone,
    List(ListKind),
    Owner,
    Tags,
    Day,
    Due,
    Whole,
    CustomerKind,
    LifeStage,
    Role,
    Attitude,
    Flag,
}

/// A field of a form: the record's field, and how it is read.
type Asked = (&'static str, Words, Entry);

/// The fields of a customer, the most asked for first.
const CUSTOMER: [Asked; 20] = [
    ("name", words("name", "名称"), Entry::Text),
    ("short_name", words("short name", "简称"), Entry::Text),
    ("code", words("code", "编号"), Entry::Text),
    ("phone", words("phone", "电话"), Entry::Phone),
    ("owner", words("owner", "负责人"), Entry::Owner),
    ("next_contact", words("next contact", "下次联系"), Entry::Due),
    ("industry", words("industry", "行业"), Entry::List(ListKind::Industry)),
    ("size", words("size", "规模"), Entry::List(ListKind::Size)),
    ("region", words("region", "地域"), Entry::List(ListKind::Region)),
    ("source", words("source", "来源"), Entry::List(ListKind::Source)),
    ("need", words("need", "需求偏好"), Entry::List(ListKind::Need)),
    ("life_stage", words("life stage", "生命周期"), Entry::LifeStage),
    ("kind", words("kind", "客户类型"), Entry::CustomerKind),
    ("head_count", words("employees", "人数"), Entry::Whole),
    ("founded", words("founded", "成立年份"), Entry::Whole),
    ("tags", words("tags", "标签"), Entry::Tags),
    ("email", words("e-mail", "邮箱"), Entry::Text),
    ("address", words("address", "地址"), Entry::Text),
    ("conclusion", words("advice", "结论建议"), Entry::Text),
    ("note", words("note", "备注"), Entry::Text),
];

/// The fields of a contact.
const CONTACT: [Asked; 10] = [
    ("name", words("name", "姓名"), Entry::Text),
    ("title", words("job title", "职务"), Entry::Text),
    ("phone", words("phone", "电话"), Entry::Phone),
    ("wechat", words("WeChat", "微信"), Entry::Text),
    ("email", words("e-mail", "邮箱"), Entry::Text),
    ("role", words("role", "角色"), Entry::Role),
    ("attitude", words("attitude", "态度"), Entry::Attitude),
    ("birthday", words("birthday", "生日"), Entry::Day),
    ("primary", words("main contact", "主要联系人"), Entry::Flag),
    ("note", words("note", "备注"), Entry::Text),
];

/// One line of the form.
struct Line {
    asked: Asked,
    number: u16,
    /// The record's value as it is written.
    kept: String,
    input: Input,
    problem: Option<Reason>,
}

/// The form of one record.
pub struct Form {
    before: Record,
    lines: Vec<Line>,
    rows: Rows,
}

impl Form {
    /// The form of a customer: a new one has no id yet.
    pub fn of_customer(customer: Customer, context: &Context<'_>) -> Form {
        Form::of(customer.into(), &CUSTOMER, context)
    }

    /// The form of a contact: a new one has no id yet.
    pub fn of_contact(contact: Contact, context: &Context<'_>) -> Form {
        Form::of(contact.into(), &CONTACT, context)
    }

    fn of(before: Record, asked: &[Asked], context: &Context<'_>) -> Form {
        let numbers = before.kind().fields();
        let lines = asked.iter().filter_map(|asked| {
            let number = numbers.iter().find(|(_, name)| *name == asked.0).map(|(number, _)| *number)?;
            let kept = written(&before.get(number)?, asked.2, context);
            Some(Line { asked: *asked, number, input: Input::new(&kept), kept, problem: None })
        });
        Form { lines: lines.collect(), before, rows: Rows::default() }
    }

    fn is_new(&self) -> bool {
        self.before.id() == Id::BOOK
    }

    fn title<'a>(&'a self, context: &Context<'_>) -> &'a str {
        match &self.before {
            Record::Customer(_) if self.is_new() => context.say(NEW_CUSTOMER),
            Record::Contact(_) if self.is_new() => context.say(NEW_CONTACT),
            Record::Customer(customer) => &customer.name,
            Record::Contact(contact) => &contact.name,
            _ => "",
        }
    }

    fn line(&mut self) -> Option<&mut Line> {
        self.lines.get_mut(self.rows.selected)
    }

    fn go(&mut self, by: isize) {
        self.rows.move_by(by, self.lines.len());
    }

    /// The list behind a field, where it has one: as shown.
    fn options(&self, context: &Context<'_>) -> Vec<String> {
        let Some(line) = self.lines.get(self.rows.selected) else { return Vec::new() };
        let (standards, language) = (context.book().standards(), context.language);
        let say = |words: Words| words.say(language).to_owned();
        match line.asked.2 {
            Entry::List(list) => {
                standards.items(list).map(|item| standards.shown(list, &item.key, language).to_owned()).collect()
            }
            Entry::Owner => standards.owners().iter().map(|owner| owner.name.clone()).collect(),
            Entry::CustomerKind => CustomerKind::ALL.iter().map(|choice| say(choice.words())).collect(),
            Entry::LifeStage => LifeStage::ALL.iter().map(|choice| say(choice.words())).collect(),
            Entry::Role => ContactRole::ALL.iter().map(|choice| say(choice.words())).collect(),
            Entry::Attitude => Attitude::ALL.iter().map(|choice| say(choice.words())).collect(),
            Entry::Flag => vec![say(words("yes", "是")), say(words("no", "否"))],
            Entry::Text | Entry::Phone | Entry::Tags | Entry::Day | Entry::Due | Entry::Whole => Vec::new(),
        }
    }

    /// Opens the field's list, or goes on to the next field.
    fn choose(&mut self, context: &Context<'_>) -> Effect {
        let options = self.options(context);
        let Some(line) = self.lines.get(self.rows.selected) else { return Effect::None };
        if options.is_empty() {
            self.go(1);
            return Effect::None;
        }
        let typed = line.input.text();
        let selected = options.iter().position(|option| *option == typed).unwrap_or(0);
        let own = matches!(line.asked.2, Entry::List(_));
        let options = options.into_iter().map(|option| (option, String::new())).collect();
        Effect::Open(Place::Choose(Choosing { title: line.asked.1, options, selected, own }))
    }

    fn save(&mut self, context: &Context<'_>) -> Effect {
        let mut after = self.before.clone();
        for line in &mut self.lines {
            let read = read(&line.input.text(), line.asked.2, context);
            line.problem = match read {
                Ok(value) => {
                    after.set(line.number, value);
                    None
                }
                Err(reason) => Some(reason),
            };
        }
        if let Some(place) = self.lines.iter().position(|line| line.problem.is_some()) {
            self.rows.select(place, self.lines.len());
            let problem = self.lines.get(place).and_then(|line| line.problem.as_ref());
            let problem = problem.map(|reason| reason.say(context.language));
            return Effect::Say(Notice::error(problem.unwrap_or_default()));
        }
        if is_nameless(&after) {
            self.rows.select(0, self.lines.len());
            return Effect::Say(Notice::error(context.say(words("a name is needed", "请填写名称"))));
        }
        let command = match (&after, self.is_new()) {
            (Record::Customer(customer), true) => Some(Command::AddCustomer(Box::new(customer.clone()), Vec::new())),
            (_, true) => Some(Command::Add(Box::new(after))),
            (_, false) => edit_between(&self.before, &after),
        };
        Effect::Save(self.new_owner(context).into_iter().chain(command).collect(), SAVED)
    }

    /// An owner nobody has heard of is entered along with the customer.
    fn new_owner(&self, context: &Context<'_>) -> Option<Command> {
        let line = self.lines.iter().find(|line| line.asked.2 == Entry::Owner)?;
        let name = line.input.text().trim().to_owned();
        let unknown = !name.is_empty() && context.book().standards().owner_called(&name).is_none();
        unknown.then(|| Command::Add(Box::new(Owner::called(&name).into())))
    }

    /// Whether there is something to be saved: in a new record anything at all.
    fn is_changed(&self) -> bool {
        let kept = |line: &Line| if self.is_new() { String::new() } else { line.kept.clone() };
        self.lines.iter().any(|line| line.input.text() != kept(line))
    }
}

fn is_nameless(record: &Record) -> bool {
    match record {
        Record::Customer(customer) => customer.name.trim().is_empty(),
        Record::Contact(contact) => contact.name.trim().is_empty(),
        _ => false,
    }
}

impl View for Form {
    fn scope(&self) -> Scope {
        Scope::Form
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        match action {
            Action::Save => return self.save(context),
            Action::Cancel | Action::GoBack => return Effect::Back,
            Action::NextField => self.go(1),
            Action::PreviousField => self.go(-1),
            Action::Choose => return self.choose(context),
            _ => {
                let took = self.line().is_some_and(|line| line.input.act(action));
                return if took { Effect::None } else { Effect::Unknown };
            }
        }
        Effect::None
    }

    fn typed(&mut self, text: &str, context: &Context<'_>) -> Effect {
        let Some(line) = self.line() else { return Effect::None };
        line.problem = None;
        let whole = line.input.insert(text);
        if whole {
            return Effect::None;
        }
        let cut = words("the field is full; the rest was left out", "内容过长，超出部分未填入");
        Effect::Say(Notice::error(context.say(cut)))
    }

    fn answered(&mut self, answer: Answer, context: &Context<'_>) -> Effect {
        let text = match answer {
            Answer::Option(place) => self.options(context).into_iter().nth(place),
            Answer::Own(text) => Some(text),
            Answer::Customer(_) => None,
        };
        if let (Some(text), Some(line)) = (text, self.line()) {
            line.input = Input::new(&text);
            line.problem = None;
            self.go(1);
        }
        Effect::None
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let theme = context.theme;
        let mut brush = Brush::new(buffer, area);
        let end = brush.text(1, 0, self.title(context), u16::MAX, theme.strong);
        if self.is_changed() {
            brush.text(end + 2, 0, context.say(words("not saved yet", "尚未保存")), u16::MAX, theme.dim);
        }
        let label = self.lines.iter().map(|line| fit::width(context.say(line.asked.1))).max().unwrap_or(0) as u16;
        let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
        self.rows.fit(usize::from(body.height), self.lines.len());
        let lists = !self.options(context).is_empty();
        let mut brush = Brush::new(buffer, body);
        let mut caret = None;
        for (y, place) in (0..).zip(self.rows.seen(self.lines.len())) {
            let Some(line) = self.lines.get(place) else { continue };
            let here = place == self.rows.selected;
            let style = if here { theme.accent } else { theme.dim };
            brush.text(0, y, if here { ">" } else { " " }, 1, theme.accent);
            brush.text_left_of(label + 2, y, context.say(line.asked.1), label, style);
            let hint = match &line.problem {
                Some(reason) => reason.say(context.language),
                None if here && lists => context.say(words("⏎ list", "⏎ 选择")).to_owned(),
                None => String::new(),
            };
            let end = brush.area().width;
            let style = if line.problem.is_some() { theme.alarm } else { theme.dim };
            let end = brush.text_left_of(end.saturating_sub(1), y, &hint, end / 2, style);
            let at = line.input.draw(&mut brush, label + 4, y, end.saturating_sub(label + 5), Style::new());
            if here {
                caret = Some(at);
            }
        }
        caret
    }

    /// What was not typed over is written anew: the language may be another.
    fn refresh(&mut self, context: &Context<'_>) {
        for line in &mut self.lines {
            let Some(value) = self.before.get(line.number) else { continue };
            let now = written(&value, line.asked.2, context);
            if now != line.kept && line.input.text() == line.kept {
                line.input = Input::new(&now);
            }
            line.kept = now;
        }
    }

    fn foot(&self, _context: &Context<'_>) -> String {
        format!("{}/{}", self.rows.selected + 1, self.lines.len())
    }

    fn draft_key(&self) -> Option<String> {
        // A new record begun from what was looked for is not the one begun from nothing.
        let begun: String = self.lines.iter().filter(|_| self.is_new()).map(|line| line.kept.as_str()).collect();
        Some(format!("{} {} {} {begun}", self.before.kind().key(), self.before.home(), self.before.id()))
    }

    fn draft(&self, _context: &Context<'_>) -> Option<Draft> {
        let fields = self.lines.iter().map(|line| (line.asked.0.to_owned(), line.input.text())).collect();
        self.is_changed().then(|| Draft { fields })
    }

    fn take_up(&mut self, draft: &Draft) {
        for (name, text) in &draft.fields {
            if let Some(line) = self.lines.iter_mut().find(|line| line.asked.0 == name) {
                line.input = Input::new(text);
            }
        }
    }
}

/// A field's value as it stands in its line.
fn written(value: &Value, entry: Entry, context: &Context<'_>) -> String {
    let (standards, language) = (context.book().standards(), context.language);
    match (value, entry) {
        (Value::Text(key), Entry::List(list)) => standards.shown(list, key, language).to_owned(),
        (Value::Link(id), _) => standards.owner_name(Some(*id)).to_owned(),
        (Value::Choice(number), entry) => chosen(*number, entry, language).to_owned(),
        (Value::Flag(true), _) => words("yes", "是").say(language).to_owned(),
        (Value::Flag(false), _) => String::new(),
        (Value::Due(due), _) => due.to_string().replace('T', " "),
        (Value::Texts(texts), _) => texts.join(" "),
        (value, _) => crate::desk::history::value_text(value),
    }
}

fn chosen(number: u8, entry: Entry, language: Language) -> &'static str {
    let words = match entry {
        Entry::CustomerKind => CustomerKind::try_from(number).ok().map(Said::words),
        Entry::LifeStage => LifeStage::try_from(number).ok().map(Said::words),
        Entry::Role => ContactRole::try_from(number).ok().map(Said::words),
        Entry::Attitude => Attitude::try_from(number).ok().map(Said::words),
        _ => None,
    };
    words.map_or("", |words| words.say(language))
}

/// What was typed in a line, as the field's value.
fn read(text: &str, entry: Entry, context: &Context<'_>) -> Result<Value, Reason> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(if entry == Entry::Flag { Value::Flag(false) } else { Value::Empty });
    }
    let standards = context.book().standards();
    let choice_value = |number: Option<u8>| number.map_or(Value::Empty, Value::Choice);
    Ok(match entry {
        Entry::Text => Value::Text(text.to_owned()),
        Entry::Phone => cell::phone(text)?.map_or(Value::Empty, Value::Text),
        Entry::List(list) => Value::Text(standards.item(list, text).map_or(text, |item| &item.key).to_owned()),
        Entry::Owner => match standards.owner_called(text) {
            Some(owner) => Value::Link(owner.id),
            None => Value::Link(Owner::called(text).id),
        },
        Entry::Tags => Value::Texts(text.split_whitespace().flat_map(cell::tags).collect()),
        Entry::Day => day(text, DateOrder::MonthFirst)?.map_or(Value::Empty, Value::Day),
        Entry::Due => due(text, DateOrder::MonthFirst)?.map_or(Value::Empty, Value::Due),
        Entry::Whole => cell::whole(text)?.map_or(Value::Empty, Value::Whole),
        Entry::CustomerKind => choice_value(choice::<CustomerKind>(text)?.map(u8::from)),
        Entry::LifeStage => choice_value(choice::<LifeStage>(text)?.map(u8::from)),
        Entry::Role => choice_value(choice::<ContactRole>(text)?.map(u8::from)),
        Entry::Attitude => choice_value(choice::<Attitude>(text)?.map(u8::from)),
        Entry::Flag => Value::Flag(cell::flag(text)?.unwrap_or(false)),
    })
}
