//! The work calendar: days off and weekends worked, typed or pasted in, one a line or many.

use crate::book::command::Command;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::time::Day;
use crate::domain::working::CalendarDay;
use crate::exchange::date::{self, DateOrder};
use crate::text::figures::weekday;
use crate::text::{Language, Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice};
use crate::ui::fit;
use crate::ui::view::choose::sheet;
use crate::ui::view::{Draft, View, prompt};
use crate::ui::widget::input::Input;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const TITLE: Words = words("Work calendar", "工作日历");
const ADDED: Words = words("Work calendar changed", "工作日历已更新");
const REMOVED: Words = words("Taken out of the calendar", "已从日历中移除");
/// The longest stretch of days written as one.
const LONGEST: i32 = 62;

/// The days that are not worked as their weekday says, and the line in which more are typed.
#[derive(Default)]
pub struct Workdays {
    input: Input,
    rows: Rows,
}

/// Words that say a day is free, and those that say it is worked.
const OFF: &[&str] = &["off", "休", "放假", "假", "休息", "holiday", "free"];
const ON: &[&str] = &["on", "work", "班", "上班", "调休", "补班", "workday"];

/// The days a text speaks of: a date or `first..last`, then off or work, then the holiday's name, as often as one likes;
/// an error is what was not understood.
fn read(text: &str) -> Result<Vec<CalendarDay>, String> {
    let mut days: Vec<CalendarDay> = Vec::new();
    // The days of the date read last, which the words behind it are about.
    let mut last = 0;
    for word in text.split([' ', ',', '，', ';', '；', '\t']).filter(|word| !word.is_empty()) {
        let folded = crate::query::field::fold(word);
        if let Some((first, end)) = stretch(word) {
            let count = end.days_since(first);
            if !(0..LONGEST).contains(&count) {
                return Err(word.to_owned());
            }
            last = days.len();
            days.extend((0..=count).map(|on| CalendarDay::of(first.plus(on), true, "")));
        } else if days.is_empty() {
            return Err(word.to_owned());
        } else {
            for day in days.iter_mut().skip(last) {
                match (OFF.contains(&folded.as_str()), ON.contains(&folded.as_str())) {
                    (true, _) => day.off = true,
                    (_, true) => day.off = false,
                    _ => day.name = format!("{} {word}", day.name).trim_start().to_owned(),
                }
            }
        }
    }
    Ok(days)
}

fn stretch(word: &str) -> Option<(Day, Day)> {
    let day = |text: &str| match date::due(text, DateOrder::Unclear) {
        Ok(Some(due)) if text.starts_with(|c: char| c.is_ascii_digit()) => Some(due.day),
        _ => None,
    };
    let parts = word.split_once("..").or_else(|| word.split_once('~')).or_else(|| word.split_once('至'));
    match parts {
        Some((first, last)) => Some((day(first)?, day(last)?)),
        None => day(word).map(|day| (day, day)),
    }
}

impl Workdays {
    fn save(&mut self, context: &Context<'_>) -> Effect {
        let days = match read(&self.input.text()) {
            Ok(days) if days.is_empty() => return Effect::Back,
            Ok(days) => days,
            Err(word) => return Effect::Say(Notice::error(misread(&word, context.language))),
        };
        let known = context.book().standards().calendar_days();
        let command = |day: CalendarDay| match known.iter().find(|known| known.id == day.id) {
            Some(before) => crate::book::command::edit_between(&before.clone().into(), &day.into()),
            None => Some(Command::Add(Box::new(day.into()))),
        };
        let commands: Vec<Command> = days.into_iter().filter_map(command).collect();
        self.input = Input::default();
        Effect::run(commands, ADDED)
    }

    fn remove(&self, context: &Context<'_>) -> Effect {
        match context.book().standards().calendar_days().get(self.rows.selected) {
            Some(day) => {
                Effect::run(vec![Command::Remove { kind: Kind::CalendarDay, id: day.id, home: Id::BOOK }], REMOVED)
            }
            None => Effect::None,
        }
    }
}

fn misread(word: &str, language: Language) -> String {
    let word = fit::fit(word, 24);
    match language {
        Language::En => format!("“{word}” is no day: write 2026-10-01 off, or 2026-10-01..2026-10-07 off National Day"),
        Language::Zh => format!("看不懂“{word}”：请写 2026-10-01 休，或 2026-10-01..2026-10-07 休 国庆"),
    }
}

impl View for Workdays {
    fn scope(&self) -> Scope {
        Scope::Picker
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        let count = context.book().standards().calendar_days().len();
        match action {
            Action::SelectNext => self.rows.move_by(1, count),
            Action::SelectPrevious => self.rows.move_by(-1, count),
            Action::PageDown => self.rows.move_by(self.rows.page(), count),
            Action::PageUp => self.rows.move_by(-self.rows.page(), count),
            Action::Choose => return self.save(context),
            Action::Close | Action::GoBack => return Effect::Back,
            Action::DeleteRight | Action::ClearField if self.input.is_empty() => return self.remove(context),
            _ if self.input.act(action) => {}
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn typed(&mut self, text: &str, context: &Context<'_>) -> Effect {
        prompt::typed(self.input.insert(text), context)
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let theme = context.theme;
        let mut brush = sheet(area, buffer, usize::from(area.height * 2 / 3), context);
        let x = brush.text(1, 0, context.say(TITLE), 20, theme.accent);
        let about = words("weekends are free; here stand the exceptions", "周末默认休息，这里记例外（调休与节假日）");
        brush.text(x + 2, 0, context.say(about), u16::MAX, theme.dim);
        let example = words(
            "type or paste: 2026-10-01..2026-10-07 off National Day 2026-10-10 work",
            "输入或粘贴：2026-10-01..2026-10-07 休 国庆 2026-10-10 班",
        );
        let caret = prompt::draw(&mut brush, &self.input, example, context);
        let room = usize::from(brush.area().height.saturating_sub(4));
        let days = context.book().standards().calendar_days();
        self.rows.fit(room, days.len());
        for (y, place) in (2..).zip(self.rows.seen(days.len())) {
            let Some(CalendarDay { day: Some(day), off, name, .. }) = days.get(place) else { continue };
            let kind = if *off { words("off", "休") } else { words("work", "班") };
            brush.text(3, y, &format!("{day} {}", weekday(*day, context.language)), 16, Style::new());
            brush.text(20, y, context.say(kind), 6, if *off { theme.good } else { theme.alarm });
            brush.text(27, y, name, u16::MAX, Style::new());
            if place == self.rows.selected {
                brush.select_line(y, theme.selected);
            }
        }
        let hint = words(
            "Enter adds what is typed, or closes; Delete takes the selected day out",
            "回车加入所输入的日子，空着回车则关闭；Delete 移除选中的一天",
        );
        brush.text(3, 2 + room as u16, context.say(hint), u16::MAX, theme.dim);
        Some(caret)
    }

    fn floats(&self) -> bool {
        true
    }

    fn draft_key(&self) -> Option<String> {
        Some("workdays".to_owned())
    }

    fn draft(&self, _context: &Context<'_>) -> Option<Draft> {
        Draft::of_line(&self.input)
    }

    fn take_up(&mut self, draft: &Draft) {
        self.input = draft.line();
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    fn told(text: &str) -> String {
        let days = read(text).unwrap_or_default();
        let told = days.iter().map(|day| {
            let kind = if day.off { "off" } else { "work" };
            format!("{} {kind} {}", day.day.unwrap_or_default(), day.name).trim().to_owned()
        });
        told.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn lines_pasted_as_one_are_read_day_by_day() {
        let days = "2026-10-01 off National Day 2026-10-10 班 2026/10/02 休 国庆";
        assert_eq!(told(days), "2026-10-01 off National Day; 2026-10-10 work; 2026-10-02 off 国庆");
    }

    #[test]
    fn a_stretch_is_every_day_of_it() {
        assert_eq!(told("2026-10-01..2026-10-03 休 国庆").matches("off 国庆").count(), 3);
    }

    #[test]
    fn what_is_no_day_is_told_and_nothing_is_taken() {
        assert_eq!(read("2026-10-01 off 2026-99-99..x").map(|days| days.len()), Ok(1));
        assert_eq!(read("hello").unwrap_err(), "hello");
        assert!(read("2026-01-01..2027-01-01 off").is_err());
    }
}
