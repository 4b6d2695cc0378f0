//! A quarter's decisions with what followed, and complaints by kind, as a report.

use crate::analysis::grievance::Tally;
use crate::book::Book;
use crate::book::past::Decision;
use crate::domain::time::Day;
use crate::exchange::export::cell::OutCell;
use crate::exchange::export::report::{Report, Table};
use crate::text::{Language, Words, words};

/// Everything the report is made from.
pub struct Retrospect<'a> {
    /// What was decided.
    pub decisions: &'a [Decision],
    /// Complaints by kind.
    pub tallies: &'a [Tally],
    /// The book.
    pub book: &'a Book,
    /// The first and the last day of the quarter.
    pub period: (Day, Day),
    /// The language.
    pub language: Language,
}

impl Retrospect<'_> {
    fn heads(&self, heads: &[Words]) -> Vec<String> {
        heads.iter().map(|head| head.say(self.language).to_owned()).collect()
    }

    /// The report.
    pub fn report(&self) -> Report {
        let (first, last) = self.period;
        let title = match self.language {
            Language::En => format!("Review {first} to {last}"),
            Language::Zh => format!("复盘 {first} 至 {last}"),
        };
        let note = words(
            "what followed is what happened in the 90 days after; whether it followed from it is for people to say",
            "后续指完成后 90 天内发生的事；是否由该行动带来，由人判断",
        );
        Report {
            title,
            notes: vec![note.say(self.language).to_owned()],
            tables: vec![self.decided(), self.complaints()],
        }
    }

    fn decided(&self) -> Table {
        const HEADS: [Words; 11] = [
            words("decided", "定于"),
            words("customer", "客户"),
            words("action", "行动"),
            words("by whom", "负责人"),
            words("due", "到期"),
            words("done", "完成"),
            words("result", "结果"),
            words("orders after", "后续订单"),
            words("revenue after", "后续金额"),
            words("satisfaction after", "后续满意度"),
            words("finding", "复盘结论"),
        ];
        let rows = self.decisions.iter().map(|one| self.row(one)).collect();
        let title = words("Decisions", "行动").say(self.language).to_owned();
        Table { title, heads: self.heads(&HEADS), rows }
    }

    fn row(&self, one: &Decision) -> Vec<OutCell> {
        let name = self.book.row_of(one.customer).map_or("", |row| row.name());
        let after = one.followed.as_ref();
        vec![
            OutCell::Day(one.decided),
            OutCell::text(name),
            OutCell::text(one.step.what.as_str()),
            OutCell::text(self.book.standards().owner_name(one.step.owner)),
            one.step.due.map_or(OutCell::Empty, OutCell::Due),
            one.step.done_at.map_or(OutCell::Empty, |at| OutCell::Day(at.day())),
            OutCell::text(one.step.result.as_str()),
            after.map_or(OutCell::Empty, |after| OutCell::Whole(after.orders as u32)),
            after.map_or(OutCell::Empty, |after| OutCell::Money(after.revenue)),
            after.and_then(|after| after.satisfaction).map_or(OutCell::Empty, OutCell::Score),
            OutCell::text(one.review.as_ref().map_or("", |review| review.text.as_str())),
        ]
    }

    fn complaints(&self) -> Table {
        const HEADS: [Words; 7] = [
            words("about", "投诉类别"),
            words("12 months", "近 12 月"),
            words("open", "未解决"),
            words("resolved", "已解决"),
            words("answered in time", "按时答复"),
            words("answered late", "超时答复"),
            words("latest", "最近"),
        ];
        let other = words("other", "其他").say(self.language);
        let row = |tally: &Tally| {
            let topic = if tally.topic.is_empty() { other } else { &tally.topic };
            let counts = [tally.all, tally.open, tally.resolved(), tally.kept, tally.late];
            let counts = counts.into_iter().map(|count| OutCell::Whole(count as u32));
            let last = tally.last.map_or(OutCell::Empty, OutCell::Day);
            std::iter::once(OutCell::text(topic)).chain(counts).chain([last]).collect()
        };
        let title = words("Complaints by kind", "投诉统计").say(self.language).to_owned();
        Table { title, heads: self.heads(&HEADS), rows: self.tallies.iter().map(row).collect() }
    }
}
