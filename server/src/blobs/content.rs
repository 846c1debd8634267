//! What the bytes of a blob are, by looking at them: what a phone claims counts for nothing.

use std::io::{BufRead, Seek};

use image::{ImageFormat, ImageReader, Limits};

/// The longest side of a photo that is taken, in pixels. Phones send 1,600; this leaves room for other programs.
pub const LONGEST_SIDE: u32 = 4_096;
/// How many bytes are enough to tell what something is.
pub const BEGIN: usize = 16;

/// Why bytes are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Neither a photo nor a sound.
    Unknown,
    /// It begins like a photo and its measures cannot be read.
    Broken,
    /// A photo of more than [`LONGEST_SIDE`] pixels.
    TooManyPixels,
}

/// The media type by the first bytes.
#[must_use]
pub fn media_type(begin: &[u8]) -> Option<&'static str> {
    let riff = |what: &[u8]| begin.starts_with(b"RIFF") && begin.get(8..12) == Some(what);
    Some(match begin {
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => "image/png",
        _ if riff(b"WEBP") => "image/webp",
        _ if riff(b"WAVE") => "audio/wav",
        [b'O', b'g', b'g', b'S', ..] => "audio/ogg",
        [0x1a, 0x45, 0xdf, 0xa3, ..] => "audio/webm",
        [b'I', b'D', b'3', ..] | [0xff, 0xfb | 0xf3 | 0xf2, ..] => "audio/mpeg",
        _ => match (begin.get(4..8), begin.get(8..12)) {
            // Pictures such as HEIC share this box; only brands of sound are taken.
            (Some(b"ftyp"), Some(b"M4A " | b"isom" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"dash")) => "audio/mp4",
            _ => return None,
        },
    })
}

/// Looks at a whole blob: its kind, and of a photo whether its measures can be read and are small enough.
///
/// # Errors
/// Why it is not taken. Trouble with the disk reads as broken: the same bytes come again.
pub fn look_at(mut bytes: impl BufRead + Seek) -> Result<(), Unfit> {
    let mut begin = Vec::with_capacity(BEGIN);
    std::io::Read::read_to_end(&mut std::io::Read::take(&mut bytes, BEGIN as u64), &mut begin)
        .map_err(|_| Unfit::Broken)?;
    let media_type = media_type(&begin).ok_or(Unfit::Unknown)?;
    let format = match media_type {
        "image/jpeg" => ImageFormat::Jpeg,
        "image/png" => ImageFormat::Png,
        "image/webp" => ImageFormat::WebP,
        _ => return Ok(()),
    };
    bytes.rewind().map_err(|_| Unfit::Broken)?;
    let mut reader = ImageReader::with_format(bytes, format);
    // The measures are judged below; these limits keep a reader from taking memory for what it has not seen yet.
    let mut limits = Limits::default();
    limits.max_alloc = Some(16 * 1_024 * 1_024);
    reader.limits(limits);
    let (width, height) = reader.into_dimensions().map_err(|_| Unfit::Broken)?;
    match width.max(height) {
        _ if width.min(height) == 0 => Err(Unfit::Broken),
        side if side > LONGEST_SIDE => Err(Unfit::TooManyPixels),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, ImageBuffer};
    use std::io::Cursor;

    fn photo(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = DynamicImage::ImageRgb8(ImageBuffer::new(width, height));
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn look(bytes: &[u8]) -> Result<&'static str, Unfit> {
        look_at(Cursor::new(bytes)).map(|()| media_type(bytes).unwrap())
    }

    #[test]
    fn photos_of_three_kinds_are_known_by_their_bytes() {
        assert_eq!(look(&photo(8, 6, ImageFormat::Jpeg)), Ok("image/jpeg"));
        assert_eq!(look(&photo(8, 6, ImageFormat::Png)), Ok("image/png"));
        assert_eq!(look(&photo(8, 6, ImageFormat::WebP)), Ok("image/webp"));
    }

    #[test]
    fn a_cut_off_photo_is_broken() {
        let whole = photo(8, 6, ImageFormat::Jpeg);
        assert_eq!(look(&whole[..12]), Err(Unfit::Broken));
    }

    #[test]
    fn a_photo_of_too_many_pixels_is_told_apart() {
        let wide = photo(LONGEST_SIDE + 1, 1, ImageFormat::Png);
        assert_eq!(look(&wide), Err(Unfit::TooManyPixels));
    }

    #[test]
    fn a_page_that_calls_itself_a_photo_is_none() {
        assert_eq!(look(b"<html><script>alert(1)</script>"), Err(Unfit::Unknown));
        assert_eq!(look(b""), Err(Unfit::Unknown));
    }

    #[test]
    fn a_recorded_voice_is_known_and_a_picture_in_the_same_box_is_not() {
        assert_eq!(look(b"\x1a\x45\xdf\xa3 and then the sound"), Ok("audio/webm"));
        assert_eq!(look(b"\0\0\0\x20ftypM4A and then"), Ok("audio/mp4"));
        assert_eq!(look(b"\0\0\0\x20ftypheic and then"), Err(Unfit::Unknown));
    }
}
