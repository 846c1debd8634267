//! Live hints, with a stream that does as told: each makes a sync come sooner, and a stream that was ended is asked for again at a
//! moment that is not everybody's.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a failing test may panic anywhere")]

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Reflect};
use opstap_browser::Live;
use opstap_core::DeviceId;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const STORE: DeviceId = DeviceId([0x51; 16]);

/// Other streams and another clock, until it is put back.
const FAKES: &str = "
    const { EventSource, setTimeout } = window;
    const streams = [], waits = [];
    window.EventSource = class {
        constructor(address) { this.address = address; this.readyState = 0; this.heard = {}; streams.push(this); }
        addEventListener(name, hear) { this.heard[name] = hear; }
        close() { this.readyState = 2; }
    };
    window.setTimeout = (act, millis) => { waits.push({ act, millis }); return 0; };
    return {
        streams, waits,
        opens: () => { streams.at(-1).readyState = 1; streams.at(-1).onopen(); },
        moved: () => streams.at(-1).heard.moved(),
        breaks: () => { streams.at(-1).readyState = 0; streams.at(-1).onerror(); },
        ends: () => { streams.at(-1).readyState = 2; streams.at(-1).onerror(); },
        later: () => waits.at(-1).act(),
        putBack: () => Object.assign(window, { EventSource, setTimeout }),
    };";

struct Fakes(JsValue);

impl Fakes {
    fn new() -> Self {
        Self(Function::new_no_args(FAKES).call0(&JsValue::NULL).unwrap())
    }

    fn makes(&self, what: &str) {
        Reflect::get(&self.0, &what.into()).unwrap().unchecked_into::<Function>().call0(&JsValue::NULL).unwrap();
    }

    fn all(&self, what: &str, property: &str) -> Vec<JsValue> {
        let list: Array = Reflect::get(&self.0, &what.into()).unwrap().unchecked_into();
        list.iter().map(|one| Reflect::get(&one, &property.into()).unwrap()).collect()
    }
}

impl Drop for Fakes {
    fn drop(&mut self) {
        self.makes("putBack");
    }
}

fn listening() -> (Fakes, Live, Rc<Cell<u32>>) {
    let fakes = Fakes::new();
    let hints = Rc::new(Cell::new(0));
    let heard = Rc::clone(&hints);
    let live = Live::listen(STORE, move || heard.set(heard.get() + 1), |_| {});
    (fakes, live, hints)
}

#[wasm_bindgen_test]
fn each_hint_and_each_new_beginning_asks_for_a_sync() {
    let (fakes, live, hints) = listening();
    assert_eq!(fakes.all("streams", "address"), [JsValue::from(format!("/api/live?device={STORE}"))]);
    fakes.makes("opens");
    fakes.makes("moved");
    // The browser comes back by itself after a break; what was missed meanwhile is pulled.
    fakes.makes("breaks");
    fakes.makes("opens");
    assert_eq!((hints.get(), fakes.all("streams", "address").len()), (3, 1));
    live.reopen();
    assert_eq!(fakes.all("streams", "address").len(), 1);
    drop(live);
    assert_eq!(fakes.all("streams", "readyState"), [2]);
}

#[wasm_bindgen_test]
fn a_stream_that_the_server_ended_is_asked_for_again_and_not_at_everybodys_moment() {
    let (fakes, live, hints) = listening();
    for _ in 0..20 {
        fakes.makes("ends");
        fakes.makes("later");
    }
    let waits: Vec<f64> = fakes.all("waits", "millis").iter().map(|wait| wait.as_f64().unwrap()).collect();
    assert_eq!((waits.len(), fakes.all("streams", "address").len()), (20, 21));
    assert!(waits.iter().all(|wait| (30_000.0..=90_000.0).contains(wait)), "{waits:?}");
    let spread = waits.iter().fold(0.0, |most: f64, wait| most.max((wait - waits.first().unwrap()).abs()));
    assert!(spread > 5_000.0, "{waits:?}");
    fakes.makes("opens");
    // Once for the first that could not be had, and once for the one that could.
    assert_eq!(hints.get(), 2);
    // When the network is back nobody waits for that moment.
    fakes.makes("ends");
    live.reopen();
    assert_eq!(fakes.all("streams", "address").len(), 22);
}

#[wasm_bindgen_test]
fn a_stream_that_cannot_be_had_at_the_start_asks_for_one_sync() {
    let (fakes, _live, hints) = listening();
    fakes.makes("breaks");
    fakes.makes("breaks");
    fakes.makes("ends");
    assert_eq!(hints.get(), 1);
}
