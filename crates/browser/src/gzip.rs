//! Packing a request: a prepaid bundle pays for every byte.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::promise::settled;

#[wasm_bindgen]
extern "C" {
    // Not through web-sys, which has it behind a compiler flag.
    type CompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;

    type Stream;

    #[wasm_bindgen(method, catch, js_name = pipeThrough)]
    fn pipe_through(this: &Stream, through: &CompressionStream) -> Result<Stream, JsValue>;

    type Bytes;

    #[wasm_bindgen(method, catch)]
    fn stream(this: &Bytes) -> Result<Stream, JsValue>;

    #[wasm_bindgen(js_name = Response)]
    type Unpacked;

    #[wasm_bindgen(constructor, js_class = "Response", catch)]
    fn new(body: &Stream) -> Result<Unpacked, JsValue>;

    #[wasm_bindgen(method, catch, js_name = arrayBuffer)]
    fn array_buffer(this: &Unpacked) -> Result<js_sys::Promise, JsValue>;
}

/// Smaller bodies do not get smaller.
const WORTH_IT: usize = 1_024;

/// The body packed with gzip; `None` if that is not worth it, or the browser cannot.
pub async fn gzip(body: &[u8]) -> Option<Uint8Array> {
    if body.len() < WORTH_IT {
        return None;
    }
    let parts = Array::of1(&Uint8Array::from(body));
    let blob = web_sys::Blob::new_with_u8_array_sequence(&parts).ok()?;
    let stream = blob.unchecked_into::<Bytes>().stream().ok()?;
    let packed = stream.pipe_through(&CompressionStream::new("gzip").ok()?).ok()?;
    let buffer: ArrayBuffer = settled(Unpacked::new(&packed).ok()?.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer))
}
