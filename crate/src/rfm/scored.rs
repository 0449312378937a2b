//! A view's customers with their raw values, scores and segments: what table, list and migration are made of.

use std::cmp::Ordering;

use crate::history::{Histories, View, ViewOptions};
use crate::result::{Cn8By, RfmConfig, RfmPreset, RfmWeights};
use crate::{Error, ErrorKind, Result};

use super::cn8::Levels;
use super::keys::{Keys, ratio_key};
use super::options::{check, scales};
use super::preset::{RfmScore, Segmentation, cn8};
use super::score::{Axis, Scale};
use super::values::Values;

/// Everybody's raw values, scores and segment.
pub(super) struct Scored {
    pub(super) values: Values,
    pub(super) r: Axis,
    pub(super) f: Axis,
    pub(super) m: Axis,
    pub(super) scales: [Scale; 3],
    pub(super) levels: Option<Levels>,
    /// Index into the segments of the segmentation.
    pub(super) segment: Vec<u8>,
}

/// The view of the options, after refusing those that make no sense.
pub(super) fn look<'a>(histories: &'a Histories, config: &RfmConfig, until: Option<(&str, &str)>) -> Result<View<'a>> {
    check(config)?;
    View::new(histories, ViewOptions { filter: &config.filter, until, count_zero: config.count_zero })
}

impl Scored {
    /// Scores the customers of a view: among themselves, or by the cut-points and levels of `earlier`.
    pub(super) fn of(view: &View<'_>, config: &RfmConfig, segmentation: &Segmentation, earlier: Option<&Self>) -> Result<Self> {
        let values = Values::of(view, config)?;
        let recency = Keys::Whole(values.recency_days.iter().map(|&days| -i64::from(days)).collect());
        let frequency = Keys::Whole(values.frequency.iter().map(|&orders| i64::from(orders)).collect());
        let monetary = match values.whole_monetary() {
            Some(minor) => Keys::Whole(minor.to_vec()),
            None => {
                Keys::Ratio(values.net_minor.iter().zip(&values.orders).map(|(&net, &orders)| ratio_key(net, orders)).collect())
            }
        };
        let by_age = |a: u32, b: u32| by_age(view.histories, &values, a, b);
        let scales = scales(config);
        let axis = |scale: &Scale, keys: &Keys, within: &[&[u8]], fitted: Option<&Axis>| match fitted {
            Some(fitted) => Axis::apply(scale, keys, fitted),
            None => Axis::fit(scale, keys, within, &by_age),
        };
        let r = axis(&scales[0], &recency, &[], earlier.map(|earlier| &earlier.r));
        let f = axis(&scales[1], &frequency, &[&r.scores], earlier.map(|earlier| &earlier.f));
        let m = axis(&scales[2], &monetary, &[&r.scores, &f.scores], earlier.map(|earlier| &earlier.m));
        let levels = match earlier {
            Some(earlier) => earlier.levels,
            None if config.preset == RfmPreset::Cn8 => Levels::of(&values, config.cn8_by),
            None => None,
        };
        let mut scored = Self { values, r, f, m, scales, levels, segment: Vec::new() };
        scored.segment = (0..scored.values.len()).map(|idx| scored.segment_of(idx, config, segmentation)).collect();
        Ok(scored)
    }

    /// These, if anybody is scored or has lapsed.
    ///
    /// # Errors
    /// `Empty` when nobody bought before the end of the view.
    pub(super) fn or_empty(self) -> Result<Self> {
        if self.values.len() == 0 && self.values.lapsed_out.is_empty() {
            return Err(Error::new(ErrorKind::Empty, "no purchase matches the filter before the as-of day"));
        }
        Ok(self)
    }

    fn segment_of(&self, idx: usize, config: &RfmConfig, segmentation: &Segmentation) -> u8 {
        match &self.levels {
            Some(levels) if config.cn8_by != Cn8By::Score => cn8(levels.high(&self.values, idx)),
            _ => segmentation.segment(self.score(idx)),
        }
    }

    #[inline]
    pub(super) fn score(&self, idx: usize) -> RfmScore {
        RfmScore { r: self.r.scores[idx], f: self.f.scores[idx], m: self.m.scores[idx] }
    }

    /// The weighted score of a customer.
    pub(super) fn weighted(&self, weights: RfmWeights, idx: usize) -> f64 {
        let RfmScore { r, f, m } = self.score(idx);
        weights.r * f64::from(r) + weights.f * f64::from(f) + weights.m * f64::from(m)
    }
}

/// Later purchases are better; then comes the greater id.
fn by_age(histories: &Histories, values: &Values, a: u32, b: u32) -> Ordering {
    let last = |idx: u32| values.last_us[idx as usize];
    let id = |idx: u32| histories.ids.get(values.customer_idx[idx as usize]);
    last(a).cmp(&last(b)).then_with(|| id(a).cmp(id(b)))
}
