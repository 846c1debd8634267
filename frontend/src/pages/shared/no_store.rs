//! The store does not open: what to do, and nothing about why. And a store that is empty yet, where there is no network to fill it.

use opstap_view::prelude::*;

use crate::components::{Appearance, Button, EmptyState, Icon, Main, Screen};
use crate::device::StoreError;
use crate::words::{Word, shared};

/// What is so, what can be done, and a button where trying again may help.
#[component]
pub fn StoreSays(error: StoreError) -> impl IntoView {
    let (sentence, more) = words(error);
    let again = move || {
        if let Some(window) = web_sys::window() {
            let _ = window.location().reload();
        }
    };
    view! {
        <EmptyState picture="mobile-phone" sentence more>
            <Button text=shared::TRY_AGAIN icon=Icon::AGAIN appearance=Appearance::Primary tap=again />
        </EmptyState>
    }
}

const fn words(error: StoreError) -> (Word, Word) {
    match error {
        StoreError::Gone => (shared::KEEPS_NOTHING, shared::KEEPS_NOTHING_MORE),
        StoreError::Held => (shared::HELD, shared::HELD_MORE),
        StoreError::Newer => (shared::NOT_NOW, shared::TOO_OLD),
        StoreError::Full => (shared::NOT_NOW, shared::DEVICE_FULL),
        StoreError::Corrupt | StoreError::Lost => (shared::NOT_NOW, shared::NOT_NOW_MORE),
    }
}

/// Nothing can be kept here, or not now; or, without an error, nothing has come here yet and there is no network.
#[component]
pub fn NoStore(error: Option<StoreError>) -> impl IntoView {
    let says = match error {
        Some(error) => view! { <StoreSays error /> }.into_any(),
        None => {
            let (sentence, more) = (shared::WAITS_FOR_NETWORK, shared::WAITS_FOR_NETWORK_MORE);
            view! { <EmptyState picture="mobile-phone" sentence more /> }.into_any()
        }
    };
    view! {
        <Screen title=shared::APP_NAME>
            <Main>{says}</Main>
        </Screen>
    }
}
