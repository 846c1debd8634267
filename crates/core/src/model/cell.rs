//! How Rust types stand in cells.

use crate::id::{CircleId, PersonId, RecordId};
use crate::stamp::Millis;
use crate::value::{BlobRef, Value};

/// Reads a type from a cell.
pub trait FromCell: Sized {
    /// Whether a record without the cell cannot be read.
    const NEEDED: bool;

    /// The value as this type; `None` if it does not fit.
    fn from_cell(value: Option<&Value>) -> Option<Self>;

    /// Whether the value can be written in a cell of this type.
    fn fits(value: &Value) -> bool {
        Self::from_cell(Some(value)).is_some()
    }

    /// Whether it can be written where the cell may also be empty.
    fn fits_where_optional(value: &Value) -> bool {
        Self::fits(value)
    }
}

/// Writes a type to a cell.
pub trait ToCell {
    /// The value for the cell.
    fn to_cell(&self) -> Value;
}

/// A picture: one of the built-in pictograms, or a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// A pictogram by its name.
    Pictogram(String),
    /// A photo of the circle.
    Photo(BlobRef),
}

macro_rules! cell {
    ($type:ty, $from:pat => $read:expr, $this:ident => $write:expr) => {
        impl FromCell for $type {
            const NEEDED: bool = true;
            fn from_cell(value: Option<&Value>) -> Option<Self> {
                match value {
                    Some($from) => $read,
                    _ => None,
                }
            }
        }

        impl ToCell for $type {
            fn to_cell(&self) -> Value {
                let $this = self;
                $write
            }
        }
    };
}

cell!(bool, Value::Bool(yes) => Some(*yes), this => Value::Bool(*this));
cell!(i64, Value::Int(number) => Some(*number), this => Value::Int(*this));
cell!(u32, Value::Int(number) => u32::try_from(*number).ok(), this => Value::Int(i64::from(*this)));
cell!(Millis, Value::Int(millis) => u64::try_from(*millis).ok().map(Millis), this => Value::Int(i64::try_from(this.0).unwrap_or(i64::MAX)));
cell!(String, Value::Text(text) => Some(text.clone()), this => Value::Text(this.clone()));
cell!(RecordId, Value::Id(id) => Some(RecordId(*id)), this => Value::Id(this.0));
cell!(CircleId, Value::Id(id) => Some(CircleId(*id)), this => Value::Id(this.0));
cell!(PersonId, Value::Id(id) => Some(PersonId(*id)), this => Value::Id(this.0));
cell!(Vec<PersonId>, Value::Ids(ids) => Some(ids.iter().map(|id| PersonId(*id)).collect()), this => Value::Ids(this.iter().map(|id| id.0).collect()));
cell!(BlobRef, Value::Blob(blob) => Some(*blob), this => Value::Blob(*this));

impl FromCell for Picture {
    const NEEDED: bool = true;

    fn from_cell(value: Option<&Value>) -> Option<Self> {
        match value {
            Some(Value::Text(name)) => Some(Self::Pictogram(name.clone())),
            Some(Value::Blob(blob)) => Some(Self::Photo(*blob)),
            _ => None,
        }
    }
}

impl ToCell for Picture {
    fn to_cell(&self) -> Value {
        match self {
            Self::Pictogram(name) => Value::Text(name.clone()),
            Self::Photo(blob) => Value::Blob(*blob),
        }
    }
}

impl ToCell for &str {
    fn to_cell(&self) -> Value {
        Value::from(*self)
    }
}

impl<T: FromCell> FromCell for Option<T> {
    const NEEDED: bool = false;

    fn from_cell(value: Option<&Value>) -> Option<Self> {
        match value {
            None | Some(Value::Nothing) => Some(None),
            // A value that does not fit reads as empty: the rest of the record is still worth showing.
            fitting => Some(T::from_cell(fitting)),
        }
    }

    /// What would read as empty is not written.
    fn fits(value: &Value) -> bool {
        value.is_nothing() || T::fits_where_optional(value)
    }
}

impl<T: ToCell> ToCell for Option<T> {
    fn to_cell(&self) -> Value {
        self.as_ref().map_or(Value::Nothing, ToCell::to_cell)
    }
}
