//! The page that goes along with an export, for whoever opens it in ten years.

use super::VERSION;

/// In Dutch.
#[must_use]
pub fn dutch() -> String {
    lines(include_str!("../../pages/export.nl.txt"))
}

/// In English.
#[must_use]
pub fn english() -> String {
    lines(include_str!("../../pages/export.en.txt"))
}

/// With line ends that every editor knows.
fn lines(page: &str) -> String {
    page.replace("{version}", &VERSION.to_string()).replace('\n', "\r\n")
}
