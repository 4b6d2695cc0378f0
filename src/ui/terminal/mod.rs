//! The real terminal: what is read from it, what is written to it, and its end.
