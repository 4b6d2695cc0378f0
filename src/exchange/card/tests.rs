//! Cards as programs write them.

use super::read;
use crate::exchange::sheet_error::SheetError;
use crate::exchange::split::{Row, Table};
use crate::exchange::text::Text;
use proptest::prelude::*;

fn cards(text: &[u8]) -> Result<Vec<Vec<(&'static str, String)>>, SheetError> {
    let held = read("x", Text::new(text, encoding_rs::UTF_8))?;
    let (mut rows, mut row, mut all) = (held.rows()?, Row::default(), Vec::new());
    rows.next_row(&mut row)?;
    while rows.next_row(&mut row)? {
        let cells = super::COLUMNS.into_iter().zip(row.cells().map(str::to_owned));
        all.push(cells.filter(|(_, text)| !text.is_empty()).collect());
    }
    Ok(all)
}

fn card(text: &str) -> Vec<(&'static str, String)> {
    cards(format!("BEGIN:vCard\r\n{text}\r\nend:vcard\r\n").as_bytes()).unwrap().remove(0)
}

fn cell(card: &[(&'static str, String)], name: &str) -> String {
    card.iter().find(|(column, _)| *column == name).map(|(_, text)| text.clone()).unwrap_or_default()
}

#[test]
fn a_card_becomes_a_firm_and_a_person() {
    let card = card(
        "VERSION:3.0\nFN:李雷\nORG:华东重工\\, 上海;采购部\nTITLE:经理\nitem1.TEL;type=WORK:021-1\nTEL;TYPE=\"cell,voice\":138\nTEL;TYPE=FAX:99\nEMAIL:a@b.cn\nBDAY:19800322\nX-WECHAT:lilei\nADR;TYPE=WORK:;;南京路1号;上海;;200000;中国\nNOTE:一\\n二",
    );
    let expected = [
        ("name", "华东重工, 上海"),
        ("address", "中国上海南京路1号"),
        ("contact_name", "李雷"),
        ("contact_title", "经理"),
        ("contact_phone", "138; 021-1"),
        ("contact_email", "a@b.cn"),
        ("contact_wechat", "lilei"),
        ("contact_birthday", "1980-03-22"),
        ("contact_note", "一\n二"),
    ];
    assert_eq!(card, expected.map(|(name, text)| (name, text.to_owned())));
}

#[test]
fn a_person_without_a_firm_is_the_customer_too() {
    let card = card("N:Doe;John;;;\nTEL;PREF=1;VALUE=uri:tel:+1-418-656;ext=102\nTEL:5\nORG:");
    assert_eq!(cell(&card, "name"), "John Doe");
    assert_eq!(cell(&card, "contact_name"), "John Doe");
    assert_eq!(cell(&card, "phone"), "+1-418-656 ext. 102; 5");
}

#[test]
fn lines_folded_and_quoted_are_joined_and_pictures_skipped() {
    let card = card(
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9D=8E=\r\n=E9=9B=B7\r\nPHOTO;ENCODING=b:AAAA\r\n BBBB:CCCC\r\nNOTE:long\r\n er\r\nTITLE;CHARSET=GB18030;ENCODING=QUOTED-PRINTABLE:=BE=AD=C0=ED",
    );
    assert_eq!(cell(&card, "contact_name"), "李雷");
    assert_eq!(cell(&card, "contact_note"), "longer");
    assert_eq!(cell(&card, "contact_title"), "经理");
}

#[test]
fn a_card_without_an_end_is_refused_with_its_line() {
    let text = b"BEGIN:VCARD\nFN:a\nEND:VCARD\n\nBEGIN:VCARD\nFN:b\n";
    assert_eq!(cards(text), Err(SheetError::OpenCard(5)));
    let endless = format!("BEGIN:VCARD\nNOTE:{}", "x".repeat(5 << 20));
    assert_eq!(cards(endless.as_bytes()), Err(SheetError::LongText));
    let picture = format!("BEGIN:VCARD\nPHOTO:{}\nFN:a\nEND:VCARD\n", "x".repeat(5 << 20));
    assert_eq!(cards(picture.as_bytes()).unwrap().len(), 1);
}

#[test]
fn a_card_of_more_numbers_than_anybody_has_is_refused_with_its_line() {
    let numbers = |count: usize| (0..count).map(|nth| format!("TEL:{nth}\n")).collect::<String>();
    let most = format!("BEGIN:VCARD\nFN:a\n{}END:VCARD\n", numbers(1_000));
    assert_eq!(cards(most.as_bytes()).unwrap().len(), 1);
    let crowded = format!("\nBEGIN:VCARD\nFN:a\n{}END:VCARD\n", numbers(300_000));
    assert_eq!(cards(crowded.as_bytes()), Err(SheetError::CrowdedCard(2)));
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "(BEGIN:VCARD\n)?[A-Z;:=,\\\\\n \"]{0,200}(\nEND:VCARD)?") {
        let _ = cards(text.as_bytes());
    }
}
