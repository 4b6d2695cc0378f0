//! The find line of the list, with whatever may be typed or pasted there.

use crate::screens::book;
use crate::screens::stage::{en, zh};
use kehu::book::command::edit_between;
use kehu::desk::Desk;
use kehu::domain::people::Owner;
use kehu::domain::record::Record;
use kehu::ui::event::Event;

/// What is on the screen after a text was pasted into the find line.
fn pasted(text: &str) -> String {
    let mut stage = zh().keys("/");
    stage.event(Event::Paste(text.to_owned()));
    stage.text()
}

#[test]
fn nothing_and_spaces_ask_nothing_and_everybody_stays() {
    for spaces in ["", "     ", "\u{3000}\u{3000}", "\t \t"] {
        let text = pasted(spaces);
        assert!(text.contains("华东") && text.contains("周敏"), "{spaces:?}\n{text}");
    }
}

#[test]
fn signs_of_other_search_languages_are_only_signs() {
    for signs in [".*", "[a-z]+$", "^", "(", "\\d{4}", "%", "\"'"] {
        let text = pasted(signs);
        assert!(text.contains(" / "), "{signs:?}\n{text}");
    }
    assert!(pasted("华.*东").contains("华东"));
}

#[test]
fn pictures_and_mixed_scripts_are_looked_for_as_they_stand() {
    for text in ["😀", "👩‍👩‍👧", "华d東ка😀", "ﷺ"] {
        assert!(pasted(text).contains("没有找到"), "{text:?}");
    }
    assert!(pasted("华d").contains("华东"));
}

#[test]
fn a_query_of_a_thousand_characters_leaves_the_screen_whole() {
    for long in ["啊".repeat(1_000), "a ".repeat(500), "1".repeat(1_000), "(".repeat(1_000)] {
        let text = pasted(&long);
        assert!(text.contains("kehu") && text.contains(" / "), "{text}");
    }
}

#[test]
fn the_line_emptied_again_lists_everybody() {
    let stage = en().keys("/ 'zzzz' Esc Esc");
    assert_eq!(stage.text(), en().text());
}

/// The first row found is the selected one, and it alone did not show by which characters it was found.
#[test]
fn the_selected_row_shows_what_was_matched_in_it() {
    for find in ["2 / 'huadong'", "F3 'huadong'"] {
        let picture = zh().keys(find).picture();
        let row = picture.looks.iter().find(|look| look.contains("REVERSED")).unwrap();
        assert!(row.contains("UNDERLINED") && picture.selected()[0].contains("华东"), "{}", picture.whole());
    }
}

/// Nothing on a narrow screen told why a customer of quite another name was found.
#[test]
fn a_customer_found_by_a_contact_says_by_which() {
    let stage = zh().size(80, 24).keys("2 / '5678'");
    assert!(stage.shows("按联系人 张工 找到") && stage.shows("华东重工"), "{}", stage.text());
    assert!(!stage.keys("C-u 'huadong'").shows("找到"));
}

/// Until the program was started again nobody was found by the new name of a person.
#[test]
fn customers_are_found_by_the_new_name_of_whom_they_belong_to() {
    let rename = |desk: &mut Desk| {
        let before = desk.book().standards().owner_called("Anna Keller").unwrap().clone();
        let after = Owner { name: "Ottilie Vogel".to_owned(), ..before.clone() };
        desk.run_all(&[edit_between(&Record::from(before), &Record::from(after)).unwrap()], book::now()).unwrap();
    };
    let stage = zh().lent(rename).keys("/ 'ottilie'");
    assert!(stage.shows("Northwind"), "{}", stage.text());
}
