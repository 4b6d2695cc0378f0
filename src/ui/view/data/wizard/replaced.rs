//! What an import would put in the place of something else: each field with how often, and from what to what.

use crate::desk::import::altered::{Altered, Sample};
use crate::exchange::export::Asked;
use crate::exchange::export::record::Describing;
use crate::text::figures::grouped;
use crate::text::{Language, words};
use crate::ui::context::Context;
use crate::ui::widget::paint::Brush;
use ratatui::style::Style;

/// Where a field's name, how often it is replaced, and the first sample stand.
const NAME: u16 = 2;
const TIMES: u16 = 30;
const SAMPLE: u16 = 32;

/// A field in a line: its name, how often, from what to what in the first record.
pub fn draw_altered(brush: &mut Brush<'_>, y: u16, altered: &Altered, context: &Context<'_>) {
    let theme = context.theme;
    brush.text(0, y, "~", 1, theme.accent);
    brush.text(NAME, y, &altered.called(context.language), TIMES - NAME - 8, theme.strong);
    brush.text_left_of(TIMES, y, &grouped(altered.times), 8, Style::new());
    if let Some(sample) = altered.samples.first() {
        brush.text(SAMPLE, y, &told(altered, sample, context), u16::MAX, theme.dim);
    }
}

/// A field with all its samples, each with the customer it is of.
pub fn whole_altered(altered: &Altered, context: &Context<'_>) -> String {
    let sample = |sample: &Sample| {
        let name = context.book().row_of(sample.home).map_or("", |row| row.name());
        format!("{name} {}", told(altered, sample, context)).trim_start().to_owned()
    };
    let samples: Vec<String> = altered.samples.iter().map(sample).collect();
    let times = grouped(altered.times);
    let (name, samples) = (altered.called(context.language), samples.join(context.say(words("; ", "；"))));
    match context.language {
        Language::En => format!("{name}, {times} replaced: {samples}"),
        Language::Zh => format!("{name}，覆盖 {times} 处：{samples}"),
    }
}

fn told(altered: &Altered, sample: &Sample, context: &Context<'_>) -> String {
    let asked = Asked {
        language: context.language,
        columns: &[],
        keep: None,
        mask: false,
        as_of: context.today(),
        offset_minutes: context.now.offset_minutes(),
    };
    let describing = Describing { book: context.book(), asked: &asked, keys: false };
    let Ok(dossier) = context.desk.dossier(sample.home) else { return String::new() };
    let say = |value| match describing.told(altered.kind, altered.field, value, &dossier) {
        empty if empty.is_empty() => "…".to_owned(),
        text => text,
    };
    format!("{} {} {}", say(&sample.before), if context.ascii { "->" } else { "→" }, say(&sample.after))
}
