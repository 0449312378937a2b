//! Raw values → keys: integers in the order of the values, higher being better.
//!
//! Days are negated. An average order value becomes `⌊2⁶⁴ · net / orders⌋`: two different ones differ by at least 1 / (orders · orders) > 2⁻⁶⁴, so
//! that keys are equal where values are and ordered as values are, as by cross-multiplication.

/// An integer that stands for a raw value.
pub(super) trait Key: Copy + Ord + Into<i128> {
    /// How far it lies above another, or the greatest number that says "far".
    fn above(self, least: Self) -> u64;
    /// The key of a wider one, which is known to fit.
    fn narrow(wide: i128) -> Self;
}

impl Key for i64 {
    fn above(self, least: Self) -> u64 {
        self.abs_diff(least)
    }

    fn narrow(wide: i128) -> Self {
        wide as Self
    }
}

impl Key for i128 {
    fn above(self, least: Self) -> u64 {
        u64::try_from(self.abs_diff(least)).unwrap_or(u64::MAX)
    }

    fn narrow(wide: i128) -> Self {
        wide
    }
}

/// One key per customer.
pub(super) enum Keys {
    /// Days, orders, minor units.
    Whole(Vec<i64>),
    /// Average order values.
    Ratio(Vec<i128>),
}

/// The key of an average order value; `orders` is at least 1.
pub(super) fn ratio_key(net_minor: i64, orders: u32) -> i128 {
    (i128::from(net_minor) << 64).div_euclid(i128::from(orders))
}

/// The average order value of a key.
pub(super) fn ratio_of(key: i128) -> f64 {
    key as f64 / 2f64.powi(64)
}

/// The distinct keys, ascending, and how many customers have each: by counting where they lie close, else by sorting.
pub(super) fn runs<K: Key>(keys: &[K]) -> Vec<(K, u32)> {
    let (Some(&least), Some(&greatest)) = (keys.iter().min(), keys.iter().max()) else { return Vec::new() };
    let range = greatest.above(least);
    if range > 2 * keys.len() as u64 {
        let mut sorted = keys.to_vec();
        sorted.sort_unstable();
        return sorted.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)).collect();
    }
    let mut counts = vec![0u32; range as usize + 1];
    for key in keys {
        counts[key.above(least) as usize] += 1;
    }
    let key = |offset: usize| K::narrow(least.into() + offset as i128);
    counts.iter().enumerate().filter(|&(_, &n)| n > 0).map(|(offset, &n)| (key(offset), n)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_and_sorting_find_the_same_runs() {
        assert_eq!(runs::<i64>(&[]), []);
        assert_eq!(runs(&[3i64, -1, 3, 2]), [(-1, 1), (2, 1), (3, 2)]);
        assert_eq!(runs(&[i64::MIN, i64::MAX, i64::MIN]), [(i64::MIN, 2), (i64::MAX, 1)]);
        assert_eq!(runs(&[7i128 << 70, 1, 7 << 70]), [(1, 1), (7 << 70, 2)]);
    }

    #[test]
    fn ratio_keys_are_equal_and_ordered_as_the_ratios() {
        let ratios =
            [(i64::MIN, 1), (-7, 2), (-1, u32::MAX), (0, 5), (1, u32::MAX), (1, u32::MAX - 1), (1, 3), (2, 6), (i64::MAX, 1)];
        for (a, b) in ratios {
            for (c, d) in ratios {
                let exact = (i128::from(a) * i128::from(d)).cmp(&(i128::from(c) * i128::from(b)));
                assert_eq!(ratio_key(a, b).cmp(&ratio_key(c, d)), exact, "{a}/{b} {c}/{d}");
            }
        }
        assert_eq!(ratio_of(ratio_key(-7, 2)), -3.5);
    }
}
