//! Keys → cut-points: where each score begins, for the modes in which a score is a range of values.

use crate::result::ScoreMode;

use super::keys::Key;

/// Where scores 2, 3 … begin, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cuts {
    /// One less than bins; `None` where nobody reaches the score, and then at every later one.
    pub(super) at: Vec<Option<i128>>,
    /// Whether a score begins past its cut-point instead of at it.
    pub(super) past: bool,
}

impl Cuts {
    /// The cut-points of a mode; `thresholds` are keys, for mode `fixed`.
    pub(super) fn fit<K: Key>(mode: ScoreMode, bins: u8, thresholds: &[i128], runs: &[(K, u32)]) -> Self {
        let at = match mode {
            ScoreMode::Fixed => thresholds.iter().copied().map(Some).collect(),
            ScoreMode::NearestRank => nearest_rank(bins, runs),
            ScoreMode::OnePlusQuartile => {
                let repeaters = &runs[runs.partition_point(|&(key, _)| key.into() <= 1)..];
                [Some(2)].into_iter().chain(midrank(bins - 1, repeaters)).collect()
            }
            ScoreMode::Midrank | ScoreMode::Ntile | ScoreMode::Nested => midrank(bins, runs),
        };
        Self { at, past: mode == ScoreMode::NearestRank }
    }

    /// Everybody's score.
    pub(super) fn scores<K: Key>(&self, keys: &[K]) -> Vec<u8> {
        let at: Vec<K> = self.at.iter().flatten().map(|&cut| K::narrow(cut)).collect();
        let score = |reached: usize| 1 + reached as u8;
        match self.past {
            true => keys.iter().map(|&key| score(at.iter().filter(|&&cut| key > cut).count())).collect(),
            false => keys.iter().map(|&key| score(at.iter().filter(|&&cut| key >= cut).count())).collect(),
        }
    }
}

/// The least key of score 1 + ⌊b·(2·less + equal) / 2n⌋ or better, for each score but the first.
fn midrank<K: Key>(bins: u8, runs: &[(K, u32)]) -> Vec<Option<i128>> {
    let mut at = vec![None; usize::from(bins) - 1];
    let (n, bins) = (total(runs), u64::from(bins));
    let (mut less, mut reached) = (0, 0);
    for &(key, equal) in runs {
        let score = (bins * (2 * less + u64::from(equal)) / (2 * n)).min(bins - 1) as usize;
        for cut in at.iter_mut().take(score).skip(reached) {
            *cut = Some(key.into());
        }
        (less, reached) = (less + u64::from(equal), reached.max(score));
    }
    at
}

/// The keys at ranks ⌈j·n / b⌉, counted from 1.
fn nearest_rank<K: Key>(bins: u8, runs: &[(K, u32)]) -> Vec<Option<i128>> {
    let (n, bins) = (total(runs), u64::from(bins));
    let mut at = Vec::new();
    let mut up_to = 0;
    for &(key, equal) in runs {
        up_to += u64::from(equal);
        while (at.len() as u64) < bins - 1 && ((at.len() as u64 + 1) * n).div_ceil(bins) <= up_to {
            at.push(Some(key.into()));
        }
    }
    at.resize(bins as usize - 1, None);
    at
}

fn total<K>(runs: &[(K, u32)]) -> u64 {
    runs.iter().map(|&(_, n)| u64::from(n)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::keys::runs;
    use super::*;

    fn check(mode: ScoreMode, bins: u8, keys: &[i64], expected: &[u8]) {
        let cuts = Cuts::fit(mode, bins, &[10, 20, 30, 40], &runs(keys));
        assert_eq!(cuts.at.len(), usize::from(bins) - 1);
        assert_eq!(cuts.scores(keys), expected, "{mode:?} {bins} {keys:?}");
    }

    #[test]
    fn midrank_gives_equal_values_equal_scores() {
        check(ScoreMode::Midrank, 5, &[10, 20, 30, 40, 50], &[1, 2, 3, 4, 5]);
        check(ScoreMode::Midrank, 5, &[50, 10, 10, 10, 10], &[5, 3, 3, 3, 3]);
        check(ScoreMode::Midrank, 5, &[7, 7], &[3, 3]);
        check(ScoreMode::Midrank, 5, &[1, 2], &[2, 4]);
        check(ScoreMode::Midrank, 5, &[i64::MIN + 1, i64::MAX], &[2, 4]);
        check(ScoreMode::Midrank, 3, &[1, 2, 3], &[1, 2, 3]);
        check(ScoreMode::Midrank, 4, &[7, 7], &[3, 3]);
        check(ScoreMode::Midrank, 5, &[], &[]);
    }

    #[test]
    fn one_time_buyers_stay_in_bin_1() {
        check(ScoreMode::OnePlusQuartile, 5, &[1, 1, 1, 1, 1, 1, 2, 3, 4, 5], &[1, 1, 1, 1, 1, 1, 2, 3, 4, 5]);
        check(ScoreMode::OnePlusQuartile, 5, &[2, 2, 2], &[4, 4, 4]);
        check(ScoreMode::OnePlusQuartile, 3, &[1, 2, 3], &[1, 2, 3]);
        check(ScoreMode::OnePlusQuartile, 5, &[1, 1], &[1, 1]);
    }

    #[test]
    fn nearest_rank_skips_scores_on_ties() {
        check(ScoreMode::NearestRank, 5, &[10, 20, 30, 40, 50], &[1, 2, 3, 4, 5]);
        check(ScoreMode::NearestRank, 5, &[10, 10, 10, 10, 50], &[1, 1, 1, 1, 5]);
        check(ScoreMode::NearestRank, 5, &[1, 2], &[1, 3]);
        check(ScoreMode::NearestRank, 4, &[7, 7, 7], &[1, 1, 1]);
        check(ScoreMode::NearestRank, 5, &[], &[]);
    }

    #[test]
    fn fixed_thresholds_are_reached_at() {
        check(ScoreMode::Fixed, 5, &[9, 10, 39, 40, 99], &[1, 2, 4, 5, 5]);
    }
}
