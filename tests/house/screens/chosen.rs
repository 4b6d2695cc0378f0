//! Customers chosen in the list and graded anew, they alone; and what the tiers screen writes to files.

use crate::screens::stage::{Stage, en, zh};
use kehu::ui::app::Flow;

/// Two customers marked, and graded anew over the last twelve months as of today.
const TWO: &str = "Space Space T Enter Enter Enter";

/// The one file that a key writes: its name, its rows, its lines.
fn file(stage: &mut Stage, keys: &str) -> (String, Option<u64>, Vec<String>) {
    let Flow::Write(files) = stage.press(keys) else { panic!("{}", stage.text()) };
    let text = String::from_utf8(files[0].bytes.clone()).unwrap();
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect();
    (files[0].name.clone(), files[0].rows, lines)
}

#[test]
fn those_marked_are_previewed_alone_with_scores_of_the_whole_book() {
    let all = zh().keys("4 T Enter Enter Enter").text();
    let text = zh().keys(TWO).text();
    assert!(text.contains("只看选中的 2 位，得分仍按全部客户计算"), "{text}");
    assert!(!text.contains("临江食品厂") && all.contains("临江食品厂"), "{text}");
    let why = |text: &str| text.lines().find(|line| line.contains("华东重工")).unwrap().trim().to_owned();
    assert_eq!(why(&text), why(&all));
}

#[test]
fn applying_moves_only_those_marked_and_one_undo_takes_it_back() {
    let mut stage = zh().keys(TWO).keys("A");
    assert!(stage.foot().contains("等级已应用：2 位客户变动"), "{}", stage.foot());
    stage.press("2 F '等级=高 或 等级=中 或 等级=低' Enter");
    assert!(stage.foot().contains("1/2"), "{}", stage.text());
    stage.press("u Down");
    assert!(stage.shows("没有符合条件的客户"), "{}", stage.text());
}

#[test]
fn of_those_chosen_some_can_be_marked_again_and_applied_alone() {
    let stage = zh().keys(TWO).keys("Space A");
    assert!(stage.foot().contains("等级已应用：1 位客户变动"), "{}", stage.foot());
}

#[test]
fn with_nobody_marked_those_found_are_graded_and_without_a_find_everyone() {
    let found = zh().keys("/ '重庆' Esc T Enter Enter Enter");
    assert!(found.shows("只看选中的 1 位"), "{}", found.text());
    let all = zh().keys("T Enter Enter Enter");
    assert!(all.shows("变动预览") && !all.shows("只看选中的"), "{}", all.text());
}

#[test]
fn who_is_chosen_and_stays_is_listed_too_with_what_is_missing() {
    let stage = en().keys(TWO).keys("A 2 T Enter Enter Enter");
    let text = stage.text();
    assert!(text.contains("only the 2 chosen") && text.contains("华东重工"), "{text}");
    assert!(text.contains("重庆曾氏商贸"), "{text}");
}

#[test]
fn who_has_nothing_to_be_graded_by_is_counted() {
    let stage = zh().keys("/ '周敏' Esc Space T Enter Enter Enter");
    assert!(stage.shows("其中 1 位没有订单，不分级"), "{}", stage.text());
}

#[test]
fn grading_everyone_again_is_no_longer_limited() {
    let stage = zh().keys(TWO).keys("T Enter Enter Enter");
    assert!(!stage.shows("只看选中的") && stage.shows("临江食品厂"), "{}", stage.text());
}

#[test]
fn a_preview_of_those_chosen_survives_a_dropped_line() {
    let mut stage = zh().keys(TWO);
    stage.event(kehu::ui::event::Event::Ending(kehu::ui::event::Ending::HangUp));
    let again = stage.killed().keys("4");
    assert!(again.shows("只看选中的 2 位"), "{}", again.text());
}

#[test]
fn esc_on_a_preview_with_marks_does_not_throw_them_away() {
    let mut stage = zh().keys("4 T Enter Enter Enter Space Esc");
    assert!(stage.foot().contains("1 位已标记、尚未应用"), "{}", stage.foot());
    assert!(stage.shows("尚未写入"), "{}", stage.text());
    stage.press("- Esc");
    assert!(stage.shows("R 纵、F 横"), "{}", stage.text());
}

#[test]
fn the_movers_are_written_owner_by_owner_with_what_each_one_lacks() {
    let mut stage = zh().keys("4 T Enter Enter Enter");
    let (name, rows, lines) = file(&mut stage, "E 'csv' Enter");
    assert_eq!((name.as_str(), rows), ("kehu-tier-moves-2026-03-18.csv", Some(lines.len() as u64 - 1)));
    assert_eq!(lines[0], "负责人,编号,名称,原等级,新等级,分群,销售额,依据,距下一级");
    assert!(lines.iter().any(|line| line.starts_with("王建国,C2024002,") && line.contains("升")), "{lines:?}");
    let owners: Vec<&str> = lines[1..].iter().map(|line| line.split(',').next().unwrap()).collect();
    let mut sorted = owners.clone();
    sorted.sort_unstable();
    assert_eq!(owners, sorted);
}

#[test]
fn of_the_movers_only_those_marked_are_written_where_some_are() {
    let mut stage = zh().keys("4 T Enter Enter Enter Space Space");
    let (_, rows, _) = file(&mut stage, "E 'csv' Enter");
    assert_eq!(rows, Some(2));
}

#[test]
fn who_is_leaving_is_written_with_the_columns_of_the_command() {
    let mut stage = en().keys("4 Tab");
    let (name, rows, lines) = file(&mut stage, "C-e 'csv' Enter");
    assert_eq!(name, "kehu-leaving-2026-03-18.csv");
    assert_eq!(lines[0], "code,name,owner,a year at risk,why,cause,what is done,by,next contact");
    assert_eq!(rows, Some(lines.len() as u64 - 1));
    assert!(lines.len() > 1, "{lines:?}");
}

#[test]
fn a_workbook_is_offered_first() {
    let mut stage = en().keys("4 Tab");
    let Flow::Write(files) = stage.press("E Enter") else { panic!("{}", stage.text()) };
    assert_eq!(files[0].name, "kehu-leaving-2026-03-18.xlsx");
    assert!(files[0].bytes.starts_with(b"PK"));
}

#[test]
fn a_page_without_customers_says_that_it_has_none_to_export() {
    assert!(zh().keys("4 E").foot().contains("这一页没有可导出的客户"));
}

#[test]
fn the_card_says_what_the_customer_is_worth() {
    let stage = zh().keys("Enter");
    assert!(stage.shows("终身价值 ") && stage.shows("利润贡献"), "{}", stage.text());
}

/// So many columns were frozen that nothing beside them moved, and what stood behind was never seen.
#[test]
fn columns_frozen_leave_room_for_one_more() {
    let stage = zh().size(80, 24).keys("2 c Down Down Down Down Down | Enter");
    let before = stage.text();
    let moved = stage.keys("Right");
    assert_ne!(moved.text().lines().nth(2), before.lines().nth(2), "{before}");
    assert!(moved.shows("华东重工"), "{}", moved.text());
}
