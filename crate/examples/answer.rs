//! Answers without a browser: the calls of the npm package as this machine computes them.
//!
//! In: lines of JSON on stdin, one dataset each:
//! `{ "orders": { "path", "mapping", "options" }, "tables": { "members": { "path", "mapping" } }, "calls": [["cohorts", { … }]] }`.
//! Out: a line of JSON per call, its result, or `{ "error": code }`.
//!
//! `cargo run --release --package feilun --example answer < calls.jsonl`

use std::error::Error;
use std::io::{BufRead, Write as _, stdin, stdout};

use feilun::history::{Histories, build};
use feilun::ingest::{load_bytes, load_table_bytes};
use feilun::json::{self, Read, Write};
use feilun::{cohort, flywheel, rfm};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    for line in stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        let histories = load(&request)?;
        for call in request["calls"].as_array().into_iter().flatten() {
            let answer = answer(&histories, call[0].as_str().unwrap_or_default(), &call[1].to_string())
                .unwrap_or_else(|error| format!("{{\"error\":{}}}", json::write(&error.kind().code().to_owned())));
            writeln!(stdout(), "{answer}")?;
        }
    }
    Ok(())
}

/// The orders, with the tables beside them attached.
fn load(request: &Value) -> Result<Histories, Box<dyn Error>> {
    let bytes = |table: &Value| std::fs::read(table["path"].as_str().unwrap_or_default());
    let options = json::read(&request["orders"]["options"].to_string())?;
    let orders = &request["orders"];
    let mut histories = build(load_bytes(&bytes(orders)?, &json::read(&orders["mapping"].to_string())?, &options)?)?;
    for (name, table) in request["tables"].as_object().into_iter().flatten() {
        let kind = json::read(&format!("\"{name}\""))?;
        histories.attach(load_table_bytes(&bytes(table)?, kind, &json::read(&table["mapping"].to_string())?, &options)?)?;
    }
    Ok(histories)
}

fn answer(histories: &Histories, call: &str, config: &str) -> feilun::Result<String> {
    match call {
        "cohorts" => of(histories, config, cohort::compute),
        "purchaseIntervals" => of(histories, config, cohort::compute_purchase_intervals),
        "rfm" => of(histories, config, rfm::compute),
        "rfmMigration" => of(histories, config, rfm::compute_migration),
        "concentration" => of(histories, config, rfm::compute_concentration),
        "growth" => of(histories, config, flywheel::compute_growth),
        "flywheel" => of(histories, config, flywheel::compute_flywheel),
        "privateDomain" => of(histories, config, flywheel::compute_private_domain),
        "summary" => Ok(json::write(&histories.summary())),
        _ => Err(feilun::Error::new(feilun::ErrorKind::Config, format!("`{call}` is no call"))),
    }
}

fn of<C: Read, T: Write>(
    histories: &Histories,
    config: &str,
    compute: impl FnOnce(&Histories, &C) -> feilun::Result<T>,
) -> feilun::Result<String> {
    let config = json::read(config).map_err(|error| feilun::Error::new(feilun::ErrorKind::Config, error.to_string()))?;
    Ok(json::write(&compute(histories, &config)?))
}
