//! Every word shown, in English and Chinese side by side.

pub mod choices;
pub mod disk;
pub mod emoji;
pub mod figures;
pub mod near;
pub mod upgrade;

/// A language the program speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese, simplified.
    Zh,
}

impl Language {
    /// How it is named on the command line and in settings.
    pub const fn key(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Zh => "zh",
        }
    }
}

/// One thing said in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// In English.
    pub en: &'static str,
    /// In Chinese.
    pub zh: &'static str,
}

/// Both wordings of one thing, English first.
pub const fn words(en: &'static str, zh: &'static str) -> Words {
    Words { en, zh }
}

impl Words {
    /// The wording in `language`.
    pub const fn say(&self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Zh => self.zh,
        }
    }

    /// The wording in `language`, each `{}` filled with the next value; the last one fills what gaps are left.
    pub fn filled(&self, values: &[&str], language: Language) -> String {
        let mut text = String::new();
        let mut values = values.iter();
        let mut last = "";
        for (place, part) in self.say(language).split("{}").enumerate() {
            if place > 0 {
                last = values.next().copied().unwrap_or(last);
                text.push_str(last);
            }
            text.push_str(part);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, words};

    #[test]
    fn gaps_are_filled_in_order_and_the_last_value_fills_the_rest() {
        let pattern = words("“{}” is a length; write “{} ago”", "“{}”是时长；请写“{}前”");
        assert_eq!(pattern.filled(&["3 days"], Language::En), "“3 days” is a length; write “3 days ago”");
        assert_eq!(pattern.filled(&["90天", "三天"], Language::Zh), "“90天”是时长；请写“三天前”");
    }

    #[test]
    fn a_gap_in_what_fills_a_gap_stays() {
        assert_eq!(words("“{}” and “{}”", "").filled(&["{}", "b"], Language::En), "“{}” and “b”");
    }
}
