//! The result structs: the normal form that charts, the npm API and the tests rely on.
//!
//! In: nothing; these are plain data. Out: serde structs whose Rust definition is the only one (the TypeScript types are generated from it).
//!
//! What cannot happen in a result:
//! - an unobserved value is `None`, never 0; a ratio with denominator 0 is `None`;
//! - counts are integers, money is integer minor units (fen, cents), rates lie in [0, 1];
//! - day ranges are half-open `[start, end)` and written as ISO dates;
//! - rows and periods come in ascending order, segments in the order of their preset.

mod chain;
mod cohort;
mod costs;
mod customer_list;
mod dataset;
mod definition;
mod domain;
mod flywheel;
mod growth;
mod interval;
mod momentum;
mod purchase_intervals;
mod rfm;
mod rfm_concentration;
mod rfm_customers;
mod rfm_migration;
mod slice;
mod table;

pub use chain::*;
pub use cohort::*;
pub use costs::*;
pub use customer_list::*;
pub use dataset::*;
pub use definition::*;
pub use domain::*;
pub use flywheel::*;
pub use growth::*;
pub use momentum::*;
pub use purchase_intervals::*;
pub use rfm::*;
pub use rfm_concentration::*;
pub use rfm_customers::*;
pub use rfm_migration::*;
pub use slice::*;
pub use table::*;
