//! The wire and the form of what is kept: any bytes give a value or an error, in memory that their length pays for, and what was
//! read can be written and read again.

use std::sync::LazyLock;

use opstap_core::protocol::{
    WireError, decode_answer, decode_edit, decode_record, decode_request, encode_answer, encode_answer_as, encode_edit,
    encode_record, encode_request, encode_request_as,
};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::damage::damaged;
use super::draw::Draw;
use super::run::{fuzz, within};
use crate::{any, sample};

/// What a byte of a body pays for: 64 bytes of names and texts that stand in it once, and a cell, which has at least one byte and
/// takes some 64 bytes on its way through columns and rows, each at most twice as long as what is in it.
const MEMORY_PER_BYTE: usize = 512;
/// What even the smallest body may take.
const MEMORY_ANYWAY: usize = 128 * 1024;

static SAMPLES: LazyLock<[Vec<u8>; 6]> = LazyLock::new(|| {
    [
        encode_request(&sample::request()),
        encode_answer(&sample::answer()),
        encode_request_as(&sample::request_1(), 1),
        encode_answer_as(&sample::answer_1(), 1),
        encode_edit(&sample::edit()),
        encode_record(&sample::record()),
    ]
});

fn read<T>(bytes: &[u8], decode: fn(&[u8]) -> Result<T, WireError>) -> Option<T> {
    match within(bytes.len() * MEMORY_PER_BYTE + MEMORY_ANYWAY, || decode(bytes)) {
        Ok(value) => Some(value),
        Err(error) => {
            assert!(!matches!(error, WireError::Damaged { at, .. } if at > bytes.len()), "{error} lies behind the end");
            None
        }
    }
}

/// Reads bytes as everything they could be.
fn read_as_anything(bytes: &[u8]) {
    if let Some(request) = read(bytes, decode_request) {
        assert_eq!(decode_request(&encode_request_as(&request, request.wire)), Ok(request));
    }
    if let Some(answer) = read(bytes, decode_answer) {
        assert_eq!(decode_answer(&encode_answer(&answer)), Ok(answer));
    }
    if let Some(edit) = read(bytes, decode_edit) {
        assert_eq!(encode_edit(&edit), bytes, "an edit has one form only");
    }
    if let Some(record) = read(bytes, decode_record) {
        assert_eq!(decode_record(&encode_record(&record)), Ok(record));
    }
}

/// Something of a strategy, which these bytes choose.
fn made<T>(strategy: impl Strategy<Value = T>, seed: &[u8; 32]) -> T {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, seed);
    strategy.new_tree(&mut TestRunner::new_with_rng(Config::default(), rng)).unwrap().current()
}

#[test]
fn any_bytes_are_read_or_refused() {
    fuzz!(|bytes| {
        let mut draw = Draw::new(bytes);
        match draw.below(4) {
            0 => read_as_anything(draw.rest()),
            1 => {
                let version = 1 + u8::try_from(draw.below(2)).unwrap();
                read_as_anything(&[&[version], draw.rest()].concat());
            }
            2 => {
                let small: Vec<u8> = draw.rest().iter().map(|byte| byte % 4).collect();
                read_as_anything(&[&[2], small.as_slice()].concat());
            }
            _ => {
                let good = draw.pick(&*SAMPLES).clone();
                let bad = damaged(&mut draw, &good);
                read_as_anything(&bad);
            }
        }
    });
}

#[test]
fn anything_that_can_be_said_arrives_and_damage_to_it_does_no_harm() {
    fuzz!(|bytes| {
        let mut draw = Draw::new(bytes);
        let what = draw.below(4);
        let mut seed = [0; 32];
        seed.fill_with(|| draw.byte());
        let body = match what {
            0 => {
                let request = made(any::request(), &seed);
                let body = encode_request(&request);
                assert_eq!(decode_request(&body), Ok(request));
                body
            }
            1 => {
                let answer = made(any::answer(), &seed);
                let body = encode_answer(&answer);
                assert_eq!(decode_answer(&body), Ok(answer));
                body
            }
            2 => {
                let edit = made(any::edit(), &seed);
                let body = encode_edit(&edit);
                assert_eq!(decode_edit(&body), Ok(edit));
                body
            }
            _ => {
                let record = made(any::record(), &seed);
                let body = encode_record(&record);
                assert_eq!(decode_record(&body), Ok(record));
                body
            }
        };
        read_as_anything(&body);
        read_as_anything(&damaged(&mut draw, &body));
    });
}
