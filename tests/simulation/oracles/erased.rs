//! Of what was erased no byte is left, wherever it could be; and what a phone had to let go of is told.

use std::collections::{BTreeMap, BTreeSet};

use futures::executor::block_on;
use opstap_core::record::PURGED;
use opstap_core::{Change, CircleId, Edit, Record, RecordId};
use opstap_sync_client::LocalStore;
use opstap_sync_server::journal::Entry;

use super::truth;
use crate::phone::Phone;
use crate::world::Server;

/// The records of a circle that are erased, by the server's rows.
fn erased(server: &Server, circle: CircleId) -> BTreeSet<RecordId> {
    truth::records(server, circle).iter().filter(|record| record.is_purged()).map(|record| record.id).collect()
}

/// Whether an edit says something about an erased record, apart from that it is erased.
fn says(edit: &Edit, circle: CircleId, erased: &BTreeSet<RecordId>) -> bool {
    edit.circle == circle
        && edit.changes.iter().any(|change| {
            let below = matches!(change, Change::Make { parent: Some(parent), .. } if erased.contains(parent));
            let content = change.cells().iter().any(|(name, _)| name != PURGED);
            content && (below || erased.contains(&change.record()))
        })
}

/// What was erased once is erased after every restore too: the journal outside the database knows it.
fn nothing_came_back(server: &Server) -> Result<(), String> {
    for entry in server.journal.entries() {
        let Entry::Purges { edit, records, .. } = entry else { continue };
        let all = truth::records(server, edit.circle);
        if let Some(back) =
            all.iter().find(|record| records.iter().any(|one| one.id == record.id) && !record.is_purged())
        {
            return Err(format!("what was erased came back: {:?}", back.id));
        }
    }
    Ok(())
}

/// Looks everywhere. A phone that nobody hears of keeps what it has; so does one that was shut out.
pub fn nothing_is_left(server: &Server, phones: &[Phone]) -> Result<(), String> {
    nothing_came_back(server)?;
    for circle in server.circles {
        let erased = erased(server, circle);
        let bare =
            |record: &&Record| erased.contains(&record.id) && (record.cells.len() > 1 || !record.kept.is_empty());
        if let Some(record) = truth::records(server, circle).iter().find(bare) {
            return Err(format!("the server has something of what was erased: {record:?}"));
        }
        if let Some((id, _)) =
            truth::history_of(server, circle).iter().find(|(id, all)| erased.contains(id) && !all.is_empty())
        {
            return Err(format!("the history has something of what was erased: {id:?}"));
        }
        if let Some(kept) = truth::quarantine(server, circle).iter().find(|kept| says(&kept.edit, circle, &erased)) {
            return Err(format!("the quarantine has something of what was erased: {:?}", kept.edit));
        }
        for phone in phones.iter().filter(|phone| !phone.shut_out && phone.paired_device().is_some()) {
            let records = phone.records(circle);
            if let Some(record) = records.iter().find(bare) {
                return Err(format!("a phone of {:?} has something of what was erased: {record:?}", phone.person));
            }
            let pending = block_on(phone.store.pending()).unwrap().into_iter().map(|pending| pending.edit);
            let sent = block_on(phone.store.sent()).unwrap().into_iter().map(|sent| sent.edit);
            let refused = block_on(phone.store.refused()).unwrap().into_iter().map(|refused| refused.edit);
            // Only what its person may know of: of what is hidden from them, they are not told that it is erased.
            let seen: BTreeSet<RecordId> =
                records.iter().filter(|record| record.is_purged()).map(|record| record.id).collect();
            if let Some(edit) = pending.chain(sent).chain(refused).find(|edit| says(edit, circle, &seen)) {
                return Err(format!("a phone of {:?} keeps an edit of what was erased: {edit:?}", phone.person));
            }
        }
    }
    Ok(())
}

/// Everything that phones had to let go of is told, in the life of the server in which they did.
pub fn is_told(server: &Server, phones: &[Phone], restored: bool) -> Result<(), String> {
    let mut known: BTreeMap<CircleId, BTreeSet<(u64, u64)>> = BTreeMap::new();
    for circle in server.circles {
        let rows = truth::let_go(server, circle);
        known.entry(circle).or_default().extend(rows.iter().map(|row| (row.view.0, row.at.0)));
    }
    // An old app has no words for it.
    let tells = |phone: &&Phone| !phone.shut_out && !phone.is_old && phone.paired_device().is_some();
    for phone in phones.iter().filter(tells) {
        let waits = block_on(phone.store.let_go()).unwrap();
        if !waits.is_empty() {
            return Err(format!("a phone of {:?} did not tell what it let go of: {waits:?}", phone.person));
        }
        let noted = phone.store.noted.borrow().clone();
        let untold = noted.iter().find(|one| {
            // The library is nobody's circle.
            one.circle != server.circles[2] && !known[&one.circle].contains(&(one.view.0, one.at.0))
        });
        if let Some(untold) = untold.filter(|_| !restored) {
            return Err(format!("the server does not know that a phone of {:?} let go: {untold:?}", phone.person));
        }
    }
    Ok(())
}
