//! How the list is laid out: sorting, sums, and views kept under a name.

use super::{List, Question};
use crate::book::arrangement::{Arrangement, SHIPPED};
use crate::book::command::Command;
use crate::book::sorting::Sorting;
use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::domain::view::SavedView;
use crate::query::field::{Column, columns};
use crate::text::{Words, words};
use crate::ui::context::Context;
use crate::ui::effect::{Answer, Choosing, Effect, Place};

const SORT_BY: Words = words("Sort by", "按哪一列排序");
const THEN_BY: Words = words("Then sort by", "再按哪一列排序");
const SUM_UP: Words = words("Sum up", "合计哪一列");
const VIEWS: Words = words("Views", "视图");
const KEEP_AS: Words = words("Keep this view as", "视图存为");
const DROP: Words = words("Drop which view", "删除哪个视图");
const KEPT: Words = words("View kept", "视图已保存");
const DROPPED: Words = words("View dropped; undo brings it back", "视图已删除，撤销可找回");

/// The columns that can be summed up.
fn summable() -> impl Iterator<Item = Column> {
    Column::ALL.iter().copied().filter(|column| column.field().holds.is_number())
}

impl List {
    /// Asks which column to sort by.
    pub(super) fn choose_sorting(&mut self, also: bool, context: &Context<'_>) -> Effect {
        let place = |column: Column| self.layout.sorting.iter().position(|sorting| sorting.column == column);
        let hint = |column: Column| match place(column).and_then(|place| Some((place, self.layout.sorting.get(place)?)))
        {
            Some((place, sorting)) => {
                let way = if sorting.descending {
                    words("largest first", "从大到小")
                } else {
                    words("smallest first", "从小到大")
                };
                format!("{} {}", place + 1, context.say(way))
            }
            None => String::new(),
        };
        let option = |field: &'static crate::query::field::Field| {
            let hint = field.column.map(|(column, _)| hint(column)).unwrap_or_default();
            (field.heading(context.language).to_owned(), hint)
        };
        let options = columns().map(option).collect();
        let leading = self.layout.sorting.first().map(|sorting| sorting.column);
        let selected =
            columns().position(|field| field.column.map(|(column, _)| column) == leading).unwrap_or_default();
        self.question = Question::Sort { also };
        let title = if also { THEN_BY } else { SORT_BY };
        Effect::Open(Place::Choose(Choosing { title, options, selected, own: false }))
    }

    /// Takes the answer; a column chosen again is turned round, and numbers begin with the largest.
    pub(super) fn sort_by(&mut self, place: usize, also: bool) {
        let Some((column, _)) = columns().nth(place).and_then(|field| field.column) else { return };
        let numbers = column.field().holds.is_number();
        let before = self.layout.sorting.iter().position(|sorting| sorting.column == column);
        let again = before.and_then(|place| self.layout.sorting.get_mut(place));
        match again {
            Some(sorting) if also => sorting.descending = !sorting.descending,
            _ => {
                let leads = before == Some(0) && self.layout.sorting.len() == 1;
                let descending = match self.layout.sorting.first() {
                    Some(sorting) if leads => !sorting.descending,
                    _ => numbers,
                };
                let sorting = Sorting { column, descending };
                if also { self.layout.sorting.push(sorting) } else { self.layout.sorting = vec![sorting] }
            }
        }
    }

    /// Turns the whole order round.
    pub(super) fn turn_round(&mut self, context: &Context<'_>) {
        for sorting in &mut self.layout.sorting {
            sorting.descending = !sorting.descending;
        }
        self.arrange(context, false);
    }

    /// Asks which column to sum up; the first takes the sum away.
    pub(super) fn choose_sum(&mut self, context: &Context<'_>) -> Effect {
        let none = context.say(words("no sum", "不合计")).to_owned();
        let heading = |column: Column| column.field().heading(context.language).to_owned();
        let options = std::iter::once(none).chain(summable().map(heading)).map(|name| (name, String::new())).collect();
        let selected = summable().position(|column| Some(column) == self.layout.summed).map_or(0, |place| place + 1);
        self.question = Question::Sum;
        Effect::Open(Place::Choose(Choosing { title: SUM_UP, options, selected, own: false }))
    }

    /// Takes the answer.
    pub(super) fn sum_up(&mut self, place: usize) {
        self.layout.summed = place.checked_sub(1).and_then(|place| summable().nth(place));
        self.sums = None;
    }

    /// Asks which view; digits choose the first nine, `+` keeps one, `-` drops one.
    pub(super) fn choose_view(&mut self, context: &Context<'_>) -> Effect {
        let saved = context.book().standards().views().iter().map(|view| (view.name.clone(), view.filter.clone()));
        let shipped = SHIPPED.iter().map(|shipped| {
            let filter = crate::query::filter::Filter::read(&shipped.arrangement().filter);
            // The one word of the book's own in it is said as the book says it.
            let won = context.book().standards().stage_shown("won", context.language);
            let said = filter.map(|filter| filter.said(context.language).replace("won", won)).unwrap_or_default();
            (context.say(shipped.words).to_owned(), said)
        });
        let mut options: Vec<(String, String)> = saved.chain(shipped).collect();
        let saved_and_shipped = options.len();
        options.push((context.say(words("keep this as a view …", "把现在的样子存为视图……")).to_owned(), String::new()));
        if !context.book().standards().views().is_empty() {
            options.push((context.say(words("drop a view …", "删除一个视图……")).to_owned(), String::new()));
        }
        self.question = Question::View;
        let acts = options.len() - saved_and_shipped;
        let choosing = Choosing { title: VIEWS, options, selected: 0, own: false };
        Effect::Open(Place::ChooseNumbered { choosing, about: String::new(), acts })
    }

    /// Takes the view chosen.
    pub(super) fn view_chosen(&mut self, place: usize, context: &Context<'_>) -> Effect {
        let saved = context.book().standards().views();
        let shipped = place.checked_sub(saved.len());
        if let Some(view) = saved.get(place) {
            self.lay_out(Arrangement::of(view), &view.name.clone(), context);
        } else if let Some(shipped) = shipped.and_then(|place| SHIPPED.get(place)) {
            let name = if shipped.key == "all" { "" } else { context.say(shipped.words) };
            self.lay_out(shipped.arrangement(), name, context);
        } else if shipped == Some(SHIPPED.len()) {
            return self.ask_name(context);
        } else {
            return self.ask_which_to_drop(context);
        }
        Effect::None
    }

    /// Lays the list out anew.
    pub(super) fn lay_out(&mut self, layout: Arrangement, name: &str, context: &Context<'_>) {
        self.filter.set(&layout.filter);
        self.layout = layout;
        name.clone_into(&mut self.called);
        (self.first_column, self.sums) = (0, None);
        self.opened_from.clear();
        self.find = super::Input::default();
        self.seen = None;
        self.arrange(context, false);
    }

    fn ask_name(&mut self, context: &Context<'_>) -> Effect {
        let names = context.book().standards().views().iter();
        let again = context.say(words("write over it", "覆盖"));
        let options = names.map(|view| (view.name.clone(), again.to_owned())).collect();
        self.question = Question::Keep;
        Effect::Open(Place::Choose(Choosing { title: KEEP_AS, options, selected: 0, own: true }))
    }

    /// Keeps the layout under a name: a new view, or one of those kept.
    pub(super) fn keep_view(&mut self, answer: Answer, context: &Context<'_>) -> Effect {
        let saved = context.book().standards().views();
        let before = match &answer {
            Answer::Option(place) => saved.get(*place).cloned(),
            Answer::Own(name) => saved.iter().find(|view| view.name == name.trim()).cloned(),
            _ => return Effect::None,
        };
        let name = match (&before, &answer) {
            (Some(view), _) => view.name.clone(),
            (None, Answer::Own(name)) if !name.trim().is_empty() => name.trim().to_owned(),
            _ => return Effect::None,
        };
        self.called.clone_from(&name);
        let position = saved.iter().map(|view| view.position + 1).max().unwrap_or(0);
        let command = match before {
            Some(before) => {
                let after: SavedView = self.layout.saved(before.id, &name, before.position);
                crate::book::command::edit_between(&before.into(), &Record::from(after))
            }
            None => Some(Command::Add(Box::new(self.layout.saved(Id::BOOK, &name, position).into()))),
        };
        command.map_or(Effect::None, |command| Effect::Run(command, KEPT))
    }

    fn ask_which_to_drop(&mut self, context: &Context<'_>) -> Effect {
        let options =
            context.book().standards().views().iter().map(|view| (view.name.clone(), view.filter.clone())).collect();
        self.question = Question::Drop;
        Effect::Open(Place::Choose(Choosing { title: DROP, options, selected: 0, own: false }))
    }

    /// Drops a view.
    pub(super) fn drop_view(place: usize, context: &Context<'_>) -> Effect {
        match context.book().standards().views().get(place) {
            Some(view) => Effect::Run(Command::Remove { kind: Kind::SavedView, id: view.id, home: Id::BOOK }, DROPPED),
            None => Effect::None,
        }
    }
}
