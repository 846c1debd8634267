//! A run as a screen walks through it: what each tap keeps, and what then comes on the screen.

use leptos::task::spawn_local;
use opstap_core::model::{Choice, StepEvent, StepOutcome};
use opstap_core::{CircleId, Millis, RecordId};
use opstap_insight::{Place, next_after, place_in_run};
use opstap_view::prelude::*;

use super::ClientPlace;
use super::going::{self, Going, Tapped};
use super::ways::{chosen, leads_to, on_other_way};
use crate::companion::{CompanionPlace, HOME};
use crate::components::clear_toast;
use crate::device;
use crate::navigation::{go_back, go_to, replace};
use crate::stories::run::{RunNow, ids};

/// The run as this screen holds it: own taps stand here as soon as they are on disk, without waiting for the next reading.
#[derive(Clone, Copy)]
pub struct Walk {
    /// The client's circle.
    pub circle: CircleId,
    /// The plan.
    pub plan: RecordId,
    /// The plan as it was read last.
    pub read: Signal<Option<Option<Going>>>,
    run: RwSignal<Option<RunNow>>,
    busy: StoredValue<bool>,
    /// A tap ended the run: that it is finished is written down already.
    ended: StoredValue<bool>,
    /// When "Klaar" was tapped last: a finger that trembles taps once more at once, on what it has not seen yet.
    tapped: StoredValue<Millis>,
    /// "Lukt niet" was tapped while the step was still being read.
    stuck: RwSignal<bool>,
}

impl Walk {
    /// The walk of a screen, which follows the run from here on.
    pub fn begin(circle: CircleId, plan: RecordId) -> Self {
        let read = device::watch(circle, move |reader| async move { going::read(&reader, plan).await });
        let walk = Self {
            circle,
            plan,
            read,
            run: RwSignal::new(None),
            busy: StoredValue::new(false),
            ended: StoredValue::new(false),
            tapped: StoredValue::new(Millis(0)),
            stuck: RwSignal::new(false),
        };
        follow(walk);
        walk
    }

    /// Its steps in order: those that are still shown.
    pub fn steps(self) -> Vec<RecordId> {
        self.read.with(|read| match read {
            Some(Some(going)) => ids(&going.steps),
            _ => Vec::new(),
        })
    }

    /// The run and where it is; `None` before it is read.
    pub fn place(self) -> Option<(RecordId, Place)> {
        let steps = self.steps();
        self.run.with(|run| run.as_ref().map(|run| (run.id, place_in_run(&steps, &run.events))))
    }

    fn step(self) -> Option<(RecordId, RecordId)> {
        match untrack(move || self.place())? {
            (run, Place::At(step)) => Some((run, step)),
            (_, Place::Finished) => None,
        }
    }

    /// What happened in the run.
    pub fn events(self) -> Vec<StepEvent> {
        self.run.with(|run| run.as_ref().map(|run| run.events.clone()).unwrap_or_default())
    }

    /// Keeps a tap, then shows what it leads to, unless the screen is gone by then. A second tap while the first is being kept does nothing.
    fn keep(self, run: RecordId, tapped: Tapped, then: Box<dyn FnOnce()>) {
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        clear_toast();
        spawn_local(async move {
            let kept = going::keep(self.circle, run, &tapped).await;
            let _ = self.busy.try_update_value(|busy| *busy = false);
            let told = |run: &mut Option<RunNow>| {
                if let Some(run) = run {
                    run.events.extend(tapped.events);
                }
            };
            let _ = self.ended.try_update_value(|ended| *ended = kept && tapped.ends);
            if kept && self.run.try_update(told).is_some() {
                then();
            }
        });
    }

    fn on(self, run: RecordId, tapped: Tapped, next: Place, then: fn()) {
        let then = move || match next {
            Place::At(_) => then(),
            Place::Finished => going::show_result(run),
        };
        self.keep(run, tapped, Box::new(then));
    }

    /// "Klaar".
    pub fn done(self) {
        let Some((run, step)) = self.step() else { return };
        let at = device::now();
        if is_a_tremble(self.tapped.get_value(), at) {
            return;
        }
        self.tapped.set_value(at);
        let done = Tapped::one(step, StepOutcome::Done, at);
        let (steps, mut events) = untrack(move || (self.steps(), self.events()));
        events.extend(done.events.iter().cloned());
        let next = next_after(&steps, &events, step);
        self.on(run, done.then(next, at), next, to_top);
    }

    /// One of the choices of the step; `then` brings on the screen what it leads to.
    pub fn choose(self, id: RecordId, choice: &Choice, then: fn()) {
        let Some((run, step)) = self.step() else { return };
        let (steps, events) = untrack(move || (self.steps(), self.events()));
        let next = leads_to(choice, &steps, &events, step);
        self.on(run, chosen(step, id, next, device::now()), next, then);
    }

    /// "Terug": from the other way to the first, else to the step before, or out of the plan.
    pub fn back(self) {
        let Some((run, step)) = self.step() else { return go_back() };
        let at = device::now();
        // Whoever goes back has looked, however quickly.
        self.tapped.set_value(Millis(0));
        let (steps, events) = untrack(move || (self.steps(), self.events()));
        let before = if on_other_way(&events, step) { Some(step) } else { going::before(&steps, &events, step) };
        match before {
            Some(before) => {
                let tapped = Tapped::one(step, StepOutcome::Back, at).then(Place::At(before), at);
                self.keep(run, tapped, Box::new(to_top));
            }
            None => self.keep(run, Tapped::one(step, StepOutcome::Later, at), Box::new(go_back)),
        }
    }

    /// "Lukt niet". While the step is still being read it is written down as soon as it is there.
    pub fn not_managed(self) {
        let Some((run, step)) = self.step() else { return self.stuck.set(true) };
        let place = CompanionPlace::from(ClientPlace::NotManaged(self.plan));
        self.keep(run, Tapped::one(step, StepOutcome::NotManaged, device::now()), Box::new(move || go_to(place)));
    }

    /// "Hulp" comes at once, whatever else goes on; that it was asked for is written down beside it.
    pub fn help(self) {
        ask_help(self.circle, self.plan, self.step());
    }
}

/// Goes to help, and writes down at which step of which run it was asked for.
pub fn ask_help(circle: CircleId, plan: RecordId, at: Option<(RecordId, RecordId)>) {
    if let Some((run, step)) = at {
        let asked = Tapped::one(step, StepOutcome::HelpAsked, device::now());
        spawn_local(async move {
            going::keep(circle, run, &asked).await;
        });
    }
    go_to(CompanionPlace::from(ClientPlace::Help(Some(plan))));
}

/// Whether a tap comes so soon after the last one that nobody can have meant it. A clock that was set back holds nobody up.
pub(super) fn is_a_tremble(before: Millis, now: Millis) -> bool {
    now.0.checked_sub(before.0).is_some_and(|since| since < TREMBLE)
}

/// How soon after a tap another is the same one, in milliseconds.
const TREMBLE: u64 = 350;

/// Takes in what is read, and writes down that a step came on the screen.
fn follow(walk: Walk) {
    Effect::new(move |_| {
        if walk.stuck.get() && matches!(walk.place(), Some((_, Place::At(_)))) {
            walk.stuck.set(false);
            walk.not_managed();
        }
    });
    Effect::new(move |_| match walk.read.get() {
        None => {}
        Some(Some(Going { run: Some(read), .. })) => {
            let known = walk.run.with_untracked(|run| {
                run.as_ref().is_some_and(|run| run.id == read.id && run.events.len() > read.events.len())
            });
            // A reading from before the last tap comes too late.
            if !known {
                walk.run.set(Some(read));
            }
        }
        // The run ended here (then the result is on its way), or there is none: the plan says how to begin.
        Some(Some(Going { run: None, .. })) if walk.run.with_untracked(Option::is_none) => {
            replace(CompanionPlace::from(ClientPlace::Plan(walk.plan)));
        }
        Some(Some(_)) => {}
        Some(None) => replace(HOME),
    });
    Effect::new(move |before: Option<Option<(RecordId, Place)>>| {
        let now = walk.place();
        let Some((run, place)) = now else { return now };
        if walk.ended.get_value() {
            return now;
        }
        if before == Some(now) || matches!(place, Place::At(step) if going::is_on_screen(run, step)) {
            return now;
        }
        // Not `walk.keep`: a tap that follows at once must count.
        let came = Tapped::only(place, device::now());
        spawn_local(async move {
            if going::keep(walk.circle, run, &came).await && came.ends {
                going::show_result(run);
            }
        });
        now
    });
}

/// A new step begins at its top, also when the text before was long.
pub fn to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tap_that_follows_at_once_is_a_tremble_and_a_clock_that_went_back_stops_nobody() {
        let after = |before, now| is_a_tremble(Millis(before), Millis(now));
        assert!(after(10_000, 10_000) && after(10_000, 10_349));
        assert!(!after(10_000, 10_350) && !after(10_000, 9_000) && !after(0, 1_700_000_000_000));
    }
}
