//! What runs and practices show of an action, from the work itself: how often, how much by oneself, and which way that goes.

use opstap_core::model::{Plan, Route, Run};
use opstap_core::{CircleId, RecordId};
use opstap_insight::{ByOneself, Change, Evidence, evidence_of_practices, evidence_of_runs};
use opstap_view::prelude::*;

use super::domains::change_mark;
use crate::components::{changing, icon};
use crate::device::{self, Reader};
use crate::stories;
use crate::words::{Text, guidance};

/// Of as many of the latest runs it is told how they went: telling reads a whole log.
const LATEST: usize = 12;

/// The title of what shows it, and what it shows.
type Shown = (String, Evidence);

async fn plan(reader: Reader, plan: RecordId) -> Option<Shown> {
    let title = reader.one_even_deleted::<Plan>(plan).await?.value.title;
    let told = stories::run::latest_of(&reader, plan, LATEST).await;
    let runs: Vec<_> = told.into_iter().map(|told| told.story).collect();
    let shown = evidence_of_runs(&runs);
    let older =
        reader.all::<Run>().await.iter().filter(|run| run.value.plan == plan).count().saturating_sub(runs.len());
    Some((title, Evidence { times: shown.times + older, ..shown }))
}

async fn route(reader: Reader, route: RecordId) -> Option<Shown> {
    let title = reader.one_even_deleted::<Route>(route).await?.value.title;
    let parts = stories::route::parts(&reader, route).await;
    let practices = stories::route::practices(&reader, route).await;
    Some((title, evidence_of_practices(&stories::route::help(&parts, &practices))))
}

/// What the runs of a plan show.
pub fn of_plan(circle: CircleId, id: RecordId) -> AnyView {
    let shown = device::watch(circle, move |reader| plan(reader, id));
    line(shown, guidance::times_done, guidance::steps_alone)
}

/// What the practices of a route show.
pub fn of_route(circle: CircleId, id: RecordId) -> AnyView {
    let shown = device::watch(circle, move |reader| route(reader, id));
    line(shown, guidance::times_practised, guidance::goals_alone)
}

fn line(shown: Signal<Option<Option<Shown>>>, times: fn(usize) -> Text, alone: fn(usize, usize) -> Text) -> AnyView {
    changing(move || {
        let Some((title, Evidence { times: count, last, trend })) = shown.get().flatten() else { return ().into_any() };
        if count == 0 {
            return view! { <p class="evidence small">{guidance::nothing_shown_yet(title)}</p> }.into_any();
        }
        let says = Text::live(move || {
            let last = last.map(|ByOneself { alone: by_oneself, all }| alone(by_oneself, all).get());
            [times(count).get()].into_iter().chain(last).collect::<Vec<_>>().join(", ")
        });
        let trend = trend.map(|trend| view! { <b class="row tight">{icon(change_mark(trend))}{trend_word(trend)}</b> });
        view! { <p class="evidence small"><b>{title}</b><span>{says}</span>{trend}</p> }.into_any()
    })
}

const fn trend_word(trend: Change) -> crate::words::Word {
    match trend {
        Change::Up => guidance::MORE_ALONE,
        Change::Stayed => guidance::AS_MUCH_ALONE,
        Change::Down => guidance::LESS_ALONE,
    }
}
