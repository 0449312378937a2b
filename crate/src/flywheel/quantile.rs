//! Quantiles, linear between neighbours: of n ascending values the one at place q·(n − 1), counted from 0.

use super::people::DAY_US;

/// The quantile of ascending numbers.
pub(super) fn of_sorted(sorted: &[f64], q: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = q * last as f64;
    let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    Some(low + (high - low) * at.fract())
}

/// A quantile of waits in microseconds, as days. Reorders the waits.
pub(super) fn days(waits_us: &mut [i64], q: f64) -> Option<f64> {
    let last = waits_us.len().checked_sub(1)?;
    let at = q * last as f64;
    let (_, &mut low, above) = waits_us.select_nth_unstable(at.floor() as usize);
    let high = if at.fract() > 0.0 { above.iter().min().copied().unwrap_or(low) } else { low };
    Some((low as f64 + (high - low) as f64 * at.fract()) / DAY_US as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_or_not_it_is_the_same_place() {
        let sorted = [-3.0, 0.0, 0.0, 5.0, 8.0, 13.0];
        for (q, expected) in [(0.0, -3.0), (0.25, 0.0), (0.5, 2.5), (0.9, 10.5), (1.0, 13.0)] {
            assert_eq!(of_sorted(&sorted, q), Some(expected));
            let mut waits_us = [5, 0, 13, -3, 8, 0].map(|value: i64| value * DAY_US);
            assert_eq!(days(&mut waits_us, q), Some(expected));
        }
        assert_eq!((of_sorted(&[], 0.5), days(&mut [], 0.5)), (None, None));
    }
}
