//! A file for the person to keep.

use wasm_bindgen::JsCast;

/// Lets the browser save a text as a file, or open it with what the device has for its kind.
pub fn save_file(name: &str, kind: &str, text: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    if let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) {
        save_blob(name, &blob);
    }
}

/// The same for a file that came from elsewhere.
pub fn save_blob(name: &str, blob: &web_sys::Blob) {
    let address = web_sys::Url::create_object_url_with_blob(blob).ok();
    let document = web_sys::window().and_then(|window| window.document());
    let link = document.and_then(|document| document.create_element("a").ok());
    let link = link.and_then(|link| link.dyn_into::<web_sys::HtmlAnchorElement>().ok());
    let (Some(address), Some(link)) = (address, link) else { return };
    link.set_href(&address);
    link.set_download(name);
    link.click();
    let _ = web_sys::Url::revoke_object_url(&address);
}
