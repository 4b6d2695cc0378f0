//! Why a cell, a row or a column was not taken as it stood, in the words of a salesperson.

use crate::text::{Language, Words, words};

/// Why something in a file was not taken as it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No amount can be read in the text.
    NotAnAmount,
    /// The number can be read in two ways, such as `1 234,50`.
    TwoWays,
    /// A number with an exponent, such as `1e5`.
    Exponent,
    /// Beyond what can be kept.
    TooBig,
    /// Not a whole number.
    NotWhole,
    /// Less than nothing where that cannot be.
    Negative,
    /// No date can be read in the text.
    NotADate,
    /// There is no such day, such as `2023-13-40`.
    NoSuchDay,
    /// The year has two digits.
    ShortYear,
    /// The year is before 1900 or after 2100.
    FarYear,
    /// No time of day can be read in the text.
    NotATime,
    /// No share can be read in the text.
    NotARate,
    /// A share below 0 % or above 100 %.
    RateRange,
    /// No score can be read in the text.
    NotAScore,
    /// A score below 0 or above this.
    ScoreRange(u32),
    /// Neither yes nor no.
    NotAFlag,
    /// A long number that a spreadsheet turned into `1.38E+10`; its digits are lost.
    ExcelNumber,
    /// No telephone number.
    NotAPhone,
    /// A telephone number with signs or letters in it that belong to none; kept as it stands.
    OddPhone,
    /// No e-mail address.
    NotAnEmail,
    /// None of the words known for this field; these are some of them.
    NotAChoice(Words),
    /// The row names nothing: neither a name nor a key.
    Nameless,
    /// What the row says of a contact was dropped, for the contact has no name.
    NamelessContact,
    /// An order row without an order number, a customer or an amount.
    EmptyOrder,
    /// An order whose date is missing.
    NoDate,
    /// A line of an order that is in none of the files.
    LineWithoutOrder,
    /// The row has this many cells fewer than the header.
    ShortRow(u32),
    /// The row has this many cells more than the header.
    LongRow(u32),
    /// A second column of the same name.
    SameHeader,
    /// Another column was already read as the same field.
    SameField,
    /// A column no field is known for, kept as own fields of the customers.
    KeptAsOwn,
    /// A column no field is known for, and nowhere to keep it.
    UnknownColumn,
    /// A column no field is known for, but nearly this one; whether it is kept as own fields of the customers.
    NearField(Words, bool),
    /// A column that is worked out here, kept as own fields of the customers.
    WorkedOut,
    /// Another column was already read as the same field; this one is kept as own fields of the customers.
    SameFieldOwn,
    /// Dates that could be month first or day first; read as month first.
    UnclearDates,
    /// Words such as 满意 were read as points.
    WordsAsPoints,
    /// Signs that cannot be seen were taken out.
    Unprintable,
    /// The row holds a sum and was passed over.
    TotalRow,
    /// The row is a footnote and was passed over.
    Footnote,
    /// The same key in two rows that say different things.
    SameKey,
    /// An order one of whose amounts cannot be read: it counts as nothing until the row is mended.
    AmountUnread,
    /// An order without a number whose amount cannot be read, by which it would be known again.
    AmountUnknown,
    /// The row on this line is the same record and says something else, which was kept.
    SaidAbove(u32),
    /// Commas inside amounts split the row; they were put together again.
    Mended,
    /// The number of an order above, with another customer or day.
    OtherOrder,
    /// Orders without numbers, here and below.
    Unnumbered,
    /// A column named by the user is not in the file.
    NoSuchColumn,
    /// A field named by the user does not exist.
    NoSuchField,
    /// A cell in which a spreadsheet could not calculate, such as `#REF!`.
    ErrorCell,
    /// No product of the list, but nearly this one.
    NearProduct(String),
    /// The kind of rows could not be told from the header.
    UnknownRows,
}

impl Reason {
    /// The reason in `language`.
    pub fn say(&self, language: Language) -> String {
        let counted = |en: &str, zh: &str, number: u32| match language {
            Language::En => en.replace("{}", &number.to_string()),
            Language::Zh => zh.replace("{}", &number.to_string()),
        };
        match self {
            Reason::ScoreRange(most) => counted("a score lies between 0 and {}", "评分应在 0 到 {} 之间", *most),
            Reason::SaidAbove(line) => counted(
                "line {} says otherwise of the same record; that one was kept",
                "与第 {} 行是同一条记录但内容不同，保留了第 {} 行",
                *line,
            ),
            Reason::ShortRow(missing) => {
                counted("{} cells fewer than the header; the rest left empty", "比表头少 {} 格，缺的留空", *missing)
            }
            Reason::LongRow(extra) => {
                counted("{} cells more than the header; check the commas", "比表头多 {} 格，请检查是否多了逗号", *extra)
            }
            Reason::NearProduct(name) => match language {
                Language::En => format!("not in the product list; is it {name}?"),
                Language::Zh => format!("产品表里没有，是不是 {name}?"),
            },
            Reason::NearField(near, own) => {
                let pattern = if *own {
                    words(
                        "unknown column; kept as an own field. If it is {}, use --map",
                        "不认识的列，存为自定义字段；如果就是“{}”，请用 --map 指定",
                    )
                } else {
                    words(
                        "unknown column; not read. If it is {}, use --map",
                        "不认识的列，没读；如果就是“{}”，请用 --map 指定",
                    )
                };
                pattern.say(language).replace("{}", near.say(language))
            }
            Reason::NotAChoice(known) => match language {
                Language::En => format!("not a word known here; try {}", known.en),
                Language::Zh => format!("不认识这个写法，可以写：{}", known.zh),
            },
            _ => self.words().say(language).to_owned(),
        }
    }

    fn words(&self) -> Words {
        match self {
            Reason::NotAnAmount => words("not an amount", "看不出是多少钱"),
            Reason::TwoWays => words(
                "can be read as two different numbers; write it like 1,234.50",
                "有两种读法，请写成 1,234.50 这样",
            ),
            Reason::Exponent => words("written with an exponent; write all the digits", "是科学计数法，请把数字写全"),
            Reason::TooBig => words("too large a number", "数字太大"),
            Reason::NotWhole => words("not a whole number", "不是整数"),
            Reason::Negative => words("cannot be negative", "不能是负数"),
            Reason::NotAScore => words("not a score", "看不出是几分"),
            Reason::NotARate => words("not a percentage", "看不出是百分之几"),
            Reason::RateRange => words("a percentage lies between 0% and 100%", "比例应在 0% 到 100% 之间"),
            Reason::NotAFlag => words("neither yes nor no", "看不出是还是否"),
            _ => self.date_or_contact_words(),
        }
    }

    fn date_or_contact_words(&self) -> Words {
        match self {
            Reason::NotADate => words("not a date", "看不出是哪一天"),
            Reason::NoSuchDay => words("there is no such day", "没有这一天"),
            Reason::ShortYear => words("write the year with four digits", "年份请写四位"),
            Reason::FarYear => words("a year before 1900 or after 2100", "年份不在 1900 到 2100 之间"),
            Reason::NotATime => words("not a time of day", "看不出是几点"),
            Reason::NoDate => words("the order has no date", "订单没有日期"),
            Reason::UnclearDates => words(
                "month or day first cannot be told; read as month/day/year",
                "分不清是月在前还是日在前，先按 月/日/年 读",
            ),
            Reason::ExcelNumber => words(
                "Excel cut this number short (1.38E+10); make the column text there and export again",
                "Excel 把号码变成了科学计数(1.38E+10)，后几位已丢；请在 Excel 里设成文本再导出",
            ),
            Reason::OddPhone => words(
                "signs or letters in a phone number; taken as it stands",
                "电话里有不该有的符号或字母，已按原样保留，请核对",
            ),
            Reason::NotAPhone => words("not a phone number", "不是电话号码"),
            Reason::NotAnEmail => words("not an e-mail address", "不是邮箱地址"),
            _ => self.row_or_column_words(),
        }
    }

    fn row_or_column_words(&self) -> Words {
        match self {
            Reason::Nameless => words("neither a name nor a code; row not taken", "既没有名称也没有编号，这一行未导入"),
            Reason::EmptyOrder => words(
                "neither an order number, a customer nor an amount; row not taken",
                "单号、客户、金额都没有，这一行未导入",
            ),
            Reason::AmountUnread => words(
                "this order is taken without the amount; mend the row and import it again",
                "这个订单导入后缺这一笔金额；请改好这一行再导入",
            ),
            Reason::AmountUnknown => words(
                "no order number, and the amount cannot be read; row not taken: mend it and import it again",
                "没有单号，金额又读不出来，这一行未导入；请改好这一行再导入",
            ),
            Reason::LineWithoutOrder => {
                words("no order with this number; line not taken", "找不到这个单号的订单，这一行未导入")
            }
            Reason::SameHeader => words("a second column of this name; not read", "表头重名，后面这列没读"),
            Reason::SameField => words("another column already gives this; not read", "已有一列是同样的内容，这列没读"),
            Reason::KeptAsOwn => words("unknown column; kept as an own field", "不认识的列，存为自定义字段"),
            Reason::SameFieldOwn => words(
                "another column already gives this; kept as an own field",
                "已有一列是同样的内容，这列存为自定义字段",
            ),
            Reason::WorkedOut => words(
                "worked out from the follow-ups and orders here; kept as an own field",
                "这一项由跟进和订单算出，原数存为自定义字段",
            ),
            Reason::UnknownColumn => words("unknown column; not read", "不认识的列，没读"),
            Reason::WordsAsPoints => words(
                "words read as points (very satisfied 5, satisfied 4, neutral 3, dissatisfied 2, very 1)",
                "文字按分数读取（非常满意5 满意4 一般3 不满意2 非常不满意1）",
            ),
            Reason::Mended => {
                words("amounts with commas and without quotation marks put together", "金额带逗号又没加引号，已拼回")
            }
            Reason::Unnumbered => words(
                "orders without numbers: matched by customer, day and amount, so that two alike on a day count as one",
                "订单没有单号：按客户、日期、金额匹配，同一天相同的两笔会算作一笔",
            ),
            Reason::ErrorCell => words("an error of the spreadsheet; left empty", "表格里是错误值，留空"),
            Reason::Unprintable => words("invisible characters taken out", "去掉了看不见的字符"),
            Reason::TotalRow => words("a total; passed over", "合计行，跳过"),
            Reason::Footnote => words("a footnote; passed over", "表尾说明，跳过"),
            Reason::SameKey => words("the same number was already on a row above", "上面已有一行是同样的编号"),
            Reason::OtherOrder => words(
                "an order above has this number, but another customer or day; row not taken",
                "上面已有同号订单，但客户或日期不同，这一行未导入",
            ),
            Reason::NoSuchColumn => words("no such column in the files", "文件里没有这一列"),
            Reason::NoSuchField => words("no such field", "没有这个字段"),
            Reason::UnknownRows => {
                words("cannot tell what the rows are; say --kind", "看不出这表是什么，请用 --kind 说明")
            }
            _ => words("could not be read", "读不出来"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reason;
    use crate::text::{Language, words};

    #[test]
    fn a_reason_is_said_in_both_languages_with_its_number() {
        assert_eq!(Reason::ShortRow(2).say(Language::Zh), "比表头少 2 格，缺的留空");
        assert_eq!(Reason::ScoreRange(5).say(Language::En), "a score lies between 0 and 5");
        let known = Reason::NotAChoice(words("high, middle, low", "高、中、低"));
        assert_eq!(known.say(Language::Zh), "不认识这个写法，可以写：高、中、低");
        assert_eq!(Reason::NoSuchDay.say(Language::En), "there is no such day");
    }
}
