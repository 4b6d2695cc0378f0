//! `kehu due`: what is to be done, the longest overdue first.

use crate::analysis::queue::{Waiting, waiting};
use crate::book::columns::phone;
use crate::book::row::RowText;
use crate::cli::Ends;
use crate::cli::args::Due;
use crate::cli::fail::{DONE, Fail};
use crate::cli::output::{Table, text_or_null, write_json_list};
use crate::cli::setting::Setting;
use crate::cli::who::owner_called;
use crate::desk::Desk;
use crate::desk::gathering::last_words;
use crate::domain::id::Id;
use crate::text::figures::{distance, weekday};
use crate::text::words;
use crate::ui::fit;
use crate::ui::widget::written::why_text;
use serde_json::{Value, json};

/// One reason of one customer, with what was said last.
struct Told {
    customer: Id,
    waiting: Waiting,
    owner: Option<Id>,
    last_words: String,
}

pub(super) fn run(args: &Due, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let desk = setting.open(ends)?;
    let owner = args.owner.as_deref().map(|name| owner_called(desk.book(), name, setting)).transpose()?;
    let told = tasks(&desk, i32::from(args.days), owner, setting)?;
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

fn tasks(desk: &Desk, days: i32, owner: Option<Id>, setting: &Setting) -> Result<Vec<Told>, Fail> {
    let said = last_words(desk).map_err(|error| Fail::of_store(&error, setting.language))?;
    let today = setting.today();
    let book = desk.book();
    let told = book.each(|_, row| {
        let reasons = waiting(&book.standing(row, today), book.standards().rhythm(), today, days);
        let of_owner = |waiting: &Waiting| waiting.owner().or(row.owner);
        let mine = reasons.into_iter().filter(|waiting| owner.is_none() || of_owner(waiting) == owner);
        let told = mine.map(|waiting| Told {
            customer: row.id,
            owner: of_owner(&waiting),
            waiting,
            last_words: said.with(row.id).to_owned(),
        });
        Some(told.collect::<Vec<_>>()).filter(|told| !told.is_empty())
    });
    let mut told: Vec<Told> = told.into_iter().flatten().collect();
    told.sort_by_key(|told| (told.waiting.due, told.customer));
    Ok(told)
}

fn to_json(told: &Told, desk: &Desk, setting: &Setting) -> Value {
    let task = &told.waiting;
    let row = desk.book().row_of(told.customer);
    json!({
        "code": text_or_null(row.map_or("", |row| row.text(RowText::Code))),
        "name": row.map_or("", |row| row.name()),
        "kind": task.why.key(),
        "due": (!task.is_undated()).then(|| task.due.to_string()),
        "days_over": (!task.is_undated()).then(|| task.days_over(setting.today())),
        "why": why_text(task, setting.today(), setting.language),
        "last_words": text_or_null(&told.last_words),
        "phone": text_or_null(&row.map(phone).unwrap_or_default()),
        "owner": text_or_null(desk.book().standards().owner_name(told.owner)),
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
    for Told { customer, waiting: task, owner, last_words } in told {
        let row = desk.book().row_of(*customer);
        let day = format!("{} {}", task.due.to_string().replace('T', " "), weekday(task.due.day, setting.language));
        let (day, distance) = match task.is_undated() {
            true => (setting.say(words("no date", "未定日期")).to_owned(), String::new()),
            false => (day, distance(task.due.day, today, setting.language)),
        };
        table.row([
            day,
            distance,
            row.map_or("", |row| row.text(RowText::Code)).to_owned(),
            fit::fit(row.map_or("", |row| row.name()), 32),
            fit::fit(&why_text(task, today, setting.language), 32),
            row.map(phone).unwrap_or_default().into_owned(),
            desk.book().standards().owner_name(*owner).to_owned(),
            fit::fit(last_words, 40),
        ]);
    }
    table
}
