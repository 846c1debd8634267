//! The wire and the stored forms: nothing is lost on the way, nothing in the bytes can do harm, and the bytes stay what they are.

#![expect(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod any;
mod bad_bodies;
mod damage;
mod documented;
mod nothing_is_lost;
mod pinned;
mod refused;
mod sample;
