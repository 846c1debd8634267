//! One step: a picture, a sentence, "Klaar". A tap is on disk before the next step shows.

use leptos::task::spawn_local;
use opstap_core::model::{Picture as Shown, StepOutcome};
use opstap_core::{CircleId, RecordId};
use opstap_insight::{Place, place_in_run};
use opstap_view::prelude::*;

use super::ClientPlace;
use super::going::{self, Going, Tapped};
use crate::companion::{CompanionPlace, HOME};
use crate::components::{
    Appearance, Bones, Button, Dots, Floor, HelpButton, Icon, LoadingBones, Main, Picture, Screen, Sentence, StateChip,
    TopBar, Well, changing, clear_toast,
};
use crate::device;
use crate::event::Tap;
use crate::navigation::{go_back, go_to, replace};
use crate::stories::run::RunNow;
use crate::words::{Text, client, shared};

/// What is on the screen, so that it is only drawn anew when it is something else.
#[derive(Clone, PartialEq)]
struct Seen {
    place: usize,
    all: usize,
    text: String,
    picture: Option<Shown>,
}

/// The run as this screen holds it: own taps stand here as soon as they are on disk, without waiting for the next reading.
#[derive(Clone, Copy)]
struct Walk {
    circle: CircleId,
    plan: RecordId,
    read: Signal<Option<Option<Going>>>,
    run: RwSignal<Option<RunNow>>,
    busy: StoredValue<bool>,
}

impl Walk {
    fn steps(self) -> Vec<RecordId> {
        self.read.with(|read| match read {
            Some(Some(going)) => going.steps.iter().map(|step| step.id).collect(),
            _ => Vec::new(),
        })
    }

    /// The run and where it is; `None` before it is read.
    fn place(self) -> Option<(RecordId, Place)> {
        let steps = self.steps();
        self.run.with(|run| run.as_ref().map(|run| (run.id, place_in_run(&steps, &run.events))))
    }

    fn step(self) -> Option<(RecordId, RecordId)> {
        match untrack(move || self.place())? {
            (run, Place::At(step)) => Some((run, step)),
            (_, Place::Finished) => None,
        }
    }

    /// Where the run goes when this step is done.
    fn after(self, step: RecordId, tapped: &Tapped) -> Place {
        let mut events = self.run.with_untracked(|run| run.as_ref().map(|run| run.events.clone()).unwrap_or_default());
        events.extend(tapped.events.iter().cloned());
        going::next_after(&untrack(move || self.steps()), &events, step)
    }

    /// Keeps a tap, then shows what it leads to. A second tap while the first is being kept does nothing.
    fn keep(self, run: RecordId, tapped: Tapped, then: impl FnOnce() + 'static) {
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        clear_toast();
        spawn_local(async move {
            let kept = going::keep(self.circle, run, &tapped).await;
            let _ = self.busy.try_update_value(|busy| *busy = false);
            if kept {
                let _ = self.run.try_update(|run| {
                    if let Some(run) = run {
                        run.events.extend(tapped.events);
                    }
                });
                then();
            }
        });
    }

    fn done(self) {
        let Some((run, step)) = self.step() else { return };
        let at = device::now();
        let done = Tapped::one(step, StepOutcome::Done, at);
        let next = self.after(step, &done);
        self.keep(run, done.then(next, at), move || match next {
            Place::At(_) => to_top(),
            Place::Finished => going::show_result(run),
        });
    }

    fn back(self) {
        let Some((run, step)) = self.step() else { return go_back() };
        let at = device::now();
        match going::before(&untrack(move || self.steps()), step) {
            Some(before) => {
                let tapped = Tapped::one(step, StepOutcome::Back, at).then(Place::At(before), at);
                self.keep(run, tapped, to_top);
            }
            None => self.keep(run, Tapped::one(step, StepOutcome::Later, at), go_back),
        }
    }

    fn ask(self, what: StepOutcome, place: ClientPlace) {
        let place = CompanionPlace::from(place);
        // Help comes at once, also while the step is still being read.
        let Some((run, step)) = self.step() else { return go_to(place) };
        let tapped = Tapped::one(step, what, device::now());
        self.keep(run, tapped, move || go_to(place));
    }
}

/// The step at which the plan's run is now.
#[component]
pub fn StepScreen(circle: CircleId, plan: RecordId) -> impl IntoView {
    let read = device::watch(circle, move |reader| async move { going::read(&reader, plan).await });
    let walk = Walk { circle, plan, read, run: RwSignal::new(None), busy: StoredValue::new(false) };
    follow(walk);
    let title = Text::live(move || {
        read.with(|read| match read {
            Some(Some(going)) => going.plan.value.title.clone(),
            _ => shared::APP_NAME.get().to_owned(),
        })
    });
    view! {
        <Screen title>
            <TopBar back=Tap::from(move || walk.back())>
                <StateChip state=device::state() />
            </TopBar>
            <Main>{body(walk)}</Main>
            <Floor>
                <Button
                    text=shared::DONE
                    icon=Icon::CHECK
                    appearance=Appearance::Primary
                    tap=move || walk.done()
                />
                <Button
                    text=client::NOT_MANAGED
                    tap=move || walk.ask(StepOutcome::NotManaged, ClientPlace::NotManaged(plan))
                />
                <HelpButton tap=move || walk.ask(StepOutcome::HelpAsked, ClientPlace::Help(Some(plan))) />
            </Floor>
        </Screen>
    }
}

/// Takes in what is read, and writes down that a step came on the screen.
fn follow(walk: Walk) {
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

fn body(walk: Walk) -> impl IntoView {
    let seen = Memo::new(move |_| {
        let (_, Place::At(at)) = walk.place()? else { return None };
        walk.read.with(|read| {
            let steps = &read.as_ref()?.as_ref()?.steps;
            let place = steps.iter().position(|step| step.id == at)?;
            let step = &steps.get(place)?.value;
            Some(Seen { place, all: steps.len(), text: step.text.clone(), picture: step.picture.clone() })
        })
    });
    let said = Text::live(move || seen.get().map(|seen| seen.text).unwrap_or_default());
    let drawn = changing(move || match seen.get() {
        None => view! { <LoadingBones shape=Bones::Step /> }.into_any(),
        Some(Seen { place, all, text, picture }) => view! {
            <Dots now=Signal::stored(place + 1) all=Signal::stored(all) />
            <Picture source=device::picture(walk.circle, picture) well=Well::Large />
            <Sentence text=Text::from(text) title=true />
        }
        .into_any(),
    });
    view! {
        {drawn}
        // The screen stays while the step changes; a screen reader hears the new sentence from here.
        <p class="for-voice" role="status">{said}</p>
    }
}

/// A new step begins at its top, also when the text before was long.
fn to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}
