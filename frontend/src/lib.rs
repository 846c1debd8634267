//! The app: screens made of components, words in two languages, and the way between screens. Seven programs are made of
//! it: `companion`, `own` and `way` for clients, `supporter` for volunteers, carers and parents, `desk`, `programme` and `guidance` for
//! professionals and coordinators.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a component owns its properties, also those it only copies into its handlers"
)]

pub mod awake;
pub mod beside;
pub mod border;
pub mod companion;
pub mod components;
pub mod dates;
pub mod day;
pub mod desk;
pub mod device;
pub mod dictation;
pub mod entered;
pub mod event;
pub mod guidance;
pub mod keys;
pub mod language;
mod last_read;
pub mod navigation;
pub mod open_file;
pub mod own;
pub mod pages;
pub mod paper;
pub mod phone;
pub mod pictograms;
pub mod programme;
pub mod recorder;
pub mod save_file;
pub mod stories;
pub mod supporter;
pub mod theme;
pub mod trouble;
pub mod voice;
pub mod way;
pub mod whose;
pub mod words;

#[cfg(feature = "gallery")]
pub mod gallery;
