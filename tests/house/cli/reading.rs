//! demo, list, find, show, due, history and keys.

use crate::cli::world::World;
use serde_json::Value;

#[test]
fn a_sample_book_is_the_same_for_a_seed_and_a_day() {
    let (one, other) = (World::sample(), World::sample());
    assert_eq!(one.run(&["list", "--csv"]).done().out, other.run(&["list", "--csv"]).done().out);
    assert_eq!(one.json(&["list"]).as_array().unwrap().len(), 30);
}

/// The first `u` in the sample book took back the tiers it came with.
#[test]
fn nothing_of_the_making_of_a_sample_book_is_undone() {
    let world = World::sample();
    let before = world.run(&["list", "--csv"]).done().out;
    let told = world.run(&["undo"]).err;
    assert!(told.contains("nothing"), "{told}");
    assert_eq!(world.run(&["list", "--csv"]).done().out, before);
}

#[test]
fn a_sample_is_not_made_over_a_book_or_over_other_files() {
    let world = World::sample();
    let told = world.run(&["demo", "--into", "book"]).failed(2);
    assert!(told.err.contains("not empty") && told.err.contains("Hint: "), "{}", told.err);
    std::fs::create_dir(world.path("mine")).unwrap();
    world.file("mine/letter.txt", "dear");
    world.run(&["demo", "--into", "mine"]).failed(2);
    assert_eq!(std::fs::read_dir(world.path("mine")).unwrap().count(), 1);
}

#[test]
fn a_list_has_every_column_by_name_in_json() {
    let world = World::sample();
    let all = world.json(&["list", "--limit", "1"]);
    let names: Vec<&str> =
        "code,name,industry,size,region,source,owner,life_stage,first_purchase,last_purchase,total_amount,\
        order_value,orders,repurchase_rate,satisfaction,tier,segment,conclusion,phone,profit,activity,loyalty,need,\
        next_contact,last_contact,stage,tags"
            .split(',')
            .collect();
    for name in names {
        assert!(all[0].get(name).is_some(), "{name}");
    }
    let amount = all[0]["total_amount"].as_str().unwrap();
    assert_eq!(amount.rsplit_once('.').map(|(_, cents)| cents.len()), Some(2));
    let rate = all[0]["repurchase_rate"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&rate));
}

#[test]
fn a_list_is_sorted_by_several_columns_and_cut() {
    let world = World::of("编号,名称,行业,总金额\nC1,甲,零售业,5\nC2,乙,制造业,9\nC3,丙,零售业,7\nC4,丁,,\n");
    let codes = |arguments: &[&str]| -> Vec<String> {
        let rows = world.json(&[&["list"], arguments].concat());
        rows.as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(&["--sort", "-total_amount"])[..3], ["C2", "C3", "C1"]);
    assert_eq!(codes(&["--sort", "industry,-总金额", "--lang", "en"]), ["C2", "C3", "C1", "C4"]);
    assert_eq!(codes(&["--sort", "-code", "--limit", "2"]), ["C4", "C3"]);
}

#[test]
fn text_is_aligned_and_says_what_a_table_gave_in_both_languages() {
    let world = World::of("编号,名称,总金额(万元)\nC1,华东重工,1.5\nC2,Acme,20\n");
    let zh = world.run(&["list", "--columns", "code,name,total_amount", "--lang", "zh"]).done().out;
    assert_eq!(
        zh,
        "编号  名称           总金额\nC1    华东重工   15,000.00*\nC2    Acme      200,000.00*\n* 表格所给数字\n"
    );
    let en = world.run(&["list", "--columns", "名称,total_amount"]).done().out;
    assert_eq!(en, "name          revenue\n华东重工   15,000.00*\nAcme      200,000.00*\n* given by a table\n");
    let csv = world.run(&["list", "--columns", "code,total_amount", "--csv"]).done().out;
    assert_eq!(csv, "code,revenue\nC1,15000.00\nC2,200000.00\n");
}

#[test]
fn an_unknown_column_names_the_near_one() {
    let world = World::sample();
    for arguments in [["list", "--columns", "industri"], ["list", "--sort", "-industri"]] {
        let told = world.run(&arguments).failed(2).err;
        assert!(told.contains("did you mean industry?"), "{told}");
    }
}

#[test]
fn customers_are_found_by_characters_pinyin_and_the_end_of_a_phone() {
    let world = World::of("编号,名称,电话\nC1,华东重工,13800138000\nC2,乐清电器,13900139111\n");
    for query in ["重工", "hdzg", "huadong", "8000", "c1"] {
        let found = world.json(&["find", query]);
        assert_eq!(found[0]["name"], "华东重工", "{query}");
        assert!(found[0]["score"].is_number() && found[0]["matched"].is_string());
    }
    assert!(world.run(&["find", "hdzg"]).done().out.contains("华东重工"));
    let none = world.run(&["find", "没有的"]);
    assert_eq!((none.status, none.out.as_str()), (3, ""));
    assert_eq!(world.json(&["find", "没有的"]), Value::Array(Vec::new()));
}

#[test]
fn a_card_has_the_customer_and_all_that_is_around_it() {
    let world = World::sample();
    let card = world.json(&["show", "C2023001"]);
    assert_eq!(card["customer"]["code"], "C2023001");
    for (list, most) in
        [("contacts", 99), ("next_steps", 99), ("deals", 99), ("follow_ups", 5), ("orders", 5), ("risks", 0)]
    {
        assert!(card[list].as_array().unwrap().len() <= most, "{list}");
    }
    for name in ["tier", "segment", "r", "f", "m", "reason"] {
        assert!(card["tier"].get(name).is_some(), "{name}");
    }
    let order = &card["orders"][0];
    assert!(order["amount"].is_string() && order["date"].as_str().unwrap().len() == 10);
    let english = world.run(&["show", "C2023001"]).done().out;
    let chinese = world.run(&["show", "C2023001", "--lang", "zh"]).done().out;
    assert!(english.contains("timeline") && chinese.contains("时间线"));
}

#[test]
fn a_customer_is_meant_by_code_then_by_exact_name_then_by_what_alone_is_found() {
    let world = World::of("编号,名称\nC1,华东\nC2,华东重工\nC3,华南\nC4,双胞胎\nC5,双胞胎\n");
    let code = |query: &str| world.json(&["show", query])["customer"]["code"].clone();
    assert_eq!([code("c2"), code("华东"), code("华南"), code("hdzg")], ["C2", "C1", "C3", "C2"]);
    for query in ["华", "双胞胎"] {
        let told = world.run(&["show", query]).failed(4).err;
        assert!(told.contains("C4") || told.contains("C1"), "{told}");
    }
    let candidates = world.json(&["show", "双胞胎"]);
    assert_eq!(candidates["candidates"].as_array().unwrap().len(), 2);
    assert!(world.run(&["show", "没有的"]).failed(3).err.contains("没有的"));
}

#[test]
fn what_is_due_comes_with_the_reason_and_the_longest_overdue_first() {
    let world = World::sample();
    let due = world.json(&["due"]);
    let days: Vec<i64> = due.as_array().unwrap().iter().map(|task| task["days_over"].as_i64().unwrap()).collect();
    assert!(!days.is_empty() && days.is_sorted_by(|a, b| a >= b), "{days:?}");
    for name in ["code", "name", "kind", "due", "days_over", "why", "last_words", "phone", "owner"] {
        assert!(due[0].get(name).is_some(), "{name}");
    }
    let owner = due[0]["owner"].as_str().unwrap();
    let own = world.json(&["due", "--owner", owner, "--days", "0"]);
    assert!(own.as_array().unwrap().iter().all(|task| task["owner"] == owner && task["days_over"].as_i64() >= Some(0)));
    world.run(&["due", "--owner", "谁也不是"]).failed(3);
    assert!(world.run(&["due", "--lang", "zh"]).done().out.contains("天前"));
}

#[test]
fn another_day_gives_another_queue() {
    let world = World::of("编号,名称,下次联系\nC1,甲,2026-11-25\n");
    assert_eq!(world.json(&["due", "--days", "0"]).as_array().unwrap().len(), 0);
    let later = world.json(&["due", "--days", "0", "--as-of", "2026-11-28"]);
    assert_eq!((later[0]["kind"].as_str(), later[0]["days_over"].as_i64()), (Some("contact"), Some(3)));
    world.run(&["due", "--as-of", "2023-13-40"]).failed(2);
}

#[test]
fn the_keys_are_listed_as_text_as_markdown_and_as_json() {
    let world = World::new();
    assert!(world.run(&["keys"]).done().out.contains("quit"));
    assert!(world.run(&["keys", "--markdown", "--lang", "zh"]).done().out.contains("|---|"));
    assert!(world.json(&["keys"]).as_array().unwrap().iter().any(|key| key["action"] == "quit"));
}

#[test]
fn a_mistake_in_ones_own_keys_is_told_with_its_line() {
    let world = World::new();
    let folder = world.path(".config/kehu/keymaps");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("mine.toml"), "[global]\n\"f2\" = \"qiut\"\n").unwrap();
    let told = world.run(&["keys", "--check"]);
    assert_eq!(told.status, 1);
    assert!(told.out.contains(":2:") && told.out.contains("quit"), "{}", told.out);
    std::fs::write(folder.join("mine.toml"), "[global]\n\"f2\" = \"quit\"\n").unwrap();
    world.run(&["keys", "--check"]).done();
}

#[test]
fn letters_that_only_resemble_a_name_mean_nobody_and_the_nearest_is_asked_for() {
    let world = World::of(
        "编号,名称\nC1,成都天府智造自动化\nC2,济南鹏翔轴承制造\nC3,重庆渝江汽车零部件\nC4,重庆松岭妇幼保健院\n",
    );
    let told = world.run(&["show", "zzz"]).failed(3).err;
    assert!(told.contains("zzz"), "{told}");
    assert_eq!(world.json(&["show", "cqyj"])["customer"]["code"], "C3");
    assert_eq!(world.json(&["show", "松岭"])["customer"]["code"], "C4");
    world.run(&["show", "重庆"]).failed(4);
    assert!(world.run(&["show", "yujangqiche"]).failed(3).err.contains("渝江"));
}

#[test]
fn a_card_tells_the_note_and_the_fields_of_ones_own() {
    let world = World::of("编号,名称,备注,纳税人识别号\nC1,华东重工,只收快递,91320000TEST\n");
    let text = world.run(&["show", "C1", "--lang", "zh"]).done().out;
    assert!(text.contains("备注            只收快递"), "{text}");
    assert!(text.contains("纳税人识别号    91320000TEST"), "{text}");
    let card = world.json(&["show", "C1"]);
    assert_eq!(card["customer"]["note"], "只收快递");
    assert_eq!(card["customer"]["custom"]["纳税人识别号"], "91320000TEST");
}
