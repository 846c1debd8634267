//! "Lukt niet": the step stays in sight, and every way out keeps what was done.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::model::{Step, StepOutcome};
use opstap_core::{CircleId, RecordId};
use opstap_insight::Place;
use opstap_view::prelude::*;

use super::going::{self, Going, Tapped};
use super::{ClientPlace, step_in_sight};
use crate::companion::{CompanionPlace, HOME};
use crate::components::{
    Bones, Button, Floor, HelpButton, Icon, ListRow, LoadingBones, Main, Screen, Sentence, StateChip, TopBar, changing,
    icon,
};
use crate::device::{self, Entry};
use crate::event::Tap;
use crate::navigation::{go_back, go_to, replace};
use crate::words::{client, shared};

/// The run at the step that does not go.
#[derive(Clone, PartialEq)]
struct Stuck {
    run: RecordId,
    step: Entry<Step>,
    next: Place,
}

fn stuck(going: Going) -> Option<Stuck> {
    let run = going.run?;
    let Place::At(at) = run.place else { return None };
    let ids: Vec<_> = going.steps.iter().map(|step| step.id).collect();
    let next = going::next_after(&ids, &run.events, at);
    let step = going.steps.into_iter().find(|step| step.id == at)?;
    Some(Stuck { run: run.id, step, next })
}

/// What helps now?
#[component]
pub fn NotManaged(circle: CircleId, plan: RecordId) -> impl IntoView {
    // The first reading stays: once a way out is taken, this screen must not follow the run to the next step.
    let first = Rc::new(RefCell::new(None));
    let read = device::watch(circle, move |reader| {
        let first = Rc::clone(&first);
        async move {
            if first.borrow().is_none() {
                let read = going::read(&reader, plan).await.and_then(stuck);
                first.replace(read);
            }
            first.borrow().clone()
        }
    });
    // The step is done by now, on another device or after a reload: the plan says how it goes on.
    Effect::new(move |_| {
        if read.with(|read| matches!(read, Some(None))) {
            replace(CompanionPlace::from(ClientPlace::Plan(plan)));
        }
    });
    let at = move || read.get_untracked().flatten();
    let later = move || {
        let Some(Stuck { run, step, .. }) = at() else { return go_to(HOME) };
        leave(circle, run, Tapped::one(step.id, StepOutcome::Later, device::now()), || go_to(HOME));
    };
    let help = move || {
        let place = CompanionPlace::from(ClientPlace::Help(Some(plan)));
        // Help comes at once, also while the step is still being read.
        let Some(Stuck { run, step, .. }) = at() else { return go_to(place) };
        let tapped = Tapped::one(step.id, StepOutcome::HelpAsked, device::now());
        leave(circle, run, tapped, move || go_to(place));
    };
    let body = changing(move || match read.get().flatten() {
        None => view! { <LoadingBones shape=Bones::Rows(3) /> }.into_any(),
        Some(stuck) => ways_out(circle, stuck, Tap::from(help)),
    });
    view! {
        <Screen title=client::WHAT_HELPS>
            <TopBar back=Tap::back()>
                <StateChip state=device::state() />
            </TopBar>
            <Main>
                <Sentence text=client::WHAT_HELPS title=true />
                {body}
            </Main>
            <Floor>
                <Button text=shared::LATER icon=Icon::CLOCK tap=later />
                <HelpButton tap=help />
            </Floor>
        </Screen>
    }
}

fn ways_out(circle: CircleId, stuck: Stuck, help: Tap) -> AnyView {
    let Stuck { run, step, next } = stuck;
    let pass = move || {
        let tapped = Tapped::only(next, device::now());
        leave(circle, run, tapped, move || match next {
            Place::At(_) => go_back(),
            Place::Finished => going::show_result(run),
        });
    };
    let lead = |mark| view! { <span class="well small">{icon(mark)}</span> }.into_any();
    view! {
        {step_in_sight(circle, step.value)}
        <ul class="list">
            <li><ListRow text=client::ONCE_MORE lead=lead(Icon::AGAIN) tap=Tap::back() /></li>
            <li><ListRow text=client::ASK_HELP lead=lead(Icon::PEOPLE) tap=help /></li>
            <li><ListRow text=client::PASS_OVER lead=lead(Icon::FORWARD) tap=pass /></li>
        </ul>
    }
    .into_any()
}

fn leave(circle: CircleId, run: RecordId, tapped: Tapped, then: impl FnOnce() + 'static) {
    spawn_local(async move {
        if going::keep(circle, run, &tapped).await {
            then();
        }
    });
}
