//! Reading in bounded steps: JavaScript asks for the next byte range, reads it from its `Blob`, and feeds it.

use wasm_bindgen::prelude::*;

use super::argument::argument;
use super::dataset::Dataset;
use super::error::to_js;
use crate::history::Build;
use crate::ingest::{Close, Inspect, Load, LoadTable, Progress, Step};
use crate::{Error, ErrorKind, Result as CrateResult, json};

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
        Ok(json::write(&self.0.finish().map_err(|error| to_js(&error))?))
    }
}

/// The reading of a dataset.
#[wasm_bindgen]
pub struct Loader {
    stage: Stage,
    /// How far reading came.
    progress: Progress,
}

/// What is at work.
enum Stage {
    Read(Box<Load>),
    Close(Box<Close>),
    Build(Box<Build>),
    /// After an error.
    Lost,
}

impl Loader {
    fn load(&mut self) -> Result<&mut Load, JsValue> {
        match &mut self.stage {
            Stage::Read(load) => Ok(load),
            _ => Err(to_js(&Error::new(ErrorKind::Config, "everything has been read already"))),
        }
    }

    /// Works on for a moment; whether there is more to do.
    fn advance(&mut self) -> CrateResult<bool> {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Lost) {
            Stage::Read(load) => {
                self.progress = load.progress();
                Stage::Close(Box::new(load.close()?))
            }
            Stage::Close(mut close) => match close.step()? {
                true => Stage::Close(close),
                false => Stage::Build(Box::new(Build::new(close.finish()?)?)),
            },
            Stage::Build(mut build) => {
                let more = build.step();
                self.stage = Stage::Build(build);
                return Ok(more);
            }
            Stage::Lost => return Err(Error::new(ErrorKind::Config, "reading has failed before")),
        };
        Ok(true)
    }
}

#[wasm_bindgen]
impl Loader {
    /// `[offset, length]` of bytes that will likely be asked for later.
    pub fn ahead(&mut self) -> Result<Option<Box<[f64]>>, JsValue> {
        let ahead = self.load()?.ahead();
        Ok(ahead.map(|range| Box::from([range.start as f64, (range.end - range.start) as f64])))
    }

    /// Begins on a source of so many bytes, with mapping and options as JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(source_len: Option<f64>, mapping: &str, options: &str) -> Result<Self, JsValue> {
        let mapping = argument("mapping", mapping)?;
        let options = argument("options", options)?;
        let load = Load::new(source_len.map(|len| len as u64), &mapping, &options);
        let load = load.map_err(|error| to_js(&error))?;
        Ok(Self { stage: Stage::Read(Box::new(load)), progress: Progress::default() })
    }

    /// The next range to read.
    pub fn step(&mut self) -> Result<Option<Box<[f64]>>, JsValue> {
        range(self.load()?.step())
    }

    /// Takes the bytes of the last range; fewer than asked mean the end of the source.
    pub fn feed(&mut self, bytes: Vec<u8>) -> Result<(), JsValue> {
        self.load()?.feed(bytes).map_err(|error| to_js(&error))
    }

    /// Goes on with another file of the same table, once every range of the one before is fed.
    #[wasm_bindgen(js_name = nextFile)]
    pub fn next_file(&mut self, source_len: Option<f64>) -> Result<(), JsValue> {
        self.load()?.next_file(source_len.map(|len| len as u64)).map_err(|error| to_js(&error))
    }

    /// `[bytes read, bytes in all or -1, rows read]`.
    pub fn progress(&self) -> Box<[f64]> {
        match &self.stage {
            Stage::Read(load) => numbers(load.progress()),
            _ => numbers(self.progress),
        }
    }

    /// Arranges the orders for a moment, once every range is fed; the share done so far, `undefined` when all is.
    pub fn arrange(&mut self) -> Result<Option<f64>, JsValue> {
        let more = self.advance().map_err(|error| to_js(&error))?;
        Ok(more.then(|| if let Stage::Build(build) = &self.stage { build.share() } else { 0.0 }))
    }

    /// The dataset, once all is arranged.
    pub fn finish(self) -> Result<Dataset, JsValue> {
        match self.stage {
            Stage::Build(build) => Ok(Dataset::new(build.finish())),
            _ => Err(to_js(&Error::new(ErrorKind::Config, "the orders are not arranged yet"))),
        }
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
        let table = argument("table", table)?;
        let mapping = argument("mapping", mapping)?;
        let options = argument("options", options)?;
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
