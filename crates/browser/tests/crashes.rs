//! The disk stops at any request of a commit, as when the phone goes down: the store is as it was before, and goes on.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failing test may panic anywhere")]

use js_sys::Function;
use opstap_browser::{Store, Web};
use opstap_core::DeviceId;
use opstap_sync_client::conformance::{a_batch_of_every_op, everything_in, something_of_everything};
use opstap_sync_client::{CommitOutcome, LocalStore, Platform, StoreError};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// From the given request of a writing transaction on, each is followed by the transaction's end, or is not taken at all. Gives back a
/// function that mends the disk and says how many requests there were.
const STOPS: &str = "
    let requests = 0;
    const mend = [];
    for (const [kind, names] of [[IDBObjectStore, ['put', 'delete', 'get', 'getAll']], [IDBIndex, ['getAll', 'getAllKeys']]]) {
        for (const name of names) {
            const original = kind.prototype[name];
            mend.push(() => (kind.prototype[name] = original));
            kind.prototype[name] = function (...given) {
                const { transaction } = this.objectStore ?? this;
                const stops = transaction.mode === 'readwrite' && ++requests >= at;
                if (stops && how === 'thrown') throw new DOMException('', 'UnknownError');
                const request = original.apply(this, given);
                if (stops) transaction.abort();
                return request;
            };
        }
    }
    return () => { mend.forEach((one) => one()); return requests; };";

fn fresh() -> DeviceId {
    let mut randomness = [0; 10];
    Web.fill(&mut randomness);
    DeviceId::new(Web.now(), randomness)
}

async fn stopped_at_every_request(how: &str) {
    let store = Store::open(fresh()).await.unwrap();
    something_of_everything(&store).await;
    let before = everything_in(&store).await.unwrap();
    let batch = a_batch_of_every_op();
    for at in 1..=200 {
        let stops = Function::new_with_args("at, how", STOPS);
        let mend: Function = stops.call2(&JsValue::NULL, &at.into(), &how.into()).unwrap().unchecked_into();
        let outcome = store.commit(&batch).await;
        let requests = mend.call0(&JsValue::NULL).unwrap().as_f64().unwrap();
        if outcome == Ok(CommitOutcome::Committed) {
            assert!(requests > 30.0 && requests < f64::from(at), "{how}: {requests} requests, none of them the {at}th");
            assert_ne!(everything_in(&store).await, Ok(before));
            return;
        }
        assert_eq!(outcome, Err(StoreError::Gone), "{how} at request {at}");
        assert_eq!(everything_in(&store).await.as_ref(), Ok(&before), "{how} at request {at}");
    }
    panic!("{how}: the commit never came to its end");
}

#[wasm_bindgen_test]
async fn a_disk_that_stops_after_any_request_leaves_the_store_as_it_was() {
    stopped_at_every_request("aborted").await;
}

#[wasm_bindgen_test]
async fn a_disk_that_refuses_any_request_leaves_the_store_as_it_was() {
    stopped_at_every_request("thrown").await;
}
