//! How the screen comes by its figures: deals gathered once, kept up, and reckoned beside the screen.

use super::{Funnel, Going, Page};
use crate::book::deals::Deals;
use crate::book::deals::reckoning::{Asked, Reckoning};
use crate::book::deals::target::Targets;
use crate::desk::gathering::{Gather, Reached, catch_up, look_back};
use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::ui::context::Context;
use crate::ui::job::{Done, Job};
use std::sync::Arc;

impl Funnel {
    /// What is asked changed, or the deals did: reckons anew.
    pub(super) fn ask_again(&mut self) {
        if !matches!(self.going, Going::Gather(_) | Going::Failed) && !self.is_gathering() {
            self.ticket += 1;
            self.going = Going::Reckon;
        }
    }

    /// Whether not all deals are there yet.
    pub(super) fn is_gathering(&self) -> bool {
        self.answered.is_none() && self.going != Going::Done && self.going != Going::Reckon
    }

    /// Brings the deals up to the book as it is now.
    pub(super) fn catch_up(&mut self, context: &Context<'_>) {
        let now = context.book().revision();
        if self.going == Going::Failed {
            return self.gather_anew();
        }
        if self.going == Going::Away {
            // Whoever answered may have found nobody here: it is asked once more, and an answer to the first is let go.
            self.ticket += 1;
            self.going = if self.answered.is_none() { Going::Gather(None) } else { Going::Reckon };
        }
        if matches!(self.going, Going::Gather(_)) || now == self.revision {
            return;
        }
        match catch_up(context.desk, Arc::make_mut(&mut self.deals), self.revision) {
            Ok(true) => {
                (self.revision, self.trouble) = (now, None);
                self.ticket += 1;
                self.going = Going::Reckon;
            }
            Ok(false) => self.gather_anew(),
            Err(error) => self.trouble = Some(error),
        }
    }

    fn gather_anew(&mut self) {
        self.ticket += 1;
        (self.answered, self.trouble) = (None, None);
        self.going = Going::Gather(None);
    }

    /// The next work to be done beside.
    pub(super) fn next_work(&mut self, context: &Context<'_>) -> Option<Job> {
        match self.going {
            Going::Away | Going::Done | Going::Failed => None,
            Going::Gather(after) => Some(self.gather(after, context)),
            Going::Reckon => Some(self.reckon(context)),
        }
    }

    fn gather(&mut self, after: Option<Reached>, context: &Context<'_>) -> Job {
        if after.is_none() {
            self.deals = Arc::new(Deals::new(context.book().standards()));
            self.revision = context.book().revision();
        }
        self.going = Going::Away;
        let deals = std::mem::take(&mut self.deals);
        let deals = Arc::try_unwrap(deals).unwrap_or_else(|shared| (*shared).clone());
        let desk = Box::new(context.desk.snapshot());
        Job::Gather(Box::new(Gather { ticket: self.ticket, desk, deals, after }))
    }

    fn reckon(&mut self, context: &Context<'_>) -> Job {
        let look_back = self.read_for_meeting(context).then(|| look_back(context.desk, self.question.meeting().0));
        self.going = Going::Away;
        let (today, language) = (context.today(), context.language);
        let reckoning = Reckoning {
            ticket: self.ticket,
            // Groups cost as much again as all the rest: they are reckoned where they are seen.
            asked: Asked {
                by: Some(self.question.by).filter(|_| self.page == Page::Groups),
                ..self.question.asked(today, language)
            },
            against: self.question.against(today, language),
            meeting: self.question.meeting(),
            earlier: self.earlier.clone(),
            deals: Arc::clone(&self.deals),
            book: context.book().clone(),
        };
        Job::Reckon(Box::new(reckoning), look_back.map(Box::new))
    }

    /// Reads the targets of the meeting's month from the book's own dossier; true when the journal, too, is to be read for it,
    /// which is done beside the screen.
    fn read_for_meeting(&mut self, context: &Context<'_>) -> bool {
        let wanted = (context.book().revision(), self.question.month);
        self.reading_for = Some(wanted);
        if self.read_for == Some(wanted) {
            return false;
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
        true
    }

    /// Takes what work answered; what answers an older question is let go.
    pub(super) fn take_work(&mut self, done: Done) -> Option<Done> {
        match done {
            Done::Gathered(gathered) => {
                if gathered.ticket != self.ticket || self.going != Going::Away {
                    return None;
                }
                self.deals = Arc::new(gathered.deals);
                self.going = match (&gathered.trouble, gathered.reached) {
                    (Some(_), _) => Going::Failed,
                    (None, Some(reached)) => Going::Gather(Some(reached)),
                    (None, None) => Going::Reckon,
                };
                self.trouble = gathered.trouble;
                None
            }
            Done::Reckoned(answered, looked_back) => {
                if answered.ticket == self.ticket && self.going == Going::Away {
                    match looked_back {
                        Some(Ok(earlier)) => (self.earlier, self.read_for) = (earlier, self.reading_for),
                        Some(Err(error)) => self.trouble = Some(error),
                        None => {}
                    }
                    self.answered = Some(Arc::new(*answered));
                    self.going = Going::Done;
                }
                None
            }
            done => Some(done),
        }
    }

    /// Puts the figures of the page on the board, and the deals behind a number in their list.
    pub(super) fn show(&mut self, context: &Context<'_>) {
        let Some(answered) = self.answered.clone() else { return };
        let wanted = (answered.ticket, self.page, self.measure, context.language);
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
