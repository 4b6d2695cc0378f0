//! Bytes as terminals and networks deliver them.

use proptest::prelude::*;
use ratatui::crossterm::event::KeyCode::{self, Char, F};

use super::*;

const NONE: KeyModifiers = KeyModifiers::NONE;
const ALT: KeyModifiers = KeyModifiers::ALT;
const CONTROL: KeyModifiers = KeyModifiers::CONTROL;
const SHIFT: KeyModifiers = KeyModifiers::SHIFT;

/// The events of reads that came so many milliseconds after the start, with
/// the deadlines kept as the reading thread keeps them.
fn told(over_ssh: bool, reads: &[(u64, &[u8])]) -> Vec<String> {
    let start = Instant::now();
    let mut normaliser = Normaliser::new(over_ssh);
    let mut events = Vec::new();
    for (after, bytes) in reads {
        let now = start + Duration::from_millis(*after);
        while let Some(due) = normaliser.deadline().filter(|due| *due <= now) {
            events.extend(normaliser.expire(due));
        }
        events.extend(normaliser.feed(bytes, now));
    }
    while let Some(due) = normaliser.deadline() {
        events.extend(normaliser.expire(due));
    }
    events.iter().map(|event| format!("{event:?}")).collect()
}

fn key(code: KeyCode, mods: KeyModifiers) -> String {
    format!("{:?}", Event::Press(Press { code, mods }))
}

fn keys(codes: &[KeyCode]) -> Vec<String> {
    codes.iter().map(|code| key(*code, NONE)).collect()
}

fn paste(text: &str) -> String {
    format!("{:?}", Event::Paste(text.to_owned()))
}

/// One read on a local terminal.
fn read(bytes: &[u8]) -> Vec<String> {
    told(false, &[(0, bytes)])
}

#[test]
fn letters_come_without_shift_and_han_one_by_one() {
    assert_eq!(read("aA客户".as_bytes()), keys(&[Char('a'), Char('A'), Char('客'), Char('户')]));
}

#[test]
fn control_keys_are_lower_case() {
    assert_eq!(read(b"\x01"), [key(Char('a'), CONTROL)]);
    assert_eq!(read(b"\x1b[97;6u"), [key(Char('a'), CONTROL)]);
    assert_eq!(read(b"\x00"), [key(Char(' '), CONTROL)]);
    assert_eq!(read(b"\x1f"), [key(Char('7'), CONTROL)]);
    assert_eq!(read(b"\r\t\x7f"), keys(&[KeyCode::Enter, KeyCode::Tab, KeyCode::Backspace]));
}

#[test]
fn back_tab_is_tab_with_shift() {
    assert_eq!(read(b"\x1b[Z"), [key(KeyCode::Tab, SHIFT)]);
}

#[test]
fn alt_stays_with_its_character() {
    assert_eq!(read(b"\x1bx\x1b\r\x1bX"), [key(Char('x'), ALT), key(KeyCode::Enter, ALT), key(Char('X'), ALT)]);
    assert_eq!(read("\x1b客".as_bytes()), [key(Char('客'), ALT)]);
    assert_eq!(read(b"\x1b["), [key(Char('['), ALT)]);
    assert_eq!(read(b"\x1b\x1b[A"), [key(KeyCode::Up, ALT)]);
}

/// Every common sequence and its key.
fn sequences() -> Vec<(&'static [u8], KeyCode, KeyModifiers)> {
    vec![
        (b"\x1b[A", KeyCode::Up, NONE),
        (b"\x1bOB", KeyCode::Down, NONE),
        (b"\x1b[1;5C", KeyCode::Right, CONTROL),
        (b"\x1b[1;2D", KeyCode::Left, SHIFT),
        (b"\x1b[1;3A", KeyCode::Up, ALT),
        (b"\x1b[H", KeyCode::Home, NONE),
        (b"\x1bOF", KeyCode::End, NONE),
        (b"\x1b[1~", KeyCode::Home, NONE),
        (b"\x1b[4~", KeyCode::End, NONE),
        (b"\x1b[2~", KeyCode::Insert, NONE),
        (b"\x1b[3~", KeyCode::Delete, NONE),
        (b"\x1b[3;5~", KeyCode::Delete, CONTROL),
        (b"\x1b[5~", KeyCode::PageUp, NONE),
        (b"\x1b[6~", KeyCode::PageDown, NONE),
        (b"\x1bOP", F(1), NONE),
        (b"\x1b[11~", F(1), NONE),
        (b"\x1b[[B", F(2), NONE),
        (b"\x1bOS", F(4), NONE),
        (b"\x1b[1;2R", F(3), SHIFT),
        (b"\x1b[15~", F(5), NONE),
        (b"\x1b[17~", F(6), NONE),
        (b"\x1b[21~", F(10), NONE),
        (b"\x1b[23~", F(11), NONE),
        (b"\x1b[24;2~", F(12), SHIFT),
        (b"\x1b[Z", KeyCode::Tab, SHIFT),
        (b"\x1b[27;5;13~", KeyCode::Enter, CONTROL),
    ]
}

#[test]
fn every_sequence_is_its_key_wherever_the_network_tears_it() {
    for (bytes, code, mods) in sequences() {
        assert_eq!(read(bytes), [key(code, mods)], "{bytes:?}");
        for at in 1..bytes.len() {
            let (head, tail) = bytes.split_at(at);
            let torn = told(true, &[(0, head), (30, tail)]);
            assert_eq!(torn, [key(code, mods)], "{bytes:?} torn at {at}");
        }
        let single: Vec<(u64, &[u8])> =
            bytes.chunks(1).zip([0, 90, 180, 270, 360, 450, 540, 630, 720, 810]).map(|(byte, at)| (at, byte)).collect();
        assert_eq!(told(true, &single), [key(code, mods)], "{bytes:?} byte by byte");
    }
}

#[test]
fn a_lone_esc_is_released_when_its_window_has_passed() {
    let mut local = Normaliser::new(false);
    let start = Instant::now();
    assert!(local.feed(b"\x1b", start).is_empty());
    assert_eq!(local.deadline(), Some(start + LOCAL_WINDOW));
    assert!(local.expire(start).is_empty());
    assert_eq!(local.expire(start + LOCAL_WINDOW).len(), 1);
    assert_eq!(local.deadline(), None);
    assert_eq!(Normaliser::new(true).window, SSH_WINDOW);
}

#[test]
fn esc_and_then_a_letter_typed_are_two_keys() {
    assert_eq!(told(true, &[(0, b"\x1b"), (60, b"j")]), keys(&[KeyCode::Esc, Char('j')]));
    assert_eq!(told(true, &[(0, b"\x1b"), (60, b"\x1b")]), keys(&[KeyCode::Esc, KeyCode::Esc]));
    assert_eq!(told(true, &[(0, b"\x1b"), (60, b"[")]), keys(&[KeyCode::Esc, Char('[')]));
    assert_eq!(told(true, &[(0, b"\x1b"), (60, b"O"), (99, b"k")]), {
        let mut expected = keys(&[KeyCode::Char('O')]);
        expected.insert(0, key(KeyCode::Esc, NONE));
        expected.push(key(Char('k'), NONE));
        expected
    });
    assert_eq!(told(true, &[(0, b"\x1b"), (150, b"[A")]), keys(&[KeyCode::Esc, Char('['), Char('A')]));
}

#[test]
fn esc_twice_is_esc_twice() {
    assert_eq!(read(b"\x1b\x1b"), keys(&[KeyCode::Esc, KeyCode::Esc]));
    assert_eq!(read(b"\x1b\x1bj"), [key(KeyCode::Esc, NONE), key(Char('j'), ALT)]);
}

#[test]
fn a_paste_is_never_keys_and_holds_text_only() {
    let bytes = b"\x1b[200~dq\r\n:w\x1b[A\x07\tx\xe2\x80\x8b\xff\x1b[201~j";
    assert_eq!(read(bytes), [paste("dq\n:w[A\tx"), key(Char('j'), NONE)]);
    assert_eq!(read(b"\x1b[200~\x1b[201~"), Vec::<String>::new());
}

#[test]
fn a_torn_paste_is_one_paste() {
    let whole = "\x1b[200~客户A\n\x1b[201~".as_bytes();
    for at in 1..whole.len() {
        let (head, tail) = whole.split_at(at);
        assert_eq!(told(true, &[(0, head), (80, tail)]), [paste("客户A\n")], "torn at {at}");
    }
    assert_eq!(told(true, &[(0, b"\x1b[200~ab"), (900, b"cd\x1b[20"), (1800, b"1~")]), [paste("abcd")]);
}

#[test]
fn a_paste_that_lost_its_end_is_given_up_after_a_while() {
    assert_eq!(told(true, &[(0, b"\x1b[200~ab"), (2500, b"q")]), [paste("ab"), key(Char('q'), NONE)]);
}

#[test]
fn a_torn_character_is_one_character() {
    let bytes = "客".as_bytes();
    assert_eq!(told(false, &[(0, &bytes[..1]), (500, &bytes[1..2]), (900, &bytes[2..])]), keys(&[Char('客')]));
}

#[test]
fn what_is_no_text_is_dropped() {
    assert_eq!(read(b"a\xff\xe5b\xc3"), keys(&[Char('a'), Char('b')]));
    assert_eq!(read("a\u{fe0f}\u{fffd}b".as_bytes()), keys(&[Char('a'), Char('b')]));
}

#[test]
fn what_joins_emoji_is_passed_on_since_only_the_line_knows_what_stands_before_it() {
    assert_eq!(read("a\u{200d}b".as_bytes()), keys(&[Char('a'), Char('\u{200d}'), Char('b')]));
}

#[test]
fn key_releases_are_dropped_and_repeats_kept() {
    assert_eq!(read(b"\x1b[97;1:3u\x1b[1;1:3A\x1b[1;1:2A"), keys(&[KeyCode::Up]));
}

#[test]
fn late_replies_of_the_terminal_are_not_typed() {
    let replies = b"\x1b[?62;22c\x1b[24;80R\x1b]11;rgb:00/00/00\x1b\\\x1b]10;x\x07\x1bP1+r\x1b\\\x1b[?2026;2$y";
    assert_eq!(read(replies), Vec::<String>::new());
}

#[test]
fn focus_is_told() {
    assert_eq!(read(b"\x1b[I\x1b[O"), ["Focus(true)", "Focus(false)"]);
}

#[test]
fn a_notch_of_the_wheel_is_three_rows() {
    assert_eq!(read(b"\x1b[<65;10;5M\x1b[<0;1;1M\x1b[<0;1;1m"), keys(&[KeyCode::Down; 3]));
}

proptest! {
    #[test]
    fn any_bytes_however_torn_leave_the_machine_at_rest(
        reads in proptest::collection::vec((0_u64..200, proptest::collection::vec(
            prop_oneof![Just(0x1b_u8), Just(b'['), Just(b'~'), b'0'..=b'9', any::<u8>()], 0..12)), 0..12)
    ) {
        let mut normaliser = Normaliser::new(true);
        let mut now = Instant::now();
        for (wait, bytes) in &reads {
            now += Duration::from_millis(*wait);
            normaliser.feed(bytes, now);
        }
        normaliser.expire(now + PASTE_PATIENCE);
        prop_assert!(normaliser.deadline().is_none());
        prop_assert!(normaliser.waiting.len() < 4);
    }
}
