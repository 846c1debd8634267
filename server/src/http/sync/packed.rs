//! Packing an answer. The whole of it is there at once, so the packer's window is no larger than the answer: many devices that come back
//! together take little memory.

use std::io::Write;

use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use opstap_core::protocol::MEDIA_TYPE;

/// Below so many bytes packing saves nothing.
const SMALL: usize = 128;
/// Of the levels of Brotli the one from where a byte less costs ever more.
const BROTLI: i32 = 4;
/// The same of gzip, for those who do not know Brotli.
const GZIP: u32 = 4;

/// How an answer is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Brotli,
    Gzip,
    Plain,
}

impl Packing {
    /// The best that is accepted.
    fn accepted(headers: &HeaderMap) -> Self {
        let lists = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
        let named: Vec<&str> = lists.flat_map(|list| list.split(',')).filter_map(wanted).collect();
        if named.contains(&"br") {
            Self::Brotli
        } else if named.contains(&"gzip") {
            Self::Gzip
        } else {
            Self::Plain
        }
    }

    /// The packed body; nothing when it is to stay as it is.
    fn pack(self, body: &[u8]) -> Option<(&'static str, Vec<u8>)> {
        let packed = match self {
            Self::Brotli => ("br", brotli(body)?),
            Self::Gzip => ("gzip", gzip(body)?),
            Self::Plain => return None,
        };
        (packed.1.len() < body.len()).then_some(packed)
    }
}

/// The name of a packing in a list, unless it is ruled out by `q=0`.
fn wanted(entry: &str) -> Option<&str> {
    let mut parts = entry.split(';').map(str::trim);
    let name = parts.next()?;
    let quality = parts.find_map(|part| part.strip_prefix("q=")).map(str::parse::<f32>);
    (!matches!(quality, Some(Ok(0.0)))).then_some(name)
}

fn brotli(body: &[u8]) -> Option<Vec<u8>> {
    let bits = usize::BITS - body.len().leading_zeros();
    let parameters = BrotliEncoderParams {
        quality: BROTLI,
        lgwin: i32::try_from(bits).ok()?.clamp(16, 22),
        size_hint: body.len(),
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*body, &mut packed, &parameters).ok()?;
    Some(packed)
}

fn gzip(body: &[u8]) -> Option<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::new(GZIP));
    packer.write_all(body).ok()?;
    packer.finish().ok()
}

/// The answer with this body, packed as the one who asked accepts it.
pub fn answer(asked: &HeaderMap, body: Vec<u8>) -> Response {
    let packed = (body.len() >= SMALL).then(|| Packing::accepted(asked).pack(&body)).flatten();
    let headers = [(CONTENT_TYPE, MEDIA_TYPE), (CACHE_CONTROL, "no-store")];
    match packed {
        Some((name, packed)) => {
            let mut response = (headers, packed).into_response();
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(name));
            response
        }
        None => (headers, body).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn asked(list: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(list))])
    }

    #[test]
    fn the_best_packing_that_is_accepted_is_taken() {
        for (list, packing) in [
            ("gzip, deflate, br, zstd", Packing::Brotli),
            ("gzip;q=1.0, br;q=0.5", Packing::Brotli),
            ("gzip, br;q=0", Packing::Gzip),
            ("gzip;q=0", Packing::Plain),
            ("identity", Packing::Plain),
        ] {
            assert_eq!(Packing::accepted(&asked(list)), packing, "{list}");
        }
        assert_eq!(Packing::accepted(&HeaderMap::new()), Packing::Plain);
    }

    #[test]
    fn what_was_packed_comes_out_as_it_was_small_or_large() {
        for length in [128, 5_000, 300_000] {
            let body: Vec<u8> = (0..length).map(|at: u32| u8::try_from(at % 251 / 7).unwrap()).collect();
            let (mut unpacked, mut unzipped) = (Vec::new(), Vec::new());
            brotli::Decompressor::new(&*brotli(&body).unwrap(), 4_096).read_to_end(&mut unpacked).unwrap();
            flate2::read::GzDecoder::new(&*gzip(&body).unwrap()).read_to_end(&mut unzipped).unwrap();
            assert!(unpacked == body && unzipped == body, "{length} bytes");
        }
    }

    #[test]
    fn what_packing_would_make_larger_stays_as_it_is() {
        let random: Vec<u8> =
            (0_u32..200).map(|at| u8::try_from(at.wrapping_mul(2_654_435_761) >> 24).unwrap()).collect();
        assert_eq!(Packing::Brotli.pack(&random), None);
        assert!(answer(&asked("br"), random).headers().get(CONTENT_ENCODING).is_none());
    }
}
