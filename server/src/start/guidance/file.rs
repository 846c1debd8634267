//! The imports of tables: hours, grants and measurements.

use std::path::Path;

use super::{Sent, Task, import, today};
use crate::exchange::grid::{self, Line};
use crate::exchange::{ExchangeError, grid::lines};
use crate::guidance::import::domains_named;
use crate::guidance::import::{
    Measuring, Read, plan_grants, plan_hours, plan_measurements, read_grants, read_hours, read_measurements,
};
use crate::guidance::instruments::{Instruments, NoInstrument, fitting};
use crate::settings::{Import, Measurements};
use crate::start::StartError;
use crate::start::exchange::read_bytes;

pub(super) async fn hours(settings: &Import) -> Result<(), StartError> {
    let read = read_hours(&table(&settings.file)?, today());
    import(task(settings), sent(read), None, |row| &row.client, plan_hours).await
}

pub(super) async fn grants(settings: &Import) -> Result<(), StartError> {
    let read = read_grants(&table(&settings.file)?);
    import(task(settings), sent(read), None, |row| &row.client, plan_grants).await
}

pub(super) async fn measurements(settings: &Measurements) -> Result<(), StartError> {
    let table = table(&settings.import.file)?;
    let meant = Instruments::known(&settings.import.whose.data.data)
        .called(&settings.instrument)
        .map_err(ExchangeError::Instrument)?;
    let Some(instrument) = fitting(&meant, &domains_named(&table)) else {
        let (name, known) = (settings.instrument.clone(), String::new());
        return Err(ExchangeError::Instrument(NoInstrument::Unknown { name, known }).into());
    };
    let read = read_measurements(&table, instrument);
    let measuring = Measuring { instrument, first: settings.first, second: settings.second, today: today() };
    let plan = |rows: &[_], parties: &mut _, name: &str| plan_measurements(rows, parties, name, measuring);
    import(task(&settings.import), sent(read), None, |row| &row.client, plan).await
}

fn task(settings: &Import) -> Task<'_> {
    let Import { file, name, writing, whose } = settings;
    Task { file: file.display().to_string(), name: name.as_ref(), writing, whose, makes: true }
}

fn sent<T>(read: Read<T>) -> Sent<T> {
    Sent { rows: read.rows, faults: read.faults }
}

/// The lines of a file.
pub(super) fn table(path: &Path) -> Result<Vec<Line>, ExchangeError> {
    let bytes = read_bytes(path, grid::MOST_BYTES)?;
    lines(&bytes).map_err(|cause| ExchangeError::Unreadable { file: path.display().to_string(), cause })
}
