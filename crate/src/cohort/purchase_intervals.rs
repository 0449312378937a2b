//! How long customers wait between purchases, and the period and the dormancy that follow from it.
//!
//! Medians are kept doubled, as integers, until they are written; who waits how long is counted, never estimated.

use crate::history::{Histories, View, ViewOptions, iso_date};
use crate::pieces::in_pieces;
use crate::result::{Granularity, IntervalPoint, Localized, Parameters, PurchaseIntervalConfig, PurchaseIntervals};
use crate::sorting::{sort_counts, sort_short};
use crate::{Error, ErrorKind, Result};

/// Fewer customers who came back are flagged.
const LOW_N: usize = 30;

/// So many gaps are counted rather than compared.
const MANY: usize = 20;

/// Computes the distribution of customers' median gaps between the days they bought on.
///
/// # Errors
/// `Config` for a filter or day that makes no sense; `Empty` when no purchase is left to look at.
pub fn compute_purchase_intervals(histories: &Histories, config: &PurchaseIntervalConfig) -> Result<PurchaseIntervals> {
    let until = config.complete_until.as_deref().map(|text| ("completeUntil", text));
    let view = View::new(histories, ViewOptions { filter: &config.filter, until, count_zero: config.count_zero })?;
    let (n_customers, medians) = doubled_medians(&view);
    if n_customers == 0 {
        return Err(Error::new(ErrorKind::Empty, "no purchase matches the filter before the end of the observation"));
    }
    let (p50, p80) = (percentile(&medians, 50), percentile(&medians, 80));
    let days = |doubled: u32| f64::from(doubled) / 2.0;
    let resolved = PurchaseIntervalConfig { complete_until: Some(iso_date(view.end_day)), ..config.clone() };
    Ok(PurchaseIntervals {
        definition: view.definition(Parameters::PurchaseIntervals(resolved), sentence(&view)),
        n_customers,
        n_returning: medians.len() as u32,
        low_n: medians.len() < LOW_N,
        p25_days: percentile(&medians, 25).map(days),
        p50_days: p50.map(days),
        p80_days: p80.map(days),
        points: points(&medians),
        granularity: p50.map(granularity),
        dormant_from_days: p80.map(days),
        dormant_until_days: p80.map(f64::from),
    })
}

/// Customers with a purchase, and twice the median gap of those with purchases on two days or more, ascending.
fn doubled_medians(view: &View<'_>) -> (u32, Vec<u32>) {
    let mut n_customers = 0;
    let mut medians = Vec::new();
    let (mut days, mut gaps) = (Vec::new(), Vec::new());
    in_pieces(view.n_customers(), &mut |customers| {
        for customer in customers {
            days.clear();
            days.extend(view.purchases(customer).map(|row| view.histories.day[row]));
            // A clock set back over midnight may put a later order on an earlier day.
            sort_short(&mut days);
            days.dedup();
            n_customers += u32::from(!days.is_empty());
            gaps.clear();
            gaps.extend(days.windows(2).map(|pair| (pair[1] - pair[0]) as u32));
            if gaps.len() > MANY {
                sort_counts(&mut gaps);
            } else {
                sort_short(&mut gaps);
            }
            if !gaps.is_empty() {
                medians.push(gaps[gaps.len() / 2] + gaps[(gaps.len() - 1) / 2]);
            }
        }
    });
    sort_counts(&mut medians);
    (n_customers, medians)
}

/// The least value that at least `percent` of the ascending values do not pass.
fn percentile(ascending: &[u32], percent: usize) -> Option<u32> {
    ascending.get((ascending.len() * percent).div_ceil(100).max(1) - 1).copied()
}

fn points(medians: &[u32]) -> Vec<IntervalPoint> {
    let mut n_customers = 0;
    let point = |run: &[u32]| {
        n_customers += run.len() as u32;
        IntervalPoint { days: run[0].div_ceil(2), n_customers, share: f64::from(n_customers) / medians.len() as f64 }
    };
    medians.chunk_by(|a, b| a.div_ceil(2) == b.div_ceil(2)).map(point).collect()
}

/// The finest period that half of those who come back come back within.
fn granularity(doubled_median: u32) -> Granularity {
    use Granularity::{Day, Month, Quarter, Week, Year};
    let long_enough = |granularity: &Granularity| 2 * granularity.rolling_days() >= doubled_median;
    [Day, Week, Month, Quarter].into_iter().find(long_enough).unwrap_or(Year)
}

fn sentence(view: &View<'_>) -> Localized {
    let scope = view.scope();
    Localized::new(
        format!("在两个及以上不同日期购买过的客户，各自相邻购买日间隔的中位数；{}", scope.zh),
        format!("Median days between one purchase day and the next, of each customer with two or more; {}", scope.en),
    )
}
