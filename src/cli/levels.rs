//! `kehu levels`: member levels shown, made, changed, taken out.

use crate::book::planning::Refusal;
use crate::book::tiers::member::{level_flaw, member_levels, put_level};
use crate::cli::Ends;
use crate::cli::args::Levels;
use crate::cli::fail::{DONE, Fail, NOT_FOUND};
use crate::cli::output::{Table, text_or_null, write_json};
use crate::cli::setting::Setting;
use crate::desk::Desk;
use crate::desk::trouble::Trouble;
use crate::domain::money::Money;
use crate::domain::tiers::Membership;
use crate::exchange::amount::amount;
use crate::exchange::header::Unit;
use crate::text::figures::{full_money, grouped};
use crate::text::words;
use serde_json::{Value, json};
use std::io;

pub(super) fn run(args: &Levels, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let mut desk = setting.open(ends)?;
    let command = match &args.name {
        Some(name) => put_level(desk.book(), level(name, args, &desk, setting)?),
        None => None,
    };
    let saved = match command {
        Some(command) => match desk.run_all(&[command], setting.now) {
            Err(Trouble::Refused(Refusal::NothingToDo)) => false,
            done => done.map(|_| true).map_err(|trouble| setting.fail(&desk, &trouble))?,
        },
        None => false,
    };
    let levels = member_levels(desk.book(), setting.language);
    let written = if setting.json {
        write_json(ends.out, &Value::Array(levels.iter().map(json_of).collect()))
    } else {
        write_text(&levels, setting, ends)
    };
    if saved {
        Fail::after_saving(written, ends.out)?;
    } else {
        written?;
    }
    setting.close(desk, ends);
    Ok(DONE)
}

/// The level of this name as it is asked for: one that is there, or a new one.
fn level(name: &str, args: &Levels, desk: &Desk, setting: &Setting) -> Result<Membership, Fail> {
    let name = name.trim();
    let levels = member_levels(desk.book(), setting.language);
    let found = levels.into_iter().find(|level| level.name == name);
    if found.is_none() && args.delete {
        let what = setting.told(words("there is no level “{}”", "没有名为“{}”的会员等级"), name);
        return Err(Fail::new(NOT_FOUND, what));
    }
    let before = found.unwrap_or_else(|| Membership { name: name.to_owned(), ..Membership::default() });
    let level = Membership {
        spend: args.spend.as_deref().map_or(Ok(before.spend), |text| spend(text, setting))?,
        years: args.years.unwrap_or(before.years),
        least: args.least.unwrap_or(before.least),
        points: args.points.unwrap_or(before.points),
        per_order: args.per_order.unwrap_or(before.per_order),
        benefits: args.benefits.clone().unwrap_or_else(|| before.benefits.clone()),
        persons_only: args.only.as_deref().map_or(before.persons_only, |only| only == "persons"),
        hidden: args.delete,
        ..before
    };
    match level_flaw(desk.book(), &level, setting.language) {
        Some((_, why)) if !args.delete => Err(Fail::usage(setting.say(why))),
        _ => Ok(level),
    }
}

fn spend(text: &str, setting: &Setting) -> Result<Money, Fail> {
    amount(text, Unit::One).ok().flatten().ok_or_else(|| {
        let what = setting.told(words("“{}” is no amount", "“{}”不是金额"), text);
        Fail::usage(what).hinted(setting.say(words("write 100000, 100k or 10万", "请写 100000 或 10万")))
    })
}

fn write_text(levels: &[Membership], setting: &Setting, ends: &mut Ends<'_>) -> io::Result<()> {
    let heads = [
        (words("level", "等级"), false),
        (words("spent ≥", "消费满"), true),
        (words("years ≥", "年限满"), true),
        (words("points ≥", "积分满"), true),
        (words("per 100", "每百元"), true),
        (words("per order", "每单"), true),
        (words("for", "适用"), false),
        (words("benefits", "权益"), false),
    ];
    let mut table = Table::new(heads.iter().map(|(head, is_number)| (setting.say(*head), *is_number)));
    for level in levels {
        let count = |count: u32| grouped(u64::from(count));
        let whose = if level.persons_only { words("persons", "个人") } else { words("everybody", "全部客户") };
        table.row([
            level.name.clone(),
            full_money(level.spend),
            count(level.years),
            count(level.least),
            count(level.points),
            count(level.per_order),
            setting.say(whose).to_owned(),
            level.benefits.clone(),
        ]);
    }
    table.write(ends.out)
}

fn json_of(level: &Membership) -> Value {
    json!({
        "name": level.name,
        "spend": level.spend.to_string(),
        "years": level.years,
        "points_at_least": level.least,
        "points_per_100": level.points,
        "points_per_order": level.per_order,
        "persons_only": level.persons_only,
        "benefits": text_or_null(&level.benefits),
    })
}
