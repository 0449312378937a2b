//! Any bytes → inspection, orders and every table beside them: values or typed errors, never a panic, within the budget.
#![no_main]

use std::sync::LazyLock;

use feilun::ingest::{Load, Step, inspect_bytes, load_bytes, load_table_bytes};
use feilun::result::{Grain, IngestOptions, Mapping, TableKind};
use libfuzzer_sys::fuzz_target;

/// Every role of the fixtures.
static MAPPING: LazyLock<Mapping> = LazyLock::new(|| {
    let bytes = include_bytes!("../../tests/data/arrow/base.arrow");
    inspect_bytes(bytes).expect("the fixture").mapping
});

/// Far more than the seeds need, far less than a machine has.
const BUDGET: u64 = 16 << 20;

fuzz_target!(|bytes: &[u8]| {
    let grain = if bytes.len() % 2 == 0 { Grain::Order } else { Grain::Line };
    let options = IngestOptions { grain, budget_bytes: BUDGET, ..IngestOptions::default() };
    if let Ok(inspection) = inspect_bytes(bytes) {
        check(bytes, &inspection.mapping, &options);
        for table in inspection.tables.iter().filter(|table| table.table != TableKind::Orders) {
            if let Ok(table) = load_table_bytes(bytes, table.table, &table.mapping, &options) {
                assert!(table.columns.iter().all(|(field, _)| !field.name().is_empty()));
            }
        }
    }
    check(bytes, &MAPPING, &options);
    stream(bytes, &options);
});

fn check(bytes: &[u8], mapping: &Mapping, options: &IngestOptions) {
    let Ok(orders) = load_bytes(bytes, mapping, options) else { return };
    let report = &orders.report;
    assert_eq!(report.rows_read, report.rows_used + report.set_aside.iter().map(|aside| aside.rows).sum::<u32>());
    assert!(orders.customer_idx.iter().all(|&idx| (idx as usize) < orders.ids.len()));
    // An overflow of sums is the only thing left that can go wrong.
    let _ = feilun::history::build(orders);
}

/// The same as a stream of unknown length.
fn stream(bytes: &[u8], options: &IngestOptions) {
    let Ok(mut load) = Load::new(None, &MAPPING, options) else { return };
    while let Ok(Step::Read { offset, len }) = load.step() {
        let (from, to) = (bytes.len().min(offset as usize), bytes.len().min(offset.saturating_add(len) as usize));
        if load.feed(bytes[from..to].to_vec()).is_err() {
            return;
        }
    }
    let _ = load.finish();
}
