//! The first frame, made when a book is put away and shown at once when it is opened again: the rows are read behind it.

use crate::desk::Desk;
use crate::domain::id::Id;
use crate::domain::time::{Day, Moment};
use crate::store::codec::derived;
use crate::store::drafts::count_in;
use crate::store::sidecar_of;
use crate::store::standing::Standing;
use crate::text::{Words, words};
use crate::ui::app::{App, Wanted};
use crate::ui::widget::paint::Brush;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Modifier, Style};
use ratatui::{Frame, Terminal};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What the file is called.
const NAME: &str = "front";
/// Version of the file.
const VERSION: u8 = 1;
/// Customers from which it is worth while.
const WORTH_FROM: usize = 2_000;
/// Days for which it is made: whoever leaves on a Friday comes back on a Monday.
const DAYS: i32 = 4;

/// What a first frame depends on, besides the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct MadeFor {
    standing: Vec<u8>,
    columns: u16,
    rows: u16,
    /// How the screen is wanted, by whom, and by which version of the program, as a name for all of that.
    wanted: Id,
}

impl MadeFor {
    fn of(standing: &Standing, size: Size, wanted: &Wanted, me: &str, drafts: usize) -> MadeFor {
        let all = format!("{} {me} {drafts} {wanted:?}", env!("CARGO_PKG_VERSION"));
        let standing = standing.bytes().to_vec();
        MadeFor { standing, columns: size.width, rows: size.height, wanted: Id::of_name(&all) }
    }
}

/// A first frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Front {
    /// Colours by their names, and what else is done to letters.
    styles: Vec<(String, String, u16)>,
    /// Every cell, row by row: the place of its style, and its sign.
    cells: Vec<(u8, String)>,
    cursor: Option<(u16, u16)>,
    /// Said at the foot of one that is not true any more.
    #[serde(skip)]
    old: Option<&'static str>,
}

/// Said while the book is read of which an older first frame is shown.
const READING: Words = words("reading what was written since …", "正在读取最新内容……");

impl Front {
    /// The first frame of the book in `folder` on a screen of this size; `None` where none was made for it, or the book cannot
    /// be had. Where something was written since without a screen, it is shown dimmed, and says so: most of it is true, but
    /// none of it can be relied on.
    pub fn of(folder: &Path, size: Size, wanted: &Wanted, me: &str, today: Day) -> Option<Front> {
        let drafts = count_in(folder);
        let (made_for, fronts) =
            sidecar_of(folder, NAME, |bytes| derived::read::<(MadeFor, Vec<(Day, Front)>)>(VERSION, bytes))?;
        let now = MadeFor::of(&Standing::of(folder)?, size, wanted, me, drafts);
        let front = fronts.into_iter().find(|(day, _)| *day == today).map(|(_, front)| front)?;
        let old = (made_for.standing != now.standing).then(|| READING.say(wanted.language));
        let fits = front.cells.len() == usize::from(size.width) * usize::from(size.height);
        let made_for = MadeFor { standing: now.standing.clone(), ..made_for };
        (made_for == now && fits).then_some(Front { old, ..front })
    }

    /// Whether it was made for the book as it is.
    pub const fn is_true(&self) -> bool {
        self.old.is_none()
    }

    /// Keeps the first frames of the coming days for a screen like this one. Nothing depends on it.
    pub fn keep(desk: Desk, size: Size, wanted: &Wanted, now: Moment) -> Desk {
        let drafts = count_in(desk.store().folder());
        let standing = desk.store().standing().filter(|_| desk.book().len() >= WORTH_FROM);
        let Some(standing) = standing else { return desk };
        let made_for = MadeFor::of(&standing, size, wanted, desk.me(), drafts);
        let kept = desk.store().sidecar(NAME, |bytes| derived::read::<(MadeFor, Vec<(Day, Front)>)>(VERSION, bytes));
        let tomorrow = now.day().plus(1);
        if kept.is_some_and(|(kept, fronts)| kept == made_for && fronts.iter().any(|(day, _)| *day == tomorrow)) {
            return desk;
        }
        let (mut desk, mut fronts) = (desk, Vec::new());
        for days in 0..DAYS {
            let then = now.plus_seconds(i64::from(days) * 86_400);
            let mut app = App::new(desk, wanted.clone(), then);
            fronts.extend(Front::drawn(size, |frame| app.draw(frame)).map(|front| (then.day(), front)));
            desk = app.into_desk();
        }
        if let Some(bytes) = derived::write(VERSION, &(made_for, fronts)) {
            // Without it the next opening only begins with an empty screen.
            let _ = desk.store().put_sidecar(NAME, &bytes);
        }
        desk
    }

    /// What `draw` draws.
    pub fn drawn(size: Size, draw: impl FnOnce(&mut Frame<'_>)) -> Option<Front> {
        let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).ok()?;
        let buffer = terminal.draw(draw).ok()?.buffer.clone();
        let backend = terminal.backend();
        let cursor = backend.cursor_visible().then(|| backend.cursor_position()).map(|at| (at.x, at.y));
        let mut front = Front { styles: Vec::new(), cells: Vec::new(), cursor, old: None };
        for cell in &buffer.content {
            let style = (cell.fg.to_string(), cell.bg.to_string(), cell.modifier.bits());
            let place = front.styles.iter().position(|other| *other == style).unwrap_or(front.styles.len());
            if place == front.styles.len() {
                front.styles.push(style);
            }
            front.cells.push((u8::try_from(place).ok()?, cell.symbol().to_owned()));
        }
        Some(front)
    }

    /// Draws it, where the frame has its size.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        let styles: Vec<Style> = self.styles.iter().map(style).collect();
        let Buffer { content, .. } = frame.buffer_mut();
        if content.len() != self.cells.len() {
            return;
        }
        for (cell, (place, sign)) in content.iter_mut().zip(&self.cells) {
            *cell = Cell::default();
            cell.set_symbol(sign).set_style(styles.get(usize::from(*place)).copied().unwrap_or_default());
        }
        if let Some(why) = self.old {
            return dim(frame, why);
        }
        if let Some((x, y)) = self.cursor {
            frame.set_cursor_position(Position { x, y });
        }
    }
}

/// Takes the colour out of a frame, and says why at its foot.
fn dim(frame: &mut Frame<'_>, why: &str) {
    let area = frame.area();
    let foot = Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area };
    let buffer = frame.buffer_mut();
    for cell in &mut buffer.content {
        cell.set_style(Style::reset().add_modifier(Modifier::DIM));
    }
    let mut brush = Brush::new(buffer, foot);
    brush.blank();
    brush.text(1, 0, why, foot.width.saturating_sub(2), Style::new());
}

fn style((fg, bg, modifier): &(String, String, u16)) -> Style {
    let colour = |name: &str| name.parse().unwrap_or(Color::Reset);
    Style::new().fg(colour(fg)).bg(colour(bg)).add_modifier(Modifier::from_bits_truncate(*modifier))
}
