//! What a salesperson's world is made of: plain records and their rules.

pub mod change;
pub mod choice;
pub mod cost;
pub mod customer;
pub mod deal;
pub mod feedback;
pub mod fields;
pub mod follow_up;
pub mod id;
pub mod list;
pub mod measure;
pub mod money;
pub mod order;
pub mod part;
pub mod people;
pub mod preset;
pub mod record;
pub mod target;
pub mod tiers;
pub mod time;
pub mod value;
pub mod view;
pub mod working;
