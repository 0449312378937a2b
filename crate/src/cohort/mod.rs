//! Histories → cohort retention, and the purchase intervals that say which periods to look at.
//!
//! In: [`Histories`](crate::history::Histories). Out: [`CohortTable`](crate::result::CohortTable), one row per period in which customers
//! first bought, one cell per period after it. One pass over the orders adds each customer's columns to sums by cohort and column; the
//! cells, their states and the mean rows are read off those sums. Definitions: docs/metrics.md, section Cohorts.
//!
//! [`PurchaseIntervals`](crate::result::PurchaseIntervals) are a pass of their own over the days customers bought on.
//!
//! Invariants: 0 ≤ count ≤ members; a column that has not begun has no cell; means use complete cells only.

mod cells;
mod columns;
mod compute;
mod customers;
mod means;
mod purchase_intervals;
mod sentence;
mod spans;
mod tally;

pub use compute::compute;
pub use customers::compute_customers;
pub use purchase_intervals::compute_purchase_intervals;
