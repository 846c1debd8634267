//! Signing a browser in once, with a link or code from the person who helps.

use super::engine;

/// What came of pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pairing {
    /// This browser now belongs to the person; [`super::start`] says so.
    Paired,
    /// The link or code was used before.
    Used,
    /// It is too old.
    Expired,
    /// Nobody made such a code.
    Unknown,
    /// The server cannot be reached: pairing is the one thing that needs it.
    Offline,
    /// The browser lets nothing be stored, as in some private windows.
    NoStore,
}

/// Signs this browser in with a code.
pub async fn pair(code: String) -> Pairing {
    engine::pair(code.trim()).await
}
