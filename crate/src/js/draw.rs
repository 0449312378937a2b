//! Drawing: a figure and options as JSON in, the drawing as JSON out.

use wasm_bindgen::prelude::*;

use super::argument::argument;
use super::error::to_js;
use crate::{charts, json};

/// Draws a figure.
#[wasm_bindgen]
pub fn draw(figure: &str, options: &str) -> Result<String, JsValue> {
    let figure = argument("figure", figure)?;
    let options = argument("options", options)?;
    let drawing = charts::draw(&figure, &options).map_err(|error| to_js(&error))?;
    Ok(json::write(&drawing))
}
