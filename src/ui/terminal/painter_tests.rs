//! Frames as a terminal receives them.

use std::cell::RefCell;
use std::num::NonZero;
use std::rc::Rc;

use proptest::prelude::*;
use ratatui::style::{Color, Modifier, Style};
use ratatui::widgets::{Block, Clear};

use super::*;

/// A line whose far end can be looked at.
#[derive(Clone, Default)]
struct Line(Rc<RefCell<Vec<Vec<u8>>>>);

impl Line {
    /// The writes since last asked.
    fn writes(&self) -> Vec<Vec<u8>> {
        self.0.take()
    }

    fn bytes(&self) -> Vec<u8> {
        self.writes().concat()
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().push(bytes.to_vec());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn painter(columns: u16, rows: u16) -> (Painter<Line>, Line) {
    let line = Line::default();
    (Painter::new(line.clone(), Size::new(columns, rows)).unwrap(), line)
}

fn at_least_one(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).unwrap()
}

/// A terminal emulator of this size.
fn emulator(columns: u16, rows: u16) -> vt100::Parser {
    vt100::Parser::new(at_least_one(rows), at_least_one(columns), 0)
}

/// Rows and columns.
fn size_of(parser: &vt100::Parser) -> (u16, u16) {
    let (rows, columns) = parser.screen().size();
    (rows.get(), columns.get())
}

fn count(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).filter(|window| *window == part).count()
}

#[test]
fn a_frame_is_one_write_inside_one_synchronized_update() {
    let (mut painter, line) = painter(200, 60);
    painter
        .draw(|frame| {
            for row in 0..60 {
                frame.buffer_mut().set_string(0, row, "客户".repeat(50), Style::new().fg(Color::Rgb(1, 2, 3)));
            }
            frame.set_cursor_position((4, 2));
        })
        .unwrap();
    let writes = line.writes();
    assert_eq!(writes.len(), 1);
    assert!(writes[0].starts_with(b"\x1b[?2026h\x1b[?25l"));
    assert!(writes[0].ends_with(b"\x1b[3;5H\x1b[?25h\x1b[?2026l"));
}

#[test]
fn an_unchanged_frame_sends_nothing_and_a_moved_cursor_little() {
    let (mut painter, line) = painter(20, 4);
    let mut draw = |x: u16| {
        painter
            .draw(|frame| {
                frame.buffer_mut().set_string(0, 0, "客户", Style::new());
                frame.set_cursor_position((x, 0));
            })
            .unwrap();
        line.bytes().len()
    };
    assert!(draw(1) > 0);
    assert_eq!(draw(1), 0);
    assert!((1..=40).contains(&draw(2)));
    assert_eq!(draw(2), 0);
}

#[test]
fn a_chinese_row_needs_no_cursor_moves() {
    let (mut painter, line) = painter(80, 1);
    painter
        .draw(|frame| {
            frame.buffer_mut().set_string(0, 0, "上海华为技术有限公司，客户A", Style::new());
        })
        .unwrap();
    let bytes = line.bytes();
    assert_eq!(count(&bytes, b"H"), 1, "{:?}", String::from_utf8_lossy(&bytes));
}

#[test]
fn the_cursor_stays_hidden_when_no_one_asks_for_it() {
    let (mut painter, line) = painter(10, 1);
    painter.draw(|_| ()).unwrap();
    assert_eq!(count(&line.bytes(), b"\x1b[?25h"), 0);
    painter.draw(|_| ()).unwrap();
    assert_eq!(line.bytes(), b"");
}

#[test]
fn repainting_sends_the_whole_frame_again() {
    let (mut painter, line) = painter(10, 1);
    let paint = |frame: &mut Frame| {
        frame.buffer_mut().set_string(0, 0, "客户", Style::new());
    };
    painter.draw(paint).unwrap();
    let first = line.bytes();
    painter.repaint().unwrap();
    assert_eq!(line.bytes(), b"");
    painter.draw(paint).unwrap();
    assert_eq!(line.bytes(), first);
}

#[test]
fn a_pop_up_over_half_a_glyph_keeps_its_border() {
    let (mut painter, line) = painter(12, 3);
    let mut screen = emulator(12, 3);
    painter
        .draw(|frame| {
            frame.buffer_mut().set_string(0, 1, "客户分级管理", Style::new());
        })
        .unwrap();
    painter
        .draw(|frame| {
            frame.buffer_mut().set_string(0, 1, "客户分级管理", Style::new());
            let area = Rect::new(3, 0, 6, 3);
            frame.render_widget(Clear, area);
            frame.render_widget(Block::bordered(), area);
        })
        .unwrap();
    screen.process(&line.bytes());
    assert_eq!(screen.screen().rows(0, 12).nth(1).unwrap(), "客 │    │ 理");
}

/// One text put somewhere in a frame.
type Stroke = (u16, u16, String, u8);

fn strokes() -> impl Strategy<Value = Vec<Stroke>> {
    let text = "[a-c客户分级，│ é]{0,8}";
    proptest::collection::vec((0_u16..24, 0_u16..6, text, 0_u8..6), 0..14)
}

fn style(number: u8) -> Style {
    match number {
        0 => Style::new(),
        1 => Style::new().bg(Color::Blue),
        2 => Style::new().fg(Color::Red),
        3 => Style::new().add_modifier(Modifier::REVERSED),
        4 => Style::new().add_modifier(Modifier::UNDERLINED),
        _ => Style::new().fg(Color::Green).add_modifier(Modifier::BOLD),
    }
}

fn paint(frame: &mut Frame, strokes: &[Stroke]) {
    for (x, y, text, number) in strokes {
        if *x < frame.area().width && *y < frame.area().height {
            frame.buffer_mut().set_stringn(*x, *y, text, 40, style(*number));
        }
        if *number == 5 {
            let area = Rect::new(*x, *y, 5, 3).intersection(frame.area());
            frame.buffer_mut().set_style(area, style(*number));
        }
    }
    if let Some((x, y, ..)) = strokes.first() {
        frame.set_cursor_position((*x, *y));
    }
}

/// What a terminal shows: every cell with its look, and the cursor.
fn shown(parser: &vt100::Parser) -> (Vec<String>, bool, Option<(u16, u16)>) {
    let screen = parser.screen();
    let (rows, columns) = size_of(parser);
    let cells = (0..rows).flat_map(|y| (0..columns).map(move |x| (y, x)));
    let looks = cells.filter_map(|(y, x)| {
        let cell = screen.cell(y, x)?;
        let text = if cell.has_contents() { cell.contents() } else { " " };
        (!cell.is_wide_continuation()).then(|| {
            format!(
                "{y},{x} {text} {:?} {:?} {} {} {}",
                cell.fgcolor(),
                cell.bgcolor(),
                cell.bold(),
                cell.inverse(),
                cell.underline()
            )
        })
    });
    let hidden = screen.hide_cursor();
    (looks.collect(), hidden, (!hidden).then(|| screen.cursor_position()))
}

/// The cells in which two terminals differ.
fn differing(one: &vt100::Parser, other: &vt100::Parser) -> Vec<(String, String)> {
    let pairs = shown(one).0.into_iter().zip(shown(other).0);
    pairs.filter(|(one, other)| one != other).collect()
}

proptest! {
    #[test]
    fn frames_one_after_another_show_what_the_last_alone_would(
        frames in proptest::collection::vec((strokes(), 0_u16..30, 0_u16..8, any::<bool>()), 1..7)
    ) {
        let (mut painter, line) = painter(24, 6);
        let mut shows = emulator(24, 6);
        for (strokes, columns, rows, resized) in &frames {
            if *resized {
                let (columns, rows) = ((*columns).max(2), (*rows).max(1));
                shows.screen_mut().set_size(at_least_one(rows), at_least_one(columns));
                painter.resize(Size::new(columns, rows)).unwrap();
            }
            painter.draw(|frame| paint(frame, strokes)).unwrap();
            shows.process(&line.bytes());
            let (rows, columns) = size_of(&shows);
            let (mut fresh, fresh_line) = self::painter(columns, rows);
            fresh.draw(|frame| paint(frame, strokes)).unwrap();
            let mut alone = emulator(columns, rows);
            alone.process(&fresh_line.bytes());
            prop_assert!(shown(&shows) == shown(&alone), "{:#?}", differing(&shows, &alone));
        }
    }

    #[test]
    fn no_size_is_too_small_to_draw(columns in 0_u16..4, rows in 0_u16..3, strokes in strokes()) {
        let (mut painter, _line) = painter(24, 6);
        painter.draw(|frame| paint(frame, &strokes)).unwrap();
        painter.resize(Size::new(columns, rows)).unwrap();
        painter.draw(|frame| paint(frame, &strokes)).unwrap();
    }
}
