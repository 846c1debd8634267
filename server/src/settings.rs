//! What can be set, by flag or by environment; `opstap --help` says it all.

mod exchange;
mod gtfs;
mod guidance;
mod instruments;
mod smtp_url;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use lettre::message::Mailbox;

pub use exchange::{Exchanged, Export, Import, Language, Report, ReportFormat, UndoImport, Whose, Writing};
pub use gtfs::{Gtfs, GtfsCommand, GtfsImport};
pub use guidance::{
    Allocations, EffectReport, HoursReport, Importing, Imports, Measurements, Reporting, Reports, Telling,
};
pub use instruments::{InstrumentsCommand, InstrumentsOf};
pub use smtp_url::SmtpUrl;
use smtp_url::{mailbox, smtp_url};

/// Opstap: step plans and travel training on the phone, and the server behind it in one program.
#[derive(Debug, Parser)]
// A flag before a command would count for nothing: `opstap --data d link` asked another folder.
#[command(name = "opstap", version, about, max_term_width = 100, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    /// What to do; `serve` without it.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The settings of `serve` may stand without the word.
    #[command(flatten)]
    pub serve: Serve,
}

/// The things this program does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves the app and keeps the data (this is what happens without a command).
    Serve(Serve),
    /// Prints a new sign-in link for somebody. The server may be running.
    Link(Link),
    /// Sets for how many days phones of members may be used without word from the server; 14 unless set. The server may be running.
    Lease(Lease),
    /// Copies database, journal and blobs into a new folder. The server may be running.
    Backup(Backup),
    /// Puts a backup in the place of the data; what was taken back since then stays taken back. The server must be stopped.
    Restore(Restore),
    /// Imports a file: shows what would be written, and writes it under one name. The server may be running.
    Import(Imports),
    /// Takes an import back as a whole, but for what somebody went on with. The server may be running.
    UndoImport(UndoImport),
    /// Writes registrations to a file that can be imported again, or everything to one in an open form. The server may be running.
    Export(Export),
    /// Prints a report. The server may be running.
    Report(Reports),
    /// Stops and lines to choose from when a route is made, out of a timetable feed (GTFS).
    Gtfs(Gtfs),
    /// The instruments with which is measured: those that come with Opstap, and your own.
    Instruments(InstrumentsOf),
}

/// Where the data stands.
#[derive(Debug, Clone, Args)]
pub struct Data {
    /// The folder with the database and the blobs; it is made when it is not there.
    #[arg(long, env = "OPSTAP_DATA", default_value = "./data", value_name = "FOLDER")]
    pub data: PathBuf,
    /// The journal of withdrawals, removals and devices shut out, which a restore plays again; `journal` in the data folder without it.
    /// On another disk it outlives the data.
    #[arg(long, env = "OPSTAP_JOURNAL", value_name = "FILE")]
    pub journal: Option<PathBuf>,
    /// The PostgreSQL database to use, postgres://…, instead of a file in the data folder. Blobs and journal stay in the folder.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "URL", value_parser = database_url)]
    pub database_url: Option<DatabaseUrl>,
}

/// The address of a database, which may hold a password: it is not shown.
#[derive(Clone)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The address, for whoever connects.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DatabaseUrl")
    }
}

fn database_url(text: &str) -> Result<DatabaseUrl, String> {
    if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        Ok(DatabaseUrl(text.to_owned()))
    } else {
        Err("an address such as postgres://opstap@localhost/opstap was expected".to_owned())
    }
}

impl Data {
    /// Where the journal stands.
    #[must_use]
    pub fn journal(&self) -> PathBuf {
        self.journal.clone().unwrap_or_else(|| self.data.join("journal"))
    }
}

/// What links look like.
#[derive(Debug, Clone, Args)]
pub struct Links {
    /// The address at which people reach this server, for links; http:// and the address of --listen without it.
    #[arg(long, env = "OPSTAP_PUBLIC_URL", value_name = "URL", value_parser = web_address)]
    pub public_url: Option<String>,
    /// The address and port to listen on. Only a proxy with HTTPS in front makes it fit for other machines.
    #[arg(long, env = "OPSTAP_LISTEN", default_value_t = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080), value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// Draws each link as a QR code as well. It is done by itself when a person looks on, in a terminal.
    #[arg(long, overrides_with = "no_qr")]
    qr: bool,
    /// Prints links without a QR code.
    #[arg(long, env = "OPSTAP_NO_QR")]
    no_qr: bool,
}

impl Links {
    /// Whether links are drawn as QR codes too.
    #[must_use]
    pub const fn draws_qr(&self, in_a_terminal: bool) -> bool {
        self.qr || in_a_terminal && !self.no_qr
    }

    /// What links begin with, without a slash at the end. `bound` is where the server listens, once it does.
    #[must_use]
    pub fn base(&self, bound: Option<SocketAddr>) -> String {
        match &self.public_url {
            Some(url) => url.clone(),
            None => {
                let mut address = bound.unwrap_or(self.listen);
                if address.ip().is_unspecified() {
                    // Nobody can open 0.0.0.0: from this machine the loopback address is the right one.
                    address.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
                }
                format!("http://{address}")
            }
        }
    }
}

/// The organisation's mail server.
#[derive(Debug, Clone, Args)]
pub struct MailServer {
    /// The mail server by which people hear that there is something new, smtps://user:password@host:port, or smtp:// for one that
    /// encrypts on request (on this machine it need not). Without it no mail is sent.
    #[arg(long, env = "OPSTAP_SMTP_URL", hide_env_values = true, value_name = "URL", value_parser = smtp_url, requires = "mail_from")]
    pub smtp_url: Option<SmtpUrl>,
    /// The address that mail comes from.
    #[arg(long, env = "OPSTAP_MAIL_FROM", value_name = "ADDRESS", value_parser = mailbox)]
    pub mail_from: Option<Mailbox>,
}

/// How the server runs.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub data: Data,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub links: Links,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub mail: MailServer,
    /// Starts with an organisation and an administrator alone, without the demonstration people.
    #[arg(long, env = "OPSTAP_EMPTY")]
    pub empty: bool,
    /// Tells the demonstration until the first practice alone: for tests, which go on from there.
    #[arg(long, env = "OPSTAP_BEGINNING", hide = true)]
    pub beginning: bool,
    /// The name of the organisation that --empty starts with.
    #[arg(long, env = "OPSTAP_ORGANISATION", default_value = "Opstap", value_name = "NAME")]
    pub organisation: String,
    /// Prints a new sign-in link for everybody at this start.
    #[arg(long = "links")]
    pub show_links: bool,
    /// How the log is written, to standard error.
    #[arg(long, env = "OPSTAP_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    /// What is logged: error, warn, info, debug, or a filter such as info,opstap_server=debug.
    #[arg(long, env = "OPSTAP_LOG", default_value = "info", value_name = "FILTER")]
    pub log: String,
    /// Takes the address of a visitor from X-Forwarded-For: only right behind a proxy of your own.
    #[arg(long, env = "OPSTAP_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// Sets the clock so many days ahead: for tests alone, which play a year in minutes.
    #[arg(long, env = "OPSTAP_DAYS_AHEAD", hide = true, default_value_t = 0)]
    pub days_ahead: u32,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub limits: Limits,
}

/// How much is taken from outside.
#[derive(Debug, Clone, Copy, Args)]
pub struct Limits {
    /// The largest sync body, unpacked, in bytes.
    #[arg(long, env = "OPSTAP_MOST_SYNC_BYTES", default_value_t = 8_000_000, value_name = "BYTES")]
    pub most_sync_bytes: u64,
    /// The largest photo or sound, in bytes.
    #[arg(long, env = "OPSTAP_MOST_BLOB_BYTES", default_value_t = 6_000_000, value_name = "BYTES")]
    pub most_blob_bytes: u64,
    /// How often one address may try a sign-in link in a minute.
    #[arg(long, env = "OPSTAP_PAIR_TRIES", default_value_t = std::num::NonZeroU32::MIN.saturating_add(19), value_name = "TRIES")]
    pub pair_tries: std::num::NonZeroU32,
    /// How long a stop waits for requests that are under way, in seconds.
    #[arg(long, env = "OPSTAP_STOP_SECONDS", default_value_t = 10, value_name = "SECONDS")]
    pub stop_seconds: u64,
    /// Sends pushes to any address, also without HTTPS and beside this server: for tests on one machine alone.
    #[arg(long, env = "OPSTAP_PUSH_ANYWHERE", hide = true)]
    pub push_anywhere: bool,
}

/// For whom a link is made.
#[derive(Debug, Args)]
pub struct Link {
    /// The first name of somebody, or their id; everybody without it.
    pub person: Option<String>,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub data: Data,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub links: Links,
}

/// How long a copy may be used without word from the server.
#[derive(Debug, Args)]
pub struct Lease {
    /// Days; 0 for as long as the phone lasts. The client's own phone is never bound to it.
    pub days: u32,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub data: Data,
}

/// Where a backup goes.
#[derive(Debug, Args)]
pub struct Backup {
    /// The folder for the backup; it must not be there yet.
    #[arg(long, value_name = "FOLDER")]
    pub to: PathBuf,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub data: Data,
}

/// Where a backup comes from.
#[derive(Debug, Args)]
pub struct Restore {
    /// The folder with the backup.
    #[arg(long, value_name = "FOLDER")]
    pub from: PathBuf,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub data: Data,
}

/// The shape of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line, for programs.
    Json,
}

fn web_address(text: &str) -> Result<String, String> {
    let address = text.trim_end_matches('/');
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains('/') => Ok(address.to_owned()),
        _ => Err("an address such as https://opstap.example.nl was expected, without a path".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn serve(arguments: &[&str]) -> Serve {
        let arguments = ["opstap"].iter().chain(arguments);
        Arguments::try_parse_from(arguments).unwrap().serve
    }

    #[test]
    fn the_arguments_hold_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_flag_before_a_command_is_refused_rather_than_forgotten() {
        let told = Arguments::try_parse_from(["opstap", "--data", "elsewhere", "link", "Sem"]).unwrap_err().to_string();
        assert!(told.contains("'link' cannot be used with '--data <FOLDER>'"), "{told}");
        assert!(Arguments::try_parse_from(["opstap", "link", "--data", "elsewhere", "Sem"]).is_ok());
    }

    #[test]
    fn without_any_argument_it_serves_on_this_machine_alone() {
        let serve = serve(&[]);
        assert_eq!(serve.links.base(None), "http://127.0.0.1:8080");
        assert!(serve.links.draws_qr(true));
        assert!(!serve.links.draws_qr(false));
        assert!(!serve.empty);
    }

    #[test]
    fn links_lead_to_the_public_address_or_to_where_the_server_listens() {
        let public = serve(&["--public-url", "https://opstap.example/"]);
        assert_eq!(public.links.base(None), "https://opstap.example");
        let bound = "0.0.0.0:41234".parse().ok();
        assert_eq!(serve(&["--listen", "0.0.0.0:0"]).links.base(bound), "http://127.0.0.1:41234");
    }

    #[test]
    fn mail_needs_a_server_and_from_whom_it_comes_and_its_password_is_not_shown() {
        let url = ["--smtp-url", "smtps://a:geheim@mail.example.nl"];
        let told = Arguments::try_parse_from(["opstap"].iter().chain(&url)).unwrap_err().to_string();
        assert!(told.contains("--mail-from"), "{told}");
        let mail = serve(&[url[0], url[1], "--mail-from", "Opstap <opstap@example.nl>"]).mail;
        assert_eq!(mail.smtp_url.as_ref().unwrap().reveal_with_encryption(), url[1]);
        assert!(!format!("{mail:?}").contains("geheim"));
        assert!(serve(&[]).mail.smtp_url.is_none());
    }

    #[test]
    fn a_region_has_a_middle_on_earth_and_is_no_country() {
        let import = |near, within| {
            Arguments::try_parse_from(["opstap", "gtfs", "import", "feed.zip", "--near", near, "--within", within])
        };
        assert!(import("51.92,4.48", "25").is_ok() && import("-33.9,18.4", "0.5").is_ok());
        for (near, within) in
            [("51.92", "25"), ("91,4", "25"), ("51.92,4.48", "0"), ("51.92,4.48", "NaN"), ("51.92,4.48", "151")]
        {
            assert!(import(near, within).is_err(), "{near} {within}");
        }
    }

    #[test]
    fn an_address_with_a_path_is_refused() {
        assert!(Arguments::try_parse_from(["opstap", "--public-url", "https://opstap.example/app"]).is_err());
        assert!(Arguments::try_parse_from(["opstap", "--public-url", "opstap.example"]).is_err());
    }
}
