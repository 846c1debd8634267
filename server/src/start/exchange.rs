//! `opstap import`, `undo-import`, `export` and `report`: a programme to and from files, beside a running server or without one.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::sync::Arc;

use opstap_core::{Day, Millis, Record};
use opstap_insight::{Programme, programme_rows, programme_settings};
use opstap_sync_server::{Clock, Service};

use super::StartError;
use super::opened::open_beside;
use crate::database::Database;
use crate::exchange::form::{FileRow, is_number};
use crate::exchange::holdings::{file_row, number_of};
use crate::exchange::plan::{ImportPlan, plan};
use crate::exchange::report::{Reader, Told};
use crate::exchange::undo::{UndoPlan, names, undo_plan};
use crate::exchange::{ExchangeError, Office, grid, read, write};
use crate::settings::{Export, Import, Report, UndoImport, Whose};
use crate::world::{OsRandomness, SystemClock};

/// So many changed cells are listed one by one before a line says how many more there are.
const MOST_LISTED: usize = 50;

/// Imports a file: all of it or, when anything in it is wrong, nothing.
///
/// # Errors
/// When there is no data, or the file is not as it should be, or nobody agreed.
pub async fn import(settings: &Import) -> Result<(), StartError> {
    // First of all: a wrong file is told of without looking at any data.
    let rows = file_rows(&settings.file)?;
    let service = service(&settings.whose).await?;
    let office = Office::of(&service, settings.whose.organisation.as_deref()).await?;
    let author = office.author(settings.writing.author.as_deref()).await?;
    let held = office.holdings().await?;
    let known = names(&held.records);
    let name = match &settings.name {
        Some(name) if !is_number(name) => return Err(ExchangeError::NoName(name.clone()).into()),
        Some(name) => name.clone(),
        None => name_for(&settings.file, SystemClock.now(), &known),
    };
    let plan = plan(office.organisation.id, &rows, &held.now(), &name);
    tell_import(&plan, rows.len(), &office.organisation.name)?;
    if plan.acts.is_empty() {
        return Ok(());
    }
    if known.contains(&name) {
        return Err(ExchangeError::NameTaken(name).into());
    }
    agreed(settings.writing.yes)?;
    office.write((&SystemClock, &OsRandomness), author, &held, plan.acts).await?;
    let mut terminal = io::stdout().lock();
    writeln!(terminal, "Written as the import {name}.")?;
    writeln!(terminal, "`opstap undo-import {name}` takes it back. Phones hear of it when they sync next.")?;
    Ok(())
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
    let known = names(&held.records);
    if !known.contains(&settings.name) {
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

/// Writes the rows to a file.
///
/// # Errors
/// When there is no data, or the file cannot be written.
pub async fn export(settings: &Export) -> Result<(), StartError> {
    let file = settings.file.display().to_string();
    let ending = settings.file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let service = service(&settings.whose).await?;
    let office = Office::of(&service, settings.whose.organisation.as_deref()).await?;
    let held = programme_rows(&office.records().await?);
    let rows: Vec<FileRow> = held.iter().map(file_row).collect();
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
    let records = office.records().await?;
    let rows = programme_rows(&records);
    let day = settings.on.unwrap_or_else(|| Day::of(SystemClock.now()));
    let programme = Programme::of(&rows, programme_settings(&records).as_ref(), day);
    let reader = if settings.outside { Reader::Outside } else { Reader::Organisation };
    let of = (office.organisation.name.as_str(), day);
    let told = Told::of(of, &programme, &rows, (reader, settings.language))?;
    let mut terminal = io::stdout().lock();
    terminal.write_all(told.written(settings.format).as_bytes())?;
    Ok(terminal.flush()?)
}

async fn service(whose: &Whose) -> Result<Service<Database>, StartError> {
    let Some(database) = open_beside(&whose.data).await? else {
        return Err(StartError::NothingYet { folder: whose.data.data.display().to_string() });
    };
    Ok(Service::open(database, Arc::new(SystemClock), Arc::new(OsRandomness), Arc::new(())).await?)
}

/// The rows of a file. Its faults go to standard error, a line each.
fn file_rows(path: &Path) -> Result<Vec<(u64, FileRow)>, ExchangeError> {
    let file = path.display().to_string();
    let unusable = |cause| ExchangeError::File { file: path.display().to_string(), cause };
    let mut bytes = Vec::new();
    let opened = File::open(path).map_err(unusable)?;
    opened.take(grid::MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unusable)?;
    if bytes.len() as u64 > grid::MOST_BYTES {
        return Err(ExchangeError::TooLarge(file));
    }
    let lines = grid::lines(&bytes).map_err(|cause| ExchangeError::Unreadable { file: file.clone(), cause })?;
    read::rows(&lines).map_err(|faults| {
        let mut errors = io::stderr().lock();
        for fault in &faults {
            // Nobody is there to hear that standard error is closed.
            let _ = writeln!(errors, "{fault}");
        }
        ExchangeError::Faults { file, faults: faults.len() }
    })
}

/// A name for an import that says what it was and when (UTC), and that no other has.
fn name_for(file: &Path, now: Millis, known: &BTreeSet<String>) -> String {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let plain: String = stem.chars().map(|sign| if sign.is_ascii_alphanumeric() { sign } else { '-' }).collect();
    let plain: String = plain.trim_start_matches('-').chars().take(24).collect();
    let seconds = now.0 / 1_000 % 86_400;
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let moment = format!("{}T{hour:02}{minute:02}{second:02}", Day::of(now).written());
    let name = if plain.is_empty() { format!("import-{moment}") } else { format!("{plain}-{moment}") };
    let again = (2_u32..).map(|nth| format!("{name}-{nth}"));
    std::iter::once(name.clone()).chain(again).find(|name| !known.contains(name)).unwrap_or(name)
}

fn tell_import(plan: &ImportPlan, rows: usize, organisation: &str) -> io::Result<()> {
    let mut terminal = io::stdout().lock();
    let (new, changed, unchanged) = (plan.new.len(), plan.changed_rows, plan.unchanged);
    writeln!(terminal, "{rows} rows for {organisation}: {new} new, {changed} changed, {unchanged} unchanged")?;
    for cell in plan.changed.iter().take(MOST_LISTED) {
        let becomes = if cell.becomes.is_empty() { "empty" } else { &cell.becomes };
        writeln!(terminal, "line {}, {}: {} becomes {becomes}", cell.line, cell.number, cell.column)?;
    }
    if plan.changed.len() > MOST_LISTED {
        writeln!(terminal, "and {} cells more", plan.changed.len() - MOST_LISTED)?;
    }
    if plan.acts.is_empty() {
        writeln!(terminal, "There is nothing to write.")?;
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
fn agreed(yes: bool) -> Result<(), ExchangeError> {
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
