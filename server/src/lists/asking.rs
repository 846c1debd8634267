//! How much asks for attention of somebody, and what only the server knows of it: when phones were heard of, and which edits it set apart.

use std::collections::BTreeMap;

use opstap_core::{CircleId, Millis};
use opstap_insight::following::{DeviceFacts, Piled};
use opstap_sync_server::service::{Reach, Session};
use opstap_sync_server::{Service, ServiceError, Storage};

use super::{Asked, Circle, List, Period, Words};

/// What the server knows of the circles of somebody beside their records.
pub type Facts = BTreeMap<CircleId, DeviceFacts>;

/// What it knows for whoever has this session.
///
/// # Errors
/// When the storage fails.
pub async fn facts<S: Storage>(service: &Service<S>, session: Session) -> Result<Facts, ServiceError> {
    let mut facts = Facts::new();
    for (circle, heard) in service.phones_heard(session).await? {
        facts.entry(circle).or_default().heard = Some(heard);
    }
    for (circle, count, latest) in service.quarantine_waiting(session).await? {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        facts.entry(circle).or_default().set_apart = Some(Piled { count, latest });
    }
    Ok(facts)
}

/// How much asks for attention of whoever has this session. It is a number alone: nothing of the circles is given out, and nothing logged.
///
/// # Errors
/// When the storage fails.
pub async fn how_much_asks<S: Storage>(
    service: &Service<S>,
    session: Session,
    words: &Words,
    now: Millis,
) -> Result<usize, ServiceError> {
    let Some(list) = List::named("attention") else { return Ok(0) };
    let facts = facts(service, session).await?;
    let asked = Asked { words, period: Period::default(), me: session.person.id, now, facts: &facts };
    let mut count = 0;
    for circle in service.read_circles(session, Reach::All, &[]).await? {
        // One at a time: a year of a client is thousands of records.
        for read in service.read_circles(session, Reach::Circle(circle.circle), list.kinds).await? {
            count += list.rows(&Circle::new(&read), &asked).len();
        }
    }
    Ok(count)
}
