//! What is sent to the terminal: whole frames, few bytes, no questions, nothing foreign.

use crate::place::Place;
use crate::pty::Pty;
#[cfg(target_os = "linux")]
use crate::stream::frames;
use crate::stream::{BEGIN, END, Piece, pieces, sequences};

/// Keys that lead through every view, and what each brings on the screen.
const TOUR: &[(&str, &str)] = &[
    ("\x1b[B", "2/3"),
    ("/1380", "/ 1380"),
    ("\x1b", "f follow up"),
    ("\x1b", "overdue for contact"),
    ("f", "save  esc leave"),
    ("call said >", "said"),
    ("tomorrow send it", "send it"),
    ("\r", "Follow-up saved"),
    ("\r", "Timeline"),
    ("]", "2/3"),
    ("e", "short name"),
    ("\t\tX", "not saved yet"),
    ("\x1b", "kept as a draft"),
    ("q", "overdue for contact"),
    ("?", "Every act is also in the palette"),
    ("\x1b", "overdue for contact"),
    (":", "what do you want to do"),
    ("\x1b", "overdue for contact"),
    ("s", "Sort by"),
    ("\x1b", "overdue for contact"),
    (">", "next Monday"),
    ("\x1b", "overdue for contact"),
    ("1", "walk through"),
    ("r", "Walking the queue"),
    ("q", "walk through"),
    ("2", "overdue for contact"),
    ("\x1bOR", "the last four digits"),
    ("\x1b", "overdue for contact"),
    ("\x0c", "overdue for contact"),
];

/// All that is sent on the way through every view, and until the end.
fn toured(place: &Place, arguments: &[&str], variables: &[(&str, &str)]) -> Vec<u8> {
    let mut command = place.kehu(arguments);
    variables.iter().for_each(|(name, value)| command.env(name, value));
    let mut pty = Pty::start(command, 80, 24);
    pty.expect("overdue for contact");
    for (keys, wanted) in TOUR {
        pty.send(keys);
        pty.expect(wanted);
    }
    pty.send("\x11");
    assert_eq!(pty.ended(), 0);
    pty.received()
}

fn place() -> Place {
    Place::with(&[("华东重工", "13800010001"), ("Harbour Logistics", "13800010002"), ("厦门鹭岛食品", "13800010003")])
}

#[test]
fn all_that_is_shown_is_sent_in_whole_frames_with_the_cursor_hidden() {
    let sent = pieces(&toured(&place(), &[], &[]));
    let mut inside = false;
    for (at, piece) in sent.iter().enumerate() {
        match piece {
            Piece::Sequence(sequence) if sequence == BEGIN => {
                assert!(!inside, "a frame within a frame");
                assert_eq!(sent.get(at + 1), Some(&Piece::Sequence("[?25l".into())));
                inside = true;
            }
            Piece::Sequence(sequence) if sequence == END => inside = false,
            Piece::Sequence(mode) if mode.starts_with("[?") || mode == "[0m" => {}
            other => assert!(inside, "{other:?} outside a frame"),
        }
    }
}

#[test]
fn the_terminal_is_never_asked_anything() {
    let sent = pieces(&toured(&place(), &[], &[]));
    for sequence in sequences(&sent) {
        let is_known = match sequence.strip_prefix('[') {
            Some(rest) => rest.ends_with(['H', 'G', 'm', 'J', 'K']) || is_mode(rest),
            None => false,
        };
        assert!(is_known, "{sequence:?} was sent");
    }
}

/// Setting or resetting a mode of the terminal.
fn is_mode(rest: &str) -> bool {
    rest.starts_with('?') && rest.ends_with(['h', 'l'])
}

#[test]
fn escape_sequences_in_a_name_never_reach_the_terminal() {
    let place = Place::with(&[
        ("Evil\x1b]0;owned\x07\x1b[31m\x1b[6nCo", "1380001\x1b[2J0001"),
        ("Worse\u{9b}31m\u{9d}0;owned\u{9c}\u{202e}", "13800010002"),
        ("\x1bPq#0\x1b\\Worst\x07", "13800010003"),
    ]);
    let sent = toured(&place, &[], &[("NO_COLOR", "1")]);
    let sent = pieces(&sent);
    for piece in &sent {
        match piece {
            Piece::Control(control) => assert!(matches!(control, '\r' | '\n'), "{control:?}"),
            Piece::Sequence(sequence) => {
                assert!(sequence.starts_with('[') && !sequence.ends_with('n') && sequence != "[31m", "{sequence:?}");
            }
            Piece::Text(text) => assert!(!text.contains('\u{202e}'), "{text:?}"),
        }
    }
    let wipes = sequences(&sent).filter(|sequence| *sequence == "[2J").count();
    assert_eq!(wipes, 2, "the first frame and Ctrl-L wipe the screen, nothing else");
}

#[test]
fn without_colour_the_selection_is_still_reversed() {
    let place = place();
    let sent = toured(&place, &[], &[("NO_COLOR", "1")]);
    for style in sequences(&pieces(&sent)).filter(|sequence| sequence.ends_with('m')) {
        let codes = style.trim_start_matches('[').trim_end_matches('m').split([';', ':']);
        let coloured = codes.filter_map(|code| code.parse::<u8>().ok()).any(|code| code >= 30 && code % 10 != 9);
        assert!(!coloured, "{style:?}");
    }
    let mut command = place.kehu(&[]);
    command.env("NO_COLOR", "1");
    let mut pty = Pty::start(command, 80, 24);
    pty.wait_until("one reversed row", |screen| {
        let reversed = |row| screen.cell(row, 10).is_some_and(vt100::Cell::inverse);
        (0..24).filter(|row| reversed(*row)).count() == 1
    });
}

#[test]
fn plain_ascii_is_all_that_is_sent_when_asked_for() {
    let place = Place::with(&[("Anvil Works", "13800010001"), ("Borax", "13800010002"), ("Cinder", "13800010003")]);
    for (arguments, variables) in [(&["--ascii"][..], &[][..]), (&["--lang", "en"], &[("LANG", "zh_CN.GB18030")])] {
        let sent = String::from_utf8(toured(&place, arguments, variables)).unwrap();
        // The palette says that it understands 中文.
        let foreign: String = sent.replace("中文", "").chars().filter(|c| !c.is_ascii()).collect();
        assert_eq!(foreign, "");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_idle_program_neither_wakes_nor_sends_a_byte() {
    let place = place();
    let mut pty = place.open();
    pty.send("f电话 等");
    pty.expect("电话 等");
    // The draft is written after a moment of rest; whatever is drawn next is drawn after that.
    let drafts = place.book().join("drafts");
    pty.look_until("a draft", || std::fs::read_dir(&drafts).is_ok_and(|mut drafts| drafts.next().is_some()));
    pty.resize(90, 24);
    pty.wait_until("the whole width", |screen| screen.contents().contains(&"─".repeat(90)));
    let before = pty.at_rest();
    pty.received();
    // Meanwhile another program does all its work.
    assert_eq!(Place::with_sample(300).ask(&["due"]).status, 0);
    assert_eq!(pty.received(), b"");
    assert_eq!(pty.at_rest(), before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_key_that_changes_nothing_sends_nothing() {
    let mut pty = place().open();
    pty.expect("1/3");
    let mut rest = pty.at_rest();
    pty.received();
    for key in ["\x1b[A", "k", "\x1b[H", "\x1b[5~"] {
        pty.send(key);
        rest = pty.at_rest_again(rest);
    }
    pty.send("\x1b[B");
    pty.expect("2/3");
    pty.at_rest_again(rest);
    assert_eq!(frames(&pty.received()), 1);
}

#[test]
fn a_window_too_small_says_so_and_shows_all_again_when_it_grows() {
    let mut pty = place().open();
    pty.expect("1/3");
    let whole = pty.screen().contents();
    pty.resize(30, 5);
    pty.expect("least 40x10.");
    pty.resize(1, 1);
    pty.resize(80, 24);
    pty.wait_until("what was there", |screen| screen.contents() == whole);
    pty.resize(160, 50);
    pty.expect("Timeline");
    pty.resize(30, 5);
    pty.resize(80, 24);
    pty.send("\x1b[B");
    pty.wait_until("the second row", |screen| {
        screen.contents().contains("2/3") && screen.contents().contains("华东重工")
    });
}
