//! The funnel as a view: what its keys do, and what is seen of it.

use super::deal_list::new_deal;
use super::stage_list::StageList;
use super::{Funnel, Page};
use crate::book::deals::reckoning::Answered;
use crate::domain::id::Id;
use crate::store::error::StoreError;
use crate::text::figures::grouped;
use crate::text::{Language, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect};
use crate::ui::fit;
use crate::ui::job::{Done, Work};
use crate::ui::keymap::shown;
use crate::ui::view::View;
use crate::ui::view::funnel::pages::Telling;
use crate::ui::view::funnel::question::days_of;
use crate::ui::widget::bottleneck::sentence;
use crate::ui::widget::paint::Brush;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Lines of the bottleneck's sentence at most.
const SENTENCE: usize = 2;

impl View for Funnel {
    fn scope(&self) -> Scope {
        match (&self.stages, &self.list) {
            (Some(_), _) => Scope::Stages,
            (_, Some(_)) => Scope::Deals,
            _ => Scope::Funnel,
        }
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        // Keys may come faster than frames: they are to mean what they would after the next one.
        self.show(context);
        if let Some(stages) = &mut self.stages {
            if action == Action::GoBack {
                self.stages = None;
                return Effect::None;
            }
            return stages.act(action, &self.deals, context);
        }
        if let Some(list) = &mut self.list {
            if action == Action::GoBack {
                self.list = None;
                return Effect::None;
            }
            return list.act(action, &self.deals, context);
        }
        if self.moved(action, context) {
            return Effect::None;
        }
        match action {
            Action::Open => return self.open(context),
            Action::SwitchMeasure => {
                self.measure = self.measure.next();
                self.show(context);
            }
            Action::ChoosePeriod => return self.ask_period(context),
            Action::ChooseOwner => return self.ask_owner(context),
            Action::GroupBy => return self.ask_group(context),
            Action::Compare => return self.ask_comparison(context),
            Action::NewDeal => return new_deal(None, context),
            Action::EditStages => self.stages = Some(StageList::default()),
            Action::ExportMeeting => return self.export(context),
            Action::GoBack => return Effect::Back,
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn answered(&mut self, answer: Answer, context: &Context<'_>) -> Effect {
        if let Answer::Customer(customer) = answer {
            return new_deal(Some(customer), context);
        }
        if let Some(stages) = &mut self.stages {
            return stages.answered(answer, &self.deals, context);
        }
        if let Some(list) = &mut self.list {
            return list.answered(answer, context);
        }
        self.take_answer(answer, context)
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.board.leap(context.slow_line);
        self.catch_up(context);
        self.show(context);
    }

    fn work(&mut self, context: &Context<'_>) -> Option<Work> {
        self.next_work(context).map(Work::from)
    }

    fn found(&mut self, done: Done, context: &Context<'_>) -> Result<Effect, Done> {
        self.take_work(done, context)
    }

    fn selected_customer(&self, _context: &Context<'_>) -> Option<Id> {
        self.list.as_ref()?.selected(&self.deals)?.customer
    }

    fn prepare(&mut self, _area: Rect, context: &Context<'_>) {
        self.show(context);
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        if let Some(stages) = &mut self.stages {
            return stages.draw(area, buffer, &self.deals, context);
        }
        let title = self.title(context);
        let answered = self.answered.clone();
        match (&mut self.list, answered) {
            (Some(list), Some(answered)) => list.draw(area, buffer, (&self.deals, &answered.main, &title), context),
            _ => self.draw_page(area, buffer, context),
        }
    }

    fn offers(&self, action: Action) -> bool {
        match (&self.stages, &self.list) {
            (Some(_), _) => true,
            (_, Some(list)) => list.offers(action),
            _ => action != Action::GoBack,
        }
    }

    fn foot(&self, _context: &Context<'_>) -> String {
        let (place, count) = match (&self.stages, &self.list) {
            (Some(_), _) => return String::new(),
            (_, Some(list)) => list.place(),
            _ => self.board.place(),
        };
        if count == 0 { String::new() } else { format!("{}/{count}", place + 1) }
    }
}

impl Funnel {
    /// What is asked, in words: whose deals, of which period.
    pub(super) fn title(&self, context: &Context<'_>) -> String {
        let whose = self.question.whose(context.book(), context.language);
        if self.page == Page::Meeting {
            let (month, _) = self.question.meeting();
            return format!("{whose} · {}", month.date().format("%Y-%m"));
        }
        format!("{whose} · {}", self.question.span.name(context.language))
    }

    /// What the two sides of a comparison are called.
    pub(super) fn compared(&self, context: &Context<'_>) -> (String, String) {
        let (today, language) = (context.today(), context.language);
        let days = days_of(self.question.span.period(today));
        let mine = format!("{} {days}", self.title(context));
        (mine, self.question.against_whom(context.book(), today, language))
    }

    /// What was answered, with all that its pages are told by.
    pub(super) fn telling<'a>(&'a self, answered: &'a Answered, context: &'a Context<'_>) -> Telling<'a> {
        Telling {
            answered,
            question: &self.question,
            deals: &self.deals,
            book: context.book(),
            measure: self.measure,
            language: context.language,
        }
    }

    pub(super) fn draw_page(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let theme = context.theme;
        let mut brush = Brush::new(buffer, area);
        let title = self.title(context);
        let end = brush.text_left_of(area.width.saturating_sub(1), 0, &title, area.width / 2, theme.strong);
        let key = context.keymap.key_for(Action::NextPane, Scope::Funnel).map(|keys| shown(keys, context.ascii));
        let mut x = brush.text(1, 0, &key.unwrap_or_default(), 8, theme.accent) + 1;
        for page in Page::ALL {
            let style = if page == self.page { theme.accent } else { theme.dim };
            let name = context.say(page.words());
            if x + fit::width(name) as u16 + 1 >= end {
                break;
            }
            // The page one is on is marked in mono, too.
            let name = if page == self.page { format!("[{name}]") } else { format!(" {name} ") };
            x = brush.text(x, 0, &name, u16::MAX, style) + 1;
        }
        let Some(answered) = self.answered.clone() else {
            self.draw_waiting(&mut brush, context);
            return None;
        };
        let telling = self.telling(&answered, context);
        let above = match self.page {
            Page::Stages => self.draw_sentence(&mut brush, &telling, context),
            _ => 2,
        };
        let above = self.draw_trouble(&mut brush, above, context);
        if answered.main.funnel.is_empty() && matches!(self.page, Page::Stages | Page::Groups) {
            let none = words(
                "No deals were opened in this period. N enters one, p chooses another period.",
                "该期间没有新开的商机。按 N 新建，按 p 换个期间。",
            );
            brush.text(1, above, context.say(none), u16::MAX, theme.strong);
            return None;
        }
        let body = Rect { y: area.y + above, height: area.height.saturating_sub(above), ..area };
        self.board.draw(body, buffer, context)
    }

    /// What could not be read of what is shown, in the line left free above the page; gives where the page begins then.
    fn draw_trouble(&self, brush: &mut Brush<'_>, above: u16, context: &Context<'_>) -> u16 {
        let Some(trouble) = self.trouble() else { return above };
        brush.text(1, above - 1, &trouble.unread(context.language), u16::MAX, context.theme.alarm);
        above + 1
    }

    fn trouble(&self) -> Option<&StoreError> {
        self.trouble.as_ref().or(self.gathering.error())
    }

    fn draw_waiting(&self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let (text, style) = match self.trouble() {
            Some(trouble) => (trouble.unread(context.language), context.theme.alarm),
            None => {
                let gathering = words("Gathering the deals …", "正在汇总商机……");
                let count = if self.deals.is_empty() { String::new() } else { grouped(self.deals.len() as u64) };
                (format!("{} {count}", context.say(gathering)), context.theme.dim)
            }
        };
        let room = usize::from(brush.area().width.saturating_sub(2));
        for (y, line) in (2..).zip(fit::wrap(&text, room)) {
            brush.text(1, y, &line, u16::MAX, style);
        }
    }

    /// The bottleneck, and what is odd about the dates; gives the lines taken.
    fn draw_sentence(&self, brush: &mut Brush<'_>, telling: &Telling<'_>, context: &Context<'_>) -> u16 {
        let theme = context.theme;
        let main = &telling.answered.main;
        let room = usize::from(brush.area().width.saturating_sub(2));
        let mut y = 1;
        if let Some(found) = &main.bottleneck {
            let label = context.say(words("Bottleneck", "瓶颈"));
            let text = match context.language {
                Language::En => format!("{label}: {}", sentence(found, &main.ladder, &telling.naming())),
                Language::Zh => format!("{label}：{}", sentence(found, &main.ladder, &telling.naming())),
            };
            for line in fit::wrap(&text, room).into_iter().take(SENTENCE) {
                brush.text(1, y, &line, u16::MAX, theme.alarm);
                y += 1;
            }
        }
        let odd = &main.funnel.oddities;
        let told = [
            (odd.undated, words("without a date", "个无日期")),
            (odd.ahead, words("dated in the future", "个日期在未来")),
            (odd.disordered, words("with a log out of order", "个阶段记录顺序颠倒")),
            (odd.backwards, words("closed before opened", "个结束早于开始")),
        ];
        let told = told.into_iter().filter(|(count, _)| *count > 0);
        let told = told.map(|(count, words)| format!("{} {}", grouped(count as u64), context.say(words)));
        let told: Vec<String> = told.collect();
        if !told.is_empty() {
            brush.text(1, y, &told.join(" · "), u16::MAX, theme.dim);
            y += 1;
        }
        y + 1
    }
}
