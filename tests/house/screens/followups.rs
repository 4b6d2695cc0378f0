//! Following up: the line, the queue of the day, and what comes next.

use crate::screens::stage::{Stage, en, wanted, zh};
use kehu::text::Language;

#[test]
fn a_line_saved_stands_first_of_what_happened() {
    let stage = zh().keys("f '电话 已发样品 >下周三 问结果' Enter");
    assert!(stage.foot().contains("跟进已保存"), "{}", stage.text());
    let detail = stage.keys("F3 '华东重工' Enter");
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
fn the_queue_brought_up_by_what_changed_is_the_one_gathered_anew() {
    let queue = |stage: &Stage| stage.picture().lines[1..29].to_vec();
    let mut stage = zh().size(160, 30).keys("1");
    for keys in ["2 f '电话 已发样品 >明天 问结果' Enter 1", "2 Down f '投诉 #交期 晚了' Enter 1", "u"]
    {
        let changed = stage.keys(keys);
        let brought_up = queue(&changed);
        stage = changed.killed().keys("1");
        assert_eq!(brought_up, queue(&stage), "{keys}");
    }
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
    let stage = zh().keys("Enter f '电话 没人接 明天再打' Tab Enter");
    assert!(stage.shows("待办"), "{}", stage.text());
}

#[test]
fn the_last_outcome_is_repeated_for_another_customer_without_the_words_said_to_the_first() {
    let stage = zh().keys("f '微信 考虑中 发了报价单' Enter . F3 '重庆曾氏' Enter");
    assert!(stage.shows("C2024002") && stage.shows("考虑中") && !stage.shows("发了报价单"), "{}", stage.text());
}

#[test]
fn a_digit_in_the_walk_logs_the_outcome_and_goes_on_to_the_next() {
    let stage = zh().keys("1 r");
    let first = stage.picture().selected()[0].to_owned();
    let walked = stage.keys("1");
    assert_ne!(walked.picture().selected()[0], first);
    assert!(walked.shows("已完成 1 位"), "{}", walked.text());
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
        assert!(zh().empty().keys(keys).shows("客户簿还是空的"), "{keys}");
    }
}

#[test]
fn that_a_due_next_contact_is_done_with_the_talk_is_said_before_and_after() {
    let stage = zh().keys("f '电话 已发样品'");
    assert!(stage.shows("03-16 14:00 将清除；输入 > 另定日期"), "{}", stage.text());
    let saved = stage.keys("Enter");
    let told = "下次联系 03-16 14:00 已清除，按 > 另定 · 华东重工有限公司";
    assert!(saved.foot().contains(told), "{}", saved.text());
    assert!(saved.foot().contains("u 撤销"), "{}", saved.text());
}

/// A date only offered was not taken by Enter, the next contact was gone, and the line that said so was cut at 80 columns.
#[test]
fn a_next_contact_that_would_be_cleared_is_said_first_and_within_forty_columns() {
    let stage = en().size(80, 24).keys("f 'call samples sent, call back fri'");
    let lines = stage.picture().lines;
    let at = lines.iter().position(|line| line.starts_with(" > ")).unwrap();
    assert!(lines[at + 1].contains("next contact"), "{}", stage.text());
    let seen: String = lines[at + 1].chars().take(40).collect();
    assert!(seen.contains("03-16 14:00 is cleared"), "{}", stage.text());
    assert!(lines[at + 2].contains("next?") && lines[at + 2].contains("(Tab)"), "{}", stage.text());
    let saved = stage.keys("Enter");
    let told = "Follow-up saved: next contact 03-16 14:00 cleared, > sets one";
    assert!(saved.foot().contains(told), "{}", saved.text());
    assert!(saved.foot().contains("u undo"), "{}", saved.text());
    let taken = en().size(80, 24).keys("f 'call samples sent, call back fri' Tab");
    assert!(!taken.shows("is cleared"), "{}", taken.text());
}

#[test]
fn a_next_contact_still_to_come_stays_and_that_is_said() {
    let stage = en().keys("/ 'aker' Esc f 'call no news'");
    assert!(stage.shows("stays 03-21 Sat"), "{}", stage.text());
    let saved = stage.keys("Enter");
    assert!(saved.foot().contains("next contact stays 03-21 Sat"), "{}", saved.text());
    assert!(saved.shows("03-21"));
}

#[test]
fn a_score_alone_is_no_talk_and_settles_no_next_contact() {
    let stage = zh().keys("f '满意度 4'");
    assert!(stage.shows("03-16 周一 14:00 不变"), "{}", stage.text());
}

#[test]
fn when_the_list_sorts_anew_after_logging_the_next_customer_comes_up_in_the_same_place() {
    let stage = zh();
    let names = stage.names();
    let logged = stage.keys("f '电话 已发样品' Enter");
    assert!(logged.picture().selected()[0].contains(&names[1]), "{}", logged.text());
    assert!(logged.keys("u").picture().selected()[0].contains(&names[0]), "an undo goes back to the customer");
}

#[test]
fn a_stage_where_no_deal_is_open_says_that_a_new_deal_is_made() {
    let stage = zh().keys("/ '重庆' Esc f '电话 要压力表 =意向'");
    assert!(stage.shows("将新建商机“要压力表”"), "{}", stage.text());
    let moved = zh().keys("f '电话 谈得好 =谈判'");
    assert!(moved.shows("年度框架") && !moved.shows("新建商机"), "{}", moved.text());
}

#[test]
fn a_colleague_outside_a_next_step_is_said_to_stay_text() {
    let stage = zh().keys("f '电话 报价 @王建国'");
    assert!(stage.shows("@王建国  写进内容"), "{}", stage.text());
    assert!(!stage.keys("C-u '电话 报价 >明天 发合同 @王建国'").shows("写进内容"));
}

#[test]
fn a_line_that_names_another_customer_is_read_with_that_ones_contacts() {
    let stage = zh().keys("f '电话 问好 @重庆曾氏商贸 +曾国强'");
    assert!(stage.shows("联系人") && !stage.shows("按文字保留"), "{}", stage.text());
    assert!(stage.keys("Enter").foot().contains("重庆曾氏商贸"));
}

#[test]
fn a_day_that_does_not_exist_is_said_to_be_none_with_what_to_do() {
    assert!(zh().keys("f '电话 报价 >2月30日 回访'").shows("2月30日：没有这一天，请核对月和日"));
    assert!(zh().keys("f '电话 报价 ^2月30日'").shows("^2月30日：没有这一天，请核对月和日"));
    assert!(zh().keys("f '电话 报价 >9999年后'").shows("9999年后：没有这一天"));
}

#[test]
fn the_usual_days_of_a_next_contact_stand_in_the_order_of_their_dates() {
    let stage = zh().keys("Down z");
    let days: Vec<String> = stage.picture().lines[3..9]
        .iter()
        .filter_map(|line| {
            line.split_whitespace().find(|word| word.as_bytes().get(2) == Some(&b'-')).map(str::to_owned)
        })
        .collect();
    let mut sorted = days.clone();
    sorted.sort();
    assert!(days.len() >= 5 && days == sorted, "{days:?}\n{}", stage.text());
}

#[test]
fn an_error_in_a_form_loses_no_letter_typed_next() {
    let stage = zh().keys("a C-s");
    assert!(stage.foot().starts_with(" ! "));
    let next = stage.keys("'xy'");
    assert!(next.shows("xy") && !next.foot().starts_with(" ! "), "{}", next.text());
}

#[test]
fn escape_from_a_customer_opened_out_of_the_find_line_goes_back_to_the_narrowed_list() {
    let stage = zh().keys("/ '重庆' Enter Esc");
    assert_eq!(stage.names(), ["重庆曾氏商贸"]);
    assert!(stage.keys("f").shows("跟进 重庆曾氏商贸"), "letters are acts again");
}

#[test]
fn phones_of_contacts_stand_in_one_column() {
    let stage = en().size(80, 24).keys("/ 'huadong' Enter");
    let lines = stage.picture().lines;
    let width = |text: &str| {
        lines.iter().find(|line| line.contains(text)).map(|line| {
            let before = line.split(text).next().unwrap();
            before.chars().map(|c| if c > '\u{2000}' { 2 } else { 1 }).sum::<usize>()
        })
    };
    assert!(stage.shows("138 0000 1234"), "{}", stage.text());
    assert_eq!(width("138 0000 1234"), width("139 0000 5678"), "{}", stage.text());
}

#[test]
fn the_walk_counts_customers_and_says_when_one_dealt_with_has_more_open() {
    let stage = zh().keys("1 r");
    assert!(stage.shows("已完成 0 位，还剩 2 位"), "{}", stage.text());
    let walked = stage.keys("1");
    assert!(walked.shows("已完成 1 位，还剩 1 位；1 位另有未了事项（✓），x 了结"), "{}", walked.text());
    let done = walked.keys("x");
    assert!(done.shows("已完成 2 位，还剩 0 位"), "{}", done.text());
    assert!(done.keys("u").shows("已完成 1 位，还剩 1 位"));
}

#[test]
fn the_walk_names_the_key_that_closes_without_a_call() {
    assert!(zh().keys("1 r").shows("x 了结（不用打电话）"));
    assert!(en().size(80, 24).keys("1 r").shows("x closes it without a call"));
}

#[test]
fn the_queue_is_grouped_by_reason_then_by_owner_then_by_day_with_counts() {
    let stage = zh().keys("1");
    assert!(stage.shows("按事由") && stage.shows("计划联系 3"), "{}", stage.text());
    let owners = stage.keys("b");
    assert!(owners.shows("Anna Keller 1") && owners.shows("王建国 2"), "{}", owners.text());
    let days = owners.keys("b");
    assert!(days.shows(" 逾期 1\n") && days.shows(" 今天 1\n") && days.shows(" 未来 7 天 1\n"), "{}", days.text());
}

#[test]
fn the_queue_is_narrowed_to_any_owner_and_back_to_everybody() {
    let stage = zh().keys("1 o 'anna' Enter");
    assert!(stage.shows("Anna Keller") && !stage.shows("重庆曾氏商贸"), "{}", stage.text());
    assert!(stage.keys("o '所有人' Enter").shows("重庆曾氏商贸"));
}

#[test]
fn the_overdue_contacts_of_the_list_are_the_ones_today_names() {
    assert!(en().shows("1 overdue for contact"));
    assert!(en().keys("1").shows("1 overdue (1 for contact)"));
}

#[test]
fn an_empty_queue_is_not_walked_and_an_empty_book_says_how_to_begin() {
    let stage = Stage::new(wanted(Language::Zh), true).keys("1");
    assert!(stage.shows("客户簿还是空的"), "{}", stage.text());
    let walked = stage.keys("r");
    assert!(walked.foot().contains("没有待办"), "{}", walked.foot());
    assert!(walked.keys("2").shows("录入第一位客户"));
}

#[test]
fn the_amount_of_a_deal_is_told_with_what_it_was_before_and_after_it_is_logged() {
    let stage = zh().keys("f '电话 谈妥 ￥150万 =谈判'");
    assert!(stage.shows("1,250,000.00 → 1,500,000.00"), "{}", stage.text());
    let logged = stage.keys("Enter");
    assert!(logged.foot().contains("商机金额 125万 → 150万"), "{}", logged.text());
}

#[test]
fn an_earlier_stage_of_a_deal_is_not_told_with_the_amount_of_now() {
    let stage = zh().keys("Enter / '商机' Enter");
    assert!(stage.shows("方案报价 · 年度框架 · 125万") && !stage.shows("线索 · 年度框架 · 125万"), "{}", stage.text());
}

#[test]
fn a_day_no_calendar_has_is_refused_with_the_caret_behind_it() {
    for (line, phrase) in [("电话 报价 >2026-13-45 回访", "2026-13-45"), ("电话 报价 >2月30日 回访", "2月30日")]
    {
        let stage = zh().keys(&format!("f '{line}' Enter"));
        assert!(stage.foot().contains(&format!("{phrase}：没有这一天")), "{}", stage.text());
        assert!(stage.keys("Enter '!'").shows(&format!("{phrase}!")));
    }
}

#[test]
fn what_was_promised_without_a_day_is_not_shown_as_due_today() {
    let stage = zh().keys("/ '周敏' Enter f '电话 >改天 送样' Enter Esc 1");
    let text = stage.text();
    let line = text.lines().find(|line| line.contains("周敏")).unwrap();
    assert!(line.contains("未定日期") && text.contains(" · 未定日期 1"), "{text}");
}

/// Leaving the walk put the selection on the first customer of the queue, and the next key acted on that one.
#[test]
fn leaving_the_walk_stays_with_the_customer_walked_to() {
    let stage = zh().keys("1 r Down");
    let walked = stage.picture().selected().join("");
    let name = stage.names().into_iter().find(|name| walked.contains(name.as_str())).unwrap_or_default();
    let left = stage.keys("Esc");
    let row = left.picture().selected().join("");
    assert!(!name.is_empty() && row.contains(&name), "{name}: {}", left.text());
}

#[test]
fn a_promise_kept_in_the_queue_is_told_with_the_customers_name() {
    let stage = zh().keys("1 Down x");
    assert!(stage.foot().contains("已完成：重庆曾氏商贸"), "{}", stage.foot());
}

/// `x` on a complaint said only that a follow-up was to be logged, which does not close it.
#[test]
fn x_in_the_queue_asks_how_a_complaint_was_resolved_and_then_it_is() {
    let stage = zh().keys("f '投诉 #交期 晚了三天' Enter 1 x");
    assert!(stage.shows("怎么解决的？"), "{}", stage.text());
    let resolved = stage.keys("'已换货' Enter");
    assert!(resolved.foot().contains("投诉已解决"), "{}", resolved.text());
}
