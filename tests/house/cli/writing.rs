//! log, stage, undo, redo and history.

use crate::cli::world::World;
use serde_json::json;

const ONE: &str = "编号,名称,联系人,联系人电话\nC1,华东机械,王总,13800138000\nC2,Acme,Jane,5551234\n";

/// One customer with this many open deals.
fn with_deals(count: usize) -> World {
    let world = World::of(ONE);
    let rows: String = (1..=count).map(|number| format!("D{number},C1,项目{number},意向,1000\n")).collect();
    world.file("deals.csv", format!("商机编号,客户编号,商机名称,阶段,金额\n{rows}"));
    world.run(&["import", "deals.csv", "--kind", "deals"]).done();
    world
}

#[test]
fn a_line_is_logged_with_all_that_it_says() {
    let world = World::of(ONE);
    let said = world.json(&["log", "C1", "电话 +王总 确认报价 #合同 ￥12.5万 !! >下周三下午2点 发合同"]);
    let expected = json!({ "code": "C1", "at": "2026-11-19T10:00:00+08:00", "tags": ["合同"], "contact": "王总",
        "amount": "125000.00", "next_at": "2026-11-25T14:00", "next_what": "发合同", "priority": 2, "by": "tester",
        "unread": [], "stage": null, "outcome": null });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&said[name], value, "{name}");
    }
    assert!(said["text"].as_str().unwrap().contains("确认报价"));
    let card = world.json(&["show", "C1"]);
    assert_eq!(card["follow_ups"][0]["contact"], "王总");
    assert_eq!(card["next_steps"][0]["what"], "发合同");
    assert_eq!(card["customer"]["next_contact"], "2026-11-25T14:00");
    assert_eq!(world.json(&["due"])[0]["why"], "发合同");
}

#[test]
fn who_else_was_named_and_a_day_nobody_can_name_are_kept_as_words() {
    let world = World::of("编号,名称,联系人,负责人\nC1,华东机械,王总,李工\nC1,华东机械,张工,李工\n");
    let answer = world.run(&["log", "C1", "拜访 +王总 +张工 看样 @李工 >改天 再约", "--json"]);
    let said: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!((&said["contact"], &said["text"]), (&json!("王总"), &json!("看样 +张工 @李工")), "{said}");
    assert_eq!((&said["next_at"], &said["next_what"]), (&json!(null), &json!("改天 再约")));
    assert!(answer.err.contains("改天"), "{}", answer.err);
}

#[test]
fn english_is_read_as_well_and_told_as_text() {
    let world = World::of(ONE);
    let told = world.run(&["log", "Acme", "call", "price ok #contract >2026-12-01 send contract"]).done().out;
    for part in ["Logged for Acme", "call", "price ok", "#contract", "send contract"] {
        assert!(told.contains(part), "{told}");
    }
    let told = world.run(&["log", "Acme", "电话 好", "--lang", "zh"]).done().out;
    assert!(told.contains("已记录到 Acme") && told.contains("内容"), "{told}");
}

#[test]
fn what_becomes_of_the_next_contact_is_told_and_a_writer_has_no_control_characters() {
    let world = World::of(ONE);
    world.run(&["log", "C1", "电话 报价 >2026-11-19"]).done();
    let told = world.run(&["log", "C1", "电话 没人接", "--lang", "zh", "--by", "李\u{1b}[31m工"]).done().out;
    assert!(told.contains("下次联系 11-19 已清除"), "{told}");
    assert!(told.contains("[31m工") && !told.contains('\u{1b}'), "{told:?}");
    assert_eq!(world.json(&["show", "C1"])["customer"]["next_contact"], json!(null));
}

#[test]
fn a_trial_of_a_line_writes_nothing() {
    let world = World::of(ONE);
    let said = world.json(&["log", "C1", "微信 在吗", "--dry-run"]);
    assert_eq!((&said["seq"], &said["text"]), (&json!(null), &json!("在吗")));
    assert_eq!(world.json(&["show", "C1"])["follow_ups"], json!([]));
}

#[test]
fn when_and_by_whom_can_be_said_apart() {
    let world = World::of(ONE);
    let said = world.json(&["log", "C1", "拜访 聊了", "--at", "2026-11-18T15:30", "--by", "李工"]);
    assert_eq!((&said["at"], &said["by"]), (&json!("2026-11-18T15:30:00+08:00"), &json!("李工")));
    let said = world.json(&["log", "C1", "拜访 再聊", "--at", "昨天"]);
    assert!(said["at"].as_str().unwrap().starts_with("2026-11-18"));
    world.run(&["log", "C1", "拜访", "--at", "someday soonish"]).failed(2);
}

#[test]
fn feedback_is_logged_by_its_word() {
    let world = World::of(ONE);
    assert_eq!(
        world.json(&["log", "C1", "满意度 4 响应快"])["feedback"],
        json!({ "kind": "satisfaction", "score": 4.0 })
    );
    assert_eq!(world.json(&["list"])[0]["satisfaction"], 4.0);
}

#[test]
fn a_line_can_be_piped_in_and_an_empty_one_is_refused() {
    let world = World::of(ONE);
    let answer = world.piped(&["log", "C1", "-", "--json"], "电话 从管道来\n".as_bytes());
    assert!(answer.status == 0 && answer.out.contains("从管道来"), "{answer:?}");
    world.piped(&["log", "C1", "-"], b"").failed(2);
    world.run(&["log", "谁也不是", "电话"]).failed(3);
    world.run(&["log", "C1", "电话 好", "--read-only"]).failed(2);
}

#[test]
fn a_stage_in_a_line_moves_the_only_open_deal() {
    let world = with_deals(1);
    world.run(&["log", "C1", "电话 谈价 =谈判 ￥2万"]).done();
    let deal = &world.json(&["show", "C1", "--lang", "zh"])["deals"][0];
    assert_eq!(
        (&deal["stage"], &deal["amount"], &deal["role"]),
        (&json!("商务谈判"), &json!("20000.00"), &json!("open"))
    );
}

#[test]
fn of_several_open_deals_one_must_be_named() {
    let world = with_deals(2);
    let told = world.run(&["log", "C1", "电话 谈价 =谈判"]).failed(4).err;
    assert!(told.contains("项目1") && told.contains("项目2") && told.contains("--deal"), "{told}");
    world.run(&["log", "C1", "电话 谈价 =谈判", "--deal", "D2"]).done();
    world.run(&["stage", "C1", "赢单"]).failed(4);
    assert_eq!(world.json(&["stage", "C1", "赢单"])["candidates"].as_array().unwrap().len(), 2);
    let moved = world.json(&["stage", "C1", "lost", "--deal", "项目1", "--reason", "价格过高"]);
    assert_eq!((&moved["role"], &moved["lost_reason"]), (&json!("lost"), &json!("price too high")));
    assert_eq!(moved["closed"], "2026-11-19");
}

#[test]
fn a_stage_that_is_none_and_a_deal_that_is_none_are_told_apart() {
    let world = with_deals(1);
    assert!(world.run(&["stage", "C1", "woon"]).failed(2).err.contains("did you mean won?"));
    world.run(&["stage", "C2", "won"]).failed(3);
    world.run(&["stage", "C1", "won", "--deal", "没有"]).failed(3);
    assert!(world.run(&["stage", "C1", "赢单", "--lang", "zh"]).done().out.contains("意向 → 赢单"));
    world.run(&["stage", "C1", "won"]).failed(3);
}

#[test]
fn undo_and_redo_go_back_and_forth_and_end() {
    let world = World::of(ONE);
    world.run(&["log", "C1", "电话 第一次"]).done();
    let count = || world.json(&["show", "C1"])["follow_ups"].as_array().unwrap().len();
    assert!(world.run(&["undo"]).done().out.contains("第一次"));
    assert_eq!(count(), 0);
    assert!(world.json(&["redo"])["summary"].as_str().unwrap().contains("第一次"));
    assert_eq!(count(), 1);
    world.run(&["redo"]).failed(3);
    world.run(&["undo"]).done();
    world.run(&["undo"]).done();
    world.run(&["undo", "--lang", "zh"]).failed(3);
}

#[test]
fn the_history_says_what_was_before_and_after_in_words() {
    let world = with_deals(1);
    world.run(&["stage", "C1", "谈判"]).done();
    let entry = &world.json(&["history", "C1", "--lang", "zh", "--limit", "1"])[0];
    for name in ["seq", "at", "by", "cause", "group", "summary", "changes"] {
        assert!(entry.get(name).is_some(), "{name}");
    }
    let stage = entry["changes"].as_array().unwrap().iter().find(|change| change["field"] == "stage").unwrap();
    assert_eq!(
        (&stage["before"], &stage["after"], &stage["kind"]),
        (&json!("意向"), &json!("商务谈判"), &json!("deal"))
    );
    let text = world.run(&["history", "--lang", "zh"]).done().out;
    assert!(text.contains("意向 → 商务谈判") && text.contains("deals.csv"), "{text}");
}

#[test]
fn a_next_step_on_a_day_that_is_not_is_refused_and_nothing_is_logged() {
    let world = World::of("编号,名称\nC1,华东\n");
    let told = world.run(&["log", "C1", "电话 报价 >2026-13-45 回访"]).failed(2).err;
    assert!(told.contains("2026-13-45"), "{told}");
    assert_eq!(world.json(&["show", "C1"])["follow_ups"], json!([]));
}

#[test]
fn a_next_step_without_a_day_is_due_on_none() {
    let world = World::of("编号,名称\nC1,华东\n");
    world.run(&["log", "C1", "电话 报价 >改天 送样"]);
    let due = world.json(&["due"]);
    assert_eq!((&due[0]["due"], &due[0]["days_over"]), (&json!(null), &json!(null)), "{due}");
    assert!(world.run(&["due", "--lang", "zh"]).done().out.contains("未定日期"));
}

#[test]
fn a_deal_of_a_file_is_never_worth_less_than_nothing() {
    let world = World::new();
    world.file("deals.csv", "客户名称,商机名称,商机金额,阶段\n华东,框架,-5万,线索\n");
    let told = world.json(&["import", "deals.csv", "--kind", "deals"]);
    assert_eq!(told["problems"][0]["value"], "-5万", "{told}");
    assert_eq!(world.json(&["show", "华东"])["deals"][0]["amount"], json!(null));
}

#[test]
fn the_history_calls_a_contact_by_name() {
    let world = World::of("编号,名称,联系人\nC1,华东,王总\n");
    world.run(&["log", "C1", "电话 +王总 报价"]).done();
    let last = world.json(&["history", "--limit", "1"]);
    let talk = last[0]["changes"].as_array().unwrap().iter().find(|change| change["kind"] == "follow_up").unwrap();
    assert_eq!(talk["after"]["contact"], "王总", "{last}");
}

#[test]
fn what_the_disk_refuses_is_told_in_the_language_of_the_person() {
    let world = World::of("编号,名称\nC1,华东\n");
    std::fs::write(world.path("plain"), "").unwrap();
    let told = world.run(&["export", "customers", "-o", "plain/a.csv", "--lang", "zh"]).failed(7).err;
    assert!(told.contains("路径中有一段不是文件夹"), "{told}");
}

#[test]
fn an_amount_said_in_large_units_never_makes_a_deal_smaller() {
    let world = World::of("客户编号,客户名称\nZ1,甲公司\n");
    world.file("deals.csv", "商机编号,商机名称,客户编号,阶段,金额\nD1,产线改造,Z1,谈判,500000\n");
    world.run(&["import", "deals.csv", "--kind", "deals"]).done();
    let amount = || world.json(&["show", "Z1"])["deals"][0]["amount"].clone();
    assert_eq!(amount(), "500000.00");
    let unread = world.json(&["log", "Z1", "电话 客户确认预算 ￥1,5万 =谈判"]);
    assert_eq!((&unread["unread"][0], amount()), (&"￥1,5万".into(), "500000.00".into()));
    world.run(&["log", "Z1", "电话 客户确认预算 ￥1千万 =谈判"]).done();
    assert_eq!(amount(), "10000000.00");
}
