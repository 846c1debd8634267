//! The screens of professionals and coordinators: who needs somebody, how plans and routes go, and making plans with words and pictures.

mod attendance;
mod bundles;
mod client_head;
mod consents;
mod copy;
mod counted;
mod curve_plot;
mod curves;
mod edit_plan;
mod edit_route;
mod example;
mod examples;
mod follow_ups;
mod following;
mod frame;
mod glance;
mod guidance;
mod guide;
mod help_plot;
mod help_table;
mod hours;
mod joining;
mod look_back;
mod messages;
mod new_plan;
mod offers;
mod overview;
mod pair;
mod place;
mod plans;
mod practices;
mod print;
mod programme;
mod questions;
mod run;
mod run_line;
mod search;
mod settings;
mod sheets;
mod training;
mod travel;
mod tray;

pub use bundles::DeskBundle;
pub use place::{DeskPlace, HOME};

use opstap_core::CircleId;
use opstap_view::prelude::*;

use crate::components::desk::{Bar, Foot};
use crate::device;
use crate::pages::shared::{not_now, unless_locked};
use crate::words;

use frame::{Page, Part};

fn first(circle: CircleId) -> AnyView {
    view! { <overview::Overview circle plan=None /> }.into_any()
}

/// What the desk's own bundle does whatever screen stands: it counts what asks, for the rail.
pub fn at_work() {
    following::keep_counting();
}

/// The screen at a place of the desk's own bundle; nothing at one of another.
pub fn screen(place: DeskPlace, _here: Signal<DeskPlace>) -> Option<AnyView> {
    Some(match place {
        DeskPlace::Attention => view! { <following::Attention /> }.into_any(),
        DeskPlace::Clients => view! { <following::Caseload /> }.into_any(),
        DeskPlace::Client(circle) => first(circle),
        DeskPlace::Course(circle, plan) => view! { <overview::Overview circle plan=Some(plan) /> }.into_any(),
        DeskPlace::Plans(circle) => view! { <plans::Plans circle /> }.into_any(),
        DeskPlace::Plan(circle, plan) => {
            unless_locked(circle, first, move || view! { <edit_plan::EditPlan circle plan /> }.into_any())
        }
        DeskPlace::NewPlan(circle) => unless_locked(circle, first, move || new_plan::begin(circle)),
        DeskPlace::Photos(circle, plan) => unless_locked(circle, first, move || new_plan::photos(circle, plan)),
        DeskPlace::Examples(circle) => view! { <examples::Examples circle /> }.into_any(),
        DeskPlace::Example(circle, template) => view! { <example::Example circle template /> }.into_any(),
        DeskPlace::Together(circle, plan) => unless_locked(circle, first, move || sheets::together(circle, plan)),
        DeskPlace::EditExample(circle, template) => {
            unless_locked(circle, first, move || view! { <edit_plan::EditExample circle template /> }.into_any())
        }
        DeskPlace::Run(circle, run) => view! { <run::RunPage circle run /> }.into_any(),
        DeskPlace::Messages(circle) => view! { <messages::Messages circle /> }.into_any(),
        DeskPlace::EditRoute(circle, route) => unless_locked(circle, first, move || edit_route::screen(circle, route)),
        DeskPlace::Curves(circle, route) => unless_locked(circle, first, move || curves::screen(circle, route)),
        DeskPlace::Travel(circle, route) => view! { <travel::Travel circle route /> }.into_any(),
        DeskPlace::History(circle, _) | DeskPlace::Removed(circle) => {
            unless_locked(circle, first, move || look_back::screen(place))
        }
        DeskPlace::PrintPlan(circle, plan) => unless_locked(circle, first, move || print::plan(circle, plan)),
        DeskPlace::PrintWeek(circle) => unless_locked(circle, first, move || print::of_week(circle)),
        DeskPlace::PairingCard(circle) => unless_locked(circle, first, move || print::pairing(circle)),
        DeskPlace::Preferences(circle) => unless_locked(circle, first, move || sheets::screen(circle)),
        DeskPlace::PaperRun(circle, plan) => unless_locked(circle, first, move || sheets::paper(circle, plan)),
        DeskPlace::PaperPractice(circle, route) => {
            unless_locked(circle, first, move || sheets::paper_practice(circle, route))
        }
        DeskPlace::DaysOff(circle) => unless_locked(circle, first, move || sheets::days_off(circle)),
        DeskPlace::Apart => look_back::screen(place),
        DeskPlace::Tray => view! { <tray::Tray /> }.into_any(),
        DeskPlace::Programme
        | DeskPlace::Figures
        | DeskPlace::ProgrammeFiles
        | DeskPlace::ProgrammeSetup
        | DeskPlace::Register
        | DeskPlace::Match(_)
        | DeskPlace::Volunteers
        | DeskPlace::Volunteer(_)
        | DeskPlace::Groups
        | DeskPlace::Group(_)
        | DeskPlace::GroupSession(..)
        | DeskPlace::FollowUps
        | DeskPlace::Training(..)
        | DeskPlace::Arranged(_)
        | DeskPlace::ClientHours(_)
        | DeskPlace::Hours
        | DeskPlace::Reports
        | DeskPlace::SharedWithMe
        | DeskPlace::Goals(_)
        | DeskPlace::Measure(..)
        | DeskPlace::MeasureTogether(..)
        | DeskPlace::Evaluation(..) => return None,
        DeskPlace::Search => search::screen(),
        DeskPlace::Guide => guide::screen(),
        DeskPlace::Tour => guide::tour(),
        DeskPlace::Settings => view! { <settings::Settings /> }.into_any(),
        DeskPlace::Pair => view! { <pair::PairAtDesk /> }.into_any(),
    })
}

/// The screen at a place of the programme's bundle; nothing at one of another. Its parts that have an address of their own follow
/// where one is.
pub fn of_the_programme(place: DeskPlace, here: Signal<DeskPlace>) -> Option<AnyView> {
    Some(match place {
        DeskPlace::Programme => programme::registrations(),
        DeskPlace::Figures => programme::figures(),
        DeskPlace::ProgrammeFiles => programme::files(),
        DeskPlace::ProgrammeSetup => programme::setup(),
        DeskPlace::Register => programme::register(),
        DeskPlace::Match(registration) => programme::matching(registration),
        DeskPlace::Volunteers => programme::volunteers(),
        DeskPlace::Volunteer(id) => programme::volunteer(id),
        DeskPlace::Groups => programme::groups(),
        DeskPlace::Group(id) => programme::group(id),
        DeskPlace::GroupSession(id, session) => programme::session(id, session),
        DeskPlace::FollowUps => follow_ups::screen(),
        DeskPlace::Training(circle, _) => {
            unless_locked(circle, training::locked, move || training::screen(circle, here))
        }
        _ => return None,
    })
}

/// The screen at a place of the bundle `guidance`; nothing at one of another.
pub fn of_guidance(place: DeskPlace, _here: Signal<DeskPlace>) -> Option<AnyView> {
    Some(match place {
        DeskPlace::SharedWithMe => guidance::shared_with_me(),
        DeskPlace::Hours => guidance::hours(),
        DeskPlace::Reports => guidance::reports(),
        DeskPlace::ClientHours(circle) => {
            unless_locked(circle, guidance::locked, move || guidance::client_hours(circle))
        }
        DeskPlace::Arranged(circle) => unless_locked(circle, guidance::locked, move || guidance::arranged(circle)),
        DeskPlace::Goals(circle) => unless_locked(circle, guidance::locked, move || guidance::goals(circle)),
        DeskPlace::Measure(circle, id) => {
            unless_locked(circle, guidance::locked, move || guidance::measure(circle, id))
        }
        DeskPlace::MeasureTogether(circle, id) => {
            unless_locked(circle, guidance::locked, move || guidance::together(circle, id))
        }
        DeskPlace::Evaluation(circle, id) => {
            unless_locked(circle, guidance::locked, move || guidance::evaluation(circle, id))
        }
        _ => return None,
    })
}

/// In the place of a screen of another bundle, when that is not on this device and cannot come now.
pub fn without_internet(place: DeskPlace) -> AnyView {
    view! {
        <Page title=words::shared::ONLY_ONLINE part=Part::of(place)>
            <Bar title=words::shared::ONLY_ONLINE />
            {not_now(device::sync_now)}
            <Foot>""</Foot>
        </Page>
    }
    .into_any()
}
