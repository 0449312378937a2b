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

    /// The 95 % interval of `x / n - x0 / n0` from the two Wilson intervals; `None` when `n` or `n0` is 0.
    ///
    /// # Source
    /// R. G. Newcombe, *Interval estimation for the difference between independent proportions* (1998), method 10.
    ///
    /// # Example
    /// ```
    /// // Newcombe's table II, example (a): 56/70 - 48/80.
    /// let interval = feilun::result::Interval::newcombe((56, 70), (48, 80)).unwrap();
    /// assert!((interval.low - 0.0524).abs() < 1e-4 && (interval.high - 0.3339).abs() < 1e-4);
    /// ```
    #[must_use]
    pub fn newcombe((x, n): (u32, u32), (x0, n0): (u32, u32)) -> Option<Self> {
        let (of, of0) = (Self::wilson(x, n)?, Self::wilson(x0, n0)?);
        let (p, p0) = (f64::from(x) / f64::from(n), f64::from(x0) / f64::from(n0));
        let apart = |a: f64, b: f64| (a * a + b * b).sqrt();
        Some(Self { low: p - p0 - apart(p - of.low, of0.high - p0), high: p - p0 + apart(of.high - p, p0 - of0.low) })
    }
}
