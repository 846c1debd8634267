//! Paper: what stands on the screen, given to the printer, or as a page of its own that somebody can send along.

use crate::language::language_now;
use wasm_bindgen::JsCast;

/// Lets the browser print this screen; what that asks of the person is the browser's own.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // Where a browser cannot print, the preview stays.
        let _ = window.print();
    }
}

/// How such a page looks: black on white, on A4.
const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#000;background:#fff}\
table{border-collapse:collapse;margin:1rem 0}caption{text-align:left;font-weight:600}\
th,td{padding:.25rem .75rem;text-align:left;vertical-align:top;border-bottom:1px solid #666}\
td span,td b{display:block}.n{text-align:right}tr{break-inside:avoid}dd{margin:0 0 .75rem}";

/// What the first element of this selector shows, as a page that needs nothing beside itself: its words and tables, without pictures, which
/// would be addresses on this device.
pub fn as_page(selector: &str, title: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let shown: web_sys::Element =
        document.query_selector(selector).ok()??.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    while let Ok(Some(drawn)) = shown.query_selector("img, svg, .well") {
        drawn.remove();
    }
    let heading = document.create_element("title").ok()?;
    heading.set_text_content(Some(title));
    let parts = [
        "<!doctype html>\n<html lang=\"",
        language_now().tag(),
        "\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
        &heading.outer_html(),
        "\n<style>",
        STYLE,
        "</style>\n",
        &shown.outer_html(),
        "\n</html>\n",
    ];
    Some(parts.concat())
}
