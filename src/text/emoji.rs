//! Emoji made of several: 👨, 👩 and 👧 joined to a family by signs that cannot be seen.

/// Joins the emoji before it and behind it to one.
pub const JOINER: char = '\u{200D}';

/// Whether a character is a picture that can be joined with others.
pub fn is_emoji(glyph: char) -> bool {
    matches!(u32::from(glyph), 0x1F000..=0x1FAFF | 0x2190..=0x21FF | 0x2600..=0x27BF | 0x2B00..=0x2BFF)
}

/// Whether a joiner between these two joins them; anywhere else it only hides.
pub fn joins(before: Option<char>, behind: Option<char>) -> bool {
    before.is_some_and(is_emoji) && behind.is_some_and(is_emoji)
}
