//! Segments, slices and the cells of the grid: sums over the scored customers.
//!
//! In: the scored customers. Out: the parts of the table that add up to them.

use crate::history::Slices;
use crate::result::{RfmCell, RfmConfig, RfmPreset, RfmSegment, RfmSlice};
use crate::text::term;

use super::preset::{Segment, grid};
use super::scored::Scored;
use super::values::Values;

/// Sums over the customers of one segment.
#[derive(Default)]
struct Sums {
    n: u32,
    orders: u32,
    net: i64,
    frequency: u64,
    monetary: (i128, u64),
    recency_days: Vec<i32>,
}

impl Sums {
    fn add(&mut self, values: &Values, idx: usize) {
        let (minor, per) = values.monetary(idx);
        self.n += 1;
        self.orders += values.orders[idx];
        self.net += values.net_minor[idx];
        self.frequency += u64::from(values.frequency[idx]);
        self.monetary.0 += i128::from(minor);
        self.monetary.1 += u64::from(per);
        self.recency_days.push(values.recency_days[idx]);
    }
}

/// The segments of the preset, then those outside the window.
pub(super) fn segments(scored: &Scored, preset: &[Segment]) -> Vec<RfmSegment> {
    let mut sums: Vec<Sums> = preset.iter().map(|_| Sums::default()).collect();
    for (idx, &segment) in scored.segment.iter().enumerate() {
        sums[usize::from(segment)].add(&scored.values, idx);
    }
    let outside = [scored.values.prospects.len() as u32, scored.values.lapsed_out.len() as u32];
    rows(preset, sums, outside)
}

/// The segments of each label that somebody has.
pub(super) fn slices(scored: &Scored, preset: &[Segment], slices: &Slices<'_>) -> Vec<RfmSlice> {
    // By the rules allowed here every order of a customer is in the same slice.
    let slice = |customer: u32| slices.of(customer as usize, 0);
    let mut sums: Vec<Vec<Sums>> = (0..slices.count()).map(|_| preset.iter().map(|_| Sums::default()).collect()).collect();
    let mut outside = vec![[0u32; 2]; slices.count()];
    for (idx, &segment) in scored.segment.iter().enumerate() {
        sums[slice(scored.values.customer_idx[idx])][usize::from(segment)].add(&scored.values, idx);
    }
    for (kind, customers) in [&scored.values.prospects, &scored.values.lapsed_out].into_iter().enumerate() {
        for &customer in customers {
            outside[slice(customer)][kind] += 1;
        }
    }
    let row = |(slice, (sums, outside)): (usize, (Vec<Sums>, [u32; 2]))| {
        let (n_customers, net_minor) = sums.iter().fold((0, 0), |(n, net), sums| (n + sums.n, net + sums.net));
        let label = slices.label(slice).map(str::to_owned);
        let has_any = n_customers + outside[0] + outside[1] > 0;
        has_any.then(|| RfmSlice { label, n_customers, net_minor, segments: rows(preset, sums, outside) })
    };
    sums.into_iter().zip(outside).enumerate().filter_map(row).collect()
}

fn rows(preset: &[Segment], sums: Vec<Sums>, [prospects, lapsed_out]: [u32; 2]) -> Vec<RfmSegment> {
    let (n, net) = sums.iter().fold((0, 0), |(n, net), sums| (n + sums.n, net + sums.net));
    let inside = preset.iter().zip(sums).map(|(segment, sums)| inside(segment, sums, f64::from(n), net));
    inside.chain([outside("prospects", prospects), outside("lapsed_out", lapsed_out)]).collect()
}

fn inside(segment: &Segment, sums: Sums, scored: f64, net: i64) -> RfmSegment {
    let per_customer = |sum: f64| (sums.n > 0).then(|| sum / f64::from(sums.n));
    RfmSegment {
        id: segment.id.clone(),
        name: segment.name.clone(),
        scored: true,
        n_customers: sums.n,
        share: (scored > 0.0).then(|| f64::from(sums.n) / scored),
        orders: sums.orders,
        net_minor: sums.net,
        net_share: (net != 0).then(|| sums.net as f64 / net as f64),
        aov_minor: (sums.orders > 0).then(|| sums.net as f64 / f64::from(sums.orders)),
        mean_recency_days: per_customer(sums.recency_days.iter().map(|&days| i64::from(days)).sum::<i64>() as f64),
        mean_frequency: per_customer(sums.frequency as f64),
        mean_monetary_minor: (sums.n > 0).then(|| sums.monetary.0 as f64 / sums.monetary.1 as f64),
        median_recency_days: median(sums.recency_days.into_iter().map(i64::from).collect()),
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
fn median(mut days: Vec<i64>) -> Option<f64> {
    if days.is_empty() {
        return None;
    }
    let middle = days.len() / 2;
    let even = days.len().is_multiple_of(2);
    let (below, &mut upper, _) = days.select_nth_unstable(middle);
    let lower = below.iter().max().filter(|_| even).map_or(upper, |&lower| lower);
    Some((lower as f64 + upper as f64) / 2.0)
}

/// The cells of the grid, R descending, then fm ascending.
pub(super) fn cells(scored: &Scored, config: &RfmConfig) -> Vec<RfmCell> {
    let mut sums = [[(0u32, 0i64); 5]; 5];
    for idx in 0..scored.values.len() {
        let score = scored.score(idx);
        let (n, net) = &mut sums[usize::from(score.r - 1)][usize::from(score.fm() - 1)];
        *n += 1;
        *net += scored.values.net_minor[idx];
    }
    let total = scored.values.len().max(1) as f64;
    let cell = |r: u8, fm: u8| {
        let (n_customers, net_minor) = sums[usize::from(r - 1)][usize::from(fm - 1)];
        RfmCell {
            r,
            fm,
            segment: (config.preset == RfmPreset::Grid).then(|| grid(r, fm).to_owned()),
            n_customers,
            share: f64::from(n_customers) / total,
            net_minor,
        }
    };
    (1..=config.bins).rev().flat_map(|r| (1..=config.bins).map(move |fm| (r, fm))).map(|(r, fm)| cell(r, fm)).collect()
}
