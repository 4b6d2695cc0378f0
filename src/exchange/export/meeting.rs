//! The sheet of the monthly meeting as a report: movement by owner, slipped deals, gap to target, forecast.

use crate::analysis::funnel::forecast::When;
use crate::analysis::funnel::movement::{Movement, Sheet, Sum};
use crate::book::Book;
use crate::book::deals::Deals;
use crate::book::deals::reckoning::Answered;
use crate::book::deals::target::Targets;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::time::{Day, Month};
use crate::exchange::export::cell::OutCell;
use crate::exchange::export::report::{Report, Table};
use crate::text::{Language, Words, words};

/// Everything the report is made from.
pub struct Meeting<'a> {
    /// What was answered.
    pub answered: &'a Answered,
    /// The deals.
    pub deals: &'a Deals,
    /// The book.
    pub book: &'a Book,
    /// The month's targets.
    pub targets: &'a Targets,
    /// The month.
    pub month: Month,
    /// Today.
    pub as_of: Day,
    /// The language.
    pub language: Language,
}

/// The columns of a movement.
pub const COLUMNS: [Words; 7] = [
    words("start", "期初"),
    words("new", "新增"),
    words("pulled in", "推进"),
    words("won", "赢单"),
    words("lost", "输单"),
    words("pushed", "延期"),
    words("end", "期末"),
];

/// Moves are dated, amounts are not.
pub const AMOUNTS_OF_NOW: Words =
    words("amounts are what the deals are worth today, not what they were then", "金额为商机当前金额，不是当时的金额");

/// The sums of a movement, in the order of its columns.
pub const fn sums(line: &Movement) -> [Sum; 7] {
    [line.start, line.new, line.forward, line.won, line.lost, line.put_off, line.end]
}

impl Meeting<'_> {
    fn say(&self, words: Words) -> String {
        words.say(self.language).to_owned()
    }

    fn owner(&self, owner: Option<Id>) -> String {
        match self.book.standards().owner_name(owner) {
            "" => self.say(words("nobody", "未指定")),
            name => name.to_owned(),
        }
    }

    /// The report.
    pub fn report(&self) -> Report {
        let month = format!("{:04}-{:02}", self.month.year(), self.month.number());
        let title = match self.language {
            Language::En => format!("Pipeline meeting {month}"),
            Language::Zh => format!("销售漏斗月会 {month}"),
        };
        let notes = vec![
            self.say(words(
                "start + new + pulled in − won − lost − pushed = end; in play are open deals expected by the end of the month",
                "期初＋新增＋推进−赢单−输单−延期＝期末；统计范围为预计在当月底前成交的进行中商机",
            )),
            self.say(AMOUNTS_OF_NOW),
        ];
        let tables = vec![
            self.movement(words("Movement, deals", "变动（个数）"), &self.answered.due, |sum| {
                OutCell::Whole(sum.deals as u32)
            }),
            self.movement(words("Movement, amount", "变动（金额）"), &self.answered.due, |sum| {
                OutCell::Money(sum.amount)
            }),
            self.movement(words("All open, deals", "全部进行中（个数）"), &self.answered.all, |sum| {
                OutCell::Whole(sum.deals as u32)
            }),
            self.movement(words("All open, amount", "全部进行中（金额）"), &self.answered.all, |sum| {
                OutCell::Money(sum.amount)
            }),
            self.target_table(),
            self.slipped(),
            self.forecast(),
        ];
        Report { title, notes, tables }
    }

    fn movement(&self, title: Words, sheet: &Sheet, cell: impl Fn(Sum) -> OutCell) -> Table {
        let mut heads = vec![self.say(words("owner", "负责人"))];
        heads.extend(COLUMNS.iter().map(|head| self.say(*head)));
        let row = |name: String, line: &Movement| {
            std::iter::once(OutCell::text(name)).chain(sums(line).map(&cell)).collect::<Vec<_>>()
        };
        let mut rows: Vec<Vec<OutCell>> =
            sheet.owners.iter().map(|(owner, line)| row(self.owner(*owner), line)).collect();
        rows.push(row(self.say(words("all", "合计")), &sheet.total));
        Table { title: self.say(title), heads, rows }
    }

    fn target_table(&self) -> Table {
        let heads = [words("owner", "负责人"), words("target", "目标"), words("won", "赢单额"), words("gap", "差额")];
        let line = |name: String, target: Option<Money>, won: Money, gap: Option<Money>| {
            let money = |money: Option<Money>| money.map_or(OutCell::Empty, OutCell::Money);
            vec![OutCell::text(name), money(target), OutCell::Money(won), money(gap)]
        };
        let sheet = &self.answered.due;
        let mut rows: Vec<Vec<OutCell>> = self
            .targets
            .people
            .iter()
            .map(|(owner, target)| {
                let won = sheet.owners.get(&Some(*owner)).map_or(Money::ZERO, |line| line.won.amount);
                line(self.owner(Some(*owner)), Some(*target), won, self.targets.gap(sheet, Some(*owner)))
            })
            .collect();
        let all = self.say(words("all", "合计"));
        rows.push(line(all, self.targets.firm, sheet.total.won.amount, self.targets.gap(sheet, None)));
        Table {
            title: self.say(words("Gap to target", "目标差距")),
            heads: heads.map(|head| self.say(head)).into(),
            rows,
        }
    }

    fn slipped(&self) -> Table {
        let heads = [
            words("deal", "商机"),
            words("customer", "客户"),
            words("owner", "负责人"),
            words("stage", "阶段"),
            words("amount", "金额"),
            words("expected", "预计成交"),
            words("days late", "逾期天数"),
        ];
        let standards = self.book.standards();
        let rows = self.answered.due.slipped.iter().filter_map(|at| {
            let deal = self.deals.get(*at)?;
            let late = deal.expected.map_or(0, |day| self.as_of.days_since(day).max(0));
            let customer = deal.customer.and_then(|customer| self.book.row_of(customer)).map_or("", |row| row.name());
            Some(vec![
                OutCell::text(&*deal.title),
                OutCell::text(customer),
                OutCell::text(standards.owner_name(deal.owner)),
                OutCell::text(standards.stage_shown(self.deals.stage(deal.stage), self.language)),
                deal.amount.map_or(OutCell::Empty, OutCell::Money),
                deal.expected.map_or(OutCell::Empty, OutCell::Day),
                OutCell::Whole(late.unsigned_abs()),
            ])
        });
        Table {
            title: self.say(words("Slipped", "逾期未成交")),
            heads: heads.map(|head| self.say(head)).into(),
            rows: rows.collect(),
        }
    }

    fn forecast(&self) -> Table {
        let heads = [
            words("expected", "预计成交"),
            words("deals", "商机数"),
            words("amount", "金额"),
            words("by stage", "按阶段概率"),
            words("by own", "按自估概率"),
            words("by history", "按历史胜率"),
        ];
        let rows = self.answered.main.forecast.times.iter().map(|(when, sum)| {
            let when = match when {
                When::Overdue => self.say(words("date passed", "已逾期")),
                When::In(month) => format!("{:04}-{:02}", month.year(), month.number()),
                When::Unsaid => self.say(words("no date", "未定日期")),
            };
            let money = [sum.amount, sum.by_stage, sum.by_own, sum.by_history].map(OutCell::Money);
            [OutCell::text(when), OutCell::Whole(sum.deals as u32)].into_iter().chain(money).collect()
        });
        Table {
            title: self.say(words("Forecast", "漏斗预测")),
            heads: heads.map(|head| self.say(head)).into(),
            rows: rows.collect(),
        }
    }
}
