//! An organisation of two hundred clients with a year of records each, in a database on disk.

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use opstap_core::model::{CircleKind, Member, OrganisationRole, Relation};
use opstap_core::{DeviceId, Millis};
use opstap_storage_sqlite::SqliteStorage;
use opstap_sync_server::{Clock, Randomness, Service, Storage};
use opstap_tests::device::now;
use opstap_tests::workload::Draw;
use tempfile::TempDir;

use crate::year::{Author, a_year};

/// How many clients.
pub const CLIENTS: usize = 200;

struct MachineClock;

impl Clock for MachineClock {
    fn now(&self) -> Millis {
        now()
    }
}

/// Good enough for ids of a data set that is thrown away.
struct Drawn(Mutex<Draw>);

impl Randomness for Drawn {
    fn fill(&self, bytes: &mut [u8]) {
        let mut draw = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            for (byte, drawn) in chunk.iter_mut().zip(draw.number().to_be_bytes()) {
                *byte = drawn;
            }
        }
    }
}

/// Lays it, and says how many records it has. They are put in the tables as they would stand there, since two hundred years of taps would take
/// the judge an hour.
///
/// Every client lets both professionals see everything.
pub async fn lay() -> Result<(TempDir, usize), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    std::fs::create_dir(&data)?;
    let storage = SqliteStorage::open(&data.join("opstap.db"))?;
    let drawn = Drawn(Mutex::new(Draw::from_seed(7)));
    let service = Service::open(storage, Arc::new(MachineClock), Arc::new(drawn), Arc::new(())).await?;
    let organisation = service.create_organisation("Meetveld").await?;
    let supervisor = service.add_person(organisation, OrganisationRole::Professional, "Marloes").await?;
    let worker = service.add_person(organisation, OrganisationRole::Professional, "Tim").await?;
    service.add_person(organisation, OrganisationRole::Administrator, "Beheer").await?;
    let mut records = 0;
    for place in 0..CLIENTS {
        let name = format!("client-{place:03}");
        let client = service.add_person(organisation, OrganisationRole::Participant, &name).await?;
        let member = |person, relation, name: &str| Member {
            person,
            relation,
            name: name.to_owned(),
            called: None,
            phone: None,
            face: None,
            order: None,
        };
        let members = [
            member(client, Relation::Client, &name),
            member(supervisor, Relation::Supervisor, "Marloes"),
            member(worker, Relation::SupportWorker, "Tim"),
        ];
        let circle = service.create_circle(organisation, CircleKind::Client, &members).await?;
        let mut device = [0; 16];
        device[..8].copy_from_slice(&u64::try_from(place)?.to_be_bytes());
        let author = Author { device: DeviceId(device), place: u32::try_from(place)? };
        let year = a_year(author, &[supervisor, worker], now());
        records += year.len();
        service
            .storage()
            .write(move |txn| {
                for record in &year {
                    txn.put_record(circle, record)?;
                }
                Ok(())
            })
            .await?;
    }
    Ok((folder, records))
}
