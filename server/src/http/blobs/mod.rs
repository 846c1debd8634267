//! Photos and sounds of a circle.

pub mod get;
pub mod put;

use opstap_core::{BlobHash, CircleId};
use serde::Deserialize;

use crate::http::error::Problem;

/// `{circle}/{hash}` in an address.
#[derive(Deserialize)]
pub struct Named {
    circle: String,
    hash: String,
}

impl Named {
    /// The ids; text that is none names nothing that is here.
    fn ids(&self) -> Result<(CircleId, BlobHash), Problem> {
        let circle = self.circle.parse().map_err(|_| Problem::NoSuchAddress)?;
        let hash = self.hash.parse().map_err(|_| Problem::NoSuchAddress)?;
        Ok((circle, hash))
    }
}
