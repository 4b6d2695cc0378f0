//! How the customers are laid out: whom, in which columns, sorted, grouped and summed by what; kept as a view or shipped.

use crate::book::sorting::Sorting;
use crate::domain::id::Id;
use crate::domain::view::SavedView;
use crate::query::field::{Column, Field, called};
use crate::text::{Words, words};

/// Columns shown at first, in order.
pub const SHOWN: [Column; 15] = [
    Column::Name,
    Column::NextContact,
    Column::Owner,
    Column::LifeStage,
    Column::TotalAmount,
    Column::Phone,
    Column::LastPurchase,
    Column::Orders,
    Column::OrderValue,
    Column::Satisfaction,
    Column::Stage,
    Column::Industry,
    Column::Region,
    Column::Tier,
    Column::Code,
];

/// The layout of the customer list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrangement {
    /// Whom it shows, as written in the filter language; empty for everybody.
    pub filter: String,
    /// The columns in order, each with its own width where it has one.
    pub columns: Vec<(Column, Option<u16>)>,
    /// Columns it is sorted by, the first leading.
    pub sorting: Vec<Sorting>,
    /// The field it is grouped by.
    pub grouping: Option<Column>,
    /// The column summed up in the last line.
    pub summed: Option<Column>,
    /// How many columns stay when the others move.
    pub frozen: usize,
}

impl Default for Arrangement {
    fn default() -> Arrangement {
        Arrangement {
            filter: String::new(),
            columns: SHOWN.map(|column| (column, None)).to_vec(),
            sorting: vec![Sorting { column: Column::NextContact, descending: false }],
            grouping: None,
            summed: None,
            frozen: 1,
        }
    }
}

/// A view that comes with the program.
pub struct Shipped {
    /// Its name on the command line.
    pub key: &'static str,
    /// What it is called.
    pub words: Words,
    /// Whom it shows.
    filter: &'static str,
    /// What it is sorted by, largest first.
    largest: Option<Column>,
    /// The columns it is about: they stand first behind the name.
    about: &'static [Column],
}

/// The views that come with the program, in order.
#[rustfmt::skip]
pub const SHIPPED: [Shipped; 9] = [
    Shipped { key: "all", words: words("everybody", "全部客户"), filter: "", largest: None, about: &[] },
    Shipped { key: "mine", words: words("mine", "我的客户"), filter: "owner = me", largest: None, about: &[] },
    Shipped { key: "due", words: words("due for contact", "该联系的"), filter: "next_contact <= today", largest: None, about: &[Column::NextContact, Column::Phone] },
    Shipped {
        key: "stuck",
        words: words("stuck: open deal, no talk for 30 days", "停滞：有商机，30天没联系"),
        filter: "stage < won and (last_contact before 30 days ago or last_contact is empty)",
        largest: Some(Column::TotalAmount),
        about: &[Column::Stage, Column::LastContact, Column::TotalAmount],
    },
    Shipped {
        key: "unnoticed",
        words: words("unnoticed: no talk for 90 days, none planned", "无人跟进：90天没联系也没安排"),
        filter: "next_contact is empty and (last_contact before 90 days ago or last_contact is empty)",
        largest: Some(Column::TotalAmount),
        about: &[Column::LastContact, Column::TotalAmount],
    },
    Shipped { key: "new", words: words("new this month", "本月新客户"), filter: "first_purchase this month", largest: Some(Column::FirstPurchase), about: &[Column::FirstPurchase, Column::TotalAmount, Column::NextContact] },
    Shipped { key: "top", words: words("top 20%", "前20%大客户"), filter: "top 20%", largest: Some(Column::TotalAmount), about: &[Column::TotalAmount, Column::Orders, Column::LastPurchase] },
    Shipped { key: "churn", words: words("churn risk", "流失风险"), filter: "churn_risk = yes", largest: Some(Column::TotalAmount), about: &[Column::TotalAmount, Column::LastPurchase, Column::NextContact] },
    Shipped { key: "unplanned", words: words("no next contact", "未定下次联系"), filter: "next_contact is empty", largest: Some(Column::TotalAmount), about: &[Column::TotalAmount, Column::LastContact] },
];

impl Shipped {
    /// The layout.
    pub fn arrangement(&self) -> Arrangement {
        let plain = Arrangement::default();
        let largest = self.largest.map(|column| vec![Sorting { column, descending: true }]);
        let rest = SHOWN.iter().filter(|column| **column != Column::Name && !self.about.contains(column));
        let columns = [Column::Name].iter().chain(self.about).chain(rest).map(|column| (*column, None)).collect();
        let sorting = largest.unwrap_or(plain.sorting.clone());
        Arrangement { filter: self.filter.to_owned(), sorting, columns, ..plain }
    }
}

impl Arrangement {
    /// The layout that a view keeps; what it names that is no column is left out.
    pub fn of(view: &SavedView) -> Arrangement {
        let columns: Vec<(Column, Option<u16>)> =
            view.columns.iter().filter_map(|(name, width)| Some((column(name)?, width.parse().ok()))).collect();
        let sorting: Vec<Sorting> = view.sorting.iter().filter_map(|name| Sorting::read(name)).collect();
        let plain = Arrangement::default();
        Arrangement {
            filter: view.filter.clone(),
            columns: if columns.is_empty() { plain.columns } else { columns },
            sorting: if sorting.is_empty() { plain.sorting } else { sorting },
            grouping: column(&view.grouping),
            summed: column(&view.summed),
            frozen: view.frozen as usize,
        }
    }

    /// The layout as a view of this name.
    pub fn saved(&self, id: Id, name: &str, position: u32) -> SavedView {
        let name_of = |column: Column| column.field().name.to_owned();
        let width = |width: &Option<u16>| width.map_or(String::new(), |width| width.to_string());
        SavedView {
            id,
            name: name.to_owned(),
            filter: self.filter.clone(),
            columns: self.columns.iter().map(|(column, own)| (name_of(*column), width(own))).collect(),
            sorting: self.sorting.iter().map(Sorting::written).collect(),
            grouping: self.grouping.map_or(String::new(), name_of),
            summed: self.summed.map_or(String::new(), name_of),
            frozen: u32::try_from(self.frozen).unwrap_or(1),
            position,
            ..SavedView::default()
        }
    }
}

impl Sorting {
    /// `total_amount`, or `-total_amount` for the largest first.
    pub fn read(text: &str) -> Option<Sorting> {
        let descending = text.starts_with('-');
        column(text.trim_start_matches(['-', '+'])).map(|column| Sorting { column, descending })
    }

    /// As [`Sorting::read`] reads it.
    pub fn written(&self) -> String {
        let name = self.column.field().name;
        format!("{}{name}", if self.descending { "-" } else { "" })
    }
}

/// The column that goes by a name, in any of its words.
fn column(name: &str) -> Option<Column> {
    let field: Option<&Field> = called(name).filter(|_| !name.is_empty());
    field.and_then(|field| field.column).map(|(column, _)| column)
}

#[cfg(test)]
mod tests {
    use super::{Arrangement, SHIPPED};
    use crate::book::sorting::Sorting;
    use crate::domain::id::Id;
    use crate::query::field::Column;
    use crate::query::filter::Filter;

    #[test]
    fn a_layout_kept_as_a_view_comes_back_the_same() {
        let layout = Arrangement {
            filter: "客单价>10万".to_owned(),
            columns: vec![(Column::Name, Some(30)), (Column::Orders, None)],
            sorting: vec![
                Sorting { column: Column::Tier, descending: false },
                Sorting { column: Column::TotalAmount, descending: true },
            ],
            grouping: Some(Column::Region),
            summed: Some(Column::TotalAmount),
            frozen: 2,
        };
        assert_eq!(Arrangement::of(&layout.saved(Id::BOOK, "大客户", 3)), layout);
    }

    #[test]
    fn every_shipped_view_asks_something_that_can_be_read() {
        for shipped in SHIPPED.iter().filter(|shipped| !shipped.filter.is_empty()) {
            assert!(Filter::read(shipped.filter).is_ok(), "{}", shipped.key);
        }
    }
}
