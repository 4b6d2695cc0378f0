//! Text made to fit the screen: nothing unprintable, never wider than its place.

use crate::text::emoji::{JOINER, joins};
use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What stands for the words that had no room; one column.
const CUT: &str = "…";

/// Marks that may not begin a line, in Chinese typesetting and in Latin.
const NEVER_FIRST: &str = "，。、；：？！）】》」』〉〕〗｝］＞”’…—～·％‰℃々ー,.;:?!)]}>%'\"";

/// Marks that may not end a line.
const NEVER_LAST: &str = "（【《「『〈〔〖｛［＜“‘￥＄([{<$#";

/// Whether a character may be shown and typed: false for control and format
/// characters, variation selectors, skin tones and U+FFFD's kin of
/// noncharacters, all of which make terminals disagree about columns or obey.
pub fn is_printable(glyph: char) -> bool {
    if glyph.is_ascii() {
        return !glyph.is_ascii_control();
    }
    !glyph.is_control() && !is_format(glyph) && !is_selector(glyph) && !is_nonsense(glyph)
}

/// Unicode's general category Cf, and the fillers that look like nothing.
fn is_format(glyph: char) -> bool {
    matches!(u32::from(glyph),
        0xAD | 0x34F | 0x600..=0x605 | 0x61C | 0x6DD | 0x70F | 0x890..=0x891 | 0x8E2
        | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x200B..=0x200F | 0x2028..=0x202E
        | 0x2060..=0x206F | 0x3164 | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0x110BD | 0x110CD
        | 0x13430..=0x1345F | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A)
}

/// Characters that only choose how the one before them looks.
fn is_selector(glyph: char) -> bool {
    matches!(u32::from(glyph),
        0x180B..=0x180F | 0xFE00..=0xFE0F | 0x1F3FB..=0x1F3FF | 0xE0000..=0xE0FFF)
}

/// Code points that are no characters.
fn is_nonsense(glyph: char) -> bool {
    let code = u32::from(glyph);
    code & 0xFFFE == 0xFFFE || (0xFDD0..=0xFDEF).contains(&code)
}

/// Columns of a character that never joins another of its like: that is most of any book. Nothing for any other.
const fn plain(glyph: char) -> Option<usize> {
    match glyph {
        // ASCII, Latin with its accents, dashes and quotation marks.
        ' '..='~' | '\u{A1}'..='\u{A8}' | '\u{C0}'..='\u{FF}' | '\u{2010}'..='\u{2026}' => Some(1),
        // Punctuation, the unified ideographs, full-width letters and signs.
        '\u{3001}'..='\u{3011}' | '\u{4E00}'..='\u{9FA5}' | '\u{FF01}'..='\u{FF5E}' => Some(2),
        _ => None,
    }
}

/// Columns of a text of nothing but such characters.
fn plain_width(text: &str) -> Option<usize> {
    text.chars().try_fold(0, |width, glyph| Some(width + plain(glyph)?))
}

/// The text as it may be shown on one line: line ends and tabs become a
/// space, whatever is not printable is dropped, so that no text in the book
/// can command the terminal.
pub fn clean(text: &str) -> Cow<'_, str> {
    if plain_width(text).is_some() {
        return Cow::Borrowed(text);
    }
    let printable = text.chars().all(is_printable);
    if printable && text.graphemes(true).all(|grapheme| columns_of(grapheme) > 0) {
        return Cow::Borrowed(text);
    }
    let spaced: String = text.replace("\r\n", " ").chars().filter_map(shown_as).collect();
    Cow::Owned(spaced.graphemes(true).filter(|grapheme| columns_of(grapheme) > 0).collect())
}

/// The text as it is kept: cleaned, but with the joiners that make one emoji of several. They are dropped only where the
/// text is shown, for terminals disagree about them.
pub fn kept(text: &str) -> Cow<'_, str> {
    if !text.contains(JOINER) {
        return clean(text);
    }
    let mut kept = String::new();
    let mut pieces = text.split(JOINER).map(clean).peekable();
    while let Some(piece) = pieces.next() {
        kept.push_str(&piece);
        let behind = pieces.peek().and_then(|next| next.chars().next());
        if joins(kept.chars().next_back(), behind) {
            kept.push(JOINER);
        }
    }
    Cow::Owned(kept)
}

/// What is shown for a character on a single line.
fn shown_as(glyph: char) -> Option<char> {
    match glyph {
        '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        _ => is_printable(glyph).then_some(glyph),
    }
}

/// Columns one grapheme takes on the screen, counted as the screen's buffer
/// counts them (half-width kana sound marks take a column of their own).
fn columns_of(grapheme: &str) -> usize {
    match grapheme.as_bytes() {
        [byte] => usize::from(!byte.is_ascii_control()),
        _ => {
            let sound_marks = grapheme.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}'));
            grapheme.width() + sound_marks.count()
        }
    }
}

/// Columns the text takes on the screen.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|byte| !byte.is_ascii_control()).count();
    }
    plain_width(text).unwrap_or_else(|| text.graphemes(true).map(columns_of).sum())
}

/// The text, cleaned, cut with `…` to at most so many columns; never half of
/// a wide glyph, so it may come out one column short.
pub fn fit(text: &str, columns: usize) -> String {
    let text = clean(text);
    if width(&text) <= columns {
        return text.into_owned();
    }
    if columns == 0 {
        return String::new();
    }
    let (head, _) = split_at_column(&text, columns - 1);
    head + CUT
}

/// As many whole graphemes as fit in so many columns, and the rest.
fn split_at_column(text: &str, columns: usize) -> (String, String) {
    let mut used = 0;
    if plain_width(text).is_some() {
        let over = |(_, glyph): &(usize, char)| {
            used += plain(*glyph).unwrap_or_default();
            used > columns
        };
        let cut = text.char_indices().find(over).map_or(text.len(), |(place, _)| place);
        let (head, rest) = text.split_at_checked(cut).unwrap_or((text, ""));
        return (head.to_owned(), rest.to_owned());
    }
    let mut room = true;
    let (head, rest): (Vec<&str>, Vec<&str>) = text.graphemes(true).partition(|grapheme| {
        used += columns_of(grapheme);
        room = room && used <= columns;
        room
    });
    (head.concat(), rest.concat())
}

/// The text cut or filled with spaces on the right to exactly so many columns.
pub fn pad_right(text: &str, columns: usize) -> String {
    let mut fitted = fit(text, columns);
    let missing = columns - width(&fitted);
    fitted.extend(std::iter::repeat_n(' ', missing));
    fitted
}

/// The text cut or filled with spaces on the left to exactly so many columns,
/// as figures are set.
pub fn pad_left(text: &str, columns: usize) -> String {
    let fitted = fit(text, columns);
    " ".repeat(columns - width(&fitted)) + &fitted
}

/// The text in lines of at most so many columns. Latin is broken at spaces,
/// Han between any two glyphs, but no line begins with a closing mark or ends
/// with an opening one where that can be helped. Line ends in the text are kept.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let paragraphs = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    paragraphs.flat_map(|paragraph| wrap_paragraph(&clean(paragraph), columns)).collect()
}

/// The same in so many lines at most; what had no room is marked with `…`.
pub fn wrap_within(text: &str, columns: usize, most: usize) -> Vec<String> {
    let mut lines = wrap(text, columns);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let (head, _) = split_at_column(last, columns.saturating_sub(1));
            *last = head + CUT;
        }
    }
    lines
}

/// Parts one after the other with a sign between them, in as many lines as they need: a line ends between two parts,
/// never within one.
pub fn join_in_lines(parts: &[String], sign: &str, columns: usize) -> String {
    let mut joined = String::new();
    let mut column = 0;
    for part in parts {
        let wide = width(part);
        if column == 0 {
            column = wide;
        } else if column + width(sign) + wide <= columns {
            joined.push_str(sign);
            column += width(sign) + wide;
        } else {
            joined.push('\n');
            column = wide;
        }
        joined.push_str(part);
    }
    joined
}

/// The lines of one paragraph; an empty paragraph is one empty line.
fn wrap_paragraph(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let word = piece.trim_end_matches(' ');
        if width(&line) + width(word) > columns && !line.is_empty() {
            lines.push(line.trim_end_matches(' ').to_owned());
            line = String::new();
        }
        let mut rest = piece.to_owned();
        while width(rest.trim_end_matches(' ')) > columns {
            let (head, tail) = split_at_column(&rest, columns);
            if head.is_empty() {
                // Not even one glyph has room: its place is marked, not halved.
                rest = rest.graphemes(true).skip(1).collect();
                lines.push(CUT.to_owned());
            } else {
                lines.push(head);
                rest = tail;
            }
        }
        line += &rest;
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line.trim_end_matches(' ').to_owned());
    }
    lines
}

/// The text in pieces that are not to be torn, each with the spaces after it.
fn pieces(text: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    let mut before: Option<&str> = None;
    for (at, grapheme) in text.grapheme_indices(true) {
        if before.is_some_and(|before| may_break(before, grapheme)) {
            cuts.push(at);
        }
        before = Some(grapheme);
    }
    cuts.push(text.len());
    cuts.windows(2).filter_map(|pair| text.get(*pair.first()?..*pair.last()?)).collect()
}

/// Whether a line may end between these two.
fn may_break(before: &str, after: &str) -> bool {
    if before == " " || after == " " {
        return after != " ";
    }
    let han = columns_of(before) > 1 || columns_of(after) > 1;
    han && !NEVER_FIRST.contains(after) && !NEVER_LAST.contains(before)
}

#[cfg(test)]
#[path = "fit_tests.rs"]
mod tests;
