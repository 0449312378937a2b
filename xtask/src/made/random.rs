//! Random draws that are the same on every platform: PCG from `oorandom`, logarithms from `libm`, nothing from std's float functions.

use oorandom::Rand64;

use super::plan::{DAY, HOURS, SEED, WEEKDAY};

/// A stream of draws.
pub(super) struct Random(Rand64);

impl Random {
    /// The stream with a number; streams do not depend on each other's use.
    pub(super) fn stream(number: u64) -> Self {
        Self(Rand64::new(u128::from(SEED) << 64 | u128::from(number)))
    }

    /// Uniform in `[0, 1)`.
    pub(super) fn unit(&mut self) -> f64 {
        self.0.rand_float()
    }

    /// Uniform in `[low, high)`.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Uniform integer in `[0, n)`.
    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0.rand_range(0..n as u64) as usize
    }

    /// True with chance `p`.
    pub(super) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// `x` rounded up or down at random, so that the mean is `x`.
    pub(super) fn round(&mut self, x: f64) -> usize {
        x as usize + usize::from(self.chance(x - libm::floor(x)))
    }

    /// Exponential with mean 1.
    pub(super) fn exponential(&mut self) -> f64 {
        -libm::log(1.0 - self.unit())
    }

    /// Lognormal with a median and the standard deviation of its logarithm; the normal is a sum of twelve uniforms.
    pub(super) fn lognormal(&mut self, median: f64, sigma: f64) -> f64 {
        let normal = (0..12).map(|_| self.unit()).sum::<f64>() - 6.0;
        median * libm::exp(sigma * normal)
    }

    /// An index with chances in proportion to `weights`.
    pub(super) fn pick(&mut self, weights: impl Iterator<Item = f64> + Clone) -> usize {
        let mut left = self.unit() * weights.clone().sum::<f64>();
        let mut last = 0;
        for (idx, weight) in weights.enumerate() {
            if weight > 0.0 {
                last = idx;
                if left < weight {
                    break;
                }
            }
            left -= weight;
        }
        last
    }

    /// A second of the day by the hour curve of a channel.
    pub(super) fn second_of_day(&mut self, channel: usize) -> i64 {
        self.pick(HOURS[channel].iter().copied()) as i64 * 3600 + self.below(3600) as i64
    }

    /// A shopping day at or soon after `day` (since 1970-01-01): quiet weekdays pass some of theirs on to the next.
    pub(super) fn shopping_day(&mut self, day: i64) -> i64 {
        let weekday = (day + 3).rem_euclid(7) as usize;
        day + i64::from(self.chance(1.0 - WEEKDAY[weekday] / 1.18))
    }

    /// A wait in seconds: exponential days with a mean, cut so that it stays below `limit_days`.
    pub(super) fn wait(&mut self, mean_days: f64, limit_days: f64) -> i64 {
        let days = self.exponential() * mean_days;
        let days = if days < limit_days { days } else { self.between(0.0, limit_days) };
        (days * DAY as f64) as i64
    }
}
