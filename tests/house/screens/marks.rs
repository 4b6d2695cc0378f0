//! Marks, and acts over all that are marked: how many before, what was done to how many after, one undo.

use crate::screens::stage::{Stage, en, zh};
use kehu::ui::app::Flow;

/// What is said at the foot after an act over the first three customers, and the screen.
fn three(keys: &str) -> Stage {
    zh().keys("S-Down S-Down").keys(keys)
}

#[test]
fn esc_clears_the_find_and_never_takes_marks_off() {
    let mut stage = zh().keys("Space Space / '华东' Esc Esc Esc");
    assert!(stage.foot().contains("2 位客户仍有标记，按 - 取消"), "{}", stage.foot());
    stage.press("Esc Down");
    assert!(stage.foot().contains("已标记 2"), "{}", stage.foot());
}

#[test]
fn marks_taken_off_come_back_by_the_same_key() {
    let mut stage = zh().keys("Space Space Space -");
    assert!(stage.foot().contains("已取消 3 位客户的标记，再按 - 恢复"), "{}", stage.foot());
    stage.press("Down -");
    assert!(stage.foot().contains("已恢复 3 位客户的标记"), "{}", stage.foot());
    stage.press("Down");
    assert!(stage.foot().contains("已标记 3"), "{}", stage.foot());
}

#[test]
fn with_nobody_marked_the_key_says_so() {
    assert!(en().keys("-").foot().contains("nobody is marked"));
}

#[test]
fn a_range_grows_and_ends_where_one_goes_on_without_marking() {
    let mut stage = en().keys("S-Down S-Down Down Down S-Down");
    assert!(stage.foot().contains("marked 5"), "{}", stage.foot());
    stage.press("S-Up S-Up Down");
    assert!(stage.foot().contains("marked 6"), "{}", stage.foot());
}

#[test]
fn all_found_are_marked_and_marks_made_before_stay() {
    let stage = zh().keys("/ '华东' Esc Space Esc F '负责人=Anna Keller' Enter *");
    assert!(stage.foot().contains("已标记 3 位客户"), "{}", stage.text());
}

#[test]
fn grouping_keeps_the_marks() {
    let stage = zh().keys("Space Space b '行业' Enter Esc Down");
    assert!(stage.foot().contains("已标记 2"), "{}", stage.foot());
}

#[test]
fn those_marked_but_not_listed_now_are_counted_and_changed_too() {
    let mut stage = zh().keys("Space Space Space / '周敏' Esc , 3");
    stage.press("Esc ,");
    assert!(stage.shows("3 位客户（3 位不在当前列表）"), "{}", stage.text());
    stage.press("3 '展会' Enter");
    assert!(stage.foot().contains("已给 3 位客户加上标签 #展会"), "{}", stage.foot());
}

#[test]
fn before_it_is_done_each_value_says_how_many_it_would_change() {
    let stage = three(", 1");
    let text = stage.text();
    // Two of the first three are 王建国's already, one is Anna's.
    assert!(text.contains("王建国") && text.contains("将改 1 位") && text.contains("将改 2 位"), "{text}");
}

#[test]
fn an_owner_is_given_to_all_marked_and_one_undo_takes_it_back() {
    let mut stage = three(", 1 Enter");
    assert!(stage.foot().contains("已把 2 位客户转给 Anna Keller（另 1 位原已如此）"), "{}", stage.foot());
    assert!(stage.foot().contains("撤销"), "{}", stage.foot());
    stage.press("u");
    assert!(stage.foot().contains("交接客户 2 位，原负责人 王建国"), "{}", stage.foot());
}

#[test]
fn what_all_have_already_is_not_done_again() {
    let stage = three(", 1 Enter");
    let again = stage.keys("Down , 1 Enter");
    assert!(again.foot().contains("已经都是这样"), "{}", again.foot());
}

#[test]
fn one_customer_is_told_by_name() {
    assert!(zh().keys(", 1 Enter").foot().contains("已把“华东重工有限公司”转给 Anna Keller"));
}

#[test]
fn a_tag_is_taken_off_all_that_have_it() {
    let stage = en().keys("S-Down S-Down , 3 'fair' Enter").keys(", 4 'fair' Enter");
    assert!(stage.foot().contains("#fair taken off 3 customers"), "{}", stage.foot());
}

#[test]
fn a_stage_is_set_for_all_marked_and_taken_back_at_once() {
    let mut stage = en().keys("S-Down S-Down , 5 Enter");
    assert!(stage.foot().contains("2 customers put at"), "{}", stage.foot());
    stage.press("u");
    assert!(stage.foot().contains("Undone"), "{}", stage.foot());
}

#[test]
fn a_next_contact_is_set_for_all_marked_with_its_weekday() {
    let mut stage = three(", 6 Enter");
    assert!(stage.foot().contains("已把 3 位客户的下次联系定在 03-19 周四"), "{}", stage.foot());
    stage.press("u");
    assert!(stage.foot().contains("已撤销"), "{}", stage.foot());
}

/// Everybody graded once, then all marked in the list.
const GRADED: &str = "4 T Enter Enter Enter A 2 *";

#[test]
fn tiers_are_held_for_a_reason_up_to_a_day_as_one_step() {
    let mut stage = zh().keys(GRADED).keys(", 8 '年度谈判中 >2026-06-30' Enter");
    assert!(stage.foot().contains("位客户的等级，到 2026-06-30 为止（另 "), "{}", stage.foot());
    stage.press("4");
    stage.press("T Enter Enter '2026-05-31' Enter");
    assert!(stage.shows("没有客户变动等级"), "{}", stage.text());
    stage.press("2 u");
    assert!(stage.foot().contains("已撤销"), "{}", stage.foot());
}

#[test]
fn a_hold_takes_one_of_the_usual_reasons_for_ninety_days() {
    let stage = zh().keys(GRADED).keys(", 8 Enter");
    assert!(stage.foot().contains("到 2026-06-16 为止"), "{}", stage.foot());
}

#[test]
fn a_hold_without_reason_or_tier_says_what_is_missing() {
    let stage = zh().keys("S-Down , 8 ' > 2026-06-30' Enter");
    assert!(stage.foot().contains("请写明保留原因"), "{}", stage.foot());
    let none = zh().keys("S-Down , 8 Enter");
    assert!(none.foot().contains("还没有等级，请先重新分级"), "{}", none.foot());
}

#[test]
fn all_marked_are_deleted_and_come_back_by_one_undo() {
    let mut stage = en().keys("S-Down S-Down D");
    assert!(stage.foot().contains("3 customers deleted"), "{}", stage.foot());
    assert!(stage.text().contains("customers 4"), "{}", stage.text());
    stage.press("u");
    assert!(stage.text().contains("customers 7"), "{}", stage.text());
}

#[test]
fn the_file_of_those_marked_is_named_after_what_it_holds_and_the_day() {
    let mut stage = en().keys("S-Down S-Down");
    let Flow::Write(files) = stage.press(", 7 'csv' Enter") else { panic!("{}", stage.text()) };
    assert_eq!((files[0].name.as_str(), files[0].rows), ("kehu-customers-2026-03-18.csv", Some(3)));
}

#[test]
fn a_handover_shows_what_each_would_get_before_it_is_done() {
    let mut stage = zh().keys("* , 2");
    assert!(stage.shows("平均分配") && stage.shows("首次联系"), "{}", stage.text());
    stage.press("Space Space");
    let text = stage.text();
    assert!(text.contains("[x] 王建国") && text.contains("[x] Anna Keller"), "{text}");
    stage.press("Enter");
    assert!(stage.foot().contains("已交接 2 位客户：Anna Keller 1、王建国 1"), "{}", stage.foot());
    stage.press("u");
    assert!(stage.foot().contains("已撤销"), "{}", stage.foot());
}

#[test]
fn a_handover_to_one_person_takes_deals_and_promises_along() {
    let mut stage = en().keys("* , 2 Space");
    let text = stage.text();
    assert!(text.contains("5 customers, 0 deals, 1 promises"), "{text}");
    stage.press("Enter");
    assert!(stage.foot().contains("5 customers handed over: Anna Keller 5"), "{}", stage.foot());
}

#[test]
fn a_handover_is_split_by_a_column_and_names_what_each_gets() {
    let stage = zh().keys("* , 2 Space Space Right Right");
    assert!(stage.shows("按地域，同一地域归一人"), "{}", stage.text());
    assert!(stage.keys("Left Left").shows("平均分配"));
}

/// A story: Enter with nobody ticked handed all over to whoever the bar happened to stand on.
#[test]
fn enter_with_nobody_ticked_ticks_the_selected_one_and_hands_nothing_over() {
    let mut stage = zh().keys("* , 2");
    assert!(stage.shows("空格 选择接手人") && !stage.shows("[x]"), "{}", stage.text());
    stage.press("Enter");
    assert!(stage.shows("[x] Anna Keller") && stage.shows("回车 把 5 位客户交接给 Anna Keller"), "{}", stage.text());
    stage.press("Enter");
    assert!(stage.foot().contains("已交接 5 位客户：Anna Keller 5"), "{}", stage.foot());
}

/// A story: two spaces typed at once came together as one text, and none was taken.
#[test]
fn signs_typed_at_once_are_taken_one_by_one() {
    let mut stage = zh().keys("* , 2 '  '");
    assert!(stage.shows("[x] 王建国") && stage.shows("[x] Anna Keller"), "{}", stage.text());
    stage.press("Esc c '++'");
    assert!(stage.text().lines().any(|line| line.contains("[x] 名称") && line.contains("32")), "{}", stage.text());
}

#[test]
fn space_marks_all_customers_of_a_group() {
    let mut stage = zh().keys("# '客户类型' Enter Space");
    assert!(stage.foot().contains("已标记"), "{}", stage.text());
    stage.press("- # Home Enter");
    assert!(!stage.foot().contains("已标记"), "{}", stage.text());
}

#[test]
fn a_stage_for_many_counts_and_changes_only_those_without_deals_and_says_so_of_the_others() {
    let stage = en().keys("Space Space B 5");
    assert!(stage.text().contains("changes 1"), "{}", stage.text());
    let stage = stage.keys("Enter");
    assert!(stage.foot().contains("1 there already or where their deals are"), "{}", stage.foot());
}
