//! What can be set for instruments.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Data;

/// What is done with instruments.
#[derive(Debug, Args)]
pub struct InstrumentsOf {
    /// What to do.
    #[command(subcommand)]
    pub command: InstrumentsCommand,
}

/// The things that are done with them. The server may be running.
#[derive(Debug, Subcommand)]
pub enum InstrumentsCommand {
    /// Lists those that come with Opstap and your own.
    List {
        #[expect(missing_docs, reason = "clap would show it as a heading")]
        #[command(flatten)]
        data: Data,
    },
    /// Adds one of your own, in the place of the one with the same id and version.
    Add {
        /// The instrument, a file as docs/instrument-format.md describes it.
        file: PathBuf,
        #[expect(missing_docs, reason = "clap would show it as a heading")]
        #[command(flatten)]
        data: Data,
    },
    /// Takes one of your own away. What was measured with it stays, but is not shown until it is added again.
    Remove {
        /// Its id and version, such as week.1.
        id: String,
        #[expect(missing_docs, reason = "clap would show it as a heading")]
        #[command(flatten)]
        data: Data,
    },
}
