//! What is typed and pasted: where it goes, where the cursor stands, and that it is never taken for commands.

use crate::place::Place;
use crate::pty::Pty;

fn place() -> Place {
    Place::with(&[("华东重工", "13800010001"), ("Harbour Logistics", "13800010002"), ("厦门鹭岛食品", "13800010003")])
}

/// The cursor is shown, what stands before it ends so, and nothing stands behind it.
fn expect_caret_behind(pty: &mut Pty, text: &str) {
    pty.wait_until(&format!("the cursor behind {text:?}"), |screen| {
        let (row, column) = screen.cursor_position();
        let (_, width) = screen.size();
        let before = screen.contents_between(row, 0, row, column);
        let behind = screen.contents_between(row, column, row, width.get().min(column + 4));
        !screen.hide_cursor() && before.ends_with(text) && behind.trim().is_empty()
    });
}

/// Types the text and looks where the cursor stands after each character.
fn type_watching(pty: &mut Pty, before: &str, text: &str) {
    let mut whole = before.to_owned();
    for character in text.chars() {
        whole.push(character);
        pty.send(character.to_string());
        expect_caret_behind(pty, &whole);
    }
    pty.send("\x7f");
    whole.pop();
    expect_caret_behind(pty, &whole);
}

#[test]
fn the_cursor_stands_at_the_caret_in_the_find_line() {
    let mut pty = place().open();
    pty.send("/");
    type_watching(&mut pty, "/ ", "华dzg 2");
}

#[test]
fn the_cursor_stands_at_the_caret_in_a_form() {
    let mut pty = place().open();
    pty.send("a");
    pty.expect("New customer");
    type_watching(&mut pty, ">         name  ", "渝江Auto（重庆）");
    pty.send("\t");
    type_watching(&mut pty, ">   short name  ", "渝江a");
}

#[test]
fn the_cursor_stands_at_the_caret_in_the_follow_up_line() {
    let mut pty = place().open();
    pty.send("f");
    pty.expect("follow up 华东重工");
    type_watching(&mut pty, " > ", "电话 ok，￥12.5万 >下周三发");
}

#[test]
fn chinese_typed_or_pasted_finds_a_customer() {
    let mut pty = place().open();
    pty.expect("1/3");
    pty.send("鹭岛");
    pty.expect("/ 鹭岛");
    pty.expect("1/1");
    pty.send("\x1b");
    pty.expect("f follow up");
    pty.send("\x1b");
    pty.expect("3/3");
    pty.paste("华东重工");
    pty.expect("/ 华东重工");
    pty.expect("1/1");
    pty.send("\r");
    pty.expect("Timeline");
    pty.expect("13800010001");
}

#[test]
fn a_paste_is_never_taken_for_commands() {
    let place = place();
    let mut pty = place.open();
    pty.paste("q");
    pty.paste("D");
    pty.paste("qD\r\x11u\nq");
    pty.expect("/ qD u q");
    pty.send("\x1b");
    pty.expect("Nobody is called that");
    pty.send("\x1b");
    pty.expect("1/3");
    pty.send("f");
    pty.expect("follow up 华东重工");
    pty.paste("第一行\r\n第二行\x1b[A\x13");
    pty.expect("> 第一行 第二行");
    pty.send("\r");
    pty.expect("Follow-up saved");
    pty.send("q");
    assert_eq!(pty.ended(), 0);
    assert_eq!(place.follow_ups("华东").len(), 1);
}

#[test]
fn three_thousand_keys_at_once_are_all_heard() {
    let rows: Vec<(String, String)> = (0..3001).map(|n| (format!("No{n:04}"), format!("1380{n:07}"))).collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(name, phone)| (name.as_str(), phone.as_str())).collect();
    let mut pty = Place::with(&rows).open();
    pty.expect("1/3,001");
    pty.send("\x1b[B".repeat(1500));
    pty.send("j".repeat(1500));
    pty.expect("3,001/3,001");
}
