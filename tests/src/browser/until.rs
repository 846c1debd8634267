//! Waiting for something with a deadline: looked for often, never slept for.

use std::time::{Duration, Instant};

use super::missed::{Missed, Step};

/// Long enough for a slow machine with several browsers on it; whoever waits this long has missed it.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How often is looked.
const BETWEEN: Duration = Duration::from_millis(40);

/// What a look came to.
pub enum Look<T> {
    /// It is there.
    Here(T),
    /// Not yet; what was seen instead, for whoever waited in vain.
    NotYet(String),
}

/// Looks until it is there.
///
/// # Errors
/// When it is not there in time: what was waited for, and what was there instead.
pub async fn until<T>(what: &str, look: impl AsyncFn() -> Look<T>) -> Step<T> {
    let began = Instant::now();
    let mut looks = 0;
    loop {
        looks += 1;
        match look().await {
            Look::Here(found) => return Ok(found),
            // One look may take all the time there is, as when a browser does not start.
            Look::NotYet(instead) if began.elapsed() > PATIENCE && looks > 1 => {
                return Err(Missed::new(format!("waited in vain for {what}. Instead: {instead}")));
            }
            Look::NotYet(_) => tokio::time::sleep(BETWEEN).await,
        }
    }
}
