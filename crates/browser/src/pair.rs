//! Pairing: a code that works once makes this browser a device of a person, with a store of its own.

use js_sys::{JSON, Reflect};
use opstap_core::model::{OrganisationRole, Person};
use opstap_core::{DeviceId, PersonId};
use opstap_sync_client::{Platform, StoreError, TransportError, begin_again};
use wasm_bindgen::JsValue;

use crate::asked_file::drop_files;
use crate::http::Call;
use crate::platform::Web;
use crate::promise::{object, property};
use crate::rings::ring_by;
use crate::store::Store;
use crate::stores::{KnownStore, choose, current, remember, stores};

/// Why a browser was not paired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotPaired {
    /// No link has this code.
    Unknown,
    /// The code was used before.
    Used,
    /// The code's time is over.
    Expired,
    /// Too many tries: again after so many milliseconds, if the server said so.
    Later {
        /// Milliseconds to wait.
        after: Option<u32>,
    },
    /// The server cannot be reached.
    Offline,
    /// The server's answer makes no sense to this version.
    Refused,
    /// This browser keeps no store, as in some private windows.
    Store(StoreError),
}

/// Signs this browser in with a code and makes the person's store the current one. Who has a store here already goes on with that:
/// what waits in it is sent under the new session. For anybody else a store is begun.
///
/// # Errors
/// Why not.
pub async fn pair(code: &str) -> Result<KnownStore, NotPaired> {
    for known in stores().into_iter().rev() {
        if let Some(known) = pair_as(code, known.id, Some(known.person.id)).await? {
            return Ok(known);
        }
    }
    let mut randomness = [0; 10];
    Web.fill(&mut randomness);
    let id = DeviceId::new(Web.now(), randomness);
    let paired = pair_as(code, id, None).await;
    if paired.is_err() {
        Store::delete(id).await;
    }
    paired?.ok_or(NotPaired::Refused)
}

/// Pairs the store with this id; `None` if the code is for another person than its own.
async fn pair_as(code: &str, id: DeviceId, whose: Option<PersonId>) -> Result<Option<KnownStore>, NotPaired> {
    // First, since a code works once: where no store can be, it is not used up.
    let store = Store::open(id).await.map_err(NotPaired::Store)?;
    let Some(known) = ask(code, id, whose).await? else { return Ok(None) };
    begin_again(&store, id, known.person, &Web).await.map_err(NotPaired::Store)?;
    if current().is_none_or(|before| before.person.id != known.person.id) {
        // It names plans of whoever was signed in.
        ring_by(None);
    }
    remember(&known);
    choose(id);
    drop_files().await;
    Ok(Some(known))
}

async fn ask(code: &str, id: DeviceId, whose: Option<PersonId>) -> Result<Option<KnownStore>, NotPaired> {
    let body = object([("code", code.into()), ("device", id.to_string().into())]);
    if let Some(person) = whose {
        let _ = Reflect::set(&body, &"person".into(), &person.to_string().into());
    }
    let body = JSON::stringify(&body).map_err(|_| NotPaired::Refused)?;
    let call = Call::new("POST", "/api/pair").header("content-type", "application/json").body(&body);
    let reply = call.send().await.map_err(not_sent)?;
    let reply = match reply.status() {
        404 | 410 | 400 => return Err(why(reply.problem().await.as_deref())),
        409 => return Ok(None),
        _ => reply.good().await.map_err(not_sent)?,
    };
    described(id, &reply.json().await.map_err(not_sent)?).map(Some).ok_or(NotPaired::Refused)
}

fn why(problem: Option<&str>) -> NotPaired {
    match problem {
        Some("link-used") => NotPaired::Used,
        Some("link-expired") => NotPaired::Expired,
        Some("link-unknown") => NotPaired::Unknown,
        _ => NotPaired::Refused,
    }
}

const fn not_sent(error: TransportError) -> NotPaired {
    match error {
        TransportError::Offline => NotPaired::Offline,
        TransportError::Later { after } => NotPaired::Later { after },
        TransportError::SignedOut | TransportError::TooOld | TransportError::Refused | TransportError::Unreadable => {
            NotPaired::Refused
        }
    }
}

fn described(id: DeviceId, who: &JsValue) -> Option<KnownStore> {
    let text = |name| property(who, name).as_string();
    let role = match text("role")?.as_str() {
        "participant" => OrganisationRole::Participant,
        "professional" => OrganisationRole::Professional,
        "coordinator" => OrganisationRole::Coordinator,
        "administrator" => OrganisationRole::Administrator,
        _ => return None,
    };
    let person: PersonId = text("person")?.parse().ok()?;
    Some(KnownStore { id, person: Person { id: person, role }, name: text("name")? })
}
