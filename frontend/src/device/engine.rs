//! The one engine of this window: which store, which way to the server, which platform.

use std::rc::Rc;

use opstap_core::protocol::{Answer, Request};
use opstap_core::{BlobHash, BlobRef, CircleId, Millis};
use opstap_sync_client::memory::Memory;
use opstap_sync_client::{Engine, Fetched, Platform, Transport, TransportError};

pub type DeviceEngine = Engine<Memory, NoServer, Here>;
pub struct NoServer;
impl Transport for NoServer {
    async fn exchange(&self, _: &Request) -> Result<Answer, TransportError> {
        Err(TransportError::Offline)
    }
    async fn send(&self, _: CircleId, _: BlobRef, _: &[u8]) -> Result<(), TransportError> {
        Err(TransportError::Offline)
    }
    async fn fetch(&self, _: CircleId, _: BlobHash) -> Result<Fetched, TransportError> {
        Err(TransportError::Offline)
    }
}
pub struct Here;
impl Platform for Here {
    fn now(&self) -> Millis {
        Millis(0)
    }
    fn fill(&self, _: &mut [u8]) {}
    async fn sha256(&self, _: &[u8]) -> Option<BlobHash> {
        None
    }
}

/// What came of opening this browser's store.
pub enum Opened {
    NotPaired,
    NoStore,
    Engine(Rc<DeviceEngine>),
}
pub async fn open() -> Opened {
    Opened::NotPaired
}
pub fn follow(_engine: &DeviceEngine, _moved: fn(CircleId), _sync: fn()) {}
pub fn may_sync() -> bool {
    true
}
pub fn ask_the_other_tab() {}
pub fn wait_before_trying_again(_failures: u32) -> u32 {
    5_000
}
pub fn device_clock() -> Millis {
    Millis(0)
}
pub enum Shrunk {
    Photo(Vec<u8>),
    Broken,
    TooLarge,
}
pub async fn shrink(_file: &web_sys::File) -> Shrunk {
    Shrunk::Broken
}
pub async fn pair(_code: &str) -> super::Pairing {
    super::Pairing::Offline
}
pub fn ask_the_worker_to_keep(_addresses: &js_sys::Array) {}
