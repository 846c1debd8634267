//! Reports on guidance: the hours of a duo against what is granted, what became of each domain, and whether following is used; for people, as
//! a table or for programs.

mod clients;
pub mod effect;
pub mod following;
pub mod hours;
mod words;

pub use clients::{Client, clients_of, in_order_of_name};
pub use effect::EffectReport;
pub use following::{FollowingReport, followed};
pub use hours::HoursReport;
pub use words::Words;
