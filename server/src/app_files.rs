//! The app's files, compiled into the binary by `build.rs`.

/// One file of the app.
#[derive(Debug)]
pub struct AppFile {
    /// Where it is served, beginning with `/`.
    pub path: &'static str,
    /// Its `Content-Type`.
    pub media_type: &'static str,
    /// The begin of its SHA-256, for the `ETag`.
    pub hash: &'static str,
    /// Whether its name changes with its content, so that a browser may keep it for ever.
    pub forever: bool,
    /// Its bytes.
    pub raw: &'static [u8],
    /// Its bytes by Brotli, where that is smaller.
    pub br: Option<&'static [u8]>,
    /// Its bytes by gzip, where that is smaller.
    pub gz: Option<&'static [u8]>,
}

static FILES: &[AppFile] = include!(concat!(env!("OUT_DIR"), "/app_files.rs"));

/// The page of the app for clients and those who decide for them: at every address that is not below that of another bundle.
const COMPANION: &str = "/companion.html";
/// The pages of the other bundles, by the address each stands at; what stands below that of another comes before it.
const OTHERS: [(&str, &str); 6] = [
    ("/own", "/own.html"),
    ("/way", "/way.html"),
    ("/support", "/supporter.html"),
    ("/desk/programme", "/programme.html"),
    ("/desk/guidance", "/guidance.html"),
    ("/desk", "/desk.html"),
];

/// The file at exactly this path.
#[must_use]
pub fn at(path: &str) -> Option<&'static AppFile> {
    let place = FILES.binary_search_by(|file| file.path.cmp(path)).ok()?;
    FILES.get(place)
}

/// The page for an address inside the app, such as `/desk/circles`: the app itself knows what to show there.
///
/// An address that looks like a file has none: a missing script must be an error, not a page.
#[must_use]
pub fn page_for(path: &str) -> Option<&'static AppFile> {
    let last = path.rsplit('/').next().unwrap_or_default();
    if last.contains('.') {
        return None;
    }
    let below = |address: &str| path.strip_prefix(address).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let other = OTHERS.into_iter().find(|(address, _)| below(address));
    at(other.map_or(COMPANION, |(_, page)| page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_stand_in_order_of_path() {
        assert!(FILES.is_sorted_by_key(|file| file.path));
    }

    #[test]
    fn an_address_inside_the_app_gets_the_page_of_its_bundle() {
        let page = |path| page_for(path).map(|file| file.path);
        for path in ["/", "/pair", "/owner", "/supporters", "/desktop", "/wayward"] {
            assert_eq!(page(path), Some(COMPANION), "{path}");
        }
        for path in ["/own", "/own/who-looked"] {
            assert_eq!(page(path), Some("/own.html"), "{path}");
        }
        for path in ["/way", "/way/guide/tour"] {
            assert_eq!(page(path), Some("/way.html"), "{path}");
        }
        for path in ["/support", "/support/pair", "/support/circle/12"] {
            assert_eq!(page(path), Some("/supporter.html"), "{path}");
        }
        for path in ["/desk", "/desk/circle/12", "/desk/programmes"] {
            assert_eq!(page(path), Some("/desk.html"), "{path}");
        }
        for path in ["/desk/programme", "/desk/programme/figures"] {
            assert_eq!(page(path), Some("/programme.html"), "{path}");
        }
        assert_eq!(page("/desk/guidance/goals/12"), Some("/guidance.html"));
        assert_eq!(page("/companion-1a2b3c4d.js"), None);
    }
}
