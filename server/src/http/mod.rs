//! HTTP: one file a route, by noun and verb; `router` lists them all.

pub mod app;
pub mod blobs;
pub mod calendar;
pub mod changes;
pub mod circles;
pub mod deliveries;
pub mod devices;
pub mod error;
pub mod fhir;
pub mod health;
pub mod history;
pub mod invitations;
pub mod let_go;
pub mod live;
pub mod mail;
pub mod me;
pub mod openapi;
pub mod origin;
pub mod pair;
pub mod people;
pub mod programme;
pub mod protection;
pub mod push;
pub mod quarantine;
pub mod request_id;
pub mod router;
pub mod session_cookie;
pub mod sign_out;
pub mod signed_in;
pub mod state;
pub mod stops;
pub mod sync;
pub mod watching;

pub use router::router;
pub use state::App;
