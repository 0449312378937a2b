//! Histories → growth accounting and the flywheel.
//!
//! In: [`Histories`](crate::history::Histories). Out: [`GrowthTable`](crate::result::GrowthTable), who came, stayed, returned and left per period;
//! [`FlywheelTable`](crate::result::FlywheelTable), the six steps of the loop with its gain and cycle time. A step whose data is missing says which
//! table or column to export; it is never filled with a zero.

mod bootstrap;
mod bottleneck;
mod chain;
mod claims;
mod costs;
mod domain;
mod gain;
mod growth;
mod invitations;
mod lag;
mod links;
mod metric;
mod momentum;
mod options;
mod people;
mod periods;
mod pool;
mod quantile;
mod referral;
mod repeat;
mod scan;
mod sentence;
mod service;
mod touches;
mod wheel;

pub use domain::compute as compute_private_domain;
pub use growth::{compute as compute_growth, compute_customers as compute_growth_customers};
pub use wheel::compute as compute_flywheel;
