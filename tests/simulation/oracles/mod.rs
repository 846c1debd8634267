//! What must hold, worked out apart from the program: from the server's rows, from the verdicts that were given and from what people
//! saw on their screens.

pub mod accepted;
pub mod cursors;
pub mod delivery;
pub mod end;
pub mod erased;
pub mod forged;
pub mod ledger;
pub mod merge;
pub mod photos;
pub mod truth;
