//! Arrow bytes → typed columns; the only folder that names the Arrow crates.

mod orders;

pub use orders::{Dimension, Ids, LocalClock, NONE, Orders};
