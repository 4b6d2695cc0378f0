//! A way to look at the customers that is kept under a name.

use crate::domain::fields::record;

record! {
    /// A view of the customer list 视图.
    SavedView {
        /// Name 名称.
        1 name: String,
        /// Whom it shows, in the filter language; empty for everybody.
        2 filter: String,
        /// Columns by name, each with its width; an empty width leaves it to the column.
        3 columns: Vec<(String, String)>,
        /// Columns it is sorted by, the first leading; a minus before one turns it round.
        4 sorting: Vec<String>,
        /// The field it is grouped by.
        5 grouping: String,
        /// The column summed up in the last line.
        6 summed: String,
        /// How many columns stay when the others move.
        7 frozen: u32,
        /// Place among the views.
        8 position: u32,
    }
}
