//! A request that is under way.

use js_sys::Array;
use opstap_sync_client::StoreError;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::IdbRequest;

use super::{failure, first_of, tried};

/// It left when it was made: several may be under way at once, and be awaited in any order.
#[must_use]
pub struct Request {
    request: IdbRequest,
    settled: JsFuture,
}

impl Request {
    pub(super) fn new(request: IdbRequest) -> Self {
        let settled = first_of(&request, &["onsuccess"], "onerror");
        Self { request, settled }
    }

    /// What came, whatever it is.
    pub async fn value(self) -> Result<JsValue, StoreError> {
        match self.settled.await {
            Ok(_) => tried(self.request.result()),
            Err(_) => Err(why(&self.request)),
        }
    }

    /// The row under a key, if there is one.
    pub async fn row(self) -> Result<Option<JsValue>, StoreError> {
        let row = self.value().await?;
        Ok(if row.is_undefined() { None } else { Some(row) })
    }

    /// Every row, or every key.
    pub async fn rows(self) -> Result<Vec<JsValue>, StoreError> {
        Ok(self.value().await?.unchecked_into::<Array>().iter().collect())
    }
}

/// Why a request failed.
fn why(request: &IdbRequest) -> StoreError {
    request.error().ok().flatten().map_or(StoreError::Gone, |error| failure(&error))
}
