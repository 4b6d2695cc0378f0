//! Which key asks for which act.
