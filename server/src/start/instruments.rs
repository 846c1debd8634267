//! `opstap instruments`: those that ship and those of the organisation's own, beside a running server or without one.

use std::io::{self, Write};

use opstap_core::plan_format::Language;

use super::StartError;
use crate::guidance::instruments::{Instruments, own};
use crate::settings::InstrumentsCommand;

/// Lists, adds or takes away.
///
/// # Errors
/// When a file is no instrument, or the data folder cannot be used.
pub fn instruments(command: &InstrumentsCommand) -> Result<(), StartError> {
    let mut terminal = io::stdout().lock();
    match command {
        InstrumentsCommand::List { data } => {
            let shipped = Instruments::shipped();
            for one in Instruments::known(&data.data).all() {
                let whose = if shipped.one(&one.id).is_some() { "" } else { " (your own)" };
                writeln!(terminal, "{}  {}{whose}", one.id, one.name.get(Language::Dutch))?;
            }
        }
        InstrumentsCommand::Add { file, data } => {
            let (one, replaced) = own::add(&data.data, file)?;
            let what = if replaced { "takes the place of the one before" } else { "is added" };
            writeln!(terminal, "{} {what}: {}.", one.id, one.name.get(Language::Dutch))?;
            writeln!(terminal, "Devices fetch it when somebody opens goals or an evaluation, at most once an hour.")?;
        }
        InstrumentsCommand::Remove { id, data } => {
            own::remove(&data.data, id)?;
            writeln!(
                terminal,
                "{id} is taken away. What was measured with it is kept, and shown once it is added again."
            )?;
        }
    }
    Ok(())
}
