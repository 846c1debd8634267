//! What the benchmarks with a browser share: a client's circle to measure, and a wire that counts what passes.

pub mod circle;
pub mod weight;
pub mod wire;
