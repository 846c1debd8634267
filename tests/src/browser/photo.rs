//! Photos as a camera would give them.

use std::path::{Path, PathBuf};

use image::{ImageBuffer, Rgb, codecs::jpeg::JpegEncoder};

use super::missed::{Missed, Step};

/// Writes a JPEG larger than the app keeps, so that it has to be shrunk; another `hue` is another photo.
///
/// # Errors
/// When it cannot be written.
pub fn photo(folder: &Path, name: &str, hue: u8) -> Step<PathBuf> {
    let image = ImageBuffer::from_fn(2_000, 1_500, |x, y| Rgb([hue, shade(x / 8), shade(y / 6)]));
    written(folder, name, &image)
}

/// The same of something that shrinks to no less than half a megabyte, such as leaves or gravel.
///
/// # Errors
/// When it cannot be written.
pub fn heavy_photo(folder: &Path, name: &str) -> Step<PathBuf> {
    let grain =
        |x: u32, y: u32, part: u32| shade((x / 2).wrapping_mul(7_919) ^ (y / 2).wrapping_mul(104_729 + part) >> 3);
    let image = ImageBuffer::from_fn(2_000, 1_500, |x, y| Rgb([grain(x, y, 0), grain(x, y, 2), grain(y, x, 4)]));
    written(folder, name, &image)
}

fn shade(at: u32) -> u8 {
    u8::try_from(at % 256).unwrap_or(u8::MAX)
}

fn written(folder: &Path, name: &str, image: &ImageBuffer<Rgb<u8>, Vec<u8>>) -> Step<PathBuf> {
    let path = folder.join(format!("{name}.jpg"));
    let file = std::io::BufWriter::new(std::fs::File::create(&path)?);
    JpegEncoder::new_with_quality(file, 80)
        .encode_image(image)
        .map_err(|cause| Missed::new(format!("a photo that could not be made: {cause}")))?;
    Ok(path)
}
