//! What must hold of every text on the screen.

use proptest::prelude::*;

use super::*;

#[test]
fn plain_text_is_borrowed_as_it_is() {
    assert!(matches!(clean("Acme Ltd, 12"), Cow::Borrowed(_)));
    assert!(matches!(clean("上海华为技术有限公司"), Cow::Borrowed(_)));
}

#[test]
fn an_escape_sequence_in_a_name_cannot_reach_the_terminal() {
    assert_eq!(clean("\u{1b}[31mred\u{1b}]0;title\u{7}"), "[31mred]0;title");
    assert_eq!(clean("c1\u{9b}2J"), "c12J");
}

#[test]
fn line_ends_and_tabs_become_one_space() {
    assert_eq!(clean("a\r\nb\tc\nd\u{2028}e"), "a b c d e");
}

#[test]
fn bidi_zero_width_and_variation_selectors_are_dropped() {
    assert_eq!(clean("\u{202e}evil\u{2066}x\u{200b}\u{feff}y\u{fe0f}"), "evilxy");
    assert_eq!(clean("👍🏽"), "👍");
    assert_eq!(clean("\u{e0101}葛"), "葛");
}

#[test]
fn an_accent_stays_with_its_letter_but_not_alone() {
    assert_eq!(clean("e\u{301}"), "e\u{301}");
    assert_eq!(clean("\u{301}e"), "e");
}

#[test]
fn han_counts_two_columns() {
    assert_eq!(width("客户 A1"), 7);
    assert_eq!(width(""), 0);
}

proptest! {
    #[test]
    fn what_is_plain_is_as_wide_as_its_graphemes_and_hides_nothing(text in "[ -~¡-¨À-ÿ‐-…、-】一-龥！-～]{0,12}") {
        let counted = text.graphemes(true).map(columns_of).sum::<usize>();
        prop_assert_eq!(plain_width(&text), Some(counted));
        prop_assert!(text.chars().all(is_printable) && text.graphemes(true).all(|grapheme| columns_of(grapheme) > 0));
    }
}

proptest! {
    #[test]
    fn a_plain_text_is_cut_where_its_graphemes_would_be(text in "[ -~é“、一-龥]{0,12}", columns in 0..20_usize) {
        let (head, rest) = split_at_column(&text, columns);
        // An emoji is not plain, so that the same text with one at its end goes the long way.
        let (long_head, long_rest) = split_at_column(&format!("{text}🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂"), columns);
        prop_assert!(long_head.starts_with(&head) && long_rest.contains(&rest));
        prop_assert!(head == text || head == long_head);
    }
}

#[test]
fn a_text_that_fits_is_not_cut() {
    assert_eq!(fit("客户", 4), "客户");
    assert_eq!(fit("abc", 3), "abc");
}

#[test]
fn a_cut_text_ends_with_an_ellipsis_and_never_with_half_a_glyph() {
    assert_eq!(fit("abcdef", 4), "abc…");
    assert_eq!(fit("客户分级", 5), "客户…");
    assert_eq!(fit("客户分级", 4), "客…");
    assert_eq!(fit("客户", 1), "…");
    assert_eq!(fit("客户", 0), "");
}

#[test]
fn padding_gives_exactly_the_columns_asked() {
    assert_eq!(pad_right("客户", 6), "客户  ");
    assert_eq!(pad_left("1,204", 7), "  1,204");
    assert_eq!(pad_right("客户分级", 4), "客… ");
    assert_eq!(pad_left("客户分级", 4), " 客…");
}

#[test]
fn latin_wraps_at_spaces() {
    assert_eq!(wrap("call again next week", 10), ["call again", "next week"]);
    assert_eq!(wrap("a  b", 10), ["a  b"]);
}

#[test]
fn han_wraps_anywhere_but_not_before_a_closing_mark() {
    assert_eq!(wrap("客户要求报价", 6), ["客户要", "求报价"]);
    assert_eq!(wrap("客户要，再谈", 6), ["客户", "要，再", "谈"]);
    assert_eq!(wrap("他说（不）", 6), ["他说", "（不）"]);
}

#[test]
fn a_mixed_line_keeps_latin_words_whole() {
    assert_eq!(wrap("发送Excel报价表", 8), ["发送", "Excel报", "价表"]);
    assert_eq!(wrap("约12.5万元", 6), ["约12.5", "万元"]);
}

#[test]
fn a_word_longer_than_the_line_is_broken() {
    assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
    assert_eq!(wrap("x abcdefgh", 4), ["x", "abcd", "efgh"]);
}

#[test]
fn empty_lines_are_kept() {
    assert_eq!(wrap("a\r\n\nb", 5), ["a", "", "b"]);
    assert_eq!(wrap("", 5), [""]);
}

#[test]
fn a_glyph_wider_than_the_line_is_marked_not_halved() {
    assert_eq!(wrap("客a户", 1), ["…", "a", "…"]);
}

/// Text as hostile as a book may hold.
fn any_text() -> impl Strategy<Value = String> {
    let odd = "[a-z ,。，（）客户分级报价\u{1b}\u{301}\u{200d}\u{fe0f}\u{ff76}\u{ff9e}👩🏽🇨\n\t]";
    prop_oneof![proptest::collection::vec(odd, 0..24).prop_map(|parts| parts.concat()), any::<String>()]
}

#[test]
fn joined_parts_are_broken_between_and_never_within() {
    let parts = ["成长期", "制造业", "1000万-5000万", "华东"].map(str::to_owned);
    assert_eq!(join_in_lines(&parts, " · ", 20), "成长期 · 制造业\n1000万-5000万 · 华东");
    assert_eq!(join_in_lines(&parts, " · ", 80), "成长期 · 制造业 · 1000万-5000万 · 华东");
    assert_eq!(join_in_lines(&[], " · ", 80), "");
}

proptest! {
    #[test]
    fn cleaning_twice_is_cleaning_once(text in any_text()) {
        let once = clean(&text).into_owned();
        prop_assert_eq!(clean(&once), once.as_str());
        prop_assert!(once.chars().all(is_printable));
    }

    #[test]
    fn what_is_fitted_is_never_wider(text in any_text(), columns in 0_usize..30) {
        prop_assert!(width(&fit(&text, columns)) <= columns);
    }

    #[test]
    fn what_is_padded_is_exactly_as_wide(text in any_text(), columns in 0_usize..30) {
        prop_assert_eq!(width(&pad_right(&text, columns)), columns);
        prop_assert_eq!(width(&pad_left(&text, columns)), columns);
    }

    #[test]
    fn wrapped_lines_fit_and_lose_no_word(text in any_text(), columns in 2_usize..30) {
        let lines = wrap(&text, columns);
        prop_assert!(lines.iter().all(|line| width(line) <= columns));
        let words = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
        let paragraphs: String = text.split('\n').map(clean).collect();
        if !lines.iter().any(|line| line == CUT) {
            prop_assert_eq!(words(&lines.concat()), words(&paragraphs));
        }
    }
}
