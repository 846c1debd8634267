//! What Opstap is, and whose pictograms these are.

use opstap_view::prelude::*;

use super::HelpFloor;
use crate::components::{Appearance, Button, Main, Picture, Screen, Sentence, Source, TopBar, Well};
use crate::event::Tap;
use crate::words::shared;

/// About this app.
#[component]
pub fn About(help: HelpFloor) -> impl IntoView {
    view! {
        <Screen title=shared::ABOUT>
            <TopBar back=Tap::back() />
            <Main>
                <Sentence text=shared::ABOUT title=true />
                <p>{shared::ABOUT_WHAT}</p>
                <p>{shared::ABOUT_YOURS}</p>
                <h2>{shared::PICTOGRAMS}</h2>
                <div class="row">
                    <Picture source=Source::from("shopping-cart") well=Well::Small />
                    <Picture source=Source::from("alarm-clock") well=Well::Small />
                    <Picture source=Source::from("metro") well=Well::Small />
                </div>
                <p>{shared::PICTOGRAMS_BY}</p>
                <Button text=shared::PICTOGRAMS_LICENCE appearance=Appearance::Plain tap=Tap::out("/pictograms/LICENSE.txt".to_owned()) />
                <p class="soft small">{concat!("Opstap ", env!("CARGO_PKG_VERSION"), ", EUPL 1.2")}</p>
            </Main>
            {help()}
        </Screen>
    }
}
