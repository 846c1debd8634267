//! The store in IndexedDB keeps the contract of a device's store: the shared suite, in a browser.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a failing test may panic anywhere")]

use opstap_browser::{Store, Web};
use opstap_core::DeviceId;
use opstap_sync_client::{Platform, conformance};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn fresh() -> DeviceId {
    let mut randomness = [0; 10];
    Web.fill(&mut randomness);
    DeviceId::new(Web.now(), randomness)
}

macro_rules! on_indexed_db {
    ($($case:ident),* $(,)?) => {
        $(
            #[wasm_bindgen_test]
            async fn $case() {
                let id = fresh();
                conformance::$case(async || Store::open(id).await.unwrap()).await;
            }
        )*
    };
}

opstap_sync_client::conformance_cases!(on_indexed_db);

#[wasm_bindgen_test]
async fn a_store_goes_on_after_the_browser_let_go_of_its_connection() {
    use opstap_core::model::{OrganisationRole, Person};
    use opstap_sync_client::LocalStore;
    let id = fresh();
    let store = Store::open(id).await.unwrap();
    let person = Person { id: opstap_core::PersonId([1; 16]), role: OrganisationRole::Participant };
    opstap_sync_client::begin(&store, id, person).await.unwrap();
    store.let_go();
    assert!(store.device().await.unwrap().is_some());
}
