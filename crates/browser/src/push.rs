//! Web Push in this browser: whether it can, whether it may, and the subscription itself.

use js_sys::{Function, Promise, Reflect};
use opstap_sync_client::TransportError;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::http::{Call, Http};
use crate::promise::{called, object, property};

/// How it stands with hearing of messages while the app is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Push {
    /// This browser cannot.
    NotHere,
    /// This browser can, once the app stands on the first screen of the phone.
    NotInstalled,
    /// Somebody said no to the browser; only there it can be changed.
    Denied,
    /// It can be switched on.
    Off,
    /// The browser has a subscription; whether the server knows it only the server can tell.
    On,
}

pub async fn waited(promise: JsValue) -> Option<JsValue> {
    JsFuture::from(Promise::resolve(&promise)).await.ok()
}

/// The push manager of the worker of this app.
async fn manager() -> Option<JsValue> {
    let worker = property(&web_sys::window()?.navigator(), "serviceWorker");
    let ready = property(&worker, "ready");
    if ready.is_undefined() {
        return None;
    }
    let manager = property(&waited(ready).await?, "pushManager");
    (!manager.is_undefined()).then_some(manager)
}

/// What the browser says of showing notices; nothing where it cannot.
pub fn may_notify() -> Option<String> {
    property(&property(&js_sys::global(), "Notification"), "permission").as_string()
}

/// How it stands now.
pub async fn push_now() -> Push {
    let global = js_sys::global();
    let can = Reflect::has(&global, &"PushManager".into()).unwrap_or(false) && may_notify().is_some();
    if !can {
        // Only one maker of phones says so, and there an app on the first screen can.
        let beside = web_sys::window().map(|window| property(&window.navigator(), "standalone"));
        return if beside.is_some_and(|beside| beside.as_bool() == Some(false)) {
            Push::NotInstalled
        } else {
            Push::NotHere
        };
    }
    match may_notify().as_deref() {
        Some("denied") => Push::Denied,
        Some("granted") if subscription().await.is_some() => Push::On,
        _ => Push::Off,
    }
}

async fn subscription() -> Option<JsValue> {
    let found = waited(called(&manager().await?, "getSubscription")?).await?;
    (!found.is_null() && !found.is_undefined()).then_some(found)
}

impl Http {
    /// Asks the browser, and tells the server where this device hears of messages. Only after a tap: browsers ask then alone.
    ///
    /// # Errors
    /// When the server could not be asked.
    pub async fn push_on(&self, language: &str) -> Result<Push, TransportError> {
        let asked = called(&property(&js_sys::global(), "Notification"), "requestPermission");
        if let Some(asked) = asked {
            waited(asked).await;
        }
        if may_notify().as_deref() != Some("granted") {
            return Ok(push_now().await);
        }
        let reply = Call::new("GET", "/api/push/key").of(self.id()).send().await?.good().await?;
        let key = property(&reply.json().await?, "key");
        if subscribe(key).await.is_none() {
            return Ok(Push::NotHere);
        }
        self.push_again(language).await
    }

    /// Tells the server of the subscription there is, in this language. It may not know it: it forgets one that was gone for a while, or
    /// that another person in this browser took along.
    ///
    /// # Errors
    /// When the server could not be asked.
    pub async fn push_again(&self, language: &str) -> Result<Push, TransportError> {
        let Some(found) = subscription().await else { return Ok(Push::Off) };
        let json = called(&found, "toJSON").unwrap_or(JsValue::UNDEFINED);
        let keys = property(&json, "keys");
        let body = object([
            ("endpoint", property(&json, "endpoint")),
            ("p256dh", property(&keys, "p256dh")),
            ("auth", property(&keys, "auth")),
            ("language", language.into()),
        ]);
        let body = js_sys::JSON::stringify(&body).map_err(|_| TransportError::Unreadable)?;
        let call = Call::new("PUT", "/api/push").of(self.id()).header("content-type", "application/json");
        call.body(&body).send().await?.good().await?;
        Ok(Push::On)
    }

    /// Lets the server forget it, and the browser too.
    ///
    /// # Errors
    /// When the server could not be asked.
    pub async fn push_off(&self) -> Result<Push, TransportError> {
        Call::new("DELETE", "/api/push").of(self.id()).send().await?.good().await?;
        if let Some(ended) = subscription().await.and_then(|found| called(&found, "unsubscribe")) {
            waited(ended).await;
        }
        Ok(push_now().await)
    }
}

async fn subscribe(key: JsValue) -> Option<JsValue> {
    let manager = manager().await?;
    let options = object([("userVisibleOnly", JsValue::TRUE), ("applicationServerKey", key)]);
    let subscribe: Function = property(&manager, "subscribe").dyn_into().ok()?;
    waited(subscribe.call1(&manager, &options).ok()?).await
}
