//! The quarter looked at again: actions, whether they were done, what followed, and what was found.

use crate::screens::stage::{en, zh};
use kehu::ui::app::Flow;

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

#[test]
fn complaints_of_a_year_are_counted_by_kind_open_and_resolved_within_the_promise_or_not() {
    let stage = zh().keys("f '投诉 #交期 又晚了两天' Enter f '投诉 #交期 还没到' Enter 1 v Tab");
    assert!(stage.shows("近 12 个月投诉"), "{}", stage.text());
    assert!(stage.shows("按时答复") && stage.shows("超时答复"), "{}", stage.text());
}

#[test]
fn the_kinds_of_complaints_are_one_command_away_and_open_at_the_latest() {
    let stage = en().keys("F9 'complaints' Enter");
    assert!(stage.shows("Complaints of 12 months"), "{}", stage.text());
    assert!(stage.keys("F2").shows("Complaints of 12 months"));
}

#[test]
fn the_review_and_the_complaints_are_written_as_markdown() {
    let mut stage = zh().keys("1 v");
    let Flow::Write(files) = stage.press("E") else { panic!("{}", stage.text()) };
    let text = String::from_utf8(files[0].bytes.clone()).unwrap();
    assert_eq!(files[0].name, "kehu-review-2026-01-01.md");
    assert!(text.contains("# 复盘 2026-01-01 至 2026-03-31") && text.contains("## 投诉统计"), "{text}");
    assert!(text.contains("发合同初稿") && text.contains("| 王建国 |"), "{text}");
}

#[test]
fn the_keys_of_the_review_stand_in_its_own_help_and_those_of_the_queue_do_not() {
    let stage = zh().size(100, 60).keys("1 v ?");
    assert!(stage.shows("给选中的行动写下复盘结论") && !stage.shows("按事由、负责人"), "{}", stage.text());
}

#[test]
fn what_is_decided_while_the_review_lies_below_stands_in_it_afterwards() {
    let stage = zh().keys("1 v f '电话 >明天 寄样品' Enter");
    assert!(stage.shows("寄样品") && stage.shows("复盘 2026"), "{}", stage.text());
}
