//! The Opstap server: settings, HTTP, sessions in a cookie, blobs on disk, live hints, the first start. The rules are in `opstap-core`,
//! the protocol's server side in `opstap-sync-server`; what is here connects them to the world.

pub mod app_files;
pub mod blobs;
pub mod data_file;
pub mod database;
pub mod demo;
pub mod exchange;
pub mod export;
pub mod fhir;
pub mod first_start;
pub mod gtfs;
pub mod guidance;
pub mod http;
pub mod inviting;
pub mod journal;
pub mod links;
pub mod lists;
pub mod live;
pub mod log;
pub mod mail;
pub mod presence;
pub mod push;
pub mod settings;
pub mod sheet;
pub mod start;
pub mod world;
