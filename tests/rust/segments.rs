//! RFM on tables checkable by head: the golden fixture, and one table per choice that docs/metrics.md states.

use feilun::result::{RfmConfig, RfmPreset, RfmSegment};
use feilun::rfm::{compute, compute_customers};

use crate::table::{GOLDEN, histories, only};

/// The scored customers as text: `id days orders net r f m segment`.
fn check(table: &str, config: &RfmConfig, expected: &str) {
    let c = compute_customers(&histories(table), config, None).unwrap();
    let line = |idx: usize| {
        let (id, days, frequency, net) = (&c.customer_id[idx], c.recency_days[idx], c.frequency[idx], c.monetary_minor[idx]);
        let segment = &c.segments[usize::from(c.segment[idx])];
        format!("{id} {days} {frequency} {net} {} {} {} {segment}", c.r[idx], c.f[idx], c.m[idx])
    };
    let found: Vec<String> = (0..c.customer_id.len()).map(line).collect();
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(found, expected, "{config:?}");
}

fn all_history() -> RfmConfig {
    RfmConfig { window_days: None, ..RfmConfig::default() }
}

fn rules11() -> RfmConfig {
    RfmConfig { preset: RfmPreset::Rules11, ..all_history() }
}

fn segment(table: &str, config: &RfmConfig, id: &str) -> RfmSegment {
    let table = compute(&histories(table), config).unwrap();
    table.segments.into_iter().find(|segment| segment.id == id).unwrap()
}

#[test]
fn golden_scores_and_segments() {
    check(
        GOLDEN,
        &all_history(),
        "A 16 3 3000 4 5 3 loyal
         B 58 2 4000 1 3 4 at_risk
         C 29 2 7000 3 3 5 loyal
         D 0 2 1600 5 3 2 active
         E 39 1 600 2 1 1 dormant
         F 20 2 2400 3 3 3 needs_attention",
    );
    check(
        GOLDEN,
        &rules11(),
        "A 16 3 3000 4 5 3 loyal
         B 58 2 4000 1 3 4 at_risk
         C 29 2 7000 3 3 5 needs_attention
         D 0 2 1600 5 3 2 potential_loyal
         E 39 1 600 2 1 1 hibernating
         F 20 2 2400 3 3 3 needs_attention",
    );
}

#[test]
fn golden_table() {
    let table = compute(&histories(GOLDEN), &all_history()).unwrap();
    assert_eq!((table.n_customers, table.net_minor), (6, 18_600));
    let ids: Vec<&str> = table.segments.iter().map(|segment| segment.id.as_str()).collect();
    let expected =
        "champions loyal active new promising needs_attention almost_lost at_risk previously_loyal dormant prospects lapsed_out";
    assert_eq!(ids.join(" "), expected);
    let loyal = &table.segments[1];
    assert_eq!((loyal.n_customers, loyal.orders, loyal.net_minor), (2, 5, 10_000));
    assert_eq!((loyal.share, loyal.net_share, loyal.aov_minor), (Some(1.0 / 3.0), Some(10.0 / 18.6), Some(2000.0)));
    assert_eq!((loyal.mean_recency_days, loyal.median_recency_days), (Some(22.5), Some(22.5)));
    assert_eq!((loyal.mean_frequency, loyal.mean_monetary_minor, loyal.name.zh.as_str()), (Some(2.5), Some(5000.0), "忠诚"));
    assert_eq!((table.segments[0].mean_frequency, table.segments[0].share), (None, Some(0.0)));
    let places: Vec<(u8, u8)> = table.cells.iter().map(|cell| (cell.r, cell.fm)).collect();
    assert_eq!((places.len(), places[0], places[4], places[24]), (25, (5, 1), (5, 5), (1, 5)));
    let a_and_nobody = (&table.cells[8], &table.cells[0]);
    assert_eq!((a_and_nobody.0.n_customers, a_and_nobody.0.net_minor, a_and_nobody.1.n_customers), (1, 3000, 0));
    assert_eq!(a_and_nobody.0.segment.as_deref(), Some("loyal"));
    let recency: Vec<_> = table.recency.groups.iter().map(|g| (g.n_customers, g.min, g.max)).collect();
    let one = |days: i32| (1, Some(f64::from(days)), Some(f64::from(days)));
    assert_eq!(recency, [one(58), one(39), (2, Some(20.0), Some(29.0)), one(16), one(0)]);
    assert!(!table.frequency.degenerate);
    assert_eq!(compute(&histories(GOLDEN), &rules11()).unwrap().cells[0].segment, None);
}

#[test]
fn golden_definition_reads_as_a_sentence() {
    let text = compute(&histories(GOLDEN), &RfmConfig::default()).unwrap().definition.text;
    assert_eq!(
        text.zh,
        "截止日前 365 天内有购买的客户：R 距末次购买天数（中位秩）、F 订单数（一次为 1 分，其余中位秩）、M 净额（中位秩），各 1–5 分，\
         按 R×FM 网格分 10 层；统计截至 2025-04-01（不含），按 UTC+8 当地日；净额≤0 的订单不计。"
    );
    assert_eq!(
        text.en,
        "Customers who bought in the 365 days before the end, scored 1–5 on days since the last purchase (midrank), \
         orders (1 for a single one, else midrank) and net (midrank), ten segments on the R × FM grid; \
         until 2025-04-01 (exclusive), by local days of UTC+8; orders with net ≤ 0 do not count."
    );
}

#[test]
fn the_window_and_the_as_of_day() {
    let as_of = |date: &str, window_days| RfmConfig { as_of: Some(date.to_owned()), window_days, ..RfmConfig::default() };
    // 28 days before 1 March: February only; F has not bought yet and is unknown.
    check(
        GOLDEN,
        &as_of("2025-03-01", Some(28)),
        "A 18 1 1500 2 1 4 at_risk
         B 27 1 2000 1 1 5 at_risk
         D 14 1 800 4 1 2 active
         E 8 1 600 5 1 1 new",
    );
    let out = |config: &RfmConfig| {
        (segment(GOLDEN, config, "lapsed_out").n_customers, segment(GOLDEN, config, "prospects").n_customers)
    };
    assert_eq!(out(&as_of("2025-03-01", Some(28))), (1, 0));
    assert_eq!(out(&as_of("2026-03-01", Some(1))), (6, 0));
    assert_eq!(compute(&histories(GOLDEN), &as_of("2026-03-01", Some(1))).unwrap().n_customers, 0);
    assert_eq!(out(&as_of("2026-03-01", None)), (0, 0));
}

#[test]
fn frequency_by_day_counts_split_tickets_once() {
    let table = "a 2025-01-01 10:00 1\n a 2025-01-01 11:00 1\n a 2025-01-02 10:00 1\n b 2025-01-02 10:00 1";
    let by_day = RfmConfig { frequency_by_day: true, ..all_history() };
    check(table, &by_day, "a 0 2 3 3 4 4 loyal\n b 0 1 1 3 1 2 almost_lost");
    assert_eq!(segment(table, &by_day, "loyal").orders, 3);
}

#[test]
fn uncounted_orders_weigh_on_money_only() {
    let table = "a 2025-01-01 10:00 100\n a 2025-01-09 10:00 -30\n b 2025-01-05 10:00 0\n c 2025-01-08 10:00 70";
    check(table, &all_history(), "a 8 1 70 2 1 3 dormant\n c 1 1 70 4 1 3 active");
    assert_eq!(segment(table, &all_history(), "prospects").n_customers, 1);
    let counted = RfmConfig { count_zero: true, ..all_history() };
    check(table, &counted, "a 0 2 70 5 4 4 champions\n b 4 1 0 1 1 1 dormant\n c 1 1 70 3 1 4 needs_attention");
}

#[test]
fn prospects_are_known_and_have_not_bought() {
    // i invited a, z invited only after the as-of day, j joined before and bought after it, k joined after it, b bought at another store.
    let table = "
        a 2025-01-01 10:00 100 store=S1 inviter=i
        b 2025-01-02 10:00 100 store=S2
        j 2025-02-02 10:00 100 store=S1 inviter=z joined=2025-01-03
        k 2025-02-03 10:00 100 store=S1 joined=2025-02-02";
    let config = RfmConfig { as_of: Some("2025-02-01".to_owned()), ..all_history() };
    assert_eq!(segment(table, &config, "prospects").n_customers, 2);
    let filtered = |store: &str| RfmConfig { filter: only("store_id", store), ..config.clone() };
    assert_eq!(segment(table, &filtered("S1"), "prospects").n_customers, 1);
    assert_eq!(segment(table, &filtered("S2"), "prospects").n_customers, 0);
}

#[test]
fn one_value_carries_no_information() {
    let table = compute(&histories("a 2025-01-01 10:00 5\n b 2025-01-01 11:00 5"), &all_history()).unwrap();
    assert!(table.recency.degenerate && table.frequency.degenerate && table.monetary.degenerate);
    let sizes = |axis: &feilun::result::ScoreAxis| axis.groups.iter().map(|group| group.n_customers).collect::<Vec<_>>();
    assert_eq!((sizes(&table.recency), sizes(&table.frequency)), (vec![0, 0, 2, 0, 0], vec![2, 0, 0, 0, 0]));
}
