//! Preset `cn8`: high or low on each axis, by raw values against one level. Exact: a level is a fraction, compared by cross-multiplication.

use std::cmp::Ordering;

use crate::result::{Cn8By, Cn8Levels};

use super::values::Values;

/// A number with a positive denominator.
#[derive(Debug, Clone, Copy)]
struct Fraction {
    num: i128,
    den: i128,
}

/// What raw values are compared with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Levels {
    recency_days: Fraction,
    frequency: Fraction,
    monetary: Fraction,
}

impl Levels {
    /// The levels of the scored customers; `None` by `score`, or when nobody is scored.
    pub(super) fn of(values: &Values, by: Cn8By) -> Option<Self> {
        let days = || values.recency_days.iter().map(|&days| (i64::from(days), 1));
        let frequency = || values.frequency.iter().map(|&frequency| (i64::from(frequency), 1));
        let monetary = || (0..values.len()).map(|idx| values.monetary(idx));
        match by {
            _ if values.len() == 0 => None,
            Cn8By::Score => None,
            Cn8By::Mean => Some(Self { recency_days: mean(days()), frequency: mean(frequency()), monetary: mean(monetary()) }),
            Cn8By::Median => Some(Self {
                recency_days: median(days().collect()),
                frequency: median(frequency().collect()),
                monetary: median(monetary().collect()),
            }),
        }
    }

    /// Which of recency, frequency and monetary of a customer are high.
    pub(super) fn high(&self, values: &Values, idx: usize) -> [bool; 3] {
        [
            self.recency_days.cmp((i64::from(values.recency_days[idx]), 1)) == Ordering::Greater,
            self.frequency.cmp((i64::from(values.frequency[idx]), 1)) == Ordering::Less,
            self.monetary.cmp(values.monetary(idx)) == Ordering::Less,
        ]
    }

    pub(super) fn shown(&self) -> Cn8Levels {
        let ratio = |level: Fraction| level.num as f64 / level.den as f64;
        Cn8Levels {
            recency_days: ratio(self.recency_days),
            frequency: ratio(self.frequency),
            monetary_minor: ratio(self.monetary),
        }
    }
}

impl Fraction {
    fn cmp(self, (num, den): (i64, u32)) -> Ordering {
        (self.num * i128::from(den)).cmp(&(i128::from(num) * self.den))
    }
}

/// Σ numerators / Σ denominators: the mean of whole numbers; of average order values that of all orders.
fn mean(values: impl Iterator<Item = (i64, u32)>) -> Fraction {
    values.fold(Fraction { num: 0, den: 0 }, |sum, (num, den)| Fraction {
        num: sum.num + i128::from(num),
        den: sum.den + i128::from(den),
    })
}

/// The middle one; of an even number the mean of the middle two.
fn median(mut values: Vec<(i64, u32)>) -> Fraction {
    let compare = |a: &(i64, u32), b: &(i64, u32)| (i128::from(a.0) * i128::from(b.1)).cmp(&(i128::from(b.0) * i128::from(a.1)));
    let (middle, is_even) = (values.len() / 2, values.len().is_multiple_of(2));
    let (below, &mut upper, _) = values.select_nth_unstable_by(middle, compare);
    let lower = below.iter().copied().max_by(compare).filter(|_| is_even).unwrap_or(upper);
    let [(a, b), (c, d)] = [lower, upper].map(|(num, den)| (i128::from(num), i128::from(den)));
    Fraction { num: a * d + c * b, den: 2 * b * d }
}
