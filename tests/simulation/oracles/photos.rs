//! Photos: whoever may see a picture of a plan has it, what a phone holds is what it is named, and what nothing shows is nowhere.

use std::collections::BTreeSet;

use futures::executor::block_on;
use opstap_core::{BlobHash, CircleId, Kind, Record};
use opstap_sync_client::{BlobState, LocalStore};
use sha2::{Digest, Sha256};

use super::truth;
use crate::phone::Phone;
use crate::world::Server;

fn shown(record: &Record) -> impl Iterator<Item = BlobHash> + '_ {
    let kept = record.kept.iter().filter_map(|kept| kept.value.blob());
    record.blobs().chain(kept).map(|blob| blob.hash)
}

/// Looks at the photos of everybody.
pub fn are_where_they_belong(server: &Server, phones: &[Phone]) -> Result<(), String> {
    for circle in server.circles {
        of_the_server(server, circle, phones)?;
        for phone in phones.iter().filter(|phone| is_heard(phone)) {
            of_a_phone(server, circle, phone)?;
        }
    }
    Ok(())
}

/// A phone that still syncs.
fn is_heard(phone: &Phone) -> bool {
    !phone.shut_out && phone.paired_device().is_some()
}

/// What some record shows is on the server, if any phone that is heard has it; what only erased records showed is not.
fn of_the_server(server: &Server, circle: CircleId, phones: &[Phone]) -> Result<(), String> {
    let records = truth::records(server, circle);
    let missing = |hash: &BlobHash| !server.bytes.borrow().contains_key(&(circle, *hash));
    let missing: BTreeSet<BlobHash> = records.iter().flat_map(shown).filter(missing).collect();
    for phone in phones.iter().filter(|phone| !missing.is_empty() && is_heard(phone)) {
        let shows: BTreeSet<BlobHash> = phone.records(circle).iter().flat_map(shown).collect();
        let has = |hash: &&BlobHash| block_on(phone.store.blob(circle, **hash)).unwrap().is_some();
        if let Some(hash) = missing.intersection(&shows).find(has) {
            return Err(format!("a photo that {:?} has did not come to the server: {hash:?}", phone.person));
        }
    }
    for ((of, hash), _) in server.bytes.borrow().iter() {
        if *of == circle && truth::was_only_erased(server, circle, *hash) {
            return Err(format!("the bytes of a photo of what was erased are left: {hash:?}"));
        }
    }
    Ok(())
}

fn of_a_phone(server: &Server, circle: CircleId, phone: &Phone) -> Result<(), String> {
    let records = phone.records(circle);
    let shows: BTreeSet<BlobHash> = records.iter().flat_map(shown).collect();
    let own = super::ledger::tray_and_outbox(phone);
    let own: BTreeSet<BlobHash> = own.iter().flat_map(opstap_core::Edit::blobs).map(|blob| blob.hash).collect();
    for state in [BlobState::Here, BlobState::Wanted] {
        let held = block_on(phone.store.blobs(state)).unwrap();
        let idle = held
            .iter()
            .find(|held| held.circle == circle && !shows.contains(&held.blob.hash) && !own.contains(&held.blob.hash));
        if let Some(idle) = idle.filter(|idle| truth::was_only_erased(server, circle, idle.blob.hash)) {
            return Err(format!("a phone of {:?} keeps a photo of what was erased: {idle:?}", phone.person));
        }
        if let Some(idle) = idle.filter(|_| !phone.circles().contains(&circle)) {
            return Err(format!("a phone of {:?} keeps a photo of a circle it left: {idle:?}", phone.person));
        }
    }
    for hash in &shows {
        let found = block_on(phone.store.blob(circle, *hash)).unwrap();
        if found.as_ref().is_some_and(|(_, bytes)| BlobHash(Sha256::digest(bytes).into()) != *hash) {
            return Err(format!("a phone of {:?} holds another photo under this name: {hash:?}", phone.person));
        }
    }
    // Pictures of plans come along with them; photos of results are fetched when looked at.
    let of_plans = records.iter().filter(|record| record.kind == Kind::Step && !record.is_deleted());
    for hash in of_plans.flat_map(Record::blobs).map(|blob| blob.hash) {
        let on_server = server.bytes.borrow().contains_key(&(circle, hash));
        if on_server && block_on(phone.store.blob(circle, hash)).unwrap().is_none() {
            return Err(format!("a picture of a plan is not on a phone of {:?}: {hash:?}", phone.person));
        }
    }
    Ok(())
}
