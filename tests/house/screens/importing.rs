//! Files taken in by keyboard: each step of the wizard, the ways back, and the history of imports.

use crate::screens::stage::{Stage, en, wanted, zh};
use encoding_rs::GB18030;
use kehu::text::Language;
use kehu::ui::event::Event;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// A folder of files, as one has them.
struct Desk(TempDir);

const MESSY: &str = "客户明细表,,,,\n单位：万元,,,,\n客户名称,电话,行业,总金额,负责人,暗号\n华东重工,021-5555 0101,制造业,12,王建国,a\n北方新材料有限公司,13800009999,新材,abc,王建,b\n合计,,,12,,\n";

fn folder() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("客户 明细.csv"), GB18030.encode(MESSY).0).unwrap();
    fs::write(folder.path().join("empty.csv"), "").unwrap();
    fs::create_dir(folder.path().join("more")).unwrap();
    fs::write(folder.path().join("more/Orders.csv"), "OrderID,CustomerID,OrderDate\n1,C1,2026-01-05\n").unwrap();
    fs::write(folder.path().join("more/OrderDetails.csv"), "OrderID,Product,Quantity,Amount\n1,泵,2,300\n").unwrap();
    Desk(folder)
}

impl Desk {
    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The wizard with this file pasted and chosen.
    fn open(&self, stage: Stage, name: &str) -> Stage {
        stage.keys(&format!("i \"{}\" Enter", self.path(name).display()))
    }
}

fn shows_all(stage: &Stage, texts: &[&str]) {
    for text in texts {
        assert!(stage.shows(text), "{text}\n{}", stage.text());
    }
}

#[test]
fn an_empty_book_leads_to_the_import() {
    let stage = zh().empty();
    shows_all(&stage, &["i            导入文件"]);
    shows_all(&stage.keys("i"), &["导入  选文件 › 识别", "输入路径，Tab 补全"]);
}

#[test]
fn a_path_is_completed_and_folders_are_entered() {
    let desk = folder();
    let stage = zh().keys(&format!("i '{}/mo' Tab", desk.0.path().display()));
    shows_all(&stage, &["more/", "OrderDetails.csv", "Orders.csv"]);
    assert!(!stage.shows("明细.csv"));
    shows_all(&stage.keys("'Orders' Tab Enter"), &["订单", "OrderID"]);
}

#[test]
fn several_files_are_marked_and_read_together() {
    let desk = folder();
    let stage = zh().keys(&format!("i '{}/more/' Down Space Space Enter", desk.0.path().display()));
    shows_all(&stage, &["订单明细", "OrderDetails.csv", "Orders.csv"]);
    shows_all(&stage.keys("Enter Enter"), &["订单"]);
}

#[test]
fn a_file_dropped_into_the_terminal_is_understood_with_its_quotes() {
    let desk = folder();
    let dropped = format!("'{}' ", desk.path("客户 明细.csv").display());
    let mut stage = zh().keys("i");
    stage.event(Event::Paste(dropped));
    shows_all(&stage.keys("Enter"), &["GB18030（自动识别）", "客户（自动识别）", "万元（自动识别）", "表头在第 3 行"]);
}

#[test]
fn what_the_file_is_can_be_changed() {
    let desk = folder();
    let stage = desk.open(zh(), "客户 明细.csv").keys("Down Space 'utf' Enter");
    shows_all(&stage, &["UTF-8", "! "]);
    assert!(!stage.shows("北方新材料"), "{}", stage.text());
    shows_all(&stage.keys("Space 'gb' Enter"), &["GB18030（GBK 简体）", "北方新材料"]);
}

#[test]
fn columns_are_shown_with_their_first_cells_and_changed_by_key() {
    let desk = folder();
    let stage = desk.open(zh(), "客户 明细.csv").keys("Enter");
    shows_all(&stage, &["暗号                 →  自定义字段", "a · b", "? 自定义 1 列"]);
    let stage = stage.keys("End Space '备注' Enter");
    shows_all(&stage, &["暗号                 →  备注"]);
    let stage = stage.keys("x");
    shows_all(&stage, &["! 不导入 1 列"]);
    shows_all(&stage.keys("x"), &["暗号                 →  自定义字段"]);
}

#[test]
fn words_the_book_does_not_know_are_asked_about_with_the_near_one_first() {
    let desk = folder();
    let stage = desk.open(zh(), "客户 明细.csv").keys("Enter Enter");
    shows_all(&stage, &["负责人     王建", "新负责人", "是不是“王建国”？", "行业       新材"]);
    let stage = stage.keys("Space Enter");
    shows_all(&stage, &["→  王建国"]);
    // It is remembered: the second time nobody asks.
    let done = stage.keys("Enter Enter Esc");
    shows_all(&done, &["有效"]);
    let again = desk.open(done, "客户 明细.csv").keys("Enter Enter");
    shows_all(&again, &["将新增"]);
}

#[test]
fn the_check_counts_and_tells_every_problem_and_what_may_be_double() {
    let desk = folder();
    let stage = desk.open(zh(), "客户 明细.csv").keys("Enter Enter Enter");
    shows_all(
        &stage,
        &[
            "将新增",
            "疑似重复 1 · 问题 1",
            "新客户；或与“华东重工有限公司”同一家？",
            "电话相同",
            "第 5 行    总金额",
            "看不出是多少钱",
        ],
    );
    let counted = |stage: &Stage| {
        stage.picture().lines.iter().find(|line| line.starts_with("  客户  ")).cloned().unwrap_or_default()
    };
    assert_eq!(counted(&stage).split_whitespace().collect::<Vec<_>>(), ["客户", "2", "0", "0", "0"]);
    let stage = stage.keys("Space");
    assert_eq!(counted(&stage).split_whitespace().collect::<Vec<_>>(), ["客户", "1", "1", "0", "0"]);
    shows_all(&stage, &["＝ 华东重工有限公司"]);
    let done = stage.keys("Enter Enter");
    assert_eq!(done.names().len(), 8);
    assert!(done.shows("华东重工有限公司"));
}

#[test]
fn the_way_back_loses_nothing() {
    let desk = folder();
    let stage = desk.open(en(), "客户 明细.csv").keys("End Space 'only update' Enter Enter End x");
    shows_all(&stage, &["leave out"]);
    let stage = stage.keys("Esc");
    shows_all(&stage, &["only update those there"]);
    let stage = stage.keys("Esc Enter");
    shows_all(&stage, &["only update those there"]);
    shows_all(&stage.keys("Enter"), &["! 1 left out"]);
}

#[test]
fn other_screens_are_looked_at_meanwhile_and_the_wizard_waits() {
    let desk = folder();
    let stage = desk.open(en(), "客户 明细.csv").keys("Enter 2");
    assert_eq!(stage.names().len(), 7);
    shows_all(&stage.keys("6"), &["columns", "goes to"]);
}

#[test]
fn problem_rows_are_written_to_be_mended_and_fed_in_again() {
    let desk = folder();
    let stage = desk.open(zh(), "客户 明细.csv").keys("Enter Enter Enter Enter E");
    shows_all(&stage, &["客户 明细-问题行.csv"]);
    let stage = stage.keys("Enter");
    shows_all(&stage, &["已存 1 行"]);
    let written = fs::read_to_string(desk.path("客户 明细-问题行.csv")).unwrap();
    assert!(written.contains("客户名称,电话,行业,总金额,负责人,暗号,导入问题"), "{written}");
    assert!(written.contains("总金额：看不出是多少钱"), "{written}");
    fs::write(desk.path("客户 明细-问题行.csv"), written.replace("abc", "34")).unwrap();
    let again = desk.open(stage.keys("Esc"), "客户 明细-问题行.csv").keys("Enter");
    shows_all(&again, &["不导入 1 列"]);
    let again = again.keys("Enter");
    shows_all(&again, &["问题 0"]);
    let line = again.picture().lines.into_iter().find(|line| line.starts_with("  客户  ")).unwrap_or_default();
    assert_eq!(line.split_whitespace().collect::<Vec<_>>(), ["客户", "0", "1", "0", "0"], "{}", again.text());
}

#[test]
fn a_file_that_is_there_is_not_written_over() {
    let desk = folder();
    fs::write(desk.path("客户 明细-问题行.csv"), "mine").unwrap();
    let stage = desk.open(zh(), "客户 明细.csv").keys("Enter Enter Enter Enter E Enter");
    shows_all(&stage, &["已有同名文件"]);
    assert_eq!(fs::read_to_string(desk.path("客户 明细-问题行.csv")).unwrap(), "mine");
}

#[test]
fn an_import_is_in_the_history_and_taken_back_as_one_step() {
    let desk = folder();
    let stage = desk.open(zh(), "客户 明细.csv").keys("Enter Enter Enter Enter Esc");
    shows_all(&stage, &["导入记录", "客户 明细.csv", "客户 新增2", "有效", "修改历史", "导入 客户 明细.csv"]);
    shows_all(&stage.keys("Enter"), &["新增", "按 x 整批撤销"]);
    let stage = desk.open(zh(), "客户 明细.csv").keys("Enter Enter Enter Enter Esc x");
    shows_all(&stage, &["已撤销", "撤销一次导入"]);
    assert_eq!(stage.keys("2").names().len(), 7);
}

#[test]
fn one_undo_anywhere_takes_the_last_import_back() {
    let desk = folder();
    let stage = desk.open(zh(), "客户 明细.csv").keys("Enter Enter Enter Enter Enter u");
    shows_all(&stage, &["已撤销 "]);
    assert_eq!(stage.names().len(), 7);
}

/// The check before an import did not say which fields of customers that are there it would replace.
#[test]
fn what_an_import_would_replace_is_counted_by_field_with_samples_before_it() {
    let desk = folder();
    fs::write(desk.path("phones.csv"), "客户名称,电话,行业\n华东重工有限公司,021-99990000,制造业\n新来的,1,制造业\n")
        .unwrap();
    let stage = desk.open(zh(), "phones.csv").keys("Enter Enter");
    shows_all(&stage, &["覆盖已有内容 1 处", "~ 电话", "→ 021-99990000"]);
    shows_all(&stage, &["电话，覆盖 1 处：华东重工有限公司 "]);
    let told = stage.keys("Enter");
    shows_all(&told, &["导入完成"]);
}

/// Orders came in without an amount and the check before did not count them.
#[test]
fn orders_whose_amount_cannot_be_read_are_counted_before_and_after_the_import() {
    let desk = folder();
    fs::write(desk.path("orders.csv"), "订单号,日期,客户名称,金额\n1,2026-01-05,甲,一百\n2,2026-01-05,甲,50\n")
        .unwrap();
    let stage = desk.open(zh(), "orders.csv").keys("Enter Enter");
    shows_all(&stage, &["! 订单中有 1 行金额读不出来", "第 2 行"]);
    shows_all(&stage.keys("Enter"), &["导入完成", "! 订单中有 1 行金额读不出来"]);
}

/// The page began in the list of imports also where there was none, and the keys did nothing.
#[test]
fn the_data_page_begins_in_the_list_that_has_something_in_it() {
    let stage = zh().keys("f '电话 第一条' Enter 6");
    assert!(stage.foot().contains("1/"), "{}", stage.text());
    let stage = stage.keys("x");
    shows_all(&stage, &["已撤销"]);
    let imported = folder().open(zh(), "客户 明细.csv").keys("Enter Enter Enter Enter Esc");
    shows_all(&imported.keys("Enter"), &["按 x 整批撤销"]);
}

/// In the wizard `u` took back whatever was done before the import, and its last page stayed as it was.
#[test]
fn undo_in_the_wizard_takes_back_this_import_or_nothing() {
    let desk = folder();
    let stage = desk.open(zh().keys("f '电话 之前的修改' Enter"), "客户 明细.csv").keys("Enter u");
    shows_all(&stage, &["这次导入尚未写入", "对应列"]);
    let stage = stage.keys("Enter Enter Enter u");
    shows_all(&stage, &["已撤销：客户簿里没有留下这次导入的任何内容。", "按回车查看客户；"]);
    assert!(!stage.shows("导入完成") && !stage.foot().contains("u 撤销"), "{}", stage.text());
    let again = stage.keys("u");
    assert!(again.foot().contains("没有可撤销的内容"), "{}", again.text());
    let list = again.keys("Enter");
    assert_eq!(list.names().len(), 7);
    let earlier = list.keys("u");
    assert!(earlier.foot().contains("已撤销：") && earlier.foot().contains("跟进"), "{}", earlier.text());
}

#[test]
fn an_import_changed_since_names_what_has_to_be_taken_back_first() {
    let desk = folder();
    let mut stage = desk.open(zh(), "客户 明细.csv").keys("Enter Enter Enter Enter Enter");
    stage.press("/ '北方新' Enter e ' 改' C-s 6 x");
    shows_all(&stage, &["之后又有修改", "请先撤销那一步"]);
    // An error swallows a key; then the entry that is in the way is selected, and taken back at once.
    let stage = stage.keys("F20 x F20");
    shows_all(&stage, &["有效"]);
    let stage = stage.keys("S-Tab x");
    shows_all(&stage, &["撤销一次导入"]);
    shows_all(&stage, &["客户 7 "]);
}

#[test]
fn a_wrong_path_and_an_empty_file_are_said_by_name() {
    let desk = folder();
    let stage = desk.open(zh(), "nothing.csv");
    shows_all(&stage, &["没有这个文件", "nothing.csv"]);
    let stage = desk.open(en(), "empty.csv");
    shows_all(&stage, &["empty.csv", "! "]);
}

#[test]
fn a_workbook_is_read_sheet_by_sheet() {
    let desk = folder();
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("说明").unwrap().write(0, 0, "请看第二页").unwrap();
    for (name, customer) in [("一月", "甲公司"), ("二月", "乙公司")] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (at, cell) in ["客户名称", "电话", customer, "13812345678"].iter().enumerate() {
            sheet.write((at / 2) as u32, (at % 2) as u16, *cell).unwrap();
        }
    }
    book.save(desk.path("客户.xlsx")).unwrap();
    let stage = desk.open(zh(), "客户.xlsx");
    shows_all(&stage, &["第一个有表格的工作表", "甲公司"]);
    shows_all(&stage.keys("Down Space '二月' Enter"), &["乙公司"]);
}

/// A file of twenty thousand customers.
fn many(desk: &Desk) -> PathBuf {
    let rows: String = (0..20_000).map(|at| format!("客户{at},1380000{at:05}\n")).collect();
    fs::write(desk.path("many.csv"), format!("客户名称,电话\n{rows}")).unwrap();
    desk.path("many.csv")
}

#[test]
fn keys_are_answered_while_a_large_file_is_taken_in_and_esc_leaves_nothing_behind() {
    let desk = folder();
    let path = many(&desk);
    let mut stage = Stage::new(wanted(Language::Zh), true).keys(&format!("i \"{}\" Enter Enter Enter", path.display()));
    shows_all(&stage, &["20,000"]);
    let steps = stage.in_turns("Enter", 40);
    assert!(steps.longest.as_millis() < 500, "{:?}", steps.longest);
    shows_all(&stage, &["正在导入", "%"]);
    // Whatever else would write is refused meanwhile; looking is not.
    stage.in_turns("u", 1);
    shows_all(&stage, &["正在导入；请等它完成"]);
    stage.in_turns("F12", 1);
    shows_all(&stage, &["importing"]);
    stage.press("Esc");
    shows_all(&stage, &["Nothing of it is left in the book"]);
    assert!(stage.keys("2").names().is_empty());
}

#[test]
fn killed_in_the_middle_of_an_import_the_book_is_as_before() {
    let desk = folder();
    let path = many(&desk);
    let mut stage = Stage::new(wanted(Language::En), true).keys(&format!("i \"{}\" Enter Enter Enter", path.display()));
    stage.in_turns("Enter", 2_000);
    shows_all(&stage, &["importing"]);
    let stage = stage.killed().keys("6");
    shows_all(&stage, &["many.csv", "stopped"]);
    let stage = stage.keys("C-r 2");
    assert!(stage.names().is_empty(), "{}", stage.text());
}

#[test]
fn the_foot_names_only_what_works_on_the_step() {
    let desk = folder();
    let stage = desk.open(zh(), "客户 明细.csv");
    let own = |stage: &Stage| -> Vec<&str> {
        ["下一步", "更改", "不导入", "存问题行"].into_iter().filter(|label| stage.foot().contains(label)).collect()
    };
    assert_eq!(own(&stage), ["下一步", "更改"], "what the file is");
    let stage = stage.keys("Enter");
    assert_eq!(own(&stage), ["下一步", "更改", "不导入"], "columns");
    let stage = stage.keys("Enter");
    assert_eq!(own(&stage), ["下一步", "更改"], "words");
    let stage = stage.keys("Enter");
    assert_eq!(own(&stage), ["下一步", "更改"], "a likeness");
    let stage = stage.keys("End");
    assert_eq!(own(&stage), ["下一步"], "a problem");
    let stage = stage.keys("Enter");
    assert_eq!(own(&stage), ["下一步", "存问题行"], "the report");
}

#[test]
fn the_customers_newly_made_are_marked_when_the_report_is_left_for_them() {
    let desk = folder();
    let stage = desk.open(zh(), "客户 明细.csv").keys("Enter Enter Enter Enter");
    shows_all(&stage, &["新客户已打上标记"]);
    let stage = stage.keys("Enter");
    assert!(stage.shows("已标记 2"), "{}", stage.text());
    // What is marked is acted upon at once, and the first of them is selected.
    let again = desk.open(stage.keys("Esc"), "客户 明细.csv").keys("Enter Enter Enter Enter");
    assert!(!again.shows("新客户已打上标记") && !again.keys("Enter").shows("已标记"));
}

/// One step after the other, written down as they look.
fn pictures(name: &str, stage: Stage) {
    let desk = folder();
    let place = desk.0.path().display().to_string();
    for entry in fs::read_dir(desk.0.path()).unwrap() {
        let changed = SystemTime::UNIX_EPOCH + Duration::from_secs(1_772_000_000);
        fs::File::open(entry.unwrap().path()).unwrap().set_modified(changed).unwrap();
    }
    let mut stage = stage.keys(&format!("i '{place}/'"));
    insta::assert_snapshot!(format!("{name}_1_file"), stage.text().replace(&place, "FOLDER"));
    stage = desk.open(stage.keys("Esc"), "客户 明细.csv");
    for (step, keys) in [
        ("2_contents", "Down"),
        ("3_columns", "Enter"),
        ("4_words", "Enter"),
        ("5_check", "Enter"),
        ("7_report", "Enter"),
    ] {
        stage = stage.keys(keys);
        insta::assert_snapshot!(format!("{name}_{step}"), stage.picture().whole());
    }
    stage = stage.keys("Esc");
    insta::assert_snapshot!(format!("{name}_8_history"), stage.picture().whole());
    let path = many(&desk);
    let mut stage = stage.keys(&format!("i \"{}\" Enter Enter Enter", path.display()));
    stage.in_turns("Enter", 1);
    insta::assert_snapshot!(format!("{name}_6_going"), stage.picture().whole());
}

#[test]
fn the_steps_as_they_look() {
    pictures("import", zh());
}

#[test]
fn the_steps_as_they_look_in_english_on_a_small_screen() {
    pictures("import_small", en().size(80, 24));
}

#[test]
fn a_path_that_can_only_mean_one_file_is_taken_by_enter() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("客户明细.csv"), "客户名称\n新星电子\n").unwrap();
    let stage = zh().keys(&format!("i \"{}/客\" Enter", folder.path().display()));
    assert!(stage.shows("新星电子"), "{}", stage.text());
}

#[test]
fn a_path_that_could_mean_two_files_is_not_guessed() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["客户1.csv", "客户2.csv"] {
        std::fs::write(folder.path().join(name), "客户名称\n新星电子\n").unwrap();
    }
    let stage = zh().keys(&format!("i \"{}/客\" Enter", folder.path().display()));
    assert!(stage.foot().contains("没有这个文件"), "{}", stage.text());
}

#[test]
fn a_column_with_neither_heading_nor_content_is_not_shown_to_be_decided_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("客户.csv");
    std::fs::write(&file, "客户名称,电话,,\n新星电子,010-1234567,,\n明光,010-1234568,,见合同\n").unwrap();
    let stage = zh().keys(&format!("i \"{}\" Enter Enter", file.display()));
    assert!(!stage.shows("#3") && stage.shows("#4"), "{}", stage.text());
}

#[test]
fn what_two_rows_say_otherwise_of_an_own_field_is_told_with_column_and_cell() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("客户.csv");
    std::fs::write(&file, "编号,客户名称,税号\nX1,新星电子,91A\nX1,新星电子,91B\n").unwrap();
    let stage = zh().keys(&format!("i \"{}\" Enter Enter Enter", file.display()));
    assert!(stage.shows("税号") && stage.shows("91B"), "{}", stage.text());
}
