//! What the benchmarks with a browser share: a client's circle to measure, a wire that counts what passes, and figures as the row of a table.

pub mod circle;
pub mod figures;
pub mod weight;
pub mod wire;
