//! From values to pixels: a linear scale, round ticks, a percentile.

/// A linear scale from values to pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    pub values: (f64, f64),
    pub pixels: (f64, f64),
}

impl Scale {
    /// The pixel of a value.
    pub(super) fn at(&self, value: f64) -> f64 {
        let span = self.values.1 - self.values.0;
        let t = if span == 0.0 { 0.0 } else { (value - self.values.0) / span };
        self.pixels.0 + (self.pixels.1 - self.pixels.0) * t
    }
}

/// Round ticks (steps of 1, 2, 2.5 or 5 times a power of ten) from at or below `low` to at or above `high`, about `wanted` of them.
pub(super) fn ticks(low: f64, high: f64, wanted: usize, whole: bool) -> Vec<f64> {
    let span = if high > low && (high - low).is_finite() { high - low } else { 1.0 };
    let target = span / wanted.max(1) as f64;
    let mut power = 1.0_f64;
    while power > target {
        power /= 10.0;
    }
    while power * 10.0 <= target {
        power *= 10.0;
    }
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0].map(|factor| factor * power);
    let mut step = steps.into_iter().find(|step| *step >= target * 0.999).unwrap_or(target);
    if whole {
        step = step.max(1.0).ceil();
    }
    let (first, last) = ((low / step).floor(), (high / step - 1e-9).ceil().max((low / step).floor() + 1.0));
    (0..=(last - first) as usize).map(|index| (first + index as f64) * step).collect()
}

/// The value below which a share of the values lies (nearest rank); `None` of none.
pub(super) fn percentile(mut values: Vec<f64>, share: f64) -> Option<f64> {
    values.retain(|value| value.is_finite());
    values.sort_unstable_by(f64::total_cmp);
    let rank = (share * values.len() as f64).ceil() as usize;
    values.get(rank.saturating_sub(1)).copied()
}

/// Every how many of the labels to show so that each has `needed` of the `pitch` pixels per label.
pub(super) fn thinning(needed: f64, pitch: f64) -> usize {
    let steps = [1, 2, 3, 4, 5, 6, 10, 12, 20, 24, 30, 50, 60, 100, 200];
    steps.into_iter().find(|step| *step as f64 * pitch >= needed).unwrap_or(500)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_range() {
        assert_eq!(ticks(0.0, 0.37, 4, false).len(), 5);
        assert_eq!(ticks(0.0, 4.0, 4, true), [0.0, 1.0, 2.0, 3.0, 4.0]);
        assert_eq!(ticks(0.0, 1.0, 4, true), [0.0, 1.0]);
        assert_eq!(ticks(-30.0, 95.0, 4, true), [-50.0, 0.0, 50.0, 100.0]);
        assert_eq!(ticks(0.0, 0.0, 4, false).first(), Some(&0.0));
        assert_eq!(ticks(0.0, 123_456.0, 4, true).last(), Some(&150_000.0));
    }

    #[test]
    fn a_percentile_is_one_of_the_values() {
        assert_eq!(percentile((1..=20).map(f64::from).collect(), 0.95), Some(19.0));
        assert_eq!(percentile(vec![3.0], 0.95), Some(3.0));
        assert_eq!(percentile(vec![f64::NAN], 0.95), None);
    }
}
