//! Purchase intervals: checkable by head, and their laws over random tables.

use feilun::ErrorKind;
use feilun::cohort::compute_purchase_intervals;
use feilun::result::{Granularity, PurchaseIntervalConfig, PurchaseIntervals};
use proptest::prelude::*;

use crate::laws::{read, shuffled, table};
use crate::table::{DAY_US, GOLDEN, Row, histories};

fn intervals(rows: &[Row]) -> PurchaseIntervals {
    compute_purchase_intervals(&read(rows), &PurchaseIntervalConfig::default()).unwrap()
}

/// Customers that buy on the given days of 2025-01.
fn days(customers: &[&[u32]]) -> PurchaseIntervals {
    let line = |customer: usize, day: &u32| format!("{customer} 2025-01-{day:02} 10:00 1");
    let lines = customers.iter().enumerate().flat_map(|(at, days)| days.iter().map(move |day| line(at, day)));
    let table = lines.collect::<Vec<_>>().join("\n");
    compute_purchase_intervals(&histories(&table), &PurchaseIntervalConfig::default()).unwrap()
}

#[test]
fn golden_intervals() {
    // A 36 and 33, B 1, C 41, D 45, F 1 days; E came once.
    let found = compute_purchase_intervals(&histories(GOLDEN), &PurchaseIntervalConfig::default()).unwrap();
    assert_eq!((found.n_customers, found.n_returning, found.low_n), (6, 5, true));
    assert_eq!((found.p25_days, found.p50_days, found.p80_days), (Some(1.0), Some(34.5), Some(41.0)));
    let points: Vec<_> = found.points.iter().map(|point| (point.days, point.n_customers)).collect();
    assert_eq!(points, [(1, 2), (35, 3), (41, 4), (45, 5)]);
    assert_eq!(found.granularity, Some(Granularity::Quarter));
    assert_eq!((found.dormant_from_days, found.dormant_until_days), (Some(41.0), Some(82.0)));
    assert!(found.definition.text.en.starts_with("Median days between"));
}

#[test]
fn the_granularity_is_the_finest_that_half_come_back_within() {
    let cases: [(&[u32], Granularity); 4] =
        [(&[1, 2], Granularity::Day), (&[1, 3], Granularity::Week), (&[1, 8], Granularity::Week), (&[1, 9], Granularity::Month)];
    for (bought, granularity) in cases {
        assert_eq!(days(&[bought]).granularity, Some(granularity), "{bought:?}");
    }
    let year = "a 2025-01-01 10:00 1\n a 2025-04-03 10:00 1";
    let found = compute_purchase_intervals(&histories(year), &PurchaseIntervalConfig::default()).unwrap();
    assert_eq!((found.p50_days, found.granularity), (Some(92.0), Some(Granularity::Year)));
}

#[test]
fn who_came_on_one_day_has_no_interval() {
    let found = days(&[&[3, 3, 3], &[4]]);
    assert_eq!((found.n_customers, found.n_returning), (2, 0));
    assert_eq!((found.p50_days, found.granularity, found.dormant_from_days, found.points), (None, None, None, vec![]));
    let none = PurchaseIntervalConfig { complete_until: Some("2024-01-01".to_owned()), ..PurchaseIntervalConfig::default() };
    assert_eq!(compute_purchase_intervals(&histories(GOLDEN), &none).unwrap_err().kind(), ErrorKind::Empty);
}

proptest! {
    #[test]
    fn intervals_do_not_depend_on_row_order_nor_on_orders_of_one_day((rows, shuffled) in shuffled()) {
        let found = intervals(&rows);
        prop_assert_eq!(&found, &intervals(&shuffled));
        let mut twice = rows.clone();
        twice.extend(rows.iter().map(|row| Row { local_us: row.local_us.div_euclid(DAY_US) * DAY_US, ..row.clone() }));
        let twice = intervals(&twice);
        prop_assert_eq!((found.points, found.n_customers, found.p80_days), (twice.points, twice.n_customers, twice.p80_days));
    }

    #[test]
    fn percentiles_lie_on_the_distribution(rows in table()) {
        let found = intervals(&rows);
        prop_assert_eq!(found.n_returning, found.points.last().map_or(0, |last| last.n_customers));
        prop_assert!(found.points.is_sorted_by(|a, b| a.days < b.days && a.n_customers < b.n_customers && a.share < b.share));
        for (share, value) in [(0.25, found.p25_days), (0.5, found.p50_days), (0.8, found.p80_days)] {
            let at = found.points.iter().find(|point| point.share >= share);
            prop_assert_eq!(value.map(f64::ceil), at.map(|point| f64::from(point.days)));
        }
    }
}
