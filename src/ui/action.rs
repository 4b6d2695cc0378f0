//! The one table of acts a key can ask for.
