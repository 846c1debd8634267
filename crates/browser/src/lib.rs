//! Opstap: to be filled.
