//! The wasm-bindgen edge; the only folder that names wasm_bindgen, js_sys and web_sys.
