//! Customers of the list written to a file, with the columns the list shows.

use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::exchange::export::cell::OutCell;
use crate::exchange::export::record::out_of;
use crate::exchange::export::{Asked, Format, Subject, write, write_rows};
use crate::query::field::Column;
use crate::text::{Language, words};
use crate::ui::choosing::Choosing;
use crate::ui::context::Context;
use crate::ui::effect::{Effect, Notice, Outgoing};
use crate::ui::view::formats::FORMATS;

/// Customers written from the screen: more of them would keep a key waiting, and are for the command line.
const MOST: usize = 5_000;

/// In which format those of whom it tells are to be written.
pub(super) fn formats(whom: String, context: &Context<'_>) -> Choosing<Format> {
    let options = FORMATS.map(|(format, name)| (format, context.say(name).to_owned()));
    Choosing::new(words("Write to a file", "导出为文件"), options).numbered(whom)
}

/// The file of these customers, with these columns.
pub(super) fn exported(ids: &[Id], columns: &[Column], format: Format, context: &Context<'_>) -> Effect {
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
            let fields = columns.iter().map(|column| column.field());
            let headings: Vec<&str> = fields.map(|field| field.heading(context.language)).collect();
            let rows = ids.iter().filter_map(|id| cells(*id, columns, context));
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
fn cells(id: Id, columns: &[Column], context: &Context<'_>) -> Option<Vec<OutCell>> {
    let row = context.book().row_of(id)?;
    let cell = |column| context.book().cell(row, column, context.today(), context.language).cell;
    Some(columns.iter().map(|column| out_of(cell(*column), |words| context.say(words).to_owned())).collect())
}
