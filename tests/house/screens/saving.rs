//! A disk that takes its time: the screen goes on, and nothing is said to be saved before it is.

use crate::screens::stage::{Stage, en, zh};
use kehu::ui::app::Flow;

/// A follow-up of the first customer, given to a disk that takes its time.
fn saving(stage: Stage) -> Stage {
    stage.slow_disk().keys("f 'called, wants a sample' Enter")
}

#[test]
fn while_a_follow_up_is_being_saved_the_foot_says_so_and_keys_are_answered() {
    let stage = saving(en());
    assert!(stage.foot().contains("saving…"), "{}", stage.text());
    assert!(!stage.foot().contains("Follow-up saved"), "{}", stage.text());
    let first = stage.picture().selected().concat();
    let stage = stage.keys("Down");
    assert_ne!(stage.picture().selected().concat(), first);
    assert!(saving(zh()).foot().contains("正在保存…"));
}

#[test]
fn what_took_long_to_save_is_said_to_be_saved_when_it_is() {
    let mut stage = saving(en()).keys("Down");
    let selected = stage.picture().selected().concat();
    stage.disk_done();
    assert!(stage.foot().contains("Follow-up saved"), "{}", stage.text());
    assert!(stage.foot().contains("undo"), "{}", stage.text());
    assert_eq!(stage.picture().selected().concat(), selected);
    let stage = stage.reopened();
    assert!(!stage.foot().contains("unsaved"), "{}", stage.text());
    assert!(stage.keys("/ '华东重工' Enter").shows("called, wants a sample"));
}

#[test]
fn a_second_change_is_refused_while_one_is_being_saved_and_stays_typed() {
    let mut stage = saving(en()).keys("f 'asked for a price' Enter");
    assert!(stage.foot().contains("still being saved"), "{}", stage.text());
    assert!(stage.shows("asked for a price"));
    stage.disk_done();
    stage.press("Enter");
    stage.disk_done();
    assert!(stage.foot().contains("Follow-up saved"), "{}", stage.text());
    assert!(stage.keys("/ '华东重工' Enter").shows("asked for a price"));
}

#[test]
fn undo_waits_for_what_is_being_saved_too() {
    let stage = saving(en()).keys("u");
    assert!(stage.foot().contains("still being saved"), "{}", stage.text());
}

#[test]
fn whoever_leaves_while_something_is_being_saved_leaves_when_it_is_saved() {
    let mut stage = saving(en());
    assert_eq!(stage.press("C-q"), Flow::On);
    assert!(stage.foot().contains("still saving"), "{}", stage.text());
    assert_eq!(stage.disk_done(), Flow::Quit);
    assert!(stage.reopened().keys("/ '华东重工' Enter").shows("called, wants a sample"));
}

#[test]
fn what_is_typed_while_a_draft_is_being_written_is_written_after_it() {
    let mut stage = en().slow_disk();
    stage.press("f 'first'");
    stage.rest();
    stage.press("' and second'");
    stage.rest();
    stage.disk_done();
    stage.rest();
    stage.disk_done();
    let stage = stage.killed().keys("f");
    assert!(stage.shows("first and second"), "{}", stage.text());
}

#[test]
fn the_draft_of_what_is_saved_goes_although_it_was_just_being_written() {
    let mut stage = en().slow_disk();
    stage.press("f 'called'");
    stage.rest();
    stage.press("Enter");
    stage.disk_done();
    stage.disk_done();
    assert!(!stage.reopened().foot().contains("unsaved"));
}
