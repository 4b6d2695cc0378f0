//! Keys that mean one thing wherever they mean anything: no screen, of today or to come, takes one of them for something
//! else. Others are free.

use crate::ui::action::Action;

/// A key, what it means, and the acts that mean just that.
pub struct Reserved {
    /// The key, as keymap files write it.
    pub key: &'static str,
    /// What it means on every screen.
    pub means: &'static str,
    /// The acts of today that mean it; none while it waits for its first.
    pub acts: &'static [Action],
}

/// The keys reserved.
pub const RESERVED: &[Reserved] = &[
    Reserved { key: "w", means: "why: explain the figure or the advice", acts: &[] },
    Reserved { key: "C-w", means: "why, with a Chinese input method switched on", acts: &[] },
    Reserved {
        key: "E",
        means: "write what is seen to a file",
        acts: &[Action::ExportRows, Action::ExportReview, Action::ExportMeeting, Action::WriteProblems],
    },
    Reserved {
        key: "C-e",
        means: "write to a file, with a Chinese input method switched on",
        acts: &[Action::ExportRows, Action::ExportReview, Action::ExportMeeting, Action::WriteProblems],
    },
    Reserved { key: "e", means: "edit what is selected", acts: &[Action::Edit, Action::NoteFinding] },
    Reserved {
        key: "x",
        means: "do away with what is selected: done, lost, taken back, left out",
        acts: &[Action::Done, Action::LoseDeal, Action::Revert, Action::LeaveOut],
    },
    Reserved {
        key: "l",
        means: "to the right; where nothing lies there, the lineage of a value",
        acts: &[Action::Right, Action::NextColumn],
    },
    Reserved {
        key: "n",
        means: "make it a next step; in a list that is looked through, the next one found",
        acts: &[Action::TakeAdvice, Action::NextMatch],
    },
    Reserved { key: "m", means: "mark or merge", acts: &[] },
];
