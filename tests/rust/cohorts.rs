//! Cohorts on tables checkable by head: the golden fixture, and one table per choice that docs/metrics.md states.

use feilun::ErrorKind;
use feilun::cohort::compute;
use feilun::result::{
    CellState, CohortCell, CohortConfig, CohortEntry, CohortRange, CohortReference, CohortTable, CohortWindow, Criterion, Filter,
    Granularity, Interval, Measure, RollingCompleteness,
};

use crate::table::{DAY_US, GOLDEN, histories, histories_of, only, rows};

/// The table as text: `label members: cell cell …`, unfinished cells with a `~`, undefined ones `-`.
fn text(table: &CohortTable, show: impl Fn(&CohortCell) -> String) -> String {
    let lines = table.rows.iter().map(|row| {
        let cells = row.cells.iter().enumerate().map(|(column, cell)| {
            assert_eq!(cell.period_idx as usize, column);
            assert_eq!(cell.state == CellState::Complete, cell.observed_days == cell.period_days);
            format!("{}{}", show(cell), if cell.state == CellState::Partial { "~" } else { "" })
        });
        let cells = cells.collect::<Vec<_>>().join(" ");
        format!("{} {}: {cells}", row.period.label, row.n_customers).trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn count(cell: &CohortCell) -> String {
    cell.count.map_or("-".to_owned(), |count| count.to_string())
}

fn value(cell: &CohortCell) -> String {
    cell.value.map_or("-".to_owned(), |value| format!("{}", (value * 1e5).round() / 1e5))
}

fn net(cell: &CohortCell) -> String {
    format!("{}/{}", cell.net_minor, cell.orders)
}

fn lines(expected: &str) -> String {
    expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn check(table: &str, config: &CohortConfig, show: impl Fn(&CohortCell) -> String, expected: &str) {
    assert_eq!(text(&compute(&histories(table), config).unwrap(), show), lines(expected), "{config:?}");
}

fn by(criterion: Criterion) -> CohortConfig {
    CohortConfig { criterion, ..CohortConfig::default() }
}

fn measured(measure: Measure) -> CohortConfig {
    CohortConfig { measure, ..CohortConfig::default() }
}

fn rolling() -> CohortConfig {
    CohortConfig { window: CohortWindow::Rolling, ..CohortConfig::default() }
}

#[test]
fn golden_counts_by_criterion() {
    check(GOLDEN, &by(Criterion::On), count, "2025-01 3: 3 2 2\n 2025-02 2: 2 1\n 2025-03 1: 1");
    check(GOLDEN, &by(Criterion::OnOrAfter), count, "2025-01 3: 3 3 2\n 2025-02 2: 2 1\n 2025-03 1: 1");
    check(GOLDEN, &by(Criterion::OnOrBefore), count, "2025-01 3: - 2 3\n 2025-02 2: - 1\n 2025-03 1: -");
    check(GOLDEN, &by(Criterion::Streak), count, "2025-01 3: 3 2 1\n 2025-02 2: 2 1\n 2025-03 1: 1");
    check(GOLDEN, &by(Criterion::RepeatBy), count, "2025-01 3: 0 2 3\n 2025-02 2: 0 1\n 2025-03 1: 1");
}

#[test]
fn golden_measures() {
    check(GOLDEN, &by(Criterion::On), net, "2025-01 3: 6000/3 3500/2 4500/2\n 2025-02 2: 1400/2 800/1\n 2025-03 1: 2400/2");
    let cases = [
        (Measure::Count, "2025-01 3: 3 2 2\n 2025-02 2: 2 1\n 2025-03 1: 1"),
        (Measure::Rate, "2025-01 3: 1 0.66667 0.66667\n 2025-02 2: 1 0.5\n 2025-03 1: 1"),
        (Measure::Orders, "2025-01 3: 3 2 2\n 2025-02 2: 2 1\n 2025-03 1: 2"),
        (Measure::Net, "2025-01 3: 6000 3500 4500\n 2025-02 2: 1400 800\n 2025-03 1: 2400"),
        (Measure::Aov, "2025-01 3: 2000 1750 2250\n 2025-02 2: 700 800\n 2025-03 1: 1200"),
        (Measure::ValuePerReturning, "2025-01 3: 2000 1750 2250\n 2025-02 2: 700 800\n 2025-03 1: 2400"),
        (Measure::ValuePerMember, "2025-01 3: 2000 1166.66667 1500\n 2025-02 2: 700 400\n 2025-03 1: 2400"),
        (Measure::CumValuePerMember, "2025-01 3: 2000 3166.66667 4666.66667\n 2025-02 2: 700 1100\n 2025-03 1: 2400"),
        (Measure::Nrr, "2025-01 3: 1 0.58333 0.75\n 2025-02 2: 1 0.57143\n 2025-03 1: 1"),
        (Measure::Grr, "2025-01 3: 1 0.5 0.58333\n 2025-02 2: 1 0.57143\n 2025-03 1: 1"),
    ];
    for (measure, expected) in cases {
        check(GOLDEN, &measured(measure), value, expected);
    }
}

#[test]
fn golden_means_use_all_cohorts_when_all_are_left_censored() {
    let table = compute(&histories(GOLDEN), &CohortConfig::default()).unwrap();
    assert!(table.rows.iter().all(|row| row.left_censored) && table.means.uses_left_censored);
    assert_eq!((table.n_periods, table.n_customers), (3, 6));
    assert_eq!(table.means.pooled, [Some(1.0), Some(0.6), Some(2.0 / 3.0)]);
    assert_eq!(table.means.simple[1], Some((2.0 / 3.0 + 0.5) / 2.0));
    assert_eq!(table.means.median[1], table.means.simple[1]);
    assert_eq!(table.means.rows_used, [3, 2, 1]);
    let interval = table.rows[0].cells[1].interval.unwrap();
    assert!((interval.low - 0.20766).abs() < 1e-5 && (interval.high - 0.93851).abs() < 1e-5);
    assert!(table.rows[0].cells[0].interval.is_none() && table.rows[0].cells[0].low_n);
}

#[test]
fn golden_means_of_value_measures_pool_numerators_and_denominators() {
    let cases = [
        (Measure::Nrr, 4300.0 / 7400.0),
        (Measure::Grr, 3800.0 / 7400.0),
        (Measure::Aov, 4300.0 / 3.0),
        (Measure::ValuePerMember, 4300.0 / 5.0),
        (Measure::CumValuePerMember, (9500.0 + 2200.0) / 5.0),
        (Measure::Net, 4300.0 / 2.0),
        (Measure::Count, 3.0 / 2.0),
    ];
    for (measure, pooled) in cases {
        let means = compute(&histories(GOLDEN), &measured(measure)).unwrap().means;
        assert_eq!(means.pooled[1], Some(pooled), "{measure:?}");
    }
}

fn entering(entry: CohortEntry, from: Option<&str>, until: Option<&str>) -> CohortConfig {
    let range = CohortRange { from: from.map(str::to_owned), until: until.map(str::to_owned) };
    CohortConfig { entry, range, ..CohortConfig::default() }
}

#[test]
fn golden_entries() {
    let february = (Some("2025-02-01"), None);
    let ever = entering(CohortEntry::FirstEver, february.0, february.1);
    check(GOLDEN, &ever, count, "2025-02 2: 2 1\n 2025-03 1: 1");
    // A and B, of January, are in with their orders of February; C with that of March.
    let in_range = entering(CohortEntry::FirstInRange, february.0, february.1);
    check(GOLDEN, &in_range, count, "2025-02 4: 4 2\n 2025-03 2: 2");
    let recurring = entering(CohortEntry::Recurring, None, None);
    check(GOLDEN, &recurring, count, "2025-01 3: 3 2 2\n 2025-02 4: 4 2\n 2025-03 4: 4");
    let table = compute(&histories(GOLDEN), &recurring).unwrap();
    assert_eq!((table.n_customers, table.rows.iter().any(|row| row.left_censored)), (6, false));
    // One clock per membership: A's order of 15 March is 69 days after 5 January, 33 after 10 February.
    let rolling = CohortConfig { window: CohortWindow::Rolling, complete_until: Some("2025-06-01".to_owned()), ..recurring };
    check(GOLDEN, &rolling, count, "2025-01 3: 3 2 1 0 0~\n 2025-02 4: 4 2 0 0~\n 2025-03 4: 4 0 0~ 0~");
}

#[test]
fn a_range_takes_the_cohorts_that_begin_in_it() {
    let cases = [
        (Some("2025-01-02"), None, "2025-02 2: 2 1\n 2025-03 1: 1"),
        (None, Some("2025-02-02"), "2025-01 3: 3 2 2\n 2025-02 2: 2 1"),
        (Some("2025-02-01"), Some("2025-03-01"), "2025-02 2: 2 1"),
        (Some("1990-01-01"), Some("2025-02-01"), "2025-01 3: 3 2 2"),
    ];
    for (from, until, expected) in cases {
        check(GOLDEN, &entering(CohortEntry::FirstEver, from, until), count, expected);
    }
    let text =
        compute(&histories(GOLDEN), &entering(CohortEntry::FirstInRange, Some("2025-02-01"), None)).unwrap().definition.text;
    assert!(text.en.contains("first order in the range") && text.en.contains("of months from 2025-02-01 on"), "{}", text.en);
    assert!(text.zh.contains("范围内首购") && text.zh.contains("自 2025-02-01 起"), "{}", text.zh);
}

#[test]
fn golden_in_utc_instead() {
    let table = compute(&histories_of(&rows(GOLDEN), 0), &CohortConfig::default()).unwrap();
    assert_eq!(text(&table, count), "2025-01 3: 3 1 2\n2025-02 2: 2 1\n2025-03 1: 1");
    assert!(table.definition.text.zh.contains("UTC+0") && table.definition.text.en.contains("UTC+0"));
}

#[test]
fn golden_rolling_columns_of_30_days() {
    let expected = [('A', "1 1 1"), ('B', "1 0"), ('C', "1 1 0"), ('D', "1 1"), ('E', "1 0"), ('F', "1")];
    for (customer, cells) in expected {
        let alone: Vec<_> = rows(GOLDEN).into_iter().filter(|row| row.customer == customer.to_string()).collect();
        let config = CohortConfig { complete_until: Some("2025-04-01".to_owned()), ..rolling() };
        let table = compute(&histories_of(&alone, 480), &config).unwrap();
        let counts: Vec<String> = table.rows[0].cells.iter().map(count).collect();
        assert_eq!(counts.join(" "), cells, "{customer}");
    }
    check(GOLDEN, &rolling(), count, "2025-01 3: 3 2~ 1~\n 2025-02 2: 2 1~\n 2025-03 1: 1~");
}

#[test]
fn golden_definition_reads_as_a_sentence() {
    let definition = compute(&histories(GOLDEN), &CohortConfig::default()).unwrap().definition;
    assert_eq!(
        definition.text.zh,
        "按首购月分组：首购后第 k 个月内下单的客户占比；统计截至 2025-04-01（不含），按 UTC+8 当地日；净额≤0 的订单不计。"
    );
    assert_eq!(
        definition.text.en,
        "Customers by the month of their first order: share of them who ordered in month k; \
         until 2025-04-01 (exclusive), by local days of UTC+8; orders with net ≤ 0 do not count."
    );
    assert_eq!((definition.orders, definition.uncounted_orders, definition.net_minor), (12, 0, 18_600));
}

#[test]
fn every_granularity_has_its_rows_and_columns() {
    let table = "a 2024-12-30 10:00 1\n a 2025-01-06 10:00 1\n b 2025-04-01 10:00 1";
    let granular = |granularity| CohortConfig { granularity, max_periods: Some(1), ..CohortConfig::default() };
    check(table, &granular(Granularity::Quarter), count, "2024-Q4 1: 1 1\n 2025-Q1 0: 0 0~\n 2025-Q2 1: 1~");
    check(table, &granular(Granularity::Year), count, "2024 1: 1 1~\n 2025 1: 1~");
    let weeks = compute(&histories(table), &granular(Granularity::Week)).unwrap();
    assert_eq!((weeks.rows.len(), weeks.rows[0].period.label.as_str()), (14, "2025-W01"));
    assert_eq!(weeks.rows[0].cells.iter().map(count).collect::<Vec<_>>(), ["1", "1"]);
    assert_eq!(weeks.rows[1].cells[0].value, None);
    let days = compute(&histories(table), &granular(Granularity::Day)).unwrap();
    assert_eq!((days.rows.len(), days.n_periods), (93, 2));
    let sundays = CohortConfig { week_start: 6, ..granular(Granularity::Week) };
    assert_eq!(compute(&histories(table), &sundays).unwrap().rows[0].period.start, "2024-12-29");
}

#[test]
fn columns_not_begun_have_no_cell_and_unfinished_ones_stay_out_of_means() {
    let table = "a 2025-01-01 10:00 1\n b 2025-02-05 10:00 1\n b 2025-03-09 10:00 1";
    let config = CohortConfig { warmup_days: 0, ..CohortConfig::default() };
    check(table, &config, count, "2025-01 1: 1 0 0~\n 2025-02 1: 1 1~");
    let means = compute(&histories(table), &config).unwrap().means;
    assert_eq!((means.pooled, means.rows_used), (vec![Some(1.0), Some(0.0), None], vec![2, 1, 0]));
    let later = CohortConfig { complete_until: Some("2025-04-01".to_owned()), ..config.clone() };
    check(table, &later, count, "2025-01 1: 1 0 0\n 2025-02 1: 1 1\n");
    let earlier = CohortConfig { complete_until: Some("2025-02-01".to_owned()), ..config };
    check(table, &earlier, count, "2025-01 1: 1");
}

#[test]
fn a_pooled_rate_has_the_interval_of_all_its_members() {
    let config = CohortConfig { warmup_days: 0, ..CohortConfig::default() };
    let of = |config: &CohortConfig| compute(&histories(GOLDEN), config).unwrap();
    let table = of(&config);
    let used = table.rows.iter().filter(|row| !row.left_censored);
    let complete = used.filter_map(|row| row.cells.get(1).filter(|cell| cell.state == CellState::Complete));
    let (count, den) = complete.fold((0, 0), |sum, cell| (sum.0 + cell.count.unwrap(), sum.1 + cell.den));
    assert!(den > 1);
    assert_eq!(table.means.pooled_interval[1], Interval::wilson(count, den));
    assert_eq!(table.means.pooled_interval[0], None, "everybody, by definition");
    for other in [
        CohortConfig { measure: Measure::Count, ..config.clone() },
        CohortConfig { reference: CohortReference::Previous, ..config.clone() },
        CohortConfig { entry: CohortEntry::Recurring, ..config },
    ] {
        assert!(of(&other).means.pooled_interval.iter().all(Option::is_none), "{other:?}");
    }
}

#[test]
fn means_leave_out_left_censored_cohorts_where_there_are_others() {
    let table = "a 2025-01-05 10:00 1\n b 2025-06-05 10:00 1\n b 2025-07-05 10:00 1\n c 2025-07-31 10:00 1";
    let result = compute(&histories(table), &CohortConfig::default()).unwrap();
    let censored: Vec<bool> = result.rows.iter().map(|row| row.left_censored).collect();
    assert_eq!(censored, [true, true, true, true, false, false, false]);
    assert!(!result.means.uses_left_censored);
    assert_eq!((result.means.pooled[1], result.means.rows_used[1]), (Some(1.0), 1));
    assert_eq!(result.means.pooled[3], None);
}

#[test]
fn min_orders_asks_for_more_in_each_column() {
    // a: 2, 1, 2 orders a month; b: 1, 2, 0.
    let table = "
        a 2025-01-01 10:00 1\n a 2025-01-02 10:00 1\n a 2025-02-01 10:00 1\n a 2025-03-01 10:00 1\n a 2025-03-31 10:00 1
        b 2025-01-01 10:00 1\n b 2025-02-01 10:00 1\n b 2025-02-02 10:00 1";
    let twice = |criterion| CohortConfig { min_orders: 2, ..by(criterion) };
    check(table, &twice(Criterion::On), count, "2025-01 2: 2 1 1");
    check(table, &twice(Criterion::OnOrAfter), count, "2025-01 2: 2 2 1");
    check(table, &twice(Criterion::OnOrBefore), count, "2025-01 2: - 1 2");
    check(table, &twice(Criterion::Streak), count, "2025-01 2: 1 0 0");
    check(table, &twice(Criterion::RepeatBy), count, "2025-01 2: 0 2 2");
}

#[test]
fn uncounted_orders_weigh_on_net_but_are_no_visit() {
    // a's free sample and refund in January are before and after the entry; b never buys.
    let table = "
        a 2024-12-31 10:00 -7\n a 2025-01-01 10:00 0\n a 2025-01-02 10:00 100\n a 2025-01-03 10:00 -30
        a 2025-02-01 10:00 -5\n a 2025-03-31 10:00 40\n b 2025-01-01 10:00 0";
    check(table, &by(Criterion::On), count, "2025-01 1: 1 0 1");
    check(table, &by(Criterion::On), net, "2025-01 1: 70/1 -5/0 40/1");
    check(table, &measured(Measure::Nrr), value, "2025-01 1: 1 0 0.57143");
    check(table, &measured(Measure::Aov), value, "2025-01 1: 70 - 40");
    let rolling_days = CohortConfig { granularity: Granularity::Day, max_periods: Some(1), ..rolling() };
    check(table, &rolling_days, net, "2025-01-02 1: 100/1 -30/0");
    let all = CohortConfig { count_zero: true, ..CohortConfig::default() };
    check(table, &all, count, "2024-12 1: 1 1 1 1\n 2025-01 1: 1 0 0");
}

#[test]
fn rolling_strict_and_eligible() {
    // Columns of 7 days; observed until Wednesday 2025-01-29. a has 3 full columns, b 2, c none.
    let table = "
        a 2025-01-06 00:00 10\n a 2025-01-13 00:00 10\n a 2025-01-27 00:00 10
        b 2025-01-10 00:00 10\n b 2025-01-16 23:59 -4\n b 2025-01-17 00:00 10
        c 2025-01-28 12:00 10";
    let weekly = CohortConfig { granularity: Granularity::Week, ..rolling() };
    check(
        table,
        &weekly,
        count,
        "2025-W02 2: 2 2 0~ 1~
         2025-W03 0: 0 0~ 0~
         2025-W04 0: 0~ 0~
         2025-W05 1: 1~",
    );
    let eligible = CohortConfig { completeness: RollingCompleteness::Eligible, warmup_days: 0, ..weekly };
    let of_members = |cell: &CohortCell| format!("{}/{}", count(cell), cell.den);
    let expected = "2025-W02 2: 2/2 2/2 0/1\n 2025-W03 0:\n 2025-W04 0:\n 2025-W05 1:";
    check(table, &eligible, of_members, expected);
    check(table, &eligible, net, "2025-W02 2: 16/2 20/2 0/0\n 2025-W03 0:\n 2025-W04 0:\n 2025-W05 1:");
    let cumulative = CohortConfig { measure: Measure::CumValuePerMember, ..eligible.clone() };
    check(table, &cumulative, value, "2025-W02 2: 8 18 20\n 2025-W03 0:\n 2025-W04 0:\n 2025-W05 1:");
    let nrr = CohortConfig { measure: Measure::Nrr, ..eligible.clone() };
    check(table, &nrr, value, "2025-W02 2: 1 1.25 0\n 2025-W03 0:\n 2025-W04 0:\n 2025-W05 1:");
    let or_after = CohortConfig { criterion: Criterion::OnOrAfter, ..eligible };
    check(table, &or_after, of_members, "2025-W02 2: 2/2 2/2 1/1\n 2025-W03 0:\n 2025-W04 0:\n 2025-W05 1:");
}

#[test]
fn rolling_time_is_exact() {
    let almost = histories_of(
        &[("a", 0), ("a", DAY_US - 1), ("b", 0), ("b", DAY_US)].map(|(customer, after)| crate::table::Row {
            customer: customer.to_owned(),
            local_us: 20_000 * DAY_US + DAY_US / 2 + after,
            net_minor: 1,
            ..Default::default()
        }),
        480,
    );
    let config = CohortConfig { granularity: Granularity::Day, complete_until: Some("2024-10-10".to_owned()), ..rolling() };
    assert_eq!(compute(&almost, &config).unwrap().rows[0].cells[1].count, Some(1));
}

#[test]
fn a_filter_moves_the_first_order() {
    let table = "a 2025-01-05 10:00 1 store=S1\n a 2025-02-05 10:00 1 store=S2\n b 2025-02-07 10:00 1 store=S2";
    let filter = only("store_id", "S2");
    let config = CohortConfig { filter, ..CohortConfig::default() };
    check(table, &config, count, "2025-02 2: 2~");
    assert_eq!(compute(&histories(table), &config).unwrap().definition.data_start, "2025-01-05");
}

#[test]
fn options_that_make_no_sense_are_refused() {
    let check = |config: CohortConfig, kind: ErrorKind| {
        assert_eq!(compute(&histories(GOLDEN), &config).unwrap_err().kind(), kind, "{config:?}");
    };
    let default = CohortConfig::default;
    check(CohortConfig { min_orders: 0, ..default() }, ErrorKind::Config);
    check(CohortConfig { week_start: 7, ..default() }, ErrorKind::Config);
    check(CohortConfig { completeness: RollingCompleteness::Eligible, ..default() }, ErrorKind::Config);
    check(CohortConfig { measure: Measure::ValuePerReturning, min_orders: 2, ..default() }, ErrorKind::Config);
    check(CohortConfig { measure: Measure::ValuePerReturning, ..by(Criterion::Streak) }, ErrorKind::Config);
    check(entering(CohortEntry::FirstInRange, None, Some("2025-02-01")), ErrorKind::Config);
    check(entering(CohortEntry::Recurring, Some("2025-02-01"), Some("2025-02-01")), ErrorKind::Config);
    check(entering(CohortEntry::Recurring, Some("2025-02-30"), None), ErrorKind::Config);
    check(entering(CohortEntry::FirstEver, Some("2025-04-01"), None), ErrorKind::Empty);
    check(CohortConfig { complete_until: Some("2025-13-01".to_owned()), ..default() }, ErrorKind::Config);
    let endless = Some("2199-01-01".to_owned());
    let wide = CohortConfig { granularity: Granularity::Day, max_periods: Some(u32::MAX), complete_until: endless, ..default() };
    check(wide, ErrorKind::Config);
    check(CohortConfig { complete_until: Some("2024-01-01".to_owned()), ..default() }, ErrorKind::Empty);
    check(CohortConfig { complete_until: Some("1950-01-01".to_owned()), ..rolling() }, ErrorKind::Empty);
}

#[test]
fn a_filter_of_days_moves_both_ends_of_the_data() {
    let histories = histories(GOLDEN);
    let filter = |from: Option<&str>, until: Option<&str>| Filter {
        from: from.map(str::to_owned),
        until: until.map(str::to_owned),
        ..Filter::default()
    };
    let ask = |filter| compute(&histories, &CohortConfig { filter, warmup_days: 0, ..CohortConfig::default() });
    let table = ask(filter(Some("2025-02-01"), Some("2025-03-15"))).unwrap();
    // From February on A and B are new; A's order of 15 March is beyond the end.
    assert_eq!(table.rows.iter().map(|row| row.n_customers).collect::<Vec<_>>(), [4, 2]);
    assert_eq!((table.definition.data_start.as_str(), table.definition.complete_until.as_str()), ("2025-02-01", "2025-03-15"));
    assert_eq!((table.definition.orders, table.definition.net_minor), (7, 1500 + 2000 + 4000 + 800 + 600 + 2400));
    assert!(table.definition.text.en.contains("from 2025-02-01"));
    for (from, until, text) in [("2025-03-01", "2025-03-01", "must be after"), ("2025-02-30", "2025-03-01", "filter.from")] {
        let error = ask(filter(Some(from), Some(until))).unwrap_err();
        assert!(error.to_string().contains(text), "{error}");
    }
    assert_eq!(ask(filter(Some("2026-01-01"), None)).unwrap_err().kind(), ErrorKind::Empty);
}
