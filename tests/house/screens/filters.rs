//! Filters, views, groups, sums, columns, and acts over many.

use crate::screens::book;
use crate::screens::stage::{en, zh};
use kehu::book::beyond::Beyond;
use kehu::book::command::Command;
use kehu::domain::people::Owner;
use kehu::domain::view::SavedView;
use kehu::store::error::StoreError;
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
    let mut stage = en().keys("S-Down S-Down , 6 Enter");
    stage.press("u");
    assert!(stage.foot().contains("customers (next contact)"), "{}", stage.foot());
}

#[test]
fn behind_the_sign_tab_takes_a_value_of_the_book_and_again_the_next() {
    let mut stage = zh().keys("F '负责人='");
    assert!(stage.shows("Tab 我  Anna Keller  王建国"), "{}", stage.text());
    stage.press("Tab Tab");
    assert!(stage.shows("& 负责人=\"Anna Keller\"") || stage.shows("& 负责人=Anna Keller"), "{}", stage.text());
    stage.press("Tab");
    assert!(stage.shows("& 负责人=王建国"), "{}", stage.text());
}

/// A story: under a line longer than the screen the mark stood beyond its edge, and was not seen.
#[test]
fn the_mark_under_a_long_filter_stands_under_what_is_seen_of_it() {
    let text = zh().keys("F '行业=制造业 或 行业=零售业 或 行业=服务业 或 行业=金融业 或 客单价>10万 且 复购率>30% 且 满意度>4 且 世界=3'").text();
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.contains("世界=3")).unwrap();
    assert!(lines[at + 1].trim_end().ends_with("^^^^"), "{text}");
}

#[test]
fn a_view_is_kept_and_dropped_by_its_sign() {
    let mut stage = zh().keys("F '频次>0' Enter v '+' '老客户' Enter v");
    assert!(stage.shows("1 老客户") && stage.shows("+ 把现在的样子存为视图"), "{}", stage.text());
    stage.press("'-' Enter v");
    assert!(!stage.shows("老客户"), "{}", stage.text());
}

/// A story: the first `+` made the name narrower, for it had grown by itself to more than it asks for.
#[test]
fn the_first_plus_makes_a_column_wider_than_it_is_seen() {
    let mut stage = zh().keys("c");
    let before = stage.text();
    stage.press("'+'");
    let width = |text: &str| -> u32 {
        let line = text.lines().find(|line| line.contains("[x] 名称")).unwrap().to_owned();
        line.split_whitespace().find_map(|word| word.parse().ok()).unwrap()
    };
    assert_eq!(width(&stage.text()), width(&before) + 1);
    assert!(width(&before) > 26, "{before}");
}

#[test]
fn what_is_bought_is_filtered_by_and_shown_once_it_was_gathered() {
    let stage = zh().keys("F '产品为空' Enter");
    assert!(stage.shows("& 产品为空  3"), "{}", stage.text());
    let stage = zh().keys("F '产品=' Tab");
    assert!(stage.shows("& 产品=") && stage.shows("1 位客户"), "{}", stage.text());
}

/// A story: it was begun again at every change of the book, while the one before was still under way.
#[test]
fn what_rows_do_not_hold_is_gathered_once_also_where_the_book_changes_meanwhile() {
    let mut stage = zh();
    let gather = stage.press_meanwhile("F '产品为空' Enter");
    assert_eq!(gather.iter().filter(|job| job.answers::<Result<(u64, Box<Beyond>), StoreError>>()).count(), 1);
    let more = stage.press_meanwhile("Esc a '新客户' C-s F '产品为空' Enter");
    assert_eq!(more.iter().filter(|job| job.answers::<Result<(u64, Box<Beyond>), StoreError>>()).count(), 0);
    stage.done(gather);
    assert!(stage.shows("& 产品为空  4"), "{}", stage.text());
}

/// A story: until orders were read `产品为空` listed everybody, who could be marked and written to a file.
#[test]
fn until_what_a_filter_asks_for_was_gathered_nobody_is_listed_and_nothing_is_done_to_many() {
    let mut stage = zh();
    let gather = stage.press_meanwhile("F '产品为空'");
    assert!(stage.shows("正在读取订单和联系人") && !stage.shows("位客户；"), "{}", stage.text());
    stage.press_meanwhile("Enter");
    assert!(stage.shows("& 产品为空  …") && !stage.shows("临江食品厂"), "{}", stage.text());
    for keys in ["C-a", "B", "T", "E"] {
        stage.press_meanwhile(keys);
        let text = stage.text();
        let foot: Vec<&str> = text.lines().rev().take(2).collect();
        assert!(foot.concat().contains("正在读取订单和联系人"), "{keys}: {text}");
    }
    stage.done(gather);
    assert!(stage.shows("& 产品为空  3") && stage.shows("临江食品厂"), "{}", stage.text());
}

#[test]
fn of_several_columns_sorted_by_each_tells_its_place() {
    let mut stage = zh().keys("s '负责人' Enter");
    assert!(stage.shows("负责人↑ "), "{}", stage.text());
    stage.press("M-s '总金额' Enter");
    assert!(stage.shows("负责人↑1") && stage.shows("总金额↓2"), "{}", stage.text());
}

#[test]
fn a_figure_groups_customers_in_bands_the_highest_first() {
    let stage = zh().keys("# '总金额' Enter");
    let text = stage.text();
    let place = |band: &str| text.find(band).unwrap_or(usize::MAX);
    assert!(place("10万–50万") < place("< 1万") && text.contains("< 1万"), "{text}");
}

#[test]
fn the_whole_list_is_written_where_nobody_is_marked() {
    let mut stage = en().keys("F 'orders > 0' Enter");
    let Flow::Write(files) = stage.press("E 'csv' Enter") else { panic!("{}", stage.text()) };
    assert!(files[0].rows.unwrap() > 2, "{:?}", files[0].rows);
}

#[test]
fn who_is_nobody_here_is_told_so_where_mine_is_empty() {
    let stage = zh().keys("v 2");
    assert!(!stage.shows("没有名为"), "{}", stage.text());
}

/// A story: `规模>大` listed nobody and said nothing.
#[test]
fn a_size_that_nobody_knows_is_marked_in_the_line_and_not_put_in_force() {
    let stage = zh().keys("F '规模>大' Enter");
    assert!(stage.shows("“大”不是规模") && stage.shows("& 规模>大"), "{}", stage.text());
}

/// A story: `industry = retial` listed nobody and said nothing of the slip.
#[test]
fn a_value_that_nobody_has_is_named_with_the_one_that_was_meant() {
    let stage = en().keys("F 'industry = manufacturign' Enter");
    assert!(stage.shows("is called “manufacturign”; did you mean “Manufacturing”?"), "{}", stage.text());
}

/// A story: another session entered a colleague while the list of people lay open, and the customer went to whoever stood
/// in that place by then.
#[test]
fn who_was_chosen_is_who_was_shown_though_another_was_entered_at_the_door_meanwhile() {
    let stage = zh().keys("B '1' 'anna'");
    assert!(stage.picture().selected().concat().contains("Anna Keller"), "{}", stage.text());
    let stage = stage.lent(|desk| {
        let colleague = Owner::called("Aaron Abt").into();
        desk.run_all(&[Command::Add(Box::new(colleague))], book::now()).unwrap();
    });
    let stage = stage.keys("Enter");
    assert!(stage.foot().contains("转给 Anna Keller"), "{}", stage.text());
}

/// The same with the views kept: the one dropped is the one that was named.
#[test]
fn the_view_dropped_is_the_one_shown_though_another_was_kept_at_the_door_meanwhile() {
    let kept = zh().keys("v '+' '我的视图' Enter v '-'");
    assert!(kept.picture().selected().concat().contains("我的视图"), "{}", kept.text());
    let stage = kept.lent(|desk| {
        let another = SavedView { name: "AAA".to_owned(), ..SavedView::default() };
        desk.run_all(&[Command::Add(Box::new(another.into()))], book::now()).unwrap();
    });
    let stage = stage.keys("Enter v");
    assert!(!stage.shows("我的视图") && stage.shows("AAA"), "{}", stage.text());
}
