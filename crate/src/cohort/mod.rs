//! Histories → cohort retention.
//!
//! In: [`Histories`](crate::history::Histories). Out: [`CohortTable`](crate::result::CohortTable), one row per period in which customers
//! first bought, one cell per period after it. One pass over the orders adds each customer's columns to sums by cohort and column; the
//! cells, their states and the mean rows are read off those sums. Definitions: docs/metrics.md, section Cohorts.
//!
//! Invariants: 0 ≤ count ≤ members; a column that has not begun has no cell; means use complete cells only.

mod cells;
mod columns;
mod compute;
mod means;
mod sentence;
mod tally;

pub use compute::compute;
