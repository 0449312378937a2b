//! The crate seen from outside: laws, goldens, tidy.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod beside;
mod brackets;
mod chain;
mod charts;
mod cohorts;
mod dictionary;
mod figures;
mod flywheel;
mod growth;
mod growth_slices;
mod hostile;
mod ingest;
mod json;
mod laws;
mod lists;
mod loop_figures;
mod memory;
mod migration;
mod private_domain;
mod purchase_intervals;
mod reading;
mod reports;
mod rfm_figures;
mod rfm_laws;
mod scores;
mod segments;
mod slices;
mod table;
mod tables;
mod tidy;
#[cfg(feature = "typegen")]
mod typescript;
