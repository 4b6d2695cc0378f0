//! The follow-up line as a view: what its keys do, and what is seen of it.

use super::recall::earlier;
use super::template::{self, REMOVED, Wish, removal};
use super::{About, Chosen, Log, preview};
use crate::book::command::Command;
use crate::domain::deal::Deal;
use crate::domain::working::Template;
use crate::line::{Line, Part, complete};
use crate::parse::when::Why;
use crate::text::figures::short_money;
use crate::text::{Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::choosing::Choosing;
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Notice, Place};
use crate::ui::fit;
use crate::ui::job::{Done, Work};
use crate::ui::keymap::shown as key_shown;
use crate::ui::view::choose::sheet;
use crate::ui::view::{Draft, View, prompt};
use crate::ui::widget::input::Input;
use crate::ui::widget::paint::Brush;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const SAVED: Words = words("Follow-up saved", "跟进已保存");

const WHICH_DEAL: Words = words("Which deal", "哪个商机");

/// Columns of the customer's name that stand before what else can be done.
const NAME: usize = 18;

/// Values shown of a picker.
const PICKED: usize = 6;

impl View for Log {
    fn scope(&self) -> Scope {
        if self.sheet.is_some() { Scope::Form } else { Scope::Line }
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        if self.sheet.is_some() {
            return self.act_in_sheet(action, context);
        }
        match action {
            Action::Save => return self.save(context),
            Action::Cancel | Action::GoBack => return Effect::Back,
            Action::Accept => self.accept(context),
            Action::ExpandLine => self.expand(context),
            Action::Template => return self.offer_templates(context),
            Action::SelectNext | Action::SelectPrevious => self.move_or_recall(action == Action::SelectNext, context),
            _ if self.input.act(action) => self.follow(context),
            _ => return Effect::Unknown,
        }
        Effect::None
    }

    fn typed(&mut self, text: &str, context: &Context<'_>) -> Effect {
        let left_out = match self.sheet {
            Some(_) => self.typed_in_sheet(text, context),
            None => self.input.insert(text),
        };
        self.follow(context);
        prompt::typed(left_out, context)
    }

    fn answered(&mut self, answer: Answer, context: &Context<'_>) -> Effect {
        match self.choice.chosen(answer) {
            Some(Chosen::Deal(deal)) => {
                self.deal = Some(deal);
                self.save(context)
            }
            Some(Chosen::Value(value)) => {
                self.chosen_in_sheet(value, context);
                Effect::None
            }
            Some(Chosen::Template(wish)) => self.template_chosen(wish, context),
            None => Effect::None,
        }
    }

    fn work(&mut self, context: &Context<'_>) -> Option<Work> {
        self.offered.work(context).map(Work::from)
    }

    fn found(&mut self, done: Done, context: &Context<'_>) -> Result<Effect, Done> {
        let mut others = None;
        self.offered_anew(context, |log| match log.offered.came_back(done) {
            Ok(is_new) => is_new,
            Err(done) => {
                others = Some(done);
                false
            }
        });
        others.map_or(Ok(Effect::None), Err)
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        if self.sheet.is_some() {
            return self.draw_sheet(area, buffer, context);
        }
        let mut brush = sheet(area, buffer, preview::PREVIEW + 2, context);
        let theme = context.theme;
        let line = self.read(context);
        let name = context.book().row_of(self.about.customer).map_or("", |row| row.name());
        let x = brush.text(1, 0, context.say(Action::FollowUp.label()), 12, theme.accent);
        let end = self.draw_ways(&mut brush, x + 1 + fit::width(name).min(NAME) as u16, context);
        brush.text(x + 1, 0, name, end.saturating_sub(x + 3), theme.strong);
        let example = words(
            "call confirmed the price #contract $125k =negotiation >next wed 2pm send contract",
            "电话 确认报价，等法务 #合同 ￥12.5万 =谈判 >下周三下午2点 发合同",
        );
        let caret = prompt::draw(&mut brush, &self.input, example, context);
        match self.picker(context) {
            Some((_, names)) => self.draw_picker(&mut brush, &names, context),
            None => self.draw_reading(&mut brush, &line, context),
        }
        Some(caret)
    }

    fn written_line(&self) -> Option<String> {
        (!self.input.is_empty()).then(|| self.input.text())
    }

    fn offers(&self, action: Action) -> bool {
        !matches!(action, Action::MoveUp | Action::MoveDown)
    }

    fn floats(&self) -> bool {
        true
    }

    fn draft_key(&self) -> Option<String> {
        Some(format!("log {}", self.customer))
    }

    fn draft(&self, _context: &Context<'_>) -> Option<Draft> {
        Draft::of_line(&self.input).filter(|_| !self.is_recalled())
    }

    fn refresh(&mut self, context: &Context<'_>) {
        self.offered_anew(context, |log| {
            log.about = About::of(log.about.customer, context);
            log.read.take();
            log.follow(context);
            true
        });
    }

    fn take_up(&mut self, draft: &Draft) {
        self.input = draft.line();
    }
}

impl Log {
    /// Takes the value selected, or else the date at the end that could be a next step.
    fn accept(&mut self, context: &Context<'_>) {
        self.offered_anew(context, |log| log.offered.settle(context));
        let text = self.input.text();
        if let Some((opened, names)) = self.picker(context) {
            if let Some(name) = names.get(self.picked.selected) {
                let (line, caret) = complete(&text, &opened, name);
                self.input = Input::with_caret(&line, caret);
            }
        } else if let Some(suggestion) = self.read(context).suggestion {
            self.input = Input::new(&suggestion.accepted);
        }
        self.follow(context);
    }

    pub(super) fn save(&mut self, context: &Context<'_>) -> Effect {
        let line = self.read(context);
        let mut logging = self.logging(&line, context);
        if logging.is_empty() {
            return Effect::Say(Notice::note(context.say(words("write what was said", "请写下沟通内容"))));
        }
        if let Some(told) = self.impossible(&line, context) {
            return Effect::Say(told);
        }
        logging.deal = logging.deal.or(self.deal);
        let moves_deal = logging.stage.is_some() || logging.deal_amount.is_some();
        if moves_deal && logging.deal.is_none() && self.about.deals.len() > 1 {
            return self.choose_deal(context);
        }
        Effect::Save(vec![Command::Log(Box::new(logging))], SAVED)
    }

    /// Why a date of the line cannot be, with the caret behind it.
    fn impossible(&mut self, line: &Line, context: &Context<'_>) -> Option<Notice> {
        let told = preview::told_unknown(line.impossible()?, Why::NoSuchDay, context);
        if let Some(span) = line.spans.iter().find(|span| span.part == Part::Unknown) {
            self.input = Input::with_caret(&self.input.text(), span.range.end);
        }
        Some(Notice::error(told))
    }

    fn choose_deal(&mut self, context: &Context<'_>) -> Effect {
        let standards = context.book().standards();
        let hint = |deal: &Deal| {
            let amount = deal.amount.map(|amount| short_money(amount, context.language)).unwrap_or_default();
            format!("{} {amount}", standards.stage_shown(&deal.stage, context.language))
        };
        let options = self.about.deals.iter().map(|deal| (Chosen::Deal(deal.id), deal.title.clone(), hint(deal)));
        self.choice.open(Choosing::hinted(WHICH_DEAL, options))
    }

    /// What else can be done with the line, at the right of its head as far as there is room behind `from`;
    /// gives where that begins.
    fn draw_ways(&self, brush: &mut Brush<'_>, from: u16, context: &Context<'_>) -> u16 {
        let earlier = words("earlier lines", "以前的");
        let ways = [
            (Action::SelectPrevious, earlier),
            (Action::Template, Action::Template.label()),
            (Action::ExpandLine, Action::ExpandLine.label()),
        ];
        ways.into_iter().fold(brush.area().width.saturating_sub(1), |end, (act, label)| {
            let Some(keys) = context.keymap.key_for(act, Scope::Line) else { return end };
            let need = fit::width(context.say(label)) + fit::width(&key_shown(keys, context.ascii)) + 4;
            if end < from + need as u16 {
                return end;
            }
            let at = brush.text_left_of(end, 0, context.say(label), 16, context.theme.dim);
            let at =
                brush.text_left_of(at.saturating_sub(1), 0, &key_shown(keys, context.ascii), 8, context.theme.accent);
            at.saturating_sub(2)
        })
    }

    /// Moves within the list that is open; where there is none, through the lines written earlier.
    fn move_or_recall(&mut self, on: bool, context: &Context<'_>) {
        match self.picker(context) {
            Some((_, names)) => self.picked.move_by(if on { 1 } else { -1 }, names.len()),
            None => self.recall(!on, context),
        }
    }

    /// Goes through the lines written earlier, only from a line not edited, so that nothing typed is lost.
    fn recall(&mut self, older: bool, context: &Context<'_>) {
        if !self.input.is_empty() && !self.is_recalled() {
            return;
        }
        let mut recalled = std::mem::take(&mut self.recalled);
        let line = recalled.step(older, || earlier(&self.reader(context), context));
        self.recalled = recalled;
        self.input = Input::new(&line);
        self.follow(context);
    }

    /// Whether the line is an earlier one as it was, which is no draft.
    fn is_recalled(&self) -> bool {
        self.recalled.line().is_some_and(|line| line == self.input.text())
    }

    fn draw_picker(&mut self, brush: &mut Brush<'_>, names: &[String], context: &Context<'_>) {
        self.picked.fit(PICKED.min(names.len()), names.len());
        for (y, place) in (2..).zip(self.picked.seen(names.len())) {
            if let Some(name) = names.get(place) {
                brush.text(3, y, name, 40, Style::new());
                if place == self.picked.selected {
                    brush.select_line(y, context.theme.selected);
                }
            }
        }
        let hint = words("Tab takes it, go on typing to narrow", "Tab 选用，继续输入可缩小范围");
        brush.text(3, 2 + PICKED as u16, context.say(hint), u16::MAX, context.theme.dim);
    }

    /// Offers the templates.
    fn offer_templates(&mut self, context: &Context<'_>) -> Effect {
        self.choice.open(template::offered(context).map(Chosen::Template))
    }

    /// A template, or what else is to be done, was chosen.
    fn template_chosen(&mut self, wish: Wish, context: &Context<'_>) -> Effect {
        match wish {
            Wish::Insert(template) => self.insert_template(&template, context),
            Wish::Change(template) => Effect::Open(Place::EntryForm(Box::new(template.into()))),
            Wish::Remove(template) => Effect::Run(removal(template, context), REMOVED),
            Wish::Keep => self.keep_as_template(context),
            Wish::AskWhich { removed } => self.choice.open(template::which(removed, context).map(Chosen::Template)),
        }
    }

    /// Where something is typed already, the template comes in at the caret.
    fn insert_template(&mut self, template: &Template, context: &Context<'_>) -> Effect {
        let left_out = self.input.insert(&template.line);
        self.follow(context);
        prompt::typed(left_out, context)
    }

    fn keep_as_template(&self, context: &Context<'_>) -> Effect {
        let line = self.input.text().trim().to_owned();
        if line.is_empty() {
            let first = words("write the line first, then keep it", "请先写好内容，再存为模板");
            return Effect::Say(Notice::note(context.say(first)));
        }
        let name = self.read(context).text.chars().take(16).collect();
        let template = Template { name, line, ..Template::default() };
        Effect::Open(Place::EntryForm(Box::new(template.into())))
    }
}
