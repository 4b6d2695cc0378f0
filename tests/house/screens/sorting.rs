//! Sorting so many customers that it is done beside the screen.

use crate::screens::book;
use crate::screens::stage::{Stage, en};
use kehu::book::command::{Command, edit_between};
use kehu::desk::Desk;
use kehu::domain::customer::Customer;
use kehu::domain::people::Owner;
use kehu::domain::record::Record;

/// More customers than are sorted at once.
const MANY: usize = 5_200;

/// The list by code, the first one on top.
fn by_code() -> Stage {
    en().crowded(MANY).keys("s 'code' Enter")
}

/// The name in the first row.
fn first(stage: &Stage) -> String {
    let text = stage.text();
    let row = text.lines().find(|line| line.contains("客户0")).unwrap_or_default();
    row.split_whitespace().find(|word| word.starts_with("客户")).unwrap_or_default().to_owned()
}

#[test]
fn very_many_are_sorted_as_few_are() {
    let mut stage = by_code();
    assert_eq!(first(&stage), "客户00001");
    stage.press("S");
    assert_eq!(first(&stage), "客户05200");
}

#[test]
fn a_key_is_answered_while_very_many_are_sorted() {
    let mut stage = by_code();
    let sort = stage.press_meanwhile("S");
    assert_eq!(sort.len(), 1);
    stage.press_meanwhile("Down Down");
    assert!(stage.picture().selected().iter().any(|row| row.contains("客户00003")), "{}", stage.text());
    stage.done(sort);
    assert!(stage.picture().selected().iter().any(|row| row.contains("客户00003")), "{}", stage.text());
}

#[test]
fn while_very_many_are_sorted_a_name_is_found() {
    let mut stage = by_code();
    let sort = stage.press_meanwhile("S");
    let find = stage.press_meanwhile("/ '04711'");
    stage.done(find);
    assert_eq!(first(&stage), "客户04711");
    stage.done(sort);
    assert_eq!(first(&stage), "客户04711");
}

#[test]
fn letters_typed_before_a_search_came_back_are_one_search() {
    let mut stage = by_code();
    assert_eq!(stage.press_meanwhile("/ '04711'").len(), 1);
    assert!(stage.shows("/ 04711"), "{}", stage.text());
    assert_eq!(first(&stage), "客户00001");
}

#[test]
fn enter_opens_who_is_looked_for_although_the_search_has_not_come_back() {
    let mut stage = by_code();
    let find = stage.press_meanwhile("/ '04711' Enter");
    assert!(stage.shows("客户04711") && stage.shows("C04711"), "{}", stage.text());
    assert!(!stage.shows("客户00001"), "{}", stage.text());
    stage.done(find);
    assert!(stage.shows("C04711"), "{}", stage.text());
}

/// How the rows look, without the find line above them.
fn looks(stage: &Stage) -> Vec<String> {
    let below = |look: &String| look.split(':').next().is_some_and(|y| y.trim().parse::<u16>().is_ok_and(|y| y > 2));
    stage.picture().looks.into_iter().filter(below).collect()
}

#[test]
fn those_listed_look_as_they_looked_until_the_search_comes_back() {
    let mut stage = by_code().keys("/");
    let before = looks(&stage);
    let find = stage.press_meanwhile("'客'");
    assert!(stage.shows("/ 客"), "{}", stage.text());
    assert_eq!(looks(&stage), before);
    stage.done(find);
    assert_ne!(looks(&stage), before);
}

#[test]
fn leaving_the_search_brings_the_whole_list_back_at_once() {
    let mut stage = by_code().keys("/ '04711'");
    assert!(stage.press_meanwhile("Esc Esc").is_empty());
    assert!(stage.foot().contains("/5,200"), "{}", stage.text());
}

#[test]
fn a_search_that_comes_back_after_it_was_left_changes_nothing() {
    let mut stage = by_code();
    let find = stage.press_meanwhile("/ '04711'");
    stage.press_meanwhile("Esc Esc");
    stage.done(find);
    assert!(stage.foot().contains("/5,200"), "{}", stage.text());
}

#[test]
fn a_filter_is_applied_at_every_key_in_a_large_book_too() {
    let stage = by_code().keys("F 'code = C04711'");
    assert_eq!(first(&stage), "客户04711");
    assert!(stage.shows("1 customers; Enter keeps it"), "{}", stage.text());
}

/// Turned round twice, the first sort came back last, was taken for the second, and the list stood the wrong way round.
#[test]
fn the_answer_to_an_earlier_sort_is_not_taken_for_the_latest() {
    let mut stage = by_code();
    let earlier = stage.press_meanwhile("S");
    let latest = stage.press_meanwhile("S");
    stage.done(earlier);
    assert_eq!(first(&stage), "客户00001");
    stage.done(latest);
    assert_eq!(first(&stage), "客户00001");
}

/// What an earlier search left over was believed after the finder had been made anew, and whoever got the tag since was
/// not found.
#[test]
fn after_a_change_of_all_customers_they_are_found_by_what_is_new() {
    let mut stage = by_code().keys("/ 'vip'");
    stage.press("Esc Esc * B '3' 'vipgold' Enter");
    stage.press("Down Enter");
    let found = stage.keys("/ 'vipg'");
    assert!(found.foot().contains("/2,000"), "{}", found.text());
}

/// Gives a customer another code, and the book another person, so that all are listed anew.
fn recode(desk: &mut Desk, name: &str, code: &str) {
    let id = desk.book().rows().find(|(_, row)| row.name() == name).unwrap().1.id;
    let before = desk.dossier(id).unwrap().customer().unwrap();
    let after = Customer { code: code.to_owned(), ..before.clone() };
    let edit = edit_between(&Record::from(before), &Record::from(after)).unwrap();
    let add = Command::Add(Box::new(Record::from(Owner::called("Nora Berg"))));
    desk.run_all(&[add, edit], book::now()).unwrap();
}

/// A change from another session took the selection away under one's hands, and the next key met another customer.
#[test]
fn the_first_customer_stays_selected_when_only_the_book_changes() {
    let stage = by_code().lent(|desk| recode(desk, "客户00001", "C99999"));
    assert!(stage.picture().selected().concat().contains("客户00001"), "{}", stage.text());
}

/// The same in the find over all screens, where every answer put the selection back to the top.
#[test]
fn the_customer_selected_among_those_found_stays_so_when_only_the_book_changes() {
    let stage = by_code().keys("F3 '客户0' Down Down Down");
    let before = stage.picture().selected().concat();
    let stage = stage.lent(|desk| recode(desk, "客户00700", "C99999"));
    assert_eq!(stage.picture().selected().concat(), before, "{}", stage.text());
}
