//! What is done to the line while its form is open over it.

use super::sheet::{Holds, Sheet, understood};
use super::{Chosen, Log};
use crate::domain::choice::ListKind;
use crate::line::{Part, Parts};
use crate::text::words;
use crate::ui::action::Action;
use crate::ui::choosing::Choosing;
use crate::ui::context::Context;
use crate::ui::effect::Effect;
use crate::ui::fit;
use crate::ui::view::choose::sheet;
use crate::ui::widget::input::Input;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

impl Log {
    /// Opens the form over the line.
    pub(super) fn expand(&mut self, context: &Context<'_>) {
        let line = self.read(context);
        self.sheet = Some(Sheet::of(&self.input.text(), &line, context));
    }

    /// Takes the form's values into the line; the form stays open where it was.
    pub(super) fn take_sheet(&mut self, context: &Context<'_>) {
        let Some(sheet) = &self.sheet else { return };
        let (mut parts, outcome) = (sheet.parts(), sheet.held(Holds::Outcome));
        let reader = self.reader(context);
        let read = |parts: &Parts| reader.read(&parts.line(&reader.context()));
        let wanted = context.book().standards().item(ListKind::Outcome, outcome.trim()).map(|item| item.key.clone());
        // An outcome is a word of the text: one that the text does not say is written behind it.
        if wanted.is_some() && read(&parts).outcome != wanted {
            parts.text = format!("{} {}", parts.text.trim_end(), outcome.trim()).trim_start().to_owned();
        }
        let line = parts.line(&reader.context());
        if line != self.input.text() {
            self.input = Input::new(&line);
            self.follow(context);
        }
    }

    /// An act while the form is open.
    pub(super) fn act_in_sheet(&mut self, action: Action, context: &Context<'_>) -> Effect {
        let Some(sheet) = &mut self.sheet else { return Effect::Unknown };
        let count = sheet.fields.len();
        match action {
            Action::NextField => sheet.rows.select((sheet.rows.selected + 1) % count.max(1), count),
            Action::PreviousField => sheet.rows.select((sheet.rows.selected + count - 1) % count.max(1), count),
            Action::Choose => return self.choose_in_sheet(context),
            Action::Save => {
                self.sheet = None;
                return self.save(context);
            }
            Action::ExpandLine | Action::Cancel | Action::GoBack => self.sheet = None,
            _ => {
                let had_outcome = !sheet.held(Holds::Outcome).is_empty();
                let took = sheet.field().is_some_and(|field| field.input.act(action));
                sheet.make_room();
                if had_outcome && sheet.held(Holds::Outcome).is_empty() {
                    self.take_outcome_out(context);
                }
                self.take_sheet(context);
                return if took { Effect::None } else { Effect::Unknown };
            }
        }
        Effect::None
    }

    /// The outcome's field was emptied: the words it is read from go out of the text, or it would be read from them again.
    fn take_outcome_out(&mut self, context: &Context<'_>) {
        let mut text = self.sheet.as_ref().map(|sheet| sheet.held(Holds::Text)).unwrap_or_default();
        loop {
            let said = Parts { text: text.clone(), ..Parts::default() };
            let reader = self.reader(context);
            let line = said.line(&reader.context());
            let read = reader.read(&line);
            let Some(span) = read.spans.iter().find(|span| span.part == Part::Outcome) else { break };
            let rest = line.chars().enumerate().filter(|(at, _)| !span.range.contains(at)).map(|(_, c)| c);
            text = rest.collect::<String>().trim_matches([' ', '，', ',', '、', '；', ';']).to_owned();
        }
        let field = self.sheet.iter_mut().flat_map(|sheet| &mut sheet.fields).find(|field| field.holds == Holds::Text);
        if let Some(field) = field.filter(|field| field.input.text() != text) {
            field.input = Input::new(&text);
        }
    }

    /// Text typed while the form is open; gives how much found no room.
    pub(super) fn typed_in_sheet(&mut self, text: &str, context: &Context<'_>) -> usize {
        let Some(sheet) = &mut self.sheet else { return 0 };
        let left_out = sheet.field().map_or(0, |field| field.input.insert(text));
        sheet.make_room();
        self.take_sheet(context);
        left_out
    }

    /// The list behind the field one is in.
    fn options_in_sheet(&self, context: &Context<'_>) -> Vec<String> {
        let Some(field) = self.sheet.as_ref().and_then(|sheet| sheet.fields.get(sheet.rows.selected)) else {
            return Vec::new();
        };
        let standards = context.book().standards();
        let shown = |list| {
            let items = standards.items(list);
            items.map(|item| standards.shown(list, &item.key, context.language).to_owned()).collect::<Vec<_>>()
        };
        match field.holds {
            Holds::Way => shown(ListKind::Way),
            Holds::Outcome => shown(ListKind::Outcome),
            Holds::Contacts => self.about.contacts.iter().map(|contact| contact.name.clone()).collect(),
            Holds::Tags => context.book().tags().to_vec(),
            Holds::Stage => {
                let stages = standards.stages().iter();
                stages.map(|stage| standards.stage_shown(&stage.key, context.language).to_owned()).collect()
            }
            Holds::Priority => ["!", "!!", "!!!"].map(str::to_owned).to_vec(),
            Holds::Colleagues | Holds::StepWho(_) => {
                standards.owners().into_iter().map(|owner| owner.name.clone()).collect()
            }
            _ => Vec::new(),
        }
    }

    fn choose_in_sheet(&mut self, context: &Context<'_>) -> Effect {
        let options = self.options_in_sheet(context);
        let Some(sheet) = &mut self.sheet else { return Effect::None };
        let Some(field) = sheet.fields.get(sheet.rows.selected) else { return Effect::None };
        if options.is_empty() {
            let count = sheet.fields.len();
            sheet.rows.move_by(1, count);
            return Effect::None;
        }
        let typed = field.input.text();
        let title = field.label;
        let options = options.into_iter().map(|option| (option.clone(), option));
        let choosing = Choosing::new(title, options).selecting(|option| *option == typed);
        self.choice.open(choosing.map(Chosen::Value))
    }

    /// A value is chosen: lists of names take one more, the others only one.
    pub(super) fn chosen_in_sheet(&mut self, chosen: String, context: &Context<'_>) {
        let Some(sheet) = &mut self.sheet else { return };
        let Some(field) = sheet.field() else { return };
        let before = field.input.text();
        let gap = match field.holds {
            Holds::Contacts | Holds::Colleagues => Some("、"),
            Holds::Tags => Some(" "),
            _ => None,
        };
        let text = match gap {
            Some(gap) if !before.trim().is_empty() && !before.contains(&chosen) => format!("{before}{gap}{chosen}"),
            _ => chosen,
        };
        field.input = Input::new(&text);
        let count = sheet.fields.len();
        sheet.rows.move_by(1, count);
        sheet.make_room();
        self.take_sheet(context);
    }

    /// Draws the form; beside each field how it is read.
    pub(super) fn draw_sheet(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let line = self.read(context);
        let has_list = !self.options_in_sheet(context).is_empty();
        let form = self.sheet.as_mut()?;
        let mut brush = sheet(area, buffer, form.fields.len() + 2, context);
        let theme = context.theme;
        let name = context.book().row_of(self.about.customer).map_or("", |row| row.name());
        let x = brush.text(1, 0, context.say(Action::FollowUp.label()), 12, theme.accent);
        let x = brush.text(x + 1, 0, name, 40, theme.strong);
        let back = words("F2 goes back to the line", "F2 回到一行");
        brush.text_left_of(
            brush.area().width.saturating_sub(1),
            0,
            context.say(back),
            30.min(brush.area().width - x),
            theme.dim,
        );
        let label = form.fields.iter().map(|field| fit::width(context.say(field.label))).max().unwrap_or(0) as u16;
        form.rows.fit(usize::from(brush.area().height.saturating_sub(2)), form.fields.len());
        let mut caret = None;
        for (y, place) in (1..).zip(form.rows.seen(form.fields.len())) {
            let Some(field) = form.fields.get(place) else { continue };
            let here = place == form.rows.selected;
            let style = if here { theme.accent } else { theme.dim };
            brush.text(0, y, if here { ">" } else { " " }, 1, theme.accent);
            brush.text_left_of(label + 2, y, context.say(field.label), label, style);
            let hint = match understood(field.holds, &line, context) {
                Some(hint) if !field.input.is_empty() => hint,
                _ if here && has_list => {
                    let enter = if context.ascii { "enter" } else { "⏎" };
                    format!("{enter} {}", context.say(words("list", "选择")))
                }
                _ => String::new(),
            };
            let width = brush.area().width;
            let end = brush.text_left_of(width.saturating_sub(1), y, &hint, width / 2, theme.dim);
            let room = end.saturating_sub(label + 5);
            let at = field.input.draw(&mut brush, label + 4, y, room, Style::new());
            if here {
                caret = Some(at);
            }
        }
        caret
    }
}
