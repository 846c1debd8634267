//! Paper: what stands on the screen, given to the printer.

/// Lets the browser print this screen; what that asks of the person is the browser's own.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // Where a browser cannot print, the preview stays.
        let _ = window.print();
    }
}
