//! "Stuur me ook een mail": a switch, an address and whether it was confirmed. Where the organisation sends no mail there is nothing.

use leptos::task::spawn_local;
use opstap_view::prelude::*;

use crate::components::{Button, Field, Switch, Toast, changing, show_toast};
use crate::device::{self, Asked, MailAddress};
use crate::words::{Text, mail, shared};

/// How it stands on this screen.
#[derive(Clone, PartialEq, Eq)]
enum State {
    /// The server was not heard yet.
    Unknown,
    /// There is no network now.
    NotNow,
    /// The organisation sends none.
    NotHere,
    /// This person wants none.
    Off,
    /// They turned it on and type their address.
    Typing,
    /// It is theirs, or is to be confirmed.
    At(MailAddress),
}

impl State {
    fn of(told: Asked<Option<MailAddress>>) -> Self {
        match told {
            Asked::Told(Some(address)) => Self::At(address),
            Asked::Told(None) => Self::Off,
            Asked::NotThere => Self::NotHere,
            Asked::NotNow => Self::NotNow,
        }
    }
}

/// What a tap needs.
#[derive(Clone, Copy)]
struct Setting {
    state: RwSignal<State>,
    typed: RwSignal<String>,
    advice: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Setting {
    /// Asks the server for mail at what was typed, or at the address once more.
    fn ask(self, address: String) {
        if address.trim().is_empty() || self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match device::ask_for_mail(address.trim()).await {
                Asked::NotThere => {
                    let _ = self.advice.try_set(Some(mail::NOT_AN_ADDRESS.now().to_owned()));
                }
                Asked::NotNow => show_toast(Toast::new(shared::ONLY_ONLINE)),
                told @ Asked::Told(_) => {
                    let _ = self.state.try_set(State::of(told));
                }
            }
            let _ = self.busy.try_set(false);
        });
    }

    fn turn(self, on: bool) {
        if on {
            return self.state.set(State::Typing);
        }
        if self.state.get_untracked() == State::Typing {
            return self.state.set(State::Off);
        }
        spawn_local(async move {
            match device::end_mail().await {
                Asked::Told(()) => {
                    let _ = self.state.try_set(State::Off);
                }
                _ => show_toast(Toast::new(shared::ONLY_ONLINE)),
            }
        });
    }
}

/// The switch, with its address and what is to be done. `with_address` gives what else can be had at an address that was confirmed.
pub fn mail_setting(with_address: fn(&MailAddress) -> AnyView) -> AnyView {
    let setting = Setting {
        state: RwSignal::new(State::Unknown),
        typed: RwSignal::new(String::new()),
        advice: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    let state = setting.state;
    let link = device::link();
    Effect::new(move |_| {
        // Asked again when a network comes. What is being typed stays, and what was told while there was one.
        let _ = link.get();
        spawn_local(async move {
            let told = State::of(device::mail().await);
            let keeps = |now| now == State::Typing || now == told || told == State::NotNow && now != State::Unknown;
            if state.try_get_untracked().is_some_and(|now| !keeps(now)) {
                let _ = state.try_set(told);
            }
        });
    });
    let on = Signal::derive(move || matches!(state.get(), State::Typing | State::At(_)));
    // Drawn anew only when it comes or goes: the switch keeps the focus.
    let is_here = Memo::new(move |_| !matches!(state.get(), State::Unknown | State::NotHere));
    let can = Memo::new(move |_| state.get() != State::NotNow);
    changing(move || {
        if !is_here.get() {
            return ().into_any();
        }
        let switch = changing(move || {
            let turn = move |on| setting.turn(on);
            can.get().then(|| view! { <Switch text=mail::ALSO on on_change=turn /> }).into_any()
        });
        let below = changing(move || below(setting, with_address));
        view! {
            <section class="stack">
                <h2>{mail::MAIL}</h2>
                <div>{switch}</div>
                {below}
            </section>
        }
        .into_any()
    })
}

/// What stands below the switch.
fn below(setting: Setting, with_address: fn(&MailAddress) -> AnyView) -> AnyView {
    match setting.state.get() {
        State::Unknown | State::NotHere => ().into_any(),
        State::NotNow => view! { <p class="soft" role="status">{mail::NOT_NOW}</p> }.into_any(),
        State::Off => view! { <p class="soft" role="status">{mail::OFF}</p> }.into_any(),
        State::Typing => typing(setting),
        State::At(at @ MailAddress { confirmed: true, .. }) => view! {
            <p role="status">{mail::on(&at.address)}</p>
            <p class="soft">{mail::ON_MORE}</p>
            {with_address(&at)}
        }
        .into_any(),
        State::At(MailAddress { address, .. }) => {
            let same = address.clone();
            let again = move || setting.ask(same.clone());
            view! {
                <p role="status">{mail::waiting(&address)}</p>
                <p class="soft">{mail::WAITING_MORE}</p>
                <div><Button text=mail::ASK_AGAIN disabled=setting.busy tap=again /></div>
            }
            .into_any()
        }
    }
}

fn typing(setting: Setting) -> AnyView {
    let Setting { typed, advice, busy, .. } = setting;
    let input = move |address: String| {
        advice.set(None);
        typed.set(address);
    };
    let text = move || if busy.get() { shared::ONE_MOMENT } else { mail::ASK }.get().to_owned();
    view! {
        <Field label=mail::ADDRESS value=typed on_input=input hint=mail::HOW advice=advice kind="email" />
        <div>
            <Button text=Text::live(text) disabled=busy tap=move || setting.ask(typed.get_untracked()) />
        </div>
    }
    .into_any()
}
