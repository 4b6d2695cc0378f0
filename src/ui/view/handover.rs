//! Customers handed over: to whom and how they are split is chosen, and what each would get is seen before anything is done.

use crate::book::grouping::can_split;
use crate::book::handover::{Burden, Handed, Handover, Share, Split, whole_words};
use crate::domain::id::Id;
use crate::domain::people::Owner;
use crate::domain::time::Day;
use crate::query::field::Column;
use crate::text::figures::{grouped, short_day};
use crate::text::{Language, Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice};
use crate::ui::view::View;
use crate::ui::view::choose::sheet;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// First contacts that one person can make in a working day, unless it is said otherwise.
const PER_DAY: u32 = 5;
/// The most and the fewest of them.
const BOUNDS: (u32, u32) = (1, 99);
/// Where the counts end: customers, deals, promises, complaints.
const COUNTS: [(u16, Words); 4] = [
    (34, words("customers", "客户")),
    (42, words("deals", "商机")),
    (53, words("promises", "待办")),
    (66, words("complaints", "投诉")),
];
/// Where the days of the first contacts begin.
const DAYS: u16 = 68;

/// What is handed over, to whom, and how.
pub struct HandOver {
    burden: Burden,
    /// Those asked for whose records could not be read, in words.
    fault: Option<String>,
    /// The people marked to take over, in the order they are shown.
    to: Vec<Id>,
    split: usize,
    per_day: u32,
    rows: Rows,
}

/// Every way to split: evenly, as many of each tier, then together by each column that groups customers.
fn splits() -> Vec<Split> {
    let groups = Column::ALL.iter().copied();
    let groups = groups.filter(|column| can_split(*column) && *column != Column::Owner);
    // The region comes first: whoever travels there takes all of it.
    let others = groups.filter(|column| *column != Column::Region).map(Split::Together);
    [Split::Evenly, Split::Each(Column::Tier), Split::Together(Column::Region)].into_iter().chain(others).collect()
}

fn split_words(split: Split, language: Language) -> String {
    let name = |column: Column| column.field().heading(language);
    match (split, language) {
        (Split::Evenly, _) => words("evenly", "平均分配").say(language).to_owned(),
        (Split::Each(column), Language::En) => format!("as many of each {} to everyone", name(column)),
        (Split::Each(column), Language::Zh) => format!("各{}数量平均", name(column)),
        (Split::Together(column), Language::En) => format!("by {}, each to one person", name(column)),
        (Split::Together(column), Language::Zh) => format!("按{}，同一{}归一人", name(column), name(column)),
    }
}

/// The people who can take over: those who are still there.
pub(super) fn people<'a>(context: &'a Context<'_>) -> Vec<&'a Owner> {
    let gone = |owner: &&Owner| owner.active_until.is_some_and(|until| until < context.today());
    context.book().standards().owners().into_iter().filter(|owner| !gone(owner)).collect()
}

impl HandOver {
    /// What hangs on these customers is read once.
    pub fn new(customers: &[Id], context: &Context<'_>) -> HandOver {
        let dossiers = customers.iter().map(|id| context.desk.dossier(*id)).collect::<Result<Vec<_>, _>>();
        let (burden, fault) = match dossiers {
            Ok(dossiers) => (Burden::of(context.book(), None, dossiers.into_iter()), None),
            Err(error) => (Burden::default(), Some(error.say(context.language))),
        };
        HandOver { burden, fault, to: Vec::new(), split: 0, per_day: PER_DAY, rows: Rows::default() }
    }

    fn toggle(&mut self, context: &Context<'_>) {
        let Some(id) = self.selected(context) else { return };
        match self.to.iter().position(|other| *other == id) {
            Some(place) => drop(self.to.remove(place)),
            None => self.to.push(id),
        }
    }

    fn selected(&self, context: &Context<'_>) -> Option<Id> {
        people(context).get(self.rows.selected).map(|owner| owner.id)
    }

    fn turn(&mut self, by: usize) {
        self.split = (self.split + by) % splits().len();
    }

    fn handover<'a>(&'a self, to: &'a [Id], context: &'a Context<'_>) -> Handover<'a> {
        Handover {
            burden: &self.burden,
            to,
            split: splits().get(self.split).copied().unwrap_or_default(),
            per_day: self.per_day,
            today: context.today(),
            calendar: context.book().standards().calendar(),
            language: context.language,
        }
    }

    /// Hands over to those ticked. Where nobody is yet, the selected one is ticked and what it would get is seen first.
    fn run(&mut self, context: &Context<'_>) -> Effect {
        if let Some(fault) = &self.fault {
            return Effect::Say(Notice::error(fault.clone()));
        }
        if self.to.is_empty() {
            self.toggle(context);
            return Effect::None;
        }
        let to = self.to.clone();
        let handover = self.handover(&to, context);
        let list = handover.list(context.book());
        if list.is_empty() {
            let nothing = words("nothing goes: they have it all already", "没有可交接的，都已在其名下");
            return Effect::Say(Notice::note(context.say(nothing)));
        }
        Effect::SaveTold(handover.commands(&list), told(&list, &to, context))
    }

    /// What it is about and how it is split: the two lines over the people.
    fn draw_head(&self, brush: &mut Brush<'_>, list: &[Handed], context: &Context<'_>) {
        let theme = context.theme;
        let x = brush.text(1, 0, context.say(words("Hand over", "交接")), 12, theme.bar) + 2;
        brush.text(x, 0, &whole_words(&Share::whole(list), context.language), u16::MAX, theme.strong);
        let split = splits().get(self.split).copied().unwrap_or_default();
        let label = context.say(words("split", "分法"));
        let (left, right) = if context.ascii { ("< ", " >") } else { ("‹ ", " ›") };
        let said = split_words(split, context.language);
        let x = brush.pieces(
            1,
            1,
            &[
                (label, theme.dim),
                ("  ", theme.dim),
                (left, theme.accent),
                (&said, theme.strong),
                (right, theme.accent),
            ],
        );
        let pace = match context.language {
            Language::En => format!("{} first contacts a day each (+ -)", self.per_day),
            Language::Zh => format!("每人每天首次联系 {} 位（+ - 调整）", self.per_day),
        };
        brush.text(x + 3, 1, &pace, u16::MAX, theme.dim);
    }

    fn draw_person(&self, brush: &mut Brush<'_>, y: u16, owner: &Owner, list: &[Handed], context: &Context<'_>) {
        let theme = context.theme;
        let (sign, style) = if self.to.contains(&owner.id) { ("[x]", theme.accent) } else { ("[ ]", theme.dim) };
        brush.text(1, y, sign, 3, style);
        let takes = list.iter().any(|handed| handed.to == owner.id);
        brush.text(5, y, &owner.name, 18, if takes { theme.strong } else { Style::new() });
        if !takes {
            return;
        }
        let share = Share::of(list, owner.id);
        let counts = [share.customers, share.deals, share.promises, share.complaints];
        for ((end, _), count) in COUNTS.iter().zip(counts) {
            brush.text_left_of(*end, y, &grouped(count as u64), 10, if count == 0 { theme.dim } else { Style::new() });
        }
        let days = share.days.map(|(first, last)| days_words(first, last, context)).unwrap_or_default();
        brush.text(DAYS, y, &days, u16::MAX, Style::new());
    }

    /// The last line: whom to choose, or to whom Enter hands over.
    fn draw_what_enter_does(&self, brush: &mut Brush<'_>, y: u16, list: &[Handed], context: &Context<'_>) {
        let theme = context.theme;
        let keys = words(
            "Space chooses who takes over, one or several   ← → how to split",
            "空格 选择接手人，可选多人   ← → 换分法",
        );
        let nobody = words("nobody is responsible for anything yet", "还没有负责人");
        if self.to.is_empty() {
            let said = if people(context).is_empty() { nobody } else { keys };
            brush.text(1, y, context.say(said), u16::MAX, theme.dim);
            return;
        }
        let standards = context.book().standards();
        let names: Vec<&str> = self.to.iter().map(|to| standards.owner_name(Some(*to))).collect();
        let (names, count) = (names.join(context.say(words(", ", "、"))), grouped(Share::whole(list).customers as u64));
        let pattern =
            words("Enter hands {} customers over to {}; undo takes it back", "回车 把 {} 位客户交接给 {}，可撤销");
        let said = pattern.filled(&[&count, &names], context.language);
        brush.text(1, y, &said, u16::MAX, theme.accent);
    }

    /// What those ticked get where those alike stay together: each region, industry or the like. The selected one comes
    /// first, for not all may have room.
    fn draw_groups(&self, brush: &mut Brush<'_>, y: u16, list: &[Handed], context: &Context<'_>) {
        if !matches!(splits().get(self.split), Some(Split::Together(_))) {
            return;
        }
        let here = self.selected(context);
        let (mut to, others): (Vec<Id>, Vec<Id>) = self.to.iter().partition(|id| Some(**id) == here);
        to.extend(others);
        let standards = context.book().standards();
        let unknown = context.say(words("unknown", "未填"));
        let (colon, comma) = (context.say(words(": ", "：")), context.say(words(", ", "、")));
        let mut x = 1;
        for to in &to {
            let share = Share::of(list, *to);
            let named = share.groups.iter().map(|group| if group.is_empty() { unknown } else { group.as_str() });
            let groups = named.collect::<Vec<_>>().join(comma);
            let said = format!("{}{colon}{groups}", standards.owner_name(Some(*to)));
            x = brush.text(x, y, &said, u16::MAX, context.theme.strong) + 3;
        }
    }
}

/// From the first day to the last: `11-20–11-24`.
fn days_words(first: Day, last: Day, context: &Context<'_>) -> String {
    let day = |day| short_day(day, context.today());
    let to = if context.ascii { "-" } else { "–" };
    if first == last { day(first) } else { format!("{}{to}{}", day(first), day(last)) }
}

/// What went to whom, said when it is done.
fn told(list: &[Handed], to: &[Id], context: &Context<'_>) -> String {
    let standards = context.book().standards();
    let count = list.iter().filter(|handed| handed.whole).count();
    let each = |id: &Id| format!("{} {}", standards.owner_name(Some(*id)), Share::of(list, *id).customers);
    let each: Vec<String> = to.iter().map(each).collect();
    match context.language {
        Language::En => format!("{count} customers handed over: {}", each.join(", ")),
        Language::Zh => format!("已交接 {count} 位客户：{}", each.join("、")),
    }
}

impl View for HandOver {
    fn scope(&self) -> Scope {
        Scope::Picker
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        let count = people(context).len();
        match action {
            Action::SelectNext => self.rows.move_by(1, count),
            Action::SelectPrevious => self.rows.move_by(-1, count),
            Action::PageDown => self.rows.move_by(self.rows.page(), count),
            Action::PageUp => self.rows.move_by(-self.rows.page(), count),
            Action::Left | Action::WordLeft => self.turn(splits().len() - 1),
            Action::Right | Action::WordRight => self.turn(1),
            Action::Choose => return self.run(context),
            Action::Close | Action::GoBack => return Effect::Back,
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn typed(&mut self, text: &str, context: &Context<'_>) -> Effect {
        // Keys pressed quickly come together.
        for sign in text.chars() {
            match sign {
                ' ' | '\u{3000}' => {
                    self.toggle(context);
                    self.rows.move_by(1, people(context).len());
                }
                '+' | '=' | '＋' => self.per_day = (self.per_day + 1).min(BOUNDS.1),
                '-' | '－' => self.per_day = (self.per_day - 1).max(BOUNDS.0),
                _ => return Effect::Unknown,
            }
        }
        Effect::None
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let people = people(context);
        let mut brush = sheet(area, buffer, people.len() + 5, context);
        let theme = context.theme;
        let list = self.handover(&self.to, context).list(context.book());
        self.draw_head(&mut brush, &list, context);
        brush.text(5, 2, context.say(words("to", "交给")), 18, theme.dim);
        for (end, name) in COUNTS {
            brush.text_left_of(end, 2, context.say(name), 10, theme.dim);
        }
        brush.text(DAYS, 2, context.say(words("1st contact", "首次联系")), u16::MAX, theme.dim);
        let height = brush.area().height;
        self.rows.fit(usize::from(height.saturating_sub(6)), people.len());
        let mut cursor = None;
        for (y, place) in (3..).zip(self.rows.seen(people.len())) {
            let Some(owner) = people.get(place) else { continue };
            self.draw_person(&mut brush, y, owner, &list, context);
            if place == self.rows.selected {
                brush.select_line(y, theme.selected);
                cursor = Some(Position { x: brush.area().x + 1, y: brush.area().y + y });
            }
        }
        self.draw_groups(&mut brush, height.saturating_sub(3), &list, context);
        self.draw_what_enter_does(&mut brush, height.saturating_sub(2), &list, context);
        cursor
    }

    fn floats(&self) -> bool {
        true
    }
}
