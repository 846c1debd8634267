//! The app: screens made of components, words in two languages, and the way between screens. Two programs are made of
//! it: `companion` for clients, volunteers and carers, `desk` for professionals and coordinators.

pub mod components;
pub mod dates;
pub mod event;
pub mod language;
pub mod navigation;
pub mod pictograms;
pub mod theme;
pub mod words;

#[cfg(feature = "gallery")]
pub mod gallery;
