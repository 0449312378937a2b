//! How long the loop takes, step by step: the waits of those who took each step, and which steps' changes follow each other.
//!
//! Waits are those of single customers, of cohorts observed long enough, so that late ones are not missing. The associations compare whole periods.

use crate::result::{Association, FlywheelStep, Lag, Lags, Metric, MetricStatus, Unit};

use super::chain::Walk;
use super::metric::{blank, needs, overall};
use super::momentum::log_headline;
use super::periods::Periods;
use super::quantile::days;

/// Ids of the waits for steps 2 to 6.
const IDS: [&str; 5] = ["lag_join", "lag_touch", "lag_order", "lag_invite", "lag_buy"];
/// Most periods one step's changes may trail another's.
const MAX_LAG: usize = 6;
/// Complete periods both steps need.
const MIN_PERIODS: usize = 18;

/// The waits along the chain. Takes them out of the walk.
pub(super) fn lags(walk: &mut Walk, steps: &[FlywheelStep], periods: &Periods) -> Lags {
    let all_days = walk.days();
    let passed = |cohort: usize| periods.end(cohort) + all_days as i32 <= periods.end_day;
    let whole = walk.brought.iter().filter(|one| one.strict && passed(one.cohort)).map(|one| one.wait_us).collect();
    let whole = if walk.steps[5].is_some() { lag("lag_whole", whole) } else { missing("lag_whole", Walk::table(5)) };
    let waits = IDS.iter().zip(1..).map(|(id, step)| match &mut walk.steps[step] {
        Some(reached) => lag(id, std::mem::take(&mut reached.waits_us)),
        None => missing(id, Walk::table(step)),
    });
    let waits: Vec<Lag> = waits.collect();
    Lags { sum_of_medians: sum(&waits, &whole), steps: waits, whole, associations: associations(steps) }
}

fn lag(id: &str, mut waits_us: Vec<i64>) -> Lag {
    let [p25, median, p75] = [0.25, 0.5, 0.75].map(|q| days(&mut waits_us, q));
    Lag { median: overall(id, Unit::Days, median, waits_us.len() as u32), p25, p75 }
}

fn missing(id: &str, table: &str) -> Lag {
    Lag { median: needs(id, Unit::Days, table), p25: None, p75: None }
}

/// The sum of the medians of the steps asked, which needs all of them.
fn sum(waits: &[Lag], whole: &Lag) -> Metric {
    let id = "lag_sum_of_medians";
    if whole.median.status == MetricStatus::NeedsTable {
        return Metric { id: id.into(), name: crate::text::term("metric.lag_sum_of_medians"), ..whole.median.clone() };
    }
    let asked = waits.iter().filter(|lag| lag.median.status != MetricStatus::NeedsTable);
    let total = asked.map(|lag| lag.median.value).sum::<Option<f64>>();
    Metric { n: None, ..overall(id, Unit::Days, total, 0) }
}

/// Each step and the one after it.
fn associations(steps: &[FlywheelStep]) -> Vec<Association> {
    steps.windows(2).map(|pair| associate(&pair[0], &pair[1])).collect()
}

fn associate(from: &FlywheelStep, to: &FlywheelStep) -> Association {
    let unknown = |metric: Metric| Association { from: from.id, to: to.id, lag: None, correlation: metric };
    let without = [from, to].into_iter().find(|step| step.headline.status == MetricStatus::NeedsTable);
    if let Some(step) = without {
        let table = step.headline.needs.as_deref().unwrap_or_default();
        return unknown(needs("association", Unit::Ratio, table));
    }
    let mature = |step: &FlywheelStep| step.series.iter().filter(|point| point.mature).count();
    if mature(from) < MIN_PERIODS || mature(to) < MIN_PERIODS {
        let metric = blank("association", Unit::Ratio, MetricStatus::Insufficient);
        return unknown(metric.noted("两步都需要 18 个完整周期", "both steps need 18 complete periods"));
    }
    let (leads, follows) = (changes(from), changes(to));
    let best = (0..=MAX_LAG).filter_map(|lag| Some((lag, correlate(&leads, &follows, lag)?)));
    // The shortest of equals.
    let best = best.reduce(|best, one| if one.1.0 > best.1.0 { one } else { best });
    let Some((lag, (r, n))) = best else { return unknown(blank("association", Unit::Ratio, MetricStatus::Insufficient)) };
    let correlation = overall("association", Unit::Ratio, Some(r), n).noted("相关，非因果", "association, not cause");
    Association { lag: Some(lag as u32), ..unknown(correlation) }
}

/// Δ ln ĥ of each period that has one.
fn changes(step: &FlywheelStep) -> Vec<Option<f64>> {
    let logs: Vec<_> = step.series.iter().map(|point| log_headline(step.id, point)).collect();
    let mut changes = vec![None; logs.len().min(1)];
    changes.extend(logs.windows(2).map(|pair| Some(pair[1]? - pair[0]?)));
    changes
}

/// Pearson's correlation of changes `lag` periods apart, and the pairs behind it; at least three, and neither constant.
fn correlate(leads: &[Option<f64>], follows: &[Option<f64>], lag: usize) -> Option<(f64, u32)> {
    let pairs: Vec<(f64, f64)> = leads.iter().zip(follows.get(lag..)?).filter_map(|(&x, &y)| Some((x?, y?))).collect();
    let n = pairs.len() as f64;
    let (mean_x, mean_y) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs.iter().map(|&(x, y)| (x - mean_x, y - mean_y)) {
        (xx, yy, xy) = (xx + x * x, yy + y * y, xy + x * y);
    }
    (pairs.len() >= 3 && xx > 0.0 && yy > 0.0).then(|| (xy / (xx * yy).sqrt(), pairs.len() as u32))
}
