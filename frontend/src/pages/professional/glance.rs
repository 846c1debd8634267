//! What the list of clients says of one of them: who is in the team, who asks for help, what was done last.

use opstap_core::model::{Plan, Relation, Run, Stage};
use opstap_insight::TrajectoryStory;

use super::questions::{Question, is_for, questions};
use crate::device::{self, Entry, Reader};
use crate::stories;
use crate::stories::run::RunTold;

/// One client at a glance.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glance {
    /// The first names of the others round the client.
    pub team: Vec<String>,
    /// The newest message to this person that waits.
    pub asks: Option<Question>,
    /// What else is new to this person.
    pub news: Vec<News>,
    /// The newest run that may be seen.
    pub last: Option<Titled>,
}

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

/// Reads one client at a glance.
pub(super) async fn glance(reader: Reader) -> Glance {
    let me = device::me().map(|me| me.id);
    let members = stories::members(&reader).await;
    let team =
        members.iter().filter(|member| member.value.relation != Relation::Client && Some(member.value.person) != me);
    let team = team.map(|member| member.value.name.clone()).collect();
    let asks = questions(&reader, &members, device::now()).await;
    let asks = asks.into_iter().find(|question| question.open && is_for(question, me));
    let last = latest_runs(&reader, 1).await.pop();
    Glance { team, asks, news: news(&reader).await, last }
}

async fn news(reader: &Reader) -> Vec<News> {
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

/// The newest runs, newest first, told: only as many as are shown, since telling reads a whole log.
pub(super) async fn latest_runs(reader: &Reader, most: usize) -> Vec<Titled> {
    let mut runs: Vec<Entry<Run>> = reader.all::<Run>().await;
    runs.sort_by_key(|run| std::cmp::Reverse((run.value.at, run.id)));
    let mut told = Vec::with_capacity(most);
    for run in runs.into_iter().take(most) {
        if let Some(one) = stories::run::one_run(reader, run.id).await {
            let title = title(reader, one.story.plan).await;
            told.push(Titled { told: one, title });
        }
    }
    told
}

/// The title of a plan, also of one that was removed since.
pub(super) async fn title(reader: &Reader, plan: opstap_core::RecordId) -> String {
    reader.one_even_deleted::<Plan>(plan).await.map(|plan| plan.value.title).unwrap_or_default()
}
