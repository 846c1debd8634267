//! About me: what I chose, and what is on this device.

use opstap_view::prelude::*;

use super::ClientPlace;
use crate::companion::{CompanionPlace, HOME};
use crate::components::{Floor, HelpButton, Icon, ListRow, Main, Person, PersonSize, Screen, StateChip, TopBar, icon};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::SharedPlace;
use crate::words::{Word, client, shared};

/// A short list of what can be set.
#[component]
pub fn Me(name: String) -> impl IntoView {
    view! {
        <Screen title=client::ABOUT_ME>
            <TopBar back=Tap::to(HOME)>
                <StateChip state=device::state() />
            </TopBar>
            <Main>
                <div class="row">
                    <Person name=name.clone() size=PersonSize::Large />
                    <h1 class="title">{name}</h1>
                </div>
                <ul class="list">
                    {row(client::WHO_MAY_SEE, Icon::EYE, ClientPlace::Consent.into())}
                    {row(client::WHO_LOOKED, Icon::PEOPLE, ClientPlace::WhoLooked.into())}
                    {row(client::ALL_PLANS, Icon::STAIRS, ClientPlace::Plans.into())}
                    {row(shared::NOT_SENT_YET, Icon::DEVICE, SharedPlace::NotSent.into())}
                    {row(shared::LANGUAGE_AND_COLOURS, Icon::SETTINGS, SharedPlace::Language.into())}
                    {row(shared::ABOUT, Icon::MORE, SharedPlace::About.into())}
                </ul>
            </Main>
            <Floor>
                <HelpButton tap=Tap::to(CompanionPlace::from(ClientPlace::Help(None))) />
            </Floor>
        </Screen>
    }
}

fn row(text: Word, mark: Icon, place: CompanionPlace) -> AnyView {
    let lead = view! { <span class="well small">{icon(mark)}</span> }.into_any();
    view! { <li><ListRow text lead tap=Tap::to(place)>{icon(Icon::FORWARD)}</ListRow></li> }.into_any()
}
