//! How the list is laid out: what it can be sorted by, grouped by and summed up, and the views kept under a name.

use crate::book::arrangement::{Arrangement, SHIPPED};
use crate::book::command::{Command, edit_between};
use crate::book::grouping::can_group;
use crate::book::sorting::Sorting;
use crate::domain::id::Id;
use crate::domain::record::{Kind, Record};
use crate::domain::view::SavedView;
use crate::query::field::{Column, Field, columns};
use crate::query::filter::Filter;
use crate::text::{Words, words};
use crate::ui::choosing::Choosing;
use crate::ui::context::Context;
use crate::ui::effect::Effect;

const GROUP_BY: Words = words("Group by", "按什么分组");
const SORT_BY: Words = words("Sort by", "按哪一列排序");
const THEN_BY: Words = words("Then sort by", "再按哪一列排序");
const SUM_UP: Words = words("Sum up", "合计哪一列");
const VIEWS: Words = words("Views", "视图");
const KEEP_AS: Words = words("Keep this view as", "视图存为");
const DROP: Words = words("Drop which view", "删除哪个视图");
const KEPT: Words = words("View kept", "视图已保存");
const DROPPED: Words = words("View dropped; undo brings it back", "视图已删除，撤销可找回");

/// What is chosen of a layout.
pub(super) enum Laid {
    /// The column it is sorted by, after those it is sorted by or instead.
    Sort { column: Column, also: bool },
    /// The column customers are grouped by, or none.
    Group(Option<Column>),
    /// The column summed up, or none.
    Sum(Option<Column>),
    /// A layout, and what it is called.
    View(Box<Arrangement>, String),
    /// The view is to be kept; it is still to be said how it is called.
    Keep,
    /// It is kept under this name: in place of a view, where one is named.
    KeepAs(Option<Id>, String),
    /// A view is to be dropped; it is still to be said which.
    Drop,
    /// This one is.
    DropView(Id),
}

/// The columns of fields that are such.
fn columns_of(is_such: impl Fn(&Field) -> bool) -> impl Iterator<Item = Column> {
    columns().filter(move |field| is_such(field)).filter_map(|field| field.column.map(|(column, _)| column))
}

fn heading(column: Column, context: &Context<'_>) -> String {
    column.field().heading(context.language).to_owned()
}

/// Which column to sort by.
pub(super) fn sortings(layout: &Arrangement, also: bool, context: &Context<'_>) -> Choosing<Laid> {
    let place = |column: Column| layout.sorting.iter().position(|sorting| sorting.column == column);
    let hint = |column: Column| match place(column).and_then(|place| Some((place, layout.sorting.get(place)?))) {
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
    let option = |column| (Laid::Sort { column, also }, heading(column, context), hint(column));
    let leading = layout.sorting.first().map(|sorting| sorting.column);
    let title = if also { THEN_BY } else { SORT_BY };
    let choosing = Choosing::hinted(title, columns_of(|_| true).map(option));
    choosing.selecting(|laid| matches!(laid, Laid::Sort { column, .. } if Some(*column) == leading))
}

/// Sorts by a column; one chosen again is turned round, and numbers begin with the largest.
pub(super) fn sort_by(layout: &mut Arrangement, column: Column, also: bool) {
    let numbers = column.field().holds.is_number();
    let before = layout.sorting.iter().position(|sorting| sorting.column == column);
    let again = before.and_then(|place| layout.sorting.get_mut(place));
    match again {
        Some(sorting) if also => sorting.descending = !sorting.descending,
        _ => {
            let leads = before == Some(0) && layout.sorting.len() == 1;
            let descending = match layout.sorting.first() {
                Some(sorting) if leads => !sorting.descending,
                _ => numbers,
            };
            let sorting = Sorting { column, descending };
            if also { layout.sorting.push(sorting) } else { layout.sorting = vec![sorting] }
        }
    }
}

/// Which column to group by; the first takes the groups away.
pub(super) fn groupings(layout: &Arrangement, context: &Context<'_>) -> Choosing<Laid> {
    let none = (Laid::Group(None), context.say(words("no groups", "不分组")).to_owned());
    let can = columns_of(|_| true).filter(|column| can_group(*column));
    let options = std::iter::once(none).chain(can.map(|column| (Laid::Group(Some(column)), heading(column, context))));
    let choosing = Choosing::new(GROUP_BY, options);
    choosing.selecting(|laid| matches!(laid, Laid::Group(column) if *column == layout.grouping))
}

/// Which column to sum up; the first takes the sum away.
pub(super) fn sums(layout: &Arrangement, context: &Context<'_>) -> Choosing<Laid> {
    let none = (Laid::Sum(None), context.say(words("no sum", "不合计")).to_owned());
    let numbers = columns_of(|field| field.holds.is_number());
    let options =
        std::iter::once(none).chain(numbers.map(|column| (Laid::Sum(Some(column)), heading(column, context))));
    Choosing::new(SUM_UP, options).selecting(|laid| matches!(laid, Laid::Sum(column) if *column == layout.summed))
}

/// Which view; digits choose the first nine, `+` keeps one, `-` drops one.
pub(super) fn views(context: &Context<'_>) -> Choosing<Laid> {
    let views = context.book().standards().views();
    let saved = views.iter().map(|view| {
        (Laid::View(Box::new(Arrangement::of(view)), view.name.clone()), view.name.clone(), view.filter.clone())
    });
    let shipped = SHIPPED.iter().map(|shipped| {
        let layout = shipped.arrangement();
        // The one word of the book's own in it is said as the book says it.
        let won = context.book().standards().stage_shown("won", context.language);
        let filter = Filter::read(&layout.filter);
        let said = filter.map(|filter| filter.said(context.language).replace("won", won)).unwrap_or_default();
        let name = context.say(shipped.words).to_owned();
        let called = if shipped.key == "all" { String::new() } else { name.clone() };
        (Laid::View(Box::new(layout), called), name, said)
    });
    let choosing = Choosing::hinted(VIEWS, saved.chain(shipped)).numbered(String::new());
    let choosing = choosing.with_act(Laid::Keep, context.say(words("keep this as a view …", "把现在的样子存为视图……")));
    match views.is_empty() {
        true => choosing,
        false => choosing.with_act(Laid::Drop, context.say(words("drop a view …", "删除一个视图……"))),
    }
}

/// Under which name the view is kept.
pub(super) fn names(context: &Context<'_>) -> Choosing<Laid> {
    let again = context.say(words("write over it", "覆盖"));
    let views = context.book().standards().views().iter();
    let options =
        views.map(|view| (Laid::KeepAs(Some(view.id), view.name.clone()), view.name.clone(), again.to_owned()));
    Choosing::hinted(KEEP_AS, options).or_typed(|name| Laid::KeepAs(None, name.trim().to_owned()))
}

/// Which view is dropped.
pub(super) fn dropped(context: &Context<'_>) -> Choosing<Laid> {
    let views = context.book().standards().views().iter();
    Choosing::hinted(DROP, views.map(|view| (Laid::DropView(view.id), view.name.clone(), view.filter.clone())))
}

/// Keeps a layout under a name: a new view, or one of those kept.
pub(super) fn keep(layout: &Arrangement, id: Option<Id>, name: &str, context: &Context<'_>) -> Effect {
    let saved = context.book().standards().views();
    let is_it = |view: &&SavedView| id.map_or(view.name == name, |id| view.id == id);
    let command = match saved.iter().find(is_it).cloned() {
        Some(before) => {
            let after: SavedView = layout.saved(before.id, name, before.position);
            edit_between(&before.into(), &Record::from(after))
        }
        None => {
            let position = saved.iter().map(|view| view.position + 1).max().unwrap_or(0);
            Some(Command::Add(Box::new(layout.saved(Id::BOOK, name, position).into())))
        }
    };
    command.map_or(Effect::None, |command| Effect::Run(command, KEPT))
}

/// Drops a view, where it is still there.
pub(super) fn drop_view(id: Id, context: &Context<'_>) -> Effect {
    if !context.book().standards().views().iter().any(|view| view.id == id) {
        return Effect::None;
    }
    Effect::Run(Command::Remove { kind: Kind::SavedView, id, home: Id::BOOK }, DROPPED)
}
