//! Why a file could not be read as a table, and what to do about it.

use crate::exchange::encoding::Binary;
use crate::text::disk::refusal_of;
use crate::text::{Language, words};
use std::io;

/// Why a file could not be read as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetError {
    /// There is no such file.
    Missing,
    /// It is a folder.
    Folder,
    /// The system refused, with its words.
    Io(io::ErrorKind, String),
    /// It has no content.
    Empty,
    /// It is no text.
    NoText(Binary),
    /// It is not in the encoding it was said to be in; it looks like this one.
    OtherEncoding(&'static str),
    /// Bytes on this line mean nothing in this encoding.
    Damaged(&'static str, u32),
    /// A cell beyond a megabyte: line and column.
    LongCell(u32, u32),
    /// A row beyond 8 MB: its line.
    LongRow(u32),
    /// A row beyond 4,096 columns: its line.
    ManyColumns(u32),
    /// A quotation mark that is never closed: line and column where it opens.
    OpenQuote(u32, u32),
    /// More was piped in than can be held.
    LongPipe,
    /// More text than can be held.
    TooMuch,
    /// A text beyond a megabyte somewhere in it.
    LongText,
    /// A workbook that cannot be read: damaged, locked, or another kind of file.
    BadWorkbook,
    /// A small file that unfolds to one that nobody could hold.
    Bomb,
    /// No sheet of this name or number; those there are.
    NoSheet(String, String),
    /// JSON within JSON, deeper than any table.
    Nested,
    /// JSON that is broken on this line.
    BadJson(u32),
    /// JSON that is no list of records, nor lists by kind.
    NoRecords,
    /// A card without an end, beginning on this line.
    OpenCard(u32),
    /// A card of more than 1,000 numbers or addresses, beginning on this line.
    CrowdedCard(u32),
}

impl SheetError {
    /// The system's refusal.
    pub fn io(error: &io::Error) -> SheetError {
        SheetError::Io(error.kind(), error.to_string())
    }

    /// What happened, and where.
    pub fn say(&self, language: Language) -> String {
        let text = |en: String, zh: String| if language == Language::En { en } else { zh };
        match self {
            SheetError::Missing => text("no such file".into(), "找不到这个文件".into()),
            SheetError::Folder => text("it is a folder".into(), "这是文件夹，不是文件".into()),
            SheetError::Io(kind, system) => {
                let why = refusal_of(*kind, system, language);
                text(format!("cannot be read: {why}"), format!("无法读取：{why}"))
            }
            SheetError::Empty => text("the file is empty".into(), "文件是空的".into()),
            SheetError::NoText(binary) => match binary {
                Binary::Zip => text("it is a workbook or zip, not csv".into(), "这是工作簿或压缩包，不是 csv".into()),
                Binary::OldExcel => text("it is an old Excel workbook".into(), "这是旧版 Excel 工作簿".into()),
                Binary::Pdf => text("it is a PDF".into(), "这是 PDF".into()),
                Binary::Unknown => text("it is not text".into(), "不是文本文件".into()),
            },
            SheetError::OtherEncoding(looks) => text(
                format!("the encoding is not as said; it looks like {looks}"),
                format!("编码与所选不符，看起来是 {looks}"),
            ),
            SheetError::Damaged(encoding, line) => {
                text(format!("line {line} is not {encoding}"), format!("第 {line} 行不是 {encoding}"))
            }
            SheetError::LongCell(line, column) => text(
                format!("line {line}, column {column}: a cell of more than 1 MB"),
                format!("第 {line} 行第 {column} 列：一格超过 1 MB"),
            ),
            SheetError::LongRow(line) => text(format!("line {line}: more than 8 MB"), format!("第 {line} 行超过 8 MB")),
            SheetError::ManyColumns(line) => {
                text(format!("line {line}: more than 4,096 columns"), format!("第 {line} 行超过 4096 列"))
            }
            SheetError::OpenQuote(line, column) => text(
                format!("line {line}, column {column}: a quotation mark is never closed"),
                format!("第 {line} 行第 {column} 列：引号没有结束"),
            ),
            SheetError::LongPipe => text("more than 512 MB piped in".into(), "管道送来超过 512 MB".into()),
            _ => self.say_of_formats(language),
        }
    }

    /// What happened in a workbook, in JSON or among cards.
    fn say_of_formats(&self, language: Language) -> String {
        let words = match self {
            SheetError::TooMuch => words("more text than can be held (512 MB)", "内容太多，超过 512 MB"),
            SheetError::LongText => words("a text of more than 1 MB in it", "里面有一段文字超过 1 MB"),
            SheetError::BadWorkbook => {
                words("not a workbook that can be read: damaged or locked", "读不了这个工作簿：已损坏或有密码")
            }
            SheetError::Bomb => words("it unfolds to more than can be held", "解压后大得放不下"),
            SheetError::Nested => words("lists within lists, too deep", "JSON 嵌套太深"),
            SheetError::NoRecords => words("no list of records in it", "里面没有记录列表"),
            SheetError::BadJson(line) => {
                return match language {
                    Language::En => format!("line {line}: broken JSON"),
                    Language::Zh => format!("第 {line} 行：JSON 有误"),
                };
            }
            SheetError::OpenCard(line) => {
                return match language {
                    Language::En => format!("line {line}: a card without an end"),
                    Language::Zh => format!("第 {line} 行：名片没有结束"),
                };
            }
            SheetError::CrowdedCard(line) => {
                return match language {
                    Language::En => format!("line {line}: a card of more than 1,000 phone numbers or mail addresses"),
                    Language::Zh => format!("第 {line} 行：一张名片超过 1000 个电话或邮箱"),
                };
            }
            SheetError::NoSheet(wanted, names) => {
                return match language {
                    Language::En => format!("no sheet {wanted}; there are: {names}"),
                    Language::Zh => format!("没有工作表 {wanted}，只有：{names}"),
                };
            }
            _ => words("cannot be read", "读不了"),
        };
        words.say(language).to_owned()
    }

    /// What to do about it, where that helps.
    pub fn hint(&self, language: Language) -> Option<&'static str> {
        let hint = match self {
            SheetError::Missing | SheetError::Folder => {
                words("give the path of a csv, xlsx, vcf or json file", "请给出 csv、xlsx、vcf 或 json 文件的路径")
            }
            SheetError::Io(..) => return None,
            SheetError::Empty => words("export it again with a header row", "请重新导出，要带表头"),
            SheetError::NoText(Binary::OldExcel) => {
                words("save it as xlsx or csv in Excel", "请在 Excel 里另存为 xlsx 或 csv")
            }
            SheetError::NoText(_) => words("export it as csv", "请导出成 csv"),
            SheetError::OtherEncoding(_) => {
                words("leave --encoding out, or name the right one", "去掉 --encoding,或写对编码")
            }
            SheetError::Damaged(..) => {
                words("name the encoding with --encoding, or save as UTF-8", "用 --encoding 说明编码，或另存为 UTF-8")
            }
            SheetError::LongCell(..) | SheetError::LongRow(_) | SheetError::OpenQuote(..) => {
                words("look for a quotation mark too many or too few there", "看看那里是不是多了或少了引号")
            }
            SheetError::ManyColumns(_) => words("delete the empty columns at the right", "请删掉右边的空列"),
            SheetError::LongPipe => words("save it as a file and give its path", "请存成文件再导入"),
            SheetError::TooMuch | SheetError::Bomb | SheetError::LongText => {
                words("export fewer rows, or as csv", "请少导出一些，或导出成 csv")
            }
            SheetError::BadWorkbook => {
                words("save it again in Excel without a password, or as csv", "请在 Excel 里去掉密码另存，或存成 csv")
            }
            SheetError::NoSheet(..) => words("name one of these with --sheet", "请用 --sheet 写其中一个"),
            SheetError::Nested | SheetError::BadJson(_) | SheetError::NoRecords => {
                words("give a list of objects, or lists by kind", "要一个对象列表，或按种类分的列表")
            }
            SheetError::OpenCard(_) => words("the file was cut short; export it again", "文件不完整，请重新导出"),
            SheetError::CrowdedCard(_) => words(
                "one card is one person: export each in a card of their own",
                "一张名片只写一个人，请让每人单独一张再导出",
            ),
        };
        Some(hint.say(language))
    }
}
