//! The import of allocations. The messages and the table of clients are read, and nothing that says who somebody is for the state is kept.

use std::io::{self, Write};

use super::file::table;
use super::{Sent, Task, import};
use crate::exchange::{ExchangeError, Office};
use crate::guidance::allocations::{Clients, Codes, MOST_BYTES, read_allocations};
use crate::guidance::circles::circles;
use crate::guidance::import::plan_grants;
use crate::settings::Allocations;
use crate::start::StartError;
use crate::start::exchange::{read_bytes, service};

pub(super) async fn import_messages(settings: &Allocations) -> Result<(), StartError> {
    let several = settings.files.len() > 1;
    let mut messages = Vec::new();
    for path in &settings.files {
        let name = several.then(|| path.display().to_string());
        messages.push((name, read_bytes(path, MOST_BYTES as u64)?));
    }
    let opened = service(&settings.whose).await?;
    let office = Office::of(&opened, settings.whose.organisation.as_deref()).await?;
    let names = circles(&opened, office.organisation.id).await?.into_iter().map(|circle| circle.name).collect();
    let mut clients = Clients::named(names);
    if let Some(path) = &settings.clients {
        let (with_table, wrong) = clients.with_table(&table(path)?);
        if !wrong.is_empty() {
            for fault in &wrong {
                // Nobody is there to hear that standard error is closed.
                let _ = writeln!(io::stderr(), "{}, {fault}", path.display());
            }
            let file = path.display().to_string();
            return Err(ExchangeError::Faults { file, faults: wrong.len() }.into());
        }
        clients = with_table;
    }
    let Allocations { specialist, basic, other, .. } = settings;
    let codes = Codes { specialist: specialist.clone(), basic: basic.clone(), other: other.clone() };
    let read = read_allocations(&messages, &codes, &clients, settings.until);
    let file = settings.files.first().map(|path| path.display().to_string()).unwrap_or_default();
    let task =
        Task { file, name: settings.name.as_ref(), writing: &settings.writing, whose: &settings.whose, makes: false };
    let sent = Sent { rows: read.rows, faults: read.faults };
    import(task, sent, Some(opened.clone()), |row| &row.client, plan_grants).await
}
