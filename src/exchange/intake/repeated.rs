//! A record that stands twice in one file: the first is kept, the second adds what was missing and is reported where it differs.

use crate::domain::record::Kind;
use crate::domain::value::Value;
use crate::exchange::intake::column::{Column, Use};
use crate::exchange::intake::draft::Draft;
use crate::exchange::intake::model::{Incoming, number_of, text_of};
use crate::exchange::intake::reading::Reading;
use crate::exchange::intake::source::Source;
use crate::exchange::reason::Reason;
use crate::exchange::split::Row;
use crate::exchange::text_key::normal_name;

impl Reading<'_> {
    /// Compares a row with the one above of the same code, or where it has none of the same name. What it says otherwise is
    /// taken out of the draft and reported; what the first did not say is added to it.
    pub(super) fn heed_first(&mut self, draft: &mut Draft, source: &Source, row: &Row, kind: Kind) {
        let Some(key) = self.key_of(draft, kind) else { return };
        let word = self.intake.incoming.keep(&key);
        let next = self.intake.incoming.len() as u32;
        let place = *self.firsts.0.entry((source.file, kind, word)).or_insert(next);
        if place == next {
            return;
        }
        let Some(mut first) = self.intake.incoming.get(place as usize) else { return };
        let line = first.line;
        for (number, own) in differing(&mut first, draft) {
            let is_it = |column: &Column| match &own {
                Some(name) => matches!(column.used, Use::Own) && column.shown() == *name,
                None => column.number == Some(number),
            };
            let at = source.columns.iter().position(is_it);
            let shown = at.and_then(|at| source.columns.get(at)).map(Column::shown).unwrap_or_default();
            let value = at.map(|at| row.cell(at).to_owned()).unwrap_or_default();
            self.problem(source, row.line, shown, &value, Reason::SaidAbove(line));
        }
        self.intake.incoming.set(place as usize, &first);
    }

    /// What a record is known by within its file; nothing for kinds whose rows may well be alike.
    fn key_of(&self, draft: &Draft, kind: Kind) -> Option<String> {
        let text = |name: &str| text_of(kind, name, &draft.fields);
        let key = match kind {
            Kind::Customer if text("code").is_empty() => format!("={}", normal_name(&text("name"))),
            Kind::Customer => text("code"),
            Kind::Contact => {
                let whose = draft.links.iter().find(|(number, _)| Some(*number) == number_of(kind, "customer"));
                let (code, name) = whose.map(|(_, word)| (word.code.as_str(), word.name.as_str()))?;
                let whose = if code.is_empty() { normal_name(name) } else { code.to_owned() };
                format!("{whose}\t{}", normal_name(&text("name")))
            }
            Kind::Deal => text("number"),
            Kind::Product | Kind::Owner | Kind::Team => normal_name(&text("name")),
            _ => String::new(),
        };
        (!key.is_empty()).then_some(key)
    }
}

/// Adds to `first` what it lacks, and leaves in the draft only what both say; gives the fields in which they differ, and
/// of those kept as own fields the name.
fn differing(first: &mut Incoming, draft: &mut Draft) -> Vec<(u16, Option<String>)> {
    let mut differ = Vec::new();
    draft.fields.retain_mut(|(number, value)| {
        let known = first.fields.iter_mut().find(|(known, _)| known == number).map(|(_, held)| held);
        match (known, &mut *value) {
            (None, value) => first.fields.push((*number, value.clone())),
            (Some(Value::Pairs(held)), Value::Pairs(more)) => {
                let differs =
                    |(name, text): &&(String, String)| held.iter().any(|(other, known)| other == name && known != text);
                differ.extend(more.iter().filter(differs).map(|(name, _)| (*number, Some(name.clone()))));
                more.retain(|(name, _)| !held.iter().any(|(other, _)| other == name));
                held.append(more);
                return false;
            }
            (Some(held), value) if held == value => {}
            (Some(_), _) => {
                differ.push((*number, None));
                return false;
            }
        }
        true
    });
    draft.links.retain(|(number, word)| {
        let known = first.links.iter().find(|(known, _)| known == number).map(|(_, held)| held);
        let other = known.is_some_and(|held| held != word);
        if other {
            differ.push((*number, None));
        } else if known.is_none() {
            first.links.push((*number, word.clone()));
        }
        !other
    });
    differ
}
