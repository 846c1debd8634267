//! The program `opstap`.

use std::process::ExitCode;

use clap::Parser;
use opstap_server::settings::{Arguments, Command, Gtfs, GtfsCommand, LogFormat};
use opstap_server::{log, start};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command.unwrap_or(Command::Serve(arguments.serve)) {
        Command::Serve(settings) => {
            log::start(settings.log_format, &settings.log);
            start::serve(&settings).await
        }
        Command::Link(settings) => {
            log::start(LogFormat::Text, "warn");
            start::print_link(&settings).await
        }
        Command::Lease(settings) => {
            log::start(LogFormat::Text, "warn");
            start::set_lease(&settings).await
        }
        Command::Backup(settings) => {
            log::start(LogFormat::Text, "warn");
            start::back_up(&settings).await
        }
        Command::Restore(settings) => {
            log::start(LogFormat::Text, "warn");
            start::restore(&settings).await
        }
        Command::Import(settings) => {
            log::start(LogFormat::Text, "warn");
            start::import_any(&settings.what).await
        }
        Command::UndoImport(settings) => {
            log::start(LogFormat::Text, "warn");
            start::undo_import(&settings).await
        }
        Command::Export(settings) => {
            log::start(LogFormat::Text, "warn");
            start::export(&settings).await
        }
        Command::Report(settings) => {
            log::start(LogFormat::Text, "warn");
            start::report_on(&settings.what).await
        }
        Command::Instruments(settings) => {
            log::start(LogFormat::Text, "warn");
            start::instruments(&settings.command)
        }
        Command::Gtfs(Gtfs { command: GtfsCommand::Import(settings) }) => {
            log::start(LogFormat::Text, "warn");
            start::import_stops(&settings)
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            tracing::error!("{cause}.");
            ExitCode::FAILURE
        }
    }
}
