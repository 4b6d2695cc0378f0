//! Words looked for in all that was said with anyone: type, read, Enter opens the customer at that entry.

use crate::desk::talk::{Found, Hit, Stretch, Wanted, hits_in, keep_latest};
use crate::domain::choice::ListKind;
use crate::domain::id::Id;
use crate::store::error::StoreError;
use crate::text::figures::{grouped, short_day};
use crate::text::{Language, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Place};
use crate::ui::fit;
use crate::ui::job::{Done, Work};
use crate::ui::pending::Pending;
use crate::ui::view::View;
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// Height from which the whole text of the one selected stands below.
const TALL: u16 = 16;
/// Lines of it.
const WHOLE: u16 = 4;
/// Columns of context before the first word found.
const BEFORE: usize = 12;

/// The line, what was found so far, and how far the search is.
#[derive(Default)]
pub struct SearchTalk {
    input: Input,
    wanted: Wanted,
    hits: Vec<Hit>,
    count: usize,
    rows: Rows,
    /// The stretch on its way: which words, behind which customer. None when all was looked through, or it was stopped.
    stretch: Pending<(Wanted, Option<Id>), Found>,
    stopped: bool,
    /// The last customer looked at, and how many there were.
    after: Option<Id>,
    seen: usize,
    revision: u64,
    trouble: Option<StoreError>,
}

impl SearchTalk {
    /// The line with these words in it.
    pub fn of(words: &str, context: &Context<'_>) -> SearchTalk {
        let mut search = SearchTalk { input: Input::new(words), ..SearchTalk::default() };
        search.change(context);
        search
    }

    /// What is typed changed: goes on with what was found where that can be, else begins anew.
    fn change(&mut self, context: &Context<'_>) {
        let wanted = Wanted::of(&self.input.text());
        if wanted == self.wanted {
            return;
        }
        let all_held = self.count == self.hits.len();
        if wanted.narrows(&self.wanted) && all_held && !self.stopped {
            self.hits.retain(|hit| wanted.is_in(&hit.text));
            self.count = self.hits.len();
        } else {
            (self.hits, self.count, self.seen, self.after) = (Vec::new(), 0, 0, None);
            self.revision = context.book().revision();
            (self.trouble, self.stopped) = (None, false);
            self.stretch.forget();
            if !wanted.is_empty() {
                self.stretch.ask((wanted.clone(), None), self.revision);
            }
        }
        self.wanted = wanted;
        self.rows.select(0, self.hits.len());
    }

    const fn is_going(&self) -> bool {
        self.stretch.is_waiting()
    }

    /// Takes in hits; the one selected stays so.
    fn take(&mut self, hits: Vec<Hit>) {
        let selected = self.hits.get(self.rows.selected).map(|hit| hit.record).filter(|_| self.rows.selected > 0);
        self.hits.extend(hits);
        keep_latest(&mut self.hits);
        if let Some(place) = self.hits.iter().position(|hit| Some(hit.record) == selected) {
            self.rows.select(place, self.hits.len());
        }
    }

    fn moved(&mut self, action: Action) -> bool {
        let count = self.hits.len();
        match action {
            Action::SelectNext => self.rows.move_by(1, count),
            Action::SelectPrevious => self.rows.move_by(-1, count),
            Action::PageDown => self.rows.move_by(self.rows.page(), count),
            Action::PageUp => self.rows.move_by(-self.rows.page(), count),
            _ => return false,
        }
        true
    }

    fn open(&self) -> Effect {
        match self.hits.get(self.rows.selected) {
            Some(hit) => {
                let mut met = HashSet::new();
                let among = self.hits.iter().map(|hit| hit.customer).filter(|customer| met.insert(*customer));
                let among = Arc::new(among.collect());
                Effect::Open(Place::Happened { customer: hit.customer, record: hit.record, among })
            }
            None => Effect::None,
        }
    }

    fn stop(&mut self, trouble: Option<StoreError>) {
        self.stretch.withdraw();
        (self.stopped, self.trouble) = (true, trouble);
    }

    fn close(&mut self, context: &Context<'_>) -> Effect {
        if !self.is_going() {
            return Effect::Back;
        }
        self.stop(None);
        Effect::Say(Notice::note(context.say(words("stopped; Esc goes back", "已停止；再按 Esc 返回"))))
    }
}

impl View for SearchTalk {
    fn scope(&self) -> Scope {
        Scope::Find
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        if self.moved(action) {
            return Effect::None;
        }
        match action {
            Action::Choose | Action::Open => return self.open(),
            Action::Close | Action::GoBack => return self.close(context),
            Action::SearchTalk => return Effect::Back,
            _ if self.input.act(action) => self.change(context),
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn typed(&mut self, text: &str, context: &Context<'_>) -> Effect {
        self.input.insert(text);
        self.change(context);
        Effect::None
    }

    /// The one selected stays, where it is already said with this customer.
    fn select_customer(&mut self, customer: Id, context: &Context<'_>) {
        if self.selected_customer(context) == Some(customer) {
            return;
        }
        if let Some(place) = self.hits.iter().position(|hit| hit.customer == customer) {
            self.rows.select(place, self.hits.len());
        }
    }

    fn selected_customer(&self, _context: &Context<'_>) -> Option<Id> {
        self.hits.get(self.rows.selected).map(|hit| hit.customer)
    }

    fn work(&mut self, context: &Context<'_>) -> Option<Work> {
        self.stretch.unsent()?;
        match context.desk.store().reader() {
            Ok(reader) => {
                let job = self.stretch.send(|(wanted, after)| {
                    let stretch = Stretch { reader, wanted: wanted.clone(), after: *after };
                    move || Ok(stretch.run())
                });
                job.map(Work::from)
            }
            Err(error) => {
                self.stop(Some(error));
                None
            }
        }
    }

    fn found(&mut self, done: Done, _context: &Context<'_>) -> Result<Effect, Done> {
        if let Some(((asked, _), Ok(found))) = self.stretch.receive(done)? {
            self.take_stretch(&asked, found);
        }
        Ok(Effect::None)
    }

    /// What was changed meanwhile is looked at again.
    fn refresh(&mut self, context: &Context<'_>) {
        self.rows.leaps = context.slow_line;
        let revision = context.book().revision();
        if revision == self.revision || self.wanted.is_empty() {
            return;
        }
        let Some(changed) = context.book().changed_since(self.revision) else {
            self.wanted = Wanted::default();
            return self.change(context);
        };
        let changed: HashSet<Id> =
            changed.into_iter().filter_map(|slot| context.book().row(slot)).map(|row| row.id).collect();
        let before = self.hits.len();
        self.hits.retain(|hit| !changed.contains(&hit.customer) && context.book().row_of(hit.customer).is_some());
        self.count -= before - self.hits.len();
        let passed = |id: &&Id| (!self.is_going() && !self.stopped) || self.after.is_some_and(|after| **id <= after);
        let again = changed.iter().filter(passed).filter_map(|id| context.desk.dossier(*id).ok());
        let hits: Vec<Hit> = again.flat_map(|dossier| hits_in(&dossier, &self.wanted)).collect();
        self.count += hits.len();
        self.take(hits);
        self.rows.select(self.rows.selected, self.hits.len());
        self.revision = revision;
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let theme = context.theme;
        let mut brush = Brush::new(buffer, area);
        let x = brush.pieces(
            1,
            0,
            &[(context.say(words("Search talk", "搜索沟通记录")), theme.accent), (" > ", theme.accent)],
        );
        let state = self.state(context);
        let width = area.width;
        let end = brush.text_left_of(width.saturating_sub(1), 0, &state, width / 2, theme.dim);
        let caret = self.input.draw(&mut brush, x, 0, end.saturating_sub(x + 1), theme.strong);
        let below = if area.height >= TALL && !self.hits.is_empty() { WHOLE + 1 } else { 0 };
        let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2 + below), ..area };
        self.rows.fit(usize::from(body.height), self.hits.len());
        let mut brush = Brush::new(buffer, body);
        for (y, place) in (0..).zip(self.rows.seen(self.hits.len())) {
            let Some(hit) = self.hits.get(place) else { continue };
            self.draw_hit(&mut brush, y, hit, context);
            if place == self.rows.selected {
                brush.select_line(y, theme.selected);
            }
        }
        if self.hits.is_empty() {
            self.draw_nothing(&mut brush, context);
        }
        let rest = Rect { y: body.bottom(), height: below, ..area };
        self.draw_whole(&mut Brush::new(buffer, rest), context);
        Some(caret)
    }

    fn foot(&self, _context: &Context<'_>) -> String {
        match self.hits.len() {
            0 => String::new(),
            held if self.count > held => format!("{}/{}…", self.rows.selected + 1, grouped(held as u64)),
            held => format!("{}/{}", self.rows.selected + 1, grouped(held as u64)),
        }
    }
}

impl SearchTalk {
    /// Takes what was found of these words in a stretch, and goes on with the next. More words may be looked for by now.
    fn take_stretch(&mut self, asked: &Wanted, found: Found) {
        let Found { last, seen, count, mut hits, trouble } = found;
        let same = *asked == self.wanted;
        let all_held = count == hits.len();
        if !same && !all_held {
            // Of what was left out some may be meant: this stretch is looked through once more.
            return self.stretch.ask((self.wanted.clone(), self.after), self.revision);
        }
        if !same {
            hits.retain(|hit| self.wanted.is_in(&hit.text));
        }
        self.count += if same { count } else { hits.len() };
        self.seen += seen;
        self.take(hits);
        self.after = last.or(self.after);
        if trouble.is_some() {
            self.stop(trouble);
        } else if last.is_some() {
            self.stretch.ask((self.wanted.clone(), self.after), self.revision);
        }
    }

    /// How far it is, and how much was found.
    fn state(&self, context: &Context<'_>) -> String {
        if self.wanted.is_empty() {
            return String::new();
        }
        let (seen, all) = (grouped(self.seen as u64), grouped(context.book().len() as u64));
        let count = grouped(self.count as u64);
        match (context.language, self.stopped, self.is_going()) {
            (Language::En, true, _) => format!("stopped at {seen}/{all} · {count} found"),
            (Language::Zh, true, _) => format!("已停在 {seen}/{all} · {count} 条"),
            (Language::En, false, false) => format!("{count} found"),
            (Language::Zh, false, false) => format!("共 {count} 条"),
            (Language::En, false, true) => format!("{seen}/{all} · {count} found · Esc stops"),
            (Language::Zh, false, true) => format!("已查 {seen}/{all} · {count} 条 · Esc 停止"),
        }
    }

    fn draw_nothing(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let theme = context.theme;
        if let Some(trouble) = &self.trouble {
            brush.text(1, 0, &trouble.say(context.language), u16::MAX, theme.alarm);
            return;
        }
        let hint = match (self.wanted.is_empty(), self.is_going()) {
            (true, _) => words(
                "words somebody said, such as: price list; several words must all be there",
                "输入说过的话，如：报价 账期；多个词用空格隔开，须同时出现",
            ),
            (false, true) => words("looking …", "正在查找……"),
            (false, false) => words("nobody said that", "没有找到这样的沟通记录"),
        };
        brush.text(1, 0, context.say(hint), u16::MAX, theme.dim);
    }

    fn draw_hit(&self, brush: &mut Brush<'_>, y: u16, hit: &Hit, context: &Context<'_>) {
        let theme = context.theme;
        let width = brush.area().width;
        let name_room = if width >= 110 { 30 } else { 18 };
        brush.text_left_of(11, y, &short_day(hit.at.day(), context.today()), 10, theme.dim);
        let name = context.book().row_of(hit.customer).map_or("", |row| row.name());
        brush.text(12, y, name, name_room, theme.strong);
        let mut x = 12 + name_room + 1;
        if width >= 96 {
            let way = context.book().standards().shown(ListKind::Way, &hit.way, context.language);
            brush.text(x, y, way, 8, theme.dim);
            x += 9;
        }
        let room = usize::from(width.saturating_sub(x + 1));
        for (piece, found) in excerpt(&hit.text, &self.wanted.places(&hit.text), room) {
            let left = width.saturating_sub(x + 1);
            x = brush.text(x, y, &piece, left, if found { theme.accent } else { Style::new() });
        }
    }

    /// All that was said in the one selected.
    fn draw_whole(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let Some(hit) = self.hits.get(self.rows.selected).filter(|_| brush.area().height > 0) else { return };
        brush.rule(0, context.ascii, context.theme.dim);
        let room = usize::from(brush.area().width.saturating_sub(2));
        for (y, line) in (1..).zip(fit::wrap(&hit.text, room).into_iter().take(usize::from(WHOLE))) {
            brush.text(1, y, &line, u16::MAX, Style::new());
        }
    }
}

/// The text from a little before the first word found on where that would not be seen otherwise, in pieces: found or not.
fn excerpt(text: &str, places: &[Range<usize>], room: usize) -> Vec<(String, bool)> {
    let chars: Vec<char> = text.chars().collect();
    let columns = |range: Range<usize>| fit::width(&chars.get(range).unwrap_or_default().iter().collect::<String>());
    let mut from = 0;
    if let Some(first) = places.first().filter(|first| columns(0..first.end) >= room) {
        from = first.start;
        while from > 0 && columns(from - 1..first.start) <= BEFORE.min(room / 4) {
            from -= 1;
        }
    }
    let mut pieces = vec![(if from > 0 { "…" } else { "" }.to_owned(), false)];
    let mut put = |range: Range<usize>, found| {
        let piece: String = chars.get(range).unwrap_or_default().iter().collect();
        pieces.push((piece, found));
    };
    let mut at = from;
    for place in places.iter().filter(|place| place.start >= from) {
        put(at..place.start, false);
        put(place.clone(), true);
        at = place.end;
    }
    put(at..chars.len(), false);
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn a_word_far_behind_is_brought_into_sight() {
        let text = "一二三四五六七八九十甲乙丙丁报价戊己";
        let pieces = excerpt(text, std::slice::from_ref(&(14..16)), 20);
        let shown: Vec<(&str, bool)> = pieces.iter().map(|(piece, found)| (piece.as_str(), *found)).collect();
        assert_eq!(shown, [("…", false), ("丙丁", false), ("报价", true), ("戊己", false)]);
    }

    #[test]
    fn a_short_text_stands_whole() {
        let pieces = excerpt("要报价", std::slice::from_ref(&(1..3)), 20);
        assert_eq!(pieces, [("要".to_owned(), false), ("报价".to_owned(), true)]);
    }
}
