//! Serving: open the data, fill it the first time, listen, and stop without cutting anybody off.

use std::io::{self, IsTerminal, Write};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use opstap_core::model::CircleKind;
use opstap_sync_server::Service;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::opened::Opened;
use super::{StartError, link};
use crate::blobs::{BlobFolder, erase_when_told};
use crate::first_start::{self, Account, Start, Telling};
use crate::http::state::{LiveService, Parts, Tries};
use crate::http::{App, router};
use crate::journal::FileJournal;
use crate::live::LiveHints;
use crate::mail::{self, Mailer, send_when_due, sum_up_when_due};
use crate::push::{Pace, PushKey, Sender, tell_when_told};
use crate::settings::{Data, MailServer, Serve};
use crate::world::{ClockAhead, OsRandomness, SystemClock};

/// How long a mail server gets to take one mail: less than the pause before the next try.
const MAIL_PATIENCE: Duration = Duration::from_secs(30);
/// How often an hour somebody may have a mail sent that asks whose an address is.
const MAIL_TRIES: NonZeroU32 = NonZeroU32::MIN.saturating_add(5);

/// Serves until the process is told to stop by SIGTERM or SIGINT.
///
/// # Errors
/// When the data or the address cannot be used.
pub async fn serve(settings: &Serve) -> Result<(), StartError> {
    // First of all: who starts and stops it at once gets a clean stop too.
    let stopping = stop_when_told()?;
    let mut opened = Opened::take(&settings.data).await?;
    let listener = listen(settings.links.listen).await?;
    let bound = listener.local_addr()?;
    let hints = LiveHints::default();
    let journal = open_journal(&settings.data)?;
    let clock = Arc::new(ClockAhead { days: settings.days_ahead });
    let service =
        Service::open(opened.database.clone(), clock, Arc::new(OsRandomness), Arc::new(hints.clone())).await?;
    let service = service.with_journal(Arc::new(journal));
    let invited = if opened.is_new() {
        let accounts = fill(&service, settings).await?;
        opened.filled().await?;
        accounts
    } else if settings.show_links {
        link::everybody(&service).await?
    } else {
        Vec::new()
    };
    for organisation in service.organisations().await? {
        service.circle_of_its_own(organisation.id, CircleKind::Programme).await?;
    }
    let base = settings.links.base(Some(bound));
    greet(&service, &invited, &base, settings).await?;

    let blobs = BlobFolder::open(&opened.folder.blobs())?;
    tokio::spawn(erase_when_told(service.clone(), blobs.clone(), hints.clone()));
    let push_key = Arc::new(PushKey::open(&service, settings.links.public_url.clone()).await?);
    let sender = Sender::new(Arc::clone(&push_key), settings.limits.push_anywhere, Pace::default());
    tokio::spawn(tell_when_told(service.clone(), hints.clone(), sender));
    let mailer = mailer(&settings.mail, &base)?;
    if let Some(mailer) = &mailer {
        tokio::spawn(send_when_due(service.clone(), hints.clone(), mailer.clone(), mail::Pace::default()));
        tokio::spawn(sum_up_when_due(service.clone(), mailer.clone(), SystemClock, mail::Pace::default()));
    }
    let app = App::new(Parts {
        service,
        blobs,
        data: settings.data.data.clone(),
        hints,
        limits: settings.limits,
        public_url: settings.links.public_url.clone(),
        link_base: base,
        behind_proxy: settings.behind_proxy,
        stopping: stopping.clone(),
        push_key,
        tries: Tries::per_minute(settings.limits.pair_tries),
        mailer,
        mail_pace: mail::Pace::default(),
        mail_tries: Tries::per_hour(MAIL_TRIES),
    });
    tracing::info!(address = %bound, "listening");
    let patience = Duration::from_secs(settings.limits.stop_seconds);
    run(listener, app, stopping, patience).await?;
    tracing::info!("stopped");
    Ok(())
}

fn mailer(settings: &MailServer, base: &str) -> Result<Option<Mailer>, StartError> {
    let MailServer { smtp_url: Some(url), mail_from: Some(from) } = settings else { return Ok(None) };
    Ok(Some(Mailer::new(url, from.clone(), base, MAIL_PATIENCE)?))
}

fn open_journal(data: &Data) -> Result<FileJournal, StartError> {
    let file = data.journal();
    FileJournal::open(&file).map_err(|cause| StartError::Journal { file: file.display().to_string(), cause })
}

/// Becomes true when the process gets SIGTERM or SIGINT.
fn stop_when_told() -> io::Result<watch::Receiver<bool>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let (stop, stopping) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        // When nobody listens any more, the process is ending already.
        let _ = stop.send(true);
        // The sender stays until then: receivers that find it gone take that for a stop too.
        stop.closed().await;
    });
    Ok(stopping)
}

async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|cause| StartError::Listen { address, cause })
}

async fn fill(service: &LiveService, settings: &Serve) -> Result<Vec<Account>, StartError> {
    let start = Start { service, clock: &SystemClock, randomness: &OsRandomness };
    tracing::info!(empty = settings.empty, "filling a new server");
    Ok(if settings.empty {
        first_start::empty(&start, &settings.organisation).await?
    } else {
        let telling = if settings.beginning { Telling::Beginning } else { Telling::Whole };
        first_start::with_demo(&start, telling).await?
    })
}

async fn greet(service: &LiveService, invited: &[Account], base: &str, settings: &Serve) -> Result<(), StartError> {
    if !invited.is_empty() {
        let with_qr = settings.links.draws_qr(io::stdout().is_terminal());
        link::write(service, invited, base, with_qr).await?;
    }
    let mut terminal = io::stdout().lock();
    writeln!(terminal, "Opstap is at {base} (Ctrl-C stops it)")?;
    Ok(terminal.flush()?)
}

/// Serves until told to stop; then live streams end, requests under way get their answers, and after `patience` what is left is cut.
async fn run(
    listener: TcpListener,
    app: App,
    stopping: watch::Receiver<bool>,
    patience: Duration,
) -> Result<(), StartError> {
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(told(stopping.clone()));
    let overdue = async {
        told(stopping).await;
        tokio::time::sleep(patience).await;
    };
    tokio::select! {
        ended = async { serving.await } => ended?,
        () = overdue => tracing::warn!("requests that did not end were cut off"),
    }
    Ok(())
}

async fn told(mut stopping: watch::Receiver<bool>) {
    // An error means that the sender is gone, and that is the end too.
    let _ = stopping.wait_for(|stopping| *stopping).await;
}
