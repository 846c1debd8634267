//! What repeats stands once, in front: ids, names of cells, and shapes (what a row is and which cells it has).

use std::collections::BTreeMap;

use super::column::{wide, write_count, write_number, write_numbers};
use super::ids::{Id, read_ids, write_ids};
use super::reader::{Read, Reader, entry};
use crate::model;
use crate::record::Kind;
use crate::value::CellName;

/// What a row does or is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A change that sets cells; it has no kind of its own.
    Set,
    /// A record at the top of its circle, or the change that makes it.
    Top(Kind),
    /// A record below another, or the change that makes it.
    Below(Kind),
}

/// Gives each of several byte strings a place, in order of first use. One type for all that repeats: a map for each would weigh
/// more in the app than all else here together.
#[derive(Default)]
pub(super) struct Places {
    places: BTreeMap<Vec<u8>, u64>,
}

impl Places {
    /// The place of these bytes, and whether they are new.
    pub(super) fn place(&mut self, bytes: &[u8]) -> (u64, bool) {
        if let Some(place) = self.get(bytes) {
            return (place, false);
        }
        let place = wide(self.places.len());
        self.places.insert(bytes.to_vec(), place);
        (place, true)
    }

    pub(super) fn get(&self, bytes: &[u8]) -> Option<u64> {
        self.places.get(bytes).copied()
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }
}

/// Collects the tables while a body is written.
#[derive(Default)]
pub(super) struct TablesWriter {
    id_places: Places,
    ids: Vec<Id>,
    name_places: Places,
    names: Vec<u8>,
    shape_places: Places,
    shapes: Vec<u8>,
}

impl TablesWriter {
    /// The place of an id, which is in the table from now on.
    pub(super) fn id(&mut self, id: Id) -> u64 {
        let (place, new) = self.id_places.place(&id);
        if new {
            self.ids.push(id);
        }
        place
    }

    /// The place of an id if it is in the table.
    pub(super) fn place(&self, id: &Id) -> Option<u64> {
        self.id_places.get(id)
    }

    pub(super) fn name(&mut self, name: &str) -> u64 {
        let (place, new) = self.name_places.place(name.as_bytes());
        if new {
            write_count(&mut self.names, name.len());
            self.names.extend_from_slice(name.as_bytes());
        }
        place
    }

    pub(super) fn shape(&mut self, form: Form, names: &[u64]) -> u64 {
        let mut shape = Vec::new();
        let (code, kind) = match form {
            Form::Set => (0, None),
            Form::Top(kind) => (1, Some(kind)),
            Form::Below(kind) => (2, Some(kind)),
        };
        shape.push(code);
        if let Some(kind) = kind {
            write_number(&mut shape, u64::from(kind.code()));
        }
        write_count(&mut shape, names.len());
        write_numbers(&mut shape, names, &[]);
        let (place, new) = self.shape_places.place(&shape);
        if new {
            self.shapes.extend_from_slice(&shape);
        }
        place
    }

    /// How many shapes there are.
    pub(super) fn shapes(&self) -> usize {
        self.shape_places.len()
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        write_count(out, self.ids.len());
        write_ids(out, &self.ids, &[], &|_| None);
        write_count(out, self.name_places.len());
        out.extend_from_slice(&self.names);
        write_count(out, self.shape_places.len());
        out.extend_from_slice(&self.shapes);
    }
}

/// The form of a row and the names of its cells, by their places in the table of names.
pub(super) struct Shape {
    pub(super) form: Form,
    pub(super) names: Vec<u64>,
}

/// The tables of a body that is read.
pub(super) struct Tables {
    pub(super) ids: Vec<Id>,
    names: Vec<CellName>,
    pub(super) shapes: Vec<Shape>,
}

impl Tables {
    pub(super) fn read(reader: &mut Reader<'_>) -> Read<Self> {
        let count = reader.count("the number of ids")?;
        let ids = read_ids(reader, count, &[], &[])?;
        let mut names = Vec::new();
        for _ in 0..reader.count("the number of names")? {
            names.push(read_name(reader)?);
        }
        let mut shapes = Vec::new();
        for _ in 0..reader.count("the number of shapes")? {
            shapes.push(read_shape(reader)?);
        }
        Ok(Self { ids, names, shapes })
    }

    /// The id at a place that was read before.
    pub(super) fn id(&self, reader: &mut Reader<'_>, place: u64) -> Read<Id> {
        entry(reader, &self.ids, place).copied()
    }

    /// The id whose place comes next.
    pub(super) fn next_id(&self, reader: &mut Reader<'_>) -> Read<Id> {
        let place = reader.number()?;
        self.id(reader, place)
    }

    /// A name, paid for when it is a copy.
    pub(super) fn name(&self, reader: &mut Reader<'_>, place: u64) -> Read<CellName> {
        let name = entry(reader, &self.names, place)?;
        if let CellName::Owned(text) = name {
            reader.repeat(text.len())?;
        }
        Ok(name.clone())
    }
}

/// A name with its length before it; what the model knows costs no memory.
pub(super) fn read_name(reader: &mut Reader<'_>) -> Read<CellName> {
    let length = reader.count("the length of a name")?;
    let name = reader.text(length)?;
    Ok(model::known_name(name).map_or_else(|| name.to_owned().into(), Into::into))
}

/// The code of a kind.
pub(super) fn read_kind(reader: &mut Reader<'_>) -> Read<Kind> {
    let code = reader.number()?;
    match u16::try_from(code) {
        Ok(code) => Ok(Kind::from_code(code)),
        Err(_) => Err(reader.damaged("the code of a kind")),
    }
}

fn read_shape(reader: &mut Reader<'_>) -> Read<Shape> {
    let form = match reader.byte("the form of a shape")? {
        0 => Form::Set,
        1 => Form::Top(read_kind(reader)?),
        2 => Form::Below(read_kind(reader)?),
        _ => return Err(reader.damaged("the form of a shape")),
    };
    let count = reader.count("the number of cells")?;
    let names = reader.numbers(count, &[])?;
    Ok(Shape { form, names })
}
