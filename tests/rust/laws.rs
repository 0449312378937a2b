//! The laws of cohorts, and what holds for cohorts and RFM alike (docs/metrics.md), over random tables: negative and zero nets, orders at the same instant,
//! gaps.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use feilun::cohort;
use feilun::flywheel::compute_growth;
use feilun::history::{Calendar, Histories, parse_date};
use feilun::result::{
    CellState, CohortCell, CohortConfig, CohortEntry, CohortRange, CohortTable, CohortWindow, Criterion, Granularity,
    GrowthConfig, Measure, RfmConfig, RollingCompleteness,
};
use feilun::rfm;
use proptest::prelude::*;

use crate::rfm_laws::{rfm_config, scored};
use crate::table::{DAY_US, OFFSET_MINUTES, Row, histories_of};

/// 2024-11-15, so that a table runs over a year's end.
const FIRST_DAY: i64 = 20_042;

fn orders() -> impl Strategy<Value = Vec<Row>> {
    // Steps of 6 hours make orders meet; a tenth lie far out, so that there are gaps.
    let time = prop_oneof![9 => 0i64..500, 1 => 1000i64..2000];
    let net = prop_oneof![1 => -900i64..=0, 1 => Just(0), 8 => 1i64..3000];
    let order = (0u8..9, time, net).prop_map(|(customer, quarter, net_minor)| Row {
        customer: char::from(b'A' + customer).to_string(),
        local_us: FIRST_DAY * DAY_US + quarter * DAY_US / 4,
        net_minor,
        ..Row::default()
    });
    prop::collection::vec(order, 1..60)
}

/// A table with at least one purchase.
pub(crate) fn table() -> impl Strategy<Value = Vec<Row>> {
    (orders(), 0i64..500).prop_map(|(mut rows, quarter)| {
        let local_us = FIRST_DAY * DAY_US + quarter * DAY_US / 4;
        rows.push(Row { customer: "A".to_owned(), local_us, net_minor: 70, ..Row::default() });
        rows
    })
}

pub(crate) fn granularity() -> impl Strategy<Value = Granularity> {
    use Granularity::{Day, Month, Quarter, Week, Year};
    prop_oneof![Just(Day), Just(Week), Just(Month), Just(Quarter), Just(Year)]
}

fn criterion() -> impl Strategy<Value = Criterion> {
    use Criterion::{On, OnOrAfter, OnOrBefore, RepeatBy, Streak};
    prop_oneof![Just(On), Just(OnOrAfter), Just(OnOrBefore), Just(Streak), Just(RepeatBy)]
}

/// Options over all windows and criteria. Columns reach to the end of every table.
fn config() -> impl Strategy<Value = CohortConfig> {
    let window = prop_oneof![
        Just((CohortWindow::Calendar, RollingCompleteness::Strict)),
        Just((CohortWindow::Rolling, RollingCompleteness::Strict)),
        Just((CohortWindow::Rolling, RollingCompleteness::Eligible)),
    ];
    (granularity(), window, criterion(), 1u32..4, any::<bool>(), 0u8..7).prop_map(
        |(granularity, (window, completeness), criterion, min_orders, count_zero, week_start)| CohortConfig {
            granularity,
            window,
            completeness,
            criterion,
            min_orders,
            count_zero,
            week_start,
            max_periods: Some(600),
            ..CohortConfig::default()
        },
    )
}

/// Who enters which cohorts.
fn entry() -> impl Strategy<Value = (CohortEntry, CohortRange)> {
    let day = |day: i64| Some(feilun::history::iso_date((FIRST_DAY + day) as i32));
    let range = (-400i64..150, 150i64..600).prop_map(move |(from, until)| CohortRange { from: day(from), until: day(until) });
    prop_oneof![
        Just((CohortEntry::FirstEver, CohortRange::default())),
        (prop::sample::select(vec![CohortEntry::FirstEver, CohortEntry::FirstInRange, CohortEntry::Recurring]), range),
    ]
}

/// A table, and options with which it has cohorts.
pub(crate) fn asked() -> impl Strategy<Value = (Vec<Row>, CohortConfig)> {
    let brackets = prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(1u32..5, 1..5)];
    (table(), config(), entry(), brackets).prop_map(|(rows, config, (entry, range), brackets)| {
        let max_periods = if brackets.is_empty() { config.max_periods } else { None };
        let config = CohortConfig { brackets, max_periods, ..config };
        let asked = CohortConfig { entry, range, ..config.clone() };
        let has_cohorts = cohort::compute(&read(&rows), &asked).is_ok();
        (rows, if has_cohorts { asked } else { config })
    })
}

/// The same options with columns of one period, to the end of every table.
fn in_periods(config: CohortConfig) -> CohortConfig {
    CohortConfig { brackets: Vec::new(), max_periods: Some(600), ..config }
}

pub(crate) fn read(rows: &[Row]) -> Histories {
    histories_of(rows, OFFSET_MINUTES)
}

pub(crate) fn cohorts(rows: &[Row], config: &CohortConfig) -> CohortTable {
    cohort::compute(&read(rows), config).unwrap()
}

fn with(config: &CohortConfig, criterion: Criterion) -> CohortConfig {
    CohortConfig { criterion, ..config.clone() }
}

/// Pairs of the same cell in two tables of one shape.
fn pairs<'a>(a: &'a CohortTable, b: &'a CohortTable) -> impl Iterator<Item = (&'a CohortCell, &'a CohortCell)> {
    assert_eq!(shape(a), shape(b));
    a.rows.iter().zip(&b.rows).flat_map(|(a, b)| a.cells.iter().zip(&b.cells))
}

fn shape(table: &CohortTable) -> Vec<(String, u32, usize)> {
    table.rows.iter().map(|row| (row.period.start.clone(), row.n_customers, row.cells.len())).collect()
}

fn counts(row: &feilun::result::CohortRow) -> Vec<u32> {
    row.cells.iter().filter_map(|cell| cell.count).collect()
}

pub(crate) fn shuffled() -> impl Strategy<Value = (Vec<Row>, Vec<Row>)> {
    table().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
}

/// Columns of one member by the definition, without any of the crate's short cuts.
struct Member {
    start: String,
    /// Period since the member's own → (purchases, net).
    columns: BTreeMap<i64, (u32, i64)>,
    /// Period of the purchase after `min_orders` more than the first.
    repeat: Option<i64>,
    /// Periods that have ended for this member.
    ended: i64,
}

fn members(rows: &[Row], config: &CohortConfig) -> Vec<Member> {
    let calendar = Calendar::new(config.granularity, config.week_start).unwrap();
    let days = match config.granularity {
        Granularity::Day => 1,
        Granularity::Week => 7,
        Granularity::Month => 30,
        Granularity::Quarter => 91,
        Granularity::Year => 365,
    };
    let day = |row: &Row| row.local_us.div_euclid(DAY_US) as i32;
    let end = rows.iter().map(day).max().unwrap() + 1;
    let bought = |row: &&Row| config.count_zero || row.net_minor > 0;
    let names: BTreeSet<&str> = rows.iter().map(|row| row.customer.as_str()).collect();
    let limit = |text: &Option<String>, none: i32| text.as_ref().map_or(none, |text| parse_date("range", text).unwrap());
    let range = limit(&config.range.from, i32::MIN)..limit(&config.range.until, i32::MAX);
    let period = |row: &Row| calendar.period(day(row));
    let memberships = |name: &str| {
        let own: Vec<&Row> = rows.iter().filter(|row| row.customer == name).collect();
        let mut purchases: Vec<&Row> = own.iter().copied().filter(bought).collect();
        purchases.sort_by_key(|row| row.local_us);
        let mut entries = purchases.clone();
        if config.entry == CohortEntry::FirstEver {
            entries.truncate(1);
        }
        entries.retain(|row| range.contains(&calendar.start(period(row))));
        entries.dedup_by_key(|row| period(row));
        if config.entry == CohortEntry::FirstInRange {
            entries.truncate(1);
        }
        let member = |entry: &Row| {
            let column = |row: &Row| match config.window {
                CohortWindow::Calendar => i64::from(period(row) - period(entry)),
                CohortWindow::Rolling => (row.local_us - entry.local_us).div_euclid(days * DAY_US),
            };
            let mut columns = BTreeMap::new();
            for row in own.iter().filter(|row| column(row) >= 0) {
                let slot: &mut (u32, i64) = columns.entry(column(row)).or_default();
                slot.0 += u32::from(bought(row));
                slot.1 += row.net_minor;
            }
            let later: Vec<&&Row> = purchases.iter().filter(|row| column(row) >= 0).collect();
            Member {
                start: feilun::history::iso_date(calendar.start(period(entry))),
                columns,
                repeat: later.get(config.min_orders as usize).map(|row| column(row)),
                ended: (i64::from(end) * DAY_US - entry.local_us) / (days * DAY_US),
            }
        };
        entries.into_iter().map(member).collect::<Vec<_>>()
    };
    names.into_iter().flat_map(memberships).collect()
}

/// The periods of a column.
fn span(config: &CohortConfig, k: i64) -> RangeInclusive<i64> {
    let sum = |columns: i64| config.brackets.iter().take(columns as usize).map(|&size| i64::from(size)).sum::<i64>();
    match config.brackets.is_empty() || k == 0 {
        true => k..=k,
        false => sum(k - 1) + 1..=sum(k),
    }
}

/// The periods whose orders and money a column sums.
fn summed(config: &CohortConfig, k: i64) -> RangeInclusive<i64> {
    *span(config, k).start()..=*span(config, k).end() + i64::from(config.smooth) - 1
}

impl Member {
    fn active(&self, column: i64, config: &CohortConfig) -> bool {
        self.columns.get(&column).is_some_and(|&(purchases, _)| purchases >= config.min_orders)
    }

    fn present(&self, k: i64, config: &CohortConfig) -> bool {
        let within = |k: i64| span(config, k).any(|period| self.active(period, config));
        let (first, last) = (*span(config, k).start(), *span(config, k).end());
        match config.criterion {
            Criterion::On => k == 0 || within(k),
            Criterion::OnOrAfter => k == 0 || self.columns.keys().any(|&period| period >= first && self.active(period, config)),
            Criterion::OnOrBefore => (1..=last).any(|period| self.active(period, config)),
            Criterion::Streak => (0..=k).all(within),
            Criterion::RepeatBy => self.repeat.is_some_and(|period| period <= last),
        }
    }

    /// Purchases and net that a column sums.
    fn sums(&self, k: i64, config: &CohortConfig) -> (u32, i64) {
        let periods = self.columns.range(summed(config, k));
        periods.fold((0, 0), |sum, (_, period)| (sum.0 + period.0, sum.1 + period.1))
    }

    fn net(&self, k: i64, config: &CohortConfig) -> i64 {
        self.sums(k, config).1
    }
}

/// The value of a cell by the definition of its measure.
fn value(of: &[&Member], k: i64, config: &CohortConfig, count: Option<u32>) -> Option<f64> {
    let sum = |term: &dyn Fn(&Member) -> i64| of.iter().map(|member| term(member)).sum::<i64>() as f64;
    let w = |member: &Member, k: i64| member.net(k, config).max(0);
    let ratio = |num: f64, den: f64| (den > 0.0).then(|| num / den);
    let members = of.len() as f64;
    let net = sum(&|member| member.net(k, config));
    let purchases = sum(&|member| i64::from(member.sums(k, config).0));
    let base = sum(&|member| w(member, 0));
    if of.is_empty() {
        return None;
    }
    match config.measure {
        Measure::Count => count.map(f64::from),
        Measure::Rate => count.and_then(|count| ratio(f64::from(count), members)),
        Measure::Orders => Some(purchases),
        Measure::Net => Some(net),
        Measure::Aov => ratio(net, purchases),
        Measure::ValuePerReturning => count.and_then(|count| ratio(net, f64::from(count))),
        Measure::ValuePerMember => ratio(net, members),
        Measure::CumValuePerMember => ratio(sum(&|member| (0..=k).map(|column| member.net(column, config)).sum()), members),
        Measure::Nrr => ratio(sum(&|member| w(member, k)), base),
        Measure::Grr => ratio(sum(&|member| w(member, k).min(w(member, 0))), base),
    }
}

fn measure() -> impl Strategy<Value = Measure> {
    use Measure::{Aov, Count, CumValuePerMember, Grr, Net, Nrr, Orders, Rate, ValuePerMember, ValuePerReturning};
    prop::sample::select(vec![Count, Rate, Orders, Net, Aov, ValuePerReturning, ValuePerMember, CumValuePerMember, Nrr, Grr])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn cells_are_what_the_definition_says((rows, mut config) in asked(), measure in measure(), smooth in any::<bool>()) {
        config.measure = measure;
        if matches!(measure, Measure::Nrr | Measure::Grr) {
            config = in_periods(config);
        }
        if smooth && matches!(measure, Measure::Orders | Measure::Net | Measure::Aov | Measure::ValuePerMember | Measure::Nrr | Measure::Grr) {
            config = CohortConfig { smooth: 3, ..in_periods(config) };
        }
        if measure == Measure::ValuePerReturning {
            config.criterion = Criterion::On;
            config.min_orders = 1;
        }
        let members = members(&rows, &config);
        let table = cohorts(&rows, &config);
        prop_assert_eq!(members.len() as u32, table.rows.iter().map(|row| row.n_customers).sum::<u32>());
        for row in &table.rows {
            for cell in &row.cells {
                let k = i64::from(cell.period_idx);
                let eligible = config.completeness == RollingCompleteness::Eligible;
                let of: Vec<&Member> = members.iter().filter(|m| m.start == row.period.start && (!eligible || *summed(&config, k).end() < m.ended)).collect();
                prop_assert_eq!(cell.den, of.len() as u32);
                let count = of.iter().filter(|m| m.present(k, &config)).count() as u32;
                let count = (config.criterion != Criterion::OnOrBefore || k > 0).then_some(count);
                prop_assert_eq!(cell.count, count);
                let in_column = of.iter().map(|m| m.sums(k, &config));
                let (orders, net) = in_column.fold((0, 0), |sum, column| (sum.0 + column.0, sum.1 + column.1));
                prop_assert_eq!((cell.orders, cell.net_minor), (orders, net));
                prop_assert_eq!(cell.value, value(&of, k, &config, count));
            }
        }
    }

    #[test]
    fn law_i6_i7_i8_cohorts_agree_with_growth(rows in table(), granularity in granularity()) {
        let config = CohortConfig { granularity, max_periods: Some(600), ..CohortConfig::default() };
        let table = cohorts(&rows, &config);
        let growth = compute_growth(&read(&rows), &GrowthConfig { granularity, ..GrowthConfig::default() }).unwrap();
        let period = |start: &str| growth.periods.iter().position(|p| p.period.start == start).unwrap();
        let mut active = vec![0; growth.periods.len()];
        let mut new = vec![0; growth.periods.len()];
        for row in &table.rows {
            let first = period(&row.period.start);
            new[first] = row.n_customers;
            for (k, count) in counts(row).into_iter().enumerate() {
                active[first + k] += count;
            }
        }
        prop_assert_eq!(new, growth.periods.iter().map(|p| p.counts.new).collect::<Vec<_>>());
        prop_assert_eq!(active, growth.periods.iter().map(|p| p.counts.active).collect::<Vec<_>>());
        let buyers: BTreeSet<&str> = rows.iter().filter(|row| row.net_minor > 0).map(|row| row.customer.as_str()).collect();
        prop_assert_eq!(table.n_customers as usize, buyers.len());
        prop_assert_eq!(table.rows.iter().map(|row| row.n_customers).sum::<u32>(), table.n_customers);
    }

    #[test]
    fn law_i9_members_of_recurring_cohorts_are_the_active_customers_of_each_period(rows in table(), granularity in granularity()) {
        let config = CohortConfig { entry: CohortEntry::Recurring, granularity, ..CohortConfig::default() };
        let table = cohorts(&rows, &config);
        let growth = compute_growth(&read(&rows), &GrowthConfig { granularity, ..GrowthConfig::default() }).unwrap();
        let active = |start: &str| growth.periods.iter().find(|p| p.period.start == start).map_or(0, |p| p.counts.active);
        for row in &table.rows {
            prop_assert_eq!(row.n_customers, active(&row.period.start));
        }
        let members: u32 = table.rows.iter().map(|row| row.n_customers).sum();
        prop_assert_eq!(members, growth.periods.iter().map(|p| p.counts.active).sum::<u32>());
        prop_assert_eq!(table.n_customers, cohorts(&rows, &CohortConfig::default()).n_customers);
    }

    #[test]
    fn law_i12_criteria_are_ordered((rows, config) in asked()) {
        let by = |criterion| cohorts(&rows, &with(&config, criterion));
        let (on, or_after, or_before) = (by(Criterion::On), by(Criterion::OnOrAfter), by(Criterion::OnOrBefore));
        let (streak, repeat_by) = (by(Criterion::Streak), by(Criterion::RepeatBy));
        for (on, or_after) in pairs(&on, &or_after) {
            prop_assert!(on.count <= or_after.count && or_after.count <= Some(or_after.den));
        }
        for (streak, on) in pairs(&streak, &on) {
            prop_assert!(streak.count <= on.count);
        }
        for (on, or_before) in pairs(&on, &or_before).filter(|(on, _)| on.period_idx > 0) {
            prop_assert!(on.count <= or_before.count && or_before.count <= Some(or_before.den));
        }
        // A denominator that shrinks with age may take the count with it.
        if config.completeness == RollingCompleteness::Strict {
            for falling in or_after.rows.iter().chain(&streak.rows) {
                prop_assert!(counts(falling).is_sorted_by(|a, b| a >= b));
            }
            for rising in or_before.rows.iter().chain(&repeat_by.rows) {
                prop_assert!(counts(rising).is_sorted());
            }
        }
    }

    #[test]
    fn law_i13_the_last_column_of_on_or_after_is_on((rows, config) in asked()) {
        let config = CohortConfig { completeness: RollingCompleteness::Strict, ..in_periods(config) };
        let on = cohorts(&rows, &with(&config, Criterion::On));
        let or_after = cohorts(&rows, &with(&config, Criterion::OnOrAfter));
        for (on, or_after) in on.rows.iter().zip(&or_after.rows) {
            prop_assert_eq!(counts(on).pop(), counts(or_after).pop());
        }
    }

    #[test]
    fn law_i14_grr_is_at_most_1_and_nrr((rows, config) in asked(), smooth in prop::sample::select(vec![1, 3])) {
        let config = CohortConfig { smooth, ..in_periods(config) };
        let nrr = cohorts(&rows, &CohortConfig { measure: Measure::Nrr, ..config.clone() });
        let grr = cohorts(&rows, &CohortConfig { measure: Measure::Grr, ..config });
        for (grr, nrr) in pairs(&grr, &nrr) {
            prop_assert_eq!(grr.value.is_some(), nrr.value.is_some());
            if let (Some(grr), Some(nrr)) = (grr.value, nrr.value) {
                prop_assert!(0.0 <= grr && grr <= nrr.min(1.0));
            }
        }
    }

    #[test]
    fn law_i15_cumulative_value_does_not_fall_without_negative_nets((mut rows, config) in asked()) {
        rows.retain(|row| row.net_minor >= 0);
        prop_assume!(cohort::compute(&read(&rows), &config).is_ok());
        let config = CohortConfig { measure: Measure::CumValuePerMember, completeness: RollingCompleteness::Strict, ..config };
        for row in &cohorts(&rows, &config).rows {
            let values: Vec<f64> = row.cells.iter().filter_map(|cell| cell.value).collect();
            prop_assert!(values.is_sorted());
        }
    }

    #[test]
    fn law_i17_more_orders_asked_is_fewer_members((rows, config) in asked()) {
        let stricter = CohortConfig { min_orders: config.min_orders + 1, ..config.clone() };
        let (stricter, table) = (cohorts(&rows, &stricter), cohorts(&rows, &config));
        for (stricter, cell) in pairs(&stricter, &table) {
            prop_assert!(stricter.count <= cell.count);
        }
    }

    #[test]
    fn law_i19_days_from_midnight_are_rolling_days((mut rows, config) in asked()) {
        for row in &mut rows {
            row.local_us = row.local_us.div_euclid(DAY_US) * DAY_US;
        }
        let config = CohortConfig { granularity: Granularity::Day, completeness: RollingCompleteness::Strict, ..config };
        prop_assume!(cohort::compute(&read(&rows), &config).is_ok());
        let calendar = cohorts(&rows, &CohortConfig { window: CohortWindow::Calendar, ..config.clone() });
        let rolling = cohorts(&rows, &CohortConfig { window: CohortWindow::Rolling, ..config });
        for (calendar, rolling) in pairs(&calendar, &rolling) {
            prop_assert_eq!(calendar.count, rolling.count);
            prop_assert_eq!((calendar.orders, calendar.net_minor), (rolling.orders, rolling.net_minor));
        }
    }

    #[test]
    fn cells_are_observed_as_their_state_says((rows, config) in asked()) {
        let table = cohorts(&rows, &config);
        let end = parse_date("completeUntil", &table.definition.complete_until).unwrap();
        for row in &table.rows {
            for cell in &row.cells {
                prop_assert_eq!(cell.state == CellState::Complete, cell.observed_days == cell.period_days);
                prop_assert_eq!(cell.low_n, cell.den < 30);
            }
            let states: Vec<bool> = row.cells.iter().map(|cell| cell.state == CellState::Complete).collect();
            prop_assert!(states.is_sorted_by(|a, b| a >= b), "a complete column follows an unfinished one");
            if config.window == CohortWindow::Calendar && config.brackets.is_empty() {
                let days: i64 = row.cells.iter().map(|cell| i64::from(cell.observed_days)).sum();
                let start = parse_date("start", &row.period.start).unwrap();
                prop_assert_eq!(days, i64::from(end - start));
            }
        }
    }

    #[test]
    fn row_order_does_not_matter((rows, shuffled) in shuffled(), config in config(), rfm_config in rfm_config()) {
        prop_assert_eq!(cohorts(&rows, &config), cohorts(&shuffled, &config));
        prop_assert_eq!(scored(&rows, &rfm_config), scored(&shuffled, &rfm_config));
    }

    #[test]
    fn shifting_times_and_offset_together_changes_nothing(
        rows in table(), minutes in -600i32..600, config in config(), rfm_config in rfm_config(),
    ) {
        let mut shifted = rows.clone();
        for row in &mut shifted {
            row.local_us += i64::from(minutes) * 60_000_000;
        }
        let (before, after) = (read(&rows), histories_of(&shifted, OFFSET_MINUTES - minutes));
        let (a, b) = (cohort::compute(&before, &config).unwrap(), cohort::compute(&after, &config).unwrap());
        prop_assert_eq!((a.rows, a.means), (b.rows, b.means));
        let scored = |histories| rfm::compute_customers(histories, &rfm_config, None).map(|c| (c.customer_id, c.recency_days, c.segment)).ok();
        prop_assert_eq!(scored(&before), scored(&after));
    }

    #[test]
    fn an_order_after_the_end_changes_nothing(rows in table(), late in orders(), config in config(), rfm_config in rfm_config()) {
        let histories = read(&rows);
        let end = feilun::history::iso_date(histories.end_day);
        let late = late.into_iter().map(|row| Row { local_us: row.local_us + (i64::from(histories.end_day) - FIRST_DAY) * DAY_US, ..row });
        let longer: Vec<Row> = rows.iter().cloned().chain(late).collect();
        let config = CohortConfig { complete_until: Some(end.clone()), ..config };
        prop_assert_eq!(cohorts(&rows, &config), cohorts(&longer, &config));
        let rfm_config = RfmConfig { as_of: Some(end), ..rfm_config };
        prop_assert_eq!(scored(&rows, &rfm_config), scored(&longer, &rfm_config));
        prop_assert_eq!(rfm::compute(&histories, &rfm_config).ok(), rfm::compute(&read(&longer), &rfm_config).ok());
    }
}
