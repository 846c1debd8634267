//! The instruments of an organisation's own: one file in the data folder, a list of instruments as docs/instrument-format.md has each.
//! Whoever adds one is told at once when it does not hold, so that those that stand here do.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use opstap_core::instrument::{Instrument, InstrumentId, parse};
use opstap_core::library::PICTOGRAMS;
use opstap_core::pictograms;
use opstap_core::plan_format::Name;
use serde_json::Value;

use super::{Instruments, NoInstrument};
use crate::data_file;

/// How long an id is at most: FHIR takes no longer one (R4, data type `id`).
const MOST_ID: usize = 64;

/// Its name in the data folder.
const FILE: &str = "instruments.json";

/// Where it stands in a data folder.
#[must_use]
pub fn kept(data: &Path) -> PathBuf {
    data.join(FILE)
}

/// Those that stand in a data folder, in order of id; what does not hold, since somebody wrote in the file by hand, is left out and logged.
#[must_use]
pub fn read(data: &Path) -> Vec<Instrument> {
    let values = values(data).unwrap_or_else(|why| {
        tracing::warn!(%why, "the instruments of one's own are left out");
        Vec::new()
    });
    let instrument = |value: &Value| parse(value.to_string().as_bytes());
    let mut own = Vec::new();
    for read in values.iter().map(instrument) {
        match read {
            Ok(instrument) => own.push(instrument),
            Err(why) => tracing::warn!(%why, "an instrument of one's own is left out"),
        }
    }
    let shipped = Instruments::shipped();
    own.retain(|one: &Instrument| {
        let is_new = shipped.one(&one.id).is_none();
        if !is_new {
            tracing::warn!(id = %one.id, "an instrument of one's own is left out, since one that ships is called so");
        }
        is_new
    });
    own.sort_by(|one, other| one.id.cmp(&other.id));
    own.dedup_by(|one, other| one.id == other.id);
    own
}

/// Adds the instrument in a file, in the place of one with the same id and version, and says which it is and whether one was replaced.
///
/// # Errors
/// When the file is no instrument, has the id of one that ships, or the disk fails; then all stays as it was.
pub fn add(data: &Path, file: &Path) -> Result<(Instrument, bool), NoInstrument> {
    let named = file.display().to_string();
    let bytes = fs::read(file).map_err(|cause| NoInstrument::File { file: named.clone(), cause })?;
    let instrument = parse(&bytes).map_err(|cause| NoInstrument::NotOne { file: named, cause })?;
    let id = instrument.id.to_string();
    if Instruments::shipped().one(&instrument.id).is_some() {
        return Err(NoInstrument::Ships(id));
    }
    if id.len() > MOST_ID {
        return Err(NoInstrument::LongId(id));
    }
    if let Some(picture) = unknown_picture(&instrument) {
        return Err(NoInstrument::NoPicture(picture));
    }
    let _alone = alone(data)?;
    let mut all = values(data)?;
    let before = read(data).into_iter().find(|one| one.id == instrument.id);
    if before.as_ref().is_some_and(|before| !measures_alike(before, &instrument)) {
        return Err(NoInstrument::Differs(id));
    }
    all.retain(|value| id_of(value).as_ref() != Some(&instrument.id));
    // As the program writes it: of what the file says besides, nothing is passed on to devices.
    let written =
        instrument.to_json().map_err(|cause| NoInstrument::NotOne { file: instrument.id.to_string(), cause })?;
    all.push(serde_json::from_slice(&written).map_err(|cause| not_kept(data, cause.into()))?);
    put(data, &all)?;
    Ok((instrument, before.is_some()))
}

/// Takes the one with this id away, such as `week.1`.
///
/// # Errors
/// When there is none of one's own with that id, or the disk fails.
pub fn remove(data: &Path, id: &str) -> Result<(), NoInstrument> {
    let _alone = alone(data)?;
    let mut all = values(data)?;
    let before = all.len();
    all.retain(|value| id_of(value).is_none_or(|one| one.to_string() != id));
    if all.len() == before {
        let known = read(data).iter().map(|one| one.id.to_string()).collect::<Vec<_>>().join(", ");
        return Err(NoInstrument::NotOwn { id: id.to_owned(), known });
    }
    put(data, &all)
}

/// The first picture it names that the app does not have: whoever fills it in would look at an empty frame.
fn unknown_picture(instrument: &Instrument) -> Option<String> {
    let table = pictograms::parse(PICTOGRAMS).ok()?;
    let named = instrument.domains.iter().filter_map(|domain| domain.picture.as_ref());
    named.map(Name::as_str).find(|name| table.get(name).is_none()).map(str::to_owned)
}

/// Whether what was measured with the one means the same in the other: names and words may have been corrected.
fn measures_alike(one: &Instrument, other: &Instrument) -> bool {
    let asked = |of: &Instrument| {
        let domains = of.domains.iter().map(|domain| (domain.code.clone(), of.answer_of(domain)));
        domains.collect::<Vec<_>>()
    };
    one.levels.len() == other.levels.len() && asked(one) == asked(other)
}

/// Nobody else changes the file until this is dropped: of two who add at once neither is lost.
fn alone(data: &Path) -> Result<File, NoInstrument> {
    let locked = fs::create_dir_all(data).and_then(|()| {
        let lock = File::create(data.join("instruments.lock"))?;
        lock.lock()?;
        Ok(lock)
    });
    locked.map_err(|cause| not_kept(data, cause))
}

fn id_of(value: &Value) -> Option<InstrumentId> {
    parse(value.to_string().as_bytes()).ok().map(|instrument| instrument.id)
}

fn values(data: &Path) -> Result<Vec<Value>, NoInstrument> {
    let bytes = match fs::read(kept(data)) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        read => read.map_err(|cause| not_kept(data, cause))?,
    };
    serde_json::from_slice(&bytes).map_err(|cause| not_kept(data, cause.into()))
}

fn put(data: &Path, all: &[Value]) -> Result<(), NoInstrument> {
    let written = serde_json::to_vec(all).map_err(io::Error::from);
    written.and_then(|bytes| data_file::put(data, FILE, &bytes)).map_err(|cause| not_kept(data, cause))
}

fn not_kept(data: &Path, cause: io::Error) -> NoInstrument {
    NoInstrument::NotKept { file: kept(data).display().to_string(), cause }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: &str = r#"{ "opstap-instrument": 1, "id": "week", "version": "1", "name": { "nl": "Hoe gaat je week?" },
        "source": { "nl": "Bedacht op de Lindelaan" }, "rights": { "nl": "Vrij te gebruiken" }, "answer": "level",
        "levels": [{ "nl": "gaat niet" }, { "nl": "gaat goed" }],
        "domains": [{ "code": "home", "name": { "nl": "wonen" } }] }"#;

    fn file(folder: &Path, text: &str) -> PathBuf {
        let file = folder.join("file.json");
        fs::write(&file, text).unwrap();
        file
    }

    fn ids(data: &Path) -> Vec<String> {
        read(data).iter().map(|one| one.id.to_string()).collect()
    }

    #[test]
    fn one_is_added_known_beside_those_that_ship_replaced_and_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let week = file(folder.path(), WEEK);
        assert!(!add(&data, &week).unwrap().1);
        let known = Instruments::known(&data);
        assert_eq!(known.all().len(), Instruments::shipped().all().len() + 1);
        assert_eq!(
            known.called("week").unwrap()[0].name.get(opstap_core::plan_format::Language::Dutch),
            "Hoe gaat je week?"
        );
        let other = file(folder.path(), &WEEK.replace("Hoe gaat je week?", "Je week"));
        assert!(add(&data, &other).unwrap().1);
        assert_eq!(read(&data)[0].name.get(opstap_core::plan_format::Language::Dutch), "Je week");
        add(&data, &file(folder.path(), &WEEK.replace("\"1\"", "\"2\""))).unwrap();
        assert_eq!(ids(&data), ["week.1", "week.2"]);
        remove(&data, "week.1").unwrap();
        assert_eq!(ids(&data), ["week.2"]);
    }

    #[test]
    fn what_is_none_or_ships_already_changes_nothing_and_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        add(&data, &file(folder.path(), WEEK)).unwrap();
        let broken = add(&data, &file(folder.path(), &WEEK.replace("\"level\"", "\"total\""))).unwrap_err();
        assert!(matches!(broken, NoInstrument::NotOne { .. }), "{broken}");
        let other = add(&data, &file(folder.path(), &WEEK.replace("\"home\"", "\"work\""))).unwrap_err();
        assert!(other.to_string().contains("another version"), "{other}");
        let named = r#""name": { "nl": "wonen" }, "picture": "house-of-cards" }"#;
        let unseen = WEEK.replace("\"1\"", "\"3\"").replace(r#""name": { "nl": "wonen" } }"#, named);
        let unseen = add(&data, &file(folder.path(), &unseen)).unwrap_err();
        assert!(unseen.to_string().contains("house-of-cards"), "{unseen}");
        let ships = add(&data, &file(folder.path(), &WEEK.replace("\"week\"", "\"zrm\""))).unwrap_err();
        assert!(ships.to_string().contains("zrm.1"), "{ships}");
        let none = remove(&data, "zrm.1").unwrap_err();
        assert!(none.to_string().contains("week.1"), "{none}");
        assert_eq!(ids(&data), ["week.1"]);
    }

    #[test]
    fn a_file_that_somebody_broke_is_said_and_takes_nothing_else_with_it() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(kept(folder.path()), format!("[{WEEK}, {{}}]")).unwrap();
        assert_eq!(ids(folder.path()), ["week.1"]);
        fs::write(kept(folder.path()), "[").unwrap();
        assert_eq!(ids(folder.path()), [""; 0]);
        let refused = add(folder.path(), &file(folder.path(), WEEK)).unwrap_err();
        assert!(matches!(refused, NoInstrument::NotKept { .. }), "{refused}");
        assert_eq!(fs::read_to_string(kept(folder.path())).unwrap(), "[", "it is left to whoever wrote it");
    }
}
