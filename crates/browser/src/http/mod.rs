//! The way to the server by fetch, under the session cookie of one store.

mod call;
mod online;
mod watching;

use std::cell::RefCell;

use opstap_core::protocol::{self, Answer, MEDIA_TYPE, Request};
use opstap_core::{BlobHash, BlobRef, CircleId, DeviceId};
use opstap_sync_client::{Fetched, Transport, TransportError};

use crate::asked_file::drop_files;
use crate::gzip::gzip;
use crate::meter::{blob_passed, text_passed};
pub(crate) use call::{Call, Reply};

/// How long a round trip may take, in milliseconds: a first sync over a weak network takes its time.
const SYNC_PATIENCE: u32 = 45_000;
/// How long a photo may take. What it came to by then is not lost.
const BLOB_PATIENCE: u32 = 120_000;
/// From how many bytes it is worth a question how far an earlier try came.
const WORTH_ASKING: usize = 16 * 1_024;

/// The transport of one store: the header `opstap-device` tells the server which of the browser's sessions is meant.
#[derive(Debug)]
pub struct Http {
    id: DeviceId,
    /// What came of blobs whose connection broke: the next try asks for the rest.
    begun: RefCell<Vec<(BlobHash, Vec<u8>)>>,
}

impl Http {
    /// The transport of the store with this id.
    #[must_use]
    pub const fn new(id: DeviceId) -> Self {
        Self { id, begun: RefCell::new(Vec::new()) }
    }

    /// The id of the store.
    pub(crate) const fn id(&self) -> DeviceId {
        self.id
    }

    /// Ends the session of this store on the server. What is on the device stays, but for what it keeps beside the store.
    ///
    /// # Errors
    /// When the server could not be asked.
    pub async fn sign_out(&self) -> Result<(), TransportError> {
        drop_files().await;
        Call::new("POST", "/api/sign-out").of(self.id).send().await?.good().await.map(drop)
    }

    fn blob(circle: CircleId, hash: BlobHash) -> String {
        ["/api/blobs/", &circle.to_string(), "/", &hash.to_string()].concat()
    }
}

impl Transport for Http {
    async fn exchange(&self, request: &Request) -> Result<Answer, TransportError> {
        let body = protocol::encode_request(request);
        let mut call =
            Call::new("POST", "/api/sync").of(self.id).patience(SYNC_PATIENCE).header("content-type", MEDIA_TYPE);
        let packed = gzip(&body).await;
        let sent = packed.clone().unwrap_or_else(|| js_sys::Uint8Array::from(body.as_slice()));
        if packed.is_some() {
            call = call.header("content-encoding", "gzip");
        }
        let reply = call.body(&sent).send().await?.good().await?;
        text_passed(u64::from(sent.length()) + reply.weight());
        // The sign-in page of a Wi-Fi network answers everything, and well: whoever is not our server is no network.
        if reply.media_type().as_deref() != Some(MEDIA_TYPE) {
            return Err(TransportError::Offline);
        }
        protocol::decode_answer(&reply.bytes().await?).map_err(|error| match error {
            protocol::WireError::TooNew { .. } => TransportError::TooOld,
            _ => TransportError::Unreadable,
        })
    }

    async fn send(&self, circle: CircleId, blob: BlobRef, bytes: &[u8]) -> Result<(), TransportError> {
        let address = Self::blob(circle, blob.hash);
        let call = |from: usize| {
            let rest = bytes.get(from..).unwrap_or_default();
            Call::new("PUT", &address)
                .of(self.id)
                .patience(BLOB_PATIENCE)
                .header("content-type", "application/octet-stream")
                .header("upload-offset", &from.to_string())
                .body(&js_sys::Uint8Array::from(rest))
        };
        // An earlier try, also one before the app was last closed, may have come some way: only the rest goes.
        let have = if bytes.len() < WORTH_ASKING {
            None
        } else {
            Call::new("HEAD", &address).of(self.id).send().await?.has_come_to()
        };
        let reply = call(have.unwrap_or_default()).send().await?;
        let reply = match reply.has_come_to() {
            Some(have) if reply.status() == 409 => call(have).send().await?,
            _ => reply,
        };
        match reply.good().await?.status() {
            201 | 204 => {
                blob_passed(bytes.len().saturating_sub(have.unwrap_or_default()));
                Ok(())
            }
            // As above: it was taken by somebody, and not by our server.
            _ => Err(TransportError::Offline),
        }
    }

    async fn fetch(&self, circle: CircleId, hash: BlobHash) -> Result<Fetched, TransportError> {
        let of_it = |(of, _): &(BlobHash, Vec<u8>)| *of == hash;
        let begun =
            self.begun.borrow().iter().find(|one| of_it(one)).map(|(_, bytes)| bytes.clone()).unwrap_or_default();
        let mut call = Call::new("GET", &Self::blob(circle, hash)).of(self.id).patience(BLOB_PATIENCE);
        if !begun.is_empty() {
            call = call.header("range", &["bytes=", &begun.len().to_string(), "-"].concat());
        }
        let reply = call.send().await?;
        // Whatever comes now, what was there is used up; a range that the server has not is begun anew the next time.
        self.begun.borrow_mut().retain(|one| !of_it(one));
        let mut bytes = match reply.status() {
            404 => return Ok(Fetched::NotThere),
            416 => return Err(TransportError::Offline),
            206 => begun,
            _ => Vec::new(),
        };
        let before = bytes.len();
        let read = reply.good().await?.onto(&mut bytes).await;
        blob_passed(bytes.len() - before);
        match read {
            Ok(()) => Ok(Fetched::Bytes(bytes)),
            Err(error) => {
                self.begun.borrow_mut().push((hash, bytes));
                Err(error)
            }
        }
    }
}
