//! The course of a client's travel training: the line of its stages, what is settled in each, what is still needed, and leading it on.

mod adventure;
mod ahead;
mod begin;
mod consent;
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
pub use consent::who_sees_travel;
pub use course::{Course, today};
pub use follow_up::{after, stands};
pub use line::line_view;
pub use named::stage as stage_word;

use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::client_head::{ClientPage, ClientPart};
use super::hours::hours_with;
use super::place::{DeskPlace, TrainingPart};
use super::programme::keep_row_in_step;
use crate::components::desk::{Columns, Foot, Pane, SidePane, Tab, Tabs};
use crate::components::{Appearance, Bones, Button, Icon, LoadingBones, Size, changing};
use crate::event::Tap;
use crate::words::{desk, training};

/// The screen, whichever part one is at; without a part the one that the stage asks for.
pub fn screen(circle: CircleId, here: Signal<DeskPlace>) -> AnyView {
    view! { <Training circle here /> }.into_any()
}

/// The same page while the circle is locked, which its head says.
pub fn locked(circle: CircleId) -> AnyView {
    view! { <ClientPage circle part=ClientPart::Travel>""</ClientPage> }.into_any()
}

#[component]
fn Training(circle: CircleId, here: Signal<DeskPlace>) -> impl IntoView {
    let course = Course::open(circle);
    keep_row_in_step(circle);
    let is_read = Memo::new(move |_| course.work.sheet.with(|sheet| matches!(sheet, Some(Some(_)))));
    let one = Memo::new(move |_| course.told(|story| story.id));
    let part = Memo::new(move |before: Option<&Option<TrainingPart>>| match here.get() {
        DeskPlace::Training(_, part) => part.or_else(|| course.told(|story| named::part_of(story.stage()))),
        // It is being left.
        _ => before.copied().flatten(),
    });
    view! {
        <ClientPage circle part=ClientPart::Travel>
            {changing(move || match (one.get(), is_read.get()) {
                (Some(id), _) => whole(circle, course, id, part),
                (None, true) => begin(circle, course),
                (None, false) => view! { <Columns><Pane><LoadingBones shape=Bones::Rows(6) /></Pane></Columns> }.into_any(),
            })}
            <Foot><span>{desk::KEPT_BY_ITSELF}</span></Foot>
        </ClientPage>
    }
}

fn whole(circle: CircleId, course: Course, id: RecordId, part: Memo<Option<TrainingPart>>) -> AnyView {
    let line = changing(move || course.told(|story| line_view(story, |person| course.name(person))).into_any());
    let tabs = TrainingPart::ALL
        .map(|one| {
            let tap = Tap::to(DeskPlace::Training(circle, Some(one)));
            let current = Signal::derive(move || part.get() == Some(one));
            view! { <Tab text=named::part(one) tap current /> }.into_any()
        })
        .into_iter()
        .collect_view();
    let content = changing(move || match part.get() {
        Some(TrainingPart::Intake) => intake::intake(course, id),
        Some(TrainingPart::Matching) => matching::matching(circle, course, id),
        Some(TrainingPart::Plan) => adventure::adventure(circle, course, id),
        Some(TrainingPart::Handover) => handover::handover(course, id),
        Some(TrainingPart::FollowUp) => follow_up::follow_up(course),
        None => ().into_any(),
    });
    let practices = Tap::to(DeskPlace::Travel(circle, None));
    view! {
        {line}
        <Tabs label=training::PARTS>{tabs}</Tabs>
        <Columns>
            <Pane>{content}</Pane>
            <SidePane>
                {ahead::ahead(circle, course)}
                {again(course)}
                {hours_with(circle, move || course.work)}
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
