//! `GET /api/reports/{file}`: reports over what a professional may read, and for coordinators whether following is used.

mod get;
