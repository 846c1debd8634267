//! Photos are made small on the phone, before they are kept: a bundle must last, and where they were taken is nobody's business.

use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

use crate::promise::{object, settled};

/// The long side of a photo, in pixels, at most.
pub const LONG_SIDE: u32 = 1_600;
/// The largest file that is opened, in bytes.
pub const LARGEST_PHOTO: u32 = 30 * 1024 * 1024;
/// As good as eyes on a phone can tell.
const QUALITY: f64 = 0.8;

/// Why a file did not become a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAPhoto {
    /// It is larger than [`LARGEST_PHOTO`].
    TooLarge,
    /// It cannot be read as a picture.
    Broken,
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = createImageBitmap)]
    fn create_image_bitmap(image: &Blob, options: &JsValue) -> Result<Promise, JsValue>;
}

/// Draws a photo anew as a JPEG, its long side at most [`LONG_SIDE`], upright as it was taken, without place, time or camera.
///
/// # Errors
/// When the file is too large or no picture.
pub async fn shrink(file: &Blob) -> Result<Vec<u8>, NotAPhoto> {
    if file.size() > f64::from(LARGEST_PHOTO) {
        return Err(NotAPhoto::TooLarge);
    }
    redraw(file).await.ok_or(NotAPhoto::Broken)
}

async fn redraw(file: &Blob) -> Option<Vec<u8>> {
    let upright = object([("imageOrientation", "from-image".into())]);
    let image: ImageBitmap = settled(create_image_bitmap(file, &upright).ok()?).await.ok()?;
    let (width, height) = fitting(image.width(), image.height())?;
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let (wide, high) = (f64::from(width), f64::from(height));
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // JPEG knows no transparency: without this it would come out black.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, wide, high);
    context.draw_image_with_image_bitmap_and_dw_and_dh(&image, 0.0, 0.0, wide, high).ok()?;
    image.close();
    let small: Blob = settled(jpeg(&canvas)).await.ok()?;
    // Phones keep the memory of a canvas until it is made small.
    canvas.set_width(0);
    let buffer: js_sys::ArrayBuffer = settled(small.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

fn jpeg(canvas: &HtmlCanvasElement) -> Promise {
    Promise::new(&mut |resolve: Function, reject: Function| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::UNDEFINED, &blob);
        });
        let quality = JsValue::from_f64(QUALITY);
        let asked = canvas.to_blob_with_type_and_encoder_options(done.unchecked_ref(), "image/jpeg", &quality);
        if asked.is_err() {
            let _ = reject.call0(&JsValue::UNDEFINED);
        }
    })
}

/// Width and height with the long side cut to [`LONG_SIDE`] and the proportions kept; nothing is ever enlarged.
fn fitting(width: u32, height: u32) -> Option<(u32, u32)> {
    let long = width.max(height);
    if width == 0 || height == 0 {
        return None;
    }
    if long <= LONG_SIDE {
        return Some((width, height));
    }
    let scaled = |side: u32| {
        let exact = u64::from(side) * u64::from(LONG_SIDE);
        u32::try_from((exact + u64::from(long) / 2) / u64::from(long)).unwrap_or(LONG_SIDE).max(1)
    };
    Some((scaled(width), scaled(height)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_long_side_is_cut_and_the_proportions_stay() {
        assert_eq!(fitting(4_000, 3_000), Some((1_600, 1_200)));
        assert_eq!(fitting(3_000, 4_000), Some((1_200, 1_600)));
        assert_eq!(fitting(800, 600), Some((800, 600)));
        assert_eq!(fitting(100_000, 1), Some((1_600, 1)));
        assert_eq!(fitting(0, 10), None);
    }
}
