//! `kehu funnel`: how far deals came, where they are lost, and why.

mod answer;
mod sheet;

use crate::analysis::funnel::period::Period;
use crate::book::deals::grouping::By;
use crate::book::deals::reckoning::Asked;
use crate::cli::Ends;
use crate::cli::args;
use crate::cli::clock::Clock;
use crate::cli::fail::{DONE, Fail};
use crate::cli::output::write_json;
use crate::cli::setting::Setting;
use crate::cli::who::owner_called;
use crate::desk::gathering::deals;
use crate::domain::time::Day;
use crate::text::words;
use answer::Answer;

pub(super) fn run(args: &args::Funnel, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let period = Period { from: day(args.from.as_deref(), setting)?, to: day(args.to.as_deref(), setting)? };
    if period.from.zip(period.to).is_some_and(|(from, to)| from > to) {
        return Err(Fail::usage(setting.say(words("the period ends before it begins", "结束日期早于开始日期"))));
    }
    let desk = setting.open(ends)?;
    let owner = args.owner.as_deref().map(|name| owner_called(desk.book(), name, setting)).transpose()?;
    let deals = deals(&desk).map_err(|error| Fail::of_store(&error, setting.language))?;
    if let Some(month) = &args.month {
        let done = sheet::run(month, args.output.as_deref(), (owner, &deals, &desk), setting, ends);
        setting.close(desk, ends);
        return done;
    }
    let by = args.by.as_deref().and_then(By::from_key);
    let asked = Asked { period, owner, by, as_of: setting.today(), language: setting.language };
    let reckoned = asked.reckon(&deals, desk.book());
    let answer = Answer { asked: &asked, reckoned: &reckoned, deals: &deals, book: desk.book(), setting };
    if setting.json {
        write_json(ends.out, &answer.json())?;
    } else {
        answer.write(ends)?;
    }
    setting.close(desk, ends);
    Ok(DONE)
}

fn day(text: Option<&str>, setting: &Setting) -> Result<Option<Day>, Fail> {
    let Some(text) = text else { return Ok(None) };
    match Clock::parse(text, setting.now) {
        Some(Clock::On(day)) => Ok(Some(day)),
        Some(Clock::At(at)) => Ok(Some(Day::from(at.date()))),
        _ => Err(Fail::usage(setting.told(words("{} is no day", "{} 不是日期"), text))
            .hinted(setting.say(words("write it like 2026-11-19", "请写成 2026-11-19 这样")))),
    }
}
