//! The description of this server's own interface (OpenAPI 3.1), out of the handlers and the router that serves it.

pub mod describe;
pub mod get;
