//! A loaded dataset: each metric takes its options as JSON and answers with its result as JSON.

use js_sys::{Array, Float64Array, Int32Array, JsString, Object, Reflect, Uint8Array, Uint32Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use super::error::to_js;
use super::json;
use crate::history::Histories;
use crate::ingest::Table;
use crate::{Result as CrateResult, cohort, flywheel, rfm};

/// Customer histories held in wasm memory until `free()`.
#[wasm_bindgen]
pub struct Dataset(Histories);

impl Dataset {
    pub(super) fn new(histories: Histories) -> Self {
        Self(histories)
    }

    pub(super) fn attach(&mut self, table: Table) -> CrateResult<()> {
        self.0.attach(table)
    }

    fn answer<C: DeserializeOwned, T: Serialize>(
        &self,
        what: &str,
        config: &str,
        compute: impl FnOnce(&Histories, &C) -> CrateResult<T>,
    ) -> Result<String, JsValue> {
        let config = json::parse(what, config)?;
        json::write(&compute(&self.0, &config).map_err(|error| to_js(&error))?)
    }
}

#[wasm_bindgen]
impl Dataset {
    /// What the dataset holds.
    pub fn summary(&self) -> Result<String, JsValue> {
        json::write(&self.0.summary())
    }

    /// Lets an attached table go; its name as JSON.
    pub fn detach(&mut self, table: &str) -> Result<(), JsValue> {
        self.0.detach(json::parse("table", table)?);
        Ok(())
    }

    /// Cohort retention.
    pub fn cohorts(&self, config: &str) -> Result<String, JsValue> {
        self.answer("cohorts", config, cohort::compute)
    }

    /// RFM segments.
    pub fn rfm(&self, config: &str) -> Result<String, JsValue> {
        self.answer("rfm", config, rfm::compute)
    }

    /// Growth accounting.
    pub fn growth(&self, config: &str) -> Result<String, JsValue> {
        self.answer("growth", config, flywheel::compute_growth)
    }

    /// The flywheel.
    pub fn flywheel(&self, config: &str) -> Result<String, JsValue> {
        self.answer("flywheel", config, flywheel::compute_flywheel)
    }

    /// The scored customers, one column each, numbers as typed arrays.
    #[wasm_bindgen(js_name = rfmCustomers)]
    pub fn rfm_customers(&self, config: &str) -> Result<Object, JsValue> {
        let config = json::parse("rfm", config)?;
        let customers = rfm::compute_customers(&self.0, &config).map_err(|error| to_js(&error))?;
        let strings = |texts: &[String]| texts.iter().map(|text| JsString::from(text.as_str())).collect::<Array>();
        let money: Vec<f64> = customers.monetary_minor.iter().map(|&minor| minor as f64).collect();
        let columns: [(&str, JsValue); 9] = [
            ("customerId", strings(&customers.customer_id).into()),
            ("recencyDays", Int32Array::from(&customers.recency_days[..]).into()),
            ("frequency", Uint32Array::from(&customers.frequency[..]).into()),
            ("monetaryMinor", Float64Array::from(&money[..]).into()),
            ("r", Uint8Array::from(&customers.r[..]).into()),
            ("f", Uint8Array::from(&customers.f[..]).into()),
            ("m", Uint8Array::from(&customers.m[..]).into()),
            ("segments", strings(&customers.segments).into()),
            ("segment", Uint8Array::from(&customers.segment[..]).into()),
        ];
        let object = Object::new();
        for (name, column) in columns {
            Reflect::set(&object, &JsValue::from_str(name), &column)?;
        }
        Ok(object)
    }
}
