//! The fields of records by their names and columns: one list that serves columns, import headers, filters and JSON alike.

use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::domain::time::Due;
use crate::domain::value::Value;
use crate::parse::fold::narrow;
use crate::query::table::FIELDS;
pub use crate::query::table::{Column, Field, FieldType, Topic};
use crate::text::Language;

impl Field {
    /// The number of the record's field an import writes.
    pub fn number(&self) -> Option<u16> {
        let Topic::Of(kind) = self.topic else { return None };
        let stores = self.stores?;
        kind.fields().iter().find(|(_, name)| *name == stores).map(|(number, _)| *number)
    }

    /// Whether the record's field holds a time beside the day.
    pub fn is_timed(&self) -> bool {
        let Topic::Of(kind) = self.topic else { return false };
        self.number().is_some_and(|number| Record::empty(kind, Id::BOOK).set(number, Value::Due(Due::default())))
    }

    /// The heading in `language`.
    pub const fn heading(&self, language: Language) -> &'static str {
        self.words.say(language)
    }

    /// How it is typed in a filter in `language`.
    pub const fn typed(&self, language: Language) -> &'static str {
        match language {
            Language::En => self.name,
            Language::Zh => self.words.zh,
        }
    }

    /// Whether `folded`, a name without case, width, spaces and punctuation, means this field.
    pub fn is_called(&self, folded: &str) -> bool {
        [self.name, self.words.en, self.words.zh].iter().chain(self.aliases).any(|name| fold(name) == folded)
    }
}

/// Every field of a topic.
pub fn fields(topic: Topic) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| field.topic == topic)
}

/// The field behind what a record stores under this name; the first where several are read into it.
pub fn of_stored(kind: Kind, stored: &str) -> Option<&'static Field> {
    fields(Topic::Of(kind)).find(|field| field.stores == Some(stored))
}

/// The field of a topic that goes by this name, in any of its words.
pub fn find(topic: Topic, name: &str) -> Option<&'static Field> {
    let folded = fold(name);
    fields(topic).find(|field| field.is_called(&folded))
}

/// Names that mean a column where one asks for it, though not over a column of a file.
pub(super) const ALSO: &[(&str, &str)] = &[
    ("交易金额", "total_amount"),
    ("金额", "total_amount"),
    ("销售额", "total_amount"),
    ("amount", "total_amount"),
    ("频率", "orders"),
    ("购买频率", "orders"),
    ("订单", "orders"),
];

/// The fields customers can be asked for: their own, and what is gathered of them.
pub fn asked() -> impl Iterator<Item = &'static Field> {
    fields(Topic::Of(Kind::Customer)).chain(fields(Topic::Gathered))
}

/// The field customers are asked for by this name, in any of its words.
pub fn called(name: &str) -> Option<&'static Field> {
    let folded = fold(name);
    let also = ALSO.iter().find(|(also, _)| fold(also) == folded).map(|(_, of)| *of);
    asked().find(|field| field.is_called(&folded) || also == Some(field.name))
}

/// The customer list's columns, in the order of the table.
pub fn columns() -> impl Iterator<Item = &'static Field> {
    Column::ALL.iter().map(|column| column.field())
}

/// A name without case, width, spaces and punctuation, by which names are compared.
pub fn fold(name: &str) -> String {
    name.chars().map(narrow).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{Column, Topic, columns, fields, find, fold};
    use crate::domain::record::Kind;
    use std::collections::HashMap;

    const CUSTOMER: Topic = Topic::Of(Kind::Customer);

    #[test]
    fn a_field_is_found_by_its_words_in_both_languages_and_by_its_aliases() {
        for name in ["industry", "所属行业", "行业", "Industry", "ＩＮＤＵＳＴＲＹ", "sector"] {
            assert_eq!(find(CUSTOMER, name).map(|field| field.name), Some("industry"), "{name}");
        }
        assert!(find(CUSTOMER, "nonsense").is_none());
    }

    #[test]
    fn no_name_means_two_fields_of_one_topic() {
        for topic in [Topic::OrderLine].into_iter().chain(Kind::ALL.iter().map(|kind| Topic::Of(*kind))) {
            let mut seen: HashMap<String, &str> = HashMap::new();
            for field in fields(topic) {
                let names =
                    [field.name, field.words.en, field.words.zh].into_iter().chain(field.aliases.iter().copied());
                for name in names {
                    if let Some(other) = seen.insert(fold(name), field.name) {
                        assert_eq!(other, field.name, "{name} of {topic:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_field_that_stores_names_a_field_of_its_record() {
        for kind in Kind::ALL {
            for field in fields(Topic::Of(*kind)).filter(|field| field.stores.is_some()) {
                assert!(field.number().is_some(), "{kind:?}.{}", field.name);
            }
        }
    }

    #[test]
    fn every_column_of_the_users_tables_goes_by_its_own_name() {
        let first =
            "编号 名称 行业 规模 生命周期 首次购买 最近购买 总金额 客单价 频次 复购率 满意度 跟进人 价值等级 结论";
        let fourth = "联系方式 历史购买 消费金额 利润贡献 购买频率 活跃度 忠诚度 需求偏好 满意度 分级";
        for name in first.split(' ').chain(fourth.split(' ')) {
            assert!(super::called(name).is_some_and(|field| field.column.is_some()), "{name}");
        }
    }

    #[test]
    fn every_column_has_its_field() {
        assert!(columns().count() > 20);
        assert_eq!(Column::Tags.field().name, "tags");
        for column in Column::ALL {
            assert_eq!(column.field().column.map(|(own, _)| own), Some(*column));
        }
    }
}
