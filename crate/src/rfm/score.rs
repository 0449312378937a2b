//! Keys → scores of one axis, and what a result says of them.
//!
//! In: one key per customer, higher is better. Out: everybody's score, 1 to bins, in exact integers, with cut-points and groups.

use std::cmp::Ordering;

use crate::result::{ScoreAxis, ScoreCuts, ScoreGroup, ScoreMode};
use crate::sorting::sort_indices;

use super::cuts::Cuts;
use super::keys::{Key, Keys, runs};

/// How an axis is scored.
pub(super) struct Scale {
    pub(super) mode: ScoreMode,
    pub(super) bins: u8,
    /// Keys at which scores begin, for mode `fixed`.
    pub(super) thresholds: Vec<i128>,
    /// A key's raw value.
    pub(super) raw: fn(i128) -> f64,
}

/// A scored axis.
pub(super) struct Axis {
    /// One per key.
    pub(super) scores: Vec<u8>,
    /// The scores of earlier axes that cut-points hold within (mode `nested`), and the cut-points.
    cuts: Vec<(Vec<u8>, Cuts)>,
    groups: Vec<Group>,
}

/// The customers with one score.
#[derive(Clone, Copy, Default)]
struct Group {
    n: u32,
    /// Least and greatest key; `None` when empty.
    range: Option<(i128, i128)>,
}

impl Axis {
    /// Scores keys among themselves. `within` are the scores of the axes before, `by_age` orders customers of equal keys for mode `ntile`.
    pub(super) fn fit(scale: &Scale, keys: &Keys, within: &[&[u8]], by_age: &dyn Fn(u32, u32) -> Ordering) -> Self {
        match keys {
            Keys::Whole(keys) => fit(scale, keys, within, by_age),
            Keys::Ratio(keys) => fit(scale, keys, within, by_age),
        }
    }

    /// Scores keys by the cut-points of another axis, fitted in a mode in which a score is a range of values.
    pub(super) fn apply(scale: &Scale, keys: &Keys, fitted: &Self) -> Self {
        let Some((_, cuts)) = fitted.cuts.first() else {
            return Self { scores: Vec::new(), cuts: Vec::new(), groups: Vec::new() };
        };
        match keys {
            Keys::Whole(keys) => of(scale, keys, cuts.scores(keys), fitted.cuts.clone()),
            Keys::Ratio(keys) => of(scale, keys, cuts.scores(keys), fitted.cuts.clone()),
        }
    }

    /// The axis as results show it.
    pub(super) fn shown(&self, scale: &Scale) -> ScoreAxis {
        let raw = |key: i128| (scale.raw)(key);
        let group = |(score, group): (u8, &Group)| {
            let ends = group.range.map(|(least, greatest)| (raw(least), raw(greatest)));
            ScoreGroup { score, n_customers: group.n, min: ends.map(|(a, b)| a.min(b)), max: ends.map(|(a, b)| a.max(b)) }
        };
        let cuts = |(within, cuts): &(Vec<u8>, Cuts)| ScoreCuts {
            within: within.clone(),
            at: cuts.at.iter().map(|cut| cut.map(raw)).collect(),
        };
        let ranges = || self.groups.iter().filter_map(|group| group.range);
        let least = ranges().map(|(least, _)| least).min();
        let greatest = ranges().map(|(_, greatest)| greatest).max();
        ScoreAxis {
            mode: scale.mode,
            groups: (1..).zip(&self.groups).map(group).collect(),
            cuts: self.cuts.iter().map(cuts).collect(),
            past_cuts: scale.mode == ScoreMode::NearestRank,
            degenerate: least.is_some() && least == greatest,
            splits_ties: matches!(scale.mode, ScoreMode::Ntile | ScoreMode::Nested),
        }
    }
}

fn fit<K: Key>(scale: &Scale, keys: &[K], within: &[&[u8]], by_age: &dyn Fn(u32, u32) -> Ordering) -> Axis {
    let (scores, cuts) = match scale.mode {
        ScoreMode::Nested => nested(scale.bins, keys, within),
        ScoreMode::Ntile => ntile(scale.bins, keys, by_age),
        mode => {
            let runs = if mode == ScoreMode::Fixed { Vec::new() } else { runs(keys) };
            let cuts = Cuts::fit(mode, scale.bins, &scale.thresholds, &runs);
            (cuts.scores(keys), vec![(Vec::new(), cuts)])
        }
    };
    of(scale, keys, scores, cuts)
}

fn of<K: Key>(scale: &Scale, keys: &[K], scores: Vec<u8>, cuts: Vec<(Vec<u8>, Cuts)>) -> Axis {
    let mut groups: Vec<(u32, Option<(K, K)>)> = vec![(0, None); usize::from(scale.bins)];
    for (&key, &score) in keys.iter().zip(&scores) {
        let (n, range) = &mut groups[usize::from(score) - 1];
        *n += 1;
        *range = Some(range.map_or((key, key), |(least, greatest)| (least.min(key), greatest.max(key))));
    }
    let wide = |(n, range): (u32, Option<(K, K)>)| Group { n, range: range.map(|(a, b)| (a.into(), b.into())) };
    Axis { scores, cuts, groups: groups.into_iter().map(wide).collect() }
}

/// Midrank among the customers with equal scores on the axes before.
fn nested<K: Key>(bins: u8, keys: &[K], within: &[&[u8]]) -> (Vec<u8>, Vec<(Vec<u8>, Cuts)>) {
    let place = |idx: usize| within.iter().fold(0, |place, scores| place * usize::from(bins) + usize::from(scores[idx] - 1));
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); usize::from(bins).pow(within.len() as u32)];
    for idx in 0..keys.len() {
        members[place(idx)].push(idx);
    }
    let (mut scores, mut cuts) = (vec![0; keys.len()], Vec::new());
    for members in members.iter().filter(|members| !members.is_empty()) {
        let theirs: Vec<K> = members.iter().map(|&idx| keys[idx]).collect();
        let fitted = Cuts::fit(ScoreMode::Nested, bins, &[], &runs(&theirs));
        for (&idx, score) in members.iter().zip(fitted.scores(&theirs)) {
            scores[idx] = score;
        }
        cuts.push((within.iter().map(|scores| scores[members[0]]).collect(), fitted));
    }
    (scores, cuts)
}

/// Groups as equal as can be, the first ones one larger where they cannot.
fn ntile<K: Key>(bins: u8, keys: &[K], by_age: &dyn Fn(u32, u32) -> Ordering) -> (Vec<u8>, Vec<(Vec<u8>, Cuts)>) {
    let mut order: Vec<u32> = (0..keys.len() as u32).collect();
    sort_indices(&mut order, &|a, b| keys[a as usize].cmp(&keys[b as usize]).then_with(|| by_age(a, b)));
    let (size, larger) = (keys.len() / usize::from(bins), keys.len() % usize::from(bins));
    let (mut scores, mut at, mut rest) = (vec![0; keys.len()], Vec::new(), order.as_slice());
    for score in 1..=bins {
        let (group, after) = rest.split_at(size + usize::from(usize::from(score) <= larger));
        for &idx in group {
            scores[idx as usize] = score;
        }
        at.push(group.first().map(|&idx| keys[idx as usize].into()));
        rest = after;
    }
    at.remove(0);
    (scores, vec![(Vec::new(), Cuts { at, past: false })])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(mode: ScoreMode, raw: fn(i128) -> f64) -> Scale {
        Scale { mode, bins: 5, thresholds: Vec::new(), raw }
    }

    fn axis(mode: ScoreMode, keys: &[i64], within: &[&[u8]], raw: fn(i128) -> f64) -> (Vec<u8>, ScoreAxis) {
        let scale = scale(mode, raw);
        let axis = Axis::fit(&scale, &Keys::Whole(keys.to_vec()), within, &|a, b| a.cmp(&b));
        let shown = axis.shown(&scale);
        (axis.scores, shown)
    }

    #[test]
    fn the_axis_tells_groups_and_cut_points() {
        let (_, shown) = axis(ScoreMode::Midrank, &[-3, -3, -40], &[], |key| -(key as f64));
        let groups: Vec<_> = shown.groups.iter().map(|g| (g.score, g.n_customers, g.min, g.max)).collect();
        let none = |score| (score, 0, None, None);
        assert_eq!(groups, [(1, 1, Some(40.0), Some(40.0)), none(2), none(3), (4, 2, Some(3.0), Some(3.0)), none(5)]);
        assert_eq!(shown.cuts, [ScoreCuts { within: Vec::new(), at: vec![Some(3.0), Some(3.0), Some(3.0), None] }]);
        assert!(!shown.degenerate);
        assert!(axis(ScoreMode::Midrank, &[2, 2], &[], |key| key as f64).1.degenerate);
        assert!(!axis(ScoreMode::Midrank, &[], &[], |key| key as f64).1.degenerate);
    }

    #[test]
    fn ntile_makes_groups_of_equal_size() {
        let (scores, shown) = axis(ScoreMode::Ntile, &[1, 1, 1, 1, 1, 1, 9], &[], |key| key as f64);
        assert_eq!(scores, [1, 1, 2, 2, 3, 4, 5]);
        assert_eq!(shown.cuts[0].at, [Some(1.0), Some(1.0), Some(1.0), Some(9.0)]);
        assert!(shown.splits_ties && !shown.degenerate);
        assert_eq!(axis(ScoreMode::Ntile, &[5, 4], &[], |key| key as f64).0, [2, 1]);
    }

    #[test]
    fn nested_ranks_within_the_scores_before() {
        let (scores, shown) = axis(ScoreMode::Nested, &[10, 20, 30, 1, 2], &[&[1, 1, 5, 5, 5]], |key| key as f64);
        assert_eq!(scores, [2, 4, 5, 1, 3]);
        let within: Vec<_> = shown.cuts.iter().map(|cuts| (cuts.within.clone(), cuts.at[1])).collect();
        assert_eq!(within, [(vec![1], Some(20.0)), (vec![5], Some(2.0))]);
    }
}
