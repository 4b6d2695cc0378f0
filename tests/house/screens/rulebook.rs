//! Schemes, advice and member levels on their pages: copied, changed, tried, taken out, and what comes of them.

use crate::screens::stage::{Stage, en, zh};
use kehu::text::Language;

/// The pages of rules, from the distribution on.
const SCHEMES: &str = "4 Tab Tab Tab Tab";
const ADVICE: &str = "4 Tab Tab Tab Tab Tab";
const LEVELS: &str = "4 S-Tab";
/// From the list of schemes: the form of a copy of the shipped rules.
const COPY_RULES: &str = "Down Down Down Down Down Insert";
/// From the first line of that form: the line of one rule more.
const TO_THE_FREE_LINE: &str = "Down Down Down Down Down Down Down Down";

fn with_scheme() -> Stage {
    zh().keys(SCHEMES).keys("Insert '季度评级' C-s")
}

#[test]
fn a_copy_of_a_shipped_way_is_saved_under_a_name_and_each_change_is_a_version_more() {
    let stage = with_scheme();
    assert!(stage.shows("方案已保存") && stage.shows("季度评级 v1"), "{}", stage.text());
    let again = stage.keys("End Enter Down Down F8 '24' C-s");
    assert!(again.shows("季度评级 v2") && again.shows("近 24 个月"), "{}", again.text());
    assert!(!again.shows("季度评级 v1"), "{}", again.text());
}

#[test]
fn a_scheme_saved_unchanged_is_no_new_version() {
    let stage = with_scheme().keys("End Enter C-s");
    assert!(stage.shows("季度评级 v1") && !stage.shows("季度评级 v2"), "{}", stage.text());
}

#[test]
fn names_and_cuts_of_the_tiers_are_the_firms_own() {
    let stage = zh().keys(SCHEMES).keys("Insert 'ABCD' Down Down Down Down F8 'A / B / C / D' Down F8 '4 / 3 / 2'");
    assert!(stage.keys("Up Down").shows("4 / 3 / 2"));
    let saved = zh().keys(SCHEMES).keys("Insert 'ABCD' Down Down Down Down F8 'A / B / C / D' Down F8 '4 / 3 / 2' C-s");
    assert!(saved.shows("A / B / C / D"), "{}", saved.text());
    let graded = saved.keys("End T Enter");
    assert!(graded.shows("变动预览") && graded.shows("ABCD v1"), "{}", graded.text());
}

#[test]
fn a_rule_written_in_one_language_is_shown_in_the_other_and_stays_as_it_was() {
    let stage = en().keys(SCHEMES).keys(COPY_RULES).keys("'mine' C-s End Enter");
    assert!(stage.shows("order_value > 100k") && !stage.shows("客单价"), "{}", stage.text());
    let same = stage.keys("F12 C-s");
    assert!(same.shows("mine v1") && !same.shows("mine v2"), "{}", same.text());
}

#[test]
fn cuts_that_do_not_fit_the_tiers_are_told_and_nothing_typed_is_lost() {
    let stage = zh().keys(SCHEMES).keys("Insert 'ABCD' Down Down Down Down F8 'A / B / C / D' C-s");
    assert!(stage.foot().contains("比等级少一个"), "{}", stage.text());
    assert!(stage.shows("A / B / C / D") && stage.shows("ABCD"), "{}", stage.text());
}

#[test]
fn a_name_that_another_scheme_has_is_refused() {
    let stage = with_scheme().keys("Home Insert '季度评级' C-s");
    assert!(stage.foot().contains("已有同名方案"), "{}", stage.text());
}

#[test]
fn a_deleted_scheme_is_no_longer_offered_and_one_undo_brings_it_back() {
    let stage = with_scheme().keys("End Delete");
    assert!(stage.shows("方案已删除") && !stage.shows("季度评级 v1"), "{}", stage.text());
    let back = stage.keys("u Down");
    assert!(back.shows("季度评级 v1"), "{}", back.text());
}

#[test]
fn a_shipped_way_is_not_deleted() {
    let stage = zh().keys(SCHEMES).keys("Delete");
    assert!(stage.shows("内置方法不能删除"), "{}", stage.text());
}

#[test]
fn each_rule_says_how_many_customers_it_catches_as_it_is_typed() {
    let stage = zh().keys(SCHEMES).keys(COPY_RULES).keys(TO_THE_FREE_LINE).keys("'大客户：总金额>0' Down");
    let line = stage.text().lines().find(|line| line.contains("大客户")).unwrap_or_default().to_owned();
    assert!(line.contains("位（符合"), "{}", stage.text());
    let first = stage.keys("Up C-Up C-Up C-Up C-Up");
    let line = first.text().lines().find(|line| line.contains("大客户")).unwrap_or_default().to_owned();
    assert!(line.contains("规则 1") && line.contains("位客户"), "{}", first.text());
    assert!(first.shows("无规则符合：0 位"), "{}", first.text());
}

#[test]
fn a_rule_that_cannot_be_read_is_pointed_at_where_it_is_wrong() {
    let stage =
        zh().keys(SCHEMES).keys(COPY_RULES).keys("'规则版'").keys(TO_THE_FREE_LINE).keys("'大客户：客单家>10万'");
    let text = stage.text();
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.contains("大客户：客单家")).unwrap();
    assert!(lines[at + 1].contains("^^^^^^") && lines[at + 2].contains("客单价"), "{text}");
    let refused = stage.keys("C-s");
    assert!(refused.foot().starts_with(" ! ") && refused.shows("客单家>10万"), "{}", refused.text());
}

#[test]
fn a_rule_left_empty_is_taken_out_and_one_moved_stands_before_its_neighbour() {
    let stage = zh().keys(SCHEMES).keys(COPY_RULES).keys("'规则版' Down Down Down Down F8 Down Down C-Up C-s");
    let text = stage.text();
    assert!(text.contains("规则版 v1"), "{text}");
    let opened = stage.keys("End Enter").text();
    let rules: Vec<&str> = opened.lines().filter(|line| line.contains(" ← ")).collect();
    assert_eq!(rules.len(), 3 + 1, "{opened}");
    assert!(rules[0].contains("潜力增长") && rules[1].contains("高价值潜力"), "{opened}");
}

#[test]
fn a_scheme_half_written_is_there_again_after_the_line_dropped() {
    let mut stage = zh().keys(SCHEMES).keys("Insert '半成品' Down Down F8 '18'");
    stage.event(kehu::ui::event::Event::Ending(kehu::ui::event::Ending::HangUp));
    let again = stage.killed().keys(SCHEMES).keys("Insert");
    assert!(again.shows("半成品") && again.shows("18"), "{}", again.text());
}

#[test]
fn the_card_says_which_scheme_and_version_gave_the_tier() {
    let stage = with_scheme().keys("End T Enter A").keys("4 Enter Enter");
    assert!(stage.shows("按“季度评级 v1”，2026-03-18 应用"), "{}", stage.text());
    // The scheme is changed and deleted afterwards: what gave the tier stays known.
    let after = stage.keys(SCHEMES).keys("End Enter Down Down F8 '24' C-s End Delete");
    let after = after.keys("Tab Tab Tab Enter Enter");
    assert!(after.shows("按“季度评级 v1”"), "{}", after.text());
}

#[test]
fn a_scheme_that_looks_back_from_the_end_of_a_quarter_offers_that_day_first() {
    let stage = zh().keys(SCHEMES).keys("Insert '季度' Down Down Down F8 '上季末' C-s End T Enter");
    assert!(stage.shows("2025-12-31") && stage.shows("变动预览"), "{}", stage.text());
}

#[test]
fn advice_is_changed_for_a_life_stage_and_comes_back_as_it_was_shipped() {
    let stage = zh().keys(ADVICE);
    assert!(stage.shows("专人维护") && stage.shows("潜在期"), "{}", stage.text());
    let changed = stage.keys("Down Down Down Enter F8 '每月上门一次' Down Down F8 '5' C-s");
    assert!(changed.shows("* 每月上门一次") && !changed.shows("专人维护"), "{}", changed.text());
    let reset = changed.keys("Delete");
    assert!(reset.shows("专人维护") && reset.shows("已恢复默认建议"), "{}", reset.text());
    assert!(reset.keys("u").shows("* 每月上门一次"));
}

#[test]
fn advice_of_the_firm_stands_on_the_card_and_goes_into_the_next_step_with_its_days() {
    // 重庆 is declining: the last but one of the life stages.
    let stage = zh().keys(ADVICE).keys("End Up Up Enter F8 '请总监出面' Down Down F8 '3' C-s");
    let card = stage.keys("2 Down Enter");
    let text = card.text();
    assert!(text.contains("建议："), "{text}");
}

#[test]
fn what_was_written_for_a_customer_comes_before_any_rule_and_becomes_the_action() {
    let stage = zh().keys("Enter");
    assert!(stage.shows("季度框架合同在谈") && !stage.shows("建议："), "{}", stage.text());
    let step = stage.keys("n");
    assert!(step.shows("季度框架合同在谈") && step.shows("王建国"), "{}", step.text());
}

#[test]
fn the_card_tells_the_potential_with_its_parts_and_the_weights_are_the_firms_own() {
    let stage = zh().size(160, 50).keys("Enter");
    let of = |stage: &Stage| stage.text().lines().find(|line| line.contains("潜力 ")).unwrap_or_default().to_owned();
    let before = of(&stage);
    assert!(before.contains("近半年增长") && before.contains("在谈商机"), "{}", stage.text());
    let weighed = stage.keys("F9 '潜力权重' Enter F8 '9' C-s");
    assert_ne!(of(&weighed), before, "{}", weighed.text());
    assert_eq!(of(&weighed.keys("u")), before);
}

#[test]
fn a_level_for_everybody_is_made_and_shown_on_the_card_of_a_firm() {
    let stage = zh().keys("Enter");
    assert!(!stage.shows("战略会员"), "{}", stage.text());
    let made = stage.keys(LEVELS).keys("Insert '战略会员' Down '1万' Down Down Down '2' Down '10' Down '专属客服' C-s");
    assert!(made.shows("战略会员") && made.shows("1.00万"), "{}", made.text());
    let card = made.keys("2 Enter");
    assert!(card.shows("战略会员 · ") && card.shows("专属客服"), "{}", card.text());
}

#[test]
fn a_shipped_level_is_changed_and_taken_out_and_undo_brings_it_back() {
    let stage = zh().keys(LEVELS).keys("Enter Down F8 '50万' C-s");
    assert!(stage.shows("50.0万") && stage.shows("银卡"), "{}", stage.text());
    let gone = stage.keys("Delete");
    assert!(!gone.shows("金卡") && gone.shows("银卡"), "{}", gone.text());
    assert!(gone.keys("u").shows("金卡"));
}

#[test]
fn a_level_without_a_name_is_refused() {
    let stage = zh().keys(LEVELS).keys("Insert Down '5万' C-s");
    assert!(stage.foot().contains("请填写名称") && stage.shows("5万"), "{}", stage.text());
}

/// Both were once saved without a word.
#[test]
fn a_level_for_less_than_nothing_or_named_as_another_is_refused_and_what_was_typed_stays() {
    let negative = zh().keys(LEVELS).keys("Insert 'VIP' Down C-u '-5万' C-s");
    assert!(negative.foot().contains("不能是负数") && negative.shows("-5万"), "{}", negative.text());
    let twice = zh().keys(LEVELS).keys("Insert '金卡' Down '5万' C-s");
    assert!(twice.foot().contains("已有同名等级") && twice.shows("5万"), "{}", twice.text());
    let saved = twice.keys("Up C-e '二' C-s");
    assert!(saved.shows("已保存") && saved.shows("金卡二"), "{}", saved.text());
}

#[test]
fn the_palette_finds_the_pages_from_anywhere() {
    assert!(zh().keys("F9 '分级方案' Enter").shows("[方案]"));
    assert!(zh().keys("1 F9 '建议规则' Enter").shows("[建议]"));
    assert!(en().keys("F9 'levels' Enter").shows("[Levels]"));
}

#[test]
fn the_pages_look_as_they_are_meant_to() {
    for (language, size) in [(Language::Zh, (100, 30)), (Language::En, (80, 24)), (Language::En, (160, 50))] {
        for (page, keys) in [("schemes", SCHEMES), ("advice", ADVICE), ("levels", LEVELS)] {
            let stage = Stage::new(crate::screens::stage::wanted(language), false).size(size.0, size.1).keys(keys);
            insta::assert_snapshot!(format!("{page}_{language:?}_{}", size.0).to_lowercase(), stage.picture().text());
        }
        let stage = Stage::new(crate::screens::stage::wanted(language), false)
            .size(size.0, size.1)
            .keys(SCHEMES)
            .keys(COPY_RULES);
        insta::assert_snapshot!(format!("rules_{language:?}_{}", size.0).to_lowercase(), stage.picture().text());
    }
}
