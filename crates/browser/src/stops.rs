//! The stops and lines to choose from when a route is made: asked of the server, and kept beside the store for when there is no network.
//! They are the same for everybody, so they are no records; they go when another person signs in all the same.

use js_sys::{Function, Promise};
use opstap_core::DeviceId;
use opstap_sync_client::TransportError;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::http::{Call, Http};
use crate::promise::{property, settled};

/// What the browser's cache is called in which they stand.
const CACHE: &str = "opstap-stops";

/// What the server says of the stops.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StopsTold {
    /// None were imported there.
    None,
    /// They are as this device has them.
    Unchanged,
    /// They are these.
    These {
        /// The file.
        text: String,
        /// By what the server knows it again.
        tag: String,
    },
}

/// What is kept of them here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptStops {
    /// When the server was asked last, in minutes since 1970.
    pub asked: u32,
    /// By what the server knows them; empty when it had none.
    pub tag: String,
    /// The file; empty when the server had none.
    pub text: String,
}

impl Http {
    /// Asks for the stops. `tag` is that of those this device has.
    ///
    /// # Errors
    /// When the server could not be asked.
    pub async fn stops(&self, tag: &str) -> Result<StopsTold, TransportError> {
        let mut call = Call::new("GET", "/api/stops").of(self.id());
        if !tag.is_empty() {
            call = call.header("if-none-match", tag);
        }
        let reply = call.send().await?;
        match reply.status() {
            304 => return Ok(StopsTold::Unchanged),
            404 if reply.media_type().as_deref() == Some("application/problem+json") => return Ok(StopsTold::None),
            _ => {}
        }
        let reply = reply.good().await?;
        let tag = reply.tag().unwrap_or_default();
        let text = String::from_utf8(reply.bytes().await?).map_err(|_| TransportError::Unreadable)?;
        Ok(StopsTold::These { text, tag })
    }
}

/// What is kept for the store of this id; what another left is thrown away.
pub async fn kept_stops(id: DeviceId) -> Option<KeptStops> {
    let kept = read(&cache().await?, id).await;
    if kept.is_none() {
        drop_stops().await;
    }
    kept
}

async fn read(cache: &JsValue, id: DeviceId) -> Option<KeptStops> {
    let found: Response = settled(call(cache, "match", &[address(id).into()])?).await.ok()?;
    let text = JsFuture::from(found.text().ok()?).await.ok()?.as_string()?;
    let mut rows = text.splitn(3, '\n');
    let (asked, tag, text) = (rows.next()?.parse().ok()?, rows.next()?, rows.next()?);
    Some(KeptStops { asked, tag: tag.to_owned(), text: text.to_owned() })
}

/// Keeps them for the store of this id. Where the browser keeps nothing, they are asked for again another time.
pub async fn keep_stops(id: DeviceId, kept: &KeptStops) {
    let body = [&kept.asked.to_string(), "\n", &kept.tag, "\n", &kept.text].concat();
    let Ok(file) = Response::new_with_opt_str(Some(&body)) else { return };
    let Some(cache) = cache().await else { return };
    if let Some(put) = call(&cache, "put", &[address(id).into(), file.into()]) {
        let _ = JsFuture::from(put).await;
    }
}

/// Throws away what is kept, for whoever it was.
pub async fn drop_stops() {
    if let Some(dropped) = call(&caches(), "delete", &[CACHE.into()]) {
        let _ = JsFuture::from(dropped).await;
    }
}

/// Nothing is ever fetched from it by this address: the server knows the device by a header.
fn address(id: DeviceId) -> String {
    ["/api/stops?of=", &id.to_string()].concat()
}

fn caches() -> JsValue {
    property(&js_sys::global(), "caches")
}

async fn cache() -> Option<JsValue> {
    JsFuture::from(call(&caches(), "open", &[CACHE.into()])?).await.ok()
}

/// A method that gives a promise; none where a browser has no such thing, as on an address that is not secure.
fn call(of: &JsValue, method: &str, with: &[JsValue]) -> Option<Promise> {
    let method: Function = property(of, method).dyn_into().ok()?;
    method.apply(of, &with.iter().collect()).ok()?.dyn_into().ok()
}
