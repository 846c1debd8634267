//! Devices and server in one process, with the real rules, codec and services on both sides and no HTTP between them.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test may panic anywhere")]

#[path = "sync/album.rs"]
mod album;
#[path = "sync/chance.rs"]
mod chance;
#[path = "sync/interrupted.rs"]
mod interrupted;
#[path = "sync/rights.rs"]
mod rights;
#[path = "sync/stage.rs"]
mod stage;
#[path = "sync/together.rs"]
mod together;
