//! Arrow bytes → typed columns; the only folder that names the Arrow crates.

mod orders;
mod pending;

pub use orders::{Dimension, Ids, LocalClock, NONE, Orders};
pub use pending::{Inspect, Load, Progress, Step};
