//! What a column's heading says: its name, comparable, and the unit in brackets behind it.

use crate::exchange::text_key::half_width;
use crate::query::field::fold;
use crate::text::{Words, words};

/// The unit a column's heading gives for its cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Unit {
    /// As written: 元, pieces, points.
    #[default]
    One,
    /// 千元, k.
    Thousand,
    /// 万元.
    TenThousand,
    /// 百万, M.
    Million,
    /// 亿元.
    HundredMillion,
    /// Per cent.
    Percent,
}

impl Unit {
    /// How many of the book's units one of these is.
    pub const fn times(self) -> i128 {
        match self {
            Unit::One | Unit::Percent => 1,
            Unit::Thousand => 1_000,
            Unit::TenThousand => 10_000,
            Unit::Million => 1_000_000,
            Unit::HundredMillion => 100_000_000,
        }
    }

    /// The unit with this name, such as `万元`, `%` or `次`.
    pub fn from_name(name: &str) -> Option<Unit> {
        let name = half_width(name).to_lowercase();
        let name =
            name.trim().trim_start_matches("单位").trim_start_matches("unit").trim_start_matches([':', ' ']).trim();
        Some(match name.trim_start_matches("人民币").trim_start_matches("rmb").trim() {
            "千元" | "千" | "k" | "thousand" | "000" | "'000" | "000s" => Unit::Thousand,
            "万元" | "万" | "萬元" | "萬" | "w" => Unit::TenThousand,
            "百万元" | "百万" | "m" | "mn" | "million" | "millions" => Unit::Million,
            "亿元" | "亿" | "億元" | "億" => Unit::HundredMillion,
            "%" | "百分比" | "百分数" | "percent" | "pct" => Unit::Percent,
            "元" | "圆" | "¥" | "$" | "usd" | "cny" | "yuan" | "次" | "分" | "个" | "人" | "天" | "件" | "台"
            | "单" | "笔" | "家" | "岁" | "年" | "days" | "times" | "points" | "pts" => Unit::One,
            _ => return None,
        })
    }
}

/// A column's heading, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// As it was written, on one line.
    pub text: String,
    /// Its key with everything in brackets that is no unit: `企业规模(营收)` → `企业规模营收`.
    pub name: String,
    /// Its key without any brackets: `企业规模(营收)` → `企业规模`.
    pub short: String,
    /// The unit, where one is given.
    pub unit: Option<Unit>,
}

impl Heading {
    /// Takes a heading apart.
    pub fn read(text: &str) -> Heading {
        let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let folded = half_width(&shown).replace(['【', '[', '〔', '{'], "(").replace(['】', ']', '〕', '}'], ")");
        let (outer, inner) = brackets(&folded);
        let mut unit = inner.iter().find_map(|part| Unit::from_name(part));
        let words: Vec<&String> = inner.iter().filter(|part| Unit::from_name(part).is_none()).collect();
        let mut outer = outer.trim().to_owned();
        if unit.is_none()
            && let Some((name, found)) = unit_at_end(&outer)
        {
            (outer, unit) = (name, Some(found));
        }
        let short = fold(&outer);
        let name = words.iter().fold(short.clone(), |key, word| key + &fold(word));
        Heading { text: shown, name, short, unit }
    }
}

/// The text outside the brackets, and each text inside them.
fn brackets(text: &str) -> (String, Vec<String>) {
    let (mut outer, mut inner, mut open) = (String::new(), Vec::new(), None::<String>);
    for c in text.chars() {
        match (c, &mut open) {
            ('(', None) => open = Some(String::new()),
            (')', Some(part)) => {
                inner.push(std::mem::take(part));
                open = None;
            }
            (_, Some(part)) => part.push(c),
            (_, None) => outer.push(c),
        }
    }
    inner.extend(open);
    (outer, inner)
}

/// `复购率%`, `金额/万元`, `金额:万元`, `amount_k`: the name and the unit written behind it.
fn unit_at_end(text: &str) -> Option<(String, Unit)> {
    if let Some(name) = text.strip_suffix('%') {
        return Some((name.to_owned(), Unit::Percent));
    }
    let (name, unit) = text.rsplit_once(['/', ':', '-', ' '])?;
    let big = !matches!(Unit::from_name(unit)?, Unit::One) || unit.trim() == "元";
    big.then(|| Some((name.to_owned(), Unit::from_name(unit)?)))?
}

/// The heading of the reasons. A column of this name is not read.
pub const REASON: Words = words("why not imported", "导入问题");

/// Whether a heading is that of the reasons.
pub fn is_reason(heading: &Heading) -> bool {
    heading.text == REASON.en || heading.text == REASON.zh
}

/// Headings as they are remembered. The column of reasons in a file of rows handed back is none of them.
pub fn joined(headings: &[Heading]) -> String {
    let own = headings.iter().filter(|heading| !is_reason(heading));
    own.map(|heading| heading.text.as_str()).collect::<Vec<_>>().join("\t")
}

#[cfg(test)]
mod tests {
    use super::{Heading, Unit};

    #[test]
    fn a_heading_gives_its_name_and_its_unit() {
        let cases = [
            ("总交易金额(万元)", "总交易金额", Some(Unit::TenThousand)),
            ("复购率（%）", "复购率", Some(Unit::Percent)),
            ("购买频次(次)", "购买频次", Some(Unit::One)),
            ("满意度评分(分)", "满意度评分", Some(Unit::One)),
            ("复购率%", "复购率", Some(Unit::Percent)),
            ("金额/万元", "金额", Some(Unit::TenThousand)),
            ("消费金额（单位：万元）", "消费金额", Some(Unit::TenThousand)),
            ("Revenue [M]", "revenue", Some(Unit::Million)),
            ("CompanyName", "companyname", None),
            ("company_name", "companyname", None),
            ("Company  Name *", "companyname", None),
            ("ＩＤ", "id", None),
            ("next/last", "nextlast", None),
        ];
        for (text, name, unit) in cases {
            let heading = Heading::read(text);
            assert_eq!((heading.name.as_str(), heading.unit), (name, unit), "{text}");
        }
    }

    #[test]
    fn a_bracket_that_is_no_unit_belongs_to_the_name_but_can_be_left_out() {
        let heading = Heading::read("企业规模(营收)");
        assert_eq!((heading.name.as_str(), heading.short.as_str()), ("企业规模营收", "企业规模"));
    }
}
