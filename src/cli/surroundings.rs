//! What the program finds around it, and where a command reads and writes.

use crate::config::{Environment, Folders};
use crate::desk::Desk;
use crate::domain::time::Moment;
use std::io::{Read, Write};

/// Which of the three ends is a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terminals {
    /// Standard input.
    pub input: bool,
    /// Standard output.
    pub out: bool,
    /// Standard error.
    pub err: bool,
}

/// What the program finds around it, so that a command depends on nothing else.
pub struct Surroundings<'a> {
    /// The variables of the environment.
    pub environment: Environment<'a>,
    /// The folders of whoever runs it.
    pub folders: Option<Folders>,
    /// The system's clock.
    pub now: Moment,
    /// What ids are made from.
    pub seed: u64,
    /// Which ends are terminals.
    pub terminals: Terminals,
}

/// Where a command reads and writes.
pub struct Ends<'a> {
    /// What is piped in.
    pub input: &'a mut dyn Read,
    /// The answer.
    pub out: &'a mut dyn Write,
    /// Everything else.
    pub err: &'a mut dyn Write,
    /// The desk of an open session, for a command that is done beside it.
    pub lent: Option<&'a mut Desk>,
}
