//! The stages deals go through: named, put in order, added, taken out.

use crate::book::command::Command;
use crate::book::deals::Deals;
use crate::book::deals::moving::Mover;
use crate::book::staging::{Needed, may_go, new_stage, offered, removed, reordered, replaced};
use crate::domain::deal::{Deal, Stage};
use crate::domain::preset::Preset;
use crate::domain::record::Record;
use crate::text::choices::Said;
use crate::text::figures::{grouped, percent};
use crate::text::{Language, Words, words};
use crate::ui::action::Action;
use crate::ui::choosing::{Choice, Choosing};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Notice, Place};
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const CHANGED: Words = words("Stages changed; undo takes it back", "阶段已更新，可撤销");

/// What is chosen in a list laid over it.
enum Chosen {
    /// Where the deals of a stage go that is taken out: the keys of both.
    Target { from: String, to: String },
    /// Which set of stages.
    Preset(Preset),
}

/// The list.
#[derive(Default)]
pub struct StageList {
    rows: Rows,
    choice: Choice<Chosen>,
}

impl Preset {
    const fn words(self) -> (Words, Words) {
        match self {
            Preset::Usual => (words("Usual", "通用"), words("nine stages from lead to won", "线索到赢单共九个阶段")),
            Preset::Four => (
                words("Four steps", "四步"),
                words("潜在 → 意向 → 跟进 → 成交", "潜在客户 → 意向客户 → 跟进客户 → 成交客户"),
            ),
            Preset::Industrial => (
                words("Industrial", "工业"),
                words("with technical talks, samples, tender", "含技术交流、送样试用、招投标"),
            ),
            Preset::Milestones => {
                (words("Milestones", "里程碑"), words("needs → proposal → contract", "需求确认 → 方案提交 → 合同签订"))
            }
        }
    }
}

impl StageList {
    fn selected<'a>(&self, context: &Context<'a>) -> Option<&'a Stage> {
        offered(context.desk.book().standards()).get(self.rows.selected).copied()
    }

    /// Does an act.
    pub fn act(&mut self, action: Action, deals: &Deals, context: &Context<'_>) -> Effect {
        let count = offered(context.book().standards()).len();
        if self.rows.act(action, count) {
            return Effect::None;
        }
        match action {
            Action::Open | Action::Edit => self.edit(context),
            Action::AddStage => {
                let stage = new_stage(context.book().standards());
                Effect::Open(Place::EntryForm(Box::new(stage.into())))
            }
            Action::MoveUp => self.reorder(true, context),
            Action::MoveDown => self.reorder(false, context),
            Action::Delete => self.remove(deals, context),
            Action::StagePreset => self.ask_preset(context),
            _ => Effect::Unknown,
        }
    }

    fn edit(&self, context: &Context<'_>) -> Effect {
        match self.selected(context) {
            Some(stage) => Effect::Open(Place::EntryForm(Box::new(stage.clone().into()))),
            None => Effect::None,
        }
    }

    fn reorder(&mut self, earlier: bool, context: &Context<'_>) -> Effect {
        let Some(stage) = self.selected(context) else { return Effect::None };
        let commands = reordered(context.book().standards(), &stage.key, earlier);
        if commands.is_empty() {
            let stays =
                words("it cannot go further: won, lost and on hold come last", "不能再移：赢单、输单、搁置排在最后");
            return Effect::Say(Notice::note(context.say(stays)));
        }
        self.rows.selected = self.rows.selected.saturating_add_signed(if earlier { -1 } else { 1 });
        Effect::RunAll(commands, CHANGED)
    }

    /// Takes the stage out; where deals stand in it, asks where they go.
    fn remove(&mut self, deals: &Deals, context: &Context<'_>) -> Effect {
        let Some(stage) = self.selected(context) else { return Effect::None };
        if let Err(Needed::OnlyOne(role)) = may_go(context.book().standards(), stage) {
            let means = context.say(role.words());
            let text = match context.language {
                Language::En => format!("it is the only stage that means “{means}”; a funnel needs one"),
                Language::Zh => format!("这是唯一表示“{means}”的阶段，漏斗不能没有它"),
            };
            return Effect::Say(Notice::note(text));
        }
        let standing = standing(deals, &stage.key).count();
        if standing == 0 {
            return Effect::RunAll(removed(stage, &[], None, &mover(context)), CHANGED);
        }
        let named = |other: &Stage| context.book().standards().stage_shown(&other.key, context.language).to_owned();
        let target = |other: &Stage| Chosen::Target { from: stage.key.clone(), to: other.key.clone() };
        let others = offered(context.book().standards()).into_iter().filter(|other| other.key != stage.key);
        let options = others.map(|other| (target(other), named(other)));
        self.choice.open(Choosing::new(words("Its deals go to", "其中的商机移到"), options))
    }

    fn ask_preset(&mut self, context: &Context<'_>) -> Effect {
        let option = |preset: &Preset| {
            let (name, hint) = preset.words();
            (Chosen::Preset(*preset), context.say(name).to_owned(), context.say(hint).to_owned())
        };
        self.choice.open(Choosing::hinted(words("Stages", "预设阶段"), Preset::ALL.iter().map(option)))
    }

    /// Takes what was chosen.
    pub fn answered(&mut self, answer: Answer, deals: &Deals, context: &Context<'_>) -> Effect {
        let standards = context.book().standards();
        let commands: Vec<Command> = match self.choice.chosen(answer) {
            Some(Chosen::Preset(preset)) => replaced(standards, preset),
            Some(Chosen::Target { from, to }) => {
                let (Some(stage), Some(target)) = (standards.stage(&from), standards.stage(&to)) else {
                    return Effect::None;
                };
                match records(deals, &from, context) {
                    Ok(records) => removed(stage, &records, Some(target), &mover(context)),
                    Err(told) => return told,
                }
            }
            None => return Effect::None,
        };
        self.rows.select(0, offered(standards).len());
        if commands.is_empty() { Effect::None } else { Effect::RunAll(commands, CHANGED) }
    }

    /// Draws it.
    pub fn draw(&mut self, area: Rect, buffer: &mut Buffer, deals: &Deals, context: &Context<'_>) -> Option<Position> {
        let theme = context.theme;
        let stages = offered(context.desk.book().standards());
        let mut brush = Brush::new(buffer, area);
        brush.text(1, 0, context.say(words("Stages deals go through", "商机阶段设置")), u16::MAX, theme.strong);
        let heads = [(3, words("name", "名称")), (25, words("in Chinese", "英文名")), (47, words("means", "含义"))];
        for (x, head) in heads {
            brush.text(x, 1, context.say(head), u16::MAX, theme.dim);
        }
        brush.text_left_of(68, 1, context.say(words("probability", "默认概率")), 12, theme.dim);
        brush.text_left_of(77, 1, context.say(words("deals", "商机")), 8, theme.dim);
        let note = words(
            "A name changes no history. A stage taken out keeps its past; its deals move to another.",
            "改名不影响历史。移除阶段会保留历史，其中的商机移到别的阶段。",
        );
        brush.text(1, area.height.saturating_sub(1), context.say(note), u16::MAX, theme.dim);
        let body = Rect { y: area.y + 2, height: area.height.saturating_sub(4), ..area };
        self.rows.fit(usize::from(body.height), stages.len());
        let mut brush = Brush::new(buffer, body);
        let mut cursor = None;
        for (y, place) in (0..).zip(self.rows.seen(stages.len())) {
            let Some(stage) = stages.get(place) else { continue };
            let (name, other) = match context.language {
                Language::En => (&stage.en, &stage.zh),
                Language::Zh => (&stage.zh, &stage.en),
            };
            let shown = context.book().standards().stage_shown(&stage.key, context.language);
            brush.text(3, y, if name.is_empty() { shown } else { name }, 21, theme.strong);
            brush.text(25, y, other, 21, theme.dim);
            brush.text(47, y, stage.role.map_or("", |role| context.say(role.words())), 10, Style::new());
            let probability = stage.probability.map(percent).unwrap_or_default();
            brush.text_left_of(68, y, &probability, 8, Style::new());
            let count = grouped(standing(deals, &stage.key).count() as u64);
            brush.text_left_of(77, y, &count, 8, Style::new());
            if place == self.rows.selected {
                brush.select_line(y, theme.selected);
                cursor = Some(Position { x: body.x, y: body.y + y });
            }
        }
        cursor
    }
}

fn standing<'d>(
    deals: &'d Deals,
    key: &str,
) -> impl Iterator<Item = &'d crate::analysis::funnel::fact::DealFact> + use<'d> {
    let number = deals.stage_number(key);
    deals.iter().filter(move |deal| Some(deal.stage) == number)
}

/// The records of the deals that stand in a stage.
fn records(deals: &Deals, key: &str, context: &Context<'_>) -> Result<Vec<Deal>, Effect> {
    let read = |at: crate::analysis::funnel::fact::DealAt| match context.desk.dossier(at.home) {
        Ok(dossier) => Ok(match dossier.get(at.deal) {
            Some(Record::Deal(deal)) => Some(deal),
            _ => None,
        }),
        Err(error) => Err(Effect::Say(Notice::error(error.say(context.language)))),
    };
    let found: Result<Vec<Option<Deal>>, Effect> = standing(deals, key).map(|deal| read(deal.at())).collect();
    Ok(found?.into_iter().flatten().collect())
}

fn mover<'a>(context: &Context<'a>) -> Mover<'a> {
    let desk = context.desk;
    Mover { standards: desk.book().standards(), now: context.now, me: desk.me(), language: context.language }
}
