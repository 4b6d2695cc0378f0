//! No sign beyond ASCII of the program's own, where the terminal is not trusted with any.

use ratatui::buffer::Buffer;

/// The signs the program writes between words, each with the plain one that takes its place.
const SIGNS: &[(&str, &str)] = &[
    ("…", "~"),
    ("–", "-"),
    ("·", "."),
    ("×", "x"),
    ("→", ">"),
    ("←", "<"),
    ("↑", "^"),
    ("↓", "v"),
    ("⏎", ">"),
    ("●", "*"),
];

/// Puts plain signs in the place of the others. Names and words in Chinese stay what they are.
pub(super) fn make_plain(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().is_ascii() {
            continue;
        }
        if let Some((_, plain)) = SIGNS.iter().find(|(sign, _)| *sign == cell.symbol()) {
            cell.set_symbol(plain);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_become_plain_and_names_stay() {
        let mut buffer = Buffer::with_lines(["10M–50M · 王总… ⏎"]);
        make_plain(&mut buffer);
        assert_eq!(buffer, Buffer::with_lines(["10M-50M . 王总~ >"]));
    }
}
