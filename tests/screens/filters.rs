//! Filters, views, groups, sums, columns, and acts over many.

use crate::stage::{en, zh};
use kehu::ui::app::Flow;

/// The customers listed, by what stands in their rows.
fn shows(text: &str, names: &[&str]) -> bool {
    names.iter().all(|name| text.contains(name))
}

#[test]
fn a_wrong_filter_is_marked_under_its_characters_and_names_the_near_field() {
    let text = zh().keys("F '客单介>10万'").text();
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.contains("客单介>10万")).unwrap();
    assert!(lines[at + 1].trim().starts_with("^^^^^^"), "{text}");
    assert!(lines[at + 2].contains("没有名为“客单介”的列；是否想写“客单价”？"), "{text}");
}

#[test]
fn esc_leaves_a_filter_half_written_and_what_was_in_force_stays() {
    let stage = en().keys("F 'orders > 0' Enter");
    let before = stage.text();
    assert_eq!(stage.keys("F ' and ord' Esc").text(), before);
}

#[test]
fn tab_completes_the_name_that_is_offered_also_from_pinyin() {
    assert!(zh().keys("F 'kdj' Tab '>1'").text().contains("& 客单价>1"));
    assert!(en().keys("F 'satisf' Tab ' > 1'").text().contains("& satisfaction > 1"));
}

#[test]
fn the_sign_of_a_filter_opens_it_without_a_letter_and_its_chip_stays_in_the_heading() {
    let text = en().keys("& 'orders > 0' Enter").text();
    assert!(text.contains("& orders > 0"), "{text}");
}

#[test]
fn a_find_looks_within_the_filter() {
    let all = en().keys("/ 'e'").text();
    let within = en().keys("F 'orders > 9000' Enter / 'e'").text();
    assert!(!all.contains("Nobody"), "{all}");
    assert!(within.contains("Nobody"), "{within}");
}

#[test]
fn a_digit_chooses_a_view_and_its_name_stands_in_the_heading() {
    let text = zh().keys("v 9").text();
    assert!(text.contains("& 未定下次联系"), "{text}");
}

#[test]
fn a_view_kept_under_a_name_is_there_when_the_program_starts_again() {
    let stage = zh().keys("F '频次>0' Enter v '存为' Enter '老客户' Enter").reopened();
    let text = stage.keys("v").text();
    assert!(shows(&text, &["1 老客户", "频次>0"]), "{text}");
}

#[test]
fn groups_are_counted_and_one_opened_comes_back_by_esc() {
    let mut stage = zh().keys("b '行业' Enter");
    let groups = stage.text();
    assert!(shows(&groups, &["客户数", "占比"]), "{groups}");
    stage.press("Enter");
    assert!(stage.text().contains("& 行业"), "{}", stage.text());
    stage.press("Esc");
    assert_eq!(stage.text(), groups);
}

#[test]
fn a_column_is_summed_in_the_last_line() {
    let text = en().keys("= 'orders' Enter").text();
    assert!(shows(&text, &["7 customers", "orders: sum", "mean"]), "{text}");
}

#[test]
fn columns_are_hidden_moved_and_made_wider() {
    let text = zh().keys("c Down ' ' Enter").text();
    assert!(!text.lines().nth(2).unwrap().contains("下次联系"), "{text}");
    let moved = zh().keys("c Down > Enter").text();
    let heading = moved.lines().nth(2).unwrap();
    assert!(heading.find("负责人") < heading.find("下次联系"), "{moved}");
}

#[test]
fn a_second_column_sorts_what_the_first_leaves_equal() {
    let text = en().keys("s 'owner' Enter ^ 'revenue' Enter").text();
    assert!(shows(text.lines().nth(2).unwrap(), &["owner↑", "revenue↓"]), "{text}");
}

#[test]
fn a_range_is_marked_and_given_a_tag_at_once_and_one_undo_takes_it_back() {
    let mut stage = en().keys("S-Down S-Down , 3 'fair' Enter");
    assert!(stage.text().contains("3 customers tagged #fair"), "{}", stage.text());
    stage.press("F '#fair' Enter");
    assert!(stage.text().contains("1/3"), "{}", stage.text());
    stage.press("u");
    assert!(stage.text().contains("Nobody passes"), "{}", stage.text());
}

#[test]
fn those_marked_are_written_to_a_file_with_the_columns_shown() {
    let mut stage = en().keys("S-Down S-Down");
    let Flow::Write(files) = stage.press(", 7 'csv' Enter") else { panic!("{}", stage.text()) };
    let text = String::from_utf8(files[0].bytes.clone()).unwrap();
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert!(files[0].name.ends_with(".csv"), "{}", files[0].name);
    assert!(lines[0].starts_with("name,next contact,owner"), "{text}");
    assert_eq!(lines.len(), 4, "{text}");
}

#[test]
fn an_undo_of_many_says_how_many_and_each_field_once() {
    let mut stage = en().keys("S-Down S-Down , 1 Enter");
    stage.press("u");
    assert!(stage.foot().contains("customers (owner)"), "{}", stage.foot());
}
