//! Sorting in bounded steps, so that a cancel is heard in between.
//!
//! In: indices and a comparison. Out: the indices in order. Runs of a fixed length are sorted first, then merged two by two.

use std::cmp::Ordering;

/// Indices sorted at once.
const RUN: usize = 1 << 15;
/// Indices merged in one step.
const PIECE: usize = 1 << 18;

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
    pub(crate) fn step(&mut self, compare: impl Fn(u32, u32) -> Ordering) -> bool {
        if self.width == 0 {
            let end = self.items.len().min(self.left + RUN);
            if let Some(run) = self.items.get_mut(self.left..end) {
                run.sort_unstable_by(|&a, &b| compare(a, b));
            }
            self.left = end;
            if end == self.items.len() {
                self.begin_pass(RUN);
            }
        } else {
            let until = self.items.len().min(self.merged.len() + PIECE);
            while self.merged.len() < until {
                self.merge(until, &compare);
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
    fn merge(&mut self, until: usize, compare: impl Fn(u32, u32) -> Ordering) {
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
    fn any_number_of_indices_comes_into_order() {
        for len in [0, 1, RUN - 1, RUN, RUN + 1, 2 * RUN, 3 * RUN + 7, 20 * RUN + 5] {
            let key = |index: u32| index.wrapping_mul(2_654_435_761);
            let mut sorting = Sorting::new((0..len as u32).collect());
            let mut steps = 1;
            while sorting.step(|a, b| key(a).cmp(&key(b))) {
                steps += 1;
            }
            let sorted = sorting.finish();
            assert!(sorted.len() == len && sorted.is_sorted_by_key(|&index| key(index)), "{len}");
            assert!(steps >= len / RUN, "{len} in {steps} steps");
        }
    }
}
