//! The volunteers of the programme.

use opstap_core::model::{Model, Volunteer};
use opstap_core::{CircleId, Day};
use opstap_view::prelude::*;

use super::read::{Programme, Standing, read};
use super::{Shown, parts};
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{Bones, Button, Field, Icon, ListRow, LoadingBones, Person, changing, icon};
use crate::dates::{day_of, full_day, moment, on_day};
use crate::device::{self, Entry};
use crate::event::Tap;
use crate::navigation::go_to;
use crate::pages::professional::place::DeskPlace;
use crate::words::{Text, programme};

/// The page.
#[component]
pub(super) fn Volunteers(circle: CircleId) -> impl IntoView {
    let read = device::watch(circle, read);
    let list = changing(move || match read.get() {
        None => view! { <LoadingBones shape=Bones::Rows(4) /> }.into_any(),
        Some(read) if read.volunteers.is_empty() => view! { <p class="soft">{programme::NO_VOLUNTEERS}</p> }.into_any(),
        Some(read) => {
            let rows = read.volunteers.iter().map(|one| view! { <li>{row(one, &read)}</li> }).collect_view();
            view! { <ul class="list">{rows}</ul> }.into_any()
        }
    });
    view! {
        <Bar title=programme::PROGRAMME />
        {parts(Shown::Volunteers)}
        <Columns><Pane>{list}<NewVolunteer circle /></Pane></Columns>
        <Foot><span>{programme::VOLUNTEERS_MORE}</span></Foot>
    }
}

fn row(one: &Entry<Volunteer>, programme: &Programme) -> AnyView {
    let Volunteer { name, area, certificate, resting, .. } = &one.value;
    let busy = busy(one, programme);
    let mut parts: Vec<Text> = area.iter().cloned().map(Text::from).collect();
    parts.push(match certificate {
        None => programme::NO_CERTIFICATE.into(),
        Some(until) if *until < today() => programme::CERTIFICATE_OVER.into(),
        Some(until) => programme::certificate_until(full_day(on_day(*until)).get()),
    });
    parts.push(if *resting == Some(true) { programme::RESTS.into() } else { practises_with(busy) });
    let more = Text::live(move || parts.iter().map(Text::get).collect::<Vec<_>>().join(", "));
    let lead = view! { <Person name=name.clone() /> }.into_any();
    view! {
        <ListRow text=Text::from(name.clone()) more lead tap=Tap::to(DeskPlace::Volunteer(one.id))>{icon(Icon::FORWARD)}</ListRow>
    }
    .into_any()
}

/// With how many participants somebody is matched or practises now.
pub(super) fn busy(one: &Entry<Volunteer>, programme: &Programme) -> usize {
    let with = programme.rows.iter().filter(|row| row.value.volunteer == Some(one.id));
    with.filter(|row| matches!(Standing::of(&row.value), Standing::Matched | Standing::Practises)).count()
}

/// With how many somebody practises, in words.
pub(super) fn practises_with(busy: usize) -> Text {
    if busy == 0 { programme::PRACTISES_WITH_NOBODY.into() } else { programme::practises_with(busy) }
}

/// The day by this desk's clock.
pub(super) fn today() -> Day {
    day_of(moment(device::now()))
}

#[component]
fn NewVolunteer(circle: CircleId) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let none = Signal::derive(move || name.get().trim().is_empty());
    let add = move || {
        let id = device::new_id();
        let volunteer = Volunteer {
            person: None,
            name: name.get_untracked().trim().to_owned(),
            phone: None,
            available: None,
            area: None,
            knowledge: None,
            trained: None,
            certificate: None,
            resting: None,
        };
        device::keep(circle, vec![volunteer.make(id)]);
        go_to(DeskPlace::Volunteer(id));
    };
    view! {
        <section class="stack">
            <h2>{programme::NEW_VOLUNTEER}</h2>
            <Field label=programme::FIRST_NAME value=name on_input=move |text| name.set(text) />
            <div class="row"><Button text=programme::ADD icon=Icon::PLUS disabled=none tap=add /></div>
        </section>
    }
}
