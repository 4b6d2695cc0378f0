//! What one row says, before it is known whether it is kept.

use crate::domain::deal::StageMove;
use crate::domain::value::Value;
use crate::exchange::intake::model::LinkWord;
use crate::exchange::intake::order::LineCells;

/// What one row says, before it is known whether it is kept.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) fields: Vec<(u16, Value)>,
    pub(super) links: Vec<(u16, LinkWord)>,
    pub(super) own: Vec<(String, String)>,
    pub(super) contact: Vec<(u16, Value)>,
    pub(super) region: Vec<(u8, String)>,
    pub(super) line: LineCells,
    pub(super) number: String,
    pub(super) step: StageMove,
    /// The stage whose entry a date's heading names, as in `engage date`.
    pub(super) entered: Option<StageMove>,
}
