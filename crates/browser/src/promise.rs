//! Small bridges to JavaScript: promises, properties, text.

use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Waits for a promise and takes its value as a type that is checked.
pub async fn settled<T: JsCast>(promise: Promise) -> Result<T, JsValue> {
    JsFuture::from(promise).await?.dyn_into()
}

/// A property of an object; `undefined` if it has none.
pub fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// What a method without arguments gives; `None` if there is none, or it throws.
pub fn called(object: &JsValue, method: &str) -> Option<JsValue> {
    property(object, method).dyn_into::<Function>().ok()?.call0(object).ok()
}

/// An object with these properties.
pub fn object<const N: usize>(properties: [(&str, JsValue); N]) -> Object {
    let object = Object::new();
    for (name, value) in properties {
        // Setting a property of a plain object cannot be refused.
        let _ = Reflect::set(&object, &JsValue::from_str(name), &value);
    }
    object
}

/// The bytes of a typed array; `None` if it is none.
pub fn bytes(value: JsValue) -> Option<Vec<u8>> {
    value.dyn_into::<Uint8Array>().ok().map(|array| array.to_vec())
}
