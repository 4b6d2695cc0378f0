//! A few words that settle something: what a next step changed, how a complaint was resolved, why a tier is held.

use crate::book::command::{Command, edit_between};
use crate::book::deals::moving::{Mover, OTHER};
use crate::book::logging::Reader;
use crate::book::tiers::say::tier_shown;
use crate::book::tiers::schemes::next_version;
use crate::domain::deal::Deal;
use crate::domain::feedback::Feedback;
use crate::domain::follow_up::NextStep;
use crate::domain::id::Id;
use crate::domain::tiers::{Scheme, TierHold};
use crate::domain::time::Day;
use crate::parse::when::{Looking, When, read_whole};
use crate::text::{Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Settling};
use crate::ui::view::choose::sheet;
use crate::ui::view::{Draft, View, prompt};
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
            Settling::Held(hold) => &hold.reason,
            Settling::Named(scheme) => &scheme.name,
        });
        Settle { settling, input }
    }

    fn id(&self) -> Id {
        match &self.settling {
            Settling::Done(step) => step.id,
            Settling::Resolved(complaint) => complaint.id,
            Settling::Lost(deals, _) => deals.first().map_or(Id::BOOK, |deal| deal.id),
            Settling::Held(hold) => hold.customer.unwrap_or(Id::BOOK),
            Settling::Named(scheme) => scheme.id,
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
            Settling::Held(hold) => (
                &hold.tier,
                words("Hold tier", "保留等级"),
                words("why? > until when (else for 90 days)", "原因？>期限（不写则 90 天）"),
                words(
                    "Tier held at once, whether the rest is applied or not; undo takes it back",
                    "等级已保留，即刻生效，不必等其余应用；可撤销",
                ),
            ),
            Settling::Named(_) => (
                "",
                words("Save scheme", "存为方案"),
                words("under which name?", "方案名称？"),
                words("Scheme saved; undo takes it back", "方案已保存，可撤销"),
            ),
        }
    }

    /// The commands that settle it now; an error says what is missing.
    fn commands(&self, context: &Context<'_>) -> Result<Vec<Command>, &'static str> {
        let now = context.now;
        let text = self.input.text().trim().to_owned();
        let missing = |what: Words| if text.is_empty() { Err(context.say(what)) } else { Ok(()) };
        match &self.settling {
            Settling::Done(step) => {
                let step = (**step).clone();
                let after = NextStep { done_at: Some(now), result: text, ..step.clone() };
                Ok(edit_between(&step.into(), &after.into()).into_iter().collect())
            }
            Settling::Resolved(complaint) => {
                missing(words("say how it was resolved", "请写明处理结果"))?;
                let complaint = (**complaint).clone();
                // Whoever resolves it has answered, too.
                let answered_at = complaint.answered_at.or(Some(now));
                let after = Feedback { resolved_at: Some(now), answered_at, resolution: text, ..complaint.clone() };
                Ok(edit_between(&complaint.into(), &after.into()).into_iter().collect())
            }
            Settling::Held(hold) => {
                missing(words("say why it is held", "请写明保留原因"))?;
                let (reason, until) = held(&text, context)?;
                let hold = TierHold { reason, until: Some(until), ..(**hold).clone() };
                Ok(vec![Command::Add(Box::new(hold.into()))])
            }
            Settling::Named(scheme) => {
                missing(words("a scheme needs a name", "请填写方案名称"))?;
                let version = next_version(context.book().standards(), &text);
                let scheme = Scheme { name: text, version, ..(**scheme).clone() };
                Ok(vec![Command::Add(Box::new(scheme.into()))])
            }
            Settling::Lost(deals, reason) => lost(deals, reason, &text, context),
        }
    }

    fn save(&self, context: &Context<'_>) -> Effect {
        let (.., said) = self.told();
        match self.commands(context) {
            Ok(commands) => Effect::save(commands, said),
            Err(missing) => Effect::Say(Notice::note(missing)),
        }
    }
}

/// The deals lost with what is typed as the note; a reason that says nothing needs one.
fn lost(deals: &[Deal], reason: &str, note: &str, context: &Context<'_>) -> Result<Vec<Command>, &'static str> {
    if reason == OTHER && note.is_empty() {
        return Err(context.say(words("“other” needs a note: say what it was", "“其他”须写明原因")));
    }
    let (standards, language) = (context.book().standards(), context.language);
    let mover = Mover { standards, now: context.now, me: context.desk.me(), language };
    Ok(deals.iter().flat_map(|deal| mover.lost(deal, reason, note)).collect())
}

/// The reason a tier is held for and up to when: what stands behind `>`, else ninety days.
pub(super) fn held(text: &str, context: &Context<'_>) -> Result<(String, Day), &'static str> {
    let Some((reason, until)) = text.rsplit_once(['>', '》', '＞']) else {
        return Ok((text.to_owned(), context.today().plus(90)));
    };
    let reader = Reader::new(context.book(), None, &[], context.now, context.language);
    match read_whole(until, &reader.context().clock, Looking::Ahead) {
        Some(When::Read(reading)) => Ok((reason.trim().to_owned(), reading.due.day)),
        _ => Err(context.say(words("no date is read behind >", "看不出 > 后面的日期"))),
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
        prompt::typed(self.input.insert(text), context)
    }

    fn draw(&mut self, area: Rect, buffer: &mut Buffer, context: &Context<'_>) -> Option<Position> {
        let mut brush = sheet(area, buffer, 2, context);
        let theme = context.theme;
        let (what, label, question, _) = self.told();
        let x = brush.text(1, 0, context.say(label), 12, theme.accent);
        // A tier is kept under its key and shown by its name.
        let tier = matches!(self.settling, Settling::Held(_)).then(|| tier_shown(what, context.language));
        brush.text(x + 1, 0, tier.as_deref().unwrap_or(what), u16::MAX, theme.strong);
        Some(prompt::draw(&mut brush, &self.input, question, context))
    }

    fn floats(&self) -> bool {
        true
    }

    fn draft_key(&self) -> Option<String> {
        Some(format!("settle {}", self.id()))
    }

    fn draft(&self, _context: &Context<'_>) -> Option<Draft> {
        Draft::of_line(&self.input)
    }

    fn take_up(&mut self, draft: &Draft) {
        self.input = draft.line();
    }
}
