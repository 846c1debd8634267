//! The program of professionals and coordinators.

fn main() {}
