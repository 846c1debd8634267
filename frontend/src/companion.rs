//! The companion's root: its places, and which screen stands at each for whoever this device belongs to.

use opstap_core::model::Relation;
use opstap_view::prelude::*;

use crate::components::{Bones, Floor, LoadingBones, Main, Screen, Toast, TopBar, changing, show_toast};
use crate::device::{self, Circle, Start, Trouble};
use crate::language::start_language;
use crate::navigation::{Place, replace, segments, start_navigation};
use crate::pages::client::{self, ClientPlace, Own};
use crate::pages::shared::{self, NoStore, Pair, SharedPlace};
use crate::pages::supporter::{self, SupporterPlace};
use crate::words::shared as words;

/// Every place of the companion. Each part is parsed where its screens are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompanionPlace {
    /// Today for a client, the list of circles for a supporter.
    Home,
    /// A screen of a client.
    Client(ClientPlace),
    /// A screen of a volunteer, carer or parent.
    Supporter(SupporterPlace),
    /// A screen of everybody.
    Shared(SharedPlace),
}

/// The first screen.
pub const HOME: CompanionPlace = CompanionPlace::Home;

impl Place for CompanionPlace {
    fn parse(path: &str) -> Option<Self> {
        if segments(path).is_empty() {
            return Some(Self::Home);
        }
        ClientPlace::parse(path)
            .map(Self::Client)
            .or_else(|| SupporterPlace::parse(path).map(Self::Supporter))
            .or_else(|| SharedPlace::parse(path).map(Self::Shared))
    }

    fn path(&self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::Client(place) => place.path(),
            Self::Supporter(place) => place.path(),
            Self::Shared(place) => place.path(),
        }
    }

    fn up(&self) -> Self {
        match self {
            Self::Home | Self::Shared(_) => HOME,
            Self::Client(place) => place.up(),
            Self::Supporter(place) => place.up(),
        }
    }
}

/// Whom this device belongs to, as far as screens care.
#[derive(Clone, PartialEq, Eq)]
enum Whose {
    /// Still being read.
    Unknown,
    /// The client of this circle, or who decides for them.
    Client(Own),
    /// Somebody who supports one or more clients.
    Supporter,
}

fn whose(circles: Option<Vec<Circle>>) -> Whose {
    let Some(circles) = circles else { return Whose::Unknown };
    let own = |relation| circles.iter().find(|circle| circle.relation == Some(relation));
    own(Relation::Client)
        .or_else(|| own(Relation::Representative))
        .map_or(Whose::Supporter, |circle| Whose::Client(Own { circle: circle.id, name: circle.name.clone() }))
}

/// Shows the companion.
pub fn mount() {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|told| leptos::logging::error!("{told}")));
    start_language();
    mount_to_body(|| view! { <Companion /> });
}

#[component]
fn Companion() -> impl IntoView {
    device::open();
    let here = start_navigation(HOME);
    let start = device::start();
    let circles = device::circles();
    // Memos, so that a sync that changes nothing here leaves the screen as it stands.
    let start = Memo::new(move |_| start.get());
    let owner = Memo::new(move |_| whose(circles.get()));
    say_trouble();
    keep_own_pictograms();
    changing(move || match (start.get(), here.get()) {
        (Start::Opening, _) => view! { <Opening /> }.into_any(),
        (Start::NotPaired, CompanionPlace::Shared(place @ (SharedPlace::Language | SharedPlace::About))) => {
            shared::screen(place, false)
        }
        (Start::NotPaired, _) | (Start::Ready(_), CompanionPlace::Shared(SharedPlace::Pair)) => {
            view! { <Pair /> }.into_any()
        }
        (Start::NoStore, _) => view! { <NoStore /> }.into_any(),
        (Start::Ready(_), place) => match (owner.get(), place) {
            (Whose::Unknown, _) => view! { <Opening /> }.into_any(),
            (owner, CompanionPlace::Shared(place)) => shared::screen(place, matches!(owner, Whose::Client(_))),
            (Whose::Client(own), CompanionPlace::Home) => client::home(&own),
            (Whose::Client(own), CompanionPlace::Client(place)) => client::screen(&own, place),
            (Whose::Supporter, CompanionPlace::Home) => supporter::home(),
            (Whose::Supporter, CompanionPlace::Supporter(place)) => supporter::screen(place),
            // An address of somebody else, on a device that several people used: their own first screen.
            (Whose::Client(_), CompanionPlace::Supporter(_)) | (Whose::Supporter, CompanionPlace::Client(_)) => {
                request_animation_frame(|| replace(HOME));
                view! { <Opening /> }.into_any()
            }
        },
    })
}

/// What went wrong under a screen, as one calm sentence of what to do. Nothing that was done before is touched by it.
pub fn say_trouble() {
    let trouble = device::trouble();
    Effect::new(move |_| {
        let Some(what) = trouble.get() else { return };
        show_toast(Toast::new(match what {
            Trouble::Full => words::DEVICE_FULL,
            Trouble::Store => words::CLOSE_AND_OPEN,
            Trouble::NotKept => words::NOT_ALLOWED_NOW,
        }));
        trouble.set(None);
    });
}

/// The pictograms of the screens themselves; those of plans are kept with the plans.
fn keep_own_pictograms() {
    device::keep_own_pictograms(&[
        "alarm-clock",
        "camera",
        "check-mark-button",
        "face-good",
        "locked",
        "memo",
        "metro",
        "mobile-phone",
        "open-book",
        "page-facing-up",
        "pencil",
        "person-raising-hand",
        "round-pushpin",
        "send-message",
        "shopping-cart",
        "speech-balloon",
        "sun",
    ]);
}

/// The quiet shapes of the first screen, the same as those of the shell, so that nothing jumps.
#[component]
fn Opening() -> impl IntoView {
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
}

#[cfg(test)]
mod tests {
    use opstap_core::{CircleId, RecordId};

    use super::*;

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
            ClientPlace::Help(Some(id())),
            ClientPlace::Help(None),
            ClientPlace::Result(id()),
            ClientPlace::Share(id()),
            ClientPlace::Book,
            ClientPlace::Consent,
            ClientPlace::Way(id()),
            ClientPlace::Me,
        ];
        let shared = [SharedPlace::Pair, SharedPlace::Language, SharedPlace::NotSent, SharedPlace::About];
        let supporter = [SupporterPlace::Circle(CircleId([3; 16]))];
        let all = client
            .map(CompanionPlace::from)
            .into_iter()
            .chain(shared.map(CompanionPlace::from))
            .chain(supporter.map(CompanionPlace::from))
            .chain([HOME]);
        for place in all {
            assert_eq!(CompanionPlace::parse(&place.path()), Some(place), "{}", place.path());
        }
    }

    #[test]
    fn an_address_with_something_else_than_an_id_is_no_place() {
        assert_eq!(CompanionPlace::parse("/plan/boodschappen"), None);
        assert_eq!(CompanionPlace::parse("/desk"), None);
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

    #[test]
    fn the_owner_of_a_circle_sees_today_and_a_carer_the_list() {
        let circle = |n, relation| Circle {
            id: CircleId([n; 16]),
            kind: opstap_core::model::CircleKind::Client,
            relation: Some(relation),
            client: None,
            name: "Sem".to_owned(),
            complete: true,
        };
        assert!(whose(None) == Whose::Unknown);
        assert!(whose(Some(vec![circle(1, Relation::Carer)])) == Whose::Supporter);
        let both = vec![circle(1, Relation::Carer), circle(2, Relation::Client)];
        assert!(matches!(whose(Some(both)), Whose::Client(own) if own.circle == CircleId([2; 16])));
    }
}
