//! The pages of the screen, and their names above them, the one shown set off.

use crate::text::figures::grouped;
use crate::text::{Words, words};
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::widget::paint::Brush;

/// What the screen shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Page {
    /// Distribution, segments, heat map.
    #[default]
    Overview,
    /// What a recalculation would change.
    Preview,
    /// What customers are worth and cost.
    Worth,
    /// Who is leaving.
    Leaving,
    /// The recalculations applied.
    Runs,
    /// The ways of grading.
    Schemes,
    /// What is advised.
    Advice,
    /// Member levels.
    Levels,
}

impl Page {
    /// Whether it is one of the pages of rules.
    pub(super) const fn is_rules(self) -> bool {
        matches!(self, Page::Schemes | Page::Advice | Page::Levels)
    }
}

/// What is counted beside the names of pages: who would move, where that is previewed, and who is leaving.
pub(super) struct Counts {
    pub(super) movers: Option<usize>,
    pub(super) leavers: usize,
}

/// Draws the names of the pages there are, the one shown set off.
pub(super) fn draw(brush: &mut Brush<'_>, here: Page, counts: &Counts, context: &Context<'_>) {
    let count = |count: usize| if count == 0 { String::new() } else { format!(" {}", grouped(count as u64)) };
    let pages = [
        (Page::Overview, words("Distribution", "等级分布"), Some(String::new())),
        (Page::Preview, words("Preview", "变动预览"), counts.movers.map(count)),
        (Page::Leaving, words("Leaving", "流失预警"), Some(count(counts.leavers))),
        (Page::Runs, words("Applied", "历次分级"), Some(count(context.book().standards().runs().len()))),
        (Page::Worth, words("Value", "客户价值"), Some(String::new())),
        (Page::Schemes, words("Schemes", "方案"), Some(String::new())),
        (Page::Advice, words("Advice", "建议"), Some(String::new())),
        (Page::Levels, words("Levels", "会员"), Some(String::new())),
    ];
    let named = |(page, name, more): (Page, Words, Option<String>)| {
        let more = more?;
        let name = context.say(name);
        Some((page, if page == here { format!("[{name}]{more}") } else { format!(" {name} {more}") }))
    };
    let mut pages: Vec<(Page, String)> = pages.into_iter().filter_map(named).collect();
    // Where all have no room, those before go until the one shown is seen.
    let up_to_shown = |pages: &[(Page, String)]| {
        let shown = pages.iter().position(|(page, _)| *page == here).unwrap_or(0);
        pages.iter().take(shown + 1).map(|(_, name)| fit::width(name) + 2).sum::<usize>()
    };
    while up_to_shown(&pages) > usize::from(brush.area().width) && pages.len() > 1 {
        pages.remove(0);
    }
    let mut x = 1;
    for (page, name) in pages {
        let style = if page == here { context.theme.bar } else { context.theme.dim };
        x = brush.text(x, 0, &name, u16::MAX, style) + 2;
    }
}
