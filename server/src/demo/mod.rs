//! The demonstration organisation: people round one client, with plans, runs, a route and a practice, so that every screen has
//! something true to show. `demo/demo.json` holds what is told; this acts it out as ordinary edits of those people.

mod circle;
mod past;
mod plans;
mod route;
mod story;

use opstap_core::OrganisationId;
use opstap_sync_server::Storage;

use crate::first_start::{Account, FirstStartError, Library, Start, account};

pub use story::Story;

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

/// Acts the story out and gives its people, in its order.
///
/// # Errors
/// When the service fails, or the story names what is not there.
pub async fn act<S: Storage>(
    start: &Start<'_, S>,
    story: &Story,
    organisation: OrganisationId,
    library: &Library,
) -> Result<Vec<Account>, FirstStartError> {
    let mut people = Vec::new();
    for person in &story.people {
        people.push((person.key.clone(), account(start, organisation, &person.name, person.role).await?));
    }
    let cast = Cast { organisation, people };
    let round = circle::gather(start, &cast, &story.circle).await?;
    let plans = plans::copy(start, &cast, &round, &story.plans, library).await?;
    let route = route::set_up(start, &cast, &round, &story.route).await?;
    route::practise(start, &cast, &round, &story.practice, &route).await?;
    plans::run(start, &cast, &round, &story.runs, &plans).await?;
    Ok(cast.people.into_iter().map(|(_, account)| account).collect())
}
