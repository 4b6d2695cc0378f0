//! What cannot be read in the background is told where it is missed, with what to do; and it is tried again.

use crate::screens::stage::{Stage, en, zh};
use kehu::book::tiers::outlook::Outlook;
use kehu::book::tiers::worth::Worth;
use kehu::desk::gathering::Gathered;
use kehu::domain::id::Id;
use kehu::store::error::StoreError;
use kehu::ui::job::{Done, Job};
use kehu::ui::view::funnel::Figures;
use kehu::ui::view::tiers::Ungraded;

/// What complaints are about, customer by customer.
type Heard = Vec<(Id, Vec<String>)>;

fn broken() -> StoreError {
    StoreError::Worn { text: "dossier 7".into() }
}

/// What reads the store fails; all else is done.
fn fails(job: Job) -> Done {
    match job {
        job if job.answers::<Result<Gathered, StoreError>>() => job.instead(Err::<Gathered, _>(broken())),
        job if job.answers::<Result<Box<Worth>, StoreError>>() => job.instead(Err::<Box<Worth>, _>(broken())),
        job if job.answers::<Result<Heard, StoreError>>() => job.instead(Err::<Heard, _>(broken())),
        job if job.answers::<Result<Figures, StoreError>>() => {
            let done = job.run();
            let ticket = done.ticket();
            let figures = done.into_answer::<Result<Figures, StoreError>>().ok().unwrap().unwrap();
            let earlier = figures.earlier.map(|(read_for, _)| (read_for, Err(broken())));
            Done::new(ticket, Ok::<_, StoreError>(Figures { earlier, ..figures }))
        }
        job => job.run(),
    }
}

fn tells(stage: &Stage) -> bool {
    let text = stage.text().replace('\n', "");
    text.contains("dossier 7") && (text.contains("open the book again") || text.contains("重新打开"))
}

#[test]
fn deals_that_cannot_be_gathered_are_told_of_and_no_figures_are_made_of_the_rest() {
    let stage = zh().keys_instead("3", fails);
    assert!(stage.shows("无法读取") && tells(&stage) && !stage.shows("方案报价"), "{}", stage.text());
}

#[test]
fn deals_are_gathered_again_when_the_funnel_is_opened_again() {
    let stage = en().keys_instead("3", fails).keys("2 3");
    assert!(stage.shows("Proposal") && !stage.shows("could not be read"), "{}", stage.text());
}

#[test]
fn a_journal_that_cannot_be_looked_back_into_is_told_of_above_the_figures() {
    let looks_back = |job: Job| match job {
        job if job.answers::<Result<Gathered, StoreError>>() => job.run(),
        job => fails(job),
    };
    for keys in ["3", "3 Tab Tab Tab Tab"] {
        let stage = en().size(160, 50).keys_instead(keys, looks_back);
        assert!(stage.shows("could not be read") && tells(&stage), "{}", stage.text());
    }
}

#[test]
fn what_customers_are_worth_is_told_as_unread_and_tried_again_on_coming_back() {
    let stage = zh().keys_instead("4 Tab Tab Tab", fails);
    assert!(stage.shows("无法读取") && tells(&stage), "{}", stage.text());
    let again = stage.keys("Tab S-Tab");
    assert!(again.shows("客户终身价值（简单）") && !again.shows("无法读取"), "{}", again.text());
}

#[test]
fn very_many_complaints_are_read_beside_the_screen() {
    let stage = zh().complained(60).keys("1");
    assert!(stage.shows("投诉：交期 6"), "{}", stage.text());
}

#[test]
fn complaints_that_cannot_be_read_are_told_of_on_the_screen_of_the_day() {
    let stage = zh().size(160, 50).complained(60).keys_instead("1", fails);
    assert!(stage.shows("无法读取") && stage.shows("投诉客户 7"), "{}", stage.text());
}

#[test]
fn who_is_leaving_is_not_said_to_be_nobody_before_it_is_known() {
    let stage = zh().keys_instead("4", |job| match job {
        job if job.answers::<Result<Box<Outlook>, Ungraded>>() => job.instead(()),
        job => job.run(),
    });
    let leaving = stage.keys_instead("Tab", fails);
    assert!(!leaving.shows("没有流失预警"), "{}", leaving.text());
}
