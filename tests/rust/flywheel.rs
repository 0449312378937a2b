//! The flywheel over tables small enough to check by head, and the law that shares are shares.

use feilun::flywheel::compute_flywheel;
use feilun::result::{FlywheelConfig, FlywheelTable, Granularity, Horizons, Metric, MetricStatus, StepId};

use crate::table::{GOLDEN, histories};

fn wheel(table: &str, until: &str) -> FlywheelTable {
    let config = FlywheelConfig { complete_until: Some(until.into()), ..FlywheelConfig::default() };
    compute_flywheel(&histories(table), &config).unwrap()
}

fn metric<'a>(table: &'a FlywheelTable, id: &str) -> &'a Metric {
    let all = table.steps.iter().flat_map(|step| std::iter::once(&step.headline).chain(&step.metrics));
    let mut found = all.chain([&table.gain, &table.cycle_time]).filter(|metric| metric.id == id);
    found.next().unwrap_or_else(|| panic!("no metric `{id}`"))
}

/// `num/den` of a metric that has a value, else its status.
fn shown(metric: &Metric) -> String {
    match (metric.num, metric.den) {
        (Some(num), Some(den)) => format!("{num}/{den}"),
        _ => format!("{:?}", metric.status),
    }
}

fn check(table: &FlywheelTable, expected: &[(&str, &str)]) {
    for &(id, text) in expected {
        assert_eq!((id, shown(metric(table, id)).as_str()), (id, text));
    }
}

#[test]
fn orders_alone_give_steps_one_and_four() {
    let table = wheel(GOLDEN, "2025-06-01");
    let steps: Vec<_> = table.steps.iter().map(|step| step.id).collect();
    assert_eq!(steps, [StepId::Experience, StepId::Pool, StepId::Precision, StepId::Repeat, StepId::Advocacy, StepId::Loop]);
    check(
        &table,
        &[
            ("retained_rate", "0/0"),
            ("precipitation", "NeedsTable"),
            ("response_rate", "NeedsTable"),
            ("repeat_60", "1/1"),
            ("advocacy_rate", "NeedsTable"),
            ("m56", "NeedsTable"),
            ("gain", "NeedsTable"),
        ],
    );
    assert_eq!(metric(&table, "retained_rate").status, MetricStatus::Insufficient);
    assert_eq!(metric(&table, "precipitation").needs.as_deref(), Some("members"));
    let repeat = &table.steps[3].series;
    let shares: Vec<_> = repeat.iter().map(|p| (p.period.label.as_str(), p.num, p.den, p.mature)).collect();
    // A after 36 days, B after 40 minutes, C after 41 days; D after 45.5 days, E never; F the next day.
    assert_eq!(shares[..3], [("2025-01", 3, 3, true), ("2025-02", 1, 2, true), ("2025-03", 1, 1, true)]);
}

#[test]
fn a_cohort_is_immature_until_its_horizon_has_passed() {
    let table = wheel(GOLDEN, "2025-03-31");
    let repeat = metric(&table, "repeat_60");
    assert_eq!((repeat.status, repeat.value), (MetricStatus::Immature, None));
    assert!(repeat.note.as_ref().unwrap().en.contains("2025-04-02"), "{repeat:?}");
    // The first period with a known past is February.
    check(&table, &[("retained_rate", "2/3"), ("churn_rate", "1/3"), ("net_adds", "1/3"), ("wake_rate", "0/0")]);
    assert_eq!(table.steps[0].series.iter().filter(|point| point.value.is_some()).count(), 1);
}

/// A joined before buying and brought B and D; B joined 10 days after, brought C; C never joined; D joined 40 days after the first order.
const LOOP: &str = "
    A 2025-01-05 10:00 1000 joined=2025-01-01
    A 2025-01-20 10:00 1000
    B 2025-01-15 10:00 2000 joined=2025-01-25 inviter=A
    C 2025-02-04 10:00 3000 inviter=B
    C 2025-02-10 10:00 3000 inviter=A
    D 2025-02-14 10:00  800 joined=2025-03-26 inviter=A
    A 2025-02-20 10:00  500
    E 2025-02-25 10:00  600 inviter=GHOST
";

#[test]
fn the_loop_from_joined_and_inviter_columns() {
    let table = wheel(LOOP, "2025-12-01");
    let points = |step: usize| table.steps[step].series.iter().take(2).map(|p| (p.num, p.den)).collect::<Vec<_>>();
    // January: A, B of A, B. February: none of C, D, E within 30 days.
    assert_eq!(points(1), [(2, 2), (0, 3)]);
    // February's inviters are B (of C), A (of D) and GHOST; A and B were active in January.
    assert_eq!(points(4), [(0, 0), (2, 2)]);
    assert_eq!(points(5), [(1, 1), (3, 3)]);
    // Last mature cohort of the gain: March 2025 has nobody; H of 240 days from 2025-04-01 ends 2025-11-27.
    assert_eq!((metric(&table, "gain").period.as_deref(), shown(metric(&table, "gain")).as_str()), (Some("2025-03"), "0/0"));
    // B−A 10 days, C−B 20 days, D−A 40 days.
    let cycle = metric(&table, "cycle_time");
    assert_eq!((cycle.value, cycle.n), (Some(20.0), Some(3)));
    let advocacy = metric(&table, "advocacy_rate");
    assert_eq!((advocacy.status, shown(advocacy).as_str()), (MetricStatus::Proxy, "0/3"));
}

#[test]
fn gain_counts_within_the_horizon_only() {
    let config = |days| FlywheelConfig {
        complete_until: Some("2025-04-01".into()),
        horizons: Horizons { h12: days, h23: 0, h34: 0, h45: 0, h56: 0 },
        ..FlywheelConfig::default()
    };
    let gain = |days| {
        let table = compute_flywheel(&histories(LOOP), &config(days)).unwrap();
        shown(&table.gain)
    };
    assert_eq!(gain(0), "0/0");
    // With 40 days only January is mature: A and B brought B (10 days), C (20); D came after exactly 40 days, which is too late.
    assert_eq!(gain(40), "2/2");
    assert_eq!(gain(41), "3/2");
}

#[test]
fn options_that_make_no_sense_are_refused() {
    let days = FlywheelConfig { granularity: Granularity::Day, ..FlywheelConfig::default() };
    let horizons = Horizons { h45: u32::MAX, ..Horizons::default() };
    let forever = FlywheelConfig { horizons, ..FlywheelConfig::default() };
    for config in [days, forever] {
        assert_eq!(compute_flywheel(&histories(GOLDEN), &config).unwrap_err().kind().code(), "config");
    }
}
