//! Histories → RFM segments, migration between them, and concentration.
//!
//! In: [`Histories`](crate::history::Histories). Out: [`RfmTable`](crate::result::RfmTable), the scores, the R × FM grid and the
//! segments; [`RfmCustomers`](crate::result::RfmCustomers), the people behind them; [`RfmMigration`](crate::result::RfmMigration), the same people on
//! two days; [`ConcentrationTable`](crate::result::ConcentrationTable). One pass over the orders gives each customer its raw values (`values`); each
//! axis turns them into integers (`keys`), finds cut-points (`cuts`) and scores (`score`). Definitions: docs/metrics.md, section RFM.
//!
//! Invariants: equal raw values have equal scores, but in the modes that say otherwise; every score triple has exactly one segment; the segments'
//! customers and net add up to the scored customers and their net. No float decides a score or a segment.

mod cn8;
mod compute;
mod concentration;
mod custom;
mod customers;
mod cuts;
mod keys;
mod migration;
mod options;
mod preset;
mod score;
mod scored;
mod sentence;
mod table;
mod values;

pub use compute::compute;
pub use concentration::compute_concentration;
pub use customers::compute_customers;
pub use migration::compute_migration;
