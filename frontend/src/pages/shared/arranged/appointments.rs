//! Who comes to the client and when, with room for a new appointment.

use opstap_core::CircleId;
use opstap_core::model::{Appointment, Member, set};
use opstap_view::prelude::*;

use super::name;
use super::new_appointment::NewAppointment;
use crate::components::{Bones, Button, Icon, ListRow, LoadingBones, Person, PersonSize, Size, changing};
use crate::dates::{clock_time, moment, near_today};
use crate::device::{self, Entry, Reader};
use crate::pages::shared::care::keep;
use crate::stories;
use crate::words::{Text, arranged};

#[derive(Clone, PartialEq)]
struct Read {
    coming: Vec<Entry<Appointment>>,
    members: Vec<Entry<Member>>,
}

async fn read(reader: Reader) -> Read {
    Read { coming: stories::arranged::coming(&reader, device::now()).await, members: stories::members(&reader).await }
}

/// As many as stand in sight.
const IN_SIGHT: usize = 6;

/// The list and the form.
#[component]
pub fn Appointments(circle: CircleId) -> impl IntoView {
    let all = device::watch(circle, read);
    let list = changing(move || match all.get() {
        None => view! { <LoadingBones shape=Bones::Rows(2) /> }.into_any(),
        Some(Read { coming, .. }) if coming.is_empty() => {
            view! { <p class="soft">{arranged::NO_APPOINTMENTS}</p> }.into_any()
        }
        Some(Read { coming, members }) => {
            let rows = coming.into_iter().take(IN_SIGHT).map(|one| row(circle, one, &members)).collect_view();
            view! { <ul class="list">{rows}</ul> }.into_any()
        }
    });
    let members =
        Signal::derive(move || all.with(|all| all.as_ref().map(|all| all.members.clone()).unwrap_or_default()));
    view! {
        <section class="stack appointments">
            <h2 class="title">{arranged::APPOINTMENTS}</h2>
            {list}
            <NewAppointment circle members />
        </section>
    }
}

/// "Youssef, morgen, 14:00, 60 minuten, naar de markt".
fn row(circle: CircleId, one: Entry<Appointment>, members: &[Entry<Member>]) -> AnyView {
    let Entry { id, value: Appointment { with, at, minutes, title, place, cancelled, .. }, .. } = one;
    let who = name(members, Some(with));
    let (day, time) = (near_today(moment(at)), clock_time(moment(at)));
    let lasts = arranged::lasts(usize::try_from(minutes).unwrap_or_default());
    let off = cancelled.is_some();
    let more = Text::live(move || {
        let off = off.then(|| arranged::IS_CALLED_OFF.get().to_owned());
        let said =
            off.into_iter().chain([day.get(), time.get(), lasts.get()]).chain(title.clone()).chain(place.clone());
        said.collect::<Vec<_>>().join(", ")
    });
    let call_off = move || keep(circle, vec![set(id, "cancelled", device::now())], arranged::CALLED_OFF.into());
    let act =
        (!off).then(|| view! { <Button text=arranged::CALL_OFF icon=Icon::CROSS size=Size::Tool tap=call_off /> });
    let lead = view! { <Person name=who.clone() size=PersonSize::Small /> }.into_any();
    view! { <li><ListRow text=Text::from(who) more lead>{act}</ListRow></li> }.into_any()
}
