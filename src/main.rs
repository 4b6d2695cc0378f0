//! Arguments in, the screen or a command out.

fn main() {}
