//! Every place of the desk is found at its own address, and leads back up.

use super::*;
use crate::pages::professional::DeskBundle;

const CIRCLE: CircleId = CircleId([3; 16]);
const ID: RecordId = RecordId([7; 16]);

const ALL: [DeskPlace; 61] = [
    DeskPlace::Goals(CIRCLE),
    DeskPlace::Measure(CIRCLE, None),
    DeskPlace::Measure(CIRCLE, Some(ID)),
    DeskPlace::MeasureTogether(CIRCLE, ID),
    DeskPlace::Evaluation(CIRCLE, None),
    DeskPlace::Evaluation(CIRCLE, Some(ID)),
    DeskPlace::Arranged(CIRCLE),
    DeskPlace::ClientHours(CIRCLE),
    DeskPlace::Hours,
    DeskPlace::Reports,
    DeskPlace::SharedWithMe,
    DeskPlace::ProgrammeFiles,
    DeskPlace::ProgrammeSetup,
    DeskPlace::Figures,
    DeskPlace::Programme,
    DeskPlace::Register,
    DeskPlace::Match(ID),
    DeskPlace::Volunteers,
    DeskPlace::Volunteer(ID),
    DeskPlace::Groups,
    DeskPlace::Group(ID),
    DeskPlace::GroupSession(ID, None),
    DeskPlace::GroupSession(ID, Some(RecordId([8; 16]))),
    DeskPlace::Attention,
    DeskPlace::Clients,
    DeskPlace::Course(CIRCLE, ID),
    DeskPlace::Client(CIRCLE),
    DeskPlace::Plans(CIRCLE),
    DeskPlace::Plan(CIRCLE, ID),
    DeskPlace::PrintPlan(CIRCLE, ID),
    DeskPlace::PrintWeek(CIRCLE),
    DeskPlace::PairingCard(CIRCLE),
    DeskPlace::PaperRun(CIRCLE, ID),
    DeskPlace::PaperPractice(CIRCLE, ID),
    DeskPlace::NewPlan(CIRCLE),
    DeskPlace::Photos(CIRCLE, ID),
    DeskPlace::Examples(CIRCLE),
    DeskPlace::Example(CIRCLE, ID),
    DeskPlace::Together(CIRCLE, ID),
    DeskPlace::EditExample(CIRCLE, ID),
    DeskPlace::Run(CIRCLE, ID),
    DeskPlace::Messages(CIRCLE),
    DeskPlace::Travel(CIRCLE, None),
    DeskPlace::Travel(CIRCLE, Some(ID)),
    DeskPlace::Curves(CIRCLE, ID),
    DeskPlace::Training(CIRCLE, None),
    DeskPlace::Training(CIRCLE, Some(TrainingPart::Plan)),
    DeskPlace::Training(CIRCLE, Some(TrainingPart::FollowUp)),
    DeskPlace::EditRoute(CIRCLE, ID),
    DeskPlace::FollowUps,
    DeskPlace::History(CIRCLE, ID),
    DeskPlace::Removed(CIRCLE),
    DeskPlace::Preferences(CIRCLE),
    DeskPlace::DaysOff(CIRCLE),
    DeskPlace::Tray,
    DeskPlace::Apart,
    DeskPlace::Search,
    DeskPlace::Guide,
    DeskPlace::Tour,
    DeskPlace::Settings,
    DeskPlace::Pair,
];

#[test]
fn every_place_has_an_address_that_leads_back_to_it() {
    for place in ALL {
        assert_eq!(DeskPlace::parse(&place.path()), Some(place), "{}", place.path());
    }
}

#[test]
fn every_address_is_the_desks_own() {
    assert!(ALL.iter().all(|place| place.path().starts_with("/desk")));
    for other in ["/", "/plans", "/desktop", "/desk/client/sem", "/desk/nothing"] {
        assert_eq!(DeskPlace::parse(other), None, "{other}");
    }
}

#[test]
fn going_up_ends_at_the_clients_from_every_place() {
    for place in ALL {
        let mut here = place;
        for _ in 0..6 {
            here = here.up();
        }
        assert_eq!(here, HOME, "{}", place.path());
    }
}

#[test]
fn each_bundle_has_the_places_below_its_address() {
    for place in ALL {
        let path = place.path();
        let below = |address: &str| path == address || path.starts_with(&format!("{address}/"));
        let expected = match () {
            () if below("/desk/programme") => DeskBundle::Programme,
            () if below("/desk/guidance") => DeskBundle::Guidance,
            () => DeskBundle::Desk,
        };
        assert_eq!(place.bundle(), expected, "{path}");
    }
}
