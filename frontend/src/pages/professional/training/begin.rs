//! Where there is no trajectory yet: through whom the client is registered, and it begins.

use opstap_core::CircleId;
use opstap_core::model::{Channel, Model, Trajectory};
use opstap_view::prelude::*;

use super::course::{Course, today};
use crate::components::{Appearance, Button, Dialog, EmptyState, Icon, changing};
use crate::device;
use crate::pages::professional::frame::client_name;
use crate::pages::professional::programme::{self, channel_word};
use crate::words::{Text, shared, training};

/// The empty page, with its one button.
pub fn begin(circle: CircleId, course: Course) -> AnyView {
    let asked = RwSignal::new(false);
    let name = client_name(circle);
    let more = Text::live(move || training::no_trajectory_more(name.get()).get());
    view! {
        <EmptyState picture="world-map" sentence=training::NO_TRAJECTORY more>
            <Button text=training::BEGIN icon=Icon::PLUS appearance=Appearance::Primary tap=move || asked.set(true) />
        </EmptyState>
        {through_whom(course, asked)}
    }
    .into_any()
}

/// The question through whom, which begins a trajectory.
pub fn through_whom(course: Course, asked: RwSignal<bool>) -> AnyView {
    let programme = programme::circle();
    let choices = move || {
        let choices = Channel::ALL.iter().map(|channel| {
            let tap = move || {
                asked.set(false);
                begin_now(course, *channel, programme.get_untracked());
            };
            view! { <Button text=channel_word(*channel) wide=true tap /> }.into_any()
        });
        choices.collect_view()
    };
    view! {
        <Dialog open=asked title=training::THROUGH_WHOM on_close=move |()| asked.set(false)>
            {changing(move || choices().into_any())}
            <Button text=shared::CANCEL appearance=Appearance::Plain tap=move || asked.set(false) />
        </Dialog>
    }
    .into_any()
}

/// Begins it. Where the programme is here it names its row from the start, so that what is undone is still as it was; the row itself is made
/// by what keeps rows in step.
fn begin_now(course: Course, channel: Channel, programme: Option<CircleId>) {
    let id = device::new_id();
    let row = programme.map(|_| device::new_id());
    course.work.change(training::BEGIN, vec![Trajectory { row, ..Trajectory::of(today(), channel) }.make(id)]);
}
