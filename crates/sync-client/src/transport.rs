//! What carries requests and blobs to the server.

use opstap_core::protocol::{Answer, Request};
use opstap_core::{BlobHash, BlobRef, CircleId};

/// Why nothing came of a call, by what can be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// No network, or the server does not answer. Everything waits on the device.
    #[error("the server cannot be reached")]
    Offline,
    /// The server is busy: again after so many milliseconds, if it said so.
    #[error("the server is busy")]
    Later {
        /// Milliseconds to wait.
        after: Option<u32>,
    },
    /// The session has ended. The work at hand goes on; sending waits for a new pairing.
    #[error("the session has ended")]
    SignedOut,
    /// The server no longer speaks this version of the wire: the app must be renewed. The data stays.
    #[error("this version of the app is too old for the server")]
    TooOld,
    /// The server understood and will not do this; sending it again changes nothing.
    #[error("the server refuses this")]
    Refused,
    /// The answer could not be read.
    #[error("the answer of the server cannot be read")]
    Unreadable,
}

/// What came of asking for a blob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// The bytes, as the server has them; the engine checks that they are the ones named.
    Bytes(Vec<u8>),
    /// The server does not have it (yet).
    NotThere,
}

/// The way to the server, under the session of the store's own person.
pub trait Transport {
    /// One sync round trip.
    async fn exchange(&self, request: &Request) -> Result<Answer, TransportError>;

    /// Sends a blob; a blob that is already there is taken without complaint.
    async fn send(&self, circle: CircleId, blob: BlobRef, bytes: &[u8]) -> Result<(), TransportError>;

    /// Asks for a blob.
    async fn fetch(&self, circle: CircleId, hash: BlobHash) -> Result<Fetched, TransportError>;
}
