//! Where the device is, by a browser that answers as told: what is asked of it, and what each answer means.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a failing test may panic anywhere")]

use js_sys::{Function, Object, Reflect};
use opstap_browser::{Fix, NoFix, position};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Has the browser answer with this, given `found`, `not_found` and `options`; with nothing, it has no such thing.
fn answers(body: Option<&str>) {
    let geolocation: JsValue = match body {
        None => JsValue::UNDEFINED,
        Some(body) => {
            let geolocation = Object::new();
            let ask = Function::new_with_args("found, not_found, options", &format!("this.asked = options; {body}"));
            Reflect::set(&geolocation, &"getCurrentPosition".into(), &ask).unwrap();
            geolocation.into()
        }
    };
    let property = Object::new();
    Reflect::set(&property, &"value".into(), &geolocation).unwrap();
    Reflect::set(&property, &"configurable".into(), &JsValue::TRUE).unwrap();
    let navigator = web_sys::window().unwrap().navigator();
    assert!(Reflect::define_property(&navigator, &"geolocation".into(), &property).unwrap());
}

fn asked(option: &str) -> JsValue {
    let navigator = web_sys::window().unwrap().navigator();
    let geolocation = Reflect::get(&navigator, &"geolocation".into()).unwrap();
    Reflect::get(&Reflect::get(&geolocation, &"asked".into()).unwrap(), &option.into()).unwrap()
}

#[wasm_bindgen_test]
async fn a_device_is_asked_once_as_exactly_as_it_can_and_for_now() {
    answers(Some("found({ coords: { latitude: 51.9449, longitude: 4.4768, accuracy: 12 } });"));
    assert_eq!(position().await, Ok(Fix { latitude: 51.944_9, longitude: 4.476_8, accuracy: 12.0 }));
    assert_eq!(asked("enableHighAccuracy"), JsValue::TRUE);
    assert_eq!(asked("maximumAge").as_f64(), Some(0.0), "where it was before is not where it is");
    assert!(asked("timeout").as_f64().unwrap() > 0.0, "somebody who waits hears that it is not known");
}

#[wasm_bindgen_test]
async fn who_may_not_tell_and_who_cannot_tell_are_told_apart() {
    for (says, why) in [
        (Some("not_found({ code: 1 });"), NoFix::Refused),
        (Some("not_found({ code: 2 });"), NoFix::Unknown),
        (Some("not_found({ code: 3 });"), NoFix::Unknown),
        (Some("found({ coords: { latitude: 51.9 } });"), NoFix::Unknown),
        (Some("found({});"), NoFix::Unknown),
        (None, NoFix::Unknown),
    ] {
        answers(says);
        assert_eq!(position().await, Err(why), "{says:?}");
    }
}
