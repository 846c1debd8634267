//! How much asks for attention of somebody, and what only the server knows of it: when phones were heard of, and which edits it set apart.

use std::collections::BTreeMap;
use std::sync::Arc;

use opstap_core::{CircleId, Millis};
use opstap_insight::following::{DeviceFacts, Piled};
use opstap_sync_server::service::{Reach, Session};
use opstap_sync_server::{Service, ServiceError, Storage};

use super::{Asked, Circle, List, Period, Words};
use crate::guidance::instruments::Instruments;

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
    words: Arc<Words>,
    now: Millis,
) -> Result<usize, ServiceError> {
    let Some(list) = List::named("attention") else { return Ok(0) };
    let facts = Arc::new(facts(service, session).await?);
    let mut count = 0;
    for circle in service.read_circles(session, Reach::All, &[]).await? {
        // One at a time, and beside what serves others: a year of a client is thousands of records.
        let reads = service.read_circles(session, Reach::Circle(circle.circle), list.kinds).await?;
        let (words, facts) = (Arc::clone(&words), Arc::clone(&facts));
        let counted = tokio::task::spawn_blocking(move || {
            let (period, me, instruments) = (Period::default(), session.person.id, &Instruments::shipped());
            let asked = Asked { words: &words, period, me, now, facts: &facts, instruments };
            reads.iter().map(|read| list.rows(&Circle::new(read), &asked).len()).sum::<usize>()
        });
        // Of a circle that cannot be summed up nothing is counted, rather than no mail sent for the others.
        count += counted.await.unwrap_or_default();
    }
    Ok(count)
}
