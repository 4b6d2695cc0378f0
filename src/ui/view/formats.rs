//! The formats that a file can be written in, as they are offered.

use crate::exchange::export::Format;
use crate::text::{Words, words};

/// The formats, in the order they are offered.
pub const FORMATS: [(Format, Words); 5] = [
    (Format::Xlsx, words("Excel workbook (xlsx)", "Excel 工作簿（xlsx）")),
    (Format::Csv, words("comma-separated (csv)", "逗号分隔（csv）")),
    (Format::Markdown, words("Markdown table (md)", "Markdown 表格（md）")),
    (Format::Json, words("JSON, with every field", "JSON，含全部字段")),
    (Format::Cards, words("cards for a phone (vcf)", "通讯录名片（vcf）")),
];

/// Those that hold a table.
pub fn tables() -> impl Iterator<Item = (Format, Words)> {
    FORMATS.into_iter().filter(|(format, _)| !matches!(format, Format::Json | Format::Cards))
}
