//! The engine against a store in memory and a server that answers as told.

mod blobs;
mod bring;
mod keep;
mod room;
mod send;
mod stage;
mod start;
