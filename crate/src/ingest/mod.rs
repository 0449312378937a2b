//! Arrow bytes → typed columns; the only folder that names the Arrow crates.
//!
//! In: an Arrow IPC file or stream, asked for piece by piece ([`Step`]), a [`Mapping`](crate::result::Mapping) and
//! [`IngestOptions`](crate::result::IngestOptions). Out: [`Orders`], or an [`Inspection`](crate::result::Inspection) of the schema.
//!
//! Two steps: `ipc` walks the messages and checks every range against the input before it is read; `columns` validates and interprets values.
//! No byte of the input can make it panic, and nothing but customer indices depends on the order of rows or on how batches are cut.

mod columns;
mod inspect;
mod ipc;
mod load;
mod load_table;
mod mapping;
mod options;
mod orders;
mod pull;
mod report;
#[cfg(target_arch = "wasm32")]
mod seed;
mod step;
mod tables;

pub use inspect::{Inspect, inspect_bytes};
pub use load::{Close, Load, load_bytes, load_files};
pub use load_table::{LoadTable, load_table_bytes};
pub use options::DEFAULT_EXCLUDED_STATUSES;
pub use orders::{Dimension, Ids, LocalClock, NONE, NamedDimension, Orders};
pub use step::{Progress, Step};
pub use tables::{Table, TableColumn};
