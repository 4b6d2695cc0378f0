//! Files small enough to be read beside what is expected of them.
