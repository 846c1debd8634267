//! Making this browser somebody's, once: by a link, whose code stands after `#` and never reaches a server's log, or by typing it.

use leptos::task::spawn_local;
use opstap_view::prelude::*;
use wasm_bindgen::JsValue;

use super::language::LanguageChoice;
use crate::components::{
    Appearance, Button, Card, EmptyState, Field, Icon, Main, Picture, Screen, Sentence, Size, Source, Tone, TopBar,
    Well, changing,
};
use crate::device::{self, Link, Pairing, Start};
use crate::event::{Handler, Tap};
use crate::navigation::{Place, replace};
use crate::words::{Text, shared};

/// Where pairing is.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Asked,
    Busy,
    Answered(Pairing),
}

/// The code of the link, taken out of the address, so that it is not kept in the history.
fn code_of_link() -> Option<String> {
    let window = web_sys::window()?;
    let code = window.location().hash().ok()?.trim_start_matches('#').to_owned();
    if code.is_empty() {
        return None;
    }
    let history = window.history().ok()?;
    let path = window.location().pathname().ok()?;
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    Some(code)
}

/// Whether the device is somebody's already: a second link does not take it over. That its session has ended may be known only a
/// moment after it was opened.
#[must_use]
pub fn is_taken() -> Memo<bool> {
    let (start, link) = (device::start(), device::link());
    Memo::new(move |_| matches!(start.get(), Start::Ready(_)) && link.get() != Link::SignedOut)
}

/// The screen of a device that is nobody's yet.
#[component]
pub fn Pair<P: Place>(
    /// The first screen of this bundle.
    home: P,
) -> impl IntoView {
    let taken = is_taken();
    changing(move || {
        let home = home.clone();
        if taken.get() {
            return view! { <Taken home /> }.into_any();
        }
        view! {
            <Screen title=shared::PAIR>
                <TopBar lead=view! { <strong>{shared::APP_NAME}</strong> }.into_any() />
                <Main>
                    <PairForm on_paired=move |()| replace(home.clone()) />
                </Main>
            </Screen>
        }
        .into_any()
    })
}

/// What to do, and the field for the code; a code in the address is tried at once.
#[component]
pub fn PairForm(
    /// The device is somebody's now.
    #[prop(into)]
    on_paired: Handler<()>,
) -> impl IntoView {
    let state = RwSignal::new(State::Asked);
    let typed = RwSignal::new(String::new());
    let pair = move |code: String| {
        if state.get_untracked() == State::Busy || code.trim().is_empty() {
            return;
        }
        state.set(State::Busy);
        let on_paired = on_paired.clone();
        spawn_local(async move {
            let answer = device::pair(code).await;
            if answer == Pairing::Paired {
                on_paired.run(());
            }
            let _ = state.try_set(State::Answered(answer));
        });
    };
    if let Some(code) = code_of_link() {
        typed.set(code.clone());
        pair(code);
    }
    let busy = Signal::derive(move || matches!(state.get(), State::Busy | State::Answered(Pairing::Paired)));
    view! {
        <Picture source=Source::from("mobile-phone") well=Well::Large />
        <Sentence text=shared::PAIR title=true />
        <p>{shared::PAIR_HOW}</p>
        <Field
            label=shared::CODE
            value=typed
            on_input=move |code| typed.set(code)
            on_change=move |code: String| typed.set(code)
        />
        <div role="status">{move || said(state.get())}</div>
        <Button
            text=Text::live(move || if busy.get() { shared::ONE_MOMENT } else { shared::PAIR_NOW }.get().to_owned())
            icon=Icon::KEY
            appearance=Appearance::Primary
            size=Size::Large
            wide=true
            disabled=busy
            tap=move || pair(typed.get_untracked())
        />
        <LanguageChoice />
    }
}

fn said(state: State) -> Option<AnyView> {
    let State::Answered(answer) = state else { return None };
    let word = match answer {
        Pairing::Paired => return None,
        Pairing::Used => shared::CODE_USED,
        Pairing::Expired => shared::CODE_OLD,
        Pairing::Unknown => shared::CODE_UNKNOWN,
        Pairing::Offline => shared::PAIR_OFFLINE,
        Pairing::NoStore => shared::KEEPS_NOTHING,
    };
    Some(view! { <Card tone=Tone::Quiet><p>{word}</p></Card> }.into_any())
}

/// The device is somebody's already: a second link does not take it over.
#[component]
fn Taken<P: Place>(home: P) -> impl IntoView {
    view! {
        <Screen title=shared::PAIR>
            <Main>
                <EmptyState picture="mobile-phone" sentence=shared::DEVICE_TAKEN more=shared::DEVICE_TAKEN_MORE>
                    <Button
                        text=shared::TO_OPSTAP
                        icon=Icon::FORWARD
                        appearance=Appearance::Primary
                        tap=Tap::to(home)
                    />
                </EmptyState>
            </Main>
        </Screen>
    }
}
