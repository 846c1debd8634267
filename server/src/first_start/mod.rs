//! What a new server begins with: an organisation, an administrator and the library; and, unless asked otherwise, people to try it with.

mod library;
mod pen;

use opstap_core::PersonId;
use opstap_core::model::OrganisationRole;
use opstap_core::protocol::Reason;
use opstap_sync_server::{Clock, Randomness, Service, ServiceError, Storage};

use crate::demo;

pub use crate::demo::Telling;

pub use library::{Library, Template, head, steps};
pub use pen::Pen;

/// Somebody who is to get a sign-in link.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Who.
    pub person: PersonId,
    /// The name of the account.
    pub name: String,
    /// What they are in the organisation.
    pub role: OrganisationRole,
}

/// Why a new server could not be filled. Each is a mistake in what is shipped, or a database that does not work.
#[derive(Debug, thiserror::Error)]
pub enum FirstStartError {
    /// The service failed.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// A plan file of the library cannot be read.
    #[error("a plan file of the library can't be read: {0}")]
    Plan(#[from] opstap_core::plan_format::PlanFileError),
    /// The demonstration cannot be read.
    #[error("the demonstration can't be read: {0}")]
    Story(#[from] serde_json::Error),
    /// The demonstration names somebody or something that it does not have.
    #[error("the demonstration names {0}, which it does not have")]
    NotThere(String),
    /// An edit of ours was not accepted.
    #[error("an edit was not accepted: {0:?}")]
    NotAccepted(Option<Reason>),
}

/// What the first start works with.
pub struct Start<'a, S> {
    /// The service.
    pub service: &'a Service<S>,
    /// The time.
    pub clock: &'a dyn Clock,
    /// For ids.
    pub randomness: &'a dyn Randomness,
}

/// Fills a new server with an organisation of this name, an administrator and the library, and gives the administrator.
///
/// # Errors
/// When the service fails, or the library does not hold what it should.
pub async fn empty<S: Storage>(start: &Start<'_, S>, organisation: &str) -> Result<Vec<Account>, FirstStartError> {
    let organisation = start.service.create_organisation(organisation).await?;
    let administrator = account(start, organisation, "Beheer", OrganisationRole::Administrator).await?;
    Library::make(start, organisation, administrator.person).await?;
    Ok(vec![administrator])
}

/// Fills a new server with the demonstration organisation, as far as it is told, and gives its people.
///
/// # Errors
/// When the service fails, or library and demonstration do not fit.
pub async fn with_demo<S: Storage>(start: &Start<'_, S>, telling: Telling) -> Result<Vec<Account>, FirstStartError> {
    let story = demo::Story::told()?;
    let training = match telling {
        Telling::Beginning => None,
        Telling::Whole => Some(demo::TrainingStory::told()?),
    };
    let organisation = start.service.create_organisation(&story.organisation).await?;
    let administrator = account(start, organisation, &story.administrator, OrganisationRole::Administrator).await?;
    let library = Library::make(start, organisation, administrator.person).await?;
    demo::act(start, (&story, training.as_ref()), organisation, &library).await
}

/// Adds an account.
pub(crate) async fn account<S: Storage>(
    start: &Start<'_, S>,
    organisation: opstap_core::OrganisationId,
    name: &str,
    role: OrganisationRole,
) -> Result<Account, FirstStartError> {
    let person = start.service.add_person(organisation, role, name).await?;
    Ok(Account { person, name: name.to_owned(), role })
}
