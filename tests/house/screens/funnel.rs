//! The funnel: figures that open their deals, deals moved on from there, stages that can be changed.

use crate::screens::stage::{Stage, en, zh};
use kehu::ui::app::Flow;

/// The list of the one deal there is: it stands at the proposal.
const LIST: &str = "3 Down Down Down Enter";

/// The numbers of a stage's row on the screen, as they are read from left to right.
fn numbers(stage: &Stage, name: &str) -> Vec<String> {
    let text = stage.text();
    let line = text.lines().find(|line| line.trim_start().starts_with(name)).unwrap_or_default().to_owned();
    let bare = line.replace(['█', '▒', '░'], " ");
    bare.split_whitespace().skip(1).filter(|word| *word != "!").map(str::to_owned).collect()
}

#[test]
fn the_stages_are_shown_with_what_reached_them_and_what_stands_there() {
    let stage = zh().keys("3");
    assert_eq!(numbers(&stage, "线索")[..2], ["1", "–"], "{}", stage.text());
    assert_eq!(numbers(&stage, "方案报价")[..3], ["1", "100%", "1"], "{}", stage.text());
}

#[test]
fn enter_on_a_number_lists_the_deals_behind_it() {
    let stage = zh().keys(LIST);
    assert!(
        stage.shows("方案报价 · 现有 · 1 个") && stage.shows("年度框架") && stage.shows("华东重工"),
        "{}",
        stage.text()
    );
}

#[test]
fn a_number_beside_is_reached_by_the_arrows() {
    let stage = zh().keys("3 Left Enter");
    assert!(stage.shows("线索 · 到达 · 1 个"), "{}", stage.text());
}

#[test]
fn a_deal_moved_forward_leaves_its_stage_at_once_and_undo_brings_it_back() {
    let moved = zh().keys(LIST).keys("F");
    assert!(moved.shows("这里已没有商机"), "{}", moved.text());
    let funnel = moved.keys("Esc");
    assert_eq!(numbers(&funnel, "商务谈判")[2], "1", "{}", funnel.text());
    let undone = funnel.keys("u");
    assert_eq!(numbers(&undone, "方案报价")[2], "1", "{}", undone.text());
    assert_eq!(numbers(&undone, "商务谈判")[0], "–");
}

#[test]
fn a_lost_deal_keeps_its_stages_and_its_reason_and_a_win_back_is_planned() {
    let stage = zh().keys(LIST).keys("x '价格' Enter '报价高两成' Enter");
    assert!(stage.foot().contains("已记输单"), "{}", stage.text());
    let funnel = stage.keys("Esc");
    assert_eq!(numbers(&funnel, "方案报价")[0], "1", "{}", funnel.text());
    assert!(funnel.shows("价格过高"), "{}", funnel.text());
    let detail = funnel.keys("2 Enter");
    assert!(detail.shows("赢回“年度框架”（价格过高）"), "{}", detail.text());
}

#[test]
fn other_is_no_reason_without_a_note() {
    let stage = zh().keys(LIST).keys("x '其他' Enter Enter");
    assert!(stage.foot().contains("须写明原因"), "{}", stage.text());
    assert!(stage.keys("'换了老板' Enter").foot().contains("已记输单"));
}

#[test]
fn a_parked_deal_waits_until_its_day_and_comes_back_to_where_it_was() {
    let parked = zh().keys(LIST).keys("H Enter Esc");
    assert_eq!(numbers(&parked, "搁置")[0], "1", "{}", parked.text());
    let back = parked.keys("End Home Down Down Down Down Down Down Down Down Enter B Esc");
    assert_eq!(numbers(&back, "方案报价")[2], "1", "{}", back.text());
}

#[test]
fn a_bulk_stage_change_moves_all_marked_deals_in_one_step_and_takes_the_new_stages_probability() {
    let own = zh().keys(LIST).keys("e Tab Tab Tab Tab Tab '35' C-s");
    let forecast = own.keys("Esc Tab Tab Tab");
    assert!(forecast.shows("1 个中 1 个有自估概率"), "{}", forecast.text());
    let moved = forecast.keys("Tab Tab").keys("Home Down Down Down Enter * s '合同' Enter");
    assert!(moved.foot().contains("阶段已改"), "{}", moved.text());
    let after = moved.keys("Esc Tab Tab Tab");
    assert!(after.shows("1 个中 – 个有自估概率") && after.shows("113万"), "{}", after.text());
    assert!(after.keys("u").shows("1 个中 1 个有自估概率"));
}

#[test]
fn a_deal_handed_to_another_keeps_stage_and_history() {
    let stage = zh().keys(LIST).keys("@ 'Anna' Enter");
    assert!(stage.foot().contains("已转交") && stage.shows("Anna Ke"), "{}", stage.text());
    let funnel = stage.keys("Esc");
    assert_eq!(numbers(&funnel, "方案报价")[..3], ["1", "100%", "1"]);
    assert!(funnel.keys("Tab").shows("Anna Keller"));
}

#[test]
fn deleting_a_stage_with_deals_asks_where_they_go() {
    let asked = zh().keys("3 S Down Down Down D");
    assert!(asked.shows("其中的商机移到"), "{}", asked.text());
    let gone = asked.keys("'需求' Enter");
    assert!(!gone.shows("方案报价"), "{}", gone.text());
    let funnel = gone.keys("Esc");
    assert_eq!(numbers(&funnel, "需求确认")[2], "1", "{}", funnel.text());
    let back = funnel.keys("u");
    assert_eq!(numbers(&back, "方案报价")[2], "1", "{}", back.text());
}

#[test]
fn a_stage_that_alone_means_won_stays() {
    let stage = zh().keys("3 S Down Down Down Down Down Down D");
    assert!(stage.foot().contains("漏斗不能没有它"), "{}", stage.text());
}

#[test]
fn renaming_a_stage_changes_no_history() {
    let stage = zh().keys("3 S Enter C-u '潜在' C-s Esc");
    assert_eq!(numbers(&stage, "潜在")[..2], ["1", "–"], "{}", stage.text());
}

#[test]
fn stages_change_places_and_new_ones_come_before_won() {
    let moved = zh().keys("3 S J");
    let text = moved.text();
    assert!(text.find("意向") < text.find("线索"), "{text}");
    let added = moved.keys("a '试用' C-s");
    let text = added.text();
    assert!(text.find("合同签订") < text.find("试用") && text.find("试用") < text.find("赢单"), "{text}");
}

#[test]
fn a_preset_replaces_the_stages_and_undo_brings_them_back() {
    let four = zh().keys("3 S P '四步' Enter");
    assert!(four.shows("成交客户") && !four.shows("商务谈判"), "{}", four.text());
    let funnel = four.keys("Esc");
    assert_eq!(numbers(&funnel, "跟进客户")[2], "1", "{}", funnel.text());
    assert!(funnel.keys("u").shows("商务谈判"));
}

#[test]
fn an_empty_funnel_says_what_to_do() {
    assert!(zh().empty().keys("3").shows("没有新开的商机"));
    assert!(en().empty().keys("3").shows("No deals were opened"));
    for keys in
        ["3 Enter", "3 Tab Enter", "3 Tab Tab Enter", "3 Tab Tab Tab Enter", "3 S-Tab Enter", "3 m m Enter", "3 E"]
    {
        let _ = zh().empty().keys(keys).text();
    }
}

#[test]
fn a_period_is_chosen_by_name_or_typed() {
    let quarter = zh().keys("3 p '本季度' Enter");
    assert!(quarter.shows("本季度") && quarter.shows("没有新开的商机"), "{}", quarter.text());
    let typed = zh().keys("3 p '2025-12' Enter");
    assert!(typed.shows("2025-12-01..2025-12-31"), "{}", typed.text());
    assert!(zh().keys("3 p '改天' Enter").foot().contains("不是期间"));
}

#[test]
fn two_people_stand_side_by_side() {
    let stage = zh().keys("3 c 'Anna' Enter");
    assert!(stage.shows("[对比]") && stage.shows("乙：Anna Keller"), "{}", stage.text());
}

#[test]
fn the_sheet_of_the_meeting_is_written_as_workbook_and_markdown() {
    let mut stage = zh();
    let Flow::Write(files) = stage.press("3 S-Tab E") else { panic!("{}", stage.text()) };
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["kehu-2026-03.xlsx", "kehu-2026-03.md"]);
    assert!(String::from_utf8_lossy(&files[1].bytes).contains("期初"));
}

#[test]
fn a_deal_now_expected_in_the_month_was_pulled_in_as_the_journal_tells() {
    let due = zh().keys(LIST).keys("e Tab Tab Tab Tab '2026-03-30' C-s Esc S-Tab");
    assert_eq!(numbers(&due, "合计"), ["–", "–", "1", "–", "–", "–", "1"], "{}", due.text());
    assert!(due.keys("Enter").shows("年度框架"));
}

#[test]
fn a_deal_entered_in_the_funnel_asks_whose_it_is_and_undo_takes_it_out() {
    let asked = zh().keys("3 N");
    assert!(asked.shows("哪位客户的商机？"), "{}", asked.text());
    let stage = asked.keys("'cqzs' Enter '展会线索' Tab '5万' C-s");
    assert_eq!(numbers(&stage, "线索")[..2], ["2", "1"], "{}", stage.text());
    assert_eq!(numbers(&stage.keys("u"), "线索")[..2], ["1", "–"]);
}

#[test]
fn every_page_fits_every_window() {
    for (columns, rows) in [(40, 10), (60, 16), (71, 12), (80, 24), (109, 30), (200, 60)] {
        for keys in ["3", "3 Tab", "3 c Enter", "3 S-Tab S-Tab", "3 S-Tab", "3 S", LIST] {
            assert!(!zh().size(columns, rows).keys(keys).text().is_empty(), "{columns}x{rows} {keys}");
        }
    }
}

#[test]
fn a_new_deal_of_a_customer_stands_in_the_funnel() {
    let stage = zh().keys("Enter N '备件' Tab '8万' C-s 3");
    assert_eq!(numbers(&stage, "线索")[..2], ["2", "1"], "{}", stage.text());
}

#[test]
fn the_funnel_looks_calm() {
    insta::assert_snapshot!("the_funnel", zh().keys("3").picture().whole());
    insta::assert_snapshot!(
        "the_funnel_in_english_on_a_small_screen",
        en().size(80, 24).keys("3 Down M").picture().whole()
    );
    insta::assert_snapshot!("the_deals_behind_a_number", zh().keys(LIST).picture().whole());
    insta::assert_snapshot!("the_meeting", zh().keys("3 S-Tab").picture().whole());
    insta::assert_snapshot!("the_stages", en().size(80, 24).keys("3 S").picture().whole());
}

#[test]
fn the_contacts_of_a_deal_are_chosen_from_the_customers_and_shown_below_the_list() {
    let form = zh().keys(LIST).keys("e Tab Tab Tab Tab Tab Tab Tab Enter");
    assert!(form.shows("李秀英") && form.shows("张工"), "{}", form.text());
    let both = form.keys("'李秀英' Enter Enter '张工' Enter");
    assert!(both.shows("李秀英, 张工"), "{}", both.text());
    let list = both.keys("C-s");
    assert!(list.shows("联系人 李秀英、张工"), "{}", list.text());
    let taken_out = list.keys("e Tab Tab Tab Tab Tab Tab Tab Enter '李秀英' Enter C-s");
    assert!(taken_out.shows("联系人 张工"), "{}", taken_out.text());
}

#[test]
fn somebody_who_is_no_contact_of_the_customer_is_not_taken_for_one() {
    let form = zh().keys(LIST).keys("e Tab Tab Tab Tab Tab Tab Tab '赵六' C-s");
    assert!(form.shows("按回车选择该客户的联系人"), "{}", form.text());
}

#[test]
fn enter_on_the_empty_page_of_comparing_asks_what_to_compare_with() {
    let stage = zh().keys("3 Tab Tab Enter");
    assert!(stage.shows("与谁对比"), "{}", stage.text());
}

#[test]
fn a_lost_deal_is_reopened_where_it_stood_and_keeps_its_history() {
    let lost = zh().keys(LIST).keys("x '价格' Enter '报价高' Enter Esc");
    assert_eq!(numbers(&lost, "输单")[0], "1", "{}", lost.text());
    let list = lost.keys("Home Down Down Down Down Down Down Down Enter");
    assert!(list.shows("年度框架"), "{}", list.text());
    let open = list.keys("B Esc");
    assert_eq!(numbers(&open, "方案报价")[..3], ["1", "100%", "1"], "{}", open.text());
}

#[test]
fn two_periods_stand_side_by_side() {
    let stage = zh().keys("3 p '2025-12' Enter c '上一期间' Enter");
    assert!(stage.shows("[对比]") && stage.shows("2025-11-01..2025-11-30"), "{}", stage.text());
}

#[test]
fn deals_amounts_and_customers_are_switched_by_one_key() {
    let stage = zh().keys("3");
    assert!(stage.shows("阶段 · 商机数"), "{}", stage.text());
    let stage = stage.keys("M");
    assert!(stage.shows("阶段 · 金额"), "{}", stage.text());
    assert!(stage.keys("M").shows("阶段 · 客户"));
}

#[test]
fn from_the_list_of_deals_a_talk_is_logged_and_the_customer_opened() {
    let stage = zh().keys(LIST).keys("f '电话 在走合同' Enter");
    assert!(stage.foot().contains("跟进已保存"), "{}", stage.foot());
    let card = stage.keys("Enter");
    assert!(card.shows("在走合同") && card.shows("华东重工"), "{}", card.text());
}

#[test]
fn a_deal_is_never_worth_less_than_nothing() {
    let stage = zh().keys(LIST).keys("e Tab C-u '-5万' C-s");
    assert!(stage.foot().starts_with(" ! 不能是负数"), "{}", stage.text());
}

#[test]
fn a_lost_deal_moved_on_is_said_to_be_open_again_with_undo_beside() {
    let lost = zh().keys(LIST).keys("x '价格' Enter '报价高' Enter Esc");
    let open = lost.keys("Home Down Down Down Down Down Down Down Enter F");
    let foot = open.foot();
    assert!(foot.contains("已重新打开“年度框架”：输单 → ") && foot.contains("撤销"), "{}", open.text());
}
