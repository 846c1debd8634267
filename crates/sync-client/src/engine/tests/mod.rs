//! The engine against a store in memory and a server that answers as told.

mod blobs;
mod bring;
mod keep;
mod letting_go;
mod restored;
mod room;
mod send;
mod stage;
mod start;
mod summaries;
