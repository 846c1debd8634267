//! `opstap lease`: how long a member's copy of a circle may be used without word from the server.

use std::io::{self, Write};
use std::sync::Arc;

use opstap_sync_server::Service;

use super::StartError;
use super::opened::open_beside;
use crate::settings::Lease;
use crate::world::{OsRandomness, SystemClock};

/// Sets it for every organisation of this server. Phones hear it with their next sync.
///
/// # Errors
/// When there is no data yet, or the database does not work.
pub async fn set_lease(settings: &Lease) -> Result<(), StartError> {
    let Some(database) = open_beside(&settings.data).await? else {
        return Err(StartError::NothingYet { folder: settings.data.data.display().to_string() });
    };
    let service = Service::open(database, Arc::new(SystemClock), Arc::new(OsRandomness), Arc::new(())).await?;
    for organisation in service.organisations().await? {
        service.set_lease(organisation.id, settings.days).await?;
        writeln!(io::stdout(), "{}: {} days", organisation.name, settings.days)?;
    }
    Ok(())
}
