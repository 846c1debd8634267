//! Which instruments there are, and which is meant: one of those that ship or were added, by name or id, or one in a file of somebody's own.

pub mod own;

use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use opstap_core::instrument::{Instrument, InstrumentFileError, InstrumentId, Mark, SHIPPED, parse};

/// Why there is no instrument. The sentence says what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum NoInstrument {
    /// Nothing is called so.
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
    /// One that ships is called so, and no file takes its place.
    #[error("{0} comes with Opstap, and nothing takes its place. Give yours another id or version")]
    Ships(String),
    /// The one that is there is measured with.
    #[error(
        "{0} is there with other domains or levels, and what was measured with it would mean something else. Give the file another version"
    )]
    Differs(String),
    /// The app has no such picture.
    #[error("there is no picture called {0}. The names are those of library/pictograms.json, without .svg")]
    NoPicture(String),
    /// Other software could not name it.
    #[error("{0} is too long for an id and a version: together they have at most 64 signs")]
    LongId(String),
    /// None of one's own is called so.
    #[error("no instrument of your own has the id {id}. There are: {known}")]
    NotOwn {
        /// What was asked for.
        id: String,
        /// What there is.
        known: String,
    },
    /// The file in the data folder cannot be read or written.
    #[error("{file} can't be used: {cause}. Nothing was changed")]
    NotKept {
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

/// The instruments that a server knows: those that ship, and those of the organisation's own. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Instruments(Arc<[Instrument]>);

impl Instruments {
    /// Those that ship, in order of their ids.
    #[must_use]
    pub fn shipped() -> Self {
        static SHIPPED_ONES: LazyLock<Instruments> = LazyLock::new(|| {
            // A file that cannot be read would not have passed the tests of `core`.
            Instruments::of(SHIPPED.into_iter().filter_map(|bytes| parse(bytes).ok()).collect())
        });
        SHIPPED_ONES.clone()
    }

    /// Those, and the ones in this data folder.
    #[must_use]
    pub fn known(data: &Path) -> Self {
        let (shipped, own) = (Self::shipped(), own::read(data));
        if own.is_empty() { shipped } else { Self::of(shipped.all().iter().cloned().chain(own).collect()) }
    }

    fn of(mut all: Vec<Instrument>) -> Self {
        all.sort_by(|one, other| one.id.cmp(&other.id));
        Self(all.into())
    }

    /// All of them, in order of their ids.
    #[must_use]
    pub fn all(&self) -> &[Instrument] {
        &self.0
    }

    /// The one of this id.
    #[must_use]
    pub fn one(&self, id: &InstrumentId) -> Option<&Instrument> {
        self.0.iter().find(|instrument| instrument.id == *id)
    }

    /// The instruments that somebody may mean by a name: the one with that id, all versions of that name, else of a selection of it, or the one
    /// in a file; the newest last.
    ///
    /// # Errors
    /// When there is none.
    pub fn called(&self, name: &str) -> Result<Vec<Instrument>, NoInstrument> {
        if Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
            let file = name.to_owned();
            let bytes = fs::read(name).map_err(|cause| NoInstrument::File { file: file.clone(), cause })?;
            return Ok(vec![parse(&bytes).map_err(|cause| NoInstrument::NotOne { file, cause })?]);
        }
        let is_called = |one: &&Instrument| one.id.to_string() == name || one.id.instrument.as_str() == name;
        let is_a_selection = |one: &&Instrument| {
            let rest = one.id.instrument.as_str().strip_prefix(name);
            one.marks.contains(&Mark::Selection) && rest.is_some_and(|rest| rest.starts_with('-'))
        };
        let mut found: Vec<Instrument> = self.all().iter().filter(is_called).cloned().collect();
        if found.is_empty() {
            found.extend(self.all().iter().filter(is_a_selection).cloned());
        }
        if found.is_empty() {
            let known = self.all().iter().map(|instrument| instrument.id.to_string()).collect::<Vec<_>>().join(", ");
            return Err(NoInstrument::Unknown { name: name.to_owned(), known });
        }
        Ok(found)
    }
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
        fitting(&Instruments::shipped().called(name).unwrap(), domains).unwrap().id.to_string()
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
        let shipped = Instruments::shipped();
        let told = shipped.called("ros").unwrap_err().to_string();
        assert!(told.contains("iroc-selection.1") && told.contains(".json"), "{told}");
        assert!(matches!(shipped.called("none.json"), Err(NoInstrument::File { .. })));
    }
}
