//! What the shared suite cannot see of the store in IndexedDB: other tabs, futures that are dropped, a device that is full.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a failing test may panic anywhere")]

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use opstap_browser::{Store, Web};
use opstap_core::access::View;
use opstap_core::model::CircleKind;
use opstap_core::protocol::DeviceOwner;
use opstap_core::{BlobHash, BlobRef, CircleId, Day, DeviceId, Media, PersonId};
use opstap_sync_client::conformance::dropped_at;
use opstap_sync_client::stored::Stored;
use opstap_sync_client::{
    Batch, BlobState, CommitOutcome, Expected, HeldBlob, HeldCircle, HeldSummary, LocalStore, Op, Platform, Revision,
    StoreError,
};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{DomException, IdbDatabase, IdbOpenDbRequest, IdbTransactionMode};

wasm_bindgen_test_configure!(run_in_browser);

const CIRCLE: CircleId = CircleId([0xc1; 16]);
const HASH: BlobHash = BlobHash([0xb1; 32]);

fn fresh() -> DeviceId {
    let mut randomness = [0; 10];
    Web.fill(&mut randomness);
    DeviceId::new(Web.now(), randomness)
}

fn owner(n: u8) -> Op {
    Op::PutOwner(DeviceOwner { device: DeviceId([n; 16]), person: PersonId([n; 16]) })
}

fn batch(ops: Vec<Op>) -> Batch {
    Batch { expected: Expected::default(), ops }
}

/// Two owners before and after a step that reads, so that it ends in the middle if it ends early.
fn two_owners() -> Batch {
    batch(vec![owner(1), Op::MarkBlob { circle: CIRCLE, hash: HASH, state: BlobState::Here }, owner(2)])
}

async fn once(promise: impl Fn(&Function, &Function)) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::new(&mut |good, bad| promise(&good, &bad))).await
}

/// Another tab, which opens the database by itself and has the version it asked for.
async fn another_tab(id: DeviceId, version: Option<u32>) -> IdbDatabase {
    let factory = web_sys::window().unwrap().indexed_db().unwrap().unwrap();
    let name = format!("opstap-{id}");
    let request: IdbOpenDbRequest = match version {
        Some(version) => factory.open_with_u32(&name, version).unwrap(),
        None => factory.open(&name).unwrap(),
    };
    let opened = |good: &Function, bad: &Function| {
        request.set_onsuccess(Some(good));
        request.set_onerror(Some(bad));
    };
    once(opened).await.unwrap();
    request.result().unwrap().unchecked_into()
}

/// Something under the blob's key that is no row of the store.
async fn spoil_the_blob(id: DeviceId) {
    let database = another_tab(id, None).await;
    let writing =
        database.transaction_with_str_sequence_and_mode(&Array::of1(&"blobs".into()), IdbTransactionMode::Readwrite);
    let writing = writing.unwrap();
    let key = Array::of2(&Uint8Array::from(CIRCLE.0.as_slice()), &Uint8Array::from(HASH.0.as_slice()));
    writing.object_store("blobs").unwrap().put_with_key(&Object::new(), &key).unwrap();
    once(|good, _| writing.set_oncomplete(Some(good))).await.unwrap();
    database.close();
}

#[wasm_bindgen_test]
async fn a_commit_that_stops_halfway_leaves_nothing() {
    let id = fresh();
    let store = Store::open(id).await.unwrap();
    spoil_the_blob(id).await;
    assert_eq!(store.commit(&two_owners()).await, Err(StoreError::Corrupt));
    assert_eq!(store.owners().await, Ok(vec![]));
}

#[wasm_bindgen_test]
async fn a_commit_that_is_dropped_is_done_or_not_done() {
    for wait in 1..=4 {
        let store = Store::open(fresh()).await.unwrap();
        dropped_at(wait, store.commit(&two_owners())).await;
        let owners = store.owners().await.unwrap().len();
        assert!(owners == 0 || owners == 2, "{owners} of 2 when dropped at wait {wait}");
        assert_eq!(store.commit(&two_owners()).await, Ok(CommitOutcome::Committed));
    }
}

#[wasm_bindgen_test]
async fn an_opening_that_nobody_waits_for_makes_the_whole_store() {
    for wait in 1..=3 {
        let id = fresh();
        dropped_at(wait, Store::open(id)).await;
        assert_eq!(Store::open(id).await.unwrap().owners().await, Ok(vec![]));
        Store::delete(id).await;
    }
}

#[wasm_bindgen_test]
async fn a_commit_goes_on_when_the_connection_is_let_go() {
    let store = Store::open(fresh()).await.unwrap();
    let batch = two_owners();
    let mut commit = pin!(store.commit(&batch));
    assert!(!poll_fn(|context| Poll::Ready(commit.as_mut().poll(context).is_ready())).await);
    store.let_go();
    assert_eq!(commit.await, Ok(CommitOutcome::Committed));
    assert_eq!(store.owners().await.unwrap().len(), 2);
}

#[wasm_bindgen_test]
async fn a_store_that_another_tab_deletes_is_lost_and_not_taken_for_an_empty_one() {
    let id = fresh();
    let (store, other) = (Store::open(id).await.unwrap(), Store::open(id).await.unwrap());
    assert_eq!(store.commit(&two_owners()).await, Ok(CommitOutcome::Committed));
    assert_eq!(other.owners().await.unwrap().len(), 2);
    Store::delete(id).await;
    assert_eq!(store.owners().await, Err(StoreError::Lost));
    assert_eq!(other.commit(&two_owners()).await, Err(StoreError::Lost));
    assert_eq!(Store::find(id).await.err(), Some(StoreError::Lost));
    // Neither question made one.
    assert!(!databases().await.contains(&format!("opstap-{id}")));
    // Once somebody begins it anew, those who had the old one go on with it.
    drop(Store::open(id).await.unwrap());
    assert_eq!(store.owners().await, Ok(vec![]));
}

/// What stood in a database of version 2: without summaries.
const OF_VERSION_2: [&str; 11] =
    ["device", "circles", "records", "pending", "sent", "refused", "owners", "blobs", "bytes", "let-go", "figures"];

#[wasm_bindgen_test]
async fn a_store_of_version_2_keeps_what_it_has_and_learns_to_keep_summaries() {
    let id = fresh();
    let owned = DeviceOwner { device: DeviceId([1; 16]), person: PersonId([1; 16]) };
    let factory = web_sys::window().unwrap().indexed_db().unwrap().unwrap();
    let request: IdbOpenDbRequest = factory.open_with_u32(&format!("opstap-{id}"), 2).unwrap();
    let asked = request.clone();
    let makes = Closure::once(move || {
        let database: IdbDatabase = asked.result().unwrap().unchecked_into();
        for name in OF_VERSION_2 {
            let made = database.create_object_store(name).unwrap();
            if name == "pending" {
                made.create_index_with_str("circle", "c").unwrap();
            }
            if name == "owners" {
                let row = Object::new();
                Reflect::set(&row, &"b".into(), &Uint8Array::from(owned.to_stored().as_slice())).unwrap();
                made.put_with_key(&row, &Uint8Array::from(owned.device.0.as_slice())).unwrap();
            }
        }
    });
    request.set_onupgradeneeded(Some(makes.as_ref().unchecked_ref()));
    once(|good, _| request.set_onsuccess(Some(good))).await.unwrap();
    request.result().unwrap().unchecked_into::<IdbDatabase>().close();

    let store = Store::find(id).await.unwrap();
    assert_eq!(store.owners().await, Ok(vec![owned]));
    let held = HeldCircle {
        circle: CIRCLE,
        kind: CircleKind::Client,
        view: View(1),
        number: 1,
        generation: 0,
        load: None,
        complete: true,
        highest: None,
        since: Day(0),
        asked: None,
    };
    assert_eq!(store.commit(&batch(vec![Op::PutCircle(held)])).await, Ok(CommitOutcome::Committed));
    let summary = HeldSummary { circle: CIRCLE, revision: Revision(0), pending: 0, bytes: vec![1] };
    assert_eq!(store.commit(&batch(vec![Op::PutSummary(summary.clone())])).await, Ok(CommitOutcome::Committed));
    assert_eq!(store.summaries().await, Ok(vec![summary]));
}

#[wasm_bindgen_test]
async fn a_store_gives_way_when_another_tab_brings_it_to_a_newer_version() {
    let id = fresh();
    let store = Store::open(id).await.unwrap();
    let newer = another_tab(id, Some(1_000)).await;
    assert_eq!(store.owners().await, Err(StoreError::Newer));
    assert_eq!(store.commit(&two_owners()).await, Err(StoreError::Newer));
    newer.close();
    Store::delete(id).await;
}

#[wasm_bindgen_test]
async fn a_connection_that_dies_under_a_question_or_a_commit_is_replaced() {
    let store = Store::open(fresh()).await.unwrap();
    assert_eq!(store.commit(&two_owners()).await, Ok(CommitOutcome::Committed));
    die_once("get");
    let marked = batch(vec![Op::MarkBlob { circle: CIRCLE, hash: HASH, state: BlobState::Here }, owner(3)]);
    assert_eq!(store.commit(&marked).await, Ok(CommitOutcome::Committed));
    die_once("getAll");
    assert_eq!(store.owners().await.unwrap().len(), 3);
}

/// The next request of this name takes its transaction along.
fn die_once(request: &str) {
    let script = "const original = IDBObjectStore.prototype[name];
        IDBObjectStore.prototype[name] = function (...given) {
            IDBObjectStore.prototype[name] = original;
            const request = original.apply(this, given);
            this.transaction.abort();
            return request;
        };";
    Function::new_with_args("name", script).call1(&JsValue::NULL, &request.into()).unwrap();
}

/// The names of the databases there are.
async fn databases() -> Vec<String> {
    let list = Function::new_no_args("return indexedDB.databases();").call0(&JsValue::NULL).unwrap();
    let list: Array = JsFuture::from(list.unchecked_into::<Promise>()).await.unwrap().unchecked_into();
    list.iter().map(|one| Reflect::get(&one, &"name".into()).unwrap().as_string().unwrap()).collect()
}

#[wasm_bindgen_test]
async fn a_device_without_room_is_told_from_a_connection_that_is_gone() {
    let store = Store::open(fresh()).await.unwrap();
    let prototype = Reflect::get(&js_sys::global(), &"IDBObjectStore".into()).unwrap();
    let prototype = Reflect::get(&prototype, &"prototype".into()).unwrap();
    let put = Reflect::get(&prototype, &"put".into()).unwrap();
    let full = Closure::<dyn Fn() -> Result<JsValue, JsValue>>::new(|| {
        Err(DomException::new_with_message_and_name("", "QuotaExceededError").unwrap().into())
    });
    Reflect::set(&prototype, &"put".into(), full.as_ref()).unwrap();
    let outcome = store.commit(&two_owners()).await;
    Reflect::set(&prototype, &"put".into(), &put).unwrap();
    assert_eq!(outcome, Err(StoreError::Full));
    assert_eq!(store.commit(&two_owners()).await, Ok(CommitOutcome::Committed));
}

#[wasm_bindgen_test]
async fn a_photo_that_does_not_fit_is_not_tried_and_words_still_are() {
    let store = Store::open(fresh()).await.unwrap();
    let script = "const { estimate } = navigator.storage;
        navigator.storage.estimate = async () => ({ usage: 900000, quota: 1000000 });
        return () => { navigator.storage.estimate = estimate; };";
    let put_back: Function = Function::new_no_args(script).call0(&JsValue::NULL).unwrap().unchecked_into();
    let photo = |size: u32| {
        let blob = BlobRef { hash: HASH, media: Media::Photo, size };
        let blob = HeldBlob { circle: CIRCLE, blob, state: BlobState::ToSend };
        batch(vec![Op::PutBlob { blob, bytes: vec![7; usize::try_from(size).unwrap()] }, owner(1)])
    };
    assert_eq!(store.commit(&photo(50_000)).await, Err(StoreError::Full));
    assert_eq!(store.commit(&photo(30_000)).await, Ok(CommitOutcome::Committed));
    assert_eq!(store.commit(&two_owners()).await, Ok(CommitOutcome::Committed));
    put_back.call0(&JsValue::NULL).unwrap();
    assert_eq!(store.commit(&photo(50_000)).await, Ok(CommitOutcome::Committed));
}
