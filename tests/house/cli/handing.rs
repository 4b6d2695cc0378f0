//! handover.

use crate::cli::world::World;

fn world() -> World {
    World::of(
        "编号,名称,地域,总金额,负责人\n\
         C1,甲,江苏省/无锡市,9000,王芳\nC2,乙,江苏省/无锡市,8000,王芳\nC3,丙,四川省/成都市,7000,王芳\n\
         C4,丁,四川省/成都市,6000,王芳\nC5,戊,四川省/成都市,5000,李强\nC6,己,浙江省,1,赵六\n",
    )
}

fn owner(world: &World, code: &str) -> String {
    world.json(&["list", "--filter", &format!("编号={code}")])[0]["owner"].as_str().unwrap().to_owned()
}

#[test]
fn all_of_one_persons_customers_go_evenly_with_first_contacts_spread_over_working_days() {
    let world = world();
    let told = world.json(&["handover", "王芳", "--to", "李强,赵六", "--per-day", "1", "--as-of", "2026-11-20"]);
    let rows = told["handed"].as_array().unwrap();
    let of = |name: &str| rows.iter().filter(|row| row["to"] == name).count();
    assert_eq!((rows.len(), of("李强"), of("赵六")), (4, 2, 2));
    // The 20th is a Friday: the first turn is Monday, the second Tuesday.
    let mut days: Vec<&str> = rows.iter().map(|row| row["first_contact"].as_str().unwrap()).collect();
    days.sort_unstable();
    assert_eq!(days, ["2026-11-23", "2026-11-23", "2026-11-24", "2026-11-24"]);
    assert_eq!(world.json(&["list", "--filter", "负责人=王芳"]).as_array().unwrap().len(), 0);
}

#[test]
fn a_region_goes_to_one_person_as_a_whole() {
    let world = world();
    world.run(&["handover", "王芳", "--to", "李强,赵六", "--by", "region"]).done();
    assert_eq!(owner(&world, "C1"), owner(&world, "C2"));
    assert_eq!(owner(&world, "C3"), owner(&world, "C4"));
    assert_ne!(owner(&world, "C1"), owner(&world, "C3"));
}

#[test]
fn one_undo_takes_a_whole_handover_back() {
    let world = world();
    world.run(&["handover", "王芳", "--to", "李强"]).done();
    world.run(&["undo"]).done();
    for code in ["C1", "C2", "C3", "C4"] {
        assert_eq!(owner(&world, code), "王芳");
    }
}

#[test]
fn an_undone_handover_is_called_one_by_its_person_and_count() {
    let world = world();
    world.run(&["log", "C1", "电话 谈合同 >下周三 发合同", "--by", "王芳"]).done();
    world.run(&["handover", "王芳", "--to", "李强", "--as-of", "2026-11-20"]).done();
    let told = world.run(&["undo", "--lang", "en"]).done();
    assert!(told.out.contains("4 customers of 王芳 handed over"), "{}", told.out);
}

#[test]
fn open_deals_and_promises_go_along_and_who_wrote_a_follow_up_stays() {
    let world = world();
    world.run(&["log", "C1", "电话 谈合同 >下周三 发合同", "--by", "王芳"]).done();
    world.file("deals.csv", "商机编号,商机名称,客户编号,负责人,阶段\nD1,改造,C5,王芳,谈判\nD2,旧单,C5,王芳,赢单\n");
    world.run(&["import", "deals.csv", "--kind", "deals"]).done();
    let told = world.json(&["handover", "王芳", "--to", "赵六", "--as-of", "2026-11-20"]);
    let row = |code: &str| told["handed"].as_array().unwrap().iter().find(|row| row["code"] == code).unwrap().clone();
    // C5 is another's customer: only the open deal goes.
    assert_eq!((row("C5")["customer"].as_bool(), row("C5")["deals"].as_u64()), (Some(false), Some(1)));
    assert_eq!(owner(&world, "C5"), "李强");
    let card = world.json(&["show", "C1"]);
    assert_eq!(card["follow_ups"][0]["by"], "王芳");
}

#[test]
fn what_would_be_handed_over_is_told_without_writing() {
    let world = world();
    let told = world.run(&["handover", "王芳", "--to", "李强", "--dry-run", "--lang", "zh"]).done().out;
    assert!(told.contains("将交接：客户 4 位") && told.contains("交给"), "{told}");
    assert_eq!(owner(&world, "C1"), "王芳");
    world.run(&["handover", "王芳", "--to", "王芳"]).failed(2);
    world.run(&["handover", "孙七", "--to", "王芳"]).failed(3);
}

#[test]
fn customers_alike_in_any_column_go_to_one_person_and_each_ones_share_is_told() {
    let world = World::of(
        "编号,名称,行业,负责人\nC1,甲,制造业,王芳\nC2,乙,零售业,王芳\nC3,丙,制造业,王芳\nC4,丁,,李强\nC5,戊,,赵六\n",
    );
    let told = world.json(&["handover", "王芳", "--to", "李强,赵六", "--by", "行业", "--dry-run", "--lang", "zh"]);
    let shares = told["shares"].as_array().unwrap();
    assert_eq!((shares[0]["customers"].as_u64(), shares[1]["customers"].as_u64()), (Some(2), Some(1)), "{told}");
    assert_eq!(shares[0]["groups"][0], "制造业");
    let text = world.run(&["handover", "王芳", "--to", "李强,赵六", "--by", "industry", "--lang", "zh"]).done().out;
    assert!(text.contains("李强：客户 2 位、商机 0 个"), "{text}");
    assert_eq!((owner(&world, "C1"), owner(&world, "C3")), ("李强".to_owned(), "李强".to_owned()));
}

#[test]
fn a_column_that_groups_nobody_is_refused_with_those_that_do() {
    let told = world().run(&["handover", "王芳", "--to", "李强", "--by", "总金额"]).failed(2);
    assert!(told.err.contains("总金额") && told.err.contains("region"), "{told:?}");
}

/// The tier that was only given by a table once counted, and the one computed and applied did not.
#[test]
fn each_gets_as_many_of_every_tier_as_it_was_applied() {
    let world = World::of("编号,名称,负责人\nC1,甲,王芳\nC2,乙,王芳\nC3,丙,王芳\nC4,丁,王芳\nC5,戊,李强\nC6,己,赵六\n");
    let orders = "单号,客户编号,日期,金额\nO1,C1,2026-11-01,90000\nO2,C1,2026-11-02,90000\nO3,C2,2026-11-01,90000\n\
                  O4,C2,2026-11-03,90000\nO5,C3,2026-01-10,10\nO6,C4,2026-01-11,10\n";
    world.file("orders.csv", orders);
    world.run(&["import", "orders.csv", "--kind", "orders"]).done();
    world.run(&["tiers", "--apply"]).done();
    world.run(&["handover", "王芳", "--to", "李强,赵六", "--by", "tier"]).done();
    assert_ne!(owner(&world, "C1"), owner(&world, "C2"));
    assert_ne!(owner(&world, "C3"), owner(&world, "C4"));
}

/// Appointments that stood were kept on top of a day that was full already: four first contacts where three are made.
#[test]
fn an_appointment_that_stands_counts_as_a_first_contact_of_its_day() {
    let world = World::of(
        "编号,名称,总金额,负责人,下次联系\nC1,甲,9000,王芳,2026-11-23\nC2,乙,8000,王芳,2026-11-24\n\
         C3,丙,7000,王芳,2026-11-24\nC4,丁,6000,王芳,\nC5,戊,5000,王芳,\nC6,己,4000,王芳,2026-11-02\nC7,庚,1,李强,\n",
    );
    let told = world.json(&["handover", "王芳", "--to", "李强", "--per-day", "2", "--as-of", "2026-11-20"]);
    let mut each: Vec<(&str, &str)> = told["handed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["code"].as_str().unwrap(), row["first_contact"].as_str().unwrap()))
        .collect();
    each.sort_unstable();
    // C6 was overdue and takes what the 23rd has left beside C1; C2 and C3 fill the 24th.
    let days = ["2026-11-23", "2026-11-24", "2026-11-24", "2026-11-25", "2026-11-25", "2026-11-23"];
    assert_eq!(each, ["C1", "C2", "C3", "C4", "C5", "C6"].into_iter().zip(days).collect::<Vec<_>>());
}
