//! The house rules that a compiler does not check: arrows between crates point inward, screens touch no storage, the map is true.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot read the repository cannot go on")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

#[path = "tidy/words.rs"]
mod words;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the workspace").to_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The folders of the workspace's members, as the root manifest lists them.
fn members() -> Vec<String> {
    let manifest = read(&root().join("Cargo.toml"));
    let list = manifest.split("members = [").nth(1).and_then(|rest| rest.split(']').next()).expect("a list of members");
    list.lines().map(|line| line.trim().trim_matches([',', '"']).to_owned()).filter(|line| !line.is_empty()).collect()
}

/// Every Rust file below a folder of the repository.
fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut to_visit = vec![root().join(folder)];
    while let Some(next) = to_visit.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() && !path.ends_with("target") {
                to_visit.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found
}

fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// The Opstap crates a member depends on outside its tests.
fn arrows(member: &str) -> BTreeSet<String> {
    let manifest = read(&root().join(member).join("Cargo.toml"));
    let mut section = "";
    let mut found = BTreeSet::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
        } else if line.starts_with("opstap-")
            && section.contains("dependencies")
            && !section.contains("dev-dependencies")
        {
            found.extend(line.split(['.', ' ', '=']).next().map(str::to_owned));
        }
    }
    found
}

#[test]
fn arrows_between_crates_point_inward() {
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("crates/core", &[][..]),
        ("crates/insight", &["opstap-core"]),
        ("crates/sync-client", &["opstap-core"]),
        ("crates/browser", &["opstap-core", "opstap-sync-client"]),
        ("crates/sync-server", &["opstap-core", "opstap-insight"]),
        ("crates/storage-sqlite", &["opstap-core", "opstap-sync-server"]),
        ("crates/storage-postgres", &["opstap-core", "opstap-sync-server"]),
        ("crates/xtask", &[]),
        (
            "server",
            &[
                "opstap-core",
                "opstap-insight",
                "opstap-sync-server",
                "opstap-storage-postgres",
                "opstap-storage-sqlite",
            ],
        ),
        ("crates/view-macro", &[]),
        ("crates/view", &["opstap-view-macro"]),
        ("tests/wasm-runner", &[]),
        ("tests/simulation", &["opstap-core", "opstap-sync-client", "opstap-sync-server"]),
        ("frontend", &["opstap-core", "opstap-insight", "opstap-sync-client", "opstap-browser", "opstap-view"]),
    ]);
    for member in members().iter().filter(|member| *member != "tests") {
        let allowed = allowed.get(member.as_str()).unwrap_or_else(|| panic!("{member} has no place in the rule"));
        for arrow in arrows(member) {
            assert!(allowed.contains(&arrow.as_str()), "{member} may not depend on {arrow}");
        }
    }
}

#[test]
fn core_and_insight_read_no_clock_draw_no_random_number_and_touch_no_file() {
    let forbidden =
        ["std::time", "SystemTime", "Instant::now", "std::fs", "std::net", "std::env", "rand::", "getrandom"];
    for file in rust_files("crates/core/src").into_iter().chain(rust_files("crates/insight/src")) {
        let text = read(&file);
        for word in forbidden {
            assert!(!text.contains(word), "{} mentions {word}", short(&file));
        }
    }
}

#[test]
fn screens_and_components_touch_no_storage_and_no_network() {
    let forbidden = [
        "opstap_browser",
        "opstap_sync_client",
        "indexed_db",
        "local_storage",
        "session_storage",
        "gloo_net",
        "fetch_with",
    ];
    for folder in ["frontend/src/pages", "frontend/src/components", "frontend/src/stories"] {
        for file in rust_files(folder) {
            let text = read(&file);
            for word in forbidden {
                assert!(!text.contains(word), "{} mentions {word}: screens ask the device", short(&file));
            }
        }
    }
}

#[test]
fn a_phone_is_asked_where_it_is_in_one_place_and_never_followed() {
    for folder in ["frontend/src", "crates/browser/src"] {
        for file in rust_files(folder) {
            let text = read(&file);
            assert!(!text.contains("watchPosition"), "{}: there is never a track", short(&file));
            let asks = text.contains("device::position") || text.contains("opstap_browser::position");
            let may = ["frontend/src/pages/shared/route_editor/here.rs", "frontend/src/device/position.rs"];
            assert!(!asks || may.contains(&short(&file).as_str()), "{} asks where the phone is", short(&file));
        }
    }
}

#[test]
fn a_clients_phone_loads_no_screen_of_those_around_them() {
    let others = [
        "frontend/src/pages/professional",
        "frontend/src/pages/supporter",
        "frontend/src/pages/shared/look_back/history",
        "frontend/src/pages/shared/look_back/tray",
        "frontend/src/pages/shared/arranged",
        "frontend/src/pages/shared/care",
        "frontend/src/pages/shared/feedback",
        "frontend/src/pages/shared/editing",
        "frontend/src/pages/shared/plan_editor",
        "frontend/src/pages/shared/preferences",
        "frontend/src/pages/shared/print",
        "frontend/src/pages/shared/route_editor",
        "frontend/src/pages/shared/search",
        "frontend/src/pages/shared/stop_picker",
    ];
    let roots = ["companion.rs", "bin/companion.rs"].map(|file| root().join("frontend/src").join(file));
    let of_all = ["frontend/src/pages", "frontend/src/device"].into_iter().flat_map(rust_files);
    let companion = of_all.filter(|file| !others.iter().any(|folder| short(file).starts_with(folder)));
    for file in companion.chain(roots) {
        // What was removed and what was set apart is up to the client too; history and tray are not.
        let of_others = [
            "pages::professional",
            "pages::supporter",
            "look_back::history",
            "look_back::tray",
            "plan_editor::",
            "route_editor::",
            "shared::editing",
            "shared::print",
            "shared::search",
            "shared::stop_picker",
            "device::stops",
            "shared::arranged",
            "shared::care",
            "shared::feedback",
            "<PreferencesSheet",
            "components::desk",
        ];
        for reached in of_others {
            assert!(!read(&file).contains(reached), "{} reaches for {reached}", short(&file));
        }
    }
}

#[test]
fn the_map_names_every_member_of_the_workspace_and_no_other() {
    let map = read(&root().join("ARCHITECTURE.md"));
    let named: BTreeSet<String> = map
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|line| line.split("/`").next())
        .map(str::to_owned)
        .filter(|path| root().join(path).join("Cargo.toml").exists() || path.starts_with("crates/"))
        .collect();
    let members: BTreeSet<String> = members().into_iter().collect();
    assert_eq!(named, members, "ARCHITECTURE.md and Cargo.toml differ");
}

#[test]
fn the_map_names_only_files_that_exist() {
    for document in ["ARCHITECTURE.md", "README.md"] {
        let text = read(&root().join(document));
        for path in text
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|path| path.contains('/') && !path.contains([' ', '<', '*', ':', '{']))
        {
            let in_repository = path.trim_end_matches('/');
            // An address or a folder made by a command is no file of the repository.
            if in_repository.starts_with(['/', '.']) || in_repository.starts_with("target/") {
                continue;
            }
            assert!(root().join(in_repository).exists(), "{document} names {path}, which is not there");
        }
    }
}

#[test]
fn every_source_file_says_what_it_is_for() {
    for member in members() {
        for file in rust_files(&member) {
            let text = read(&file);
            assert!(text.starts_with("//! "), "{} does not begin with a sentence on what it is for", short(&file));
        }
    }
}

#[test]
fn nothing_is_left_for_later_in_the_code() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("unimpl", "emented!("), concat!("to", "do!(")];
    for member in members() {
        for file in rust_files(&member) {
            let text = read(&file);
            for mark in marks {
                assert!(!text.contains(mark), "{} holds {mark}", short(&file));
            }
        }
    }
}

/// Files over 400 lines, each with its reason.
const LONG: [(&str, &str); 1] =
    [("frontend/src/gallery.rs", "every component on one page: it grows with them and holds no logic")];

#[test]
fn a_file_over_400_lines_has_a_reason() {
    for member in members() {
        for file in rust_files(&member) {
            let name = short(&file);
            let lines = read(&file).lines().count();
            assert!(lines <= 400 || LONG.iter().any(|(known, _)| *known == name), "{name} has {lines} lines");
        }
    }
}

#[test]
fn both_languages_have_the_same_words() {
    let keys = |language: &str| -> BTreeSet<String> {
        let folder = root().join("frontend/locales").join(language);
        let mut keys = BTreeSet::new();
        for entry in fs::read_dir(&folder).expect("the words of a language").flatten() {
            let area = entry.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let words: serde_json::Value = serde_json::from_str(&read(&entry.path())).expect("words are JSON");
            keys.extend(words.as_object().expect("an object of words").keys().map(|key| format!("{area}.{key}")));
        }
        keys
    };
    assert_eq!(keys("nl"), keys("en"));
}

#[test]
fn people_never_read_words_that_blame_or_alarm() {
    let folder = root().join("frontend/locales/nl");
    let words = fs::read_dir(&folder).expect("Dutch words").flatten().map(|entry| entry.path());
    for file in words.chain(guides("nl")).chain([report_words("nl")]) {
        let text = read(&file).to_lowercase();
        for word in ["helaas", "oeps", "mislukt", "ongeldig", "verplicht", "synchronis", "gebruiker"] {
            assert!(!text.contains(word), "{} says {word}", short(&file));
        }
    }
}

/// The guides of all three bundles in a language.
fn guides(language: &'static str) -> impl Iterator<Item = PathBuf> {
    ["companion", "supporter", "desk"]
        .into_iter()
        .map(move |bundle| root().join("frontend/public/guide").join(format!("{bundle}.{language}.txt")))
}

/// The words of reports on a programme in a language.
fn report_words(language: &str) -> PathBuf {
    root().join("frontend/locales/report").join(format!("{language}.json"))
}

#[test]
fn documentation_has_no_example_that_nobody_would_run() {
    // What only stands in documentation would have every crate compiled once more to be tried: an example is a test.
    let mut found = Vec::new();
    for file in members().iter().flat_map(|member| rust_files(member)).collect::<BTreeSet<_>>() {
        let mut inside = false;
        for line in read(&file).lines().filter_map(|line| line.trim_start().strip_prefix("//")) {
            let Some(named) = line.trim_start_matches(['/', '!']).trim().strip_prefix("```") else { continue };
            if !inside && named != "text" {
                found.push(file.clone());
            }
            inside = !inside;
        }
    }
    assert!(found.is_empty(), "make these a test, or name them text: {found:?}");
}
