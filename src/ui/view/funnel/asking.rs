//! What the funnel asks before it shows something else: the period, whose deals, the grouping, the comparison.

use super::{Chosen, Funnel, Page};
use crate::analysis::funnel::period::Period;
use crate::book::deals::grouping::By;
use crate::domain::id::Id;
use crate::domain::time::{Day, Month};
use crate::exchange::export::Format;
use crate::exchange::export::meeting::Meeting;
use crate::text::{Words, words};
use crate::ui::choosing::Choosing;
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Effect, Notice, Outgoing};
use crate::ui::view::funnel::question::{Against, Span};

/// Months of meetings that can be chosen by name.
const MONTHS: i32 = 12;
const OPENED_IN: Words = words("Opened in (or type 2026-03)", "开始期间（可输入 2026-03）");

impl Funnel {
    /// Asks for the period, or on the page of the meeting for the month.
    pub(super) fn ask_period(&mut self, context: &Context<'_>) -> Effect {
        if self.page == Page::Meeting {
            return self.ask_month(context);
        }
        let today = context.today();
        // Another year is told in two digits, this one not at all: a period that is typed must not be taken for one of these.
        let ends = |day: Option<Day>| match day {
            Some(day) if day.month().year() == today.month().year() => day.date().format("%m-%d").to_string(),
            Some(day) => day.date().format("%y-%m-%d").to_string(),
            None => String::new(),
        };
        let hint = |period: Period| match period.is_all() {
            true => String::new(),
            false => format!("{} – {}", ends(period.from), ends(period.to)),
        };
        let option = |span: &Span| (Chosen::Span(*span), span.name(context.language), hint(span.period(today)));
        let choosing = Choosing::hinted(OPENED_IN, Span::NAMED.iter().map(option)).or_typed(Chosen::SpanTyped);
        self.choice
            .open(choosing.selecting(|chosen| matches!(chosen, Chosen::Span(span) if *span == self.question.span)))
    }

    fn ask_month(&mut self, context: &Context<'_>) -> Effect {
        let this = context.today().month();
        let named = |month: Month| (Chosen::Month(month), month.first_day().date().format("%Y-%m").to_string());
        let options = (0..MONTHS).map(|back| named(this.plus(1 - back)));
        let here = Some(self.question.month).filter(|month| (0..MONTHS).any(|back| this.plus(1 - back) == *month));
        let here = here.unwrap_or(this);
        let choosing = Choosing::new(words("Month", "月份"), options).or_typed(Chosen::MonthTyped);
        self.choice.open(choosing.selecting(|chosen| matches!(chosen, Chosen::Month(month) if *month == here)))
    }

    /// Asks whose deals are to be seen.
    pub(super) fn ask_owner(&mut self, context: &Context<'_>) -> Effect {
        let options = people(context).into_iter().map(|(owner, name)| (Chosen::Owner(owner), name));
        let choosing = Choosing::new(words("Whose deals", "看谁的商机"), options);
        self.choice
            .open(choosing.selecting(|chosen| matches!(chosen, Chosen::Owner(owner) if *owner == self.question.owner)))
    }

    pub(super) fn ask_group(&mut self, context: &Context<'_>) -> Effect {
        let options = By::ALL.iter().map(|by| (Chosen::Group(*by), context.say(by.words()).to_owned()));
        let choosing = Choosing::new(words("Group by", "按什么分组"), options);
        self.choice.open(choosing.selecting(|chosen| matches!(chosen, Chosen::Group(by) if *by == self.question.by)))
    }

    pub(super) fn ask_comparison(&mut self, context: &Context<'_>) -> Effect {
        let options = self.comparisons(context).into_iter().map(|(against, name)| (Chosen::Against(against), name));
        self.choice.open(Choosing::new(words("Compare with", "与谁对比"), options))
    }

    /// What the cohort can be compared with: all of time has no period before it.
    fn comparisons(&self, context: &Context<'_>) -> Vec<(Against, String)> {
        let period = self.question.span.period(context.today());
        let mut all = Vec::new();
        if period.before().is_some() {
            all.push((Against::Before, context.say(words("the period before", "上一期间")).to_owned()));
            all.push((Against::YearBefore, context.say(words("a year before", "去年同期")).to_owned()));
        }
        let others = people(context).into_iter().filter(|(owner, _)| *owner != self.question.owner);
        all.extend(others.map(|(owner, name)| (owner.map_or(Against::Everybody, Against::Person), name)));
        all
    }

    /// Takes what was chosen.
    pub(super) fn take_answer(&mut self, answer: Answer, context: &Context<'_>) -> Effect {
        match self.choice.chosen(answer) {
            Some(Chosen::Span(span)) => self.question.span = span,
            Some(Chosen::SpanTyped(text)) => match Span::typed(&text) {
                Some(span) => self.question.span = span,
                None => return no_period(&text, context),
            },
            Some(Chosen::Month(month)) => self.question.month = month,
            Some(Chosen::MonthTyped(text)) => match Span::typed(&text) {
                Some(Span::Own(period)) => self.question.month = period.from.unwrap_or(context.today()).month(),
                _ => return no_period(&text, context),
            },
            Some(Chosen::Owner(owner)) => self.question.owner = owner,
            Some(Chosen::Group(by)) => (self.question.by, self.page) = (by, Page::Groups),
            Some(Chosen::Against(against)) => (self.question.against, self.page) = (Some(against), Page::Compare),
            None => return Effect::None,
        }
        self.board.rewind(self.page.column());
        self.ask_again(context);
        Effect::None
    }

    /// The sheet of the meeting as a workbook and as Markdown.
    pub(super) fn export(&self, context: &Context<'_>) -> Effect {
        let Some(answered) = self.answered.as_deref() else { return Effect::None };
        let meeting = Meeting {
            answered,
            deals: &self.deals,
            book: context.book(),
            targets: &self.targets,
            month: self.question.month,
            as_of: context.today(),
            language: context.language,
        };
        let report = meeting.report();
        let name = format!("kehu-{}", self.question.month.first_day().date().format("%Y-%m"));
        let written = [Format::Xlsx, Format::Markdown].into_iter().map(|format| {
            let mut bytes = Vec::new();
            report.write(format, context.language, &mut bytes)?;
            Ok(Outgoing { name: format!("{name}.{}", format.ending()), bytes, rows: None })
        });
        match written.collect::<Result<Vec<_>, crate::exchange::export::OutError>>() {
            Ok(files) => Effect::Write(files),
            Err(error) => Effect::Say(Notice::error(error.say(context.language))),
        }
    }
}

/// Everybody, then all people responsible, oneself first.
fn people(context: &Context<'_>) -> Vec<(Option<Id>, String)> {
    let standards = context.book().standards();
    let me = standards.owner_called(context.desk.me()).map(|owner| owner.id);
    let mut people = vec![(None, context.say(words("everybody", "全员")).to_owned())];
    let mut owners: Vec<_> = standards.owners().iter().map(|owner| (Some(owner.id), owner.name.clone())).collect();
    owners.sort_by_key(|(owner, _)| *owner != me);
    people.extend(owners);
    people
}

fn no_period(text: &str, context: &Context<'_>) -> Effect {
    let what = words(
        "is no period; write 2026, 2026-03 or 2026-03-01..2026-04-15",
        "不是期间；请写成 2026、2026-03 或 2026-03-01..2026-04-15",
    );
    Effect::Say(Notice::error(format!("“{text}” {}", context.say(what))))
}
