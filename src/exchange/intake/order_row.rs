//! One row of a file of orders: a new order, a further line of one, or a line that waits for its order.

use crate::domain::record::Kind;
use crate::exchange::intake::column::{Column, Use};
use crate::exchange::intake::draft::Draft;
use crate::exchange::intake::model::number_of;
use crate::exchange::intake::reading::Reading;
use crate::exchange::intake::source::Source;
use crate::exchange::reason::Reason;
use crate::exchange::split::Row;

impl Reading<'_> {
    /// Takes a row of an order.
    pub(super) fn take_order(&mut self, source: &Source, row: &Row) -> Result<(), Reason> {
        let before = self.intake.problems.len();
        let draft = self.draft(source, row, Kind::Order);
        let whose = number_of(Kind::Order, "customer");
        if draft.number.is_empty()
            && draft.line.is_empty()
            && !draft.links.iter().any(|(field, _)| Some(*field) == whose)
        {
            return Err(Reason::EmptyOrder);
        }
        if let Some(place) = self.desk.known(&draft.number, &mut self.intake.incoming) {
            if self.is_another_order(place, &draft) {
                return Err(Reason::OtherOrder);
            }
            self.same_order(place, &draft, source, row);
            self.desk.add(place, &draft.line, (source.file, row.line), &mut self.intake.incoming);
            return Ok(());
        }
        if let Some(place) = self.desk.above(source.file).filter(|_| goes_on(&draft)) {
            self.desk.add(place, &draft.line, (source.file, row.line), &mut self.intake.incoming);
            return Ok(());
        }
        // Known again by its amount alone, the mended row would be a second order.
        if draft.number.is_empty() && draft.line.lacks_amount() {
            return Err(Reason::AmountUnknown);
        }
        let place = self.intake.incoming.len();
        let date = number_of(Kind::Order, "date");
        let dated = |column: &Column| matches!(column.used, Use::Field(_)) && column.number == date;
        let bad_date = source
            .columns
            .iter()
            .find(|column| dated(column))
            .map(Column::shown)
            .is_some_and(|shown| self.intake.problems.iter().skip(before).any(|problem| problem.column == shown));
        if !bad_date && !draft.fields.iter().any(|(field, _)| Some(*field) == date) {
            self.problem(source, row.line, String::new(), &draft.number, Reason::NoDate);
        }
        if self.desk.is_first_unnumbered(&draft.number, source.file) {
            self.note(source, row.line, "", Reason::Unnumbered);
        }
        self.desk.name(&draft.number, place, source.file, &mut self.intake.incoming);
        self.desk.add(place, &draft.line, (source.file, row.line), &mut self.intake.incoming);
        self.push(Kind::Order, source, row, None, draft.fields, draft.links);
        Ok(())
    }

    /// Whether a row with the number of an order above names another customer or another day: a slip of the number, and
    /// never to be added to the order above.
    fn is_another_order(&self, place: usize, draft: &Draft) -> bool {
        let Some(order) = self.intake.incoming.get(place) else { return false };
        let date = number_of(Kind::Order, "date");
        let other_day = draft.fields.iter().any(|(number, value)| {
            Some(*number) == date && order.fields.iter().any(|(known, held)| known == number && held != value)
        });
        let whose = number_of(Kind::Order, "customer");
        let other_customer = draft.links.iter().any(|(number, word)| {
            Some(*number) == whose && order.links.iter().any(|(known, held)| known == number && held != word)
        });
        other_day || other_customer
    }

    /// A further row of an order: it may fill what was empty, and is reported when it says something else.
    fn same_order(&mut self, place: usize, draft: &Draft, source: &Source, row: &Row) {
        let Some(mut order) = self.intake.incoming.get(place) else { return };
        let (mut differs, fields, links) = (false, order.fields.len(), order.links.len());
        for (number, value) in &draft.fields {
            match order.fields.iter().find(|(known, _)| known == number) {
                Some((_, known)) => differs |= known != value,
                None => order.fields.push((*number, value.clone())),
            }
        }
        for (number, word) in &draft.links {
            match order.links.iter().find(|(known, _)| known == number) {
                Some((_, known)) => differs |= known != word,
                None => order.links.push((*number, word.clone())),
            }
        }
        if order.fields.len() > fields || order.links.len() > links {
            self.intake.incoming.set(place, &order);
        }
        if differs || (draft.line.is_empty() && order.file == source.file) {
            self.problem(source, row.line, String::new(), &draft.number, Reason::SameKey);
        }
    }

    /// Takes a line whose order stands in another file.
    pub(super) fn take_line(&mut self, source: &Source, row: &Row) -> Result<(), Reason> {
        let draft = self.draft(source, row, Kind::Order);
        if draft.number.is_empty() {
            return Err(Reason::Nameless);
        }
        self.desk.wait(&draft.number, &draft.line, (source.file, row.line), &mut self.intake.incoming);
        Ok(())
    }
}

/// Whether a row without an order's head belongs to the order above it: it says so, or says nothing of its own head.
fn goes_on(draft: &Draft) -> bool {
    let said = draft.line.number.is_some_and(|number| number > 1);
    let headless = draft.links.is_empty() && draft.fields.is_empty() && draft.line.number.is_none();
    draft.number.is_empty() && !draft.line.is_empty() && (said || headless)
}
