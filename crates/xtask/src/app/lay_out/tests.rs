//! What must hold for the served tree, on sources small enough to read.

use super::*;

const SHELL: &str = r#"<link rel="manifest" href="/manifest.webmanifest">
<link rel="stylesheet" href="/{{companion.css}}">
<script type="module" src="/{{start.js}}"></script>"#;

fn bundle(bundle: Bundle) -> BundleSources {
    let name = bundle.name();
    BundleSources {
        shell: SHELL.replace("companion", name),
        style: format!(".{name}{{a:b}}"),
        code: Code {
            wasm: format!("program {name}").into_bytes(),
            glue: format!("import './snippets/x/inline0.js'; new URL('{name}_bg.wasm')"),
            snippets: BTreeMap::from([("./snippets/x/inline0.js".to_owned(), "export {}".to_owned())]),
        },
    }
}

fn sources() -> Sources {
    let public = [
        ("manifest.webmanifest", "{}"),
        ("icons/unused.svg", "<svg/>"),
        ("start.js", "import('/{{companion.js}}'); import('/{{supporter.js}}'); import('/{{desk.js}}')"),
        (
            "sw.js",
            "const companion = /*{{precache:companion}}*/; const others = [/*{{precache:supporter}}*/, /*{{precache:desk}}*/];",
        ),
    ];
    Sources {
        public: public.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into(),
        bundles: Bundle::ALL.map(|each| (each, bundle(each))).into(),
    }
}

fn text(layout: &Layout, path: &str) -> String {
    String::from_utf8(layout.files.get(path).unwrap().clone()).unwrap()
}

fn path(layout: &Layout, start: &str, end: &str) -> String {
    let mut found = layout.files.keys().filter(|path| path.starts_with(start) && path.ends_with(end));
    let path = found.next().unwrap().clone();
    assert_eq!(found.next(), None);
    path
}

#[test]
fn every_name_a_page_or_script_asks_for_is_served_under_that_name() {
    let layout = lay_out(&sources()).unwrap();
    let style = path(&layout, "companion-", ".css");
    let loader = path(&layout, "start-", ".js");
    let glue = path(&layout, "companion-", ".js");
    let wasm = path(&layout, "companion-", ".wasm");
    let snippet = path(&layout, "snippets-x-inline0-", ".js");
    assert!(text(&layout, "companion.html").contains(&format!("href=\"/{style}\"")));
    assert!(text(&layout, "companion.html").contains(&format!("src=\"/{loader}\"")));
    assert!(text(&layout, &loader).contains(&format!("import('/{glue}')")));
    assert_eq!(text(&layout, &glue), format!("import './{snippet}'; new URL('{wasm}')"));
    assert!(!layout.files.contains_key("start.js"));
}

#[test]
fn a_changed_program_changes_every_name_on_the_way_to_it_and_the_version() {
    let before = lay_out(&sources()).unwrap();
    let mut changed = sources();
    changed.bundles.get_mut(&Bundle::Companion).unwrap().code.wasm.push(b'!');
    let after = lay_out(&changed).unwrap();
    for (start, end) in [("companion-", ".wasm"), ("companion-", ".js"), ("start-", ".js")] {
        assert_ne!(path(&before, start, end), path(&after, start, end), "{start}*{end}");
    }
    for other in ["supporter-", "desk-"] {
        assert_eq!(path(&before, other, ".wasm"), path(&after, other, ".wasm"));
    }
    assert_ne!(text(&before, "sw.js"), text(&after, "sw.js"));
}

#[test]
fn the_service_worker_is_told_what_each_page_needs_and_no_more() {
    let mut sources = sources();
    sources.public.insert("start.js".to_owned(), b"load(document)".to_vec());
    for (bundle, made) in &mut sources.bundles {
        made.shell.push_str(&format!("<link rel=\"modulepreload\" href=\"/{{{{{}.js}}}}\">", bundle.name()));
    }
    let layout = lay_out(&sources).unwrap();
    let worker = text(&layout, "sw.js");
    let list = worker.split('=').nth(1).unwrap().split(";const").next().unwrap();
    let list: serde_json::Value = serde_json::from_str(list).unwrap();
    let urls: Vec<&str> = list["urls"].as_array().unwrap().iter().map(|url| url.as_str().unwrap()).collect();
    for path in urls.iter().map(|url| url.strip_prefix('/').unwrap()) {
        assert!(layout.files.contains_key(path), "{path} is not served");
        assert!(!path.starts_with("desk") && !path.starts_with("supporter"), "{path} is another bundle's");
    }
    assert!(urls.contains(&"/companion.html") && urls.contains(&"/manifest.webmanifest"));
    assert!(urls.iter().any(|url| url.ends_with(".wasm")));
    assert!(!urls.contains(&"/icons/unused.svg") && !urls.contains(&"/sw.js"));
    assert!(!worker.contains("{{"));
}

#[test]
fn each_bundle_counts_its_own_files_by_role() {
    let layout = lay_out(&sources()).unwrap();
    let companion = layout.loads.get(&Bundle::Companion).unwrap();
    assert_eq!(companion.get("sw.js"), Some(&Role::Shell));
    assert_eq!(companion.get("companion.html"), Some(&Role::Shell));
    assert_eq!(companion.get(&path(&layout, "companion-", ".css")), Some(&Role::Style));
    assert_eq!(companion.get("desk.html"), None);
    let supporter = layout.loads.get(&Bundle::Supporter).unwrap();
    assert_eq!(supporter.get("supporter.html"), Some(&Role::Shell));
    assert_eq!(supporter.get("companion.html"), None);
}

#[test]
fn the_list_says_which_names_are_hashed() {
    let layout = lay_out(&sources()).unwrap();
    let list: serde_json::Value = serde_json::from_str(&text(&layout, LIST)).unwrap();
    let hashed: Vec<&str> = list["hashed"].as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
    assert!(hashed.iter().any(|path| path.ends_with(".wasm")));
    assert!(!hashed.contains(&"/companion.html") && !hashed.contains(&"/sw.js"));
    assert_eq!(list["bundles"]["desk"]["shell"], "/desk.html");
}

#[test]
fn what_nobody_makes_stops_the_build() {
    let mut unknown = sources();
    unknown.bundles.get_mut(&Bundle::Desk).unwrap().shell = "{{dask.wasm}}".to_owned();
    assert!(lay_out(&unknown).unwrap_err().to_string().contains("dask.wasm"));
    let mut taken = sources();
    taken.public.insert("companion.js".to_owned(), Vec::new());
    assert!(lay_out(&taken).unwrap_err().to_string().contains("another"));
    let mut circular = sources();
    circular.public.insert("start.js".to_owned(), b"{{other.js}}".to_vec());
    circular.public.insert("other.js".to_owned(), b"{{start.js}}".to_vec());
    assert!(lay_out(&circular).unwrap_err().to_string().contains("each other"));
}
