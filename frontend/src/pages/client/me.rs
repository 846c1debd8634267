//! About me: what I chose, and what is on this device.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::frame::Frame;
use super::{ClientPlace, WayPlace};
use crate::companion::{CompanionPlace, HOME};
use crate::components::{Icon, ListRow, Person, PersonSize, SayButton, changing, icon};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::SharedPlace;
use crate::stories;
use crate::words::{Text, Word, client, guide, past, shared};

/// A short list of what can be set.
#[component]
pub fn Me(circle: CircleId, name: String) -> impl IntoView {
    let waits = device::waits_in();
    // Only when there is something: most people never need it.
    let apart = changing(move || {
        let waits = waits.with(|waits| waits.iter().flatten().any(|waits| waits.circle == circle));
        waits.then(|| row(past::SET_APART, Icon::CLOCK, ClientPlace::Apart.into())).into_any()
    });
    let evaluated = device::watch(circle, |reader| async move { stories::evaluation::ready(&reader).await.is_some() });
    let evaluation = changing(move || {
        let ready = evaluated.get() == Some(true);
        ready.then(|| row(client::HOW_IT_WENT, Icon::FLAG, WayPlace::Evaluation.into())).into_any()
    });
    let main = view! {
        <div class="row">
            <Person name=name.clone() size=PersonSize::Large />
            <h1 class="title fill">{name.clone()}</h1>
            <SayButton text=Text::from(name) whole=true />
        </div>
        <ul class="list">
            {row(client::WHO_MAY_SEE, Icon::EYE, WayPlace::Consent.into())}
            {row(client::WHO_LOOKED, Icon::PEOPLE, ClientPlace::WhoLooked.into())}
            {apart}
            {evaluation}
            {row(client::MESSAGES, Icon::MESSAGE, ClientPlace::Messages(None).into())}
            {row(client::ALL_PLANS, Icon::STAIRS, ClientPlace::Plans.into())}
            {row(client::WHO_COMES, Icon::PERSON, WayPlace::Visits.into())}
            {row(client::REMIND, Icon::BELL, WayPlace::Remind.into())}
            {row(guide::GUIDE, Icon::INFO, WayPlace::Guide.into())}
        </ul>
        <details class="more">
            <summary>{client::SELDOM_NEEDED}</summary>
            <ul class="list">
                {row(shared::LANGUAGE_AND_COLOURS, Icon::SETTINGS, SharedPlace::Language.into())}
                {row(shared::NOTICES, Icon::MESSAGE, ClientPlace::Notices.into())}
                {row(past::GONE, Icon::UNDO, ClientPlace::Removed.into())}
                {row(shared::NOT_SENT_YET, Icon::DEVICE, SharedPlace::NotSent.into())}
                {row(shared::DATA_USE, Icon::ONLINE, SharedPlace::DataUse.into())}
                {row(shared::ABOUT, Icon::MORE, SharedPlace::About.into())}
            </ul>
        </details>
    };
    Frame { back: Some(Tap::to(HOME)), ..Frame::default() }.around(client::ABOUT_ME.into(), main)
}

fn row(text: Word, mark: Icon, place: CompanionPlace) -> AnyView {
    let lead = view! { <span class="well small">{icon(mark)}</span> }.into_any();
    view! { <li><ListRow text lead tap=Tap::to(place)>{icon(Icon::FORWARD)}</ListRow></li> }.into_any()
}
