//! The third step: each column beside its first cells, and the field it goes to.

use crate::domain::record::Kind;
use crate::exchange::intake::Options;
use crate::exchange::intake::survey::{Rows as What, Seen, Surveyed, other_use};
use crate::text::{Language, Words, words};
use crate::ui::choosing::Choosing;
use crate::ui::context::Context;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::style::Style;

/// The column of a row of the step: which file, which column.
pub fn place_of(files: &[Surveyed], row: usize) -> Option<(&Surveyed, &Seen)> {
    let mut all = files.iter().flat_map(|file| file.columns.iter().map(move |column| (file, column)));
    all.nth(row)
}

/// How many rows the step has.
pub fn count(files: &[Surveyed]) -> usize {
    files.iter().map(|file| file.columns.len()).sum()
}

/// Names of fields a column may be read as, in the order in which they are offered.
fn offered(file: &Surveyed) -> Vec<&'static str> {
    let own = if file.rows == What::Of(Kind::Customer) { vec!["ignore", "custom"] } else { vec!["ignore"] };
    own.into_iter().chain(file.choices.iter().map(|(name, _)| *name)).collect()
}

/// The list a column's field is chosen from.
pub fn choosing(file: &Surveyed, column: &Seen, language: Language) -> Choosing<&'static str> {
    let names = offered(file);
    let other = if language == Language::En { Language::Zh } else { Language::En };
    let options = names.iter().map(|name| {
        let taken = file.columns.iter().find(|seen| seen.field == *name && seen.heading != column.heading);
        let hint = match (taken, language) {
            (Some(seen), Language::En) => format!("now from {}", seen.heading),
            (Some(seen), Language::Zh) => format!("现取自“{}”列", seen.heading),
            (None, _) => field_words(file, name).say(other).to_owned(),
        };
        (*name, field_words(file, name).say(language).to_owned(), hint)
    });
    Choosing::hinted(words("read it as", "对应字段"), options).selecting(|name| *name == column.field)
}

/// Reads a column as the field of this name; another column that was read so is set free.
pub fn read_as(options: &mut Options, file: &Surveyed, column: &Seen, name: &str) {
    let mut say = |name: &str, heading: &str| {
        options.map.retain(|(_, other)| other != heading);
        options.map.push((name.to_owned(), heading.to_owned()));
    };
    let free = if file.rows == What::Of(Kind::Customer) { "custom" } else { "ignore" };
    let is_field = !matches!(name, "ignore" | "custom" | "region");
    for other in file.columns.iter().filter(|other| is_field && other.field == name && other.heading != column.heading)
    {
        say(free, &other.heading);
    }
    say(name, &column.heading);
}

/// What a field is called.
fn field_words(file: &Surveyed, name: &str) -> Words {
    let choice = file.choices.iter().find(|(other, _)| *other == name).map(|(_, called)| *called);
    choice.or_else(|| other_use(name)).unwrap_or(words("leave out", "不导入"))
}

/// Draws the columns.
pub fn draw(brush: &mut Brush<'_>, files: &[Surveyed], rows: &mut Rows, context: &Context<'_>) {
    let theme = context.theme;
    let area = brush.area();
    let several = files.len() > 1;
    brush.text(2, 0, context.say(words("column", "文件的列")), 20, theme.dim);
    brush.text(26, 0, context.say(words("goes to", "对应字段")), 20, theme.dim);
    brush.text(47, 0, context.say(words("first rows", "前几行")), u16::MAX, theme.dim);
    brush.text_left_of(area.width.saturating_sub(1), 0, &unread(files, context.language), 40, theme.accent);
    rows.fit(usize::from(area.height.saturating_sub(1)), count(files));
    for (y, row) in (1..).zip(rows.seen(count(files))) {
        let Some((file, column)) = place_of(files, row) else { continue };
        draw_column(brush, y, file, column, context);
        if several {
            let begins = file.columns.first().is_some_and(|first| std::ptr::eq(first, column));
            let style = if begins { theme.strong } else { theme.dim };
            brush.text_left_of(area.width.saturating_sub(1), y, &file.name, 20, style);
        }
        if row == rows.selected {
            brush.select_line(y, theme.selected);
        }
    }
}

fn draw_column(brush: &mut Brush<'_>, y: u16, file: &Surveyed, column: &Seen, context: &Context<'_>) {
    let theme = context.theme;
    let (sign, style) = match column.field {
        "" => ("!", theme.alarm),
        "custom" => ("?", theme.accent),
        _ => (" ", Style::new()),
    };
    brush.text(0, y, sign, 1, style);
    brush.text(2, y, &column.heading, 20, theme.strong);
    brush.text(23, y, if context.ascii { ">" } else { "→" }, 2, theme.dim);
    brush.text(26, y, context.say(field_words(file, column.field)), 20, style);
    let cells: Vec<&str> = column.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    brush.text(47, y, &cells.join(" · "), u16::MAX, theme.dim);
}

/// How many columns are read as no field: kept as own fields, and left out.
fn unread(files: &[Surveyed], language: Language) -> String {
    let all = || files.iter().filter(|file| file.rows != What::Names).flat_map(|file| &file.columns);
    let own = all().filter(|column| column.field == "custom").count();
    let out = all().filter(|column| column.field.is_empty()).count();
    match (own, out, language) {
        (0, 0, _) => String::new(),
        (_, 0, Language::En) => format!("? {own} own fields"),
        (_, 0, Language::Zh) => format!("? 自定义 {own} 列"),
        (0, _, Language::En) => format!("! {out} left out"),
        (0, _, Language::Zh) => format!("! 不导入 {out} 列"),
        (_, _, Language::En) => format!("? {own} own fields · ! {out} left out"),
        (_, _, Language::Zh) => format!("? 自定义 {own} 列 · ! 不导入 {out} 列"),
    }
}
