//! What happened, opened and changed where it stands; promises kept, complaints resolved.

use crate::screens::stage::{Stage, en, zh};

/// 华东重工 with only entries of one kind in the timeline.
fn only(stage: Stage, kind: &str) -> Stage {
    stage.keys(&format!("Enter / '{kind}' Enter"))
}

#[test]
fn enter_opens_the_form_of_the_entry_selected() {
    let stage = only(zh(), "跟进").keys("Enter");
    assert!(stage.shows("跟进 · 华东重工有限公司") && stage.shows("李总要按上次清单重新报价"), "{}", stage.text());
}

#[test]
fn a_follow_up_changed_is_shown_so_and_undo_brings_back_the_old_words() {
    let stage = only(zh(), "跟进").keys("e Down Down Down C-u '李总改口要三份报价' C-s");
    assert!(stage.shows("李总改口要三份报价") && stage.foot().contains("已保存"), "{}", stage.text());
    assert!(stage.keys("u").shows("李总要按上次清单重新报价"));
}

#[test]
fn the_day_of_a_follow_up_is_typed_in_words_and_told_before_it_is_saved() {
    let stage = only(zh(), "跟进").keys("e C-u '上周五下午3点'");
    assert!(stage.shows("03-13 周五 15:00，5 天前"), "{}", stage.text());
    assert!(stage.keys("C-s").shows("03-13"));
}

#[test]
fn an_entry_that_moves_to_another_day_stays_selected() {
    let stage = only(zh(), "跟进").keys("e C-u '2026-01-05' C-s");
    assert!(stage.picture().selected()[0].contains("李总要按上次清单重新报价"), "{}", stage.text());
}

#[test]
fn words_that_are_no_moment_leave_the_form_open() {
    let stage = only(zh(), "跟进").keys("e C-u '改天吧' C-s");
    assert!(stage.foot().starts_with(" ! ") && stage.shows("改天吧"), "{}", stage.text());
    let empty = only(zh(), "跟进").keys("e C-u C-s");
    assert!(empty.foot().starts_with(" ! ") && empty.shows("跟进 ·"), "{}", empty.text());
}

#[test]
fn saving_a_form_untouched_changes_nothing() {
    for kind in ["跟进", "下一步", "订单", "商机", "反馈"] {
        // The last step is still the one before the form.
        let stage = only(zh().keys("Down Space D"), kind).keys("Enter C-s u");
        assert!(stage.foot().contains("重庆曾氏商贸"), "{kind}: {}", stage.text());
    }
}

#[test]
fn an_entry_deleted_is_brought_back_by_undo() {
    let stage = only(zh(), "跟进").keys("D");
    assert!(!stage.shows("李总要按上次清单重新报价") && stage.shows("验收通过"), "{}", stage.text());
    assert!(stage.keys("u").shows("李总要按上次清单重新报价"));
}

#[test]
fn a_next_step_done_tells_what_it_changed_and_undo_opens_it_again() {
    let stage = only(zh(), "下一步").keys("x '对方已签字' Enter");
    assert!(stage.shows("已完成") && stage.shows("对方已签字"), "{}", stage.text());
    let undone = stage.keys("u");
    assert!(undone.shows("! 待办") && !undone.shows("对方已签字"), "{}", undone.text());
}

#[test]
fn a_next_step_is_done_without_a_word_as_well() {
    let stage = only(en(), "next step").keys("+ Enter");
    assert!(stage.shows("done") && !stage.shows("! to do"), "{}", stage.text());
}

#[test]
fn what_a_next_step_changed_is_kept_as_a_draft_by_escape() {
    let stage = only(zh(), "下一步").keys("x '对方已' Esc");
    assert!(stage.foot().contains("草稿"), "{}", stage.text());
    assert!(stage.keys("x").shows("> 对方已"));
}

#[test]
fn a_stage_changed_in_the_form_of_a_deal_is_one_move_more() {
    let stage = only(zh(), "商机").keys("Enter Down Down Enter '谈判' Enter C-s");
    let text = stage.text();
    assert_eq!(text.matches("年度框架").count(), 3, "{text}");
    assert!(text.contains("商务谈判") && stage.shows("时间线 3"), "{text}");
    assert_eq!(stage.keys("u").text().matches("年度框架").count(), 2);
}

#[test]
fn a_stage_that_is_none_is_refused() {
    let stage = only(zh(), "商机").keys("Enter Down Down C-u '天上' C-s");
    assert!(stage.foot().starts_with(" ! "), "{}", stage.text());
    assert!(stage.keys("Down C-u C-s").foot().starts_with(" ! "));
}

#[test]
fn the_amount_and_the_close_of_a_deal_are_typed_as_one_says_them() {
    let stage = only(zh(), "商机").keys("Enter Down C-u '98万' Down Down Down '下月15号' C-s Enter");
    assert!(stage.shows("980000") && stage.shows("2026-04-15"), "{}", stage.text());
}

#[test]
fn the_number_of_an_order_is_changed_in_place() {
    let stage = only(zh(), "订单").keys("Enter 'HT-2026-007' C-s");
    assert!(stage.shows("HT-2026-007"), "{}", stage.text());
}

#[test]
fn a_complaint_is_assigned_with_a_grade_and_resolved_with_words() {
    let stage = only(zh(), "反馈").keys("@ 'Anna' Enter '高' Enter");
    assert!(stage.shows("未解决 · 严重程度高 · @Anna Keller · 交期晚了三天"), "{}", stage.text());
    let resolved = stage.keys("r '补发并免运费' Enter");
    assert!(resolved.shows("已解决") && resolved.shows("补发并免运费"), "{}", resolved.text());
    assert!(resolved.shows("40 天内答复"), "{}", resolved.text());
    assert!(resolved.keys("1").text().matches("投诉").count() == 0);
}

#[test]
fn open_complaints_are_counted_by_what_they_are_about() {
    let stage = zh().keys("1");
    assert!(stage.shows("投诉：其他 1"), "{}", stage.text());
    let logged = stage.keys("f '投诉 又晚了 #交期' Enter f '投诉 到货晚 #投诉 #交期' Enter");
    assert!(logged.shows("投诉：交期 2，其他 1"), "{}", logged.text());
    assert!(logged.keys("u").shows("投诉：交期 1，其他 1"));
}

#[test]
fn a_complaint_is_not_resolved_without_a_word() {
    let stage = only(en(), "feedback").keys("r Enter");
    assert!(stage.shows("say how it was resolved"), "{}", stage.text());
    assert!(stage.keys("Esc").shows("open · "));
}

#[test]
fn the_answer_to_a_complaint_is_told_against_its_promise() {
    let promised = only(zh(), "反馈").keys("e Down Down Down Down Down Down '后天下午3点' C-s");
    assert!(promised.shows("承诺 03-20 15:00 前答复"), "{}", promised.text());
    let late = promised.keys("e Down Down Down Down Down Down C-u '2026-02-08 10:00' Down '2026-02-10 10:00' C-s");
    assert!(late.shows("4 天后才答复（承诺 48 小时内）"), "{}", late.text());
}

#[test]
fn what_is_no_complaint_is_neither_resolved_nor_assigned_nor_done() {
    for keys in ["r", "@", "x"] {
        let stage = only(zh(), "订单").keys(keys);
        assert!(stage.foot().contains("请先在时间线上选中"), "{keys}: {}", stage.text());
    }
}

#[test]
fn the_customer_itself_is_changed_by_its_own_key_or_from_the_head() {
    for keys in ["p", "S-Tab e", "Tab Tab Enter", "C-o"] {
        let stage = zh().keys("Enter").keys(keys);
        assert!(stage.shows("简称") && stage.shows("C2024001"), "{keys}: {}", stage.text());
    }
}

#[test]
fn the_customer_itself_is_deleted_only_from_the_head() {
    assert!(zh().keys("Enter D").shows("李秀英"));
    assert!(!zh().keys("Enter S-Tab D").names().contains(&"华东重工有限公司".to_owned()));
}
