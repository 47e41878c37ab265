//! The command line of Linli.

fn main() {}
