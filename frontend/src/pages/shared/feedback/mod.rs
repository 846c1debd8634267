//! Feedback on a practice, the same on the phone and at the desk: its words, its text with who read it, and what is said back.

mod correspondence;
mod sentences;

pub use correspondence::PracticeFeedback;
pub use sentences::{letter, listed, news};
