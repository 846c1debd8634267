//! Bytes from elsewhere can be anything: they give an error or a value, never a panic, and never more memory than they deserve.

use opstap_core::protocol::{
    LARGEST_BODY, WireError, decode_answer, decode_edit, decode_record, decode_request, encode_answer, encode_edit,
    encode_record, encode_request,
};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::{any, sample};

/// Reads bytes as everything they could be; what can be read can also be written and read again.
fn read_as_anything(bytes: &[u8]) {
    if let Ok(request) = decode_request(bytes) {
        assert_eq!(decode_request(&encode_request(&request)), Ok(request));
    }
    if let Ok(answer) = decode_answer(bytes) {
        assert_eq!(decode_answer(&encode_answer(&answer)), Ok(answer));
    }
    if let Ok(edit) = decode_edit(bytes) {
        assert_eq!(encode_edit(&edit), bytes, "an edit has one form only");
    }
    if let Ok(record) = decode_record(bytes) {
        assert_eq!(decode_record(&encode_record(&record)), Ok(record));
    }
}

fn samples() -> [Vec<u8>; 4] {
    [
        encode_request(&sample::request()),
        encode_answer(&sample::answer()),
        encode_edit(&sample::edit()),
        encode_record(&sample::record()),
    ]
}

#[test]
fn what_is_cut_off_anywhere_is_told_to_be_damaged() {
    let [request, answer, edit, record] = samples();
    let damaged = |error: Option<WireError>| assert!(matches!(error, Some(WireError::Damaged { .. })), "{error:?}");
    (0..request.len()).for_each(|end| damaged(decode_request(&request[..end]).err()));
    (0..answer.len()).for_each(|end| damaged(decode_answer(&answer[..end]).err()));
    (0..edit.len()).for_each(|end| damaged(decode_edit(&edit[..end]).err()));
    (0..record.len()).for_each(|end| damaged(decode_record(&record[..end]).err()));
}

#[test]
fn what_has_something_behind_it_is_told_to_be_damaged() {
    let [mut request, mut answer, mut edit, mut record] = samples();
    [&mut request, &mut answer, &mut edit, &mut record].into_iter().for_each(|bytes| bytes.push(0));
    assert!(decode_request(&request).is_err());
    assert!(decode_answer(&answer).is_err());
    assert!(decode_edit(&edit).is_err());
    assert!(decode_record(&record).is_err());
}

#[test]
fn any_byte_may_be_any_other() {
    for mut bytes in samples() {
        for at in 0..bytes.len() {
            let was = bytes[at];
            for other in [0, 1, 2, 0x7f, 0x80, 0xff, was ^ 1, was ^ 0x40, was.wrapping_add(1), was.wrapping_sub(1)] {
                bytes[at] = other;
                read_as_anything(&bytes);
            }
            bytes[at] = was;
        }
    }
}

#[test]
fn other_versions_are_told_apart_from_damage() {
    assert_eq!(decode_request(&[3]).err(), Some(WireError::TooNew { version: 3 }));
    assert_eq!(decode_answer(&[255, 1, 2]).err(), Some(WireError::TooNew { version: 255 }));
    assert_eq!(decode_request(&[0]).err(), Some(WireError::TooOld { version: 0 }));
    assert_eq!(decode_edit(&[2]).err(), Some(WireError::TooNew { version: 2 }));
    assert_eq!(decode_record(&[9]).err(), Some(WireError::TooNew { version: 9 }));
    assert_eq!(decode_request(&[]).err(), Some(WireError::Damaged { at: 0, expected: "a version" }));
}

#[test]
fn a_length_longer_than_what_follows_is_damage_and_costs_no_memory() {
    // A table of 2^63 ids; an edit with 2^63 changes.
    let huge = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
    let body = [&[1][..], &huge].concat();
    assert_eq!(decode_request(&body).err(), Some(WireError::Damaged { at: 1, expected: "the number of ids" }));
    let edit = encode_edit(&opstap_core::Edit { changes: Vec::new(), ..sample::edit() });
    let body = [&edit[..edit.len() - 1], &huge].concat();
    let at = edit.len() - 1;
    assert_eq!(decode_edit(&body).err(), Some(WireError::Damaged { at, expected: "the number of changes" }));
}

#[test]
fn a_small_body_cannot_name_many_cells_by_one_shape() {
    // One shape of 60,000 cells, then rows of that shape: each cell must have its own byte further on.
    let mut body = vec![1, 1, 0, 1];
    body.extend([0xaa; 16]);
    body.extend([1, 1, b'a', 1, 0, 0xe0, 0xd4, 0x03, 0]);
    body.extend(vec![0; 60_000]);
    let request = [0, 0, 0, 0, 0, 0];
    body.extend(request);
    body.push(1);
    body.extend([0, 0].repeat(9));
    body.extend([0, 10]);
    body.push(0);
    body.extend([0; 10]);
    let error = decode_request(&body).err();
    assert!(matches!(error, Some(WireError::Damaged { expected: "the cells of all rows", .. })), "{error:?}");
}

#[test]
fn a_long_name_is_not_repeated_for_ever() {
    let name = "n".repeat(100_000);
    let cells = (0..400).map(|_| (name.clone().into(), opstap_core::Value::Nothing)).collect();
    let mut request = sample::request();
    request.edits.truncate(1);
    request.edits[0].changes = vec![opstap_core::Change::Set { id: opstap_core::RecordId([1; 16]), cells }];
    let error = decode_request(&encode_request(&request)).err();
    assert!(matches!(error, Some(WireError::TooLarge { .. })), "{error:?}");
}

#[test]
fn too_much_is_told_with_the_most_there_may_be() {
    assert_eq!(
        decode_answer(&vec![1; LARGEST_BODY + 1]).err(),
        Some(WireError::TooLarge { what: "bytes", most: LARGEST_BODY })
    );
    let mut request = sample::request();
    request.edits = vec![sample::edit(); 501];
    let error = decode_request(&encode_request(&request)).err();
    assert_eq!(error, Some(WireError::TooLarge { what: "edits", most: 500 }));
}

#[test]
fn errors_are_sentences_without_what_people_wrote() {
    let mut edit = encode_edit(&sample::edit());
    edit.truncate(120);
    let error = decode_edit(&edit).unwrap_err();
    assert_eq!(error.to_string(), "the bytes are damaged: at byte 105 there should have been the length of a text");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn any_bytes_give_an_error_or_a_value(bytes in vec(any::<u8>(), 0..300)) {
        read_as_anything(&bytes);
        read_as_anything(&[&[1][..], &bytes].concat());
    }

    #[test]
    fn many_small_numbers_give_an_error_or_a_value(bytes in vec(0..4_u8, 0..300)) {
        read_as_anything(&[&[1][..], &bytes].concat());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_body_with_any_damage_gives_an_error_or_a_value(
        request in any::request(),
        answer in any::answer(),
        damage in vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..4),
    ) {
        for mut bytes in [encode_request(&request), encode_answer(&answer)] {
            for (at, byte, how) in &damage {
                let at = at.index(bytes.len());
                match how {
                    0 => bytes[at] ^= 1 << (byte % 8),
                    1 => bytes[at] = *byte,
                    2 => bytes.insert(at, *byte),
                    _ => bytes.truncate(at.max(1)),
                }
            }
            read_as_anything(&bytes);
        }
    }
}
