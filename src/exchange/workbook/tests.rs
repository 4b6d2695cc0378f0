//! Workbooks made here, read again; and those nobody should read.

use super::{new_sheets, read_new, read_old};
use crate::exchange::held::Held;
use crate::exchange::sheet_error::SheetError;
use crate::exchange::split::{LONGEST_CELL, Row, Table};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn book(write: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    write(&mut book);
    book.save_to_buffer().unwrap()
}

fn rows(held: &Held) -> Vec<(u32, String)> {
    let (mut rows, mut row, mut all) = (held.rows().unwrap(), Row::default(), Vec::new());
    while rows.next_row(&mut row).unwrap() {
        all.push((row.line, row.cells().collect::<Vec<_>>().join("|")));
    }
    all
}

fn texts(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells) {
        sheet.write(row, column, *cell).unwrap();
    }
}

#[test]
fn cells_are_read_as_what_they_are() {
    let bytes = book(|book| {
        let sheet = book.add_worksheet();
        texts(sheet, 0, &["名称", "电话", "日期", "时间", "在用", "比例"]);
        sheet.write(1, 0, "甲").unwrap();
        sheet.write(1, 1, 13_800_000_001_i64).unwrap();
        let date = Format::new().set_num_format("yyyy-mm-dd");
        let at = ExcelDateTime::from_ymd(2023, 5, 8).unwrap();
        sheet.write_with_format(1, 2, &at, &date).unwrap();
        let time = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
        sheet.write_with_format(1, 3, at.and_hms(10, 30, 7).unwrap(), &time).unwrap();
        sheet.write(1, 4, true).unwrap();
        sheet.write(1, 5, 0.125).unwrap();
    });
    let held = read_new("x", Cursor::new(bytes), None).unwrap();
    let expected = [
        (1, "名称|电话|日期|时间|在用|比例".to_owned()),
        (2, "甲|13800000001|2023-05-08|2023-05-08T10:30:07|TRUE|0.125".to_owned()),
    ];
    assert_eq!(rows(&held), expected);
}

#[test]
fn the_first_sheet_with_a_table_is_read_or_the_one_asked_for() {
    let bytes = book(|book| {
        book.add_worksheet().set_name("封面").unwrap().write(0, 0, "说明").unwrap();
        texts(book.add_worksheet().set_name("客户").unwrap(), 0, &["名称", "电话"]);
        texts(book.worksheet_from_name("客户").unwrap(), 2, &["甲", "1"]);
        texts(book.add_worksheet().set_name("订单").unwrap(), 0, &["单号"]);
    });
    let read = |wanted| read_new("x", Cursor::new(&bytes), wanted).map(|held| rows(&held));
    assert_eq!(read(None).unwrap(), [(1, "名称|电话".to_owned()), (3, "甲|1".to_owned())]);
    assert_eq!(read(Some("订单")).unwrap(), read(Some("3")).unwrap());
    assert_eq!(read(Some("1")).unwrap(), [(1, "说明".to_owned())]);
    assert_eq!(read(Some("4")), Err(SheetError::NoSheet("4".into(), "封面, 客户, 订单".into())));
}

#[test]
fn a_merged_text_stands_in_every_row_of_its_region_and_an_amount_only_once() {
    let bytes = book(|book| {
        let sheet = book.add_worksheet();
        texts(sheet, 0, &["单号", "产品", "金额"]);
        sheet.merge_range(1, 0, 2, 0, "A1", &Format::new()).unwrap();
        sheet.merge_range(1, 2, 2, 2, "", &Format::new()).unwrap();
        sheet.write(1, 2, 100).unwrap();
        sheet.write(1, 1, "泵").unwrap();
        sheet.write(2, 1, "阀").unwrap();
    });
    let held = read_new("x", Cursor::new(bytes), None).unwrap();
    let texts: Vec<_> = rows(&held).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["单号|产品|金额", "A1|泵|100", "A1|阀|"]);
}

#[test]
fn what_is_no_workbook_is_refused() {
    let read = |bytes: &[u8]| read_new("x", Cursor::new(bytes.to_vec()), None).err();
    assert_eq!(read(b"PK\x03\x04 and nothing more"), Some(SheetError::BadWorkbook));
    let mut whole = book(|book| texts(book.add_worksheet(), 0, &["a", "b"]));
    whole.truncate(whole.len() / 2);
    assert_eq!(read(&whole), Some(SheetError::BadWorkbook));
    let old = read_old("x", Cursor::new(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no more".to_vec()), None);
    assert_eq!(old.err(), Some(SheetError::BadWorkbook));
}

/// A zip of one part that unfolds to `times` copies of `text`, coded as RFC 1951 has it, by stored blocks made small
/// through copies: a run of one byte is one literal and copies of 258. From a distance of two it is `<x<x<x`.
fn bomb(name: &str, copies: usize, distance: u32) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.put(1, 1);
    bits.put(1, 2);
    bits.code(0x30 + u32::from(b'<'), 8);
    bits.code(0x30 + u32::from(b'x'), 8);
    for _ in 0..copies {
        bits.code(0xc0 + (285 - 280), 8);
        bits.code(distance - 1, 5);
    }
    bits.code(0, 7);
    let data = bits.finish();
    let mut zip = Vec::new();
    let head = |signature: &[u8], more: usize| {
        let mut head = signature.to_vec();
        head.extend(std::iter::repeat_n(0, more));
        head
    };
    let le = |number: usize, width: usize| number.to_le_bytes().into_iter().take(width).collect::<Vec<u8>>();
    let set = |bytes: &mut Vec<u8>, at: usize, field: Vec<u8>| bytes.splice(at..at + field.len(), field).count();
    let mut local = head(b"PK\x03\x04", 26);
    set(&mut local, 8, le(8, 2));
    set(&mut local, 18, le(data.len(), 4));
    set(&mut local, 26, le(name.len(), 2));
    zip.extend(local);
    zip.extend(name.as_bytes());
    zip.extend(&data);
    let start = zip.len();
    let mut central = head(b"PK\x01\x02", 42);
    set(&mut central, 10, le(8, 2));
    set(&mut central, 20, le(data.len(), 4));
    set(&mut central, 24, le(100, 4));
    set(&mut central, 28, le(name.len(), 2));
    zip.extend(central);
    zip.extend(name.as_bytes());
    let size = zip.len() - start;
    let mut end = head(b"PK\x05\x06", 18);
    set(&mut end, 8, le(1, 2));
    set(&mut end, 10, le(1, 2));
    set(&mut end, 12, le(size, 4));
    set(&mut end, 16, le(start, 4));
    zip.extend(end);
    zip
}

#[derive(Default)]
struct Bits(Vec<u8>, u32, u32);

impl Bits {
    fn put(&mut self, value: u32, width: u32) {
        for at in 0..width {
            self.1 |= (value >> at & 1) << self.2;
            self.2 += 1;
            if self.2 == 8 {
                self.0.push(self.1 as u8);
                (self.1, self.2) = (0, 0);
            }
        }
    }

    /// A code goes with its highest bit first.
    fn code(&mut self, code: u32, width: u32) {
        self.put(code.reverse_bits() >> (32 - width), width);
    }

    fn finish(mut self) -> Vec<u8> {
        self.put(0, 7);
        self.0
    }
}

#[test]
fn a_file_that_unfolds_beyond_bounds_is_refused_before_it_is_read() {
    let cell = bomb("xl/sharedStrings.xml", 3 << 20, 1);
    assert!(cell.len() < 8 << 20);
    assert_eq!(read_new("x", Cursor::new(cell), None).err(), Some(SheetError::LongText));
}

#[test]
fn a_part_that_unfolds_to_more_than_can_be_held_is_a_bomb() {
    let parts = bomb("xl/styles.xml", (256 << 20) / 258 + 2, 2);
    assert!(parts.len() < 2 << 20);
    assert_eq!(read_new("x", Cursor::new(parts), None).err(), Some(SheetError::Bomb));
}

#[test]
fn a_sheet_of_more_columns_than_can_be_is_refused() {
    let bytes = book(|book| {
        let sheet = book.add_worksheet();
        texts(sheet, 0, &["名称", "电话"]);
        sheet.write(1, 5_000, "far").unwrap();
    });
    assert_eq!(read_new("x", Cursor::new(bytes), None).err(), Some(SheetError::ManyColumns(2)));
}

/// The workbook with other content in one of its parts.
fn with_part(book: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..from.len() {
        let mut part = from.by_index(place).unwrap();
        let (called, mut bytes) = (part.name().unwrap().into_owned(), Vec::new());
        part.read_to_end(&mut bytes).unwrap();
        let bytes = if called == name { content } else { bytes.as_slice() };
        to.start_file(called, SimpleFileOptions::default()).unwrap();
        to.write_all(bytes).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn two_sheets() -> Vec<u8> {
    book(|book| {
        texts(book.add_worksheet().set_name("客户").unwrap(), 0, &["名称", "电话"]);
        texts(book.add_worksheet().set_name("订单").unwrap(), 0, &["单号", "金额"]);
    })
}

#[test]
fn a_sheet_is_measured_when_it_is_read_and_not_before() {
    let long = format!("<worksheet><sheetData><c>{}", "x".repeat(LONGEST_CELL + 1));
    let bytes = with_part(&two_sheets(), "xl/worksheets/sheet2.xml", long.as_bytes());
    assert_eq!(new_sheets(Cursor::new(&bytes)).unwrap(), ["客户", "订单"]);
    let read = |wanted| read_new("x", Cursor::new(&bytes), Some(wanted)).map(|held| rows(&held));
    assert_eq!(read("1"), Ok(vec![(1, "名称|电话".to_owned())]));
    assert_eq!(read("2"), Err(SheetError::LongText));
}

#[test]
fn texts_that_are_promised_and_not_there_get_no_room() {
    let promise = br#"<?xml version="1.0"?><sst uniqueCount="4000000000"></sst>"#;
    let bytes = with_part(&two_sheets(), "xl/sharedStrings.xml", promise);
    assert_eq!(read_new("x", Cursor::new(bytes), None).err(), Some(SheetError::BadWorkbook));
}

#[test]
fn a_workbook_that_ends_too_soon_or_is_damaged_is_refused() {
    let whole = two_sheets();
    for length in (0..whole.len()).step_by(101) {
        let cut = whole.iter().copied().take(length).collect::<Vec<_>>();
        assert_eq!(read_new("x", Cursor::new(cut), None).err(), Some(SheetError::BadWorkbook), "{length} bytes");
    }
    let mut archive = ZipArchive::new(Cursor::new(&whole)).unwrap();
    let sheet = archive.by_name("xl/worksheets/sheet1.xml").unwrap().data_start().unwrap() as usize;
    let mut damaged = whole;
    damaged.iter_mut().skip(sheet).take(40).for_each(|byte| *byte ^= 0x5a);
    assert_eq!(read_new("x", Cursor::new(damaged), Some("1")).err(), Some(SheetError::BadWorkbook));
}
