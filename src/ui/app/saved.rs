//! What is being saved, and what is done when it is.

/// What is being written beside the screen.
#[derive(Default)]
pub(super) struct Saving {
    /// The desk is away, being written at; what stands here in its place can only be read.
    pub(super) at_desk: bool,
    /// Drafts are being written down.
    pub(super) drafts: bool,
    /// The drafts of these keys are to go as soon as no draft is being written.
    pub(super) forgotten: Vec<String>,
    /// The program is left as soon as everything is saved.
    pub(super) leaving: bool,
    /// Something was saved since the store was last settled down.
    pub(super) unsettled: bool,
}

/// What is done on the screen when commands were run.
#[derive(Default)]
pub(super) struct Saved {
    /// The draft that is then of no use.
    pub(super) key: Option<String>,
    /// The line that was logged, to be recalled.
    pub(super) line: Option<String>,
    /// The view that asked for it goes.
    pub(super) closes: bool,
}
