//! Nothing typed is lost.

use crate::screens::stage::zh;
use kehu::ui::event::{Ending, Event};

#[test]
fn escape_from_a_form_keeps_what_was_typed_for_the_next_time() {
    let stage = zh().keys("a '新星电子' Esc");
    assert!(!stage.shows("新星电子"));
    assert!(stage.keys("a").shows("新星电子"));
}

#[test]
fn what_was_typed_is_offered_again_after_a_restart() {
    let stage = zh().keys("a '新星电子' Esc").reopened();
    assert!(stage.foot().contains("未保存"), "{}", stage.text());
    assert!(stage.keys("a").shows("新星电子"));
}

#[test]
fn what_was_typed_is_offered_again_after_the_line_was_cut() {
    let mut stage = zh().keys("e ' 二厂'");
    stage.event(Event::Ending(Ending::HangUp));
    assert!(stage.killed().keys("e").shows("华东重工有限公司 二厂"));
}

#[test]
fn what_was_typed_is_kept_when_the_window_loses_the_focus() {
    let mut stage = zh().keys("e ' 二厂'");
    stage.event(Event::Focus(false));
    assert!(stage.killed().keys("e").shows("华东重工有限公司 二厂"));
}

#[test]
fn each_customer_has_its_own_draft() {
    let stage = zh().keys("e '甲' Esc Down e '乙' Esc");
    let stage = stage.keys("Up e");
    assert!(stage.shows("华东重工有限公司甲") && !stage.shows("乙"));
}

#[test]
fn going_to_another_screen_from_a_form_keeps_what_was_typed() {
    for leave in ["M-2", "C-q", "C-z", "F9 '客户' Enter"] {
        let mut stage = zh().keys("a '新星电子'");
        stage.press(leave);
        assert!(stage.killed().keys("a").shows("新星电子"), "{leave}");
    }
}

#[test]
fn a_draft_saved_is_not_offered_again() {
    let stage = zh().keys("a '新星电子' Esc a C-s").reopened();
    assert!(!stage.foot().contains("未保存"), "{}", stage.text());
    assert!(!stage.keys("a").shows("新星电子"));
}

#[test]
fn a_draft_emptied_by_hand_is_not_offered_again() {
    let stage = zh().keys("a '新星电子' Esc a C-u Esc").reopened();
    assert!(!stage.foot().contains("未保存"), "{}", stage.text());
}

#[test]
fn a_form_whose_draft_came_true_otherwise_lets_go_of_it_when_saved() {
    let stage = zh().keys("e '甲' Esc").keys("e C-s u").keys("e '甲' Esc e Backspace C-s").reopened();
    assert!(!stage.foot().contains("未保存"), "{}", stage.text());
}

#[test]
fn a_new_customer_begun_from_the_find_line_is_kept_as_a_draft() {
    let stage = zh().keys("F3 '新星电子' Enter Esc");
    assert!(stage.keys("F3 '新星电子' Enter").shows("新星电子"));
}

#[test]
fn a_draft_of_another_new_customer_does_not_overwrite_what_was_looked_for() {
    let stage = zh().keys("a '新星电子' Esc F3 '13900001111' Enter");
    assert!(stage.shows("13900001111"), "{}", stage.text());
    assert!(stage.keys("Esc a").shows("新星电子"));
}
