//! The same text means the same value at every door, or is refused there with words: texts drawn by chance.

use super::{amounts, days, line};
use proptest::prelude::*;
use proptest::sample::select;

/// A number with whatever people write before and behind it.
fn amount_texts() -> impl Strategy<Value = String> {
    let before = select(vec!["", "", "￥", "¥", "$", "€", "US$", "RMB ", "人民币", "+"]);
    let digits = prop_oneof![
        4 => "[0-9]{1,6}",
        2 => "[0-9]{1,3}(,[0-9]{3}){1,2}",
        2 => "[0-9]{1,4}[.。][0-9]{1,3}",
        1 => "[0-9]{1,3}[,' ][0-9]{1,4}",
        1 => "\\.[0-9]{1,2}",
        1 => "[0-9]{1,3}\\.",
        1 => "[０-９]{1,3}(．[０-９])?",
    ];
    let units = vec![
        "", "", "万", "亿", "千", "百", "千万", "百万", "万亿", "個億", "萬", "億", "个亿", " 万", "k", "w", "W", "m",
        "M", "mn", "bn", "b", "million", " million", "thousand", "多万", "e5",
    ];
    let tail = select(vec!["", "", "", "5", "50", "5000", "2000万", " 2000万", "5千"]);
    let behind =
        select(vec!["", "", "", "元", " 元", "块", "块钱", "元整", "rmb", " USD", "$", "%", "台", "/台", "abc", "点"]);
    (before, digits, select(units), tail, behind)
        .prop_map(|(before, digits, unit, tail, behind)| format!("{before}{digits}{unit}{tail}{behind}"))
}

/// A date with its year, in any writing, of days that are and of some that are not.
fn date_texts() -> impl Strategy<Value = String> {
    const MONTHS: [&str; 13] =
        ["Jan", "feb", "MARCH", "Apr", "May", "June", "jul", "Aug", "Sept", "Oct", "nov", "December", "Smarch"];
    let numbers = (1990..2090_i32, 1..=13_u32, 1..=32_u32);
    (numbers, 0..15_usize).prop_map(|((y, m, d), writing)| {
        let month = MONTHS[m as usize - 1];
        match writing {
            0 => format!("{y}-{m}-{d}"),
            1 => format!("{y}/{m:02}/{d:02}"),
            2 => format!("{y}.{m}.{d}"),
            3 => format!("{y}年{m}月{d}日"),
            4 => format!("{y} 年 {m} 月 {d} 号"),
            5 => format!("{y}{m:02}{d:02}"),
            6 => format!("{m}/{d}/{y}"),
            7 => format!("{d}/{m}/{y}"),
            8 => format!("{d} {month} {y}"),
            9 => format!("{month} {d}, {y}"),
            10 => format!("{d:02}-{month}-{y}"),
            11 => format!("Wed, {d} {month} {y}"),
            12 => format!("{y}/{m}-{d}"),
            13 => format!("{y}-{m}-{d}").chars().map(full_width).collect(),
            _ => format!("{y} {month} {d}"),
        }
    })
}

fn full_width(c: char) -> char {
    char::from_u32(u32::from(c) + 0xfee0).unwrap()
}

/// A time of the day behind a date.
fn times() -> impl Strategy<Value = String> {
    let clock = (0..24_u32, 0..60_u32, 0..4_usize).prop_map(|(hour, minute, writing)| match writing {
        0 => format!(" {hour}:{minute:02}"),
        1 => format!("T{hour:02}:{minute:02}"),
        2 => format!(" {hour:02}:{minute:02}:30"),
        _ => format!("  {hour}：{minute:02}"),
    });
    let spoken = select(vec![
        " 下午3点",
        " 3点半",
        " 晚上8点",
        "晚上12点",
        " 上午12:00",
        " 12:30 am",
        " 2:30 PM",
        " 14时30分",
        " noon",
        " 25:00",
    ]);
    prop_oneof![clock, spoken.prop_map(str::to_owned)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn an_amount_is_the_same_at_every_door(text in amount_texts()) {
        let [signed, bare, filter, cell] = amounts(&text);
        prop_assert_eq!(&signed, &cell, "{}: line and cell", text);
        prop_assert_eq!(&filter, &cell, "{}: filter and cell", text);
        prop_assert!(bare.is_none() || bare == cell, "{}: {:?} without a sign, {:?} in a cell", text, bare, cell);
    }

    #[test]
    fn an_amount_below_zero_is_the_same_or_refused(text in amount_texts(), writing in 0..3_usize) {
        let text = match writing { 0 => format!("-{text}"), 1 => format!("({text})"), _ => format!("￥-{text}") };
        let [signed, bare, filter, cell] = amounts(&text);
        prop_assert!(filter.is_none() || filter == cell, "{}: {:?} in the filter, {:?} in a cell", text, filter, cell);
        let nothing = [None, Some("0.00".to_owned())];
        prop_assert!(nothing.contains(&signed) && nothing.contains(&bare), "{}", text);
    }

    #[test]
    fn a_number_of_a_line_that_is_no_amount_stays_text_and_is_shown_as_unread(text in amount_texts()) {
        let whole = format!("￥{text}");
        let read = line(&format!("电话 {whole}"));
        prop_assert!(read.amount.is_some() || read.text == whole && !read.unread.is_empty(), "{}: {:?}", whole, read);
    }

    #[test]
    fn a_day_is_the_same_at_every_door(text in date_texts()) {
        let [cell, next, past, filter, as_of, tiers] = days(&text);
        for (door, value) in [(">", next), ("^", past), ("filter", filter), ("--as-of", as_of), ("tiers", tiers)] {
            prop_assert_eq!(&value, &cell, "{} at {}", text, door);
        }
    }

    #[test]
    fn a_time_is_the_same_at_every_door_that_takes_one(date in date_texts(), time in times()) {
        let text = format!("{date}{time}");
        let [cell, next, past, filter, as_of, tiers] = days(&text);
        for (door, value) in [(">", next), ("^", past), ("--as-of", as_of)] {
            prop_assert_eq!(&value, &cell, "{} at {}", text, door);
        }
        prop_assert_eq!((filter, tiers), (None, None), "{}", text);
    }
}
