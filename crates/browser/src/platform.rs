//! Clock, randomness and hashes of the browser.

use js_sys::{ArrayBuffer, Date, Promise, Uint8Array};
use opstap_core::{BlobHash, Millis};
use opstap_sync_client::Platform;
use wasm_bindgen_futures::JsFuture;

use crate::promise::{called, property, settled};

/// What the browser gives. It has no state.
#[derive(Debug, Clone, Copy, Default)]
pub struct Web;

impl Web {
    /// A number up to this one, drawn so that a whole city does not do the same at once.
    #[must_use]
    pub fn up_to(self, most: u32) -> u32 {
        let mut drawn = [0; 2];
        self.fill(&mut drawn);
        let part = u64::from(most) * u64::from(u16::from_be_bytes(drawn)) / u64::from(u16::MAX);
        u32::try_from(part).unwrap_or(most)
    }
}

impl Platform for Web {
    fn now(&self) -> Millis {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole milliseconds since 1970 fit"
        )]
        let millis = Date::now() as u64;
        Millis(millis)
    }

    fn fill(&self, bytes: &mut [u8]) {
        let crypto = web_sys::window().and_then(|window| window.crypto().ok());
        let filled = crypto.is_some_and(|crypto| crypto.get_random_values_with_u8_array(bytes).is_ok());
        if !filled {
            // Every browser has it; should one not, ids still differ by their time.
            bytes.fill_with(|| {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
                let byte = (js_sys::Math::random() * 256.0) as u8;
                byte
            });
        }
    }

    async fn sha256(&self, bytes: &[u8]) -> Option<BlobHash> {
        // By `Reflect`-free bindings this would throw on a page that came unencrypted, where `subtle` is not there.
        let subtle = web_sys::window()?.crypto().ok()?.subtle();
        if wasm_bindgen::JsValue::from(subtle.clone()).is_undefined() {
            return None;
        }
        let promise = subtle.digest_with_str_and_js_u8_array("SHA-256", &Uint8Array::from(bytes)).ok()?;
        let digest: ArrayBuffer = settled(promise).await.ok()?;
        let digest: [u8; 32] = Uint8Array::new(&digest).to_vec().try_into().ok()?;
        Some(BlobHash(digest))
    }
}

/// What a large write leaves for words.
const FOR_WORDS: f64 = 65_536.0;

/// Whether so many bytes fit beside what is here. Where the browser does not say, it is to be tried.
pub(crate) async fn has_room_for(bytes: u32) -> bool {
    let storage = web_sys::window().map(|window| property(&window.navigator(), "storage"));
    let Some(asked) = storage.and_then(|storage| called(&storage, "estimate")) else { return true };
    let Ok(estimate) = JsFuture::from(Promise::resolve(&asked)).await else { return true };
    let told = |name| property(&estimate, name).as_f64();
    told("quota").zip(told("usage")).is_none_or(|(quota, usage)| usage + f64::from(bytes) + FOR_WORDS <= quota)
}

/// Asks the browser not to throw the store away when the device is full. It decides by itself, and may say no.
pub async fn ask_to_keep() -> bool {
    let Some(window) = web_sys::window() else { return false };
    let storage = window.navigator().storage();
    if wasm_bindgen::JsValue::from(storage.clone()).is_undefined() {
        return false;
    }
    let already = match storage.persisted() {
        Ok(promise) => settled::<js_sys::Boolean>(promise).await.is_ok_and(|kept| kept.is_truthy()),
        Err(_) => false,
    };
    if already {
        return true;
    }
    match storage.persist() {
        Ok(promise) => settled::<js_sys::Boolean>(promise).await.is_ok_and(|kept| kept.is_truthy()),
        Err(_) => false,
    }
}
