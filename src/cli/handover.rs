//! `kehu handover`: one person's customers, open deals, promises and complaints given to others.

use crate::book::Book;
use crate::book::handover::{Handed, Handover, Split, code_and_name};
use crate::cli::Ends;
use crate::cli::args;
use crate::cli::fail::{DONE, Fail, NOT_FOUND};
use crate::cli::output::{Table, text_or_null, write_json};
use crate::cli::setting::Setting;
use crate::cli::who::owner_called;
use crate::desk::Desk;
use crate::domain::id::Id;
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
    let dossiers = dossiers(&desk).map_err(|error| Fail::of_store(&error, setting.language))?;
    let split = match args.by.as_deref() {
        Some("region") => Split::Region,
        Some("tier") => Split::Tier,
        _ => Split::Evenly,
    };
    let handover = Handover {
        from: Some(from),
        to: &to,
        split,
        per_day: args.per_day,
        today: setting.today(),
        calendar: desk.book().standards().calendar(),
    };
    let (commands, list) = handover.plan(desk.book(), dossiers.into_iter());
    if list.is_empty() {
        let what = setting.told(words("{} has nothing to hand over", "{} 名下没有可交接的内容"), &args.from);
        return Err(Fail::new(NOT_FOUND, what));
    }
    if !args.dry_run {
        desk.run_all(&commands, setting.now).map_err(|trouble| setting.fail(&desk, &trouble))?;
    }
    tell(&list, args, &desk, setting, ends)?;
    setting.close(desk, ends);
    Ok(DONE)
}

fn dossiers(desk: &Desk) -> Result<Vec<Dossier>, StoreError> {
    desk.store().dossiers()?.collect()
}

/// The list of what was handed over, as it is asked for.
fn tell(
    list: &[Handed],
    args: &args::Handover,
    desk: &Desk,
    setting: &Setting,
    ends: &mut Ends<'_>,
) -> Result<(), Fail> {
    let book = desk.book();
    if setting.json {
        let rows: Vec<Value> = list.iter().map(|handed| handed_json(book, handed)).collect();
        write_json(ends.out, &json!({ "from": args.from, "done": !args.dry_run, "handed": rows }))?;
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

/// What was handed over in all.
fn summary(list: &[Handed], dry: bool, language: Language) -> String {
    let customers = list.iter().filter(|handed| handed.whole).count();
    let sum = |count: fn(&Handed) -> usize| list.iter().map(count).sum::<usize>();
    let (deals, promises, complaints) =
        (sum(|handed| handed.deals), sum(|handed| handed.promises), sum(|handed| handed.complaints));
    match (language, dry) {
        (Language::En, false) => format!(
            "Handed over: {customers} customers, {deals} deals, {promises} promises, {complaints} complaints. kehu undo takes it back."
        ),
        (Language::En, true) => format!(
            "Would hand over: {customers} customers, {deals} deals, {promises} promises, {complaints} complaints. Nothing was written."
        ),
        (Language::Zh, false) => format!(
            "已交接：客户 {customers} 位、商机 {deals} 个、待办 {promises} 项、投诉 {complaints} 件。kehu undo 可整体撤销。"
        ),
        (Language::Zh, true) => format!(
            "将交接：客户 {customers} 位、商机 {deals} 个、待办 {promises} 项、投诉 {complaints} 件。尚未写入。"
        ),
    }
}
