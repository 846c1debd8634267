//! When the faults have ended and everybody has had five rounds.

use std::rc::Rc;

use opstap_core::{CircleId, Day, Record, RecordId};
use opstap_sync_client::stored::Stored;
use opstap_sync_client::too_old;
use opstap_sync_server::Clock;

use super::truth::{self, Sight};
use super::{ledger, merge};
use crate::phone::Phone;
use crate::world::Server;

/// How many rounds everybody gets.
pub const ROUNDS: usize = 5;

/// Everybody syncs with nothing in the way; afterwards nothing waits.
pub fn settle(phones: &mut [Phone]) -> Result<(), String> {
    for _ in 0..ROUNDS {
        for phone in &mut *phones {
            for tab in 0..phone.tabs.len() {
                phone.syncs_well(tab);
            }
        }
    }
    // A phone that was shut out, and whose session a restored server does not know, keeps what it has.
    let heard = phones.iter().filter(|phone| phone.paired_device().is_some());
    heard.into_iter().find(|phone| phone.waiting() > 0).map_or(Ok(()), |phone| {
        let left = ledger::tray_and_outbox(phone);
        Err(format!("after {ROUNDS} rounds something waits on a phone of {:?}: {left:?}", phone.person))
    })
}

/// All who may see the same see the same, byte for byte, and it is what the server has for them.
pub fn agree(server: &Rc<Server>, phones: &[Phone]) -> Result<(), String> {
    for circle in server.circles {
        let sight = Sight::of(server, circle, Clock::now(&server.time));
        for phone in phones.iter().filter(|phone| !phone.shut_out) {
            let person = phone.tabs[0].device.me();
            let theirs: Vec<Record> = sight.all_for(person).into_iter().cloned().collect();
            same(&phone.records(circle), &theirs, phone, circle)?;
            if phone.circles().contains(&circle) != sight.belongs(person.id) {
                return Err(format!(
                    "{circle:?} is held by {person:?}: {}, who may see {}",
                    theirs.is_empty(),
                    theirs.len()
                ));
            }
        }
    }
    Ok(())
}

fn same(held: &[Record], theirs: &[Record], phone: &Phone, circle: CircleId) -> Result<(), String> {
    // What is too old to be on a phone may still be there for some days, and old logs that were asked for for a week.
    let today = Day::of(Clock::now(&phone.time.time));
    let old = too_old(theirs, today.back(Day::LOGS_STAY - 1), today.back(Day::DELETED_STAYS - 1));
    let stays = |records: &[Record]| -> Vec<Record> {
        let is_old = |record: &Record| {
            let parent = |id: RecordId| theirs.iter().find(|one| one.id == id).and_then(|one| one.parent);
            std::iter::successors(Some(record.id), |id| parent(*id)).take(8).any(|id| old.contains(&id))
        };
        records.iter().filter(|record| !is_old(record)).cloned().collect()
    };
    let (held, theirs) = (&stays(held)[..], &stays(theirs)[..]);
    let bytes = |records: &[Record]| records.iter().map(Stored::to_stored).collect::<Vec<_>>();
    if bytes(held) == bytes(theirs) {
        return Ok(());
    }
    let only = |ones: &[Record], others: &[Record]| {
        ones.iter().filter(|one| !others.contains(one)).cloned().collect::<Vec<_>>()
    };
    let (here, there) = (only(held, theirs), only(theirs, held));
    Err(format!("{:?} does not hold {circle:?} as it is:\nonly here {here:?}\nonly there {there:?}", phone.person))
}

/// The records say what the edits that count say.
pub fn merged(server: &Server, restored: bool) -> Result<(), String> {
    for circle in server.circles {
        let counted = server.accepted.borrow();
        let counted = counted.of(server.service().server().epoch, circle);
        // The founding of a circle is the server's own and has the first number.
        let counter = truth::counter(server, circle);
        if !restored {
            let founded = u64::from(circle != server.circles[2]);
            if counter != founded + counted.len() as u64 {
                return Err(format!("{} edits count in {circle:?} and its counter is {counter}", counted.len()));
            }
            merge::check(&truth::records(server, circle), &counted)?;
        }
    }
    Ok(())
}
