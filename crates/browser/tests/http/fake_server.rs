//! A `fetch` that answers as told and keeps what it was asked.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Headers, RequestInit, Response, ResponseInit};

/// A call as the page made it.
pub struct Call {
    pub address: String,
    pub init: RequestInit,
}

impl Call {
    pub fn header(&self, name: &str) -> Option<String> {
        let headers: Headers = Reflect::get(&self.init, &"headers".into()).unwrap().unchecked_into();
        headers.get(name).unwrap()
    }

    pub fn body(&self) -> Vec<u8> {
        Reflect::get(&self.init, &"body".into()).unwrap().unchecked_into::<Uint8Array>().to_vec()
    }
}

/// What the server says to one call.
pub enum Said {
    Answer {
        status: u16,
        headers: &'static [(&'static str, &'static str)],
        body: Vec<u8>,
    },
    /// The connection breaks after these bytes.
    Part {
        status: u16,
        body: Vec<u8>,
    },
    NoNetwork,
}

pub fn status(status: u16) -> Said {
    Said::Answer { status, headers: &[], body: Vec::new() }
}

pub fn problem(status: u16, code: &str) -> Said {
    let body = format!(r#"{{"type": "urn:opstap:problem:{code}", "status": {status}}}"#).into_bytes();
    Said::Answer { status, headers: &[("content-type", "application/problem+json")], body }
}

/// Puts another `fetch` in the window until it is dropped.
pub struct Server {
    pub calls: Rc<RefCell<Vec<Call>>>,
    original: JsValue,
    _fetch: Closure<dyn FnMut(String, RequestInit) -> Promise>,
}

impl Server {
    pub fn that_says(said: Vec<Said>) -> Self {
        let calls: Rc<RefCell<Vec<Call>>> = Rc::default();
        let noting = Rc::clone(&calls);
        let mut said = said.into_iter();
        let fetch = Closure::<dyn FnMut(String, RequestInit) -> Promise>::new(move |address, init| {
            noting.borrow_mut().push(Call { address, init });
            match said.next().unwrap() {
                Said::NoNetwork => Promise::reject(&js_sys::TypeError::new("Failed to fetch")),
                Said::Part { status, body } => {
                    let broken = Function::new_with_args(
                        "status, body",
                        "const pull = (to) => body ? (to.enqueue(body), (body = undefined)) : to.error(new TypeError('broken'));
                        return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }), { status });",
                    );
                    let body = Uint8Array::from(body.as_slice());
                    Promise::resolve(&broken.call2(&JsValue::NULL, &status.into(), &body).unwrap())
                }
                Said::Answer { status, headers, body } => {
                    let init = ResponseInit::new();
                    init.set_status(status);
                    let named = Headers::new().unwrap();
                    headers.iter().for_each(|(name, value)| named.set(name, value).unwrap());
                    init.set_headers(&named);
                    let body = Uint8Array::from(body.as_slice());
                    let body = (!matches!(status, 204 | 304)).then_some(body.unchecked_ref());
                    let response = Response::new_with_opt_js_u8_array_and_init(body, &init).unwrap();
                    Promise::resolve(&JsValue::from(response))
                }
            }
        });
        let window = web_sys::window().unwrap();
        let original = Reflect::get(&window, &"fetch".into()).unwrap();
        Reflect::set(&window, &"fetch".into(), fetch.as_ref()).unwrap();
        Self { calls, original, _fetch: fetch }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        Reflect::set(&web_sys::window().unwrap(), &"fetch".into(), &self.original).unwrap();
    }
}
