//! Sorting in little code, and in bounded steps where there is much to sort.
//!
//! In: indices and a comparison. Out: the indices in order. The standard library's sort is compiled anew, in 5 to 20 kB, for every type and comparison;
//! here one sort serves all comparisons. [`Sorting`] does it in bounded steps, so that a cancel is heard in between: runs of a fixed length are sorted
//! first, then merged two by two.

use std::cmp::Ordering;

/// Longer than this, a list is not sorted by insertion.
const SHORT: usize = 20;
/// Indices sorted at once.
const RUN: usize = 1 << 15;
/// Indices merged in one step.
const PIECE: usize = 1 << 18;

/// Sorts indices, equal ones in any order.
#[inline(never)]
pub(crate) fn sort_indices(indices: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    indices.sort_unstable_by(|&a, &b| compare(a, b));
}

/// Sorts a list of names, ranges and the like; equal ones stay as they come.
pub(crate) fn sort_by<T>(list: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let mut order: Vec<u32> = (0..list.len() as u32).collect();
    sort_indices(&mut order, &|a, b| compare(&list[a as usize], &list[b as usize]).then(a.cmp(&b)));
    let mut taken: Vec<Option<T>> = std::mem::take(list).into_iter().map(Some).collect();
    list.extend(order.into_iter().filter_map(|index| taken[index as usize].take()));
}

/// Sorts a list that is mostly short.
pub(crate) fn sort_short<T: Ord>(list: &mut Vec<T>) {
    if list.len() > SHORT {
        if !list.is_sorted() {
            sort_by(list, T::cmp);
        }
        return;
    }
    for sorted in 1..list.len() {
        let mut at = sorted;
        while at > 0 && list[at] < list[at - 1] {
            list.swap(at, at - 1);
            at -= 1;
        }
    }
}

/// Sorts numbers that are mostly small, such as days, by counting them.
pub(crate) fn sort_counts(list: &mut [u32]) {
    const SMALL: usize = 1 << 16;
    let most = list.iter().max().map_or(0, |&most| most as usize);
    if most >= SMALL {
        return sort_as(list, i64::from, |number| number as u32);
    }
    let mut counts = vec![0usize; most + 1];
    list.iter().for_each(|&number| counts[number as usize] += 1);
    let mut rest = list;
    for (number, count) in counts.into_iter().enumerate() {
        let (same, after) = rest.split_at_mut(count);
        same.fill(number as u32);
        rest = after;
    }
}

/// Sorts what is as good as one number.
pub(crate) fn sort_as<T: Copy>(list: &mut [T], pack: impl Fn(T) -> i64, unpack: impl Fn(i64) -> T) {
    let mut packed: Vec<i64> = list.iter().map(|&item| pack(item)).collect();
    packed.sort_unstable();
    for (item, packed) in list.iter_mut().zip(packed) {
        *item = unpack(packed);
    }
}

/// Sorts days of codes.
pub(crate) fn sort_coded_days(list: &mut [(u32, i32)]) {
    let days_from_zero = |day: i32| i64::from(day) - i64::from(i32::MIN);
    let pack = |(code, day)| (i64::from(code) << 32 | days_from_zero(day)) ^ i64::MIN;
    let unpack = |packed: i64| (((packed ^ i64::MIN) as u64 >> 32) as u32, ((packed & 0xffff_ffff) + i64::from(i32::MIN)) as i32);
    sort_as(list, pack, unpack);
}

/// Indices being sorted.
#[derive(Debug, Default)]
pub(crate) struct Sorting {
    items: Vec<u32>,
    /// What has been merged so far of this pass.
    merged: Vec<u32>,
    /// Length of the sorted runs; 0 while they are being made.
    width: usize,
    /// While runs are made, the first of the next; while runs are merged, the next of the left and of the right one.
    left: usize,
    right: usize,
}

impl Sorting {
    pub(crate) fn new(items: Vec<u32>) -> Self {
        Self { items, ..Self::default() }
    }

    /// Goes on for a moment; whether there is more to do.
    pub(crate) fn step(&mut self, compare: &dyn Fn(u32, u32) -> Ordering) -> bool {
        if self.width == 0 {
            let end = self.items.len().min(self.left + RUN);
            if let Some(run) = self.items.get_mut(self.left..end) {
                sort_indices(run, compare);
            }
            self.left = end;
            if end == self.items.len() {
                self.begin_pass(RUN);
            }
        } else {
            let until = self.items.len().min(self.merged.len() + PIECE);
            while self.merged.len() < until {
                self.merge(until, compare);
            }
            if self.merged.len() == self.items.len() {
                self.items = std::mem::take(&mut self.merged);
                self.begin_pass(self.width * 2);
            }
        }
        self.width < self.items.len()
    }

    fn begin_pass(&mut self, width: usize) {
        (self.width, self.left, self.right) = (width, 0, width.min(self.items.len()));
        if width < self.items.len() {
            self.merged = Vec::with_capacity(self.items.len());
        }
    }

    /// Merges on in the pair of runs at work, until so much is merged or the pair is done.
    fn merge(&mut self, until: usize, compare: &dyn Fn(u32, u32) -> Ordering) {
        let pair = self.merged.len() / (2 * self.width) * (2 * self.width);
        let middle = self.items.len().min(pair + self.width);
        let end = self.items.len().min(pair + 2 * self.width);
        if self.merged.len() == pair {
            (self.left, self.right) = (pair, middle);
        }
        while self.merged.len() < until.min(end) {
            let left = self.items.get(self.left).filter(|_| self.left < middle);
            let right = self.items.get(self.right).filter(|_| self.right < end);
            let takes_left = match (left, right) {
                (Some(&left), Some(&right)) => compare(left, right).is_le(),
                (left, _) => left.is_some(),
            };
            let Some(&next) = (if takes_left { left } else { right }) else { return };
            *(if takes_left { &mut self.left } else { &mut self.right }) += 1;
            self.merged.push(next);
        }
    }

    /// The indices in order, once there is no more to do.
    pub(crate) fn finish(self) -> Vec<u32> {
        self.items
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_into_order_and_equal_ones_stay_as_they_come() {
        let mut list: Vec<String> = ["b2", "a", "b1", "", "b0", "a"].map(str::to_owned).to_vec();
        sort_by(&mut list, |a, b| a.chars().next().cmp(&b.chars().next()));
        assert_eq!(list, ["", "a", "a", "b2", "b1", "b0"]);
        for list in [vec![], vec![7], vec![3, 0, 3, 1, 65_535, 0], vec![1 << 16, 5, 4_000_000_000]] {
            let (mut counted, mut expected) = (list.clone(), list);
            sort_counts(&mut counted);
            expected.sort_unstable();
            assert_eq!(counted, expected);
        }
        for len in [0, 1, 2, SHORT, SHORT + 1, 10 * SHORT] {
            let list = || (0..len as i32).map(|index| (index * 7919 % 31 - 15, index)).collect::<Vec<_>>();
            let (mut expected, mut short, mut packed) = (list(), list(), list());
            expected.sort_unstable();
            sort_short(&mut short);
            sort_as(&mut packed, |(a, b)| i64::from(a) << 32 | i64::from(b), |key| ((key >> 32) as i32, key as i32));
            assert!(short == expected && packed == expected, "{len}");
        }
    }

    #[test]
    fn any_number_of_indices_comes_into_order() {
        for len in [0, 1, RUN - 1, RUN, RUN + 1, 2 * RUN, 3 * RUN + 7, 20 * RUN + 5] {
            let key = |index: u32| index.wrapping_mul(2_654_435_761);
            let mut sorting = Sorting::new((0..len as u32).collect());
            let mut steps = 1;
            while sorting.step(&|a, b| key(a).cmp(&key(b))) {
                steps += 1;
            }
            let sorted = sorting.finish();
            assert!(sorted.len() == len && sorted.is_sorted_by_key(|&index| key(index)), "{len}");
            assert!(steps >= len / RUN, "{len} in {steps} steps");
        }
    }

    #[test]
    fn coded_days_ascend_by_code_then_day() {
        let mut list = vec![(u32::MAX - 1, 3), (7, i32::MAX), (7, i32::MIN), (0, -1), (7, 0), (1 << 31, 5), (0, -2)];
        let mut expected = list.clone();
        expected.sort_unstable();
        sort_coded_days(&mut list);
        assert_eq!(list, expected);
    }
}
