//! One step: a picture, a sentence, "Klaar". A tap is on disk before the next step shows.

use opstap_core::model::{Choice, Preferences, Prompt, Step};
use opstap_core::{BlobRef, CircleId, RecordId};
use opstap_insight::Place;
use opstap_view::prelude::*;

use super::choices::choices;
use super::frame::Frame;
use super::going::Going;
use super::settled::settled;
use super::timer::timer;
use super::walk::{Walk, to_top};
use super::ways::{on_its_other_way, on_other_way};
use crate::awake::keep_awake;
use crate::components::{
    Appearance, Bones, Button, Dots, Film, Icon, LoadingBones, Picture, Sentence, Well, changing, icon,
};
use crate::device;
use crate::event::Tap;
use crate::stories::chooses_at_once;
use crate::words::{Text, client, shared};

/// What is on the screen, so that it is only drawn anew when it is something else: what a supporter changes elsewhere in the plan must not
/// break off a sentence that is being read.
#[derive(Clone, PartialEq)]
struct Seen {
    run: RecordId,
    id: RecordId,
    /// The step as it is shown: on its other way with that one's words and picture, and without what is of the first.
    step: Step,
    other: bool,
    choices: Vec<(RecordId, Choice)>,
}

impl Seen {
    fn of(run: RecordId, going: &Going, id: RecordId, other: bool) -> Option<Self> {
        let mut step = going.steps.iter().find(|step| step.id == id)?.value.clone();
        let mut choices = going.choices_at(id);
        if !chooses_at_once(&step, choices.len()) {
            choices.clear();
        }
        // What is not shown must not draw it anew.
        (step.order, step.hint, step.exits, step.origin_number) = (String::new(), None, None, None);
        if other {
            step = on_its_other_way(step);
        } else {
            (step.other_way, step.other_picture) = (None, None);
        }
        Some(Self { run, id, step, other, choices })
    }

    /// What a screen reader hears when it comes.
    fn says(&self) -> String {
        let text = &self.step.text;
        if self.other { [client::OTHER_WAY.get(), text].join(". ") } else { text.clone() }
    }
}

/// The step at which the plan's run is now.
#[component]
pub fn StepScreen(circle: CircleId, plan: RecordId) -> impl IntoView {
    let walk = Walk::begin(circle, plan);
    keep_awake();
    let settled = settled(circle);
    let seen = Memo::new(move |_| {
        let (run, Place::At(at)) = walk.place()? else { return None };
        let other = on_other_way(&walk.events(), at);
        walk.read.with(|read| Seen::of(run, read.as_ref()?.as_ref()?, at, other))
    });
    let title = Text::live(move || {
        walk.read.with(|read| match read {
            Some(Some(going)) => going.plan.value.title.clone(),
            _ => shared::APP_NAME.get().to_owned(),
        })
    });
    let chooses = Memo::new(move |_| seen.with(|seen| seen.as_ref().is_some_and(|seen| !seen.choices.is_empty())));
    let said = move || seen.with(|seen| seen.as_ref().map(Seen::says).unwrap_or_default());
    let floor = view! {
        {changing(move || done(walk, chooses.get()))}
        {changing(move || settled.with(|settled| not_managed(walk, Preferences::is(settled.no_not_managed))))}
        // The screen stays while the step changes; a screen reader hears the new sentence from here. What reads the screen aloud reads
        // what is in its middle, and would say it twice.
        <p class="for-voice" role="status">{said}</p>
    };
    let back = Tap::from(move || walk.back());
    let help = Tap::from(move || walk.help());
    let frame = Frame { back: Some(back), floor: Some(floor), help: Some(help), run: true, ..Frame::default() };
    frame.around(title, body(walk, settled, seen))
}

/// "Klaar", unless a choice says how it goes on.
fn done(walk: Walk, chooses: bool) -> AnyView {
    let tap = move || walk.done();
    let button = || view! { <Button text=shared::DONE icon=Icon::CHECK appearance=Appearance::Primary tap /> };
    (!chooses).then(button).into_any()
}

fn not_managed(walk: Walk, hidden: bool) -> AnyView {
    let tap = move || walk.not_managed();
    (!hidden).then(|| view! { <Button text=client::NOT_MANAGED tap /> }).into_any()
}

fn body(walk: Walk, settled: Memo<Preferences>, seen: Memo<Option<Seen>>) -> AnyView {
    let switch = move |of: fn(&Preferences) -> Option<bool>| {
        Signal::derive(move || settled.with(|settled| Preferences::is(of(settled))))
    };
    let (counted, aloud) = (switch(|settled| settled.counted), switch(|settled| settled.aloud));
    let drawn = changing(move || match seen.get() {
        None => view! { <LoadingBones shape=Bones::Step /> }.into_any(),
        Some(seen) => step(walk, seen, aloud),
    });
    let on_its_way = Memo::new(move |_| {
        let (_, Place::At(at)) = walk.place()? else { return None };
        let steps = walk.steps();
        steps.iter().position(|step| *step == at).map(|place| (place + 1, steps.len()))
    });
    let dots = changing(move || match on_its_way.get() {
        Some((now, all)) => view! { <Dots now=Signal::stored(now) all=Signal::stored(all) counted /> }.into_any(),
        None => ().into_any(),
    });
    view! { {dots} {drawn} }.into_any()
}

fn step(walk: Walk, seen: Seen, aloud: Signal<bool>) -> AnyView {
    let unseen = seen.step.shows() == Prompt::Picture && !seen.other;
    let Step { text, picture, video, voice, timer: seconds, .. } = seen.step;
    let source = device::picture(walk.circle, picture);
    let address = |blob: Option<BlobRef>| blob.map(|blob| device::photo(walk.circle, blob));
    let picture = match address(video) {
        Some(film) => view! { <Film film picture=source label=client::FILM says=text.clone() /> }.into_any(),
        None => view! { <Picture source well=Well::Large /> }.into_any(),
    };
    let recorded = address(voice);
    let chip =
        || view! { <p class="row"><span class="chip">{icon(Icon::SPLIT)}<span>{client::OTHER_WAY}</span></span></p> };
    let other = seen.other.then(chip);
    let timer = seconds.filter(|seconds| *seconds > 0).map(|seconds| timer(seen.run, seen.id, seconds));
    let choices = (!seen.choices.is_empty()).then(|| choices(walk, seen.choices, false, to_top));
    view! {
        {other}
        {picture}
        <Sentence text=Text::from(text) title=true aloud recorded unseen />
        {timer}
        {choices}
    }
    .into_any()
}
