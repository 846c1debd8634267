//! Fuzzing under `cargo test`, by bolero: each target draws inputs for as long as it is told and says what must hold of every one.
//!
//! Five seconds a target, or as many as `OPSTAP_FUZZ_SECONDS` says; `cargo xtask fuzz` sets it. A failure prints its input and the
//! `BOLERO_RANDOM_SEED` that makes it again; it then becomes a test with a name, beside the code that was wrong.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a target fails by panicking")]

mod fuzz {
    mod circle;
    mod codes;
    mod damage;
    mod draw;
    mod edits;
    mod images;
    mod plans;
    mod run;
    mod service;
    mod stamps;
    mod wire;
}

#[path = "../../crates/core/tests/wire/any.rs"]
mod any;
#[path = "../../crates/core/tests/wire/sample.rs"]
mod sample;
