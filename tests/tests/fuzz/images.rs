//! Uploads: whatever bytes call themselves a photo or a sound, they are judged, in little memory.

use std::io::Cursor;
use std::sync::LazyLock;

use flate2::Crc;
use image::{DynamicImage, ImageBuffer, ImageFormat, ImageReader, Rgb};
use opstap_server::blobs::{LONGEST_SIDE, Unfit, look_at};

use super::damage::damaged;
use super::draw::Draw;
use super::run::{fuzz, within};

/// What looking at a blob may take, however large it says it is: the readers' own limit, and their tables.
const MEMORY: usize = 20 * 1024 * 1024;

const FORMATS: [ImageFormat; 3] = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP];

static PHOTOS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| FORMATS.map(photo).to_vec());

fn photo(format: ImageFormat) -> Vec<u8> {
    let coloured = |x: u32, y: u32| Rgb([x, y, x ^ y].map(|part| u8::try_from(part % 256).unwrap()));
    let picture = DynamicImage::ImageRgb8(ImageBuffer::from_fn(37, 21, coloured));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn holds(bytes: &[u8]) {
    let verdict = within(MEMORY, || look_at(Cursor::new(bytes)));
    assert_eq!(look_at(Cursor::new(bytes)), verdict, "the same bytes get the same verdict");
    let format = image::guess_format(bytes).ok().filter(|format| FORMATS.contains(format));
    match (format, verdict) {
        (Some(format), Ok(())) => {
            let (width, height) = ImageReader::with_format(Cursor::new(bytes), format).into_dimensions().unwrap();
            assert!((1..=LONGEST_SIDE).contains(&width) && (1..=LONGEST_SIDE).contains(&height), "{width} × {height}");
        }
        (None, verdict) => assert!(matches!(verdict, Ok(()) | Err(Unfit::Unknown)), "{verdict:?} for no photo"),
        (Some(_), Err(_)) => {}
    }
}

/// A PNG of parts that are whole, with any content: a damaged sum would end the reading before anything of it is looked at.
fn png(draw: &mut Draw<'_>) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut part = |name: &[u8], content: &[u8]| {
        bytes.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        let body = [name, content].concat();
        let mut sum = Crc::new();
        sum.update(&body);
        bytes.extend(body);
        bytes.extend(sum.sum().to_be_bytes());
    };
    if draw.below(16) > 0 {
        let side = |draw: &mut Draw<'_>| u32::try_from(draw.number() & 0x1fff).unwrap().to_be_bytes();
        let look = [*draw.pick(&[8, 1, 16, 0]), *draw.pick(&[2, 6, 3, 0, 9]), 0, 0, draw.byte() % 3];
        part(b"IHDR", &[&side(draw), &side(draw), look.as_slice()].concat());
    }
    let names: [&[u8]; 12] =
        [b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"eXIf", b"zTXt", b"iTXt", b"tEXt", b"acTL", b"fcTL", b"IDAT", b"IEND"];
    while !draw.is_over() {
        let name = *draw.pick(&names);
        let length = draw.below(200);
        let content = draw.bytes(length);
        part(name, content);
    }
    bytes
}

/// A JPEG of segments with right lengths and any marker and content.
fn jpeg(draw: &mut Draw<'_>) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8];
    while !draw.is_over() {
        let marker =
            *draw.pick(&[0xe0, 0xe1, 0xe2, 0xee, 0xdb, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xda, 0xdd, 0xd9, 0xfe, 0xcc]);
        let length = draw.below(300);
        let content = draw.bytes(length);
        bytes.extend([0xff, marker]);
        bytes.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
        bytes.extend(content);
    }
    bytes
}

/// A WebP of chunks with right lengths and any content.
fn webp(draw: &mut Draw<'_>) -> Vec<u8> {
    let mut chunks = Vec::new();
    let names: [&[u8]; 8] = [b"VP8X", b"VP8L", b"VP8 ", b"ANIM", b"ANMF", b"ALPH", b"EXIF", b"ICCP"];
    while !draw.is_over() {
        let name = *draw.pick(&names);
        let length = draw.below(200);
        let content = draw.bytes(length);
        chunks.extend_from_slice(name);
        chunks.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
        chunks.extend_from_slice(content);
        chunks.resize(chunks.len().next_multiple_of(2), 0);
    }
    let mut bytes = b"RIFF".to_vec();
    bytes.extend(u32::try_from(chunks.len() + 4).unwrap().to_le_bytes());
    bytes.extend_from_slice(b"WEBP");
    bytes.extend(chunks);
    bytes
}

#[test]
fn any_upload_gets_a_verdict() {
    fuzz!(|bytes| {
        let mut draw = Draw::new(bytes);
        let upload = match draw.below(6) {
            0 => draw.rest().to_vec(),
            1 => png(&mut draw),
            2 => jpeg(&mut draw),
            3 => webp(&mut draw),
            _ => {
                let good = draw.pick(&PHOTOS).clone();
                damaged(&mut draw, &good)
            }
        };
        holds(&upload);
    });
}

#[test]
fn the_photos_that_are_damaged_here_are_taken_whole() {
    for photo in PHOTOS.iter() {
        assert_eq!(look_at(Cursor::new(photo)), Ok(()));
    }
    let whole = [&[2, 0, 37], [0; 30].as_slice()].concat();
    assert_eq!(look_at(Cursor::new(png(&mut Draw::new(&whole)))), Err(Unfit::Broken));
}
