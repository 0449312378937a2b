//! The wasm-bindgen edge; the only folder that names wasm_bindgen, js_sys and web_sys.
//!
//! In: bytes and options from JavaScript. Out: results as JSON text (parsed faster than a walk over every field, and the same serde rules both
//! ways: missing is `null`, 64-bit integers are numbers), bulk columns as typed arrays, errors as JavaScript `Error`s with a `code`.
//! Nothing here computes, and nothing here panics; a trap (`RuntimeError`) is a bug of ours that the npm package survives.

mod argument;
mod dataset;
mod draw;
mod error;
mod read;

pub use dataset::Dataset;
pub use draw::draw;
pub use read::{Inspector, Loader, TableLoader};
