//! The rules of Opstap, the same on phone and server: what a record is, who may do what, how edits merge, what goes over the wire.
//!
//! Nothing here reads a clock, draws a random number, or touches a file, a network or a database: what is needed is given.

pub mod access;
pub mod age;
pub mod edit;
pub mod history;
pub mod id;
pub mod instrument;
pub mod judge;
mod kind;
pub mod letters;
pub mod library;
pub mod merge;
pub mod model;
pub mod order;
pub mod pictograms;
pub mod plan_format;
pub mod protocol;
pub mod record;
pub mod sorted;
pub mod stamp;
pub mod stops;
pub mod value;

pub use age::{Day, Month};
pub use edit::{Change, Edit, EditName, Epoch, Seen};
pub use id::{CircleId, DeviceId, OrganisationId, PersonId, RecordId, ServerId};
pub use record::{Cell, Kept, Kind, Record};
pub use sorted::Sorted;
pub use stamp::{Millis, Stamp};
pub use value::{BlobHash, BlobRef, CellName, Media, Value};
