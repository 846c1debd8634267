//! `opstap import` and `opstap report` on guidance, beside a running server or without one: the hours of a duo, grants, measurements and
//! allocations in the circles of clients, and the reports on them.

mod allocations;
mod file;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

use opstap_core::instrument::Instrument;
use opstap_core::{CircleId, Day, RecordId};
use opstap_insight::programme_rows;
use opstap_sync_server::{Clock, Randomness, Service};

use super::StartError;
use super::exchange::{agreed, service};
use crate::database::Database;
use crate::exchange::form::is_number;
use crate::exchange::past::name_for;
use crate::exchange::plan::Becomes;
use crate::exchange::shown::MOST_SHOWN;
use crate::exchange::{ExchangeError, Office};
use crate::guidance::import::{Fault, Parties, Plan, Seeking, Spot, write};
use crate::guidance::instruments::Instruments;
use crate::guidance::report::{EffectReport, FollowingReport, HoursReport, Words, clients_of, followed};
use crate::guidance::undo::Past;
use crate::lists::Local;
use crate::settings::{self, Importing, Reporting, Telling, Whose, Writing};
use crate::world::{OsRandomness, SystemClock};

/// Imports whatever is asked for.
///
/// # Errors
/// When there is no data, or a file is not as it should be, or nobody agreed.
pub async fn import_any(what: &Importing) -> Result<(), StartError> {
    match what {
        Importing::TravelProgramme(settings) => super::exchange::import(settings).await,
        Importing::Hours(settings) => file::hours(settings).await,
        Importing::Grants(settings) => file::grants(settings).await,
        Importing::Measurements(settings) => file::measurements(settings).await,
        Importing::Allocations(settings) => allocations::import_messages(settings).await,
    }
}

/// Reports on whatever is asked for.
///
/// # Errors
/// When there is no data, or no such instrument.
pub async fn report_on(what: &Reporting) -> Result<(), StartError> {
    match what {
        Reporting::TravelProgramme(settings) => super::exchange::report(settings).await,
        Reporting::Hours(settings) => hours(settings).await,
        Reporting::Effect(settings) => effect(settings).await,
        Reporting::Following(settings) => following(settings).await,
    }
}

fn today() -> Day {
    Day::of(SystemClock.now())
}

/// What is imported, and how.
struct Task<'a> {
    /// What the file is called where it is told of.
    file: String,
    /// The name of the import, where somebody chose one.
    name: Option<&'a String>,
    writing: &'a Writing,
    whose: &'a Whose,
    /// Whether clients whom nobody is called like are new.
    makes: bool,
}

/// The rows of a file with what is at fault in it.
struct Sent<T> {
    rows: Vec<(Spot, T)>,
    faults: Vec<Fault>,
}

/// Imports the rows of a file: all of them or, when anything is at fault, none. `client` says whose a row is, `plan` what it would write.
async fn import<T>(
    task: Task<'_>,
    sent: Sent<T>,
    opened: Option<Service<Database>>,
    client: impl Fn(&T) -> &str,
    plan: impl FnOnce(&[(Spot, T)], &mut Parties, &str) -> Plan,
) -> Result<(), StartError> {
    // First of all: of a wrong file is told where there is no data too.
    let opened = match opened {
        Some(opened) => Ok(opened),
        None => service(task.whose).await,
    };
    let service = match opened {
        Err(_) if !sent.faults.is_empty() => return Err(refused(&task.file, &sent.faults, sent.rows.len()).into()),
        opened => opened?,
    };
    let office = Office::of(&service, task.whose.organisation.as_deref()).await?;
    let author = office.author(task.writing.author.as_deref()).await?;
    let numbers = numbers(&office).await?;
    let seeking =
        Seeking { organisation: office.organisation.id, author: author.0, numbers: &numbers, makes: task.makes };
    let named: Vec<(Spot, String)> =
        sent.rows.iter().map(|(spot, row)| (spot.clone(), client(row).to_owned())).collect();
    let (mut parties, mut faults) = Parties::find(&service, seeking, &named, fresh_circle).await?;
    let known = if task.name.is_some() { known_names(&service, &office, author.0).await? } else { BTreeSet::new() };
    let name = name_of(&task, &known)?;
    let mut planned = plan(&sent.rows, &mut parties, &name);
    faults.extend(sent.faults);
    faults.append(&mut planned.faults);
    faults.sort_by(|a, b| a.spot.cmp(&b.spot));
    tell(&planned, &parties, &office.organisation.name)?;
    if !faults.is_empty() {
        let at_fault: BTreeSet<&Spot> = faults.iter().map(|fault| &fault.spot).collect();
        let good = planned.rows.iter().filter(|row| !at_fault.contains(&row.spot)).count();
        return Err(refused(&task.file, &faults, good).into());
    }
    if planned.acts.is_empty() {
        writeln!(io::stdout(), "There is nothing to write.")?;
        return Ok(());
    }
    if known.contains(&name) {
        return Err(ExchangeError::NameTaken(name).into());
    }
    agreed(task.writing.yes)?;
    let ports = (&SystemClock as &dyn Clock, &OsRandomness as &dyn Randomness);
    let written = write(&service, ports, (office.organisation.id, author), &parties, planned.acts).await;
    // Of what was written in part the name is said too: under it that part is taken back.
    if !matches!(written, Ok(()) | Err(ExchangeError::PartWritten { .. })) {
        return Ok(written?);
    }
    let mut terminal = io::stdout().lock();
    writeln!(terminal, "Written as the import {name}.")?;
    writeln!(terminal, "`opstap undo-import {name}` takes it back. Phones hear of it when they sync next.")?;
    Ok(written?)
}

/// The name of an import: the chosen one, or one that says of which file it was and when.
fn name_of(task: &Task<'_>, known: &BTreeSet<String>) -> Result<String, ExchangeError> {
    match task.name {
        Some(name) if !is_number(name) => Err(ExchangeError::NoName(name.clone())),
        Some(name) => Ok(name.clone()),
        None => {
            let stem = Path::new(&task.file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
            Ok(name_for(&stem.unwrap_or_default(), SystemClock.now(), known))
        }
    }
}

fn fresh_circle() -> CircleId {
    let mut bytes = opstap_core::id::Randomness::default();
    OsRandomness.fill(&mut bytes);
    CircleId::new(SystemClock.now(), bytes)
}

/// The rows of the programme, by number.
async fn numbers(office: &Office<'_, Database>) -> Result<BTreeMap<String, RecordId>, ExchangeError> {
    let rows = programme_rows(&office.records().await?);
    Ok(rows.into_iter().filter_map(|row| Some((row.registration.number?, row.id))).collect())
}

/// The names of all imports there were.
async fn known_names(
    service: &Service<Database>,
    office: &Office<'_, Database>,
    author: opstap_core::PersonId,
) -> Result<BTreeSet<String>, ExchangeError> {
    let mut known = crate::exchange::undo::names(&office.holdings().await?.records);
    let everybody = Parties::everybody(service, office.organisation.id, author).await?;
    known.append(&mut Past::of(service, everybody).await?.names());
    Ok(known)
}

/// Names the faults of a file, a line each on standard error.
fn refused(file: &str, faults: &[Fault], good: usize) -> ExchangeError {
    let mut errors = io::stderr().lock();
    for fault in faults {
        // Nobody is there to hear that standard error is closed.
        let _ = writeln!(errors, "{fault}");
    }
    let _ = writeln!(errors, "The other rows are as they should be: {good}.");
    ExchangeError::Faults { file: file.to_owned(), faults: faults.len() }
}

/// Tells what would be written: of the first rows what each says, and what happens to clients and circles.
fn tell(plan: &Plan, parties: &Parties, organisation: &str) -> io::Result<()> {
    let mut terminal = io::stdout().lock();
    let [new, changed, same] = [Becomes::New, Becomes::Changed, Becomes::Same].map(|becomes| plan.count(becomes));
    let all = plan.rows.len();
    writeln!(terminal, "{all} rows for {organisation}: {new} new, {changed} changed, {same} unchanged")?;
    let told = |is: fn(&crate::guidance::import::Party) -> bool| {
        let names: Vec<&str> =
            parties.all().iter().filter(|party| is(party)).map(|party| party.name.as_str()).collect();
        (names.len(), names.join(", "))
    };
    let (count, names) = told(|party| party.is_new);
    if count > 0 {
        writeln!(terminal, "{count} clients are new, and each gets a circle: {names}")?;
    }
    let (count, names) = told(|party| party.joins);
    if count > 0 {
        writeln!(terminal, "In {count} circles the author is not yet, and becomes a coordinator there: {names}")?;
    }
    for note in &plan.notes {
        writeln!(terminal, "{note}")?;
    }
    let of = |becomes| plan.rows.iter().filter(move |row| row.becomes == becomes);
    let in_order = [Becomes::Changed, Becomes::New, Becomes::Same].into_iter().flat_map(of);
    for row in in_order.take(MOST_SHOWN) {
        writeln!(terminal, "{row}")?;
    }
    if all > MOST_SHOWN {
        writeln!(terminal, "and {} more", all - MOST_SHOWN)?;
    }
    Ok(())
}

/// Takes an import of guidance back; `None` where there was none of that name, and then all names that there are.
pub(super) async fn undo(
    service: &Service<Database>,
    office: &Office<'_, Database>,
    settings: &settings::UndoImport,
) -> Result<Option<BTreeSet<String>>, StartError> {
    let author = office.author(settings.writing.author.as_deref()).await?;
    let everybody = Parties::everybody(service, office.organisation.id, author.0).await?;
    let past = Past::of(service, everybody).await?;
    let names = past.names();
    if !names.contains(&settings.name) {
        return Ok(Some(names));
    }
    let plan = past.plan(&settings.name);
    let mut terminal = io::stdout();
    writeln!(terminal, "{} records go, {} are put back as they were", plan.gone, plan.put_back)?;
    for (client, count) in &plan.stay {
        writeln!(terminal, "{client}: {count} stay, since somebody went on with them")?;
    }
    if plan.acts.is_empty() {
        writeln!(terminal, "There is nothing to take back.")?;
        return Ok(None);
    }
    agreed(settings.writing.yes)?;
    let ports = (&SystemClock as &dyn Clock, &OsRandomness as &dyn Randomness);
    write(service, ports, (office.organisation.id, author), &past.parties, plan.acts).await?;
    writeln!(terminal, "The import {} is taken back.", settings.name)?;
    Ok(None)
}

async fn hours(settings: &settings::HoursReport) -> Result<(), StartError> {
    let Telling { format, language, from, to, whose } = &settings.telling;
    let service = service(whose).await?;
    let office = Office::of(&service, whose.organisation.as_deref()).await?;
    let clients = clients_of(&service, office.organisation.id).await?;
    let words = Words::of(*language).map_err(ExchangeError::Words)?;
    let report = HoursReport::of(&office.organisation.name, &clients, (*from, *to));
    print(&report.written(*format, &words, settings.weeks))
}

async fn effect(settings: &settings::EffectReport) -> Result<(), StartError> {
    let Telling { format, language, from, to, whose } = &settings.telling;
    let known = Instruments::known(&whose.data.data);
    let instruments: Vec<Instrument> = match &settings.instrument {
        Some(name) => known.called(name).map_err(ExchangeError::Instrument)?,
        None => known.all().to_vec(),
    };
    let service = service(whose).await?;
    let office = Office::of(&service, whose.organisation.as_deref()).await?;
    let clients = clients_of(&service, office.organisation.id).await?;
    let words = Words::of(*language).map_err(ExchangeError::Words)?;
    let report = EffectReport::of(&office.organisation.name, &clients, &instruments, (*from, *to));
    print(&report.written(*format, &words))
}

async fn following(settings: &Telling) -> Result<(), StartError> {
    let Telling { format, language, from, to, whose } = settings;
    let service = service(whose).await?;
    let office = Office::of(&service, whose.organisation.as_deref()).await?;
    let read = followed(&service, office.organisation.id).await?;
    let words = Words::of(*language).map_err(ExchangeError::Words)?;
    let today = Local::of(SystemClock.now()).day;
    let report = FollowingReport::of(&office.organisation.name, &read, (*from, *to), today);
    print(&report.written(*format, &words))
}

fn print(told: &str) -> Result<(), StartError> {
    let mut terminal = io::stdout().lock();
    terminal.write_all(told.as_bytes())?;
    Ok(terminal.flush()?)
}
