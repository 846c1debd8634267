//! The places that clients and supporters share.

use crate::navigation::segments;

/// A screen that both bundles of a phone have, each below its own address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SharedPlace {
    /// Making this device somebody's: the code stands after `#`, which browsers keep to themselves, or is typed.
    Pair,
    /// Language and colours.
    Language,
    /// What the app takes of a bundle.
    DataUse,
    /// What is not sent yet.
    NotSent,
    /// What Opstap is, and whose pictograms these are.
    About,
}

impl SharedPlace {
    /// The place at an address within the bundle, if it is a shared one.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        match segments(path).as_slice() {
            ["pair"] => Some(Self::Pair),
            ["language"] => Some(Self::Language),
            ["internet"] => Some(Self::DataUse),
            ["not-sent"] => Some(Self::NotSent),
            ["about"] => Some(Self::About),
            _ => None,
        }
    }

    /// The address within the bundle.
    #[must_use]
    pub fn path(self) -> String {
        match self {
            Self::Pair => "/pair",
            Self::Language => "/language",
            Self::DataUse => "/internet",
            Self::NotSent => "/not-sent",
            Self::About => "/about",
        }
        .to_owned()
    }
}
