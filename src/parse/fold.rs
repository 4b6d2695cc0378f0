//! Width, case and kinds of space folded away, one character for one, so that places in a text stay what they are.

/// `c` in half width: full-width ASCII is ASCII, `￥` is `¥`, a space of any width is a space, signs of minus are one. What
/// ends a line stays.
pub fn narrow(c: char) -> char {
    match c {
        ' '..='~' => c,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '￥' => '¥',
        '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        _ if c.is_whitespace() && !c.is_control() => ' ',
        _ => c,
    }
}

/// `text` in half width and otherwise as it was.
pub fn narrowed(text: &str) -> String {
    text.chars().map(narrow).collect()
}

/// `c` as the readers see it: in half width, small where it has one small letter, and on one line.
pub fn fold(c: char) -> char {
    let narrow = narrow(c);
    if narrow.is_whitespace() {
        return ' ';
    }
    let mut small = narrow.to_lowercase();
    match (small.next(), small.next()) {
        (Some(only), None) => only,
        _ => narrow,
    }
}

/// The characters of `text`, folded one for one.
pub fn folded(text: &str) -> Vec<char> {
    text.chars().map(fold).collect()
}

/// Whether `c` is written without spaces between words: a Han character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々' | '〇')
}

/// Whether `c` continues a word of letters and digits in a language written with spaces.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

#[cfg(test)]
mod tests {
    use super::{fold, narrow};

    #[test]
    fn every_width_and_case_folds_to_one_and_what_is_folded_stays() {
        let pairs =
            [('Ａ', 'a'), ('１', '1'), ('（', '('), ('￥', '¥'), ('\u{3000}', ' '), ('\u{a0}', ' '), ('−', '-')];
        for (wide, plain) in pairs {
            assert_eq!((fold(wide), fold(plain)), (plain, plain));
        }
        assert_eq!((narrow('Ａ'), narrow('万'), fold('İ')), ('A', '万', 'İ'));
    }
}
