//! The log: lines for people or JSON for programs, on standard error. Ids of circles and requests are fine in it, names and texts are not.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::settings::LogFormat;

/// Starts the log. A filter that can't be read falls back to `info`, and the log says so.
pub fn start(format: LogFormat, filter: &str) {
    let parsed = EnvFilter::try_new(filter);
    let understood = parsed.is_ok();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(parsed.unwrap_or_else(|_| EnvFilter::new("info")))
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    // A second start in one process, as in tests, keeps the first log.
    let _ = match format {
        LogFormat::Text => subscriber.try_init(),
        LogFormat::Json => subscriber.json().with_span_list(false).try_init(),
    };
    if !understood {
        tracing::warn!("the log filter can't be read; info is used");
    }
}
