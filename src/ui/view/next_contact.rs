//! When a customer is to be contacted next: chosen from the usual days, or typed in words.

use crate::book::command::{Command, edit_between};
use crate::book::logging::Reader;
use crate::domain::customer::Customer;
use crate::domain::id::Id;
use crate::domain::record::Record;
use crate::domain::time::{Due, Moment};
use crate::parse::when::{Looking, When, read_whole, say};
use crate::parse::working_days::working_days_after;
use crate::text::{Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice};
use crate::ui::view::choose::sheet;
use crate::ui::view::{View, prompt};
use crate::ui::widget::input::Input;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const SAVED: Words = words("Next contact set", "已设定下次联系");

/// The line that sets when a customer is contacted next, over the days that are usual.
pub struct NextContact {
    customer: Id,
    input: Input,
    rows: Rows,
}

impl NextContact {
    /// For a customer.
    pub fn new(customer: Id) -> NextContact {
        NextContact { customer, input: Input::default(), rows: Rows::default() }
    }

    /// The usual days: this afternoon while it is to come, tomorrow, next week, and so on; last, none at all.
    fn usual(&self, reader: &Reader<'_>, now: Moment) -> Vec<(Words, Option<Due>)> {
        use chrono::{Datelike, Timelike};
        let today = now.day();
        let working = |days: u32| Some(Due::on(working_days_after(today, days, reader.calendar())));
        let to_monday = 7 - today.date().weekday().num_days_from_monday() as i32;
        let mut usual = Vec::new();
        if now.local().hour() < 14 {
            usual.push((words("this afternoon", "今天下午"), Some(Due { day: today, minute: Some(14 * 60) })));
        }
        usual.extend([
            (words("next working day", "下一工作日"), working(1)),
            (words("in 3 working days", "3 个工作日后"), working(3)),
            (words("next Monday", "下周一"), Some(Due::on(today.plus(to_monday)))),
            (words("in two weeks", "两周后"), Some(Due::on(today.plus(14)))),
            (words("in a month", "一个月后"), Some(Due::on(today.plus_months(1)))),
            (words("in a quarter", "三个月后"), Some(Due::on(today.plus_months(3)))),
        ]);
        usual.sort_by_key(|(_, due)| *due);
        usual.push((words("none", "不再提醒"), None));
        usual
    }

    /// What is typed, as a day; an error says why not.
    fn typed_due(&self, reader: &Reader<'_>, context: &Context<'_>) -> Result<Due, String> {
        let text = self.input.text();
        let clock = reader.context().clock;
        match read_whole(&text, &clock, Looking::Ahead) {
            Some(When::Read(reading)) => Ok(reading.due),
            Some(When::Unknown(unknown)) => {
                Err(format!("{}{}{}", text.trim(), context.say(words(": ", "：")), context.say(unknown.why.words())))
            }
            None => Err(context.say(words("no date is read in that", "看不出日期")).to_owned()),
        }
    }

    fn save(&self, context: &Context<'_>) -> Effect {
        let reader = Reader::new(context.book(), None, &[], context.now, context.language);
        let due = if self.input.is_empty() {
            self.usual(&reader, context.now).get(self.rows.selected).and_then(|(_, due)| *due)
        } else {
            match self.typed_due(&reader, context) {
                Ok(due) => Some(due),
                Err(text) => return Effect::Say(Notice::error(text)),
            }
        };
        match context.desk.dossier(self.customer).map(|dossier| dossier.customer()) {
            Ok(Some(before)) => {
                let after = Record::from(Customer { next_contact: due, ..before.clone() });
                let command: Option<Command> = edit_between(&before.into(), &after);
                command.map_or(Effect::Back, |command| Effect::save(vec![command], SAVED))
            }
            Ok(None) => Effect::Back,
            Err(error) => Effect::Say(Notice::error(error.say(context.language))),
        }
    }
}

impl View for NextContact {
    fn scope(&self) -> Scope {
        Scope::Picker
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        let reader = Reader::new(context.book(), None, &[], context.now, context.language);
        let count = self.usual(&reader, context.now).len();
        match action {
            Action::SelectNext => self.rows.move_by(1, count),
            Action::SelectPrevious => self.rows.move_by(-1, count),
            Action::Choose => return self.save(context),
            Action::Close | Action::GoBack => return Effect::Back,
            _ if self.input.act(action) => {}
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn typed(&mut self, text: &str, _context: &Context<'_>) -> Effect {
        self.input.insert(text);
        Effect::None
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let reader = Reader::new(context.book(), None, &[], context.now, context.language);
        let usual = self.usual(&reader, context.now);
        let clock = reader.context().clock;
        let mut brush = sheet(area, buffer, usual.len() + 2, context);
        let theme = context.theme;
        let name = context.book().row_of(self.customer).map_or("", |row| row.name());
        let x = brush.text(1, 0, context.say(Action::SetNextContact.label()), 14, theme.accent);
        brush.text(x + 1, 0, name, u16::MAX, theme.strong);
        let example =
            words("choose below, or type: next wed 2pm, 12/5, +3d", "从下面选，或输入：下周三下午2点、12月5日、三天后");
        let caret = prompt::draw(&mut brush, &self.input, example, context);
        self.rows.fit(usize::from(brush.area().height.saturating_sub(3)), usual.len());
        if !self.input.is_empty() {
            let (text, style) = match self.typed_due(&reader, context) {
                Ok(due) => (say(due, &clock, context.language), Style::new()),
                Err(text) => (text, theme.alarm),
            };
            brush.text(3, 2, &text, u16::MAX, style);
            return Some(caret);
        }
        for (y, place) in (2..).zip(self.rows.seen(usual.len())) {
            let Some((label, due)) = usual.get(place) else { continue };
            brush.text(3, y, context.say(*label), 20, Style::new());
            let due = due.map(|due| say(due, &clock, context.language)).unwrap_or_default();
            brush.text(24, y, &due, u16::MAX, theme.dim);
            if place == self.rows.selected {
                brush.select_line(y, theme.selected);
            }
        }
        Some(caret)
    }

    fn floats(&self) -> bool {
        true
    }
}
