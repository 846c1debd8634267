//! What somebody expected to see and did not: the end of a story told in a browser.

use std::fmt;

use thirtyfour::error::WebDriverError;

/// How a story ended early.
pub struct Missed(String);

/// What a step of a story gives.
pub type Step<T = ()> = Result<T, Missed>;

impl Missed {
    /// A sentence of what was expected.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// The same, with who or what it was about in front.
    #[must_use]
    pub fn of(self, whom: &str) -> Self {
        Self(format!("{whom}: {}", self.0))
    }
}

impl fmt::Display for Missed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Missed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Missed {}

impl From<WebDriverError> for Missed {
    fn from(error: WebDriverError) -> Self {
        Self(format!("the browser said: {error}"))
    }
}

impl From<std::io::Error> for Missed {
    fn from(error: std::io::Error) -> Self {
        Self(format!("the machine said: {error}"))
    }
}
