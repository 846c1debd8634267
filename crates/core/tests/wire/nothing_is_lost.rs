//! What is written is read back as it was.

use opstap_core::protocol::{
    decode_answer, decode_edit, decode_record, decode_request, digest_bytes, encode_answer, encode_edit, encode_record,
    encode_request,
};
use proptest::prelude::*;

use crate::any;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

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
    fn edits_have_the_same_digest_bytes_exactly_when_they_are_the_same(a in any::edit(), b in any::edit()) {
        prop_assert_eq!(digest_bytes(&a) == digest_bytes(&b), a == b);
        prop_assert_eq!(digest_bytes(&a), digest_bytes(&a.clone()));
    }
}
