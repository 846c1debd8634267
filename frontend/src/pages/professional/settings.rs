//! More: language, colours and keys of this browser, the guide, and whose the pictograms are.

use leptos::task::spawn_local;
use opstap_view::prelude::*;

use super::frame::{Page, Part};
use super::place::DeskPlace;
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{Button, Choice, Icon, Segments, Switch, Toast, show_toast};
use crate::device::{self, Asked, MailAddress};
use crate::event::Tap;
use crate::keys::{choose_single_keys, single_keys};
use crate::language::{Language, choose_language, language};
use crate::pages::shared::mail_setting;
use crate::theme::{Theme, choose_theme, theme};
use crate::words::{Text, desk, guide, mail, search, shared};

/// The page.
#[component]
pub(super) fn Settings() -> impl IntoView {
    let colours = RwSignal::new(theme());
    let choose = move |theme| {
        choose_theme(theme);
        colours.set(theme);
    };
    let keys = RwSignal::new(single_keys());
    let choose_keys = move |on| {
        choose_single_keys(on);
        keys.set(on);
    };
    let themes = vec![
        Choice::new(Theme::Phone, shared::THEME_PHONE),
        Choice::new(Theme::Light, shared::THEME_LIGHT),
        Choice::new(Theme::Dark, shared::THEME_DARK),
    ];
    view! {
        <Page title=desk::SETTINGS part=Part::Settings>
            <Bar title=desk::SETTINGS />
            <Columns>
                <Pane>
                    <section class="stack">
                        <h2>{shared::LANGUAGE}</h2>
                        <div><Languages /></div>
                    </section>
                    <section class="stack">
                        <h2>{shared::COLOURS}</h2>
                        <div><Segments label=shared::COLOURS choices=themes chosen=colours on_choose=choose /></div>
                    </section>
                    <section class="stack">
                        <h2>{desk::KEYS}</h2>
                        <div><Switch text=search::KEY on=keys on_change=choose_keys /></div>
                    </section>
                    {mail_setting(digest)}
                    <section class="stack">
                        <h2>{guide::GUIDE}</h2>
                        <div><Button text=guide::GUIDE icon=Icon::INFO tap=Tap::to(DeskPlace::Guide) /></div>
                    </section>
                    <section class="stack">
                        <h2>{shared::PICTOGRAMS}</h2>
                        <p>{shared::PICTOGRAMS_BY}</p>
                        <p><a href="/pictograms/LICENSE.txt">{shared::PICTOGRAMS_LICENCE}</a></p>
                    </section>
                </Pane>
            </Columns>
            <Foot><span>{concat!("Opstap ", env!("CARGO_PKG_VERSION"), ", EUPL 1.2")}</span></Foot>
        </Page>
    }
}

/// The languages, each by its own name.
#[component]
pub(super) fn Languages() -> impl IntoView {
    let languages =
        Language::ALL.iter().map(|one| Choice::new(*one, Text::from(one.own_name().to_owned()))).collect::<Vec<_>>();
    view! {
        <Segments label=shared::LANGUAGE choices=languages chosen=Signal::derive(language) on_choose=choose_language />
    }
}

/// Hearing by mail on working days how much asks for attention.
fn digest(at: &MailAddress) -> AnyView {
    let on = RwSignal::new(at.digest);
    let turn = move |wanted: bool| {
        spawn_local(async move {
            match device::want_digest(wanted).await {
                Asked::Told(()) => {
                    let _ = on.try_set(wanted);
                }
                _ => show_toast(Toast::new(shared::ONLY_ONLINE)),
            }
        });
    };
    view! {
        <div><Switch text=mail::DIGEST on=Signal::from(on) on_change=turn /></div>
        <p class="soft">{mail::DIGEST_MORE}</p>
    }
    .into_any()
}
