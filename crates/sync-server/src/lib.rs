//! The server's side of the protocol: edits in, verdicts and records out, who may come in. It knows no HTTP, no SQL and no disk;
//! clock, randomness and storage come from outside.

pub mod journal;
pub mod memory;
pub mod ports;
pub mod service;
pub mod storage;
#[cfg(feature = "suite")]
pub mod suite;

pub use journal::Journal;
pub use ports::{Clock, Hints, Randomness};
pub use service::{Service, ServiceError};
pub use storage::{Storage, StorageError};
