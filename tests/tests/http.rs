//! The server through its router, without a port: what each route gives, to whom it does not, and what becomes of bad input.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that can not read what it tests has to stop")]

mod http {
    mod app {
        mod get;
    }
    mod blobs {
        mod get;
        mod put;
    }
    mod calendar {
        mod get;
    }
    mod circles {
        mod export;
        mod post;
    }
    mod deliveries {
        mod get;
    }
    mod devices {
        mod delete;
        mod get;
    }
    mod fhir;
    mod health {
        mod get;
    }
    mod history {
        mod get;
    }
    mod instruments {
        mod get;
    }
    mod invitations {
        mod post;
    }
    mod let_go {
        mod get;
    }
    mod live {
        mod get;
    }
    mod lists;
    mod mail {
        mod digest;
        mod put;
        mod smtp;
    }
    mod me {
        mod get;
    }
    mod openapi {
        mod get;
    }
    mod pair {
        mod post;
    }
    mod phones {
        mod get;
    }
    mod programme;
    mod push {
        mod put;
        mod subscription;
    }
    mod quarantine;
    mod reports;
    mod sign_out {
        mod post;
    }
    mod sync {
        mod bad_bodies;
        mod bad_body;
        mod bad_edit;
        mod post;
    }
    mod watching {
        mod put;
    }
    mod caller;
    mod doors;
    mod photo;
    mod stage;
}

#[path = "../../crates/core/tests/wire/bad_bodies/mod.rs"]
#[expect(dead_code, reason = "bad answers are for devices; a server gets bad requests")]
mod bad_bodies;
