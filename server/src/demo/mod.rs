//! The demonstration organisation: people round one client, with plans, runs, a route and a practice, so that every screen has
//! something true to show; and round it a programme of travel training. `demo/demo.json` and `demo/training.json` hold what is told; this
//! acts it out as ordinary edits of those people.

mod circle;
mod handover;
mod past;
mod plans;
mod programme;
mod route;
mod story;
mod training;
mod training_story;

use opstap_core::OrganisationId;
use opstap_sync_server::Storage;

use crate::first_start::{Account, FirstStartError, Library, Start, account};

pub use story::Story;
pub use training_story::TrainingStory;

use past::days_before;

/// How long ago the circle began, in days, where the story ends before the training.
const BEGAN: u64 = 21;

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// Until the first practice of the route, without training and programme: tests go on from there.
    Beginning,
    /// All of it.
    Whole,
}

/// The people of the story with their accounts.
struct Cast {
    organisation: OrganisationId,
    people: Vec<(story::Key, Account)>,
}

impl Cast {
    fn find(&self, key: &str) -> Result<&Account, FirstStartError> {
        let found = self.people.iter().find(|(known, _)| known == key);
        found.map(|(_, account)| account).ok_or_else(|| FirstStartError::NotThere(key.to_owned()))
    }
}

/// Acts the story out, with the training where there is one to tell, and gives those who get a link, in its order.
///
/// # Errors
/// When the service fails, or the story names what is not there.
pub async fn act<S: Storage>(
    start: &Start<'_, S>,
    (story, training): (&Story, Option<&TrainingStory>),
    organisation: OrganisationId,
    library: &Library,
) -> Result<Vec<Account>, FirstStartError> {
    let mut people = Vec::new();
    let around = training.iter().flat_map(|training| &training.people);
    for person in story.people.iter().chain(around) {
        people.push((person.key.clone(), account(start, organisation, &person.name, person.role).await?));
    }
    let cast = Cast { organisation, people };
    let began = training.map_or(BEGAN, |training| u64::from(training.half_way.about.days_ago) + 2);
    let round = circle::gather(start, &cast, &story.circle, began).await?;
    let plans = plans::copy(start, &cast, &round, &story.plans, library).await?;
    let set_up = days_before(start.clock.now(), began - 2);
    let route = route::set_up(start, &cast, &round, &story.route, set_up).await?;
    let first = training.map_or(story.practice.days_ago, |training| training.half_way.first_practice_days_ago);
    let practice = route::practise(start, &cast, &round, (&story.practice, first), &route).await?;
    plans::run(start, &cast, &round, &story.runs, &plans).await?;
    if let Some(training) = training {
        let mut programme = programme::keep(start, &cast, &training.programme).await?;
        let half_way = (&training.half_way, practice);
        training::half_way(start, &cast, &round, half_way, &route, &mut programme).await?;
        training::alone(start, &cast, &training.alone, &mut programme).await?;
    }
    let shown = |key: &story::Key| {
        let is_around = training.is_some_and(|training| training.people.iter().any(|person| person.key == *key));
        !is_around || training.is_some_and(|training| training.shown.contains(key))
    };
    Ok(cast.people.into_iter().filter(|(key, _)| shown(key)).map(|(_, account)| account).collect())
}
