//! Options and results as JSON text.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use super::error::to_js;
use crate::{Error, ErrorKind};

/// Options from JSON; unknown fields and wrong types are `config` errors that name what was expected.
pub(super) fn parse<T: DeserializeOwned>(what: &str, json: &str) -> Result<T, JsValue> {
    serde_json::from_str(json).map_err(|error| {
        let message = error.to_string();
        // The place in our own JSON text tells the caller nothing.
        let reason = message.split(" at line ").next().unwrap_or(&message);
        to_js(&Error::new(ErrorKind::Config, format!("{what}: {reason}")))
    })
}

/// A result as JSON.
pub(super) fn write<T: Serialize>(value: &T) -> Result<String, JsValue> {
    serde_json::to_string(value).map_err(|error| to_js(&Error::new(ErrorKind::Unsupported, error.to_string())))
}
