//! Language and colours, chosen on the device and there at once.

use opstap_view::prelude::*;

use super::HelpFloor;
use crate::components::{Choice, Main, Screen, Segments, Sentence, TopBar};
use crate::event::Tap;
use crate::language::{Language, choose_language, language};
use crate::theme::{Theme, choose_theme, theme};
use crate::words::{Text, shared};

/// The two choices.
#[component]
pub fn LanguageAndColours(help: HelpFloor) -> impl IntoView {
    let colours = RwSignal::new(theme());
    let choose = move |theme| {
        choose_theme(theme);
        colours.set(theme);
    };
    let themes = vec![
        Choice::new(Theme::Phone, shared::THEME_PHONE),
        Choice::new(Theme::Light, shared::THEME_LIGHT),
        Choice::new(Theme::Dark, shared::THEME_DARK),
    ];
    view! {
        <Screen title=shared::LANGUAGE_AND_COLOURS>
            <TopBar back=Tap::back() />
            <Main>
                <Sentence text=shared::LANGUAGE_AND_COLOURS title=true />
                <h2>{shared::LANGUAGE}</h2>
                <LanguageChoice />
                <h2>{shared::COLOURS}</h2>
                <Segments label=shared::COLOURS choices=themes chosen=colours on_choose=choose />
            </Main>
            {help()}
        </Screen>
    }
}

/// The languages, each by its own name.
#[component]
pub fn LanguageChoice() -> impl IntoView {
    let languages =
        Language::ALL.iter().map(|one| Choice::new(*one, Text::from(one.own_name().to_owned()))).collect::<Vec<_>>();
    view! {
        <Segments
            label=shared::LANGUAGE
            choices=languages
            chosen=Signal::derive(language)
            on_choose=choose_language
        />
    }
}
