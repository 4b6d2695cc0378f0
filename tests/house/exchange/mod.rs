//! A book written out and read into another is the same book, in every kind that a file can hold: the fifteen of
//! `exchange::json::LISTS`. Templates, rhythms, calendar days, reviews, views, schemes, runs and holds of tiers, advice,
//! causes of leaving, member levels, weights of potential and remembered columns stay in the book; `kehu export all` says so.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use crate::journal::golden::full;
use drawn::pieces;
use kehu::desk::import::{Importing, Mode};
use kehu::desk::{Desk, Opening as DeskOpening};
use kehu::domain::choice::ListKind;
use kehu::domain::id::Id;
use kehu::domain::record::{Kind, Record};
use kehu::domain::time::Moment;
use kehu::domain::value::Value;
use kehu::exchange::export::{Asked, Format, Subject, write};
use kehu::exchange::intake::{Intake, Lists, Options, read};
use kehu::exchange::json::{LISTS, WRITTEN_LISTS};
use kehu::exchange::opening::{Opening, open_reader};
use kehu::exchange::split::{Row, Table};
use kehu::text::Language;
use std::collections::BTreeMap;

mod drawn;

/// The moment all of it happens at.
pub const NOW: Moment = Moment::from_parts(1_800_000_000, 480);

fn desk(folder: &std::path::Path) -> Desk {
    let opening = DeskOpening {
        me: "我".into(),
        device: "d".into(),
        now: NOW,
        read_only: false,
        despite_damage: false,
        despite_lost_journal: false,
        seed: 7,
    };
    Desk::open(folder, opening, &mut |_, _| {}).unwrap().0
}

fn written(desk: &Desk, subject: Subject, format: Format, asked: &Asked) -> Vec<u8> {
    let mut out = Vec::new();
    write(subject, format, || desk.store().dossiers(), desk.book(), asked, &mut out).unwrap();
    out
}

fn taken(desk: &Desk, files: &[(String, Vec<u8>)]) -> Intake {
    let open = |(name, bytes): &(String, Vec<u8>)| open_reader(name, bytes.as_slice(), &Opening::default()).unwrap();
    let tables: Vec<Box<dyn Table>> = files.iter().flat_map(open).collect();
    let tables: Vec<&dyn Table> = tables.iter().map(AsRef::as_ref).collect();
    let standards = desk.book().standards();
    let item = |list: ListKind, word: &str| standards.item(list, word).map(|item| item.key.clone());
    let stage = |word: &str| standards.stage_called(word).map(|stage| stage.key.clone());
    let options = Options { offset_minutes: 480, ..Options::default() };
    read(&tables, &options, &Lists { item: &item, stage: &stage }, &mut |_| true).unwrap()
}

fn import(desk: &mut Desk, intake: Intake) {
    let importing = Importing { mode: Mode::Both, dry_run: false, progress: &mut |_, _| true };
    desk.import(intake, importing, NOW).unwrap();
}

/// Every record of the kinds that are written, links by the names of what they mean, in an order of their own.
fn described(desk: &Desk) -> BTreeMap<String, Vec<String>> {
    let mut names: BTreeMap<Id, String> = BTreeMap::new();
    let mut all = Vec::new();
    for dossier in desk.store().dossiers().unwrap() {
        for record in dossier.unwrap().records() {
            let name = match &record {
                Record::Customer(customer) => customer.code.clone(),
                Record::Contact(contact) => contact.name.clone(),
                Record::Owner(owner) => owner.name.clone(),
                Record::Team(team) => team.name.clone(),
                Record::Deal(deal) => deal.number.clone(),
                _ => String::new(),
            };
            names.insert(record.id(), name);
            all.push(record);
        }
    }
    let said = |value: Value| match value {
        Value::Link(id) => format!("→{}", names.get(&id).map_or("?", String::as_str)),
        Value::Links(ids) => format!("→{:?}", ids.iter().map(|id| names.get(id)).collect::<Vec<_>>()),
        value => format!("{value:?}"),
    };
    let mut described: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for record in all.iter().filter(|record| LISTS.iter().any(|(_, kind)| *kind == record.kind())) {
        let fields = record.kind().fields().iter();
        let text = fields.filter_map(|(number, name)| match record.get(*number)? {
            Value::Empty => None,
            value => Some(format!("{name}={}", said(value))),
        });
        described.entry(record.kind().key().to_owned()).or_default().push(text.collect::<Vec<_>>().join(" "));
    }
    described.values_mut().for_each(|list| list.sort());
    described
}

fn filled(folder: &std::path::Path, seed: u64) -> Desk {
    let mut desk = desk(folder);
    desk.fill(pieces(seed).into_iter(), NOW, &mut |_| {}).unwrap();
    desk
}

fn files(desk: &Desk, format: Format, language: Language) -> Vec<(String, Vec<u8>)> {
    let asked = Asked { language, offset_minutes: 480, ..Asked::default() };
    let one = |(list, kind): &(&str, Kind)| {
        (format!("{list}.{}", format.ending()), written(desk, Subject::Of(*kind), format, &asked))
    };
    LISTS.iter().map(one).collect()
}

fn comes_back(seed: u64, format: Format, language: Language) {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let source = filled(folder.path(), seed);
    let mut copy = desk(other.path());
    for file in files(&source, format, language) {
        let intake = taken(&copy, &[file]);
        let kind = intake.files.first().and_then(|file| file.kind);
        assert!(intake.problems.is_empty(), "{seed} {format:?} {kind:?} {:?}", intake.problems);
        import(&mut copy, intake);
    }
    same(&source, &copy, &format!("{seed} {format:?} {language:?}"));
}

fn same(source: &Desk, copy: &Desk, what: &str) {
    for (kind, records) in described(source) {
        let back = described(copy).remove(&kind).unwrap_or_default();
        for (one, other) in records.iter().zip(&back) {
            assert_eq!(one, other, "{what} {kind}");
        }
        assert_eq!(records.len(), back.len(), "{what} {kind}: {back:?}");
    }
}

#[test]
fn what_is_written_as_csv_in_either_language_is_read_as_it_was() {
    for seed in 0..12 {
        comes_back(seed, Format::Csv, if seed % 2 == 0 { Language::Zh } else { Language::En });
    }
}

#[test]
fn what_is_written_as_a_workbook_is_read_as_it_was() {
    for seed in 20..28 {
        comes_back(seed, Format::Xlsx, if seed % 2 == 0 { Language::Zh } else { Language::En });
    }
}

#[test]
fn what_is_written_as_json_is_read_as_it_was_list_by_list_and_all_together() {
    for seed in 40..48 {
        comes_back(seed, Format::Json, Language::En);
    }
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (source, mut copy) = (filled(folder.path(), 50), desk(other.path()));
    let all = written(&source, Subject::All, Format::Json, &Asked::default());
    let intake = taken(&copy, &[("-".into(), all)]);
    assert_eq!(intake.files.len(), LISTS.len());
    import(&mut copy, intake);
    same(&source, &copy, "all");
}

#[test]
fn a_masked_file_tells_no_person_and_the_ready_tables_have_their_columns() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let text = "客户ID,客户名称,所属行业,总交易金额(万元),复购率(%),满意度评分(分),联系人,联系人手机\nC1,甲公司,制造业,120,50,4.2,李雷,13812341234\n";
    let intake = taken(&desk, &[("s0.csv".into(), text.as_bytes().to_vec())]);
    import(&mut desk, intake);
    let asked = Asked { language: Language::Zh, as_of: NOW.day(), mask: true, ..Asked::default() };
    let shown = |subject, format| String::from_utf8(written(&desk, subject, format, &asked)).unwrap();
    let table = shown(Subject::S0, Format::Csv);
    assert_eq!(table.lines().next().map(|head| head.split(',').count()), Some(15));
    assert_eq!(table.lines().nth(1), Some("C1,甲公司,制造业,,,,,120,,,50,4.2,,,"));
    let tiers = shown(Subject::S4, Format::Csv);
    assert_eq!(tiers.lines().next().map(|head| head.split(',').count()), Some(12));
    assert!(tiers.contains("138****1234") && tiers.contains("满意"), "{tiers}");
    let cards = shown(Subject::Of(Kind::Contact), Format::Cards);
    assert!(cards.contains("FN:李*\r\nORG:甲公司\r\nTEL;VALUE=text:138****1234\r\n"), "{cards}");
    let chosen = ["name".to_owned(), "total_amount".to_owned()];
    let asked = Asked { columns: &chosen, keep: Some(&|record| record.kind() == Kind::Customer), ..asked };
    let table = written(&desk, Subject::Of(Kind::Customer), Format::Markdown, &asked);
    assert_eq!(String::from_utf8(table).unwrap(), "| 名称 | 总金额 |\n| --- | --- |\n| 甲公司 | 1200000.00 |\n");
}

#[test]
fn a_file_read_twice_changes_nothing_the_second_time() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (source, mut copy) = (filled(folder.path(), 60), desk(other.path()));
    let all = [("all.json".to_owned(), written(&source, Subject::All, Format::Json, &Asked::default()))];
    for _ in 0..2 {
        let intake = taken(&copy, &all);
        import(&mut copy, intake);
    }
    same(&source, &copy, "twice");
}

/// An order without a number was taken at 0.00 where its amount could not be read; the mended row was then a second order.
#[test]
fn a_row_without_a_number_whose_amount_is_unread_is_one_order_once_it_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = desk(folder.path());
    let file = |amount: &str| {
        vec![(
            "orders.csv".to_owned(),
            format!("日期,客户名称,金额\n2026-01-05,甲,50\n2026-01-06,甲,{amount}\n").into_bytes(),
        )]
    };
    let mut refused = Vec::new();
    for amount in ["一百元整吧", "100"] {
        let intake = taken(&book, &file(amount));
        refused.push(intake.problems.iter().filter(|problem| !problem.kept && problem.column.is_empty()).count());
        import(&mut book, intake);
    }
    let orders = described(&book)["order"].len();
    assert_eq!((refused, orders), (vec![1, 0], 2));
}

#[test]
fn no_format_of_a_masked_export_tells_who_a_person_is_or_how_to_reach_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let people = "姓名,手机,消费金额,性别,备注,结论\n韩梅梅,13900005678,500,女,回电 13900005678,加 hanmei@x.cn\n";
    let firms = "编号,名称,联系人,联系人手机,联系人邮箱,联系人微信,联系人备注\nC1,甲公司,李雷雷,13812341234,lilei@x.cn,wxlilei,打 13812341234\n";
    let orders = "订单号,日期,客户名称,金额,备注\n1,2026-01-05,韩梅梅,5,打 13900005678\n";
    for (name, text) in [("people.csv", people), ("firms.csv", firms), ("orders.csv", orders)] {
        let intake = taken(&desk, &[(name.into(), text.as_bytes().to_vec())]);
        import(&mut desk, intake);
    }
    let asked = Asked { language: Language::Zh, as_of: NOW.day(), mask: true, ..Asked::default() };
    let subjects = [Subject::S0, Subject::S4, Subject::All].into_iter();
    for subject in subjects.chain(LISTS.iter().map(|(_, kind)| Subject::Of(*kind))) {
        for format in [Format::Csv, Format::Xlsx, Format::Json, Format::Cards, Format::Markdown] {
            let mut out = Vec::new();
            if write(subject, format, || desk.store().dossiers(), desk.book(), &asked, &mut out).is_err() {
                continue;
            }
            let told = match format {
                Format::Xlsx => cells(&out),
                _ => String::from_utf8(out).unwrap(),
            };
            for secret in ["李雷雷", "韩梅梅", "13812341234", "13900005678", "lilei@", "hanmei@", "wxlilei"] {
                assert!(!told.contains(secret), "{subject:?} {format:?} {secret}: {told}");
            }
        }
    }
}

/// Every cell of a workbook.
fn cells(bytes: &[u8]) -> String {
    let tables = open_reader("x.xlsx", bytes, &Opening::default()).unwrap();
    let (mut rows, mut row, mut all) = (tables[0].rows().unwrap(), Row::default(), String::new());
    while rows.next_row(&mut row).unwrap() {
        row.cells().for_each(|cell| all += cell);
    }
    all
}

/// Orders of many customers, as a file.
fn many_orders() -> (String, Vec<u8>) {
    let rows: String = (0..30_000).map(|at| format!("{at},2026-01-05,客户{},{at}\n", at % 3_000)).collect();
    ("many.csv".into(), format!("订单号,日期,客户名称,金额\n{rows}").into_bytes())
}

#[test]
fn an_import_stopped_wherever_it_is_answers_within_a_second_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = filled(folder.path(), 70);
    let before = described(&desk);
    for stop_at in [1, 20, 32, 1_500] {
        let intake = taken(&desk, &[many_orders()]);
        let (mut calls, mut stopped_at) = (0, None);
        let progress = &mut |_: u64, _: u64| {
            calls += 1;
            stopped_at = (calls >= stop_at).then(std::time::Instant::now);
            stopped_at.is_none()
        };
        let imported = desk.import(intake, Importing { mode: Mode::Both, dry_run: false, progress }, NOW).unwrap();
        let answered = stopped_at.expect("it was stopped").elapsed();
        assert!(imported.stopped && imported.group.is_none(), "{stop_at}: {imported:?}");
        assert!(described(&desk) == before, "{stop_at}");
        assert!(answered < std::time::Duration::from_secs(if cfg!(debug_assertions) { 5 } else { 1 }), "{answered:?}");
    }
}

#[test]
fn every_kind_is_either_written_to_files_or_known_to_stay_in_the_book() {
    let stays = [
        Kind::Mapping,
        Kind::Template,
        Kind::Rhythm,
        Kind::CalendarDay,
        Kind::Review,
        Kind::SavedView,
        Kind::Scheme,
        Kind::TierRun,
        Kind::TierHold,
        Kind::Advice,
        Kind::Departure,
        Kind::Membership,
        Kind::TierMoves,
        Kind::PotentialWeights,
    ];
    for kind in Kind::ALL {
        let written = LISTS.iter().chain(WRITTEN_LISTS).any(|(_, listed)| listed == kind);
        assert!(written != stays.contains(kind), "{kind:?}: give it a list in exchange::json, or name it here");
    }
}

#[test]
fn no_kind_makes_an_export_panic() {
    let folder = tempfile::tempdir().unwrap();
    let desk = filled(folder.path(), 80);
    for kind in Kind::ALL {
        for format in [Format::Csv, Format::Xlsx, Format::Json, Format::Cards, Format::Markdown] {
            for language in [Language::Zh, Language::En] {
                let asked = Asked { language, mask: true, ..Asked::default() };
                // Refused or written, but answered.
                let _ =
                    write(Subject::Of(*kind), format, || desk.store().dossiers(), desk.book(), &asked, &mut Vec::new());
            }
        }
    }
}

#[test]
fn everything_in_json_holds_new_fields_and_new_kinds_where_they_are_set_and_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(folder.path());
    let plain = filled_json(&desk);
    assert!(WRITTEN_LISTS.iter().all(|(list, _)| plain.get(*list).is_none()), "{plain}");
    let kinds = WRITTEN_LISTS.iter().map(|(_, kind)| *kind).chain([Kind::Customer, Kind::Order, Kind::Feedback]);
    let records: Vec<Record> = kinds.map(full).collect();
    desk.fill([records].into_iter(), NOW, &mut |_| {}).unwrap();
    let told = filled_json(&desk);
    for (list, kind) in WRITTEN_LISTS {
        let record = &told[*list][0];
        for (_, name) in kind.fields() {
            assert!(!record[*name].is_null(), "{list}.{name}: {record}");
        }
    }
    let (customer, order) = (&told["customers"][0], &told["orders"][0]);
    assert_eq!(customer["phones"][0]["number"], full_text(), "{customer}");
    assert!(!customer["registration"].is_null() && !customer["credit_limit"].is_null(), "{customer}");
    assert_eq!((&order["currency"], &order["lines"][0]["product"]), (&full_text(), &"轴承 6204".into()), "{order}");
    assert_eq!(told["feedback"][0]["extent"], "systemic");
}

fn full_text() -> serde_json::Value {
    "苏州精密 Co.".into()
}

fn filled_json(desk: &Desk) -> serde_json::Value {
    serde_json::from_slice(&written(desk, Subject::All, Format::Json, &Asked::default())).unwrap()
}
