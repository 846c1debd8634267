//! `opstap link`: new sign-in links, made beside a running server or without one.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use opstap_core::model::Person;
use opstap_sync_server::{Service, Storage};

use super::StartError;
use super::opened::open_beside;
use crate::first_start::Account;
use crate::links;
use crate::settings::Link;
use crate::world::{OsRandomness, SystemClock};

/// How long a link on the console works unless it is used before: a day. Whoever reads the console is in charge of the data anyway.
pub const CONSOLE_VALID: u64 = 24 * 60 * 60 * 1_000;

/// Prints a link for one person, or for everybody.
///
/// # Errors
/// When there is no data, or nobody of that name.
pub async fn print_link(settings: &Link) -> Result<(), StartError> {
    let Some(database) = open_beside(&settings.data).await? else {
        return Err(StartError::NothingYet { folder: settings.data.data.display().to_string() });
    };
    let service = Service::open(database, Arc::new(SystemClock), Arc::new(OsRandomness), Arc::new(())).await?;
    let mut accounts = everybody(&service).await?;
    if let Some(wanted) = &settings.person {
        accounts.retain(|account| {
            account.name.to_lowercase() == wanted.to_lowercase() || account.person.to_string() == *wanted
        });
        if accounts.is_empty() {
            return Err(StartError::Nobody(wanted.clone()));
        }
    }
    let with_qr = settings.links.draws_qr(io::stdout().is_terminal());
    write(&service, &accounts, &settings.links.base(None), with_qr).await
}

/// Everybody with an account.
pub(super) async fn everybody<S: Storage>(service: &Service<S>) -> Result<Vec<Account>, StartError> {
    let mut accounts = Vec::new();
    for organisation in service.organisations().await? {
        let persons = service.persons(organisation.id).await?;
        accounts.extend(persons.into_iter().map(|row| Account { person: row.id, name: row.name, role: row.role }));
    }
    Ok(accounts)
}

/// Makes a link for each and writes them to the terminal.
pub(super) async fn write<S: Storage>(
    service: &Service<S>,
    accounts: &[Account],
    base: &str,
    with_qr: bool,
) -> Result<(), StartError> {
    let mut text = Vec::new();
    for account in accounts {
        let invitation = service.invite(account.person, CONSOLE_VALID).await?;
        let person = Person { id: account.person, role: account.role };
        let bundle = links::bundle_of(service.storage(), person).await?;
        let address = links::address(base, bundle, &invitation.long);
        links::write(&mut text, &account.name, &address, with_qr)?;
    }
    let mut terminal = io::stdout().lock();
    writeln!(
        terminal,
        "Each link signs one browser in, once, within 24 hours. `opstap link NAME` prints a new one.\n"
    )?;
    terminal.write_all(&text)?;
    Ok(terminal.flush()?)
}
