//! Step one of ingest, bytes → checked buffers: the walk over the messages of an Arrow file or stream.
//!
//! In: pieces of the input as they are asked for. Out: the schema, then for each dictionary and record batch the byte ranges of the chosen
//! columns, checked against the input's length and the budget before they are read. Nothing here interprets a value.

mod detect;
mod fetch;
mod file;
mod inflate;
mod layout;
mod message;
mod plan;
mod reader;
mod schema;
mod stream;
mod types;

pub(super) use layout::Layout;
pub(super) use message::corrupt;
pub(super) use plan::{BatchView, ColumnView};
pub(super) use reader::{Event, Reader};
pub(super) use schema::{Column, Schema};
pub(super) use types::{Encoding, TimeUnit, Type};
