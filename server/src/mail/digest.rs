//! How much asks for attention, on the morning of a working day, for those who want it: a number and a link, and on a good day nothing.

use std::convert::Infallible;
use std::sync::Arc;

use opstap_core::model::OrganisationRole;
use opstap_core::{DeviceId, Millis};
use opstap_sync_server::service::{Digest, Session};
use opstap_sync_server::{Clock, Service, ServiceError, Storage};

use super::mailer::{Mailer, Outcome};
use super::send::Pace;
use crate::links::Bundle;
use crate::lists::{Words, how_much_asks};
use crate::settings::Language;

/// Sends what is due, until the server ends.
pub async fn sum_up_when_due<S: Storage>(
    service: Service<S>,
    mailer: Mailer,
    clock: impl Clock,
    pace: Pace,
) -> Infallible {
    loop {
        match service.take_digest().await {
            Ok(Some(digest)) => {
                if let Err(cause) = sum_up(&service, &mailer, &digest, clock.now()).await {
                    tracing::warn!(%cause, "how much asks for attention can't be told by mail this morning");
                }
            }
            Ok(None) => tokio::time::sleep(pace.look).await,
            Err(cause) => {
                tracing::warn!(%cause, "who is to hear how much asks for attention can't be read");
                tokio::time::sleep(pace.look).await;
            }
        }
    }
}

async fn sum_up<S: Storage>(
    service: &Service<S>,
    mailer: &Mailer,
    digest: &Digest,
    now: Millis,
) -> Result<(), ServiceError> {
    if digest.person.role < OrganisationRole::Professional {
        return Ok(());
    }
    // Nobody's device asks: the person themselves wanted to be told.
    let (person, organisation, device) = (digest.person, digest.organisation, DeviceId([0; 16]));
    let session = Session { person, organisation, device, revoked: false };
    // The number is the same in every language; the words only find out which messages say that somebody is stuck.
    let Ok(words) = Words::of(Language::Nl) else { return Ok(()) };
    let count = how_much_asks(service, session, Arc::new(words), now).await?;
    if count > 0 && mailer.sum_up(&digest.address, count, Bundle::Desk).await != Outcome::Taken {
        tracing::info!("a mail of this morning did not go");
    }
    Ok(())
}
