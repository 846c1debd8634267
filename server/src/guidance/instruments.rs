//! Which instrument is meant: one of those that ship, by name or id, or one in a file of somebody's own.

use std::fs;
use std::path::Path;

use opstap_core::instrument::{Instrument, InstrumentFileError, SHIPPED, parse};

/// Why there is no instrument. The sentence says what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum NoInstrument {
    /// Nothing that ships is called so.
    #[error(
        "no instrument is called {name}. There are: {known}; or name the file of one of your own, which ends in .json"
    )]
    Unknown {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// The file cannot be read.
    #[error("the instrument {file} can't be read: {cause}")]
    File {
        /// Which.
        file: String,
        /// Why.
        cause: std::io::Error,
    },
    /// The file is no instrument.
    #[error("{file} is no instrument that can be used. {cause}")]
    NotOne {
        /// Which.
        file: String,
        /// Why.
        cause: InstrumentFileError,
    },
}

/// The instruments that ship, in order of their ids.
#[must_use]
pub fn shipped() -> Vec<Instrument> {
    let mut all: Vec<Instrument> = SHIPPED.into_iter().filter_map(|bytes| parse(bytes).ok()).collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

/// The instruments that somebody may mean by a name: the one with that id, all versions of that name and of a selection of it, or the one in
/// a file; the newest last.
///
/// # Errors
/// When there is none.
pub fn called(name: &str) -> Result<Vec<Instrument>, NoInstrument> {
    if Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        let file = name.to_owned();
        let bytes = fs::read(name).map_err(|cause| NoInstrument::File { file: file.clone(), cause })?;
        return Ok(vec![parse(&bytes).map_err(|cause| NoInstrument::NotOne { file, cause })?]);
    }
    let all = shipped();
    let is_meant = |instrument: &&Instrument| {
        let own = instrument.id.instrument.as_str();
        instrument.id.to_string() == name
            || own == name
            || own.strip_prefix(name).is_some_and(|rest| rest.starts_with('-'))
    };
    let found: Vec<Instrument> = all.iter().filter(is_meant).cloned().collect();
    if found.is_empty() {
        let known = all.iter().map(|instrument| instrument.id.to_string()).collect::<Vec<_>>().join(", ");
        return Err(NoInstrument::Unknown { name: name.to_owned(), known });
    }
    Ok(found)
}

/// The one of these that knows most of the domains a file names; of as many the newest.
#[must_use]
pub fn fitting<'a>(instruments: &'a [Instrument], domains: &[&str]) -> Option<&'a Instrument> {
    let known =
        |instrument: &&Instrument| domains.iter().filter(|domain| instrument.domain_called(domain).is_some()).count();
    instruments.iter().max_by_key(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(name: &str, domains: &[&str]) -> String {
        fitting(&called(name).unwrap(), domains).unwrap().id.to_string()
    }

    #[test]
    fn a_name_means_the_version_whose_domains_the_file_has_and_of_several_the_newest() {
        assert_eq!(meant("zrm", &["Financiën", "ADL", "Justitie"]), "zrm.1");
        assert_eq!(meant("zrm.2017", &["ADL"]), "zrm.2017");
        assert_eq!(meant("iroc", &["Hoop voor toekomst"]), "iroc-selection.1");
        assert_eq!(meant("zrm", &[]), "zrm.2017", "nothing tells them apart");
    }

    #[test]
    fn of_a_name_that_nothing_has_it_is_told_what_there_is() {
        let told = called("ros").unwrap_err().to_string();
        assert!(told.contains("iroc-selection.1") && told.contains(".json"), "{told}");
        assert!(matches!(called("none.json"), Err(NoInstrument::File { .. })));
    }
}
