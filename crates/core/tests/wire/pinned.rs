//! The bytes in `pinned/` were written by a version that people use. A program must read them for as long as
//! `docs/protocol.md` says, and write them in the same way. NEVER EDIT A PINNED FILE OR ONE OF THESE TESTS TO MAKE IT PASS:
//! a change of bytes needs a new version number, a new file beside the old, and a reader for both.

use std::fmt::Debug;

use opstap_core::protocol::{
    OLDEST_WIRE, WIRE, WireError, decode_answer, decode_edit, decode_record, decode_request, digest_bytes,
    encode_answer_as, encode_edit, encode_record, encode_request_as,
};

use crate::bad_bodies::pinned;
use crate::sample;

fn hex(bytes: &[u8]) -> String {
    let lines = bytes.chunks(40).map(|line| line.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    lines.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn stays<T: PartialEq + Debug>(
    file: &str,
    sample: &T,
    encode: impl Fn(&T) -> Vec<u8>,
    decode: impl Fn(&[u8]) -> Result<T, WireError>,
) {
    let bytes = pinned(file);
    let now = encode(sample);
    assert!(bytes == now, "the bytes changed: read the top of this file. They are now:\n{}", hex(&now));
    assert_eq!(decode(&bytes).as_ref(), Ok(sample));
}

#[test]
fn every_version_that_is_served_is_pinned() {
    assert_eq!((OLDEST_WIRE, WIRE), (1, 2), "pin the new version too");
}

#[test]
fn a_request_of_version_1_stays_as_it_is() {
    let encode = |request: &_| encode_request_as(request, 1);
    stays(include_str!("pinned/request-1.hex"), &sample::request_1(), encode, decode_request);
}

#[test]
fn an_answer_of_version_1_stays_as_it_is() {
    stays(
        include_str!("pinned/answer-1.hex"),
        &sample::answer_1(),
        |answer| encode_answer_as(answer, 1),
        decode_answer,
    );
}

#[test]
fn a_request_of_version_2_stays_as_it_is() {
    let encode = |request: &_| encode_request_as(request, 2);
    stays(include_str!("pinned/request-2.hex"), &sample::request(), encode, decode_request);
}

#[test]
fn an_answer_of_version_2_stays_as_it_is() {
    stays(include_str!("pinned/answer-2.hex"), &sample::answer(), |answer| encode_answer_as(answer, 2), decode_answer);
}

#[test]
fn what_version_1_cannot_say_is_left_out_and_the_rest_is_as_in_version_2() {
    assert_eq!(decode_request(&encode_request_as(&sample::request(), 1)), Ok(sample::request_1()));
    assert_eq!(decode_answer(&encode_answer_as(&sample::answer(), 1)), Ok(sample::answer_1()));
}

#[test]
fn an_edit_kept_by_version_1_stays_as_it_is() {
    stays(include_str!("pinned/edit-1.hex"), &sample::edit(), encode_edit, decode_edit);
}

#[test]
fn a_record_kept_by_version_1_stays_as_it_is() {
    stays(include_str!("pinned/record-1.hex"), &sample::record(), encode_record, decode_record);
}

#[test]
fn what_is_hashed_of_an_edit_stays_as_it_is() {
    assert_eq!(digest_bytes(&sample::edit()), pinned(include_str!("pinned/edit-1.hex"))[1..]);
}
