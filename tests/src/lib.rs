//! What several tests and benchmarks share. Only this package sees both sides of the wire.

pub mod album;
pub mod browser;
pub mod device;
pub mod going_alone;
pub mod holder;
pub mod measured;
pub mod processor;
pub mod training;
pub mod weeks;
pub mod workload;
