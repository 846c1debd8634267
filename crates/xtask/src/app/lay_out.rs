//! Decides the served tree from the sources: which files there are, under which names, and what each bundle needs
//! offline. Pure: it reads and writes no disk.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::Bundle;
use super::names::{digest, fingerprint, hashed};
use super::{slim, template};
use crate::failure::Failure;

/// What the compiler and wasm-bindgen made of one bundle.
pub struct Code {
    /// The program.
    pub wasm: Vec<u8>,
    /// The JavaScript between the program and the browser.
    pub glue: String,
    /// JavaScript files that crates brought along, by the path the glue imports them from.
    pub snippets: BTreeMap<String, String>,
}

/// What one bundle is made of.
pub struct BundleSources {
    /// The page with placeholders.
    pub shell: String,
    /// The whole style sheet.
    pub style: String,
    /// The program.
    pub code: Code,
}

/// Everything the app is made of.
pub struct Sources {
    /// Files that are served as they are, or under a hashed name when a page asks for them by placeholder.
    pub public: BTreeMap<String, Vec<u8>>,
    /// The bundles.
    pub bundles: BTreeMap<Bundle, BundleSources>,
}

/// What a file is to the bundle that loads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The program.
    Wasm,
    /// JavaScript made by wasm-bindgen.
    Glue,
    /// The style sheet.
    Style,
    /// The page, its loader and the service worker.
    Shell,
}

/// The served tree.
#[derive(Debug)]
pub struct Layout {
    /// Every file by its path.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What each bundle loads, and as what.
    pub loads: BTreeMap<Bundle, BTreeMap<String, Role>>,
}

/// The file that tells the server which bundles there are and which names are hashed.
pub const LIST: &str = "assets.json";

/// Lays the app out.
pub fn lay_out(sources: &Sources) -> Result<Layout, Failure> {
    let mut tree = Tree::new(sources);
    let mut shells = BTreeMap::new();
    for (bundle, made) in &sources.bundles {
        let page = format!("{}.html", bundle.name());
        let shell = template::fill(&made.shell, |name| tree.asked(&page, name))?;
        tree.files.insert(page.clone(), shell.clone().into_bytes());
        shells.insert(*bundle, (page, shell));
    }
    let workers = tree.add_public()?;
    let mut loads = BTreeMap::new();
    let mut precaches = BTreeMap::new();
    for (bundle, (page, shell)) in &shells {
        let mut needed = tree.needed_by(page);
        needed.extend(tree.named_in(shell));
        precaches.insert(*bundle, tree.precache(&needed));
        loads.insert(*bundle, tree.roles(&needed));
    }
    tree.add_workers(workers, &precaches, &mut loads)?;
    let list = tree.list(&precaches);
    tree.files.insert(LIST.to_owned(), list.into_bytes());
    Ok(Layout { files: tree.files, loads })
}

/// The tree while it grows.
struct Tree<'sources> {
    sources: &'sources Sources,
    files: BTreeMap<String, Vec<u8>>,
    /// The path under which a name that was asked for is served.
    paths: BTreeMap<String, String>,
    roles: BTreeMap<String, Role>,
    /// Which paths the page or file of a name asks for.
    asks: BTreeMap<String, BTreeSet<String>>,
    unfinished: Vec<String>,
}

impl<'sources> Tree<'sources> {
    fn new(sources: &'sources Sources) -> Self {
        Self {
            sources,
            files: BTreeMap::new(),
            paths: BTreeMap::new(),
            roles: BTreeMap::new(),
            asks: BTreeMap::new(),
            unfinished: Vec::new(),
        }
    }

    /// The served path of a name that `asker` has a placeholder for.
    fn asked(&mut self, asker: &str, name: &str) -> Result<String, Failure> {
        let path = match self.paths.get(name) {
            Some(path) => path.clone(),
            None => self.make(asker, name)?,
        };
        self.asks.entry(asker.to_owned()).or_default().insert(path.clone());
        Ok(path)
    }

    fn make(&mut self, asker: &str, name: &str) -> Result<String, Failure> {
        if self.unfinished.iter().any(|other| other == name) {
            return Err(Failure::new(format!(
                "{} ask for each other's hashed names, so neither has one.",
                self.unfinished.join(", ")
            )));
        }
        self.unfinished.push(name.to_owned());
        let (content, role) = self.content(asker, name)?;
        self.unfinished.pop();
        let path = self.add_hashed(name, content, role);
        self.paths.insert(name.to_owned(), path.clone());
        // What the file asks for was noted under its name; pages know it by its path.
        if let Some(asks) = self.asks.remove(name) {
            self.asks.insert(path.clone(), asks);
        }
        Ok(path)
    }

    fn content(&mut self, asker: &str, name: &str) -> Result<(Vec<u8>, Role), Failure> {
        let sources = self.sources;
        let public = sources.public.get(name);
        for (bundle, made) in &sources.bundles {
            let Some(extension) = name.strip_prefix(bundle.name()).and_then(|rest| rest.strip_prefix('.')) else {
                continue;
            };
            let content = match extension {
                "wasm" => (made.code.wasm.clone(), Role::Wasm),
                "js" => (self.glue(*bundle, &made.code)?.into_bytes(), Role::Glue),
                "css" => (made.style.clone().into_bytes(), Role::Style),
                _ => continue,
            };
            if public.is_some() {
                return Err(Failure::new(format!(
                    "frontend/public/{name} has the name of a file that the build makes; give it another."
                )));
            }
            return Ok(content);
        }
        let public = public
            .ok_or_else(|| Failure::new(format!("{asker} asks for {{{{{name}}}}}, but there is no such file.")))?;
        Ok((self.filled(name, public)?, Role::Shell))
    }

    /// The glue with the hashed names of what it loads.
    fn glue(&mut self, bundle: Bundle, code: &Code) -> Result<String, Failure> {
        let name = format!("{}.js", bundle.name());
        let wasm = self.asked(&name, &format!("{}.wasm", bundle.name()))?;
        let mut glue = replaced(&code.glue, &format!("{}_bg.wasm", bundle.name()), &wasm)?;
        for (import, snippet) in &code.snippets {
            let file = import.trim_start_matches("./").replace('/', "-");
            let path = self.add_hashed(&file, snippet.clone().into_bytes(), Role::Glue);
            self.asks.entry(name.clone()).or_default().insert(path.clone());
            glue = replaced(&glue, import, &format!("./{path}"))?;
        }
        Ok(glue)
    }

    fn filled(&mut self, name: &str, content: &[u8]) -> Result<Vec<u8>, Failure> {
        match fillable(name, content) {
            Some(text) => as_served(name, template::fill(text, |asked| self.asked(name, asked))?),
            None => Ok(content.to_vec()),
        }
    }

    fn add_hashed(&mut self, name: &str, content: Vec<u8>, role: Role) -> String {
        let path = hashed(name, &content);
        self.files.insert(path.clone(), content);
        self.roles.insert(path.clone(), role);
        path
    }

    /// Adds the public files that keep their own name, save those that want to know what to keep offline.
    fn add_public(&mut self) -> Result<Vec<String>, Failure> {
        let sources = self.sources;
        let mut workers = Vec::new();
        for (name, content) in &sources.public {
            if self.paths.contains_key(name) {
                continue;
            }
            if fillable(name, content).is_some_and(|text| text.contains("{{precache:")) {
                workers.push(name.clone());
                continue;
            }
            let content = self.filled(name, content)?;
            self.files.insert(name.clone(), content);
        }
        Ok(workers)
    }

    /// Adds the service worker, which is told what each bundle keeps offline.
    fn add_workers(
        &mut self,
        workers: Vec<String>,
        precaches: &BTreeMap<Bundle, serde_json::Value>,
        loads: &mut BTreeMap<Bundle, BTreeMap<String, Role>>,
    ) -> Result<(), Failure> {
        let sources = self.sources;
        for name in workers {
            let source = sources.public.get(&name).map(Vec::as_slice).unwrap_or_default();
            let text = fillable(&name, source).unwrap_or_default();
            let filled = template::fill(text, |asked| match asked.strip_prefix("precache:") {
                Some(wanted) => precaches
                    .iter()
                    .find(|(bundle, _)| bundle.name() == wanted)
                    .map(|(_, precache)| precache.to_string())
                    .ok_or_else(|| {
                        Failure::new(format!("{name} asks what {wanted} keeps, but there is no such bundle."))
                    }),
                None => self.asked(&name, asked),
            })?;
            self.files.insert(name.clone(), as_served(&name, filled)?);
            for load in loads.values_mut() {
                load.insert(name.clone(), Role::Shell);
            }
        }
        Ok(())
    }

    /// The page with all it asks for, and what that asks for.
    fn needed_by(&self, page: &str) -> BTreeSet<String> {
        let mut needed = BTreeSet::new();
        let mut waiting = vec![page.to_owned()];
        while let Some(path) = waiting.pop() {
            if let Some(asks) = self.asks.get(&path) {
                waiting.extend(asks.iter().filter(|ask| !needed.contains(*ask)).cloned());
            }
            needed.insert(path);
        }
        needed
    }

    /// The files under their own name that a page links to, such as the manifest and an icon.
    fn named_in(&self, shell: &str) -> BTreeSet<String> {
        self.sources
            .public
            .keys()
            .filter(|name| self.files.contains_key(*name) && shell.contains(&format!("\"/{name}\"")))
            .cloned()
            .collect()
    }

    /// What a bundle keeps offline: addresses, and one version that changes when any of them does.
    fn precache(&self, needed: &BTreeSet<String>) -> serde_json::Value {
        let mut contents = String::new();
        for path in needed {
            contents.push_str(path);
            contents.push(' ');
            contents.push_str(&digest(self.files.get(path).map(Vec::as_slice).unwrap_or_default()));
            contents.push('\n');
        }
        let urls: Vec<String> = needed.iter().map(|path| format!("/{path}")).collect();
        json!({ "version": fingerprint(contents.as_bytes()), "urls": urls })
    }

    fn roles(&self, needed: &BTreeSet<String>) -> BTreeMap<String, Role> {
        needed
            .iter()
            .filter_map(|path| {
                let page = path.ends_with(".html").then_some(Role::Shell);
                let role = self.roles.get(path).copied().or(page)?;
                Some((path.clone(), role))
            })
            .collect()
    }

    fn list(&self, precaches: &BTreeMap<Bundle, serde_json::Value>) -> String {
        let bundles: serde_json::Map<String, serde_json::Value> = precaches
            .iter()
            .map(|(bundle, precache)| {
                let shell = format!("/{}.html", bundle.name());
                let entry = json!({
                    "shell": shell,
                    "version": precache.get("version"),
                    "precache": precache.get("urls"),
                });
                (bundle.name().to_owned(), entry)
            })
            .collect();
        let hashed: Vec<String> = self.roles.keys().map(|path| format!("/{path}")).collect();
        format!("{:#}\n", json!({ "bundles": bundles, "hashed": hashed }))
    }
}

/// A filled file as it goes over the wire.
fn as_served(name: &str, text: String) -> Result<Vec<u8>, Failure> {
    let text = if name.ends_with(".js") { slim::script(&text)? } else { text };
    Ok(text.into_bytes())
}

/// The text of a file that may have placeholders. Pictures are never searched: there are many, and none asks.
fn fillable<'content>(name: &str, content: &'content [u8]) -> Option<&'content str> {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if matches!(extension, "html" | "js" | "json" | "webmanifest") { std::str::from_utf8(content).ok() } else { None }
}

/// Replaces a name that must be there: were it gone, the app would load a file that does not exist.
fn replaced(text: &str, from: &str, to: &str) -> Result<String, Failure> {
    if text.contains(from) {
        Ok(text.replace(from, to))
    } else {
        Err(Failure::new(format!("the glue does not name {from}; wasm-bindgen must have changed.")))
    }
}

#[cfg(test)]
mod tests;
