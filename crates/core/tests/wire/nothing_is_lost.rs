//! What is written is read back as it was.

use opstap_core::protocol::{
    decode_answer, decode_edit, decode_record, decode_request, digest_bytes, encode_answer, encode_edit, encode_record,
    encode_request,
};
use opstap_core::{Change, Value};
use proptest::prelude::*;

use crate::any;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_request_arrives_as_it_was_sent(request in any::request()) {
        prop_assert_eq!(decode_request(&encode_request(&request)), Ok(request));
    }

    #[test]
    fn an_answer_arrives_as_it_was_sent(answer in any::answer()) {
        prop_assert_eq!(decode_answer(&encode_answer(&answer)), Ok(answer));
    }

    #[test]
    fn an_edit_is_read_as_it_was_kept(edit in any::edit()) {
        prop_assert_eq!(decode_edit(&encode_edit(&edit)), Ok(edit));
    }

    #[test]
    fn a_record_is_read_as_it_was_kept(record in any::record()) {
        prop_assert_eq!(decode_record(&encode_record(&record)), Ok(record));
    }

    #[test]
    fn edits_that_differ_in_one_value_have_other_digest_bytes(
        edit in any::edit(),
        change in any::change(),
        a in any::value(),
        b in any::value(),
    ) {
        let with = |value: &Value| {
            let mut edit = edit.clone();
            let mut change = change.clone();
            match &mut change {
                Change::Make { cells, .. } | Change::Set { cells, .. } => cells.push(("text".into(), value.clone())),
            }
            edit.changes.push(change);
            digest_bytes(&edit)
        };
        prop_assert_eq!(with(&a) == with(&b), a == b);
    }
}

#[test]
fn a_long_text_in_every_edit_of_a_full_request_arrives() {
    let mut edit = crate::sample::edit();
    edit.changes.truncate(1);
    if let Some(Change::Make { cells, .. }) = edit.changes.first_mut() {
        cells.push(("text".into(), Value::Text("lang ".repeat(2_000))));
    }
    let mut request = crate::sample::request();
    request.edits = vec![edit; 500];
    assert_eq!(decode_request(&encode_request(&request)), Ok(request));
}
