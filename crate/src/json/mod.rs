//! Options and results as JSON text, for the wasm's edge: the same text as serde_json's, but for how a fraction is written.
//!
//! In: text from JavaScript, or a value. Out: a value, or text. serde's derived code for these types is a third of the wasm, because it is made anew
//! for every type and returns after every field; here a text becomes a flat list of nodes, one [`Reader`] looks fields up in it, and the first
//! thing that is wrong is kept until all is read. Natively, serde's derives are there as well; the two are held against each other.

mod nodes;
mod read;
mod values;
mod write;

pub use feilun_derive::{Read, Write};
pub use nodes::At;
pub use read::{Fields, Read, Reader, read};
pub use write::{Write, Writer, write};
