//! Histories → RFM segments.
//!
//! In: [`Histories`](crate::history::Histories). Out: [`RfmTable`](crate::result::RfmTable), the scores, the R × FM grid and the
//! segments, and [`RfmCustomers`](crate::result::RfmCustomers), the people behind them. One pass over the orders gives each customer its
//! raw values; each axis is sorted once, its scores are cut-points on the sorted values. Definitions: docs/metrics.md, section RFM.
//!
//! Invariants: equal raw values have equal scores; every score triple has exactly one segment; the segments' customers and net add up to
//! the scored customers and their net.

mod compute;
mod preset;
mod score;
mod sentence;
mod table;
mod values;

pub use compute::{compute, compute_customers};
