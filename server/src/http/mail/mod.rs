//! `/api/mail`: hearing by e-mail that there is something new, and the page by which an address is confirmed.

pub mod confirm;
pub mod delete;
pub mod digest;
pub mod get;
pub mod page;
pub mod put;
