//! Step two of ingest, checked buffers → typed columns: values validated, customers interned, times to local days, amounts to minor units.
//!
//! In: batches of the mapped columns, a slice of rows at a time. Out: [`super::Orders`]. Every loop over values stands inside one `match`
//! on the Arrow type, and no row makes a `String`.

mod amount;
mod builder;
mod codes;
mod column;
mod decode;
mod dictionary;
mod finish;
mod intern;
mod labels;
mod pending;
mod runs;
mod sample;
mod table;
mod time;
mod wide;

pub(super) use builder::Builder;
pub(super) use finish::Closing;
pub(super) use sample::Sampler;
pub(super) use table::TableBuilder;
