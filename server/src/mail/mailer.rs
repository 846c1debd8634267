//! The way to the organisation's mail server.

use std::sync::Arc;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Severity;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use opstap_sync_server::Randomness;
use opstap_sync_server::service::Secret;

use super::words::{self, Letter};
use crate::links::{self, Bundle};
use crate::settings::SmtpUrl;
use crate::world::OsRandomness;

/// What came of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server took it.
    Taken,
    /// Not now.
    Later,
    /// It will not be taken, however often.
    Refused,
}

/// What sends mail. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Arc<Mailbox>,
    /// What links begin with.
    base: Arc<str>,
    /// How long one mail may take.
    patience: Duration,
}

/// Without the password.
impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mailer")
    }
}

impl Mailer {
    /// Sends by this mail server, as from this address, with links that begin with `base`.
    ///
    /// # Errors
    /// When the address of the server is none.
    pub fn new(url: &SmtpUrl, from: Mailbox, base: &str, patience: Duration) -> Result<Self, SmtpError> {
        let name = ClientId::Domain(host(base).to_owned());
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url.reveal_with_encryption())?;
        let transport = builder.hello_name(name).timeout(Some(patience)).build();
        Ok(Self { transport, from: Arc::new(from), base: base.into(), patience })
    }

    /// Asks whether an address is somebody's. The code stands behind the `#`, which browsers do not send and no server logs.
    pub async fn ask(&self, address: &str, code: &Secret) -> Outcome {
        let link = format!("{}/mail/confirm#{}", self.base, code.reveal());
        self.send(address, words::confirm(&link)).await
    }

    /// Tells that there is something new.
    pub async fn tell(&self, address: &str, bundle: Bundle) -> Outcome {
        self.send(address, words::news(&links::home(&self.base, bundle))).await
    }

    /// Tells how much asks for attention.
    pub async fn sum_up(&self, address: &str, count: usize, bundle: Bundle) -> Outcome {
        self.send(address, words::digest(count, &links::home(&self.base, bundle))).await
    }

    async fn send(&self, address: &str, letter: Letter) -> Outcome {
        let Some(message) = self.message(address, letter) else { return Outcome::Refused };
        // What a mail server says of a mail holds its address: only the number of its answer is for the log.
        match tokio::time::timeout(self.patience, self.transport.send(message)).await {
            Ok(Ok(_)) => Outcome::Taken,
            Ok(Err(error)) => {
                let status = error.status().map(u16::from);
                tracing::warn!(status, "a mail was not taken");
                meaning(&error)
            }
            Err(_) => {
                tracing::warn!("the mail server did not answer in time");
                Outcome::Later
            }
        }
    }

    fn message(&self, address: &str, letter: Letter) -> Option<Message> {
        let to = Mailbox::new(None, address.parse::<Address>().ok()?);
        let mut drawn = [0; 16];
        OsRandomness.fill(&mut drawn);
        let id = format!("<{:032x}@{}>", u128::from_be_bytes(drawn), host(&self.base));
        // So that nobody's holiday greeting comes back.
        let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        let message = Message::builder()
            .from(Mailbox::clone(&self.from))
            .to(to)
            .subject(letter.subject)
            .message_id(Some(id))
            .raw_header(automatic)
            .header(ContentType::TEXT_PLAIN);
        message.body(letter.text).ok()
    }
}

/// A mail server that does not let us in is somebody's to mend, and the mail waits for that; what it says no to for good is given up.
fn meaning(error: &SmtpError) -> Outcome {
    let Some(code) = error.status() else { return Outcome::Later };
    let number = u16::from(code);
    let about_us = (530..540).contains(&number);
    if code.severity == Severity::PermanentNegativeCompletion && !about_us { Outcome::Refused } else { Outcome::Later }
}

/// The host of an address of the server, without its port.
fn host(base: &str) -> &str {
    let authority = base.split_once("://").map_or(base, |(_, rest)| rest);
    let end = authority.rfind(':').filter(|place| !authority.get(*place..).unwrap_or_default().contains(']'));
    end.and_then(|end| authority.get(..end)).unwrap_or(authority)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_stands_without_scheme_and_port() {
        assert_eq!(host("https://opstap.example"), "opstap.example");
        assert_eq!(host("http://127.0.0.1:8080"), "127.0.0.1");
        assert_eq!(host("http://[::1]:8080"), "[::1]");
        assert_eq!(host("http://[::1]"), "[::1]");
    }
}
