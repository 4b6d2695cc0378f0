//! `kehu tiers`: every customer graded, why, and what would change; written only when asked.

use crate::analysis::grading::{Grading, Weights};
use crate::analysis::rfm::Cuts;
use crate::book::beyond::asks_beyond;
use crate::book::row::RowText;
use crate::book::tiers::proposal::{Member, Proposal};
use crate::book::tiers::rules;
use crate::book::tiers::rules::rules_of;
use crate::book::tiers::say::{missing_words, period_words, tier_shown};
use crate::book::tiers::schemes::offered;
use crate::book::tiers::why::grading_in_force;
use crate::cli::Ends;
use crate::cli::args::Tiers;
use crate::cli::export::{format_of, to_file};
use crate::cli::fail::{DONE, Fail};
use crate::cli::output::{Table, number, text_or_null, write_json};
use crate::cli::setting::Setting;
use crate::desk::Desk;
use crate::desk::gathering::know_beyond;
use crate::domain::money::{Money, round_div};
use crate::domain::tiers::{Method, Segment};
use crate::domain::time::Day;
use crate::exchange::export::moves::Moves;
use crate::parse::period_words::window;
use crate::query::filter::Filter;
use crate::text::choices::Said;
use crate::text::figures::{full_money, grouped, percent};
use crate::text::{Words, words};
use crate::ui::fit;
use crate::ui::keymap::near;
use serde_json::{Value, json};
use std::io;

/// Movers shown as text.
const SHOWN: usize = 20;
const TABLES: Words = words("use .csv, .xlsx, .json or .md", "请用 .csv、.xlsx、.json、.md");

pub(super) fn run(args: &Tiers, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let mut desk = setting.open(ends)?;
    if args.value {
        super::worth::write(&desk, setting, ends)?;
        setting.close(desk, ends);
        return Ok(DONE);
    }
    let grading = grading(args, &desk, setting)?;
    let proposal = proposal(&desk, &grading, setting.today(), setting)?;
    if let Some(path) = &args.movers {
        let format = format_of(path, TABLES, setting)?;
        let (places, language) = (proposal.movers(), setting.language);
        let moves = Moves { book: desk.book(), proposal: &proposal, places: &places, language };
        to_file(path, setting, |out| moves.write(format, out))?;
    }
    let answer = setting.json.then(|| Told { proposal: &proposal, desk: &desk, setting }.json());
    let applied = if args.apply {
        let command = proposal.apply(desk.me(), None);
        let done = desk.run(&command, setting.now);
        Some(done.map_err(|trouble| setting.fail(&desk, &trouble))?)
    } else {
        None
    };
    if let Some(mut answer) = answer {
        if let Some(object) = answer.as_object_mut() {
            object.insert("applied".to_owned(), json!(applied.is_some()));
            object.insert("seq".to_owned(), json!(applied.map(|done| done.seq)));
        }
        write_json(ends.out, &answer)?;
    } else {
        Told { proposal: &proposal, desk: &desk, setting }.write(ends.out)?;
        let said = match applied {
            Some(_) => words("applied; kehu undo takes it back", "已应用；kehu undo 可撤销"),
            None => words("nothing was written; --apply writes it", "尚未写入；加 --apply 应用"),
        };
        writeln!(ends.out, "\n{}", setting.say(said))?;
    }
    setting.close(desk, ends);
    Ok(DONE)
}

/// Grades everybody by the way in force as they stood on that day and applies it, as a part of how a sample book began.
pub(super) fn apply_in_force(desk: &mut Desk, day: Day, setting: &Setting) -> Result<(), Fail> {
    let command = proposal(desk, &grading_in_force(desk.book()), day, setting)?.apply(desk.me(), None);
    desk.run_founding(&command, setting.now).map(drop).map_err(|trouble| setting.fail(desk, &trouble))
}

/// What grading the book comes to; a rule that cannot be read is shown with the place.
fn proposal(desk: &Desk, grading: &Grading, day: Day, setting: &Setting) -> Result<Proposal, Fail> {
    if grading.rules.iter().any(|rule| Filter::read(&rule.when).is_ok_and(|filter| asks_beyond(&filter))) {
        know_beyond(desk).map_err(|error| Fail::of_store(&error, setting.language))?;
    }
    let rules = rules_of(desk.book(), grading, day).map_err(|(number, fault)| {
        let what = setting.told(words("rule {}: ", "第 {} 条规则："), &number.to_string());
        Fail::usage(what + &fault.say(setting.language))
    })?;
    Ok(Proposal::of(desk.book(), grading, day, &|row| rules.of(row)))
}

/// The way of grading that is asked for: a method, or the latest version of a saved scheme.
fn grading(args: &Tiers, desk: &Desk, setting: &Setting) -> Result<Grading, Fail> {
    let schemes = offered(desk.book().standards());
    let saved = schemes.iter().find(|scheme| scheme.name == args.scheme);
    let method = Method::from_key(&args.scheme);
    let mut grading = match (saved, method) {
        (Some(scheme), _) => Grading::of_scheme(scheme),
        (None, Some(Method::Rules)) => rules::shipped(),
        (None, Some(method)) => Grading::of(method),
        (None, None) => {
            let what = setting.told(words("there is no scheme “{}”", "没有名为“{}”的分级方案"), &args.scheme);
            let names = Method::ALL.iter().map(|method| method.key()).chain(schemes.iter().map(|s| s.name.as_str()));
            let hint = near(&args.scheme, names)
                .map_or_else(String::new, |near| setting.told(words("did you mean {}?", "是否想写 {}？"), &near));
            return Err(Fail::usage(what).hinted(hint));
        }
    };
    if let Some(window) = &args.window {
        grading.months = months(window, setting)?;
    }
    match args.weights.as_deref() {
        Some("by-kind") => (grading.weights, grading.consumer_weights) = (Weights::BUSINESS, Weights::CONSUMER),
        Some(_) => (grading.weights, grading.consumer_weights) = (Weights::EQUAL, Weights::EQUAL),
        None => {}
    }
    Ok(grading)
}

fn months(text: &str, setting: &Setting) -> Result<Option<u32>, Fail> {
    window(text).ok_or_else(|| {
        let what = setting.told(words("“{}” is not a time window", "“{}”不是时间窗口"), text);
        Fail::usage(what)
            .hinted(setting.say(words("write 12m, 近12月, 2y or all", "请写 12m、12月、近12月、2年 或 all")))
    })
}

struct Told<'a> {
    proposal: &'a Proposal,
    desk: &'a Desk,
    setting: &'a Setting,
}

impl Told<'_> {
    fn json(&self) -> Value {
        let Proposal { grading, graded, as_of, members, .. } = self.proposal;
        let mut customers: Vec<(&str, &Member)> = members.iter().map(|member| (self.code(member), member)).collect();
        customers.sort_by_key(|(code, _)| *code);
        json!({
            "scheme": if grading.name.is_empty() { grading.method.key() } else { grading.name.as_str() },
            "version": grading.version,
            "method": grading.method.key(),
            "window": grading.months.map_or("all".to_owned(), |months| format!("{months}m")),
            "as_of": as_of.to_string(),
            "customers": customers.iter().map(|(_, member)| self.member_json(member)).collect::<Vec<_>>(),
            "edges": {
                "recency_days": cuts_json(&graded.edges.r),
                "frequency": several(&graded.edges.f, cuts_json),
                "monetary": several(&graded.edges.m, money_json),
            },
            "distribution": self.distribution_json(),
            "segments": self.segments_json(),
            "movements": self.movements_json(),
            "total": graded.total.to_string(),
            "top_fifth_share": graded.top_fifth.map_or(Value::Null, |share| number(share.as_number())),
        })
    }

    fn code(&self, member: &Member) -> &str {
        self.desk.book().row(member.slot).map_or("", |row| row.text(RowText::Code))
    }

    fn tier(&self, tier: Option<u8>) -> Value {
        text_or_null(&tier_shown(self.proposal.name(tier), self.setting.language))
    }

    fn member_json(&self, member: &Member) -> Value {
        let language = self.setting.language;
        let buying = member.graded.map(|(subject, _)| subject.buying);
        let grade = member.graded.map(|(_, grade)| grade);
        let missing = self.proposal.missing(member);
        let missing = missing.map(|missing| missing_words(&missing, self.proposal.name(Some(missing.tier)), language));
        json!({
            "code": text_or_null(self.code(member)),
            "name": self.desk.book().row(member.slot).map_or("", |row| row.name()),
            "recency_days": buying.and_then(|buying| buying.recency),
            "frequency": buying.map(|buying| buying.orders),
            "monetary": buying.map(|buying| buying.revenue.to_string()),
            "net": buying.map(|buying| buying.net.to_string()),
            "given": buying.is_some_and(|buying| buying.given),
            "r": grade.map(|grade| grade.scores.r),
            "f": grade.map(|grade| grade.scores.f),
            "m": grade.map(|grade| grade.scores.m),
            "value": grade.map_or(Value::Null, |grade| number(grade.value.as_number())),
            "segment": grade.map(|grade| grade.segment.words().say(language)),
            "tier": self.tier(member.after),
            "before": self.tier(member.before),
            "held": member.held,
            "reason": self.proposal.reason(member, language),
            "missing": missing,
        })
    }

    fn distribution_json(&self) -> Value {
        let filled = self.proposal.names.iter().zip(self.proposal.distribution());
        let one = |(name, filled): (&String, crate::book::tiers::proposal::Filled)| {
            let share = crate::analysis::value::share(filled.revenue, self.proposal.graded.total);
            json!({
                "tier": tier_shown(name, self.setting.language),
                "customers": filled.customers,
                "revenue": filled.revenue.to_string(),
                "share": share.map_or(Value::Null, |share| number(share.as_number())),
            })
        };
        Value::Array(filled.map(one).collect())
    }

    fn segments_json(&self) -> Value {
        let count = |segment: Segment| {
            let members = self.proposal.members.iter().filter(|member| member.segment() == Some(segment));
            json!({ "segment": segment.words().say(self.setting.language), "customers": members.count() })
        };
        Value::Array(Segment::ALL.iter().copied().map(count).collect())
    }

    fn movements_json(&self) -> Value {
        let place = |at: usize| u8::try_from(at).ok().filter(|_| at < self.proposal.names.len());
        let mut movements = Vec::new();
        for (from, row) in self.proposal.matrix().into_iter().enumerate() {
            for (to, count) in row.into_iter().enumerate().filter(|(to, count)| *to != from && *count > 0) {
                let (from, to) = (self.tier(place(from)), self.tier(place(to)));
                movements.push(json!({ "from": from, "to": to, "customers": count }));
            }
        }
        Value::Array(movements)
    }

    fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let Proposal { grading, graded, as_of, .. } = self.proposal;
        let setting = self.setting;
        let method = grading.method.words().say(setting.language);
        let name =
            if grading.name.is_empty() { method.to_owned() } else { format!("{} v{}", grading.name, grading.version) };
        writeln!(out, "{name} · {} · {as_of}", period_words(grading, setting.language))?;
        if let Some(share) = graded.top_fifth {
            let line = words("the top 20 % of customers bring {} of revenue", "前 20% 客户贡献销售额的 {}");
            writeln!(out, "{}", setting.told(line, &percent(share)))?;
        }
        writeln!(out)?;
        self.write_distribution(out)?;
        self.write_movers(out)
    }

    fn write_distribution(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let heads = [
            (words("tier", "等级"), false),
            (words("customers", "客户数"), true),
            (words("revenue", "销售额"), true),
            (words("share", "占比"), true),
        ];
        let mut table = Table::new(heads.iter().map(|(head, right)| (self.setting.say(*head), *right)));
        let own = self.proposal.grading.tiers.len();
        let filled = self.proposal.names.iter().zip(self.proposal.distribution()).enumerate();
        // A tier of another scheme is told only while somebody has it.
        for (_, (name, filled)) in filled.filter(|(place, (_, filled))| *place < own || filled.customers > 0) {
            let share = crate::analysis::value::share(filled.revenue, self.proposal.graded.total);
            table.row([
                tier_shown(name, self.setting.language),
                grouped(u64::from(filled.customers)),
                full_money(filled.revenue),
                share.map_or("–".to_owned(), percent),
            ]);
        }
        table.write(out)
    }

    fn write_movers(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let movers = self.proposal.movers();
        let count = grouped(movers.len() as u64);
        writeln!(out, "\n{}", self.setting.told(words("{} change their tier", "{} 位客户等级变动"), &count))?;
        let heads = [words("code", "编号"), words("name", "名称"), words("tier", "等级"), words("why", "依据")];
        let mut table = Table::new(heads.iter().map(|head| (self.setting.say(*head), false)));
        let language = self.setting.language;
        for member in movers.iter().take(SHOWN).filter_map(|at| self.proposal.members.get(*at)) {
            let tier = |tier| match self.proposal.name(tier) {
                "" => "–".to_owned(),
                name => tier_shown(name, language),
            };
            let why = self.proposal.reason(member, language);
            let name = self.desk.book().row(member.slot).map_or("", |row| row.name());
            let moved = format!("{} → {}", tier(member.before), tier(member.after));
            table.row([self.code(member).to_owned(), fit::fit(name, 28), moved, why]);
        }
        if !movers.is_empty() {
            table.write(out)?;
        }
        Ok(())
    }
}

/// Edges in whole units and their fifths.
fn cuts_json(cuts: &Cuts) -> Value {
    Value::Array(cuts.iter().map(|cut| number(*cut as f64 / 5.0)).collect())
}

fn money_json(cuts: &Cuts) -> Value {
    let money = |cut: &i64| Money::from_wide(round_div(i128::from(*cut), 5)).to_string();
    Value::Array(cuts.iter().map(|cut| Value::from(money(cut))).collect())
}

/// One set of edges by itself, several as a list.
fn several(sets: &[Cuts], json: fn(&Cuts) -> Value) -> Value {
    match sets {
        [one] => json(one),
        sets => Value::Array(sets.iter().map(json).collect()),
    }
}
