//! Text made comparable: widths, cases, spaces and punctuation folded away.

use crate::parse::fold::narrow;
use crate::query::field::fold;
use crate::text::emoji::{JOINER, joins};

/// A cell's `text` in half width. The full stop of Chinese in it is a point, as input methods write one.
pub fn half_width(text: &str) -> String {
    text.chars().map(|c| if c == '。' { '.' } else { narrow(c) }).collect()
}

/// The name as exact-name matching compares it: widths and case folded, spaces and punctuation dropped. Legal endings stay,
/// so `华东重工` and `华东重工股份有限公司` are two names.
pub fn normal_name(name: &str) -> String {
    fold(name)
}

/// A cell's text without what cannot be seen: control and direction signs, byte-order marks, `="…"` wrappers of
/// spreadsheets, and spaces at both ends. The flag says whether something inside the text was lost.
pub fn cleaned(text: &str) -> (String, bool) {
    let trimmed = unwrapped(text.trim());
    let (mut lost, mut kept) = (false, String::new());
    let mut signs = trimmed.chars().peekable();
    while let Some(c) = signs.next() {
        // What makes a heart red stands between it and the joiner.
        let before = || kept.chars().rev().find(|sign| *sign != '\u{fe0f}');
        let in_emoji = c == JOINER && joins(before(), signs.peek().copied());
        if in_emoji || !unseen(c) {
            kept.push(c);
        } else {
            lost |= !matches!(c, '\u{feff}' | '\u{200b}' | '\r');
        }
    }
    (kept.trim().to_owned(), lost)
}

/// Whether a cell has nothing [`cleaned`] would take out, which nearly every cell has.
pub fn is_clean(text: &str) -> bool {
    text == text.trim() && !text.starts_with('=') && !text.chars().any(unseen)
}

fn unseen(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
}

fn unwrapped(text: &str) -> &str {
    text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(text)
}

/// Whether a spreadsheet would calculate this text, or hide its first sign, rather than show it.
pub fn is_formula(text: &str) -> bool {
    let text = text.trim_start_matches('\'');
    // Spreadsheets of the East calculate behind full-width signs too.
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) && !is_negative_number(text)
}

/// `-5`, `-0.05`: a number and nothing to calculate.
fn is_negative_number(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('-') else { return false };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, decimals].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether an apostrophe stands before what a spreadsheet would calculate.
pub fn is_defused(text: &str) -> bool {
    text.starts_with('\'') && is_formula(text)
}

/// `text` on one line: a break between two Chinese characters goes, any other becomes a space.
pub fn one_line(text: &str) -> String {
    if !text.contains(['\n', '\t']) {
        return text.to_owned();
    }
    text.split(['\n', '\t']).map(str::trim).filter(|part| !part.is_empty()).fold(String::new(), |mut line, part| {
        let joins = line.chars().next_back().is_some_and(is_chinese) && part.chars().next().is_some_and(is_chinese);
        if !line.is_empty() && !joins {
            line.push(' ');
        }
        line.push_str(part);
        line
    })
}

const fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::{cleaned, half_width, is_formula, normal_name, one_line};

    #[test]
    fn names_that_differ_in_width_case_and_punctuation_are_one() {
        for same in ["ACME (China) Co., Ltd.", "acme（china）co ltd", "ＡＣＭＥ　China Co Ltd"] {
            assert_eq!(normal_name(same), "acmechinacoltd", "{same}");
        }
        assert_ne!(normal_name("华东重工"), normal_name("华东重工股份有限公司"));
    }

    #[test]
    fn full_width_digits_become_narrow_and_chinese_stays() {
        assert_eq!(half_width("１３８，万￥"), "138,万\u{a5}");
    }

    #[test]
    fn what_cannot_be_seen_is_taken_out_and_said_only_when_it_mattered() {
        assert_eq!(cleaned(" \u{feff}张三 "), ("张三".into(), false));
        assert_eq!(cleaned("张\u{1b}[31m三"), ("张[31m三".into(), true));
        assert_eq!(cleaned("=\"00123\""), ("00123".into(), false));
        // The joiner behind a coloured heart or a white flag was taken out, and one picture became two.
        for whole in ["❤\u{fe0f}\u{200d}🔥", "🏳\u{fe0f}\u{200d}🌈", "👩\u{200d}👧", "🇨🇳"] {
            assert_eq!(cleaned(whole), (whole.into(), false));
        }
    }

    #[test]
    fn what_a_spreadsheet_would_calculate_is_known_and_a_negative_number_is_none() {
        for formula in ["=1+1", "+86", "-x", "-1+1", "@sum", "\t=1", "\r=1", "＝1", "'=1", "-", "-5."] {
            assert!(is_formula(formula), "{formula:?}");
        }
        for plain in ["-5", "-0.05", "a=b", "", "'quoted'", " -"] {
            assert!(!is_formula(plain), "{plain:?}");
        }
    }

    #[test]
    fn a_broken_name_is_joined_as_its_script_is() {
        assert_eq!(one_line("多行\n名称公司"), "多行名称公司");
        assert_eq!(one_line("Acme\n Corp"), "Acme Corp");
    }
}
