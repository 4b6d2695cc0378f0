//! No half glyphs: what a frame holds is made what a terminal can show.

use ratatui::buffer::{Buffer, Cell, CellWidth};

/// Blanks every wide glyph whose right half another widget has painted over or
/// that hangs over the right edge, and empties the hidden cell behind each
/// whole one. No cell that can be seen is empty: so once the glyph goes, what
/// was behind it counts as changed and is sent, whatever the terminal has left there.
pub(super) fn mend(buffer: &mut Buffer) {
    let columns = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(columns) {
        mend_row(row);
    }
}

/// One row from the left: a glyph blanked here covers nothing further on.
fn mend_row(row: &mut [Cell]) {
    let mut at = 0;
    while at < row.len() {
        let symbol = row[at].symbol();
        if symbol.len() < 3 || symbol.cell_width() < 2 {
            at += 1;
            continue;
        }
        match row.get(at + 1).map(Cell::symbol) {
            Some(" " | "") => {
                row[at + 1].set_symbol("");
                at += 2;
            }
            _ => {
                row[at].set_symbol(" ");
                at += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    fn row(buffer: &Buffer) -> String {
        buffer.content.iter().map(Cell::symbol).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn a_glyph_under_a_border_is_blanked_not_the_border() {
        let mut buffer = Buffer::with_lines(["客户分级"]);
        buffer[(3, 0)].set_symbol("│");
        mend(&mut buffer);
        assert_eq!(row(&buffer), "客|| |│|分||级|");
    }

    #[test]
    fn a_glyph_over_the_right_edge_is_blanked() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        buffer[(2, 0)].set_symbol("客");
        mend(&mut buffer);
        assert_eq!(row(&buffer), " | | ");
    }

    #[test]
    fn a_screen_of_no_size_is_nothing_to_mend() {
        mend(&mut Buffer::empty(Rect::ZERO));
    }
}
