//! Each step of the pipeline over made orders: `cargo bench -p feilun` (orders by `FEILUN_BENCH_ORDERS`, 1,000,000 unless told).
//!
//! The customers are skewed as in retail: order counts fall off geometrically, and rows come in the order of time, as exports do.
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench is not an interface")]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use feilun::history::{Histories, build};
use feilun::ingest::{Dimension, Ids, LocalClock, NamedDimension, Orders, Table, TableColumn};
use feilun::result::{
    CohortConfig, CohortWindow, ConcentrationConfig, FlywheelConfig, GainConfig, Granularity, GrowthConfig, PrivateDomainConfig,
    PurchaseIntervalConfig, RfmConfig, RfmMigrationConfig, SliceConfig, SliceRule, TableField, TableKind, TableMapping,
    TableReport,
};

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
        let span_us = u128::from(DAYS * 86_400_000_000);
        let time_us = 1_700_000_000_000_000 + (u128::from(order) * span_us / u128::from(n)) as i64;
        orders.customer_idx.push(customer);
        orders.time_us.push(time_us);
        orders.day.push(orders.clock.day(time_us));
        orders.net_minor.push((random() % 20_000 + 1) as i64);
    }
    let labels = ["app", "community", "pos", "site"].map(str::to_owned).to_vec();
    let codes = (0..n).map(|order| ((order * 2_654_435_761) >> 7) as u32 % 4).collect();
    orders.dimensions.push(NamedDimension { key: "channel".into(), dimension: Dimension { codes, labels } });
    orders
}

/// Members, touches and referrals of the same customers: three in four join, two touches and an invitation for every four of them.
fn attach(histories: &mut Histories) {
    let customers = histories.n_customers() as u32;
    let first_us = |customer: u32| histories.time_us[histories.rows(customer as usize).start];
    let known: Vec<u32> = (0..customers).filter(|&customer| !histories.rows(customer as usize).is_empty()).collect();
    let day_us = 86_400_000_000;
    let some = |every: usize| {
        known.iter().copied().enumerate().filter(move |(place, _)| place % every != 0).map(|(_, customer)| customer)
    };
    let joined: Vec<(u32, i64)> = some(4).map(|who| (who, first_us(who) + i64::from(who % 40) * day_us)).collect();
    let touched: Vec<(u32, i64)> = some(5).flat_map(|who| [9, 23].map(|days| (who, first_us(who) + days * day_us))).collect();
    let invited: Vec<(u32, i64)> = some(3).map(|who| (who, first_us(who) - i64::from(who % 30) * day_us)).collect();
    let inviters = invited.iter().map(|&(who, _)| known[(who as usize * 7) % known.len()]).collect();
    let tables = [
        table(TableKind::Members, histories, &joined, (TableField::CustomerId, TableField::JoinedAt), None),
        table(TableKind::Touches, histories, &touched, (TableField::CustomerId, TableField::SentAt), None),
        table(TableKind::Referrals, histories, &invited, (TableField::InviteeId, TableField::InvitedAt), Some(inviters)),
    ];
    for table in tables {
        histories.attach(table).unwrap();
    }
}

fn table(
    kind: TableKind,
    histories: &Histories,
    rows: &[(u32, i64)],
    (person, time): (TableField, TableField),
    inviters: Option<Vec<u32>>,
) -> Table {
    let mut ids = Ids::default();
    for customer in 0..histories.n_customers() as u32 {
        ids.push(histories.ids.get(customer));
    }
    let time_us: Vec<i64> = rows.iter().map(|row| row.1).collect();
    let day = time_us.iter().map(|&at| histories.clock.day(at)).collect();
    let mut columns =
        vec![(person, TableColumn::People(rows.iter().map(|row| row.0).collect())), (time, TableColumn::Times { time_us, day })];
    columns.extend(inviters.map(|inviters| (TableField::InviterId, TableColumn::People(inviters))));
    let report = TableReport {
        table: kind,
        files: Vec::new(),
        rows_read: rows.len() as u32,
        rows_used: rows.len() as u32,
        set_aside: Vec::new(),
        rounded_amounts: 0,
        ignored_times: 0,
        bytes_read: 0,
        mapping: TableMapping::default(),
        pii_columns_ignored: Vec::new(),
    };
    Table { kind, rows: rows.len(), ids, columns, report }
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
    let sliced = CohortConfig {
        slice: Some(SliceConfig { by: "channel".into(), rule: SliceRule::FirstOrder }),
        ..CohortConfig::default()
    };
    let rolling = CohortConfig { window: CohortWindow::Rolling, ..CohortConfig::default() };
    for (name, config) in [("cohorts_sliced", &sliced), ("cohorts_rolling", &rolling)] {
        group.bench_function(name, |b| b.iter(|| feilun::cohort::compute(&histories, config).unwrap()));
    }
    let intervals = PurchaseIntervalConfig::default();
    group.bench_function("purchase_intervals", |b| {
        b.iter(|| feilun::cohort::compute_purchase_intervals(&histories, &intervals).unwrap());
    });
    group.bench_function("rfm", |b| b.iter(|| feilun::rfm::compute(&histories, &RfmConfig::default()).unwrap()));
    let migration = RfmMigrationConfig::default();
    group.bench_function("rfm_migration", |b| b.iter(|| feilun::rfm::compute_migration(&histories, &migration).unwrap()));
    let concentration = ConcentrationConfig::default();
    group.bench_function("concentration", |b| b.iter(|| feilun::rfm::compute_concentration(&histories, &concentration).unwrap()));
    let growth = GrowthConfig::default();
    group.bench_function("growth", |b| b.iter(|| feilun::flywheel::compute_growth(&histories, &growth).unwrap()));
    let wheel = FlywheelConfig::default();
    group.bench_function("flywheel", |b| b.iter(|| feilun::flywheel::compute_flywheel(&histories, &wheel).unwrap()));
    let mut histories = histories;
    attach(&mut histories);
    let without = FlywheelConfig { gain: GainConfig { bootstrap: 0, ..GainConfig::default() }, ..FlywheelConfig::default() };
    for (name, config) in [("flywheel_tables", &wheel), ("flywheel_tables_no_interval", &without)] {
        group.bench_function(name, |b| b.iter(|| feilun::flywheel::compute_flywheel(&histories, config).unwrap()));
    }
    let domain = PrivateDomainConfig::default();
    group.bench_function("private_domain", |b| {
        b.iter(|| feilun::flywheel::compute_private_domain(&histories, &domain).unwrap());
    });
    group.finish();
}

criterion_group!(benches, steps);
criterion_main!(benches);
