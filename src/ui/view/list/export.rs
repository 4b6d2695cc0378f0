//! Customers of the list written to a file, with the columns the list shows.

use super::List;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::exchange::out::{Asked, Format, Subject, write};
use crate::query::field::of_column;
use crate::text::{Language, Words, words};
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Outgoing};

/// Customers written from the screen: more of them would keep a key waiting, and are for the command line.
const MOST: usize = 5_000;

/// The formats, in the order they are offered.
pub(super) const FORMATS: [(Format, Words); 5] = [
    (Format::Xlsx, words("Excel workbook (xlsx)", "Excel 工作簿（xlsx）")),
    (Format::Csv, words("comma-separated (csv)", "逗号分隔（csv）")),
    (Format::Markdown, words("Markdown table (md)", "Markdown 表格（md）")),
    (Format::Json, words("JSON, with every field", "JSON，含全部字段")),
    (Format::Cards, words("cards for a phone (vcf)", "通讯录名片（vcf）")),
];

impl List {
    /// The file of these customers.
    pub(super) fn exported(&self, ids: &[Id], format: Format, context: &Context<'_>) -> Effect {
        if ids.len() > MOST {
            return Effect::Say(Notice::error(match context.language {
                Language::En => format!("more than {MOST} at once: use kehu export customers --filter … -o FILE"),
                Language::Zh => format!("一次最多 {MOST} 位；更多请用命令 kehu export customers --filter … -o 文件"),
            }));
        }
        let columns: Vec<String> = match format {
            // These hold everything anyway.
            Format::Json | Format::Cards => Vec::new(),
            _ => self
                .layout
                .columns
                .iter()
                .filter_map(|(column, _)| of_column(*column))
                .map(|field| field.name.to_owned())
                .collect(),
        };
        let asked = Asked {
            language: context.language,
            columns: &columns,
            as_of: context.today(),
            offset_minutes: context.now.offset_minutes(),
            ..Asked::default()
        };
        let mut bytes = Vec::new();
        let source = || Ok(ids.iter().map(|id| context.desk.dossier(*id)));
        match write(Subject::Of(Kind::Customer), format, source, context.book(), &asked, &mut bytes) {
            Ok(_) => {
                Effect::Write(vec![Outgoing { name: format!("kehu-{}.{}", context.today(), format.ending()), bytes }])
            }
            Err(error) => Effect::Say(Notice::error(error.say(context.language))),
        }
    }
}
