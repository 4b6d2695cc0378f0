//! How few bytes a key sends at 80x24, in either language: what is paid for on a slow line.

use crate::place::Place;
use crate::pty::{PATIENCE, Pty};
use crate::stream::frames;
use std::time::Instant;

const LANGUAGES: [&str; 2] = ["zh", "en"];
/// A letter typed sends fewer.
const LETTER: usize = 80;
/// Moving the selection by a row sends fewer.
const MOVE: usize = 350;
/// The whole screen takes fewer.
const SCREEN: usize = 5_000;

/// The program on a sample book, in a language.
fn open(place: &Place, language: &str) -> Pty {
    let mut pty = Pty::start(place.kehu(&["--lang", language]), 80, 24);
    pty.expect("1/300");
    pty
}

/// What each of these keys sends; each is known to change the screen.
fn sent(pty: &mut Pty, keys: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Vec<Vec<u8>> {
    pty.at_rest();
    pty.received();
    keys.into_iter().map(|key| answer(pty, key.as_ref())).collect()
}

/// Presses a key; the program rests before all that it sent has come here.
fn answer(pty: &mut Pty, key: &[u8]) -> Vec<u8> {
    let began = Instant::now();
    pty.send(key);
    let mut answer = Vec::new();
    while frames(&answer) == 0 || !answer.ends_with(b"\x1b[?2026l") {
        assert!(began.elapsed() < PATIENCE, "no frame answers {key:?}");
        pty.at_rest();
        answer.extend(pty.received());
    }
    answer
}

/// How many bytes each of these keys sends.
fn bytes(pty: &mut Pty, keys: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Vec<usize> {
    sent(pty, keys).iter().map(Vec::len).collect()
}

fn letters(text: &str) -> Vec<String> {
    text.chars().map(String::from).collect()
}

/// The middle one of several numbers of bytes.
fn median(bytes: &[usize]) -> usize {
    let mut sorted = bytes.to_vec();
    sorted.sort_unstable();
    sorted[sorted.len() / 2]
}

#[test]
fn the_selection_moves_by_few_bytes_in_every_list() {
    let place = Place::with_sample(300);
    for language in LANGUAGES {
        let mut pty = open(&place, language);
        for view in ["", "1", "3"] {
            sent(&mut pty, letters(view));
            let down = bytes(&mut pty, ["\x1b[B"; 3]);
            assert!(down.iter().all(|bytes| *bytes < MOVE), "{language} {view}: {down:?}");
        }
    }
}

#[test]
fn a_whole_screen_takes_few_bytes_in_every_view() {
    let place = Place::with_sample(300);
    for language in LANGUAGES {
        let mut pty = open(&place, language);
        for view in ["", "1", "3", "2\r"] {
            sent(&mut pty, letters(view));
            let whole = bytes(&mut pty, ["\x0c"]);
            assert!(whole[0] < SCREEN, "{language} {view:?}: {whole:?}");
        }
    }
}

#[test]
fn a_letter_typed_into_the_follow_up_line_sends_few_bytes() {
    for (language, text) in [("zh", "已经收到样品，客户基本满意"), ("en", "they have got the sample")] {
        let mut pty = open(&Place::with_sample(300), language);
        sent(&mut pty, ["f"]);
        let typed = bytes(&mut pty, letters(text));
        // With the first one the foot tells what can be done with a line.
        assert!(typed.iter().skip(1).all(|bytes| *bytes < LETTER), "{language}: {typed:?}");
    }
}

#[test]
fn a_letter_that_finds_nobody_else_sends_few_bytes() {
    let place = Place::with(&[("重庆华东重工", "13800010001"), ("Harbour Logistics", "13800010002")]);
    for (language, text) in [("zh", "重庆华东"), ("en", "harbour")] {
        let mut pty = Pty::start(place.kehu(&["--lang", language]), 80, 24);
        pty.expect("1/2");
        sent(&mut pty, ["/"]);
        let typed = bytes(&mut pty, letters(text));
        // The other one goes with the first letters.
        assert!(typed.iter().skip(2).all(|bytes| *bytes < LETTER), "{language}: {typed:?}");
    }
}

#[test]
fn a_letter_that_leaves_the_palette_as_it_is_sends_few_bytes() {
    let place = Place::with_sample(300);
    for language in LANGUAGES {
        let mut pty = open(&place, language);
        sent(&mut pty, [":"]);
        let typed = bytes(&mut pty, letters("export"));
        assert!(median(&typed[3..]) < LETTER, "{language}: {typed:?}");
    }
}

#[test]
fn a_letter_typed_into_a_form_sends_few_bytes() {
    let mut pty = open(&Place::with_sample(300), "zh");
    sent(&mut pty, ["a", "重"]);
    let typed = bytes(&mut pty, letters("庆a，7"));
    assert!(typed.iter().all(|bytes| *bytes < LETTER), "{typed:?}");
}

#[test]
fn a_key_is_answered_by_one_frame() {
    let mut pty = open(&Place::with_sample(300), "zh");
    let answers = sent(&mut pty, ["\x1b[B", "\x1b[6~", "a", "重"]);
    assert_eq!(answers.iter().map(|answer| frames(answer)).collect::<Vec<_>>(), [1; 4]);
}

#[test]
fn over_ssh_the_edge_costs_less_a_row_than_row_by_row() {
    let place = Place::with_sample(300);
    // The last row of the screen is reached, then each way goes on for eleven rows.
    let cost = |variable: Option<&str>| {
        let mut command = place.kehu(&["--lang", "zh"]);
        variable.iter().for_each(|name| command.env(name, "/dev/pts/0"));
        let mut pty = Pty::start(command, 80, 24);
        pty.expect("1/300");
        sent(&mut pty, ["\x1b[B"; 19]);
        bytes(&mut pty, ["\x1b[B"; 10]).iter().sum::<usize>()
    };
    let (far, near) = (cost(Some("SSH_TTY")), cost(None));
    assert!(far * 2 < near, "{far} over ssh, {near} row by row");
}
