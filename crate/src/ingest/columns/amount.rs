//! Numbers in currency units → minor units, rounded half away from zero.

use super::decode::Values;
use super::dictionary::Dictionary;
use crate::Result;
use crate::ingest::ipc::corrupt;

/// The largest amount taken, in minor units either way.
pub(super) const MAX_MINOR: i64 = 90_000_000_000_000;

/// An amount of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Money {
    /// Null or NaN.
    Missing,
    Infinite,
    OutOfRange,
    Minor {
        minor: i64,
        rounded: bool,
    },
}

/// Appends the amount of every row to `out`.
pub(super) fn amounts(values: &Values, dictionary: Option<&Dictionary>, out: &mut Vec<Money>) -> Result<()> {
    fn each<T>(values: impl Iterator<Item = Option<T>>, money: impl Fn(T) -> Money, out: &mut Vec<Money>) {
        out.extend(values.map(|value| value.map_or(Money::Missing, &money)));
    }
    match (values, dictionary) {
        (Values::Nulls(rows), _) => out.resize(out.len() + rows, Money::Missing),
        (Values::Ints(array), _) => each(array.iter(), |&value| from_int(i128::from(value)), out),
        (Values::Uints(array), _) => each(array.iter(), |&value| from_int(i128::from(value)), out),
        (Values::Floats(array, precision), _) => each(array.iter(), |&value| from_float(value, *precision), out),
        (Values::Decimals(array, scale), _) => each(array.iter(), |&value| from_decimal(value, *scale), out),
        (Values::Keys(keys), Some(dictionary)) => {
            for row in 0..keys.len() {
                out.push(dictionary.look_up(keys, row)?.map_or(Money::Missing, |(values, at)| amount(values, at)));
            }
        }
        _ => return Err(corrupt("an amount column of another type")),
    }
    Ok(())
}

/// The amount at one place of a dictionary.
fn amount(values: &Values, at: usize) -> Money {
    match values {
        Values::Ints(array) => array.get(at).map(|value| from_int(i128::from(value))),
        Values::Uints(array) => array.get(at).map(|value| from_int(i128::from(value))),
        Values::Floats(array, precision) => array.get(at).map(|value| from_float(value, *precision)),
        Values::Decimals(array, scale) => array.get(at).map(|value| from_decimal(value, *scale)),
        _ => None,
    }
    .unwrap_or(Money::Missing)
}

fn from_int(value: i128) -> Money {
    bounded(value.checked_mul(100), false)
}

#[inline]
fn from_float(value: f64, precision: f64) -> Money {
    if value.is_nan() {
        return Money::Missing;
    }
    if value.is_infinite() {
        return Money::Infinite;
    }
    let scaled = value * 100.0;
    let minor = scaled.round();
    // What the type cannot tell apart from whole cents was not rounded.
    let rounded = (scaled - minor).abs() > scaled.abs() * precision * 4.0;
    if minor.abs() > MAX_MINOR as f64 { Money::OutOfRange } else { Money::Minor { minor: minor as i64, rounded } }
}

fn from_decimal(value: i128, scale: i32) -> Money {
    let digits = i64::from(scale) - 2;
    let power = u32::try_from(digits.unsigned_abs()).ok().and_then(|digits| 10i128.checked_pow(digits));
    match (power, digits > 0) {
        _ if value == 0 => Money::Minor { minor: 0, rounded: false },
        (None, true) => Money::Minor { minor: 0, rounded: true },
        (None, false) => Money::OutOfRange,
        (Some(power), false) => bounded(value.checked_mul(power), false),
        (Some(power), true) => {
            let (quotient, rest) = (value / power, value % power);
            let away = if rest.unsigned_abs() >= power.unsigned_abs().div_ceil(2) { value.signum() } else { 0 };
            bounded(Some(quotient + away), rest != 0)
        }
    }
}

fn bounded(minor: Option<i128>, rounded: bool) -> Money {
    let minor = minor.and_then(|minor| i64::try_from(minor).ok()).filter(|minor| (-MAX_MINOR..=MAX_MINOR).contains(minor));
    minor.map_or(Money::OutOfRange, |minor| Money::Minor { minor, rounded })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minor(minor: i64, rounded: bool) -> Money {
        Money::Minor { minor, rounded }
    }

    #[test]
    fn floats_round_half_away_from_zero() {
        let check = |value: f64, expected: Money| assert_eq!(from_float(value, f64::EPSILON), expected, "{value}");
        check(12.34, minor(1234, false));
        check(0.29, minor(29, false));
        check(-0.125, minor(-13, true));
        check(0.125, minor(13, true));
        check(1e-9, minor(0, true));
        check(f64::NAN, Money::Missing);
        check(f64::NEG_INFINITY, Money::Infinite);
        check(9e11, minor(MAX_MINOR, false));
        check(9.01e11, Money::OutOfRange);
        assert_eq!(from_float(f64::from(12.34f32), f64::from(f32::EPSILON)), minor(1234, false));
    }

    #[test]
    fn decimals_are_exact() {
        let check =
            |value: i128, scale: i32, expected: Money| assert_eq!(from_decimal(value, scale), expected, "{value} {scale}");
        check(1234, 2, minor(1234, false));
        check(12, 0, minor(1200, false));
        check(5, -3, minor(500_000, false));
        check(12_345, 3, minor(1235, true));
        check(-12_345, 3, minor(-1235, true));
        check(12_344, 3, minor(1234, true));
        check(12_340, 3, minor(1234, false));
        check(i128::MAX, 38, minor(170, true));
        check(i128::MAX, 300, minor(0, true));
        check(i128::MAX, 0, Money::OutOfRange);
        check(1, i32::MIN, Money::OutOfRange);
        check(0, i32::MIN, minor(0, false));
        assert_eq!(from_int(-7), minor(-700, false));
        assert_eq!(from_int(i128::from(u64::MAX)), Money::OutOfRange);
    }
}
