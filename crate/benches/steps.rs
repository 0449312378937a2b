//! Each step of the pipeline over made orders: `cargo bench -p feilun` (orders by `FEILUN_BENCH_ORDERS`, 1,000,000 unless told).
//!
//! The customers are skewed as in retail: order counts fall off geometrically, and rows come in the order of time, as exports do.
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench is not an interface")]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use feilun::history::{Histories, build};
use feilun::ingest::{LocalClock, Orders};
use feilun::result::{CohortConfig, FlywheelConfig, Granularity, GrowthConfig, RfmConfig};

/// Days the orders span.
const DAYS: u64 = 548;

fn orders(n: u64) -> Orders {
    let mut orders = Orders { clock: LocalClock::fixed(480), ..Orders::default() };
    let customers = n / 8 + 1;
    for customer in 0..customers {
        orders.ids.push(format!("C{customer:08}").as_bytes());
    }
    let mut state = 20_260_211u64;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    for order in 0..n {
        // The smaller of two draws: early customers order more often.
        let customer = (random() % customers).min(random() % customers) as u32;
        let time_us = (1_700_000_000_000_000 + order * DAYS * 86_400_000_000 / n) as i64;
        orders.customer_idx.push(customer);
        orders.time_us.push(time_us);
        orders.day.push(orders.clock.day(time_us));
        orders.net_minor.push((random() % 20_000 + 1) as i64);
    }
    orders
}

fn steps(criterion: &mut Criterion) {
    let n = std::env::var("FEILUN_BENCH_ORDERS").map_or(1_000_000, |text| text.parse().unwrap());
    let orders = orders(n);
    let histories: Histories = build(orders.clone()).unwrap();
    let mut group = criterion.benchmark_group("steps");
    group.throughput(Throughput::Elements(n)).sample_size(10);
    group
        .bench_function("history", |b| b.iter_batched(|| orders.clone(), |orders| build(orders).unwrap(), BatchSize::LargeInput));
    for granularity in [Granularity::Day, Granularity::Month] {
        let config = CohortConfig { granularity, ..CohortConfig::default() };
        group.bench_function(format!("cohorts_{granularity:?}"), |b| {
            b.iter(|| feilun::cohort::compute(&histories, &config).unwrap());
        });
    }
    group.bench_function("rfm", |b| b.iter(|| feilun::rfm::compute(&histories, &RfmConfig::default()).unwrap()));
    let growth = GrowthConfig::default();
    group.bench_function("growth", |b| b.iter(|| feilun::flywheel::compute_growth(&histories, &growth).unwrap()));
    let wheel = FlywheelConfig::default();
    group.bench_function("flywheel", |b| b.iter(|| feilun::flywheel::compute_flywheel(&histories, &wheel).unwrap()));
    group.finish();
}

criterion_group!(benches, steps);
criterion_main!(benches);
