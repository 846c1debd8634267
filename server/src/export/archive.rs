//! The file itself, written as it comes: nothing of it has to fit in memory but one kind of record at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Write};

use opstap_core::instrument::Instrument;
use opstap_core::model::{CircleKind, DomainGoal, Measurement, Member, Model};
use opstap_core::{Kind, Record};
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter};

use super::record::{kind_name, moment, told};
use super::{For, Parcel, VERSION, read_me};
use crate::guidance::instruments::Instruments;
use crate::lists::{Asked, Circle, Facts, LISTS, Period, Words};
use crate::settings::Language;

/// Why an export could not be written to its end.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The disk, or whoever reads it.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The archive.
    #[error(transparent)]
    Zip(#[from] ZipError),
    /// What does not become JSON, or words that cannot be read: a mistake in what is shipped.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// An export that is being written.
pub struct Archive<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    words: Words,
    instruments: Instruments,
    of: For,
}

impl<W: Write> Archive<W> {
    /// Begins one.
    ///
    /// # Errors
    /// When it cannot be written; so with all below.
    pub fn begin(into: W, instruments: Instruments, of: For) -> Result<Self, Fault> {
        Ok(Self { zip: ZipWriter::new_stream(into), words: Words::of(Language::Nl)?, instruments, of })
    }

    /// Puts a circle in it, below a folder that ends in a slash or is empty.
    pub fn put(&mut self, folder: &str, parcel: &Parcel) -> Result<(), Fault> {
        let Parcel { read, files } = parcel;
        let mut by_kind: BTreeMap<u16, Vec<&Record>> = BTreeMap::new();
        for record in &read.records {
            by_kind.entry(record.kind.code()).or_default().push(record);
        }
        let counts: BTreeMap<String, usize> =
            by_kind.iter().map(|(code, all)| (kind_name(Kind::from_code(*code)), all.len())).collect();
        self.json(&format!("{folder}export.json"), &self.about(parcel, &counts))?;
        self.text(&format!("{folder}LEESMIJ.txt"), &read_me::dutch())?;
        self.text(&format!("{folder}README.txt"), &read_me::english())?;
        for (code, records) in by_kind {
            let name = kind_name(Kind::from_code(code));
            let all: Vec<Value> = records.into_iter().map(|record| told(read, record, files)).collect();
            self.json(&format!("{folder}records/{name}.json"), &Value::Array(all))?;
        }
        self.lists(folder, parcel)?;
        self.instruments(folder, parcel)?;
        for (hash, held) in files {
            self.start(&format!("{folder}{}", held.name(*hash)), 1)?;
            io::copy(&mut File::open(&held.path)?, &mut self.zip)?;
        }
        Ok(())
    }

    /// Puts JSON in it.
    pub fn json(&mut self, name: &str, value: &Value) -> Result<(), Fault> {
        self.text(name, &format!("{value:#}\n"))
    }

    /// Puts a text in it.
    pub fn text(&mut self, name: &str, text: &str) -> Result<(), Fault> {
        self.start(name, 6)?;
        Ok(self.zip.write_all(text.as_bytes())?)
    }

    /// Ends it.
    pub fn end(self) -> Result<(), Fault> {
        Ok(self.zip.finish()?.into_inner().flush()?)
    }

    fn start(&mut self, name: &str, effort: i64) -> Result<(), Fault> {
        let options = SimpleFileOptions::default().compression_level(Some(effort));
        Ok(self.zip.start_file(name, options)?)
    }

    /// What the file is, and of whom.
    fn about(&self, Parcel { read, files }: &Parcel, counts: &BTreeMap<String, usize>) -> Value {
        let members = read.records.iter().filter_map(Member::from_record);
        let people: Vec<Value> = members
            .map(|member| {
                json!({
                    "id": member.person.to_string(),
                    "name": member.name,
                    "relation": member.relation.code(),
                })
            })
            .collect();
        let lacking = read.records.iter().flat_map(Record::blobs).filter(|blob| !files.contains_key(&blob.hash));
        let lacking: BTreeSet<String> = lacking.map(|blob| blob.hash.to_string()).collect();
        json!({
            "format": "opstap-export",
            "version": VERSION,
            "made": moment(self.of.now),
            "made_for": self.of.person.map(|person| person.to_string()),
            "circle": read.circle.to_string(),
            "circle_kind": match read.kind {
                CircleKind::Client => "client",
                CircleKind::Library => "library",
                CircleKind::Programme => "programme",
            },
            "client": read.client.map(|client| client.to_string()),
            "people": people,
            "records": counts,
            "files": files.len(),
            "files_not_here": lacking,
        })
    }

    /// The instruments that goals and measurements name: without them nobody can tell in ten years what level 3 of a domain was.
    fn instruments(&mut self, folder: &str, Parcel { read, .. }: &Parcel) -> Result<(), Fault> {
        let measured = read.records.iter().filter_map(Measurement::from_record).map(|one| one.instrument);
        let aimed = read.records.iter().filter_map(DomainGoal::from_record).map(|one| one.instrument);
        let named: BTreeSet<String> = measured.chain(aimed).collect();
        let known: Vec<Instrument> =
            self.instruments.all().iter().filter(|one| named.contains(&one.id.to_string())).cloned().collect();
        for instrument in known {
            // What was read from a file can be written as one.
            let Ok(written) = instrument.to_json() else { continue };
            self.text(&format!("{folder}instruments/{}.json", instrument.id), &String::from_utf8_lossy(&written))?;
        }
        Ok(())
    }

    /// The lists that tell of the circle itself: not those of what asks for attention, which are a reader's.
    fn lists(&mut self, folder: &str, parcel: &Parcel) -> Result<(), Fault> {
        let circle = Circle::new(&parcel.read);
        let mut files = Vec::new();
        for list in LISTS.iter().filter(|list| !list.is_about_a_reader()) {
            let me = parcel.read.client.or(self.of.person).unwrap_or(opstap_core::PersonId([0; 16]));
            let facts = Facts::new();
            let (words, period, now) = (&self.words, Period::default(), self.of.now);
            let asked = Asked { words, period, me, now, facts: &facts, instruments: &self.instruments };
            let mut grid = list.empty(&self.words);
            grid.rows = list.rows(&circle, &asked);
            if !grid.rows.is_empty() {
                files.push((format!("{folder}lists/{}.csv", list.name), grid.as_csv()));
            }
        }
        files.iter().try_for_each(|(name, text)| self.text(name, text))
    }
}
