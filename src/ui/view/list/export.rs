//! Customers of the list written to a file, with the columns the list shows.

use super::order::ids;
use super::{List, Question};
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::exchange::export::cell::OutCell;
use crate::exchange::export::record::out_of;
use crate::exchange::export::{Asked, Format, Subject, write, write_rows};
use crate::text::{Language, Words, words};
use crate::ui::context::Context;
use crate::ui::effect::{Choosing, Effect, Notice, Outgoing, Place};

/// Customers written from the screen: more of them would keep a key waiting, and are for the command line.
const MOST: usize = 5_000;

/// The formats, in the order they are offered.
pub(in crate::ui) const FORMATS: [(Format, Words); 5] = [
    (Format::Xlsx, words("Excel workbook (xlsx)", "Excel 工作簿（xlsx）")),
    (Format::Csv, words("comma-separated (csv)", "逗号分隔（csv）")),
    (Format::Markdown, words("Markdown table (md)", "Markdown 表格（md）")),
    (Format::Json, words("JSON, with every field", "JSON，含全部字段")),
    (Format::Cards, words("cards for a phone (vcf)", "通讯录名片（vcf）")),
];

impl List {
    /// Asks in which format those marked are to be written, or all that are listed where nobody is marked.
    pub(super) fn ask_format(&mut self, context: &Context<'_>) -> Effect {
        let meant = self.written(context);
        if meant.is_empty() {
            return Effect::Say(Notice::note(context.say(words("nobody is listed", "列表里没有客户"))));
        }
        let options = FORMATS.map(|(_, words)| (context.say(words).to_owned(), String::new())).to_vec();
        let about = self.whom(&meant, context);
        self.question = Question::Format;
        let choosing =
            Choosing { title: words("Write to a file", "导出为文件"), options, selected: 0, own: false };
        Effect::Open(Place::ChooseNumbered { choosing, about, acts: 0 })
    }

    /// Writes them in the format chosen.
    pub(super) fn export_listed(&self, place: usize, context: &Context<'_>) -> Effect {
        let format = FORMATS.get(place).map(|(format, _)| *format).unwrap_or_default();
        self.exported(&self.written(context), format, context)
    }

    /// Those marked, else all that are found.
    fn written(&self, context: &Context<'_>) -> Vec<Id> {
        match self.marks.is_empty() {
            true => ids(&self.all_found(context), context.book()).collect(),
            false => self.meant(context),
        }
    }

    /// The file of these customers.
    pub(super) fn exported(&self, ids: &[Id], format: Format, context: &Context<'_>) -> Effect {
        if ids.len() > MOST {
            return Effect::Say(Notice::error(match context.language {
                Language::En => format!("more than {MOST} at once: use kehu export customers --filter … -o FILE"),
                Language::Zh => format!("一次最多 {MOST} 位；更多请用命令 kehu export customers --filter … -o 文件"),
            }));
        }
        let asked = Asked {
            language: context.language,
            as_of: context.today(),
            offset_minutes: context.now.offset_minutes(),
            ..Asked::default()
        };
        let mut bytes = Vec::new();
        let written = match format {
            Format::Json | Format::Cards => {
                let source = || Ok(ids.iter().map(|id| context.desk.dossier(*id)));
                write(Subject::Of(Kind::Customer), format, source, context.book(), &asked, &mut bytes)
            }
            _ => {
                let fields = || self.layout.columns.iter().map(|(column, _)| column.field());
                let headings: Vec<&str> = fields().map(|field| field.heading(context.language)).collect();
                let rows = ids.iter().filter_map(|id| self.cells(*id, context));
                write_rows(format, &asked, &headings, rows, &mut bytes)
            }
        };
        match written {
            Ok(written) => {
                let name = format!("kehu-customers-{}.{}", context.today(), format.ending());
                Effect::Write(vec![Outgoing { name, bytes, rows: Some(written.rows) }])
            }
            Err(error) => Effect::Say(Notice::error(error.say(context.language))),
        }
    }

    /// What the list shows of a customer, whole.
    fn cells(&self, id: Id, context: &Context<'_>) -> Option<Vec<OutCell>> {
        let row = context.book().row_of(id)?;
        let cell = |column| context.book().cell(row, column, context.today(), context.language).cell;
        let columns = self.layout.columns.iter();
        Some(columns.map(|(column, _)| out_of(cell(*column), |words| context.say(words).to_owned())).collect())
    }
}
