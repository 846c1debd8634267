//! Thousands of bad bodies, each of which is refused with an error that says why.

use opstap_core::access::View;
use opstap_core::protocol::{
    Answer, AskedMonth, LetGo, Request, WireError, decode_answer, decode_request, encode_request,
};
use opstap_core::{CircleId, DeviceId, Millis, Month};

use crate::bad_bodies::{self, BadBodies};

#[track_caller]
fn all_are_refused<T>(bodies: &BadBodies, decode: fn(&[u8]) -> Result<T, WireError>) {
    assert!(bodies.len() >= 2_000, "{} bad bodies", bodies.len());
    let taken: Vec<&String> = bodies.iter().filter(|(body, _)| decode(body).is_ok()).map(|(_, what)| what).collect();
    assert!(taken.is_empty(), "{} of {} are taken: {taken:#?}", taken.len(), bodies.len());
    for (body, what) in bodies {
        let Err(error) = decode(body) else { continue };
        let inside = !matches!(error, WireError::Damaged { at, .. } if at > body.len());
        assert!(inside && !error.to_string().is_empty(), "{what}: {error}");
    }
}

#[test]
fn two_thousand_bodies_that_are_no_request_are_refused() {
    all_are_refused::<Request>(&bad_bodies::of_request(), decode_request);
}

#[test]
fn two_thousand_bodies_that_are_no_answer_are_refused() {
    all_are_refused::<Answer>(&bad_bodies::of_answer(), decode_answer);
}

#[test]
fn a_cell_that_a_record_has_twice_is_refused() {
    let twice: Vec<_> =
        bad_bodies::of_answer().into_iter().filter(|(_, what)| what.ends_with("a second time")).collect();
    assert!(twice.len() >= 3);
    for (body, what) in twice {
        let error = decode_answer(&body).err();
        let told = matches!(error, Some(WireError::Damaged { expected: "each cell of a record once", .. }));
        assert!(told, "{what}: {error:?}");
    }
}

#[test]
fn a_request_that_asks_or_tells_more_than_it_may_is_refused_whole() {
    let request = Request::of(DeviceId([1; 16]));
    let circle = CircleId([2; 16]);
    let months = |count| vec![AskedMonth { circle, month: Month(600), after: None }; count];
    let let_go = |count| vec![LetGo { circle, view: View::NOTHING, at: Millis(1) }; count];
    let most = Request { asked: months(Request::MOST_ASKED), let_go: let_go(Request::MOST_LET_GO), ..request.clone() };
    assert_eq!(decode_request(&encode_request(&most)).as_ref(), Ok(&most));
    let too_many_months = Request { asked: months(Request::MOST_ASKED + 1), ..request.clone() };
    let too_large = |what, most| Err(WireError::TooLarge { what, most });
    assert_eq!(decode_request(&encode_request(&too_many_months)), too_large("months", Request::MOST_ASKED));
    let too_many_words = Request { let_go: let_go(Request::MOST_LET_GO + 1), ..request };
    let refused = decode_request(&encode_request(&too_many_words));
    assert_eq!(refused, too_large("words of what went", Request::MOST_LET_GO));
}

#[test]
fn what_is_wrong_is_told_by_its_kind() {
    let bodies = bad_bodies::of_request();
    let count = |kind: fn(&WireError) -> bool| {
        bodies.keys().filter(|body| decode_request(body).err().as_ref().is_some_and(kind)).count()
    };
    assert!(count(|error| matches!(error, WireError::TooOld { version: 0 })) >= 1);
    assert!(count(|error| matches!(error, WireError::TooNew { .. })) >= 254);
    assert!(count(|error| matches!(error, WireError::Damaged { .. })) >= 2_000);
}
