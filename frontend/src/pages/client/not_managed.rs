//! "Lukt niet": the step stays in sight, and every way out keeps what was done.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::model::{Exit, Step, StepOutcome};
use opstap_core::{CircleId, RecordId};
use opstap_insight::{Place, next_after};
use opstap_view::prelude::*;

use super::frame::Frame;
use super::going::{self, Going, Tapped};
use super::walk::ask_help;
use super::ways::{self, on_other_way};
use super::{ClientPlace, settled, step_in_sight};
use crate::awake::keep_awake;
use crate::companion::{CompanionPlace, HOME};
use crate::components::{Bones, Icon, ListRow, LoadingBones, changing, icon};
use crate::device::{self, Entry};
use crate::event::Tap;
use crate::navigation::{go_back, go_to, replace};
use crate::stories::run::ids;
use crate::words::client;

/// The run at the step that does not go.
#[derive(Clone, PartialEq)]
struct Stuck {
    run: RecordId,
    step: Entry<Step>,
    next: Place,
    exits: Vec<Exit>,
}

fn stuck(going: Going) -> Option<Stuck> {
    let run = going.run?;
    let Place::At(at) = run.place else { return None };
    let next = next_after(&ids(&going.steps), &run.events, at);
    let choices = going.choices.iter().filter(|choice| choice.parent == Some(at)).count();
    let mut step = going.steps.into_iter().find(|step| step.id == at)?;
    let other = on_other_way(&run.events, at);
    let exits = ways::exits(&step.value, choices, other);
    if other {
        step.value = ways::on_its_other_way(step.value);
    }
    Some(Stuck { run: run.id, step, next, exits })
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
    keep_awake();
    let way_out = WayOut { circle, plan, taken: StoredValue::new(false) };
    let at = move || read.get_untracked().flatten();
    let later = move || {
        let Some(Stuck { run, step, .. }) = at() else { return go_to(HOME) };
        way_out.take(run, Tapped::one(step.id, StepOutcome::Later, device::now()), || go_to(HOME));
    };
    // "Terug" at once takes the tap back; "nog een keer" says that it did not go.
    let back = move || {
        let Some(Stuck { run, step, .. }) = at() else { return go_back() };
        let at = device::now();
        let tapped = Tapped::one(step.id, StepOutcome::Back, at).then(Place::At(step.id), at);
        way_out.take(run, tapped, go_back);
    };
    let help = move || ask_help(circle, plan, at().map(|stuck| (stuck.run, stuck.step.id)));
    let body = changing(move || match read.get().flatten() {
        None => view! { <LoadingBones shape=Bones::Rows(3) /> }.into_any(),
        Some(stuck) => ways_out(way_out, stuck, Tap::from(help)),
    });
    let floor = view! { {settled::later(circle, Tap::from(later))} };
    Frame {
        back: Some(Tap::from(back)),
        floor: Some(floor),
        help: Some(Tap::from(help)),
        run: true,
        ..Frame::default()
    }
    .below(client::WHAT_HELPS, body)
}

/// Ways out of a screen, of which one is taken: a finger that trembles does not take two.
#[derive(Clone, Copy)]
struct WayOut {
    circle: CircleId,
    plan: RecordId,
    taken: StoredValue<bool>,
}

impl WayOut {
    fn take(self, run: RecordId, tapped: Tapped, then: impl FnOnce() + 'static) {
        if self.taken.get_value() {
            return;
        }
        self.taken.set_value(true);
        spawn_local(async move {
            let kept = going::keep(self.circle, run, &tapped).await;
            // The screen may be gone: then the person is somewhere else, and stays there.
            if self.taken.try_update_value(|taken| *taken = kept).is_some() && kept {
                then();
            }
        });
    }
}

fn ways_out(way_out: WayOut, stuck: Stuck, help: Tap) -> AnyView {
    let WayOut { circle, plan, .. } = way_out;
    let Stuck { run, step, next, exits } = stuck;
    let at = step.id;
    let pass = move || {
        let tapped = Tapped::only(next, device::now()).at_step(at);
        way_out.take(run, tapped, move || match next {
            Place::At(_) => go_back(),
            Place::Finished => going::show_result(run),
        });
    };
    let other = move || way_out.take(run, Tapped::one(at, StepOutcome::OtherWay, device::now()), go_back);
    let choose = move || replace(CompanionPlace::from(ClientPlace::Choose(plan)));
    let row = |exit| {
        let (text, mark, tap) = match exit {
            Exit::OnceMore => (client::ONCE_MORE, Icon::AGAIN, Tap::back()),
            Exit::OtherWay => (client::OTHER_WAY, Icon::SPLIT, Tap::from(other)),
            Exit::Choose => (client::CHOOSE, Icon::PICTURE, Tap::from(choose)),
            Exit::AskHelp => (client::ASK_HELP, Icon::PEOPLE, help.clone()),
            Exit::PassOver => (client::PASS_OVER, Icon::FORWARD, Tap::from(pass)),
        };
        let lead = view! { <span class="well small">{icon(mark)}</span> }.into_any();
        view! { <li><ListRow text lead tap /></li> }.into_any()
    };
    let rows = exits.into_iter().map(row).collect_view();
    view! { {step_in_sight(circle, step.value)} <ul class="list">{rows}</ul> }.into_any()
}
