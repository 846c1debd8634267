//! How the companion is for one client: as much, and as many ways to go, as this person can oversee.

use crate::model::{UpTo, model};

model! {
    /// What supporter and client settled on together. A circle has one; of two that were made apart the lower id counts. A cell that is
    /// not there leaves the app as it is for everybody.
    Preferences {
        /// The most pictures on the screen of today, 1 to 5.
        pictures: Option<UpTo<5>>,
        /// Steps show their picture without the sentence; it can still be heard.
        wordless: Option<bool>,
        /// Plans and steps show their words without the picture. Of both, the picture stays.
        pictureless: Option<bool>,
        /// A step is read aloud by itself.
        aloud: Option<bool>,
        /// Beside the dots stands "stap 3 van 7".
        counted: Option<bool>,
        /// "Later" is not there.
        no_later: Option<bool>,
        /// "Lukt niet" is not there: who is stuck takes "Hulp".
        no_not_managed: Option<bool>,
        /// Only what is to be done and help: no book, no list of all plans. "Over mij" is reached through help.
        closed: Option<bool>,
    }
}

/// The most pictures on the screen of today, and what a client has who settled on nothing.
pub const MOST_PICTURES: usize = 5;

impl Preferences {
    /// The app as it is for everybody.
    pub const NONE: Self = Self {
        pictures: None,
        wordless: None,
        pictureless: None,
        aloud: None,
        counted: None,
        no_later: None,
        no_not_managed: None,
        closed: None,
    };

    /// The most pictures on the screen of today, 1 to 5.
    #[must_use]
    pub fn most_pictures(&self) -> usize {
        self.pictures.map_or(MOST_PICTURES, UpTo::count)
    }

    /// Whether a switch is on; one that nobody touched is off.
    #[must_use]
    pub const fn is(switch: Option<bool>) -> bool {
        matches!(switch, Some(true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_settled_on_nothing_has_five_pictures() {
        let most = |pictures| Preferences { pictures, ..Preferences::NONE }.most_pictures();
        assert_eq!([None, UpTo::of(1), UpTo::of(3), UpTo::of(5)].map(most), [5, 1, 3, 5]);
    }
}
