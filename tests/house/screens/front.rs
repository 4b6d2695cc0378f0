//! The first frame kept beside a large book: what it shows is what the whole list shows, and for no other book, day,
//! screen or person is it used.

use crate::screens::stage::wanted;
use kehu::book::command::Command;
use kehu::desk::{Desk, Opening};
use kehu::domain::customer::{Contact, Customer};
use kehu::domain::measure::Score;
use kehu::domain::money::Money;
use kehu::domain::time::{Due, Moment};
use kehu::text::Language;
use kehu::ui::app::{App, Wanted};
use kehu::ui::front::Front;
use kehu::ui::theme::THEMES;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Cell;
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;

/// Ten in the morning of a Friday.
const NOW: Moment = Moment::from_parts(1_795_140_000, 480);
const ME: &str = "王建国";
const USUAL: Size = Size { width: 80, height: 24 };

fn open(folder: &Path) -> Desk {
    let (me, device) = (ME.to_owned(), "desk".to_owned());
    let opening =
        Opening { me, device, now: NOW, read_only: false, despite_damage: false, despite_lost_journal: false, seed: 7 };
    Desk::open(folder, opening, &mut |_, _| {}).unwrap().0
}

fn customer(nth: i32) -> Command {
    let customer = Customer {
        code: format!("K{nth:04}"),
        name: if nth % 3 == 0 { format!("华东重工{nth}") } else { format!("Nanjing Tools {nth}") },
        phone: format!("1380000{nth:04}"),
        region: "四川省/成都市".to_owned(),
        conclusion: "等预算\n下周再谈".to_owned(),
        next_contact: (nth % 4 != 1).then(|| Due::on(NOW.day().plus(nth % 23 - 11))),
        given_total: (nth % 5 == 0).then(|| Money::from_cents(i64::from(nth) * 1_234_567)),
        given_satisfaction: Some(Score::from_hundredths(450)),
        ..Customer::default()
    };
    let contact = Contact { name: "单先生".to_owned(), phone: "13900000000".to_owned(), ..Contact::default() };
    Command::AddCustomer(Box::new(customer), vec![contact])
}

/// A closed book of 2,000 customers, the same for every test.
fn large() -> TempDir {
    static BOOK: OnceLock<TempDir> = OnceLock::new();
    let made = BOOK.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let mut desk = open(folder.path());
        let commands: Vec<Command> = (0..2_000).map(customer).collect();
        desk.run_all(&commands, NOW).unwrap();
        desk.tidy().unwrap();
        desk.close().unwrap();
        folder
    });
    let copy = TempDir::new().unwrap();
    copy_all(made.path(), copy.path());
    copy
}

fn copy_all(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy_all(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Leaves the workbench, and with it the first frame for the next time.
fn leave(folder: &Path, size: Size, wanted: &Wanted) {
    Front::keep(open(folder), size, wanted, NOW).close().unwrap();
}

/// The first frame of the whole list.
fn whole(folder: &Path, size: Size, wanted: &Wanted, now: Moment) -> Front {
    let mut app = App::new(open(folder), wanted.clone(), now);
    let front = Front::drawn(size, |frame| app.draw(frame)).unwrap();
    app.into_desk().close().unwrap();
    front
}

fn kept(folder: &Path, days: i32) -> Option<Front> {
    Front::of(folder, USUAL, &wanted(Language::Zh), ME, NOW.day().plus(days))
}

/// A large book left by somebody in Chinese, on a usual screen.
fn left() -> TempDir {
    let folder = large();
    leave(folder.path(), USUAL, &wanted(Language::Zh));
    assert!(kept(folder.path(), 0).is_some());
    folder
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn what_is_shown_first_is_what_the_whole_list_shows_at_any_hour(
        columns in 80_u16..170,
        rows in 24_u16..60,
        chinese: bool,
        theme in 0..THEMES.len(),
        ascii: bool,
        days in 0..4_i32,
        minutes in -500..800_i64,
    ) {
        let folder = large();
        let size = Size { width: columns, height: rows };
        let language = if chinese { Language::Zh } else { Language::En };
        let wanted = Wanted { theme: THEMES[theme].clone(), ascii, ..wanted(language) };
        leave(folder.path(), size, &wanted);
        let then = NOW.plus_seconds(i64::from(days) * 86_400 + minutes * 60);
        let front = Front::of(folder.path(), size, &wanted, ME, then.day()).unwrap();
        prop_assert_eq!(&front, &whole(folder.path(), size, &wanted, then));
        prop_assert_eq!(Front::drawn(size, |frame| front.draw(frame)), Some(front.clone()));
    }
}

#[test]
fn a_first_frame_is_not_shown_on_a_day_it_was_not_made_for() {
    let folder = left();
    assert!(kept(folder.path(), 3).is_some());
    assert!(kept(folder.path(), 4).is_none() && kept(folder.path(), -1).is_none());
}

#[test]
fn a_first_frame_is_not_shown_on_another_screen_or_to_somebody_else() {
    let folder = left();
    let (zh, today) = (wanted(Language::Zh), NOW.day());
    let of = |size, wanted: &Wanted, me| Front::of(folder.path(), size, wanted, me, today);
    assert!(of(Size { width: 81, ..USUAL }, &zh, ME).is_none());
    assert!(of(USUAL, &wanted(Language::En), ME).is_none());
    assert!(of(USUAL, &Wanted { slow_line: true, ..zh.clone() }, ME).is_none());
    assert!(of(USUAL, &zh, "林淑华").is_none());
    assert!(of(USUAL, &zh, ME).is_some());
}

/// A follow-up logged on the command line left the next opening with an empty screen until all rows were read.
#[test]
fn a_first_frame_from_before_something_was_written_is_dimmed_and_says_so() {
    let folder = left();
    let mut desk = open(folder.path());
    desk.run(&customer(2_001), NOW).unwrap();
    desk.close().unwrap();
    let front = kept(folder.path(), 0).unwrap();
    assert!(!front.is_true());
    let mut terminal = Terminal::new(TestBackend::new(USUAL.width, USUAL.height)).unwrap();
    let buffer = terminal.draw(|frame| front.draw(frame)).unwrap().buffer.clone();
    let (rows, foot) = buffer.content.split_at(usize::from(USUAL.width * (USUAL.height - 1)));
    assert!(rows.iter().all(|cell| cell.modifier == Modifier::DIM && cell.fg == Color::Reset));
    let said: String = foot.iter().map(Cell::symbol).collect();
    assert_eq!(said.replace(' ', ""), "正在读取最新内容……");
}

#[test]
fn a_first_frame_is_not_shown_while_somebody_else_has_the_book_or_after_it_was_killed() {
    let folder = left();
    let desk = open(folder.path());
    assert!(kept(folder.path(), 0).is_none());
    // A session that is killed leaves no note that it closed the book.
    let mark = fs::read(folder.path().join("mark")).unwrap();
    desk.close().unwrap();
    fs::write(folder.path().join("mark"), mark).unwrap();
    assert!(kept(folder.path(), 0).is_none());
}

#[test]
fn a_first_frame_is_not_shown_when_a_draft_has_come_that_it_does_not_tell_of() {
    let folder = left();
    let desk = open(folder.path());
    desk.store().save_draft("customer", b"x").unwrap();
    desk.close().unwrap();
    assert!(kept(folder.path(), 0).is_none());
}

#[test]
fn a_damaged_first_frame_is_no_first_frame() {
    let folder = left();
    for entry in fs::read_dir(folder.path().join("sidecars")).unwrap() {
        let path = entry.unwrap().path();
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(path, bytes).unwrap();
    }
    assert!(kept(folder.path(), 0).is_none());
}

#[test]
fn leaving_a_book_as_it_was_writes_no_first_frame_again() {
    let folder = left();
    let times = || -> Vec<_> {
        let sides = fs::read_dir(folder.path().join("sidecars")).unwrap();
        let mut times: Vec<_> = sides.map(|side| side.unwrap().metadata().unwrap().modified().unwrap()).collect();
        times.sort();
        times
    };
    let before = times();
    leave(folder.path(), USUAL, &wanted(Language::Zh));
    assert_eq!(times(), before);
}

#[test]
fn a_small_book_keeps_no_first_frame() {
    let folder = TempDir::new().unwrap();
    let mut desk = open(folder.path());
    desk.run(&customer(1), NOW).unwrap();
    Front::keep(desk, USUAL, &wanted(Language::Zh), NOW).close().unwrap();
    assert!(!folder.path().join("sidecars").exists());
}
