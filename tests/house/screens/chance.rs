//! Any events at all: nothing breaks, and the terminal shows after many frames what it would after the last alone.

use crate::screens::book;
use crate::screens::picture::Picture;
use crate::screens::stage::wanted;
use kehu::text::Language;
use kehu::ui::app::App;
use kehu::ui::event::{Event, Press};
use kehu::ui::terminal::painter::Painter;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyModifiers};
use ratatui::layout::Size;
use std::cell::RefCell;
use std::io::{self, Write};
use std::num::NonZero;
use std::rc::Rc;

/// What happens: an event, as text that can be read in a regression file, or a frame is drawn.
#[derive(Clone, Debug)]
enum Happening {
    Key(KeyCode, KeyModifiers),
    Paste(String),
    Resize(u16, u16),
    Focus(bool),
    Frame,
}

/// Characters that terminals and input methods make trouble with, among plain ones.
fn character() -> impl Strategy<Value = char> {
    let odd =
        "客户重庆曾，。？／￥　é\u{301}e\u{308}👍🏽👨\u{200d}👩\u{200d}👧🇨🇳\u{fe0f}\u{200b}\u{202e}ｶ각ก็ﷺ\u{fffd}ß─…";
    let odd: Vec<char> = odd.chars().collect();
    // The emulator gives half-width sound marks no column; terminals do.
    let any = any::<char>().prop_filter("a sound mark", |c| !matches!(c, '\u{ff9e}' | '\u{ff9f}'));
    prop_oneof![6 => prop::char::range(' ', '~'), 3 => prop::sample::select(odd), 1 => any]
}

fn code() -> impl Strategy<Value = KeyCode> {
    use KeyCode::{Backspace, Delete, Down, End, Enter, Esc, Home, Insert, Left, PageDown, PageUp, Right, Tab, Up};
    let named = [
        Backspace, Delete, Down, Down, End, Enter, Enter, Enter, Esc, Esc, Home, Insert, Left, PageDown, PageUp, Right,
        Tab, Up,
    ];
    prop_oneof![
        5 => prop::sample::select(named.to_vec()),
        5 => character().prop_map(KeyCode::Char),
        3 => prop::sample::select("/se:D?aEufyL ][}*-SlhGg12q1rrffzxm.3459".chars().collect::<Vec<_>>()).prop_map(KeyCode::Char),
        1 => (1_u8..=12).prop_map(KeyCode::F),
    ]
}

fn modifiers() -> impl Strategy<Value = KeyModifiers> {
    let held = [KeyModifiers::CONTROL, KeyModifiers::ALT, KeyModifiers::SHIFT, KeyModifiers::all()];
    prop_oneof![8 => Just(KeyModifiers::NONE), 2 => prop::sample::select(held.to_vec())]
}

fn happening() -> impl Strategy<Value = Happening> {
    let text = prop::collection::vec(character(), 0..12).prop_map(|text| text.into_iter().collect());
    prop_oneof![
        20 => (code(), modifiers()).prop_map(|(code, mods)| Happening::Key(code, mods)),
        2 => text.prop_map(Happening::Paste),
        1 => (0_u16..=200, 0_u16..=60).prop_map(|(columns, rows)| Happening::Resize(columns, rows)),
        1 => any::<bool>().prop_map(Happening::Focus),
        8 => Just(Happening::Frame),
    ]
}

/// A line whose far end can be looked at.
#[derive(Clone, Default)]
struct Line(Rc<RefCell<Vec<u8>>>);

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The program, the line to the terminal, and what that shows.
struct Session {
    app: App,
    painter: Painter<Line>,
    line: Line,
    shows: vt100::Parser,
    size: (u16, u16),
}

fn emulator((columns, rows): (u16, u16)) -> vt100::Parser {
    vt100::Parser::new(NonZero::new(rows).unwrap(), NonZero::new(columns).unwrap(), 0)
}

fn painter((columns, rows): (u16, u16)) -> (Painter<Line>, Line) {
    let line = Line::default();
    (Painter::new(line.clone(), Size::new(columns, rows)).unwrap(), line)
}

impl Session {
    fn new(app: App) -> Session {
        let size = (100, 30);
        let (painter, line) = painter(size);
        let mut session = Session { app, painter, line, shows: emulator(size), size };
        session.frame();
        session
    }

    fn take(&mut self, happening: Happening) {
        let event = match happening {
            Happening::Key(code, mods) => Event::Press(Press { code, mods }),
            Happening::Paste(text) => Event::Paste(text),
            Happening::Focus(gained) => Event::Focus(gained),
            Happening::Resize(columns, rows) => {
                self.resize(columns, rows);
                Event::Resize { columns, rows }
            }
            Happening::Frame => return self.frame(),
        };
        self.app.handle(event, book::now());
        while let Some(job) = self.app.take_job() {
            self.app.take_done(job.run());
        }
    }

    fn resize(&mut self, columns: u16, rows: u16) {
        self.size = (columns, rows);
        self.painter.resize(Size::new(columns, rows)).unwrap();
        if columns > 1 && rows > 0 {
            self.shows.screen_mut().set_size(NonZero::new(rows).unwrap(), NonZero::new(columns).unwrap());
        }
    }

    /// What holds of every frame: the cursor is inside, and so is the place in the list that the foot tells.
    fn look(&mut self) {
        let (columns, rows) = self.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let frame = terminal.draw(|frame| self.app.draw(frame)).unwrap().buffer.clone();
        let backend = terminal.backend();
        let picture = Picture::of(&frame, backend.cursor_visible().then(|| backend.cursor_position()));
        if let Some(cursor) = picture.cursor {
            assert!(
                cursor.x < columns && cursor.y < rows,
                "cursor at {cursor} of {columns}x{rows}\n{}",
                picture.text()
            );
        }
        let foot = picture.lines.last().and_then(|foot| foot.rsplit(' ').next()?.split_once('/'));
        if let Some((Ok(place), Ok(count))) = foot.map(|(place, count)| (place.parse::<usize>(), count.parse())) {
            assert!((1..=count).contains(&place), "{}", picture.text());
        }
        assert!(picture.selected().len() <= 2, "{}", picture.whole());
    }

    /// Draws, and compares what the terminal shows with what a fresh one would.
    fn frame(&mut self) {
        self.painter.draw(|frame| self.app.draw(frame)).unwrap();
        let bytes = self.line.0.take();
        if self.size.0 < 2 || self.size.1 == 0 {
            return;
        }
        self.look();
        self.shows.process(&bytes);
        let (mut fresh, line) = painter(self.size);
        fresh.draw(|frame| self.app.draw(frame)).unwrap();
        let mut alone = emulator(self.size);
        alone.process(&line.0.take());
        let (many, one) = (looks(&self.shows), looks(&alone));
        let differing: Vec<_> = many.0.iter().zip(&one.0).filter(|(many, one)| many != one).collect();
        assert!(differing.is_empty(), "many frames show, the last alone would: {differing:#?}");
        assert_eq!(many.1, one.1, "the cursor after many frames, and after the last alone");
    }
}

/// The lines as they look, and the cursor.
fn looks(parser: &vt100::Parser) -> (Vec<String>, Option<(u16, u16)>) {
    let screen = parser.screen();
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let line = |y: u16| {
        let cells = (0..columns).filter_map(|x| screen.cell(y, x)).filter(|cell| !cell.is_wide_continuation());
        let looks = cells.map(|cell| {
            let text = if cell.has_contents() { cell.contents() } else { " " };
            let look = (cell.fgcolor(), cell.bgcolor(), cell.bold(), cell.inverse(), cell.underline());
            match look {
                (vt100::Color::Default, vt100::Color::Default, false, false, false) => text.to_owned(),
                look => format!("{text}{look:?}"),
            }
        });
        looks.collect::<String>()
    };
    (looks_trimmed((0..rows).map(line)), (!screen.hide_cursor()).then(|| screen.cursor_position()))
}

fn looks_trimmed(lines: impl Iterator<Item = String>) -> Vec<String> {
    lines.map(|line| line.trim_end().to_owned()).collect()
}

/// How many cases: few, unless more are asked for by `PROPTEST_CASES`.
fn cases() -> ProptestConfig {
    let usual = ProptestConfig { max_shrink_iters: 2_000, ..ProptestConfig::default() };
    let few = std::env::var_os("PROPTEST_CASES").is_none();
    let cases = if few { 40 } else { usual.cases };
    let file = FileFailurePersistence::Direct("tests/house/screens/chance.txt");
    ProptestConfig { cases, failure_persistence: Some(Box::new(file)), ..usual }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn whatever_comes_the_program_goes_on_and_the_terminal_shows_the_last_frame(
        happenings in prop::collection::vec(happening(), 1..80), chinese in any::<bool>(), ascii in any::<bool>()
    ) {
        let folder = book::folder(false);
        let language = if chinese { Language::Zh } else { Language::En };
        let wanted = kehu::ui::app::Wanted { ascii, ..wanted(language) };
        let mut session = Session::new(App::new(book::desk(folder.path()), wanted, book::now()));
        for happening in happenings {
            session.take(happening);
        }
        session.resize(100, 30);
        session.take(Happening::Frame);
        prop_assert!(session.shows.screen().contents().starts_with(" kehu"));
    }
}
