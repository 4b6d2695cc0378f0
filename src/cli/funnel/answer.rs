//! The funnel as JSON and as text.

use crate::analysis::funnel::figures::{Funnel, LostReason, Oddities, StageFigures, Totals};
use crate::analysis::funnel::forecast::{Expected, When};
use crate::analysis::funnel::spread::Spread;
use crate::book::Book;
use crate::book::deals::Deals;
use crate::book::deals::reckoning::{Asked, GroupFunnel, Reckoned};
use crate::cli::Ends;
use crate::cli::fail::Fail;
use crate::cli::output::{Table, number, shown_or_null, text_or_null};
use crate::cli::setting::Setting;
use crate::domain::money::Money;
use crate::text::figures::{full_money, grouped, rounded_percent};
use crate::text::{Language, words};
use crate::ui::widget::bottleneck::{Naming, sentence};
use serde_json::{Value, json};

/// What is answered, and to what.
pub struct Answer<'a> {
    pub asked: &'a Asked,
    pub reckoned: &'a Reckoned,
    pub deals: &'a Deals,
    pub book: &'a Book,
    pub setting: &'a Setting,
}

/// A share as JSON has it, to a hundredth of a per cent.
fn share(share: Option<f64>) -> Value {
    share.map_or(Value::Null, |share| number((share * 10_000.0).round() / 10_000.0))
}

/// Days as JSON has them, to a hundredth.
fn days(spread: Option<Spread>, of: impl Fn(Spread) -> f64) -> Value {
    spread.map_or(Value::Null, |spread| number((of(spread) * 100.0).round() / 100.0))
}

impl Answer<'_> {
    fn naming(&self) -> Naming<'_> {
        Naming { deals: self.deals, standards: self.book.standards(), language: self.setting.language }
    }

    /// The whole answer as one document.
    pub fn json(&self) -> Value {
        let Asked { period, as_of, by, .. } = self.asked;
        let reckoned = self.reckoned;
        let mut document = json!({
            "as_of": as_of.to_string(), "from": shown_or_null(period.from), "to": shown_or_null(period.to),
            "by": by.map_or("stage", |by| by.key()),
            "stages": self.stages(&reckoned.funnel),
            "totals": totals(&reckoned.funnel.totals),
            "bottleneck": self.bottleneck(),
            "lost_reasons": reckoned.funnel.lost_reasons.iter().map(|reason| self.lost(reason)).collect::<Vec<_>>(),
            "forecast": reckoned.forecast.times.iter().map(|(when, sum)| expected(*when, sum)).collect::<Vec<_>>(),
            "stuck": reckoned.stuck.len(), "unnoticed": reckoned.unnoticed.len(),
            "notes": notes(&reckoned.funnel.oddities),
        });
        if by.is_some() {
            let groups = reckoned.groups.iter().map(|group| self.group(group));
            document["groups"] = groups.collect();
        }
        document
    }

    fn stages(&self, funnel: &Funnel) -> Vec<Value> {
        funnel.stages.iter().map(|stage| self.stage(stage)).collect()
    }

    fn stage(&self, stage: &StageFigures) -> Value {
        json!({
            "key": self.deals.stage(stage.rung.stage), "role": stage.rung.role.key(),
            "name": self.naming().stage(stage.rung.stage),
            "reached": stage.reached, "now": stage.now, "amount": stage.amount.to_string(),
            "conversion": share(stage.conversion), "conversion_from_first": share(stage.from_first),
            "days_median": days(stage.days, |days| days.median), "days_mean": days(stage.days, |days| days.mean),
            "days_p90": days(stage.days, |days| days.p90),
            "age_median": days(stage.age, |age| age.median),
            "undecided": stage.undecided, "lost": stage.lost, "lost_amount": stage.lost_amount.to_string(),
            "reached_amount": stage.reached_amount.to_string(),
            "reached_customers": stage.reached_customers, "customers": stage.customers,
        })
    }

    fn bottleneck(&self) -> Value {
        let Some(found) = &self.reckoned.bottleneck else { return Value::Null };
        let key = |at: usize| self.reckoned.ladder.way().get(at).map(|rung| self.deals.stage(rung.stage));
        let reason = |(reason, count): &(Option<u16>, usize)| json!({ "key": reason.map(|reason| self.deals.reason(reason)), "count": count });
        json!({
            "stage": key(found.at), "next": key(found.at + 1), "passed": found.passed, "lost": found.lost,
            "lost_amount": found.lost_amount.to_string(), "rate": share(found.rate), "before": share(found.before),
            "waiting": found.waiting, "over_age": found.over_age,
            "over_age_limit": found.limit.map_or(Value::Null, number),
            "silent_days": found.silence.map_or(Value::Null, number),
            "lost_reasons": found.reasons.iter().map(reason).collect::<Vec<_>>(),
            "reason": found.lead.key(),
            "sentence": sentence(found, &self.reckoned.ladder, &self.naming()),
        })
    }

    fn lost(&self, reason: &LostReason) -> Value {
        let way = self.reckoned.ladder.way().iter().zip(&reason.by_stage).filter(|(_, count)| **count > 0);
        let by_stage = way.map(|(rung, count)| (self.deals.stage(rung.stage).to_owned(), Value::from(*count)));
        json!({
            "key": reason.reason.map(|reason| self.deals.reason(reason)),
            "name": text_or_null(&self.naming().reason(reason.reason)),
            "count": reason.count, "amount": reason.amount.to_string(),
            "by_stage": Value::Object(by_stage.collect()),
        })
    }

    fn group(&self, group: &GroupFunnel) -> Value {
        json!({
            "key": text_or_null(&group.key), "name": group.name,
            "stages": self.stages(&group.funnel), "totals": totals(&group.funnel.totals),
        })
    }

    /// The whole answer as text.
    pub fn write(&self, ends: &mut Ends<'_>) -> Result<(), Fail> {
        let funnel = &self.reckoned.funnel;
        if funnel.is_empty() {
            let none = words("no deals in this period", "该期间没有商机");
            writeln!(ends.err, "{}", self.setting.say(none))?;
            return Ok(());
        }
        if let Some(found) = &self.reckoned.bottleneck {
            writeln!(ends.out, "{}\n", sentence(found, &self.reckoned.ladder, &self.naming()))?;
        }
        self.stage_table(funnel).write(ends.out)?;
        writeln!(ends.out, "\n{}", self.totals_told(&funnel.totals))?;
        if !funnel.lost_reasons.is_empty() {
            writeln!(ends.out)?;
            self.lost_table().write(ends.out)?;
        }
        if !self.reckoned.groups.is_empty() {
            writeln!(ends.out)?;
            self.group_table().write(ends.out)?;
        }
        for told in told_oddities(&funnel.oddities, self.setting.language) {
            writeln!(ends.err, "{told}")?;
        }
        Ok(())
    }

    fn stage_table(&self, funnel: &Funnel) -> Table {
        let heads = [
            words("stage", "阶段"),
            words("reached", "到达"),
            words("from before", "环节转化"),
            words("from first", "累计转化"),
            words("now", "现有"),
            words("amount now", "现有金额"),
            words("lost here", "在此输单"),
            words("days (median)", "停留中位天数"),
            words("p90", "九成天数"),
        ];
        let mut table = Table::new(heads.iter().enumerate().map(|(at, head)| (self.setting.say(*head), at > 0)));
        let shown = |share: Option<f64>| share.map(rounded_percent).unwrap_or_default();
        for (at, stage) in funnel.stages.iter().enumerate() {
            let days = |of: fn(Spread) -> f64| stage.days.map(|days| format!("{:.0}", of(days))).unwrap_or_default();
            table.row([
                self.naming().stage(stage.rung.stage),
                grouped(stage.reached as u64),
                shown(stage.conversion),
                shown(stage.from_first),
                grouped(stage.now as u64),
                full_money(stage.amount),
                if at < funnel.way { grouped(stage.lost as u64) } else { String::new() },
                days(|days| days.median),
                days(|days| days.p90),
            ]);
        }
        table
    }

    fn totals_told(&self, totals: &Totals) -> String {
        let count = |count: usize| grouped(count as u64);
        let rate = totals.win_rate.map_or_else(|| "–".to_owned(), rounded_percent);
        let money = |money: Option<Money>| money.map_or_else(|| "–".to_owned(), full_money);
        let mean = |spread: Option<Spread>| spread.map_or_else(|| "–".to_owned(), |days| format!("{:.1}", days.mean));
        let (opened, won, lost) = (count(totals.opened), count(totals.won), count(totals.lost));
        let (open, parked) = (count(totals.open), count(totals.parked));
        let (amount, average, cycle) =
            (full_money(totals.won_amount), money(totals.average_won), mean(totals.cycle_won));
        match self.setting.language {
            Language::En => format!(
                "{opened} opened: {won} won, {lost} lost, {open} open, {parked} parked. Win rate {rate} of those decided.\n\
                 Won {amount}, on average {average}, in {cycle} days."
            ),
            Language::Zh => format!(
                "共 {opened} 个商机：赢单 {won}，输单 {lost}，进行中 {open}，搁置 {parked}。赢单率 {rate}（占已定商机）。\n\
                 赢单金额 {amount}，平均 {average}，平均周期 {cycle} 天。"
            ),
        }
    }

    fn lost_table(&self) -> Table {
        let heads =
            [(words("lost for", "输单原因"), false), (words("deals", "商机数"), true), (words("amount", "金额"), true)];
        let mut table = Table::new(heads.iter().map(|(head, right)| (self.setting.say(*head), *right)));
        for reason in &self.reckoned.funnel.lost_reasons {
            table.row([self.naming().reason(reason.reason), grouped(reason.count as u64), full_money(reason.amount)]);
        }
        table
    }

    fn group_table(&self) -> Table {
        let by = self.asked.by.map_or(words("", ""), |by| by.words());
        let heads = [
            (by, false),
            (words("opened", "新开"), true),
            (words("won", "赢单"), true),
            (words("lost", "输单"), true),
            (words("open", "进行中"), true),
            (words("win rate", "赢单率"), true),
            (words("won amount", "赢单金额"), true),
            (words("days to win", "赢单周期（天）"), true),
        ];
        let mut table = Table::new(heads.iter().map(|(head, right)| (self.setting.say(*head), *right)));
        for GroupFunnel { name, funnel: Funnel { totals, .. }, .. } in &self.reckoned.groups {
            table.row([
                name.clone(),
                grouped(totals.opened as u64),
                grouped(totals.won as u64),
                grouped(totals.lost as u64),
                grouped(totals.open as u64),
                totals.win_rate.map(rounded_percent).unwrap_or_default(),
                full_money(totals.won_amount),
                totals.cycle_won.map(|days| format!("{:.0}", days.mean)).unwrap_or_default(),
            ]);
        }
        table
    }
}

fn totals(totals: &Totals) -> Value {
    json!({
        "opened": totals.opened, "won": totals.won, "lost": totals.lost, "open": totals.open, "parked": totals.parked,
        "decided": totals.won + totals.lost, "win_rate": share(totals.win_rate),
        "won_amount": totals.won_amount.to_string(), "avg_won_amount": shown_or_null(totals.average_won),
        "cycle_days_won": days(totals.cycle_won, |days| days.mean),
        "cycle_days_lost": days(totals.cycle_lost, |days| days.mean),
        "cycle_days_won_median": days(totals.cycle_won, |days| days.median),
        "velocity": shown_or_null(totals.velocity),
        "opened_amount": totals.opened_amount.to_string(), "open_amount": totals.open_amount.to_string(),
        "weighted": totals.weighted.to_string(),
    })
}

fn expected(when: When, sum: &Expected) -> Value {
    let month = match when {
        When::Overdue => "overdue".into(),
        When::In(month) => Value::from(format!("{:04}-{:02}", month.year(), month.number())),
        When::Unsaid => Value::Null,
    };
    json!({
        "month": month, "deals": sum.deals, "amount": sum.amount.to_string(), "by_stage": sum.by_stage.to_string(),
        "by_own": sum.by_own.to_string(), "with_own": sum.with_own,
        "by_history": sum.by_history.to_string(), "with_history": sum.with_history,
    })
}

fn notes(odd: &Oddities) -> Value {
    json!({ "undated": odd.undated, "in_future": odd.ahead, "log_out_of_order": odd.disordered,
        "closed_before_opened": odd.backwards })
}

/// What is odd about the dates, one line each.
fn told_oddities(odd: &Oddities, language: Language) -> Vec<String> {
    let told = [
        (odd.undated, words("deals without any date", "个商机没有任何日期")),
        (odd.ahead, words("deals with a date still to come", "个商机的日期在未来")),
        (odd.disordered, words("deals whose stage log is out of order", "个商机的阶段记录时间颠倒")),
        (odd.backwards, words("deals closed before they were opened", "个商机的结束早于开始")),
    ];
    let line = |(count, words): (usize, crate::text::Words)| {
        let space = if language == Language::En { " " } else { "" };
        (count > 0).then(|| format!("{}{space}{}", grouped(count as u64), words.say(language)))
    };
    told.into_iter().filter_map(line).collect()
}
