//! The screens, by the people they are for. Screens read and write through `device` alone.

pub mod client;
pub mod professional;
pub mod shared;
pub mod supporter;
