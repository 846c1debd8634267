//! What repeats stands once, in front: ids, names of cells, and shapes (what a row is and which cells it has).

use std::collections::BTreeMap;

use super::WireError;
use super::column::{wide, write_count, write_number, write_numbers};
use super::ids::{Id, entry, read_ids, write_ids};
use super::reader::Reader;
use crate::model;
use crate::record::Kind;
use crate::value::CellName;

/// What a row does or is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// A change that sets cells; it has no kind of its own.
    Set,
    /// A record at the top of its circle, or the change that makes it.
    Top(Kind),
    /// A record below another, or the change that makes it.
    Below(Kind),
}

/// The form of a row and the names of its cells, by their places in the table of names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shape {
    pub(super) form: Form,
    pub(super) names: Vec<u64>,
}

/// Collects the tables while a body is written.
#[derive(Default)]
pub(super) struct TablesWriter {
    ids: Vec<Id>,
    id_places: BTreeMap<Id, u64>,
    names: Vec<CellName>,
    name_places: BTreeMap<CellName, u64>,
    shapes: Vec<Shape>,
    shape_places: BTreeMap<Shape, u64>,
}

fn place_of<T: Clone + Ord>(places: &mut BTreeMap<T, u64>, list: &mut Vec<T>, item: T) -> u64 {
    if let Some(place) = places.get(&item) {
        return *place;
    }
    let place = wide(list.len());
    list.push(item.clone());
    places.insert(item, place);
    place
}

impl TablesWriter {
    /// The place of an id, which is in the table from now on.
    pub(super) fn id(&mut self, id: Id) -> u64 {
        place_of(&mut self.id_places, &mut self.ids, id)
    }

    /// The place of an id if it is in the table.
    pub(super) fn place(&self, id: &Id) -> Option<u64> {
        self.id_places.get(id).copied()
    }

    pub(super) fn name(&mut self, name: &CellName) -> u64 {
        if let Some(place) = self.name_places.get(name) {
            return *place;
        }
        place_of(&mut self.name_places, &mut self.names, name.clone())
    }

    pub(super) fn shape<'a>(&mut self, form: Form, names: impl Iterator<Item = &'a CellName>) -> u64 {
        let names = names.map(|name| self.name(name)).collect();
        place_of(&mut self.shape_places, &mut self.shapes, Shape { form, names })
    }

    pub(super) fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        write_count(out, self.ids.len());
        write_ids(out, &self.ids, &[], &|_| None);
        write_count(out, self.names.len());
        for name in &self.names {
            write_count(out, name.len());
            out.extend(name.as_bytes());
        }
        write_count(out, self.shapes.len());
        for shape in &self.shapes {
            match shape.form {
                Form::Set => out.push(0),
                Form::Top(kind) => {
                    out.push(1);
                    write_number(out, u64::from(kind.code()));
                }
                Form::Below(kind) => {
                    out.push(2);
                    write_number(out, u64::from(kind.code()));
                }
            }
            write_count(out, shape.names.len());
            write_numbers(out, &shape.names, &[]);
        }
    }
}

/// The tables of a body that is read.
pub(super) struct Tables {
    pub(super) ids: Vec<Id>,
    names: Vec<CellName>,
    shapes: Vec<Shape>,
}

impl Tables {
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, WireError> {
        let count = reader.count("the number of ids")?;
        let ids = read_ids(reader, count, &[], &[])?;
        let count = reader.count("the number of names")?;
        let mut names = Vec::with_capacity(count);
        for _ in 0..count {
            names.push(read_name(reader)?);
        }
        let count = reader.count("the number of shapes")?;
        let mut shapes = Vec::with_capacity(count);
        for _ in 0..count {
            shapes.push(read_shape(reader)?);
        }
        Ok(Self { ids, names, shapes })
    }

    pub(super) fn id(&self, reader: &Reader<'_>, place: u64) -> Result<Id, WireError> {
        entry(reader, &self.ids, place)
    }

    /// A name, paid for when it is a copy.
    pub(super) fn name(&self, reader: &mut Reader<'_>, place: u64) -> Result<CellName, WireError> {
        let name = usize::try_from(place).ok().and_then(|at| self.names.get(at));
        let name = name.ok_or(reader.damaged("a place in the table of names"))?;
        if let CellName::Owned(text) = name {
            reader.repeat(text.len())?;
        }
        Ok(name.clone())
    }

    pub(super) fn shape(&self, reader: &Reader<'_>, place: usize) -> Result<&Shape, WireError> {
        self.shapes.get(place).ok_or(reader.damaged("a place in the table of shapes"))
    }

    pub(super) const fn shapes(&self) -> usize {
        self.shapes.len()
    }
}

/// A name with its length before it; what the model knows costs no memory.
pub(super) fn read_name(reader: &mut Reader<'_>) -> Result<CellName, WireError> {
    let length = reader.count("the length of a name")?;
    let name = reader.text(length)?;
    Ok(model::known_name(name).map_or_else(|| name.to_owned().into(), Into::into))
}

/// The code of a kind.
pub(super) fn read_kind(reader: &mut Reader<'_>) -> Result<Kind, WireError> {
    reader.small("the code of a kind").map(Kind::from_code)
}

fn read_shape(reader: &mut Reader<'_>) -> Result<Shape, WireError> {
    let error = reader.damaged("the form of a shape");
    let form = match reader.byte("the form of a shape")? {
        0 => Form::Set,
        1 => Form::Top(read_kind(reader)?),
        2 => Form::Below(read_kind(reader)?),
        _ => return Err(error),
    };
    let count = reader.count("the number of cells")?;
    let names = reader.numbers(count, &[])?;
    Ok(Shape { form, names })
}
