//! What the card of one customer tells.

use crate::screens::stage::{Stage, en, zh};

/// The card of the first customer, with this note.
fn noted(stage: Stage, note: &str) -> Stage {
    let down = "Down ".repeat(19);
    stage.keys(&format!("e {down} \"{note}\" C-s Enter"))
}

#[test]
fn the_note_of_a_customer_stands_on_its_card() {
    let stage = noted(zh(), "只收快递，周五下午别打电话");
    assert!(stage.shows("备注：只收快递，周五下午别打电话"), "{}", stage.text());
    assert!(noted(en(), "parcels only").shows("note: parcels only"));
}

#[test]
fn a_note_too_long_for_a_low_window_is_cut_with_a_sign() {
    let stage = noted(zh().size(80, 24), &"只收快递周五下午别打电话".repeat(9));
    let text = stage.text();
    let line = text.lines().find(|line| line.contains("备注：")).unwrap();
    assert!(line.ends_with('…') && stage.shows("时间线"), "{text}");
}

#[test]
fn the_note_of_a_contact_stands_beside_it() {
    let stage = zh().keys(&format!("Enter c {} '周三不在' C-s", "Down ".repeat(9)));
    assert!(stage.shows("决策者 · 支持 · 周三不在"), "{}", stage.text());
}

/// A full card took all lines of a small window: the timeline was never seen, and keys acted on rows nobody saw.
#[test]
fn the_timeline_is_seen_with_its_row_in_the_smallest_window() {
    for (columns, rows) in [(80, 24), (40, 10), (60, 15)] {
        let stage = zh().size(columns, rows).keys("/ 'hdzg' Enter");
        assert!(stage.shows("时间线"), "{}", stage.text());
        assert_eq!(stage.picture().selected().len(), 1, "{}", stage.text());
        let last = stage.keys("End");
        assert_eq!(last.picture().selected().len(), 1, "{}", last.text());
    }
}

#[test]
fn deleting_on_the_card_names_what_went() {
    let stage = zh().keys("/ 'hdzg' Enter D");
    assert!(stage.foot().contains("已删除：待办 · 发合同初稿"), "{}", stage.foot());
}

/// Whoever turned through the cards came back to the one opened first, and logged the next follow-up with the wrong one.
#[test]
fn the_list_stands_on_the_customer_last_seen_after_turning_through_the_cards() {
    let talked = |list: &str| zh().keys("2 Down f '电话 又要清单' Enter").keys(list);
    for list in ["2 Home", "1 Home", "4 T Enter Enter Enter", "C-t '清单'"] {
        let card = talked(list).keys("Enter ]");
        let line = talked(list).keys("Enter ] F4").text();
        let name: String = line.lines().find_map(|line| line.strip_prefix(" 跟进 ")).unwrap().chars().take(6).collect();
        let selected = |stage: &Stage| stage.picture().selected().concat();
        assert!(!selected(&talked(list)).contains(&name), "{list}\n{line}");
        let back = card.keys("Esc");
        assert!(selected(&back).contains(&name), "{list} {name}\n{}", back.text());
    }
}
