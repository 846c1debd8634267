//! The wire and the stored forms: nothing is lost on the way, nothing in the bytes can do harm, and the bytes stay what they are.

mod any;
mod nothing_is_lost;
