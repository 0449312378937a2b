//! Arguments as JSON text.

use wasm_bindgen::JsValue;

use super::error::to_js;
use crate::json::{self, Read};
use crate::{Error, ErrorKind};

/// Options from JSON; unknown fields and wrong types are `config` errors that name what was expected.
pub(super) fn argument<T: Read>(what: &str, text: &str) -> Result<T, JsValue> {
    json::read(text).map_err(|error| to_js(&Error::new(ErrorKind::Config, format!("{what}: {error}"))))
}
