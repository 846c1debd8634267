//! Films as a camera would give them.

use std::path::{Path, PathBuf};

use super::missed::{Missed, Step};
use super::person::Person;

/// Writes a film of less than a second: a square that moves. The browser of this person makes it, as no one else here can.
///
/// # Errors
/// When it does not, or it cannot be written.
pub async fn film(person: &Person, folder: &Path, name: &str) -> Step<PathBuf> {
    let told = person.promised(include_str!("film.js")).await?;
    let bytes = serde_json::from_value::<Vec<u8>>(told);
    let bytes = bytes.map_err(|cause| Missed::new(format!("the browser made no film: {cause}")))?;
    let path = folder.join(format!("{name}.webm"));
    std::fs::write(&path, bytes)?;
    Ok(path)
}
