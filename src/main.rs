//! kehu
fn main(){}
