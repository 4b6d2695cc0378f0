//! The closed lists a filter knows: life stage, activity, loyalty, each choice by its key and its words.

use crate::query::closed_list::ClosedList;
use crate::query::field::{Column, FieldType, fold};
use crate::text::{Language, Words, words};

/// A choice of a closed list, by the key that it also has in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice(&'static Entry);

/// Key, words, other words.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry(&'static str, Words, &'static [&'static str]);

const LIFE_STAGES: &[Entry] = &[
    Entry("prospect", words("prospect", "潜在期"), &["潜在", "潜在客户", "potential", "lead"]),
    Entry("new", words("new", "新客期"), &["新客", "新客户"]),
    Entry("growing", words("growing", "成长期"), &["成长", "growth"]),
    Entry("stable", words("stable", "稳定期"), &["稳定", "成熟期", "mature"]),
    Entry("declining", words("declining", "衰退期"), &["衰退", "decline"]),
    Entry("lost", words("lost", "流失期"), &["流失", "已流失", "流失客户", "churned"]),
];

const LEVELS: &[Entry] = &[
    Entry("high", words("high", "高"), &[]),
    Entry("middle", words("middle", "中"), &["medium", "mid", "中等"]),
    Entry("low", words("low", "低"), &[]),
];

const ACTIVITY: &[Entry] = &[
    Entry("active", words("active", "活跃"), &[]),
    Entry("dormant", words("dormant", "休眠"), &["沉睡"]),
    Entry("lost", words("lost", "流失"), &["已流失", "churned"]),
    Entry("high", words("high", "高"), &[]),
    Entry("middle", words("middle", "中"), &["medium", "mid", "中等"]),
    Entry("low", words("low", "低"), &[]),
];

const KINDS: &[Entry] = &[
    Entry("b2b", words("business", "企业"), &["firm", "company", "公司", "企业客户"]),
    Entry("b2c", words("consumer", "个人"), &["person", "individual", "个人客户", "消费者"]),
    Entry("government", words("government", "政府"), &["b2g", "authority", "机构", "政府机构", "机关", "事业单位"]),
];

const GENDERS: &[Entry] = &[
    Entry("female", words("female", "女"), &["f", "女性", "女士", "woman"]),
    Entry("male", words("male", "男"), &["m", "男性", "先生", "man"]),
];

const FLAGS: &[Entry] =
    &[Entry("no", words("no", "否"), &["false", "无", "没有"]), Entry("yes", words("yes", "是"), &["true", "有"])];

/// The choices of a column; none where it holds no closed list.
pub fn choices(column: Column) -> impl Iterator<Item = Choice> {
    let entries: &[Entry] = match column.field().holds {
        FieldType::Choice(list) => entries(list),
        _ => &[],
    };
    entries.iter().map(Choice)
}

/// The choices of a closed list; none of those no column holds.
const fn entries(list: ClosedList) -> &'static [Entry] {
    match list {
        ClosedList::LifeStage => LIFE_STAGES,
        ClosedList::Activity => ACTIVITY,
        ClosedList::Level => LEVELS,
        ClosedList::CustomerKind => KINDS,
        ClosedList::YesNo => FLAGS,
        ClosedList::Gender => GENDERS,
        _ => &[],
    }
}

impl Choice {
    /// The choice of `column` that a word means.
    pub fn called(column: Column, word: &str) -> Option<Choice> {
        let folded = fold(word);
        let is = |name: &str| fold(name) == folded;
        choices(column).find(|choice| {
            let Entry(key, words, others) = choice.0;
            [*key, words.en, words.zh].into_iter().chain(others.iter().copied()).any(is)
        })
    }

    /// The choice of `column` with this key.
    pub fn keyed(column: Column, key: &str) -> Option<Choice> {
        choices(column).find(|choice| choice.key() == key)
    }

    /// Its key.
    pub const fn key(self) -> &'static str {
        self.0.0
    }

    /// Whether a flag is set, as a choice of its column.
    pub const fn flag(set: bool) -> Choice {
        let [no, yes] = FLAGS else { return Choice(&FLAGS[0]) };
        Choice(if set { yes } else { no })
    }

    /// Its words.
    pub const fn words(self) -> Words {
        self.0.1
    }

    /// Its word.
    pub const fn say(self, language: Language) -> &'static str {
        self.0.1.say(language)
    }
}

#[cfg(test)]
mod tests {
    use super::Choice;
    use crate::query::field::{Column, FieldType};

    #[test]
    fn every_choice_that_a_column_may_show_can_be_asked_for() {
        for column in Column::ALL {
            let FieldType::Choice(list) = column.field().holds else { continue };
            for (number, words) in list.choices() {
                let key = list.key(number).unwrap();
                let choice = Choice::keyed(*column, key);
                assert_eq!(choice.map(Choice::words), Some(words), "{column:?} {key}");
            }
        }
    }
}
