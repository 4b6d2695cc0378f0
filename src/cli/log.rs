//! `kehu log`: a follow-up written as on the screen's line.

use crate::book::Book;
use crate::book::command::Command;
use crate::book::logging::{Logging, Reader};
use crate::book::planned::Planned;
use crate::book::row::RowText;
use crate::cli::Ends;
use crate::cli::args::Log;
use crate::cli::fail::{DISK, DONE, Fail};
use crate::cli::output::{number, shown_or_null, text_or_null, write_json};
use crate::cli::setting::Setting;
use crate::cli::who::{deal_called, find_one, which_deal};
use crate::desk::{Desk, Done};
use crate::domain::choice::{ListKind, StageRole};
use crate::domain::customer::Contact;
use crate::domain::deal::Deal;
use crate::domain::id::Id;
use crate::line::Line;
use crate::parse::when::{self, Looking, Reading, When, Why, say};
use crate::text::disk::refusal;
use crate::text::words;
use crate::ui::fit;
use serde_json::{Value, json};
use std::io;

/// The longest line read from standard input, in bytes.
const LONGEST: u64 = 1 << 20;

/// A line read, and all that is needed to say how.
struct Heard<'a> {
    desk: &'a Desk,
    line: Line,
    logging: Logging,
    contacts: Vec<Contact>,
    deals: Vec<Deal>,
    /// What becomes of the next contact, as it was before.
    planned: Planned,
}

pub(super) fn run(args: &Log, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let mut desk = setting.open(ends)?;
    let text = fit::kept(&text_of(args, setting, ends)?.replace(['\n', '\r', '\t'], " ")).into_owned();
    let customer = find_one(desk.book(), &args.query, setting, ends)?;
    let heard = hear(&desk, customer, &text, args, setting, ends)?;
    if heard.logging.is_empty() {
        let hint = words(
            "write what happened: kehu log C2023001 电话 报价已发",
            "写下内容，例如 kehu log C2023001 电话 报价已发",
        );
        let what = words("there is nothing to log", "没有可记录的内容");
        return Err(Fail::usage(setting.say(what)).hinted(setting.say(hint)));
    }
    if let Some(phrase) = heard.line.impossible() {
        return Err(Fail::usage(format!(
            "{phrase}{}{}",
            setting.say(words(": ", "：")),
            setting.say(Why::NoSuchDay.words())
        )));
    }
    heard.warn(setting, ends)?;
    let command = Command::Log(Box::new(heard.logging.clone()));
    let Heard { line, logging, contacts, deals, planned, .. } = heard;
    let done = if args.dry_run {
        None
    } else {
        Some(desk.run(&command, setting.now).map_err(|trouble| setting.fail(&desk, &trouble))?)
    };
    let heard = Heard { desk: &desk, line, logging, contacts, deals, planned };
    let written = if setting.json {
        write_json(ends.out, &heard.json(done, setting))
    } else {
        heard.write_text(args.dry_run, setting, ends)
    };
    if args.dry_run {
        written?;
    } else {
        Fail::after_saving(written, ends.out)?;
    }
    setting.close(desk, ends);
    Ok(DONE)
}

fn text_of(args: &Log, setting: &Setting, ends: &mut Ends<'_>) -> Result<String, Fail> {
    let text = args.line.join(" ");
    if text != "-" {
        return Ok(text);
    }
    let mut piped = String::new();
    let read = io::Read::take(&mut *ends.input, LONGEST);
    io::Read::read_to_string(&mut { read }, &mut piped)
        .map_err(|error| Fail::new(DISK, refusal(&error, setting.language)))?;
    Ok(piped.trim_end().to_owned())
}

/// Reads the line. Where it names another customer with `@`, it is read again with that one's contacts.
fn hear<'a>(
    desk: &'a Desk,
    customer: Id,
    text: &str,
    args: &Log,
    setting: &Setting,
    ends: &mut Ends<'_>,
) -> Result<Heard<'a>, Fail> {
    let dossier = |customer| desk.dossier(customer).map_err(|error| Fail::of_store(&error, setting.language));
    let mut customer = customer;
    let mut home = dossier(customer)?;
    let mut contacts = home.contacts();
    let read = |customer, contacts: &[Contact]| {
        Reader::new(desk.book(), Some(customer), contacts, setting.now, setting.language).read(text)
    };
    let mut line = read(customer, &contacts);
    if let Some(named) = line.customer.filter(|named| *named != customer) {
        customer = named;
        home = dossier(customer)?;
        contacts = home.contacts();
        line = read(customer, &contacts);
    }
    if let Some(at) = &args.at {
        line.at = Some(when_of(at, desk.book(), setting)?);
    }
    let deals = home.deals();
    let standards = desk.book().standards();
    if let Some(name) = &args.deal {
        line.deal = Some(deal_called(&deals, name, setting, ends)?.id);
        line.amount_is_deal = line.amount.is_some();
    } else if line.stage.is_some() {
        let undecided = |deal: &&Deal| matches!(standards.role(&deal.stage), StageRole::Open | StageRole::Parked);
        let open: Vec<Deal> = deals.iter().filter(undecided).cloned().collect();
        line.deal = match open.as_slice() {
            [only] => Some(only.id),
            [] => None,
            several => return Err(which_deal(several, setting, ends)),
        };
    }
    let by = fit::clean(args.by.as_deref().unwrap_or(&setting.me).trim()).into_owned();
    let mut logging = Logging::of(&line, customer, &by, setting.now, desk.book());
    logging.keep_others(&line, &contacts, desk.book());
    let planned = logging.planned(desk.book().row_of(customer).and_then(|row| row.next_contact));
    Ok(Heard { desk, line, logging, contacts, deals, planned })
}

/// `--at`: a date in words that must be understood to its end.
fn when_of(text: &str, book: &Book, setting: &Setting) -> Result<Reading, Fail> {
    let clock = book.clock(setting.now);
    match when::read_whole(text, &clock, Looking::Back) {
        Some(When::Read(reading)) => Ok(reading),
        _ => {
            let what = setting.told(words("“{}” is no time that can be understood", "看不懂时间“{}”"), text);
            let hint = words("write it like yesterday or 2026-11-18 15:00", "请写成 昨天 或 2026-11-18 15:00 这样");
            Err(Fail::usage(what).hinted(setting.say(hint)))
        }
    }
}

impl Heard<'_> {
    /// What the person should know before relying on the reading.
    fn warn(&self, setting: &Setting, ends: &mut Ends<'_>) -> io::Result<()> {
        for step in &self.line.steps {
            if let Some(due) = step.due.filter(|due| due.day < setting.today()) {
                let pattern = words("Note: the next step {} is in the past", "说明：下一步的日期 {} 已经过去");
                writeln!(ends.err, "{}", setting.told(pattern, &due.to_string()))?;
            }
            if let Some(rival) = step.rival {
                let pattern = words("Note: the date could also mean {}", "说明：日期也可能是 {}");
                writeln!(ends.err, "{}", setting.told(pattern, &rival.to_string()))?;
            }
            if let Some((phrase, why)) = &step.unknown {
                writeln!(ends.err, "{phrase}: {}", setting.say(why.words()))?;
            }
        }
        if let Some(suggestion) = &self.line.suggestion {
            let pattern = words("Note: for a next step write {}", "说明：若是下一步，请写成 {}");
            writeln!(ends.err, "{}", setting.told(pattern, &fit::fit(&suggestion.accepted, 100)))?;
        }
        Ok(())
    }

    fn shown(&self, list: ListKind, key: &str, setting: &Setting) -> String {
        self.desk.book().standards().shown(list, key, setting.language).to_owned()
    }

    fn contact_name(&self) -> &str {
        let id = self.logging.follow_up.contact;
        self.contacts.iter().find(|contact| Some(contact.id) == id).map_or("", |contact| contact.name.as_str())
    }

    fn stage_shown(&self, setting: &Setting) -> String {
        let key = self.logging.stage.as_deref().unwrap_or_default();
        self.desk.book().standards().stage_shown(key, setting.language).to_owned()
    }

    fn json(&self, done: Option<Done>, setting: &Setting) -> Value {
        let said = &self.logging.follow_up;
        let row = self.desk.book().row_of(self.logging.customer);
        let owner = |id| self.desk.book().standards().owner_name(id);
        let first = self.logging.steps.first();
        let step = |step: &crate::domain::follow_up::NextStep| {
            json!({ "at": shown_or_null(step.due), "what": text_or_null(&step.what), "deadline": step.deadline,
                "owner": text_or_null(owner(step.owner)) })
        };
        let feedback = self.logging.feedback.as_ref().map(|feedback| {
            let score = feedback.score.map_or(Value::Null, |score| number(score.as_number()));
            json!({ "kind": feedback.kind.map(|kind| kind.key()), "score": score })
        });
        let deal = self.deals.iter().find(|deal| Some(deal.id) == self.logging.deal);
        json!({
            "code": text_or_null(row.map_or("", |row| row.text(RowText::Code))),
            "name": row.map(|row| row.name()),
            "at": said.at.to_string(),
            "way": text_or_null(&self.shown(ListKind::Way, &said.way, setting)),
            "direction": said.direction.map(|direction| direction.key()),
            "text": said.text,
            "outcome": text_or_null(&self.shown(ListKind::Outcome, &said.outcome, setting)),
            "tags": said.tags,
            "contact": text_or_null(self.contact_name()),
            "amount": shown_or_null(said.amount.or(self.logging.deal_amount)),
            "stage": text_or_null(&self.stage_shown(setting)),
            "deal": deal.map(|deal| deal.title.as_str()),
            "next_at": first.map_or(Value::Null, |step| shown_or_null(step.due)),
            "next_what": first.map_or(Value::Null, |step| text_or_null(&step.what)),
            "next_contact": shown_or_null(self.planned.due()),
            "steps": self.logging.steps.iter().map(step).collect::<Vec<_>>(),
            "feedback": feedback,
            "priority": said.priority,
            "by": said.by,
            "unread": self.line.unread,
            "seq": done.map(|done| done.seq),
        })
    }

    fn write_text(&self, dry_run: bool, setting: &Setting, ends: &mut Ends<'_>) -> io::Result<()> {
        let said = &self.logging.follow_up;
        let name = self.desk.book().row_of(self.logging.customer).map_or("", |row| row.name());
        let head = if dry_run {
            words("Would be logged for {}", "将记录到 {}")
        } else {
            words("Logged for {}", "已记录到 {}")
        };
        writeln!(ends.out, "{}", setting.told(head, &fit::clean(name)))?;
        let priority = "!".repeat(said.priority as usize);
        let tags = said.tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" ");
        let amount = said.amount.or(self.logging.deal_amount).map(crate::text::figures::full_money);
        let parts = [
            (words("when", "时间"), said.at.local().format("%Y-%m-%d %H:%M").to_string()),
            (words("way", "方式"), self.shown(ListKind::Way, &said.way, setting)),
            (words("with", "联系人"), self.contact_name().to_owned()),
            (words("text", "内容"), said.text.clone()),
            (words("outcome", "结果"), self.shown(ListKind::Outcome, &said.outcome, setting)),
            (words("tags", "标签"), tags),
            (words("amount", "金额"), amount.unwrap_or_default()),
            (words("stage", "阶段"), self.stage_shown(setting)),
            (words("priority", "优先级"), priority),
            (words("by", "跟进人"), said.by.clone()),
            (words("then", "之后"), self.planned.told(setting.today(), setting.language).unwrap_or_default()),
            (words("unread", "未理解"), self.line.unread.join(" ")),
        ];
        for (label, text) in parts.into_iter().filter(|(_, text)| !text.is_empty()) {
            writeln!(ends.out, "  {}  {}", fit::pad_right(setting.say(label), 8), fit::clean(&text))?;
        }
        let clock = self.desk.book().clock(setting.now);
        for step in &self.logging.steps {
            let due = step.due.map_or_else(String::new, |due| say(due, &clock, setting.language));
            let owner = self.desk.book().standards().owner_name(step.owner);
            let parts = [due.as_str(), &step.what, owner];
            let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
            let label = setting.say(words("next", "下一步"));
            writeln!(ends.out, "  {}  {}", fit::pad_right(label, 8), fit::clean(&text))?;
        }
        Ok(())
    }
}
