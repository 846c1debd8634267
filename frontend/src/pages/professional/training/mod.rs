//! The course of a client's travel training: the line of its stages, what is settled in each, what is still needed, and leading it on.

mod adventure;
mod ahead;
mod begin;
mod course;
mod follow_up;
mod handover;
mod intake;
mod leading;
mod line;
mod matching;
mod named;
mod stopping;

pub use begin::begin;
pub use course::{Course, today};
pub use follow_up::{after, stands};
pub use line::line_view;

use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::client_head::{ClientPage, ClientPart};
use super::place::{DeskPlace, TrainingPart};
use crate::components::desk::{Columns, Foot, Pane, SidePane, Tab, Tabs};
use crate::components::{Appearance, Bones, Button, Icon, LoadingBones, Size, changing};
use crate::event::Tap;
use crate::words::{desk, training};

/// The screen; without a part the one that the stage asks for.
pub fn screen(circle: CircleId, part: Option<TrainingPart>) -> AnyView {
    view! { <Training circle part /> }.into_any()
}

#[component]
fn Training(circle: CircleId, part: Option<TrainingPart>) -> impl IntoView {
    let course = Course::open(circle);
    let is_read = Memo::new(move |_| course.work.sheet.with(|sheet| matches!(sheet, Some(Some(_)))));
    let one = Memo::new(move |_| course.told(|story| story.id));
    let asked_for = Memo::new(move |_| part.or_else(|| course.told(|story| named::part_of(story.stage()))));
    view! {
        <ClientPage circle part=ClientPart::Travel>
            {changing(move || match (one.get(), asked_for.get(), is_read.get()) {
                (Some(id), Some(part), _) => whole(circle, course, id, part),
                (_, _, true) => begin(circle, course),
                _ => view! { <Columns><Pane><LoadingBones shape=Bones::Rows(6) /></Pane></Columns> }.into_any(),
            })}
            <Foot><span>{desk::KEPT_BY_ITSELF}</span></Foot>
        </ClientPage>
    }
}

fn whole(circle: CircleId, course: Course, id: RecordId, part: TrainingPart) -> AnyView {
    let line = changing(move || course.told(|story| line_view(story, |person| course.name(person))).into_any());
    let tabs = TrainingPart::ALL
        .map(|one| {
            let tap = Tap::to(DeskPlace::Training(circle, Some(one)));
            view! { <Tab text=named::part(one) tap current=Signal::derive(move || one == part) /> }.into_any()
        })
        .into_iter()
        .collect_view();
    let content = match part {
        TrainingPart::Intake => intake::intake(course, id),
        TrainingPart::Matching => matching::matching(course, id),
        TrainingPart::Plan => adventure::adventure(circle, course, id),
        TrainingPart::Handover => handover::handover(course, id),
        TrainingPart::FollowUp => follow_up::follow_up(course),
    };
    let practices = Tap::to(DeskPlace::Travel(circle, None));
    view! {
        {line}
        <Tabs label=training::PARTS>{tabs}</Tabs>
        <Columns>
            <Pane>{content}</Pane>
            <SidePane>
                {ahead::ahead(circle, course)}
                {again(course)}
                <div class="row"><Button text=training::TO_PRACTICES icon=Icon::BACK size=Size::Tool appearance=Appearance::Plain tap=practices /></div>
            </SidePane>
        </Columns>
    }
    .into_any()
}

/// Once a training is over, another can begin.
fn again(course: Course) -> AnyView {
    let is_over = Memo::new(move |_| {
        course
            .told(|story| !story.goes_on() || story.stage() == opstap_core::model::Stage::FollowUp)
            .unwrap_or_default()
    });
    let asked = RwSignal::new(false);
    view! {
        {changing(move || is_over.get().then(|| view! { <div class="row"><Button text=training::BEGIN_ANOTHER icon=Icon::PLUS size=Size::Tool tap=move || asked.set(true) /></div> }).into_any())}
        {begin::through_whom(course, asked)}
    }
    .into_any()
}
