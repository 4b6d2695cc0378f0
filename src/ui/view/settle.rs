//! A few words on how something ended: what a next step changed, or how a complaint was resolved.

use crate::book::command::edit_between;
use crate::book::deals::moving::{Mover, OTHER};
use crate::domain::deal::Deal;
use crate::domain::feedback::Feedback;
use crate::domain::follow_up::NextStep;
use crate::domain::id::Id;
use crate::domain::record::Record;
use crate::domain::time::Moment;
use crate::text::{Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Settling};
use crate::ui::view::choose::sheet;
use crate::ui::view::{Draft, View};
use crate::ui::widget::input::Input;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The line in which it is said.
pub struct Settle {
    settling: Settling,
    input: Input,
}

impl Settle {
    /// What is known of the end already stands in the line.
    pub fn new(settling: Settling) -> Settle {
        let input = Input::new(match &settling {
            Settling::Done(step) => &step.result,
            Settling::Resolved(complaint) => &complaint.resolution,
            Settling::Lost(deals, _) => deals.first().map_or("", |deal| &deal.reason_note),
        });
        Settle { settling, input }
    }

    fn id(&self) -> Id {
        match &self.settling {
            Settling::Done(step) => step.id,
            Settling::Resolved(complaint) => complaint.id,
            Settling::Lost(deals, _) => deals.first().map_or(Id::BOOK, |deal| deal.id),
        }
    }

    /// What it is about, the question, and what is said when it is answered.
    fn told(&self) -> (&str, Words, Words, Words) {
        match &self.settling {
            Settling::Done(step) => (
                &step.what,
                words("Done", "完成"),
                words("what did it change? Enter alone will do", "带来了什么结果？直接回车也行"),
                words("Done; undo takes it back", "已标记完成，可撤销"),
            ),
            Settling::Resolved(complaint) => (
                &complaint.text,
                words("Resolve", "解决投诉"),
                words("how was it resolved?", "怎么解决的？"),
                words("Complaint resolved; undo takes it back", "投诉已解决，可撤销"),
            ),
            Settling::Lost(deals, reason) => (
                deals.first().map_or("", |deal| &deal.title),
                words("Lost", "输单"),
                if reason == OTHER {
                    words("which reason? a few words are due", "其他原因须写明说明")
                } else {
                    words("anything to add? Enter alone will do", "补充说明？直接回车也行")
                },
                words(
                    "Lost; a win-back is planned where there is one. Undo takes it back",
                    "已记输单，可赢回的已安排回访，可撤销",
                ),
            ),
        }
    }

    /// The record as it was, and as it is settled at `now`; none for deals, each of which is changed in its own way.
    fn settled(&self, now: Moment) -> Option<(Record, Record)> {
        let text = self.input.text().trim().to_owned();
        match &self.settling {
            Settling::Done(step) => {
                let step = (**step).clone();
                let after = NextStep { done_at: Some(now), result: text, ..step.clone() };
                Some((step.into(), after.into()))
            }
            Settling::Resolved(complaint) => {
                let complaint = (**complaint).clone();
                // Whoever resolves it has answered, too.
                let answered_at = complaint.answered_at.or(Some(now));
                let after = Feedback { resolved_at: Some(now), answered_at, resolution: text, ..complaint.clone() };
                Some((complaint.into(), after.into()))
            }
            Settling::Lost(..) => None,
        }
    }

    fn save(&self, context: &Context<'_>) -> Effect {
        if matches!(self.settling, Settling::Resolved(_)) && self.input.text().trim().is_empty() {
            return Effect::Say(Notice::note(context.say(words("say how it was resolved", "请写明处理结果"))));
        }
        let (.., said) = self.told();
        if let Settling::Lost(deals, reason) = &self.settling {
            return self.lose(deals, reason, said, context);
        }
        let settled = self.settled(context.now);
        let command = settled.and_then(|(before, after)| edit_between(&before, &after));
        Effect::Save(command.into_iter().collect(), said)
    }

    /// The deals lost with what is typed as the note; a reason that says nothing needs one.
    fn lose(&self, deals: &[Deal], reason: &str, said: Words, context: &Context<'_>) -> Effect {
        let note = self.input.text();
        if reason == OTHER && note.trim().is_empty() {
            let due = words("“other” needs a note: say what it was", "“其他”须写明原因");
            return Effect::Say(Notice::note(context.say(due)));
        }
        let (standards, language) = (context.book().standards(), context.language);
        let mover = Mover { standards, now: context.now, me: context.desk.me(), language };
        Effect::Save(deals.iter().flat_map(|deal| mover.lost(deal, reason, &note)).collect(), said)
    }
}

impl View for Settle {
    fn scope(&self) -> Scope {
        Scope::Line
    }

    fn act(&mut self, action: Action, context: &Context<'_>) -> Effect {
        match action {
            Action::Save => self.save(context),
            Action::Cancel | Action::GoBack => Effect::Back,
            _ if self.input.act(action) => Effect::None,
            _ => Effect::Unknown,
        }
    }

    fn typed(&mut self, text: &str, context: &Context<'_>) -> Effect {
        if self.input.insert(text) {
            return Effect::None;
        }
        let cut = words("the line is full; the rest was left out", "内容过长，超出部分未填入");
        Effect::Say(Notice::error(context.say(cut)))
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let mut brush = sheet(area, buffer, 2, context);
        let theme = context.theme;
        let (what, label, question, _) = self.told();
        let x = brush.text(1, 0, context.say(label), 12, theme.accent);
        brush.text(x + 1, 0, what, u16::MAX, theme.strong);
        let x = brush.pieces(0, 1, &[(" > ", theme.accent)]);
        let width = brush.area().width;
        if self.input.is_empty() {
            brush.text(x, 1, context.say(question), width - x, theme.dim);
        }
        Some(self.input.draw(&mut brush, x, 1, width - x, theme.strong))
    }

    fn floats(&self) -> bool {
        true
    }

    fn draft_key(&self) -> Option<String> {
        Some(format!("settle {}", self.id()))
    }

    fn draft(&self, _context: &Context<'_>) -> Option<Draft> {
        let fields = vec![("line".to_owned(), self.input.text())];
        (!self.input.is_empty()).then_some(Draft { fields })
    }

    fn take_up(&mut self, draft: &Draft) {
        if let Some((_, text)) = draft.fields.first() {
            self.input = Input::new(text);
        }
    }
}
