//! What is told of a client in a list: what is new in the correspondence of a training, and the latest run.

use opstap_core::RecordId;
use opstap_core::model::{Plan, Stage};
use opstap_insight::TrajectoryStory;

use crate::device::Reader;
use crate::stories;
use crate::stories::run::RunTold;

/// Something that calls whoever follows from a distance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// OV-coach and participant both said yes to the handover, and nobody closed it.
    ToClose,
    /// Participant or volunteer says that it does not click.
    DoesNotClick,
    /// So many reports that this person did not read.
    Reports(usize),
    /// Somebody asks something about a practice that nobody answered, by name.
    Asks(String),
}

/// A run with the title of its plan.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Titled {
    /// The run.
    pub told: RunTold,
    /// The title; empty when the plan may not be seen.
    pub title: String,
}

/// What is new to this person of a client.
pub(super) async fn news(reader: &Reader) -> Vec<News> {
    let story = stories::trajectory::of_circle(reader).await.pop().filter(TrajectoryStory::goes_on);
    let to_close = story.as_ref().is_some_and(|story| story.to_close().is_some());
    let refuses = story.filter(|story| story.stage() == Stage::Practice).map(|story| story.trajectory);
    let refuses = refuses.is_some_and(|it| [it.click_participant, it.click_volunteer].contains(&Some(false)));
    let mut news = Vec::from_iter(to_close.then_some(News::ToClose));
    news.extend(refuses.then_some(News::DoesNotClick));
    match stories::feedback::unread_by_me(reader).await {
        0 => {}
        count => news.push(News::Reports(count)),
    }
    news.extend(stories::feedback::asked_of_others(reader).await.map(News::Asks));
    news
}

/// The latest run of a plan, told.
pub(super) async fn latest_of_plan(reader: &Reader, plan: RecordId) -> Option<RunTold> {
    stories::run::latest_of(reader, plan, 1).await.pop()
}

/// The title of a plan, also of one that was removed since.
pub(super) async fn title(reader: &Reader, plan: RecordId) -> String {
    reader.one_even_deleted::<Plan>(plan).await.map(|plan| plan.value.title).unwrap_or_default()
}
