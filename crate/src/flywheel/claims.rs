//! Whether the growth claims hold: the trend of the last periods, by Theil–Sen, and whether it could be chance, by Mann–Kendall.

use crate::result::{Claim, ClaimId, ClaimPoint, Verdict};
use crate::text::term;

use super::periods::Periods;
use super::quantile::of_sorted;

/// Periods looked at, and how many there must be.
const MOST: usize = 12;
const LEAST: usize = 8;
const SIGNIFICANT: f64 = 0.05;

/// A period and the value in it.
pub(super) type Point = (usize, f64);

/// Judges a claim by points ascending by period; `None` points say which table they need.
pub(super) fn judge(id: ClaimId, points: Result<Vec<Point>, &str>, periods: &Periods) -> Claim {
    let (points, needs) = match points {
        Ok(points) => (points, None),
        Err(table) => (Vec::new(), Some(table.to_owned())),
    };
    let points = &points[points.len().saturating_sub(MOST)..];
    let (scale, claimed, name): (fn(f64) -> f64, f64, _) = match id {
        ClaimId::FallingCost => (libm::log, -1.0, "claim.falling_cost"),
        ClaimId::RisingValue => (libm::log, 1.0, "claim.rising_value"),
        ClaimId::GrowingAssets => (|members| members, 1.0, "claim.growing_assets"),
    };
    let scaled: Vec<Point> = points.iter().map(|&(period, value)| (period, scale(value))).collect();
    let (slope, z) = (theil_sen(&scaled), mann_kendall(&scaled));
    let p = z.map(|z| libm::erfc(z.abs() / std::f64::consts::SQRT_2));
    let verdict = match (slope, p) {
        _ if needs.is_some() => Verdict::NotTestable,
        (Some(slope), Some(p)) if points.len() >= LEAST => {
            if p >= SIGNIFICANT || slope == 0.0 {
                Verdict::NotShown
            } else if slope * claimed > 0.0 {
                Verdict::Supported
            } else {
                Verdict::Contradicted
            }
        }
        _ => Verdict::InsufficientData,
    };
    let point = |&(period, value): &Point| ClaimPoint { period: periods.describe(period).label, value };
    Claim { id, name: term(name), verdict, slope, z, p, points: points.iter().map(point).collect(), needs }
}

/// All pairs, the earlier first.
fn pairs(points: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    points.iter().enumerate().flat_map(|(at, &a)| points[at + 1..].iter().map(move |&b| (a, b)))
}

/// The median of the slopes between all pairs.
///
/// # Source
/// P. K. Sen, *Estimates of the regression coefficient based on Kendall's tau* (1968).
fn theil_sen(points: &[Point]) -> Option<f64> {
    let mut slopes: Vec<f64> = pairs(points).map(|(a, b)| (b.1 - a.1) / (b.0 - a.0) as f64).collect();
    slopes.sort_unstable_by(f64::total_cmp);
    of_sorted(&slopes, 0.5)
}

/// z of Kendall's S against time, its variance corrected for ties, towards 0 by one; `None` of fewer than two points.
///
/// # Source
/// M. G. Kendall, *Rank Correlation Methods* (1975).
fn mann_kendall(points: &[Point]) -> Option<f64> {
    if points.len() < 2 {
        return None;
    }
    let s: i64 = pairs(points).map(|(a, b)| i64::from(b.1 > a.1) - i64::from(b.1 < a.1)).sum();
    let spread = |n: usize| (n * (n - 1) * (2 * n + 5)) as f64;
    let mut values: Vec<f64> = points.iter().map(|&(_, value)| value).collect();
    values.sort_unstable_by(f64::total_cmp);
    let ties: f64 = values.chunk_by(|a, b| a == b).map(|tie| spread(tie.len())).sum();
    let variance = (spread(points.len()) - ties) / 18.0;
    Some(if variance > 0.0 { (s - s.signum()) as f64 / variance.sqrt() } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(values: &[f64]) -> Vec<Point> {
        values.iter().copied().enumerate().collect()
    }

    #[test]
    fn trends_are_those_of_the_books() {
        // Gilbert, Statistical Methods for Environmental Pollution Monitoring (1987), 16.4: without ties S = n (n - 1) / 2 of a rising run.
        let rising = points(&[1.0, 2.0, 4.0, 8.0, 9.0, 11.0, 12.0, 20.0]);
        let variance = 8.0 * 7.0 * 21.0 / 18.0;
        assert_eq!(mann_kendall(&rising), Some(27.0 / f64::sqrt(variance)));
        assert_eq!(mann_kendall(&points(&[3.0; 8])), Some(0.0));
        assert_eq!(mann_kendall(&points(&[1.0])), None);
        // One outlier moves the slope little.
        assert_eq!(theil_sen(&points(&[1.0, 2.0, 3.0, 400.0, 5.0])), Some(1.0));
        // A gap in the periods counts as time.
        assert_eq!(theil_sen(&[(0, 0.0), (4, 8.0)]), Some(2.0));
    }
}
