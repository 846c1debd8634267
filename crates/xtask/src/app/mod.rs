//! Builds the app: seven bundles of WebAssembly, glue, style and shell, laid out as the folder the server embeds.

mod at_once;
mod compress;
mod css;
mod lay_out;
mod names;
mod quoted;
mod sizes;
mod slim;
mod template;
mod wasm;

use std::collections::BTreeMap;

use crate::disk;
use crate::failure::Failure;
use crate::process::announce;
use crate::workspace::Workspace;

use compress::{Compressed, Compressor};
pub use lay_out::LIST;
use lay_out::{Layout, Sources};

/// The bundles of the app. A client's phone never loads the screens of those around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bundle {
    /// For clients and those who decide for them.
    Companion,
    /// What a client asks of the server alone, for which there is no use without a network.
    Own,
    /// For on the way, and what a client seldom opens: kept for offline with the companion.
    Way,
    /// For volunteers, carers and parents.
    Supporter,
    /// For professionals and coordinators.
    Desk,
    /// What a coordinator does over all who are registered: kept for offline with the desk.
    Programme,
    /// What is done now and then for one client: kept for offline with the desk.
    Guidance,
}

impl Bundle {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 7] =
        [Self::Companion, Self::Own, Self::Way, Self::Supporter, Self::Desk, Self::Programme, Self::Guidance];

    /// The name of the program, the shell and the style sheet.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Companion => "companion",
            Self::Own => "own",
            Self::Way => "way",
            Self::Supporter => "supporter",
            Self::Desk => "desk",
            Self::Programme => "programme",
            Self::Guidance => "guidance",
        }
    }

    /// The page it stands on, in which `{{bundle.js}}` is its own program: what is kept beside another is that one's page with another program.
    const fn page(self) -> &'static str {
        match self {
            Self::Companion | Self::Way => "companion",
            Self::Desk | Self::Programme | Self::Guidance => "desk",
            Self::Own | Self::Supporter => self.name(),
        }
    }

    /// The bundle whose style sheet it has: the first that is made of the same, so that a device fetches that once.
    fn style(self) -> Self {
        Self::ALL.into_iter().find(|other| other.sheets() == self.sheets()).unwrap_or(self)
    }

    /// The style sheets it is made of, in order.
    const fn sheets(self) -> &'static [&'static str] {
        match self {
            Self::Companion | Self::Own => &["tokens", "components", "phone", "companion"],
            Self::Way => &["tokens", "components", "phone", "companion", "way"],
            Self::Supporter => &["tokens", "components", "supporting", "phone", "supporter"],
            Self::Desk | Self::Programme | Self::Guidance => &["tokens", "components", "supporting", "desk"],
        }
    }

    /// What it may weigh at most on the wire with Brotli, in bytes: a prepaid bundle pays for it. Above it the build stops.
    const fn budget(self) -> usize {
        match self {
            Self::Companion => 284_000,
            Self::Own => 220_000,
            Self::Way => 291_000,
            Self::Supporter => 505_000,
            Self::Desk => 600_000,
            Self::Programme => 412_000,
            Self::Guidance => 382_000,
        }
    }
}

/// What a build is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speed {
    /// As few bytes as possible, for a phone.
    Small,
    /// As soon as possible, for the one who is writing it.
    Quick,
}

/// What a build made and what it weighs.
pub struct Built {
    speed: Speed,
    weights: sizes::Weights,
}

impl Built {
    /// What each part of each bundle weighs, as lines to print.
    pub fn table(&self) -> String {
        self.weights.table(self.speed)
    }

    /// Fails when a small build is heavier than its budget.
    pub fn within_budget(&self) -> Result<(), Failure> {
        match self.speed {
            Speed::Small => self.weights.within_budget(),
            Speed::Quick => Ok(()),
        }
    }
}

/// Builds the app into the workspace's app folder. What did not change is not touched, so that a second call is quick
/// and the server is not built again.
pub fn build(workspace: &Workspace, speed: Speed) -> Result<Built, Failure> {
    announce("Building the app");
    wasm::compile(workspace, speed)?;
    let sources = sources(workspace, speed)?;
    let layout = lay_out::lay_out(&sources)?;
    let compressor = Compressor::new(&workspace.target().join("app-compressed"), speed);
    let (files, weights) = with_compressed(&layout, &compressor)?;
    disk::write_tree(&workspace.app(), &files)?;
    Ok(Built { speed, weights })
}

fn sources(workspace: &Workspace, speed: Speed) -> Result<Sources, Failure> {
    let frontend = workspace.frontend();
    let mut sources = Sources { public: disk::read_tree(&frontend.join("public"))?, bundles: BTreeMap::new() };
    let code = at_once::each(&Bundle::ALL, |bundle| wasm::bind(workspace, *bundle, speed))?;
    for (bundle, code) in Bundle::ALL.into_iter().zip(code) {
        let shell = frontend.join("shell").join(format!("{}.html", bundle.page()));
        let mut style = String::new();
        for sheet in bundle.sheets() {
            style.push_str(&disk::read_text(&frontend.join("style").join(format!("{sheet}.css")))?);
            style.push('\n');
        }
        sources.bundles.insert(
            bundle,
            lay_out::BundleSources {
                shell: disk::read_text(&shell)?
                    .replace("{{bundle.css", &format!("{{{{{}.css", bundle.style().name()))
                    .replace("{{bundle.", &format!("{{{{{}.", bundle.name())),
                style: css::strip(&style)?,
                code,
            },
        );
    }
    Ok(sources)
}

/// Every file with its compressed siblings, and what each weighs.
fn with_compressed(
    layout: &Layout,
    compressor: &Compressor,
) -> Result<(BTreeMap<String, Vec<u8>>, sizes::Weights), Failure> {
    let mut files = BTreeMap::new();
    let mut weights = BTreeMap::new();
    let mut worth_it: Vec<(&String, &Vec<u8>)> =
        layout.files.iter().filter(|(path, _)| compress::is_worth_it(path)).collect();
    // The largest first, so that none of them is waited for alone at the end.
    worth_it.sort_by_key(|(_, content)| std::cmp::Reverse(content.len()));
    let compressed = at_once::each(&worth_it, |(_, content)| compressor.compress(content))?;
    let mut compressed: BTreeMap<&String, Compressed> =
        worth_it.into_iter().map(|(path, _)| path).zip(compressed).collect();
    for (path, content) in &layout.files {
        let mut weight = sizes::Weight::uncompressed(content.len());
        if let Some(compressed) = compressed.remove(path) {
            // A file of a few bytes grows instead; then it goes as it is.
            for (end, smaller, sent) in
                [("gz", compressed.gzip, &mut weight.gzip), ("br", compressed.brotli, &mut weight.brotli)]
            {
                if smaller.len() < content.len() {
                    *sent = smaller.len();
                    files.insert(format!("{path}.{end}"), smaller);
                }
            }
        }
        weights.insert(path.clone(), weight);
        files.insert(path.clone(), content.clone());
    }
    compressor.forget_unused()?;
    Ok((files, sizes::Weights::new(layout, &weights)))
}
