//! Sending: what is due goes one after another, beside everything else; a mail that asks whose an address is goes at once.

use std::convert::Infallible;
use std::time::Duration;

use opstap_sync_server::service::{Mail, Secret};
use opstap_sync_server::{Service, Storage};

use super::mailer::{Mailer, Outcome};
use crate::links::{Bundle, bundle_of};
use crate::live::LiveHints;

/// How often a mail that asks whose an address is is tried; afterwards its person asks anew.
const TRIES: u32 = 4;

/// How long is waited for what.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Between two looks for mail that is due by now.
    pub look: Duration,
    /// Before the second try of a mail that asks whose an address is; four times as long before each after it.
    pub again: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { look: Duration::from_secs(30), again: Duration::from_secs(5) }
    }
}

/// Sends what is due, until the server ends.
pub async fn send_when_due<S: Storage>(
    service: Service<S>,
    hints: LiveHints,
    mailer: Mailer,
    pace: Pace,
) -> Infallible {
    loop {
        match service.take_mail().await {
            Ok(Some(mail)) => {
                if let Err(cause) = send(&service, &mailer, &mail).await {
                    tracing::warn!(%cause, "what came of a mail is not noted");
                }
                continue;
            }
            Ok(None) => {}
            Err(cause) => tracing::warn!(%cause, "whether there is mail to send can't be read"),
        }
        // Pauses end without a word; a hint says that there is something new.
        let _ = tokio::time::timeout(pace.look, hints.mailing()).await;
    }
}

async fn send<S: Storage>(
    service: &Service<S>,
    mailer: &Mailer,
    mail: &Mail,
) -> Result<(), opstap_sync_server::ServiceError> {
    let bundle: Bundle = bundle_of(service.storage(), mail.person).await?;
    match mailer.tell(&mail.address, bundle).await {
        Outcome::Taken => service.mail_went(mail).await,
        Outcome::Refused => service.mail_refused(mail).await,
        Outcome::Later => {
            tracing::info!(tries = mail.tries, given_up = mail.is_last_try(), "a mail waits");
            Ok(())
        }
    }
}

/// Asks in a mail whether an address is somebody's, beside the request that wants it.
pub fn ask_whose(mailer: &Mailer, pace: Pace, address: String, code: Secret) {
    let mailer = mailer.clone();
    tokio::spawn(async move {
        let mut wait = pace.again;
        for tried in 1..=TRIES {
            if mailer.ask(&address, &code).await != Outcome::Later || tried == TRIES {
                return;
            }
            tokio::time::sleep(wait).await;
            wait *= 4;
        }
    });
}
