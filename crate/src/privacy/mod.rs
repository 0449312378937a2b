//! What keeps results from telling of single people.
//!
//! In: customer ids. Out: [`Pseudonyms`], the names under which people leave in exports. Definitions: docs/metrics.md, section RFM.

mod pseudonyms;

pub use pseudonyms::Pseudonyms;
