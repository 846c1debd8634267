//! The browser keeps nothing, as in some private windows: what to do, and nothing about why.

use opstap_view::prelude::*;

use crate::components::{Appearance, Button, EmptyState, Icon, Main, Screen};
use crate::words::shared;

/// Nothing can be kept here.
#[component]
pub fn NoStore() -> impl IntoView {
    let again = move || {
        if let Some(window) = web_sys::window() {
            let _ = window.location().reload();
        }
    };
    view! {
        <Screen title=shared::APP_NAME>
            <Main>
                <EmptyState picture="mobile-phone" sentence=shared::KEEPS_NOTHING more=shared::KEEPS_NOTHING_MORE>
                    <Button
                        text=shared::TRY_AGAIN
                        icon=Icon::AGAIN
                        appearance=Appearance::Primary
                        tap=again
                    />
                </EmptyState>
            </Main>
        </Screen>
    }
}
