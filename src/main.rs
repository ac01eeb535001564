//! The vertrek command line.
fn main() {}
