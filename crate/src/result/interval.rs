//! The one interval of proportions.

use super::Interval;

impl Interval {
    /// The Wilson 95 % interval of `x` out of `n`; `None` when `n` is 0.
    ///
    /// # Source
    /// E. B. Wilson, *Probable inference, the law of succession, and statistical inference* (1927), z = 1.959964.
    ///
    /// # Example
    /// ```
    /// let interval = feilun::result::Interval::wilson(3, 5).unwrap();
    /// assert!((interval.low - 0.2307).abs() < 1e-4 && (interval.high - 0.8824).abs() < 1e-4);
    /// ```
    #[must_use]
    pub fn wilson(x: u32, n: u32) -> Option<Self> {
        const Z: f64 = 1.959_964;
        if n == 0 {
            return None;
        }
        let (p, n) = (f64::from(x) / f64::from(n), f64::from(n));
        let scale = 1.0 + Z * Z / n;
        let centre = (p + Z * Z / (2.0 * n)) / scale;
        let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
        Some(Self { low: (centre - half).max(0.0), high: (centre + half).min(1.0) })
    }
}
