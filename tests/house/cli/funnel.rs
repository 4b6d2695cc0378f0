//! `kehu funnel` and `kehu stage`: figures that hold on a pipeline of known numbers.

use crate::cli::world::World;
use serde_json::Value;

/// A pipeline of the shape sales teams export: no date while a deal is only prospected, a date of engagement from then on,
/// and a date of closing when it is decided. 20 prospecting, 15 engaging, 40 won and 25 lost; some have no account.
fn pipeline() -> String {
    let mut lines =
        vec!["opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value".to_owned()];
    let account = |number: usize| if number.is_multiple_of(4) { String::new() } else { format!("Firm {}", number % 9) };
    for number in 0..100 {
        let agent = ["Ann", "Bob", "Cid"][number % 3];
        let (stage, engaged, closed, value) = match number {
            0..20 => ("Prospecting", "", "", String::new()),
            20..35 => ("Engaging", "2026-10-01", "", String::new()),
            35..75 => ("Won", "2026-07-01", "2026-08-10", "1000".to_owned()),
            _ => ("Lost", "2026-07-01", "2026-07-21", "0".to_owned()),
        };
        lines.push(format!("N{number},{agent},Pump,{},{stage},{engaged},{closed},{value}", account(number)));
    }
    lines.join("\n")
}

fn world() -> World {
    let world = World::new();
    world.file("teams.csv", "sales_agent,manager,regional_office\nAnn,Max,East\nBob,Max,East\nCid,Max,West\n");
    world.file("pipeline.csv", pipeline());
    world.run(&["import", "teams.csv", "pipeline.csv", "--kind", "auto"]);
    world
}

fn stage<'a>(funnel: &'a Value, key: &str) -> &'a Value {
    funnel["stages"].as_array().unwrap().iter().find(|stage| stage["key"] == key).unwrap()
}

#[test]
fn a_pipeline_without_a_log_is_counted_by_its_dates() {
    let funnel = world().json(&["funnel"]);
    let reached = |key| stage(&funnel, key)["reached"].as_u64().unwrap();
    assert_eq!([reached("prospecting"), reached("interested"), reached("won")], [100, 80, 40]);
    let totals = &funnel["totals"];
    assert_eq!((&totals["decided"], &totals["win_rate"]), (&65.into(), &0.6154.into()));
    assert_eq!((&totals["won_amount"], &totals["avg_won_amount"]), (&"40000.00".into(), &"1000.00".into()));
    assert_eq!((&totals["cycle_days_won"], &totals["cycle_days_lost"]), (&40.0.into(), &20.0.into()));
    assert_eq!(stage(&funnel, "interested")["lost"], 25);
}

#[test]
fn the_same_file_again_changes_no_deal() {
    let world = world();
    let again = world.json(&["import", "teams.csv", "pipeline.csv"]);
    assert_eq!((&again["unchanged"]["deals"], &again["updated"]["deals"]), (&100.into(), &0.into()));
}

#[test]
fn a_deal_that_a_later_file_puts_in_another_stage_was_moved_there() {
    let world = world();
    let header = "opportunity_id,deal_stage,engage_date,close_date,close_value\n";
    world.file("later.csv", format!("{header}N20,Won,2026-10-01,2026-11-05,700\n"));
    world.run(&["import", "later.csv", "--kind", "deals"]).done();
    let funnel = world.json(&["funnel"]);
    assert_eq!((&funnel["totals"]["won"], &stage(&funnel, "interested")["reached"]), (&41.into(), &80.into()));
    assert_eq!(stage(&funnel, "interested")["days_p90"], 40.0);
}

#[test]
fn offices_add_up_to_the_whole() {
    let funnel = world().json(&["funnel", "--by", "office"]);
    let groups = funnel["groups"].as_array().unwrap();
    let sum: u64 = groups.iter().map(|group| group["totals"]["won"].as_u64().unwrap()).sum();
    assert_eq!((groups.len(), sum), (2, 40));
}

#[test]
fn deals_without_a_date_count_only_when_no_period_is_given() {
    let funnel = world().json(&["funnel", "--from", "2026-01-01"]);
    assert_eq!(funnel["totals"]["opened"], 80);
    let later = world().json(&["funnel", "--from", "2026-09-01", "--to", "2026-11-19"]);
    assert_eq!(later["totals"]["opened"], 15);
}

#[test]
fn an_empty_funnel_says_so_and_divides_by_nothing() {
    let world = World::of("name\nAcme\n");
    let funnel = world.json(&["funnel"]);
    assert_eq!((&funnel["totals"]["opened"], &funnel["totals"]["win_rate"]), (&0.into(), &Value::Null));
    assert_eq!(funnel["bottleneck"], Value::Null);
    let answer = world.run(&["funnel"]);
    assert_eq!((answer.status, answer.out.as_str()), (0, ""));
    assert!(answer.err.contains("no deals"), "{answer:?}");
}

#[test]
fn the_bottleneck_is_named_in_both_languages_with_its_numbers() {
    let world = world();
    let told = world.run(&["funnel"]);
    assert!(told.out.starts_with("Interested → Needs confirmed loses most: 25 deals"), "{told:?}");
    let told = world.run(&["funnel", "--lang", "zh"]);
    assert!(told.out.starts_with("意向 → 需求确认 漏损最大：输单 25 个"), "{told:?}");
}

#[test]
fn a_period_that_ends_before_it_begins_is_refused() {
    World::of("name\nAcme\n").run(&["funnel", "--from", "2026-02-01", "--to", "2026-01-01"]).failed(2);
    World::of("name\nAcme\n").run(&["funnel", "--from", "soon"]).failed(2);
}

#[test]
fn a_deal_lost_for_a_listed_reason_is_counted_under_it() {
    let world = world();
    world.run(&["stage", "Firm 3", "Lost", "--deal", "N21", "--reason", "价格过高"]).done();
    let funnel = world.json(&["funnel"]);
    let reasons = funnel["lost_reasons"].as_array().unwrap();
    let price = reasons.iter().find(|reason| reason["key"] == "price").unwrap();
    assert_eq!((&price["count"], &price["by_stage"]["interested"]), (&1.into(), &1.into()));
}

#[test]
fn the_meeting_of_a_month_balances_and_is_written_as_workbook_and_markdown() {
    let world = World::sample();
    let sheet = world.json(&["funnel", "--month", "2026-11"]);
    let total = sheet["tables"][0]["rows"].as_array().unwrap().last().unwrap().clone();
    let of = |key: &str| total[key].as_u64().unwrap();
    assert_eq!(of("start") + of("new") + of("pulled in"), of("won") + of("lost") + of("pushed") + of("end"));
    world.run(&["funnel", "--month", "2026-11", "-o", "sheet.xlsx"]).done();
    world.run(&["funnel", "--month", "2026-11", "-o", "sheet.md", "--lang", "zh"]).done();
    assert!(std::fs::read(world.path("sheet.xlsx")).unwrap().starts_with(b"PK"));
    let told = std::fs::read_to_string(world.path("sheet.md")).unwrap();
    assert!(told.contains("期初") && told.contains("## 目标差距") && told.contains("## 逾期未成交"), "{told}");
    world.run(&["funnel", "--month", "2026-11", "-o", "sheet.vcf"]).failed(2);
    world.run(&["funnel", "--month", "soon"]).failed(2);
}

#[test]
fn a_deal_lost_for_a_reason_that_leaves_room_is_to_be_asked_again() {
    let world = world();
    world.run(&["stage", "Firm 3", "Lost", "--deal", "N21", "--reason", "price"]).done();
    let steps = world.json(&["show", "Firm 3"]);
    assert_eq!(steps["next_steps"][0]["due"], "2027-02-17", "{steps}");
}
