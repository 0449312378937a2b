//! The segments and the cells of the grid: sums over the scored customers.
//!
//! In: the scored customers. Out: the two parts of the table that add up to them.

use crate::result::{RfmCell, RfmPreset, RfmSegment};
use crate::text::term;

use super::compute::Scored;
use super::preset::grid;

/// Sums over the customers of one segment.
#[derive(Default)]
struct Sums {
    n: u32,
    orders: u32,
    net: i64,
    frequency: u64,
    recency_days: Vec<i32>,
}

/// The segments of the preset, then those outside the window.
pub(super) fn segments(scored: &Scored) -> Vec<RfmSegment> {
    let values = &scored.values;
    let mut sums: Vec<Sums> = scored.segmentation.ids.iter().map(|_| Sums::default()).collect();
    for idx in 0..values.len() {
        let sums = &mut sums[usize::from(scored.segment(idx))];
        sums.n += 1;
        sums.orders += values.orders[idx];
        sums.net += values.monetary_minor[idx];
        sums.frequency += u64::from(values.frequency[idx]);
        sums.recency_days.push(values.recency_days[idx]);
    }
    let (n, net) = (values.len() as f64, scored.net_minor());
    let inside = scored.segmentation.ids.iter().zip(sums).map(|(&id, sums)| inside(id, sums, n, net));
    inside.chain([outside("prospects", values.prospects), outside("lapsed_out", values.lapsed_out)]).collect()
}

fn inside(id: &str, sums: Sums, scored: f64, net: i64) -> RfmSegment {
    let per_customer = |sum: f64| (sums.n > 0).then(|| sum / f64::from(sums.n));
    RfmSegment {
        id: id.to_owned(),
        name: term(&format!("segment.{id}")),
        scored: true,
        n_customers: sums.n,
        share: (scored > 0.0).then(|| f64::from(sums.n) / scored),
        orders: sums.orders,
        net_minor: sums.net,
        net_share: (net != 0).then(|| sums.net as f64 / net as f64),
        aov_minor: (sums.orders > 0).then(|| sums.net as f64 / f64::from(sums.orders)),
        mean_recency_days: per_customer(sums.recency_days.iter().map(|&days| f64::from(days)).sum()),
        mean_frequency: per_customer(sums.frequency as f64),
        mean_monetary_minor: per_customer(sums.net as f64),
        median_recency_days: median(sums.recency_days),
    }
}

fn outside(id: &str, n_customers: u32) -> RfmSegment {
    RfmSegment {
        id: id.to_owned(),
        name: term(&format!("segment.{id}")),
        scored: false,
        n_customers,
        share: None,
        orders: 0,
        net_minor: 0,
        net_share: None,
        aov_minor: None,
        mean_recency_days: None,
        median_recency_days: None,
        mean_frequency: None,
        mean_monetary_minor: None,
    }
}

/// The median; of an even number of days the mean of the middle two.
fn median(mut days: Vec<i32>) -> Option<f64> {
    if days.is_empty() {
        return None;
    }
    let middle = days.len() / 2;
    let even = days.len().is_multiple_of(2);
    let (below, &mut upper, _) = days.select_nth_unstable(middle);
    let lower = below.iter().max().filter(|_| even).map_or(upper, |&lower| lower);
    Some((f64::from(lower) + f64::from(upper)) / 2.0)
}

/// The 25 cells, R descending, then fm ascending.
pub(super) fn cells(scored: &Scored, preset: RfmPreset) -> Vec<RfmCell> {
    let mut sums = [[(0u32, 0i64); 5]; 5];
    for idx in 0..scored.values.len() {
        let score = scored.score(idx);
        let (n, net) = &mut sums[usize::from(score.r - 1)][usize::from(score.fm() - 1)];
        *n += 1;
        *net += scored.values.monetary_minor[idx];
    }
    let total = scored.values.len().max(1) as f64;
    let cell = |r: u8, fm: u8, (n_customers, net_minor): (u32, i64)| RfmCell {
        r,
        fm,
        segment: (preset == RfmPreset::Grid).then(|| grid(r, fm).to_owned()),
        n_customers,
        share: f64::from(n_customers) / total,
        net_minor,
    };
    let row = |(r, row): (u8, [(u32, i64); 5])| (1..).zip(row).map(move |(fm, sums)| cell(r, fm, sums));
    (1..).zip(sums).collect::<Vec<_>>().into_iter().rev().flat_map(row).collect()
}
