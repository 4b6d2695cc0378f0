//! Searching in all that was said with anyone.

use crate::screens::stage::{en, zh};

#[test]
fn words_are_found_in_what_was_said_with_anyone_the_latest_first() {
    let stage = zh().keys("C-t '清单'");
    assert!(stage.shows("华东重工") && stage.shows("李总要按上次清单重新报价"), "{}", stage.text());
    assert!(stage.shows("共 1 条"), "{}", stage.text());
}

#[test]
fn enter_opens_the_customer_at_what_was_said_and_escape_walks_back_to_what_was_found() {
    let stage = zh().keys("t '验收' Enter");
    assert!(stage.picture().selected()[0].contains("验收通过"), "{}", stage.text());
    assert!(stage.keys("Esc").shows("共 1 条"));
}

#[test]
fn several_words_must_all_be_there_whatever_their_case() {
    assert!(en().keys("C-t 'PRICE asked'").shows("1 found"));
    assert!(en().keys("C-t 'price summer'").shows("nobody said that"));
}

#[test]
fn full_width_letters_find_plain_ones() {
    assert!(zh().keys("C-t 'ｐｒｉｃｅ'").shows("asked for a price list"));
}

#[test]
fn rubbing_out_finds_again_what_was_narrowed_away() {
    let stage = en().keys("C-t 'summer x'");
    assert!(stage.shows("0 found"), "{}", stage.text());
    assert!(stage.keys("Backspace Backspace").shows("1 found"));
}

#[test]
fn the_search_works_in_the_middle_of_a_line_which_is_kept() {
    let stage = zh().keys("f '电话 李总说' C-t '清单' Esc");
    assert!(stage.shows("> 电话 李总说"), "{}", stage.text());
}

#[test]
fn what_was_changed_meanwhile_is_shown_as_it_is_now() {
    let stage = zh().keys("C-t '清单' Enter e Down Down Down C-u '不要了' C-s Esc");
    assert!(stage.shows("没有找到"), "{}", stage.text());
    let logged = stage.keys("Esc f '电话 又要清单' Enter C-t '清单'");
    assert!(logged.shows("又要清单"), "{}", logged.text());
}

#[test]
fn a_customer_found_by_its_words_is_followed_up_from_there() {
    let stage = zh().keys("C-t '清单' F4 '电话 已报价，清单照旧' Enter");
    assert!(stage.shows("共 2 条"), "{}", stage.text());
}

#[test]
fn words_that_nobody_is_called_are_looked_for_in_what_was_said_by_one_key() {
    let nobody = zh().keys("/ '清单'");
    assert!(nobody.shows("没有找到") && nobody.shows("按 ^T 在全部沟通记录里查找"), "{}", nobody.text());
    let said = nobody.keys("C-t");
    assert!(said.shows("> 清单") && said.shows("李总要按上次清单重新报价"), "{}", said.text());
    assert!(said.keys("Esc").shows(" / 清单"));
    let nobody = en().keys("/ 'price'");
    assert!(nobody.shows("^T looks for these words in everything that was said"), "{}", nobody.text());
    assert!(nobody.keys("C-t").shows("1 found"));
}

#[test]
fn the_key_is_named_below_few_names_too_and_carries_the_words_from_find_anywhere() {
    let few = en().keys("/ 'north'");
    assert!(few.shows("Northwind") && few.shows("^T looks for these words"), "{}", few.text());
    assert!(few.keys("Enter Esc t").shows("> north"));
    assert!(zh().keys("F3 '清单' C-t").shows("共 1 条"));
}

#[test]
fn an_empty_book_has_nothing_said() {
    assert!(zh().empty().keys("C-t '报价'").shows("没有找到"));
}
