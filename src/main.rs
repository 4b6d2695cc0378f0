//! kehu
fn main() {}
