//! What happened to every row: rows set aside by reason, and the statuses seen.

use std::collections::{BTreeMap, BinaryHeap};

use super::options::is_excluded;
use crate::result::{SetAside, SetAsideReason, StatusCount};

/// Row numbers kept per reason.
const MAX_EXAMPLES: usize = 100;
/// Statuses listed; a column mapped by mistake can have a million.
const MAX_STATUSES: usize = 1_000;

/// Rows set aside, by reason.
#[derive(Debug, Default)]
pub(super) struct Tally {
    by_reason: BTreeMap<SetAsideReason, (u32, BinaryHeap<u32>)>,
}

impl Tally {
    /// Sets one row aside. Rows may come in any order.
    pub(super) fn add(&mut self, reason: SetAsideReason, row: u32) {
        let (rows, examples) = self.by_reason.entry(reason).or_default();
        *rows += 1;
        examples.push(row);
        if examples.len() > MAX_EXAMPLES {
            examples.pop();
        }
    }

    /// All rows set aside.
    pub(super) fn total(&self) -> u32 {
        self.by_reason.values().map(|(rows, _)| rows).sum()
    }

    pub(super) fn finish(self) -> Vec<SetAside> {
        let aside = |(reason, (rows, examples)): (_, (u32, BinaryHeap<u32>))| SetAside {
            reason,
            rows,
            examples: examples.into_sorted_vec(),
        };
        self.by_reason.into_iter().map(aside).collect()
    }
}

/// Counts per status, by the index the status has been interned at.
#[derive(Debug, Default)]
pub(super) struct Statuses {
    counts: Vec<StatusCount>,
}

impl Statuses {
    /// Counts a row of status `index`, whose label is asked for once, and says whether its order does not count.
    pub(super) fn count(&mut self, index: usize, excluded: &[String], label: impl Fn(usize) -> String) -> bool {
        while self.counts.len() <= index {
            let status = label(self.counts.len());
            let is_excluded = is_excluded(&status, excluded);
            self.counts.push(StatusCount { status, rows: 0, excluded: is_excluded });
        }
        self.counts.get_mut(index).is_some_and(|count| {
            count.rows += 1;
            count.excluded
        })
    }

    /// The statuses by label; where there are too many, the most common.
    pub(super) fn finish(mut self) -> Vec<StatusCount> {
        self.counts.retain(|count| count.rows > 0);
        self.counts.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.status.cmp(&b.status)));
        self.counts.truncate(MAX_STATUSES);
        self.counts.sort_by(|a, b| a.status.cmp(&b.status));
        self.counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rows_are_kept_whatever_their_order() {
        let mut tally = Tally::default();
        for row in (0..1_000).rev() {
            tally.add(SetAsideReason::NullTime, row);
        }
        tally.add(SetAsideReason::NullCustomer, 7);
        assert_eq!(tally.total(), 1_001);
        let aside = tally.finish();
        assert_eq!((aside[0].reason, aside[0].rows, &aside[0].examples[..]), (SetAsideReason::NullCustomer, 1, &[7][..]));
        assert_eq!((aside[1].rows, aside[1].examples.clone()), (1_000, (0..100).collect()));
    }
}
