//! Time, randomness and hashes come from outside, so that tests decide them and the browser brings its own.

use opstap_core::{BlobHash, Millis};

/// What a device gives besides storage and network.
pub trait Platform {
    /// The device's own clock, uncorrected.
    fn now(&self) -> Millis;

    /// Fills the bytes with randomness fit for ids.
    fn fill(&self, bytes: &mut [u8]);

    /// The SHA-256 of the bytes: a blob's name. `None` where the platform will not hash, such as a page that came unencrypted.
    async fn sha256(&self, bytes: &[u8]) -> Option<BlobHash>;
}
