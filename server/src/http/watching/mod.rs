//! `/api/watching/{circle}/{run}`.

pub mod delete;
pub mod put;
