//! The root of the bundle for clients: its places, and which screen stands at each. What a client asks of the server alone, and what is for
//! on the way, stand in bundles of their own, `own` and `way`, which have the same places.

use opstap_view::prelude::*;

use crate::border::over_to;
use crate::components::{Bones, Floor, LoadingBones, Main, Screen, TopBar};
use crate::device::{self, Link};
use crate::navigation::{Place, leave_for, segments};
use crate::pages::client::{self, ClientPlace, Own};
use crate::pages::shared::{self, SharedPlace};
use crate::phone::{self, App};
use crate::whose::{OF_CLIENTS, OF_SUPPORTERS, Whose};
use crate::words::shared as words;

/// Every place of the companion. Each part is parsed where its screens are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompanionPlace {
    /// Today.
    Home,
    /// A screen of a client.
    Client(ClientPlace),
    /// A screen that supporters have too.
    Shared(SharedPlace),
}

/// The first screen.
pub const HOME: CompanionPlace = CompanionPlace::Home;

impl Place for CompanionPlace {
    fn parse(path: &str) -> Option<Self> {
        if segments(path).is_empty() {
            return Some(Self::Home);
        }
        ClientPlace::parse(path).map(Self::Client).or_else(|| SharedPlace::parse(path).map(Self::Shared))
    }

    fn path(&self) -> String {
        match self {
            Self::Home => OF_CLIENTS.to_owned(),
            Self::Client(place) => place.path(),
            Self::Shared(place) => place.path(),
        }
    }

    fn up(&self) -> Self {
        match self {
            Self::Home | Self::Shared(_) => HOME,
            Self::Client(place) => place.up(),
        }
    }
}

/// Shows the companion.
pub fn mount() {
    phone::mount(|| {
        let last_contact = device::last_contact();
        let heard = Memo::new(move |_| last_contact.get().is_some());
        let screen = Box::new(move |whose, place| screen(&whose, place, heard));
        App { home: HOME, shared: in_both, opening, screen, trouble: client::says, pictograms: &PICTOGRAMS }
    });
}

/// Shows a bundle that stands beside the companion and has the same places: of a client's screens those that it has itself. For everything
/// else the companion is opened.
pub fn mount_beside(screen: fn(&Own, ClientPlace) -> Option<AnyView>) {
    phone::mount(move || {
        let screen = Box::new(move |whose, place| beside(&whose, place, screen));
        App { home: HOME, shared: |_| None, opening, screen, trouble: client::says, pictograms: &[] }
    });
}

fn beside(whose: &Whose, place: CompanionPlace, screen: fn(&Own, ClientPlace) -> Option<AnyView>) -> Option<AnyView> {
    let shown = match (whose, place) {
        (Whose::Unknown, _) => return None,
        (Whose::Client(own), CompanionPlace::Client(asked)) => screen(own, asked),
        (Whose::Client(_) | Whose::InNoCircle | Whose::Supporter, _) => None,
    };
    if shown.is_none() {
        let path = place.path();
        leave_for(if *whose == Whose::Supporter { OF_SUPPORTERS } else { &path });
    }
    shown
}

const fn in_both(place: &CompanionPlace) -> Option<SharedPlace> {
    match place {
        CompanionPlace::Shared(place) => Some(*place),
        CompanionPlace::Home | CompanionPlace::Client(_) => None,
    }
}

fn screen(whose: &Whose, place: CompanionPlace, heard: Memo<bool>) -> Option<AnyView> {
    match (whose, place) {
        (Whose::Unknown, _) => None,
        (Whose::Client(_), CompanionPlace::Shared(place)) => {
            Some(shared::screen(place, shared::call_somebody, HOME, client::help_floor))
        }
        (Whose::Client(own), CompanionPlace::Home) => Some(client::home(own)),
        (Whose::Client(_), CompanionPlace::Client(ClientPlace::Way(_))) => {
            Some(over_to("way", place.path(), opening, client::without_internet))
        }
        (Whose::Client(_), CompanionPlace::Client(asked)) if asked.is_of_the_server() => match device::link().get() {
            Link::Unknown => None,
            Link::Online => {
                leave_for(&place.path());
                None
            }
            Link::Offline | Link::SignedOut | Link::TooOld => Some(client::without_internet()),
        },
        (Whose::Client(own), CompanionPlace::Client(place)) => Some(client::screen(own, place)),
        // Whoever has just come in is in no circle until the first sync.
        (Whose::InNoCircle, _) if !heard.get() => None,
        (Whose::Supporter | Whose::InNoCircle, _) => {
            leave_for(OF_SUPPORTERS);
            None
        }
    }
}

const PICTOGRAMS: [&str; 42] = [
    "alarm-clock",
    "angry-face",
    "bicycle",
    "bus",
    "bus-stop",
    "busts-in-silhouette",
    "camera",
    "check-mark-button",
    "crescent-moon",
    "down-arrow",
    "face-good",
    "face-hard",
    "handshake",
    "locked",
    "memo",
    "metro",
    "minibus",
    "mobile-phone",
    "open-book",
    "page-facing-up",
    "pencil",
    "person-raising-hand",
    "person-walking",
    "red-heart",
    "round-pushpin",
    "send-message",
    "shopping-cart",
    "smiling-face-with-smiling-eyes",
    "speech-balloon",
    "step-off",
    "stop-bell",
    "stop-sign",
    "sun",
    "thinking-face",
    "thumbs-down",
    "thumbs-up",
    "tired-face",
    "train",
    "tram",
    "transfer",
    "travel-card",
    "world-map",
];

/// The quiet shapes of the first screen.
pub fn opening() -> AnyView {
    view! {
        <Screen title=words::APP_NAME>
            <TopBar lead=view! { <span class="bone line"></span> }.into_any() />
            <Main><LoadingBones shape=Bones::Today /></Main>
            <Floor>
                <span class="floor-bone"></span>
                <span class="floor-bone help"></span>
            </Floor>
        </Screen>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use opstap_core::{PersonId, RecordId};

    use super::*;
    use crate::pages::client::{OnRoute, WayPlace};

    fn id() -> RecordId {
        RecordId([7; 16])
    }

    #[test]
    fn every_place_has_an_address_that_leads_back_to_it() {
        let client = [
            ClientPlace::Plans,
            ClientPlace::Plan(id()),
            ClientPlace::Step(id()),
            ClientPlace::NotManaged(id()),
            ClientPlace::Choose(id()),
            ClientPlace::Help(Some(id())),
            ClientPlace::Help(None),
            ClientPlace::Result(id()),
            ClientPlace::Share(id()),
            ClientPlace::Book,
            ClientPlace::Add,
            ClientPlace::Mastered(id()),
            ClientPlace::Way(WayPlace::Consent),
            ClientPlace::WhoLooked,
            ClientPlace::Removed,
            ClientPlace::Apart,
            ClientPlace::Way(WayPlace::Route(id(), OnRoute::Ready)),
            ClientPlace::Way(WayPlace::Tour),
            ClientPlace::Messages(None),
            ClientPlace::Messages(Some(PersonId([8; 16]))),
            ClientPlace::Me,
        ];
        let shared =
            [SharedPlace::Pair, SharedPlace::Language, SharedPlace::DataUse, SharedPlace::NotSent, SharedPlace::About];
        let all = client.map(CompanionPlace::from).into_iter().chain(shared.map(CompanionPlace::from)).chain([HOME]);
        for place in all {
            assert_eq!(CompanionPlace::parse(&place.path()), Some(place), "{}", place.path());
        }
    }

    #[test]
    fn an_address_with_something_else_than_an_id_is_no_place() {
        assert_eq!(CompanionPlace::parse("/plan/boodschappen"), None);
        assert_eq!(CompanionPlace::parse("/desk"), None);
        assert_eq!(CompanionPlace::parse("/support"), None);
    }

    #[test]
    fn going_up_ends_at_the_first_screen_from_every_place() {
        let mut place: CompanionPlace = ClientPlace::NotManaged(id()).into();
        let mut ways = 0;
        while place != HOME {
            place = place.up();
            ways += 1;
            assert!(ways < 5, "going up never ends");
        }
        assert_eq!(ways, 3);
    }
}
