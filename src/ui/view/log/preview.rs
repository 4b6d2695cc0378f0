//! How the line is read, shown below it a part a line, so that a misreading is seen before Enter.

use super::Log;
use crate::book::logging::Logging;
use crate::book::planned::Planned;
use crate::domain::choice::ListKind;
use crate::domain::money::Money;
use crate::domain::time::Due;
use crate::line::{Line, Step};
use crate::parse::when::{self, Clock, Looking, When, Why, say};
use crate::text::choices::Said;
use crate::text::figures::{full_money, points};
use crate::text::{Language, Words, words};
use crate::ui::context::Context;
use crate::ui::widget::paint::Brush;
use ratatui::style::Style;

/// Lines of the preview.
pub(super) const PREVIEW: usize = 11;

/// One part of a line that was understood: what it is, how it is read, and whether that is to be looked at twice.
struct Told {
    label: Words,
    text: String,
    doubtful: bool,
}

impl Told {
    fn plain(label: Words, text: impl Into<String>) -> Told {
        Told { label, text: text.into(), doubtful: false }
    }

    fn doubtful(label: Words, text: impl Into<String>) -> Told {
        Told { label, text: text.into(), doubtful: true }
    }
}

impl Log {
    /// Draws the parts of the line; what has no room is said to be more.
    pub(super) fn draw_reading(&self, brush: &mut Brush<'_>, line: &Line, context: &Context<'_>) {
        let theme = context.theme;
        let parts = self.parts(line, context);
        let room = PREVIEW.min(usize::from(brush.area().height.saturating_sub(3)));
        let shown = if parts.len() > room { room.saturating_sub(1) } else { parts.len() };
        for (y, part) in (2..).zip(parts.iter().take(shown)) {
            let x = brush.text(3, y, context.say(part.label), 14, theme.dim);
            brush.text(x.max(16) + 1, y, &part.text, u16::MAX, if part.doubtful { theme.alarm } else { Style::new() });
        }
        if parts.len() > shown {
            let more = match context.language {
                Language::En => format!("… {} more", parts.len() - shown),
                Language::Zh => format!("……另有 {} 项", parts.len() - shown),
            };
            brush.text(3, 2 + shown as u16, &more, u16::MAX, theme.dim);
        }
    }

    /// The parts in the order in which they are to be looked at: a next contact that would be lost, what was said, what it
    /// moves, what comes next.
    fn parts(&self, line: &Line, context: &Context<'_>) -> Vec<Told> {
        let planned = self.logging(line, context).planned(self.about.next_contact);
        let clears = matches!(planned, Planned::Settled(_)) && !self.input.is_empty();
        let (mut parts, contact) = (Vec::new(), next_contact(line, planned, clears, context));
        let last = if clears {
            parts.extend(contact);
            Vec::new()
        } else {
            contact
        };
        parts.extend(self.said(line, context));
        parts.extend(self.named(line, context));
        parts.extend(self.moved(line, context));
        parts.extend(steps(line, context));
        parts.extend(last);
        let unread: Vec<String> = line.unread.iter().map(|word| unread(word, context)).collect();
        parts.push(Told::doubtful(words("kept as text", "按文字保留"), unread.join("  ")));
        parts.retain(|part| !part.text.is_empty());
        parts
    }

    /// Way, feedback, time, words, outcome.
    fn said(&self, line: &Line, context: &Context<'_>) -> Vec<Told> {
        let standards = context.book().standards();
        let shown = |list, key: &Option<String>| {
            key.as_deref().map(|key| standards.shown(list, key, context.language).to_owned()).unwrap_or_default()
        };
        let heard = line.feedback.as_ref().map(|heard| {
            let score = heard.score.map(|score| format!(" {}", points(score))).unwrap_or_default();
            format!("{}{score}", heard.kind.words().say(context.language))
        });
        let clock = context.book().clock(context.now);
        let at = line.at.as_ref().map(|at| say(at.due, &clock, context.language));
        vec![
            Told::plain(words("way", "方式"), shown(ListKind::Way, &line.way)),
            Told::plain(words("feedback", "反馈"), heard.unwrap_or_default()),
            Told::plain(words("when", "时间"), at.unwrap_or_default()),
            Told::plain(words("text", "内容"), line.text.clone()),
            Told::plain(words("outcome", "结果"), shown(ListKind::Outcome, &line.outcome)),
        ]
    }

    /// Contacts, colleagues, tags.
    fn named(&self, line: &Line, context: &Context<'_>) -> Vec<Told> {
        let contacts = self.about.contacts.iter().filter(|contact| line.contacts.contains(&contact.id));
        let with: Vec<&str> = contacts.map(|contact| contact.name.as_str()).collect();
        let tags: Vec<String> = line.tags.iter().map(|tag| format!("#{tag}")).collect();
        let owner = |id| context.book().standards().owner_name(Some(id));
        let colleagues: Vec<String> = line.colleagues.iter().map(|id| format!("@{}", owner(*id))).collect();
        let colleagues = match (colleagues.is_empty(), context.language) {
            (true, _) => String::new(),
            (false, Language::En) => {
                format!("{}  stays in the text; behind > it says who does it", colleagues.join(" "))
            }
            (false, Language::Zh) => format!("{}  写进内容；放在 > 之后才是由谁去做", colleagues.join(" ")),
        };
        vec![
            Told::plain(words("with", "联系人"), with.join(" ")),
            Told::plain(words("colleague", "同事"), colleagues),
            Told::plain(words("tags", "标签"), tags.join(" ")),
        ]
    }

    /// Amount, stage, the deal they go to, priority.
    fn moved(&self, line: &Line, context: &Context<'_>) -> Vec<Told> {
        let standards = context.book().standards();
        let amount = line.amount.map(|amount| self.amount_told(amount, line, context)).unwrap_or_default();
        let of_deal =
            if line.amount_is_deal { words("deal amount", "商机金额") } else { words("amount", "金额") };
        let stage = line.stage.as_deref().map(|key| standards.stage_shown(key, context.language));
        vec![
            Told::plain(of_deal, amount),
            Told::plain(words("stage", "阶段"), stage.unwrap_or_default()),
            self.deal_moved(line, context),
            Told::plain(words("priority", "优先级"), "!".repeat(usize::from(line.priority))),
        ]
    }

    /// An amount; that of a deal with what it was before.
    fn amount_told(&self, amount: Money, line: &Line, context: &Context<'_>) -> String {
        let meant = self.logging(line, context).deal.or(self.deal);
        let before = match self.about.deals.as_slice() {
            _ if !line.amount_is_deal => None,
            [only] if meant.is_none() => Some(only),
            deals => deals.iter().find(|deal| Some(deal.id) == meant),
        };
        match before.and_then(|deal| deal.amount).filter(|before| *before != amount) {
            Some(before) => format!("{} → {}", full_money(before), full_money(amount)),
            None => full_money(amount),
        }
    }

    /// Which deal a stage or amount goes to; that a new one is made is never kept silent.
    fn deal_moved(&self, line: &Line, context: &Context<'_>) -> Told {
        let label = words("deal", "商机");
        if line.stage.is_none() && !line.amount_is_deal {
            return Told::plain(label, "");
        }
        let logging = self.logging(line, context);
        match (self.about.deals.as_slice(), context.language) {
            ([], Language::En) => Told::doubtful(label, format!("makes a new deal “{}”", logging.new_deal_title())),
            ([], Language::Zh) => Told::doubtful(label, format!("将新建商机“{}”", logging.new_deal_title())),
            ([only], _) => Told::plain(label, only.title.clone()),
            (several, Language::En) => Told::plain(label, format!("one of {}: Enter asks which", several.len())),
            (several, Language::Zh) => Told::plain(label, format!("共 {} 个，回车后选择", several.len())),
        }
    }

    /// What would be saved.
    pub(super) fn logging(&self, line: &Line, context: &Context<'_>) -> Logging {
        let mut logging = Logging::of(line, self.about.customer, context.desk.me(), context.now, context.book());
        logging.keep_others(line, &self.about.contacts, context.book());
        logging
    }
}

/// Next steps.
fn steps(line: &Line, context: &Context<'_>) -> Vec<Told> {
    let clock = context.book().clock(context.now);
    let step = |step: &Step| Told {
        label: words("next", "下一步"),
        text: step_text(step, &clock, context),
        doubtful: step.due.is_none() || is_past(step, context),
    };
    line.steps.iter().map(step).collect()
}

/// What becomes of the next contact, and a date of the line that could be the new one.
fn next_contact(line: &Line, planned: Planned, clears: bool, context: &Context<'_>) -> Vec<Told> {
    let clock = context.book().clock(context.now);
    let offered = line.suggestion.as_ref().map(|suggestion| {
        let day = say(suggestion.reading.due, &clock, context.language);
        let parts = [Some(day), told_rival(suggestion.reading.rival, &clock, context), Some("(Tab)".to_owned())];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    let foretold = planned.foretold(context.today(), context.language).unwrap_or_default();
    let label = words("next contact", "下次联系");
    let becomes = Told { label, text: foretold, doubtful: clears };
    vec![becomes, Told::plain(words("next?", "下一步？"), offered.unwrap_or_default())]
}

/// What looked like a sign, and why it is none where that can be told.
fn unread(word: &str, context: &Context<'_>) -> String {
    let clock = context.book().clock(context.now);
    let day = word.strip_prefix(['^', '＾']).and_then(|phrase| when::read(phrase, &clock, Looking::Back));
    match day {
        Some(When::Unknown(unknown)) => told_unknown(word, unknown.why, context),
        _ => word.to_owned(),
    }
}

/// A phrase that names no day, and why.
pub(super) fn told_unknown(phrase: &str, why: Why, context: &Context<'_>) -> String {
    format!("{phrase}{}{}", context.say(words(": ", "：")), context.say(why.words()))
}

fn is_past(step: &Step, context: &Context<'_>) -> bool {
    step.due.is_some_and(|due| due.day < context.today())
}

/// What else a date could mean.
fn told_rival(rival: Option<Due>, clock: &Clock<'_>, context: &Context<'_>) -> Option<String> {
    rival.map(|rival| format!("({} {}?)", context.say(words("or", "或")), say(rival, clock, context.language)))
}

/// The step with its weekday and distance, and what else its date could mean.
fn step_text(step: &Step, clock: &Clock<'_>, context: &Context<'_>) -> String {
    let due = match (&step.due, &step.unknown) {
        (Some(due), _) => say(*due, clock, context.language),
        (None, Some((phrase, why))) => told_unknown(phrase, *why, context),
        (None, None) => String::new(),
    };
    let by = step.deadline.then(|| context.say(words("at the latest", "之前")).to_owned());
    let past = is_past(step, context).then(|| context.say(words("in the past!", "已过去！")).to_owned());
    let rival = told_rival(step.rival, clock, context);
    let note = step.note.map(|note| format!("({})", context.say(note.words())));
    let who = step.who.map(|who| format!("@{}", context.book().standards().owner_name(Some(who))));
    let parts = [Some(due), by, past, rival, note, Some(step.what.clone()), who];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
