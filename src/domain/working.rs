//! How a firm works: the days that are worked, how often whom to call, and lines that are written again and again.

use crate::domain::choice::Level;
use crate::domain::fields::record;
use crate::domain::id::Id;
use crate::domain::time::{Day, Moment};

record! {
    /// A follow-up line kept for writing again 模板.
    Template {
        /// What it is called.
        1 name: String,
        /// The line.
        2 line: String,
        /// The language it is written in: `en`, `zh`, or nothing where it is offered in both.
        3 language: String,
        /// No longer offered.
        4 hidden: bool,
    }
}

record! {
    /// Contact rhythm 联系频率: days without a touch after which a customer is due for one; empty asks for none.
    Rhythm {
        /// Of the highest tier.
        1 high: Option<u32>,
        /// Of the middle tier.
        2 middle: Option<u32>,
        /// Of the lowest tier.
        3 low: Option<u32>,
        /// Of customers without a tier.
        4 untiered: Option<u32>,
    }
}

record! {
    /// A day that is not worked as its weekday says 调休.
    CalendarDay {
        /// The day.
        1 day: Option<Day>,
        /// Free, or worked.
        2 off: bool,
        /// The holiday's name.
        3 name: String,
    }
}

record! {
    /// What was found when an action was looked at again 复盘.
    Review {
        /// The customer.
        1 customer: Option<Id>,
        /// The next step looked at.
        2 step: Option<Id>,
        /// What was found.
        3 text: String,
        /// Who wrote it.
        4 by: String,
        /// When.
        5 at: Moment,
    }
}

impl Rhythm {
    /// The rhythm every book begins with; a book holds at most one, of this id.
    pub fn shipped() -> Rhythm {
        let id = Id::of_name("rhythm");
        Rhythm { id, high: Some(14), middle: Some(30), low: Some(90), untiered: Some(90), ..Rhythm::default() }
    }

    /// Days allowed without a touch for a customer of this tier.
    pub fn allowed(&self, tier: Option<Level>) -> Option<i32> {
        let days = match tier {
            Some(Level::High) => self.high,
            Some(Level::Middle) => self.middle,
            Some(Level::Low) => self.low,
            None => self.untiered,
        };
        days.and_then(|days| i32::try_from(days).ok())
    }
}

impl CalendarDay {
    /// The exception for a day: a calendar holds one a day, of this id.
    pub fn of(day: Day, off: bool, name: &str) -> CalendarDay {
        CalendarDay {
            id: Id::of_name(&format!("calendar/{day}")),
            day: Some(day),
            off,
            name: name.to_owned(),
            ..CalendarDay::default()
        }
    }
}

/// Language, name, line.
const TEMPLATES: &[(&str, &str, &str)] = &[
    ("zh", "没人接，明天再打", "电话 无人接听 >明天 再打"),
    ("zh", "报价已发，三天后回访", "微信 报价已发，请对方确认 #报价 >3天后 回访报价"),
    ("zh", "拜访约好", "电话 已约拜访 >下周三下午2点 拜访"),
    ("zh", "催款", "电话 催款，对方答应安排付款 #回款 >周五 查收款项"),
    ("zh", "节后再联系", "电话 节前不定，节后再谈 >节后 联系"),
    ("en", "no answer, try tomorrow", "call no answer >tomorrow call again"),
    ("en", "quote sent, check in 3 days", "mail quote sent #quote >3 days ask about the quote"),
    ("en", "visit arranged", "call meeting set >next wed 2pm visit"),
    ("en", "payment reminder", "call asked for payment, promised to arrange it #payment >fri check the account"),
    ("en", "after the holidays", "call wants to talk after the holidays >after the holidays call"),
];

/// The templates every book begins with, each with an id that depends on its name alone.
pub fn shipped_templates() -> Vec<Template> {
    let template = |(language, name, line): &(&str, &str, &str)| Template {
        id: Id::of_name(&format!("template/{language}/{name}")),
        name: (*name).to_owned(),
        line: (*line).to_owned(),
        language: (*language).to_owned(),
        hidden: false,
        ..Template::default()
    };
    TEMPLATES.iter().map(template).collect()
}

#[cfg(test)]
mod tests {
    use super::{Rhythm, shipped_templates};
    use crate::domain::choice::Level;
    use std::collections::HashSet;

    #[test]
    fn a_tier_without_days_asks_for_no_touch() {
        let rhythm = Rhythm { low: None, ..Rhythm::shipped() };
        assert_eq!((rhythm.allowed(Some(Level::High)), rhythm.allowed(Some(Level::Low))), (Some(14), None));
    }

    #[test]
    fn no_two_shipped_templates_share_an_id() {
        let ids: HashSet<_> = shipped_templates().iter().map(|template| template.id).collect();
        assert_eq!(ids.len(), shipped_templates().len());
    }
}
