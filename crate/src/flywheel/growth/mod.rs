//! Growth accounting: every period's customers and revenue split by what they did in it and in the one before.
//!
//! In: a view and a calendar, or a rolling window. Out: one [`GrowthPeriod`](crate::result::GrowthPeriod) per period, for all and per slice, and the
//! identities evaluated on them. Totals (`active`, `total`, `reported_net`) are summed on their own, not from the parts, so that the identities can fail.

mod account;
mod activity;
mod calendar;
mod compute;
mod customers;
mod identities;
mod rolling;

pub(super) use account::account;
pub(super) use activity::Activity;
pub use compute::compute;
pub use customers::compute_customers;
