//! The groups that the client takes part in, with how often they were there, as their own circle tells it: for all who read the goals, who need
//! not read the programme.

use opstap_insight::{AttendanceStory, Participation, participations};
use opstap_view::prelude::*;

use super::told::Told;
use crate::components::{Picture, Well, changing};
use crate::dates::{near_today, on_day};
use crate::device;
use crate::pages::professional::attendance::{how_often, presence_word};
use crate::words::{Text, groups};

/// Nothing for whoever takes part in none.
pub fn of_client(told: Told) -> AnyView {
    let all = Memo::new(move |_| told.work.with(|records| participations(records.all())).unwrap_or_default());
    changing(move || {
        let all = all.get();
        if all.is_empty() {
            return ().into_any();
        }
        let rows = all.iter().map(|one| row(told, one)).collect_view();
        view! { <section class="stack"><h3>{groups::GROUPS}</h3><ul class="stack groups-of-client">{rows}</ul></section> }
            .into_any()
    })
}

fn row(told: Told, part: &Participation) -> AnyView {
    let Some(enrolment) = part.enrolment() else { return ().into_any() };
    let (often, all) = (how_often(part), part.attendance.len());
    let (from, until) = (near_today(on_day(enrolment.from)), enrolment.until.map(|until| near_today(on_day(until))));
    let more = Text::live(move || {
        let when = match &until {
            Some(until) => groups::until(until.get()).get(),
            None => groups::since(from.get()).get(),
        };
        [often.get(), when].join(", ")
    });
    let picture = enrolment.picture.clone().map(|picture| {
        view! { <Picture source=device::picture(told.work.circle, Some(picture)) well=Well::Small /> }
    });
    let sessions = (all > 0).then(|| {
        let lines = part.attendance.iter().rev().map(line).collect_view();
        view! { <details><summary>{groups::each_session(all)}</summary><ul class="stack">{lines}</ul></details> }
    });
    view! {
        <li class="row">
            {picture}
            <div class="fill">
                <p><b>{enrolment.name.clone()}</b> " " <span class="soft">{more}</span></p>
                {sessions}
            </div>
        </li>
    }
    .into_any()
}

fn line(one: &AttendanceStory) -> AnyView {
    let (day, word) = (near_today(on_day(one.on)), presence_word(one.presence));
    let says = Text::live(move || [&day.get(), ": ", word.get()].concat());
    view! { <li>{says}</li> }.into_any()
}
