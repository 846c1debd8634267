//! `opstap import`, `undo-import`, `export` and `report` of a programme: a programme to and from files, beside a running server or without one.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::sync::Arc;

use opstap_core::{Day, Record};
use opstap_insight::programme_rows;
use opstap_sync_server::{Clock, Service};

use super::StartError;
use super::opened::open_beside;
use crate::database::Database;
use crate::exchange::form::{FileRow, is_number};
use crate::exchange::holdings::{file_rows, number_of};
use crate::exchange::past::name_for;
use crate::exchange::plan::{ImportPlan, plan};
use crate::exchange::read::Held;
use crate::exchange::report::Reader;
use crate::exchange::shown::{MOST_SHOWN, rows_shown};
use crate::exchange::undo::{UndoPlan, names, undo_plan};
use crate::exchange::{self, ExchangeError, Office, grid, write};
use crate::settings::{Exchanged, Export, Import, Report, UndoImport, Whose};
use crate::world::{OsRandomness, SystemClock};

/// Imports a file: all of it or, when anything in it is wrong, nothing.
///
/// # Errors
/// When there is no data, or the file is not as it should be, or nobody agreed.
pub async fn import(settings: &Import) -> Result<(), StartError> {
    // First of all: of a wrong file is told where there is no data too.
    let file = read_file(&settings.file)?;
    let service = match service(&settings.whose).await {
        Err(_) if !file.faults.is_empty() => return Err(refused(&settings.file, &file).into()),
        opened => opened?,
    };
    let office = Office::of(&service, settings.whose.organisation.as_deref()).await?;
    let author = office.author(settings.writing.author.as_deref()).await?;
    let held = office.holdings().await?;
    let file = file.beside(&held.now());
    let rows = &file.rows;
    let known = names(&held.records);
    let name = match &settings.name {
        Some(name) if !is_number(name) => return Err(ExchangeError::NoName(name.clone()).into()),
        Some(name) => name.clone(),
        None => {
            let stem = settings.file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            name_for(&stem, SystemClock.now(), &known)
        }
    };
    let plan = plan(office.organisation.id, rows, &held.now(), &name);
    tell_import(&plan, rows, &office.organisation.name)?;
    if !file.faults.is_empty() {
        return Err(refused(&settings.file, &file).into());
    }
    if plan.acts.is_empty() {
        writeln!(io::stdout(), "There is nothing to write.")?;
        return Ok(());
    }
    if known.contains(&name) {
        return Err(ExchangeError::NameTaken(name).into());
    }
    agreed(settings.writing.yes)?;
    let written = office.write((&SystemClock, &OsRandomness), author, &held, plan.acts).await;
    // Of what was written in part the name is said too: under it that part is taken back.
    if !matches!(written, Ok(()) | Err(ExchangeError::PartWritten { .. })) {
        return Ok(written?);
    }
    let mut terminal = io::stdout().lock();
    writeln!(terminal, "Written as the import {name}.")?;
    writeln!(terminal, "`opstap undo-import {name}` takes it back. Phones hear of it when they sync next.")?;
    Ok(written?)
}

/// Takes an import back.
///
/// # Errors
/// When there is no data, or no such import, or nobody agreed.
pub async fn undo_import(settings: &UndoImport) -> Result<(), StartError> {
    let service = service(&settings.whose).await?;
    let office = Office::of(&service, settings.whose.organisation.as_deref()).await?;
    let author = office.author(settings.writing.author.as_deref()).await?;
    let held = office.holdings().await?;
    let mut known = names(&held.records);
    if !known.contains(&settings.name) {
        let Some(mut others) = super::guidance::undo(&service, &office, settings).await? else { return Ok(()) };
        known.append(&mut others);
        let known = if known.is_empty() { "none".to_owned() } else { Vec::from_iter(known).join(", ") };
        return Err(ExchangeError::NoSuchImport { name: settings.name.clone(), known }.into());
    }
    let plan = undo_plan(&held.records, &settings.name);
    tell_undo(&plan, &held.now())?;
    if plan.acts.is_empty() {
        return Ok(());
    }
    agreed(settings.writing.yes)?;
    office.write((&SystemClock, &OsRandomness), author, &held, plan.acts).await?;
    writeln!(io::stdout(), "The import {} is taken back.", settings.name)?;
    Ok(())
}

/// Writes the rows to a file, or everything there is.
///
/// # Errors
/// When there is no data, or the file cannot be written.
pub async fn export(settings: &Export) -> Result<(), StartError> {
    if settings.what == Exchanged::Everything {
        return super::everything::export(settings).await;
    }
    let file = settings.file.display().to_string();
    let ending = settings.file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let service = service(&settings.whose).await?;
    let office = Office::of(&service, settings.whose.organisation.as_deref()).await?;
    let rows = file_rows(&programme_rows(&office.records().await?));
    let bytes = match ending.as_deref() {
        Some("csv") => write::as_text(&rows).into_bytes(),
        Some("xlsx") => write::as_spreadsheet(&rows).map_err(ExchangeError::Spreadsheet)?,
        _ => return Err(ExchangeError::WhichForm(file).into()),
    };
    let made = File::create_new(&settings.file).and_then(|mut made| made.write_all(&bytes));
    made.map_err(|cause| match cause.kind() {
        io::ErrorKind::AlreadyExists => ExchangeError::IsThere(file.clone()),
        _ => ExchangeError::File { file: file.clone(), cause },
    })?;
    writeln!(io::stdout(), "{} rows are in {file}.", rows.len())?;
    Ok(())
}

/// Prints the figures.
///
/// # Errors
/// When there is no data.
pub async fn report(settings: &Report) -> Result<(), StartError> {
    let service = service(&settings.whose).await?;
    let office = Office::of(&service, settings.whose.organisation.as_deref()).await?;
    let day = settings.on.unwrap_or_else(|| Day::of(SystemClock.now()));
    let reader = if settings.outside { Reader::Outside } else { Reader::Organisation };
    let of = (office.organisation.name.as_str(), day);
    let told = exchange::report::report(of, &office.records().await?, (reader, settings.language), settings.format)?;
    let mut terminal = io::stdout().lock();
    terminal.write_all(told.as_bytes())?;
    Ok(terminal.flush()?)
}

pub(super) async fn service(whose: &Whose) -> Result<Service<Database>, StartError> {
    let Some(database) = open_beside(&whose.data).await? else {
        return Err(StartError::NothingYet { folder: whose.data.data.display().to_string() });
    };
    Ok(Service::open(database, Arc::new(SystemClock), Arc::new(OsRandomness), Arc::new(())).await?)
}

/// What a file holds.
fn read_file(path: &Path) -> Result<Held, ExchangeError> {
    let bytes = read_bytes(path, grid::MOST_BYTES)?;
    exchange::held(&bytes).map_err(|cause| ExchangeError::Unreadable { file: path.display().to_string(), cause })
}

/// The bytes of a file of at most so many.
pub(super) fn read_bytes(path: &Path, most: u64) -> Result<Vec<u8>, ExchangeError> {
    let unusable = |cause| ExchangeError::File { file: path.display().to_string(), cause };
    let mut bytes = Vec::new();
    let opened = File::open(path).map_err(unusable)?;
    opened.take(most + 1).read_to_end(&mut bytes).map_err(unusable)?;
    if bytes.len() as u64 > most {
        return Err(ExchangeError::TooLarge { file: path.display().to_string(), most: most / 1_000_000 });
    }
    Ok(bytes)
}

/// Names the faults of a file, a line each on standard error.
fn refused(path: &Path, file: &Held) -> ExchangeError {
    let mut errors = io::stderr().lock();
    for fault in &file.faults {
        // Nobody is there to hear that standard error is closed.
        let _ = writeln!(errors, "{fault}");
    }
    let _ = writeln!(errors, "The other rows are as they should be: {}.", file.rows.len());
    ExchangeError::Faults { file: path.display().to_string(), faults: file.faults.len() }
}

/// Tells of the rows that are as they should be, each with what it says, as the app does.
fn tell_import(plan: &ImportPlan, rows: &[(u64, FileRow)], organisation: &str) -> io::Result<()> {
    let mut terminal = io::stdout().lock();
    let (new, changed, unchanged) = (plan.new.len(), plan.changed_rows, plan.unchanged);
    let all = rows.len();
    writeln!(terminal, "{all} rows for {organisation}: {new} new, {changed} changed, {unchanged} unchanged")?;
    for row in rows_shown(rows, plan) {
        writeln!(terminal, "{row}")?;
    }
    if all > MOST_SHOWN {
        writeln!(terminal, "and {} more", all - MOST_SHOWN)?;
    }
    Ok(())
}

fn tell_undo(plan: &UndoPlan, records: &[Record]) -> io::Result<()> {
    let mut terminal = io::stdout().lock();
    writeln!(terminal, "{} rows go, {} are put back as they were", plan.gone, plan.put_back)?;
    let stay = programme_rows(records).into_iter().filter(|row| plan.stay.contains(&row.id));
    for row in stay {
        writeln!(terminal, "{} stays, since somebody went on with it", number_of(&row))?;
    }
    if plan.acts.is_empty() {
        writeln!(terminal, "There is nothing to take back.")?;
    }
    Ok(())
}

/// Whether somebody says yes: beforehand, or in the terminal.
pub(super) fn agreed(yes: bool) -> Result<(), ExchangeError> {
    if yes {
        return Ok(());
    }
    if io::stdin().is_terminal() {
        let mut terminal = io::stdout();
        write!(terminal, "Write this? (yes/no) ")?;
        terminal.flush()?;
        let mut answer = String::new();
        io::stdin().read_line(&mut answer)?;
        if ["y", "yes", "j", "ja"].contains(&answer.trim().to_lowercase().as_str()) {
            return Ok(());
        }
    }
    Err(ExchangeError::NotAgreed)
}
