//! Tiers on the screen: graded anew, looked at, held, applied, taken back; and who is leaving.

use crate::screens::stage::{en, zh};
use kehu::book::tiers::outlook::Outlook;
use kehu::store::error::StoreError;
use kehu::ui::app::Flow;
use kehu::ui::view::tiers::Ungraded;

/// Keys that grade anew by the first method, over the last twelve months, as of today.
const RECALCULATE: &str = "4 T Enter Enter Enter";

#[test]
fn nothing_is_written_before_it_is_applied() {
    let stage = zh().keys(RECALCULATE);
    assert!(stage.shows("变动预览") && stage.shows("尚未写入"), "{}", stage.text());
    let left = stage.keys("Esc");
    assert!(left.shows("尚未应用"), "{}", left.text());
}

#[test]
fn applying_is_one_step_that_one_undo_takes_back() {
    let stage = zh().keys(RECALCULATE).keys("A");
    assert!(stage.shows("等级已应用"), "{}", stage.text());
    let stage = stage.keys("Down");
    assert!(stage.shows("应用；按今天的数据有 0 位会变动"), "{}", stage.text());
    let undone = stage.keys("u Down");
    assert!(undone.shows("尚未应用"), "{}", undone.text());
}

#[test]
fn what_was_applied_is_still_there_after_the_program_was_killed() {
    let stage = zh().keys(RECALCULATE).keys("A").killed().keys("4");
    assert!(stage.shows("应用；按今天的数据有 0 位会变动"), "{}", stage.text());
}

#[test]
fn only_those_marked_are_applied_where_some_are_marked() {
    let stage = zh().keys(RECALCULATE).keys("Space A Tab Tab");
    assert!(stage.shows("1 位变动"), "{}", stage.text());
}

#[test]
fn who_would_move_today_is_named_below_the_distribution() {
    let stage = zh().size(100, 40).keys(RECALCULATE).keys("Space A Esc 4");
    assert!(stage.shows("按今天会变动的，先降后升"), "{}", stage.text());
    assert!(stage.shows("→中") && stage.shows("→低"), "{}", stage.text());
}

#[test]
fn every_segment_stands_beside_the_heat_map_on_a_small_screen() {
    let stage = en().size(80, 24).keys("4");
    assert!(stage.shows("Champions") && stage.shows("Dormant") && stage.shows("F5"), "{}", stage.text());
}

#[test]
fn a_tier_is_held_with_a_reason_and_stays_out_of_the_next_recalculation() {
    let stage = zh().keys(RECALCULATE).keys("A").keys(RECALCULATE).keys("Esc Enter H '年度协议客户 >2027-03-31' Enter");
    assert!(stage.shows("等级已保留"), "{}", stage.text());
}

#[test]
fn a_hold_without_a_reason_is_asked_for_one() {
    let stage = zh().keys(RECALCULATE).keys("H Enter");
    assert!(stage.shows("请写明保留原因"), "{}", stage.text());
}

#[test]
fn enter_on_a_tier_opens_its_customers_and_enter_on_one_its_detail() {
    let stage = zh().keys(RECALCULATE).keys("A").keys("4 Enter");
    let customers = stage.text();
    assert!(customers.contains("依据"), "{customers}");
    let detail = stage.keys("Enter");
    assert!(detail.shows("时间线"), "{}", detail.text());
}

#[test]
fn enter_on_the_heat_map_opens_who_is_in_the_cell() {
    let stage = zh().keys("4 Right Enter");
    assert!(stage.shows("R5 × F1"), "{}", stage.text());
    assert!(stage.keys("Esc Esc").shows("R 纵、F 横"));
}

#[test]
fn a_way_of_grading_is_saved_under_a_name_and_offered_again() {
    let stage = zh().keys("4 S '季度评级' Enter T '季度'");
    assert!(stage.shows("季度评级 v1"), "{}", stage.text());
}

#[test]
fn a_cause_of_leaving_is_confirmed_and_counted() {
    let stage = zh().keys("4 Tab c Enter");
    assert!(stage.shows("流失原因已记录"), "{}", stage.text());
    let counted = stage.keys("Down");
    assert!(counted.shows("已确认原因：价格 1"), "{}", counted.text());
}

#[test]
fn the_advice_of_a_customer_becomes_a_next_step_with_person_and_day() {
    let stage = zh().keys("Enter n");
    assert!(stage.shows("下一步") && stage.shows("负责人"), "{}", stage.text());
}

#[test]
fn an_own_day_that_cannot_be_read_is_said_and_one_that_can_is_taken() {
    let wrong = zh().keys("4 T Enter Enter 'someday' Enter");
    assert!(wrong.shows("2026-09-30"), "{}", wrong.text());
    let right = en().keys("4 T Enter Enter '2026-06-30' Enter");
    assert!(right.shows("2026-06-30") && right.shows("nothing is written yet"), "{}", right.text());
}

#[test]
fn an_empty_book_says_what_tiers_need() {
    assert!(zh().empty().keys("4").shows("还没有可分级的客户"));
    assert!(en().empty().keys("4 Tab").shows("Nobody seems to be leaving."));
}

#[test]
fn a_proposal_survives_a_dropped_line() {
    let mut stage = zh().keys("4 T Enter Enter '2026-06-30' Enter Space");
    stage.event(kehu::ui::event::Event::Ending(kehu::ui::event::Ending::HangUp));
    let again = stage.killed().keys("4");
    assert!(again.shows("变动预览") && again.shows("2026-06-30"), "{}", again.text());
    assert!(again.shows("已标记 1"), "{}", again.text());
}

#[test]
fn the_timeline_tells_of_each_recalculation_that_moved_the_customer_and_why() {
    let stage = zh().size(160, 50).keys(RECALCULATE).keys("A").keys("4 Enter Enter");
    let text = stage.text();
    assert!(text.contains("– → 高") && text.contains("分位"), "{text}");
}

#[test]
fn a_recalculation_on_the_timeline_is_not_deleted_but_undone() {
    let stage = zh().keys(RECALCULATE).keys("A").keys("4 Enter Enter / Down Down Down Down Down Down Enter Delete");
    assert!(stage.shows("可用撤销收回"), "{}", stage.text());
}

#[test]
fn the_value_page_names_figures_with_formulas_and_the_strategy_of_each_quadrant() {
    let stage = zh().keys("4 Tab Tab Tab");
    let text = stage.text();
    assert!(text.contains("客户终身价值（简单）") && text.contains("客单价 × 年均单数"), "{text}");
    assert!(text.contains("重点投入") && !text.contains("NaN"), "{text}");
}

#[test]
fn a_tier_to_be_held_is_called_by_its_name_and_not_by_its_key() {
    let stage = zh().keys(RECALCULATE).keys("A").keys("Esc Enter H");
    let title = stage.text().lines().find(|line| line.contains("保留等级")).unwrap_or_default().to_owned();
    assert!(!title.contains("high") && title.contains('高'), "{}", stage.text());
}

#[test]
fn enter_on_a_recalculation_opens_who_moved_in_it_from_which_tier_to_which() {
    let stage = zh().keys(RECALCULATE).keys("A 4 Tab Tab Enter");
    assert!(stage.shows("– → 高") && stage.shows("华东重工"), "{}", stage.text());
    assert!(stage.keys("Esc").shows("[历次分级]"));
    let detail = zh().keys(RECALCULATE).keys("A 4 Tab Tab Enter Enter");
    assert!(detail.shows("时间线"), "{}", detail.text());
}

#[test]
fn enter_on_a_quadrant_of_the_matrix_opens_who_stands_in_it() {
    let mut stage = zh().keys("4 Tab Tab Tab End Enter");
    assert!(!stage.shows("价值矩阵") && stage.shows("低价值·低潜力"), "{}", stage.text());
    stage.press("Esc");
    assert!(stage.shows("价值矩阵"), "{}", stage.text());
}

#[test]
fn enter_on_a_figure_says_that_it_has_no_customers_of_its_own() {
    let stage = zh().keys("4 Tab Tab Tab Enter");
    assert!(stage.foot().contains("没有单独名单"), "{}", stage.foot());
}

/// A story: the customers of a past recalculation or of a quadrant could be opened and walked, but not written to a file.
#[test]
fn those_opened_from_a_past_run_or_a_quadrant_are_written_to_a_file() {
    let mut stage = zh().keys(RECALCULATE).keys("A 4 Tab Tab Enter");
    let Flow::Write(files) = stage.press("E 'csv' Enter") else { panic!("{}", stage.text()) };
    let text = String::from_utf8_lossy(&files[0].bytes).into_owned();
    assert!(files[0].name.starts_with("kehu-tier-moves-") && text.contains("– → 高"), "{text}");
    let mut stage = zh().keys("4 Tab Tab Tab End Up Up Up Enter");
    let Flow::Write(files) = stage.press("E 'csv' Enter") else { panic!("{}", stage.text()) };
    let text = String::from_utf8_lossy(&files[0].bytes).into_owned();
    assert!(files[0].name.starts_with("kehu-quadrant-") && text.contains("近12个月销售额"), "{text}");
}

/// Whoever changed their mind stood on another screen than the one they had asked from.
#[test]
fn leaving_the_question_how_to_grade_goes_back_to_the_list_it_was_asked_from() {
    let list = zh().keys("2 Down");
    let asked = zh().keys("2 Down T");
    assert_ne!(asked.text(), list.text());
    assert_eq!(asked.keys("Esc").text(), list.text());
    let tiers = zh().keys("4");
    assert_eq!(zh().keys("4 T Esc").text(), tiers.text());
}

/// A story: rules were reckoned as if nobody had bought anything where the orders could not be read.
#[test]
fn what_rules_ask_for_and_cannot_be_read_is_said_and_nobody_is_graded_by_it() {
    let mut stage = crate::screens::stage::en();
    let job = stage.press_meanwhile("4").pop().unwrap();
    let unread = Ungraded::Unread(StoreError::Missing("orders".into()));
    stage.came(job.instead(Err::<Box<Outlook>, _>(unread)));
    let text = stage.text();
    assert!(text.lines().rev().take(2).any(|line| line.contains("orders")), "{text}");
}
