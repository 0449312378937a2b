//! The gain of the loop: what a cohort's customers bring, by every step (strict) and by whatever way (total), and what follows from it.
//!
//! In: the walk through the chain. Out: G_total with its interval and the metrics made of it, all of one cohort: the last one for which every horizon has
//! passed. G and the cycle time τ give the growth of the loop: neither says anything without the other.

use crate::result::{GainConfig, Interval, Metric, MetricStatus, Unit};
use crate::sorting::sort_by;

use super::bootstrap::{self, MIN_CUSTOMERS, Value};
use super::chain::{BRING, Walk};
use super::metric::{Tally, latest, needs};
use super::periods::Periods;
use super::referral;

/// Gain of every cohort.
pub(super) struct Gains {
    /// |Q6| over |Q1|.
    pub strict: Tally,
    /// New buyers within H over |Q1|.
    pub total: Tally,
    /// H, days.
    pub total_days: u32,
    /// Days from the end of a cohort until both are known.
    pub days: u32,
}

impl Gains {
    pub(super) fn of(walk: &Walk, periods: &Periods, total_days: u32) -> Self {
        let entered = || walk.sizes(0).unwrap_or(&[]).to_vec();
        let none = || vec![0; periods.len];
        let mut total = Tally { num: none(), den: entered() };
        for brought in walk.brought.iter().filter(|brought| brought.total) {
            total.num[brought.cohort] += 1;
        }
        let strict = Tally { num: walk.sizes(BRING).map_or_else(none, <[i64]>::to_vec), den: entered() };
        let has_referrals = walk.sizes(BRING).is_some();
        let days = if has_referrals { total_days.max(walk.days()) } else { walk.days() };
        Self { strict, total, total_days, days }
    }
}

/// G_total, and the metrics made of it and of the cycle time.
pub(super) struct Gain {
    pub total: Metric,
    pub others: Vec<Metric>,
}

/// The gain of the last cohort observed long enough; without referrals, what to export.
pub(super) fn gain(
    walk: &Walk,
    gains: &Gains,
    periods: &Periods,
    config: &GainConfig,
    cycle_time: &Metric,
    referred_share: Option<&Metric>,
) -> Gain {
    let to_repeat = walk.to_repeat(periods);
    if walk.sizes(BRING).is_none() {
        let missing = |&(id, unit): &(&str, Unit)| needs(id, unit, referral::TABLE);
        let mut others = vec![to_repeat];
        others.extend(MADE_OF_GAIN.iter().map(missing));
        return Gain { total: needs("gain", Unit::Ratio, referral::TABLE), others };
    }
    let of = |id: &str, tally: &Tally| latest(id, Unit::Ratio, &tally.series(periods, 0, periods.after(gains.days)));
    let (mut total, mut strict) = (of("gain", &gains.total), of("gain_strict", &gains.strict));
    let shown = (0..periods.len).rev().find(|&cohort| periods.end(cohort) + gains.days as i32 <= periods.end_day);
    let intervals = shown.and_then(|cohort| resampled(walk, gains, cohort, config));
    [total.interval, strict.interval] = intervals.map_or([None; 2], |found| found.map(Some));
    if shown.is_some_and(|cohort| gains.total.den[cohort] < MIN_CUSTOMERS as i64) {
        total = total.noted("不足 30 人，不给区间", "fewer than 30 customers: no interval");
    }
    let external = referred_share.and_then(|share| Some(share.den? - share.num?));
    let bypass = bypass(&strict, &total, gains.total_days >= walk.days());
    strict.name = walk.label();
    let others = vec![
        to_repeat,
        walk.marked(strict, true),
        walk.marked(bypass, true),
        amplification(&total),
        from_gain(&total, "steady_new_buyers", Unit::Count, |g| external.filter(|_| g < 1.0).map(|x| x / (1.0 - g))),
        from_gain(&total, "loop_growth", Unit::Ratio, |g| rate(g, cycle_time)),
        from_gain(cycle_time, "loops_per_year", Unit::Ratio, |days| (days > 0.0).then(|| 365.0 / days)),
        from_gain(&total, "doubling_days", Unit::Days, |g| {
            rate(g, cycle_time).filter(|&rate| rate > 0.0).map(|rate| std::f64::consts::LN_2 / rate)
        }),
    ];
    Gain { total, others }
}

const MADE_OF_GAIN: [(&str, Unit); 7] = [
    ("gain_strict", Unit::Ratio),
    ("bypass_share", Unit::Ratio),
    ("amplification", Unit::Ratio),
    ("steady_new_buyers", Unit::Count),
    ("loop_growth", Unit::Ratio),
    ("loops_per_year", Unit::Ratio),
    ("doubling_days", Unit::Days),
];

/// The intervals of the total and the strict gain of one cohort.
fn resampled(walk: &Walk, gains: &Gains, cohort: usize, config: &GainConfig) -> Option<[Interval; 2]> {
    let n = usize::try_from(gains.total.den[cohort]).ok()?;
    let counted = walk.brought.iter().filter(|brought| brought.cohort == cohort && (brought.total || brought.strict));
    let mut counted: Vec<_> = counted.map(|brought| (brought.inviter, brought.total, brought.strict)).collect();
    sort_by(&mut counted, Ord::cmp);
    let of_customer = |of: &[(u32, bool, bool)]| -> Value {
        (of.iter().filter(|one| one.1).count() as u32, of.iter().filter(|one| one.2).count() as u32)
    };
    let mut values: Vec<Value> = counted.chunk_by(|a, b| a.0 == b.0).map(of_customer).collect();
    sort_by(&mut values, Ord::cmp);
    bootstrap::intervals(&values, n, config.bootstrap, config.seed)
}

/// The share of the total gain that did not go through every step.
fn bypass(strict: &Metric, total: &Metric, covers: bool) -> Metric {
    let share = from_gain(total, "bypass_share", Unit::Ratio, |g| {
        strict.value.filter(|_| covers && g > 0.0).map(|strict| 1.0 - strict / g)
    });
    if covers || total.value.is_none() {
        return share;
    }
    share.noted("H 短于链条时限之和，无法比较", "H is shorter than the chain's horizons: the two cannot be compared")
}

/// α = 1 / (1 − G).
fn amplification(total: &Metric) -> Metric {
    let mut metric = from_gain(total, "amplification", Unit::Ratio, |g| (g < 1.0).then(|| 1.0 / (1.0 - g)));
    if total.value.is_some_and(|g| g >= 1.0) {
        metric = metric.noted("增益不小于 1：自我增长，没有上限", "gain of 1 or more: self-sustaining, no limit");
    }
    metric
}

/// ln G / τ per day.
fn rate(gain: f64, cycle_time: &Metric) -> Option<f64> {
    cycle_time.value.filter(|&days| days > 0.0 && gain > 0.0).map(|days| libm::log(gain) / days)
}

/// A metric computed from another's value: of the same cohort, with the same status, or insufficient where it is not defined.
fn from_gain(of: &Metric, id: &str, unit: Unit, value: impl Fn(f64) -> Option<f64>) -> Metric {
    let value = of.value.and_then(value);
    let status = match of.status {
        MetricStatus::Ok | MetricStatus::Proxy if value.is_none() => MetricStatus::Insufficient,
        status => status,
    };
    Metric {
        id: id.into(),
        name: crate::text::term(&format!("metric.{id}")),
        unit,
        status,
        value,
        num: None,
        den: None,
        interval: None,
        ..of.clone()
    }
}
