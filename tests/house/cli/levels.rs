//! `kehu levels`: member levels made, changed and taken out, and seen on the card.

use crate::cli::world::World;
use serde_json::json;

fn world() -> World {
    let world = World::of("编号,名称\nA,甲\n");
    world.file("orders.csv", "客户编号,单号,日期,金额\nA,1,2026-10-01,6000\nA,2,2026-11-09,4000\n");
    world.run(&["import", "orders.csv", "--kind", "orders"]).done();
    world
}

fn names(world: &World) -> Vec<String> {
    let levels = world.json(&["levels"]);
    levels.as_array().unwrap().iter().map(|level| level["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_level_for_everybody_gives_a_firm_points_for_spend_and_for_orders() {
    let world = world();
    assert_eq!(world.json(&["show", "A"])["member"], json!(null), "the shipped levels are for persons");
    world
        .run(&["levels", "战略会员", "--spend", "1万", "--points", "2", "--per-order", "10", "--benefits", "专属客服"])
        .done();
    let member = world.json(&["show", "A"])["member"].clone();
    assert_eq!(member, json!({ "level": "战略会员", "points": 220, "benefits": "专属客服" }));
}

#[test]
fn a_level_is_changed_taken_out_and_brought_back_by_undo() {
    let world = world();
    world.run(&["levels", "VIP", "--spend", "5000"]).done();
    world.run(&["levels", "VIP", "--least", "300"]).done();
    let levels = world.json(&["levels"]);
    let level = levels.as_array().unwrap().iter().find(|level| level["name"] == "VIP").unwrap().clone();
    assert_eq!((&level["spend"], &level["points_at_least"]), (&json!("5000.00"), &json!(300)));
    world.run(&["levels", "VIP", "--delete"]).done();
    assert!(!names(&world).contains(&"VIP".to_owned()));
    world.run(&["undo"]).done();
    assert!(names(&world).contains(&"VIP".to_owned()));
}

#[test]
fn a_level_that_is_not_there_is_not_taken_out_and_an_amount_must_be_one() {
    let world = world();
    world.run(&["levels", "VIP", "--delete"]).failed(3);
    world.run(&["levels", "VIP", "--spend", "many"]).failed(2);
    world.run(&["levels", "--spend", "1"]).failed(2);
}

/// `levels '' --spend 5` once kept a level without a name, and less than nothing could be asked for.
#[test]
fn a_level_without_a_name_or_for_less_than_nothing_or_named_as_another_is_refused() {
    let world = world();
    let before = names(&world);
    for wrong in [&["levels", "", "--spend", "5"][..], &["levels", "  "], &["levels", "VIP", "--spend=-5"]] {
        world.run(wrong).failed(2);
    }
    assert_eq!(names(&world), before);
    world.run(&["levels", "VIP", "--spend", "5"]).done();
    world.run(&["levels", "vip", "--spend", "7"]).failed(2);
    world.run(&["levels", " VIP ", "--spend", "7"]).done();
    assert_eq!(names(&world).len(), before.len() + 1);
}
