//! "Laat me weten als er een bericht is": asked of the browser only after a tap, and said truthfully whether it works here.

use opstap_view::prelude::*;

use super::mail_setting;
use crate::components::{Main, Screen, Sentence, Switch, Toast, TopBar, changing, show_toast};
use crate::device::{self, Push};
use crate::event::Tap;
use crate::language::{language, language_now};
use crate::words::{Word, shared};

/// The switch, with what can be said of it here.
pub fn notices() -> AnyView {
    let now = device::push();
    Effect::new(move |_| device::push_in(language().tag()));
    let says = move |now| match now {
        Push::NotHere => shared::NOTICE_NOT_HERE,
        Push::NotInstalled => shared::NOTICE_NOT_INSTALLED,
        Push::Denied => shared::NOTICE_DENIED,
        Push::Off => shared::NOTICE_OFF,
        Push::On => shared::NOTICE_ON,
    };
    let on = Signal::derive(move || now.get() == Some(Push::On));
    let can = Memo::new(move |_| matches!(now.get(), Some(Push::Off | Push::On)));
    let turn = |on: bool| {
        device::switch_push(on, language_now().tag(), || show_toast(Toast::new(shared::ONLY_ONLINE)));
    };
    let switch =
        changing(move || can.get().then(|| view! { <Switch text=shared::NOTICE on on_change=turn /> }).into_any());
    let words = move || now.get().map(|now| Word::get(says(now)));
    view! {
        {switch}
        <p class="soft" role="status">{words}</p>
    }
    .into_any()
}

/// The same as a screen of its own, for those who may also hear of it by e-mail.
pub fn notices_screen() -> AnyView {
    view! {
        <Screen title=shared::NOTICES>
            <TopBar back=Tap::back() />
            <Main><Sentence text=shared::NOTICES title=true /> {notices()} {mail_setting(|_| ().into_any())}</Main>
        </Screen>
    }
    .into_any()
}
