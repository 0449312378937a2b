//! Raw values → scores 1..=5, in exact integers.
//!
//! In: one key per customer, higher is better. Out: the groups of equal score, which are runs of the sorted keys, and by them every
//! customer's score.

use crate::result::{ScoreAxis, ScoreGroup, ScoreMode};

/// The scores of one axis.
pub(super) struct Scores {
    /// One per key.
    pub(super) scores: Vec<u8>,
    groups: [Group; 5],
    mode: ScoreMode,
}

/// The customers with one score.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Group {
    n: u32,
    /// Least and greatest key; `None` when empty.
    range: Option<(i64, i64)>,
}

impl Scores {
    pub(super) fn of(keys: &[i64], mode: ScoreMode) -> Self {
        let mut sorted = keys.to_vec();
        sorted.sort_unstable();
        let mut groups = [Group::default(); 5];
        match mode {
            ScoreMode::Midrank => midrank(&sorted, &mut groups),
            ScoreMode::OnePlusQuartile => {
                let (once, more) = sorted.split_at(sorted.partition_point(|&key| key <= 1));
                if let (Some(&first), Some(&last)) = (once.first(), once.last()) {
                    groups[0].extend(once.len(), first, last);
                }
                midrank(more, &mut groups[1..]);
            }
        }
        let least: Vec<(u8, i64)> = (1..).zip(&groups).filter_map(|(score, g)| Some((score, g.range?.0))).collect();
        let score = |&key: &i64| least.iter().rev().find(|&&(_, least)| least <= key).map_or(1, |&(score, _)| score);
        Self { scores: keys.iter().map(score).collect(), groups, mode }
    }

    /// The axis as seen in results; `raw` turns a key back into the raw value.
    pub(super) fn axis(&self, raw: impl Fn(i64) -> i64) -> ScoreAxis {
        let group = |(score, group): (u8, &Group)| {
            let ends = group.range.map(|(least, greatest)| (raw(least), raw(greatest)));
            ScoreGroup { score, n_customers: group.n, min: ends.map(|(a, b)| a.min(b)), max: ends.map(|(a, b)| a.max(b)) }
        };
        let ranges = || self.groups.iter().filter_map(|group| group.range);
        let least = ranges().map(|(least, _)| least).min();
        let greatest = ranges().map(|(_, greatest)| greatest).max();
        ScoreAxis {
            mode: self.mode,
            groups: (1..).zip(&self.groups).map(group).collect(),
            degenerate: least.is_some() && least == greatest,
        }
    }
}

impl Group {
    fn extend(&mut self, n: usize, least: i64, greatest: i64) {
        self.n += n as u32;
        self.range = Some((self.range.map_or(least, |(first, _)| first), greatest));
    }
}

/// Score 1 + ⌊b·(2·less + equal) / 2n⌋, at most b, for the b groups given.
fn midrank(sorted: &[i64], groups: &mut [Group]) {
    let (n, bins) = (sorted.len() as u64, groups.len() as u64);
    let mut less = 0;
    for run in sorted.chunk_by(|a, b| a == b) {
        let equal = run.len() as u64;
        let bin = (bins * (2 * less + equal) / (2 * n)).min(bins - 1);
        groups[bin as usize].extend(run.len(), run[0], run[0]);
        less += equal;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(mode: ScoreMode, keys: &[i64], expected: &[u8]) {
        assert_eq!(Scores::of(keys, mode).scores, expected, "{keys:?}");
    }

    #[test]
    fn midrank_gives_equal_values_equal_scores() {
        check(ScoreMode::Midrank, &[10, 20, 30, 40, 50], &[1, 2, 3, 4, 5]);
        check(ScoreMode::Midrank, &[50, 10, 10, 10, 10], &[5, 3, 3, 3, 3]);
        check(ScoreMode::Midrank, &[7, 7], &[3, 3]);
        check(ScoreMode::Midrank, &[1, 2], &[2, 4]);
        check(ScoreMode::Midrank, &[i64::MIN + 1, i64::MAX], &[2, 4]);
        check(ScoreMode::Midrank, &[], &[]);
    }

    #[test]
    fn one_time_buyers_stay_in_bin_1() {
        check(ScoreMode::OnePlusQuartile, &[1, 1, 1, 1, 1, 1, 2, 3, 4, 5], &[1, 1, 1, 1, 1, 1, 2, 3, 4, 5]);
        check(ScoreMode::OnePlusQuartile, &[2, 2, 2], &[4, 4, 4]);
        check(ScoreMode::OnePlusQuartile, &[1, 1], &[1, 1]);
    }

    #[test]
    fn the_axis_tells_its_cut_points() {
        let axis = Scores::of(&[-3, -3, -40], ScoreMode::Midrank).axis(|key| -key);
        let groups: Vec<_> = axis.groups.iter().map(|g| (g.score, g.n_customers, g.min, g.max)).collect();
        let none = |score| (score, 0, None, None);
        assert_eq!(groups, [(1, 1, Some(40), Some(40)), none(2), none(3), (4, 2, Some(3), Some(3)), none(5)]);
        assert!(!axis.degenerate);
        assert!(Scores::of(&[2, 2], ScoreMode::Midrank).axis(|key| key).degenerate);
        assert!(!Scores::of(&[], ScoreMode::Midrank).axis(|key| key).degenerate);
    }
}
