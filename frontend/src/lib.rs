//! The app: screens made of components, words in two languages, and the way between screens. Three programs are made
//! of it: `companion` for clients, `supporter` for volunteers, carers and parents, `desk` for professionals and coordinators.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a component owns its properties, also those it only copies into its handlers"
)]

pub mod companion;
pub mod components;
pub mod dates;
pub mod desk;
pub mod device;
pub mod event;
pub mod language;
pub mod navigation;
pub mod pages;
pub mod phone;
pub mod pictograms;
pub mod stories;
pub mod supporter;
pub mod theme;
pub mod trouble;
pub mod whose;
pub mod words;

#[cfg(feature = "gallery")]
pub mod gallery;
