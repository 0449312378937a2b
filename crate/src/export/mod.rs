//! Results → Arrow bytes, for other tools to read.
//!
//! In: columns of a result. Out: an Arrow IPC stream of one record batch without nulls, little-endian, uncompressed, which carries the result's
//! definition as JSON under the key `feilun.definition` of its schema. Equal results give equal bytes.

mod customers;
mod stream;

pub use customers::customers_stream;
