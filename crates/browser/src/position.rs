//! Where the device is, asked once. Nothing follows it: there is no track to keep, and none to leak.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::promise::{object, property};

/// How long a device may look for satellites, in milliseconds.
const PATIENCE: u32 = 30_000;
/// What a browser says when nobody lets it tell.
const REFUSED: f64 = 1.0;

/// Where the device is, in degrees, and how far it may be off, in metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fix {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// With 95 per cent of certainty it is within so many metres.
    pub accuracy: f64,
}

/// Why it is not known where the device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoFix {
    /// Whoever holds the device, or its settings, said no.
    Refused,
    /// The device cannot tell.
    Unknown,
}

/// Asks the device where it is now, as exactly as it can. It needs no network; the browser may ask whoever holds it first.
///
/// # Errors
/// Why it is not known.
pub async fn position() -> Result<Fix, NoFix> {
    let navigator = property(&js_sys::global(), "navigator");
    let geolocation = property(&navigator, "geolocation");
    let Ok(ask) = property(&geolocation, "getCurrentPosition").dyn_into::<Function>() else {
        return Err(NoFix::Unknown);
    };
    let options =
        object([("enableHighAccuracy", JsValue::TRUE), ("timeout", PATIENCE.into()), ("maximumAge", 0.into())]);
    let asked = Promise::new(&mut |found, not_found| {
        let _ = ask.call3(&geolocation, &found, &not_found, &options);
    });
    match JsFuture::from(asked).await {
        Ok(told) => {
            let told = property(&told, "coords");
            let number = |name| property(&told, name).as_f64().ok_or(NoFix::Unknown);
            Ok(Fix { latitude: number("latitude")?, longitude: number("longitude")?, accuracy: number("accuracy")? })
        }
        Err(why) if property(&why, "code").as_f64() == Some(REFUSED) => Err(NoFix::Refused),
        Err(_) => Err(NoFix::Unknown),
    }
}
