//! A run on the phone of who supports the client: while it is under way the step it is at, and those before and after; once it ended, how
//! much help each step took, to correct.

use opstap_core::model::Step;
use opstap_core::{CircleId, RecordId};
use opstap_insight::{Place, place_in_run};
use opstap_view::prelude::*;

use super::SupporterPlace;
use super::messages::client_name;
use crate::components::{
    Bones, EmptyState, Icon, ListRow, LoadingBones, Main, Picture, Screen, Sentence, StateChip, TopBar, Well, changing,
    icon,
};
use crate::dates::{moment, near_moment};
use crate::device::{self, Entry, Reader};
use crate::event::Tap;
use crate::pages::shared::care::StepLevels;
use crate::pages::shared::following::following;
use crate::stories;
use crate::stories::run::{events_of, ids, one_run, steps_of};
use crate::words::{Text, shared};

#[derive(Clone, PartialEq)]
struct Seen {
    title: String,
    /// Each step, and whether it is done.
    steps: Vec<(Entry<Step>, bool)>,
    at: Place,
    ended: bool,
    last: Option<opstap_core::Millis>,
}

async fn read(reader: Reader, run: RecordId) -> Option<Seen> {
    let told = one_run(&reader, run).await?;
    let plan = told.story.plan;
    let title = reader.one_even_deleted::<opstap_core::model::Plan>(plan).await.map(|plan| plan.value.title);
    let events = events_of(&reader, run).await;
    let last = events.last().map(|event| event.at);
    let steps = stories::steps(&reader, plan).await;
    let at = place_in_run(&ids(&steps_of(&steps, &events)), &events);
    let is_done = |id: RecordId| told.story.steps.iter().any(|step| step.step == id && step.done);
    let steps = steps.into_iter().map(|step| (step.clone(), is_done(step.id))).collect();
    Some(Seen { title: title.unwrap_or_default(), steps, at, ended: told.story.ended.is_some(), last })
}

/// The screen.
#[component]
pub fn RunPage(circle: CircleId, run: RecordId) -> impl IntoView {
    let seen = device::watch(circle, move |reader| read(reader, run));
    let name = client_name(circle);
    let ended =
        Memo::new(move |_| seen.with(|seen| seen.as_ref().map(|seen| seen.as_ref().is_none_or(|seen| seen.ended))));
    let follows = changing(move || match ended.get() {
        Some(false) => following(circle, run, name),
        Some(true) | None => ().into_any(),
    });
    let body = changing(move || match seen.get() {
        None => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
        Some(None) => view! { <EmptyState picture="memo" sentence=shared::RUN_NOT_HERE /> }.into_any(),
        Some(Some(seen)) if seen.ended => view! { <StepLevels circle run /> }.into_any(),
        Some(Some(seen)) => filled(circle, seen),
    });
    view! {
        <Screen title=shared::NOW_BUSY>
            <TopBar back=Tap::to(SupporterPlace::Circle(circle))><StateChip state=device::state() /></TopBar>
            <Main>{follows} {body}</Main>
        </Screen>
    }
}

fn filled(circle: CircleId, seen: Seen) -> AnyView {
    let Seen { title, steps, at, last, .. } = seen;
    let now = match at {
        Place::At(id) => steps.iter().find(|(step, _)| step.id == id).map(|(step, _)| step.clone()),
        Place::Finished => None,
    };
    let last = last.map(|at| {
        let when = near_moment(moment(at), moment(device::now()));
        let says = Text::live(move || shared::last_tap(when.get()).get());
        view! { <p class="soft small">{says}</p> }
    });
    let large = now.clone().map(|step| {
        let source = device::picture(circle, step.value.picture);
        view! { <Picture source well=Well::Large /><Sentence text=Text::from(step.value.text) /> }
    });
    let rows = steps.into_iter().enumerate().map(|(place, (step, done))| {
        let is_now = now.as_ref().is_some_and(|now| now.id == step.id);
        let more: Text = match (done, is_now) {
            (_, true) => shared::NOW_HERE.into(),
            (true, _) => shared::DONE.into(),
            (false, false) => Text::default(),
        };
        let lead = view! { <Picture source=device::picture(circle, step.value.picture) well=Well::Small /> }.into_any();
        let text = Text::from(format!("{}. {}", place + 1, step.value.text));
        view! { <li><ListRow text more lead>{done.then(|| icon(Icon::CHECK))}</ListRow></li> }
    });
    view! {
        <h1 class="title">{title}</h1>
        {last}
        {large}
        <ol class="list">{rows.collect_view()}</ol>
    }
    .into_any()
}
