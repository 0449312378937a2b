//! Reading in bounded steps: JavaScript asks for the next byte range, reads it from its `Blob`, and feeds it.

use wasm_bindgen::prelude::*;

use super::dataset::Dataset;
use super::error::to_js;
use super::json;
use crate::history;
use crate::ingest::{Inspect, Load, LoadTable, Progress, Step};
use crate::{Error, Result as CrateResult};

/// `[offset, length]` of the bytes to feed next; `undefined` when everything is read. Numbers, not bigints: files stay below 2^53 bytes.
fn range(step: CrateResult<Step>) -> Result<Option<Box<[f64]>>, JsValue> {
    match step.map_err(|error| to_js(&error))? {
        Step::Read { offset, len } => Ok(Some(Box::new([offset as f64, len as f64]))),
        Step::Done => Ok(None),
    }
}

/// `[bytes read, bytes in all or -1, rows read]`.
fn numbers(progress: Progress) -> Box<[f64]> {
    let total = progress.bytes_total.map_or(-1.0, |total| total as f64);
    Box::new([progress.bytes_read as f64, total, progress.rows_read.into()])
}

/// A look at the schema.
#[wasm_bindgen]
pub struct Inspector(Inspect);

#[wasm_bindgen]
impl Inspector {
    /// Begins on a source of so many bytes.
    #[wasm_bindgen(constructor)]
    pub fn new(source_len: Option<f64>) -> Self {
        Self(Inspect::new(source_len.map(|len| len as u64)))
    }

    /// The next range to read.
    pub fn step(&mut self) -> Result<Option<Box<[f64]>>, JsValue> {
        range(self.0.step())
    }

    /// Takes the bytes of the last range; fewer than asked mean the end of the source.
    pub fn feed(&mut self, bytes: Vec<u8>) -> Result<(), JsValue> {
        self.0.feed(bytes).map_err(|error| to_js(&error))
    }

    /// The inspection, as JSON.
    pub fn finish(self) -> Result<String, JsValue> {
        json::write(&self.0.finish().map_err(|error| to_js(&error))?)
    }
}

/// The reading of a dataset.
#[wasm_bindgen]
pub struct Loader(Load);

#[wasm_bindgen]
impl Loader {
    /// Begins on a source of so many bytes, with mapping and options as JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(source_len: Option<f64>, mapping: &str, options: &str) -> Result<Self, JsValue> {
        let mapping = json::parse("mapping", mapping)?;
        let options = json::parse("options", options)?;
        let load = Load::new(source_len.map(|len| len as u64), &mapping, &options);
        load.map(Self).map_err(|error| to_js(&error))
    }

    /// The next range to read.
    pub fn step(&mut self) -> Result<Option<Box<[f64]>>, JsValue> {
        range(self.0.step())
    }

    /// Takes the bytes of the last range; fewer than asked mean the end of the source.
    pub fn feed(&mut self, bytes: Vec<u8>) -> Result<(), JsValue> {
        self.0.feed(bytes).map_err(|error| to_js(&error))
    }

    /// Goes on with another file of the same table, once every range of the one before is fed.
    #[wasm_bindgen(js_name = nextFile)]
    pub fn next_file(&mut self, source_len: Option<f64>) -> Result<(), JsValue> {
        self.0.next_file(source_len.map(|len| len as u64)).map_err(|error| to_js(&error))
    }

    /// `[bytes read, bytes in all or -1, rows read]`.
    pub fn progress(&self) -> Box<[f64]> {
        numbers(self.0.progress())
    }

    /// The dataset, once every range is fed.
    pub fn finish(self) -> Result<Dataset, JsValue> {
        let histories = self.0.finish().and_then(history::build);
        histories.map(Dataset::new).map_err(|error: Error| to_js(&error))
    }
}

/// The reading of a table beside orders.
#[wasm_bindgen]
pub struct TableLoader(LoadTable);

#[wasm_bindgen]
impl TableLoader {
    /// Begins on a source of so many bytes, with the table's name, mapping and options as JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(source_len: Option<f64>, table: &str, mapping: &str, options: &str) -> Result<Self, JsValue> {
        let table = json::parse("table", table)?;
        let mapping = json::parse("mapping", mapping)?;
        let options = json::parse("options", options)?;
        let load = LoadTable::new(source_len.map(|len| len as u64), table, &mapping, &options);
        load.map(Self).map_err(|error| to_js(&error))
    }

    /// The next range to read.
    pub fn step(&mut self) -> Result<Option<Box<[f64]>>, JsValue> {
        range(self.0.step())
    }

    /// Takes the bytes of the last range; fewer than asked mean the end of the source.
    pub fn feed(&mut self, bytes: Vec<u8>) -> Result<(), JsValue> {
        self.0.feed(bytes).map_err(|error| to_js(&error))
    }

    /// Goes on with another file of the same table, once every range of the one before is fed.
    #[wasm_bindgen(js_name = nextFile)]
    pub fn next_file(&mut self, source_len: Option<f64>) -> Result<(), JsValue> {
        self.0.next_file(source_len.map(|len| len as u64)).map_err(|error| to_js(&error))
    }

    /// `[bytes read, bytes in all or -1, rows read]`.
    pub fn progress(&self) -> Box<[f64]> {
        numbers(self.0.progress())
    }

    /// Attaches the table to a dataset, once every range is fed.
    #[wasm_bindgen(js_name = attachTo)]
    pub fn attach_to(self, dataset: &mut Dataset) -> Result<(), JsValue> {
        self.0.finish().and_then(|table| dataset.attach(table)).map_err(|error| to_js(&error))
    }
}
