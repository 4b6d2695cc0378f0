//! Following up: the line, the queue of the day, and what comes next.

use crate::stage::{en, zh};

#[test]
fn a_line_saved_stands_first_of_what_happened() {
    let stage = zh().keys("f '电话 已发样品 >下周三 问结果' Enter");
    assert!(stage.foot().contains("跟进已保存"), "{}", stage.text());
    let detail = stage.keys("Enter");
    assert!(detail.shows("已发样品") && detail.shows("问结果"), "{}", detail.text());
}

#[test]
fn a_line_saved_is_taken_back_whole_by_one_undo() {
    let before = zh().keys("Enter").picture().lines;
    let stage = zh().keys("Enter f '电话 已发样品 >下周三 问结果' Enter u");
    let after = stage.picture().lines;
    assert_eq!(after[..after.len() - 1], before[..before.len() - 1]);
}

#[test]
fn escape_from_the_line_keeps_it_for_this_customer_alone() {
    let stage = zh().keys("f '电话 李总说' Esc");
    assert!(stage.foot().contains("草稿"), "{}", stage.text());
    let other = stage.keys("Down f");
    assert!(!other.shows("李总说"));
    assert!(other.keys("Esc Up f").shows("李总说"));
}

#[test]
fn a_half_written_line_survives_a_restart() {
    assert!(zh().keys("f '电话 李总说' C-q").killed().keys("f").shows("李总说"));
}

#[test]
fn a_call_in_the_middle_of_a_line_is_logged_and_escape_walks_back_to_the_line() {
    let stage = zh().keys("f '电话 李总说' F3 '0202' Enter f '电话 问价格' Enter");
    assert!(stage.shows("重庆曾氏商贸") && stage.shows("问价格"), "{}", stage.text());
    let back = stage.keys("Esc");
    assert!(back.shows("> 电话 李总说"), "{}", back.text());
}

#[test]
fn tab_takes_the_date_that_was_suggested() {
    let stage = zh().keys("f '电话 没人接 明天再打' Tab Enter Enter");
    assert!(stage.shows("待办"), "{}", stage.text());
}

#[test]
fn the_last_outcome_is_repeated_for_another_customer_without_the_words_said_to_the_first() {
    let stage = zh().keys("f '微信 考虑中 发了报价单' Enter g . Enter");
    assert!(stage.shows("C2024002") && stage.shows("考虑中") && !stage.shows("发了报价单"), "{}", stage.text());
}

#[test]
fn a_digit_in_the_walk_logs_the_outcome_and_goes_on_to_the_next() {
    let stage = zh().keys("1 r");
    let first = stage.picture().selected()[0].to_owned();
    let walked = stage.keys("1");
    assert_ne!(walked.picture().selected()[0], first);
    assert!(walked.shows("已完成 1"), "{}", walked.text());
}

#[test]
fn undo_in_the_walk_goes_back_to_the_customer_logged_last() {
    let stage = zh().keys("1 r Down");
    let first = stage.picture().selected()[0].to_owned();
    let undone = stage.keys("7 u");
    assert_eq!(undone.picture().selected()[0], first, "{}", undone.text());
    assert!(undone.shows("已完成 0"), "{}", undone.text());
}

#[test]
fn digits_are_screens_outside_the_walk() {
    let stage = en().keys("1");
    assert!(stage.shows("why now"));
    assert!(stage.keys("2").shows("overdue for contact"));
}

#[test]
fn each_screen_is_found_again_as_it_was_left() {
    let stage = zh().keys("/ '重庆' Esc 1 Down 2");
    assert_eq!(stage.names(), ["重庆曾氏商贸"]);
    assert!(stage.keys("1").foot().ends_with("2/3"));
}

#[test]
fn a_day_typed_in_words_becomes_the_next_contact_and_undo_takes_it_back() {
    let stage = zh().keys("z '下周五' Enter");
    assert!(stage.picture().selected()[0].contains("03-27"), "{}", stage.text());
    assert!(stage.keys("u").shows("03-16 14:00"));
}

#[test]
fn words_that_are_no_day_are_refused_and_kept() {
    let stage = zh().keys("z '改天吧吧' Enter");
    assert!(stage.foot().starts_with(" ! ") && stage.shows("改天吧吧"), "{}", stage.text());
}

#[test]
fn nobody_waits_in_an_empty_book() {
    for keys in ["1", "1 r", "1 x", "1 Enter", "1 f", "1 e", "1 r 1", "1 r 1 u", "1 ."] {
        assert!(zh().empty().keys(keys).shows("没有待办"), "{keys}");
    }
}
