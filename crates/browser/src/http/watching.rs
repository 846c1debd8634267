//! Saying that the screen of a run is open here.

use opstap_core::{CircleId, RecordId};
use opstap_sync_client::TransportError;

use super::{Call, Http};
use crate::promise::property;

impl Http {
    /// Says that somebody watches a run; says whether the client is told now.
    ///
    /// # Errors
    /// When the server could not be asked, or this person may not see how it goes.
    pub async fn watch_run(&self, circle: CircleId, run: RecordId) -> Result<bool, TransportError> {
        let reply = Call::new("PUT", &address(circle, run)).of(self.id).patience(10_000).send().await?.good().await?;
        Ok(property(&reply.json().await?, "told").as_bool() == Some(true))
    }

    /// Says that nobody watches here any more.
    ///
    /// # Errors
    /// When the server could not be asked; then it notices by itself.
    pub async fn leave_run(&self, circle: CircleId, run: RecordId) -> Result<(), TransportError> {
        Call::new("DELETE", &address(circle, run)).of(self.id).outlives_the_page().send().await.map(drop)
    }
}

fn address(circle: CircleId, run: RecordId) -> String {
    ["/api/watching/", &circle.to_string(), "/", &run.to_string()].concat()
}
