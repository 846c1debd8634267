//! The whole of a training as a line: the stages, since when, and who is responsible.

use opstap_core::PersonId;
use opstap_insight::{OnTheLine, TrajectoryStory, When};
use opstap_view::prelude::*;

use super::named;
use crate::components::{Icon, icon};
use crate::dates::{day_and_month, on_day};
use crate::words::training;

/// The line. `name_of` tells what the circle calls somebody.
pub fn line_view(story: &TrajectoryStory, name_of: impl Fn(PersonId) -> String) -> AnyView {
    let stops = story.line().into_iter().map(|one| stop(one, &name_of)).collect_view();
    view! { <ol class="course-line" aria-label=training::LINE>{stops}</ol> }.into_any()
}

fn stop(one: OnTheLine, name_of: &impl Fn(PersonId) -> String) -> AnyView {
    let OnTheLine { stage, since, responsible, when } = one;
    let (class, says, current) = match when {
        When::Past => ("past", training::WAS, None),
        When::Now => ("now", training::IS_NOW, Some("step")),
        When::Ahead => ("ahead", training::COMES, None),
    };
    let mark = (when == When::Past).then(|| icon(Icon::CHECK));
    let since = since.map(|day| view! { <span class="soft">{day_and_month(on_day(day))}</span> });
    let who = responsible.map(name_of).filter(|name| !name.is_empty());
    let who = who.map(|name| view! { <span class="soft">{name}</span> });
    view! {
        <li class=class aria-current=current>
            <i aria-hidden="true">{mark}</i>
            <span class="for-voice">{says}" "</span>
            <b>{named::stage(stage)}</b>
            {since}
            {who}
        </li>
    }
    .into_any()
}
