//! The way to the server, with a `fetch` that answers as told: what is sent, and what each answer means for the device.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic anywhere")]

mod asked_files;
mod fake_server;

use fake_server::{Call, Said, Server, problem, status};
use js_sys::{ArrayBuffer, Function, Promise, Reflect, Uint8Array};
use opstap_browser::{Http, NotPaired, Store, current, forget, open, open_again, pair, ring_by};
use opstap_core::model::{OrganisationRole, Person};
use opstap_core::protocol::{Answer, MEDIA_TYPE, Request, decode_request, encode_answer};
use opstap_core::{
    BlobHash, BlobRef, Change, CircleId, DeviceId, Edit, EditName, Epoch, Media, Millis, PersonId, RecordId, Seen,
    ServerId, Stamp, Value,
};
use opstap_sync_client::{
    Batch, CommitOutcome, Fetched, LocalStore, NotOpened, Online, Op, Pending, PendingState, Ruled, Transport,
    TransportError,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const STORE: DeviceId = DeviceId([0x51; 16]);
const CIRCLE: CircleId = CircleId([0xc1; 16]);

fn request(edits: u64) -> Request {
    let edit = |n| Edit {
        name: EditName { device: STORE, n },
        stamp: Stamp { millis: Millis(1_790_000_000_000 + n), counter: 0, device: STORE },
        circle: CIRCLE,
        seen: Seen::default(),
        beside: None,
        changes: vec![Change::Set {
            id: RecordId([4; 16]),
            cells: vec![("text".into(), format!("Pak de kar die bij de ingang van winkel {n} staat").as_str().into())],
        }],
    };
    let edits: Vec<Edit> = (1..=edits).map(edit).collect();
    Request { edits, ..Request::of(STORE) }
}

fn answer() -> Answer {
    Answer {
        server: ServerId([1; 16]),
        epoch: Epoch(1),
        time: Millis(5),
        lease: 14,
        person: Person { id: PersonId([2; 16]), role: OrganisationRole::Participant },
        verdicts: Vec::new(),
        circles: Vec::new(),
        left: Vec::new(),
        owners: Vec::new(),
        lacking: Vec::new(),
    }
}

async fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let unpack = Function::new_with_args(
        "bytes",
        "return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer()",
    );
    let promise: Promise = unpack.call1(&JsValue::NULL, &Uint8Array::from(bytes)).unwrap().unchecked_into();
    Uint8Array::new(&JsFuture::from(promise).await.unwrap().unchecked_into::<ArrayBuffer>()).to_vec()
}

fn found(answer: &Answer) -> Said {
    Said::Answer { status: 200, headers: &[("content-type", MEDIA_TYPE)], body: encode_answer(answer) }
}

#[wasm_bindgen_test]
async fn a_request_names_its_store_and_is_packed_when_that_saves_something() {
    let server = Server::that_says(vec![found(&answer()), found(&answer())]);
    assert_eq!(Http::new(STORE).exchange(&request(0)).await, Ok(answer()));
    assert_eq!(Http::new(STORE).exchange(&request(40)).await, Ok(answer()));
    let calls = server.calls.take();
    assert_eq!(calls[0].address, "/api/sync");
    assert_eq!(calls[0].header("opstap-device"), Some(STORE.to_string()));
    assert_eq!(calls[0].header("content-type").as_deref(), Some(MEDIA_TYPE));
    assert_eq!((calls[0].header("content-encoding"), calls[1].header("content-encoding")), (None, Some("gzip".into())));
    assert_eq!(decode_request(&calls[0].body()), Ok(request(0)));
    let packed = calls[1].body();
    let plain = opstap_core::protocol::encode_request(&request(40)).len();
    assert!(packed.len() * 10 < plain * 8, "{} of {plain} bytes", packed.len());
    assert_eq!(decode_request(&unpacked(&packed).await), Ok(request(40)));
}

#[wasm_bindgen_test]
async fn each_answer_says_what_the_device_can_do() {
    let later = |after| TransportError::Later { after };
    let wait = Said::Answer { status: 503, headers: &[("retry-after", "5")], body: Vec::new() };
    let ours =
        |body: &[u8]| Said::Answer { status: 200, headers: &[("content-type", MEDIA_TYPE)], body: body.to_vec() };
    let sign_in_page =
        Said::Answer { status: 200, headers: &[("content-type", "text/html")], body: b"<html>".to_vec() };
    let table = vec![
        (Said::NoNetwork, TransportError::Offline),
        (status(502), TransportError::Offline),
        (problem(401, "not-signed-in"), TransportError::SignedOut),
        (wait, later(Some(5_000))),
        (problem(500, "trouble"), later(None)),
        (problem(400, "old-version"), TransportError::TooOld),
        (problem(400, "body-not-understood"), TransportError::Refused),
        (problem(413, "too-large"), TransportError::Refused),
        // What a Wi-Fi network says before somebody has signed in to it.
        (sign_in_page, TransportError::Offline),
        (ours(&[1, 250, 0]), TransportError::Unreadable),
        // What a newer server may send one day.
        (ours(&[200, 0, 0]), TransportError::TooOld),
    ];
    let (said, meant): (Vec<Said>, Vec<TransportError>) = table.into_iter().unzip();
    let _server = Server::that_says(said);
    for (row, meant) in meant.into_iter().enumerate() {
        assert_eq!(Http::new(STORE).exchange(&request(0)).await, Err(meant), "row {row}");
    }
}

#[wasm_bindgen_test]
async fn a_photo_goes_on_where_an_earlier_try_came_to() {
    let come_to = Said::Answer { status: 409, headers: &[("upload-offset", "4")], body: Vec::new() };
    let server = Server::that_says(vec![come_to, status(201)]);
    let blob = BlobRef { hash: BlobHash([0xab; 32]), media: Media::Photo, size: 10 };
    assert_eq!(Http::new(STORE).send(CIRCLE, blob, b"0123456789").await, Ok(()));
    let calls = server.calls.borrow();
    assert_eq!(calls[0].address, format!("/api/blobs/{CIRCLE}/{}", blob.hash));
    let sent: Vec<_> = calls.iter().map(|call| (call.header("upload-offset").unwrap(), call.body())).collect();
    assert_eq!(sent, [("0".to_owned(), b"0123456789".to_vec()), ("4".to_owned(), b"456789".to_vec())]);
}

#[wasm_bindgen_test]
async fn a_large_photo_asks_first_how_far_an_earlier_try_came() {
    let come_to = Said::Answer { status: 404, headers: &[("upload-offset", "19990")], body: Vec::new() };
    let server = Server::that_says(vec![come_to, status(201), problem(404, "no-such-blob"), Said::NoNetwork]);
    let blob = BlobRef { hash: BlobHash([0xab; 32]), media: Media::Photo, size: 20_000 };
    let http = Http::new(STORE);
    assert_eq!(http.send(CIRCLE, blob, &[7; 20_000]).await, Ok(()));
    assert_eq!(http.send(CIRCLE, blob, &[7; 20_000]).await, Err(TransportError::Offline));
    let calls = server.calls.borrow();
    let method = |call: &Call| Reflect::get(&call.init, &"method".into()).unwrap().as_string().unwrap();
    let methods: Vec<String> = calls.iter().map(method).collect();
    assert_eq!(methods, ["HEAD", "PUT", "HEAD", "PUT"]);
    assert_eq!((calls[1].header("upload-offset").unwrap().as_str(), calls[1].body()), ("19990", vec![7; 10]));
    assert_eq!((calls[3].header("upload-offset").unwrap().as_str(), calls[3].body().len()), ("0", 20_000));
}

#[wasm_bindgen_test]
async fn a_photo_whose_connection_breaks_is_fetched_from_there() {
    let rest = Said::Answer { status: 206, headers: &[], body: vec![4, 5] };
    let part = |status, body: &[u8]| Said::Part { status, body: body.to_vec() };
    let server = Server::that_says(vec![part(200, &[1, 2]), Said::NoNetwork, part(206, &[3]), rest]);
    let http = Http::new(STORE);
    let hash = BlobHash([1; 32]);
    for _ in 0..3 {
        assert_eq!(http.fetch(CIRCLE, hash).await, Err(TransportError::Offline));
    }
    assert_eq!(http.fetch(CIRCLE, hash).await, Ok(Fetched::Bytes(vec![1, 2, 3, 4, 5])));
    let ranges: Vec<_> = server.calls.borrow().iter().map(|call| call.header("range")).collect();
    let from = |range: &str| Some(range.to_owned());
    assert_eq!(ranges, [None, from("bytes=2-"), from("bytes=2-"), from("bytes=3-")]);
}

#[wasm_bindgen_test]
async fn a_server_that_gives_the_whole_or_has_no_such_range_is_not_put_behind_the_first_part() {
    let whole = || Said::Answer { status: 200, headers: &[], body: vec![1, 2, 3] };
    let part = || Said::Part { status: 200, body: vec![1, 2] };
    let _server = Server::that_says(vec![part(), whole(), part(), problem(416, "no-such-range"), whole()]);
    let http = Http::new(STORE);
    let hash = BlobHash([1; 32]);
    assert_eq!(http.fetch(CIRCLE, hash).await, Err(TransportError::Offline));
    assert_eq!(http.fetch(CIRCLE, hash).await, Ok(Fetched::Bytes(vec![1, 2, 3])));
    assert_eq!(http.fetch(CIRCLE, hash).await, Err(TransportError::Offline));
    assert_eq!(http.fetch(CIRCLE, hash).await, Err(TransportError::Offline));
    assert_eq!(http.fetch(CIRCLE, hash).await, Ok(Fetched::Bytes(vec![1, 2, 3])));
}

#[wasm_bindgen_test]
async fn a_photo_that_somebody_else_took_in_counts_as_not_sent() {
    let _server = Server::that_says(vec![status(200), status(204)]);
    let blob = BlobRef { hash: BlobHash([0xab; 32]), media: Media::Photo, size: 1 };
    assert_eq!(Http::new(STORE).send(CIRCLE, blob, b"0").await, Err(TransportError::Offline));
    assert_eq!(Http::new(STORE).send(CIRCLE, blob, b"0").await, Ok(()));
}

#[wasm_bindgen_test]
async fn a_photo_is_fetched_or_not_there_yet() {
    let bytes = Said::Answer { status: 200, headers: &[], body: vec![1, 2, 3] };
    let _server = Server::that_says(vec![bytes, problem(404, "no-such-blob"), Said::NoNetwork]);
    let http = Http::new(STORE);
    assert_eq!(http.fetch(CIRCLE, BlobHash([1; 32])).await, Ok(Fetched::Bytes(vec![1, 2, 3])));
    assert_eq!(http.fetch(CIRCLE, BlobHash([1; 32])).await, Ok(Fetched::NotThere));
    assert_eq!(http.fetch(CIRCLE, BlobHash([1; 32])).await, Err(TransportError::Offline));
}

#[wasm_bindgen_test]
async fn a_code_makes_this_browser_a_device_of_its_person() {
    let person = PersonId([7; 16]);
    let who = format!(r#"{{"person": "{person}", "name": "Sem", "role": "participant"}}"#).into_bytes();
    let server = Server::that_says(vec![Said::Answer { status: 200, headers: &[], body: who }]);
    let known = pair("abcd-efgh").await.unwrap();
    assert_eq!((known.person.id, known.name.as_str()), (person, "Sem"));
    assert_eq!(current(), Some(known.clone()));
    let engine = open(known.id).await.unwrap();
    assert_eq!((engine.me().id, engine.store_id()), (person, known.id));
    let body: JsValue = Reflect::get(&server.calls.borrow()[0].init, &"body".into()).unwrap();
    assert_eq!(body.as_string().unwrap(), format!(r#"{{"code":"abcd-efgh","device":"{}"}}"#, known.id));
    drop(engine);
    forget(known.id).await;
}

fn who(person: PersonId) -> Said {
    let body = format!(r#"{{"person": "{person}", "name": "Sem", "role": "participant"}}"#).into_bytes();
    Said::Answer { status: 200, headers: &[], body }
}

#[wasm_bindgen_test]
async fn whoever_comes_back_goes_on_with_their_store_and_what_waits_in_it() {
    let (sem, youssef) = (PersonId([0x71; 16]), PersonId([0x72; 16]));
    let server = Server::that_says(vec![who(sem), who(sem), problem(409, "device-taken"), who(youssef)]);
    let first = pair("abcd-efgh").await.unwrap();
    let store = Store::find(first.id).await.unwrap();
    let pending = Pending { edit: request(1).edits.remove(0), state: PendingState::Waiting };
    let batch = Batch { ops: vec![Op::PutPending(pending.clone())], ..Batch::default() };
    assert_eq!(store.commit(&batch).await, Ok(CommitOutcome::Committed));
    let again = pair("ijkl-mnop").await.unwrap();
    assert_eq!(again, first);
    assert_eq!(Store::find(again.id).await.unwrap().pending().await, Ok(vec![pending]));
    // Somebody else's code begins another store, and leaves this one as it is.
    let other = pair("qrst-uvwx").await.unwrap();
    assert_eq!((other.person.id, current()), (youssef, Some(other.clone())));
    assert_ne!(other.id, first.id);
    assert_eq!(Store::find(first.id).await.unwrap().pending().await.unwrap().len(), 1);
    let body = |n: usize| Reflect::get(&server.calls.borrow()[n].init, &"body".into()).unwrap().as_string().unwrap();
    let named = format!(r#"{{"code":"ijkl-mnop","device":"{}","person":"{sem}"}}"#, first.id);
    assert_eq!(body(1), named);
    drop(store);
    forget(first.id).await;
    forget(other.id).await;
}

#[wasm_bindgen_test]
async fn what_is_rung_for_goes_with_another_person_and_stays_with_the_same() {
    let list = || web_sys::window().unwrap().local_storage().unwrap().unwrap().get_item("opstap-rings").unwrap();
    let (sem, nadia) = (PersonId([0x74; 16]), PersonId([0x75; 16]));
    let _server = Server::that_says(vec![who(sem), who(sem), problem(409, "device-taken"), who(nadia)]);
    let first = pair("abcd-efgh").await.unwrap();
    ring_by(Some("ring"));
    pair("ijkl-mnop").await.unwrap();
    assert_eq!(list().as_deref(), Some("ring"));
    let other = pair("qrst-uvwx").await.unwrap();
    assert_eq!(list(), None);
    forget(first.id).await;
    forget(other.id).await;
}

#[wasm_bindgen_test]
async fn a_store_that_the_browser_threw_away_is_begun_again_under_the_same_session() {
    let sem = PersonId([0x73; 16]);
    let _server = Server::that_says(vec![who(sem)]);
    let known = pair("abcd-efgh").await.unwrap();
    Store::delete(known.id).await;
    assert_eq!(open(known.id).await.err(), Some(NotOpened::Lost));
    let engine = open_again(&known).await.unwrap();
    assert_eq!((engine.store_id(), engine.me().id), (known.id, sem));
    drop(engine);
    assert!(open(known.id).await.is_ok());
    forget(known.id).await;
}

#[wasm_bindgen_test]
async fn a_code_that_does_not_work_says_why_and_leaves_no_store_behind() {
    let before = opstap_browser::stores();
    let table = vec![
        (problem(404, "link-unknown"), NotPaired::Unknown),
        (problem(410, "link-used"), NotPaired::Used),
        (problem(410, "link-expired"), NotPaired::Expired),
        (
            Said::Answer { status: 429, headers: &[("retry-after", "60")], body: Vec::new() },
            NotPaired::Later { after: Some(60_000) },
        ),
        (Said::NoNetwork, NotPaired::Offline),
        (Said::Answer { status: 200, headers: &[], body: b"{}".to_vec() }, NotPaired::Refused),
        (Said::Answer { status: 200, headers: &[], body: b"<html>".to_vec() }, NotPaired::Refused),
    ];
    let (said, meant): (Vec<Said>, Vec<NotPaired>) = table.into_iter().unzip();
    let _server = Server::that_says(said);
    for meant in meant {
        assert_eq!(pair("x").await, Err(meant));
    }
    assert_eq!(opstap_browser::stores(), before);
}

fn json(text: &str) -> Said {
    Said::Answer { status: 200, headers: &[("content-type", "application/json")], body: text.as_bytes().to_vec() }
}

#[wasm_bindgen_test]
async fn the_history_comes_with_every_type_of_value_as_it_was() {
    let (device, id, hash) = ("51".repeat(16), "04".repeat(16), "ab".repeat(32));
    let cells = format!(
        r#"[{{"name": "text", "set": "Pak alles.", "was": null}}, {{"name": "deleted", "set": true, "was": false}},
        {{"name": "minutes", "set": 480, "was": -1}}, {{"name": "origin", "set": {{"id": "{id}"}}, "was": {{"ids": ["{id}"]}}}},
        {{"name": "picture", "set": {{"blob": "{hash}", "medium": 1, "size": 7}}, "was": "bag"}}]"#
    );
    let change = format!(r#"{{"record": "{id}", "kind": 4, "parent": null, "made": false, "cells": {cells}}}"#);
    let edit =
        format!(r#"[{{"device": "{device}", "at": 1790000000000, "counter": 2, "by": null, "changes": [{change}]}}]"#);
    let server = Server::that_says(vec![json(&edit), problem(404, "no-such-address"), json(r#"[{"at": "soon"}]"#)]);
    let http = Http::new(STORE);
    let told = http.history(CIRCLE, RecordId([4; 16])).await.unwrap();
    assert_eq!(server.calls.borrow()[0].address, format!("/api/history/{CIRCLE}/{id}"));
    assert_eq!(told[0].stamp, Stamp { millis: Millis(1_790_000_000_000), counter: 2, device: STORE });
    let blob = BlobRef { hash: BlobHash([0xab; 32]), media: Media::Photo, size: 7 };
    let values: Vec<(Value, Value)> =
        told[0].changes[0].cells.iter().map(|cell| (cell.set.clone(), cell.was.clone())).collect();
    assert_eq!(
        values,
        [
            ("Pak alles.".into(), Value::Nothing),
            (Value::Bool(true), Value::Bool(false)),
            (Value::Int(480), Value::Int(-1)),
            (Value::Id([4; 16]), Value::Ids(vec![[4; 16]])),
            (Value::Blob(blob), "bag".into()),
        ]
    );
    assert_eq!(http.history(CIRCLE, RecordId([4; 16])).await, Err(TransportError::Refused));
    assert_eq!(http.history(CIRCLE, RecordId([4; 16])).await, Err(TransportError::Unreadable));
}

#[wasm_bindgen_test]
async fn a_ruling_holds_or_says_why_not() {
    let said = vec![
        json(r#"{"number": 7}"#),
        problem(409, "cannot-be-let-in"),
        problem(404, "no-such-address"),
        Said::NoNetwork,
    ];
    let server = Server::that_says(said);
    let (http, name) = (Http::new(STORE), EditName { device: STORE, n: 3 });
    for meant in [Ok(Ruled::Done), Ok(Ruled::CannotBe), Ok(Ruled::NotThere), Err(TransportError::Offline)] {
        assert_eq!(http.rule(CIRCLE, name, true).await, meant);
    }
    assert_eq!(server.calls.borrow()[0].address, format!("/api/quarantine/{CIRCLE}/{STORE}/3"));
}
