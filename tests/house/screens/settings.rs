//! How the firm works: contact rhythm and work calendar, edited on the screen and used by the queue.

use crate::screens::stage::{en, zh};

#[test]
fn the_contact_rhythm_is_edited_in_a_form_and_undone() {
    let stage = zh().keys("F9 '联系频率' Enter");
    assert!(stage.shows("高价值（天）") && stage.shows("14"), "{}", stage.text());
    let saved = stage.keys("F8 '5' C-s F9 '联系频率' Enter");
    assert!(!saved.shows("14") && saved.shows("5"), "{}", saved.text());
    assert!(saved.keys("Esc u F9 '联系频率' Enter").shows("14"));
}

#[test]
fn a_rhythm_saved_unchanged_writes_nothing() {
    let stage = en().keys("F9 'rhythm' Enter C-s u");
    assert!(stage.foot().contains("nothing to undo"), "{}", stage.text());
}

#[test]
fn a_customer_past_the_rhythm_of_its_tier_waits_and_no_longer_when_none_is_set() {
    let stage = en().keys("1");
    assert!(!stage.shows("no touch"), "{}", stage.text());
    let short = en().keys("F9 'rhythm' Enter Down Down Down F8 '5' C-s 1");
    assert!(short.shows("no touch for 9 days (rhythm 5)"), "{}", short.text());
    let none = short.keys("F9 'rhythm' Enter Down Down Down F8 C-s");
    assert!(!none.shows("no touch"), "{}", none.text());
}

#[test]
fn a_day_off_pasted_into_the_calendar_moves_the_next_contact_of_an_outcome() {
    let stage = zh().keys("F9 '工作日历' Enter \"2026-03-19..2026-03-20 休 春节\n2026-03-21 班\" Enter");
    assert!(stage.shows("2026-03-20 周五") && stage.shows("春节"), "{}", stage.text());
    let walked = stage.keys("Esc 1 r 2");
    assert!(walked.foot().contains("下次联系 03-21 周六"), "{}", walked.text());
}

#[test]
fn a_holiday_the_calendar_knows_makes_the_day_behind_it_a_date() {
    let stage = zh().keys("f '电话 节后再谈 >节后 联系'");
    assert!(stage.shows("节后：工作日历里还没有这个假期"), "{}", stage.text());
    let known =
        zh().keys("F9 '工作日历' Enter '2026-04-04..2026-04-06 休 清明' Enter Esc f '电话 节后再谈 >节后 联系'");
    assert!(known.shows("04-07 周二"), "{}", known.text());
}

#[test]
fn a_day_is_taken_out_of_the_calendar_by_one_key_and_comes_back_by_undo() {
    let stage = zh().keys("F9 '工作日历' Enter '2026-04-04 休 清明' Enter Delete");
    assert!(!stage.shows("2026-04-04"), "{}", stage.text());
    assert!(stage.keys("Esc u F9 '工作日历' Enter").shows("2026-04-04"));
}

#[test]
fn what_is_no_day_is_told_and_kept_in_the_line() {
    let stage = zh().keys("F9 '工作日历' Enter '国庆放假' Enter");
    assert!(stage.foot().starts_with(" ! ") && stage.shows("国庆放假"), "{}", stage.text());
}
