//! Growth accounting over rolling windows, by slice and of other entities: by head, against a naive reference, and as laws.

use std::collections::BTreeSet;

use feilun::ErrorKind;
use feilun::flywheel::compute_growth;
use feilun::history::{Histories, build, by_entity, parse_date};
use feilun::ingest::LocalClock;
use feilun::result::{
    Entity, Filter, Granularity, GrowthConfig, GrowthPeriod, GrowthTable, GrowthWindow, SliceConfig, SliceRule,
};
use proptest::prelude::*;

use crate::table::{DAY_US, GOLDEN, OFFSET_MINUTES, Row, histories, histories_of, only, orders, rows as rows_of};

fn rolling(days: u32) -> GrowthConfig {
    GrowthConfig {
        window: GrowthWindow::Rolling,
        granularity: Granularity::Day,
        rolling_days: Some(days),
        ..GrowthConfig::default()
    }
}

fn sliced(by: &str, rule: SliceRule) -> GrowthConfig {
    GrowthConfig { slice: Some(SliceConfig { by: by.to_owned(), rule }), ..GrowthConfig::default() }
}

fn of(rows: &[Row], config: &GrowthConfig) -> GrowthTable {
    compute_growth(&histories_of(rows, OFFSET_MINUTES), config).unwrap()
}

/// `active new retained resurrected churned dormant to date`.
fn counts(row: &GrowthPeriod) -> [u32; 7] {
    let c = row.counts;
    [c.active, c.new, c.retained, c.resurrected, c.churned, c.dormant, row.customers_to_date]
}

/// Everything but how the period is called.
fn numbers(row: &GrowthPeriod) -> GrowthPeriod {
    let mut numbers = row.clone();
    numbers.period.label.clear();
    numbers.first = false;
    numbers
}

#[test]
fn the_last_four_weeks_of_the_golden_fixture() {
    let config = GrowthConfig { rolling_days: None, ..rolling(28) };
    let table = compute_growth(&histories(GOLDEN), &config).unwrap();
    let last = table.periods.last().unwrap();
    // 4 to 31 March: A, D, F. 4 February to 3 March: A, C, D, E. B was active in January and on 1 February only.
    assert_eq!((last.period.label.as_str(), last.period.start.as_str()), ("2025-03-31", "2025-03-04"));
    assert_eq!(counts(last), [3, 1, 2, 0, 2, 1, 6]);
    let r = last.revenue;
    assert_eq!((r.total, r.new, r.retained, r.expansion, r.contraction, r.churned), (3700, 2400, 1300, 0, 1000, 4600));
    assert_eq!((last.quick_ratio, last.no_loss, last.retention_rate), (Some(0.5), false, Some(0.5)));
    assert_eq!(table.periods.len(), 86);
    let first_told = table.periods.iter().find(|row| !row.first).unwrap();
    assert_eq!(first_told.period.label, "2025-03-01", "56 days from 5 January on");
}

#[test]
fn no_loss_is_said() {
    let table = compute_growth(&histories("A 2025-01-05 10:00 5\n A 2025-02-05 10:00 5"), &GrowthConfig::default()).unwrap();
    let february = &table.periods[1];
    assert_eq!((february.quick_ratio, february.no_loss), (None, true));
    assert_eq!((february.revenue_quick_ratio, february.no_revenue_loss), (None, true));
}

#[test]
fn options_that_make_no_sense_are_refused() {
    let data = histories("A 2025-01-05 10:00 5 store=S staff=T");
    let refused = |config: GrowthConfig| {
        let error = compute_growth(&data, &config).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{config:?}");
        error.to_string()
    };
    assert!(refused(GrowthConfig { granularity: Granularity::Month, ..rolling(28) }).contains("`granularity` `day`"));
    assert!(refused(GrowthConfig { window: GrowthWindow::Calendar, ..rolling(28) }).contains("`rollingDays`"));
    assert!(refused(rolling(0)).contains("found `0`"));
    assert!(refused(rolling(3661)).contains("found `3661`"));
    assert!(refused(GrowthConfig { week_start: 7, ..GrowthConfig::default() }).contains("`weekStart`"));
    assert!(refused(sliced("channel", SliceRule::Home)).contains("`slice.by`"));
    let of_stores = GrowthConfig { entity: Entity::Store, ..sliced("store_id", SliceRule::Order) };
    assert!(refused(of_stores).contains("`entity`"));
    let far: Vec<String> = (0..10).map(|n| format!("A{n} {}-01-05 10:00 5 store=S{n}", 1950 + 25 * (n % 2))).collect();
    let config = GrowthConfig { granularity: Granularity::Day, ..sliced("store_id", SliceRule::Order) };
    let error = compute_growth(&histories(&far.join("\n")), &GrowthConfig { slice: None, ..config.clone() });
    assert!(error.is_ok());
    let many: Vec<String> = (0..30).map(|n| format!("A{n} {}-01-05 10:00 5 store=S{n}", 1950 + 25 * (n % 2))).collect();
    assert!(compute_growth(&histories(&many.join("\n")), &config).unwrap_err().to_string().contains("`slice`"));
}

#[test]
fn a_clock_set_back_over_midnight_does_not_split_a_day() {
    // As in Newfoundland until 2011: at a minute past midnight the clock goes back an hour, into the day before.
    let midnight = i64::from(parse_date("day", "2010-11-07").unwrap()) * 86_400;
    let change = midnight + 60 + 9_000;
    let mut data = orders(&rows_of("A 2010-11-01 10:00 5\n A 2010-11-02 10:00 5\n A 2010-11-03 10:00 7"), OFFSET_MINUTES);
    data.clock = LocalClock::from_transitions(&[(i64::MIN / 2_000_000, -9_000), (change, -12_600)]);
    data.time_us = [change - 30, change + 600, change + 7_200].map(|second| second * 1_000_000).to_vec();
    data.day = data.time_us.iter().map(|&time| data.clock.day(time)).collect();
    let config = GrowthConfig { granularity: Granularity::Day, ..GrowthConfig::default() };
    let table = compute_growth(&build(data).unwrap(), &config).unwrap();
    assert_eq!(table.periods.iter().map(counts).collect::<Vec<_>>(), [[1, 1, 0, 0, 0, 0, 1], [1, 0, 1, 0, 0, 0, 1]]);
    assert_eq!(table.periods.iter().map(|row| row.revenue.total).collect::<Vec<_>>(), [5, 12]);
}

pub(crate) fn rows() -> impl Strategy<Value = Vec<Row>> {
    let net = prop_oneof![1 => Just(0i64), 1 => -500..0i64, 6 => 1..5000i64];
    let label = prop_oneof![1 => Just(None), 5 => prop_oneof![Just("p"), Just("q"), Just("r")].prop_map(Some)];
    let row = (0u8..8, 0i64..120, 0i64..4, net, label).prop_map(|(customer, day, quarter, net_minor, label)| Row {
        customer: format!("c{customer}"),
        local_us: (20_000 + day) * DAY_US + quarter * DAY_US / 4,
        net_minor,
        labels: label.map(|label| ("channel".to_owned(), label.to_owned())).into_iter().collect(),
        ..Row::default()
    });
    // One label at least, so that there is a dimension.
    prop::collection::vec(row, 1..60).prop_map(|mut rows| {
        rows[0].labels = vec![("channel".to_owned(), "p".to_owned())];
        rows
    })
}

/// Who is what on a day, set by set from the definitions.
fn naive(rows: &[Row], day: i64, days: i64, count_zero: bool) -> [u32; 7] {
    let active = |from: i64, until: i64| -> BTreeSet<&str> {
        let purchases = rows.iter().filter(|row| count_zero || row.net_minor > 0);
        let within = purchases.filter(|row| (from..until).contains(&row.local_us.div_euclid(DAY_US)));
        within.map(|row| row.customer.as_str()).collect()
    };
    let (now, before) = (active(day + 1 - days, day + 1), active(day + 1 - 2 * days, day + 1 - days));
    let (known, known_before) = (active(0, day + 1), active(0, day + 1 - days));
    let count = |condition: &dyn Fn(&str) -> bool| known.iter().filter(|customer| condition(customer)).count() as u32;
    [
        now.len() as u32,
        count(&|c| now.contains(c) && !known_before.contains(c)),
        count(&|c| now.contains(c) && before.contains(c)),
        count(&|c| now.contains(c) && !before.contains(c) && known_before.contains(c)),
        count(&|c| !now.contains(c) && before.contains(c)),
        count(&|c| !now.contains(c) && !before.contains(c)),
        known.len() as u32,
    ]
}

fn rule() -> impl Strategy<Value = SliceRule> {
    prop_oneof![Just(SliceRule::FirstOrder), Just(SliceRule::Home), Just(SliceRule::Order)]
}

pub(crate) fn config() -> impl Strategy<Value = GrowthConfig> {
    use Granularity::{Day, Month, Quarter, Week, Year};
    let calendar = prop_oneof![Just(Day), Just(Week), Just(Month), Just(Quarter), Just(Year)]
        .prop_map(|granularity| GrowthConfig { granularity, ..GrowthConfig::default() });
    let windows = prop_oneof![calendar, (1u32..40).prop_map(rolling)];
    (windows, any::<bool>()).prop_map(|(config, count_zero)| GrowthConfig { count_zero, ..config })
}

proptest! {
    #[test]
    fn rolling_counts_equal_their_definitions(rows in rows(), days in 1u32..40, count_zero: bool) {
        let data = histories_of(&rows, OFFSET_MINUTES);
        let table = compute_growth(&data, &GrowthConfig { count_zero, ..rolling(days) }).unwrap();
        prop_assert_eq!(table.periods.len() as i32, data.end_day - data.first_day);
        for (row, day) in table.periods.iter().zip(data.first_day..) {
            prop_assert_eq!(counts(row), naive(&rows, day.into(), days.into(), count_zero), "{}", row.period.label);
        }
    }

    #[test]
    fn a_rolling_day_is_the_calendar_day(rows in rows()) {
        let calendar = of(&rows, &GrowthConfig { granularity: Granularity::Day, ..GrowthConfig::default() });
        prop_assert_eq!(of(&rows, &rolling(1)).periods.iter().map(numbers).collect::<Vec<_>>(),
            calendar.periods.iter().map(numbers).collect::<Vec<_>>());
    }

    #[test]
    fn seven_rolling_days_to_a_sunday_are_the_calendar_week(rows in rows()) {
        let weeks = of(&rows, &GrowthConfig { granularity: Granularity::Week, ..GrowthConfig::default() });
        let days = of(&rows, &rolling(7));
        let mut compared = 0;
        for day in &days.periods {
            if let Some(week) = weeks.periods.iter().find(|week| week.period.start == day.period.start) {
                prop_assert_eq!(numbers(week), numbers(day));
                compared += 1;
            }
        }
        prop_assert_eq!(compared, weeks.periods.iter().filter(|week| week.period.complete).count());
    }

    #[test]
    fn i1_to_i5_i10_i11_and_i16_hold_on_every_slice(rows in rows(), config in config(), rule in rule()) {
        let slice = Some(SliceConfig { by: "channel".to_owned(), rule });
        let table = of(&rows, &GrowthConfig { slice, ..config });
        prop_assert_eq!(table.identities.len(), if rule == SliceRule::Order { 9 } else { 10 });
        prop_assert!(!table.slices.is_empty());
        for identity in table.identities.iter().chain(table.slices.iter().flat_map(|slice| &slice.identities)) {
            prop_assert_eq!((identity.failed, identity.checked as usize), (0, table.periods.len()), "{}", identity.id);
        }
    }

    #[test]
    fn slices_leave_the_whole_as_it_is(rows in rows(), config in config(), rule in rule()) {
        let slice = Some(SliceConfig { by: "channel".to_owned(), rule });
        prop_assert_eq!(of(&rows, &GrowthConfig { slice, ..config.clone() }).periods, of(&rows, &config).periods);
    }

    #[test]
    fn a_slice_by_order_is_the_filter_of_its_label(rows in rows(), config in config()) {
        let slice = Some(SliceConfig { by: "channel".to_owned(), rule: SliceRule::Order });
        for slice in of(&rows, &GrowthConfig { slice, ..config.clone() }).slices {
            let Some(label) = slice.label else { continue };
            let filtered = of(&rows, &GrowthConfig { filter: only("channel", &label), ..config.clone() });
            let begun = slice.periods.iter().skip_while(|row| row.period.start != filtered.periods[0].period.start);
            prop_assert_eq!(begun.map(numbers).collect::<Vec<_>>(), filtered.periods.iter().map(numbers).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_entity_is_followed_as_a_customer_of_its_name(rows in rows(), config in config()) {
        let labelled: Vec<Row> = rows.iter().filter(|row| !row.labels.is_empty()).map(|row| Row {
            labels: vec![("staff_id".to_owned(), row.labels[0].1.clone())], ..row.clone()
        }).collect();
        let data = histories_of(&labelled, OFFSET_MINUTES);
        let stewards: Histories = by_entity(&data, "staff_id").unwrap();
        for entity in [Entity::Staff, Entity::Leader] {
            let found = compute_growth(&data, &GrowthConfig { entity, ..config.clone() }).unwrap();
            prop_assert_eq!(&found.periods, &compute_growth(&stewards, &config).unwrap().periods);
        }
        let renamed: Vec<Row> = labelled.iter().map(|row| Row { customer: row.labels[0].1.clone(), ..row.clone() }).collect();
        let found = compute_growth(&data, &GrowthConfig { entity: Entity::Staff, ..config.clone() }).unwrap();
        prop_assert_eq!(found.periods, of(&renamed, &config).periods);
    }

    #[test]
    fn an_order_after_the_end_changes_nothing(rows in rows(), config in config(), days in 1i64..100) {
        let end = rows.iter().map(|row| row.local_us.div_euclid(DAY_US)).max().unwrap() + 1;
        let until = Some(feilun::history::iso_date(end as i32));
        let mut more = rows.clone();
        more.push(Row { local_us: (end + days) * DAY_US, net_minor: 9, ..rows[0].clone() });
        let config = GrowthConfig { complete_until: until, ..config };
        prop_assert_eq!(of(&more, &config).periods, of(&rows, &config).periods);
    }
}

#[test]
fn an_entity_is_followed_from_its_first_order_on() {
    let data =
        histories("A 2025-01-05 10:00 5\n A 2025-02-05 10:00 5 staff=T\n A 2025-03-05 10:00 5 staff=T\n A 2025-04-05 10:00 5");
    let table = compute_growth(&data, &GrowthConfig { entity: Entity::Staff, ..GrowthConfig::default() }).unwrap();
    let labels: Vec<&str> = table.periods.iter().map(|row| row.period.label.as_str()).collect();
    assert_eq!(labels, ["2025-02", "2025-03", "2025-04"]);
    assert!(!table.periods[0].first, "the data begins earlier: nobody of January is unknown");
}

#[test]
fn a_filter_on_dates_and_labels_cuts_before_counting() {
    let data = histories("A 2025-01-05 10:00 5 channel=p\n A 2025-02-05 10:00 5 channel=q\n B 2025-02-05 10:00 5 channel=p");
    let filter = Filter { from: Some("2025-02-01".to_owned()), ..only("channel", "p") };
    let table = compute_growth(&data, &GrowthConfig { filter, ..GrowthConfig::default() }).unwrap();
    assert_eq!(table.periods.iter().map(counts).collect::<Vec<_>>(), [[1, 1, 0, 0, 0, 0, 1]]);
}
