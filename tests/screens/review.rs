//! The quarter looked at again: actions, whether they were done, what followed, and what was found.

use crate::stage::{en, zh};

#[test]
fn the_actions_of_the_quarter_are_listed_with_who_and_whether_they_are_done() {
    let stage = zh().keys("f '电话 报价 >明天 发样品' Enter 1 v");
    assert!(stage.shows("复盘 2026-01-01 至 2026-03-31") && stage.shows("发样品"), "{}", stage.text());
    assert!(stage.shows("发合同初稿 @王建国") && stage.shows("未完成"), "{}", stage.text());
}

#[test]
fn an_action_is_done_from_the_review_and_says_what_followed() {
    let stage = zh().keys("1 v x '已发' Enter");
    assert!(stage.shows("完成 03-18") && stage.shows("暂无变化") && stage.shows("已发"), "{}", stage.text());
    assert!(stage.keys("u").shows("未完成"));
}

#[test]
fn what_was_found_is_noted_changed_and_undone() {
    let stage = en().keys("F9 'review' Enter e 'worked well' C-s");
    assert!(stage.shows("worked well — 王建国"), "{}", stage.text());
    let changed = stage.keys("e ' indeed' C-s");
    assert!(changed.shows("worked well indeed"), "{}", changed.text());
    assert!(changed.keys("u u").shows("not reviewed yet"));
}

#[test]
fn the_last_quarter_is_one_key_away_and_an_empty_one_says_so() {
    let stage = zh().keys("1 v [");
    assert!(stage.shows("复盘 2025-10-01 至 2025-12-31") && stage.shows("没有定下任何待办"), "{}", stage.text());
    assert!(stage.keys("[").shows("发合同初稿"));
}

#[test]
fn an_action_opens_at_its_customer() {
    let stage = zh().keys("1 v Enter");
    assert!(stage.picture().selected().iter().any(|line| line.contains("发合同初稿")), "{}", stage.text());
}
