//! Photos and sounds on disk: named by circle and SHA-256, complete or not there, resumable while they come in.

mod content;
mod erase;
mod folder;
mod upload;

pub use content::{LONGEST_SIDE, Unfit, look_at};
pub use erase::{erase, erase_when_told};
pub use folder::{BlobFolder, Sender};
pub use upload::{Stopped, Upload};
