//! What is left behind when a story ends early: every screen, what each browser logged, and what the server logged.

use std::fs;
use std::path::{Path, PathBuf};

use super::person::Person;
use super::server::Server;

/// Where it is put, by the name of the story; what was there from the last time goes.
fn folder(story: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = target.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"));
    target.join("e2e").join(story)
}

/// Takes away what the last time left.
pub fn forget(story: &str) {
    let _ = fs::remove_dir_all(folder(story));
}

/// Writes down how things stand. Nothing here may hide why the story ended, so what cannot be had is left out.
pub async fn leave(story: &str, server: &Server, people: &[std::sync::Arc<Person>]) -> PathBuf {
    let folder = folder(story);
    let _ = fs::create_dir_all(&folder);
    let _ = fs::write(folder.join("server.log"), server.log());
    for person in people {
        let Ok(driver) = person.driver().await else { continue };
        let file = |end: &str| folder.join(format!("{}.{end}", person.name()));
        if let Ok(picture) = driver.screenshot_as_png().await {
            let _ = fs::write(file("png"), picture);
        }
        if let Ok(source) = driver.source().await {
            let _ = fs::write(file("html"), source);
        }
        if let Ok(lines) = driver.browser_log().await {
            let lines: Vec<String> = lines.iter().map(|line| format!("{line:?}")).collect();
            let _ = fs::write(file("console.log"), lines.join("\n"));
        }
    }
    folder
}
