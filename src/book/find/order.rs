//! The order of names by their sound, and the initials shown beside them.
use super::alphabet::fold;
use super::reading::spoken;

/// A key that sorts names by pinyin and tone, syllable by syllable, Latin letters
/// and digits among them; names that sound alike are told apart by their characters.
///
/// ```
/// use kehu::book::find::sort_key;
/// assert!(sort_key("重庆") < sort_key("上海"));
/// ```
pub fn sort_key(name: &str) -> String {
    let folded: Vec<char> = name.trim().chars().map(fold).collect();
    let mut key = String::with_capacity(name.len() * 2);
    for (c, reading) in folded.iter().zip(spoken(&folded)) {
        match reading {
            Some(reading) => {
                key.push_str(&reading);
                key.push('\u{1}');
            }
            None => key.push(*c),
        }
    }
    key.push('\0');
    key.push_str(name);
    key
}

/// The initials of a name as a reader would say it, in lower case: the first letter of
/// each Chinese character, of each Latin word, and every digit.
///
/// ```
/// use kehu::book::find::initials;
/// assert_eq!(initials("重庆华东"), "cqhd");
/// assert_eq!(initials("Acme Trading"), "at");
/// ```
pub fn initials(name: &str) -> String {
    let folded: Vec<char> = name.trim().chars().map(fold).collect();
    let mut out = String::new();
    let mut inside = false;
    for (c, reading) in folded.iter().zip(spoken(&folded)) {
        let letter = reading.as_deref().and_then(|r| r.chars().next());
        let begins = c.is_alphanumeric() && (!inside || c.is_numeric());
        if let Some(first) = letter.or(begins.then_some(*c)) {
            out.push(first);
        }
        inside = letter.is_none() && c.is_alphabetic();
    }
    out
}

/// The letters of a folded name: initials of Chinese characters, everything else as it is.
pub(super) fn initials_of(folded: &[char]) -> String {
    let readings = spoken(folded).into_iter();
    let letters = readings.map(|r| r.and_then(|r| r.chars().next()));
    folded.iter().zip(letters).map(|(c, letter)| letter.unwrap_or(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_are_shown_by_the_reading_people_say() {
        for (name, said) in [
            ("重庆", "cq"),
            ("长沙", "cs"),
            ("长春", "cc"),
            ("厦门", "xm"),
            ("六安", "la"),
            ("乐清", "yq"),
            ("翟志刚", "zzg"),
            ("增长黑盒", "zzhh"),
            ("招商银行", "zsyh"),
            ("ＡＢＣ 华东2部", "ahd2b"),
            ("", ""),
        ] {
            assert_eq!(initials(name), said, "{name}");
        }
    }

    #[test]
    fn names_sort_by_sound_and_a_short_syllable_comes_first() {
        let mut names = ["厦门", "先锋", "西安", "重庆", "单田芳", "ABC", "长沙", "360"];
        names.sort_by_key(|n| sort_key(n));
        let want = ["360", "ABC", "长沙", "重庆", "单田芳", "西安", "厦门", "先锋"];
        assert_eq!(names, want);
    }

    #[test]
    fn different_names_never_share_a_key() {
        assert_ne!(sort_key("张三"), sort_key("章三"));
    }
}
