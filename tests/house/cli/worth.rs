//! What one customer is worth, on its card.

use crate::cli::world::World;
use serde_json::Value;

/// One customer of a channel with costs, bought twice in the year; another bought before and again.
fn world() -> World {
    let world = World::of("编号,名称,来源渠道,获客成本\nC1,甲,展会,\nC2,乙,展会,\nC3,丙,转介绍,500\nC4,丁,,\n");
    let orders = "单号,客户编号,日期,产品,数量,金额,成本\nO1,C1,2026-03-01,阀,1,6000,3600\nO2,C1,2026-09-01,阀,1,6000,3600\n\
                  O3,C2,2025-03-01,阀,1,1000,600\nO4,C2,2026-03-01,阀,1,1000,600\nO5,C3,2026-05-01,阀,1,2400,1200\n";
    world.file("orders.csv", orders);
    world.run(&["import", "orders.csv", "--kind", "orders"]).done();
    world.file("costs.csv", "来源渠道,开始日期,结束日期,金额,用途\n展会,2026-01-01,2026-06-30,1200,获客\n");
    world.run(&["import", "costs.csv", "--kind", "costs"]).done();
    world
}

fn figure(card: &Value, key: &str) -> Value {
    card["worth"].as_array().unwrap().iter().find(|figure| figure["figure"] == key).unwrap().clone()
}

#[test]
fn the_card_names_each_figure_with_its_formula() {
    let card = world().json(&["show", "C1"]);
    // 6000 an order, twice a year, three years, margin 40 %.
    assert_eq!(figure(&card, "clv_simple")["value"], "14400.00", "{card}");
    // 4800 of margin, everyone of the year before stayed: r = 1, i = 10 %.
    assert_eq!(figure(&card, "clv_retention")["value"], "48000.00");
    assert_eq!(figure(&card, "contribution")["value"], "4800.00");
    assert!(figure(&card, "clv_simple")["formula"].as_str().unwrap().contains("order value"));
}

#[test]
fn the_cost_of_winning_is_the_noted_one_else_its_share_of_the_channels() {
    let world = world();
    // The fair won one customer in the year: the other bought there before.
    let first = world.json(&["show", "C1"]);
    assert_eq!(figure(&first, "cac")["value"], "1200.00");
    assert_eq!(figure(&first, "clv_to_cac")["value"], 40.0);
    assert_eq!(figure(&first, "payback")["value"], 3.0);
    assert!(figure(&first, "cac")["formula"].as_str().unwrap().contains("channel"));
    assert_eq!(figure(&world.json(&["show", "C3"]), "cac")["value"], "500.00");
}

#[test]
fn who_bought_nothing_has_no_figures_but_the_cost_of_winning() {
    let world = world();
    let card = world.json(&["show", "C4"]);
    for key in ["clv_simple", "clv_retention", "clv_to_cac", "payback", "contribution", "recommends"] {
        assert_eq!(figure(&card, key)["value"], Value::Null, "{key}");
    }
    let empty = World::of("编号,名称\nC1,甲\n");
    assert!(!empty.run(&["show", "C1"]).done().out.contains("CLV"));
}

#[test]
fn the_text_of_a_card_says_them_too() {
    let told = world().run(&["show", "C1", "--lang", "zh"]).done().out;
    assert!(told.contains("客户价值") && told.contains("终身价值（留存）") && told.contains("40.0 : 1"), "{told}");
    assert!(told.contains("该来源渠道获客费用"), "{told}");
}
