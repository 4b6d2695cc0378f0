//! The follow-up line: one line typed, read while it is typed, saved by Enter.

use crate::book::command::Command;
use crate::book::logging::{Logging, Reader};
use crate::domain::choice::{ListKind, StageRole};
use crate::domain::customer::Contact;
use crate::domain::deal::Deal;
use crate::domain::id::Id;
use crate::line::when::say;
use crate::line::{Line, Opened, Picker, Step, complete, picker};
use crate::store::dossier::Dossier;
use crate::text::choices::Said;
use crate::text::figures::{points, short_money};
use crate::text::{Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Choosing, Effect, Notice, Place};
use crate::ui::view::choose::sheet;
use crate::ui::view::{Draft, View};
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const SAVED: Words = words("Follow-up saved", "跟进已保存");
const WHICH_DEAL: Words = words("Which deal", "哪个商机");
/// Values shown of a picker.
const PICKED: usize = 6;
/// Customers offered behind `@`.
const CUSTOMERS: usize = 20;
/// Lines of the preview.
const PREVIEW: usize = 9;

/// The view of the line.
pub struct Log {
    customer: Id,
    input: Input,
    contacts: Vec<Contact>,
    deals: Vec<Deal>,
    picked: Rows,
    deal: Option<Id>,
}

impl Log {
    /// The line about a customer.
    pub fn new(customer: Id, context: &Context<'_>) -> Log {
        let dossier = context.desk.dossier(customer).ok();
        let contacts = dossier.as_ref().map(Dossier::contacts).unwrap_or_default();
        let role = |deal: &Deal| context.book().standards().role(&deal.stage);
        let mut deals = dossier.map(|dossier| dossier.deals()).unwrap_or_default();
        deals.retain(|deal| matches!(role(deal), StageRole::Open | StageRole::Parked));
        Log { customer, input: Input::default(), contacts, deals, picked: Rows::default(), deal: None }
    }

    fn reader<'a>(&'a self, context: &'a Context<'_>) -> Reader<'a> {
        Reader::new(context.book(), Some(self.customer), &self.contacts, context.now, context.language)
    }

    fn read(&self, context: &Context<'_>) -> Line {
        self.reader(context).read(&self.input.text())
    }

    /// The picker that is open at the caret, and the values that fit.
    fn picker(&self, context: &Context<'_>) -> Option<(Opened, Vec<String>)> {
        let reader = self.reader(context);
        let opened = picker(&self.input.text(), self.input.caret_chars(), &reader.context())?;
        let wanted = crate::query::field::fold(&opened.prefix);
        let standards = context.book().standards();
        let stages =
            || standards.stages().iter().map(|stage| standards.stage_shown(&stage.key, context.language).to_owned());
        let all: Vec<String> = match opened.picker {
            Picker::Customer => {
                let owners = standards.owners().into_iter().map(|owner| owner.name.clone());
                let customers = context.finder.map(|finder| finder.search(&opened.prefix, CUSTOMERS, None).hits);
                let rows = customers.into_iter().flatten().filter_map(|hit| context.book().row(hit.slot));
                owners.chain(rows.map(|row| row.name().to_owned())).collect()
            }
            Picker::Contact => self.contacts.iter().map(|contact| contact.name.clone()).collect(),
            Picker::Tag => reader.tags().to_vec(),
            Picker::Stage => stages().collect(),
        };
        let fits = |name: &String| {
            let initials = crate::book::find::initials(name);
            [name, &initials].into_iter().any(|text| crate::query::field::fold(text).contains(&wanted))
        };
        let fitting: Vec<String> = all.into_iter().filter(fits).collect();
        let complete = matches!(fitting.as_slice(), [only] if crate::query::field::fold(only) == wanted);
        (!fitting.is_empty() && !complete).then_some((opened, fitting))
    }

    /// Takes the value selected, or else the date at the end that could be a next step.
    fn accept(&mut self, context: &Context<'_>) {
        let text = self.input.text();
        if let Some((opened, names)) = self.picker(context) {
            if let Some(name) = names.get(self.picked.selected) {
                let (line, caret) = complete(&text, &opened, name);
                self.input = Input::with_caret(&line, caret);
                self.picked = Rows::default();
            }
        } else if let Some(suggestion) = self.read(context).suggestion {
            self.input = Input::new(&suggestion.accepted);
        }
    }

    fn save(&mut self, context: &Context<'_>) -> Effect {
        let line = self.read(context);
        let customer = line.customer.unwrap_or(self.customer);
        let mut logging = Logging::of(&line, customer, context.desk.me(), context.now, context.book());
        logging.keep_others(&line, &self.contacts, context.book());
        if logging.is_empty() {
            return Effect::Say(Notice::note(context.say(words("write what was said", "请写下沟通内容"))));
        }
        logging.deal = logging.deal.or(self.deal).filter(|_| customer == self.customer);
        let moves_deal = logging.stage.is_some() || logging.deal_amount.is_some();
        if moves_deal && logging.deal.is_none() && self.deals.len() > 1 && customer == self.customer {
            return self.choose_deal(context);
        }
        Effect::Save(vec![Command::Log(Box::new(logging))], SAVED)
    }

    fn choose_deal(&self, context: &Context<'_>) -> Effect {
        let standards = context.book().standards();
        let hint = |deal: &Deal| {
            let amount = deal.amount.map(|amount| short_money(amount, context.language)).unwrap_or_default();
            format!("{} {amount}", standards.stage_shown(&deal.stage, context.language))
        };
        let options = self.deals.iter().map(|deal| (deal.title.clone(), hint(deal))).collect();
        Effect::Open(Place::Choose(Choosing { title: WHICH_DEAL, options, selected: 0, own: false }))
    }
}

impl View for Log {
    fn scope(&self) -> Scope {
        Scope::Line
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        match action {
            Action::Save => return self.save(context),
            Action::Cancel | Action::GoBack => return Effect::Back,
            Action::Accept => self.accept(context),
            Action::SelectNext | Action::SelectPrevious => {
                let count = self.picker(context).map_or(0, |(_, names)| names.len());
                self.picked.move_by(if action == Action::SelectNext { 1 } else { -1 }, count);
            }
            _ if self.input.act(action) => self.picked = Rows::default(),
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn typed(&mut self, text: &str, context: &Context<'_>) -> Effect {
        self.picked = Rows::default();
        if self.input.insert(text) {
            return Effect::None;
        }
        let cut = words("the line is full; the rest was left out", "内容过长，超出部分未填入");
        Effect::Say(Notice::error(context.say(cut)))
    }

    fn answered(&mut self, answer: Answer, context: &Context<'_>) -> Effect {
        let Answer::Option(place) = answer else { return Effect::None };
        self.deal = self.deals.get(place).map(|deal| deal.id);
        self.save(context)
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let mut brush = sheet(area, buffer, PREVIEW + 2, context);
        let theme = context.theme;
        let line = self.read(context);
        let customer = line.customer.unwrap_or(self.customer);
        let name = context.book().row_of(customer).map_or("", |row| row.name());
        let x = brush.text(1, 0, context.say(Action::FollowUp.label()), 12, theme.accent);
        brush.text(x + 1, 0, name, u16::MAX, theme.strong);
        let x = brush.pieces(0, 1, &[(" > ", theme.accent)]);
        let width = brush.area().width;
        if self.input.is_empty() {
            let example = words(
                "call confirmed the price #contract $125k =negotiation >next wed 2pm send contract",
                "电话 确认报价，等法务 #合同 ￥12.5万 =谈判 >下周三下午2点 发合同",
            );
            brush.text(x, 1, context.say(example), width - x, theme.dim);
        }
        let caret = self.input.draw(&mut brush, x, 1, width - x, theme.strong);
        match self.picker(context) {
            Some((_, names)) => self.draw_picker(&mut brush, &names, context),
            None => self.draw_reading(&mut brush, &line, context),
        }
        Some(caret)
    }

    fn floats(&self) -> bool {
        true
    }

    fn draft_key(&self) -> Option<String> {
        Some(format!("log {}", self.customer))
    }

    fn draft(&self, _context: &Context<'_>) -> Option<Draft> {
        let fields = vec![("line".to_owned(), self.input.text())];
        (!self.input.is_empty()).then_some(Draft { fields })
    }

    fn take_up(&mut self, draft: &Draft) {
        if let Some((_, text)) = draft.fields.first() {
            self.input = Input::new(text);
        }
    }
}

impl Log {
    fn draw_picker(&mut self, brush: &mut Brush<'_>, names: &[String], context: &Context<'_>) {
        self.picked.fit(PICKED.min(names.len()), names.len());
        for (y, place) in (2..).zip(self.picked.seen(names.len())) {
            if let Some(name) = names.get(place) {
                brush.text(3, y, name, 40, Style::new());
                if place == self.picked.selected {
                    brush.select_line(y, context.theme.selected);
                }
            }
        }
        let hint = words("Tab takes it, go on typing to narrow", "Tab 选用，继续输入可缩小范围");
        brush.text(3, 2 + PICKED as u16, context.say(hint), u16::MAX, context.theme.dim);
    }

    /// How the line is read, a part a line, so that a misreading is seen before Enter.
    fn draw_reading(&self, brush: &mut Brush<'_>, line: &Line, context: &Context<'_>) {
        let theme = context.theme;
        for (y, (label, text, doubtful)) in (2..).zip(self.parts(line, context).into_iter().take(PREVIEW)) {
            let x = brush.text(3, y, label, 14, theme.dim);
            brush.text(x.max(13) + 1, y, &text, u16::MAX, if doubtful { theme.alarm } else { Style::new() });
        }
    }

    fn parts(&self, line: &Line, context: &Context<'_>) -> Vec<(&'static str, String, bool)> {
        let reader = self.reader(context);
        let clock = reader.context().clock;
        let standards = context.book().standards();
        let shown = |list, key: &str| standards.shown(list, key, context.language).to_owned();
        let mut parts: Vec<(Words, String, bool)> = Vec::new();
        let mut put = |label, text: Option<String>, doubtful| {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                parts.push((label, text, doubtful));
            }
        };
        put(words("way", "方式"), line.way.as_deref().map(|key| shown(ListKind::Way, key)), false);
        let heard = line.feedback.as_ref().map(|heard| {
            let score = heard.score.map(|score| format!(" {}", points(score))).unwrap_or_default();
            format!("{}{score}", heard.kind.words().say(context.language))
        });
        put(words("feedback", "反馈"), heard, false);
        put(words("when", "时间"), line.at.as_ref().map(|at| say(at.due, &clock, context.language)), false);
        put(words("text", "内容"), Some(line.text.clone()), false);
        put(words("outcome", "结果"), line.outcome.as_deref().map(|key| shown(ListKind::Outcome, key)), false);
        let contacts = self.contacts.iter().filter(|contact| line.contacts.contains(&contact.id));
        put(
            words("with", "联系人"),
            Some(contacts.map(|contact| contact.name.as_str()).collect::<Vec<_>>().join(" ")),
            false,
        );
        put(
            words("tags", "标签"),
            Some(line.tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" ")),
            false,
        );
        let of_deal =
            if line.amount_is_deal { words("deal amount", "商机金额") } else { words("amount", "金额") };
        put(of_deal, line.amount.map(crate::text::figures::full_money), false);
        put(
            words("stage", "阶段"),
            line.stage.as_deref().map(|key| standards.stage_shown(key, context.language).to_owned()),
            false,
        );
        put(words("priority", "优先级"), (line.priority > 0).then(|| "!".repeat(usize::from(line.priority))), false);
        for step in &line.steps {
            put(
                words("next", "下一步"),
                Some(step_text(step, &clock, context)),
                step.due.is_none() || is_past(step, context),
            );
        }
        let suggestion = line
            .suggestion
            .as_ref()
            .map(|suggestion| format!("{}  (Tab)", say(suggestion.reading.due, &clock, context.language)));
        put(words("next?", "下一步？"), suggestion, false);
        put(words("kept as text", "按文字保留"), Some(line.unread.join("  ")), true);
        parts.into_iter().map(|(label, text, doubtful)| (context.say(label), text, doubtful)).collect()
    }
}

fn is_past(step: &Step, context: &Context<'_>) -> bool {
    step.due.is_some_and(|due| due.day < context.today())
}

/// The step with its weekday and distance, and what else its date could mean.
fn step_text(step: &Step, clock: &crate::line::when::Clock<'_>, context: &Context<'_>) -> String {
    let due = match (&step.due, &step.unknown) {
        (Some(due), _) => say(*due, clock, context.language),
        (None, Some((phrase, why))) => format!("{phrase}: {}", context.say(why.words())),
        (None, None) => String::new(),
    };
    let by = step.deadline.then(|| context.say(words("at the latest", "之前")).to_owned());
    let past = is_past(step, context).then(|| context.say(words("in the past!", "已过去！")).to_owned());
    let rival = step
        .rival
        .map(|rival| format!("({} {}?)", context.say(words("or", "或")), say(rival, clock, context.language)));
    let note = step.note.map(|note| format!("({})", context.say(note.words())));
    let who = step.who.map(|who| format!("@{}", context.book().standards().owner_name(Some(who))));
    let parts = [Some(due), by, past, rival, note, Some(step.what.clone()), who];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
