//! Hearing by e-mail that there is something new: the address stands on the server alone, so each change asks it.

use opstap_sync_client::{MailAddress, Online};

use super::online::Asked;
use super::runtime;

/// Where this person wants mail; not there when the organisation sends none.
pub async fn mail() -> Asked<Option<MailAddress>> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    Asked::of(engine.transport().mail().await)
}

/// Asks for mail at this address; not there when no mail can go to it. It counts once its owner confirmed it.
pub async fn ask_for_mail(address: &str) -> Asked<Option<MailAddress>> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    Asked::of(engine.transport().ask_for_mail(address).await)
}

/// Lets the server forget the address.
pub async fn end_mail() -> Asked<()> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    Asked::of(engine.transport().end_mail().await)
}

/// Wants to hear there on working days how much asks for attention, or no longer.
pub async fn want_digest(wanted: bool) -> Asked<()> {
    let Some(engine) = runtime::engine() else { return Asked::NotNow };
    Asked::of(engine.transport().want_digest(wanted).await)
}
