//! Drawing: a figure and options as JSON in, the drawing as JSON out.

use wasm_bindgen::prelude::*;

use super::error::to_js;
use super::json;
use crate::charts;

/// Draws a figure.
#[wasm_bindgen]
pub fn draw(figure: &str, options: &str) -> Result<String, JsValue> {
    let figure = json::parse("figure", figure)?;
    let options = json::parse("options", options)?;
    json::write(&charts::draw(&figure, &options).map_err(|error| to_js(&error))?)
}
