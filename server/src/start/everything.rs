//! `opstap export everything`: all circles of an organisation in one open file, beside a running server or without one.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};

use opstap_core::Day;
use opstap_sync_server::Clock as _;

use super::StartError;
use super::exchange::service;
use crate::blobs::BlobFolder;
use crate::exchange::{ExchangeError, Office};
use crate::export::{For, all_of};
use crate::guidance::instruments::Instruments;
use crate::settings::Export;
use crate::world::SystemClock;

/// Writes the file; one that did not come to its end is taken away.
///
/// # Errors
/// When there is no data, or the file cannot be written.
pub async fn export(settings: &Export) -> Result<(), StartError> {
    let file = settings.file.display().to_string();
    if !settings.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
        return Err(ExchangeError::NoZip(file).into());
    }
    let service = service(&settings.whose).await?;
    let office = Office::of(&service, settings.whose.organisation.as_deref()).await?;
    let blobs = BlobFolder::open(&settings.whose.data.data.join("blobs"))?;
    let made = File::create_new(&settings.file).map_err(|cause| match cause.kind() {
        io::ErrorKind::AlreadyExists => ExchangeError::IsThere(file.clone()),
        _ => ExchangeError::File { file: file.clone(), cause },
    })?;
    let now = SystemClock.now();
    let into = (BufWriter::new(made), Instruments::known(&settings.whose.data.data));
    let written = all_of((&service, &blobs), &office.organisation, into, For { person: None, now }).await;
    let circles = match written {
        Ok(circles) => circles,
        Err(why) => {
            // Half an export would be taken for a whole one.
            let _ = fs::remove_file(&settings.file);
            return Err(why.into());
        }
    };
    let (name, day) = (&office.organisation.name, Day::of(now).written());
    writeln!(io::stdout(), "All of {name} on {day} is in {file}: {circles} circles. Keep it in a safe place.")?;
    Ok(())
}
