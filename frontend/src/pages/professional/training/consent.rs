//! Who of the circle may see how the client travels. Without that no route can be made or practised, and the client alone gives it: the desk
//! says what is missing and where on the client's phone it is turned on.

use opstap_core::PersonId;
use opstap_core::access::Section;
use opstap_view::prelude::*;

use super::course::Course;
use crate::components::changing;
use crate::device::Reader;
use crate::stories::reminders::who_sees;
use crate::words::training;

/// Who may see the journeys now: by the client's consent, or because they are theirs to decide about.
pub async fn who_sees_travel(reader: &Reader) -> Vec<PersonId> {
    who_sees(reader, Section::Travel, None).await
}

/// Why nothing of the journeys is shown at this desk, and what to do about it; nothing where they are seen.
pub fn why_shut(course: Course) -> AnyView {
    let is_over = Memo::new(move |_| course.is_handed_over());
    changing(move || {
        if course.i_see_travel() {
            return ().into_any();
        }
        let name = course.client();
        if is_over.get() {
            return view! { <p class="soft">{training::handed_over(name)}" "{training::handed_over_more(course.coach())}</p> }
                .into_any();
        }
        view! { <p class="advice"><span class="fill">{training::you_see_no_travel(&name)}" "{training::ask_for_travel(name)}</span></p> }
            .into_any()
    })
}

/// The same of the volunteer who practises with the client.
pub fn volunteer_sees(course: Course) -> AnyView {
    let volunteer = Memo::new(move |_| course.told(|story| story.trajectory.volunteer).flatten());
    changing(move || {
        let blind = volunteer.get().filter(|volunteer| !course.sees_travel(*volunteer) && !course.is_handed_over());
        let who = blind.map(|volunteer| course.name(volunteer)).filter(|who| !who.is_empty());
        let said = who.map(|who| {
            let name = course.client();
            view! { <p class="advice"><span class="fill">{training::sees_no_travel(who, &name)}" "{training::ask_for_travel(name)}</span></p> }
        });
        said.into_any()
    })
}
