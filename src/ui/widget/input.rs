//! One line being typed: the text, the caret, and what was cut.

use crate::text::emoji::{JOINER, is_emoji};
use crate::ui::action::Action;
use crate::ui::fit;
use crate::ui::widget::paint::Brush;
use ratatui::layout::Position;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

/// Most characters a line takes; more is cut off.
pub const MOST: usize = 20_000;

/// A line of text with a caret, edited by whole characters as a person sees them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    glyphs: Vec<String>,
    caret: usize,
    cut: Vec<String>,
}

impl Input {
    /// A line holding `text`, the caret behind it.
    pub fn new(text: &str) -> Input {
        let mut input = Input::default();
        input.insert(text);
        input
    }

    /// A line holding `text`, the caret behind so many characters of it.
    pub fn with_caret(text: &str, chars: usize) -> Input {
        let mut input = Input::new(text);
        let mut before = 0;
        input.caret = input
            .glyphs
            .iter()
            .take_while(|glyph| {
                before += glyph.chars().count();
                before <= chars
            })
            .count();
        input
    }

    /// How many characters stand before the caret.
    pub fn caret_chars(&self) -> usize {
        self.glyphs.iter().take(self.caret).map(|glyph| glyph.chars().count()).sum()
    }

    /// The text.
    pub fn text(&self) -> String {
        // A joiner that nothing was typed behind yet joins nothing.
        self.glyphs.iter().map(|glyph| glyph.trim_end_matches(JOINER)).collect()
    }

    /// Whether nothing is typed.
    pub const fn is_empty(&self) -> bool {
        self.glyphs.is_empty()
    }

    /// Puts text in at the caret; line ends become spaces, and what a terminal must not see is dropped. Gives how
    /// many characters found no room, because the line is full.
    pub fn insert(&mut self, text: &str) -> usize {
        // U+FFFD is what a broken byte became on its way: nobody types it, and terminals disagree about it.
        let flat = text.replace(['\r', '\n', '\t'], " ").replace('\u{fffd}', "");
        // Emoji joined to one may arrive one by one.
        let joined = |glyph: &&String| flat.starts_with(JOINER) || glyph.ends_with(JOINER);
        let before = self.caret.checked_sub(1).and_then(|place| self.glyphs.get(place)).filter(joined).cloned();
        if before.is_some() {
            self.caret -= 1;
            self.glyphs.remove(self.caret);
        }
        let flat = before.unwrap_or_default() + &flat;
        let mut clean = fit::kept(&flat).into_owned();
        if flat.ends_with(JOINER) && clean.chars().next_back().is_some_and(is_emoji) {
            clean.push(JOINER);
        }
        let room = MOST.saturating_sub(self.glyphs.len());
        let new: Vec<String> = clean.graphemes(true).take(room).map(str::to_owned).collect();
        let left_out = clean.graphemes(true).skip(room).count();
        let count = new.len();
        self.glyphs.splice(self.caret..self.caret, new);
        self.caret += count;
        left_out
    }

    /// Does one of the acts of typing; false when it is none of them.
    pub fn act(&mut self, action: Action) -> bool {
        let (caret, end) = (self.caret, self.glyphs.len());
        match action {
            Action::Left => self.caret = caret.saturating_sub(1),
            Action::Right => self.caret = (caret + 1).min(end),
            Action::LineStart => self.caret = 0,
            Action::LineEnd => self.caret = end,
            Action::WordLeft => self.caret = self.word_left(),
            Action::WordRight => self.caret = self.word_right(),
            Action::DeleteLeft => drop(self.remove(caret.saturating_sub(1), caret)),
            Action::DeleteRight => drop(self.remove(caret, (caret + 1).min(end))),
            Action::DeleteWord => self.cut = self.remove(self.word_left(), caret),
            Action::DeleteWordRight => self.cut = self.remove(caret, self.word_right()),
            Action::KillToStart => self.cut = self.remove(0, caret),
            Action::KillToEnd => self.cut = self.remove(caret, end),
            Action::ClearField => self.cut = self.remove(0, end),
            Action::Paste => drop(self.insert(&self.cut.concat())),
            _ => return false,
        }
        true
    }

    fn remove(&mut self, from: usize, to: usize) -> Vec<String> {
        self.caret = from;
        self.glyphs.drain(from..to).collect()
    }

    fn is_space(&self, place: usize) -> bool {
        self.glyphs.get(place).is_some_and(|glyph| glyph.trim().is_empty())
    }

    fn word_left(&self) -> usize {
        let start = (0..self.caret).rev().find(|place| !self.is_space(*place)).unwrap_or(0);
        (0..start).rev().find(|place| self.is_space(*place)).map_or(0, |space| space + 1)
    }

    fn word_right(&self) -> usize {
        let end = self.glyphs.len();
        let start = (self.caret..end).find(|place| !self.is_space(*place)).unwrap_or(end);
        (start..end).find(|place| self.is_space(*place)).unwrap_or(end)
    }

    /// The first glyph that is seen in so many columns, and the columns between it and the caret.
    fn first_seen(&self, columns: u16) -> (usize, usize) {
        let room = room_of(columns);
        let (mut first, mut before) = (self.caret, 0);
        while let Some(glyph) = first.checked_sub(1).and_then(|place| self.glyphs.get(place)) {
            if before + width(glyph) > room {
                break;
            }
            before += width(glyph);
            first -= 1;
        }
        (first, before)
    }

    /// Where so many characters from `at` stand in a line drawn in `columns`: where they begin and how wide they are. What
    /// is scrolled out of sight at the left is pointed at by its edge, and never less than one column is.
    pub fn stretch(&self, at: usize, length: usize, columns: u16) -> (u16, u16) {
        let (first, _) = self.first_seen(columns);
        let (mut chars, mut x, mut start, mut end) = (0, 0, None, 0);
        for (place, glyph) in self.glyphs.iter().enumerate() {
            if chars >= at && start.is_none() {
                start = Some(x);
            }
            chars += glyph.chars().count();
            x += if place < first { 0 } else { width(glyph) };
            if chars <= at + length {
                end = x;
            }
        }
        let most = usize::from(columns.saturating_sub(1));
        let start = start.unwrap_or(x).min(most);
        let wide = end.min(most).saturating_sub(start).max(1);
        (start as u16, wide as u16)
    }

    /// Draws the line in `columns` from `x`, scrolled so that the caret is seen; gives where the caret stands.
    pub fn draw(&self, brush: &mut Brush<'_>, x: u16, y: u16, columns: u16, style: Style) -> Position {
        let room = room_of(columns);
        let (first, before) = self.first_seen(columns);
        let mut used = 0;
        let shown = self.glyphs.iter().skip(first).take_while(|glyph| {
            used += width(glyph);
            used <= room.max(before)
        });
        let text: String = shown.map(String::as_str).collect();
        brush.text(x, y, &text, columns, style);
        let area = brush.area();
        Position { x: area.x + x + before as u16, y: area.y + y }
    }
}

/// Columns for the text, the caret's own aside.
fn room_of(columns: u16) -> usize {
    usize::from(columns.saturating_sub(1)).max(1)
}

fn width(glyph: &str) -> usize {
    fit::width(&fit::clean(glyph))
}

#[cfg(test)]
mod tests {
    use super::Input;
    use crate::ui::action::Action;
    use crate::ui::widget::paint::Brush;
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn after(text: &str, acts: &[Action]) -> String {
        let mut input = Input::new(text);
        acts.iter().for_each(|act| assert!(input.act(*act)));
        input.insert("|");
        input.text()
    }

    #[test]
    fn emoji_joined_to_one_stay_joined_whether_pasted_or_typed() {
        let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}";
        assert_eq!(Input::new(family).text(), family);
        let mut typed = Input::new("a");
        for c in family.chars() {
            typed.insert(c.encode_utf8(&mut [0; 4]));
        }
        assert_eq!(typed.text(), format!("a{family}"));
        typed.insert("\u{200D}");
        assert_eq!(typed.text(), format!("a{family}"));
        assert_eq!(Input::new("a\u{200D}b").text(), "ab");
    }

    #[test]
    fn the_caret_moves_by_what_a_person_sees_as_a_character() {
        assert_eq!(after("客户e\u{301}x", &[Action::Left, Action::Left]), "客户|e\u{301}x");
    }

    #[test]
    fn words_are_cut_and_put_back() {
        assert_eq!(after("call Mr Wang", &[Action::DeleteWord, Action::LineStart, Action::Paste]), "Wang|call Mr ");
        assert_eq!(after("call Mr Wang", &[Action::LineStart, Action::WordRight]), "call| Mr Wang");
    }

    #[test]
    fn pasted_lines_and_escape_sequences_become_harmless() {
        assert!(!Input::new("a\nb\u{1b}[31mc").text().contains('\u{1b}'));
        assert!(Input::new("a\nb").text().starts_with("a b"));
    }

    #[test]
    fn a_paste_beyond_the_most_a_line_takes_is_cut_and_said() {
        assert_eq!(Input::default().insert(&"客".repeat(100_000)), 80_000);
    }

    /// A story: the mark under a fault stood where it would have, had the line not been scrolled.
    #[test]
    fn a_stretch_of_a_scrolled_line_is_where_it_is_seen() {
        let input = Input::new("行业=零售业 hello");
        assert_eq!((input.stretch(0, 2, 40), input.stretch(7, 5, 40)), ((0, 4), (12, 5)));
        // In ten columns only `业 hello` is seen.
        assert_eq!((input.stretch(7, 5, 10), input.stretch(0, 2, 10)), ((3, 5), (0, 1)));
        assert_eq!(input.stretch(12, 1, 40), (17, 1));
    }

    proptest! {
        #[test]
        fn the_caret_is_drawn_inside_its_columns(text in "\\PC{0,40}", back in 0..50_usize, columns in 2..20_u16) {
            let mut input = Input::new(&text);
            (0..back).for_each(|_| assert!(input.act(Action::Left)));
            let area = Rect::new(0, 0, 30, 1);
            let mut buffer = Buffer::empty(area);
            let caret = input.draw(&mut Brush::new(&mut buffer, area), 3, 0, columns, Style::new());
            prop_assert!(caret.x >= 3 && caret.x < 3 + columns);
        }
    }
}
