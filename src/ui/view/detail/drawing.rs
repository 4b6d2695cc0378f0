//! Contacts and timeline of one customer, drawn.

use super::{Detail, Pane};
use crate::domain::customer::Contact;
use crate::text::choices::Said;
use crate::text::figures::short_day;
use crate::text::{Words, words};
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::view::timeline::Happening;
use crate::ui::widget::paint::Brush;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const TIMELINE: Words = words("Timeline", "时间线");
const CONTACTS: Words = words("Contacts", "联系人");
const NOTHING_YET: Words = words("Nothing has happened yet.", "还没有任何记录。");

impl Detail {
    /// The contacts; gives the lines used.
    pub(super) fn draw_contacts(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> u16 {
        let has_keys = self.pane == Pane::Contacts;
        let Some(read) = self.read.as_ref().filter(|_| area.height > 0) else { return 0 };
        let mut brush = Brush::new(buffer, area);
        let theme = context.theme;
        let style = if has_keys { theme.accent } else { theme.dim };
        let end = brush.text(1, 0, context.say(CONTACTS), u16::MAX, style);
        brush.text(end + 1, 0, &read.contacts.len().to_string(), 5, style);
        self.contacts.fit(usize::from(area.height.saturating_sub(1)), read.contacts.len());
        let seen = self.contacts.seen(read.contacts.len());
        let lines = seen.len() as u16;
        // Names share one column, and phones another.
        let widest = |text: fn(&Contact) -> &str, least: usize, most: usize| {
            let widths = read.contacts.iter().map(|contact| fit::width(text(contact)));
            widths.max().unwrap_or(0).clamp(least, most) as u16
        };
        let phone = 1 + widest(|contact| &contact.name, 8, 20) + 2;
        let about_at = phone + widest(|contact| &contact.phone, 11, 18) + 2;
        for (y, place) in (1..).zip(seen) {
            let Some(contact) = read.contacts.get(place) else { continue };
            brush.text(1, y, &contact.name, phone - 3, theme.strong);
            brush.text(phone, y, &contact.phone, about_at - phone - 2, Style::new());
            let role = contact.role.map(|role| role.words().say(context.language));
            let about = [
                Some(contact.title.as_str()),
                role,
                contact.attitude.map(|attitude| attitude.words().say(context.language)),
                Some(contact.email.as_str()),
                Some(contact.wechat.as_str()),
                Some(contact.note.as_str()),
            ];
            let about: Vec<&str> = about.into_iter().flatten().filter(|part| !part.is_empty()).collect();
            brush.text(about_at, y, &about.join(" · "), u16::MAX, theme.dim);
            if has_keys && place == self.contacts.selected {
                brush.select_line(y, theme.selected);
            }
        }
        lines + 1
    }

    pub(super) fn draw_timeline(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let has_keys = self.pane == Pane::Timeline;
        let read = self.read.as_ref()?;
        let mut brush = Brush::new(buffer, area);
        let theme = context.theme;
        let style = if has_keys { theme.accent } else { theme.dim };
        let end = brush.text(1, 0, context.say(TIMELINE), u16::MAX, style);
        let end = brush.text(end + 1, 0, &read.stream.len().to_string(), 8, style);
        if let Some(only) = self.only {
            brush.text(end + 2, 0, only.words().say(context.language), 16, theme.dim);
        }
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let mut brush = Brush::new(buffer, body);
        if read.stream.is_empty() {
            brush.text(1, 0, context.say(NOTHING_YET), u16::MAX, theme.dim);
            return None;
        }
        self.timeline.fit(usize::from(body.height), read.stream.len());
        let mut cursor = None;
        for (y, place) in self.timeline.seen(read.stream.len()).enumerate() {
            let Some(happening) = read.stream.get(place) else { continue };
            draw_happening(&mut brush, y as u16, happening, context);
            if has_keys && place == self.timeline.selected {
                brush.select_line(y as u16, theme.selected);
                cursor = Some(Position { x: body.x, y: body.y + y as u16 });
            }
        }
        cursor
    }
}

fn draw_happening(brush: &mut Brush<'_>, y: u16, happening: &Happening, context: &Context<'_>) {
    let theme = context.theme;
    let day = happening.day.map_or_else(String::new, |day| short_day(day, context.today()));
    brush.text_left_of(11, y, &day, 10, theme.dim);
    let style = if happening.open { theme.alarm } else { theme.accent };
    let what = if happening.open { format!("! {}", happening.what) } else { happening.what.clone() };
    brush.text(12, y, &what, 12, style);
    brush.text(25, y, &happening.text, u16::MAX, Style::new());
}
