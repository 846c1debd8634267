//! With whom the client practises, and what was set down when all met.

use opstap_core::RecordId;
use opstap_core::model::Relation;
use opstap_view::prelude::*;

use super::course::Course;
use crate::pages::shared::editing::fields::{cells_of, day, one_of, people, words, yes_or_no};
use crate::words::training;

/// The form about one trajectory.
pub fn matching(course: Course, id: RecordId) -> AnyView {
    let cell = cells_of(id);
    view! {
        <section class="stack form">
            <h2>{training::WITH_WHOM}</h2>
            <p class="soft">{training::FROM_THE_CIRCLE}</p>
            <div class="pairs">
                {one_of(course.work, cell("volunteer", training::VOLUNTEER), training::NOBODY_YET, move || who(course, &[Relation::Volunteer]))}
                {one_of(course.work, cell("coach", training::COACH), training::NOBODY_YET, move || who(course, &[Relation::Carer, Relation::Representative]))}
            </div>
        </section>
        <section class="stack form">
            <h2>{training::MEETING}</h2>
            <div class="pairs">
                {day(course.work, cell("met", training::MET_ON))}
                {words(course.work, cell("present", training::PRESENT), true)}
            </div>
            {words(course.work, cell("goals", training::GOALS), false)}
            {words(course.work, cell("approach", training::APPROACH), false)}
        </section>
        <section class="stack form">
            <h2>{training::CLICK}</h2>
            <p class="soft">{training::CLICK_MORE}</p>
            {yes_or_no(course.work, cell("click_participant", training::CLICK_PARTICIPANT))}
            {yes_or_no(course.work, cell("click_volunteer", training::CLICK_VOLUNTEER))}
        </section>
    }
    .into_any()
}

/// The people of the circle who can be this: only a carer or who decides for the client can take the handover on.
fn who(course: Course, relations: &[Relation]) -> Vec<([u8; 16], String)> {
    let members = course.members();
    let of_them = members.into_iter().filter(|member| relations.contains(&member.value.relation));
    people(of_them.map(|member| (member.value.person, member.value.name)))
}
