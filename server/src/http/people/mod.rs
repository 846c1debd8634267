//! Accounts of people who are to join circles.

pub mod post;
