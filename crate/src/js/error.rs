//! The one conversion of an error to JavaScript.

use js_sys::{Error as JsError, Reflect};
use wasm_bindgen::JsValue;

use crate::Error;

/// An `Error` object with `code` and, where known, `column`, `row`, `batch`, `byteOffset` and `file`.
pub(super) fn to_js(error: &Error) -> JsValue {
    let object = JsError::new(&error.to_string());
    let set = |name: &str, value: JsValue| {
        // Only a frozen object refuses, and this one is new.
        let _ = Reflect::set(&object, &JsValue::from_str(name), &value);
    };
    set("code", JsValue::from_str(error.kind().code()));
    if let Some(column) = error.column() {
        set("column", JsValue::from_str(column));
    }
    let places = [
        ("row", error.row()),
        ("batch", error.batch()),
        ("byteOffset", error.byte_offset()),
        ("file", error.file().map(u64::from)),
    ];
    for (name, value) in places {
        if let Some(value) = value {
            set(name, JsValue::from_f64(value as f64));
        }
    }
    object.into()
}
