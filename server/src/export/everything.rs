//! All circles of an organisation in one file, for the organisation itself: by whoever runs the server, with nobody's rights in between.

use std::collections::BTreeMap;
use std::io::Write;

use opstap_core::access::View;
use opstap_core::model::{CircleKind, Member, Model, OrganisationRole, Relation};
use opstap_core::{BlobRef, CircleId, Kind, Record, RecordId};
use opstap_sync_server::service::CircleRead;
use opstap_sync_server::storage::{OrganisationRow, PersonRow, Snapshot};
use opstap_sync_server::{Service, ServiceError, Storage, StorageError};
use serde_json::{Value, json};

use super::record::moment;
use super::{Archive, Fault, For, Parcel, VERSION, read_me};
use crate::blobs::BlobFolder;
use crate::guidance::instruments::Instruments;

/// Why not everything could be exported.
#[derive(Debug, thiserror::Error)]
pub enum NotExported {
    /// The file.
    #[error("the export could not be written: {0}")]
    Fault(#[from] Fault),
    /// The service failed.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The disk.
    #[error("the photos and recordings can't be read: {0}")]
    Disk(#[from] std::io::Error),
}

/// Writes all circles of an organisation, one after the other, and says how many.
///
/// # Errors
/// When the database, the disk or the file fails.
pub async fn all_of<S: Storage, W: Write>(
    (service, blobs): (&Service<S>, &BlobFolder),
    organisation: &OrganisationRow,
    (into, instruments): (W, Instruments),
    of: For,
) -> Result<usize, NotExported> {
    let mut circles = Vec::new();
    for kind in [CircleKind::Client, CircleKind::Programme, CircleKind::Library] {
        let of_kind = service.circles_of_organisation(organisation.id, kind).await?;
        circles.extend(of_kind.into_iter().map(|circle| (kind, circle)));
    }
    let persons = service.persons(organisation.id).await?;
    let mut archive = Archive::begin(into, instruments, of)?;
    archive.json("export.json", &about(organisation, &persons, circles.len(), of))?;
    archive.text("LEESMIJ.txt", &read_me::dutch())?;
    archive.text("README.txt", &read_me::english())?;
    for (kind, circle) in &circles {
        let parcel = parcel((service, blobs), *kind, *circle).await?;
        archive.put(&format!("circles/{circle}/"), &parcel)?;
    }
    archive.end()?;
    Ok(circles.len())
}

fn about(organisation: &OrganisationRow, persons: &[PersonRow], circles: usize, of: For) -> Value {
    let person =
        |person: &PersonRow| json!({ "id": person.id.to_string(), "name": person.name, "role": role(person.role) });
    json!({
        "format": "opstap-export",
        "version": VERSION,
        "made": moment(of.now),
        "organisation": organisation.name,
        "people": persons.iter().map(person).collect::<Vec<_>>(),
        "circles": circles,
    })
}

const fn role(role: OrganisationRole) -> &'static str {
    match role {
        OrganisationRole::Participant => "participant",
        OrganisationRole::Professional => "professional",
        OrganisationRole::Coordinator => "coordinator",
        OrganisationRole::Administrator => "administrator",
    }
}

async fn parcel<S: Storage>(
    (service, blobs): (&Service<S>, &BlobFolder),
    kind: CircleKind,
    circle: CircleId,
) -> Result<Parcel, NotExported> {
    let found = service.storage().read(move |snapshot| {
        let read = read(snapshot, kind, circle)?;
        let mut held = BTreeMap::new();
        for BlobRef { hash, .. } in read.records.iter().flat_map(Record::blobs) {
            if let Some(held_in) = snapshot.blob(circle, &hash)?.and_then(|row| row.held_in) {
                held.insert(hash, held_in);
            }
        }
        Ok((read, held))
    });
    let (read, held) = found.await?;
    let mut files = BTreeMap::new();
    for (hash, held_in) in held {
        files.extend(super::held(blobs, held_in, hash).await?.map(|held| (hash, held)));
    }
    Ok(Parcel { read, files })
}

/// Everything of a circle that is not deleted, nor stands below what is.
fn read(snapshot: &dyn Snapshot, kind: CircleKind, circle: CircleId) -> Result<CircleRead, StorageError> {
    let (mut all, mut authors) = (Vec::new(), BTreeMap::new());
    for kind in Kind::all() {
        all.extend(snapshot.records_of_kind(circle, kind)?);
    }
    let by_id: BTreeMap<RecordId, (bool, Option<RecordId>)> =
        all.iter().map(|record| (record.id, (record.is_deleted(), record.parent))).collect();
    let is_gone = |record: &Record| {
        let mut next = Some(record.id);
        // As deep as records stand below each other, and some more.
        for _ in 0..16 {
            let Some((deleted, parent)) = next.and_then(|id| by_id.get(&id)) else { return false };
            if *deleted {
                return true;
            }
            next = *parent;
        }
        false
    };
    all.retain(|record| !is_gone(record));
    for record in &all {
        let Some(device) = record.made().map(|made| made.device) else { continue };
        if !authors.contains_key(&device)
            && let Some(row) = snapshot.device(device)?
        {
            authors.insert(device, row.person);
        }
    }
    let members = all.iter().filter_map(Member::from_record);
    let client = members.into_iter().find(|member| member.relation == Relation::Client).map(|member| member.person);
    Ok(CircleRead { circle, kind, client, is_own: true, view: View::EVERYTHING, records: all, authors })
}
