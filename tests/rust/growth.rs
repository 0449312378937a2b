//! Growth accounting: the golden fixture, a naive reference over random tables, and the identities as laws.

use std::collections::{BTreeMap, BTreeSet};

use feilun::flywheel::compute_growth;
use feilun::history::Calendar;
use feilun::result::{Granularity, GrowthConfig, GrowthTable};
use proptest::prelude::*;

use crate::table::{DAY_US, GOLDEN, OFFSET_MINUTES, Row, histories, histories_of, only};

fn monthly(table: &str) -> GrowthTable {
    compute_growth(&histories(table), &GrowthConfig::default()).unwrap()
}

/// `new retained resurrected churned dormant | new retained resurrected expansion contraction churned` per period.
fn check(table: &GrowthTable, expected: &[(&str, [u32; 5], [i64; 6])]) {
    let found = table.periods.iter().map(|p| {
        let (c, r) = (p.counts, p.revenue);
        (
            p.period.label.as_str(),
            [c.new, c.retained, c.resurrected, c.churned, c.dormant],
            [r.new, r.retained, r.resurrected, r.expansion, r.contraction, r.churned],
        )
    });
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn golden_fixture() {
    let table = monthly(GOLDEN);
    check(
        &table,
        &[
            ("2025-01", [3, 0, 0, 0, 0], [6000, 0, 0, 0, 0, 0]),
            ("2025-02", [2, 2, 0, 1, 0], [1400, 3000, 0, 500, 0, 3000]),
            ("2025-03", [1, 2, 1, 2, 0], [2400, 1300, 4000, 0, 1000, 2600]),
        ],
    );
    let quick: Vec<_> = table.periods.iter().map(|p| p.quick_ratio).collect();
    assert_eq!(quick, [None, Some(2.0), Some(1.0)]);
    assert_eq!(table.periods[2].retention_rate, Some(0.5));
    assert_eq!(table.periods[2].reactivation_rate, Some(1.0));
    assert!(table.periods[0].first && !table.periods[1].first);
    assert_eq!((table.definition.orders, table.definition.net_minor), (12, 18_600));
}

#[test]
fn a_refunded_customer_is_reconciled() {
    let table = monthly("A 2025-01-05 10:00 1000\n A 2025-02-03 10:00 500\n A 2025-02-04 10:00 -800\n B 2025-02-01 10:00 -50");
    let february = table.periods[1].revenue;
    assert_eq!((february.total, february.refund_adjust, february.reported_net), (0, -350, -350));
    assert_eq!((table.periods[1].counts.retained, february.contraction), (1, 1000));
}

#[test]
fn empty_periods_and_a_return() {
    let table = monthly("A 2025-01-05 10:00 100\n A 2025-04-05 10:00 300");
    check(
        &table,
        &[
            ("2025-01", [1, 0, 0, 0, 0], [100, 0, 0, 0, 0, 0]),
            ("2025-02", [0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 100]),
            ("2025-03", [0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0]),
            ("2025-04", [0, 0, 1, 0, 0], [0, 0, 300, 0, 0, 0]),
        ],
    );
    assert!(!table.periods[3].period.complete);
}

#[test]
fn a_filter_restarts_every_customer() {
    let data = histories("A 2025-01-05 10:00 100 store=S\n A 2025-02-05 10:00 300 store=T\n A 2025-03-05 10:00 300 store=T");
    let filter = only("store_id", "T");
    let table = compute_growth(&data, &GrowthConfig { filter, ..GrowthConfig::default() }).unwrap();
    check(&table, &[("2025-02", [1, 0, 0, 0, 0], [300, 0, 0, 0, 0, 0]), ("2025-03", [0, 1, 0, 0, 0], [0, 300, 0, 0, 0, 0])]);
    assert!(!table.periods[0].first);
    for (key, label) in [("store_id", "X"), ("channel", "pos")] {
        let config = GrowthConfig { filter: only(key, label), ..GrowthConfig::default() };
        assert_eq!(compute_growth(&data, &config).unwrap_err().kind().code(), "config");
    }
}

fn arbitrary_rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0u8..8, 0i64..200, 0i64..4, prop_oneof![Just(0i64), -500..0i64, 1..5000i64]).prop_map(
        |(customer, day, quarter, net_minor)| Row {
            customer: format!("c{customer}"),
            local_us: (20_000 + day) * DAY_US + quarter * DAY_US / 4,
            net_minor,
            ..Row::default()
        },
    );
    prop::collection::vec(row, 1..80)
}

/// Counts straight from the definitions, set by set.
fn naive_counts(rows: &[Row], calendar: Calendar, periods: std::ops::Range<i32>) -> Vec<[u32; 6]> {
    let mut active: BTreeMap<i32, BTreeSet<&str>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.net_minor > 0) {
        active.entry(calendar.period(row.local_us.div_euclid(DAY_US) as i32)).or_default().insert(&row.customer);
    }
    let at = |t: i32| active.get(&t).cloned().unwrap_or_default();
    let before = |t: i32| active.range(..t).flat_map(|(_, set)| set.iter().copied()).collect::<BTreeSet<_>>();
    let counts = |t: i32| {
        let (now, last, known, known_last) = (at(t), at(t - 1), before(t), before(t - 1));
        let count = |condition: &dyn Fn(&str) -> bool| known.union(&now).filter(|c| condition(c)).count() as u32;
        [
            now.len() as u32,
            count(&|c| now.contains(c) && !known.contains(c)),
            count(&|c| now.contains(c) && last.contains(c)),
            count(&|c| now.contains(c) && !last.contains(c) && known_last.contains(c)),
            count(&|c| !now.contains(c) && last.contains(c)),
            count(&|c| !now.contains(c) && !last.contains(c) && known_last.contains(c)),
        ]
    };
    periods.map(counts).collect()
}

proptest! {
    #[test]
    fn counts_equal_their_definitions(rows in arbitrary_rows(), pick in 0usize..5) {
        let granularity = [Granularity::Day, Granularity::Week, Granularity::Month, Granularity::Quarter, Granularity::Year][pick];
        let calendar = Calendar::new(granularity, 0).unwrap();
        let data = histories_of(&rows, OFFSET_MINUTES);
        let table = compute_growth(&data, &GrowthConfig { granularity, ..GrowthConfig::default() }).unwrap();
        let expected = naive_counts(&rows, calendar, calendar.period(data.first_day)..calendar.period(data.end_day - 1) + 1);
        let found: Vec<_> = table.periods.iter().map(|p| {
            let c = p.counts;
            [c.active, c.new, c.retained, c.resurrected, c.churned, c.dormant]
        }).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn i1_to_i5_i10_and_i11_hold(rows in arbitrary_rows()) {
        let table = compute_growth(&histories_of(&rows, OFFSET_MINUTES), &GrowthConfig::default()).unwrap();
        prop_assert_eq!(table.identities.len(), 9);
        for identity in &table.identities {
            prop_assert_eq!((identity.failed, identity.checked as usize), (0, table.periods.len()), "{}", identity.id);
        }
        let net: i64 = table.periods.iter().map(|p| p.revenue.reported_net).sum();
        prop_assert_eq!(net, table.definition.net_minor);
    }

    #[test]
    fn the_order_of_rows_does_not_matter(rows in arbitrary_rows(), seed in any::<u64>()) {
        let mut shuffled = rows.clone();
        shuffled.sort_by_key(|row| (row.local_us as u64 ^ seed).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let of = |rows: &[Row]| compute_growth(&histories_of(rows, OFFSET_MINUTES), &GrowthConfig::default()).unwrap();
        prop_assert_eq!(of(&rows), of(&shuffled));
    }
}
