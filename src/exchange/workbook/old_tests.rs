//! An old workbook (xls) written byte by byte as an ERP writes it, and read as orders.

use super::read_old;
use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::exchange::intake::{Lists, Options, read};
use crate::exchange::opening::{Opening, open_reader};
use crate::exchange::split::{Row, Table};
use std::io::Cursor;

fn record(id: u16, data: &[u8]) -> Vec<u8> {
    let mut record = id.to_le_bytes().to_vec();
    record.extend((data.len() as u16).to_le_bytes());
    record.extend(data);
    record
}

fn begin(kind: u16) -> Vec<u8> {
    let mut data: Vec<u8> = [0x0600_u16, kind, 0x0dbb, 0x07cc].iter().flat_map(|word| word.to_le_bytes()).collect();
    data.extend([0; 8]);
    record(0x0809, &data)
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn at(row: u16, column: u16, format: u16) -> Vec<u8> {
    [row, column, format].iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn label(row: u16, column: u16, text: &str) -> Vec<u8> {
    let mut data = at(row, column, 0);
    data.extend((text.encode_utf16().count() as u16).to_le_bytes());
    data.push(1);
    data.extend(wide(text));
    record(0x0204, &data)
}

fn number(row: u16, column: u16, format: u16, value: f64) -> Vec<u8> {
    let mut data = at(row, column, format);
    data.extend(value.to_le_bytes());
    record(0x0203, &data)
}

/// The stream of a workbook (BIFF8) of one sheet: two formats, a number and a day.
fn stream(cells: &[Vec<u8>]) -> Vec<u8> {
    let format = |number: u16| {
        let mut data = [0, number].iter().flat_map(|word: &u16| word.to_le_bytes()).collect::<Vec<_>>();
        data.extend([0; 16]);
        record(0x00e0, &data)
    };
    let mut globals = [begin(5), record(0x0042, &1200_u16.to_le_bytes()), format(0), format(14)].concat();
    let name = wide("出库");
    let sheet_at = globals.len() + 4 + 8 + name.len() + 4;
    let mut bound = (sheet_at as u32).to_le_bytes().to_vec();
    bound.extend([0, 0, 2, 1]);
    bound.extend(name);
    globals.extend(record(0x0085, &bound));
    globals.extend(record(0x000a, &[]));
    let mut sheet = begin(0x10);
    cells.iter().for_each(|cell| sheet.extend(cell));
    sheet.extend(record(0x000a, &[]));
    [globals, sheet].concat()
}

/// A compound file with that stream in it: its head, one sector of its table, one of its folder, and the stream.
fn file(mut stream: Vec<u8>) -> Vec<u8> {
    const END: u32 = 0xffff_fffe;
    stream.resize(stream.len().max(4_096).next_multiple_of(512), 0);
    let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let mut head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    head.extend([0; 16]);
    head.extend([0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0, 0, 0, 0, 0, 0, 0]);
    head.extend(words(&[0, 1, 1, 0, 4_096, END, 0, END, 0, 0]));
    head.resize(512, 0xff);
    let sectors = stream.len() as u32 / 512;
    let mut table = words(&[0xffff_fffd, END]);
    table.extend(words(&(0..sectors).map(|at| if at + 1 == sectors { END } else { at + 3 }).collect::<Vec<_>>()));
    table.resize(512, 0xff);
    let entry = |name: &str, kind: u8, child: u32, start: u32, size: u32| {
        let mut entry = wide(name);
        entry.resize(64, 0);
        entry.extend((name.len() as u16 * 2 + 2).to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend(words(&[u32::MAX, u32::MAX, child]));
        entry.extend([0; 36]);
        entry.extend(words(&[start, size, 0]));
        entry
    };
    let mut folder = entry("Root Entry", 5, 1, END, 0);
    folder.extend(entry("Workbook", 2, u32::MAX, 2, stream.len() as u32));
    folder.resize(512, 0);
    [head, table, folder, stream].concat()
}

/// A sheet of deliveries: a title, two rows of one order with its head merged, an amount kept as text, a sum below.
fn deliveries() -> Vec<u8> {
    let merged: Vec<u8> =
        [3_u16, 2, 3, 0, 0, 2, 3, 1, 1, 2, 3, 2, 2].iter().flat_map(|word| word.to_le_bytes()).collect();
    let heads = ["单据编号", "日期", "购货单位", "产品名称", "金额"];
    let mut cells = vec![label(0, 0, "销售出库单")];
    cells.extend((0..).zip(heads).map(|(column, head)| label(1, column, head)));
    cells.extend([label(2, 0, "A1"), number(2, 1, 1, 45_054.0), label(2, 2, "华东机械"), label(2, 3, "泵")]);
    cells.extend([number(2, 4, 0, 100.5), label(3, 3, "阀"), label(3, 4, "50")]);
    cells.extend([label(4, 0, "合计"), number(4, 4, 0, 150.5), record(0x00e5, &merged)]);
    file(stream(&cells))
}

#[test]
fn an_old_workbook_is_read_with_its_days_its_merged_heads_and_its_lines() {
    let held = read_old("x", Cursor::new(deliveries()), None).unwrap();
    let (mut rows, mut row, mut all) = (held.rows().unwrap(), Row::default(), Vec::new());
    while rows.next_row(&mut row).unwrap() {
        all.push(row.cells().collect::<Vec<_>>().join("|"));
    }
    let expected = [
        "销售出库单||||",
        "单据编号|日期|购货单位|产品名称|金额",
        "A1|2023-05-08|华东机械|泵|100.5",
        "A1|2023-05-08|华东机械|阀|50",
        "合计||||150.5",
    ];
    assert_eq!(all, expected);
}

#[test]
fn the_orders_of_an_erp_s_old_workbook_come_in() {
    let tables = open_reader("出库.xls", deliveries().as_slice(), &Opening::default()).unwrap();
    let tables: Vec<&dyn Table> = tables.iter().map(AsRef::as_ref).collect();
    let lists = Lists { item: &|_, _| None, stage: &|_| None };
    let intake = read(&tables, &Options::default(), &lists, &mut |_| true).unwrap();
    assert_eq!((intake.problems.len(), intake.files[0].passed, intake.incoming.len()), (0, 1, 1));
    let mut order = Record::empty(Kind::Order, Id::BOOK);
    for (number, value) in intake.incoming.get(0).unwrap().fields {
        assert!(order.set(number, value));
    }
    let Record::Order(order) = order else { panic!() };
    assert_eq!(
        (order.number.as_str(), order.date.to_string(), order.amount().to_string()),
        ("A1", "2023-05-08".into(), "150.50".into())
    );
}
