//! The columns of a sheet understood: by what the user said, by their headings, and by those beside them.

use crate::domain::record::Kind;
use crate::exchange::cell::{RateEvidence, RateRule};
use crate::exchange::date::{DateOrder, OrderEvidence};
use crate::exchange::header::{Heading, is_reason};
use crate::exchange::intake::beside::{beside_each_other, named_near, settled};
use crate::exchange::intake::column::{Column, Names, Use, as_use, is_named, linked, topics};
use crate::exchange::intake::model::{IntakeError, Options, Problem, Role};
use crate::exchange::sheet::Sheet;
use crate::query::field::{fields, fold};

/// Understands the columns of a sheet whose rows play `role`; `report` is told of those not read as a field.
///
/// # Errors
/// The user paired a column with a field that does not exist.
pub(super) fn map_columns(
    sheet: &Sheet,
    role: Role,
    names: &Names,
    options: &Options,
    report: &mut dyn FnMut(Problem),
) -> Result<Vec<Column>, IntakeError> {
    let default_unit = options.unit.or(sheet.title_unit()).unwrap_or_default();
    let asked = sheet.headings.iter().map(|heading| asked(heading, role, options)).collect::<Result<Vec<_>, _>>()?;
    let uses = beside_each_other(&sheet.headings, role, &asked, names);
    let mut columns: Vec<Column> = Vec::new();
    for (at, (heading, used)) in sheet.headings.iter().zip(uses).enumerate() {
        let is_asked = asked.get(at).is_some_and(Option::is_some);
        let (used, reason) = settled(heading, used, role, &columns, if is_asked { &[] } else { &asked });
        let reason = reason.map(|reason| named_near(reason, heading, role, names));
        let column = Column {
            heading: heading.clone(),
            place: at + 1,
            used,
            number: number(used),
            timed: is_timed(used),
            unit: heading.unit.unwrap_or(default_unit),
            order: DateOrder::default(),
            rate: RateRule::default(),
            reference: None,
            dates: OrderEvidence::default(),
            rates: RateEvidence::default(),
        };
        let silent = role == Role::Reference || heading.text.is_empty() || is_reason(heading);
        if let Some(reason) = reason.filter(|_| !silent) {
            let line = sheet.header_line();
            report(Problem { file: 0, line, column: column.shown(), value: heading.text.clone(), reason, kept: true });
        }
        columns.push(column);
    }
    Ok(columns)
}

fn is_timed(used: Use) -> bool {
    matches!(used, Use::Field(field) | Use::Nested(field) if field.is_timed())
}

fn number(used: Use) -> Option<u16> {
    match used {
        Use::Field(field) | Use::Nested(field) => field.number(),
        _ => None,
    }
}

/// What the user said this column is.
fn asked(heading: &Heading, role: Role, options: &Options) -> Result<Option<Use>, IntakeError> {
    let Some((name, _)) = options.map.iter().find(|(_, column)| is_named(heading, column)) else { return Ok(None) };
    let folded = fold(name);
    let found = topics(role).iter().find_map(|topic| {
        let field = fields(*topic).find(|field| field.is_called(&folded) && field.stores.is_some())?;
        Some(as_use(role, field))
    });
    match (found, role) {
        (Some(used), _) => Ok(Some(used)),
        (None, Role::Rows(kind)) if linked(kind, "customer") && folded == "customer" => Ok(Some(Use::CustomerName)),
        (None, Role::Rows(kind)) if linked(kind, "owner") && folded == "owner" => Ok(Some(Use::OwnerName)),
        (None, _) if folded == "ignore" || folded == "custom" => {
            Ok(Some(if role == Role::Rows(Kind::Customer) && folded == "custom" { Use::Own } else { Use::Unread }))
        }
        _ => Err(IntakeError::NoSuchField(name.clone())),
    }
}
