//! Waits, costs, claims and pickups as drawings.

use feilun::charts::{DrawOptions, Drawing, Figure, Mark, draw};
use feilun::flywheel::compute_private_domain;
use feilun::result::*;
use feilun::text::term;

use crate::figures::flywheel;
use crate::rfm_figures::migration;
use crate::table::{GOLDEN, histories};

/// Quarters of a wait, days.
fn wait(id: &str, days: [f64; 3]) -> Lag {
    let mut median = flywheel(true).lags.whole.median;
    median = Metric {
        id: id.into(),
        name: term(&format!("metric.{id}")),
        status: MetricStatus::Ok,
        value: Some(days[1]),
        n: Some(1_204),
        needs: None,
        ..median
    };
    Lag { median, p25: Some(days[0]), p75: Some(days[2]) }
}

fn not_computed(lag: Lag, status: MetricStatus, needs: Option<&str>) -> Lag {
    let median = Metric { status, value: None, n: None, needs: needs.map(Into::into), ..lag.median };
    Lag { median, p25: None, p75: None }
}

fn claim(id: ClaimId, verdict: Verdict, slope: Option<f64>, points: &[f64]) -> Claim {
    let name = term(match id {
        ClaimId::FallingCost => "claim.falling_cost",
        ClaimId::RisingValue => "claim.rising_value",
        ClaimId::GrowingAssets => "claim.growing_assets",
    });
    let point = |(at, &value): (usize, &f64)| ClaimPoint { period: format!("2024-{:02}", at + 1), value };
    Claim {
        id,
        name,
        verdict,
        slope,
        z: slope.map(|_| -2.9),
        p: slope.map(|_| 0.0037),
        points: points.iter().enumerate().map(point).collect(),
        needs: None,
    }
}

/// The flywheel with waits, costs and claims; `all_tables` or from orders alone.
pub(crate) fn turning(all_tables: bool) -> FlywheelTable {
    let mut table = flywheel(all_tables);
    let steps = [
        ("lag_join", [0.0, 3.0, 12.5]),
        ("lag_touch", [1.0, 4.0, 9.0]),
        ("lag_order", [6.0, 17.5, 33.0]),
        ("lag_invite", [8.0, 21.0, 60.0]),
        ("lag_buy", [1.0, 5.0, 14.0]),
    ];
    table.lags.steps = steps.map(|(id, days)| wait(id, days)).into();
    table.lags.whole = wait("lag_whole", [61.0, 96.5, 150.0]);
    let start = ["2024-11", "2024-12"];
    let month = |at: usize| start.get(at).map_or_else(|| format!("2025-{:02}", at - 1), |label| (*label).to_owned());
    table.costs.cohorts = (0..8)
        .map(|at| CohortCost {
            period: Period {
                label: month(at),
                start: format!("{}-01", month(at)),
                end: format!("{}-28", month(at)),
                complete: at < 7,
            },
            new_buyers: 1_300 + 90 * at as u32,
            left_censored: at == 0,
            spend_minor: Some(2_600_000 + 40_000 * at as i64),
            cac_minor: (at < 7).then_some(2_000.0 - 60.0 * at as f64),
            marginal_cac_minor: (at > 0 && at < 7).then_some(444.4),
            values_minor: [
                (at < 6).then_some(1_500.0 + 55.0 * at as f64),
                (at < 4).then_some(2_900.0 + 130.0 * at as f64),
                None,
                None,
            ],
            value_per_cost: [(at < 6).then_some(0.75), (at < 4).then_some(1.45), None, None],
            payback_months: (at < 4).then_some(2),
        })
        .collect();
    let falling: Vec<f64> = (0..12).map(|at| 2_400.0 - 70.0 * f64::from(at) + f64::from(at % 3) * 40.0).collect();
    let rising: Vec<f64> = (0..10).map(|at| 2_900.0 + 44.0 * f64::from(at % 4)).collect();
    let growing: Vec<f64> = (0..12).map(|at| 10_400.0 + 830.0 * f64::from(at)).collect();
    table.costs.claims = [
        claim(ClaimId::FallingCost, Verdict::Supported, Some(-0.034), &falling),
        claim(ClaimId::RisingValue, Verdict::NotShown, Some(0.002), &rising),
        claim(ClaimId::GrowingAssets, Verdict::Supported, Some(830.0), &growing),
    ];
    if !all_tables {
        let waits = std::mem::take(&mut table.lags.steps);
        table.lags.steps = waits.into_iter().map(|lag| not_computed(lag, MetricStatus::NeedsTable, Some("members"))).collect();
        table.lags.whole = not_computed(table.lags.whole, MetricStatus::Immature, None);
        for cohort in &mut table.costs.cohorts {
            *cohort = CohortCost {
                spend_minor: None,
                cac_minor: None,
                marginal_cac_minor: None,
                value_per_cost: [None; 4],
                payback_months: None,
                ..cohort.clone()
            };
        }
        table.costs.claims[0] =
            Claim { needs: Some("spend".into()), ..claim(ClaimId::FallingCost, Verdict::NotTestable, None, &[]) };
        table.costs.claims[1] = claim(ClaimId::RisingValue, Verdict::InsufficientData, None, &[2_900.0]);
    }
    table
}

/// A shop that is busy after work and on Saturdays.
pub(crate) fn pickups() -> PrivateDomainTable {
    let computed = compute_private_domain(&histories(GOLDEN), &PrivateDomainConfig::default()).unwrap();
    let busy = |day: usize, hour: usize| match hour {
        17..=19 => 900 + 130 * day as u32,
        9..=21 => 120 + 11 * hour as u32 + if day == 5 { 600 } else { 0 },
        8 | 22 => 3,
        _ => 0,
    };
    let hours = (0..7).map(|day| std::array::from_fn(|hour| busy(day, hour))).collect();
    PrivateDomainTable { pickup_hours: Some(hours), ..computed }
}

/// Figures of the goldens.
pub(crate) fn golden_loop_figures() -> Vec<(&'static str, Figure)> {
    vec![
        ("migration_streams", Figure::MigrationStreams(migration())),
        ("lag_bars", Figure::LagBars(turning(true))),
        ("cohort_costs", Figure::CohortCosts(turning(true))),
        ("claim_trends", Figure::ClaimTrends(turning(true))),
        ("pickup_heatmap", Figure::PickupHeatmap(pickups())),
    ]
}

/// Awkward ones for layout tests.
pub(crate) fn odd_loop_figures() -> Vec<(&'static str, Figure)> {
    let mut many = turning(true);
    let cohort = many.costs.cohorts[3].clone();
    many.costs.cohorts = (0..80)
        .map(|at| CohortCost {
            period: Period { label: format!("20{:02}-W{:02}", 20 + at / 52, at % 52 + 1), ..cohort.period.clone() },
            ..cohort.clone()
        })
        .collect();
    let mut none = turning(false);
    none.costs.cohorts.clear();
    vec![
        ("lags unknown", Figure::LagBars(turning(false))),
        ("costs unknown", Figure::CohortCosts(turning(false))),
        ("costs of weeks", Figure::CohortCosts(many)),
        ("costs of none", Figure::CohortCosts(none)),
        ("claims unknown", Figure::ClaimTrends(turning(false))),
        ("no pickups", Figure::PickupHeatmap(PrivateDomainTable { pickup_hours: None, ..pickups() })),
    ]
}

fn drawn(figure: Figure) -> Drawing {
    draw(&figure, &DrawOptions { lang: Lang::En, ..DrawOptions::default() }).unwrap()
}

fn find<'a>(drawing: &'a Drawing, key: &str) -> &'a Mark {
    drawing.marks.iter().find(|mark| mark.key == key).unwrap()
}

fn value<'a>(drawing: &'a Drawing, key: &str, name: &str) -> &'a str {
    &find(drawing, key).details.iter().find(|line| line.name == name).unwrap().value
}

#[test]
fn waits_have_quarters_or_what_is_missing() {
    let drawing = drawn(Figure::LagBars(turning(true)));
    assert_eq!(value(&drawing, "lag:lag_order", "Median"), "17.5 days");
    assert_eq!(value(&drawing, "lag:lag_order", "Middle half"), "6 days – 33 days");
    assert_eq!(drawing.description, "The longest wait: Next order to invitation (21 days). A whole turn: 96.5 days (median).");
    assert_eq!(drawing.table.rows.len(), 6);
    let missing = drawn(Figure::LagBars(turning(false)));
    assert_eq!(value(&missing, "lag:lag_join", "Status"), "export members");
    assert_eq!(missing.table.rows[0].cells[0].value, None);
}

#[test]
fn costs_name_cost_value_and_payback_of_each_cohort() {
    let drawing = drawn(Figure::CohortCosts(turning(true)));
    assert_eq!(value(&drawing, "cost:2025-01", "Acquisition cost"), "¥18.80");
    assert_eq!(value(&drawing, "cost:2025-01", "Value in 90 days"), "¥31.60");
    assert_eq!(value(&drawing, "cost:2025-01", "Payback"), "2 mo.");
    assert_eq!(value(&drawing, "cost:2025-06", "Acquisition cost"), "–");
    assert_eq!(drawing.description, "New buyers of 2025-02: cost ¥18.20, worth ¥32.90 within 90 days.");
    assert!(drawn(Figure::CohortCosts(turning(false))).svg.contains("export spend"));
    let weeks = drawn(odd_loop_figures().remove(2).1);
    assert_eq!((weeks.table.rows.len(), weeks.table.rows[0].cells[0].key.is_none()), (80, true));
}

#[test]
fn claims_end_in_a_verdict_with_slope_and_p() {
    let drawing = drawn(Figure::ClaimTrends(turning(true)));
    for text in ["supported", "not shown", "−3.3% per period", "+830 per period", "p = 0.004"] {
        assert!(drawing.svg.contains(text), "{text}");
    }
    assert_eq!(drawing.marks.len(), 34);
    assert_eq!(value(&drawing, "claim:growing_assets/2024-12", "Pool members"), "19,530");
    let missing = drawn(Figure::ClaimTrends(turning(false)));
    assert!(missing.svg.contains("export spend") && missing.svg.contains("too few periods"));
    assert_eq!(missing.table.rows[0].cells[0].text, "not testable");
}

#[test]
fn pickups_count_every_hour_of_the_week() {
    let table = pickups();
    let drawing = drawn(Figure::PickupHeatmap(table.clone()));
    assert_eq!(drawing.marks.len(), 7 * 24);
    assert_eq!(find(&drawing, "pickup:6/18").label, "Sat 18:00–19:00");
    let sum: f64 = drawing.table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.value).sum();
    assert_eq!(sum, table.pickup_hours.unwrap().iter().flatten().map(|&n| f64::from(n)).sum::<f64>());
    assert_eq!(drawing.description, "Busiest: Sun 17:00–18:00, 1,680 pickups.");
}

#[test]
fn streams_are_the_matrix_in_another_form_and_as_wide_as_their_customers() {
    let table = migration();
    let n = |mark: &Mark| mark.details[0].value.replace(',', "").parse::<f64>().unwrap();
    let streams = drawn(Figure::MigrationStreams(table.clone()));
    let matrix = drawn(Figure::MigrationMatrix(table.clone()));
    let pixel = table.n_customers.div_ceil(360);
    let wide = |mark: &&Mark| n(mark) >= f64::from(pixel);
    let keys = |drawing: &Drawing| {
        drawing.marks.iter().filter(wide).map(|mark| (mark.key.clone(), mark.details.clone())).collect::<Vec<_>>()
    };
    assert_eq!(keys(&streams), keys(&matrix));
    assert!(streams.marks.iter().all(|mark| wide(&mark)) && streams.marks.len() < matrix.marks.len());
    assert_eq!((&streams.table, &streams.description), (&matrix.table, &matrix.description));
    for pair in streams.marks.windows(2) {
        let ratio = (pair[0].height - 1.0) / (pair[1].height - 1.0) / (n(&pair[0]) / n(&pair[1]));
        assert!((ratio - 1.0).abs() < 0.03, "{pair:?}");
    }
}
