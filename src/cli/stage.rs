//! `kehu stage`: a deal moved along the funnel.

use crate::book::command::{Command, edit_between};
use crate::book::deals::moving::{Mover, OTHER};
use crate::book::planning::Refusal;
use crate::book::standards::Standards;
use crate::cli::Ends;
use crate::cli::args;
use crate::cli::fail::{DONE, Fail, NOT_FOUND};
use crate::cli::output::{shown_or_null, text_or_null, write_json};
use crate::cli::setting::Setting;
use crate::cli::who::{deal_called, find_one, which_deal};
use crate::desk::trouble::Trouble;
use crate::domain::choice::{ListKind, StageRole};
use crate::domain::deal::{Deal, Stage};
use crate::text::words;
use crate::ui::keymap::near;
use serde_json::json;

pub(super) fn run(args: &args::Stage, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let mut desk = setting.open(ends)?;
    let customer = find_one(desk.book(), &args.query, setting, ends)?;
    let dossier = desk.dossier(customer).map_err(|error| Fail::of_store(&error, setting.language))?;
    let standards = desk.book().standards();
    let stage = stage_called(standards, &args.stage, setting)?.clone();
    let before = deal_meant(dossier.deals(), args, standards, setting, ends)?;
    let mover = Mover { standards, now: setting.now, me: &setting.me, language: setting.language };
    let commands = commands(&mover, &before, &stage, args.reason.as_deref());
    let moved = match commands.as_slice() {
        [] => None,
        commands => match desk.run_all(commands, setting.now) {
            Err(Trouble::Refused(Refusal::NothingToDo)) => None,
            done => Some(done.map_err(|trouble| setting.fail(&desk, &trouble))?),
        },
    };
    let dossier = desk.dossier(customer).map_err(|error| Fail::of_store(&error, setting.language))?;
    let after = dossier.deals().into_iter().find(|deal| deal.id == before.id).unwrap_or(before.clone());
    let standards = desk.book().standards();
    let shown = |key: &str| standards.stage_shown(key, setting.language).to_owned();
    let written = if setting.json {
        let reason = standards.shown(ListKind::LostReason, &after.lost_reason, setting.language);
        let answer = json!({
            "code": desk.book().row_of(customer).map(|row| row.text(crate::book::row::RowText::Code)),
            "deal": text_or_null(&after.title), "number": text_or_null(&after.number),
            "before": text_or_null(&shown(&before.stage)), "stage": shown(&after.stage),
            "role": standards.role(&after.stage).key(), "closed": shown_or_null(after.closed),
            "lost_reason": text_or_null(reason), "seq": moved.map(|done| done.seq),
        });
        write_json(ends.out, &answer)
    } else if moved.is_some() {
        writeln!(ends.out, "{}: {} → {}", after.title, shown(&before.stage), shown(&after.stage))
    } else {
        writeln!(ends.err, "{}: {}", after.title, setting.say(words("already there", "已在该阶段")))
    };
    if moved.is_some() {
        Fail::after_saving(written, ends.out)?;
    } else {
        written?;
    }
    setting.close(desk, ends);
    Ok(DONE)
}

/// The stage a word means.
pub(super) fn stage_called<'a>(standards: &'a Standards, word: &str, setting: &Setting) -> Result<&'a Stage, Fail> {
    if let Some(stage) = standards.stage_called(word) {
        return Ok(stage);
    }
    let what = setting.told(words("there is no stage “{}”", "没有名为“{}”的阶段"), word);
    let offered = || standards.stages().iter().filter(|stage| !stage.hidden);
    let names = offered().flat_map(|stage| [stage.key.as_str(), &stage.en, &stage.zh]);
    let hint = match near(word, names) {
        Some(near) => setting.told(words("did you mean {}?", "是否想写 {}？"), &near),
        None => {
            let all: Vec<&str> = offered().map(|stage| standards.stage_shown(&stage.key, setting.language)).collect();
            setting.told(words("one of {}", "可以是 {}"), &all.join(", "))
        }
    };
    Err(Fail::usage(what).hinted(hint))
}

fn deal_meant(
    deals: Vec<Deal>,
    args: &args::Stage,
    standards: &Standards,
    setting: &Setting,
    ends: &mut Ends<'_>,
) -> Result<Deal, Fail> {
    if let Some(name) = &args.deal {
        return deal_called(&deals, name, setting, ends);
    }
    let undecided = |deal: &Deal| matches!(standards.role(&deal.stage), StageRole::Open | StageRole::Parked);
    let open: Vec<Deal> = deals.into_iter().filter(undecided).collect();
    match open.as_slice() {
        [only] => Ok(only.clone()),
        [] => {
            let what = words("no deal is open", "没有进行中的商机");
            let hint = words("name a decided one with --deal", "已结束的请用 --deal 指定");
            Err(Fail::new(NOT_FOUND, setting.say(what)).hinted(setting.say(hint)))
        }
        several => Err(which_deal(several, setting, ends)),
    }
}

/// A reason for losing is one of the list, else a note on "other"; one for winning is a note. A deal that goes on has none.
fn commands(mover: &Mover<'_>, deal: &Deal, stage: &Stage, reason: Option<&str>) -> Vec<Command> {
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    if stage.role == Some(StageRole::Lost) {
        let listed = |reason: &str| mover.standards.item(ListKind::LostReason, reason).map(|item| item.key.clone());
        return match reason.map(|reason| (reason, listed(reason))) {
            Some((_, Some(key))) => mover.lost_in(deal, stage, &key, ""),
            Some((note, None)) => mover.lost_in(deal, stage, OTHER, note),
            None => mover.lost_in(deal, stage, &deal.lost_reason, ""),
        };
    }
    let noted = Deal { reason_note: reason.unwrap_or(&deal.reason_note).to_owned(), ..deal.clone() };
    let mut after = noted;
    mover.enter(&mut after, stage);
    edit_between(&deal.clone().into(), &after.into()).into_iter().collect()
}
