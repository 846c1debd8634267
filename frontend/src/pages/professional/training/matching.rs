//! With whom the client practises, and what was set down when all met.

use opstap_core::model::{Relation, Stage};
use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::consent::volunteer_sees;
use super::course::Course;
use crate::components::{Button, Icon, Size, changing};
use crate::event::Tap;
use crate::pages::professional::place::DeskPlace;
use crate::pages::professional::programme;
use crate::pages::shared::editing::fields::{Cell, cells_of, day, one_of_and, people, words, yes_or_no};
use crate::words::{Text, paper, training};

/// The form about one trajectory.
pub fn matching(circle: CircleId, course: Course, id: RecordId) -> AnyView {
    let cell = cells_of(id);
    let joins = Tap::to(DeskPlace::PairingCard(circle));
    view! {
        <section class="stack form">
            <h2>{training::WITH_WHOM}</h2>
            <p class="soft">{training::FROM_THE_CIRCLE}</p>
            <div class="pairs">
                {volunteer(course, cell("volunteer", training::VOLUNTEER))}
                {coach(course, cell("coach", training::COACH))}
            </div>
            {volunteer_sees(course)}
            <div class="row">
                {suggestions(course)}
                <Button text=paper::JOIN icon=Icon::PLUS size=Size::Tool tap=joins />
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

/// With whom the client practises. Whether it clicks was said of the one before, and goes with that choice.
fn volunteer(course: Course, cell: Cell) -> AnyView {
    let who = move || who(course, &[Relation::Volunteer]);
    let clicks = move || course.told_now(opstap_insight::TrajectoryStory::clicks_taken_back).unwrap_or_default();
    one_of_and(course.work, cell, training::NOBODY_YET, who, clicks)
}

/// Who becomes the OV-coach. A yes to the handover was to the one before, and goes with that choice.
fn coach(course: Course, cell: Cell) -> AnyView {
    let who = move || who(course, &[Relation::Carer, Relation::Representative]);
    let yes = move || course.told_now(opstap_insight::TrajectoryStory::yes_taken_back).unwrap_or_default();
    one_of_and(course.work, cell, training::NOBODY_YET, who, yes)
}

/// The way to who else fits, with the reasons, for whoever may see the programme: also once somebody was found.
fn suggestions(course: Course) -> AnyView {
    let programme = programme::circle();
    let row = Memo::new(move |_| {
        let open = course.told(|story| story.goes_on() && story.stage() <= Stage::Practice).unwrap_or_default();
        course.told(|story| story.trajectory.row).flatten().filter(|_| open && programme.get().is_some())
    });
    let text = Text::live(move || {
        let found = course.told(|story| story.trajectory.volunteer.is_some()).unwrap_or_default();
        if found { training::SEEK_ANOTHER.get() } else { training::SEEK_VOLUNTEER.get() }.to_owned()
    });
    changing(move || {
        let seek = row.get().map(|row| {
            let (text, tap) = (text.clone(), Tap::to(DeskPlace::Match(row)));
            view! { <Button text icon=Icon::PEOPLE size=Size::Tool tap /> }
        });
        seek.into_any()
    })
}

/// The people of the circle who can be this: only a carer or who decides for the client can take the handover on.
fn who(course: Course, relations: &[Relation]) -> Vec<([u8; 16], String)> {
    let members = course.members();
    let of_them = members.into_iter().filter(|member| relations.contains(&member.value.relation));
    people(of_them.map(|member| (member.value.person, member.value.name)))
}
