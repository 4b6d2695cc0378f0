//! Where a filter could not be read, why, and what to write instead.

use crate::query::field::{Column, FieldType};
use crate::query::filter::choice::choices;
use crate::text::{Language, Words, words};

/// What is wrong in the text of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The first character it is about, counted from 0.
    pub at: usize,
    /// How many characters it is about; at least one, also at the very end.
    pub length: usize,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing is asked.
    Nothing,
    /// No field goes by this name; the nearest one, as its column.
    Field(String, Option<Column>),
    /// The field is kept with the customer, but not in the list.
    NotInList(Words),
    /// Nothing is said of the field.
    Check(Column),
    /// A value is missing, or is not of the field's kind.
    Value(Column, Wanted),
    /// No choice of the field goes by this name.
    Choice(Column, String),
    /// No size goes by this word, and it says no amount.
    Size(String),
    /// The field has no order: it can be equal or not.
    NotOrdered(Column),
    /// The field is no text: it cannot contain one.
    NotText(Column),
    /// The field is no number: it has no largest.
    NotNumber(Column),
    /// The field counts no orders and has no window.
    NoWindow(Column),
    /// A part of all is more than nothing, and no more than all.
    Share,
    /// A period is missing.
    Period,
    /// So many days is no day.
    Length(String),
    /// A bracket is not closed.
    Open,
    /// A quoted text is not closed.
    Quote,
    /// Something that belongs nowhere.
    Stray(String),
    /// Brackets within brackets beyond all use.
    Deep,
}

/// What a value should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// An amount.
    Money,
    /// A whole number.
    Whole,
    /// A number, with decimals or without.
    Quantity,
    /// A share.
    Rate,
    /// A score.
    Score,
    /// A day or a period.
    Day,
    /// A word.
    Word,
}

impl Fault {
    /// The text before what is wrong, and the wrong part itself; that is empty at the very end.
    pub fn pointed<'t>(&self, text: &'t str) -> (&'t str, &'t str) {
        let byte = |place: usize| text.char_indices().nth(place).map_or(text.len(), |(byte, _)| byte);
        let (from, to) = (byte(self.at), byte(self.at + self.length));
        (text.get(..from).unwrap_or_default(), text.get(from..to).unwrap_or_default())
    }

    /// What is wrong and what to do, in one sentence.
    pub fn say(&self, language: Language) -> String {
        let name = |column: &Column| column.field().heading(language);
        match &self.wrong {
            Wrong::Field(word, near) => unknown_field(word, *near, language),
            Wrong::Check(column) => check_missing(*column, language),
            Wrong::Choice(column, word) => unknown_choice(*column, word, language),
            Wrong::Size(word) => SIZE.filled(&[word], language),
            Wrong::NotInList(field) => NOT_IN_LIST.filled(&[field.say(language)], language),
            Wrong::Value(column, wanted) => wanted.words().filled(&[name(column)], language),
            Wrong::NotOrdered(column) => NOT_ORDERED.filled(&[name(column)], language),
            Wrong::NotText(column) => NOT_TEXT.filled(&[name(column)], language),
            Wrong::NotNumber(column) => NOT_NUMBER.filled(&[name(column)], language),
            Wrong::NoWindow(column) => NO_WINDOW.filled(&[name(column)], language),
            Wrong::Length(length) => LENGTH.filled(&[length], language),
            Wrong::Stray(word) => STRAY.filled(&[word], language),
            Wrong::Nothing => NOTHING.say(language).to_owned(),
            Wrong::Share => SHARE.say(language).to_owned(),
            Wrong::Period => PERIOD.say(language).to_owned(),
            Wrong::Open => OPEN.say(language).to_owned(),
            Wrong::Quote => QUOTE.say(language).to_owned(),
            Wrong::Deep => DEEP.say(language).to_owned(),
        }
    }
}

const NOTHING: Words = words("write what to look for, such as order_value > 100k", "请写筛选条件，例如 客单价>10万");
const NOT_IN_LIST: Words = words(
    "“{}” is kept with the customer but cannot be filtered by; the list's columns can",
    "“{}”只记在客户资料里，不能用于筛选；可以用列表里的列",
);
const NOT_ORDERED: Words = words("“{}” has no more or less; use = or !=", "“{}”不分大小，请用 = 或 ≠");
const SIZE: Words = words(
    "“{}” is no size and no amount; write one of the book's sizes, or an amount such as 5M",
    "“{}”不是规模，也不是金额；请写客户簿里的规模，或金额，例如 500万",
);
const NOT_TEXT: Words = words("“{}” is no text; use = > < or a range", "“{}”不是文字，请用 = > < 或区间");
const NOT_NUMBER: Words =
    words("“{}” is no number: top and bottom need one, such as revenue", "“{}”不是数字，前后名次要用金额等数字列");
const NO_WINDOW: Words = words(
    "“{}” takes no window; revenue, per order, orders and profit do",
    "“{}”不能限定期间；总金额、客单价、频次、利润可以",
);
const LENGTH: Words =
    words("“{}” is a length, not a day; write “{} ago” or “last {}”", "“{}”是时长，不是日期；请写“{}前”或“近{}”");
const STRAY: Words = words(
    "“{}” does not belong here; put a field such as order_value before it, or quote it",
    "“{}”放在这里读不懂；请在前面写列名（如 客单价），或加引号",
);
const SHARE: Words =
    words("a share lies above 0% and up to 100%: top 20%, or top 10", "比例要大于 0%、不超过 100%：前20%，或前10名");
const PERIOD: Words =
    words("a period is wanted: last 12m, last 90d, this year, 2025", "这里要写期间：近12月、近90天、今年、2025年");
const OPEN: Words = words("this bracket is not closed; add )", "括号没有配对，请补上 ）");
const QUOTE: Words = words("this quoted text is not closed; add the closing quote", "引号没有配对，请补上后引号");
const DEEP: Words = words("too many brackets within brackets; write it flatter", "括号嵌套太多，请写得简单些");

impl Wanted {
    /// What a field holds, as a value to be written.
    pub const fn of(holds: FieldType) -> Wanted {
        match holds {
            FieldType::Money | FieldType::Price => Wanted::Money,
            FieldType::Whole => Wanted::Whole,
            FieldType::Quantity => Wanted::Quantity,
            FieldType::Rate => Wanted::Rate,
            FieldType::Score => Wanted::Score,
            FieldType::Day | FieldType::Moment => Wanted::Day,
            _ => Wanted::Word,
        }
    }

    const fn words(self) -> Words {
        match self {
            Wanted::Money => {
                words("“{}” wants an amount, such as 100k or 100k..500k", "“{}”后面要写金额，例如 10万 或 10万..50万")
            }
            Wanted::Whole => words("“{}” wants a whole number, such as 6", "“{}”后面要写整数，例如 6"),
            Wanted::Quantity => words("“{}” wants a number, such as 3 or 2.5", "“{}”后面要写数字，例如 3 或 2.5"),
            Wanted::Rate => words("“{}” wants a share, such as 30%", "“{}”后面要写百分比，例如 30%"),
            Wanted::Score => words("“{}” wants a score, such as 4 or 4.5", "“{}”后面要写评分，例如 4 或 4.5"),
            Wanted::Day => words(
                "“{}” wants a day or a period, such as 2026-01-31, today, last 90d, this month",
                "“{}”后面要写日期或期间，例如 2026-01-31、今天、近90天、本月",
            ),
            Wanted::Word => {
                words("“{}” wants a word; quote what has spaces or signs", "“{}”后面要写文字；含空格或符号时请加引号")
            }
        }
    }
}

fn unknown_field(word: &str, near: Option<Column>, language: Language) -> String {
    let near = near.map(|column| column.field().typed(language));
    match near {
        Some(near) => words("no field is called “{}”; did you mean “{}”?", "没有名为“{}”的列；是否想写“{}”？")
            .filled(&[word, near], language),
        None => words(
            "no field is called “{}”; write a column's name first, such as industry or order_value",
            "没有名为“{}”的列；请先写列名，例如 行业、客单价",
        )
        .filled(&[word], language),
    }
}

fn check_missing(column: Column, language: Language) -> String {
    let field = column.field();
    let name = field.typed(language);
    let example = match field.holds {
        holds if holds.is_number() => words("say what “{}” should be: {} > 4", "请写明“{}”的条件，例如 {}>4"),
        FieldType::Day => words("say when “{}” should be: {} last 90d", "请写明“{}”的时间，例如 {} 近90天"),
        _ => words("say what “{}” should be: {} = …, or {} empty", "请写明“{}”的条件，例如 {}=… 或 {}为空"),
    };
    example.filled(&[name, name, name], language)
}

fn unknown_choice(column: Column, word: &str, language: Language) -> String {
    let name = column.field().heading(language);
    let all: Vec<&str> = choices(column).map(|choice| choice.say(language)).collect();
    let between = match language {
        Language::En => ", ",
        Language::Zh => "、",
    };
    let pattern = words("“{}” is never “{}”; it is one of {}", "“{}”没有“{}”这一项；可以是{}");
    pattern.filled(&[name, word, &all.join(between)], language)
}
