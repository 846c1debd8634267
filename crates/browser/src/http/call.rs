//! One call to the server, with a limit to how long it may take, and what its status means.

use gloo_timers::callback::Timeout;
use js_sys::Promise;
use opstap_core::DeviceId;
use opstap_sync_client::TransportError;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCache, RequestCredentials, RequestInit, Response};

use crate::promise::{self, called, property, settled};

/// A call that is being put together.
pub(crate) struct Call {
    address: String,
    init: RequestInit,
    headers: Option<Headers>,
    patience: u32,
}

/// What came back.
pub(crate) struct Reply {
    response: Response,
    // Also reading the body may take no longer.
    _limit: Option<Timeout>,
}

impl Call {
    pub(crate) fn new(method: &str, address: &str) -> Self {
        let init = RequestInit::new();
        init.set_method(method);
        init.set_credentials(RequestCredentials::SameOrigin);
        init.set_cache(RequestCache::NoStore);
        Self { address: address.to_owned(), init, headers: Headers::new().ok(), patience: 20_000 }
    }

    /// Under the session of this store.
    pub(crate) fn of(self, store: DeviceId) -> Self {
        self.header("opstap-device", &store.to_string())
    }

    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        if let Some(headers) = &self.headers {
            // Only names and values of our own come here, and those are well formed.
            let _ = headers.set(name, value);
        }
        self
    }

    pub(crate) fn body(self, body: &JsValue) -> Self {
        self.init.set_body(body);
        self
    }

    /// It goes on when the page that sends it is left.
    pub(crate) fn outlives_the_page(self) -> Self {
        // As a property by its name: the browsers' older ones know it not, and then it ends with the page.
        let _ = js_sys::Reflect::set(&self.init, &"keepalive".into(), &JsValue::TRUE);
        self
    }

    /// In milliseconds.
    pub(crate) fn patience(self, patience: u32) -> Self {
        Self { patience, ..self }
    }

    pub(crate) async fn send(self) -> Result<Reply, TransportError> {
        let window = web_sys::window().ok_or(TransportError::Offline)?;
        if let Some(headers) = &self.headers {
            self.init.set_headers(headers);
        }
        let limit = AbortController::new().ok().map(|controller| {
            self.init.set_signal(Some(&controller.signal()));
            Timeout::new(self.patience, move || controller.abort())
        });
        let sent = window.fetch_with_str_and_init(&self.address, &self.init);
        // A network that is gone, a server that is gone and patience that ended look alike, and are the same to a device.
        let response = settled(sent).await.map_err(|_| TransportError::Offline)?;
        Ok(Reply { response, _limit: limit })
    }
}

impl Reply {
    pub(crate) fn status(&self) -> u16 {
        self.response.status()
    }

    pub(crate) fn media_type(&self) -> Option<String> {
        self.response.headers().get("content-type").ok()?
    }

    /// What its body weighs on the wire, packed; nothing where the server does not say.
    pub(crate) fn weight(&self) -> u64 {
        self.response.headers().get("content-length").ok().flatten().and_then(|length| length.parse().ok()).unwrap_or(0)
    }

    /// By what the server knows the body again.
    pub(crate) fn tag(&self) -> Option<String> {
        self.response.headers().get("etag").ok()?
    }

    /// How many bytes of a blob the server has already.
    pub(crate) fn has_come_to(&self) -> Option<usize> {
        self.response.headers().get("upload-offset").ok()??.parse().ok()
    }

    pub(crate) async fn bytes(self) -> Result<Vec<u8>, TransportError> {
        let mut bytes = Vec::new();
        self.onto(&mut bytes).await?;
        Ok(bytes)
    }

    /// The body behind what is there; when the connection breaks, what came of it stays.
    pub(crate) async fn onto(self, bytes: &mut Vec<u8>) -> Result<(), TransportError> {
        let body = property(&self.response, "body");
        // An empty body may be none.
        if body.is_null() {
            return Ok(());
        }
        let reader = called(&body, "getReader").ok_or(TransportError::Unreadable)?;
        loop {
            let read = called(&reader, "read").ok_or(TransportError::Unreadable)?;
            let piece = JsFuture::from(Promise::resolve(&read)).await.map_err(|_| TransportError::Offline)?;
            match promise::bytes(property(&piece, "value")) {
                Some(piece) => bytes.extend(piece),
                None => return Ok(()),
            }
        }
    }

    /// The body as the browser keeps it.
    pub(crate) fn blob(&self) -> Result<Promise, TransportError> {
        self.response.blob().map_err(|_| TransportError::Unreadable)
    }

    pub(crate) async fn json(self) -> Result<JsValue, TransportError> {
        let json = self.response.json().map_err(|_| TransportError::Unreadable)?;
        JsFuture::from(json).await.map_err(|_| TransportError::Unreadable)
    }

    /// The reply if it is one of success, or else what it means for the device.
    pub(crate) async fn good(self) -> Result<Self, TransportError> {
        match self.status() {
            200..300 => Ok(self),
            401 => Err(TransportError::SignedOut),
            408 | 425 | 429 | 503 => Err(TransportError::Later { after: self.retry_after() }),
            // What stands before the server, such as a proxy, could not reach it.
            502 | 504 => Err(TransportError::Offline),
            500..600 => Err(TransportError::Later { after: None }),
            _ => match self.problem().await.as_deref() {
                Some("old-version") => Err(TransportError::TooOld),
                _ => Err(TransportError::Refused),
            },
        }
    }

    /// In milliseconds.
    fn retry_after(&self) -> Option<u32> {
        let seconds: u32 = self.response.headers().get("retry-after").ok()??.parse().ok()?;
        Some(seconds.saturating_mul(1_000))
    }

    /// The code in the problem details (RFC 9457), if the reply has them.
    pub(crate) async fn problem(self) -> Option<String> {
        let kind = property(&self.json().await.ok()?, "type").as_string()?;
        kind.strip_prefix("urn:opstap:problem:").map(str::to_owned)
    }
}
