//! `kehu handover`: one person's customers, open deals, promises and complaints given to others.

use crate::book::Book;
use crate::book::grouping::can_split;
use crate::book::handover::{Burden, Handed, Handover, Share, Split, code_and_name, whole_words};
use crate::cli::Ends;
use crate::cli::args;
use crate::cli::fail::{DONE, Fail, NOT_FOUND};
use crate::cli::output::{Table, text_or_null, write_json};
use crate::cli::setting::Setting;
use crate::cli::who::owner_called;
use crate::desk::Desk;
use crate::domain::id::Id;
use crate::domain::time::Day;
use crate::query::field::{Column, called, columns};
use crate::store::dossier::Dossier;
use crate::store::error::StoreError;
use crate::text::{Language, Words, words};
use serde_json::{Value, json};

pub(super) fn run(args: &args::Handover, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let mut desk = setting.open(ends)?;
    let from = owner_called(desk.book(), &args.from, setting)?;
    let to = args.to.iter().map(|name| owner_called(desk.book(), name, setting)).collect::<Result<Vec<_>, _>>()?;
    if to.contains(&from) {
        let what = words("nobody hands over to themselves", "不能交接给本人");
        return Err(Fail::usage(setting.say(what)));
    }
    let split = split(args.by.as_deref(), setting)?;
    let dossiers = dossiers(&desk).map_err(|error| Fail::of_store(&error, setting.language))?;
    let burden = Burden::of(desk.book(), Some(from), dossiers.into_iter());
    let handover = Handover {
        burden: &burden,
        to: &to,
        split,
        per_day: args.per_day,
        today: setting.today(),
        calendar: desk.book().standards().calendar(),
        language: setting.language,
    };
    let list = handover.list(desk.book());
    if list.is_empty() {
        let what = setting.told(words("{} has nothing to hand over", "{} 名下没有可交接的内容"), &args.from);
        return Err(Fail::new(NOT_FOUND, what));
    }
    if !args.dry_run {
        let commands = handover.commands(&list);
        desk.run_all(&commands, setting.now).map_err(|trouble| setting.fail(&desk, &trouble))?;
    }
    tell(&list, &to, args, &desk, setting, ends)?;
    setting.close(desk, ends);
    Ok(DONE)
}

/// How it is to be split: by turns, as many of each tier, or together by any column that groups customers.
fn split(by: Option<&str>, setting: &Setting) -> Result<Split, Fail> {
    let Some(name) = by else { return Ok(Split::Evenly) };
    let groups =
        || columns().filter_map(|field| Some((field.column?.0, field))).filter(|(column, _)| can_split(*column));
    let column = called(name).and_then(|field| field.column).map(|(column, _)| column);
    match column.filter(|column| can_split(*column)) {
        Some(Column::Tier) => Ok(Split::Each(Column::Tier)),
        Some(column) => Ok(Split::Together(column)),
        None => {
            let what = setting.told(words("customers cannot be split by “{}”", "不能按“{}”分配客户"), name);
            let names: Vec<&str> = groups().map(|(_, field)| field.name).collect();
            let hint = setting.told(words("one of {}", "可以是 {}"), &names.join(setting.say(words(", ", "、"))));
            Err(Fail::usage(what).hinted(hint))
        }
    }
}

fn dossiers(desk: &Desk) -> Result<Vec<Dossier>, StoreError> {
    desk.store().dossiers()?.collect()
}

/// The list of what was handed over, as it is asked for.
fn tell(
    list: &[Handed],
    to: &[Id],
    args: &args::Handover,
    desk: &Desk,
    setting: &Setting,
    ends: &mut Ends<'_>,
) -> Result<(), Fail> {
    let book = desk.book();
    if setting.json {
        let rows: Vec<Value> = list.iter().map(|handed| handed_json(book, handed)).collect();
        let shares: Vec<Value> = to.iter().map(|to| share_json(book, *to, &Share::of(list, *to))).collect();
        let answer = json!({ "from": args.from, "done": !args.dry_run, "handed": rows, "shares": shares });
        write_json(ends.out, &answer)?;
        return Ok(());
    }
    if args.csv {
        let mut writer = csv::Writer::from_writer(&mut *ends.out);
        let failed = |error: csv::Error| Fail::from(std::io::Error::other(error.to_string()));
        writer.write_record(HEADS.map(|(head, _)| setting.say(head))).map_err(failed)?;
        for handed in list {
            writer.write_record(cells(book, handed, setting.language)).map_err(failed)?;
        }
        writer.flush()?;
        return Ok(());
    }
    let mut table = Table::new(HEADS.map(|(head, right)| (setting.say(head), right)));
    for handed in list {
        table.row(cells(book, handed, setting.language));
    }
    table.write(ends.out)?;
    writeln!(ends.out)?;
    for to in to {
        let name = book.standards().owner_name(Some(*to));
        let colon = setting.say(words(": ", "："));
        writeln!(ends.out, "{name}{colon}{}", whole_words(&Share::of(list, *to), setting.language))?;
    }
    writeln!(ends.out, "{}", summary(list, args.dry_run, setting.language))?;
    Ok(())
}

/// The headings of the list, and whether their column holds numbers.
const HEADS: [(Words, bool); 8] = [
    (words("code", "编号"), false),
    (words("name", "名称"), false),
    (words("to", "交给"), false),
    (words("customer", "客户"), false),
    (words("deals", "商机"), true),
    (words("promises", "待办"), true),
    (words("complaints", "投诉"), true),
    (words("first contact", "首次联系"), false),
];

fn cells(book: &Book, handed: &Handed, language: Language) -> [String; 8] {
    let (code, name) = code_and_name(book, handed.customer);
    let whole = match handed.whole {
        true => words("goes along", "一并转交"),
        false => words("stays", "不转"),
    };
    [
        code,
        name,
        book.standards().owner_name(Some(handed.to)).to_owned(),
        whole.say(language).to_owned(),
        handed.deals.to_string(),
        handed.promises.to_string(),
        handed.complaints.to_string(),
        handed.first_contact.map_or(String::new(), |due| due.to_string()),
    ]
}

fn handed_json(book: &Book, handed: &Handed) -> Value {
    let (code, name) = code_and_name(book, handed.customer);
    let to: Option<Id> = Some(handed.to);
    json!({
        "code": text_or_null(&code), "name": name, "to": book.standards().owner_name(to), "customer": handed.whole,
        "deals": handed.deals, "promises": handed.promises, "complaints": handed.complaints,
        "first_contact": handed.first_contact.map(|due| due.to_string()),
    })
}

fn share_json(book: &Book, to: Id, share: &Share) -> Value {
    let day = |which: fn((Day, Day)) -> Day| share.days.map(|days| which(days).to_string());
    json!({
        "to": book.standards().owner_name(Some(to)), "customers": share.customers, "deals": share.deals,
        "promises": share.promises, "complaints": share.complaints, "groups": share.groups,
        "first_contact_from": day(|(first, _)| first), "first_contact_to": day(|(_, last)| last),
    })
}

/// What was handed over in all.
fn summary(list: &[Handed], dry: bool, language: Language) -> String {
    let whole = whole_words(&Share::whole(list), language);
    match (language, dry) {
        (Language::En, false) => format!("Handed over: {whole}. kehu undo takes it back."),
        (Language::En, true) => format!("Would hand over: {whole}. Nothing was written."),
        (Language::Zh, false) => format!("已交接：{whole}。kehu undo 可整体撤销。"),
        (Language::Zh, true) => format!("将交接：{whole}。尚未写入。"),
    }
}
