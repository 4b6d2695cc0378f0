//! Formats told by their content, and files nobody should have to hold.

use super::{Opening, open_reader};
use crate::domain::record::Kind;
use crate::exchange::encoding::Charset;
use crate::exchange::sheet_error::SheetError;
use crate::exchange::split::{Row, Table};
use std::io::Read;

fn rows(tables: &[Box<dyn Table>]) -> Vec<String> {
    let mut all = Vec::new();
    for table in tables {
        let (mut rows, mut row) = (table.rows().unwrap(), Row::default());
        while rows.next_row(&mut row).unwrap() {
            all.push(row.cells().collect::<Vec<_>>().join("|"));
        }
    }
    all
}

fn open(name: &str, bytes: &[u8]) -> Result<Vec<String>, SheetError> {
    open_reader(name, bytes, &Opening::default()).map(|tables| rows(&tables))
}

#[test]
fn the_format_is_told_by_the_content_whatever_the_file_is_called() {
    let json = r#" [{"name": "甲", "tags": ["a", "b,c"], "custom": {"k": "v"}}, {"phone": 138, "name": null}]"#;
    assert_eq!(open("-", json.as_bytes()).unwrap(), ["name|tags|custom|phone", r"甲|a; b\,c|k=v|", "|||138"]);
    let card = "\u{feff}begin:vcard\nFN:李雷\nend:vcard";
    assert_eq!(open("x.csv", card.as_bytes()).unwrap().len(), 2);
    assert_eq!(open("x.json", b"name,phone\n1,2\n").err(), Some(SheetError::BadJson(1)));
    assert_eq!(open("-", b"name,phone\n1,2\n").unwrap().len(), 2);
    assert_eq!(open("x", b"PK\x03\x04\0\0").err(), Some(SheetError::BadWorkbook));
}

#[test]
fn lists_by_kind_are_tables_by_kind_and_an_order_has_a_row_for_each_line() {
    let json = br#"{"other": [1], "orders": [{"number": "A1", "lines": [{"product": "p"}, {"product": "q"}]}],
        "deals": [{"title": "t", "stage_log": [{"stage": "won", "at": null, "by": "w"}]}]}"#;
    let tables = open_reader("x", json.as_slice(), &Opening::default()).unwrap();
    assert_eq!(tables.iter().map(|table| table.kind()).collect::<Vec<_>>(), [Some(Kind::Order), Some(Kind::Deal)]);
    assert_eq!(rows(&tables), ["number|line_number|product", "A1|1|p", "A1|2|q", "title|stage_log", "t|won||w"]);
}

#[test]
fn json_that_nobody_could_hold_is_refused_by_name() {
    let deep = "[".repeat(100_000);
    assert_eq!(open("x.json", deep.as_bytes()).err(), Some(SheetError::Nested));
    let long = std::io::Cursor::new(br#"[{"name": ""#.as_slice()).chain(std::io::repeat(b'x').take(30 << 20));
    assert_eq!(open_reader("x", long, &Opening::default()).err(), Some(SheetError::LongText));
    let wide = format!("[{{{}\"z\": 1}}]", (0..100_000).map(|at| format!("\"k{at}\": 1, ")).collect::<String>());
    assert_eq!(open("x", wide.as_bytes()).err(), Some(SheetError::ManyColumns(1)));
    assert_eq!(open("x.json", b"[1, 2]").err(), Some(SheetError::NoRecords));
    assert_eq!(open("x.json", br#"{"name": "x"}"#).err(), Some(SheetError::NoRecords));
    assert_eq!(open("x", b"[{\"name\": \"x\"},\n{]").err(), Some(SheetError::BadJson(2)));
}

#[test]
fn an_encoding_said_wrongly_is_named_for_every_text_format() {
    let gb = encoding_rs::GB18030.encode("名称,电话\n华东重工股份有限公司,1\n").0.into_owned();
    let said = Opening { charset: Charset::Utf8, sheet: None };
    assert_eq!(open_reader("x.csv", gb.as_slice(), &said).err(), Some(SheetError::OtherEncoding("gb18030")));
    let json = encoding_rs::GB18030.encode(r#"[{"name": "华东重工股份有限公司"}]"#).0.into_owned();
    assert_eq!(open("x.json", &json).unwrap(), ["name", "华东重工股份有限公司"]);
    assert_eq!(open_reader("x.json", json.as_slice(), &said).err(), Some(SheetError::OtherEncoding("gb18030")));
}
