//! The whole of a training as a line: the stages, since when, and who is responsible.

use opstap_core::PersonId;
use opstap_core::model::TrajectoryEnd;
use opstap_insight::{OnTheLine, TrajectoryStory, When};
use opstap_view::prelude::*;

use super::named;
use crate::components::{Icon, icon};
use crate::dates::{day_and_month, on_day};
use crate::words::training;

/// The line. `name_of` tells what the circle calls somebody.
pub fn line_view(story: &TrajectoryStory, name_of: impl Fn(PersonId) -> String) -> AnyView {
    let end = story.end.as_ref().map(|(_, end)| end);
    let stops = story.line().into_iter().map(|one| stop(one, end.filter(|_| one.when == When::Now), &name_of));
    let stops = stops.collect_view();
    view! { <ol class="course-line" aria-label=training::LINE>{stops}</ol> }.into_any()
}

/// One stage. `end`: it ended here, otherwise than by travelling alone, and stands at no stage any more.
fn stop(one: OnTheLine, end: Option<&TrajectoryEnd>, name_of: &impl Fn(PersonId) -> String) -> AnyView {
    let OnTheLine { stage, since, responsible, when } = one;
    let (class, says, current) = match (when, end) {
        (When::Past, _) | (When::Now, Some(_)) => ("past", training::WAS, None),
        (When::Now, None) => ("now", training::IS_NOW, Some("step")),
        (When::Ahead, _) => ("ahead", training::COMES, None),
    };
    let mark = match (when, end) {
        (When::Now, Some(_)) => Some(icon(Icon::CROSS)),
        (When::Past, _) => Some(icon(Icon::CHECK)),
        _ => None,
    };
    let ended = end.map(|end| view! { <span class="soft">{named::outcome(end.how)}</span> });
    let since = since.map(|day| view! { <span class="soft">{day_and_month(on_day(day))}</span> });
    let who = responsible.map(name_of).filter(|name| !name.is_empty());
    let who = who.map(|name| view! { <span class="soft">{name}</span> });
    view! {
        <li class=class aria-current=current>
            <i aria-hidden="true">{mark}</i>
            <span class="for-voice">{says}" "</span>
            <b>{named::stage(stage)}</b>
            {ended}
            {since}
            {who}
        </li>
    }
    .into_any()
}
