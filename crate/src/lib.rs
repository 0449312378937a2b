//! feilun computes cohort retention, RFM segments and growth-flywheel metrics of community retail from Apache Arrow exports.
//!
//! ```text
//! Arrow bytes ─ ingest ─▶ columns ─ history ─▶ customer histories ─┬─ cohort ───┐
//!                                                                  ├─ rfm ──────┼─▶ results ─┬─ charts ─▶ SVG + marks
//!                                                                  └─ flywheel ─┘            └─ js ─▶ npm API
//! ```
//!
//! One direction, no way back. Every step takes the step before it and plain options, and returns plain data.
//! Nothing reads a clock, a locale or the network: as-of date, UTC offset and language are arguments.

pub mod charts;
pub mod cohort;
mod error;
pub mod export;
pub mod flywheel;
pub mod history;
pub mod ingest;
#[cfg(target_arch = "wasm32")]
pub mod js;
pub mod json;
mod listing;
mod pieces;
pub mod privacy;
pub mod result;
pub mod rfm;
mod sorting;
pub mod text;
#[cfg(feature = "typegen")]
pub mod typegen;

pub use error::{Error, ErrorKind, Result};
