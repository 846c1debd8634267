//! Nothing leaves the server without a ground at that moment.

use opstap_core::protocol::Answer;
use opstap_sync_server::Clock;
use opstap_sync_server::journal::Entry;
use opstap_sync_server::service::Session;

use super::truth::Sight;
use crate::world::Server;

/// Looks at one answer as it leaves.
pub fn check(server: &Server, session: Session, answer: &Answer) -> Result<(), String> {
    let ever = server.journal.entries();
    let shut_out = ever.iter().any(|entry| matches!(entry, Entry::ShutOut { device, .. } if *device == session.device));
    if (session.revoked || shut_out) && (!answer.circles.is_empty() || !answer.owners.is_empty()) {
        return Err("a phone that was shut out was told something".to_owned());
    }
    for circle in &answer.circles {
        let records = circle.delivery.records();
        if records.is_empty() {
            continue;
        }
        let sight = Sight::of(server, circle.circle, Clock::now(&server.time));
        if let Some(record) = records.iter().find(|record| !sight.may_see(session.person.id, record)) {
            return Err(format!("{:?} was delivered without a ground: {record:?}", session.person));
        }
    }
    Ok(())
}
