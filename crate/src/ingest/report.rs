//! What happened to every row: rows set aside by reason, and the statuses seen.

use std::collections::{BTreeMap, BinaryHeap};

use super::load::FileEnd;
use super::options::{is_excluded, is_known};
use crate::result::{AsideCount, FileReport, Mapping, Role, SetAside, SetAsideReason, StatusCount};
use crate::sorting::sort_by;

/// Row numbers kept per reason.
const MAX_EXAMPLES: usize = 100;
/// Statuses listed; a column mapped by mistake can have a million.
const MAX_STATUSES: usize = 1_000;

/// What is counted of the rows read so far, over all files.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) rows: u32,
    /// Amounts rounded.
    pub(super) rounded: u32,
    /// Values taken as missing that no one can mean.
    pub(super) ignored: u32,
    /// Rows whose status is unknown.
    pub(super) unknown_statuses: u32,
}

/// A reason, and the place of the column among those it can be in.
type Why = (SetAsideReason, u8);

/// Rows set aside, by reason.
#[derive(Debug, Default)]
pub(super) struct Tally {
    by_reason: BTreeMap<Why, (u32, BinaryHeap<u32>)>,
    /// First row of each file after the first, and rows set aside of each file.
    starts: Vec<u32>,
    by_file: Vec<BTreeMap<Why, u32>>,
}

impl Tally {
    /// From `row` on rows are of the next file.
    pub(super) fn next_file(&mut self, row: u32) {
        self.starts.push(row);
    }

    /// Sets one row aside. Rows may come in any order.
    pub(super) fn add(&mut self, reason: SetAsideReason, place: u8, row: u32) {
        let (rows, examples) = self.by_reason.entry((reason, place)).or_default();
        *rows += 1;
        examples.push(row);
        if examples.len() > MAX_EXAMPLES {
            examples.pop();
        }
        let file = self.starts.partition_point(|&start| start <= row);
        if self.by_file.len() <= file {
            self.by_file.resize_with(file + 1, BTreeMap::new);
        }
        if let Some(by_reason) = self.by_file.get_mut(file) {
            *by_reason.entry((reason, place)).or_default() += 1;
        }
    }

    /// What became of each file's rows.
    pub(super) fn files(&self, ends: &[FileEnd], column: impl Fn(SetAsideReason, u8) -> Option<String>) -> Vec<FileReport> {
        let before = std::iter::once(Counts::default()).chain(ends.iter().map(|end| end.counts));
        let report = |(file, (end, before)): (usize, (&FileEnd, Counts))| {
            let counts = end.counts;
            let of_file = self.by_file.get(file).into_iter().flatten();
            let set_aside: Vec<AsideCount> =
                of_file.map(|(&(reason, place), &rows)| AsideCount { reason, column: column(reason, place), rows }).collect();
            let rows_read = counts.rows - before.rows;
            FileReport {
                first_row: before.rows,
                rows_read,
                rows_used: rows_read - set_aside.iter().map(|aside| aside.rows).sum::<u32>(),
                set_aside,
                rounded_amounts: counts.rounded - before.rounded,
                ignored_values: counts.ignored - before.ignored,
                unknown_status_rows: counts.unknown_statuses - before.unknown_statuses,
                bytes_read: end.bytes_read,
            }
        };
        ends.iter().zip(before).enumerate().map(report).collect()
    }

    /// All rows set aside.
    pub(super) fn total(&self) -> u32 {
        self.by_reason.values().map(|(rows, _)| rows).sum()
    }

    /// The reasons, each with the name of its column.
    pub(super) fn finish(self, column: impl Fn(SetAsideReason, u8) -> Option<String>) -> Vec<SetAside> {
        let aside = |((reason, place), (rows, examples)): ((SetAsideReason, u8), (u32, BinaryHeap<u32>))| SetAside {
            reason,
            column: column(reason, place),
            rows,
            examples: examples.into_sorted_vec(),
        };
        self.by_reason.into_iter().map(aside).collect()
    }
}

/// Place of the refund among the columns of an amount out of range.
pub(super) const REFUND: u8 = 1;

/// The column of orders whose value was the reason.
pub(super) fn column_of(reason: SetAsideReason, place: u8, mapping: &Mapping) -> Option<String> {
    let role = match reason {
        SetAsideReason::AmountOutOfRange if place == REFUND => Role::RefundAmount,
        SetAsideReason::NullCustomer => Role::CustomerId,
        SetAsideReason::NullTime | SetAsideReason::TimeOutOfRange => Role::OrderedAt,
        SetAsideReason::NullAmount | SetAsideReason::AmountOutOfRange => Role::Amount,
        SetAsideReason::ExcludedStatus => Role::Status,
        SetAsideReason::DuplicateOrder => Role::OrderId,
        SetAsideReason::NullLabel | SetAsideReason::UnreadableFlag | SetAsideReason::RatingOutOfRange => return None,
    };
    mapping.get(role).map(str::to_owned)
}

/// Counts per status, by the index the status has been interned at.
#[derive(Debug, Default)]
pub(super) struct Statuses {
    counts: Vec<StatusCount>,
}

impl Statuses {
    /// Counts a row of status `index`, whose label is asked for once, and says whether its order does not count; rows of unknown statuses are
    /// counted in `unknown`.
    pub(super) fn count(
        &mut self,
        index: usize,
        excluded: &[String],
        unknown: &mut u32,
        label: impl Fn(usize) -> String,
    ) -> bool {
        while self.counts.len() <= index {
            let status = label(self.counts.len());
            let is_excluded = is_excluded(&status, excluded);
            let known = is_excluded || is_known(&status);
            self.counts.push(StatusCount { status, rows: 0, excluded: is_excluded, known });
        }
        self.counts.get_mut(index).is_some_and(|count| {
            count.rows += 1;
            *unknown += u32::from(!count.known);
            count.excluded
        })
    }

    /// The statuses by label; where there are too many, the most common.
    pub(super) fn finish(mut self) -> Vec<StatusCount> {
        self.counts.retain(|count| count.rows > 0);
        sort_by(&mut self.counts, |a, b| b.rows.cmp(&a.rows).then_with(|| a.status.cmp(&b.status)));
        self.counts.truncate(MAX_STATUSES);
        sort_by(&mut self.counts, |a, b| a.status.cmp(&b.status));
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
            tally.add(SetAsideReason::NullTime, 0, row);
        }
        tally.add(SetAsideReason::NullCustomer, 0, 7);
        assert_eq!(tally.total(), 1_001);
        let aside = tally.finish(|_, _| None);
        assert_eq!((aside[0].reason, aside[0].rows, &aside[0].examples[..]), (SetAsideReason::NullCustomer, 1, &[7][..]));
        assert_eq!((aside[1].rows, aside[1].examples.clone()), (1_000, (0..100).collect()));
    }
}
