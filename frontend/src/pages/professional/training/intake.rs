//! Registration and intake as one short form. Each field keeps itself, so that it can be left half done.

use opstap_core::model::{
    Availability, Channel, Indication, Intake, Learnability, Model, ProgrammeSettings, TravelMode, set,
};
use opstap_core::{CircleId, RecordId};
use opstap_insight::is_served;
use opstap_view::prelude::*;

use super::course::{Course, today};
use super::named;
use super::stopping::outside;
use crate::components::{Button, Choice, Icon, Segments, WeekGrid, changing};
use crate::device;
use crate::pages::professional::programme::{self, channel_word, indication_word, mode_word};
use crate::pages::shared::editing::fields::{Cell, cells_of, code, day, words};
use crate::words::programme::NOT_YET_KNOWN;
use crate::words::training;

/// The form about one trajectory.
pub fn intake(course: Course, id: RecordId) -> AnyView {
    let cell = cells_of(id);
    let channels = Channel::ALL.iter().map(|one| (one.code(), channel_word(*one))).collect();
    let indications = Indication::ALL.iter().map(|one| (one.code(), indication_word(*one))).collect();
    let modes = TravelMode::ALL.iter().map(|one| (one.code(), mode_word(*one))).collect();
    let spoken = Memo::new(move |_| course.told(|story| story.intake.as_ref().map(|(id, _)| *id)).flatten());
    view! {
        <section class="stack form">
            <h2>{training::REGISTRATION}</h2>
            <div class="pairs">
                {day(course.work, cell("registered", training::REGISTERED))}
                {code(course.work, cell("channel", training::CHANNEL), None, channels)}
                {words(course.work, cell("municipality", training::MUNICIPALITY), true)}
                {words(course.work, cell("area", training::AREA), true)}
            </div>
            {is_outside(course)}
            <div class="pairs">
                {code(course.work, cell("indication", training::INDICATION), Some(NOT_YET_KNOWN), indications)}
                {code(course.work, cell("mode", training::MODE), Some(NOT_YET_KNOWN), modes)}
            </div>
        </section>
        {changing(move || match spoken.get() {
            Some(intake) => conversation(course, intake),
            None => first_talk(course, id),
        })}
        {available(course, cell("available", training::AVAILABLE))}
    }
    .into_any()
}

/// There was no intake yet: it begins with the day on which they speak.
fn first_talk(course: Course, id: RecordId) -> AnyView {
    let begin = move || {
        let intake = Intake {
            on: Some(today()),
            motivation: None,
            skills: None,
            parents_view: None,
            learnability: None,
            reason: None,
            informed: None,
        };
        course.work.change(training::BEGIN_INTAKE, vec![intake.make_below(device::new_id(), id)]);
    };
    view! {
        <section class="stack">
            <h2>{training::PART_INTAKE}</h2>
            <p class="soft">{training::INTAKE_IS_PRIVATE}</p>
            <div class="row"><Button text=training::BEGIN_INTAKE icon=Icon::PLUS tap=begin /></div>
        </section>
    }
    .into_any()
}

fn conversation(course: Course, intake: RecordId) -> AnyView {
    let cell = cells_of(intake);
    view! {
        <section class="stack form">
            <h2>{training::PART_INTAKE}</h2>
            <p class="soft">{training::INTAKE_IS_PRIVATE}</p>
            <div class="pairs">
                {day(course.work, cell("on", training::SPOKEN_ON))}
                {day(course.work, cell("informed", training::INFORMED))}
            </div>
            {words(course.work, cell("motivation", training::MOTIVATION), false)}
            {words(course.work, cell("skills", training::SKILLS), false)}
            {words(course.work, cell("parents_view", training::PARENTS_VIEW), false)}
            {learnable(course, cell("learnability", training::LEARNABLE))}
            {why_not(course, cell("reason", training::WHY_NOT))}
        </section>
    }
    .into_any()
}

fn judged(course: Course) -> Option<Learnability> {
    course.told(|story| story.intake.as_ref().and_then(|(_, intake)| intake.learnability)).flatten()
}

fn learnable(course: Course, cell: Cell) -> AnyView {
    let chosen = Memo::new(move |_| judged(course));
    let choose =
        move |judged: Option<Learnability>| course.work.change(cell.label, vec![set(cell.record, cell.cell, judged)]);
    let known = Learnability::ALL.iter().map(|one| Choice::new(Some(*one), named::learnability(*one)));
    let choices = known.chain([Choice::new(None, NOT_YET_KNOWN)]).collect();
    view! {
        <div class="asked">
            <span class="strong" aria-hidden="true">{cell.label}</span>
            <Segments label=cell.label choices chosen on_choose=choose />
        </div>
    }
    .into_any()
}

/// Who cannot learn it, or not now, is told why: the field stands where it is needed, and where something is in it.
fn why_not(course: Course, cell: Cell) -> AnyView {
    let stands = Memo::new(move |_| {
        let said = course.told(|story| story.intake.as_ref().is_some_and(|(_, intake)| intake.reason.is_some()));
        matches!(judged(course), Some(Learnability::No | Learnability::Later)) || said.unwrap_or_default()
    });
    changing(move || if stands.get() { words(course.work, cell, false) } else { ().into_any() })
}

/// When the client can practise.
fn available(course: Course, cell: Cell) -> AnyView {
    let chosen = Signal::derive(move || course.told(|story| story.trajectory.available).flatten());
    let choose =
        move |can: Option<Availability>| course.work.change(cell.label, vec![set(cell.record, cell.cell, can)]);
    view! { <section class="stack form"><WeekGrid label=cell.label chosen on_change=choose /></section> }.into_any()
}

/// Says so where the programme, as far as it is on this device, does not work where the client lives.
fn is_outside(course: Course) -> AnyView {
    let programme = programme::circle();
    let municipality = Memo::new(move |_| course.told(|story| story.trajectory.municipality.clone()).flatten());
    changing(move || {
        let Some(programme) = programme.get() else { return ().into_any() };
        let settings = settings(programme);
        let is_outside = Memo::new(move |_| {
            let Some(municipality) = municipality.get() else { return false };
            // Once it ended, that is said already; who travels alone is referred nowhere.
            if !course.told(opstap_insight::TrajectoryStory::can_stop).unwrap_or_default() {
                return false;
            }
            settings.with(|settings| !is_served(settings.as_ref(), &municipality))
        });
        changing(move || if is_outside.get() { outside(course) } else { ().into_any() })
    })
}

/// How the programme is set up; of two that were made apart the lower id counts.
fn settings(programme: CircleId) -> Memo<Option<ProgrammeSettings>> {
    let all = device::watch(programme, |reader| async move { reader.all::<ProgrammeSettings>().await });
    Memo::new(move |_| all.with(|all| all.iter().flatten().min_by_key(|one| one.id).map(|one| one.value.clone())))
}
