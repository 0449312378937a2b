//! Histories → the metrics of private-domain retail, each under its id in the dictionary.
//!
//! In: [`Histories`](crate::history::Histories). Out: [`PrivateDomainTable`](crate::result::PrivateDomainTable). What the flywheel computes too is taken
//! from its modules; what is not there says which table or column to export.

mod breadth;
mod buying;
mod compute;
mod friends;
mod leaders;
mod pickup;

pub use compute::compute;
