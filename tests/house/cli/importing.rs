//! import: what comes in, what is said of the rest, and what a second time changes.

use crate::cli::world::World;
use serde_json::{Value, json};

fn counts(report: &Value, kind: &str) -> [u64; 4] {
    ["created", "updated", "unchanged", "refused"].map(|what| report[what][kind].as_u64().unwrap())
}

#[test]
fn a_table_of_given_figures_comes_in_whole_and_a_second_time_changes_nothing() {
    let world = World::new();
    world.file(
        "table.csv",
        "客户ID,客户名称,所属行业,企业规模(营收),生命周期阶段,首次购买日期,总交易金额(万元),复购率(%),满意度评分(分),跟进人,客户价值等级,核心结论与建议\n\
         C2023001,科技有限公司,制造业,5000万-1亿元,成长期,2023-03-15,120,50,4.2,经理,高价值潜力客户,需优化服务流程\n",
    );
    let report = world.json(&["import", "table.csv"]);
    assert_eq!(counts(&report, "customers"), [1, 0, 0, 0]);
    assert_eq!(report["problems"], json!([]));
    let row = &world.json(&["list", "--lang", "zh"])[0];
    let expected =
        json!(["制造业", "growing", "2023-03-15", "1200000.00", 0.5, 4.2, "经理", "高价值潜力客户", "需优化服务流程"]);
    let names = [
        "industry",
        "life_stage",
        "first_purchase",
        "total_amount",
        "repurchase_rate",
        "satisfaction",
        "owner",
        "tier",
        "conclusion",
    ];
    assert_eq!(Value::Array(names.iter().map(|name| row[*name].clone()).collect()), expected);
    assert!(row["given"].as_array().unwrap().contains(&json!("total_amount")));
    assert_eq!(counts(&world.json(&["import", "table.csv"]), "customers"), [0, 0, 1, 0]);
}

#[test]
fn every_bad_cell_is_told_with_its_place_and_the_row_is_kept() {
    let world = World::new();
    world.file(
        "bad.csv",
        "名称,首次接触,总金额,备注\n甲,2023-13-40,12.5万,\n乙,2023/5/8,\"￥1,234.50\",\n丙,,(500),\n丁,,abc,x\n,,5,谁\n",
    );
    let answer = world.run(&["import", "bad.csv", "--json"]);
    assert_eq!(answer.status, 1);
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(counts(&report, "customers"), [4, 0, 0, 1]);
    let problems: Vec<(i64, &str, &str, bool)> = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| {
            let text = |name: &str| problem[name].as_str().unwrap_or_default();
            (problem["line"].as_i64().unwrap(), text("column"), text("value"), problem["kept"].as_bool().unwrap())
        })
        .collect();
    assert_eq!(problems[0], (2, "首次接触", "2023-13-40", true));
    assert_eq!(problems[1], (5, "总金额", "abc", true));
    assert_eq!((problems[2].0, problems[2].3, problems.len()), (6, false, 3));
    assert!(
        report["problems"]
            .as_array()
            .unwrap()
            .iter()
            .all(|problem| problem["reason"].is_string() && problem["file"] == "bad.csv")
    );
    let rows = world.json(&["list", "--sort", "name", "--columns", "name,total_amount"]);
    let mut amounts: Vec<&str> =
        rows.as_array().unwrap().iter().filter_map(|row| row["total_amount"].as_str()).collect();
    amounts.sort_unstable();
    assert_eq!(amounts, ["-500.00", "0.00", "1234.50", "125000.00"]);
}

#[test]
fn a_text_report_names_the_problems_in_the_language_asked_for() {
    let world = World::new();
    world.file("bad.csv", "名称,总金额\n甲,abc\n");
    let zh = world.run(&["import", "bad.csv", "--lang", "zh"]);
    assert!(zh.status == 1 && zh.out.contains("看不出是多少钱") && zh.out.contains("kehu undo"), "{}", zh.out);
    let en = world.run(&["import", "bad.csv"]);
    assert!(en.status == 1 && en.out.contains("not an amount"), "{}", en.out);
}

#[test]
fn orders_and_their_lines_in_two_files_are_joined() {
    let world = World::of("customer_id,customer name\nALFKI,Alfreds\n");
    world.file("orders.csv", "order_id,customer_id,order_date\n1,ALFKI,2026-01-05\n2,ALFKI,2026-02-05\n");
    world.file(
        "lines.csv",
        "order_id,product,unit_price,quantity,discount\n1,Chai,18,2,0\n1,Tofu,23.25,1,0.1\n2,Chai,18,1,0\n",
    );
    let report = world.json(&["import", "orders.csv", "lines.csv"]);
    assert_eq!(counts(&report, "orders"), [2, 0, 0, 0], "{report}");
    let row = &world.json(&["list"])[0];
    assert_eq!((row["total_amount"].as_str(), row["orders"].as_i64()), (Some("74.93"), Some(2)));
    assert_eq!(counts(&world.json(&["import", "orders.csv", "lines.csv"]), "orders"), [0, 0, 2, 0]);
}

#[test]
fn deals_of_nobody_are_kept_and_known_again() {
    let world = World::new();
    let deals = "opportunity_id,account,product,deal_stage,engage_date\nA1,Acme,GTX,Engaging,2026-01-02\nA2,,GTX,Somewhere,2026-01-03\n";
    world.file("deals.csv", deals);
    let report = world.json(&["import", "deals.csv", "--kind", "deals"]);
    assert_eq!((counts(&report, "deals")[0], counts(&report, "customers")[0]), (2, 1), "{report}");
    assert_eq!(report["new_stages"], json!(["Somewhere"]));
    let again = world.json(&["import", "deals.csv", "--kind", "deals"]);
    assert_eq!(counts(&again, "deals"), [0, 0, 2, 0], "{again}");
}

#[test]
fn what_was_said_of_a_header_is_remembered_and_undone_with_the_import() {
    let world = World::new();
    world.file("odd.csv", "Firma,Umsatz\nMüller AG,12\n");
    let map = ["--kind", "customers", "--map", "name=Firma", "--map", "total_amount=Umsatz"];
    world.run(&[&["import", "odd.csv"][..], &map].concat()).done();
    world.file("odd.csv", "Firma,Umsatz\nMüller AG,15\nSchmidt,1\n");
    let report = world.json(&["import", "odd.csv"]);
    assert_eq!(counts(&report, "customers"), [1, 1, 0, 0], "{report}");
    world.run(&["undo"]).done();
    world.run(&["undo"]).done();
    assert_eq!(world.json(&["list"]), json!([]));
    world.run(&["import", "odd.csv"]).failed(2);
    let unmapped = world.run(&["import", "odd.csv", "--map", "nonsense=Firma", "--kind", "customers"]).failed(2);
    assert!(unmapped.err.contains("nonsense"));
}

#[test]
fn a_trial_writes_nothing_and_makes_no_book() {
    let world = World::new();
    world.file("a.csv", "名称\n甲\n");
    let report = world.json(&["import", "a.csv", "--dry-run"]);
    assert_eq!((counts(&report, "customers")[0], &report["dry_run"]), (1, &json!(true)));
    assert!(!world.path("book").exists());
    let left: Vec<_> = std::fs::read_dir(world.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["a.csv"]);
}

#[test]
fn only_new_records_or_only_known_ones_can_be_taken() {
    let world = World::of("编号,名称,电话\nC1,甲,1111111\n");
    world.file("next.csv", "编号,名称,电话\nC1,甲,2222222\nC2,乙,3333333\n");
    let phones = |world: &World| {
        let rows = world.json(&["list"]);
        rows.as_array()
            .unwrap()
            .iter()
            .map(|row| row["phone"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    let refused = world.run(&["import", "next.csv", "--mode", "update"]);
    assert_eq!((refused.status, phones(&world)), (1, vec!["2222222".to_owned()]), "{refused:?}");
    world.file("next.csv", "编号,名称,电话\nC1,甲,4444444\nC2,乙,3333333\n");
    world.run(&["import", "next.csv", "--mode", "create"]).done();
    assert_eq!(phones(&world), ["2222222", "3333333"]);
}

#[test]
fn a_whole_import_is_one_undo_and_one_redo() {
    let world = World::of("编号,名称\nC1,甲\n");
    let rows: String = (2..2_500).map(|number| format!("C{number},客户{number}\n")).collect();
    world.file("many.csv", format!("编号,名称\n{rows}"));
    world.run(&["import", "many.csv"]).done();
    let count = || world.json(&["list", "--columns", "code"]).as_array().unwrap().len();
    assert_eq!(count(), 2_499);
    assert!(world.run(&["undo"]).done().out.contains("many.csv"));
    assert_eq!(count(), 1);
    world.run(&["redo"]).done();
    assert_eq!(count(), 2_499);
}

#[test]
fn a_file_can_be_piped_in_and_in_another_encoding() {
    let world = World::new();
    let gb = [b"\xc3\xfb\xb3\xc6,\xb1\xb8\xd7\xa2\n".as_slice(), b"\xc0\xee\xc0\xd7,x\n"].concat();
    let answer = world.piped(&["import", "-", "--json"], &gb);
    assert_eq!(answer.status, 0, "{answer:?}");
    assert_eq!(world.json(&["list"])[0]["name"], "李雷");
    world.run(&["import", "-", "--encoding", "latin9"]).failed(2);
}

#[test]
fn the_same_figures_under_a_new_file_name_change_nothing() {
    let world = World::new();
    let table = "客户ID,客户名称,总交易金额(万元)\nC1,甲公司,120\n";
    world.file("十月.csv", table);
    world.file("十一月.csv", table);
    world.run(&["import", "十月.csv"]).done();
    assert_eq!(counts(&world.json(&["import", "十一月.csv"]), "customers"), [0, 0, 1, 0]);
    world.file("十一月.csv", table.replace("120", "130"));
    assert_eq!(counts(&world.json(&["import", "十一月.csv"]), "customers"), [0, 1, 0, 0]);
}

#[test]
fn a_product_misspelt_is_told_with_its_near_name_and_an_alias_mends_it_for_good() {
    let world = World::new();
    world.file("products.csv", "product,series,sales_price\nGTX Pro,GTX,4821\n");
    world.run(&["import", "products.csv"]).done();
    let deals = |number: &str| {
        format!(
            "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n{number},Ann,GTXPro,Acme,Won,1/20/2017,3/14/2017,4000\n"
        )
    };
    world.file("one.csv", deals("A1"));
    let told = world.json(&["import", "one.csv"]);
    assert!(
        told["notes"].as_array().unwrap().iter().any(|note| note["reason"].as_str().unwrap().contains("GTX Pro")),
        "{told}"
    );
    let mended = world.json(&["import", "one.csv", "--values", "product:GTXPro=GTX Pro"]);
    assert_eq!((counts(&mended, "products")[1], counts(&mended, "deals")[1]), (1, 1), "{mended}");
    world.file("two.csv", deals("A2"));
    let later = world.json(&["import", "two.csv"]);
    assert_eq!(later["notes"], json!([]));
    world.run(&["export", "deals", "--format", "json", "-o", "deals.json"]).done();
    let written = std::fs::read_to_string(world.path("deals.json")).unwrap();
    assert_eq!((written.matches("GTX Pro").count(), written.contains("GTXPro")), (2, false), "{written}");
}

#[test]
fn orders_without_numbers_come_again_without_doubling_and_with_a_warning() {
    let world = World::new();
    world.file("october.csv", "客户,日期,金额\n甲公司,2026-10-01,100\n甲公司,2026-10-05,250.5\n");
    world
        .file("november.csv", "客户,日期,金额\n甲公司,2026-10-01,100\n甲公司,2026-10-05,250.5\n乙公司,2026-11-01,80\n");
    let first = world.run(&["import", "october.csv", "--kind", "orders"]).done();
    assert!(format!("{}{}", first.out, first.err).contains("matched by customer, day and amount"), "{first:?}");
    let again = world.json(&["import", "november.csv", "--kind", "orders"]);
    assert_eq!((&again["created"]["orders"], &again["unchanged"]["orders"]), (&1.into(), &2.into()), "{again}");
}

#[test]
fn a_customer_with_given_revenue_is_no_prospect() {
    let world = World::of("编号,名称,总金额\nC1,华东,12万\nC2,华南,\n");
    let stage = |code: &str| world.json(&["show", code])["customer"]["life_stage"].clone();
    assert_eq!(stage("C1"), Value::Null);
    assert_eq!(stage("C2"), "prospect");
    assert!(!world.run(&["show", "C1", "--lang", "zh"]).done().out.contains("首单"));
}
