//! list --filter, --view, and export --filter.

use crate::cli::world::World;

fn world() -> World {
    World::of(
        "编号,名称,行业,总金额,客单价,复购率,满意度,负责人,首次购买\n\
         C1,华东重工,制造业,120万,20万,50%,4.2,王芳,2023-03-15\n\
         C2,Acme,零售业,80万,16万,40%,4.8,李强,2022-08-10\n\
         C3,小店,零售业,3000,1000,20%,3.5,王芳,2023-01-20\n",
    )
}

fn codes(world: &World, arguments: &[&str]) -> Vec<String> {
    let rows = world.json(&[&["list"], arguments].concat());
    rows.as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_filter_in_either_language_lets_the_same_customers_through() {
    let world = world();
    for filter in
        ["客单价>10万 且 复购率>30% 且 满意度>4", "order_value > 100k and repurchase > 30% and satisfaction > 4"]
    {
        assert_eq!(codes(&world, &["--filter", filter, "--sort", "-total_amount"]), ["C1", "C2"], "{filter}");
    }
    assert_eq!(codes(&world, &["--filter", "行业=零售业 总金额<1万"]), ["C3"]);
    assert_eq!(codes(&world, &["--filter", "首次购买 2023年"]), ["C1", "C3"]);
    assert_eq!(codes(&world, &["--filter", "owner = 王芳", "--sort", "-code", "--limit", "1"]), ["C3"]);
}

#[test]
fn a_wrong_filter_ends_with_2_and_points_at_the_wrong_characters() {
    let told = world().run(&["list", "--filter", "行业=制造业 客单介>10万", "--lang", "zh"]).failed(2).err;
    let expected = "错误：没有名为“客单介”的列；是否想写“客单价”？\n  行业=制造业 客单介>10万\n              ^^^^^^\n";
    assert!(told.starts_with(expected), "{told}");
    assert!(world().run(&["export", "customers", "--filter", "客单价>"]).failed(2).err.contains("wants an amount"));
}

#[test]
fn a_shipped_view_is_named_by_its_key_or_its_words_and_an_unknown_one_is_told() {
    let world = world();
    assert_eq!(codes(&world, &["--view", "top"]), ["C1"]);
    assert_eq!(codes(&world, &["--view", "前20%大客户", "--columns", "code"]), ["C1"]);
    assert_eq!(codes(&world, &["--view", "unplanned", "--filter", "行业=零售业"]), ["C2", "C3"]);
    assert!(world.run(&["list", "--view", "tpo"]).failed(3).err.contains("did you mean top?"));
}

#[test]
fn an_export_holds_only_the_customers_the_filter_lets_through() {
    let world = world();
    let out = world.run(&["export", "customers", "--columns", "code", "--filter", "行业=零售业"]).done().out;
    assert!(out.contains("C2") && out.contains("C3") && !out.contains("C1"), "{out}");
    let table = world.run(&["export", "s0", "--filter", "总金额>100万"]).done().out;
    assert!(table.contains("C1") && !table.contains("C2"), "{table}");
}

/// The view asked for “activity = dormant” and so showed others than `kehu risk` did.
#[test]
fn the_view_of_churn_risk_shows_whom_the_command_warns_of() {
    let world = World::sample();
    let codes = |arguments: &[&str]| {
        let told = world.json(arguments);
        let mut codes: Vec<String> =
            told.as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap().to_owned()).collect();
        codes.sort_unstable();
        codes
    };
    let warned = codes(&["risk"]);
    assert!(!warned.is_empty());
    assert_eq!(codes(&["list", "--view", "churn"]), warned);
    assert_eq!(codes(&["list", "--filter", "流失风险"]), warned);
}

#[test]
fn kind_and_potential_are_columns_one_can_filter_by() {
    let world = World::of("编号,名称,客户类型,潜力\nC1,甲,企业,80\nC2,乙,个人,20\nC3,丙,政府,\n");
    let told = world.json(&["list", "--filter", "客户类型=企业 或 机构"]);
    assert_eq!(told.as_array().unwrap().len(), 2);
    let told = world.json(&["list", "--filter", "潜力>50", "--columns", "code,kind,potential,churn_risk"]);
    assert_eq!(
        (&told[0]["code"], &told[0]["kind"], &told[0]["churn_risk"]),
        (&"C1".into(), &"b2b".into(), &"no".into())
    );
    assert_eq!((told.as_array().unwrap().len(), told[0]["potential"].as_f64()), (1, Some(80.0)));
}

fn with_sizes() -> World {
    World::of(
        "编号,名称,规模,首次购买,年龄\n\
         S1,一,500万以下,2026-05-01,\n\
         S2,二,500万-1000万,2020-01-20,\n\
         S3,三,1000万-5000万,2023-01-20,\n\
         S4,四,1亿元以上,2024-11-19,\n",
    )
}

/// A story: sizes were words without an order, and `规模>1000万` was refused.
#[test]
fn sizes_are_compared_by_the_amounts_of_their_bands() {
    let world = with_sizes();
    for filter in ["规模>1000万", "size >= 10M", "规模>500万-1000万", "规模 1000万以上", "规模=1000万以上"]
    {
        assert_eq!(codes(&world, &["--filter", filter, "--sort", "code"]), ["S3", "S4"], "{filter}");
    }
    assert_eq!(codes(&world, &["--filter", "规模<=1000万", "--sort", "code"]), ["S1", "S2"]);
    assert_eq!(codes(&world, &["--filter", "规模 介于 500万 和 5000万", "--sort", "code"]), ["S2", "S3"]);
    assert_eq!(codes(&world, &["--filter", "规模=1000万-5000万"]), ["S3"]);
    assert_eq!(codes(&world, &["--sort", "-size"]), ["S4", "S3", "S2", "S1"]);
}

#[test]
fn years_of_cooperation_count_from_the_first_purchase() {
    let world = with_sizes();
    let codes_of = |filter: &str| codes(&world, &["--filter", filter, "--sort", "code", "--as-of", "2026-11-19"]);
    assert_eq!(codes_of("合作年限>=2"), ["S2", "S3", "S4"]);
    assert_eq!(codes_of("years_of_cooperation < 1"), ["S1"]);
    assert_eq!(codes_of("合作年限>3年"), ["S2", "S3"]);
}

#[test]
fn every_column_is_asked_for_by_the_name_the_users_tables_have() {
    let names = "联系方式,历史购买,消费金额,利润贡献,购买频率,活跃度,忠诚度,需求偏好,满意度,分级,跟进人,产品,年龄,性别,合作年限";
    let rows = with_sizes().json(&["list", "--columns", names, "--limit", "1"]);
    assert_eq!(rows[0]["product"], serde_json::Value::Null);
    assert!(rows[0].get("orders").is_some() && rows[0].get("owner").is_some(), "{rows}");
}
