//! `kehu risk`: who is leaving, why, how much a year is at risk, what is being done, by whom.

use crate::analysis::churn::Reason;
use crate::book::Book;
use crate::book::cell::Cell;
use crate::book::row::RowText;
use crate::book::tiers::leaving::{Leaver, at_risk, leaving};
use crate::book::tiers::say::{churn_words, tier_shown};
use crate::cli::Ends;
use crate::cli::args::Risk;
use crate::cli::fail::{DONE, Fail};
use crate::cli::output::{Table, cell_csv, shown_or_null, text_or_null, write_json_list};
use crate::cli::setting::Setting;
use crate::cli::who::owner_called;
use crate::exchange::export::cell::OutCell;
use crate::exchange::export::leavers::{Leavers, doing_words};
use crate::text::choices::Said;
use crate::text::figures::{full_money, grouped};
use crate::text::words;
use crate::ui::fit;
use serde_json::{Value, json};

pub(super) fn run(args: &Risk, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let desk = setting.open(ends)?;
    let owner = args.owner.as_deref().map(|name| owner_called(desk.book(), name, setting)).transpose()?;
    let leaving = leaving(desk.book(), setting.today(), owner, args.lost);
    let leavers = Leavers { book: desk.book(), leavers: &leaving, as_of: setting.today(), language: setting.language };
    let told: Vec<Told<'_>> = leaving.iter().map(|leaver| Told { leaver, book: desk.book(), setting }).collect();
    if setting.json {
        write_json_list(ends.out, told.iter().map(Told::json))?;
    } else if args.csv {
        write_csv(&leavers, ends)?;
    } else if told.is_empty() {
        writeln!(ends.err, "{}", setting.say(words("nobody seems to be leaving", "没有流失预警")))?;
    } else {
        write_text(&leavers, ends)?;
        let sum = full_money(at_risk(&leaving));
        let count = grouped(leaving.len() as u64);
        let line = words("{} customers, {} a year at risk", "{} 位客户，每年 {} 有流失风险");
        writeln!(ends.out, "\n{}", line.filled(&[&count, &sum], setting.language))?;
    }
    setting.close(desk, ends);
    Ok(DONE)
}

/// The reasons of a warning, each as text and by its key.
pub(super) fn reasons_json(reasons: &[Reason], setting: &Setting) -> (Value, Value) {
    let texts: Vec<String> = reasons.iter().map(|reason| churn_words(reason, setting.language)).collect();
    let keys: Vec<&str> = reasons.iter().map(Reason::key).collect();
    (json!(texts), json!(keys))
}

struct Told<'a> {
    leaver: &'a Leaver,
    book: &'a Book,
    setting: &'a Setting,
}

impl Told<'_> {
    fn text(&self, text: RowText) -> &str {
        self.book.row(self.leaver.slot).map_or("", |row| row.text(text))
    }

    fn name(&self) -> &str {
        self.book.row(self.leaver.slot).map_or("", |row| row.name())
    }

    fn doing(&self) -> (String, &str) {
        let owners = self.book.standards();
        self.leaver.doing.as_ref().map_or((String::new(), ""), |(what, due, owner)| {
            (doing_words(what, due.map(|due| due.day)), owners.owner_name(*owner))
        })
    }

    fn json(&self) -> Value {
        let leaver = self.leaver;
        let (reasons, keys) = reasons_json(&leaver.warning.reasons, self.setting);
        let (doing, by) = self.doing();
        json!({
            "code": text_or_null(self.text(RowText::Code)),
            "name": self.name(),
            "owner": text_or_null(self.book.standards().owner_name(leaver.owner)),
            "reasons": reasons,
            "reason_keys": keys,
            "amount_at_risk": leaver.warning.amount.to_string(),
            "cause": leaver.cause.map(|cause| cause.words().say(self.setting.language)),
            "doing": text_or_null(&doing),
            "doing_by": text_or_null(by),
            "next_contact": shown_or_null(leaver.next_contact),
            "tier": text_or_null(&tier_shown(self.book.tiers().tier_of(leaver.customer), self.setting.language)),
        })
    }
}

fn write_text(leavers: &Leavers<'_>, ends: &mut Ends<'_>) -> Result<(), Fail> {
    let mut table = Table::new(Leavers::HEADS.iter().map(|(head, right)| (head.say(leavers.language), *right)));
    let shown = |cell: OutCell| match cell {
        OutCell::Money(money) => full_money(money),
        cell => fit::fit(&cell.shown(leavers.language), 48),
    };
    for leaver in leavers.leavers {
        table.row(leavers.cells(leaver).into_iter().map(shown));
    }
    table.write(ends.out)?;
    Ok(())
}

fn write_csv(leavers: &Leavers<'_>, ends: &mut Ends<'_>) -> Result<(), Fail> {
    let failed = |error: csv::Error| Fail::from(std::io::Error::other(error));
    let language = leavers.language;
    let mut writer = csv::Writer::from_writer(&mut *ends.out);
    writer.write_record(Leavers::HEADS.iter().map(|(head, _)| head.say(language))).map_err(failed)?;
    let safe = |cell: OutCell| match cell {
        OutCell::Money(money) => cell_csv(&Cell::Money(money), language),
        cell => cell_csv(&Cell::Text(cell.shown(language)), language),
    };
    for leaver in leavers.leavers {
        writer.write_record(leavers.cells(leaver).into_iter().map(safe)).map_err(failed)?;
    }
    writer.flush()?;
    Ok(())
}
