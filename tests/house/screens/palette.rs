//! Acts found by name from wherever one is.

use crate::screens::stage::{en, zh};

#[test]
fn the_palette_finds_acts_of_other_screens_and_says_where_they_are() {
    let stage = en().keys(": 'stages'");
    assert!(stage.shows("on Funnel: Change the stages"), "{}", stage.text());
    assert!(zh().keys("3 : 'pxx' Esc : '排序'").shows("在“客户列表”："));
}

#[test]
fn an_act_of_another_screen_leads_there_and_names_its_key_and_does_nothing_yet() {
    let stage = en().keys(": 'stages' Enter");
    assert!(stage.foot().contains("on Funnel: S stages"), "{}", stage.text());
    assert!(stage.keys("S").shows("Prospecting"));
    let stage = zh().keys("3 : '删除' Enter");
    assert!(stage.foot().contains("在“客户列表”按"), "{}", stage.text());
    assert_eq!(stage.names(), zh().names());
}

#[test]
fn what_works_from_here_stands_before_the_same_words_elsewhere() {
    let stage = zh().keys("3 : '导出'");
    let lines = stage.picture().lines;
    let place = |text: &str| lines.iter().position(|line| line.contains(text)).unwrap();
    assert!(place("把月会报表导出成文件") < place("在“复盘”："), "{}", stage.text());
}

#[test]
fn the_palette_offers_no_keys_of_typing_where_nothing_is_typed() {
    assert!(!en().keys(": 'word left'").shows("word left  "));
}

/// Over a slow line keys come several at a time: the digit and what was pressed behind it were looked for as one word.
#[test]
fn a_digit_chooses_though_the_next_keys_come_in_the_same_write() {
    let slowly = zh().keys("2 v 3 j j");
    assert_eq!(zh().keys("2").at_once("v 3 j j").text(), slowly.text());
    assert!(zh().keys("2 v").at_once("z 3 j").shows("z3j"));
}
