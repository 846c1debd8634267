//! What goes over the wire, by part, and how often the phone has to ask for its circle.

use std::collections::BTreeMap;

use super::wire::Passed;

/// What a request is for, in the order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The program and its glue.
    Program,
    /// Everything else of the page.
    Shell,
    /// Pictograms.
    Pictograms,
    /// Round trips of the sync.
    Sync,
    /// Photos and recordings.
    Photos,
    /// The live line.
    Live,
    /// Everything else that is asked of the server.
    Api,
}

impl Part {
    /// The part that a request at this path belongs to.
    #[must_use]
    pub fn of(path: &str) -> Self {
        match path {
            "/api/live" => Self::Live,
            "/api/sync" => Self::Sync,
            path if path.starts_with("/api/blobs/") => Self::Photos,
            path if path.starts_with("/api/") => Self::Api,
            path if path.starts_with("/pictograms/") => Self::Pictograms,
            path if path.ends_with(".wasm") || path.starts_with("/companion-") && path.ends_with(".js") => {
                Self::Program
            }
            _ => Self::Shell,
        }
    }

    /// Its name in the table.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Program => "program: wasm and glue",
            Self::Shell => "page, style, loader, worker, manifest, icons",
            Self::Pictograms => "pictograms of the plans",
            Self::Sync => "sync",
            Self::Photos => "photos",
            Self::Live => "live hints",
            Self::Api => "pairing and questions",
        }
    }
}

/// Requests and bytes of each part, heads included.
#[must_use]
pub fn rows(passed: &[Passed]) -> Vec<String> {
    let mut parts: BTreeMap<Part, (usize, usize, usize)> = BTreeMap::new();
    for one in passed {
        let (requests, up, down) = parts.entry(Part::of(&one.path)).or_default();
        *requests += 1;
        *up += one.up;
        *down += one.down;
    }
    let row =
        |label: &str, (requests, up, down): (usize, usize, usize)| format!("| {label} | {requests} | {up} | {down} |");
    let all = parts.values().fold((0, 0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1, sum.2 + part.2));
    parts.iter().map(|(part, sums)| row(part.label(), *sums)).chain([row("all", all)]).collect()
}

/// Every round trip of the sync, in order.
#[must_use]
pub fn round_trips(passed: &[Passed]) -> Vec<String> {
    let trips = passed.iter().filter(|one| Part::of(&one.path) == Part::Sync && one.method == "POST");
    trips.enumerate().map(|(at, one)| format!("| {} | {} | {} |", at + 1, one.up, one.down)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_request_counts_in_its_part_and_in_the_sum() {
        let passed = |method: &str, path: &str, up, down| Passed { method: method.into(), path: path.into(), up, down };
        let all = [
            passed("GET", "/companion-1a2b3c4d.wasm", 1, 200),
            passed("GET", "/companion-1a2b3c4d.css", 1, 30),
            passed("POST", "/api/sync", 5, 70),
        ];
        assert_eq!(
            rows(&all),
            [
                "| program: wasm and glue | 1 | 1 | 200 |",
                "| page, style, loader, worker, manifest, icons | 1 | 1 | 30 |",
                "| sync | 1 | 5 | 70 |",
                "| all | 3 | 7 | 300 |"
            ]
        );
        assert_eq!(round_trips(&all), ["| 1 | 5 | 70 |"]);
    }
}
