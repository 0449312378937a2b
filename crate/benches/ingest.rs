//! Reading, step by step: `cargo bench -p feilun --bench ingest`. A million orders unless FEILUN_BENCH_ORDERS says otherwise.
//!
//! Reading is one pass over the file, so each step is measured as what a file or a mapped column more costs: `required` maps customer, time and amount
//! of an int64 export; the others add or change one thing. `arrange` is what follows, orders → histories.
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench is not an interface")]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use feilun::history::build;
use feilun::ingest::{inspect_bytes, load_bytes};
use feilun::result::{Grain, IngestOptions, Mapping};
use feilun_bench_data::{IdType, compress, write};

/// Customer, time and amount.
fn required() -> Mapping {
    Mapping {
        customer_id: Some("customer_id".into()),
        ordered_at: Some("ordered_at".into()),
        amount: Some("amount".into()),
        ..Mapping::default()
    }
}

fn steps(criterion: &mut Criterion) {
    let n = std::env::var("FEILUN_BENCH_ORDERS").map_or(1_000_000, |text| text.parse().unwrap());
    let [int64, utf8, dictionary] =
        [IdType::Int64, IdType::Utf8, IdType::Dictionary].map(|ids| write(Vec::new(), n, ids).unwrap());
    let lz4 = compress(&int64).unwrap();
    let options = IngestOptions::default();
    let lines = IngestOptions { grain: Grain::Line, ..IngestOptions::default() };
    let with = |set: fn(&mut Mapping)| {
        let mut mapping = required();
        set(&mut mapping);
        mapping
    };
    let labels = with(|mapping| mapping.store_id = Some("store_id".into()));
    let second_ids = with(|mapping| mapping.inviter_id = Some("inviter_id".into()));
    let second_times = with(|mapping| mapping.joined_at = Some("joined_at".into()));
    let order_ids = with(|mapping| mapping.order_id = Some("note".into()));
    let mut group = criterion.benchmark_group("ingest");
    group.throughput(Throughput::Elements(n)).sample_size(10);
    group.bench_function("inspect", |b| b.iter(|| inspect_bytes(&int64).unwrap()));
    let cases = [
        ("required", &int64, required(), &options),
        ("decompress_lz4", &lz4, required(), &options),
        ("intern_utf8_ids", &utf8, required(), &options),
        ("intern_dictionary_ids", &dictionary, required(), &options),
        ("labels", &int64, labels, &options),
        ("second_ids", &int64, second_ids, &options),
        ("second_times", &int64, second_times, &options),
        ("order_ids_merged", &int64, order_ids, &lines),
    ];
    for (name, bytes, mapping, options) in &cases {
        group.bench_function(*name, |b| b.iter(|| load_bytes(bytes, mapping, options).unwrap()));
    }
    let orders = load_bytes(&int64, &required(), &options).unwrap();
    group
        .bench_function("arrange", |b| b.iter_batched(|| orders.clone(), |orders| build(orders).unwrap(), BatchSize::LargeInput));
    group.finish();
}

criterion_group!(benches, steps);
criterion_main!(benches);
