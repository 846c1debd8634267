//! Files that an operator brought in, to choose from: asked of the server, and kept beside the store for when there is no network. They are
//! the same for everybody, so they are no records; they go when another person signs in all the same.

use js_sys::{Function, Promise};
use opstap_core::DeviceId;
use opstap_sync_client::TransportError;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::http::{Call, Http};
use crate::promise::{property, settled};

/// One of these files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedFile {
    /// The stops and lines of the region, for who makes a route.
    Stops,
    /// The instruments of the organisation's own.
    Instruments,
}

impl AskedFile {
    const ALL: [Self; 2] = [Self::Stops, Self::Instruments];

    const fn address(self) -> &'static str {
        match self {
            Self::Stops => "/api/stops",
            Self::Instruments => "/api/instruments",
        }
    }

    /// What the browser's cache is called in which it stands.
    const fn cache(self) -> &'static str {
        match self {
            Self::Stops => "opstap-stops",
            Self::Instruments => "opstap-instruments",
        }
    }
}

/// What the server says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileTold {
    /// There is none there.
    None,
    /// It is as this device has it.
    Unchanged,
    /// It is this.
    This {
        /// The file.
        text: String,
        /// By what the server knows it again.
        tag: String,
    },
}

/// What is kept of a file here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// When the server was asked last, in minutes since 1970.
    pub asked: u32,
    /// By what the server knows it; empty when it had none.
    pub tag: String,
    /// The file; empty when the server had none.
    pub text: String,
}

impl Http {
    /// Asks for a file. `tag` is that of the one this device has.
    ///
    /// # Errors
    /// When the server could not be asked.
    pub async fn file(&self, file: AskedFile, tag: &str) -> Result<FileTold, TransportError> {
        let mut call = Call::new("GET", file.address()).of(self.id());
        if !tag.is_empty() {
            call = call.header("if-none-match", tag);
        }
        let reply = call.send().await?;
        match reply.status() {
            304 => return Ok(FileTold::Unchanged),
            404 if reply.media_type().as_deref() == Some("application/problem+json") => return Ok(FileTold::None),
            _ => {}
        }
        let reply = reply.good().await?;
        let tag = reply.tag().unwrap_or_default();
        let text = String::from_utf8(reply.bytes().await?).map_err(|_| TransportError::Unreadable)?;
        Ok(FileTold::This { text, tag })
    }
}

/// What is kept of a file for the store of this id; what another left is thrown away.
pub async fn kept_file(file: AskedFile, id: DeviceId) -> Option<KeptFile> {
    let kept = read(&cache(file).await?, (file, id)).await;
    if kept.is_none() {
        drop_file(file).await;
    }
    kept
}

async fn read(cache: &JsValue, of: (AskedFile, DeviceId)) -> Option<KeptFile> {
    let found: Response = settled(call(cache, "match", &[address(of).into()])?).await.ok()?;
    let text = JsFuture::from(found.text().ok()?).await.ok()?.as_string()?;
    let mut rows = text.splitn(3, '\n');
    let (asked, tag, text) = (rows.next()?.parse().ok()?, rows.next()?, rows.next()?);
    Some(KeptFile { asked, tag: tag.to_owned(), text: text.to_owned() })
}

/// Keeps it for the store of this id. Where the browser keeps nothing, it is asked for again another time.
pub async fn keep_file(file: AskedFile, id: DeviceId, kept: &KeptFile) {
    let body = [&kept.asked.to_string(), "\n", &kept.tag, "\n", &kept.text].concat();
    let Ok(made) = Response::new_with_opt_str(Some(&body)) else { return };
    let Some(cache) = cache(file).await else { return };
    if let Some(put) = call(&cache, "put", &[address((file, id)).into(), made.into()]) {
        let _ = JsFuture::from(put).await;
    }
}

/// Throws away what is kept of all files, for whoever it was.
pub async fn drop_files() {
    for file in AskedFile::ALL {
        drop_file(file).await;
    }
}

async fn drop_file(file: AskedFile) {
    if let Some(dropped) = call(&caches(), "delete", &[file.cache().into()]) {
        let _ = JsFuture::from(dropped).await;
    }
}

/// Nothing is ever fetched from it by this address: the server knows the device by a header.
fn address((file, id): (AskedFile, DeviceId)) -> String {
    [file.address(), "?of=", &id.to_string()].concat()
}

fn caches() -> JsValue {
    property(&js_sys::global(), "caches")
}

async fn cache(file: AskedFile) -> Option<JsValue> {
    JsFuture::from(call(&caches(), "open", &[file.cache().into()])?).await.ok()
}

/// A method that gives a promise; none where a browser has no such thing, as on an address that is not secure.
fn call(of: &JsValue, method: &str, with: &[JsValue]) -> Option<Promise> {
    let method: Function = property(of, method).dyn_into().ok()?;
    method.apply(of, &with.iter().collect()).ok()?.dyn_into().ok()
}
