//! The language of the screens: Dutch until somebody chooses otherwise, remembered on the device, switched at once.

use std::sync::LazyLock;

use opstap_view::prelude::ArcRwSignal;

/// Where the choice is kept; the loader reads it before the app is there.
const SAVED: &str = "opstap-language";

static CHOSEN: LazyLock<ArcRwSignal<Language>> = LazyLock::new(|| ArcRwSignal::new(Language::Dutch));

/// A language every word of the app exists in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// The first language, B1.
    Dutch,
    /// The second language.
    English,
}

impl Language {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Dutch, Self::English];

    /// The tag that browsers, voices and `lang` attributes use.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Dutch => "nl",
            Self::English => "en",
        }
    }

    /// The language with this tag; `nl-BE` is Dutch too.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// Its own name for itself, which is the same in every language.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Dutch => "Nederlands",
            Self::English => "English",
        }
    }
}

/// The language now; what reads it in a view or an effect follows a change.
#[must_use]
pub fn language() -> Language {
    CHOSEN.get()
}

/// What stands before the decimals of a number.
#[must_use]
pub fn decimal_point() -> char {
    if language() == Language::Dutch { ',' } else { '.' }
}

/// The language now, without following it: for an event handler.
#[must_use]
pub fn language_now() -> Language {
    CHOSEN.get_untracked()
}

/// Switches every word on the screen and remembers the choice on this device.
pub fn choose_language(language: Language) {
    show(language);
    if let Some(storage) = web_sys::window().and_then(|window| window.local_storage().ok().flatten()) {
        // A browser that keeps nothing (private mode, full disk) still switches now.
        let _ = storage.set_item(SAVED, language.tag());
    }
}

/// Takes up the saved choice at the start of the app.
pub fn start_language() {
    let saved = web_sys::window()
        .and_then(|window| window.local_storage().ok().flatten())
        .and_then(|storage| storage.get_item(SAVED).ok().flatten())
        .and_then(|tag| Language::from_tag(&tag));
    show(saved.unwrap_or(Language::Dutch));
}

fn show(language: Language) {
    CHOSEN.set(language);
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute("lang", language.tag());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_with_a_region_names_its_language() {
        assert_eq!(Language::from_tag("nl-BE"), Some(Language::Dutch));
        assert_eq!(Language::from_tag("EN_gb"), Some(Language::English));
        assert_eq!(Language::from_tag("fy"), None);
    }
}
