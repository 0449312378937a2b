//! A percentile interval by resampling customers, the same on every platform: integers until the last division.
//!
//! A replicate draws as many customers of the cohort as it has, with replacement, each with all the buyers they brought (cluster bootstrap). Customers
//! are drawn by their place among values sorted ascending, so that nothing depends on the order of rows.

use crate::result::Interval;

use super::quantile::of_sorted;

/// Fewer customers have no interval.
pub(super) const MIN_CUSTOMERS: usize = 30;

/// PCG32 (XSH-RR 64/32), as in its reference implementation.
///
/// # Source
/// M. E. O'Neill, *PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number Generation* (2014).
pub(super) struct Pcg32 {
    state: u64,
}

/// `2 · 54 + 1`: the stream 54 of the reference's own demonstration.
const INCREMENT: u64 = 109;

impl Pcg32 {
    pub(super) fn new(seed: u64) -> Self {
        let mut pcg = Self { state: 0 };
        pcg.next();
        pcg.state = pcg.state.wrapping_add(seed);
        pcg.next();
        pcg
    }

    fn next(&mut self) -> u32 {
        let old = self.state;
        self.state = old.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(INCREMENT);
        ((((old >> 18) ^ old) >> 27) as u32).rotate_right((old >> 59) as u32)
    }

    /// A number below `n`, each as likely (D. Lemire, *Fast random integer generation in an interval*, 2019).
    fn below(&mut self, n: u32) -> u32 {
        let mut product = u64::from(self.next()) * u64::from(n);
        if (product as u32) < n {
            let threshold = n.wrapping_neg() % n;
            while (product as u32) < threshold {
                product = u64::from(self.next()) * u64::from(n);
            }
        }
        (product >> 32) as u32
    }
}

/// What a customer brought: all within H, and of these by every step.
pub(super) type Value = (u32, u32);

/// The 95 % intervals of Σ total / n and Σ strict / n over `n` customers, of whom `values` are those that brought anybody, ascending.
pub(super) fn intervals(values: &[Value], n: usize, replicates: u32, seed: u32) -> Option<[Interval; 2]> {
    let idle = n.checked_sub(values.len())?;
    if n < MIN_CUSTOMERS || replicates == 0 {
        return None;
    }
    let mut pcg = Pcg32::new(seed.into());
    let mut sums = [Vec::new(), Vec::new()];
    for _ in 0..replicates {
        let (mut total, mut strict) = (0u64, 0u64);
        for _ in 0..n {
            let place = pcg.below(n as u32) as usize;
            if place >= idle {
                let value = values[place - idle];
                total += u64::from(value.0);
                strict += u64::from(value.1);
            }
        }
        sums[0].push(total as f64);
        sums[1].push(strict as f64);
    }
    let [total, strict] = sums.map(|mut sums| {
        sums.sort_unstable_by(f64::total_cmp);
        let at = |q| of_sorted(&sums, q).map(|sum| sum / n as f64);
        Some(Interval { low: at(0.025)?, high: at(0.975)? })
    });
    Some([total?, strict?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pcg32_is_that_of_the_reference() {
        // The first line of `pcg32-demo`, seed 42, stream 54.
        let mut pcg = Pcg32::new(42);
        let drawn: Vec<u32> = (0..6).map(|_| pcg.next()).collect();
        assert_eq!(drawn, [0xa15c_02b7, 0x7b47_f409, 0xba1d_3330, 0x83d2_f293, 0xbfa4_784b, 0xcbed_606e]);
    }

    #[test]
    fn an_interval_holds_the_value_and_needs_thirty_customers() {
        let values = [(1, 0), (1, 1), (2, 1), (3, 1)];
        assert_eq!(intervals(&values, 29, 400, 1), None);
        assert_eq!(intervals(&values, 30, 0, 1), None);
        let [total, strict] = intervals(&values, 30, 400, 1).unwrap();
        assert!(total.low < 7.0 / 30.0 && 7.0 / 30.0 < total.high, "{total:?}");
        assert!(strict.low <= 3.0 / 30.0 && 3.0 / 30.0 < strict.high, "{strict:?}");
        assert_eq!(intervals(&values, 30, 400, 1), intervals(&values, 30, 400, 1));
        assert_ne!(intervals(&values, 30, 400, 1), intervals(&values, 30, 400, 2));
    }

    #[test]
    fn nobody_brought_is_certain() {
        let none = Interval { low: 0.0, high: 0.0 };
        assert_eq!(intervals(&[], 100, 400, 7), Some([none, none]));
    }
}
