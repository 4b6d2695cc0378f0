//! What texts mean, what is wrong in them, and that what is written out reads back the same.

use super::{Check, Choice, Filter, Order, Period, Share, Subject, Unit, Value, Wrong};
use crate::domain::measure::{Rate, Score};
use crate::domain::money::Money;
use crate::domain::time::Day;
use crate::parse::period_words::window;
use crate::query::field::{Column, FieldType, columns};
use crate::text::Language;
use proptest::prelude::*;

fn read(text: &str) -> Filter {
    Filter::read(text).unwrap_or_else(|fault| panic!("{text}: {} at {}", fault.say(Language::En), fault.at))
}

/// What is wrong in a text, and the characters it is about.
fn fault(text: &str) -> (Wrong, String) {
    let fault = Filter::read(text).expect_err(text);
    (fault.wrong, text.chars().skip(fault.at).take(fault.length).collect())
}

const PAIRS: &[(&str, &str)] = &[
    ("客单价>10万 且 复购率>30% 且 满意度>4", "order_value > 100k and repurchase > 30% and satisfaction > 4"),
    ("客单价＞１０万且复购率大于30％且满意度超过4分", "order_value > 100k and repurchase > 30% and satisfaction > 4"),
    ("行业=制造业 客单价>10万", "industry = 制造业 order_value > 100k"),
    ("行业=制造业，客单价>10万", "industry in (制造业) and order value over 100,000"),
    ("行业=制造业,零售业 或 地域=华东", "industry in (制造业, 零售业) or region is 华东"),
    ("（行业=制造业 或 行业=零售业）且 非 标签=重点", "(industry=制造业 or industry=零售业) and not tags=重点"),
    ("总金额=10万..50万", "total_amount between 100k and 500k"),
    ("总金额10-50万", "revenue = 100k..500k"),
    ("总金额 介于10万和50万之间", "total_amount = 100k-500k"),
    ("总金额10万以上", "total_amount >= 0.1m"),
    ("最近购买 近90天", "last_purchase last 90d"),
    ("最近购买早于90天前", "last order before 90 days ago"),
    ("下次联系 <= 今天", "next_contact <= today"),
    ("下次联系 未来7天", "next contact in next 7 days"),
    ("首次购买 2023年", "first_purchase in 2023"),
    ("首次购买=2023-05-01..2023-06-30", "first order between 2023-05-01 and 2023/6/30"),
    ("首次购买 本月", "first_purchase = this month"),
    ("首次购买 本季度", "first_purchase this quarter"),
    ("下次联系为空", "next_contact is empty"),
    ("下次联系不为空", "next_contact not empty"),
    ("前20%", "top 20%"),
    ("利润前10名", "profit top 10"),
    ("总金额后5%", "bottom 5% by revenue"),
    ("近12个月交易金额前20%", "total_amount(last 12m) top 20%"),
    ("总金额(今年)>50万", "total_amount(this year) > 500k"),
    ("2023年成交客户", "bought in 2023"),
    ("近12月", "last 12m"),
    ("名称包含 重工", "name contains 重工"),
    ("名称~重工", "name: 重工"),
    ("名称不含 重工", "name does not contain 重工"),
    ("编号 开头为 C2023", "code starts with C2023"),
    ("负责人=我", "owner = me"),
    ("我的", "mine"),
    ("#老客户", "tags = 老客户"),
    ("生命周期=成长期,稳定期", "life_stage = growing, stable"),
    ("活跃度=休眠", "activity is dormant"),
    ("阶段状态>=方案报价", "stage >= 方案报价"),
    ("行业≠制造业", "industry not 制造业"),
    ("频次≥3 客单价小于等于5千", "orders at least 3 order_value at most 5k"),
];

#[test]
fn english_and_chinese_mean_the_same() {
    for (zh, en) in PAIRS {
        assert_eq!(read(zh), read(en), "{zh} | {en}");
    }
}

#[test]
fn an_amount_may_end_in_a_digit_after_its_unit() {
    assert_eq!(read("总金额>12万5"), read("total_amount > 125k"));
}

#[test]
fn or_binds_weaker_than_and_and_brackets_bind_strongest() {
    let part = |text| read(text);
    let a = || part("orders>1");
    let (b, c) = (part("orders>2"), part("orders>3"));
    assert_eq!(read("orders>1 orders>2 or orders>3"), Filter::any(vec![Filter::all(vec![a(), b.clone()]), c.clone()]));
    assert_eq!(read("orders>1 (orders>2 or orders>3)"), Filter::all(vec![a(), Filter::any(vec![b, c])]));
}

#[test]
fn latin_words_go_on_over_spaces_until_a_condition_begins() {
    let real_estate = Filter::test(Column::Industry, Check::Is(vec![Value::Word("Real estate".to_owned())]));
    assert_eq!(read("industry = Real estate"), real_estate);
    assert_eq!(read("industry = Real estate orders > 3"), Filter::all(vec![real_estate.clone(), read("orders>3")]));
    assert_eq!(read("industry = Real estate and mine"), Filter::all(vec![real_estate, read("mine")]));
}

#[test]
fn what_is_quoted_is_taken_as_it_is() {
    let named = |text: &str| Filter::test(Column::Name, Check::Is(vec![Value::Word(text.to_owned())]));
    assert_eq!(read("name = \"A and B (x)\""), named("A and B (x)"));
    assert_eq!(read("名称=“且慢”"), named("且慢"));
}

#[test]
fn a_fault_points_at_the_wrong_word_and_names_the_field_that_is_near() {
    assert_eq!(
        fault("行业=制造业 且 客单介>10万"),
        (Wrong::Field("客单介".to_owned(), Some(Column::OrderValue)), "客单介".to_owned())
    );
    assert_eq!(
        fault("industry=retail ordr_value > 100k"),
        (Wrong::Field("ordr_value".to_owned(), Some(Column::OrderValue)), "ordr_value".to_owned())
    );
    let said = Filter::read("客单介>10万").unwrap_err();
    assert_eq!(said.say(Language::Zh), "没有名为“客单介”的列；是否想写“客单价”？");
    assert_eq!(said.say(Language::En), "no field is called “客单介”; did you mean “order_value”?");
}

#[test]
fn every_kind_of_fault_points_where_it_is() {
    let cases = [
        ("", ""),
        ("客单价", "客单价"),
        ("客单价>", ""),
        ("客单价>abc", "abc"),
        ("客单价>30%", "30%"),
        ("频次>2.5", "2.5"),
        ("满意度包含4", "包含"),
        ("行业>制造业", ">"),
        ("行业前20%", "前20%"),
        ("生命周期=老客", "老客"),
        ("最近购买>90天", "90天"),
        ("满意度(近12月)>4", "满意度"),
        ("总金额(很久)>4", "很久"),
        ("(行业=制造业", "("),
        ("行业=制造业)", ")"),
        ("名称=\"华东", "\""),
        ("前0%", "0%"),
        ("地址=上海", "地址"),
        ("行业=制造业 且", ""),
        ("总金额 between 1k", ""),
    ];
    for (text, about) in cases {
        let (wrong, pointed) = fault(text);
        assert_eq!(pointed, about, "{text}: {wrong:?}");
        let said = Filter::read(text).unwrap_err();
        assert!(!said.say(Language::Zh).is_empty() && !said.say(Language::En).contains("{}"), "{text}");
    }
}

#[test]
fn brackets_beyond_all_use_are_refused_and_do_not_exhaust_the_stack() {
    for deep in ["(", "not ", "非", "!"] {
        assert_eq!(Filter::read(&deep.repeat(100_000)).unwrap_err().wrong, Wrong::Deep, "{deep}");
    }
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("制造业".to_owned()),
        Just("Real estate".to_owned()),
        Just("且慢".to_owned()),
        Just("空气\\设备\"".to_owned()),
        Just("我".to_owned()),
        Just("and".to_owned()),
        Just("tier".to_owned()),
        Just("last 90d".to_owned()),
        Just("客单价".to_owned()),
        "[ -~一-十（）＝]{1,8}",
    ]
}

fn unit() -> impl Strategy<Value = Unit> {
    prop_oneof![Just(Unit::Day), Just(Unit::Week), Just(Unit::Month), Just(Unit::Quarter), Just(Unit::Year)]
}

fn period() -> impl Strategy<Value = Period> {
    prop_oneof![
        (1..=9_999_u32, unit()).prop_map(|(count, unit)| Period::Last(count, unit)),
        (1..=9_999_u32, unit()).prop_map(|(count, unit)| Period::Next(count, unit)),
        (unit(), -1..=1).prop_map(|(unit, shift)| Period::This(unit, shift)),
        (-9_999..=9_999, unit()).prop_map(|(count, unit)| Period::Away(count, unit)),
        (0..100_000).prop_map(|number| Period::On(Day::from_number(number))),
        (0..100_000).prop_map(|number| Period::Month(Day::from_number(number).month())),
        (1_900..=2_999, 1..=4_u32).prop_map(|(year, quarter)| Period::Quarter(year, quarter)),
        (1_900..=2_999).prop_map(Period::Year),
    ]
}

fn value(column: Column, holds: FieldType) -> BoxedStrategy<Value> {
    match holds {
        FieldType::Money => any::<i64>().prop_map(|cents| Value::Money(Money::from_cents(cents))).boxed(),
        FieldType::Whole => any::<i64>().prop_map(Value::Whole).boxed(),
        FieldType::Rate => any::<i32>().prop_map(|points| Value::Rate(Rate::from_basis_points(points))).boxed(),
        FieldType::Score | FieldType::Quantity => {
            any::<i32>().prop_map(|points| Value::Score(Score::from_hundredths(points))).boxed()
        }
        FieldType::Day => period().prop_map(Value::Period).boxed(),
        FieldType::Choice(_) => {
            let all: Vec<Choice> = super::choices(column).collect();
            prop::sample::select(all).prop_map(Value::Choice).boxed()
        }
        FieldType::Link(_) => prop_oneof![Just(Value::Me), word().prop_map(Value::Word)].boxed(),
        _ => word().prop_map(Value::Word).boxed(),
    }
}

fn order() -> impl Strategy<Value = Order> {
    prop_oneof![Just(Order::More), Just(Order::AtLeast), Just(Order::Less), Just(Order::AtMost)]
}

fn check(column: Column, holds: FieldType) -> BoxedStrategy<Check> {
    let values = || prop::collection::vec(value(column, holds), 1..4);
    let is = values().prop_map(Check::Is);
    let ordered = (order(), value(column, holds)).prop_map(|(order, value)| Check::Compare(order, value));
    let between = (value(column, holds), value(column, holds)).prop_map(|(low, high)| Check::Between(low, high));
    let texts = || prop::collection::vec(word(), 1..3);
    let share = prop_oneof![
        (1..=10_000).prop_map(|points| Share::Part(Rate::from_basis_points(points))),
        (1..=u32::MAX).prop_map(Share::Count)
    ];
    let rank = (any::<bool>(), share).prop_map(|(largest, share)| Check::Rank { largest, share });
    match holds {
        FieldType::Day => prop_oneof![is, ordered, between, Just(Check::Empty)].boxed(),
        _ if holds.is_number() => prop_oneof![is, ordered, between, rank, Just(Check::Empty)].boxed(),
        FieldType::Choice(_) => prop_oneof![is, Just(Check::Empty)].boxed(),
        _ => prop_oneof![is, texts().prop_map(Check::Has), texts().prop_map(Check::Starts), Just(Check::Empty)].boxed(),
    }
}

fn condition() -> impl Strategy<Value = Filter> {
    let all: Vec<(Column, FieldType)> =
        columns().filter_map(|field| field.column.map(|(column, _)| (column, field.holds))).collect();
    let plain = prop::sample::select(all).prop_flat_map(|(column, holds)| {
        let windowed = matches!(column, Column::TotalAmount | Column::OrderValue | Column::Orders | Column::Profit);
        let window = if windowed { prop::option::of(period()).boxed() } else { Just(None).boxed() };
        (window, check(column, holds)).prop_map(move |(window, check)| Filter::Test(Subject { column, window }, check))
    });
    prop_oneof![9 => plain, 1 => period().prop_map(Filter::Bought)]
}

fn filters() -> impl Strategy<Value = Filter> {
    condition().prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Filter::all),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Filter::any),
            inner.prop_map(Filter::negated),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_filter_written_out_in_either_language_reads_back_the_same(filter in filters()) {
        for language in [Language::En, Language::Zh] {
            let text = filter.said(language);
            prop_assert_eq!(Filter::read(&text), Ok(filter.clone()), "{}", text);
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic_or_point_outside(text in any::<String>()) {
        if let Err(fault) = Filter::read(&text) {
            prop_assert!(fault.at <= text.chars().count());
            prop_assert!(!fault.say(Language::Zh).is_empty());
        }
    }

    #[test]
    fn no_mixture_of_the_languages_words_makes_the_reader_panic(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "客单价", "order_value", "行业", " ", "=", ">", "10万", "前", "20%", "近", "12月", "(", "（", ")", "且", "or",
                "非", "not", "\"", "“", "..", "-", "，", "2023", "年", "为空", "介于", "between", "and", "#", "last", "90d", "天前",
                "in", "负责人", "我", "的", "生命周期", "9999999999999999999999", "-", "\\", "🙂", "\u{3000}", "…", "top", "by",
            ]),
            0..14,
        )
    ) {
        let text = words.concat();
        if let Ok(filter) = Filter::read(&text) {
            let said = filter.said(Language::Zh);
            prop_assert_eq!(Filter::read(&said), Ok(filter), "{} | {}", text, said);
        }
    }
}

#[test]
fn a_date_that_is_none_is_said_to_be_none_and_not_taken_for_a_year() {
    assert!(matches!(fault("首次购买=2026-13-45").0, Wrong::Value(Column::FirstPurchase, super::fault::Wanted::Day)));
    assert!(Filter::read("首次购买=2023..2024").is_ok());
}

#[test]
fn a_space_before_the_year_sign_changes_nothing() {
    assert_eq!(read("2023 年成交客户"), read("2023年成交客户"));
    assert_eq!(read("首次购买 2023 年"), read("首次购买=2023年"));
    assert_eq!(read("2023 年一季度成交"), read("2023Q1成交"));
}

/// A second comma ended the number, and what followed was said to belong nowhere.
#[test]
fn an_amount_may_have_as_many_thousands_commas_as_it_needs_while_counts_stay_a_list() {
    assert_eq!(read("总金额>1,000,000"), read("总金额>100万"));
    assert_eq!(read("总金额=12,345,678..1,000,000,000"), read("总金额=12345678..10亿"));
    let list = Check::Is(vec![Value::Whole(3), Value::Whole(4)]);
    assert_eq!(read("频次=3,4"), Filter::test(Column::Orders, list));
    let whole = Check::Is(vec![Value::Whole(3), Value::Whole(20_260_930)]);
    assert_eq!(read("频次=3, 20260930"), Filter::test(Column::Orders, whole));
}

#[test]
fn a_range_of_days_needs_no_sign_before_it() {
    assert_eq!(read("首次购买 2023-01-01..2023-06-30"), read("首次购买=2023-01-01..2023-06-30"));
    assert_eq!(read("首次购买 2023-01-01 至 2023-06-30 频次>3"), read("首次购买=2023-01-01..2023-06-30 频次>3"));
    assert_eq!(read("频次 3..10"), read("频次=3..10"));
}

#[test]
fn a_beginning_may_be_said_around_the_text() {
    for text in ["名称以重庆开头", "名称 以重庆开头", "名称 以 重庆 开头", "名称以“重庆”开头", "name begins with 重庆"]
    {
        assert_eq!(read(text), Filter::test(Column::Name, Check::Starts(vec!["重庆".to_owned()])), "{text}");
    }
    assert_eq!(read("行业=制造业 名称以重庆开头"), read("行业=制造业 且 名称^=重庆"));
}

/// “客户”, one slip away as well, came first in the table.
#[test]
fn a_name_broken_off_is_taken_for_the_one_it_begins() {
    let near = Some(Column::OrderValue);
    assert_eq!(fault("客单>10万"), (Wrong::Field("客单".to_owned(), near), "客单".to_owned()));
}

#[test]
fn values_of_one_field_may_be_joined_by_or() {
    assert_eq!(read("行业=制造业 或 服务业"), read("行业=制造业,服务业"));
    assert_eq!(read("价值等级=高或中 且 客单价>10万"), read("价值等级=高,中 且 客单价>10万"));
    assert_eq!(read("industry = Real estate or retail"), read("industry = \"Real estate\", retail"));
    assert_eq!(read("生命周期=成长期或稳定期"), read("生命周期=成长期,稳定期"));
}

#[test]
fn an_or_before_another_condition_still_joins_conditions() {
    let either = |text| Filter::any(vec![read("行业=制造业"), read(text)]);
    for text in
        ["我的", "非 标签=重点", "近90天成交", "bought last 90d", "前20%", "客单价>10万", "流失风险", "(频次>3)"]
    {
        assert_eq!(read(&format!("行业=制造业 或 {text}")), either(text), "{text}");
    }
}

#[test]
fn a_region_and_an_industry_written_together_are_two_conditions() {
    assert_eq!(read("华东制造业"), read("地域=华东 行业=制造业"));
    assert_eq!(read("浙江省服务业 客单价>10万"), read("地域=浙江省 行业=服务业 客单价>10万"));
}

#[test]
fn a_churn_risk_needs_no_value_to_be_asked_for() {
    assert_eq!(read("流失风险"), read("churn_risk = yes"));
    assert_eq!(read("非 流失风险"), read("churn_risk != yes"));
    assert_eq!(
        read("行业=制造业，流失风险 客户类型=机构 潜力>3"),
        read("行业=制造业 流失风险=是 kind=government potential>3")
    );
}

#[test]
fn a_window_of_time_is_read_whole_or_not_at_all() {
    for text in ["12", "12m", "12M", "12月", "12个月", "近12月", "近 12 个月", "last 12 months", "1年", "4q", "１２月"]
    {
        assert_eq!(window(text), Some(Some(12)), "{text}");
    }
    assert_eq!((window("半年"), window("全部"), window("all")), (Some(Some(6)), Some(None), Some(None)));
    for text in ["12mm", "1.5", "1.5m", "12 m x", "0", "1201", "90天", "", "some 12"] {
        assert_eq!(window(text), None, "{text}");
    }
}
