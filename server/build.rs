//! Puts the app's files into the binary: a table of them, generated for `src/app_files.rs`.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

/// Where the build tool left the app. Without it a page is embedded that says how to build it.
const APP: &str = "OPSTAP_APP_DIR";
/// The build tool's list of bundles and of names that carry a hash. It is for us, not for browsers.
const LIST: &str = "assets.json";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed={APP}");
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let app = env::var_os(APP).filter(|path| !path.is_empty());
    // Only what this does not write itself is watched: it would be newer than what was made of it, and all be built again each time.
    let (app, watched) = if let Some(app) = app {
        let app = PathBuf::from(app).canonicalize()?;
        (app.clone(), app)
    } else {
        let from = here.join("placeholder");
        (placeholder(&from, &out)?, from)
    };
    watch(&watched)?;
    fs::write(out.join("app_files.rs"), app_table(&app.canonicalize()?)?)?;
    Ok(())
}

/// A server without the app: one page that says so, wherever a bundle begins.
fn placeholder(from: &Path, out: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let app = out.join("placeholder");
    fs::create_dir_all(&app)?;
    for page in
        ["companion.html", "own.html", "way.html", "supporter.html", "desk.html", "programme.html", "guidance.html"]
    {
        fs::copy(from.join("page.html"), app.join(page))?;
    }
    fs::copy(from.join("placeholder.css"), app.join("placeholder.css"))?;
    Ok(app)
}

/// The table of the app's files, in order of path, so that one is found by halving.
fn app_table(app: &Path) -> Result<String, Box<dyn Error>> {
    let hashed = hashed_names(app)?;
    let mut files = BTreeSet::new();
    walk(app, &mut files)?;
    let mut served: Vec<_> =
        files.iter().map(|file| Ok((served_path(app, file)?, file))).collect::<Result<_, Box<dyn Error>>>()?;
    served.sort();
    let mut table = String::from("&[\n");
    for (path, file) in served {
        if path == format!("/{LIST}") || packed_from(file).is_some_and(|whole| files.contains(&whole)) {
            continue;
        }
        let content = fs::read(file)?;
        let packed = |suffix: &str| {
            let packed = PathBuf::from(format!("{}.{suffix}", file.display()));
            files.contains(&packed).then(|| include(&packed))
        };
        writeln!(
            table,
            "AppFile {{ path: {path:?}, media_type: {:?}, hash: {:?}, forever: {}, raw: {}, br: {:?}, gz: {:?} }},",
            media_type(file),
            &hex(&Sha256::digest(&content))[..16],
            hashed.contains(&path),
            include(file),
            Verbatim(packed("br")),
            Verbatim(packed("gz")),
        )?;
    }
    table.push_str("]\n");
    Ok(table)
}

/// `None` and `Some(include_bytes!(…))` as code rather than as a quoted text.
struct Verbatim(Option<String>);

impl std::fmt::Debug for Verbatim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Some(code) => write!(f, "Some({code})"),
            None => f.write_str("None"),
        }
    }
}

fn include(file: &Path) -> String {
    format!("include_bytes!({:?})", file.display().to_string())
}

fn walk(folder: &Path, files: &mut BTreeSet<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.insert(path);
        }
    }
    Ok(())
}

/// Has this built again when anything in a folder changes. Cargo looks at the times inside only for folders it was told of.
fn watch(folder: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            watch(&path)?;
        } else {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
    Ok(())
}

fn served_path(app: &Path, file: &Path) -> Result<String, Box<dyn Error>> {
    let parts: Vec<_> = file.strip_prefix(app)?.iter().map(|part| part.to_string_lossy()).collect();
    Ok(format!("/{}", parts.join("/")))
}

/// The file that this one is the compressed form of, by its name.
fn packed_from(file: &Path) -> Option<PathBuf> {
    let end = file.extension()?;
    (end == "br" || end == "gz").then(|| file.with_extension(""))
}

/// The paths whose names change with their content, so that a browser may keep them for ever.
fn hashed_names(app: &Path) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let list = app.join(LIST);
    if !list.exists() {
        return Ok(BTreeSet::new());
    }
    let list: serde_json::Value = serde_json::from_slice(&fs::read(list)?)?;
    let names = list.get("hashed").and_then(serde_json::Value::as_array);
    let names = names.ok_or("assets.json does not list the hashed names; the build tool and the server must match")?;
    Ok(names.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect())
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|end| end.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "mp3" => "audio/mpeg",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
