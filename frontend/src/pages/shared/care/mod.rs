//! What those around a client do with plans in use, the same at the desk and on the phone: see and say how much help steps took, give
//! less help or give it back, settle on days off, write down what was done without a phone, and choose pictures and words together.

mod after_practice;
mod choosing;
mod days_off;
mod helping_less;
mod kept;
mod paper;
mod paper_practice;
mod reminding;
mod step_levels;
mod taken_back;
mod together;

pub use after_practice::{AfterPractice, AfterPracticeFields, QUARTER};
pub use days_off::DaysOffSheet;
pub use helping_less::{HelpingLess, alone_since};
pub use kept::{keep, keep_in_circles, taking_away};
pub use paper::{PaperRun, PaperWhen};
pub use paper_practice::PaperPractice;
pub use reminding::Reminding;
pub use step_levels::{StepLevels, correct, take_away};
pub use together::Together;
