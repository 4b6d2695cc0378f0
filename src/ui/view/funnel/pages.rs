//! The pages of the funnel, each a board of figures: stages, groups, comparison, forecast, meeting.

use crate::analysis::funnel::figures::{Funnel, StageFigures, Totals};
use crate::analysis::funnel::forecast::{Expected, When};
use crate::analysis::funnel::spread::Spread;
use crate::book::Book;
use crate::book::deals::Deals;
use crate::book::deals::reckoning::Answered;
use crate::domain::choice::StageRole;
use crate::domain::money::Money;
use crate::text::figures::{grouped, rounded_percent, short_money};
use crate::text::{Language, Words, words};
use crate::ui::view::funnel::behind::{Behind, Part};
use crate::ui::view::funnel::board::{Bar, Cell, Look, Row, Section};
use crate::ui::view::funnel::question::{Measure, Question};
use crate::ui::widget::bottleneck::Naming;

/// The longest bars: of stages, of groups and months, of reasons.
const STAGE_BAR: u16 = 60;
const GROUP_BAR: u16 = 40;
const REASON_BAR: u16 = 24;

/// What a page is made of.
pub struct Telling<'a> {
    /// What was answered.
    pub answered: &'a Answered,
    /// What was asked.
    pub question: &'a Question,
    /// The deals.
    pub deals: &'a Deals,
    /// The book.
    pub book: &'a Book,
    /// What bars show.
    pub measure: Measure,
    /// The language.
    pub language: Language,
}

/// A count as it is written; nothing for none.
pub fn count(number: usize) -> String {
    if number == 0 { "–".to_owned() } else { grouped(number as u64) }
}

fn share(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), rounded_percent)
}

fn days(spread: Option<Spread>, of: fn(Spread) -> f64) -> String {
    spread.map_or_else(|| "–".to_owned(), |spread| format!("{:.0}", of(spread)))
}

/// A number that opens what is behind it, where there is something.
pub fn number(figure: usize, behind: Behind) -> Cell {
    if figure == 0 { Cell::text("–").look(Look::Dim) } else { Cell::opens(count(figure), behind) }
}

impl Telling<'_> {
    /// `words` in the language.
    pub fn say(&self, words: Words) -> String {
        words.say(self.language).to_owned()
    }

    /// An amount, short.
    pub fn money(&self, money: Money) -> String {
        if money.is_zero() { "–".to_owned() } else { short_money(money, self.language) }
    }

    /// How stages and reasons are called.
    pub fn naming(&self) -> Naming<'_> {
        Naming { deals: self.deals, standards: self.book.standards(), language: self.language }
    }

    fn worth(&self, figure: usize, amount: Money, behind: Behind) -> Cell {
        match self.measure {
            Measure::Amount if figure > 0 => Cell::opens(self.money(amount), behind),
            _ => number(figure, behind),
        }
    }

    /// The stages with their bars, whom to look at, and what deals were lost for.
    pub fn stages(&self) -> Vec<Section> {
        let funnel = &self.answered.main.funnel;
        let mut sections = vec![self.stage_section(funnel), self.watch_section()];
        if !funnel.lost_reasons.is_empty() {
            sections.push(self.reason_section(funnel));
        }
        sections
    }

    fn stage_section(&self, funnel: &Funnel) -> Section {
        let heads = [
            words("reached", "到达"),
            words("from last", "环节转化"),
            words("now", "现有"),
            words("lost", "输单"),
            words("days", "天数"),
            words("p90", "九成"),
            words("of first", "累计"),
            words("undecided", "未定"),
            words("amount now", "现有金额"),
        ];
        let rows = funnel.stages.iter().enumerate().map(|(at, stage)| self.stage_row(funnel, at, stage)).collect();
        let title = format!("{} · {}", self.say(words("Stage", "阶段")), self.say(self.measure.words()));
        let legend = [words("on", "推进"), words("open", "未定"), words("lost", "输单")];
        let customers = self.measure == Measure::Customers;
        let legend = if customers { Default::default() } else { legend.map(|said| self.say(said)) };
        let heads = heads.map(|head| self.say(head)).into();
        Section { title, heads, bars: STAGE_BAR, legend, rows, notes: self.totals(&funnel.totals) }
    }

    fn stage_row(&self, funnel: &Funnel, at: usize, stage: &StageFigures) -> Row {
        let number_of = |stage: &StageFigures| match self.measure {
            Measure::Deals => stage.reached as i64,
            Measure::Amount => stage.reached_amount.cents(),
            Measure::Customers => stage.reached_customers as i64,
        };
        let on_the_way = at < funnel.way;
        let of = funnel.stages.iter().map(number_of).max().unwrap_or(0).max(1);
        let (whole, lost) = (number_of(stage), self.lost_part(stage));
        let waiting = self.undecided_part(stage, whole - lost);
        let parts = match (on_the_way, stage.rung.role) {
            (false, _) => [0, 0, whole],
            (true, StageRole::Won) => [whole, 0, 0],
            (true, _) => [whole - lost - waiting, waiting, lost],
        };
        let reached = if on_the_way { Behind::Reached(at) } else { Behind::Now(stage.rung.stage) };
        let reached = match self.measure {
            Measure::Customers => number(stage.reached_customers, reached),
            _ => self.worth(stage.reached, stage.reached_amount, reached),
        };
        let now = Behind::Now(stage.rung.stage);
        let standing = match self.measure {
            Measure::Customers if stage.now == 0 => Cell::text(count(stage.customers)),
            Measure::Customers => number(stage.customers, now),
            _ => self.worth(stage.now, stage.amount, now),
        };
        let blank = |cell: Cell| if on_the_way { cell } else { Cell::default() };
        let cells = vec![
            reached,
            blank(Cell::text(if at == 0 { String::new() } else { share(stage.conversion) })),
            standing.look(Look::Strong),
            blank(self.worth(stage.lost, stage.lost_amount, Behind::LostAt(at))),
            blank(Cell::text(days(stage.days, |days| days.median))),
            blank(Cell::text(days(stage.days, |days| days.p90)).look(Look::Dim)),
            blank(Cell::text(share(stage.from_first))),
            blank(number(stage.undecided, Behind::UndecidedAt(at))),
            Cell::text(self.money(stage.amount)),
        ];
        let bottleneck = self.answered.main.bottleneck.as_ref().is_some_and(|found| found.at == at && on_the_way);
        let name = self.naming().stage(stage.rung.stage);
        let name = if bottleneck { Cell::text(format!("{name} !")).look(Look::Alarm) } else { Cell::text(name) };
        Row { name, bar: Bar { parts, of }, cells }
    }

    fn lost_part(&self, stage: &StageFigures) -> i64 {
        match self.measure {
            Measure::Deals => stage.lost as i64,
            Measure::Amount => stage.lost_amount.cents(),
            Measure::Customers => 0,
        }
    }

    /// The part of a bar that stands for deals not decided; of amounts it is told by their number.
    fn undecided_part(&self, stage: &StageFigures, rest: i64) -> i64 {
        match self.measure {
            Measure::Deals => stage.undecided as i64,
            Measure::Amount => stage.amount.cents().min(rest),
            Measure::Customers => 0,
        }
    }

    fn totals(&self, totals: &Totals) -> Vec<String> {
        let (won, average) = (self.money(totals.won_amount), totals.average_won.map(|money| self.money(money)));
        let average = average.unwrap_or_else(|| "–".to_owned());
        let cycle = days(totals.cycle_won, |days| days.mean);
        let velocity = totals.velocity.map_or_else(|| "–".to_owned(), |money| self.money(money));
        let rate = share(totals.win_rate);
        vec![match self.language {
            Language::En => {
                format!("win rate {rate} · won {won}, each {average} · cycle {cycle} days · velocity {velocity} a day")
            }
            Language::Zh => {
                format!("赢单率 {rate} · 赢单额 {won}，均 {average} · 周期 {cycle} 天 · 流速 {velocity}/天")
            }
        }]
    }

    /// Whom to look at.
    fn watch_section(&self) -> Section {
        let main = &self.answered.main;
        let longest = |watched: &[crate::analysis::funnel::watch::Watched]| match watched.first() {
            Some(first) => Cell::text(first.days.to_string()),
            None => Cell::default(),
        };
        let row = |name: Words, cell: Cell, longest: Cell, alarm: bool| {
            let look = if alarm { Look::Alarm } else { Look::Plain };
            let sign = if alarm { "! " } else { "" };
            Row {
                name: Cell::text(format!("{sign}{}", self.say(name))).look(look),
                cells: vec![cell, longest],
                ..Row::default()
            }
        };
        let moved = |forward: bool| {
            let mut met = std::collections::HashSet::new();
            main.moved.iter().filter(|moved| moved.forward == forward && met.insert(moved.deal)).count()
        };
        let slipped = self.answered.due.slipped.len();
        let rows = vec![
            row(
                words("stuck in stage", "久滞未动"),
                number(main.stuck.len(), Behind::Stuck),
                longest(&main.stuck),
                !main.stuck.is_empty(),
            ),
            row(
                words("unnoticed", "无人过问"),
                number(main.unnoticed.len(), Behind::Unnoticed),
                longest(&main.unnoticed),
                !main.unnoticed.is_empty(),
            ),
            row(
                words("close date passed", "逾期未成交"),
                number(slipped, Behind::Slipped),
                Cell::default(),
                slipped > 0,
            ),
            row(
                words("moved forward lately", "近期推进"),
                number(moved(true), Behind::Moved(true)),
                Cell::default(),
                false,
            ),
            row(
                words("moved back lately", "近期退回"),
                number(moved(false), Behind::Moved(false)),
                Cell::default(),
                false,
            ),
        ];
        let heads = vec![self.say(words("deals", "商机")), self.say(words("longest, days", "最久天数"))];
        Section { title: self.say(words("To look at", "需要关注")), heads, rows, ..Section::default() }
    }

    fn reason_section(&self, funnel: &Funnel) -> Section {
        let most = funnel.lost_reasons.iter().map(|reason| reason.count as i64).max().unwrap_or(1);
        let rows = funnel.lost_reasons.iter().map(|reason| {
            let worst = reason.by_stage.iter().enumerate().max_by_key(|(at, count)| (**count, std::cmp::Reverse(*at)));
            let worst =
                worst.and_then(|(at, _)| funnel.way().get(at)).map(|stage| self.naming().stage(stage.rung.stage));
            Row {
                name: Cell::text(self.naming().reason(reason.reason)),
                bar: Bar { parts: [0, 0, reason.count as i64], of: most },
                cells: vec![
                    number(reason.count, Behind::Reason(reason.reason)),
                    Cell::text(self.money(reason.amount)),
                    Cell::text(worst.unwrap_or_default()).look(Look::Dim),
                ],
            }
        });
        let heads = [words("lost", "输单"), words("amount", "金额"), words("mostly at", "多在")];
        Section {
            title: self.say(words("Lost for", "输单原因")),
            heads: heads.map(|head| self.say(head)).into(),
            bars: REASON_BAR,
            rows: rows.collect(),
            ..Section::default()
        }
    }

    /// The cohort by what its deals have in common.
    pub fn groups(&self) -> Vec<Section> {
        let by = self.question.by;
        let most =
            self.answered.main.groups.iter().map(|group| group.funnel.totals.won_amount.cents()).max().unwrap_or(0);
        // In the order of their bars.
        let mut groups: Vec<_> = self.answered.main.groups.iter().collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.funnel.totals.won_amount));
        let rows = groups.into_iter().map(|group| {
            let totals = &group.funnel.totals;
            let behind = |part: Part| Behind::Group(by, group.key.clone(), part);
            Row {
                name: Cell::text(group.name.clone()),
                bar: Bar { parts: [totals.won_amount.cents(), 0, 0], of: most.max(1) },
                cells: vec![
                    Cell::text(self.money(totals.won_amount)).look(Look::Strong),
                    number(totals.won, behind(Part::In(StageRole::Won))),
                    Cell::text(share(totals.win_rate)),
                    number(totals.open, behind(Part::In(StageRole::Open))),
                    number(totals.lost, behind(Part::In(StageRole::Lost))),
                    Cell::text(days(totals.cycle_won, |days| days.mean)),
                    number(totals.opened, behind(Part::All)),
                    Cell::text(self.money(totals.open_amount)),
                    Cell::text(totals.average_won.map_or_else(|| "–".to_owned(), |money| self.money(money))),
                ],
            }
        });
        let heads = [
            words("won amount", "赢单额"),
            words("won", "赢单"),
            words("win rate", "赢单率"),
            words("open", "进行中"),
            words("lost", "输单"),
            words("cycle", "周期天"),
            words("opened", "新开"),
            words("open amount", "进行额"),
            words("each", "平均"),
        ];
        let heads = heads.map(|head| self.say(head)).into();
        let notes =
            match by {
                crate::book::deals::grouping::By::Product => {
                    vec![self.say(words(
                        "a deal of several products counts with each",
                        "含多个产品的商机在每个产品下各计一次",
                    ))]
                }
                _ => Vec::new(),
            };
        vec![Section {
            title: self.say(by.words()),
            heads,
            bars: GROUP_BAR,
            rows: rows.collect(),
            notes,
            ..Section::default()
        }]
    }

    /// Two cohorts side by side.
    pub fn compare(&self, names: (&str, &str)) -> Vec<Section> {
        let Some(against) = &self.answered.against else {
            let how = words(
                "Enter: compare with another person; with a period set, also the one before it",
                "按回车选择对比对象：另一位负责人；选定期间后还可选上一期间、去年同期",
            );
            return vec![Section {
                title: self.say(words("Compare", "对比")),
                notes: vec![self.say(how)],
                ..Section::default()
            }];
        };
        let (one, other) = (&self.answered.main.funnel, &against.funnel);
        let rows = one.way().iter().zip(other.way()).enumerate().map(|(at, (mine, theirs))| {
            let behind = Behind::Reached(at);
            let difference = mine.conversion.zip(theirs.conversion).map(|(mine, theirs)| (mine - theirs) * 100.0);
            let look = match difference {
                Some(points) if points <= -1.0 => Look::Alarm,
                Some(points) if points >= 1.0 => Look::Good,
                _ => Look::Dim,
            };
            Row {
                name: Cell::text(self.naming().stage(mine.rung.stage)),
                cells: vec![
                    number(mine.reached, behind.clone()),
                    Cell::text(if at == 0 { String::new() } else { share(mine.conversion) }),
                    number(theirs.reached, Behind::Against(Box::new(behind))),
                    Cell::text(if at == 0 { String::new() } else { share(theirs.conversion) }),
                    Cell::text(difference.map(|points| format!("{points:+.0}")).unwrap_or_default()).look(look),
                    Cell::text(days(mine.days, |days| days.median)),
                    Cell::text(days(theirs.days, |days| days.median)),
                ],
                ..Row::default()
            }
        });
        let heads = [
            words("A reached", "甲 到达"),
            words("went on", "转化"),
            words("B reached", "乙 到达"),
            words("went on", "转化"),
            words("points", "差（点）"),
            words("A days", "甲 天数"),
            words("B days", "乙 天数"),
        ];
        let (mine, theirs) = names;
        let notes = match self.language {
            Language::En => vec![format!("A: {mine}"), format!("B: {theirs}")],
            Language::Zh => vec![format!("甲：{mine}"), format!("乙：{theirs}")],
        };
        let stages = Section {
            title: self.say(words("Stage", "阶段")),
            heads: heads.map(|head| self.say(head)).into(),
            rows: rows.collect(),
            notes,
            ..Section::default()
        };
        vec![stages, self.compared_totals(&one.totals, &other.totals)]
    }

    fn compared_totals(&self, one: &Totals, other: &Totals) -> Section {
        let row = |name: Words, of: &dyn Fn(&Totals) -> String| Row {
            name: Cell::text(self.say(name)),
            cells: vec![Cell::text(of(one)), Cell::text(of(other))],
            ..Row::default()
        };
        let rows = vec![
            row(words("opened", "新开商机"), &|totals| count(totals.opened)),
            row(words("won", "赢单"), &|totals| count(totals.won)),
            row(words("lost", "输单"), &|totals| count(totals.lost)),
            row(words("win rate", "赢单率"), &|totals| share(totals.win_rate)),
            row(words("won amount", "赢单额"), &|totals| self.money(totals.won_amount)),
            row(words("each", "平均赢单额"), &|totals| {
                totals.average_won.map_or_else(|| "–".to_owned(), |money| self.money(money))
            }),
            row(words("cycle, days", "赢单周期（天）"), &|totals| days(totals.cycle_won, |days| days.mean)),
        ];
        let heads = vec![self.say(words("A", "甲")), self.say(words("B", "乙"))];
        Section { title: self.say(words("Totals", "合计")), heads, rows, ..Section::default() }
    }

    /// What the open deals are likely to bring, by three probabilities.
    pub fn forecast(&self) -> Vec<Section> {
        let forecast = &self.answered.main.forecast;
        let most = forecast.times.iter().map(|(_, sum)| sum.by_stage.cents()).max().unwrap_or(0).max(1);
        let row = |name: Cell, sum: &Expected, behind: Behind| Row {
            name,
            bar: Bar { parts: [sum.by_stage.cents(), 0, 0], of: most },
            cells: vec![
                number(sum.deals, behind),
                Cell::text(self.money(sum.amount)),
                Cell::text(self.money(sum.by_stage)).look(Look::Strong),
                Cell::text(self.money(sum.by_own)),
                Cell::text(self.money(sum.by_history)),
            ],
        };
        let times = forecast.times.iter();
        let mut rows: Vec<Row> =
            times.map(|(when, sum)| row(self.expected_when(*when), sum, Behind::Expected(*when))).collect();
        let all = Cell::text(self.say(words("all open", "全部进行中"))).look(Look::Strong);
        let mut total = row(all, &forecast.total, Behind::Pipeline);
        total.bar = Bar::default();
        rows.push(total);
        let heads = [
            words("deals", "商机"),
            words("amount", "金额"),
            words("by stage", "按阶段概率"),
            words("by own", "按自估"),
            words("by history", "按历史胜率"),
        ];
        vec![Section {
            title: self.say(words("Expected", "预计成交")),
            heads: heads.map(|head| self.say(head)).into(),
            bars: GROUP_BAR,
            rows,
            notes: self.forecast_notes(&forecast.total),
            ..Section::default()
        }]
    }

    /// When deals are expected.
    fn expected_when(&self, when: When) -> Cell {
        match when {
            When::Overdue => Cell::text(format!("! {}", self.say(words("date passed", "已逾期")))).look(Look::Alarm),
            When::In(month) => Cell::text(format!("{:04}-{:02}", month.year(), month.number())),
            When::Unsaid => Cell::text(self.say(words("no date", "未定日期"))).look(Look::Dim),
        }
    }

    /// How far the three probabilities are known.
    fn forecast_notes(&self, sum: &Expected) -> Vec<String> {
        let (own, history, all) = (count(sum.with_own), count(sum.with_history), count(sum.deals));
        match self.language {
            _ if sum.deals == 0 => vec![self.say(words("no deal is open: N opens one", "没有进行中的商机，按 N 新建"))],
            Language::En => vec![
                format!("by own: {own} of {all} have an own probability, the others count by their stage"),
                format!(
                    "by history: the firm's win rate of all that ever reached the stage; known for {history} of {all}"
                ),
            ],
            Language::Zh => vec![
                format!("按自估：{all} 个中 {own} 个有自估概率，其余按阶段概率"),
                format!("按历史胜率：到达过该阶段的商机最终赢单的比例；{all} 个中 {history} 个可算"),
            ],
        }
    }
}
