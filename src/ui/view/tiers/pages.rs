//! The names of the pages above them, the one shown set off.

use super::{Page, Tiers};
use crate::text::figures::grouped;
use crate::text::{Words, words};
use crate::ui::context::Context;
use crate::ui::fit;
use crate::ui::widget::paint::Brush;

impl Tiers {
    /// The pages there are, the one shown set off.
    pub(super) fn draw_pages(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let count = |count: usize| if count == 0 { String::new() } else { format!(" {}", grouped(count as u64)) };
        let movers = self.proposal.as_ref().map(|outlook| outlook.movers.len());
        let pages = [
            (Page::Overview, words("Distribution", "等级分布"), Some(String::new())),
            (Page::Preview, words("Preview", "变动预览"), movers.map(count)),
            (Page::Leaving, words("Leaving", "流失预警"), Some(count(self.leavers().len()))),
            (Page::Runs, words("Applied", "历次分级"), Some(count(context.book().standards().runs().len()))),
            (Page::Worth, words("Value", "客户价值"), Some(String::new())),
            (Page::Schemes, words("Schemes", "方案"), Some(String::new())),
            (Page::Advice, words("Advice", "建议"), Some(String::new())),
            (Page::Levels, words("Levels", "会员"), Some(String::new())),
        ];
        let named = |(page, name, more): (Page, Words, Option<String>)| {
            let more = more?;
            let name = context.say(name);
            Some((page, if page == self.page { format!("[{name}]{more}") } else { format!(" {name} {more}") }))
        };
        let mut pages: Vec<(Page, String)> = pages.into_iter().filter_map(named).collect();
        // Where all have no room, those before go until the one shown is seen.
        let up_to_shown = |pages: &[(Page, String)]| {
            let shown = pages.iter().position(|(page, _)| *page == self.page).unwrap_or(0);
            pages.iter().take(shown + 1).map(|(_, name)| fit::width(name) + 2).sum::<usize>()
        };
        while up_to_shown(&pages) > usize::from(brush.area().width) && pages.len() > 1 {
            pages.remove(0);
        }
        let mut x = 1;
        for (page, name) in pages {
            let style = if page == self.page { context.theme.bar } else { context.theme.dim };
            x = brush.text(x, 0, &name, u16::MAX, style) + 2;
        }
    }
}
