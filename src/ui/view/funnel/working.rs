//! How the screen comes by its figures: deals gathered once, kept up, and reckoned beside the screen.

use super::{Figures, Funnel, Page, ReadFor, Wish};
use crate::book::deals::Deals;
use crate::book::deals::reckoning::{Asked, Reckoning};
use crate::book::deals::target::Targets;
use crate::desk::gathering::{Gather, Recollection, catch_up, look_back};
use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::ui::context::Context;
use crate::ui::effect::Effect;
use crate::ui::job::{Done, Job};
use std::sync::Arc;

impl Funnel {
    /// What is asked changed, or the deals did: reckons anew.
    pub(super) fn ask_again(&mut self, context: &Context<'_>) {
        if self.gathered {
            self.reckoning.ask(self.wish(context), self.revision);
        }
    }

    /// The figures that are asked for, as things stand. Groups cost as much again as all the rest: they are reckoned where
    /// they are seen.
    fn wish(&self, context: &Context<'_>) -> Wish {
        let (today, language) = (context.today(), context.language);
        let by = Some(self.question.by).filter(|_| self.page == Page::Groups);
        Wish {
            asked: Asked { by, ..self.question.asked(today, language) },
            against: self.question.against(today, language),
            meeting: self.question.meeting(),
        }
    }

    /// Brings the deals up to the book as it is now.
    pub(super) fn catch_up(&mut self, context: &Context<'_>) {
        let now = context.book().revision();
        if self.gathering.error().is_some() {
            return self.gather_anew(now);
        }
        if !self.gathered || now == self.revision {
            return;
        }
        match catch_up(context.desk, Arc::make_mut(&mut self.deals), self.revision) {
            Ok(true) => {
                (self.revision, self.trouble) = (now, None);
                self.ask_again(context);
            }
            Ok(false) => self.gather_anew(now),
            Err(error) => self.trouble = Some(error),
        }
    }

    fn gather_anew(&mut self, revision: u64) {
        (self.answered, self.shown_for, self.trouble, self.gathered) = (None, None, None, false);
        self.reckoning.forget();
        self.gathering.forget();
        self.gathering.ask(None, revision);
    }

    /// The next work to be done beside.
    pub(super) fn next_work(&mut self, context: &Context<'_>) -> Option<Job> {
        if self.gathered { self.reckon(context) } else { self.gather(context) }
    }

    fn gather(&mut self, context: &Context<'_>) -> Option<Job> {
        let after = *self.gathering.unsent()?;
        if after.is_none() {
            self.deals = Arc::new(Deals::new(context.book().standards()));
            self.revision = context.book().revision();
        }
        let desk = Box::new(context.desk.snapshot());
        let deals = &mut self.deals;
        self.gathering.send(|_| {
            let deals = std::mem::take(deals);
            let deals = Arc::try_unwrap(deals).unwrap_or_else(|shared| (*shared).clone());
            let gather = Gather { desk, deals, after };
            move || gather.run()
        })
    }

    fn reckon(&mut self, context: &Context<'_>) -> Option<Job> {
        self.reckoning.unsent()?;
        let looked_back = self.read_for_meeting(context);
        let (earlier, deals, book) = (self.earlier.clone(), Arc::clone(&self.deals), context.book().clone());
        self.reckoning.send(|wish| {
            let Wish { asked, against, meeting } = wish.clone();
            let reckoning = Reckoning { asked, against, meeting, earlier, deals, book };
            move || Ok(figures(reckoning, looked_back))
        })
    }

    /// Reads the targets of the meeting's month from the book's own dossier; gives how the journal, too, is to be read for it,
    /// which is done beside the screen.
    fn read_for_meeting(&mut self, context: &Context<'_>) -> Option<(ReadFor, Recollection)> {
        let wanted = (context.book().revision(), self.question.month);
        if self.read_for == Some(wanted) {
            return None;
        }
        match context.desk.dossier(Id::BOOK) {
            Ok(own) => {
                let all = own.of(Kind::Target).filter_map(|record| match record {
                    Record::Target(target) => Some(target),
                    _ => None,
                });
                self.targets = Targets::of(&all.collect::<Vec<_>>(), self.question.month);
            }
            Err(error) => self.trouble = Some(error),
        }
        Some((wanted, look_back(context.desk, self.question.meeting().0)))
    }

    /// Takes what work answered; what answers an older question is let go.
    pub(super) fn take_work(&mut self, done: Done, context: &Context<'_>) -> Result<Effect, Done> {
        let done = match self.gathering.take(done) {
            Ok(_) => {
                if let Some(gathered) = self.gathering.take_answer() {
                    self.deals = Arc::new(gathered.deals);
                    match gathered.reached {
                        Some(reached) => self.gathering.ask(Some(reached), self.revision),
                        None => self.gathered = true,
                    }
                    self.ask_again(context);
                }
                return Ok(Effect::None);
            }
            Err(done) => done,
        };
        if self.reckoning.take(done)?
            && let Some(figures) = self.reckoning.take_answer()
        {
            match figures.earlier {
                Some((read_for, Ok(earlier))) => (self.earlier, self.read_for) = (earlier, Some(read_for)),
                Some((_, Err(error))) => self.trouble = Some(error),
                None => {}
            }
            (self.answered, self.shown_for) = (Some(Arc::new(figures.answered)), None);
            self.show(context);
        }
        Ok(Effect::None)
    }

    /// Puts the figures of the page on the board, and the deals behind a number in their list.
    pub(super) fn show(&mut self, context: &Context<'_>) {
        let Some(answered) = self.answered.clone() else { return };
        let wanted = (self.page, self.measure, context.language);
        if self.shown_for == Some(wanted) {
            return;
        }
        let telling = self.telling(&answered, context);
        let names = self.compared(context);
        let sections = match self.page {
            Page::Stages => telling.stages(),
            Page::Groups => telling.groups(),
            Page::Compare => telling.compare((&names.0, &names.1)),
            Page::Forecast => telling.forecast(),
            Page::Meeting => telling.meeting(&self.targets),
        };
        self.board.show(sections);
        self.shown_for = Some(wanted);
        if let Some(behind) = self.list.as_ref().map(|list| list.behind.clone()) {
            let found = self.finding(context, |finding| finding.find(&behind)).unwrap_or_default();
            if let Some(list) = &mut self.list {
                list.show(found);
            }
        }
    }
}

fn figures(reckoning: Reckoning, looked_back: Option<(ReadFor, Recollection)>) -> Figures {
    let earlier = looked_back.map(|(read_for, looked_back)| (read_for, looked_back.run()));
    let reckoning = match &earlier {
        Some((_, Ok(earlier))) => Reckoning { earlier: earlier.clone(), ..reckoning },
        _ => reckoning,
    };
    Figures { answered: reckoning.run(), earlier }
}
