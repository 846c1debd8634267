//! What several tests and benchmarks share. Only this package sees both sides of the wire.

pub mod browser;
pub mod processor;
pub mod workload;
