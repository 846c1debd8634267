//! Who comes: each with their face, the day and the time.

use opstap_core::CircleId;
use opstap_core::model::{Appointment, Member};
use opstap_view::prelude::*;

use crate::components::{Bones, EmptyState, ListRow, LoadingBones, Person, PersonSize, SayButton, changing};
use crate::dates::{moment, near_today, spoken_moment};
use crate::device::{self, Entry, Reader};
use crate::pages::client::frame::Frame;
use crate::stories;
use crate::words::{Text, client};

/// Who comes, by the name the client gives them.
#[derive(Clone, PartialEq)]
struct Visit {
    name: String,
    appointment: Appointment,
}

/// As many as one looks through at once.
const MOST: usize = 10;

async fn read(reader: Reader) -> Vec<Visit> {
    let members = stories::members(&reader).await;
    let coming = stories::arranged::coming(&reader, device::now()).await.into_iter().take(MOST);
    coming.map(|one| Visit { name: called(&members, &one.value), appointment: one.value }).collect()
}

fn called(members: &[Entry<Member>], one: &Appointment) -> String {
    let name = stories::name_of(members, one.with);
    if name.is_empty() { client::SOMEBODY_COMES.get().to_owned() } else { name }
}

/// The screen.
#[component]
pub(super) fn Visits(circle: CircleId) -> impl IntoView {
    let all = device::watch(circle, read);
    let body = changing(move || match all.get() {
        None => view! { <LoadingBones shape=Bones::Rows(3) /> }.into_any(),
        Some(all) if all.is_empty() => {
            view! { <EmptyState picture="spiral-calendar" sentence=client::NOBODY_COMES /> }.into_any()
        }
        Some(all) => {
            let rows = all.into_iter().map(row).collect_view();
            view! { <ul class="list">{rows}</ul> }.into_any()
        }
    });
    Frame::default().below(client::WHO_COMES, body)
}

fn row(Visit { name, appointment }: Visit) -> AnyView {
    let Appointment { at, title, place, cancelled, .. } = appointment;
    let (day, time) = (near_today(moment(at)), spoken_moment(moment(at)));
    let off = cancelled.is_some();
    let more = Text::live(move || {
        let off = off.then(|| client::CALLED_OFF.get().to_owned());
        let said = off.into_iter().chain([day.get(), time.get()]).chain(title.clone()).chain(place.clone());
        said.collect::<Vec<_>>().join(", ")
    });
    let (who, told) = (name.clone(), more.clone());
    let said = Text::live(move || [who.clone(), told.get()].join(", "));
    let lead = view! { <Person name=name.clone() size=PersonSize::Large /> }.into_any();
    view! { <li><ListRow text=Text::from(name) more lead><SayButton text=said /></ListRow></li> }.into_any()
}
