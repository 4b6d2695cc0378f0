//! `kehu due`: what is to be done, the longest overdue first.

use crate::analysis::queue::{self, Kind, Task};
use crate::book::cell::phone;
use crate::book::row::RowText;
use crate::cli::Ends;
use crate::cli::args::Due;
use crate::cli::fail::{DONE, Fail};
use crate::cli::output::{Table, text_or_null, write_json_list};
use crate::cli::setting::Setting;
use crate::cli::who::owner_called;
use crate::desk::Desk;
use crate::domain::id::Id;
use crate::domain::time::Day;
use crate::text::figures::{distance, weekday};
use crate::text::words;
use crate::ui::fit;
use serde_json::{Value, json};
use std::collections::HashMap;

/// A task, with what the customer said last.
struct Told {
    task: Task,
    last_words: String,
}

pub(super) fn run(args: &Due, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let desk = setting.open(ends)?;
    let owner = args.owner.as_deref().map(|name| owner_called(desk.book(), name, setting)).transpose()?;
    let told = tasks(&desk, setting.today().plus(i32::from(args.days)), owner, setting)?;
    if setting.json {
        write_json_list(ends.out, told.iter().map(|told| to_json(told, &desk, setting)))?;
    } else if told.is_empty() {
        writeln!(ends.err, "{}", setting.say(words("nothing is due", "没有待办")))?;
    } else {
        table(&told, &desk, setting).write(ends.out)?;
    }
    setting.close(desk, ends);
    Ok(DONE)
}

/// Only the dossiers of those for whom something is due are read.
fn tasks(desk: &Desk, last: Day, owner: Option<Id>, setting: &Setting) -> Result<Vec<Told>, Fail> {
    let failed = |error| Fail::of_store(&error, setting.language);
    let (mut tasks, mut words) = (Vec::new(), HashMap::new());
    for (_, row) in desk.book().rows() {
        if queue::first_due(row.next_contact, row.next_step).is_none_or(|due| due.day > last) {
            continue;
        }
        let dossier = desk.dossier(row.id).map_err(failed)?;
        let Some(customer) = dossier.customer() else { continue };
        let of_customer = queue::tasks(&customer, &dossier.next_steps(), last);
        tasks.extend(of_customer.into_iter().filter(|task| owner.is_none() || task.owner == owner));
        let latest = dossier.follow_ups().into_iter().max_by_key(|follow_up| follow_up.at);
        words.insert(row.id, latest.map_or_else(String::new, |follow_up| follow_up.text));
    }
    queue::sort(&mut tasks);
    let told = |task: Task| Told { last_words: words.get(&task.customer).cloned().unwrap_or_default(), task };
    Ok(tasks.into_iter().map(told).collect())
}

fn why(task: &Task, setting: &Setting) -> String {
    match task.kind {
        Kind::NextContact => setting.say(words("to be contacted", "约定联系")).to_owned(),
        Kind::NextStep if task.what.is_empty() => setting.say(words("promised", "已约定")).to_owned(),
        Kind::NextStep => task.what.clone(),
    }
}

fn to_json(told: &Told, desk: &Desk, setting: &Setting) -> Value {
    let task = &told.task;
    let row = desk.book().row_of(task.customer);
    json!({
        "code": text_or_null(row.map_or("", |row| row.text(RowText::Code))),
        "name": row.map_or("", |row| row.name()),
        "kind": task.kind.key(),
        "due": task.due.to_string(),
        "days_over": task.days_over(setting.today()),
        "why": why(task, setting),
        "last_words": text_or_null(&told.last_words),
        "phone": text_or_null(row.map_or("", phone)),
        "owner": text_or_null(desk.book().standards().owner_name(task.owner)),
    })
}

fn table(told: &[Told], desk: &Desk, setting: &Setting) -> Table {
    let heads = [
        words("due", "日期"),
        words("", ""),
        words("code", "编号"),
        words("name", "名称"),
        words("why", "事由"),
        words("phone", "电话"),
        words("owner", "负责人"),
        words("last words", "上次"),
    ];
    let mut table = Table::new(heads.iter().map(|head| (setting.say(*head), false)));
    let today = setting.today();
    for Told { task, last_words } in told {
        let row = desk.book().row_of(task.customer);
        let day = format!("{} {}", task.due.to_string().replace('T', " "), weekday(task.due.day, setting.language));
        table.row([
            day,
            distance(task.due.day, today, setting.language),
            row.map_or("", |row| row.text(RowText::Code)).to_owned(),
            fit::fit(row.map_or("", |row| row.name()), 32),
            fit::fit(&why(task, setting), 32),
            row.map_or("", phone).to_owned(),
            desk.book().standards().owner_name(task.owner).to_owned(),
            fit::fit(last_words, 40),
        ]);
    }
    table
}
