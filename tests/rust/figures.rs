//! Results made by hand for the charts: a plausible retailer, from plain formulas, so that a picture changes only when drawing does.

use feilun::charts::Figure;
use feilun::flywheel::compute_flywheel;
use feilun::result::*;

use crate::loop_figures::{golden_loop_figures, odd_loop_figures};
use crate::rfm_figures::{concentration, migration, odd_figures};
use crate::table::{GOLDEN, histories};

/// A definition around some parameters.
pub(crate) fn definition(parameters: Parameters, complete_until: &str) -> Definition {
    Definition {
        version: DEFINITION_VERSION,
        parameters,
        as_of: complete_until.into(),
        complete_until: complete_until.into(),
        data_start: "2024-01-01".into(),
        local_time: LocalTimeNote { utc_offset_minutes: Some(480), time_zone: None, wall_clock: false },
        excluded_statuses: vec![],
        set_aside: vec![],
        orders: 300_000,
        uncounted_orders: 0,
        net_minor: 1_234_567_800,
        text: Localized::new("手工制作", "made by hand"),
    }
}

fn month(index: usize) -> (String, String) {
    let name = |index: usize| format!("{}-{:02}", 2024 + index / 12, index % 12 + 1);
    (name(index), format!("{}-01", name(index)))
}

/// A period by its place: months by name, other granularities numbered.
fn period(granularity: Granularity, index: usize, complete: bool) -> Period {
    let label = match granularity {
        Granularity::Week => format!("{}-W{:02}", 2024 + index / 52, index % 52 + 1),
        Granularity::Day => format!("2025-{:02}-{:02}", index / 28 + 1, index % 28 + 1),
        _ => month(index).0,
    };
    Period { label, start: month(index).1, end: month(index + 1).1, complete }
}

/// A wobble in [-1, 1] that is the same everywhere.
fn wobble(a: usize, b: usize) -> f64 {
    let mixed = (a as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (b as u64 + 1).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (mixed.wrapping_mul(0x94D0_49BB_1331_11EB) >> 40) as f64 / f64::from(1 << 23) - 1.0
}

/// A cohort table of `n` periods whose last column is still running.
pub(crate) fn cohorts(config: CohortConfig, n: usize, max_columns: usize) -> CohortTable {
    let (granularity, measure, warmup) = (config.granularity, config.measure, n / 9);
    let rows: Vec<_> = (0..n)
        .map(|row| {
            let size = (900.0 + 260.0 * wobble(row, 3) + 30.0 * row as f64) as u32;
            let cells = (0..(n - row).min(max_columns)).map(|column| {
                let partial = row + column == n - 1;
                let mut rate =
                    0.31 / (1.0 + 0.22 * column as f64) * (1.0 + 0.12 * wobble(row, column)) + 0.004 * row as f64 / n as f64;
                if partial {
                    rate *= 0.55;
                }
                if column == 0 {
                    rate = 1.0;
                }
                let count = (f64::from(size) * rate).round() as u32;
                let net_minor = i64::from(count) * 8_650;
                let value = match measure {
                    Measure::Count => f64::from(count),
                    Measure::Net => net_minor as f64,
                    Measure::CumValuePerMember => {
                        (0..=column).map(|c| 8_650.0 / (1.0 + 0.9 * c as f64)).sum::<f64>() * (1.0 + 0.2 * wobble(row, 1))
                    }
                    _ => f64::from(count) / f64::from(size),
                };
                CohortCell {
                    period_idx: column as u32,
                    state: if partial { CellState::Partial } else { CellState::Complete },
                    may_rise: config.criterion == Criterion::OnOrAfter,
                    value: Some(value),
                    count: (column > 0).then_some(count),
                    den: size,
                    orders: count * 13 / 10,
                    net_minor,
                    interval: (column > 0).then_some(Interval { low: rate * 0.9, high: rate * 1.1 }),
                    low_n: false,
                    observed_days: if partial { 18 } else { 30 },
                    period_days: 30,
                }
            });
            CohortRow {
                period: period(granularity, row, row + 1 < n),
                n_customers: size,
                left_censored: row < warmup,
                cells: cells.collect(),
            }
        })
        .collect();
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let complete = |column: usize| -> Vec<(&CohortRow, f64)> {
        let rows = rows.iter().filter(|row| !row.left_censored);
        rows.filter_map(|row| {
            row.cells.get(column).filter(|cell| cell.state == CellState::Complete).and_then(|cell| Some((row, cell.value?)))
        })
        .collect()
    };
    let mean = |column: usize, weight: fn(&CohortRow) -> f64| {
        let used = complete(column);
        let total: f64 = used.iter().map(|(row, _)| weight(row)).sum();
        (total > 0.0).then(|| used.iter().map(|(row, value)| weight(row) * value).sum::<f64>() / total)
    };
    let means = CohortMeans {
        pooled: (0..columns).map(|column| mean(column, |row| f64::from(row.n_customers))).collect(),
        pooled_interval: (0..columns)
            .map(|column| {
                let used = complete(column);
                let members: u32 = used.iter().map(|(row, _)| row.n_customers).sum();
                let rate = mean(column, |row| f64::from(row.n_customers)).filter(|_| measure == Measure::Rate && column > 0)?;
                Interval::wilson((rate * f64::from(members)) as u32, members)
            })
            .collect(),
        simple: (0..columns).map(|column| mean(column, |_| 1.0)).collect(),
        median: vec![None; columns],
        rows_used: (0..columns).map(|column| complete(column).len() as u32).collect(),
        uses_left_censored: false,
    };
    let n_customers = rows.iter().map(|row| row.n_customers).sum();
    CohortTable {
        columns: (0..columns).map(|column| config.span(column)).collect(),
        definition: definition(Parameters::Cohorts(config), "2025-06-19"),
        n_periods: columns as u32,
        n_customers,
        rows,
        means,
        slices: Vec::new(),
    }
}

/// 18 months of rates.
pub(crate) fn months() -> CohortTable {
    cohorts(CohortConfig::default(), 18, 37)
}

/// Brackets of the months after each that customers bought in.
fn brackets() -> CohortTable {
    let config = CohortConfig { brackets: vec![1, 2, 3, 6], entry: CohortEntry::Recurring, ..CohortConfig::default() };
    cohorts(config, 12, 5)
}

/// The table with what the others lack: a hidden cell, an empty cohort, a cell without value, hostile labels, only old cohorts.
pub(crate) fn odd_cohorts() -> CohortTable {
    let mut table = cohorts(CohortConfig { criterion: Criterion::OnOrAfter, ..CohortConfig::default() }, 5, 9);
    table.rows[0].period.label = "<img onerror=alert(1)>&\"'".into();
    table.rows[1].n_customers = 0;
    for cell in &mut table.rows[1].cells {
        cell.value = None;
        cell.den = 0;
    }
    table.rows[2].cells[1].state = CellState::Suppressed;
    table.rows[2].cells[1].value = None;
    table.rows.iter_mut().for_each(|row| row.left_censored = true);
    table.means.uses_left_censored = true;
    table
}

const GRID: [[&str; 5]; 5] = [
    ["new", "active", "active", "champions", "champions"],
    ["promising", "active", "active", "loyal", "loyal"],
    ["almost_lost", "almost_lost", "needs_attention", "loyal", "loyal"],
    ["dormant", "dormant", "at_risk", "at_risk", "previously_loyal"],
    ["dormant", "dormant", "at_risk", "at_risk", "previously_loyal"],
];
pub(crate) const GRID_ORDER: [&str; 10] = [
    "champions",
    "loyal",
    "active",
    "new",
    "promising",
    "needs_attention",
    "almost_lost",
    "at_risk",
    "previously_loyal",
    "dormant",
];
const RULES_ORDER: [&str; 11] = [
    "champions",
    "cannot_lose",
    "at_risk",
    "lost",
    "hibernating",
    "loyal",
    "new",
    "promising",
    "potential_loyal",
    "needs_attention",
    "about_to_sleep",
];

fn axis(mode: ScoreMode, unit: i32) -> ScoreAxis {
    let from = |score: u8| f64::from((5 - i32::from(score)).pow(2) * 14 * unit);
    let groups = (1..=5_u8).map(|score| ScoreGroup {
        score,
        n_customers: 4_000 + 37 * u32::from(score),
        min: Some(from(score)),
        max: Some(from(score) + f64::from(13 * unit * (6 - i32::from(score)))),
    });
    let cuts = vec![ScoreCuts { within: Vec::new(), at: (2..=5).map(|score| Some(from(score))).collect() }];
    ScoreAxis { mode, groups: groups.collect(), cuts, past_cuts: false, degenerate: false, splits_ties: false }
}

/// RFM under one of the presets.
pub(crate) fn rfm(preset: RfmPreset) -> RfmTable {
    let grid = preset == RfmPreset::Grid;
    let count = |r: usize, fm: usize| (420 + r * r * fm * 55 + (5 - r) * (5 - fm) * 160) as u32;
    let total: u32 = (1..=5).flat_map(|r| (1..=5).map(move |fm| count(r, fm))).sum();
    let cells: Vec<_> = (0..25)
        .map(|index| {
            let (r, fm) = (5 - index / 5, index % 5 + 1);
            let n_customers = count(r, fm);
            RfmCell {
                r: r as u8,
                fm: fm as u8,
                segment: grid.then(|| GRID[5 - r][fm - 1].into()),
                n_customers,
                share: f64::from(n_customers) / f64::from(total),
                net_minor: i64::from(n_customers) * 6_000 * (fm as i64).pow(2),
            }
        })
        .collect();
    let net_minor: i64 = cells.iter().map(|cell| cell.net_minor).sum();
    let order: &[&str] = if grid { &GRID_ORDER } else { &RULES_ORDER };
    let mut segments: Vec<_> = order
        .iter()
        .enumerate()
        .map(|(index, id)| {
            let mine = cells.iter().filter(|cell| cell.segment.as_deref() == Some(id));
            let (n, net) = if grid {
                mine.fold((0, 0), |(n, net), cell| (n + cell.n_customers, net + cell.net_minor))
            } else {
                (total / 11, net_minor / 66 * (11 - index as i64))
            };
            segment(id, n, net, total, net_minor)
        })
        .collect();
    for (id, n) in [("prospects", 1_204), ("lapsed_out", 5_310)] {
        segments.push(RfmSegment {
            scored: false,
            share: None,
            net_share: None,
            net_minor: 0,
            orders: 0,
            ..segment(id, n, 0, total, net_minor)
        });
    }
    let (recency, monetary) = (axis(ScoreMode::Midrank, 1), axis(ScoreMode::Midrank, 1_500));
    RfmTable {
        definition: definition(Parameters::Rfm(RfmConfig { preset, ..RfmConfig::default() }), "2025-06-19"),
        n_customers: total,
        net_minor,
        recency,
        frequency: axis(ScoreMode::OnePlusQuartile, 1),
        monetary,
        cn8_levels: None,
        uncosted_orders: None,
        cells,
        segments,
        slices: Vec::new(),
    }
}

fn segment(id: &str, n_customers: u32, net_minor: i64, total: u32, total_net: i64) -> RfmSegment {
    RfmSegment {
        id: id.into(),
        name: feilun::text::term(&format!("segment.{id}")),
        scored: true,
        n_customers,
        share: Some(f64::from(n_customers) / f64::from(total)),
        orders: n_customers * 3,
        net_minor,
        net_share: Some(net_minor as f64 / total_net as f64),
        aov_minor: Some(8_650.0),
        mean_recency_days: Some(42.3),
        median_recency_days: Some(31.0),
        mean_frequency: Some(3.0),
        mean_monetary_minor: Some(25_950.0),
    }
}

/// Growth accounting of `n` periods, the last still running.
pub(crate) fn growth(granularity: Granularity, n: usize) -> GrowthTable {
    let mut periods: Vec<GrowthPeriod> = Vec::new();
    for index in 0..n {
        let before = periods.last().map_or(0, |period| period.counts.active);
        let partial = index + 1 == n;
        let part = if partial { 0.6 } else { 1.0 };
        let new = ((2_300.0 + 500.0 * wobble(index, 1)) * part) as u32;
        let retained = (f64::from(before) * (0.52 + 0.05 * wobble(index, 2)) * part) as u32;
        let resurrected = if index > 1 { ((120.0 + 60.0 * index.min(20) as f64) * part) as u32 } else { 0 };
        let churned = before - retained;
        let counts = GrowthCounts {
            active: new + retained + resurrected,
            new,
            retained,
            resurrected,
            churned,
            dormant: 2_000 * index as u32,
        };
        let money = |people: u32, each: i64| i64::from(people) * each;
        let revenue = GrowthRevenue {
            total: money(counts.active, 8_650),
            new: money(new, 7_900),
            retained: money(retained, 7_100),
            expansion: money(retained, 1_900),
            contraction: money(retained, 1_500),
            resurrected: money(resurrected, 8_200),
            churned: money(churned, 7_000),
            refund_adjust: -5_000,
            reported_net: money(counts.active, 8_650) - 5_000,
        };
        let gain = (revenue.new + revenue.resurrected + revenue.expansion) as f64;
        let loss = (revenue.churned + revenue.contraction) as f64;
        periods.push(GrowthPeriod {
            period: period(granularity, index, !partial),
            first: index == 0,
            customers_to_date: counts.active + counts.churned + counts.dormant,
            no_loss: churned == 0,
            no_revenue_loss: loss <= 0.0,
            counts,
            revenue,
            quick_ratio: (churned > 0).then(|| f64::from(new + resurrected) / f64::from(churned)),
            revenue_quick_ratio: (loss > 0.0).then(|| gain / loss),
            retention_rate: (before > 0).then(|| f64::from(retained) / f64::from(before)),
            reactivation_rate: (index > 1).then_some(0.031),
        });
    }
    let config = GrowthConfig { granularity, ..GrowthConfig::default() };
    GrowthTable { definition: definition(Parameters::Growth(config), "2025-06-19"), periods, identities: vec![], slices: vec![] }
}

fn metric(id: &str, unit: Unit, num: f64, den: f64) -> Metric {
    let share = unit == Unit::Share;
    Metric {
        id: id.into(),
        name: feilun::text::term(&format!("metric.{id}")),
        unit,
        status: MetricStatus::Ok,
        value: Some(num / den),
        num: Some(num),
        den: Some(den),
        n: Some(den as u32),
        interval: share.then_some(Interval { low: num / den * 0.95, high: num / den * 1.05 }),
        needs: None,
        note: None,
        period: Some("2025-03".into()),
    }
}

fn without(metric: Metric, status: MetricStatus, needs: Option<&str>) -> Metric {
    Metric {
        status,
        needs: needs.map(Into::into),
        value: None,
        num: None,
        den: None,
        n: None,
        interval: None,
        period: None,
        ..metric
    }
}

/// The flywheel: with all tables, or from orders alone.
pub(crate) fn flywheel(all_tables: bool) -> FlywheelTable {
    let step = |id: StepId, term: &str, headline: Metric| FlywheelStep {
        id,
        name: feilun::text::term(&format!("step.{term}")),
        headline,
        metrics: vec![metric("new_buyers", Unit::Count, 2_312.0, 1.0)],
        series: vec![],
    };
    let kept =
        |metric: Metric, table: &str| if all_tables { metric } else { without(metric, MetricStatus::NeedsTable, Some(table)) };
    let mut repeat = metric("repeat_60", Unit::Share, 1_020.0, 2_250.0);
    let mut cycle_time = metric("cycle_time", Unit::Days, 41.5, 1.0);
    if all_tables {
        repeat.status = MetricStatus::Proxy;
        repeat.note = Some(Localized::new("按首单而非触达后的订单计算", "counted from the first order, not from the touch"));
    } else {
        cycle_time = without(cycle_time, MetricStatus::NeedsTable, Some("orders.inviter_id"));
    }
    let advocacy = metric("advocacy_rate", Unit::Share, 340.0, 4_120.0);
    let computed = compute_flywheel(&histories(GOLDEN), &FlywheelConfig::default()).unwrap();
    let (mut chain, mut bottleneck) = (computed.chain.clone(), computed.bottleneck.clone());
    if all_tables {
        chain.links = vec![
            metric("chain_p12", Unit::Share, 1_350.0, 2_250.0),
            metric("chain_p23", Unit::Share, 1_012.0, 1_350.0),
            metric("chain_p34", Unit::Share, 512.0, 1_012.0),
            metric("chain_p45", Unit::Share, 64.0, 512.0),
            metric("chain_m56", Unit::Ratio, 90.0, 64.0),
        ];
        bottleneck.step = Some(StepId::Precision);
    }
    FlywheelTable {
        definition: definition(Parameters::Flywheel(FlywheelConfig::default()), "2025-06-19"),
        steps: vec![
            step(StepId::Experience, "experience", metric("retained_rate", Unit::Share, 2_290.0, 4_310.0)),
            step(StepId::Pool, "pool", kept(metric("precipitation", Unit::Share, 1_350.0, 2_250.0), "members")),
            step(StepId::Precision, "precision", kept(metric("response_rate", Unit::Share, 512.0, 1_350.0), "touches")),
            step(StepId::Repeat, "repeat", repeat),
            step(
                StepId::Advocacy,
                "advocacy",
                if all_tables { without(advocacy, MetricStatus::Immature, None) } else { kept(advocacy, "orders.inviter_id") },
            ),
            step(StepId::Loop, "loop", kept(metric("m56", Unit::Ratio, 448.0, 340.0), "orders.inviter_id")),
        ],
        gain: kept(metric("gain", Unit::Ratio, 448.0, 2_250.0), "orders.inviter_id"),
        cycle_time,
        chain,
        bottleneck,
        ..computed
    }
}

/// Months by channel: slices of shrinking size and falling retention, the last one without a label.
pub(crate) fn sliced(labels: &[&str]) -> CohortTable {
    let whole = months();
    let slice = |(at, label): (usize, Option<&&str>)| {
        let mut means = whole.means.clone();
        means.pooled.iter_mut().skip(1).flatten().for_each(|value| *value *= 1.25 - 0.2 * at as f64);
        let n_customers = whole.n_customers / (at as u32 + 2);
        for (value, interval) in means.pooled.iter().zip(&mut means.pooled_interval).skip(1) {
            *interval = value.and_then(|value| Interval::wilson((value * f64::from(n_customers)) as u32, n_customers));
        }
        CohortSlice { label: label.map(|label| (*label).to_owned()), n_customers, rows: whole.rows.clone(), means }
    };
    let slices = labels.iter().map(Some).chain([None]).enumerate().map(slice).collect();
    let slice = Some(SliceConfig { by: "channel".into(), rule: SliceRule::FirstOrder });
    let definition = definition(Parameters::Cohorts(CohortConfig { slice, ..CohortConfig::default() }), "2025-06-19");
    CohortTable { definition, slices, ..whole }
}

/// Every figure of the goldens by name.
pub(crate) fn golden_figures() -> Vec<(&'static str, Figure)> {
    let mut figures = vec![
        ("cohort_heatmap", Figure::CohortHeatmap(months())),
        ("cohort_brackets", Figure::CohortHeatmap(brackets())),
        ("retention_curves", Figure::RetentionCurves(months())),
        ("slice_curves", Figure::RetentionCurves(sliced(&["小程序", "门店", "App"]))),
        ("cohort_multiples", Figure::CohortMultiples(sliced(&["小程序", "门店", "App", "社群", "会员日", "推荐"]))),
        ("rfm_grid", Figure::RfmGrid(rfm(RfmPreset::Grid))),
        ("rfm_rules11", Figure::RfmGrid(rfm(RfmPreset::Rules11))),
        ("migration_matrix", Figure::MigrationMatrix(migration())),
        ("lorenz_curve", Figure::LorenzCurve(concentration(200))),
        ("growth_bars", Figure::GrowthBars(growth(Granularity::Month, 18))),
        ("flywheel_ring", Figure::FlywheelRing(flywheel(true))),
        ("flywheel_orders_only", Figure::FlywheelRing(flywheel(false))),
    ];
    figures.extend(golden_loop_figures());
    figures
}

/// Figures for layout tests: those of the goldens and every awkward shape.
pub(crate) fn all_figures() -> Vec<(&'static str, Figure)> {
    let config = |granularity, measure| CohortConfig { granularity, measure, ..CohortConfig::default() };
    let weeks = cohorts(config(Granularity::Week, Measure::Rate), 70, 53);
    let days = cohorts(config(Granularity::Day, Measure::Net), 64, 61);
    let value = cohorts(config(Granularity::Month, Measure::CumValuePerMember), 14, 37);
    let rolling = cohorts(CohortConfig { window: CohortWindow::Rolling, ..config(Granularity::Month, Measure::Count) }, 9, 37);
    let smooth = cohorts(CohortConfig { smooth: 3, ..config(Granularity::Month, Measure::Nrr) }, 9, 37);
    let one = cohorts(CohortConfig::default(), 1, 37);
    let mut figures = golden_figures();
    let many: Vec<String> = (0..9).map(|store| format!("{store} 号门店（城东新区旗舰店）")).collect();
    let many = sliced(&many.iter().map(String::as_str).collect::<Vec<_>>());
    figures.push(("many slices", Figure::RetentionCurves(many.clone())));
    figures.push(("small multiples", Figure::CohortMultiples(many)));
    for table in [weeks, days, value, rolling, smooth, one, brackets(), odd_cohorts()] {
        figures.push(("cohort heatmap", Figure::CohortHeatmap(table.clone())));
        figures.push(("retention curves", Figure::RetentionCurves(table)));
    }
    figures.extend(odd_figures());
    figures.extend(odd_loop_figures());
    let mut flat = rfm(RfmPreset::Grid);
    flat.recency.degenerate = true;
    flat.cells.iter_mut().for_each(|cell| cell.n_customers = 0);
    figures.push(("flat rfm", Figure::RfmGrid(flat)));
    figures.push(("growth of days", Figure::GrowthBars(growth(Granularity::Day, 336))));
    figures.push(("growth of weeks", Figure::GrowthBars(growth(Granularity::Week, 75))));
    figures.push(("growth of one month", Figure::GrowthBars(growth(Granularity::Month, 1))));
    figures
}
