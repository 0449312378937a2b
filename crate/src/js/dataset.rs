//! A loaded dataset: each metric takes its options as JSON and answers with its result as JSON.

use js_sys::{Array, Float64Array, Int32Array, JsString, Object, Reflect, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::*;

use super::argument::argument;
use super::error::to_js;
use crate::history::Histories;
use crate::ingest::Table;
use crate::json::{Read, Write};
use crate::privacy::Pseudonyms;
use crate::result::{CustomerList, RfmCustomers};
use crate::{Result as CrateResult, cohort, export, flywheel, json, rfm};

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

    /// Customers one by one, under pseudonyms if a salt is given.
    fn customers<C: Read, T>(
        &self,
        what: &str,
        config: &str,
        salt: Option<&[u8]>,
        compute: impl FnOnce(&Histories, &C, Option<&Pseudonyms>) -> CrateResult<T>,
    ) -> Result<T, JsValue> {
        let config = argument(what, config)?;
        let pseudonyms = salt.map(Pseudonyms::new).transpose().map_err(|error| to_js(&error))?;
        compute(&self.0, &config, pseudonyms.as_ref()).map_err(|error| to_js(&error))
    }

    fn scored(&self, config: &str, salt: Option<&[u8]>) -> Result<RfmCustomers, JsValue> {
        self.customers("rfm", config, salt, rfm::compute_customers)
    }

    fn answer<C: Read, T: Write>(
        &self,
        what: &str,
        config: &str,
        compute: impl FnOnce(&Histories, &C) -> CrateResult<T>,
    ) -> Result<String, JsValue> {
        let config = argument(what, config)?;
        Ok(json::write(&compute(&self.0, &config).map_err(|error| to_js(&error))?))
    }
}

#[wasm_bindgen]
impl Dataset {
    /// What the dataset holds.
    pub fn summary(&self) -> Result<String, JsValue> {
        Ok(json::write(&self.0.summary()))
    }

    /// Lets an attached table go; its name as JSON.
    pub fn detach(&mut self, table: &str) -> Result<(), JsValue> {
        self.0.detach(argument("table", table)?);
        Ok(())
    }

    /// Cohort retention.
    pub fn cohorts(&self, config: &str) -> Result<String, JsValue> {
        self.answer("cohorts", config, cohort::compute)
    }

    /// Purchase intervals.
    #[wasm_bindgen(js_name = purchaseIntervals)]
    pub fn purchase_intervals(&self, config: &str) -> Result<String, JsValue> {
        self.answer("purchaseIntervals", config, cohort::compute_purchase_intervals)
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

    /// The private-domain metrics.
    #[wasm_bindgen(js_name = privateDomain)]
    pub fn private_domain(&self, config: &str) -> Result<String, JsValue> {
        self.answer("privateDomain", config, flywheel::compute_private_domain)
    }

    /// Migration between RFM segments.
    #[wasm_bindgen(js_name = rfmMigration)]
    pub fn rfm_migration(&self, config: &str) -> Result<String, JsValue> {
        self.answer("rfmMigration", config, rfm::compute_migration)
    }

    /// Concentration of net.
    pub fn concentration(&self, config: &str) -> Result<String, JsValue> {
        self.answer("concentration", config, rfm::compute_concentration)
    }

    /// The scored customers, one column each, numbers as typed arrays; under pseudonyms if a salt is given, else under their ids.
    #[wasm_bindgen(js_name = rfmCustomers)]
    pub fn rfm_customers(&self, config: &str, salt: Option<Box<[u8]>>) -> Result<Object, JsValue> {
        let customers = self.scored(config, salt.as_deref())?;
        object(&[
            ("definition", js_sys::JSON::parse(&json::write(&customers.definition))?),
            ("pseudonyms", customers.pseudonyms.into()),
            ("customerId", strings(&customers.customer_id)),
            ("recencyDays", Int32Array::from(&customers.recency_days[..]).into()),
            ("frequency", Uint32Array::from(&customers.frequency[..]).into()),
            ("monetaryMinor", Float64Array::from(&customers.monetary_minor[..]).into()),
            ("orders", Uint32Array::from(&customers.orders[..]).into()),
            ("netMinor", floats(&customers.net_minor)),
            ("r", Uint8Array::from(&customers.r[..]).into()),
            ("f", Uint8Array::from(&customers.f[..]).into()),
            ("m", Uint8Array::from(&customers.m[..]).into()),
            ("weighted", customers.weighted.as_deref().map_or(JsValue::NULL, |weighted| Float64Array::from(weighted).into())),
            ("segments", strings(&customers.segments)),
            ("segment", Uint8Array::from(&customers.segment[..]).into()),
        ])
    }

    /// The same as an Arrow IPC stream.
    #[wasm_bindgen(js_name = rfmCustomersArrow)]
    pub fn rfm_customers_arrow(&self, config: &str, salt: Option<Box<[u8]>>) -> Result<Vec<u8>, JsValue> {
        let customers = self.scored(config, salt.as_deref())?;
        export::customers_stream(&customers).map_err(|error| to_js(&error))
    }
    /// The customers behind a cell of the cohort table, in columns as of the scored ones.
    #[wasm_bindgen(js_name = cohortCustomers)]
    pub fn cohort_customers(&self, config: &str, salt: Option<Box<[u8]>>) -> Result<Object, JsValue> {
        listed(&self.customers("cohortCustomers", config, salt.as_deref(), cohort::compute_customers)?)
    }

    /// The customers behind a count of growth accounting, likewise.
    #[wasm_bindgen(js_name = growthCustomers)]
    pub fn growth_customers(&self, config: &str, salt: Option<Box<[u8]>>) -> Result<Object, JsValue> {
        listed(&self.customers("growthCustomers", config, salt.as_deref(), flywheel::compute_growth_customers)?)
    }
}

fn listed(customers: &CustomerList) -> Result<Object, JsValue> {
    object(&[
        ("definition", js_sys::JSON::parse(&json::write(&customers.definition))?),
        ("pseudonyms", customers.pseudonyms.into()),
        ("customerId", strings(&customers.customer_id)),
        ("recencyDays", Int32Array::from(&customers.recency_days[..]).into()),
        ("orders", Uint32Array::from(&customers.orders[..]).into()),
        ("netMinor", floats(&customers.net_minor)),
    ])
}

fn object(fields: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &JsValue::from_str(name), value)?;
    }
    Ok(object)
}

fn strings(texts: &[String]) -> JsValue {
    texts.iter().map(|text| JsString::from(text.as_str())).collect::<Array>().into()
}

/// Minor units as JavaScript's numbers.
fn floats(minor: &[i64]) -> JsValue {
    let numbers: Vec<f64> = minor.iter().map(|&minor| minor as f64).collect();
    Float64Array::from(&numbers[..]).into()
}
