//! The parts screens are made of. They get properties and give events, hold the accessible behaviour, and know
//! nothing of storage. What they look like stands in `style/`.

mod button;
mod card;
mod dialog;
mod dots;
mod empty_state;
mod faces;
mod field;
mod floor;
mod help_levels;
mod icon;
mod list_row;
mod loading_bones;
mod next_up;
mod person;
mod person_link;
mod photo_input;
mod picture;
mod proud_stairs;
mod say_button;
mod screen;
mod segments;
mod state_mark;
mod switch;
mod tappable;
mod tile;
mod toast;
mod top_bar;

pub mod desk;

pub use button::{Appearance, Button, Size};
pub use card::{Card, Tone};
pub use dialog::{Confirm, Dialog};
pub use dots::Dots;
pub use empty_state::EmptyState;
pub use faces::{FaceMark, Faces, face_word};
pub use field::{Field, TextArea};
pub use floor::{Floor, HelpButton};
pub use help_levels::{HelpLevels, HelpMark, help_letter, help_word};
pub use icon::{Icon, icon};
pub use list_row::ListRow;
pub use loading_bones::{Bones, LoadingBones};
pub use next_up::NextUp;
pub use person::{Person, PersonSize};
pub use person_link::{PersonLink, PersonTile};
pub use photo_input::PhotoInput;
pub use picture::{Picture, Source, Well};
pub use proud_stairs::ProudStairs;
pub use say_button::{SayButton, Sentence};
pub use screen::{Hello, Main, Screen};
pub use segments::{Choice, Segments};
pub use state_mark::{DeviceState, Saved, StateChip, StateMark};
pub use switch::Switch;
pub use tile::{Tile, Tiles};
pub use toast::{Toast, ToastArea, clear_toast, show_toast};
pub use top_bar::TopBar;
