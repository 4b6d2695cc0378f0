//! What stands today though it should not. A line may be taken off these lists, and none put on.

/// Files on a circle.
pub const ON_A_CIRCLE: &[&str] = &[
    "book/beyond.rs",
    "book/cell.rs",
    "book/mod.rs",
    "book/packed.rs",
    "book/places.rs",
    "book/row.rs",
    "book/tiers/products.rs",
    "book/tiers/say.rs",
    "book/tiers/why.rs",
    "query/field.rs",
    "query/table.rs",
    "store/codec/chunk.rs",
    "store/codec/entry.rs",
    "store/codec/frame.rs",
    "store/codec/mod.rs",
    "store/codec/record.rs",
    "store/doubt.rs",
    "store/mod.rs",
    "store/opening.rs",
    "store/replay.rs",
    "store/writing.rs",
];

/// Files that take from a room above or beside them inside their own.
pub const CLIMBING: &[&str] = &[
    "book/beyond.rs takes from book/cell.rs",
    "book/beyond.rs takes from book/tiers/products.rs",
    "book/cell.rs takes from book/tiers/say.rs",
    "book/mod.rs takes from book/beyond.rs",
    "book/mod.rs takes from book/tiers/mod.rs",
    "book/offering.rs takes from book/tiers/say.rs",
    "book/packed.rs takes from book/row.rs",
    "book/places.rs takes from book/mod.rs",
    "book/row.rs takes from book/mod.rs",
];

/// Types whose blocks lie in more than four files.
pub const SPREAD: &[&str] = &["book::Book", "store::Store", "ui::app::App", "ui::view::list::List"];
