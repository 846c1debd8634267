//! Light or dark: as the phone asks, until somebody chooses on this device.

const SAVED: &str = "opstap-theme";

/// What a person can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the phone is set.
    Phone,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    fn value(self) -> Option<&'static str> {
        match self {
            Self::Phone => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// The choice as it is on the page; the loader put it there before the app started.
#[must_use]
pub fn theme() -> Theme {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    match root.and_then(|root| root.get_attribute("data-theme")).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::Phone,
    }
}

/// Changes the colours at once and remembers the choice on this device.
pub fn choose_theme(theme: Theme) {
    let Some(window) = web_sys::window() else {
        return;
    };
    // Nothing here may stand in the way of the screen: without storage the choice holds until the page closes.
    let storage = window.local_storage().ok().flatten();
    let root = window.document().and_then(|document| document.document_element());
    if let Some(value) = theme.value() {
        let _ = root.map(|root| root.set_attribute("data-theme", value));
        let _ = storage.map(|storage| storage.set_item(SAVED, value));
    } else {
        let _ = root.map(|root| root.remove_attribute("data-theme"));
        let _ = storage.map(|storage| storage.remove_item(SAVED));
    }
}

#[cfg(test)]
mod tests {
    /// The values between the braces of the first rule with this selector, one a line.
    fn values(style: &str, selector: &str) -> Vec<String> {
        let (_, after) = style.split_once(selector).unwrap();
        let (inside, _) = after.split_once('}').unwrap();
        let inside = inside.trim_start_matches(" {");
        inside.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    }

    #[test]
    fn a_phone_that_is_dark_by_itself_gets_the_dark_that_can_be_chosen() {
        let style = include_str!("../style/tokens.css");
        let chosen = values(style, "[data-theme=\"dark\"]");
        assert!(chosen.len() > 40, "{}", chosen.len());
        assert_eq!(chosen, values(style, ":root:not([data-theme])"));
    }
}
