//! The line in which a filter is written: applied while it can be read, its faults shown under it, names completed.

use super::completing::{Offer, Values};
use crate::book::sizes::unknown_size;
use crate::query::field::Column;
use crate::query::filter::{Fault, Filter};
use crate::text::{Language, words};
use crate::ui::action::Action;
use crate::ui::context::Context;
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use ratatui::layout::Position;

/// Lines of the screen that the filter takes while it is written: itself, the marks under it, what is said of it.
pub(super) const HEIGHT: u16 = 3;

/// The line.
#[derive(Default)]
pub(super) struct FilterLine {
    input: Input,
    /// Whether it is being written.
    pub(super) writing: bool,
    fault: Option<Fault>,
    /// The filter in force, and its text.
    filter: Option<Filter>,
    text: String,
    values: Values,
    /// What is being taken of an offer, and how many of its words were.
    taking: Option<(Offer, usize)>,
}

impl FilterLine {
    /// The filter in force.
    pub(super) const fn filter(&self) -> Option<&Filter> {
        self.filter.as_ref()
    }

    /// The column whose values are offered while the line is written.
    pub(super) fn about(&self) -> Option<Column> {
        self.values.about().filter(|_| self.writing)
    }

    /// The text of the filter in force.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Puts a filter in force, as it was written or kept.
    pub(super) fn set(&mut self, text: &str) {
        self.input = Input::new(text);
        self.read();
        self.apply();
    }

    /// Begins to write, with the filter in force.
    pub(super) fn begin(&mut self) {
        self.input = Input::new(&self.text);
        self.taking = None;
        self.read();
        self.writing = true;
    }

    /// Leaves the line; what is in force stays.
    pub(super) fn leave(&mut self) {
        self.writing = false;
    }

    /// Puts what is written in force and leaves the line; false, with the line still open, where it cannot be read.
    pub(super) fn finish(&mut self) -> bool {
        self.writing = self.fault.is_some();
        if !self.writing {
            self.apply();
        }
        !self.writing
    }

    /// Takes text; true when the filter in force may be another.
    pub(super) fn typed(&mut self, text: &str) {
        self.taking = None;
        self.input.insert(text);
        self.read();
    }

    /// Does an act of typing, or completes a name; false when it is neither.
    pub(super) fn act(&mut self, action: Action, context: &Context<'_>) -> bool {
        match action {
            Action::CompleteName => self.complete(context),
            _ if self.input.act(action) => self.taking = None,
            _ => return false,
        }
        self.read();
        true
    }

    /// Puts what is written in force where it can be read; false where it cannot.
    pub(super) fn apply(&mut self) -> bool {
        if self.fault.is_some() {
            return false;
        }
        self.text = self.input.text().trim().to_owned();
        self.filter = Filter::read(&self.text).ok();
        true
    }

    fn read(&mut self) {
        let text = self.input.text();
        self.fault = if text.trim().is_empty() { None } else { Filter::read(&text).err() };
    }

    /// Finds the fault of a filter that can be read, but asks for a size that the book does not know.
    pub(super) fn look_up(&mut self, context: &Context<'_>) {
        let text = self.input.text();
        if self.fault.is_none() {
            let filter = Filter::read(&text).ok();
            self.fault = filter.and_then(|filter| unknown_size(context.book(), &filter, &text));
        }
    }

    /// What the word before the caret may become.
    pub(super) fn offer(&mut self, context: &Context<'_>) -> Offer {
        let before: String = self.input.text().chars().take(self.input.caret_chars()).collect();
        self.values.offer(&before, context.book(), context.language)
    }

    /// Takes the first word offered; asked again at once, the next one instead.
    fn complete(&mut self, context: &Context<'_>) {
        let mut taking = match self.taking.take() {
            Some((offer, taken)) => (offer, taken + 1),
            None => (self.offer(context), 0),
        };
        let (offer, place) = &mut taking;
        if offer.words.is_empty() {
            return;
        }
        let before = place.checked_sub(1).map(|before| before % offer.words.len());
        let standing = before.and_then(|before| offer.words.get(before)).unwrap_or(&offer.typed);
        let word = offer.words.get(*place % offer.words.len()).cloned().unwrap_or_default();
        for _ in standing.chars() {
            self.input.act(Action::DeleteLeft);
        }
        self.input.insert(&word);
        self.taking = Some(taking);
    }

    /// Draws the line with what is under it, how many pass it or why that is not known; gives where the caret stands.
    pub(super) fn draw(
        &mut self,
        brush: &mut Brush<'_>,
        passing: Result<usize, String>,
        context: &Context<'_>,
    ) -> Position {
        let theme = context.theme;
        let x = brush.pieces(0, 0, &[(" & ", theme.accent)]);
        let width = brush.area().width;
        let columns = width.saturating_sub(x + 1);
        let caret = self.input.draw(brush, x, 0, columns, theme.strong);
        let offer = match &self.taking {
            Some((offer, _)) => offer.clone(),
            None => self.offer(context),
        };
        if !offer.words.is_empty() {
            self.draw_offer(brush, x, &offer, context);
        }
        if offer.words.is_empty() || self.taking.is_some() {
            self.draw_told(brush, x, columns, passing, context);
        }
        caret
    }

    /// What a word half written may become: that is no mistake yet.
    fn draw_offer(&self, brush: &mut Brush<'_>, x: u16, offer: &Offer, context: &Context<'_>) {
        let theme = context.theme;
        let taken = self.taking.as_ref().map(|(_, taken)| taken % offer.words.len());
        let mut at = brush.text(x, 1, "Tab ", u16::MAX, theme.dim);
        for (place, word) in offer.words.iter().enumerate() {
            let style = if taken == Some(place) { theme.strong } else { theme.accent };
            at = brush.text(at, 1, word, u16::MAX, style) + 2;
        }
    }

    /// What there is to say of the filter as it is: its fault, an example, or how many it shows.
    fn draw_told(
        &self,
        brush: &mut Brush<'_>,
        x: u16,
        columns: u16,
        passing: Result<usize, String>,
        context: &Context<'_>,
    ) {
        let theme = context.theme;
        let text = self.input.text();
        match &self.fault {
            Some(fault) => {
                let (_, about) = fault.pointed(&text);
                // What is missing at the end is a hint while one writes, and no alarm.
                let style = if about.is_empty() { theme.dim } else { theme.alarm };
                if self.taking.is_none() {
                    let (at, wide) = self.input.stretch(fault.at, fault.length, columns);
                    brush.text(x + at, 1, &"^".repeat(usize::from(wide)), u16::MAX, style);
                }
                brush.text(x, 2, &fault.say(context.language), u16::MAX, style);
            }
            None if text.trim().is_empty() => {
                let example = words(
                    "industry = manufacturing order_value > 100k     top 20%     owner = me",
                    "行业=制造业 客单价>10万     前20%     最近购买 早于90天前     负责人=我",
                );
                brush.text(x, 2, context.say(example), u16::MAX, theme.dim);
            }
            None => {
                let passing = match passing {
                    Ok(passing) => passing,
                    Err(unknown) => {
                        brush.text(x, 2, &unknown, u16::MAX, theme.dim);
                        return;
                    }
                };
                let count = crate::text::figures::grouped(passing as u64);
                let told = match context.language {
                    Language::En => format!("{count} customers; Enter keeps it, empty shows everybody"),
                    Language::Zh => format!("{count} 位客户；回车确定，清空则显示全部"),
                };
                brush.text(x, 2, &told, u16::MAX, theme.good);
            }
        }
    }
}
