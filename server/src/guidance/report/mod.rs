//! Reports on guidance: the hours of a duo against what is granted, and what became of each domain; for people, as a table or for programs.

mod clients;
pub mod effect;
pub mod hours;
mod words;

pub use clients::{Client, clients_of};
pub use effect::EffectReport;
pub use hours::HoursReport;
pub use words::Words;
