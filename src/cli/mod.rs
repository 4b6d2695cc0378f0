//! What can be done without the screen.
